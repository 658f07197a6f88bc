package main

import (
	"math"

	"golang.org/x/text/unicode/norm"
)

// penWidth is the thickness of a drawn mark, in ems.
const penWidth = 0.035

// compose writes a Vietnamese letter in a face that has only plain ones: the base letter of the font, and
// its marks as strokes of the same pen. Returns nil for what cannot be composed.
func (f *face) compose(r rune) (*glyph, error) {
	switch r {
	case 'đ', 'Đ':
		return f.crossed(r)
	case '…':
		return f.repeated('.', 3)
	case '–':
		return f.repeated('-', 2)
	case '“', '”', '’':
		return f.repeated(map[rune]rune{'“': '"', '”': '"', '’': '\''}[r], 1)
	}
	letters := []rune(norm.NFD.String(string(r)))
	if len(letters) < 2 || letters[0] > '~' {
		return nil, nil
	}
	base, err := f.load(letters[0])
	if base == nil || err != nil {
		return nil, err
	}
	return f.marked(letters[0], base, letters[1:]), nil
}

// marked adds combining marks to a base letter: the shape first (â, ă, horn), then the tone above it.
func (f *face) marked(letter rune, base *glyph, marks []rune) *glyph {
	g := &glyph{parts: append([]outline{}, base.parts...), advance: base.advance}
	if letter == 'i' && hasUpper(marks) {
		g.parts[0] = undotted(g.parts[0])
	}
	b := g.parts[0].extent()
	top := point{(b.x0 + b.x1) / 2, b.y0 - 0.05}
	if letter == 'y' || letter == 'd' {
		top.x = b.x0 + 0.62*b.width()
	}
	dot := point{top.x, math.Max(b.y1, 0) + 0.11}
	if b.y1 > 0.1 { // below a descender the dot would fall into the next line
		dot = point{b.x1 - 0.02, 0.13}
	}
	for _, mark := range sorted(marks) {
		strokes, rise := markStrokes(mark, top, dot, b)
		for _, s := range strokes {
			g.parts = append(g.parts, strokePath(s, taper(len(s))))
		}
		if rise > 0 {
			top = top.add(point{0.03, -rise})
		}
	}
	return g
}

// sorted puts the mark that belongs to the letter before the tone.
func sorted(marks []rune) []rune {
	var shape, tone []rune
	for _, m := range marks {
		if m == 0x302 || m == 0x306 || m == 0x31b {
			shape = append(shape, m)
		} else {
			tone = append(tone, m)
		}
	}
	return append(shape, tone...)
}

func hasUpper(marks []rune) bool {
	for _, m := range marks {
		if m != 0x323 {
			return true
		}
	}
	return false
}

// undotted drops the contours that float above the letter.
func undotted(p outline) outline {
	var out outline
	lowest := p.extent()
	for _, c := range p.contours() {
		if c.extent().y1 > lowest.y0+0.45*lowest.height() {
			out = append(out, c...)
		}
	}
	if len(out) == 0 {
		return p
	}
	return out
}

// markStrokes lists the pen strokes of one combining mark standing on top, and how high it makes the letter.
func markStrokes(mark rune, top, dot point, letter box) ([][]point, float64) {
	on := func(xy ...float64) [][]point {
		var pts []point
		for i := 0; i < len(xy); i += 2 {
			pts = append(pts, top.add(point{xy[i], -xy[i+1]}))
		}
		return [][]point{pts}
	}
	switch mark {
	case 0x300: // grave
		return on(-0.11, 0.16, 0.03, 0.02), 0.17
	case 0x301: // acute
		return on(-0.02, 0.02, 0.13, 0.17), 0.17
	case 0x302: // circumflex
		return on(-0.12, 0.01, 0.01, 0.12, 0.12, 0), 0.16
	case 0x303: // tilde
		return on(-0.14, 0.04, -0.07, 0.1, 0.02, 0.06, 0.08, 0.04, 0.15, 0.11), 0.16
	case 0x306: // breve
		return [][]point{arc(top.add(point{0, -0.1}), 0.12, 0.09, 175, 5)}, 0.16
	case 0x309: // hook
		return on(-0.05, 0.17, 0.02, 0.21, 0.07, 0.16, 0.02, 0.1, 0.01, 0.04), 0.22
	case 0x31b: // horn
		from := point{letter.x0 + 0.68*letter.width(), letter.y0 + 0.03}
		return [][]point{{from, from.add(point{0.06, -0.015}), from.add(point{0.09, -0.06}), from.add(point{0.075, -0.11})}}, 0
	case 0x323: // dot below
		return [][]point{{dot, dot.add(point{0.012, 0.008})}}, 0
	}
	return nil, 0
}

// taper thins a stroke towards its end, as a nib does.
func taper(n int) func(int) float64 {
	return func(i int) float64 {
		if n == 2 && i == 0 {
			return penWidth * 1.5
		}
		return penWidth * (1.35 - 0.5*float64(i)/float64(max(n-1, 1)))
	}
}

// crossed writes đ and Đ: the plain letter with a short bar.
func (f *face) crossed(r rune) (*glyph, error) {
	plain, y := 'd', 0.72
	if r == 'Đ' {
		plain, y = 'D', 0.5
	}
	base, err := f.load(plain)
	if base == nil || err != nil {
		return nil, err
	}
	b := base.parts[0].extent()
	at := mix(0, b.y0, y)
	from, to := b.x1-0.2, b.x1+0.1
	if r == 'Đ' {
		from, to = b.x0+0.12*b.width(), b.x0+0.55*b.width()
	}
	bar := line(penWidth, point{from, at + 0.01}, point{to, at - 0.02})
	return &glyph{parts: append([]outline{base.parts[0]}, bar), advance: base.advance}, nil
}

// repeated writes a sign as n plain ones side by side.
func (f *face) repeated(plain rune, n int) (*glyph, error) {
	base, err := f.load(plain)
	if base == nil || err != nil {
		return nil, err
	}
	g := &glyph{}
	for range n {
		moved := append(outline{}, base.parts[0]...)
		for i := range moved {
			for j := range moved[i].to {
				moved[i].to[j].x += g.advance
			}
		}
		g.parts = append(g.parts, moved)
		g.advance += base.advance * 0.9
	}
	return g, nil
}
