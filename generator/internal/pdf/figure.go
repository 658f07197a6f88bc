package pdf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

type point = structs.FPDF_FS_POINTF

// figure is an annotation without an appearance of a kind that readers draw and
// PDFium does not: a line, a polygon or the ground of a text.
type figure struct {
	index  int // among the annotations of the page, from 0
	kind   enums.FPDF_ANNOTATION_SUBTYPE
	points []point
}

// figures makes such annotations squares. PDFium words the look of a square with
// the colours, the width and the dashes that the annotation states.
func (s *sheet) figures() (out []figure, err error) {
	err = s.annotations(func(a annotation) error {
		f := figure{a.index, a.kind, a.points()}
		if len(f.points) < 2 || !a.bare() || a.letsThrough() {
			return nil
		}
		out = append(out, f)
		if _, err := a.d.box.FPDFAnnot_SetStringValue(&requests.FPDFAnnot_SetStringValue{Annotation: a.ref, Key: "Subtype", Value: "Square"}); err != nil {
			return a.unread()
		}
		return nil
	})
	return out, err
}

// letsThrough reports whether what is beneath an annotation is seen through it.
func (a annotation) letsThrough() bool {
	const opaque = 0.75
	ca, err := a.d.box.FPDFAnnot_GetNumberValue(&requests.FPDFAnnot_GetNumberValue{Annotation: a.ref, Key: "CA"})
	return err == nil && a.has("CA") && ca.Value < opaque
}

// points are those by which a line, a polygon or the ground of a text is drawn.
func (a annotation) points() []point {
	switch a.kind {
	case enums.FPDF_ANNOT_SUBTYPE_LINE:
		if l, err := a.d.box.FPDFAnnot_GetLine(&requests.FPDFAnnot_GetLine{Annotation: a.ref}); err == nil {
			return []point{l.Start, l.End}
		}
	case enums.FPDF_ANNOT_SUBTYPE_POLYLINE, enums.FPDF_ANNOT_SUBTYPE_POLYGON:
		if v, err := a.d.box.FPDFAnnot_GetVertices(&requests.FPDFAnnot_GetVertices{Annotation: a.ref}); err == nil {
			return v.Vertices
		}
	case enums.FPDF_ANNOT_SUBTYPE_FREETEXT:
		if r, err := a.d.box.FPDFAnnot_GetRect(&requests.FPDFAnnot_GetRect{Annotation: a.ref}); err == nil && a.has("C") {
			b := r.Rect
			return []point{{X: b.Left, Y: b.Bottom}, {X: b.Right, Y: b.Bottom}, {X: b.Right, Y: b.Top}, {X: b.Left, Y: b.Top}}
		}
	}
	return nil
}

// draw gives figures, which PDFium has worded as squares, their own shapes.
func (s *sheet) draw(figures []figure) error {
	return s.annotations(func(a annotation) error {
		if len(figures) == 0 || figures[0].index != a.index {
			return nil
		}
		look, box := figures[0].look(a.look())
		figures = figures[1:]
		if _, err := a.d.box.FPDFAnnot_SetRect(&requests.FPDFAnnot_SetRect{Annotation: a.ref, Rect: box}); err != nil {
			return a.unread()
		}
		if _, err := a.d.box.FPDFAnnot_SetAP(&requests.FPDFAnnot_SetAP{Annotation: a.ref, AppearanceMode: enums.FPDF_ANNOT_APPEARANCEMODE_NORMAL, Value: &look}); err != nil {
			return a.unread()
		}
		return nil
	})
}

var (
	square = regexp.MustCompile(`\S+ \S+ \S+ \S+ re (\w)\s*$`)
	width  = regexp.MustCompile(`(\S+) w `)
)

// look is what draws a figure, and where, by what draws a square of its style. A
// square that is no more than a frame becomes the ground of a text, in that colour.
func (f figure) look(ofSquare string) (string, structs.FPDF_FS_RECTF) {
	m := square.FindStringSubmatchIndex(ofSquare)
	if m == nil {
		return "", f.bounds(1)
	}
	state, paint := strings.TrimPrefix(ofSquare[:m[0]], "/GS gs "), ofSquare[m[2]:m[3]]
	stroke := 0.0
	if w := width.FindStringSubmatch(state); w != nil {
		stroke, _ = strconv.ParseFloat(w[1], 32)
	}
	switch f.kind {
	case enums.FPDF_ANNOT_SUBTYPE_FREETEXT:
		if !strings.ContainsAny(state, "GK") {
			return "", f.bounds(1) // it has no colour
		}
		state, paint = strings.ToLower(state), "f"
	case enums.FPDF_ANNOT_SUBTYPE_POLYGON:
	default:
		if paint = "S"; stroke == 0 {
			paint = "n"
		}
	}
	var b strings.Builder
	b.WriteString(state)
	for i, p := range f.points {
		fmt.Fprintf(&b, "%f %f %s\n", p.X, p.Y, []string{"m", "l"}[min(i, 1)])
	}
	return b.String() + paint, f.bounds(float32(max(1, stroke)))
}

// bounds are those of a figure with some room around it, since a place without
// height or width is none.
func (f figure) bounds(room float32) structs.FPDF_FS_RECTF {
	first := f.points[0]
	r := structs.FPDF_FS_RECTF{Left: first.X, Bottom: first.Y, Right: first.X, Top: first.Y}
	for _, p := range f.points {
		r.Left, r.Bottom, r.Right, r.Top = min(r.Left, p.X), min(r.Bottom, p.Y), max(r.Right, p.X), max(r.Top, p.Y)
	}
	return structs.FPDF_FS_RECTF{Left: r.Left - room, Bottom: r.Bottom - room, Right: r.Right + room, Top: r.Top + room}
}
