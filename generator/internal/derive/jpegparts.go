package derive

import (
	"encoding/binary"
	"image/jpeg"
	"runtime"
)

// The standard library holds all coefficients of a progressive JPEG file, four bytes each, and of one in CMYK or RGB every
// channel and the picture mixed of them: 40 megapixels take 350 to 700 MB. So the coded data of such a file are
// read here, channel by channel; what becomes of the coefficients is for the standard library (see jpegStrips). A
// progressive file is gone through once for each channel, since all but the first coefficients of one stand by themselves.

// jpegChannel is a channel of a frame (ITU-T T.81, B.2.2).
type jpegChannel struct {
	id, table    byte
	h, v         int // blocks of a unit, across and down
	across, down int // blocks that show something
	stride       int // blocks across, with those that only fill the last unit
	subX, subY   int // pixels of the picture to one of the channel
	w, ht        int // pixels

	rows    int     // of blocks for which there is room in blocks, one behind the other or over and over
	blocks  []int16 // coefficients, in the order of the file; nil where nobody wants them
	strips  blockRows
	scanned bool  // there is a scan of it
	out     plane // what became of it
}

func (c *jpegChannel) block(x, y int) []int16 {
	if c.blocks == nil {
		return nil
	}
	return c.blocks[64*(y%c.rows*c.stride+x):][:64]
}

func (c *jpegChannel) row(y int) []int16 { return c.blocks[64*c.stride*(y%c.rows):][:64*c.stride] }

// jpegFrame is a file while it is read.
type jpegFrame struct {
	src                    *source
	h                      header
	bits                   *jpegBits
	progressive            bool
	channels               []*jpegChannel
	unitsAcross, unitsDown int
	interval               int // units between restarts
	quantisers             [4][64]uint16
	codes                  [2][4]*huffman
	adobe, untransformed   bool // it says how its colours are meant; that they are RGB or CMYK as they are
	framed                 bool // its header was read in this pass
	overrun                bool // a scan ended amid a run of blocks

	coefficients []int16   // room for those of a channel
	unwanted     [64]int16 // where those go that nobody wants
	flushed      int       // strips
	mixed        *mixer    // what becomes of channels that are mixed; nil before the first rows
}

// inParts reports whether a file is read channel by channel.
func (h header) inParts() bool {
	return h.Format == "jpeg" && (h.progressive || h.cmyk || h.rgb || h.shrunk > 1)
}

// shrink has the file decoded so many times smaller, where its channels need not be mixed pixel by pixel.
func (h *header) shrink(n int) {
	if n > 1 && h.Format == "jpeg" && !h.cmyk && !h.rgb {
		h.shrunk = n
		h.need = h.partsNeed()
	}
}

// partsNeed is what that takes, roughly: coefficients of a channel, the channels, and two of colour at half the size.
func (h header) partsNeed() int64 {
	pixels := roundUp(h.Width, 32) * roundUp(h.Height, 32)
	n := int64(max(1, h.shrunk))
	need := pixels / (n * n)
	if !h.gray {
		need += need / 2
	}
	if h.cmyk || h.rgb {
		need += 2 * pixels
	}
	if h.progressive {
		return need + 2*pixels
	}
	if h.cmyk {
		need += pixels
	}
	return need
}

// decodeParts reads such a file.
func decodeParts(s *source, h header) (sheet, error) {
	return (&jpegFrame{src: s, h: h}).decode()
}

func (f *jpegFrame) decode() (sheet, error) {
	if err := f.pass(nil); err != nil {
		return sheet{}, err
	}
	if f.progressive {
		for _, c := range f.channels {
			if err := f.pass(c); err != nil {
				return sheet{}, err
			}
		}
	}
	return f.sheet()
}

// pass goes through the file once. It keeps what it has of a channel of a progressive one, or makes pixels of all channels
// of any other.
func (f *jpegFrame) pass(c *jpegChannel) error {
	f.bits, f.interval, f.framed, f.codes = newJPEGBits(f.src.all()), 0, false, [2][4]*huffman{}
	if !f.bits.more(2) {
		return f.bits.failure()
	}
	f.bits.i = 2 // it was found to begin as one
	if c != nil {
		f.want(c)
	}
	for {
		m, err := f.bits.marker()
		switch {
		case err != nil:
			return err
		case m == markEOI && c != nil:
			return f.draw(c)
		case m == markEOI:
			return nil
		}
		body, err := f.bits.segment()
		if err != nil {
			return err
		}
		if m == markSOS && f.progressive && c == nil {
			return nil // the first look was for the channels
		}
		if err := f.segment(m, body); err != nil {
			return err
		}
	}
}

