package main

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// style is how words are set. Sizes are in pixels of this sheet.
type style struct {
	hand    hand
	size    float64
	track   float64 // extra space between letters, in ems
	wobble  float64 // how unsteadily letters stand, in ems
	slant   float64 // forward lean, as a fraction of the height
	swell   float64 // extra thickness, in ems
	uneven  float64 // how much the strength of letters varies, 0 to 1
	leading float64 // distance of lines, in sizes; 0 means 1.5
}

func (s style) line() float64 {
	if s.leading == 0 {
		return s.size * 1.5
	}
	return s.size * s.leading
}

func (s style) sized(size float64) style { s.size = size; return s }

// length is the width of a text in pixels.
func (d *drawing) length(s style, text string) float64 {
	text = norm.NFC.String(text)
	return (d.fonts[s.hand].width(text) + s.track*float64(len([]rune(text)))) * s.size
}

// set writes a line with its baseline at (x, y) and returns where it ends.
func (d *drawing) set(p *plate, s style, text string, x, y float64) float64 {
	f := d.fonts[s.hand]
	climb := 0.0
	for _, r := range norm.NFC.String(text) {
		g, err := f.glyph(r)
		if err != nil {
			d.fail("%w", err)
			return x
		}
		climb = 0.7*climb + d.vary(0, s.wobble)*s.size
		m := shift(x, y+climb).after(turn(d.vary(0, s.wobble*40), point{})).after(matrix{s.size, 0, -s.slant * s.size, s.size, 0, 0})
		d.letter(p, g, m, s)
		x += (g.advance + s.track + d.vary(0, s.wobble*0.4)) * s.size
	}
	return x
}

// letter inks one glyph; a swelling is drawn as a second impression beside the first.
func (d *drawing) letter(p *plate, g *glyph, m matrix, s style) {
	strength := 1 - s.uneven*d.random.Float64()
	for _, part := range g.parts {
		p.fill(part, m, strength)
		if s.swell > 0 {
			p.fill(part, shift(s.swell*s.size, 0).after(m), strength)
			p.fill(part, shift(s.swell*s.size/2, s.swell*s.size/2).after(m), strength)
		}
	}
}

// centred writes a line about x.
func (d *drawing) centred(p *plate, s style, text string, x, y float64) {
	d.set(p, s, text, x-d.length(s, text)/2, y)
}

// flushRight writes a line that ends at x.
func (d *drawing) flushRight(p *plate, s style, text string, x, y float64) {
	d.set(p, s, text, x-d.length(s, text), y)
}

// fitted shrinks a style until a text is no wider than width.
func (d *drawing) fitted(s style, text string, width float64) style {
	if l := d.length(s, text); l > width {
		return s.sized(s.size * width / l)
	}
	return s
}

// wrap breaks a text into lines no wider than width; a first line may be shortened by an indent.
func (d *drawing) wrap(s style, text string, width, indent float64) []string {
	var lines []string
	current, room := "", width-indent
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(current + " " + word)
		if current != "" && d.length(s, longer) > room {
			lines = append(lines, current)
			current, room = word, width
			continue
		}
		current = longer
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// centredLines writes a text about x in as many lines as it needs and returns the next baseline.
func (d *drawing) centredLines(p *plate, s style, text string, x, y, width float64) float64 {
	for _, l := range d.wrap(s, text, width, 0) {
		d.centred(p, s, l, x, y)
		y += s.line()
	}
	return y
}

// block writes a paragraph from the baseline y on and returns the next baseline.
func (d *drawing) block(p *plate, s style, text string, x, y, width, indent float64) float64 {
	in := indent
	for _, l := range d.wrap(s, text, width, indent) {
		d.set(p, s, l, x+in, y)
		y += s.line()
		in = 0
	}
	return y
}

// mustFit fails when writing has run below the words' area: a sheet must not hide its own foot.
func (d *drawing) mustFit(y float64) {
	if y > d.text.y1+1 {
		d.fail("the words do not fit: they need %.0f more pixels; shorten body or fields", math.Ceil(y-d.text.y1))
	}
}

// wobbly is a line drawn by hand between two points.
func (d *drawing) wobbly(from, to point, amount float64) []point {
	n := 2 + int(to.sub(from).length()/d.px(28))
	seed := d.random.Float64() * 200
	across := to.sub(from)
	normal := point{across.y, -across.x}.times(1 / math.Max(across.length(), 1))
	pts := make([]point, n)
	for i := range pts {
		t := float64(i) / float64(n-1)
		off := amount * 2 * (d.relief.rough(float64(i)*0.22, seed, 2) - 0.5)
		off *= math.Min(1, 8*t*(1-t)) // it starts and ends where it should
		pts[i] = toward(from, to, t).add(normal.times(off))
	}
	return pts
}

// dotted draws a leader of dots.
func (d *drawing) dotted(p *plate, x0, x1, y float64) {
	for x := x0; x < x1; x += d.px(13) {
		p.draw(disc(point{x, y}, d.px(2.1)))
	}
}
