package derive

import (
	"context"
	"image"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// Pages of text are told from photographs, and black and white from both.
func TestQualityByContent(t *testing.T) {
	for name, c := range map[string]struct {
		draw func(x, y int, dice *rand.Rand) uint8
		want int
	}{
		"typescript": {func(x, y int, dice *rand.Rand) uint8 {
			if y%40 > 24 && x%13 < 4 && x > 80 && x < 700 {
				return uint8(40 + dice.IntN(30))
			}
			return uint8(200 + dice.IntN(30))
		}, textQuality},
		"line art":            {func(x, y int, _ *rand.Rand) uint8 { return uint8(255 * (x / 9 % 2)) }, lineQuality},
		"photograph":          {func(x, y int, dice *rand.Rand) uint8 { return uint8((x + y) / 7 % 256) }, photographQuality},
		"night, and one lamp": {func(x, y int, dice *rand.Rand) uint8 { return uint8(30 + dice.IntN(20)) }, photographQuality},
	} {
		dice, m := rand.New(rand.NewPCG(1, 2)), image.NewGray(image.Rect(0, 0, 800, 1100))
		for y := range 1100 {
			for x := range 800 {
				m.SetGray(x, y, color.Gray{c.draw(x, y, dice)})
			}
		}
		if got := newPyramid(newSheet(m, header{gray: true})).quality(); got != c.want {
			t.Errorf("%s: quality %d, want %d", name, got, c.want)
		}
	}
}

// What is made without a quality is what is made with the one that suits it.
func TestQualityOfRealPages(t *testing.T) {
	dir, err := filepath.Abs("../../../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	for name, want := range map[string]int{
		"collections/testaments-de-poilus/objects/TestamentsDePoilus_will_AD78_0005-1.jpg": textQuality,
		"large-scans/FRAN_0187_49914_L.jpg":                                                textQuality,
		"large-scans/book-pages/OCR-D-IMG-dannhauer_catechismus04_1653-0585.jpg":           textQuality,
		"collections/fsa-photographs/evans-fields-family-a.jpg":                            photographQuality,
		"collections/fsa-photographs/lange-mother-b.jpg":                                   photographQuality,
		"images/exif-orientation/Landscape_1.jpg":                                          photographQuality,
	} {
		made, err := newCache(t, 0).Make(context.Background(), os.DirFS(dir), name, []Spec{{Width: 320}, {Width: 320, Quality: want}})
		if err != nil || len(made) != 2 {
			t.Fatal(name, err, len(made))
		}
		if made[0].SHA256 != made[1].SHA256 || made[0].Name == made[1].Name {
			t.Errorf("%s: not of quality %d", name, want)
		}
	}
}
