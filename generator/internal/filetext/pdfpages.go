package filetext

import (
	"errors"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/pdf"
)

// maxPDFTime is how long the text of one PDF may take.
const maxPDFTime = time.Minute

// pdfPages tells the text of every page, and reports whether there are pages and
// none has any.
func (f *file) pdfPages(engine *pdf.Engine) (onlyPixels bool) {
	err := engine.Open(f.ctx, f, f.size, maxPDFTime, func(d *pdf.Document) error {
		d.Properties(func(tag, value string) { f.tell("PDF /"+tag, []byte(value)) }) // of an encrypted document PDFium alone can read these
		count, err := d.Pages()
		f.missOf(err)
		texts := 0
		for i := range count {
			text, err := d.Text(i)
			if !f.missOf(err) {
				return err
			}
			if strings.TrimSpace(text) != "" {
				texts++
				f.pdfPage(i, text)
			}
		}
		onlyPixels = texts == 0 && count > 0
		return nil
	})
	if !f.missOf(err) {
		f.fail(err)
	}
	return onlyPixels && err == nil
}

func (f *file) pdfPage(i int, text string) {
	f.each(Text{Where: diag.T("trang %d", "page %d", i+1), Text: lines(text)})
	if legacy(text) {
		f.miss(unread("trang %d của PDF dùng phông chữ theo bảng mã cũ", "page %d of the PDF is written with fonts of a legacy encoding", i+1))
	}
}

// missOf notes a problem with a PDF, and reports whether err is no more than that.
func (f *file) missOf(err error) bool {
	var p *pdf.Problem
	if errors.As(err, &p) {
		f.miss(&Unread{p.Why})
		return true
	}
	return err == nil
}
