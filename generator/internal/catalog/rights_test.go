package catalog

import (
	"testing"

	"vitrine/generator/internal/record"
)

// A record with images states its rights or inherits them; a published one
// inherits from published records alone.
func TestRightsOfImages(t *testing.T) {
	uri := func(u *record.Unit) { u.Rights.URI = str("http://rightsstatements.org/vocab/CNE/1.0/") }
	image := func(u *record.Unit) { u.Objects = []record.Object{{Kind: str("page")}} }
	for name, c := range map[string]struct {
		archive archive
		ok      bool
	}{
		"own":             {units(unit("f/f - fonds"), unit("f/x f item", image, uri)), true},
		"from the fonds":  {units(unit("f/f - fonds", uri), unit("f/x f item", image)), true},
		"from a hidden":   {units(unit("f/f - fonds"), unit("f/h f file", uri, state("unreviewed")), unit("f/x h item", image)), false},
		"none":            {units(unit("f/f - fonds"), unit("f/x f item", image)), false},
		"none, no images": {units(unit("f/f - fonds"), unit("f/x f item")), true},
	} {
		_, _, ds := c.archive.build(t)
		if (len(ds) == 0) != c.ok {
			t.Errorf("%s: %v", name, ds)
		}
	}
}
