package pdf

import (
	"slices"

	"github.com/klippa-app/go-pdfium/requests"
)

// veil is the side of a square, in points, that hides something: no stroke of a text
// is as thick.
const veil = 7

// veiled refuses images over which something opaque is drawn later: who moves it away
// sees what is beneath.
func (s *sheet) veiled(leaves []leaf) error {
	if !slices.ContainsFunc(leaves, func(l leaf) bool { return l.image }) {
		return nil
	}
	if err := s.activate(leaves, false); err != nil {
		return err
	}
	mask := make([]bool, s.w*s.h)
	var over []leaf // that were drawn later and are not in the mask yet
	var bounds box  // of all that was drawn later
	for n := len(leaves) - 1; n >= 0; n-- {
		l := leaves[n]
		if l.image && l.box.within(bounds).area() > 0 {
			if err := s.opaque(mask, over); err != nil {
				return err
			}
			over = nil
			if s.hides(mask, l.box) {
				return problem("trang %d có hình vẽ hoặc ảnh che lên ảnh khác, phần bị che vẫn còn trong tệp", "page %d has something drawn over a picture, and what is beneath is still in the file", s.index+1)
			}
		}
		if l.paints {
			over = append(over, l)
			if bounds.area() == 0 {
				bounds = l.box
			}
			bounds = bounds.around(l.box)
		}
	}
	return s.activate(leaves, true)
}

// hides reports whether a square of a mask is set that could hide a word.
func (s *sheet) hides(mask []bool, in box) bool {
	side := max(2, int(veil*float64(s.w)/s.size.Width))
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

// boxed is how many segments a path has at most that is no more than a box.
const boxed = 5

// segments is how many segments a path has; 0 for what is none.
func (s *sheet) segments(l leaf) int {
	n, err := s.d.box.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: l.ref})
	if err != nil {
		return 0
	}
	return n.Count
}

// lost refuses drawings, which may be letters, that lie beside the page or under a box
// or an image that lets nothing through.
func (s *sheet) lost(leaves []leaf) error {
	const whole = 0.9
	page := box{0, 0, float64(s.w), float64(s.h)}
	var plates []int // what may lie over a drawing, from the last
	masks := map[int][]bool{}
	for i := len(leaves) - 1; i >= 0; i-- {
		l := leaves[i]
		if l.text || !l.paints || l.box.area() == 0 {
			continue
		}
		if l.image || s.segments(l) <= boxed {
			plates = append(plates, i)
			continue
		}
		if l.box.within(page).area() == 0 {
			return problem("trang %d có hình vẽ nằm ngoài trang", "page %d has a drawing beside the page", s.index+1)
		}
		for _, n := range plates {
			if leaves[n].box.within(l.box).area() < whole*l.box.area() {
				continue
			}
			mask, err := s.plate(masks, leaves, n)
			if err != nil {
				return err
			}
			if s.part(mask, l.box) > whole {
				return problem("trang %d có hình vẽ nằm dưới một ô hay ảnh che kín", "page %d has a drawing under a box or an image", s.index+1)
			}
		}
	}
	return nil
}

// plate is where a leaf lets nothing through. Masks are those of the leaves that were
// asked for before.
func (s *sheet) plate(masks map[int][]bool, leaves []leaf, n int) ([]bool, error) {
	const most = 50 // of a page: each has a byte for every pixel
	if mask := masks[n]; mask != nil {
		return mask, nil
	}
	if len(masks) >= most {
		return nil, s.complex()
	}
	if err := s.activate(leaves, false); err != nil {
		return nil, err
	}
	masks[n] = make([]bool, s.w*s.h)
	err := s.opaque(masks[n], leaves[n:n+1])
	return masks[n], firstOf(err, s.activate(leaves, true))
}

// faint refuses images that leave no trace, be the ground grey or black: who takes them
// out of the file sees them.
func (s *sheet) faint(leaves []leaf) error {
	const fewest = 4 // pixels: a smaller one may fall between two
	images := slices.DeleteFunc(slices.Clone(leaves), func(l leaf) bool {
		return !l.image || l.box.within(box{0, 0, float64(s.w), float64(s.h)}).area() < fewest
	})
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
