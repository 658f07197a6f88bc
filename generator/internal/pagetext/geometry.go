package pagetext

import (
	"math"
	"strconv"
	"strings"
)

// most is the largest number that is a place; a page of ten metres in 1/1200 inch
// has half of it.
const most = 1e6

// number reads a coordinate.
func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return v, err == nil && math.Abs(v) <= most // so neither NaN nor infinite
}

// numbers reads coordinates that blanks and commas part.
func numbers(s string) (out []float64, ok bool) {
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' || r == '\r' }) {
		v, ok := number(f)
		if !ok {
			return nil, false
		}
		out = append(out, v)
	}
	return out, true
}

// around is the box around the corners of a polygon, "x,y x,y …" in PAGE and
// also "x y x y …" in ALTO.
func around(points string) (Box, bool) {
	v, ok := numbers(points)
	if !ok || len(v) < 4 || len(v)%2 != 0 {
		return Box{}, false
	}
	b := Box{X: v[0], Y: v[1]}
	for i := 0; i < len(v); i += 2 {
		b = b.with(Box{X: v[i], Y: v[i+1]})
	}
	return b, true
}

// with is the box around both, be they without an area.
func (b Box) with(c Box) Box {
	x, y := min(b.X, c.X), min(b.Y, c.Y)
	return Box{x, y, max(b.X+b.W, c.X+c.W) - x, max(b.Y+b.H, c.Y+c.H) - y}
}

// aroundWords is the box around the words of a line.
func aroundWords(words []Word) (b Box) {
	for _, w := range words {
		switch {
		case w.Box.IsZero():
		case b.IsZero():
			b = w.Box
		default:
			b = b.with(w.Box)
		}
	}
	return b
}
