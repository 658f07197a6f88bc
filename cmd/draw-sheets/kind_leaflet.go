package main

func leafletStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, straw, rosy, buff), mottling: 8, grain: 4, fibres: 140, foxing: 70 + d.random.IntN(90),
		toning: d.vary(0.5, 0.12), tilt: d.vary(0, 0.4), tears: 15, tide: d.vary(0.3, 0.3),
		folds: []fold{{true, d.vary(0.33, 0.02), 0.9}, {true, d.vary(0.66, 0.02), 0.9}, {false, d.vary(0.5, 0.02), 0.8}},
	}
}

// drawLeaflet prints a leaflet from a stone: large words, few lines, uneven ink that sets off on the back.
func drawLeaflet(d *drawing) {
	p := d.plate()
	b := box{d.area.width() * 0.1, d.area.height() * 0.075, d.area.width() * 0.9, d.text.y1 - d.px(20)}
	d.stoneBorder(p, b)
	in := b.inset(d.px(90))
	middle := b.centre().x
	title := d.fitted(style{hand: slab, size: d.px(230), track: 0.02, wobble: 0.006}, d.Heading, in.width())
	y := in.y0 + title.size*1.25
	d.centred(p, title, d.Heading, middle, y)
	y += title.size * 0.55
	sub := style{hand: chancery, size: d.px(112), wobble: 0.006, leading: 1.35, swell: 0.008}
	y = d.centredLines(p, sub, d.Subheading, middle, y+sub.size*0.6, in.width())
	y = d.ornament(p, middle, y+d.px(30))
	hand := style{hand: chancery, size: d.px(92), wobble: 0.006, leading: 1.55, uneven: 0.12, swell: 0.006}
	for _, text := range d.Body {
		y = d.block(p, hand, text, in.x0, y, in.width(), d.px(100)) + d.px(46)
	}
	d.mustFit(y)
	d.centred(p, d.fitted(hand.sized(d.px(70)), d.Note, in.width()), d.Note, middle, in.y1-d.px(10))
	d.set(p, style{hand: serif, size: d.px(40)}, d.Number, b.x0, b.y0-d.px(34))
	k := pick(d.random, lithoViolet, lithoBlue, lithoBlack)
	d.ghost(p, k)
	d.print(p, k)
	d.stamp(point{middle + d.px(d.vary(430, 80)), in.y1 - d.px(280)}, stampRed)
}

// stoneBorder draws a double frame by hand: thick outside, thin inside, with open corners.
func (d *drawing) stoneBorder(p *plate, b box) {
	for i, width := range []float64{9, 3.5} {
		c := b.inset(d.px(26 * float64(i))).corners()
		for j := range c {
			p.long(d.px(width), 0.95, d.wobbly(c[j], c[(j+1)%4], d.px(7)))
		}
	}
}

// ornament draws a short line with a lozenge and returns the next baseline.
func (d *drawing) ornament(p *plate, x, y float64) float64 {
	w, r := d.px(230), d.px(17)
	p.long(d.px(4), 0.9, d.wobbly(point{x - w, y}, point{x - 2*r, y}, d.px(4)))
	p.long(d.px(4), 0.9, d.wobbly(point{x + 2*r, y}, point{x + w, y}, d.px(4)))
	p.draw(polygon(point{x - r, y}, point{x, y - r}, point{x + r, y}, point{x, y + r}))
	return y + d.px(150)
}

// ghost sets the printing off a second time, faint and shifted, as damp sheets in a pile do.
func (d *drawing) ghost(p *plate, k ink) {
	k.cover *= 0.09
	k.drift = 0.8
	moved := d.plate()
	dx, dy := int(d.px(14)), int(d.px(10))
	for y := dy; y < d.Size[1]; y++ {
		copy(moved.mask.Pix[y*moved.mask.Stride+dx:(y+1)*moved.mask.Stride], p.mask.Pix[(y-dy)*p.mask.Stride:])
	}
	moved.used = d.img.Rect
	d.print(moved, k)
}
