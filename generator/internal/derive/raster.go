package derive

import (
	"encoding/binary"
	"image"
	"image/color"
)

// transparency is what the last sample of a pixel says.
type transparency int

const (
	opaque     transparency = iota // there is no such sample
	associated                     // the colours were multiplied by it (TIFF 6.0, section 18)
	straight
)

// raster says what the samples of a row of pixels mean, as TIFF and PNG pack them: a file
// is turned into planes row by row and never lies in memory as it was unpacked.
type raster struct {
	samples, bits int
	order         binary.ByteOrder // of samples of 16 bits
	alpha         transparency
	key           []byte      // the pixel that is transparent, as it is stored; nil where none is
	shades        *[256]uint8 // of grey, by the upper eight bits
	colours       [][3]uint8  // YCbCr of a palette; nil for any other picture
	inks          *inks       // nil but for CMYK

	line []uint8 // of samples of eight bits
}

// spot is where the pixels of a row go: step is 1 but for an interlaced picture.
type spot struct{ x, y, n, step int }

// greys are the shades of n bits a sample.
func greys(bits int, negative bool) *[256]uint8 {
	out, most := &[256]uint8{}, 1<<min(bits, 8)-1
	for i := range most + 1 {
		out[i] = uint8(i * 255 / most)
		if negative {
			out[i] = ^out[i]
		}
	}
	return out
}

// length is that of a row of n pixels in bytes.
func (r *raster) length(n int64) int64 { return (n*int64(r.samples)*int64(r.bits) + 7) / 8 }

// put draws a row on white paper. It is false where the row names a colour that the palette has not.
func (r *raster) put(s *sheet, row []byte, at spot) bool {
	line := r.eight(row, at.n*r.samples)
	i, y := at.y*s.y.stride+at.x, s.y.pix
	if r.colours == nil && s.gray {
		for x := range at.n {
			y[i+x*at.step] = r.laid(r.shades[line[x*r.samples]], line, row, x)
		}
		return true
	}
	c := at.y*s.cb.stride + at.x
	for x := range at.n {
		var to [3]uint8
		p := line[x*r.samples:]
		switch {
		case r.colours != nil:
			if int(p[0]) >= len(r.colours) {
				return false
			}
			to = r.colours[p[0]]
		case r.inks != nil:
			rgb := r.inks.of([4]uint8(p))
			to = ycc(rgb[0], rgb[1], rgb[2])
		case r.alpha == opaque && r.key == nil:
			to = ycc(p[0], p[1], p[2])
		default:
			to = ycc(r.laid(p[0], line, row, x), r.laid(p[1], line, row, x), r.laid(p[2], line, row, x))
		}
		y[i], s.cb.pix[c], s.cr.pix[c] = to[0], to[1], to[2]
		i, c = i+at.step, c+at.step
	}
	return true
}

func ycc(r, g, b uint8) [3]uint8 {
	y, cb, cr := color.RGBToYCbCr(r, g, b)
	return [3]uint8{y, cb, cr}
}

// laid is a sample of pixel x as it looks on white.
func (r *raster) laid(v uint8, line, row []byte, x int) uint8 {
	if r.key != nil && string(row[x*len(r.key):][:len(r.key)]) == string(r.key) {
		return 255
	}
	if r.alpha == opaque {
		return v
	}
	a := line[x*r.samples+r.samples-1]
	if r.alpha == associated {
		return uint8(min(255, int(v)+255-int(a)))
	}
	return uint8((int(v)*int(a)+127)/255 + 255 - int(a))
}

// eight gives n samples of eight bits: the upper ones of sixteen, and fewer as they are.
func (r *raster) eight(row []byte, n int) []uint8 {
	if r.bits == 8 {
		return row[:n]
	}
	if cap(r.line) < n {
		r.line = make([]uint8, n)
	}
	line := r.line[:n]
	if r.bits == 16 {
		for i := range line {
			line[i] = uint8(r.order.Uint16(row[2*i:]) >> 8)
		}
		return line
	}
	mask := uint8(1)<<r.bits - 1
	for i := range line {
		bit := i * r.bits
		line[i] = row[bit/8] >> (8 - r.bits - bit%8) & mask
	}
	return line
}

// inPlace splits pixels of four bytes into planes in their own memory: each row becomes
// one of light and two of colour, side by side.
func inPlace(pix []uint8, stride int, rect image.Rectangle, alpha transparency, gray bool) sheet {
	w, h := rect.Dx(), rect.Dy()
	r := raster{samples: 4, bits: 8, alpha: alpha, shades: greys(8, false)}
	row := func(b []uint8, h int) sheet {
		s := sheet{y: plane{w, h, stride, b}, gray: gray, subX: 1, subY: 1}
		if !gray {
			s.cb, s.cr = plane{w, h, stride, b[w:]}, plane{w, h, stride, b[2*w:]}
		}
		return s
	}
	split := make([]uint8, 4*w)
	one := row(split, 1)
	for y := range h {
		at := pix[y*stride:][:4*w]
		r.put(&one, at, spot{n: w, step: 1})
		copy(at, split)
	}
	return row(pix, h)
}
