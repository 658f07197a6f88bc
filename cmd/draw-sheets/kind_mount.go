package main

import "image/color"

func boardStock(d *drawing) stock {
	return stock{
		tone: board, mottling: 3, grain: 2.5, fibres: 60, foxing: 5, toning: 0.14, tilt: d.vary(0, 0.2), corner: 6,
	}
}

// drawMount draws an empty mount of acid-free board for what must not be imitated: the window, four corner
// pockets, and what would lie in it in words.
func drawMount(d *drawing) {
	w, h := d.area.width(), d.area.height()
	window := box{w * 0.16, h * 0.115, w * 0.84, h * 0.7}
	d.recess(window)
	for _, c := range window.corners() {
		d.pocket(window, c)
	}
	form, pencil := d.plate(), d.plate()
	middle := window.centre()
	head := d.fitted(style{hand: serif, size: d.px(78), track: 0.22}, d.Heading, window.width()*0.8)
	y := middle.y - d.px(240)
	d.centred(form, head, d.Heading, middle.x, y)
	form.draw(line(d.px(2.5), point{middle.x - d.px(90), y + d.px(62)}, point{middle.x + d.px(90), y + d.px(62)}))
	sub := style{hand: italic, size: d.px(84), leading: 1.4}
	d.centredLines(form, sub, d.Subheading, middle.x, y+d.px(200), window.width()*0.78)
	d.set(form, style{hand: gothic, size: d.px(44), track: 0.06}, d.Number, w*0.08, d.px(150))
	note := style{hand: scrawl, size: d.px(106), wobble: 0.009, swell: 0.012, uneven: 0.3, leading: 1.12}
	y = d.block(pencil, note, d.Note, window.x0, window.y1+d.px(190), window.width(), 0)
	d.mustFit(y - note.line())
	d.tint(form, color.RGBA{112, 104, 92, 255}, 0.9, false)
	d.print(pencil, pencilGrey)
	d.pencilFolio()
}

// recess sinks the window a little into the board: a bevel, a shadow along two sides, a lighter ground.
func (d *drawing) recess(b box) {
	ground, bevel, shadow := d.plate(), d.plate(), d.plate()
	ground.draw(polygon(b.corners()...))
	d.blend(ground, surface, true, func(x, y float64) float64 { return 0.75 + 0.1*d.relief.at(x/d.px(200), y/d.px(200)) })
	shadow.draw(line(d.px(20), point{b.x0, b.y1}, point{b.x0, b.y0}, point{b.x1, b.y0}))
	shadow.soften(max(1, int(d.px(9))))
	d.tint(shadow, color.RGBA{92, 82, 68, 255}, 0.4, false)
	bevel.frame(b, d.px(6))
	d.tint(bevel, color.RGBA{252, 250, 244, 255}, 0.9, true)
	edge := d.plate()
	edge.frame(b.inset(-d.px(6)), d.px(2))
	d.tint(edge, color.RGBA{120, 108, 90, 255}, 0.6, false)
}

// pocket glues a paper triangle over one corner of the place where the document would lie.
func (d *drawing) pocket(b box, corner point) {
	in := b.inset(d.px(64))
	c := point{in.x0, in.y0}
	side := point{1, 1}
	if corner.x > b.centre().x {
		c.x, side.x = in.x1, -1
	}
	if corner.y > b.centre().y {
		c.y, side.y = in.y1, -1
	}
	r := d.px(150)
	shape := polygon(c, point{c.x + side.x*r, c.y}, point{c.x, c.y + side.y*r})
	dark, piece, seam := d.plate(), d.plate(), d.plate()
	dark.fill(shape, shift(d.px(3), d.px(5)), 1)
	dark.soften(max(1, int(d.px(4))))
	d.tint(dark, color.RGBA{80, 70, 58, 255}, 0.45, false)
	piece.draw(shape)
	d.tint(piece, color.RGBA{226, 219, 202, 255}, 1, true)
	seam.draw(line(d.px(2.5), point{c.x + side.x*r, c.y}, point{c.x, c.y + side.y*r}))
	d.tint(seam, color.RGBA{130, 118, 100, 255}, 0.7, false)
}
