package pdf

import (
	"slices"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// veil is the side of a square, in points, that hides something: no stroke of a text
// is as thick.
const veil = 7

// veiled refuses images, and drawings, which may be letters, over which something opaque
// is drawn later, whatever its shape: who moves it away sees what is beneath.
func (s *sheet) veiled(leaves []leaf) error {
	drawn := make([]bool, len(leaves))
	for i, l := range leaves {
		drawn[i] = !l.image && l.paints && s.isDrawing(l)
	}
	plates := s.plates(leaves, drawn)
	if !slices.Contains(drawn, true) && !slices.Contains(plates, true) && !slices.ContainsFunc(leaves, func(l leaf) bool { return l.image }) {
		return nil
	}
	if err := s.activate(leaves, false); err != nil {
		return err
	}
	mask := make([]bool, s.w*s.h)
	var over []leaf // that were drawn later and are not in the mask yet
	renders := 0
	for n := len(leaves) - 1; n >= 0; n-- {
		l := leaves[n]
		if l.image || drawn[n] || plates[n] {
			if slices.ContainsFunc(over, func(o leaf) bool { return o.box.within(l.box).area() > 0 }) {
				if renders++; renders > maxVeils {
					return s.complex()
				}
				if err := s.opaque(mask, over); err != nil {
					return err
				}
				over = nil
			}
			if err := s.open(mask, l, plates[n]); err != nil {
				return err
			}
		}
		if l.paints {
			over = append(over, l)
		}
	}
	return s.activate(leaves, true)
}

// maxVeils is how often what lies over something may be drawn for a page.
const maxVeils = 200

// open refuses an image or a drawing of which a mask hides a part, and a box of which it
// hides all.
func (s *sheet) open(mask []bool, l leaf, plate bool) error {
	const whole = 0.9 // of a drawing that is smaller than a square
	switch {
	case l.image && s.hides(mask, l.box, veil):
		return problem("trang %d có hình vẽ hoặc ảnh che lên ảnh khác, phần bị che vẫn còn trong tệp", "page %d has something drawn over a picture, and what is beneath is still in the file", s.index+1)
	case !l.image && (!plate && s.hides(mask, l.box, s.veilOf(l.box)) || s.part(mask, l.box) > whole):
		return problem("trang %d có hình vẽ nằm dưới thứ che lên nó, phần bị che vẫn còn trong tệp", "page %d has a drawing under what covers it, and what is beneath is still in the file", s.index+1)
	}
	return nil
}

// veilOf is the side of a square, in points, that hides something of a drawing: a line of
// letters that is lower than a veil is hidden by a box as high as it is.
func (s *sheet) veilOf(b box) float64 {
	const least = 3 // no letter that anybody reads is lower
	return min(veil, max(least, min(b.x1-b.x0, b.y1-b.y0)*s.size.Width/float64(s.w)))
}

// hides reports whether a square of a mask, with sides of so many points, is set.
func (s *sheet) hides(mask []bool, in box, points float64) bool {
	side := max(2, int(points*float64(s.w)/s.size.Width))
	r := in.within(box{0, 0, float64(s.w), float64(s.h)}).pixels()
	width := r.Dx()
	sides := make([]int, width+1) // of the largest square that ends in each column of the row before
	for y := max(0, r.Min.Y); y < min(s.h, r.Max.Y); y++ {
		before := 0
		for x := range width {
			at := r.Min.X + x
			old := sides[x+1]
			if at < 0 || at >= s.w || !mask[y*s.w+at] {
				sides[x+1] = 0
			} else {
				sides[x+1] = 1 + min(before, old, sides[x])
			}
			if before = old; sides[x+1] >= side {
				return true
			}
		}
	}
	return false
}

// isDrawing reports whether a leaf is a path that is more than a plate: a box, as grounds
// are, or lines along its edges, as rules are.
func (s *sheet) isDrawing(l leaf) bool {
	const boxed = 8 // segments, at most: some programs begin a box in the middle of an edge
	n, err := s.d.box.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: l.ref})
	if err != nil {
		return false // it is no path
	}
	if n.Count > boxed {
		return true
	}
	var points []point
	for i := range max(0, n.Count) {
		at, curved, err := s.segment(l, i)
		if err != nil || curved {
			return true
		}
		points = append(points, at)
	}
	return !alongABox(points)
}

