package pagetext

import "strings"

// Plain is a plain text as a page: its lines as they stand, and a block wherever
// an empty line parts them. It has no places.
func Plain(text string) *Page {
	p := &Page{}
	var b Block
	row := 0
	for l := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n") {
		row++
		if l = tidy(l); l != "" {
			b.Lines = append(b.Lines, Line{Text: l, Row: row})
		} else if len(b.Lines) > 0 {
			p.Blocks, b = append(p.Blocks, b), Block{}
		}
	}
	if len(b.Lines) > 0 {
		p.Blocks = append(p.Blocks, b)
	}
	return p
}
