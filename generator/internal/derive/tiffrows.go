package derive

import (
	"bufio"
	"compress/zlib"
	"io"

	"golang.org/x/image/ccitt"
	"golang.org/x/image/tiff/lzw"
)

// decode draws a TIFF page strip by strip or tile by tile, and each of them row by row.
func (l *layout) decode(s *source, h header) (sheet, error) {
	if l.pack == packJPEG {
		return l.decodeJPEG(s, h)
	}
	r := l.raster(h)
	sh := blank(int(l.width), int(l.height), h.gray)
	for i := range l.blocks() {
		if err := l.drawBlock(s, i, r, &sh); err != nil {
			return sheet{}, err
		}
	}
	return sh, nil
}

// raster says what the samples mean.
func (l *layout) raster(h header) *raster {
	r := &raster{samples: int(l.samples), bits: int(l.bits), order: l.order, alpha: l.alpha, colours: l.colours}
	if l.photo <= blackIsZero {
		r.shades = greys(int(l.bits), l.photo == whiteIsZero)
	}
	if l.photo == photoCMYK {
		r.inks = inksOf(h.profile)
	}
	return r
}

// rect is where block i lies: its first pixel, and how many of it show.
func (l *layout) rect(i int64) (x, y, w, h int64) {
	across := (l.width + l.blockW - 1) / l.blockW
	x, y = i%across*l.blockW, i/across*l.blockH
	return x, y, min(l.blockW, l.width-x), min(l.blockH, l.height-y)
}

// drawBlock draws a strip or tile; where the channels lie apart, those of all of them.
func (l *layout) drawBlock(s *source, i int64, r *raster, sh *sheet) error {
	x, y, w, rows := l.rect(i)
	streams := make([]*stream, 1)
	if l.planar {
		streams = make([]*stream, l.samples)
	}
	for k := range streams {
		var err error
		if streams[k], err = l.stream(s, i+int64(k)*l.blocks(), rows); err != nil {
			return judge("TIFF", err)
		}
		defer streams[k].close()
	}
	mixed := make([]byte, r.length(l.blockW))
	for n := range rows {
		for k, st := range streams {
			if err := st.next(); err != nil {
				return judge("TIFF", err)
			}
			if l.planar {
				interleave(mixed, st.row, k, len(streams), int(l.bits)/8)
			} else {
				mixed = st.row
			}
		}
		if !r.put(sh, mixed, spot{x: int(x), y: int(y + n), n: int(w), step: 1}) {
			return broken("TIFF", "một điểm ảnh mang màu không có trong bảng màu", "a pixel has a colour that is not in its palette")
		}
	}
	for _, st := range streams {
		if st.longer((l.blockH - rows) * int64(len(st.row))) {
			return lies("TIFF", "dữ liệu nén nở ra quá kích thước đã khai", "its data unpack to more than it declares")
		}
	}
	return nil
}

// interleave puts the samples of one channel, so many bytes each, among those of all.
func interleave(to, from []byte, channel, channels, bytes int) {
	for i := range len(from) / bytes {
		copy(to[(i*channels+channel)*bytes:], from[i*bytes:][:bytes])
	}
}

// stream unpacks the rows of a block.
type stream struct {
	io.Reader
	row    []byte
	shut   func() error
	undo   func(row []byte) // the predictor; nil where there is none
	packed bool
}

// stream begins to unpack a block of which so many rows are wanted.
func (l *layout) stream(s *source, i, rows int64) (*stream, error) {
	src := io.NewSectionReader(s, int64(l.offsets[i]), int64(l.counts[i]))
	st := &stream{row: make([]byte, l.rowLength()), packed: l.pack != packNone}
	switch l.pack {
	case packG3, packG4:
		order := ccitt.MSB
		if l.reversed {
			order = ccitt.LSB
		}
		sub := ccitt.Group3
		if l.pack == packG4 {
			sub = ccitt.Group4
		}
		// The runs that a fax calls white are of zeros, whatever they look like (TIFF 6.0, sections 10 and 11).
		st.Reader = ccitt.NewReader(src, order, sub, int(l.blockW), int(rows), &ccitt.Options{Invert: true})
	case packLZW:
		z := lzw.NewReader(bufio.NewReader(src), lzw.MSB, 8)
		st.Reader, st.shut = z, z.Close
	case packDeflate, packDeflateOld:
		z, err := zlib.NewReader(bufio.NewReader(src))
		if err != nil {
			return nil, err
		}
		st.Reader, st.shut = z, z.Close
	case packBits:
		st.Reader = &bitsReader{r: bufio.NewReader(src)}
	default:
		st.Reader = bufio.NewReaderSize(src, 64<<10)
	}
	if l.predicted {
		st.undo = l.unpredict
	}
	return st, nil
}

func (st *stream) close() {
	if st.shut != nil {
		_ = st.shut()
	}
}

// next reads the next row.
func (st *stream) next() error {
	if _, err := io.ReadFull(st, st.row); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	if st.undo != nil {
		st.undo(st.row)
	}
	return nil
}

// longer reports whether more follows than the padding of the last strip, and a little: the
// picture would not be the one that was declared.
func (st *stream) longer(padding int64) bool {
	const spare = 64 << 10
	if !st.packed {
		return false
	}
	n, _ := io.CopyN(io.Discard, st, padding+spare)
	return n == padding+spare
}

// unpredict turns the differences of samples into samples (TIFF 6.0, section 14).
func (l *layout) unpredict(row []byte) {
	apart := int(l.perRow())
	if l.bits == 8 {
		for i := apart; i < len(row); i++ {
			row[i] += row[i-apart]
		}
		return
	}
	for i := 2 * apart; i+1 < len(row); i += 2 {
		l.order.PutUint16(row[i:], l.order.Uint16(row[i:])+l.order.Uint16(row[i-2*apart:]))
	}
}

// bitsReader unpacks PackBits (TIFF 6.0, section 9).
type bitsReader struct {
	r     *bufio.Reader
	left  int
	again bool
	value byte
}

// Read implements io.Reader.
func (b *bitsReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if b.left == 0 {
			if err = b.run(); err != nil {
				return n, err
			}
			continue
		}
		part := p[n:min(len(p), n+b.left)]
		if b.again {
			for i := range part {
				part[i] = b.value
			}
		} else if k, err := io.ReadFull(b.r, part); err != nil {
			return n + k, err
		}
		b.left, n = b.left-len(part), n+len(part)
	}
	return n, nil
}

// run reads what the next bytes are.
func (b *bitsReader) run() error {
	c, err := b.r.ReadByte()
	switch {
	case err != nil || c == 128: // nothing
	case c < 128:
		b.left, b.again = int(c)+1, false
	default:
		b.left, b.again = 257-int(c), true
		b.value, err = b.r.ReadByte()
	}
	return err
}
