package pdf

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// How strokes of letters are told that are boxes by themselves.
const (
	longest     = 72 // points, of a stroke
	fewestBoxes = 3  // of a letter that is made of them
	leastLetter = 3  // points; no letter that anybody reads is lower
	lineApart   = 12 // points, from one stroke to the next
)

// plates tells the boxes, each of which alone could be a ground or a rule, that with their
// neighbours could be letters and lie under what is filled later: narrow ones, of which
// some lie near each other. Drawn tells the paths that are more than a box.
func (s *sheet) plates(leaves []leaf, drawn []bool) []bool {
	out := make([]bool, len(leaves))
	scale := float64(s.w) / s.size.Width
	narrow := func(i int) bool {
		l := leaves[i]
		wide, high := l.box.x1-l.box.x0, l.box.y1-l.box.y0
		return !l.text && !l.image && !drawn[i] && l.paints && min(wide, high) <= veil*scale && max(wide, high) <= longest*scale
	}
	var under []int
	filled := make([]bool, s.w*s.h)
	for n := len(leaves) - 1; n >= 0; n-- {
		l := leaves[n]
		if narrow(n) && s.part(filled, l.box) == 1 {
			under = append(under, n)
		}
		if s.fills(l) && min(l.box.x1-l.box.x0, l.box.y1-l.box.y0) >= leastLetter*scale { // tables draw lines over lines
			s.fill(filled, l.box)
		}
	}
	s.letters(leaves, under, func(n int) { out[n] = true })
	return out
}

// letters hands on those of some boxes that lie near each other, as they come, so that they
// could be a letter or a line of them.
func (s *sheet) letters(leaves []leaf, boxes []int, each func(int)) {
	scale := float64(s.w) / s.size.Width
	gap := lineApart * scale
	var near []int
	var around box
	end := func() {
		if len(near) >= fewestBoxes && min(around.x1-around.x0, around.y1-around.y0) >= leastLetter*scale {
			for _, n := range near {
				each(n)
			}
		}
		near = nil
	}
	for _, n := range boxes {
		b := leaves[n].box
		if len(near) > 0 && (box{around.x0 - gap, around.y0 - gap, around.x1 + gap, around.y1 + gap}).within(b).area() <= 0 {
			end()
		}
		if len(near) == 0 {
			around = b
		}
		near, around = append(near, n), around.around(b)
	}
	end()
}

// fills reports whether a leaf fills what it bounds, or may do so.
func (s *sheet) fills(l leaf) bool {
	if l.text || !l.paints {
		return false
	}
	mode, err := s.d.box.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: l.ref})
	return err != nil || mode.FillMode != enums.FPDF_FILLMODE_NONE
}

// fill sets a box in a mask.
func (s *sheet) fill(mask []bool, b box) {
	r := b.pixels()
	for y := max(0, r.Min.Y); y < min(s.h, r.Max.Y); y++ {
		for x := max(0, r.Min.X); x < min(s.w, r.Max.X); x++ {
			mask[y*s.w+x] = true
		}
	}
}
