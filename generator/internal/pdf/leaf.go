package pdf

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// leaf is an object that is drawn: text, a path, an image or a shading. Those of
// forms stand where the form does. Leaves are drawn in their order.
type leaf struct {
	ref       references.FPDF_PAGEOBJECT
	text      bool
	image     bool
	invisible bool    // text that is not painted
	paints    bool    // it may cover what was drawn before
	scan      bool    // it is an image of the page, or a part of one
	box       box     // that it does not go beyond
	at        placing // how its coordinates lie on the page
	tags      []tag
	layer     string // tells the layers of optional content and the forms it is in; empty for none
	optional  bool   // it is marked as optional content
}

const (
	maxLeaves = 200_000 // of a page
	maxDepth  = 20      // of forms in forms
)

// markName begins the mark that tells which leaf a text is.
const markName = "vitrine leaf "

// leaves are what the page draws.
func (s *sheet) leaves() (out []leaf, err error) {
	count, err := s.d.box.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: s.page})
	if err != nil {
		return nil, s.unread()
	}
	for i := range count.Count {
		o, err := s.d.box.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: s.page, Index: i})
		if err != nil {
			return nil, s.unread()
		}
		if out, err = s.leaf(out, o.PageObject, inside{at: s.place}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// inside is where an object stands: on the page, or in forms.
type inside struct {
	at       placing // how it lies on the page
	tags     []tag   // of the forms
	layer    string
	optional bool // one of the forms is marked as optional content
	depth    int
}

// leaf appends an object, or all of a form.
func (s *sheet) leaf(out []leaf, ref references.FPDF_PAGEOBJECT, in inside) ([]leaf, error) {
	if in.depth > maxDepth || len(out) >= maxLeaves {
		return nil, s.complex()
	}
	kind, err := s.d.box.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: ref})
	if err != nil {
		return nil, s.unread()
	}
	tags, err := s.tags(ref)
	if err != nil {
		return nil, err
	}
	in.tags = slices.Concat(in.tags, tags)
	if layer := s.layerOf(ref); layer != "" {
		in.layer, in.optional = in.layer+layer, true
	}
	if kind.Type == enums.FPDF_PAGEOBJ_FORM {
		return s.form(out, ref, in)
	}
	l := leaf{ref: ref, tags: in.tags, layer: in.layer, optional: in.optional, at: in.at, text: kind.Type == enums.FPDF_PAGEOBJ_TEXT, image: kind.Type == enums.FPDF_PAGEOBJ_IMAGE, paints: true}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_TEXT:
		l.paints = false
		mode, err := s.d.box.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: ref})
		l.invisible = err == nil && (mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_INVISIBLE || mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_CLIP)
		if _, err := s.d.box.FPDFPageObj_AddMark(&requests.FPDFPageObj_AddMark{PageObject: ref, Name: markName + strconv.Itoa(len(out))}); err != nil {
			return nil, s.unread()
		}
	case enums.FPDF_PAGEOBJ_PATH:
		mode, err := s.d.box.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: ref})
		l.paints = err != nil || mode.FillMode != enums.FPDF_FILLMODE_NONE || mode.Stroke
	}
	b, err := s.d.box.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: ref})
	if err != nil { // it may be anywhere
		l.box = box{0, 0, float64(s.w), float64(s.h)}
	} else {
		l.box = in.at.box(float64(b.Left), float64(b.Bottom), float64(b.Right), float64(b.Top))
	}
	return append(out, l), nil
}

func (s *sheet) form(out []leaf, ref references.FPDF_PAGEOBJECT, in inside) ([]leaf, error) {
	count, err := s.d.box.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: ref})
	matrix, err2 := s.d.box.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: ref})
	if err != nil || err2 != nil {
		return nil, s.unread()
	}
	in.layer += fmt.Sprint("form ", len(out), "\n") // it may itself be in a layer, of which it does not tell
	m := matrix.Matrix
	in.at, in.depth = in.at.of(placing{float64(m.A), float64(m.B), float64(m.C), float64(m.D), float64(m.E), float64(m.F)}), in.depth+1
	for i := range max(0, count.Count) {
		o, err := s.d.box.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: ref, Index: uint64(i)})
		if err != nil {
			return nil, s.unread()
		}
		if out, err = s.leaf(out, o.PageObject, in); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// activate says which leaves are drawn from now on.
func (s *sheet) activate(leaves []leaf, active bool) error {
	for _, l := range leaves {
		if _, err := s.d.box.FPDFPageObj_SetIsActive(&requests.FPDFPageObj_SetIsActive{PageObject: l.ref, Active: active}); err != nil {
			return s.unread()
		}
	}
	return nil
}

// The grid on which images are laid to see whether they make up the page.
const grid = 64

// findScan tells the images of which the page is a scan: one that is nearly as
// large as the page, or strips that together are and do not lie on each other. What
// lies on them is no part of the scan.
func (s *sheet) findScan(leaves []leaf) {
	const nearly = 0.8
	var laid [grid][grid]bool
	var parts []int
	whole := false
	for i := range leaves {
		l := &leaves[i]
		if !l.image {
			continue
		}
		if l.box.within(box{0, 0, float64(s.w), float64(s.h)}).area() >= nearly*float64(s.w*s.h) {
			l.scan, whole = true, true
		} else if cells, over := s.lay(&laid, l.box); over*2 <= cells {
			parts = append(parts, i)
		}
	}
	covered := 0
	for _, row := range laid {
		for _, c := range row {
			if c {
				covered++
			}
		}
	}
	for _, i := range parts {
		leaves[i].scan = !whole && float64(covered) >= nearly*grid*grid
	}
}

// lay lays a box on the grid, and tells on how many cells and how many were taken.
func (s *sheet) lay(laid *[grid][grid]bool, b box) (cells, over int) {
	r := box{b.x0 * grid / float64(s.w), b.y0 * grid / float64(s.h), b.x1 * grid / float64(s.w), b.y1 * grid / float64(s.h)}
	for y := max(0, int(r.y0+0.5)); y < min(grid, int(r.y1+0.5)); y++ {
		for x := max(0, int(r.x0+0.5)); x < min(grid, int(r.x1+0.5)); x++ {
			cells++
			if laid[y][x] {
				over++
			}
			laid[y][x] = true
		}
	}
	return cells, over
}
