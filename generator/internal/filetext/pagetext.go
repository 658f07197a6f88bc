package filetext

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/pagetext"
)

// pageText reads the words of a page that a program read: in the file they stand
// apart, each in an element of its own, and a word may be broken over two lines.
func (f *file) pageText(text string) {
	b := []byte(text)
	if !pagetext.Is(b) {
		return
	}
	p, ds := pagetext.Read("", b)
	if p == nil {
		f.miss(&Unread{Why: ds[len(ds)-1].Msg})
		return
	}
	f.each(Text{Where: diag.T("lời của trang", "the text of the page"), Text: p.Text()})
}
