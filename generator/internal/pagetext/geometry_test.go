package pagetext

import (
	"slices"
	"testing"
)

// A box in the upper left corner of the stored pixels lies where EXIF 2.3 says that
// their first row and column are seen.
func TestUpright(t *testing.T) {
	for o, want := range []Box{{0, 0, 30, 20}, {0, 0, 30, 20}, {970, 0, 30, 20}, {970, 480, 30, 20}, {0, 480, 30, 20}, {0, 0, 20, 30}, {480, 0, 20, 30}, {480, 970, 20, 30}, {0, 970, 20, 30}, {0, 0, 30, 20}} {
		if got := (Box{0, 0, 30, 20}).Upright(1000, 500, o); got != want {
			t.Errorf("orientation %d: %v, want %v", o, got, want)
		}
	}
	p := Page{Width: 1000, Height: 500, Blocks: []Block{{Lines: []Line{{Text: "a", Box: Box{0, 0, 30, 20}, Words: []Word{{"a", Box{}}}}}}}}
	p.Upright(6)
	if l := p.Blocks[0].Lines[0]; p.Width != 500 || p.Height != 1000 || l.Box != (Box{480, 0, 20, 30}) || l.Words[0].Box != (Box{}) {
		t.Errorf("%+v", p)
	}
}

// The size of a text tells how it lay where that swaps the sides, and only there.
func TestLay(t *testing.T) {
	for _, c := range []struct {
		w, h        float64
		orientation int
		want        []int
	}{
		{700, 990, 1, []int{1}}, {700, 990, 3, []int{1, 3}}, {700, 990, 2, []int{1, 2}}, {700, 990, 6, []int{1}},
		{990, 700, 6, []int{6}}, {990, 700, 3, nil}, {990, 700, 1, nil}, {0, 0, 3, nil},
	} {
		p := Page{Width: c.w, Height: c.h}
		if got := p.Lay(700, 990, c.orientation, 1./300); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v", c, got)
		}
	}
	square := Page{Width: 500, Height: 500}
	if got := square.Lay(500, 500, 8, 1./300); !slices.Equal(got, []int{1, 8}) {
		t.Errorf("a square: %v", got)
	}
}
