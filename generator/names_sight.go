package generator

import (
	"regexp"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/vi"
)

// inSight finds what a text names as it lies, and as readers see it.
func (n *names) inSight(text string, each func(mentionOf) (told bool)) {
	parts := markup.Parts(text)
	var counts map[string]int // by what names
	n.in(text, func(m mentionOf) bool {
		if parts {
			counts = counted(counts, m.key)
		}
		return each(m)
	})
	if !parts {
		return
	}
	for _, reading := range markup.Readings(text) {
		var seen map[string]int
		n.in(reading, func(m mentionOf) bool {
			if seen = counted(seen, m.key); seen[m.key] <= counts[m.key] {
				return false
			}
			counts = counted(counts, m.key) // other readings have it as well
			m.from, m.to, m.parted = 0, 0, true
			return each(m)
		})
	}
}

func counted(counts map[string]int, key string) map[string]int {
	if counts == nil {
		counts = map[string]int{}
	}
	counts[key]++
	return counts
}

// mayHold reports whether something stands in a text, or may once it is decoded or set.
func (n *names) mayHold(text string) bool {
	if n.maySay(text) {
		return true
	}
	plain := content.Unescaped(text)
	return len(plain) != len(text) && n.maySay(plain)
}

// maySay reports whether something stands in a text, or may once it is set.
func (n *names) maySay(text string) bool {
	if n.holds(text) {
		return true
	}
	if !markup.Parts(text) {
		return false
	}
	resolved, bare := markup.Bare(text)
	return markup.Parts(bare) || resolved != text && n.holds(resolved) || n.holds(bare)
}

// inMarkdown searches a text: its prose as it lies and as it is set, and the values of its
// blocks and of its head as they are decoded.
func (n *names) inMarkdown(file, text string) (out []diag.Diagnostic) {
	if !n.mayHold(text) {
		return nil
	}
	text, _ = vi.Repair(text) // as it is read for its page; no line moves
	front, at, body, _ := markup.FrontMatter(text, diag.Pos{File: file, Line: 1, Col: 1})
	s := &sighted{names: n, file: file, links: &links{text: body.Text}, told: func(m mentionOf, at diag.Pos) { out = append(out, m.diagnostic(at)) }}
	s.inValues(content.KindPage, front, at)
	segments, _ := markup.Split(body)
	for _, part := range segments {
		if d := part.Directive; d != nil {
			s.inValues(kindBlock, d.Body, d.BodyPos)
			continue
		}
		s.inProse(part.Markdown.Text, part.Markdown.Pos)
	}
	return out
}

// sighted is the search of one text as it is shown.
type sighted struct {
	*names
	file  string
	links *links // of its prose
	told  func(m mentionOf, at diag.Pos)
}

// inProse searches as it lies, and by paragraphs what was not found so.
func (s *sighted) inProse(text string, pos diag.Pos) {
	lines := &lineCounter{text: text}
	s.in(text, func(m mentionOf) bool {
		if m.topic && !isEditorial(s.file) || s.links.leadFrom(text, m) {
			return false
		}
		s.told(m, placeIn(pos, lines.pos(s.file, m.from)))
		return true
	})
	if !markup.Parts(text) {
		return
	}
	for _, b := range blocksOf("prose.md", text) {
		s.inSight(b.text, func(m mentionOf) bool {
			if !m.parted || m.topic && !isEditorial(s.file) {
				return false
			}
			s.told(m, placeIn(pos, lines.pos(s.file, b.at)))
			return true
		})
	}
}

// inValues searches the values of YAML within a text.
func (s *sighted) inValues(kind content.Kind, text string, pos diag.Pos) {
	lines := &lineCounter{text: text}
	content.Values(text, func(string) bool { return true }, func(v content.Value) {
		s.inValue(kind, s.file, v, func(m mentionOf) bool {
			s.told(m, placeIn(pos, lines.pos(s.file, m.in(text, v))))
			return true
		})
	})
}

// placeIn is a place of a part of a text in the text.
func placeIn(part, at diag.Pos) diag.Pos {
	if at.Line == 1 {
		at.Col += part.Col - 1
	}
	at.Line += part.Line - 1
	return at
}

// links are the links by id in the text of a file, all of which the composer resolves: it
// says which of them leads to what is not public. Whether what looks like one is one, only
// the parser knows. Not every value of YAML is set with its links, so there they are told
// as names.
type links struct {
	text string
	left map[string]int // how many links to an id were not met yet
}

// opensTarget matches what stands before an id that may be where a link leads.
var opensTarget = regexp.MustCompile(`(?:\]\(\s*<?|\]:\s*<?|<)id:$`)

// leadFrom reports whether an id in the text, or in a part of it, is where a link leads.
func (l *links) leadFrom(text string, m mentionOf) bool {
	if !m.isID || m.parted || !opensTarget.MatchString(text[max(0, m.from-200):m.from]) {
		return false
	}
	if l.left == nil {
		l.left = markup.LinkedIDs(l.text)
	}
	id := text[m.from:m.to]
	if l.left[id] <= 0 {
		return false
	}
	l.left[id]--
	return true
}
