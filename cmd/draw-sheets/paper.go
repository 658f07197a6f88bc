package main

import (
	"image/color"
	"math"
	"math/rand/v2"
)

// stock is a kind of paper or board and what time has done to it.
type stock struct {
	tone     color.RGBA
	mottling float64 // cloudy unevenness, in levels of 255
	grain    float64 // fine unevenness, in levels
	fibres   int     // visible fibres on a reference sheet
	foxing   int     // brown spots
	toning   float64 // browning from the edges inwards, 0 to 1
	tide     float64 // strength of a water line across a corner, 0 to 1
	folds    []fold
	holes    []point // punched, as fractions of the sheet
	tears    float64 // depth of torn edges, in reference pixels
	tilt     float64 // degrees it lies askew on the table
	corner   float64 // radius of rounded corners, in reference pixels
}

// fold is a crease along a line of constant x or y, as a fraction of the sheet.
type fold struct {
	across bool // the crease runs from left to right
	at     float64
	depth  float64 // 0 to 1
}

var brown = [3]float64{0.80, 0.66, 0.45}

// lay covers the whole image with paper.
func (d *drawing) lay(s stock) {
	base := [3]float64{float64(s.tone.R), float64(s.tone.G), float64(s.tone.B)}
	cloud, patch, fine := 1/d.px(520), 1/d.px(90), 1/d.px(7)
	seed := d.random.Float64() * 200
	for y := range d.Size[1] {
		row := d.img.Pix[y*d.img.Stride:]
		fy := float64(y)
		for x := range d.Size[0] {
			fx := float64(x)
			level := s.mottling*(d.relief.rough(fx*cloud+seed, fy*cloud, 2)-0.5)*2 +
				s.mottling*0.5*(d.relief.at(fx*patch, fy*patch+seed)-0.5) +
				s.grain*(d.relief.at(fx*fine, fy*fine*0.7)-0.5)
			brownness := s.toning * d.edge(fx, fy, cloud)
			for c := range 3 {
				v := (base[c] + level) * mix(1, brown[c], brownness)
				row[x*4+c] = uint8(clamp(v+0.5, 0, 255))
			}
			row[x*4+3] = 255
		}
	}
	d.layFibres(s)
}

// edge is how much the browning of the rim is felt at a place, 0 to 1.
func (d *drawing) edge(x, y, cloud float64) float64 {
	near := math.Min(math.Min(x, d.area.x1-x), math.Min(y, d.area.y1-y)) / d.px(260)
	if near > 2 {
		return 0
	}
	return 0.75 * math.Exp(-near*(1.6+2.4*d.relief.at(x*cloud*3, y*cloud*3)))
}

// layFibres strews short curved hairs, light and dark, over the paper.
func (d *drawing) layFibres(s stock) {
	light, dark := d.plate(), d.plate()
	for i := range s.fibres {
		p := dark
		if i%3 == 0 {
			p = light
		}
		p.fill(line(d.px(1.3), d.hair(d.px(d.vary(26, 18)))...), shift(0, 0), d.vary(0.5, 0.3))
	}
	d.tint(dark, color.RGBA{120, 92, 60, 255}, 0.34, false)
	d.tint(light, color.RGBA{255, 252, 240, 255}, 0.5, true)
}

// hair is a curved line somewhere on the sheet.
func (d *drawing) hair(length float64) []point {
	at := d.area.at(d.random.Float64(), d.random.Float64())
	angle, bend := d.vary(0, math.Pi), d.vary(0, 0.5)
	pts := []point{at}
	for range 4 {
		s, c := math.Sincos(angle)
		at = at.add(point{c, s}.times(length / 4))
		pts = append(pts, at)
		angle += bend
	}
	return pts
}

// wear adds what happened after the writing: spots, water, creases, holes.
func (d *drawing) wear(s stock) {
	d.fox(s)
	if s.tide > 0 {
		d.waterLine(s.tide)
	}
	for _, f := range s.folds {
		d.crease(f)
	}
}

// fox lays brown spots with ragged soft edges; a few are large, most are specks.
func (d *drawing) fox(s stock) {
	for range s.foxing {
		centre := d.area.at(d.random.Float64(), d.random.Float64())
		radius := d.px(3 + 34*math.Pow(d.random.Float64(), 4))
		d.spot(centre, radius, d.vary(0.26, 0.16))
	}
}

// spot browns the sheet around a place.
func (d *drawing) spot(centre point, radius, strength float64) {
	reach := radius * 2.2
	d.shade(box{centre.x - reach, centre.y - reach, centre.x + reach, centre.y + reach}, func(x, y float64) (float64, [3]float64) {
		ragged := 0.65 + 0.9*d.relief.rough(x/radius*0.9, y/radius*0.9, 2)
		away := math.Hypot(x-centre.x, y-centre.y) / (radius * ragged)
		return strength * (1 - ramp(0.2, 1.25, away)), [3]float64{0.76, 0.56, 0.33}
	})
}

// waterLine draws the tide mark of an old spill that came in at one corner.
func (d *drawing) waterLine(strength float64) {
	corner := d.area.corners()[d.random.IntN(4)]
	radius := d.px(d.vary(620, 200))
	d.shade(d.area, func(x, y float64) (float64, [3]float64) {
		away := math.Hypot(x-corner.x, (y-corner.y)*0.8) + d.px(420)*(d.relief.rough(x/d.px(260), y/d.px(260), 3)-0.5)
		from := (away - radius) / d.px(16)
		if from > 1 {
			return 0, brown
		}
		return strength * (0.10*ramp(-60, 0, from) + 0.22*math.Exp(-from*from*0.6) + 0.05), brown
	})
}

// crease shades a fold: a bright broken ridge beside a dark valley, and a wide soft bend.
func (d *drawing) crease(f fold) {
	length, line := d.area.height(), f.at*d.area.width()
	if f.across {
		length, line = d.area.width(), f.at*d.area.height()
	}
	reach := d.px(70)
	wander := d.random.Float64() * 100
	b := box{line - reach, 0, line + reach, length}
	if f.across {
		b = box{0, line - reach, length, line + reach}
	}
	d.shade(b, func(x, y float64) (float64, [3]float64) {
		along, from := y, x-line
		if f.across {
			along, from = x, y-line
		}
		from += d.px(9) * (d.relief.rough(along/d.px(160), wander, 2) - 0.5)
		u := from / d.px(1)
		broken := d.relief.at(along/d.px(14), wander+9)
		valley := 0.30 * math.Exp(-(u-2)*(u-2)/5)
		ridge := -0.38 * broken * math.Exp(-(u+1.6)*(u+1.6)/4)
		bend := 0.075 * (1 - ramp(0, 70, math.Abs(u)))
		if u < 0 {
			bend *= -0.35
		}
		return f.depth * (valley + ridge + bend), [3]float64{0.55, 0.48, 0.4}
	})
}

// shade darkens part of the sheet towards a factor per channel; a negative amount lightens.
func (d *drawing) shade(where box, amount func(x, y float64) (float64, [3]float64)) {
	r := pixels(where).Intersect(d.img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := d.img.Pix[d.img.PixOffset(r.Min.X, y):]
		for x := range r.Dx() {
			a, toward := amount(float64(r.Min.X+x), float64(y))
			if a == 0 {
				continue
			}
			for c := range 3 {
				v := float64(row[x*4+c])
				if a > 0 {
					v *= mix(1, toward[c], a)
				} else {
					v += (250 - v) * -a
				}
				row[x*4+c] = uint8(clamp(v+0.5, 0, 255))
			}
		}
	}
}

// pick chooses one of several.
func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }
