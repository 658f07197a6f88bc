package main

import "image/color"

func albumStock(d *drawing) stock {
	return stock{
		tone: album, mottling: 5, grain: 4, fibres: 100, foxing: 10, toning: 0.2, tilt: d.vary(0, 0.25), corner: 12,
		folds: []fold{{false, 0.03, 0.7}},
	}
}

// drawPhotoMount draws a page of an album whose pictures are missing: grey fields with white borders, and
// a note in white pencil that says what would be there.
func drawPhotoMount(d *drawing) {
	pencil := d.plate()
	w, h := d.area.width(), d.area.height()
	white := style{hand: scrawl, size: d.px(128), wobble: 0.01, swell: 0.014, uneven: 0.3, leading: 1.08}
	d.set(pencil, d.fitted(white, d.Heading, w*0.6), d.Heading, w*0.08, d.px(190))
	frames := d.frames(box{w * 0.08, d.px(270), w * 0.92, h - d.px(570)})
	for i, b := range frames {
		d.missingPicture(b)
		if d.Frames > 1 {
			d.centred(pencil, white, string(rune('1'+i)), b.centre().x, b.y1+d.px(92))
		}
	}
	y := d.block(pencil, white, d.Note, w*0.08, h-d.px(330), w*0.66, 0)
	d.mustFit(y - white.line())
	d.flushRight(pencil, white, d.Number, w*0.92, h-d.px(330))
	if d.Folio != "" {
		d.flushRight(pencil, white, d.Folio, w*0.92, d.px(190))
	}
	d.print(pencil, pencilWhite)
	last := frames[len(frames)-1]
	d.stamp(point{last.x1 - d.px(270), last.y1 - d.px(210)}, stampRed)
}

// frames places the pictures side by side, upright where there are several.
func (d *drawing) frames(b box) []box {
	n := max(d.Frames, 1)
	gap := d.px(110)
	cell := (b.width() - gap*float64(n-1)) / float64(n)
	wide := min(cell, b.height()*0.76)
	if n == 1 {
		wide = min(cell, b.height()*1.45)
	}
	var out []box
	for i := range n {
		middle := b.x0 + cell/2 + float64(i)*(cell+gap)
		out = append(out, box{middle - wide/2, b.y0, middle + wide/2, b.y0 + min(b.height(), wide*1.4)})
	}
	return out
}

// missingPicture draws an even grey field with a white border under four corners; it shows nothing.
func (d *drawing) missingPicture(b box) {
	d.pasted(b, color.RGBA{232, 226, 210, 255}, 0.8)
	field := d.plate()
	in := b.inset(d.px(40))
	field.draw(polygon(in.corners()...))
	d.blend(field, color.RGBA{150, 144, 134, 255}, true, func(x, y float64) float64 {
		fade := (x - in.x0 + y - in.y0) / (in.width() + in.height())
		return 0.98 - 0.28*fade + 0.05*d.relief.at(x/d.px(90), y/d.px(90))
	})
	for _, c := range b.corners() {
		d.corner(b, c)
	}
}

// corner glues a dark photo corner.
func (d *drawing) corner(b box, at point) {
	side := point{1, 1}
	if at.x > b.centre().x {
		side.x = -1
	}
	if at.y > b.centre().y {
		side.y = -1
	}
	p, edge := d.plate(), d.plate()
	r, o := d.px(110), d.px(10)
	c := point{at.x - side.x*o, at.y - side.y*o}
	p.draw(polygon(c, point{c.x + side.x*r, c.y}, point{c.x, c.y + side.y*r}))
	d.tint(p, color.RGBA{34, 30, 28, 255}, 1, true)
	edge.draw(line(d.px(4), point{c.x + side.x*r, c.y}, point{c.x, c.y + side.y*r}))
	d.tint(edge, color.RGBA{110, 102, 92, 255}, 1, true)
}
