package generator

import (
	"encoding/json"
	"slices"
	"strings"

	"vitrine/generator/iiif"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// tiling says which images are cut into tiles (site.yaml, images).
type tiling struct {
	above int64 // pixels of the image as it is published
	side  int   // of a tile in pixels
}

// What is tiled where site.yaml does not say: from 12 megapixels on a browser
// takes long to load and to draw the whole.
const (
	defaultTilesAbove = 12 // megapixels
	defaultTileSize   = 512
)

func tilingOf(s record.ImageSettings) tiling {
	above, side := defaultTilesAbove, defaultTileSize
	if s.TilesAbove != nil {
		above = s.TilesAbove.V
	}
	if s.TileSize.V > 0 {
		side = s.TileSize.V
	}
	return tiling{int64(above) * 1_000_000, side}
}

// widths of the derivatives in pixels.
var widths = []int{320, 640, page.WidestSource}

// specs are what is made of a master of which no side may exceed maxPx.
func (t tiling) specs(in derive.Info, maxPx int32) (out []derive.Spec) {
	for i := range in.Pages {
		for _, s := range t.specsOfPage(in.Page(i), maxPx) {
			s.Page = i
			out = append(out, s)
		}
	}
	return out
}

// specsOfPage are what is made of a page: an IIIF image with tiles where what may be
// published is large, else a file for each width, and one at its own width for those
// who want to see all of it.
func (t tiling) specsOfPage(in derive.Info, maxPx int32) (out []derive.Spec) {
	side := int(maxPx)
	if s := in.Within(side); int64(s.Width)*int64(s.Height) > t.above {
		return []derive.Spec{{Width: derive.Full, MaxSide: side, Tile: t.side, Sizes: append(slices.Clone(widths), derive.Full)}}
	}
	for _, w := range widths {
		if w <= in.Width {
			out = append(out, derive.Spec{Width: w, MaxSide: side})
		}
	}
	if !slices.Contains(widths, in.Width) {
		out = append(out, derive.Spec{Width: derive.Full, MaxSide: side})
	}
	return out
}

// infoName is the file beside the tiles of an image that tells of them.
const infoName = "info.json"

// imageInfo is that file (Image API 3.0, section 5). There is none where there
// are no tiles, nor where the site has no address, which it must give. It lists
// the smaller sizes: the image's own is always to be had, as max.
func imageInfo(base string, d derive.Derived) ([]byte, error) {
	if base == "" || d.Tile == 0 {
		return nil, nil
	}
	own := iiif.Size{Width: d.Width, Height: d.Height}
	smaller := unmistakable(slices.DeleteFunc(slices.Clone(d.Sizes), func(s iiif.Size) bool { return s == own }), len(iiif.Scales(own, d.Tile)))
	data, err := json.MarshalIndent(iiif.Image{ID: strings.TrimSuffix(base, "/") + "/" + d.Name, Size: own, Sizes: smaller, Tile: d.Tile}, "", "  ")
	return append(data, '\n'), err
}

// unmistakable leaves out the largest of the sizes of an image of so many scales until
// nobody takes the sizes for the scales: OpenSeadragon, on which Mirador and Clover are
// built, does so where there are as many, or one less, and then asks for tiles that are
// not there.
func unmistakable(sizes []iiif.Size, scales int) []iiif.Size {
	for len(sizes) > 0 && (len(sizes) == scales || len(sizes) == scales-1) {
		sizes = sizes[:len(sizes)-1]
	}
	return sizes
}
