package pdf

import (
	"image"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// sheet is a loaded page. All boxes are in the pixels of its rendering, upright,
// as a reader sees it.
type sheet struct {
	d     *Document
	index int // from 0
	page  requests.Page
	size  size
	w, h  int // pixels
	place placing

	ground references.FPDF_PAGEOBJECT // behind all that is drawn; empty where there is none
	spoken []spoken
}

// load loads a page to be rendered at dots per inch, or at fewer where it would
// have more than most pixels.
func (d *Document) load(i int, dpi, most float64) (*sheet, error) {
	loaded, err := d.box.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: i})
	if err != nil {
		return nil, d.unreadPage(i)
	}
	s := &sheet{d: d, index: i, page: requests.Page{ByReference: &loaded.Page}}
	width, err := d.box.FPDF_GetPageWidthF(&requests.FPDF_GetPageWidthF{Page: s.page})
	height, err2 := d.box.FPDF_GetPageHeightF(&requests.FPDF_GetPageHeightF{Page: s.page})
	if err != nil || err2 != nil {
		return nil, d.unreadPage(i)
	}
	s.size = size{float64(width.PageWidth), float64(height.PageHeight)}
	if !s.size.sound() {
		return nil, problem("trang %d của PDF có khổ không hợp lệ", "page %d of the PDF has no valid size", i+1)
	}
	s.w, s.h = s.size.pixels(dpi, most)
	s.place, err = s.placing()
	return s, err
}

// close gives back what the page holds.
func (s *sheet) close() {
	_, _ = s.d.box.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: *s.page.ByReference})
}

func (s *sheet) unread() error { return s.d.unreadPage(s.index) }

func (s *sheet) complex() error {
	return problem("trang %d của PDF quá phức tạp", "page %d of the PDF is too complex", s.index+1)
}

// placing is how a place of the page, in its own units, becomes one of the pixels.
type placing struct{ a, b, c, d, e, f float64 }

// fine is how finely PDFium, which gives whole pixels, is asked where a place is.
const fine = 1 << 20

// placing is told by three points: rotation and margins are PDFium's to know.
func (s *sheet) placing() (p placing, err error) {
	const far = 100.0
	at := func(x, y float64) (float64, float64) {
		dev, e := s.d.box.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: s.page, SizeX: fine, SizeY: fine, PageX: x, PageY: y})
		if e != nil {
			err = s.unread()
			return 0, 0
		}
		return float64(dev.DeviceX) * float64(s.w) / fine, float64(dev.DeviceY) * float64(s.h) / fine
	}
	p.e, p.f = at(0, 0)
	xx, xy := at(far, 0)
	yx, yy := at(0, far)
	p.a, p.b, p.c, p.d = (xx-p.e)/far, (xy-p.f)/far, (yx-p.e)/far, (yy-p.f)/far
	return p, err
}

// of is p behind q: first q, then p.
func (p placing) of(q placing) placing {
	return placing{
		p.a*q.a + p.c*q.b, p.b*q.a + p.d*q.b,
		p.a*q.c + p.c*q.d, p.b*q.c + p.d*q.d,
		p.a*q.e + p.c*q.f + p.e, p.b*q.e + p.d*q.f + p.f,
	}
}

// box is what a rectangle covers once it is placed.
func (p placing) box(left, bottom, right, top float64) box {
	var out box
	for i, c := range [][2]float64{{left, bottom}, {right, bottom}, {left, top}, {right, top}} {
		x, y := p.a*c[0]+p.c*c[1]+p.e, p.b*c[0]+p.d*c[1]+p.f
		if i == 0 {
			out = box{x, y, x, y}
		}
		out = box{min(out.x0, x), min(out.y0, y), max(out.x1, x), max(out.y1, y)}
	}
	return out
}

// box is a rectangle in pixels.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) area() float64 { return max(0, b.x1-b.x0) * max(0, b.y1-b.y0) }

func (b box) within(c box) box {
	return box{max(b.x0, c.x0), max(b.y0, c.y0), min(b.x1, c.x1), min(b.y1, c.y1)}
}

// around is the smallest that holds two.
func (b box) around(c box) box {
	return box{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1)}
}

// pixels are those whose middle is in the box, or else the one it lies in.
func (b box) pixels() image.Rectangle {
	r := image.Rect(int(b.x0+0.5), int(b.y0+0.5), int(b.x1+0.5), int(b.y1+0.5))
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	return r
}

// render draws what is active of the page on white paper, and hands on the pixels, 4
// bytes each: blue, green, red and one that means nothing. They are gone afterwards.
func (s *sheet) render(flags enums.FPDF_RENDER_FLAG, use func(pix []byte)) error {
	made, err := s.d.box.FPDFBitmap_Create(&requests.FPDFBitmap_Create{Width: s.w, Height: s.h})
	if err != nil {
		return s.unread()
	}
	defer func() {
		_, _ = s.d.box.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: made.Bitmap})
	}()
	pix, err := s.drawn(made.Bitmap, flags)
	if err != nil || len(pix) != 4*s.w*s.h {
		return s.unread()
	}
	use(pix)
	return nil
}

func (s *sheet) drawn(bitmap references.FPDF_BITMAP, flags enums.FPDF_RENDER_FLAG) ([]byte, error) {
	const white = 0xffffffff
	if _, err := s.d.box.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{Bitmap: bitmap, Width: s.w, Height: s.h, Color: white}); err != nil {
		return nil, err
	}
	if _, err := s.d.box.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{Bitmap: bitmap, Page: s.page, SizeX: s.w, SizeY: s.h, Flags: flags}); err != nil {
		return nil, err
	}
	all, err := s.d.box.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap})
	if err != nil {
		return nil, err
	}
	return all.Buffer, nil
}
