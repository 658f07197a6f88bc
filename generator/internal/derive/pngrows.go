package derive

import (
	"bufio"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// decode draws a PNG file row by row.
func (f *pngFacts) decode(s *source, h header) (sheet, error) {
	w, ht := h.stored()
	if err := checkSums(s); err != nil {
		return sheet{}, judge("PNG", err)
	}
	r, err := f.raster(s)
	if err != nil {
		return sheet{}, err
	}
	z, err := zlib.NewReader(bufio.NewReader(&pngData{s: s, at: f.first}))
	if err != nil {
		return sheet{}, judge("PNG", err)
	}
	defer z.Close()
	sh := blank(w, ht, h.gray)
	for _, p := range f.passes() {
		if err := p.draw(z, r, &sh); err != nil {
			return sheet{}, judge("PNG", err)
		}
	}
	// What follows the last row is the checksum of all.
	if n, err := io.ReadFull(z, make([]byte, 1)); n > 0 || err != io.EOF {
		return sheet{}, judge("PNG", errors.Join(errTooMuch, err))
	}
	return sh, nil
}

// checkSums checks the sums of all chunks.
func checkSums(s *source) error {
	for at := int64(8); ; {
		b := s.bytes(at, 8)
		if b == nil {
			return io.ErrUnexpectedEOF
		}
		n, kind := int64(binary.BigEndian.Uint32(b)), string(b[4:])
		sum := crc32.NewIEEE()
		if _, err := io.Copy(sum, io.NewSectionReader(s, at+4, n+4)); err != nil {
			return err
		}
		if b = s.bytes(at+8+n, 4); b == nil {
			return io.ErrUnexpectedEOF
		} else if binary.BigEndian.Uint32(b) != sum.Sum32() {
			return errSum
		}
		if kind == "IEND" {
			return nil
		}
		at += 8 + n + 4
	}
}

var (
	errTooMuch = errors.New("the data do not end where the picture does")
	errFilter  = errors.New("unknown filter")
	errPalette = errors.New("no such colour")
	errSum     = errors.New("invalid checksum")
)

// raster says what the samples mean (PNG, sections 11.2.2 and 11.3.1.1).
func (f *pngFacts) raster(s *source) (*raster, error) {
	r := &raster{samples: int(samples[f.colour]), bits: int(f.depth), order: binary.BigEndian}
	if f.colour >= 4 {
		r.alpha = straight
	}
	switch trans := s.bytes(f.trans.at, f.trans.n); f.colour {
	case 0:
		r.shades = greys(r.bits, false)
		if len(trans) == 2 && r.bits == 16 {
			r.key = trans
		} else if len(trans) == 2 {
			r.shades[trans[1]] = 255
		}
	case 4:
		r.shades = greys(r.bits, false)
	case 2:
		if len(trans) == 6 && r.bits == 16 {
			r.key = trans
		} else if len(trans) == 6 {
			r.key = []byte{trans[1], trans[3], trans[5]}
		}
	case 3:
		palette := s.bytes(f.palette.at, f.palette.n)
		if len(palette) == 0 || len(palette)%3 != 0 || len(palette) > 3*256 || len(trans) > len(palette)/3 {
			return nil, broken("PNG", "bảng màu sai", "its palette is wrong")
		}
		r.colours = onWhite(palette, trans)
	}
	return r, nil
}

// onWhite is a palette of RGB, of which the first colours may be transparent, as YCbCr.
func onWhite(palette, alpha []byte) (out [][3]uint8) {
	for i := 0; i+3 <= len(palette); i += 3 {
		a := 255
		if i/3 < len(alpha) {
			a = int(alpha[i/3])
		}
		on := func(v uint8) uint8 { return uint8((int(v)*a+127)/255 + 255 - a) }
		out = append(out, ycc(on(palette[i]), on(palette[i+1]), on(palette[i+2])))
	}
	return out
}

// pass is one of the smaller pictures that an interlaced one consists of.
type pass struct{ x, y, dx, dy int }

var (
	single = []pass{{0, 0, 1, 1}}
	adam7  = []pass{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} // PNG, section 8.2
)

func (f *pngFacts) passes() []pass {
	if f.interlace == 1 {
		return adam7
	}
	return single
}

// draw reads the rows of a pass.
func (p pass) draw(z io.Reader, r *raster, sh *sheet) error {
	n := (sh.y.w - p.x + p.dx - 1) / p.dx
	if n <= 0 || p.y >= sh.y.h {
		return nil
	}
	size := int(r.length(int64(n)))
	row, above := make([]byte, 1+size), make([]byte, 1+size)
	apart := max(1, r.samples*r.bits/8)
	for y := p.y; y < sh.y.h; y += p.dy {
		if _, err := io.ReadFull(z, row); err != nil {
			return errors.Join(io.ErrUnexpectedEOF, err)
		}
		if !unfilter(row[0], row[1:], above[1:], apart) {
			return errFilter
		}
		if !r.put(sh, row[1:], spot{x: p.x, y: y, n: n, step: p.dx}) {
			return errPalette
		}
		row, above = above, row
	}
	return nil
}

// unfilter turns differences to what lies left and above into bytes (PNG, section 9.2).
func unfilter(kind byte, row, above []byte, apart int) bool {
	switch kind {
	case 0:
	case 1:
		for i := apart; i < len(row); i++ {
			row[i] += row[i-apart]
		}
	case 2:
		for i, v := range above[:len(row)] {
			row[i] += v
		}
	case 3:
		for i := range row {
			left := 0
			if i >= apart {
				left = int(row[i-apart])
			}
			row[i] += uint8((left + int(above[i])) / 2)
		}
	case 4:
		for i := range row {
			var left, corner int
			if i >= apart {
				left, corner = int(row[i-apart]), int(above[i-apart])
			}
			row[i] += paeth(left, int(above[i]), corner)
		}
	default:
		return false
	}
	return true
}

// paeth is whichever of three neighbours is nearest to left + up - corner.
func paeth(left, up, corner int) uint8 {
	toLeft, toUp, toCorner := max(up-corner, corner-up), max(left-corner, corner-left), left+up-2*corner
	toCorner = max(toCorner, -toCorner)
	switch {
	case toLeft <= toUp && toLeft <= toCorner:
		return uint8(left)
	case toUp <= toCorner:
		return uint8(up)
	}
	return uint8(corner)
}

// pngData joins the contents of IDAT chunks that follow one another.
type pngData struct {
	s    *source
	at   int64 // of the next byte, or chunk
	left int64 // of the chunk
}

// Read implements io.Reader.
func (d *pngData) Read(p []byte) (int, error) {
	for d.left == 0 {
		b := d.s.bytes(d.at, 8)
		if b == nil || string(b[4:]) != "IDAT" {
			return 0, io.ErrUnexpectedEOF
		}
		d.at += 8
		if d.left = int64(binary.BigEndian.Uint32(b)); d.left == 0 {
			d.at += 4
		}
	}
	n, err := io.NewSectionReader(d.s, d.at, d.left).Read(p)
	d.at, d.left = d.at+int64(n), d.left-int64(n)
	if n > 0 && d.left == 0 {
		d.at += 4 // the sum, which was checked
	}
	if err == io.EOF && n == 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
