package generator

import (
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/record"
)

// Where site.yaml does not say, what may be published at more than 12 megapixels is cut into tiles
// of 512 pixels, and nothing else is.
func TestTilesByDefault(t *testing.T) {
	for _, c := range []struct {
		width, height int
		maxPx         int32
		tile          int
	}{
		{4000, 3000, 0, 0}, {4001, 3000, 0, 512}, {3000, 4001, 0, 512}, {8000, 6000, 0, 512},
		{8000, 6000, 4000, 0}, {8000, 6000, 4002, 512}, // what the clearance lets out counts
	} {
		in := derive.Info{Width: c.width, Height: c.height, Pages: 1}
		specs := tilingOf(record.ImageSettings{}).specs(in, c.maxPx)
		for _, s := range specs {
			if s.Tile != c.tile {
				t.Errorf("%d × %d, up to %d: tiles of %d pixels, want %d", c.width, c.height, c.maxPx, s.Tile, c.tile)
			}
		}
		if want := map[bool]int{true: len(widths) + 1, false: 1}[c.tile == 0]; len(specs) != want {
			t.Errorf("%d × %d, up to %d: %d derivatives, want %d", c.width, c.height, c.maxPx, len(specs), want)
		}
	}
}

// Where site.yaml does not say, more than 20,000 files are warned of.
func TestManyFilesByDefault(t *testing.T) {
	for files, want := range map[int]int{20_000: 0, 20_001: 1} {
		r := &Report{Diags: new(diag.List), Result: publish.Result{Written: files - 7, Unchanged: 7}}
		if r.manyFiles(new(record.Site)); r.Diags.Warnings() != want {
			t.Errorf("%d files: %d warnings, want %d", files, r.Diags.Warnings(), want)
		}
		if want == 1 && !strings.Contains(r.Diags.Sorted()[0].Msg.En, "20001 files, more than the 20000") {
			t.Errorf("%q", r.Diags.Sorted()[0].Msg.En)
		}
	}
}
