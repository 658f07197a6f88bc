package pagetext

import (
	"math"
	"slices"
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

// aroundWords is the box around the words of a line, and no place where one of them
// has none.
func aroundWords(words []Word) (b Box) {
	for i, w := range words {
		switch {
		case w.Box.IsZero():
			return Box{}
		case i == 0:
			b = w.Box
		default:
			b = b.with(w.Box)
		}
	}
	return b
}

// Upright is where a box in the w × h of a picture as its file stores it lies in the
// picture as it is shown, which an orientation (1 to 8, TIFF 6.0 and EXIF 2.3 tag 274)
// turns or mirrors.
func (b Box) Upright(w, h float64, orientation int) Box {
	switch orientation {
	case 2, 3, 7, 8:
		b.X = w - b.X - b.W
	}
	switch orientation {
	case 3, 4, 6, 7:
		b.Y = h - b.Y - b.H
	}
	if orientation >= 5 && orientation <= 8 {
		b.X, b.Y, b.W, b.H = b.Y, b.X, b.H, b.W
	}
	return b
}

// Upright turns a page that was read from the pixels of a file as they are stored, as
// the picture is shown.
func (p *Page) Upright(orientation int) {
	p.place(func(b Box) Box {
		if b == (Box{}) {
			return b
		}
		return b.Upright(p.Width, p.Height, orientation)
	})
	if orientation >= 5 && orientation <= 8 {
		p.Width, p.Height = p.Height, p.Width
	}
}

// Unplace takes out the places of all lines and words.
func (p *Page) Unplace() { p.place(func(Box) Box { return Box{} }) }

// Placed reports whether a line has a place.
func (p *Page) Placed() bool {
	for i := range p.Blocks {
		if slices.ContainsFunc(p.Blocks[i].Lines, func(l Line) bool { return !l.Box.IsZero() }) {
			return true
		}
	}
	return false
}

func (p *Page) place(to func(Box) Box) {
	for i := range p.Blocks {
		for j := range p.Blocks[i].Lines {
			l := &p.Blocks[i].Lines[j]
			l.Box = to(l.Box)
			for k := range l.Words {
				l.Words[k].Box = to(l.Words[k].Box)
			}
		}
	}
}

// Lay are the orientations by which a page may lie as it was read from a picture of w × h
// pixels, upright, whose file has an orientation: 1 where it was read upright, and that of
// the file where it was read from the pixels as stored, which half a turn or a mirror leaves
// in the same proportions. share is that of FitsWithin.
func (p *Page) Lay(w, h, orientation int, share float64) (out []int) {
	for _, o := range []int{1, orientation} {
		turned := Page{Width: p.Width, Height: p.Height}
		turned.Upright(o)
		if turned.FitsWithin(w, h, share) && !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}
