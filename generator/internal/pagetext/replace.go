package pagetext

import "strings"

// Change puts a text in place of the bytes From to To of the running text of a
// block.
type Change struct {
	From, To int
	With     string
}

// Running is the running text of a block, as Text has it.
func (b *Block) Running() string {
	text, _ := b.running()
	return text
}

// running is the running text of a block, and where each of its lines begins and
// ends in it.
func (b *Block) running() (string, [][2]int) {
	var s strings.Builder
	var at [][2]int
	for i, l := range b.Lines {
		if i > 0 && !b.Lines[i-1].Broken {
			s.WriteByte('\n')
		}
		begin, text := s.Len(), l.Text
		if l.Broken && i+1 < len(b.Lines) {
			text = withoutHyphen(text)
		}
		s.WriteString(text)
		at = append(at, [2]int{begin, s.Len()})
	}
	return s.String(), at
}

// Row is the line of the file in which the line begins that holds a byte of Text.
func (p *Page) Row(at int) int {
	row := 1
	for i := range p.Blocks {
		text, lines := p.Blocks[i].running()
		for n, l := range lines {
			if at < l[0] {
				return row
			}
			row = p.Blocks[i].Lines[n].Row
		}
		at -= len(text) + len("\n\n")
		if at < 0 {
			return row
		}
	}
	return row
}

// Replace changes the lines of a block; the changes are in the order of the text
// and do not overlap. One that runs over several lines leaves its text in the
// first of them. Lines of which nothing is left are taken out; of the words of a line
// that was changed only the places are kept.
func (b *Block) Replace(changes []Change) {
	text, at := b.running()
	var lines []Line
	first := 0 // of the changes that do not end before the line
	for i, l := range b.Lines {
		from, to, changed := at[i][0], at[i][1], false
		var s strings.Builder
		next := from
		for ; first < len(changes) && changes[first].To <= from; first++ {
		}
		for _, c := range changes[first:] {
			if c.From >= to {
				break
			}
			changed = true
			s.WriteString(text[next:max(next, min(c.From, to))])
			if c.From >= from {
				s.WriteString(c.With)
			}
			next = max(next, min(c.To, to))
		}
		if changed {
			s.WriteString(text[next:to])
			if l.Broken && next < to {
				s.WriteByte('-')
			} else {
				l.Broken = false
			}
			l.Text, l.Words = tidy(s.String()), wordless(l.Words)
		}
		if l.Text != "" {
			lines = append(lines, l)
		}
	}
	b.Lines = lines
}

// wordless are the places of words.
func wordless(words []Word) (out []Word) {
	for _, w := range words {
		out = append(out, Word{Box: w.Box})
	}
	return out
}
