package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// vietnamese lists every letter of the alphabet with every tone, small and capital.
func vietnamese() []string {
	var out []string
	for _, letter := range strings.Split("a ă â e ê i o ô ơ u ư y A Ă Â E Ê I O Ô Ơ U Ư Y", " ") {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			out = append(out, norm.NFC.String(letter+tone))
		}
	}
	return append(out, "đ", "Đ")
}

func TestEveryFaceHasVietnamese(t *testing.T) {
	for name, f := range testFonts(t) {
		drawn := map[string]string{}
		for _, letter := range vietnamese() {
			g, err := f.glyph([]rune(letter)[0])
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			shape := fmt.Sprint(g.parts)
			if other, taken := drawn[shape]; taken {
				t.Errorf("%s draws %s like %s", name, letter, other)
			}
			drawn[shape] = letter
		}
	}
}

// Marks stand clear of the letter: above it, or below for the dot, never inside another line's space.
func TestPenMarksStandClear(t *testing.T) {
	f := testFonts(t)
	for _, name := range []hand{school, scrawl} {
		for _, letter := range "ẪỔỮẶếộằỷ" {
			g, err := f[name].glyph(letter)
			if err != nil {
				t.Fatal(err)
			}
			base := g.parts[0].extent()
			all := around(nil)
			for _, p := range g.parts {
				e := p.extent()
				all = around([]point{{min(all.x0, e.x0), min(all.y0, e.y0)}, {max(all.x1, e.x1), max(all.y1, e.y1)}})
			}
			if len(g.parts) < 2 || all.y0 > base.y0-0.1 && all.y1 < base.y1+0.05 {
				t.Errorf("%s: the marks of %c are lost in the letter: %v in %v", name, letter, base, all)
			}
			if all.height() > 1.9 {
				t.Errorf("%s: %c is %.2f ems high and would touch other lines", name, letter, all.height())
			}
		}
	}
}

func TestAllSheetsCanBeSet(t *testing.T) {
	f := testFonts(t)
	sheets, err := readList("sheets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words := append([]string{footWords, overlayWords, stampWords}, filler...)
	for _, s := range sheets {
		words = append(words, s.texts()...)
	}
	for name, face := range f {
		for _, w := range slices.Compact(words) {
			if err := face.check(w); err != nil {
				t.Errorf("%s: %v in %q", name, err, w)
			}
		}
	}
}

func TestMissingFontNamesItsPackage(t *testing.T) {
	_, err := loadFonts([]string{t.TempDir()})
	if !errors.Is(err, errNoFont) || !strings.Contains(err.Error(), "apt-get install fonts-") {
		t.Errorf("got %v", err)
	}
}

func TestMissingGlyphIsAnError(t *testing.T) {
	f := testFonts(t)
	s := testSheets(t)[0]
	s.Body = []string{"Chữ 越 không có trong phông"}
	if _, _, err := drawSheet(s, f, true); err == nil || !strings.Contains(err.Error(), "has no glyph for '越'") {
		t.Errorf("got %v", err)
	}
}
