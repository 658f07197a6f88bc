package derive

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"
	"math/bits"
	"sync"
)

// jpegWriter writes baseline JPEG files of one quality, in grey or in colour at
// half the size of light (ITU-T T.81, Annexes A, F and K).
//
// It stands in place of the encoder of the standard library, against the rule
// that a library beats our own code: that one took more than half of the
// processor time of tiles, twice what all of libvips takes for them, since it
// divides each coefficient and writes each bit by itself. The tables of the file
// are those that the standard library writes, taken from a file of its own; what
// it decodes from ours is held to what it decodes from its own by a test.
type jpegWriter struct {
	header []byte // from SOI to the end of SOS, of an image of 16 × 16 pixels
	size   int    // where in the header height and width stand
	tables [2]componentTables
	gray   bool
}

// componentTables are those of light, or of colour.
type componentTables struct {
	scale [64]float32 // by which what fdct gives is multiplied, row by row
	dc    [17]code
	ac    [256]code // by zeros before it and bits of the value, as in F.1.2.2.1
}

// code is a Huffman code and its length in bits.
type code struct {
	bits uint32
	n    uint8
}

// zigzag gives the place of each coefficient of the order of the file in a
// block row by row (T.81, figure A.6).
var zigzag = func() (order [64]uint8) {
	x, y := 0, 0
	for i := range order {
		order[i] = uint8(8*y + x)
		switch up := (x+y)%2 == 0; {
		case up && x == 7, !up && y != 7 && x == 0:
			y++
		case up && y == 0, !up && y == 7:
			x++
		case up:
			x, y = x+1, y-1
		default:
			x, y = x-1, y+1
		}
	}
	return order
}()

var jpegWriters sync.Map // by quality, negative for grey

// jpegWriterFor is the writer of a quality.
func jpegWriterFor(quality int, gray bool) *jpegWriter {
	key := quality
	if gray {
		key = -quality
	}
	if w, ok := jpegWriters.Load(key); ok {
		return w.(*jpegWriter)
	}
	w := newJPEGWriter(quality, gray)
	jpegWriters.Store(key, w)
	return w
}

// newJPEGWriter takes the tables from a small file of the standard library.
func newJPEGWriter(quality int, gray bool) *jpegWriter {
	var small image.Image = image.NewYCbCr(image.Rect(0, 0, 16, 16), image.YCbCrSubsampleRatio420)
	if gray {
		small = image.NewGray(image.Rect(0, 0, 16, 16))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // a buffer takes everything
	}
	w := &jpegWriter{gray: gray}
	for at := 2; w.header == nil; {
		marker, n := b.Bytes()[at+1], int(binary.BigEndian.Uint16(b.Bytes()[at+2:]))
		body := b.Bytes()[at+4 : at+2+n]
		switch marker {
		case markDQT:
			w.quantise(body)
		case markDHT:
			w.codes(body)
		case markSOF0:
			w.size = at + 5
		case markSOS:
			w.header = b.Bytes()[:at+2+n]
		}
		at += 2 + n
	}
	return w
}

// quantise reads the divisors of DQT (B.2.4.1) and joins the factors to them
// that fdct leaves out.
func (w *jpegWriter) quantise(body []byte) {
	for ; len(body) >= 65; body = body[65:] {
		t := &w.tables[body[0]&1]
		for i, q := range body[1:65] {
			at := zigzag[i]
			t.scale[at] = float32(1 / (float64(q) * 8 * aan(at/8) * aan(at%8)))
		}
	}
}

// aan is the factor that fdct leaves in a row or column of its result.
func aan(k uint8) float64 {
	if k == 0 {
		return 1
	}
	return math.Sqrt2 * math.Cos(float64(k)*math.Pi/16)
}

