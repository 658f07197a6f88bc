package main

import (
	"image/color"
	"strings"
)

func telegramStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, rosy, bluish, straw), mottling: 6, grain: 3, fibres: 100, foxing: 40 + d.random.IntN(50),
		toning: d.vary(0.5, 0.15), tilt: d.vary(0, 0.4), tears: 10, folds: []fold{{false, d.vary(0.5, 0.01), 1}},
		holes: []point{{0.028, 0.42}, {0.028, 0.58}},
	}
}

// drawTelegram prints a form with boxes and pastes the message on it in strips of tape.
func drawTelegram(d *drawing) {
	form, typed := d.plate(), d.plate()
	b := box{d.area.width() * 0.065, d.px(120), d.area.width() * 0.935, d.text.y1}
	form.frame(b, d.px(6))
	title := d.fitted(style{hand: gothicB, size: d.px(104), track: 0.14}, d.Heading, b.width()*0.6)
	d.set(form, title, d.Heading, b.x0+d.px(44), b.y0+d.px(132))
	d.flushRight(form, style{hand: gothic, size: d.px(52), track: 0.04}, d.Number, b.x1-d.px(44), b.y0+d.px(80))
	d.flushRight(form, d.fitted(style{hand: gothic, size: d.px(46)}, d.PlaceDate, b.width()*0.4), d.PlaceDate, b.x1-d.px(44), b.y0+d.px(146))
	y := b.y0 + d.px(184)
	form.draw(line(d.px(4), point{b.x0, y}, point{b.x1, y}))
	y = d.boxes(form, typed, box{b.x0, y, b.x1, y + d.px(226)})
	d.messageLines(form, box{b.x0, y, b.x1, b.y1 - d.px(90)})
	d.set(form, d.fitted(style{hand: italic, size: d.px(42)}, d.Note, b.width()*0.6), d.Note, b.x0+d.px(44), b.y1-d.px(34))
	d.print(form, pick(d.random, formGreen, formBrown, printBlack))
	d.print(typed, ribbonBlack)
	d.tapes(box{b.x0 + d.px(70), y + d.px(100), b.x1 - d.px(70), b.y1 - d.px(120)})
	d.stamp(point{b.x1 - d.px(320), b.y1 - d.px(170)}, stampViolet)
}

// boxes rules one box per field, with a printed label and a typed answer.
func (d *drawing) boxes(form, typed *plate, b box) float64 {
	if len(d.Fields) == 0 {
		return b.y0
	}
	cell := b.width() / float64(len(d.Fields))
	t := d.newTypewriter(typed, mono, d.px(54))
	for i, f := range d.Fields {
		x := b.x0 + cell*float64(i)
		if i > 0 {
			form.draw(line(d.px(3), point{x, b.y0}, point{x, b.y1}))
		}
		d.set(form, style{hand: gothic, size: d.px(44)}, f[0], x+d.px(22), b.y0+d.px(54))
		y := b.y0 + d.px(124)
		for _, l := range t.wrap(f[1], cell-d.px(36), 0) {
			t.line(l, x+d.px(22), y)
			y += d.px(68)
		}
	}
	form.draw(line(d.px(4), point{b.x0, b.y1}, point{b.x1, b.y1}))
	return b.y1
}

// messageLines rules the field for the message.
func (d *drawing) messageLines(form *plate, b box) {
	for y := b.y0 + d.px(150); y < b.y1; y += d.px(150) {
		form.draw(line(d.px(2), point{b.x0 + d.px(40), y}, point{b.x1 - d.px(40), y}))
	}
	form.draw(line(d.px(3), point{b.x0, b.y1}, point{b.x1, b.y1}))
}

// tapes pastes the message in strips, each a little askew and with its own shadow.
func (d *drawing) tapes(b box) {
	trial := d.newTypewriter(d.plate(), mono, d.px(92))
	y := b.y0
	for _, text := range d.Body {
		for _, l := range trial.wrap(strings.ToUpper(text), b.width()-d.px(60), 0) {
			d.tape(l, b.x0+d.px(d.vary(20, 20)), y)
			y += d.px(186)
		}
	}
	d.mustFit(y - d.px(90))
}

func (d *drawing) tape(text string, x, y float64) {
	shadow, strip, typed := d.plate(), d.plate(), d.plate()
	t := d.newTypewriter(typed, mono, d.px(92))
	high := d.px(140)
	b := box{x, y, x + t.length(text) + d.px(d.vary(70, 20)), y + high}
	lean := turn(d.vary(0, 0.5), b.centre())
	c := b.corners()
	c[1].x += d.px(d.vary(0, 14))
	c[3].x += d.px(d.vary(0, 8))
	shadow.fill(polygon(c...), shift(d.px(5), d.px(7)).after(lean), 1)
	shadow.soften(max(1, int(d.px(4))))
	strip.fill(polygon(c...), lean, 1)
	d.tint(shadow, color.RGBA{60, 48, 36, 255}, 0.5, false)
	d.tint(strip, color.RGBA{246, 238, 214, 255}, 1, true)
	t.line(text, b.x0+d.px(32), b.y0+high*0.7)
	d.print(typed, ribbonBlack)
}
