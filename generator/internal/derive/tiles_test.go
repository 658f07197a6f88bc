package derive

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/generator/iiif"

	"github.com/google/go-cmp/cmp"
)

// squares is an image of squares of 100 pixels, each of its own colour.
func squares(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := y/100*7 + x/100*3
			m.SetRGBA(x, y, color.RGBA{uint8(i * 53), uint8(255 - i*31), uint8(i * 97), 255})
		}
	}
	return m
}

// Every tile shows what lies there in the master, at every scale, and is named
// for it.
func TestTilesShowTheirRegions(t *testing.T) {
	masters := map[string]image.Image{"odd sides": squares(1337, 905), "one tile": squares(200, 120), "a strip": squares(90, 1400)}
	for name, m := range masters {
		t.Run(name, func(t *testing.T) { checkTiles(t, m, 256) })
	}
	t.Run("validator", func(t *testing.T) {
		f, err := os.Open("../../../../shared/data/iiif/image-validator/67352ccc-d1b0-11e1-89ae-279075081939.png")
		if err != nil {
			t.Skip("skipped: the reference image of the IIIF validator is not in ../shared/data/iiif beside the repository")
		}
		defer f.Close()
		m, err := png.Decode(f)
		if err != nil {
			t.Fatal(err)
		}
		checkTiles(t, m, 256)
	})
}

func checkTiles(t *testing.T, m image.Image, side int) {
	c := newCache(t, 0)
	made, err := c.Make(context.Background(), fstest.MapFS{"m": {Data: pngBytes(t, m)}}, "m", []Spec{{Tile: side, Quality: 100}})
	if err != nil || len(made) != 1 {
		t.Fatal(made, err)
	}
	size := iiif.Size{Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}
	files := maps.Collect(made[0].Files())
	check := func(tile iiif.Tile) {
		name := made[0].Name + "/" + tile.Path()
		got := decoded(t, files[name])
		delete(files, name)
		if got.Bounds() != image.Rect(0, 0, tile.Size.Width, tile.Size.Height) {
			t.Fatalf("%s: %v", name, got.Bounds())
		}
		if off := offAtCentres(m, got, tile); off > 6 {
			t.Errorf("%s is %d levels off", tile.Path(), off)
		}
	}
	for _, scale := range iiif.Scales(size, side) {
		for tile := range iiif.Tiles(size, side, scale) {
			check(tile)
		}
	}
	if len(files) > 0 {
		t.Errorf("more than tiles: %v", files)
	}
}

func decoded(t *testing.T, file string) image.Image {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return m
}

// The whole image lies beside its tiles at the sizes asked for, each once, and
// is what a single file of that width would be.
func TestSizesLieBesideTiles(t *testing.T) {
	c := newCache(t, 0)
	fsys := fstest.MapFS{"m": {Data: jpegBytes(t, squares(1200, 900))}}
	specs := []Spec{{Tile: 256, Sizes: []int{150, 320, 4000, Full}}, {Width: 320}}
	made, err := c.Make(context.Background(), fsys, "m", specs)
	if err != nil {
		t.Fatal(err)
	}
	names, folder := map[string]int{}, made[0].Name+"/"
	for name := range made[0].Files() {
		names[strings.TrimPrefix(name, folder)]++
	}
	// At the scale of 8 one tile of 150 × 113 pixels shows all, as the first size does.
	if want := iiif.Count(iiif.Size{Width: 1200, Height: 900}, 256) + 2; len(names) != want || names["full/150,113/0/default.jpg"] != 1 || names["full/max/0/default.jpg"] != 1 {
		t.Errorf("%d files, want %d: %v", len(names), want, names)
	}
	var shown []string
	for _, p := range made[0].Pictures() {
		shown = append(shown, strings.TrimPrefix(p.Name, folder))
		if b := decoded(t, c.path(p.Name)).Bounds(); b.Dx() != p.Width || b.Dy() != p.Height {
			t.Errorf("%s: %v", p.Name, b)
		}
	}
	if diff := cmp.Diff([]string{"full/150,113/0/default.jpg", "full/320,240/0/default.jpg", "full/max/0/default.jpg"}, shown); diff != "" {
		t.Error(diff)
	}
	beside, err := os.ReadFile(c.path(made[0].Pictures()[1].Name))
	if alone, err2 := os.ReadFile(made[1].Path); err != nil || err2 != nil || !bytes.Equal(beside, alone) {
		t.Error("the size is not what a single file of its width is", err, err2)
	}
}

