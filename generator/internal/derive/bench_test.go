package derive

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// page draws something like a typed sheet: dark strokes on grained paper.
func page(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	rnd := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			v := 225 + rnd.IntN(16)
			if y%40 < 22 && x%26 < 18 && (x/26*7+y/40*13)%5 != 0 && (x%6 < 2 || y%9 < 2) {
				v = 40 + rnd.IntN(30)
			}
			m.SetRGBA(x, y, color.RGBA{uint8(v), uint8(v - 8), uint8(v - 24), 255})
		}
	}
	return m
}

// BenchmarkMake makes three widths of a sheet of 2000 × 2800 pixels, as in the sample archive.
func BenchmarkMake(b *testing.B) {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, page(2000, 2800), &jpeg.Options{Quality: 90}); err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.jpg"), buf.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c, err := New(b.TempDir(), 0)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Make(context.Background(), os.DirFS(dir), "page.jpg", widths); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPyramid makes three widths and all tiles of the image named in IMAGE,
// or of a sheet of 24 megapixels, into a new cache in the folder named in OUT.
func BenchmarkPyramid(b *testing.B) {
	file, out := os.Getenv("IMAGE"), os.Getenv("OUT")
	if file == "" {
		file = filepath.Join(b.TempDir(), "page.jpg")
		if err := os.WriteFile(file, jpegBytes(b, page(4000, 6000)), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	if out == "" {
		out = b.TempDir()
	}
	for b.Loop() {
		dir, err := os.MkdirTemp(out, "")
		if err != nil {
			b.Fatal(err)
		}
		c, err := New(dir, 0)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Make(context.Background(), os.DirFS(filepath.Dir(file)), filepath.Base(file), bothAt82); err != nil {
			b.Fatal(err)
		}
	}
}

// bothAt82 are three widths and tiles, of the quality that libvips is asked for.
var bothAt82 = []Spec{{Width: 320, Quality: 82}, {Width: 640, Quality: 82}, {Width: 1280, Quality: 82}, {Tile: 512, Quality: 82}}

// BenchmarkUnchanged is what a master costs in a build that has nothing to do.
func BenchmarkUnchanged(b *testing.B) {
	dir := folder(b, map[string][]byte{"page.jpg": jpegBytes(b, corners(700, 400))})
	c := newCache(b, 0)
	aged(c)
	for b.Loop() {
		if _, err := c.Make(context.Background(), os.DirFS(dir), "page.jpg", widths); err != nil {
			b.Fatal(err)
		}
	}
	if c.Stats().Decoded != 1 {
		b.Fatal("decoded more than once")
	}
}

// BenchmarkSmallSizes decodes the image named in IMAGE and draws the sizes up to 1,600 pixels of it, which is what a
// clearance allows that names no other: from all its pixels, and decoded as small as these sizes allow.
func BenchmarkSmallSizes(b *testing.B) {
	data, err := os.ReadFile(os.Getenv("IMAGE"))
	if err != nil {
		data = jpegBytes(b, page(5000, 7000))
	}
	for _, small := range []bool{false, true} {
		b.Run(map[bool]string{false: "whole", true: "small"}[small], func(b *testing.B) {
			for b.Loop() {
				src := &source{ctx: context.Background(), r: bytes.NewReader(data), size: int64(len(data))}
				h, err := probe(src)
				if err != nil {
					b.Fatal(err)
				}
				specs := fit(h.Info, []Spec{{Width: 320}, {Width: 640}, {Width: 1280}, {Width: Full, MaxSide: 1600}})
				if small {
					h.shrink(specs[0].shrunk)
				}
				sheet, err := decode(src, h)
				if err != nil {
					b.Fatal(err)
				}
				for p := pyramidOf(sheet, h); len(specs) > 0; specs = specs[1:] {
					encode(p.drawn(h, specs[0].Width), nil, photographQuality)
				}
			}
		})
	}
}
