package main

import (
	"image/color"
	"math"
)

func typescriptStock(d *drawing) stock {
	s := stock{
		tone: pick(d.random, cream, straw, onion, pale), mottling: 5, grain: 3, fibres: 100,
		foxing: 40 + d.random.IntN(90), toning: d.vary(0.5, 0.2), tilt: d.vary(0, 0.35),
		folds: []fold{{true, d.vary(0.34, 0.02), d.vary(0.7, 0.3)}, {true, d.vary(0.67, 0.02), d.vary(0.7, 0.3)}},
	}
	if d.chance(0.4) {
		s.folds = []fold{{true, d.vary(0.5, 0.01), 1}, {false, d.vary(0.5, 0.01), d.vary(0.6, 0.2)}}
	}
	if d.chance(0.75) {
		s.holes = []point{{0.036, 0.5 - 0.0285*2}, {0.036, 0.5 + 0.0285*2}}
	}
	if d.chance(0.3) {
		s.tide = d.vary(0.55, 0.2)
	}
	return s
}

// drawTypescript types a letter: number and place at the head, heading, paragraphs, a note at the end.
func drawTypescript(d *drawing) {
	p := d.plate()
	t := d.newTypewriter(p, pick(d.random, cursor, mono, mono), d.px(53))
	left, width := d.area.width()*0.125, d.area.width()*0.795
	middle := left + width/2
	y := d.text.y0 + d.px(110)
	t.line(d.Number, left, y)
	place := t.wrap(d.PlaceDate, width*0.62, 0)
	for i, l := range place {
		t.line(l, left+width-t.length(l), y+float64(i)*t.feed)
	}
	y += t.feed*float64(len(place)) + d.px(110)
	y = t.heading(d.Heading, d.Subheading, middle, y, width)
	slip := d.random.IntN(max(len(d.Body), 1))
	for i, text := range d.Body {
		y = t.paragraph(text, left, y, width, i == slip) + d.px(14)
	}
	y = d.endOfLetter(t, y+d.px(40), left, width)
	d.mustFit(y - t.feed)
	k := ribbonBlack
	if d.chance(0.3) {
		p.soften(max(1, int(d.px(1.6))))
		k = carbonBlue
	}
	d.print(p, k)
	d.stamp(point{d.area.width() * d.vary(0.72, 0.05), math.Min(math.Max(y+d.px(150), d.area.height()*0.62), d.text.y1-d.px(150))}, pick(d.random, stampRed, stampRed, stampViolet))
	d.clip()
	d.pencilFolio()
}

// heading types the title, underlined, and the subject below.
func (t *typewriter) heading(heading, subject string, middle, y, width float64) float64 {
	if heading != "" {
		half := t.length(heading) / 2
		t.line(heading, middle-half, y)
		t.underline(middle-half, middle+half, y+t.style.size*0.3)
		y += t.feed * 1.05
	}
	if subject != "" {
		y = t.centred(subject, middle, y, width*0.82)
	}
	return y + t.feed*0.5
}

// endOfLetter types the note flush right and rules the empty frames, if any.
func (d *drawing) endOfLetter(t *typewriter, y, left, width float64) float64 {
	if d.Note != "" {
		for _, l := range t.wrap(d.Note, width*0.9, 0) {
			t.line(l, left+width-t.length(l), y)
			y += t.feed
		}
	}
	if d.Frames == 0 {
		return y
	}
	cell := width / float64(d.Frames)
	for i := range d.Frames {
		x := left + cell*float64(i)
		b := box{x + cell*0.06, y, x + cell*0.94, y + d.px(300)}
		for j, c := range b.corners() {
			t.p.long(d.px(4), 0.9, d.wobbly(c, b.corners()[(j+1)%4], d.px(3)))
		}
	}
	return y + d.px(320)
}

// clip leaves the rust of a paper clip at the upper edge, on some sheets.
func (d *drawing) clip() {
	if d.chance(0.5) {
		return
	}
	x, w, h := d.area.width()*d.vary(0.2, 0.06), d.px(58), d.px(250)
	p := d.plate()
	left, right := x-w/2, x+w/2
	pts := append([]point{{right, -10}}, arc(point{x, h - w/2}, w/2, w/2, 0, 180)...)
	pts = append(pts, arc(point{x - w*0.02, d.px(46)}, w/2, w/2, 180, 330)...)
	p.fill(line(d.px(9), pts...), turn(d.vary(0, 4), point{x, 0}), 1)
	p.fill(line(d.px(5), point{left, d.px(60)}, point{left, h * 0.8}), turn(d.vary(0, 4), point{x, 0}), 0.8)
	p.soften(max(1, int(d.px(3))))
	d.print(p, ink{colour: color.RGBA{150, 84, 38, 255}, cover: 0.55, speckle: 0.8, cell: 7, drift: 0.5})
}

// pencilFolio writes the sheet number in the upper right corner, as archivists do.
func (d *drawing) pencilFolio() {
	if d.Folio == "" {
		return
	}
	p := d.plate()
	s := style{hand: scrawl, size: d.px(96), wobble: 0.012, slant: 0.05, swell: 0.012, uneven: 0.3}
	s = d.fitted(s, d.Folio, d.area.width()*0.3)
	d.flushRight(p, s, d.Folio, d.area.width()*0.955, d.px(128))
	d.print(p, pick(d.random, pencilGrey, pencilBlue))
}