func (f *jpegFrame) segment(m byte, b []byte) error {
	switch {
	case m == markSOF0, m == markSOF1, m == markSOF2:
		if f.framed {
			return jpeg.FormatError("multiple SOF markers")
		}
		if f.framed = true; f.channels == nil {
			return f.frame(m, b)
		}
	case m == markDHT:
		return f.huffman(b)
	case m == markDQT:
		return f.quantiser(b)
	case m == markDRI:
		if len(b) != 2 {
			return jpeg.FormatError("DRI has wrong length")
		}
		f.interval = int(binary.BigEndian.Uint16(b))
	case m == markSOS:
		return f.scan(b)
	case m == markAPP14 && len(b) >= 12 && hasPrefix(b, "Adobe"):
		f.adobe, f.untransformed = true, b[11] == 0
	case m >= markAPP0 && m <= markAPP15, m == markCOM:
	default:
		return jpeg.UnsupportedError("unknown marker")
	}
	return nil
}

// frame reads the channels, of which the standard library said before that it knows them.
func (f *jpegFrame) frame(m byte, b []byte) error {
	f.progressive = m == markSOF2
	w, ht := f.h.stored()
	most := [2]int{1, 1}
	n := len(b)/3 - 2
	for i := range n {
		p := b[6+3*i:]
		c := &jpegChannel{id: p[0], h: int(p[1] >> 4), v: int(p[1] & 15), table: p[2]}
		if n == 1 {
			c.h, c.v = 1, 1
		}
		most[0], most[1] = max(most[0], c.h), max(most[1], c.v)
		f.channels = append(f.channels, c)
	}
	f.unitsAcross, f.unitsDown = (w+8*most[0]-1)/(8*most[0]), (ht+8*most[1]-1)/(8*most[1])
	for _, c := range f.channels {
		if c.h == 0 || c.v == 0 || most[0]%c.h != 0 || most[1]%c.v != 0 || c.table > 3 {
			return jpeg.FormatError("luma/chroma subsampling ratio")
		}
		c.subX, c.subY = most[0]/c.h, most[1]/c.v
		c.w, c.ht = (w+c.subX-1)/c.subX, (ht+c.subY-1)/c.subY
		c.across, c.down, c.stride = (c.w+7)/8, (c.ht+7)/8, f.unitsAcross*c.h
	}
	return nil
}

func (f *jpegFrame) quantiser(b []byte) error {
	for len(b) > 0 {
		wide, t := int(b[0]>>4), b[0]&15
		if wide > 1 || t > 3 || len(b) < 1+64<<wide {
			return jpeg.FormatError("DQT has wrong length")
		}
		for i := range 64 {
			f.quantisers[t][i] = uint16(b[1+i])
			if wide == 1 {
				f.quantisers[t][i] = binary.BigEndian.Uint16(b[1+2*i:])
			}
		}
		b = b[1+64<<wide:]
	}
	return nil
}

func (f *jpegFrame) huffman(b []byte) error {
	for len(b) > 0 {
		if len(b) < 17 || b[0]>>4 > 1 || b[0]&15 > 3 {
			return jpeg.FormatError("DHT has wrong length")
		}
		n := 0
		for _, count := range b[1:17] {
			n += int(count)
		}
		if n == 0 || n > 256 || len(b) < 17+n {
			return jpeg.FormatError("DHT has wrong length")
		}
		h := newHuffman(b[1:17], b[17:17+n])
		if h == nil {
			return jpeg.FormatError("bad Huffman table")
		}
		f.codes[b[0]>>4][b[0]&15] = h
		b = b[17+n:]
	}
	return nil
}

// scan reads one, if it has what is wanted.
func (f *jpegFrame) scan(b []byte) error {
	if len(b) < 6 || len(b) != 4+2*int(b[0]) || f.channels == nil {
		return jpeg.FormatError("SOS has wrong length")
	}
	n := int(b[0])
	s := &jpegScan{jpegFrame: f, to: 63}
	if f.progressive && !s.progression(b[1+2*n:], n) {
		return jpeg.FormatError("bad spectral selection bounds")
	}
	units, wanted := 0, false
	for i := range n {
		c, err := s.take(b[1+2*i], b[2+2*i])
		if err != nil {
			return err
		}
		units += c.h * c.v
		c.scanned = true
		wanted = wanted || !f.progressive || c.blocks != nil
	}
	switch {
	case n > 1 && units > 10:
		return jpeg.FormatError("total sampling factors too large")
	case !wanted:
		return nil
	}
	if !f.progressive {
		for _, c := range s.channels {
			f.start(c, c.v)
		}
	}
	err := s.blocks()
	f.overrun = f.overrun || s.run > 0
	return err
}

