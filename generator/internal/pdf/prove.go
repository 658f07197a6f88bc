package pdf

import (
	"slices"

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
		if err := d.on(i, (*sheet).unannotated); err != nil {
			return err
		}
		n, err := d.Covered(i) // it draws annotations into the page, so none may be left
		if err == nil && n > 0 {
			err = problem("trang %d có chữ nằm dưới chỗ che", "page %d has text under what covers it", i+1)
		}
		if err == nil {
			err = d.on(i, (*sheet).unveiled)
		}
		if err == nil {
			err = d.on(i, (*sheet).allSeen) // anew: what is drawn before a ground leaves one
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

// on loads a page to look at it once.
func (d *Document) on(i int, look func(*sheet) error) error {
	s, err := d.load(i, searchDPI, searchPixels)
	if err != nil {
		return err
	}
	defer s.close()
	return look(s)
}

// unannotated refuses a page with annotations.
func (s *sheet) unannotated() error {
	return s.annotations(func(annotation) error {
		return problem("trang %d còn chú thích", "page %d still has annotations", s.index+1)
	})
}

// unveiled refuses a page with pictures or drawings that could be laid open.
func (s *sheet) unveiled() error {
	leaves, err := s.leaves()
	if err != nil {
		return err
	}
	for _, refuse := range []func([]leaf) error{s.cropped, s.beside, s.veiled, s.faint} {
		if err := refuse(leaves); err != nil {
			return err
		}
	}
	return nil
}

// allSeen refuses letters and digits that a reader does not see: in the colour of
// their ground, off the page, or not painted where there is no scan; and what is called
// something else, or a blank, and draws what nobody sees.
func (s *sheet) allSeen() error {
	leaves, err := s.leaves()
	if err != nil {
		return err
	}
	s.findScan(leaves)
	t, err := s.text()
	if err != nil {
		return err
	}
	defer t.close()
	seen, err := t.seen(leaves)
	if err != nil {
		return err
	}
	secret, err := t.inkUnseen(leaves)
	if err != nil {
		return err
	}
	for i, c := range t.chars {
		secret = secret || !seen[i] && c.word
	}
	if secret {
		return problem("trang %d có chữ không nhìn thấy được", "page %d has text that cannot be seen", s.index+1)
	}
	return nil
}

// cropped refuses images of which a part is cut off, by the edge of the page or by a
// path: that part is still there.
func (s *sheet) cropped(leaves []leaf) error {
	const (
		shown = 0.97 // of an image; scanning programs round their edges
		half  = 0.5  // of a drawing; diagrams end a line beyond their frame
	)
	page := box{0, 0, float64(s.w), float64(s.h)}
	for _, l := range leaves {
		if l.box.area() == 0 || !l.image && (!l.paints || !s.isDrawing(l)) {
			continue
		}
		switch seen := l.box.within(s.clip(l, page)).area(); {
		case !l.image && seen < half*l.box.area():
			return problem("trang %d có hình vẽ bị cắt bớt, phần cắt vẫn còn trong tệp", "page %d has a drawing that is cropped, and the rest of it is still in the file", s.index+1)
		case l.image && seen < shown*l.box.area():
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
