package derive

import (
	"bytes"
	"math"

	"github.com/kovidgoyal/imaging"
)

// plane is one channel of an image, 8 bits a pixel, from the top left in rows.
type plane struct {
	w, h, stride int
	pix          []uint8
}

func newPlane(w, h int) plane { return plane{w, h, w, make([]uint8, w*h)} }

func (p plane) row(y int) []uint8 { return p.pix[y*p.stride:][:p.w] }

// plain reports whether n rows from y on are of one shade: blank paper, of which pages of text have
// much, is drawn without a sum for each pixel.
func (p plane) plain(y, n int) (shade uint8, ok bool) {
	shade = p.row(y)[0]
	for i := range n {
		row := p.row(y + i)
		if row[0] != shade || !bytes.Equal(row[1:], row[:len(row)-1]) {
			return 0, false
		}
	}
	return shade, true
}

func paint(row []uint8, shade uint8) {
	for i := range row {
		row[i] = shade
	}
}

// scaled draws p in w × h pixels, each of which covers sx × sy pixels of p, with imaging's
// Lanczos kernel. imaging.Resize itself works in floating point on four channels, which
// takes about four times as long.
func (p plane) scaled(w, h int, sx, sy float64) plane {
	if sx == 1 && sy == 1 && w == p.w && h == p.h {
		return p
	}
	return p.resampled(taps(w, p.w, sx), taps(h, p.h, sy))
}

// shrunk averages gx × gy pixels into one; at the right and lower edge, those that exist.
func (p plane) shrunk(gx, gy int) plane {
	out := newPlane((p.w+gx-1)/gx, (p.h+gy-1)/gy)
	sums := make([]uint32, p.w)
	for y := range out.h {
		y0 := y * gy
		n := min(gy, p.h-y0)
		if shade, ok := p.plain(y0, n); ok {
			paint(out.row(y), shade)
			continue
		}
		for i, v := range p.row(y0) {
			sums[i] = uint32(v)
		}
		for k := 1; k < n; k++ {
			row := p.row(y0 + k)[:len(sums)]
			for i := range sums {
				sums[i] += uint32(row[i])
			}
		}
		average(out.row(y), sums, gx, n)
	}
	return out
}

// average writes to out the mean of each group of gx sums, each over n rows. Division is by
// the inverse, scaled so that it is exact for groups of up to a million pixels.
func average(out []uint8, sums []uint32, gx, n int) {
	area := uint64(gx * n)
	inverse := (1<<48 + area - 1) / area
	full := len(sums) / gx
	for x := range full {
		sum := area / 2
		for _, v := range sums[x*gx:][:gx] {
			sum += uint64(v)
		}
		out[x] = uint8(sum * inverse >> 48)
	}
	if rest := sums[full*gx:]; len(rest) > 0 {
		var sum uint32
		for _, v := range rest {
			sum += v
		}
		area := uint32(len(rest) * n)
		out[full] = uint8((sum + area/2) / area)
	}
}

// tap says from which pixels one pixel of the result is mixed.
type tap struct {
	first   int
	weights []int32 // sum to 1 << weightBits
}

const (
	weightBits = 14
	keptBits   = 6 // of fraction between the two passes
)

// taps places n pixels over size source pixels, each covering scale of them.
func taps(n, size int, scale float64) []tap {
	kernel := imaging.Lanczos
	wide := math.Max(1, scale)
	reach := kernel.Support * wide
	out := make([]tap, n)
	for i := range out {
		centre := (float64(i)+0.5)*scale - 0.5
		first := min(size-1, max(0, int(math.Ceil(centre-reach))))
		last := max(first, min(size-1, int(math.Floor(centre+reach))))
		weights := make([]float64, last-first+1)
		sum := 0.0
		for k := range weights {
			weights[k] = kernel.Kernel((float64(first+k) - centre) / wide)
			sum += weights[k]
		}
		out[i] = tap{first, fixed(weights, sum)}
	}
	return out
}

// fixed turns weights into whole numbers; what rounding loses goes to the middle one, so that
// a plain surface keeps its exact shade.
func fixed(weights []float64, sum float64) []int32 {
	out := make([]int32, len(weights))
	left := int32(1 << weightBits)
	for k, w := range weights {
		if sum != 0 {
			out[k] = int32(math.Round(w / sum * (1 << weightBits)))
		}
		left -= out[k]
	}
	out[len(out)/2] += left
	return out
}

// resampled mixes rows, then columns, holding only one row in between.
func (p plane) resampled(across, down []tap) plane {
	out := newPlane(len(across), len(down))
	mixed := make([]int32, p.w)
	for y, t := range down {
		if shade, ok := p.plain(t.first, len(t.weights)); ok {
			paint(out.row(y), shade)
			continue
		}
		for k, w := range t.weights {
			addRow(mixed, p.row(t.first+k), w, k == 0)
		}
		for i := range mixed {
			mixed[i] = (mixed[i] + 1<<(weightBits-keptBits-1)) >> (weightBits - keptBits)
		}
		mixRow(out.row(y), mixed, across)
	}
	return out
}

func addRow(sum []int32, row []uint8, weight int32, fresh bool) {
	row = row[:len(sum)]
	if fresh {
		for i := range sum {
			sum[i] = int32(row[i]) * weight
		}
		return
	}
	for i := range sum {
		sum[i] += int32(row[i]) * weight
	}
}

func mixRow(out []uint8, mixed []int32, across []tap) {
	for x, t := range across {
		sum := int32(1 << (weightBits + keptBits - 1))
		from := mixed[t.first:][:len(t.weights)]
		for k, w := range t.weights {
			sum += w * from[k]
		}
		out[x] = clamp(sum >> (weightBits + keptBits))
	}
}

func clamp(v int32) uint8 { return uint8(max(0, min(255, v))) }

// oriented turns p upright as EXIF 2.3 tag 274 says it lies: a walk through the source that
// starts in one corner, with a step for each pixel to the right and each one down.
func (p plane) oriented(orientation int) plane {
	w, h := p.w, p.h
	right, bottom := w-1, (h-1)*p.stride
	start, stepX, stepY := 0, 1, p.stride
	switch orientation {
	case 2:
		start, stepX = right, -1
	case 3:
		start, stepX, stepY = right+bottom, -1, -p.stride
	case 4:
		start, stepY = bottom, -p.stride
	case 5:
		stepX, stepY = p.stride, 1
	case 6:
		start, stepX, stepY = bottom, -p.stride, 1
	case 7:
		start, stepX, stepY = right+bottom, -p.stride, -1
	case 8:
		start, stepX, stepY = right, p.stride, -1
	default:
		return p
	}
	if orientation >= 5 {
		w, h = h, w
	}
	out := newPlane(w, h)
	for y := range h {
		from := start + y*stepY
		row := out.row(y)
		for x := range row {
			row[x] = p.pix[from]
			from += stepX
		}
	}
	return out
}
