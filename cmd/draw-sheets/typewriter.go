package main

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// typewriter is one machine with its faults: some type bars stand high or low, some counters are clogged,
// some letters strike weakly. It writes at a fixed pitch.
type typewriter struct {
	d     *drawing
	p     *plate
	style style
	pitch float64
	feed  float64 // distance of lines in pixels
}

// newTypewriter makes a machine whose letters are size pixels high.
func (d *drawing) newTypewriter(p *plate, face hand, size float64) *typewriter {
	s := style{hand: face, size: size, swell: 0.016, uneven: 0.18}
	if face == mono {
		s.swell = 0.01
	}
	pitch := d.fonts[face].width("n") * size
	return &typewriter{d: d, p: p, style: s, pitch: pitch, feed: size * 1.95}
}

// fault is a fixed property of one type bar of this machine, -1 to 1.
func (t *typewriter) fault(r rune, which float64) float64 {
	return 2*t.d.relief.at(float64(r)*7.31+which*13.7, which*5.1) - 1
}

// strike types one letter; extra letters on the same place add up.
func (t *typewriter) strike(r rune, x, y float64) {
	if r == ' ' {
		return
	}
	d, s := t.d, t.style
	g, err := d.fonts[s.hand].glyph(r)
	if err != nil {
		d.fail("%w", err)
		return
	}
	x += t.fault(r, 1)*0.02*s.size + d.vary(0, 0.008*s.size)
	y += t.fault(r, 2)*0.045*s.size + d.vary(0, 0.012*s.size)
	lean := t.fault(r, 3)*1.6 + d.vary(0, 0.5)
	m := shift(x, y).after(turn(lean, point{})).after(scale(s.size))
	strength := clamp(0.9+0.16*t.fault(r, 4)-s.uneven*math.Pow(d.random.Float64(), 3), 0.35, 1)
	for _, part := range g.parts {
		t.p.overprint(part, m, strength)
		t.p.overprint(part, shift(s.swell*s.size, s.swell*s.size*0.6).after(m), strength*0.85)
	}
	t.clog(r, g, m, strength)
}

// clog fills the counter of round letters on bars that have gathered lint.
func (t *typewriter) clog(r rune, g *glyph, m matrix, strength float64) {
	clogged := strings.ContainsRune("aeobdgpq", []rune(norm.NFD.String(string(r)))[0]) && t.fault(r, 5) > 0.1
	if !clogged {
		return
	}
	b := g.parts[0].extent()
	at := m.apply(point{(b.x0 + b.x1) / 2, -0.2})
	t.p.overprint(disc(at, 0.1*t.style.size), shift(0, 0), strength*t.d.vary(0.45, 0.2))
}

// line types a text from x on and returns where it ends.
func (t *typewriter) line(text string, x, y float64) float64 {
	for _, r := range norm.NFC.String(text) {
		t.strike(r, x, y)
		x += t.pitch
	}
	return x
}

func (t *typewriter) length(text string) float64 {
	return float64(len([]rune(norm.NFC.String(text)))) * t.pitch
}

// centred types a text about x in as many lines as it needs and returns the next baseline.
func (t *typewriter) centred(text string, x, y, width float64) float64 {
	for _, l := range t.wrap(text, width, 0) {
		t.line(l, x-t.length(l)/2, y)
		y += t.feed
	}
	return y
}

// underline strikes the underscore below what was typed.
func (t *typewriter) underline(x0, x1, y float64) {
	w := t.style.size * 0.055
	t.p.fill(line(w, t.d.wobbly(point{x0, y}, point{x1, y}, t.style.size*0.015)...), shift(0, 0), 0.85)
}

func (t *typewriter) wrap(text string, width float64, indent int) []string {
	var lines []string
	room := int(width/t.pitch) - indent
	current := ""
	for _, word := range strings.Fields(norm.NFC.String(text)) {
		longer := strings.TrimSpace(current + " " + word)
		if current != "" && len([]rune(longer)) > room {
			lines = append(lines, current)
			current, room = word, int(width/t.pitch)
			continue
		}
		current = longer
	}
	return append(lines, current)
}

// paragraph types a text with an indented first line and now and then a slip that is struck over.
func (t *typewriter) paragraph(text string, x, y, width float64, slip bool) float64 {
	const indent = 5
	words := strings.Fields(text)
	wrong := -1
	if slip && len(words) > 12 {
		wrong = 6 + t.d.random.IntN(len(words)-10)
		words = append(words[:wrong:wrong], append([]string{misspelt(words[wrong])}, words[wrong:]...)...)
	}
	n, in := 0, indent
	for _, l := range t.wrap(strings.Join(words, " "), width, indent) {
		at := x + float64(in)*t.pitch
		for _, word := range strings.Fields(l) {
			end := t.line(word, at, y)
			if n == wrong {
				t.strikeOut(at, end, y)
			}
			at, n = end+t.pitch, n+1
		}
		y, in = y+t.feed, 0
	}
	return y
}

// strikeOut types x over a word, as a typist does who has no eraser.
func (t *typewriter) strikeOut(x0, x1, y float64) {
	for x := x0; x < x1-t.pitch/2; x += t.pitch {
		t.strike('x', x, y)
		t.strike('x', x+t.d.vary(0, 0.08)*t.pitch, y)
	}
}

// misspelt swaps the two last letters of a word.
func misspelt(word string) string {
	r := []rune(norm.NFC.String(word))
	if len(r) > 1 {
		r[len(r)-1], r[len(r)-2] = r[len(r)-2], r[len(r)-1]
	}
	return string(r)
}
