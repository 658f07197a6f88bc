package main

import "math"

func newsprintStock(d *drawing) stock {
	s := stock{
		tone: pick(d.random, news, straw, buff), mottling: 6, grain: 3, fibres: 120, foxing: 60 + d.random.IntN(60),
		toning: d.vary(0.55, 0.12), tilt: d.vary(0, 0.3), tears: 9,
		folds: []fold{{true, d.vary(0.5, 0.006), 1}, {false, d.vary(0.5, 0.01), 0.55}},
	}
	return s
}

// drawMasthead prints the front of a newspaper: its name in plain type, the line of the issue between
// rules, and columns whose text is only strokes.
func drawMasthead(d *drawing) {
	p := d.plate()
	left, right := d.area.width()*0.07, d.area.width()*0.93
	middle := (left + right) / 2
	y := d.px(150)
	small := style{hand: serif, size: d.px(40), track: 0.04}
	d.set(p, small, d.Number, left, y)
	d.flushRight(p, small, d.Folio, right, y)
	d.centred(p, small, d.Heading, middle, y)
	name := style{hand: pick(d.random, serifB, slab, gothicB), size: d.px(400), track: 0.02}
	name = d.fitted(name, d.Title, right-left)
	if d.Blank {
		name.size *= 0.55
	}
	y += name.size*1.12 + d.px(40)
	d.centred(p, name, d.Title, middle, y)
	y = d.issueLine(p, left, right, y+name.size*0.28+d.px(30))
	strokes := d.plate()
	d.columns(p, strokes, box{left, y, right, d.text.y1})
	k := pick(d.random, lithoBlack, printBlack, lithoBlack)
	d.print(p, k)
	strokes.soften(max(1, int(d.px(2.2))))
	k.speckle = 0.1 // blurred already; pinholes in it would only look like noise
	d.print(strokes, k)
	d.stamp(point{d.area.width() * d.vary(0.72, 0.05), d.area.height() * d.vary(0.8, 0.03)}, stampRed)
}

// issueLine sets number and date between a double and a single rule and returns where the columns begin.
func (d *drawing) issueLine(p *plate, left, right, y float64) float64 {
	s := style{hand: serifB, size: d.px(46), track: 0.02}
	p.draw(line(d.px(7), point{left, y}, point{right, y}), line(d.px(2.5), point{left, y + d.px(12)}, point{right, y + d.px(12)}))
	base := y + d.px(74)
	d.set(p, s, d.Issue, left, base)
	d.flushRight(p, s, d.PlaceDate, right, base)
	y = base + d.px(34)
	p.draw(line(d.px(2.5), point{left, y}, point{right, y}))
	return y + d.px(44)
}

// columns fills the page with ruled columns: the words of the sheet first, then waves
// on a second plate in place of text.
func (d *drawing) columns(p, strokes *plate, b box) {
	n := d.Columns
	if n == 0 {
		n = 2 + d.random.IntN(2)
	}
	gutter := d.px(52)
	width := (b.width() - gutter*float64(n-1)) / float64(n)
	for i := range n {
		x := b.x0 + float64(i)*(width+gutter)
		if i > 0 {
			p.draw(line(d.px(2.2), point{x - gutter/2, b.y0}, point{x - gutter/2, b.y1}))
		}
		d.column(p, strokes, box{x, b.y0, x + width, b.y1}, i)
	}
}

func (d *drawing) column(p, strokes *plate, b box, i int) {
	y := b.y0 + d.px(40)
	if i == 0 {
		s := style{hand: serif, size: d.px(47), leading: 1.42, uneven: 0.2}
		for _, text := range d.Body {
			y = d.block(p, s, text, b.x0, y, b.width(), d.px(44))
		}
		d.mustFit(y - b.height()*0.02)
		p.draw(line(d.px(2.5), point{b.x0 + b.width()*0.3, y}, point{b.x1 - b.width()*0.3, y}))
		y += d.px(70)
	}
	if d.Blank {
		return
	}
	if i == 1 {
		block := box{b.x0, b.y0, b.x1, b.y0 + b.width()*0.55}
		d.halftone(p, block)
		y = block.y1 + d.px(70)
	}
	for y < b.y1-d.px(60) {
		y = d.story(strokes, b, y)
	}
}

// story draws one article in strokes: a thick headline and some paragraphs.
func (d *drawing) story(p *plate, b box, y float64) float64 {
	size := d.px(d.vary(42, 8))
	d.strokesOfText(p, b.x0, b.x0+b.width()*d.vary(0.75, 0.2), y+d.px(12), size)
	y += d.px(86)
	for range 2 + d.random.IntN(2) {
		lines := 3 + d.random.IntN(5)
		for i := range lines {
			if y > b.y1-d.px(30) {
				return y
			}
			x0, x1 := b.x0, b.x1
			if i == 0 {
				x0 += d.px(40)
			}
			if i == lines-1 {
				x1 -= b.width() * d.vary(0.45, 0.3)
			}
			d.strokesOfText(p, x0, x1, y, d.px(26))
			y += d.px(76)
		}
	}
	return y + d.px(46)
}

// strokesOfText draws a line of what looks like print from afar and is none from near: a wave for each
// word, higher here and there where a tall letter would be. high is the height of a small letter. (Bars
// would be taken for redaction.)
func (d *drawing) strokesOfText(p *plate, x0, x1, y, high float64) {
	const perLetter = 5
	for x := x0; x < x1-2*high; x += high * 0.9 {
		letters := min(2+d.random.IntN(4), int((x1-x)/high))
		pts := make([]point, 0, letters*perLetter)
		tall := d.random.IntN(letters + 2)
		for i := range letters * perLetter {
			rise := high * 0.5 * (1 - math.Cos(2*math.Pi*float64(i)/perLetter))
			if i/perLetter == tall {
				rise *= 1.6
			}
			pts = append(pts, point{x + float64(i)*high*0.19, y - rise})
		}
		p.fill(line(high*0.24, pts...), shift(0, 0), d.vary(0.62, 0.12))
		x = pts[len(pts)-1].x
	}
}

// halftone prints a block of dots that show nothing but waves.
func (d *drawing) halftone(p *plate, b box) {
	p.frame(b, d.px(3))
	cell := d.px(25)
	in := b.inset(cell)
	for j, y := 0, in.y0; y < in.y1; j, y = j+1, y+cell*0.866 {
		for x := in.x0 + cell/2*float64(j%2); x < in.x1; x += cell {
			u, v := (x-b.x0)/b.width()-0.5, (y-b.y0)/b.height()-0.5
			tone := 0.5 + 0.4*math.Sin(9*math.Hypot(u, v*0.8)+2.4*u) - 0.25*v
			p.draw(disc(point{x, y}, cell*0.52*math.Sqrt(clamp(tone, 0.03, 0.9))))
		}
	}
}
