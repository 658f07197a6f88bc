package pagetext

import (
	"strings"

	"vitrine/generator/diag"
)

// Plain is a plain text as a page: its lines as they stand, and a block wherever
// an empty line parts them. It has no places. One with more than maxPlain lines
// is refused; the page is nil then.
func Plain(file, text string) (*Page, []diag.Diagnostic) {
	p := &Page{}
	var b Block
	row := 0
	for l := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n") {
		if row++; row > maxPlain {
			return nil, []diag.Diagnostic{diag.Errorf("pagetext-size", diag.Pos{File: file, Line: row, Col: 1}, "văn bản có quá %d dòng", "the text has more than %d lines", maxPlain).
				WithHint("tách thành mỗi ảnh một tệp, mỗi tệp ghi ở đúng ảnh của nó", "split it into a file for each image, and name each at its own image")}
		}
		if l = tidy(l); l != "" {
			b.Lines = append(b.Lines, Line{Text: l, Row: row})
		} else if len(b.Lines) > 0 {
			p.Blocks, b = append(p.Blocks, b), Block{}
		}
	}
	if len(b.Lines) > 0 {
		p.Blocks = append(p.Blocks, b)
	}
	return p, nil
}
