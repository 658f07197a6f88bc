// Package iiif describes images and records for viewers. Of images it says, as the
// IIIF Image API 3.0 has it, where the tiles lie and how their files are named, and
// writes the document info.json that tells of them; of records it writes manifests
// and collections (Presentation API 3.0). All is of level 0: files that were made
// before anybody asks, so that any web server can give them.
package iiif

import (
	"encoding/json"
	"fmt"
	"image"
	"iter"
)

// Size is that of an image, in pixels.
type Size struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// at is the size at which an image is drawn when scale pixels become one.
func (s Size) at(scale int) Size { return Size{share(s.Width, scale), share(s.Height, scale)} }

// share is a/b, rounded up: a pixel of which only a part is left is one.
func share(a, b int) int { return (a + b - 1) / b }

// Tile is one tile of an image.
type Tile struct {
	Scale  int             // so many pixels of the image become one of the tile, across and down
	Region image.Rectangle // what it shows, in pixels of the image
	Size   Size            // of the tile itself
	Whole  bool            // it shows the whole image
}

// Path is the name of the tile's file below the folder of its image, in the
// canonical form (Image API 3.0, section 4.7).
func (t Tile) Path() string {
	region, size := "full", fmt.Sprintf("%d,%d", t.Size.Width, t.Size.Height)
	switch {
	case !t.Whole:
		region = fmt.Sprintf("%d,%d,%d,%d", t.Region.Min.X, t.Region.Min.Y, t.Region.Dx(), t.Region.Dy())
	case t.Scale == 1:
		size = "max"
	}
	return region + "/" + size + "/0/default.jpg"
}

// FullPath is the name of the file that shows a whole image at some size; max
// says that this is the image's own.
func FullPath(s Size, max bool) string {
	t := Tile{Size: s, Whole: true}
	if max {
		t.Scale = 1
	}
	return t.Path()
}

// Scales are the scales at which an image is cut into tiles of so many pixels
// a side: 1, 2, 4 … as long as more than one tile is needed, and the first at
// which one is enough.
func Scales(s Size, side int) []int {
	out := []int{1}
	for scale := 1; s.at(scale).Width > side || s.at(scale).Height > side; {
		scale *= 2
		out = append(out, scale)
	}
	return out
}

// Tiles are the tiles of an image at one scale, row by row.
func Tiles(s Size, side, scale int) iter.Seq[Tile] {
	return func(yield func(Tile) bool) {
		all := image.Rect(0, 0, s.Width, s.Height)
		step := side * scale
		for y := 0; y < s.Height; y += step {
			for x := 0; x < s.Width; x += step {
				r := image.Rect(x, y, x+step, y+step).Intersect(all)
				t := Tile{Scale: scale, Region: r, Size: Size{r.Dx(), r.Dy()}.at(scale), Whole: r == all}
				if !yield(t) {
					return
				}
			}
		}
	}
}

// Count is how many tiles an image has at all scales.
func Count(s Size, side int) (n int) {
	for _, scale := range Scales(s, side) {
		n += share(s.Width, side*scale) * share(s.Height, side*scale)
	}
	return n
}

// Image is what info.json says of an image (Image API 3.0, section 5).
type Image struct {
	ID     string // absolute address of its folder, without a slash at the end
	Size   Size
	Sizes  []Size // at which the whole image lies there, from the smallest
	Tile   int    // side of its tiles in pixels; 0 where it has none
	Rights string // address of a licence or a statement of rights; may be empty
}

// info is info.json, in the order of the standard.
type info struct {
	Context  string     `json:"@context"`
	ID       string     `json:"id"`
	Type     string     `json:"type"`
	Protocol string     `json:"protocol"`
	Profile  string     `json:"profile"`
	Width    int        `json:"width"`
	Height   int        `json:"height"`
	Sizes    []Size     `json:"sizes,omitempty"`
	Tiles    []tileInfo `json:"tiles,omitempty"`
	Rights   string     `json:"rights,omitempty"`
}

type tileInfo struct {
	Width  int   `json:"width"`
	Height int   `json:"height"`
	Scales []int `json:"scaleFactors"`
}

// MarshalJSON writes info.json.
func (i Image) MarshalJSON() ([]byte, error) {
	out := info{
		Context: "http://iiif.io/api/image/3/context.json", ID: i.ID, Type: "ImageService3",
		Protocol: "http://iiif.io/api/image", Profile: "level0",
		Width: i.Size.Width, Height: i.Size.Height, Sizes: i.Sizes, Rights: i.Rights,
	}
	if i.Tile > 0 {
		out.Tiles = []tileInfo{{i.Tile, i.Tile, Scales(i.Size, i.Tile)}}
	}
	return json.Marshal(out)
}
