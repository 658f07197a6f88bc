package pdf

import (
	"slices"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"
)

// prove looks into a copy for what must not be in it: the pages must look as they
// should, carry no annotations, and hold no text and no picture that is not seen. A
// *Problem says what is there.
func (d *Document) prove(looks []look) error {
	now, err := d.looks(false)
	if err != nil {
		return err
	}
	if !slices.Equal(now, looks) {
		return problem("bản sao không hiện đúng như bản gốc", "the copy does not look as the original does")
	}
	if err := d.silent(); err != nil {
		return err
	}
	for i := range d.count {
		if err := d.unannotated(i); err != nil {
			return err
		}
		n, err := d.Covered(i) // it draws annotations into the page, so none may be left
		if err == nil && n > 0 {
			err = problem("trang %d có chữ nằm dưới chỗ che", "page %d has text under what covers it", i+1)
		}
		if err == nil {
			err = d.open(i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// silent refuses a document that says something besides its pages.
func (d *Document) silent() error {
	said := false
	d.Properties(func(_, value string) { said = said || value != "" })
	files, err := d.box.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: d.ref})
	if err != nil {
		return d.uncopied()
	}
	scripts, err := d.box.FPDFDoc_GetJavaScriptActionCount(&requests.FPDFDoc_GetJavaScriptActionCount{Document: d.ref})
	if err != nil {
		return d.uncopied()
	}
	if said || files.AttachmentCount > 0 || scripts.JavaScriptActionCount > 0 {
		return problem("bản sao còn thông tin ngoài các trang", "the copy still tells more than its pages")
	}
	return nil
}

// unannotated refuses a page with annotations.
func (d *Document) unannotated(i int) error {
	s, err := d.load(i, searchDPI, searchPixels)
	if err != nil {
		return err
	}
	defer s.close()
	return s.annotations(func(annotation) error {
		return problem("trang %d còn chú thích", "page %d still has annotations", i+1)
	})
}

// open refuses a page that holds what is not seen: it could be laid open.
func (d *Document) open(i int) error {
	s, err := d.load(i, searchDPI, searchPixels)
	if err != nil {
		return err
	}
	defer s.close()
	leaves, err := s.leaves()
	if err != nil {
		return err
	}
	s.findScan(leaves)
	if err := s.cropped(leaves); err != nil {
		return err
	}
	if err := s.veiled(leaves); err != nil {
		return err
	}
	t, err := s.text()
	if err != nil {
		return err
	}
	defer t.close()
	return t.allSeen(leaves)
}

// allSeen refuses letters and digits that a reader does not see: in the colour of
// their ground, off the page, or not painted where there is no scan.
func (t *text) allSeen(leaves []leaf) error {
	seen, err := t.seen(leaves)
	if err != nil {
		return err
	}
	for i, c := range t.chars {
		if !seen[i] && (unicode.IsLetter(c.r) || unicode.IsDigit(c.r)) {
			return problem("trang %d có chữ không nhìn thấy được", "page %d has text that cannot be seen", t.index+1)
		}
	}
	return nil
}

// cropped refuses images of which a part is cut off, by the edge of the page or by a
// path: that part is still there.
func (s *sheet) cropped(leaves []leaf) error {
	const shown = 0.97 // of an image; scanning programs round their edges
	page := box{0, 0, float64(s.w), float64(s.h)}
	for _, l := range leaves {
		if !l.image || l.box.area() == 0 {
			continue
		}
		if l.box.within(s.clip(l, page)).area() < shown*l.box.area() {
			return problem("trang %d có ảnh bị cắt bớt, phần cắt vẫn còn trong tệp", "page %d has a picture that is cropped, and the rest of it is still in the file", s.index+1)
		}
	}
	return nil
}

// clip is the box that bounds what is seen of a leaf: the page and all paths to which
// it is clipped.
func (s *sheet) clip(l leaf, page box) box {
	of, err := s.d.box.FPDFPageObj_GetClipPath(&requests.FPDFPageObj_GetClipPath{PageObject: l.ref})
	if err != nil {
		return page
	}
	paths, err := s.d.box.FPDFClipPath_CountPaths(&requests.FPDFClipPath_CountPaths{ClipPath: of.ClipPath})
	for i := 0; err == nil && i < paths.Count; i++ {
		n, e := s.d.box.FPDFClipPath_CountPathSegments(&requests.FPDFClipPath_CountPathSegments{ClipPath: of.ClipPath, PathIndex: i})
		if e != nil || n.Count <= 0 {
			continue
		}
		var around box
		for j := range n.Count {
			seg, e := s.d.box.FPDFClipPath_GetPathSegment(&requests.FPDFClipPath_GetPathSegment{ClipPath: of.ClipPath, PathIndex: i, SegmentIndex: j})
			if e != nil {
				return page
			}
			p, e := s.d.box.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: seg.PathSegment})
			if e != nil {
				return page
			}
			at := l.at.box(float64(p.X), float64(p.Y), float64(p.X), float64(p.Y))
			if j == 0 {
				around = at
			}
			around = around.around(at)
		}
		page = page.within(around)
	}
	return page
}

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
