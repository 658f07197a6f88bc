package derive

import (
	"bytes"
	"image"
	"image/jpeg"
)

// drawing is an image of which a part can be taken without copying.
type drawing interface {
	image.Image
	SubImage(image.Rectangle) image.Image
}

// drawn is the sheet, upright, at the size of the derivative.
func (p *pyramid) drawn(h header, width int) drawing {
	w, ht := width, heightAt(h.Info, width)
	if h.orientation >= 5 {
		w, ht = ht, w
	}
	s, sx, sy := p.near(w, ht)
	y := s.y.scaled(w, ht, sx, sy).oriented(h.orientation)
	if s.gray {
		return grey(y)
	}
	colour := func(p plane) plane { return p.scaled((w+1)/2, (ht+1)/2, sx, sy).oriented(h.orientation) }
	return picture(y, colour(s.cb), colour(s.cr))
}

// picture is an image whose planes of colour are half as large as that of light.
func picture(y, cb, cr plane) *image.YCbCr {
	return &image.YCbCr{
		Y: y.pix, Cb: cb.pix, Cr: cr.pix,
		YStride: y.stride, CStride: cb.stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420,
		Rect:           image.Rect(0, 0, y.w, y.h),
	}
}

func grey(y plane) *image.Gray {
	return &image.Gray{Pix: y.pix, Stride: y.stride, Rect: image.Rect(0, 0, y.w, y.h)}
}

// encode writes a JPEG file that holds the image, its colour profile and nothing else.
func encode(img image.Image, profile []byte, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	_, gray := img.(*image.Gray)
	icc := segments(fitting(profile, gray))
	if len(icc) == 0 {
		return b.Bytes(), nil
	}
	out := make([]byte, 0, b.Len()+len(icc))
	out = append(out, b.Bytes()[:2]...) // SOI
	out = append(out, icc...)
	return append(out, b.Bytes()[2:]...), nil
}
