package derive

import "math"

// smallStrips makes pixels of the blocks of one channel at a half, a quarter or an eighth of their size. Each is the mean of those
// that it stands for, as on a level of the pyramid, but reckoned from the coefficients at once: the mean of what each of
// them gives to these pixels. So most pixels are never drawn. All is reckoned in whole numbers, so every machine makes the same.
type smallStrips struct {
	w, h  int                        // pixels of what is made
	n     int                        // of a block, across and down: 4, 2 or 1
	emit  func(y int, p plane) error // takes the rows of pixels from y on; p is valid until the next
	scale [64]int64                  // what the coefficients count, in the order of the file
	wave  [8][4]int64                // what each of a row gives to each of its pixels, of 2^waveBits
	strip plane                      // the rows that are being made, with room for whole blocks
	rows  int                        // of blocks that are made
	y     int                        // of pixels that were handed on
}

const (
	waveBits = 13
	halfWave = 1 << (2*waveBits - 1)
)

// newSmallStrips makes w × h pixels of a channel, shrunk 2, 4 or 8 times.
func newSmallStrips(w, h, shrunk int, quantiser *[64]uint16, emit func(y int, p plane) error) *smallStrips {
	s := &smallStrips{w: w, h: h, n: 8 / shrunk, emit: emit}
	s.strip = newPlane((w+s.n-1)/s.n*s.n, stripRows*s.n)
	for i, q := range quantiser {
		s.scale[i] = int64(q)
	}
	for x := range s.n {
		for u := range 8 {
			mean := 0.0
			for k := x * shrunk; k < (x+1)*shrunk; k++ {
				mean += math.Cos(float64((2*k+1)*u)*math.Pi/16) / float64(shrunk) // T.81, A.3.3
			}
			if u == 0 {
				mean /= math.Sqrt2
			}
			s.wave[u][x] = int64(math.Round(mean / 2 * (1 << waveBits)))
		}
	}
	return s
}

// row takes a row of blocks, 64 coefficients each in the order of the file.
func (s *smallStrips) row(row []int16) error {
	if s.y+s.n*s.rows >= s.h {
		return nil // it only fills the last unit
	}
	for x := 0; x < s.strip.w; x += s.n {
		s.block((*[64]int16)(row[64*(x/s.n):]), x)
	}
	if s.rows++; s.rows < stripRows && s.y+s.n*s.rows < s.h {
		return nil
	}
	y := s.y
	s.y, s.rows = min(s.h, s.y+s.n*s.rows), 0
	return s.emit(y, plane{s.w, s.y - y, s.strip.stride, s.strip.pix})
}

// block draws a block into the strip: its columns first, then its rows. Four pixels are reckoned where fewer are wanted.
func (s *smallStrips) block(b *[64]int16, x int) {
	var columns [8][4]int64
	most := 0 // the last column that has something
	for i := 0; i < 64; i += 4 {
		if b[i]|b[i+1]|b[i+2]|b[i+3] == 0 {
			continue
		}
		for k, c := range b[i : i+4] {
			if c == 0 {
				continue
			}
			u, by, of := zigzag[i+k]&7, int64(c)*s.scale[i+k], &s.wave[zigzag[i+k]>>3]
			to := &columns[u]
			to[0], to[1], to[2], to[3] = to[0]+by*of[0], to[1]+by*of[1], to[2]+by*of[2], to[3]+by*of[3]
			most = max(most, int(u))
		}
	}
	for y := range s.n {
		sums := [4]int64{halfWave, halfWave, halfWave, halfWave}
		for u := range most + 1 {
			by, of := columns[u][y], &s.wave[u]
			sums[0], sums[1], sums[2], sums[3] = sums[0]+by*of[0], sums[1]+by*of[1], sums[2]+by*of[2], sums[3]+by*of[3]
		}
		to := s.strip.row(s.n*s.rows + y)[x : x+s.n]
		for i := range to {
			to[i] = uint8(min(max(sums[i&3]>>(2*waveBits)+128, 0), 255))
		}
	}
}
