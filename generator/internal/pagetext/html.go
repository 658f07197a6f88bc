package pagetext

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"

	"golang.org/x/net/html"
)

// htmlTokens reads HTML as the elements of XML: every element that begins ends,
// also where the file leaves that out. golang.org/x/net/html knows what browsers
// take for HTML; its tokens, unlike its trees, have a place.
type htmlTokens struct {
	z       *html.Tokenizer
	open    []string
	waiting []xml.Token
	at      int64 // where the next token of the file begins
}

func newHTMLTokens(data []byte) *htmlTokens {
	return &htmlTokens{z: html.NewTokenizer(bytes.NewReader(data))}
}

// void are the elements without an end (HTML, 13.1.2).
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// InputOffset is where the next token begins, in bytes.
func (h *htmlTokens) InputOffset() int64 { return h.at }

// Token is the next token; the error is io.EOF at the end.
func (h *htmlTokens) Token() (xml.Token, error) {
	for len(h.waiting) == 0 {
		kind := h.z.Next()
		h.at += int64(len(h.z.Raw()))
		if kind == html.ErrorToken {
			if h.z.Err() == io.EOF {
				h.end(0)
			}
			if len(h.waiting) == 0 {
				return nil, h.z.Err()
			}
			break
		}
		h.take(h.z.Token())
	}
	t := h.waiting[0]
	h.waiting = h.waiting[1:]
	return t, nil
}

func (h *htmlTokens) take(t html.Token) {
	switch t.Type {
	case html.TextToken:
		h.waiting = append(h.waiting, xml.CharData(t.Data))
	case html.DoctypeToken:
		h.waiting = append(h.waiting, xml.Directive(t.Data))
	case html.StartTagToken, html.SelfClosingTagToken:
		if n := len(h.open); t.Data == "p" && n > 0 && h.open[n-1] == "p" {
			h.end(n - 1) // the end of a paragraph may be left out
		}
		e := xml.StartElement{Name: xml.Name{Local: t.Data}}
		for _, a := range t.Attr {
			e.Attr = append(e.Attr, xml.Attr{Name: xml.Name{Local: a.Key}, Value: a.Val})
		}
		h.waiting = append(h.waiting, e)
		h.open = append(h.open, t.Data)
		if t.Type == html.SelfClosingTagToken || slices.Contains(void, t.Data) {
			h.end(len(h.open) - 1)
		}
	case html.EndTagToken:
		for i, o := range slices.Backward(h.open) {
			if o == t.Data {
				h.end(i)
				break
			}
		}
	}
}

// end ends the elements from the i-th that is open on.
func (h *htmlTokens) end(i int) {
	for _, o := range slices.Backward(h.open[i:]) {
		h.waiting = append(h.waiting, xml.EndElement{Name: xml.Name{Local: o}})
	}
	h.open = h.open[:i]
}
