package main

import (
	"image"
	"math"
)

// margin is the part of the image on each side that shows the table.
const margin = 0.009

// onTable lays the finished sheet on a dark table under a lamp: a little askew, with its edge, its holes
// and its shadow.
func (d *drawing) onTable(s stock) *image.RGBA {
	out := image.NewRGBA(d.img.Rect)
	centre := d.area.centre()
	back := turn(-s.tilt, centre).after(shift(centre.x, centre.y)).after(scale(1 / (1 - 2*margin))).after(shift(-centre.x, -centre.y))
	for y := range d.Size[1] {
		for x := range d.Size[0] {
			at := back.apply(point{float64(x), float64(y)})
			inside := d.inside(at, s)
			table := d.table(at, float64(x), float64(y))
			light := d.light(float64(x), float64(y))
			o := out.PixOffset(x, y)
			paper := d.sample(at)
			for c := range 3 {
				out.Pix[o+c] = uint8(clamp(mix(table[c], paper[c]*light, inside)+0.5, 0, 255))
			}
			out.Pix[o+3] = 255
		}
	}
	return out
}

// inside is the share of a pixel that paper covers: 1 on the sheet, 0 on the table and in the holes.
func (d *drawing) inside(at point, s stock) float64 {
	a := d.area
	near := math.Min(math.Min(at.x, a.x1-at.x), math.Min(at.y, a.y1-at.y))
	if near > d.px(60) && len(s.holes) == 0 {
		return 1
	}
	near = math.Min(near, d.rounded(at, s.corner))
	near -= d.px(3) * d.relief.rough(at.x/d.px(60), at.y/d.px(60), 2)
	if s.tears > 0 {
		near -= d.px(s.tears) * ramp(0.5, 0.95, d.relief.rough(at.x/d.px(110)+31, at.y/d.px(110), 3))
	}
	for _, h := range s.holes {
		near = math.Min(near, at.sub(a.at(h.x, h.y)).length()-d.px(26))
	}
	return clamp(near, 0, 1)
}

// rounded is the distance to a rounded corner; far from corners it is large.
func (d *drawing) rounded(at point, corner float64) float64 {
	r := d.px(corner)
	x := math.Max(r-at.x, at.x-(d.area.x1-r))
	y := math.Max(r-at.y, at.y-(d.area.y1-r))
	if r == 0 || x <= 0 || y <= 0 {
		return math.Inf(1)
	}
	return r - math.Hypot(x, y)
}

// table is the colour under the sheet; the sheet throws a shadow on it to the lower right.
func (d *drawing) table(at point, x, y float64) [3]float64 {
	grain := 1 + 0.16*(d.relief.at(x/d.px(90), y/d.px(9))-0.5)
	away := math.Max(math.Max(-at.x, at.x-d.area.x1), math.Max(-at.y, at.y-d.area.y1))
	shadow := mix(0.55, 1, ramp(0, d.px(16), away))
	return [3]float64{46 * grain * shadow, 41 * grain * shadow, 37 * grain * shadow}
}

// light falls off from a lamp at the upper left.
func (d *drawing) light(x, y float64) float64 {
	u, v := x/d.area.x1-0.42, y/d.area.y1-0.36
	return 1.012 - 0.115*math.Pow(u*u+v*v, 1.1)
}

// sample reads the sheet between its pixels.
func (d *drawing) sample(at point) [3]float64 {
	x := clamp(at.x, 0, d.area.x1-1.001)
	y := clamp(at.y, 0, d.area.y1-1.001)
	x0, y0 := int(x), int(y)
	tx, ty := x-float64(x0), y-float64(y0)
	up := d.img.Pix[y0*d.img.Stride+x0*4:]
	down := d.img.Pix[min(y0+1, d.Size[1]-1)*d.img.Stride+x0*4:]
	var out [3]float64
	for c := range 3 {
		a := mix(float64(up[c]), float64(up[c+4]), tx)
		b := mix(float64(down[c]), float64(down[c+4]), tx)
		out[c] = mix(a, b, ty)
	}
	return out
}
