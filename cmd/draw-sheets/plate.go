package main

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// plate collects the shapes that are put down with one ink, as coverage from 0 to 255.
type plate struct {
	mask    *image.Alpha
	raster  *vector.Rasterizer
	scratch *image.Alpha
	used    image.Rectangle // nothing is inked outside
}

func newPlate(width, height int) *plate {
	return &plate{
		mask:    image.NewAlpha(image.Rect(0, 0, width, height)),
		raster:  vector.NewRasterizer(1, 1),
		scratch: image.NewAlpha(image.Rectangle{}),
	}
}

// fill puts an outline on the plate; strength 1 is full ink. Overlapping shapes of a plate do not add up.
func (p *plate) fill(shape outline, m matrix, strength float64) {
	area := p.rasterise(shape, m)
	p.each(area, func(old, cover uint8) uint8 {
		return max(old, uint8(float64(cover)*strength))
	})
}

// overprint adds an outline to what is there, as a second blow of a type bar does.
func (p *plate) overprint(shape outline, m matrix, strength float64) {
	area := p.rasterise(shape, m)
	p.each(area, func(old, cover uint8) uint8 {
		c := float64(cover) * strength
		return uint8(c + float64(old)*(1-c/255))
	})
}

// draw puts shapes on the plate where they stand, at full strength.
func (p *plate) draw(shapes ...outline) {
	for _, s := range shapes {
		p.fill(s, shift(0, 0), 1)
	}
}

// rasterise fills the scratch mask with an outline and returns the area of the plate it covers.
func (p *plate) rasterise(shape outline, m matrix) image.Rectangle {
	moved := make(outline, len(shape))
	for i, s := range shape {
		moved[i] = step{s.kind, [3]point{m.apply(s.to[0]), m.apply(s.to[1]), m.apply(s.to[2])}}
	}
	area := pixels(moved.extent()).Intersect(p.mask.Rect)
	if len(shape) == 0 || area.Empty() {
		return image.Rectangle{}
	}
	p.used = p.used.Union(area)
	p.raster.Reset(area.Dx(), area.Dy())
	p.trace(moved, float64(area.Min.X), float64(area.Min.Y))
	if need := area.Dx() * area.Dy(); cap(p.scratch.Pix) < need {
		p.scratch.Pix = make([]uint8, need)
	}
	p.scratch.Pix = p.scratch.Pix[:area.Dx()*area.Dy()]
	p.scratch.Stride, p.scratch.Rect = area.Dx(), image.Rect(0, 0, area.Dx(), area.Dy())
	p.raster.DrawOp = draw.Src
	p.raster.Draw(p.scratch, p.scratch.Rect, image.NewUniform(color.Opaque), image.Point{})
	return area
}

func (p *plate) trace(shape outline, dx, dy float64) {
	at := func(q point) (float32, float32) { return float32(q.x - dx), float32(q.y - dy) }
	for i, s := range shape {
		ax, ay := at(s.to[0])
		bx, by := at(s.to[1])
		cx, cy := at(s.to[2])
		switch s.kind {
		case 'M':
			if i > 0 {
				p.raster.ClosePath()
			}
			p.raster.MoveTo(ax, ay)
		case 'L':
			p.raster.LineTo(ax, ay)
		case 'Q':
			p.raster.QuadTo(ax, ay, bx, by)
		case 'C':
			p.raster.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	p.raster.ClosePath()
}

// each replaces the coverage in an area by a function of it and of the scratch mask.
func (p *plate) each(area image.Rectangle, change func(old, cover uint8) uint8) {
	for y := range area.Dy() {
		from := p.scratch.Pix[y*p.scratch.Stride:]
		to := p.mask.Pix[p.mask.PixOffset(area.Min.X, area.Min.Y+y):]
		for x := range area.Dx() {
			if from[x] != 0 {
				to[x] = change(to[x], from[x])
			}
		}
	}
}

// long draws a wobbling line piece by piece, so that a thin diagonal does not rasterise a whole page.
func (p *plate) long(width float64, strength float64, pts []point) {
	const piece = 6
	for i := 0; i+1 < len(pts); i += piece {
		p.fill(line(width, pts[i:min(i+piece+1, len(pts))]...), shift(0, 0), strength)
	}
}

// frame draws a rectangular line.
func (p *plate) frame(b box, width float64) {
	c := b.corners()
	for i, q := range c {
		p.draw(line(width, q, c[(i+1)%4]))
	}
}

// soften blurs the plate, as carbon paper and damp do.
func (p *plate) soften(radius int) {
	area := p.used.Inset(-2 * radius).Intersect(p.mask.Rect)
	p.used = area
	for range 2 {
		for y := area.Min.Y; y < area.Max.Y; y++ {
			blurLine(p.mask.Pix[p.mask.PixOffset(area.Min.X, y):], 1, area.Dx(), radius)
		}
		for x := area.Min.X; x < area.Max.X; x++ {
			blurLine(p.mask.Pix[p.mask.PixOffset(x, area.Min.Y):], p.mask.Stride, area.Dy(), radius)
		}
	}
}

// blurLine takes the running mean over 2·radius+1 values, stride apart.
func blurLine(pix []uint8, stride, n, radius int) {
	old := make([]uint8, n)
	for i := range n {
		old[i] = pix[i*stride]
	}
	sum := 0
	for i := -radius; i < n; i++ {
		if i+radius < n {
			sum += int(old[i+radius])
		}
		if i-radius-1 >= 0 {
			sum -= int(old[i-radius-1])
		}
		if i >= 0 {
			pix[i*stride] = uint8(sum / (2*radius + 1))
		}
	}
}

// pixels is the smallest whole-pixel rectangle around a box.
func pixels(b box) image.Rectangle {
	return image.Rect(int(math.Floor(b.x0)), int(math.Floor(b.y0)), int(math.Ceil(b.x1))+1, int(math.Ceil(b.y1))+1)
}