// codes reads the Huffman codes of DHT (B.2.4.2, C.2).
func (w *jpegWriter) codes(body []byte) {
	for len(body) > 17 {
		t := &w.tables[body[0]&1]
		to := t.ac[:]
		if body[0]>>4 == 0 {
			to = t.dc[:]
		}
		counts, values := body[1:17], body[17:]
		next := uint32(0)
		for n, count := range counts {
			for range count {
				to[values[0]] = code{next, uint8(n + 1)}
				values = values[1:]
				next++
			}
			next <<= 1
		}
		body = values
	}
}

// write appends the file of a paired sheet, with segments behind SOI.
func (w *jpegWriter) write(out, segments []byte, s sheet) []byte {
	out = append(append(out, w.header[:2]...), segments...)
	head := len(out) - 2
	out = append(out, w.header[2:]...)
	binary.BigEndian.PutUint16(out[head+w.size:], uint16(s.y.h))
	binary.BigEndian.PutUint16(out[head+w.size+2:], uint16(s.y.w))
	c := scan{out: out}
	if w.gray {
		for y := 0; y < s.y.h; y += 8 {
			for x := 0; x < s.y.w; x += 8 {
				c.block(s.y, x, y, &w.tables[0], 0)
			}
		}
		return append(c.end(), 0xff, markEOI)
	}
	for y := 0; y < s.y.h; y += 16 {
		for x := 0; x < s.y.w; x += 16 {
			c.block(s.y, x, y, &w.tables[0], 0)
			c.block(s.y, x+8, y, &w.tables[0], 0)
			c.block(s.y, x, y+8, &w.tables[0], 0)
			c.block(s.y, x+8, y+8, &w.tables[0], 0)
			c.block(s.cb, x/2, y/2, &w.tables[1], 1)
			c.block(s.cr, x/2, y/2, &w.tables[1], 2)
		}
	}
	return append(c.end(), 0xff, markEOI)
}

// scan is the coded part of a file.
type scan struct {
	out  []byte
	acc  uint64 // bits that are not written yet, in the low end
	n    uint   // how many
	last [3]int32
	b    [64]float32
}

// block codes the 8 × 8 pixels of a plane from (x, y) on. Beyond the edge the
// last pixels are repeated.
func (s *scan) block(p plane, x, y int, t *componentTables, component int) {
	var q [64]int32
	set := uint64(0) // which coefficients are not zero, in the order of the file
	coefficients := len(q)
	if shade, ok := p.square(x, y); ok {
		s.b[0], coefficients = 64*float32(int32(shade)-128), 1 // which is what fdct makes of it
	} else {
		s.load(p, x, y)
		fdct(&s.b)
	}
	for i := range coefficients {
		at := zigzag[i]
		v := s.b[at] * t.scale[at]
		q[i] = int32(v+(1<<14+0.5)) - 1<<14
		if q[i] != 0 {
			set |= 1 << i
		}
	}
	s.first(q[0], t, component)
	s.rest(&q, set&^1, t)
}

// rest codes all coefficients of a block but the first (F.1.2.2).
func (s *scan) rest(q *[64]int32, set uint64, t *componentTables) {
	before := 0
	for set != 0 {
		i := bits.TrailingZeros64(set)
		set &= set - 1
		zeros := i - before - 1
		before = i
		for ; zeros > 15; zeros -= 16 {
			s.put(t.ac[0xf0].bits, uint(t.ac[0xf0].n))
		}
		n := uint8(bits.Len32(uint32(max(q[i], -q[i]))))
		c := t.ac[uint8(zeros)<<4|n]
		s.put(c.bits<<n|low(q[i], n), uint(c.n+n))
	}
	if before < 63 {
		s.put(t.ac[0].bits, uint(t.ac[0].n))
	}
}

// low is a value in n bits as T.81 has it: a negative one is less by one.
func low(v int32, n uint8) uint32 { return uint32(v+v>>31) & (1<<n - 1) }

// square reports whether the 8 × 8 pixels from (x, y) on are all there and of one shade.
func (p plane) square(x, y int) (shade uint8, ok bool) {
	if x+8 > p.w || y+8 > p.h {
		return 0, false
	}
	shade = p.pix[y*p.stride+x]
	all := uint64(shade) * 0x0101010101010101
	for r := range 8 {
		if binary.LittleEndian.Uint64(p.pix[(y+r)*p.stride+x:]) != all {
			return 0, false
		}
	}
	return shade, true
}

