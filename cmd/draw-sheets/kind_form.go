package main

func formStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, straw, cream, rosy), mottling: 6, grain: 3, fibres: 120, foxing: 60 + d.random.IntN(80),
		toning: d.vary(0.48, 0.12), tilt: d.vary(0, 0.4), tide: d.vary(0.35, 0.3),
		folds: []fold{{true, d.vary(0.5, 0.012), 1}, {false, d.vary(0.5, 0.012), 0.7}}, tears: 9,
	}
}

// drawHandwritingForm prints a form with dotted lines and fills it in by pen.
func drawHandwritingForm(d *drawing) {
	form, pen := d.plate(), d.plate()
	left, right := d.text.x0+d.px(30), d.text.x1
	middle := (left + right) / 2
	y := d.text.y0 + d.px(130)
	title := d.fitted(style{hand: serifB, size: d.px(84), track: 0.06}, d.Heading, right-left)
	d.centred(form, title, d.Heading, middle, y)
	form.draw(line(d.px(3), point{middle - d.px(150), y + d.px(42)}, point{middle + d.px(150), y + d.px(42)}))
	d.set(form, style{hand: italic, size: d.px(42)}, d.Number, left, d.text.y0)
	y += d.px(150)
	ink := penStyle(d, 124)
	if d.Subheading != "" {
		y = d.centredLines(pen, ink, d.Subheading, middle, y, right-left)
	}
	if d.PlaceDate != "" {
		d.flushRight(pen, d.fitted(ink, d.PlaceDate, right-left), d.PlaceDate, right, y)
		d.smudge(right-d.px(430), y-d.px(20))
	}
	feed := d.px(124)
	ink.leading = feed / ink.size
	y = d.formFields(form, pen, ink, left, right, y+feed*1.3)
	for _, text := range d.Body {
		y = d.block(pen, ink, text, left, y, right-left, d.px(90)) + feed*0.25
	}
	if d.Note != "" {
		y = d.block(pen, ink, d.Note, left, y, right-left, 0)
	}
	d.mustFit(y - feed)
	for dots := d.text.y0 + d.px(420); dots < d.text.y1-d.px(60); dots += feed {
		d.dotted(form, left, right, dots)
	}
	d.print(form, pick(d.random, formBrown, formGreen, printBlack))
	d.print(pen, pick(d.random, penBlue, penBrown))
	d.stamp(point{d.area.width() * d.vary(0.7, 0.06), d.text.y1 - d.px(220)}, pick(d.random, stampRed, stampViolet))
	d.pencilFolio()
}

// formFields prints each label and writes its answer on the same line.
func (d *drawing) formFields(form, pen *plate, ink style, left, right, y float64) float64 {
	label := style{hand: serif, size: d.px(48)}
	for _, f := range d.Fields {
		x := d.set(form, label, f[0]+":", left, y) + d.px(36)
		d.set(pen, d.fitted(ink, f[1], right-x), f[1], x, y)
		y += ink.line()
	}
	return y
}

// smudge drags wet ink sideways over a place, as a sleeve does.
func (d *drawing) smudge(x, y float64) {
	p := d.plate()
	for range 26 {
		from := point{x + d.vary(0, 60)*d.unit, y + d.vary(0, 24)*d.unit}
		to := from.add(point{d.px(d.vary(110, 70)), d.px(d.vary(-8, 14))})
		p.long(d.px(d.vary(9, 6)), d.vary(0.3, 0.2), d.wobbly(from, to, d.px(8)))
	}
	p.soften(max(1, int(d.px(7))))
	d.print(p, penBlue)
}
