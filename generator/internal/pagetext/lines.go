package pagetext

import "slices"

// placed is a block, and where it stands in the order of the file.
type placed struct {
	Block
	key []int // of the reading order; nil where the file gives none for it
}

// begin begins a block.
func (r *reader) begin(lang string, key []int) {
	r.blocks = append(r.blocks, placed{Block{Lang: lang}, key})
}

// add adds a line to the block that began last. One without words is left out.
func (r *reader) add(l Line) {
	if l.Text = tidy(l.Text); l.Text == "" {
		return
	}
	if r.lines++; r.lines > maxLines {
		r.fail(r.at, "pagetext-size", "trang có quá %d dòng", "the page has more than %d lines", maxLines)
		return
	}
	if l.Box.IsZero() {
		l.Box = aroundWords(l.Words)
	}
	r.placed = r.placed || !l.Box.IsZero()
	if len(r.blocks) == 0 {
		r.begin("", nil)
	}
	b := &r.blocks[len(r.blocks)-1]
	b.Lines = append(b.Lines, l)
}

// word counts a word and adds it to a line.
func (r *reader) word(l *Line, w Word) {
	if w.Text = tidy(w.Text); w.Text == "" {
		return
	}
	if r.words++; r.words > maxWords {
		r.fail(r.at, "pagetext-size", "trang có quá %d từ", "the page has more than %d words", maxWords)
		return
	}
	l.Words = append(l.Words, w)
}

// rows counts the lines of the file up to the last token. It goes on from where it
// was asked last, so that a file is counted through once.
type rows struct {
	at  int64
	row int
}

func (n *rows) of(r *reader) int {
	for ; n.at < r.at; n.at++ {
		if r.data[n.at] == '\n' {
			n.row++
		}
	}
	return n.row + 1
}

// inOrder are the blocks with lines: those that the file gives an order in it,
// the others behind them.
func (r *reader) inOrder() (out []Block) {
	slices.SortStableFunc(r.blocks, func(a, b placed) int {
		switch {
		case a.key == nil || b.key == nil:
			return btoi(a.key == nil) - btoi(b.key == nil)
		default:
			return slices.Compare(a.key, b.key)
		}
	})
	for _, b := range r.blocks {
		if len(b.Lines) > 0 {
			out = append(out, b.Block)
		}
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
