package derive

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"
)

// noisy is a sheet whose blocks are all different: plain, sloping, striped, and noise.
func noisy(w, h int, gray bool) sheet {
	rnd := rand.New(rand.NewPCG(7, uint64(w*h)))
	fill := func(w, h int) plane {
		p := newPlane(w, h)
		for i := range p.pix {
			x, y := i%w, i/w
			switch (x/16 + y/16) % 4 {
			case 0:
				p.pix[i] = uint8(x + 2*y)
			case 1:
				p.pix[i] = uint8(255 * (x / 3 % 2))
			case 2:
				p.pix[i] = uint8(rnd.IntN(256))
			default:
				p.pix[i] = 200
			}
		}
		return p
	}
	s := sheet{y: fill(w, h), gray: gray, subX: 1, subY: 1}
	if !gray {
		s.cb, s.cr, s.subX, s.subY = fill((w+1)/2, (h+1)/2), fill((w+1)/2, (h+1)/2), 2, 2
	}
	return s
}

// What is decoded from our files is as near to the image as what is decoded from
// the standard library's, at every quality, and nearly the same.
func TestJPEGWriterIsAsGoodAsTheStandardOne(t *testing.T) {
	for _, gray := range []bool{false, true} {
		for _, q := range []int{1, 30, 70, 82, 95, 100} {
			for _, size := range []image.Point{{16, 16}, {1, 1}, {33, 70}, {257, 129}} {
				t.Run(fmt.Sprint(gray, q, size), func(t *testing.T) { compareWithStandard(t, noisy(size.X, size.Y, gray), q) })
			}
		}
	}
}

func compareWithStandard(t *testing.T, s sheet, quality int) {
	ours := encode(s, nil, quality)
	var std bytes.Buffer
	if err := jpeg.Encode(&std, asImage(s), &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	a, err := jpeg.Decode(bytes.NewReader(ours))
	if err != nil {
		t.Fatal(err)
	}
	b, err := jpeg.Decode(&std)
	if err != nil {
		t.Fatal(err)
	}
	off, offStd, between := apartOnAverage(t, a, asImage(s)), apartOnAverage(t, b, asImage(s)), apartOnAverage(t, a, b)
	if off > offStd*1.02+0.1 || between > 0.3+offStd/8 {
		t.Errorf("%.3f levels off, the standard library %.3f; %.3f between them", off, offStd, between)
	}
	if n := len(ours); float64(n) > 1.03*float64(std.Len())+64 && std.Len() > 0 {
		t.Errorf("%d bytes, the standard library %d", n, std.Len())
	}
}

// apartOnAverage is the mean distance of the planes of two images, in levels.
func apartOnAverage(t *testing.T, a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v and %v", a.Bounds(), b.Bounds())
	}
	sum, n := 0.0, 0.0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			p, q := levels(a, x, y), levels(b, x, y)
			for i := range p {
				sum += math.Abs(p[i] - q[i])
				n++
			}
		}
	}
	return sum / n
}

func levels(m image.Image, x, y int) [3]float64 {
	switch m := m.(type) {
	case *image.YCbCr:
		c := m.YCbCrAt(x, y)
		return [3]float64{float64(c.Y), float64(c.Cb), float64(c.Cr)}
	case *image.Gray:
		return [3]float64{float64(m.GrayAt(x, y).Y)}
	}
	panic("neither grey nor in colour")
}

// The extremes of every coefficient have a code.
func TestJPEGWriterTakesExtremes(t *testing.T) {
	for _, gray := range []bool{false, true} {
		for seed := range 64 {
			s := noisy(64, 64, gray)
			rnd := rand.New(rand.NewPCG(uint64(seed), 3))
			for _, p := range []plane{s.y, s.cb, s.cr} {
				for i := range p.pix {
					p.pix[i] = uint8(255 * rnd.IntN(2))
				}
			}
			m, err := jpeg.Decode(bytes.NewReader(encode(s, nil, 100)))
			if err != nil {
				t.Fatal(err)
			}
			if off := apartOnAverage(t, m, asImage(s)); off > 1 {
				t.Fatalf("%.2f levels off at quality 100", off)
			}
		}
	}
}

// Every cosine of a block comes out in its own place alone.
func TestFDCT(t *testing.T) {
	for u := range 8 {
		for v := range 8 {
			var b [64]float32
			for y := range 8 {
				for x := range 8 {
					b[8*y+x] = float32(100 * math.Cos(float64(2*x+1)*float64(u)*math.Pi/16) * math.Cos(float64(2*y+1)*float64(v)*math.Pi/16))
				}
			}
			fdct(&b)
			for i, got := range b {
				want := 0.0
				if i == 8*v+u {
					want = 100 * 8 * aan(uint8(u)) * aan(uint8(v)) * normal(u) * normal(v)
				}
				if math.Abs(float64(got)-want) > 0.05 {
					t.Fatalf("cosine (%d, %d) gives %.3f at %d, want %.3f", u, v, got, i, want)
				}
			}
		}
	}
}

// normal is what T.81 (A.3.3) leaves of a cosine: C(u)/2 times the sum of its squares.
func normal(u int) float64 {
	if u == 0 {
		return 8 / (2 * math.Sqrt2)
	}
	return 2
}
