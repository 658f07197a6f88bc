package main

import "image/color"

func cardStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, rosy, straw, bluish, pale), mottling: 4, grain: 3, fibres: 50, foxing: 30 + d.random.IntN(40),
		toning: d.vary(0.4, 0.12), tilt: d.vary(0, 0.4), corner: 46,
		folds: []fold{{false, 0.5 + d.vary(0, 0.004), d.vary(0.45, 0.2)}},
	}
}

// drawCard prints a delegate's card: a ruled border, dotted lines, an empty place for a picture.
func drawCard(d *drawing) {
	form, pen := d.plate(), d.plate()
	b := box{d.px(90), d.px(90), d.area.x1 - d.px(90), d.text.y1 - d.px(6)}
	d.tintedGround(b)
	form.frame(b, d.px(9))
	form.frame(b.inset(d.px(20)), d.px(3))
	in := b.inset(d.px(86))
	middle := in.centre().x
	title := d.fitted(style{hand: serifB, size: d.px(128), track: 0.08}, d.Heading, in.width())
	y := in.y0 + d.px(104)
	d.centred(form, title, d.Heading, middle, y)
	sub := d.fitted(style{hand: italic, size: d.px(74)}, d.Subheading, in.width())
	d.centred(form, sub, d.Subheading, middle, y+d.px(108))
	form.draw(line(d.px(4), point{middle - d.px(260), y + d.px(152)}, point{middle + d.px(260), y + d.px(152)}))
	y += d.px(200)
	picture := box{in.x0, y, in.x0 + d.px(465), y + d.px(620)}
	d.emptyPicture(form, picture)
	d.cardLines(form, pen, picture.x1+d.px(90), in.x1, y+d.px(84))
	d.set(form, style{hand: serifB, size: d.px(52)}, d.Number, in.x0, in.y1-d.px(4))
	note := d.fitted(style{hand: italic, size: d.px(46)}, d.Note, in.width()*0.72)
	d.flushRight(form, note, d.Note, in.x1, in.y1-d.px(4))
	d.print(form, pick(d.random, formBrown, formGreen, printBlack))
	d.print(pen, pick(d.random, penBlue, penBlue, penBrown))
	d.stamp(point{in.x1 - d.px(250), in.y1 - d.px(250)}, stampRed)
}

// tintedGround prints fine slanting lines under the border, as cards have against erasure.
func (d *drawing) tintedGround(b box) {
	p := d.plate()
	in := b.inset(d.px(24))
	for x := in.x0 - in.height(); x < in.x1; x += d.px(64) {
		from, to := point{x, in.y1}, point{x + in.height(), in.y0}
		if from.x < in.x0 {
			from = point{in.x0, in.y1 - (in.x0 - x)}
		}
		if to.x > in.x1 {
			to = point{in.x1, in.y0 + (to.x - in.x1)}
		}
		p.draw(line(d.px(3), from, to))
	}
	d.print(p, ink{colour: color.RGBA{150, 96, 70, 255}, cover: 0.15, drift: 0.3, cell: 4})
}

// emptyPicture rules the place for a picture and says that it stays empty.
func (d *drawing) emptyPicture(p *plate, b box) {
	ground := d.plate()
	ground.draw(polygon(b.corners()...))
	d.tint(ground, surface, 0.7, true)
	p.frame(b, d.px(3.5))
	s := style{hand: italic, size: d.px(46)}
	d.centredLines(p, s, "Chỗ dán ảnh, để trống", b.centre().x, b.centre().y-d.px(20), b.width()*0.8)
}

// cardLines prints each label with its dotted line and writes the answer on it.
func (d *drawing) cardLines(form, pen *plate, left, right, y float64) {
	label := style{hand: serif, size: d.px(68)}
	hand := penStyle(d, 142)
	for _, f := range d.Fields {
		x := d.set(form, label, f[0]+":", left, y) + d.px(26)
		d.dotted(form, x, right, y+d.px(8))
		d.set(pen, d.fitted(hand, f[1], right-x-d.px(20)), f[1], x+d.px(20), y-d.px(6))
		y += d.px(172)
	}
	d.mustFit(y - d.px(90))
}
