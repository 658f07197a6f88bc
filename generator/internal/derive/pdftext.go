package derive

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"

	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/pdf"

	"golang.org/x/text/unicode/norm"
)

// texts is what a file in texts/ holds.
type texts struct {
	Sum   string          `json:"sum"` // SHA-256 of Pages, lower hex
	Pages json.RawMessage `json:"pages"`
}

// Texts is the text of each page of the PDF at name in fsys, as a reader sees it there,
// with the places of its lines; of any other master there is none. It is kept by the
// hash of the file. A problem is reported as *Error.
func (c *Cache) Texts(ctx context.Context, fsys fs.FS, name string) ([]pagetext.Page, error) {
	o, err := c.open(ctx, fsys, name, imageReading)
	if err != nil {
		return nil, err
	}
	defer o.file.Close()
	if o.master.Info.Format != formatPDF {
		return nil, nil
	}
	key := digest("texts", fmt.Sprint(drawing), o.master.SHA256)
	if pages, ok := c.recallTexts(key); ok && len(pages) == o.master.Info.Pages {
		return pages, nil
	}
	pages, err := c.readTexts(o)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(pages)
	if err != nil {
		return nil, err
	}
	return pages, c.store("texts", key, texts{Sum: sumOf(data), Pages: data})
}

func (c *Cache) recallTexts(key string) (pages []pagetext.Page, ok bool) {
	var t texts
	ok = c.load("texts", key, &t) && t.Sum == sumOf(t.Pages) && json.Unmarshal(t.Pages, &pages) == nil
	return pages, ok
}

func sumOf(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

// readTexts reads the text of all pages.
func (c *Cache) readTexts(o *opened) (out []pagetext.Page, err error) {
	err = c.openPDF(o.src, func(d *pdf.Document) error {
		for i := range o.master.Info.Pages {
			l, err := d.Lines(i)
			if err != nil {
				return err
			}
			out = append(out, pageOf(l))
		}
		if !o.unchanged() {
			return changing()
		}
		return nil
	})
	return out, err
}

// pageOf is a text in composed letters, as all others of a site.
func pageOf(l pdf.Lines) pagetext.Page {
	p := pagetext.Page{Width: l.Width, Height: l.Height}
	for _, lines := range l.Blocks {
		var b pagetext.Block
		for _, l := range lines {
			b.Lines = append(b.Lines, pagetext.Line{Text: norm.NFC.String(l.Text), Box: pagetext.Box{X: l.X, Y: l.Y, W: l.W, H: l.H}, Broken: l.Broken})
		}
		p.Blocks = append(p.Blocks, b)
	}
	return p
}
