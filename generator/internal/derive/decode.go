package derive

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"math"
	"runtime"
	"strings"

	"golang.org/x/image/webp"
)

// codec is what the decoder of a format can do that gives a picture as a whole.
type codec struct {
	name   string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var codecs = map[string]codec{
	"jpeg": {"JPEG", jpeg.DecodeConfig, jpeg.Decode},
	"webp": {"WebP", webp.DecodeConfig, webp.Decode},
}

// decode reads the pixels of the master that h describes. Decoders have panicked on damaged
// files before; the last net is here.
func decode(s *source, h header) (sh sheet, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = undecodable(strings.ToUpper(h.Format), fmt.Errorf("%v", p))
		}
		if err != nil && s.err != nil {
			err = s.err
		}
	}()
	switch {
	case h.blocks != nil:
		return h.blocks.decode(s, h)
	case h.chunks != nil:
		return h.chunks.decode(s, h)
	}
	sh, err = whole(s, h)
	if h.need >= large {
		runtime.GC() // what the decoder left makes room for what is drawn
	}
	return sh, err
}

// whole reads a picture that its decoder gives as a whole, or a JPEG file in parts.
func whole(s *source, h header) (sheet, error) {
	if h.inParts() {
		if err := checkPixels(s, h); err != nil {
			return sheet{}, err
		}
		sh, err := decodeParts(s, h)
		if err != nil {
			return sheet{}, judge(codecs[h.Format].name, err)
		}
		return sh, nil
	}
	img, err := pixels(s, h)
	if err != nil {
		return sheet{}, err
	}
	return newSheet(img, h), nil
}

// pixels decodes a picture as a whole. The decoder must see the same size as our own reading
// of the header, for which memory was reserved.
func pixels(s *source, h header) (image.Image, error) {
	if err := checkPixels(s, h); err != nil {
		return nil, err
	}
	c := codecs[h.Format]
	w, ht := h.stored()
	img, err := c.decode(s.all())
	if err != nil {
		return nil, judge(c.name, err)
	}
	if b := img.Bounds(); b.Dx() != w || b.Dy() != ht {
		return nil, lies(c.name, "ảnh khác kích thước đã khai", "the image has another size than declared")
	}
	return img, nil
}

// checkPixels asks the decoder for the size, and whether it knows such a file.
func checkPixels(s *source, h header) error {
	c := codecs[h.Format]
	if h.progressive {
		if err := checkScans(s); err != nil {
			return err
		}
	}
	w, ht := h.stored()
	conf, err := c.config(s.all())
	if err != nil {
		return judge(c.name, err)
	}
	if conf.Width != w || conf.Height != ht {
		return lies(c.name, "hai chỗ khai khác nhau", "it states two different sizes")
	}
	return nil
}

func invert(pix []byte) {
	for i := range pix {
		pix[i] = ^pix[i]
	}
}

// judge tells what a decoder does not know from what is damaged.
func judge(format string, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var j jpeg.UnsupportedError
	if errors.As(err, &j) {
		e := unsupported(fmt.Sprintf("kiểu tệp %s này (%v)", format, err), fmt.Sprintf("this kind of %s file (%v)", format, err))
		e.cause = err
		return e
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		e := cut(format)
		e.cause = err
		return e
	}
	return undecodable(format, err)
}

// sheet is a decoded master as JPEG sees it: one plane of light, or one of light and two of
// colour, which may be coarser. JPEG masters are never turned into RGB and back.
type sheet struct {
	y, cb, cr  plane
	gray       bool
	subX, subY int // pixels of light to one of colour, across and down
}

// newSheet takes img over; its pixels may be changed.
func newSheet(img image.Image, h header) sheet {
	switch m := img.(type) {
	case *image.Gray:
		return sheet{y: plane{m.Rect.Dx(), m.Rect.Dy(), m.Stride, m.Pix}, gray: true}
	case *image.YCbCr:
		return planesOf(m, h)
	case *image.NYCbCrA:
		if m.Opaque() {
			return planesOf(&m.YCbCr, h)
		}
		if h.videoRange {
			widen(&m.YCbCr)
		}
	case *image.CMYK:
		k := h.inks
		if k == nil {
			k = inksOf(h.profile)
		}
		rgb := k.printed(m)
		return inPlace(rgb.Pix, rgb.Stride, rgb.Rect, opaque, false)
	case *image.RGBA:
		return inPlace(m.Pix, m.Stride, m.Rect, associated, h.gray)
	case *image.NRGBA:
		return inPlace(m.Pix, m.Stride, m.Rect, straight, h.gray)
	}
	return onPaper(img, h.gray)
}

// blank is a sheet of one plane, or of three of the same size.
func blank(w, h int, gray bool) sheet {
	s := sheet{y: newPlane(w, h), gray: gray, subX: 1, subY: 1}
	if !gray {
		s.cb, s.cr = newPlane(w, h), newPlane(w, h)
	}
	return s
}

func planesOf(m *image.YCbCr, h header) sheet {
	if h.videoRange {
		widen(m)
	}
	subX, subY := subsampling(m.SubsampleRatio)
	w, ht := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := (w+subX-1)/subX, (ht+subY-1)/subY
	return sheet{
		y:  plane{w, ht, m.YStride, m.Y},
		cb: plane{cw, ch, m.CStride, m.Cb}, cr: plane{cw, ch, m.CStride, m.Cr},
		subX: subX, subY: subY,
	}
}

func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// widen brings the range of video, which lossy WebP uses (RFC 6386, section 9.2: BT.601,
// light from 16 to 235, colour from 16 to 240), to the full one of JPEG.
func widen(m *image.YCbCr) {
	var light, colour [256]uint8
	for i := range 256 {
		light[i] = clamp(int32(math.Round(float64(i-16) * 255 / 219)))
		colour[i] = clamp(int32(math.Round(128 + float64(i-128)*255/224)))
	}
	for i, v := range m.Y {
		m.Y[i] = light[v]
	}
	for i, v := range m.Cb {
		m.Cb[i] = colour[v]
	}
	for i, v := range m.Cr {
		m.Cr[i] = colour[v]
	}
}

// onPaper lays any image on white, a band of rows at a time, and splits it into planes.
func onPaper(img image.Image, gray bool) sheet {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	s := blank(w, h, gray)
	const rows = 16
	band := image.NewRGBA(image.Rect(0, 0, w, rows))
	for y := 0; y < h; y += rows {
		n := min(rows, h-y)
		part := image.Rect(0, 0, w, n)
		draw.Draw(band, part, image.White, image.Point{}, draw.Src)
		draw.Draw(band, part, img, b.Min.Add(image.Pt(0, y)), draw.Over)
		s.take(band.Pix[:4*w*n], y*w)
	}
	return s
}

// take splits RGBA pixels into the planes from index i on.
func (s *sheet) take(pix []uint8, i int) {
	for ; len(pix) >= 4; pix, i = pix[4:], i+1 {
		if s.gray {
			s.y.pix[i] = pix[0]
			continue
		}
		s.y.pix[i], s.cb.pix[i], s.cr.pix[i] = color.RGBToYCbCr(pix[0], pix[1], pix[2])
	}
}