// load takes the pixels of a block, around zero.
func (s *scan) load(p plane, x, y int) {
	if x+8 <= p.w && y+8 <= p.h {
		for r := range 8 {
			row := p.pix[(y+r)*p.stride+x:][:8]
			to := s.b[8*r:][:8]
			for c, v := range row {
				to[c] = float32(int32(v) - 128)
			}
		}
		return
	}
	for r := range 8 {
		row := p.row(min(y+r, p.h-1))
		for c := range 8 {
			s.b[8*r+c] = float32(int32(row[min(x+c, p.w-1)]) - 128)
		}
	}
}

// put writes up to 27 bits.
func (s *scan) put(v uint32, n uint) {
	s.acc = s.acc<<n | uint64(v)
	if s.n += n; s.n >= 32 {
		s.n -= 32
		s.bytes(uint32(s.acc >> s.n))
	}
}

// bytes writes four bytes; behind each that is all ones comes a zero (F.1.2.3).
func (s *scan) bytes(v uint32) {
	if ones := ^v; (ones-0x01010101)&^ones&0x80808080 == 0 { // no byte of it is 255
		s.out = binary.BigEndian.AppendUint32(s.out, v)
		return
	}
	for shift := 24; shift >= 0; shift -= 8 {
		s.byte(byte(v >> shift))
	}
}

func (s *scan) byte(v byte) {
	if s.out = append(s.out, v); v == 0xff {
		s.out = append(s.out, 0)
	}
}

// end fills the last byte with ones (F.1.2.3).
func (s *scan) end() []byte {
	if fill := (8 - s.n%8) % 8; fill > 0 {
		s.acc, s.n = s.acc<<fill|(1<<fill-1), s.n+fill
	}
	for ; s.n > 0; s.n -= 8 {
		s.byte(byte(s.acc >> (s.n - 8)))
	}
	return s.out
}

// fdct is the cosine transform of a block in the form of Arai, Agui and Nakajima
// (Trans. IEICE E-71(11), 1988): each coefficient is left larger by 8 and the
// factors aan of its row and column, which are taken out with the divisors.
func fdct(b *[64]float32) {
	for r := 0; r < 64; r += 8 {
		v := b[r : r+8 : r+8]
		v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7] = line(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7])
	}
	for c := range 8 {
		b[c], b[c+8], b[c+16], b[c+24], b[c+32], b[c+40], b[c+48], b[c+56] = line(b[c], b[c+8], b[c+16], b[c+24], b[c+32], b[c+40], b[c+48], b[c+56])
	}
}

// The multipliers of line: cosines of multiples of an eighth of a half turn.
var (
	cos2 = float32(math.Cos(2 * math.Pi / 16))
	cos4 = float32(math.Cos(4 * math.Pi / 16))
	cos6 = float32(math.Cos(6 * math.Pi / 16))
)

// line transforms a row or a column.
func line(a0, a1, a2, a3, a4, a5, a6, a7 float32) (_, _, _, _, _, _, _, _ float32) {
	s07, d07 := a0+a7, a0-a7
	s16, d16 := a1+a6, a1-a6
	s25, d25 := a2+a5, a2-a5
	s34, d34 := a3+a4, a3-a4

	even0, even3 := s07+s34, s07-s34
	even1, even2 := s16+s25, s16-s25
	turn := (even2 + even3) * cos4

	odd0, odd1, odd2 := d34+d25, d25+d16, d16+d07
	shared := (odd0 - odd2) * cos6
	low := (cos2-cos6)*odd0 + shared
	high := (cos2+cos6)*odd2 + shared
	mid := odd1 * cos4
	plus, minus := d07+mid, d07-mid

	return even0 + even1, plus + high, even3 + turn, minus - low, even0 - even1, minus + low, even3 - turn, plus - high
}
