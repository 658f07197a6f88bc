package main

func minutesStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, cream, pale, bluish), mottling: 5, grain: 3, fibres: 90, foxing: 50 + d.random.IntN(70),
		toning: d.vary(0.45, 0.15), tilt: d.vary(0, 0.35), folds: []fold{{true, d.vary(0.5, 0.01), 0.9}},
		holes: []point{{0.034, 0.22}, {0.034, 0.5}, {0.034, 0.78}},
	}
}

// drawMinutes writes a record of a meeting by pen on ruled school paper.
func drawMinutes(d *drawing) {
	feed := d.px(104)
	top := d.text.y0 + d.px(250)
	d.ruled(top-2*feed, feed)
	pen := penStyle(d, 120)
	p := d.plate()
	left, right := d.area.width()*0.185, d.area.width()*0.93
	y := top
	d.set(p, pen.sized(d.px(80)), d.Number, left, y-2*feed)
	d.flushRight(p, d.fitted(pen, d.PlaceDate, (right-left)*0.66), d.PlaceDate, right, y-feed)
	heading := d.fitted(pen.sized(d.px(148)), d.Heading, right-left)
	d.centred(p, heading, d.Heading, (left+right)/2, y+feed)
	y += 2 * feed
	d.centred(p, d.fitted(pen, d.Subheading, right-left), d.Subheading, (left+right)/2, y)
	y += 2 * feed
	pen.leading = feed / pen.size
	for _, text := range d.Body {
		y = d.block(p, pen, text, left, y, right-left, d.px(110))
	}
	if d.Note != "" {
		d.flushRight(p, pen, d.Note, right, y+feed)
		y += 2 * feed
	}
	d.mustFit(y - feed)
	d.print(p, pick(d.random, penBlue, penBlue, penBrown))
	d.stamp(point{d.area.width() * d.vary(0.74, 0.04), d.text.y1 - d.px(210)}, pick(d.random, stampRed, stampViolet))
	d.pencilFolio()
}

// penStyle is a school hand at a size in reference pixels.
func penStyle(d *drawing, size float64) style {
	return style{hand: school, size: d.px(size), wobble: 0.009, slant: d.vary(0.14, 0.05), swell: 0.012, uneven: 0.22}
}

// ruled draws pale blue lines and the red line of the margin.
func (d *drawing) ruled(from, feed float64) {
	blue, red := d.plate(), d.plate()
	for y := from + feed*0.08; y < d.text.y1+feed*0.4; y += feed {
		blue.draw(line(d.px(2.6), point{0, y}, point{d.area.width(), y}))
	}
	x := d.area.width() * 0.16
	red.draw(line(d.px(3), point{x, 0}, point{x, d.area.height()}))
	d.print(blue, ruleBlue)
	d.print(red, ruleRed)
}
