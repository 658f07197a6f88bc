package derive

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"io"
)

// jpegBits reads the bytes of a JPEG file, and the bits of its coded data, in which a zero behind
// 0xff is left out and any other byte there ends them (ITU-T T.81, B.1.1.5).
type jpegBits struct {
	r    io.Reader
	buf  []byte
	i, n int // what is left of it
	err  error

	acc   uint64 // its lower bits are those to come
	left  uint   // how many
	ended bool   // a marker follows, or nothing
	short bool   // more bits were asked for than there are
	bad   bool   // a code that is none
}

func newJPEGBits(r io.Reader) *jpegBits { return &jpegBits{r: r, buf: make([]byte, 64<<10)} }

// more reports whether so many bytes are there, and reads on where they are not.
func (b *jpegBits) more(n int) bool {
	for b.n-b.i < n && b.err == nil {
		b.n = copy(b.buf, b.buf[b.i:b.n])
		b.i = 0
		var got int
		got, b.err = b.r.Read(b.buf[b.n:])
		b.n += got
	}
	return b.n-b.i >= n
}

// failure is what became of the file, where it gave too little.
func (b *jpegBits) failure() error {
	if b.err != nil && b.err != io.EOF {
		return b.err
	}
	return io.ErrUnexpectedEOF
}

// marker finds the next, behind what is left of coded data; those that restart a scan are passed over.
func (b *jpegBits) marker() (byte, error) {
	b.acc, b.left, b.ended = 0, 0, false
	for b.more(2) {
		switch m := b.buf[b.i+1]; {
		case b.buf[b.i] != 0xff:
			b.pass()
		case m == 0xff:
			b.i++
		case m == 0 || m >= markRST0 && m <= markRST7:
			b.i += 2
		default:
			b.i += 2
			return m, nil
		}
	}
	return 0, b.failure()
}

// pass passes over bytes of which no marker begins with one: whole scans are passed over.
func (b *jpegBits) pass() {
	if n := bytes.IndexByte(b.buf[b.i:b.n], 0xff); n >= 0 {
		b.i += n
	} else {
		b.i = b.n
	}
}

// restart begins the coded data anew behind a marker of a number.
func (b *jpegBits) restart(number byte) error {
	b.acc, b.left, b.ended = 0, 0, false
	for b.more(2) {
		switch m := b.buf[b.i+1]; {
		case b.buf[b.i] != 0xff || m == 0xff || m == 0:
			b.i++
		case m != markRST0+number:
			return jpeg.FormatError("bad RST marker")
		default:
			b.i += 2
			return nil
		}
	}
	return b.failure()
}

// segment is what stands behind a marker.
func (b *jpegBits) segment() ([]byte, error) {
	if !b.more(2) {
		return nil, b.failure()
	}
	n := int(binary.BigEndian.Uint16(b.buf[b.i:]))
	switch {
	case n < 2:
		return nil, jpeg.FormatError("short segment length")
	case !b.more(n):
		return nil, b.failure()
	}
	body := append([]byte(nil), b.buf[b.i+2:b.i+n]...)
	b.i += n
	return body, nil
}

// fill takes more than 32 bits, if there are so many.
func (b *jpegBits) fill() {
	for b.left <= 32 && !b.ended {
		if b.n-b.i >= 4 {
			v := binary.BigEndian.Uint32(b.buf[b.i:])
			if ones := ^v; (ones-0x01010101)&^ones&0x80808080 == 0 { // no byte of it is 255
				b.acc, b.left, b.i = b.acc<<32|uint64(v), b.left+32, b.i+4
				continue
			}
		}
		if !b.more(1) {
			b.ended = true
			return
		}
		c, n := b.buf[b.i], 1
		if c == 0xff {
			if n = 2; !b.more(2) || b.buf[b.i+1] != 0 {
				b.ended = true
				return
			}
		}
		b.acc, b.left, b.i = b.acc<<8|uint64(c), b.left+8, b.i+n
	}
}

// take is a number of up to 16 bits.
func (b *jpegBits) take(n uint) int32 {
	if b.left < n {
		if b.fill(); b.left < n {
			b.short = true
			return 0
		}
	}
	b.left -= n
	return int32(b.acc>>b.left) & (1<<n - 1)
}

// extended is a value of so many bits, negative where the first is none (F.2.2.1).
func (b *jpegBits) extended(n uint) int32 {
	v := b.take(n)
	if n > 0 && v < 1<<(n-1) {
		v += 1 - 1<<n
	}
	return v
}

// quickBits is how many bits of a code are looked up at once.
const quickBits = 9

// huffman is a table of codes (B.2.4.2).
type huffman struct {
	quick  [1 << quickBits]uint16 // a symbol and how long its code is, by what begins with it; 0 for a longer one
	most   [17]int32              // the last code of each length, -1 for none
	behind [17]int32              // added to a code of a length, its place in symbols
	symbol []byte
}

// newHuffman reads a table with counts of codes by their length; nil where there is no such.
func newHuffman(counts, symbols []byte) *huffman {
	h := &huffman{symbol: symbols}
	next, at := int32(0), int32(0)
	for n := 1; n <= 16; n++ {
		count := int32(counts[n-1])
		if next+count > 1<<n {
			return nil
		}
		h.behind[n], h.most[n] = at-next, next+count-1
		if count == 0 {
			h.most[n] = -1
		}
		for ; count > 0; count-- {
			if n <= quickBits {
				for k := range int32(1) << (quickBits - n) {
					h.quick[next<<(quickBits-n)|k] = uint16(symbols[at])<<8 | uint16(n)
				}
			}
			next, at = next+1, at+1
		}
		next <<= 1
	}
	return h
}

// symbol is the next that a table has a code for.
func (b *jpegBits) symbol(h *huffman) byte {
	if b.left < 16 {
		b.fill()
	}
	v := uint32(b.acc<<(16-min(b.left, 16))>>(max(b.left, 16)-16)) & 0xffff // behind the last bits come zeros
	if e := h.quick[v>>(16-quickBits)]; e != 0 {
		return b.drop(uint(e&0xff), byte(e>>8))
	}
	for n := uint(quickBits + 1); n <= 16; n++ {
		if c := int32(v >> (16 - n)); c <= h.most[n] {
			return b.drop(n, h.symbol[c+h.behind[n]])
		}
	}
	b.bad = true
	return 0
}

func (b *jpegBits) drop(n uint, symbol byte) byte {
	if n > b.left {
		b.short = true
		return 0
	}
	b.left -= n
	return symbol
}
