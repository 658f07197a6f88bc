package derive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"vitrine/generator/internal/pdf"
)

// pdfCopyVersion enters the names of copies of PDF files. Raise it when a change in
// package pdf or pdfclean changes their bytes, or refuses what was copied before.
const pdfCopyVersion = "4"

// copied is what became of the copy of a PDF, as a file in sets/ holds it.
type copied struct {
	set
	Refused *Error `json:"refused,omitempty"` // why there is none
}

// nameOfCopy is what is published of the file of a PDF, before it is made.
func nameOfCopy(m Master) Derived {
	hash := digest("PDF file", m.SHA256, pdfCopyVersion)
	return Derived{Name: fmt.Sprintf("media/%s/%s-file.pdf", hash[:2], hash), Pages: max(1, m.Info.Pages)}
}

// ExpectFile is what CopyPDF gave, or names what it would give, without Bytes, SHA256 and
// Path: whether there can be a copy is not known until CopyPDF has tried. ok is false
// where there can be none, and where the master is no PDF.
func (c *Cache) ExpectFile(ctx context.Context, fsys fs.FS, name string) (d Derived, ok bool, err error) {
	m, err := c.Master(ctx, fsys, name)
	if err != nil || m.Info.Format != formatPDF {
		return Derived{}, false, err
	}
	made, refused := c.recallCopy(m)
	switch {
	case refused != nil:
		return Derived{}, false, nil
	case made != nil:
		return made[0], true, nil
	}
	return nameOfCopy(m), true, nil
}

func keyOfCopy(m Master) string { return digest("PDF files", m.SHA256, pdfCopyVersion) }

// recallCopy is what became of the copy of a PDF, if that is known.
func (c *Cache) recallCopy(m Master) (made []Derived, refused *Error) {
	if made = c.recall(keyOfCopy(m)); len(made) > 0 {
		return made, nil
	}
	var kept copied
	if c.load("sets", keyOfCopy(m), &kept) {
		refused = kept.Refused
	}
	return nil, refused
}

// CopyPDF gives what is published of the file of the PDF at name in fsys: a copy with its
// pages and nothing else (see [pdf.Engine.Copy]). A PDF of which there can be none is an
// *Error of the kind Uncopied. Both are kept by the hash of the master, so that the
// engine is started for new bytes alone. Of a master that is no PDF there is none.
func (c *Cache) CopyPDF(ctx context.Context, fsys fs.FS, name string) ([]Derived, error) {
	o, err := c.open(ctx, fsys, name, imageReading)
	if err != nil {
		return nil, err
	}
	defer o.file.Close()
	if o.master.Info.Format != formatPDF {
		return nil, nil
	}
	if made, refused := c.recallCopy(o.master); refused != nil {
		return nil, refused
	} else if made != nil {
		c.reused.Add(1)
		return made, nil
	}
	var kept copied
	d, err := c.copyPDF(o)
	var refused *Error
	switch {
	case errors.As(err, &refused) && refused.Kind == Uncopied && refused.cause == nil:
		kept.Refused = refused
	case err == nil:
		kept.Derived = []Derived{d}
	default:
		return nil, err
	}
	return kept.Derived, errors.Join(c.store("sets", keyOfCopy(o.master), kept), err)
}

// copyPDF writes a copy into the cache.
func (c *Cache) copyPDF(o *opened) (Derived, error) {
	d := nameOfCopy(o.master)
	d.Path = c.path(d.Name)
	data, err := c.engine.Copy(o.src.ctx, o.src, o.src.size, maxDrawing)
	switch {
	case o.src.err != nil:
		return d, o.src.err
	case !o.unchanged():
		return d, changing()
	case err != nil:
		return d, uncopied(err)
	}
	n, sum, err := c.put(d.Path, func(w io.Writer) error { _, err := w.Write(data); return err })
	d.Bytes, d.SHA256 = n, fmt.Sprintf("%x", sum)
	return d, err
}

// uncopied words why there is no copy of a PDF.
func uncopied(err error) error {
	var p *pdf.Problem
	if !errors.As(err, &p) {
		return err
	}
	e := problem(Uncopied, p.Why.Vi, p.Why.En)
	if p.Passing {
		e.cause = err // it is tried again
	}
	return e
}
