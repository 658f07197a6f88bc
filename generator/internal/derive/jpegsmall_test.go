package derive

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"math"
	"reflect"
	"testing"
)

// What is decoded smaller is what is made of the whole, within what a pixel is rounded to: a picture that
// has nothing finer than its small pixels, in light and colour, baseline and progressive, at odd sizes.
func TestDecodedSmaller(t *testing.T) {
	for _, size := range []image.Point{{640, 480}, {641, 487}, {8, 8}, {9, 130}, {1, 1}, {2000, 17}} {
		m := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
		wave := func(x, y int, by, phase float64) uint8 {
			return uint8(128 + 70*math.Sin(float64(x)/by+phase) + 40*math.Cos(float64(y)/by))
		}
		for y := range size.Y {
			for x := range size.X {
				m.Y[m.YOffset(x, y)] = wave(x, y, 40, 0)
				m.Cb[m.COffset(x, y)], m.Cr[m.COffset(x, y)] = wave(x, y, 90, 1), wave(x, y, 120, 2)
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 100}); err != nil {
			t.Fatal(err)
		}
		src, h := headed(t, b.Bytes())
		want, err := decode(src, h)
		if err != nil {
			t.Fatal(err)
		}
		scans, inScans := headed(t, transcoded(t, b.Bytes(), "-progressive"))
		for n := 2; n <= maxShrunk; n *= 2 {
			h, inScans := h, inScans
			h.shrink(n)
			inScans.shrink(n)
			got, err := decode(src, h)
			if err != nil {
				t.Fatalf("%v, %d times smaller: %v", size, n, err)
			}
			if same, err := decode(scans, inScans); err != nil || !reflect.DeepEqual(same, got) {
				t.Errorf("%v, %d times smaller: a progressive file makes other pixels: %v", size, n, err)
			}
			for i, p := range [][2]plane{{got.y, want.y.shrunk(n, n)}, {got.cb, want.cb.shrunk(n, n)}, {got.cr, want.cr.shrunk(n, n)}} {
				if p[0].w != p[1].w || p[0].h != p[1].h {
					t.Errorf("%v, %d times smaller, channel %d: %d × %d pixels, not %d × %d", size, n, i, p[0].w, p[0].h, p[1].w, p[1].h)
					continue
				}
				for y := range p[0].h {
					for x, v := range p[0].row(y) {
						edge := x == p[0].w-1 || y == p[0].h-1 // a pixel there stands for fewer
						if far := math.Abs(float64(v) - float64(p[1].row(y)[x])); far > 3 && !edge {
							t.Fatalf("%v, %d times smaller, channel %d: %d at (%d, %d), not %d", size, n, i, v, x, y, p[1].row(y)[x])
						}
					}
				}
			}
		}
	}
}

func headed(t *testing.T, file []byte) (*source, header) {
	t.Helper()
	src := &source{ctx: context.Background(), r: bytes.NewReader(file), size: int64(len(file))}
	h, err := probe(src)
	if err != nil {
		t.Fatal(err)
	}
	return src, h
}

// How much smaller a page is decoded goes by the largest that is made of it, and is told by every name.
func TestShrinkage(t *testing.T) {
	in := Info{Format: "jpeg", Width: 6400, Height: 4000, Pages: 1}
	for _, c := range []struct {
		specs []Spec
		want  int
	}{
		{[]Spec{{Width: 320}, {Width: Full}}, 1}, {[]Spec{{Width: 320}, {Width: 1601}}, 1}, {[]Spec{{Width: 320}, {Width: 1600}}, 2},
		{[]Spec{{Width: 320}, {Width: Full, MaxSide: 1600}}, 2}, {[]Spec{{Width: 320}, {Width: 640}}, 4}, {[]Spec{{Width: 320}}, 8}, {[]Spec{{Width: 10}}, 8},
		{[]Spec{{Width: Full, MaxSide: 1600, Tile: 512}}, 2},
	} {
		specs, err := normalAll(c.specs)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range fit(in, specs) {
			if s.shrunk != c.want && max(1, s.shrunk) != c.want {
				t.Errorf("%+v: %d times smaller, not %d", c.specs, s.shrunk, c.want)
			}
			whole := s
			whole.shrunk = 0
			if named := s.name("00") != whole.name("00"); named != (c.want > 1) {
				t.Errorf("%+v: the name tells it: %t", c.specs, named)
			}
		}
	}
	tiff := Info{Format: "tiff", Width: 6400, Height: 4000, Pages: 1}
	if s := fit(tiff, []Spec{{Width: 320, Format: formatJPEG}}); s[0].shrunk > 1 {
		t.Error("a TIFF is decoded as it is")
	}
}