// want makes a channel the one of which a pass keeps the coefficients, in memory that they all use in turn.
func (f *jpegFrame) want(c *jpegChannel) {
	for _, other := range f.channels {
		other.blocks = nil
	}
	c.rows = f.unitsDown * c.v
	n := 64 * c.stride * c.rows
	if cap(f.coefficients) < n {
		f.coefficients = nil
		most := 0
		for _, other := range f.channels {
			most = max(most, 64*other.stride*f.unitsDown*other.v)
		}
		f.coefficients = make([]int16, most)
	}
	c.blocks = f.coefficients[:n]
	clear(c.blocks)
}

// start makes room for rows of blocks of a channel that are handed on at once.
func (f *jpegFrame) start(c *jpegChannel, rows int) {
	c.rows, c.blocks = rows, make([]int16, 64*c.stride*rows)
	f.place(c)
}

// blockRows makes pixels of a channel.
type blockRows interface {
	row(blocks []int16) error // takes a row of blocks, 64 coefficients each in the order of the file
}

// place decides where the pixels of a channel go: into a plane, of colour at half the size at once, or, of the last of a progressive file
// that is mixed, into the mixture.
func (f *jpegFrame) place(c *jpegChannel) {
	w, ht, n := c.w, c.ht, max(1, f.h.shrunk)
	if n > 1 {
		w, ht = (w+n-1)/n, (ht+n-1)/n
	}
	emit := f.mix
	if last := c == f.channels[len(f.channels)-1]; !f.mixes() || !f.progressive || !last {
		emit = f.into(c, w, ht)
	}
	if n > 1 {
		c.strips = newSmallStrips(w, ht, n, &f.quantisers[c.table], emit)
		return
	}
	s := &jpegStrips{w: w, h: ht, emit: emit}
	s.start(c.stride, &f.quantisers[c.table])
	c.strips = s
}

// into puts the pixels of a channel, w × ht of them, into a plane.
func (f *jpegFrame) into(c *jpegChannel, w, ht int) func(y int, p plane) error {
	gx, gy := 1, 1
	if !f.mixes() && c != f.channels[0] && c.subX <= 2 && c.subY <= 2 {
		gx, gy = 2/c.subX, 2/c.subY
	}
	c.out = newPlane((w+gx-1)/gx, (ht+gy-1)/gy)
	return func(y int, p plane) error {
		if gx > 1 || gy > 1 {
			p = p.shrunk(gx, gy)
		}
		c.out.paste(p, 0, y/gy, c.out.w, p.h)
		f.sweep()
		return nil
	}
}

// sweep collects what strips leave behind, before it is as much as what is wanted.
func (f *jpegFrame) sweep() {
	if f.flushed++; f.flushed%stripsToSweep == 0 && f.h.need >= large {
		runtime.GC()
	}
}

const stripsToSweep = 8

// draw makes pixels of the coefficients that a pass has kept.
func (f *jpegFrame) draw(c *jpegChannel) error {
	if !c.scanned {
		return missing
	}
	f.place(c)
	for y := range c.down {
		if err := c.strips.row(c.row(y)); err != nil {
			return err
		}
	}
	return nil
}

const missing = jpeg.FormatError("a component has no scan")

// sheet is what became of the file.
func (f *jpegFrame) sheet() (sheet, error) {
	if f.coefficients = nil; f.channels == nil {
		return sheet{}, missing
	}
	last := f.channels[len(f.channels)-1]
	for _, c := range f.channels {
		if c.blocks = nil; !c.scanned {
			return sheet{}, missing
		}
	}
	y := f.channels[0]
	if f.mixes() && f.mixed == nil {
		if err := f.mix(0, last.out); err != nil {
			return sheet{}, err
		}
	}
	switch {
	case f.mixed != nil:
		return f.mixed.out, nil
	case f.h.gray:
		return sheet{y: y.out, gray: true}, nil
	}
	c := f.channels[1]
	sh := sheet{y: y.out, cb: c.out, cr: f.channels[2].out, subX: c.subX, subY: c.subY}
	if c.subX <= 2 && c.subY <= 2 {
		sh.subX, sh.subY = 2, 2
	}
	return sh, nil
}
