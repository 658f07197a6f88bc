package main

import (
	"bytes"
	"errors"
	"image"
	"os"
	"path"
	"strings"
	"testing"
)

// lacking skips a test where the machine lacks what only drawing needs, and
// fails it in CI.
func lacking(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	t.Skip("skipped: ", err)
}

// testFonts loads the fonts, or skips where their Debian packages are not installed: the drawn images are
// committed, so a machine that only builds the site does not need them.
func testFonts(t *testing.T) fonts {
	t.Helper()
	f, err := loadFonts(strings.Split(fontFolders, ":"))
	if errors.Is(err, errNoFont) {
		lacking(t, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func testSheets(t *testing.T) []Sheet {
	t.Helper()
	sheets, err := readList("testdata/sheets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return sheets
}

func TestEveryKindIsInTheTestList(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range testSheets(t) {
		seen[s.Kind] = true
	}
	for _, k := range kindNames() {
		if !seen[k] {
			t.Errorf("no test sheet of kind %s", k)
		}
	}
}

func TestSameSeedSameImage(t *testing.T) {
	f := testFonts(t)
	for _, s := range testSheets(t) {
		t.Run(s.Kind, func(t *testing.T) {
			first, _, err := drawSheet(s, f, true)
			if err != nil {
				t.Fatal(err)
			}
			second, _, err := drawSheet(s, f, true)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Pix, second.Pix) {
				t.Error("two drawings of one sheet differ")
			}
			s.Seed++
			other, _, err := drawSheet(s, f, true)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Equal(first.Pix, other.Pix) {
				t.Error("another seed drew the same sheet")
			}
		})
	}
}

// Every third of a sheet, wherever it is cut, keeps MINH HOẠ whole and visible, and the foot says the rest.
func TestMarksSurviveCrops(t *testing.T) {
	f := testFonts(t)
	for _, s := range testSheets(t) {
		t.Run(s.Kind, func(t *testing.T) {
			marked, marks, err := drawSheet(s, f, true)
			if err != nil {
				t.Fatal(err)
			}
			bare, _, err := drawSheet(s, f, false)
			if err != nil {
				t.Fatal(err)
			}
			w, h := float64(s.Size[0]), float64(s.Size[1])
			for i := range 9 {
				for j := range 9 {
					x, y := w*float64(i)/12, h*float64(j)/12
					if !anyInside(marks, box{x, y, x + w/3, y + h/3}) {
						t.Fatalf("the third at %.0f, %.0f holds no whole %q", x, y, overlayWords)
					}
				}
			}
			for _, m := range marks {
				if d := difference(marked, bare, m.extent()); d < 1.2 {
					t.Errorf("%q at %v changes the sheet by only %.2f levels", m.words, m.extent(), d)
				}
			}
			if last := marks[len(marks)-1]; last.words != footWords || last.extent().y0 < h*0.9 {
				t.Errorf("the last mark is %q at %v, not the foot", last.words, last.extent())
			}
		})
	}
}

func anyInside(marks []mark, b box) bool {
	for _, m := range marks {
		if m.words == overlayWords && b.contains(m.extent()) {
			return true
		}
	}
	return false
}

// difference is the mean change of a colour level inside a box.
func difference(a, b *image.RGBA, where box) float64 {
	r := pixels(where).Intersect(a.Rect)
	sum := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for i := a.PixOffset(r.Min.X, y); i < a.PixOffset(r.Max.X-1, y); i++ {
			sum += max(int(a.Pix[i])-int(b.Pix[i]), int(b.Pix[i])-int(a.Pix[i]))
		}
	}
	return float64(sum) / float64(3*r.Dx()*r.Dy())
}

func TestProseWithoutBodyIsFilled(t *testing.T) {
	for _, s := range testSheets(t) {
		s.Body, s.Fields = nil, nil
		if got := len(s.filled().Body); (got > 0) != prose[s.Kind] {
			t.Errorf("%s without a body has %d paragraphs", s.Kind, got)
		}
		s.Body = []string{"của mình"}
		if got := s.filled().Body; len(got) != 1 {
			t.Errorf("%s lost its own words: %q", s.Kind, got)
		}
	}
}

func TestWordsThatDoNotFitAreAnError(t *testing.T) {
	f := testFonts(t)
	for _, s := range testSheets(t) {
		long := strings.Repeat("Câu này lặp lại cho đến khi tràn trang. ", 120)
		switch s.Kind {
		case "mount", "photo-mount":
			s.Note = long
		case "card", "index-card", "ledger-page":
			for range 30 {
				s.Fields = append(s.Fields, [2]string{"Mục", "giá trị"})
			}
		case "route-sketch":
			continue // its words are single lines that shrink
		default:
			s.Body = []string{long}
		}
		if _, _, err := drawSheet(s, f, true); err == nil || !strings.Contains(err.Error(), "do not fit") {
			t.Errorf("%s: overflowing words gave %v", s.Kind, err)
		}
	}
}

func TestDrawAllWritesFiles(t *testing.T) {
	f := testFonts(t)
	sheets, err := matching(testSheets(t), "t/[mp]*")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, r := range drawAll(sheets, f, dir) {
		if errors.Is(r.err, errNoTool) {
			lacking(t, r.err)
		}
		if r.err != nil {
			t.Fatal(r.file, r.err)
		}
	}
	for _, s := range sheets {
		config, format := imageConfig(t, s.target(dir))
		want := map[string]string{".jpg": "jpeg", ".png": "png"}[path.Ext(s.File)]
		if format != want || config.Width != s.Size[0] || config.Height != s.Size[1] {
			t.Errorf("%s: %s of %d × %d", s.File, format, config.Width, config.Height)
		}
	}
}
