package derive

import (
	"image/jpeg"
	"math"
	"slices"
)

// jpegScan is a scan that is being read (ITU-T T.81, B.2.3): some channels, of whose blocks it holds all coefficients,
// or in a progressive file a stretch of them, or one bit more of each.
type jpegScan struct {
	*jpegFrame
	channels []*jpegChannel
	dc, ac   []*huffman // of each; nil where there is none
	from, to int        // the first and last coefficient
	high     bool       // some bits of each were there before
	low      uint       // bits that are still to come

	predicted [4]int32
	run       int32 // blocks in which nothing more comes
}

// progression reads which coefficients, and which of their bits, a scan of n channels has; false where no file has such (G.1.1.1).
func (s *jpegScan) progression(b []byte, n int) bool {
	before := uint(b[2] >> 4)
	s.from, s.to, s.high, s.low = int(b[0]), int(b[1]), before > 0, uint(b[2]&15)
	switch {
	case s.from > s.to, s.to > 63, s.low > 13, s.high && before != s.low+1:
		return false
	case s.from == 0:
		return s.to == 0 // the first coefficient has scans of its own
	}
	return n == 1
}

// take makes a channel part of the scan, by its name and the numbers of its tables.
func (s *jpegScan) take(id, tables byte) (c *jpegChannel, err error) {
	for _, other := range s.jpegFrame.channels {
		if other.id == id {
			c = other
		}
	}
	switch {
	case c == nil || tables>>4 > 3 || tables&15 > 3:
		return nil, jpeg.FormatError("unknown component selector")
	case slices.Contains(s.channels, c):
		return nil, jpeg.FormatError("repeated component selector")
	}
	dc, ac := s.codes[0][tables>>4], s.codes[1][tables&15]
	if s.from == 0 && !s.high && dc == nil || s.to > 0 && ac == nil {
		return nil, jpeg.FormatError("uninitialized Huffman table")
	}
	s.channels, s.dc, s.ac = append(s.channels, c), append(s.dc, dc), append(s.ac, ac)
	return c, nil
}

// blocks goes through a scan, block by block, in the order of the file (A.2): of several channels unit by unit, each with some
// blocks of all of them; of one row by row, without the blocks that only fill the last unit.
func (s *jpegScan) blocks() error {
	across, down, alone := s.unitsAcross, s.unitsDown, len(s.channels) == 1
	if alone {
		across, down = s.channels[0].across, s.channels[0].down
	}
	units := 0
	for y := range down {
		for x := 0; x < across; x++ {
			if s.interval > 0 && units > 0 && units%s.interval == 0 {
				if err := s.bits.restart(byte(units/s.interval-1) & 7); err != nil {
					return err
				}
				s.predicted, s.run = [4]int32{}, 0
			}
			units++
			if !alone {
				s.unit(x, y)
				continue
			}
			if skipped := min(int(s.run), across-x); skipped > 1 && s.from > 0 && !s.high && s.interval == 0 {
				s.run, x = s.run-int32(skipped), x+skipped-1
				continue
			}
			s.block(0, s.channels[0].block(x, y))
		}
		if err := s.rowDone(y); err != nil {
			return err
		}
	}
	return nil
}

// unit reads the blocks of all channels at a place.
func (s *jpegScan) unit(x, y int) {
	for i, c := range s.channels {
		for k := range c.h * c.v {
			s.block(i, c.block(c.h*x+k%c.h, c.v*y+k/c.h))
		}
	}
}

// rowDone tells of damage in a row of units. It hands on the rows of blocks that are whole, of a file that has them in one scan.
func (s *jpegScan) rowDone(y int) error {
	switch b := s.bits; {
	case b.short && b.err == nil:
		return jpeg.FormatError("missing 0xff00 sequence")
	case b.short:
		return b.failure()
	case b.bad:
		return jpeg.FormatError("bad Huffman code")
	case s.progressive:
		return nil
	}
	for _, c := range s.channels {
		rows := c.v
		if len(s.channels) == 1 {
			rows = 1
		}
		for k := range rows {
			row := c.row(rows*y + k)
			if err := c.strips.row(row); err != nil {
				return err
			}
			clear(row)
		}
	}
	return nil
}

// block reads what the scan has of a block, of which it is handed the coefficients in the order of the file; nil for a
// channel of which nobody wants any.
func (s *jpegScan) block(i int, b []int16) {
	if b == nil {
		b = s.unwanted[:]
	}
	switch {
	case s.high && s.from == 0:
		b[0] |= int16(s.bits.take(1) << s.low)
		return
	case s.high:
		s.refine(s.ac[i], b)
		return
	}
	from := s.from
	if from == 0 {
		from = 1
		n := s.bits.symbol(s.dc[i])
		s.bits.bad = s.bits.bad || n > 16
		s.predicted[i] += s.bits.extended(uint(min(n, 16)))
		b[0] = s.whole(s.predicted[i])
	}
	if from > s.to {
		return
	}
	if s.run > 0 {
		s.run--
		return
	}
	for k := from; k <= s.to; k++ {
		v := s.bits.symbol(s.ac[i])
		zeros, n := int(v>>4), uint(v&15)
		if n == 0 && zeros < 15 {
			s.run = 1<<zeros + s.bits.take(uint(zeros)) - 1
			return
		}
		if k += zeros; n == 0 {
			continue
		}
		if k > s.to {
			return
		}
		b[k] = s.whole(s.bits.extended(n))
	}
}

// whole is a coefficient with room for the bits to come. One that no picture has makes the file a damaged one.
func (s *jpegScan) whole(v int32) int16 {
	v <<= s.low
	if v < -math.MaxInt16 || v > math.MaxInt16 {
		s.bits.bad = true
	}
	return int16(v)
}

// refine reads one bit more of a stretch of coefficients, and those that had none before (G.1.2.3).
func (s *jpegScan) refine(h *huffman, b []int16) {
	k, one := s.from, int16(1)<<s.low
	for ; s.run == 0 && k <= s.to; k++ {
		v := s.bits.symbol(h)
		zeros, fresh := int(v>>4), int16(0)
		switch n := v & 15; {
		case n > 1:
			s.bits.bad = true
			return
		case n == 1:
			if fresh = one; s.bits.take(1) == 0 {
				fresh = -one
			}
		case zeros < 15:
			s.run = 1<<zeros + s.bits.take(uint(zeros))
		}
		if s.run > 0 {
			break
		}
		if k = s.pass(b, k, zeros, one); k > s.to {
			s.bits.bad = true
			return
		}
		if fresh != 0 {
			b[k] = fresh
		}
	}
	if s.run > 0 {
		s.run--
		s.pass(b, k, -1, one)
	}
}

// pass refines the coefficients from k on that are not zero, as far as the one behind so many that are; all for -1.
func (s *jpegScan) pass(b []int16, k, zeros int, one int16) int {
	for ; k <= s.to; k++ {
		v := b[k]
		if v == 0 {
			if zeros == 0 {
				break
			}
			zeros--
			continue
		}
		switch {
		case s.bits.take(1) == 0:
		case v > 0:
			b[k] = v + one
		default:
			b[k] = v - one
		}
	}
	return k
}
