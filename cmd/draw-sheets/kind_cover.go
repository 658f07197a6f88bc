package main

import "image/color"

func coverStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, manila, grey, buff), mottling: 9, grain: 5, fibres: 180, foxing: 40 + d.random.IntN(40),
		toning: d.vary(0.55, 0.15), tilt: d.vary(0, 0.3), tears: 6, corner: 14,
	}
}

// drawCover draws the cover of a file: a cloth spine, a paper label, a tie.
func drawCover(d *drawing) {
	d.spine()
	b := box{d.area.width() * 0.2, d.area.height() * 0.13, d.area.width() * 0.9, d.area.height() * 0.56}
	d.pasted(b, surface, 0.4)
	form, pen := d.plate(), d.plate()
	form.frame(b.inset(d.px(28)), d.px(7))
	form.frame(b.inset(d.px(44)), d.px(2.5))
	in := b.inset(d.px(96))
	middle := in.centre().x
	d.set(form, style{hand: serif, size: d.px(50)}, d.Number, in.x0, in.y0+d.px(34))
	title := d.fitted(style{hand: serifB, size: d.px(108), track: 0.06}, d.Heading, in.width())
	y := in.y0 + d.px(240)
	d.centred(form, title, d.Heading, middle, y)
	form.draw(line(d.px(3.5), point{middle - d.px(140), y + d.px(50)}, point{middle + d.px(140), y + d.px(50)}))
	hand := penStyle(d, 136)
	hand.leading = 1.05
	y = d.centredLines(pen, hand, d.Subheading, middle, y+d.px(230), in.width())
	d.centred(pen, d.fitted(penStyle(d, 112), d.PlaceDate, in.width()), d.PlaceDate, middle, y+d.px(30))
	d.dotted(form, in.x0, in.x1, in.y1-d.px(64))
	d.set(form, d.fitted(style{hand: italic, size: d.px(54)}, d.Note, in.width()), d.Note, in.x0, in.y1-d.px(84))
	y = b.y1 + d.px(170)
	for _, text := range d.Body {
		y = d.centredLines(pen, penStyle(d, 100), text, b.centre().x, y, b.width())
	}
	d.mustFit(y)
	d.print(form, formBrown)
	d.print(pen, pick(d.random, penBlue, penBrown))
	d.stamp(point{b.centre().x + d.px(d.vary(0, 120)), d.area.height() * 0.78}, stampRed)
	d.tie()
	d.pencilFolio()
}

// spine glues a strip of woven cloth along the left edge.
func (d *drawing) spine() {
	w := d.area.width() * 0.1
	p := d.plate()
	p.draw(polygon(box{-5, -5, w, d.area.y1 + 5}.corners()...))
	d.blend(p, color.RGBA{78, 60, 50, 255}, true, func(x, y float64) float64 {
		weave := d.relief.at(x/d.px(5), y/d.px(30)) + d.relief.at(x/d.px(30), y/d.px(5))
		return 0.78 + 0.13*weave
	})
	edge := d.plate()
	edge.draw(line(d.px(5), point{w + d.px(3), 0}, point{w + d.px(3), d.area.y1}))
	edge.soften(max(1, int(d.px(3))))
	d.tint(edge, color.RGBA{60, 44, 32, 255}, 0.6, false)
}

// pasted glues a piece of paper or board on the sheet, with a soft shadow at its lower right.
func (d *drawing) pasted(b box, tone color.RGBA, shadow float64) {
	dark, piece := d.plate(), d.plate()
	shape := polygon(b.corners()...)
	dark.fill(shape, shift(d.px(7), d.px(9)), 1)
	dark.soften(max(1, int(d.px(6))))
	piece.draw(shape)
	d.tint(dark, color.RGBA{50, 38, 28, 255}, shadow, false)
	d.blend(piece, tone, true, func(x, y float64) float64 {
		return 0.97 + 0.03*d.relief.at(x/d.px(60), y/d.px(60))
	})
}

// tie draws a cotton tape that runs across and is knotted at the right.
func (d *drawing) tie() {
	shadow, tape := d.plate(), d.plate()
	y := d.area.height() * 0.9
	pts := d.wobbly(point{-10, y}, point{d.area.x1 + 10, y - d.px(14)}, d.px(10))
	shadow.fill(line(d.px(26), pts...), shift(d.px(3), d.px(8)), 1)
	shadow.soften(max(1, int(d.px(5))))
	tape.fill(line(d.px(22), pts...), shift(0, 0), 1)
	d.tint(shadow, color.RGBA{50, 36, 26, 255}, 0.5, false)
	d.blend(tape, color.RGBA{206, 190, 158, 255}, true, func(x, y float64) float64 {
		return 0.8 + 0.2*d.relief.at(x/d.px(6), y/d.px(6))
	})
}
