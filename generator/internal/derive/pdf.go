package derive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"vitrine/generator/iiif"
	"vitrine/generator/internal/pdf"
)

const formatPDF = "pdf"

// maxDrawing is how long the pages of one PDF may take; one takes up to two seconds.
const maxDrawing = time.Hour

// PDFs says who draws the pages of PDF files, and which files may be shown: those with
// a hash, in lower hex, that searched knows. Any other is reported as Changing, since
// what is found in the content is searched before. Until it is called no PDF is read.
func (c *Cache) PDFs(engine *pdf.Engine, searched func(sha256 string) bool) {
	c.engine, c.searched = engine, searched
}

// isPDF reports whether a master in no format of pictures is a PDF that may be drawn.
func (c *Cache) isPDF(s *source, h header) bool {
	return c.engine != nil && h.Format == "" && pdf.Is(s.bytes(0, min(pdf.Head, s.size)))
}

// allowed refuses a PDF that was not searched.
func (c *Cache) allowed(m Master) error {
	if m.Info.Format == formatPDF && (c.engine == nil || !c.searched(m.SHA256)) {
		return changing()
	}
	return nil
}

// readPDF hashes a PDF and finds the sizes of its pages. They are kept by the hash, so
// that the engine is started for new bytes alone, wherever they lie.
func (c *Cache) readPDF(s *source) (Master, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, s.all())
	if err != nil {
		return Master{}, fmt.Errorf("derive: %w", err)
	}
	m := Master{SHA256: hex.EncodeToString(sum.Sum(nil)), Size: n, Info: Info{Format: formatPDF}}
	if err := c.allowed(m); err != nil {
		return Master{}, err
	}
	key := digest("pages", fmt.Sprint(drawing), m.SHA256)
	if c.load("seen", key, &m.Info) && m.Info.Format == formatPDF && m.Info.Pages > 0 {
		return m, nil
	}
	if m.Info, err = c.measure(s); err != nil {
		return Master{}, err
	}
	return m, c.store("seen", key, m.Info)
}

// measure finds the sizes of the pages of a PDF, as they are drawn.
func (c *Cache) measure(s *source) (in Info, err error) {
	err = c.openPDF(s, func(d *pdf.Document) error {
		pages, err := d.Pages()
		switch {
		case err != nil:
			return err
		case pages == 0:
			return broken("PDF", "không có trang nào", "it has no pages")
		case pages > MaxPages:
			return tooManyPages(pages)
		}
		in = Info{Format: formatPDF, Pages: pages}
		for i := range pages {
			e, err := d.Extent(i)
			if err != nil {
				return err
			}
			in.Sizes = append(in.Sizes, iiif.Size{Width: e.Width, Height: e.Height})
		}
		return nil
	})
	if err != nil {
		return in, err
	}
	in.Width, in.Height = in.Sizes[0].Width, in.Sizes[0].Height
	if in.Pages == 1 {
		in.Sizes = nil
	}
	return in, nil
}

func (c *Cache) openPDF(s *source, do func(*pdf.Document) error) error {
	err := c.engine.Open(s.ctx, s, s.size, maxDrawing, do)
	var p *pdf.Problem
	if errors.As(err, &p) {
		e := problem(Broken, p.Why.Vi, p.Why.En)
		e.HintVi, e.HintEn = "mở tệp rồi lưu lại thành một PDF mới, không có mật khẩu; không được thì đưa từng trang vào kho thành ảnh", "open the file and save it anew as a PDF without a password; failing that, take its pages in as pictures"
		e.cause = err
		err = e
	}
	if s.err != nil {
		return s.err
	}
	return err
}

// renderPDF makes the derivatives of a PDF, page by page.
func (c *Cache) renderPDF(ctx context.Context, o *opened, specs []Spec) (out []Derived, err error) {
	err = c.openPDF(o.src, func(d *pdf.Document) error {
		for page, of := range pagewise(fit(o.master.Info, specs)) {
			made, err := c.renderPDFPage(ctx, o, d, of)
			if err != nil {
				return onPage(err, page, o.master.Info)
			}
			out = append(out, made...)
		}
		return nil
	})
	return out, err
}

// renderPDFPage makes the derivatives of a page. PDFium has its own memory, of which it
// uses one page's at a time; that of the picture counts as any other's.
func (c *Cache) renderPDFPage(ctx context.Context, o *opened, d *pdf.Document, specs []Spec) ([]Derived, error) {
	h := header{Info: o.master.Info.Page(specs[0].Page), orientation: 1}
	h.need = int64(h.Width) * int64(h.Height) * 5 // four bytes a pixel, and what is drawn from them
	release, err := c.budget.reserve(ctx, h.need)
	if err != nil {
		return nil, err
	}
	defer release()
	c.decoded.Add(1)
	img, err := d.Picture(specs[0].Page)
	if err != nil {
		return nil, err
	}
	if img.Rect.Dx() != h.Width || img.Rect.Dy() != h.Height || !o.unchanged() { // before anything is kept under its name
		return nil, changing()
	}
	out, err := c.drawAll(ctx, newSheet(img, h), h, specs, o.master.SHA256)
	if h.need >= large {
		runtime.GC()
	}
	return out, err
}
