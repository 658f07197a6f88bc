package main

func indexStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, pale, cream), mottling: 4, grain: 3, fibres: 50, foxing: 24 + d.random.IntN(30),
		toning: d.vary(0.45, 0.15), tilt: d.vary(0, 0.4), corner: 20, holes: []point{{0.5, 0.815}},
	}
}

// drawIndexCard types a catalogue card with a red rule and a hole for the rod.
func drawIndexCard(d *drawing) {
	blue, red, typed := d.plate(), d.plate(), d.plate()
	top := d.px(330)
	for y := top; y < d.text.y1-d.px(10); y += d.px(118) {
		blue.draw(line(d.px(2.6), point{0, y}, point{d.area.x1, y}))
	}
	red.draw(line(d.px(5), point{0, top - d.px(10)}, point{d.area.x1, top - d.px(10)}),
		line(d.px(5), point{d.px(330), 0}, point{d.px(330), d.area.y1}),
		line(d.px(5), point{d.px(342), 0}, point{d.px(342), d.area.y1}))
	d.print(blue, ruleBlue)
	d.print(red, ruleRed)
	t := d.newTypewriter(typed, pick(d.random, cursor, mono), d.px(66))
	t.feed = d.px(118)
	left := d.px(400)
	t.line(d.Heading, left, d.px(210))
	t.line(d.Heading, left+d.px(2), d.px(210)) // typed twice for weight
	t.line(d.Number, d.area.x1-t.length(d.Number)-d.px(110), d.px(110))
	y := d.cardEntries(t, left, top+d.px(98))
	if d.Note != "" {
		t.line(d.Note, left, y)
		y += t.feed
	}
	d.mustFit(y - t.feed)
	d.print(typed, ribbonBlack)
	d.stamp(point{d.area.x1 - d.px(360), d.text.y1 - d.px(230)}, stampRed)
	d.pencilFolio()
}

// cardEntries types each field, its label first, and returns the next line.
func (d *drawing) cardEntries(t *typewriter, left, y float64) float64 {
	for _, f := range d.Fields {
		x := t.line(f[0]+":", left, y) + t.pitch
		for _, l := range t.wrap(f[1], d.area.x1-x-d.px(120), 0) {
			t.line(l, x, y)
			y += t.feed
		}
	}
	return y
}
