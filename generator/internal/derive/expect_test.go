package derive

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// What is expected of a master is what is made of it, whichever way up it lies.
func TestExpectIsWhatMakeGives(t *testing.T) {
	for name, master := range map[string][]byte{"wide": jpegBytes(t, corners(700, 401)), "small": jpegBytes(t, corners(33, 90))} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{"m": {Data: master}}
			c, err := New(t.TempDir(), 0)
			if err != nil {
				t.Fatal(err)
			}
			specs := []Spec{{Width: 320, MaxSide: 300}, {Width: 640}, {Width: Full}, {Tile: 128, Sizes: []int{320, 640, Full}}, {Tile: 128, MaxSide: 300}}
			expected, err := c.Expect(context.Background(), fsys, "m", specs)
			if err != nil || c.Stats().Decoded != 0 {
				t.Fatal(err, c.Stats())
			}
			made, err := c.Make(context.Background(), fsys, "m", specs)
			if err != nil || len(made) != len(expected) {
				t.Fatal(err, made, expected)
			}
			for i, d := range made {
				d.Bytes, d.SHA256, d.Path = 0, "", ""
				if diff := cmp.Diff(expected[i], d); diff != "" {
					t.Errorf("expected, but made: %s", diff)
				}
			}
		})
	}
}
