package catalog

import (
	"testing"

	"vitrine/generator/internal/record"
)

// A record of which a sound was made, and no picture, has no thumbnail; what was made is
// told all the same.
func TestASoundHasNoThumbnail(t *testing.T) {
	thumbs := &Thumbs{at: make([]uint32, 3), langs: 1}
	thumbs.Set(1, Thumb{Sum: record.Sum{7}})
	if th, ok := thumbs.Of(1); ok || th.Sum != (record.Sum{7}) || thumbs.Has(1) || thumbs.Any() {
		t.Errorf("%+v, %t, %t", th, ok, thumbs.Has(1))
	}
	thumbs.Set(2, Thumb{Name: "media/a.jpg", Width: 320, Height: 200})
	if th, ok := thumbs.Of(2); !ok || th.Name != "media/a.jpg" || !thumbs.Has(2) || thumbs.Has(0) || !thumbs.Any() {
		t.Errorf("%+v, %t", th, ok)
	}
}
