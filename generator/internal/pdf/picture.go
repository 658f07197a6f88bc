package pdf

import (
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

const pointsPerInch = 72

// size is that of a page, in points, as it is seen: turned, and without what is cut
// off.
type size struct{ Width, Height float64 }

// maxPoints is the longest side of a page, in points (ISO 32000-1, annex C: 200
// inches), with room for those who count in larger units.
const maxPoints = 1 << 20

func (s size) sound() bool {
	return s.Width > 0 && s.Height > 0 && s.Width < maxPoints && s.Height < maxPoints // so neither is NaN
}

// pixels is the size at dots per inch, or at fewer where it would have more than
// most pixels.
func (s size) pixels(dpi, most float64) (w, h int) {
	scale := min(dpi/pointsPerInch, math.Sqrt(most/(s.Width*s.Height)))
	return max(1, int(math.Round(s.Width*scale))), max(1, int(math.Round(s.Height*scale)))
}

// How pages are made into pictures: as an archive scans, with no more pixels than
// fit into the memory that there is.
const (
	pictureDPI = 300
	leastDPI   = 72
	maxPixels  = 40e6
)

// Extent is how many pixels the picture of a page has, and how many of them are an
// inch of the page.
type Extent struct {
	Width, Height int
	DPI           float64
}

// Extent is that of the picture of a page, from 0. The error is a *Problem.
func (d *Document) Extent(i int) (Extent, error) {
	s, err := d.loadPicture(i)
	if err != nil {
		return Extent{}, err
	}
	defer s.close()
	return Extent{s.w, s.h, float64(s.w) * pointsPerInch / s.size.Width}, nil
}

// loadPicture loads a page to be made into a picture. One that is nothing but scans
// has the pixels of the finest of them, and no more are made up.
func (d *Document) loadPicture(i int) (*sheet, error) {
	s, err := d.load(i, pictureDPI, maxPixels)
	if err != nil {
		return nil, err
	}
	dpi, err := s.scanned()
	if err == nil && dpi < pictureDPI {
		s.w, s.h = s.size.pixels(dpi, maxPixels)
		s.place, err = s.placing()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// scanned is how many dots per inch the finest scan of a page has, as it lies there,
// from [leastDPI] to [pictureDPI]: the latter also where lines, letters or
// annotations are drawn, which have no dots.
func (s *sheet) scanned() (dpi float64, err error) {
	dpi = leastDPI
	notes, err := s.d.box.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: s.page})
	if err != nil {
		return 0, s.unread()
	}
	if notes.Count > 0 {
		return pictureDPI, nil
	}
	leaves, err := s.leaves()
	if err != nil {
		return 0, err
	}
	for _, l := range leaves {
		switch {
		case l.image:
			size, err := s.d.box.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: l.ref})
			if err != nil {
				return pictureDPI, nil
			}
			dots := math.Sqrt(float64(size.Width) * float64(size.Height) / max(1, l.box.area()))
			dpi = max(dpi, dots*float64(s.w)*pointsPerInch/s.size.Width)
		case l.text && !l.invisible, !l.text && l.paints:
			return pictureDPI, nil
		}
	}
	return min(dpi, pictureDPI), nil
}

// Picture is a page as a reader sees it, on white paper, with annotations, as large
// as its [Extent]: at 300 dots per inch, or fewer where its scans have no more or it
// would have more than 40 million pixels. The page is counted from 0. The error is a
// *Problem.
func (d *Document) Picture(i int) (*image.RGBA, error) {
	s, err := d.loadPicture(i)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.flatten(); err != nil { // else fields would be left out
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, s.w, s.h))
	err = s.render(enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER, func(pix []byte) {
		copy(img.Pix, pix)
		for i := 3; i < len(img.Pix); i += 4 {
			img.Pix[i] = 0xff
		}
	})
	return img, err
}
