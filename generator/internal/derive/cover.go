package derive

import (
	"context"
	"fmt"
	"image"
	"io"
)

// coverQuality is that of pictures with covered places, which are themselves
// masters of what readers get.
const coverQuality = 95

// Cover covers boxes of the master in r, which is size bytes long, and returns
// the picture as an upright JPEG of the same size, with what its profile says of
// colours and no other metadata. The boxes are in pixels of the upright
// picture, as [Probe] measures it; they are filled before anything is scaled or
// encoded, so no sample of what they cover enters the file. A master with a
// problem is reported as *Error, and so is one of several pages: it would lose
// all but the first.
func Cover(ctx context.Context, r io.ReaderAt, size int64, boxes []image.Rectangle) ([]byte, error) {
	src := &source{ctx: ctx, r: r, size: size}
	h, err := probe(src)
	if err != nil {
		return nil, err
	}
	if err := coverable(h, boxes); err != nil {
		return nil, err
	}
	sh, err := decode(src, h)
	if err != nil {
		return nil, err
	}
	return sh.covered(h, boxes), nil
}

// CoverImage is Cover for a picture that was drawn and lies in no file: img is taken
// over and may be changed.
func CoverImage(img *image.RGBA, boxes []image.Rectangle) ([]byte, error) {
	h := header{Info: Info{Width: img.Rect.Dx(), Height: img.Rect.Dy(), Pages: 1}, orientation: 1}
	if err := coverable(h, boxes); err != nil {
		return nil, err
	}
	sh := newSheet(img, h)
	return sh.covered(h, boxes), nil
}

// covered fills the boxes and encodes what is left.
func (s *sheet) covered(h header, boxes []image.Rectangle) []byte {
	w, ht := h.stored()
	for _, b := range boxes {
		s.blacken(lying(b, w, ht, h.orientation))
	}
	var profile []byte
	if !h.cmyk { // CMYK has become RGB, which its profile does not describe
		profile = h.profile
	}
	return encode(newPyramid(*s).drawn(h, h.Width), profile, coverQuality)
}

func coverable(h header, boxes []image.Rectangle) error {
	switch {
	case h.Pages > 1:
		e := unsupported(fmt.Sprintf("tệp %d trang", h.Pages), fmt.Sprintf("a file of %d pages", h.Pages))
		e.HintVi, e.HintEn = "tách tệp thành từng trang, rồi che từng trang", "split the file into its pages and cover each of them"
		return e
	case h.need > defaultLimit:
		return tooLarge(h.Info, h.need, defaultLimit)
	case max(h.Width, h.Height) > maxSide:
		return problem(TooLarge, fmt.Sprintf("ảnh có cạnh dài hơn %d điểm", maxSide), fmt.Sprintf("the image has a side of more than %d pixels", maxSide))
	}
	for _, b := range boxes {
		if b.Empty() || !b.In(image.Rect(0, 0, h.Width, h.Height)) {
			return fmt.Errorf("derive: the box %v is not in the image of %d × %d pixels", b, h.Width, h.Height)
		}
	}
	return nil
}

// lying is where a box of the upright image lies in the w × h pixels of the
// file, which oriented turns.
func lying(b image.Rectangle, w, h, orientation int) image.Rectangle {
	place := func(p image.Point) image.Point {
		if orientation >= 5 {
			p.X, p.Y = p.Y, p.X
		}
		switch orientation {
		case 2, 3, 7, 8:
			p.X = w - 1 - p.X
		}
		switch orientation {
		case 3, 4, 6, 7:
			p.Y = h - 1 - p.Y
		}
		return p
	}
	r := image.Rectangle{Min: place(b.Min), Max: place(b.Max.Sub(image.Pt(1, 1)))}.Canon()
	r.Max = r.Max.Add(image.Pt(1, 1))
	return r
}

// blacken fills a box; a sample of colour that belongs to it in part is filled too.
func (s *sheet) blacken(b image.Rectangle) {
	s.y.fill(b, 0)
	if s.gray {
		return
	}
	colour := image.Rect(b.Min.X/s.subX, b.Min.Y/s.subY, (b.Max.X+s.subX-1)/s.subX, (b.Max.Y+s.subY-1)/s.subY)
	s.cb.fill(colour, 128)
	s.cr.fill(colour, 128)
}

func (p plane) fill(b image.Rectangle, v uint8) {
	b = b.Intersect(image.Rect(0, 0, p.w, p.h))
	for y := b.Min.Y; y < b.Max.Y; y++ {
		paint(p.row(y)[b.Min.X:b.Max.X], v)
	}
}