// A folder is one derivative: where one of its files is spoilt, shorter or
// gone, it is not whole, and is made again.
func TestSpoiltTilesAreMadeAgain(t *testing.T) {
	fsys := fstest.MapFS{"m": {Data: jpegBytes(t, squares(700, 500))}}
	specs := []Spec{{Tile: 256, Sizes: []int{320}}}
	for what, spoil := range map[string]func(file string) error{
		"gone":    os.Remove,
		"shorter": func(file string) error { return os.Truncate(file, 100) },
		"other bytes": func(file string) error {
			b, err := os.ReadFile(file)
			if err == nil {
				b[len(b)/2] ^= 1
				err = os.WriteFile(file, b, 0o644)
			}
			return err
		},
	} {
		t.Run(what, func(t *testing.T) {
			c := newCache(t, 0)
			make := func() Derived {
				made, err := c.Make(context.Background(), fsys, "m", specs)
				if err != nil {
					t.Fatal(err)
				}
				return made[0]
			}
			d := make()
			if !c.Whole(&d) {
				t.Fatal("not whole as it was made")
			}
			if err := spoil(c.path(d.Name + "/256,256,256,244/256,244/0/default.jpg")); err != nil {
				t.Fatal(err)
			}
			if c.Whole(&d) {
				t.Error("whole though it is spoilt")
			}
			again := make()
			if diff := cmp.Diff(d, again); diff != "" || !c.Whole(&again) || c.Stats().Decoded != 2 {
				t.Error(diff, c.Stats())
			}
		})
	}
}

// offAtCentres is how far the middle of a square is off at most, of those that
// lie in a tile with room around it for the JPEG's own blur.
func offAtCentres(m, got image.Image, tile iiif.Tile) (worst int) {
	for y := 50; y < m.Bounds().Dy(); y += 100 {
		for x := 50; x < m.Bounds().Dx(); x += 100 {
			at := image.Pt(x, y)
			if tile.Scale > 4 || !at.In(tile.Region.Inset(8*tile.Scale)) || x+40 > m.Bounds().Dx() || y+40 > m.Bounds().Dy() {
				continue
			}
			in := at.Sub(tile.Region.Min).Div(tile.Scale)
			worst = max(worst, apart(m.At(x, y), got.At(in.X, in.Y)))
		}
	}
	return worst
}

func apart(a, b color.Color) int {
	r, g, l, _ := a.RGBA()
	r2, g2, l2, _ := b.RGBA()
	d := func(a, b uint32) int { return max(int(a>>8)-int(b>>8), int(b>>8)-int(a>>8)) }
	return max(d(r, r2), d(g, g2), d(l, l2))
}

// A clearance that limits the longest side limits tiles too.
func TestTilesKeepToTheLimit(t *testing.T) {
	c := newCache(t, 0)
	fsys := fstest.MapFS{"m": {Data: jpegBytes(t, squares(1200, 900))}}
	made, err := c.Make(context.Background(), fsys, "m", []Spec{{Tile: 256, MaxSide: 600, Sizes: []int{Full}}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for name := range made[0].Files() {
		n++
		if strings.Contains(name, "/600,") || strings.Contains(name, "/1024,") {
			t.Errorf("%s lies beyond the limit", name)
		}
	}
	if n != iiif.Count(iiif.Size{Width: 600, Height: 450}, 256)+1 { // with the whole
		t.Errorf("%d files", n)
	}
	if b := decoded(t, c.path(made[0].Name+"/full/max/0/default.jpg")).Bounds(); b.Dx() != 600 || b.Dy() != 450 {
		t.Errorf("the whole image is of %v", b)
	}
}
