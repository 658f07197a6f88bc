package pdf

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// signs is a page with fonts of signs: Z, whose n is a black square and whose l is a
// black circle, and T, drawn in the file itself, whose n is a full block and A a frame.
func signs(content string) made {
	glyph := func(body string) string { return stream("", "1000 0 0 -200 1000 900 d1 "+body) }
	return made{
		contents: []string{content},
		page:     "/Resources << /Font << /F1 5 0 R /B1 6 0 R /Z 20 0 R /T 21 0 R >> /ExtGState << /Half << /ca 0.5 >> >> >>",
		objects: []string{
			"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
			"<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 1000 900] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /A 22 0 R /n 23 0 R >> /Encoding << /Type /Encoding /Differences [65 /A 110 /n] >> /FirstChar 65 /LastChar 110 /Widths [1000 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1000] /Resources << >> >>",
			glyph("0 0 1000 700 re 100 100 800 500 re f*"), glyph("0 -200 1000 1100 re f"),
		}}
}

// set writes a text in a font and size, from a place on.
func set(font, size, x, y, text string) string {
	return "BT /" + font + " " + size + " Tf " + x + " " + y + " Td (" + text + ") Tj ET\n"
}

// In solidOver glyphs are boxes over a text, in solidBeside they are not.
var (
	solidOver = map[string]made{
		"squares":                signs(show(700, secret) + set("Z", "14", "98", "698", "nnnnn")),
		"white squares":          signs(show(700, secret) + "1 g " + set("Z", "14", "98", "698", "nnnnn")),
		"circles":                signs(set("F1", "9", "100", "700", "ABCDEFGHIJ") + set("Z", "20", "98", "696", "lll")),
		"a large square":         signs(set("F1", "9", "100", "700", "ABCDEFGHIJ") + set("Z", "90", "98", "680", "n")),
		"blocks":                 signs(show(700, secret) + set("T", "12", "98", "700", "nnnnn")),
		"blocks that turn":       signs("BT /F1 12 Tf 0 1 -1 0 300 400 Tm (" + secret + ") Tj /T 12 Tf 0 1 -1 0 300 430 Tm (nnnnn) Tj ET"),
		"in the same text":       signs("BT /T 12 Tf 72 700 Td [(AAAAAAA) 6000 (nnnnnn)] TJ ET"),
		"under in the same text": signs("BT /T 12 Tf 72 700 Td [(nnnnnnn) 6000 (AAAAAA)] TJ ET"),
	}
	solidBeside = map[string]made{
		"bullets":                  signs(set("Z", "12", "55", "700", "n") + show(700, secret)),
		"white on squares":         signs(set("Z", "14", "98", "698", "nnnnn") + "1 g " + set("F1", "9", "100", "700", "ABCDEFGHIJ")),
		"numbers in circles":       signs(set("Z", "20", "98", "696", "l") + "1 g " + set("F1", "9", "104", "701", "12")),
		"squares set twice":        signs(set("Z", "14", "98", "698", "nnnnn") + set("Z", "14", "98.3", "698", "nnnnn")),
		"squares that let through": signs(show(700, secret) + "/Half gs " + set("Z", "14", "98", "698", "nnnnn")),
		"bold by setting twice":    signs(show(700, secret) + set("F1", "12", "72.3", "700", secret)),
		"large bold set twice":     signs(set("B1", "60", "72", "600", "IHMNELMB.") + set("B1", "60", "73", "600", "IHMNELMB.")),
		"a shadow":                 signs("0.6 g " + set("B1", "24", "73", "599", "BIA MAU") + "0 g " + set("B1", "24", "72", "600", "BIA MAU")),
		"small print set twice":    signs(set("B1", "4", "72", "600", secret) + set("B1", "4", "72.4", "600", secret) + set("B1", "3", "73", "600.3", "MMMMMMMMMMMM")),
		"labels that cross":        signs(set("B1", "7", "72", "600", secret) + "BT /B1 7 Tf 0.9 0.4 -0.4 0.9 75 596 Tm (DUONG HAM NGHI) Tj ET " + set("B1", "8", "76", "601", "MMM BUU DIEN")),
		"dots set twice":           signs(show(700, "..........") + show(700, "..........")),
		"struck out by hyphens":    signs(show(700, secret) + set("F1", "12", "98", "700", "------------")),
		"underlined by characters": signs(show(700, secret) + set("F1", "12", "98", "700", "____________")),
		"typed over":               signs(show(700, secret) + set("F1", "12", "72", "700", "XXXXXXXXXXXXXXXX")),
	}
)

func TestCoveredByGlyphs(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	for name, m := range solidOver {
		t.Run(name, func(t *testing.T) {
			if n := covered(t, e, m.bytes())[0]; n < 5 || n > 30 {
				t.Errorf("%d characters", n)
			}
		})
	}
	for name, m := range solidBeside {
		t.Run(name, func(t *testing.T) {
			if n := covered(t, e, m.bytes())[0]; n != 0 {
				t.Errorf("%d characters", n)
			}
		})
	}
}

// What characters share is told by cells as it is by comparing each with each.
func TestOverlaps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		s := &sheet{w: 1 + r.IntN(200), h: 1 + r.IntN(200)}
		page := box{0, 0, float64(s.w), float64(s.h)}
		x := &text{sheet: s}
		for range 30 {
			x0, y0 := page.x1*(r.Float64()*1.4-0.3), page.y1*(r.Float64()*1.4-0.3)
			x.chars = append(x.chars, char{box: box{x0, y0, x0 + 60*r.Float64(), y0 + 60*r.Float64()}})
		}
		got, err := x.overlaps()
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range x.chars {
			want := 0.0
			for j, d := range x.chars {
				if i != j {
					want += c.box.within(d.box).within(page).area()
				}
			}
			if math.Abs(got[i]-want) > 1e-6 {
				t.Fatalf("%v: %v, want %v", c.box, got[i], want)
			}
		}
	}
}

// Characters without number in one place do not keep the search from ending.
func TestTooManyOverlaps(t *testing.T) {
	x := &text{sheet: &sheet{d: &Document{ctx: context.Background()}, w: 10, h: 10}, chars: make([]char, maxChars)}
	for i := range x.chars {
		x.chars[i].box = box{1, 1, 5, 5}
	}
	var p *Problem
	if _, err := x.overlaps(); !errors.As(err, &p) {
		t.Error(err)
	}
}
