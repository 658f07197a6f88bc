package pdf

import (
	"slices"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// annotation is one of a page.
type annotation struct {
	*sheet
	index int // on the page, from 0
	ref   references.FPDF_ANNOTATION
	kind  enums.FPDF_ANNOTATION_SUBTYPE
}

// annotations hands on those of the page, up to the first error.
func (s *sheet) annotations(each func(annotation) error) error {
	count, err := s.d.box.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: s.page})
	if err != nil {
		return s.unread()
	}
	for i := 0; i < count.Count && err == nil; i++ {
		a, e := s.d.box.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: s.page, Index: i})
		if e != nil {
			continue // it is no annotation, and nothing is drawn
		}
		kind, e := s.d.box.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a.Annotation})
		if e == nil {
			err = each(annotation{s, i, a.Annotation, kind.Subtype})
		}
		_, _ = s.d.box.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
	}
	return err
}

// maxQuads is how many quadrilaterals of an annotation are looked at.
const maxQuads = 500

// mark is a place that an annotation covers without saying what it looks like.
type mark struct {
	box
	field bool // of a form: it may lie over the dots that are to be filled in
}

// marks are the places that are marked to be redacted and were not, and those of
// stamps and fields whose look each reader words in its own way.
func (s *sheet) marks() (out []mark, err error) {
	err = s.annotations(func(a annotation) error {
		field := a.kind == enums.FPDF_ANNOT_SUBTYPE_WIDGET && a.has("MK") && !a.has("AP")
		if a.kind == enums.FPDF_ANNOT_SUBTYPE_REDACT || (field || a.kind == enums.FPDF_ANNOT_SUBTYPE_STAMP) && a.bare() {
			for _, b := range a.places() {
				out = append(out, mark{b, field})
			}
		}
		return nil
	})
	return out, err
}

func (a annotation) has(key string) bool {
	has, err := a.d.box.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: a.ref, Key: key})
	return err == nil && has.HasKey
}

// bare reports whether an annotation is shown and does not say what it looks like.
func (a annotation) bare() bool {
	const hidden = enums.FPDF_ANNOT_FLAG_HIDDEN | enums.FPDF_ANNOT_FLAG_NOVIEW
	if f, err := a.d.box.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a.ref}); err == nil && f.Flags&hidden != 0 {
		return false
	}
	return a.look() == ""
}

// look is the content that draws an annotation; empty where there is none.
func (a annotation) look() string {
	ap, err := a.d.box.FPDFAnnot_GetAP(&requests.FPDFAnnot_GetAP{Annotation: a.ref, AppearanceMode: enums.FPDF_ANNOT_APPEARANCEMODE_NORMAL})
	if err != nil {
		return ""
	}
	return ap.Value
}

// places are those that an annotation marks: its quadrilaterals, or else its rectangle.
func (a annotation) places() (out []box) {
	count, err := a.d.box.FPDFAnnot_CountAttachmentPoints(&requests.FPDFAnnot_CountAttachmentPoints{Annotation: a.ref})
	for i := uint64(0); err == nil && i < count.Count && i < maxQuads; i++ {
		p, err := a.d.box.FPDFAnnot_GetAttachmentPoints(&requests.FPDFAnnot_GetAttachmentPoints{Annotation: a.ref, Index: i})
		if err == nil {
			q := p.QuadPoints
			out = append(out, a.place.box(float64(min(q.X1, q.X2, q.X3, q.X4)), float64(min(q.Y1, q.Y2, q.Y3, q.Y4)), float64(max(q.X1, q.X2, q.X3, q.X4)), float64(max(q.Y1, q.Y2, q.Y3, q.Y4))))
		}
	}
	if r, err := a.d.box.FPDFAnnot_GetRect(&requests.FPDFAnnot_GetRect{Annotation: a.ref}); err == nil && len(out) == 0 {
		out = append(out, a.place.box(float64(r.Rect.Left), float64(r.Rect.Bottom), float64(r.Rect.Right), float64(r.Rect.Top)))
	}
	return out
}

// dropUnviewed takes off the annotations that are not to be seen on a screen (ISO 32000-1,
// 12.5.3): such as are for print alone.
func (s *sheet) dropUnviewed() error {
	const noView = 1 << 5
	var off []int
	err := s.annotations(func(a annotation) error {
		if f, err := s.d.box.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a.ref}); err == nil && f.Flags&noView != 0 {
			off = append(off, a.index)
		}
		return nil
	})
	for _, i := range slices.Backward(off) {
		if err == nil {
			_, err = s.d.box.FPDFPage_RemoveAnnot(&requests.FPDFPage_RemoveAnnot{Page: s.page, Index: i})
		}
	}
	return err
}

// flatten makes annotations and fields a part of the page, as they are drawn. What
// they look like where they do not say, PDFium words when it draws them.
func (s *sheet) flatten() error {
	count, err := s.d.box.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: s.page})
	if err != nil {
		return s.unread()
	}
	if count.Count == 0 {
		return nil
	}
	if err := s.dropUnviewed(); err != nil {
		return err
	}
	figures, err := s.figures()
	if err != nil {
		return err
	}
	if err := s.render(enums.FPDF_RENDER_FLAG_ANNOT|roughly, func([]byte) {}); err != nil {
		return err
	}
	if err := s.draw(figures); err != nil {
		return err
	}
	done, err := s.d.box.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: s.page, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err != nil || done.Result == 0 {
		return s.unread()
	}
	return nil
}
