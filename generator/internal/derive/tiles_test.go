package derive

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/generator/iiif"
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
	file := filepath.Join("..", "..", "..", "..", "shared", "data", "iiif", "image-validator", "67352ccc-d1b0-11e1-89ae-279075081939.png")
	switch f, err := os.Open(file); {
	case err != nil:
		t.Logf("without the reference image of the IIIF validator, which is not beside the checkout: %v", err)
	default:
		defer f.Close()
		if masters["validator"], err = png.Decode(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, m := range masters {
		t.Run(name, func(t *testing.T) { checkTiles(t, m, 256) })
	}
}

func checkTiles(t *testing.T, m image.Image, side int) {
	c := newCache(t, 0)
	made, err := c.Make(context.Background(), fstest.MapFS{"m": {Data: pngBytes(t, m)}}, "m", []Spec{{Tile: side, Quality: 100}})
	if err != nil {
		t.Fatal(err)
	}
	size := iiif.Size{Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}
	if len(made) != iiif.Count(size, side) {
		t.Fatalf("%d tiles, want %d", len(made), iiif.Count(size, side))
	}
	for _, scale := range iiif.Scales(size, side) {
		for tile := range iiif.Tiles(size, side, scale) {
			d := made[0]
			made = made[1:]
			b, err := os.ReadFile(d.Path)
			if err != nil || !strings.HasSuffix(d.Name, "/"+tile.Path()) {
				t.Fatalf("%s, want %s: %v", d.Name, tile.Path(), err)
			}
			got, err := jpeg.Decode(bytes.NewReader(b))
			if err != nil || got.Bounds() != image.Rect(0, 0, tile.Size.Width, tile.Size.Height) {
				t.Fatalf("%s: %v, %v", d.Name, got.Bounds(), err)
			}
			if off := offAtCentres(m, got, tile); off > 6 {
				t.Errorf("%s is %d levels off", tile.Path(), off)
			}
		}
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
	made, err := c.Make(context.Background(), fsys, "m", []Spec{{Tile: 256, MaxSide: 600}})
	if err != nil || len(made) != iiif.Count(iiif.Size{Width: 600, Height: 450}, 256) {
		t.Fatalf("%d tiles, %v", len(made), err)
	}
	for _, d := range made {
		if strings.Contains(d.Name, "/600,") || strings.Contains(d.Name, "/1024,") {
			t.Errorf("%s lies beyond the limit", d.Name)
		}
	}
}
