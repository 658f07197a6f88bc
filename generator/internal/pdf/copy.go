package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"time"

	"vitrine/generator/internal/pdfclean"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxCopy is how long a copy may be, in bytes.
const maxCopy = 256 << 20

// Copy is the file in r, which is size bytes long, as it may be handed on: its pages,
// as they are seen, and nothing else (see package pdfclean). PDFium draws annotations
// into the pages, imports these into a new document and saves it. Then the copy is
// opened as anybody would: it must look as the pages do to the last pixel, say nothing
// of itself and hide nothing. Equal files give equal copies.
//
// The error is a *Problem where there is no such copy: the file is encrypted or
// damaged, carries scripts or layers, or holds text, pictures or drawings that are not
// seen. Each of both openings has no more than limit.
//
// Not looked for under something else are boxes, and lines along the edges of one, but for
// narrow boxes that with their neighbours could be letters.
func (e *Engine) Copy(ctx context.Context, r io.ReaderAt, size int64, limit time.Duration) (out []byte, err error) {
	var looks []look
	err = e.Open(ctx, r, size, limit, func(d *Document) error {
		if err := d.copyable(); err != nil {
			return err
		}
		var saved []byte
		if looks, err = d.looks(true); err == nil {
			saved, err = d.imported()
		}
		if err == nil {
			out, err = pdfclean.Clean(saved)
		}
		return asProblem(err)
	})
	if err != nil {
		return nil, err
	}
	return out, e.Open(ctx, bytes.NewReader(out), int64(len(out)), limit, func(d *Document) error { return d.prove(looks) })
}

func asProblem(err error) error {
	var fault *pdfclean.Error
	if errors.As(err, &fault) {
		return &Problem{Why: fault.Why}
	}
	return err
}

// copyable refuses a document of which a part could be lost or come to light in a copy.
func (d *Document) copyable() error {
	if _, err := d.Pages(); err != nil {
		return err
	}
	if s, err := d.box.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: d.ref}); err != nil || s.SecurityHandlerRevision >= 0 {
		return problem("PDF được mã hoá, hoặc đặt hạn chế in và chép", "the PDF is encrypted, or restricts printing and copying")
	}
	for _, bar := range []struct {
		name string
		p    *Problem
	}{
		{"/JavaScript", problem("PDF mang mã lệnh (JavaScript)", "the PDF carries scripts (JavaScript)")},
		{"/OCProperties", problem("PDF có các lớp, có thể có lớp bị ẩn", "the PDF has layers, some of which may be hidden")},
	} {
		switch has, err := d.has(bar.name); {
		case err != nil:
			return err
		case has:
			return bar.p
		}
	}
	return nil
}

// look is how a page looks: the hash of its pixels.
type look [sha256.Size]byte

// looks are those of all pages, into which annotations are drawn before, for good,
// where flat says so.
func (d *Document) looks(flat bool) (out []look, err error) {
	for i := range d.count {
		s, err := d.load(i, searchDPI, searchPixels)
		if err != nil {
			return nil, err
		}
		if flat {
			err = s.flatten()
		}
		if err == nil {
			err = s.render(roughly, func(pix []byte) { out = append(out, sha256.Sum256(pix)) })
		}
		s.close()
		if err != nil {
			return nil, err
		}
	}
	return out, d.ctx.Err()
}

// imported is a new document with the pages of d, as PDFium saves it.
func (d *Document) imported() ([]byte, error) {
	made, err := d.box.FPDF_CreateNewDocument(&requests.FPDF_CreateNewDocument{})
	if err != nil {
		return nil, d.uncopied()
	}
	defer func() { _, _ = d.box.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: made.Document}) }()
	if _, err := d.box.FPDF_ImportPages(&requests.FPDF_ImportPages{Source: d.ref, Destination: made.Document}); err != nil {
		return nil, d.uncopied()
	}
	w := &limited{}
	if err := d.save(made.Document, w); err != nil || w.full {
		return nil, d.uncopied()
	}
	return w.Bytes(), nil
}

func (d *Document) save(document references.FPDF_DOCUMENT, w io.Writer) error {
	_, err := d.box.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: document, Flags: requests.SaveFlagNoIncremental, FileWriter: w})
	return err
}

func (d *Document) uncopied() error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	return problem("không chép được các trang của PDF: tệp hỏng hoặc quá lớn", "the pages of the PDF cannot be copied: it is damaged or too large")
}

// limited keeps what is written up to a limit.
type limited struct {
	bytes.Buffer
	full bool
}

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	if l.full = l.full || l.Len()+len(p) > maxCopy; l.full {
		return 0, errors.New("too long")
	}
	return l.Buffer.Write(p)
}
