package iiif

import (
	"encoding/json"
	"image"
	"reflect"
	"testing"
)

// Tiles cover every pixel of an image once at every scale, and the files of a
// small one bear the names that the standard gives.
func TestTilesCoverTheImage(t *testing.T) {
	for _, s := range []Size{{1, 1}, {512, 512}, {513, 512}, {1000, 1000}, {5365, 4276}, {40, 9000}} {
		n, names := 0, map[string]bool{}
		for _, scale := range Scales(s, 512) {
			area := 0
			for tile := range Tiles(s, 512, scale) {
				n++
				area += tile.Region.Dx() * tile.Region.Dy()
				if tile.Size.Width > 512 || tile.Size.Height > 512 || tile.Size.Width < 1 || tile.Size.Height < 1 {
					t.Errorf("%v at 1:%d: a tile of %v", s, scale, tile.Size)
				}
				if names[tile.Path()] {
					t.Errorf("%v: two tiles are called %s", s, tile.Path())
				}
				names[tile.Path()] = true
			}
			if area != s.Width*s.Height {
				t.Errorf("%v at 1:%d: tiles cover %d pixels of %d", s, scale, area, s.Width*s.Height)
			}
		}
		if n != Count(s, 512) {
			t.Errorf("%v: %d tiles, counted %d", s, n, Count(s, 512))
		}
	}
}

func TestTileNames(t *testing.T) {
	var got []string
	s := Size{1000, 600}
	for _, scale := range Scales(s, 512) {
		for tile := range Tiles(s, 512, scale) {
			got = append(got, tile.Path())
		}
	}
	want := []string{
		"0,0,512,512/512,512/0/default.jpg", "512,0,488,512/488,512/0/default.jpg",
		"0,512,512,88/512,88/0/default.jpg", "512,512,488,88/488,88/0/default.jpg",
		"full/500,300/0/default.jpg",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	for tile := range Tiles(Size{300, 200}, 512, 1) {
		if got := tile.Path(); got != "full/max/0/default.jpg" || tile.Region != image.Rect(0, 0, 300, 200) {
			t.Errorf("one tile is the image: %s", got)
		}
	}
	if got := FullPath(Size{320, 200}, false); got != "full/320,200/0/default.jpg" {
		t.Error(got)
	}
}

// info.json has the members and fixed values of the standard's example (Image
// API 3.0, section 5.1).
func TestInfoAsTheStandardHasIt(t *testing.T) {
	b, err := json.Marshal(Image{ID: "https://example.org/iiif/a1", Size: Size{6000, 4000}, Sizes: []Size{{150, 100}, {360, 240}}, Tile: 512, Rights: "http://rightsstatements.org/vocab/InC-EDU/1.0/"})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"@context": "http://iiif.io/api/image/3/context.json", "type": "ImageService3", "protocol": "http://iiif.io/api/image",
		"profile": "level0", "id": "https://example.org/iiif/a1", "width": 6000.0, "height": 4000.0,
	} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
	tiles := got["tiles"].([]any)[0].(map[string]any)
	if want := []any{1.0, 2.0, 4.0, 8.0, 16.0}; !reflect.DeepEqual(tiles["scaleFactors"], want) || tiles["width"] != 512.0 {
		t.Errorf("tiles: %v", tiles)
	}
}
