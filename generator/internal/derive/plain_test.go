package derive

import (
	"bytes"
	"image"
	"image/color"
	"testing"
)

// Blank paper is drawn by a shorter way, which must give what the long one gives: a page is drawn
// with its blank parts, and with a dot beside them that sends all rows and squares the long way round.
func TestBlankPaperIsDrawnAlike(t *testing.T) {
	const w, h = 700, 500
	draw := func(dots bool) sheet {
		m := image.NewRGBA(image.Rect(0, 0, w+16, h))
		for y := range h {
			for x := range w + 16 {
				shade := uint8(250)
				if y > 200 && y < 260 && x > 100 && x < 500 {
					shade = uint8(x * y)
				}
				m.SetRGBA(x, y, color.RGBA{shade, shade / 2, 200, 255})
				if dots && x == w+15 {
					m.SetRGBA(x, y, color.RGBA{uint8(y), 7, uint8(3 * y), 255})
				}
			}
		}
		return newSheet(m, header{Info: Info{Width: w + 16, Height: h, Pages: 1}, orientation: 1})
	}
	blank, dotted := draw(false), draw(true)
	down, across := taps(211, h, float64(h)/211), taps(290, w+16, float64(w+16)/290)
	a, b := blank.y.resampled(across, down), dotted.y.resampled(across, down)
	halves := [2]plane{blank.cb.shrunk(2, 2), dotted.cb.shrunk(2, 2)}
	for y := range a.h {
		if n := 270; !bytes.Equal(a.row(y)[:n], b.row(y)[:n]) {
			t.Fatalf("row %d of a smaller picture differs", y)
		}
	}
	for y := range halves[0].h {
		if !bytes.Equal(halves[0].row(y)[:w/2], halves[1].row(y)[:w/2]) {
			t.Fatalf("row %d of a half differs", y)
		}
	}
}

// A square of one shade is coded as the transform codes it.
func TestPlainSquaresAreCodedAlike(t *testing.T) {
	for quality := 5; quality <= 100; quality += 19 {
		writer := jpegWriterFor(quality, true)
		for shade := range 256 {
			p := newPlane(8, 8)
			paint(p.pix, uint8(shade))
			var s scan
			s.block(p, 0, 0, &writer.tables[0], 0)
			var long scan
			long.load(p, 0, 0)
			fdct(&long.b)
			if short := s.b[0]; short != long.b[0] {
				t.Fatalf("quality %d, shade %d: %v, want %v", quality, shade, short, long.b[0])
			}
			for i, v := range long.b[1:] {
				if v != 0 {
					t.Fatalf("shade %d has a coefficient %d: %v", shade, i+1, v)
				}
			}
		}
	}
}
