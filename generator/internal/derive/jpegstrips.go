package derive

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"
	"math/bits"
)

// jpegStrips makes pixels of the blocks of one channel. It writes some rows of them as a grey baseline file, with codes as plain
// as can be, and has the standard library read that: so the pixels are those that the standard library makes of
// the whole, and no more of them lies in memory than is wanted.
type jpegStrips struct {
	w, h   int                        // pixels of the channel
	emit   func(y int, p plane) error // takes the rows of pixels from y on; p is valid until the next
	tables componentTables
	scan   scan
	size   int // where in the file its height stands
	head   int // bytes before the coded data
	rows   int // of blocks
	y      int // of pixels that were handed on
}

// stripRows is how many rows of blocks a strip has. It is even, so that halves of strips are those of the whole.
const stripRows = 16

// plainCodes are codes of eight bits for all symbols of coefficients: any first one, and others with zeros before them.
func plainCodes() (t componentTables, dc, ac []byte) {
	add := func(list []byte, symbol byte) ([]byte, code) { return append(list, symbol), code{uint32(len(list)), 8} }
	for n := range t.dc {
		dc, t.dc[n] = add(dc, byte(n))
	}
	for symbol := range 256 {
		if n := symbol & 15; n > 0 || symbol == 0 || symbol == 0xf0 {
			ac, t.ac[symbol] = add(ac, byte(symbol))
		}
	}
	return t, dc, ac
}

// start writes the head of a strip, for so many blocks a row.
func (s *jpegStrips) start(across int, quantiser *[64]uint16) {
	t, dc, ac := plainCodes()
	out := []byte{0xff, markSOI, 0xff, markDQT, 0, 131, 0x10}
	for _, q := range quantiser {
		out = binary.BigEndian.AppendUint16(out, q)
	}
	for i, list := range [][]byte{dc, ac} {
		out = binary.BigEndian.AppendUint16(append(out, 0xff, markDHT), uint16(19+len(list)))
		out = append(out, byte(i)<<4, 0, 0, 0, 0, 0, 0, 0, byte(len(list)), 0, 0, 0, 0, 0, 0, 0, 0)
		out = append(out, list...)
	}
	out = append(out, 0xff, markSOF0, 0, 11, 8)
	s.size = len(out)
	out = binary.BigEndian.AppendUint16(append(out, 0, 0), uint16(8*across))
	out = append(out, 1, 1, 0x11, 0, 0xff, markSOS, 0, 8, 1, 1, 0, 0, 63, 0)
	s.tables, s.head, s.scan = t, len(out), scan{out: out}
}

// row takes a row of blocks, 64 coefficients each in the order of the file.
func (s *jpegStrips) row(row []int16) error {
	if s.y+8*s.rows >= s.h {
		return nil // it only fills the last unit
	}
	for ; len(row) > 0; row = row[64:] {
		s.block((*[64]int16)(row))
	}
	if s.rows++; s.rows == stripRows || s.y+8*s.rows >= s.h {
		return s.flush()
	}
	return nil
}

func (s *jpegStrips) block(b *[64]int16) {
	var q [64]int32
	set := uint64(0)
	for i := 0; i < 64; i += 4 {
		if b[i]|b[i+1]|b[i+2]|b[i+3] == 0 {
			continue
		}
		for k, v := range b[i : i+4] {
			if v != 0 {
				q[i+k], set = max(int32(v), -math.MaxInt16), set|1<<(i+k) // one more has no code; only damage makes it
			}
		}
	}
	s.scan.first(q[0], &s.tables, 0)
	s.scan.rest(&q, set&^1, &s.tables)
}

// flush hands on the pixels of the rows that were taken.
func (s *jpegStrips) flush() error {
	file := append(s.scan.end(), 0xff, markEOI)
	binary.BigEndian.PutUint16(file[s.size:], uint16(8*s.rows))
	img, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		return err
	}
	m := img.(*image.Gray)
	y := s.y
	s.y, s.rows, s.scan = min(s.h, s.y+8*s.rows), 0, scan{out: file[:s.head]}
	return s.emit(y, plane{s.w, s.y - y, m.Stride, m.Pix})
}

// first codes the first coefficient of a block, which is told by how it differs from that of the block before.
func (s *scan) first(v int32, t *componentTables, component int) {
	diff := v - s.last[component]
	s.last[component] = v
	n := uint8(bits.Len32(uint32(max(diff, -diff))))
	s.put(t.dc[n].bits, uint(t.dc[n].n))
	s.put(low(diff, n), uint(n))
}