// alongABox reports whether points lie on the edges of a box, and so do the lines from
// each to the next.
func alongABox(points []point) bool {
	const slight = 1e-3 // points
	same := func(a, b float32) bool { return max(a, b)-min(a, b) < slight }
	if len(points) == 0 {
		return true
	}
	low, high := points[0], points[0]
	for _, p := range points {
		low, high = point{X: min(low.X, p.X), Y: min(low.Y, p.Y)}, point{X: max(high.X, p.X), Y: max(high.Y, p.Y)}
	}
	for i, p := range points {
		next := points[(i+1)%len(points)]
		upright := same(p.X, next.X) && (same(p.X, low.X) || same(p.X, high.X))
		level := same(p.Y, next.Y) && (same(p.Y, low.Y) || same(p.Y, high.Y))
		if !upright && !level {
			return false
		}
	}
	return true
}

// segment is where a segment of a path ends, and whether it is a curve.
func (s *sheet) segment(l leaf, i int) (at point, curved bool, err error) {
	seg, err := s.d.box.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: l.ref, Index: i})
	if err != nil {
		return at, false, err
	}
	kind, err := s.d.box.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: seg.PathSegment})
	if err != nil {
		return at, false, err
	}
	p, err := s.d.box.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: seg.PathSegment})
	if err != nil {
		return at, false, err
	}
	return point{X: p.X, Y: p.Y}, kind.Type == enums.FPDF_SEGMENT_BEZIERTO, nil
}

// beside refuses drawings that lie beside the page.
func (s *sheet) beside(leaves []leaf) error {
	page := box{0, 0, float64(s.w), float64(s.h)}
	for _, l := range leaves {
		if !l.text && !l.image && l.paints && l.box.area() > 0 && l.box.within(page).area() == 0 && s.isDrawing(l) {
			return problem("trang %d có hình vẽ nằm ngoài trang", "page %d has a drawing beside the page", s.index+1)
		}
	}
	return nil
}

// faint refuses images that leave no trace, be the ground grey or black, or hardly one,
// for they are drawn on a few pixels: who takes them out of the file sees them.
func (s *sheet) faint(leaves []leaf) error {
	const fewest = 16 // pixels
	var images []leaf
	for _, l := range leaves {
		switch {
		case !l.image:
		case l.box.within(box{0, 0, float64(s.w), float64(s.h)}).area() >= fewest:
			images = append(images, l)
		case !s.isDot(l):
			return problem("trang %d có ảnh thu nhỏ đến mức không nhìn ra", "page %d has a picture that is drawn too small to be seen", s.index+1)
		}
	}
	if len(images) == 0 {
		return nil
	}
	if len(images) > maxRenders {
		return s.complex()
	}
	if err := s.activate(leaves, false); err != nil {
		return err
	}
	for i := range images {
		one := images[i : i+1]
		shows, err := s.traces(one, 128)
		if err == nil && !shows {
			shows, err = s.traces(one, 0)
		}
		if err != nil {
			return err
		}
		if !shows {
			return problem("trang %d có ảnh không nhìn thấy được", "page %d has a picture that cannot be seen", s.index+1)
		}
	}
	return s.activate(leaves, true)
}

// isDot reports whether an image has 2 × 2 pixels at most: nothing can be seen in it.
func (s *sheet) isDot(l leaf) bool {
	n, err := s.d.box.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: l.ref})
	return err == nil && n.Width <= 2 && n.Height <= 2
}

// traces reports whether leaves change a ground of one shade. Nothing else may be active.
func (s *sheet) traces(leaves []leaf, shade byte) (yes bool, err error) {
	if err := s.activate(leaves, true); err != nil {
		return false, err
	}
	err = s.before(uint(shade), func(pix []byte) {
		for i := 0; i < len(pix) && !yes; i += 4 {
			yes = departs(pix[i:], shade)
		}
	})
	return yes, firstOf(err, s.activate(leaves, false))
}

// departs reports whether a pixel is seen on a ground of one shade.
func departs(p []byte, shade byte) bool {
	return apart(p[0], shade) > slightly || apart(p[1], shade) > slightly || apart(p[2], shade) > slightly
}
