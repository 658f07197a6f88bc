package main

import "math"

func sketchStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, cream, straw, bluish), mottling: 6, grain: 3, fibres: 100, foxing: 60 + d.random.IntN(60),
		toning: d.vary(0.55, 0.15), tilt: d.vary(0, 0.35), tears: 8,
		folds: []fold{{false, d.vary(0.335, 0.01), 0.8}, {false, d.vary(0.665, 0.01), 0.8}, {true, d.vary(0.5, 0.01), 0.9}},
	}
}

// drawRouteSketch draws a route between invented points, with hills and streams and a north arrow. There
// is no coast, border or outline of any country on it.
func drawRouteSketch(d *drawing) {
	land := d.mapArea()
	d.squares(land)
	pencil, pen, red := d.plate(), d.plate(), d.plate()
	for range 40 {
		if at := land.at(d.vary(0.5, 0.44), d.vary(0.5, 0.4)); !d.crowded(at, land) {
			d.hill(pencil, at)
		}
	}
	d.stream(pencil, land)
	d.route(red, land)
	for _, p := range d.Places {
		d.station(pen, land.at(p.X, p.Y), p.Name)
	}
	d.compass(pen, point{land.x1 - d.px(190), land.y0 + d.px(250)})
	d.legend(pen, land)
	for j, c := range land.corners() {
		pen.long(d.px(4), 0.9, d.wobbly(c, land.corners()[(j+1)%4], d.px(6)))
	}
	d.print(pencil, pencilGrey)
	d.print(red, crayonRed)
	d.print(pen, pick(d.random, penBlue, penBrown))
	d.stamp(point{land.x0 + d.px(330), land.y1 - d.px(190)}, stampViolet)
	d.pencilFolio()
}

// mapArea is the framed part of the sheet, below the titles.
func (d *drawing) mapArea() box {
	return box{d.area.width() * 0.055, d.px(330), d.area.width() * 0.945, d.text.y1 - d.px(110)}
}

// squares rules a faint grid by pencil.
func (d *drawing) squares(b box) {
	p := d.plate()
	for x := b.x0; x < b.x1; x += b.width() / 12 {
		p.draw(line(d.px(1.6), point{x, b.y0}, point{x, b.y1}))
	}
	for y := b.y0; y < b.y1; y += b.width() / 12 {
		p.draw(line(d.px(1.6), point{b.x0, y}, point{b.x1, y}))
	}
	faint := ruleBlue
	faint.cover = 0.3
	d.print(p, faint)
}

// crowded reports whether a place is so near a station that a drawing there would hide its name.
func (d *drawing) crowded(at point, land box) bool {
	for _, p := range d.Places {
		away := at.sub(land.at(p.X, p.Y)).add(point{0, d.px(60)})
		if math.Hypot(away.x*0.7, away.y) < d.px(300) {
			return true
		}
	}
	return false
}

// hill draws short strokes that fan out from a summit.
func (d *drawing) hill(p *plate, at point) {
	radius := d.px(d.vary(120, 45))
	for angle := 0.0; angle < 360; angle += d.vary(15, 5) {
		s, c := math.Sincos(angle * math.Pi / 180)
		r := radius * (0.75 + 0.5*d.relief.at(angle/60, at.x/40))
		from := at.add(point{c * r * 0.42, s * r * 0.28})
		to := at.add(point{c * r, s * r * 0.66})
		p.long(d.px(3), d.vary(0.7, 0.25), d.wobbly(from, to, d.px(5)))
	}
}

// stream draws a winding double line from the upper to the lower edge of the map.
func (d *drawing) stream(p *plate, b box) {
	x := d.vary(0.45, 0.2)
	seed := d.random.Float64() * 100
	for _, side := range []float64{0, 1} {
		var pts []point
		for i := range 41 {
			v := float64(i) / 40
			u := x + 0.22*(d.relief.rough(v*3, seed, 3)-0.5) + 0.1*v
			pts = append(pts, b.at(u, v).add(point{side * d.px(18+14*v), 0}))
		}
		p.long(d.px(3.5), 0.85, pts)
	}
}

// route draws a dashed, bending line through all places in their order.
func (d *drawing) route(p *plate, b box) {
	for i := 1; i < len(d.Places); i++ {
		from, to := b.at(d.Places[i-1].X, d.Places[i-1].Y), b.at(d.Places[i].X, d.Places[i].Y)
		pts := d.wobbly(from, to, d.px(90))
		for j := 1; j+1 < len(pts); j += 2 {
			p.fill(line(d.px(8), toward(pts[j], pts[j+1], -0.1), toward(pts[j], pts[j+1], 0.75)), shift(0, 0), 1)
		}
	}
}

// station marks a place with a ringed dot and writes its name beside it.
func (d *drawing) station(p *plate, at point, name string) {
	p.draw(line(d.px(5), arc(at, d.px(25), d.px(25), 0, 360)...), disc(at, d.px(10)))
	s := penStyle(d, 118)
	w := d.length(s, name)
	x := at.x - w/2
	x = clamp(x, d.mapArea().x0+d.px(20), d.mapArea().x1-w-d.px(20))
	d.set(p, s, name, x, at.y-d.px(58))
}

// compass draws an arrow to the north, marked B for bắc.
func (d *drawing) compass(p *plate, at point) {
	r := d.px(120)
	p.long(d.px(4), 0.9, d.wobbly(at.add(point{0, r}), at.add(point{0, -r}), d.px(4)))
	p.long(d.px(3), 0.9, d.wobbly(at.add(point{-r * 0.6, 0}), at.add(point{r * 0.6, 0}), d.px(4)))
	p.draw(polygon(at.add(point{0, -r * 1.15}), at.add(point{r * 0.2, -r * 0.62}), at.add(point{0, -r * 0.74}), at.add(point{-r * 0.2, -r * 0.62})))
	d.centred(p, penStyle(d, 100), "B", at.x, at.y-r*1.3)
}

// legend writes the titles above the map and the note below it.
func (d *drawing) legend(p *plate, b box) {
	title := d.fitted(style{hand: serifB, size: d.px(76), track: 0.05, wobble: 0.004}, d.Heading, b.width()*0.7)
	d.set(p, title, d.Heading, b.x0, d.px(190))
	d.set(p, d.fitted(penStyle(d, 100), d.Title, b.width()*0.7), d.Title, b.x0, d.px(296))
	d.flushRight(p, style{hand: serif, size: d.px(46)}, d.Number, b.x1, d.px(296))
	d.set(p, d.fitted(penStyle(d, 86), d.Note, b.width()), d.Note, b.x0, b.y1+d.px(84))
}
