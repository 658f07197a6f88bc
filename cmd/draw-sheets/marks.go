package main

import (
	"image/color"
	"math"
)

// The words that make a placeholder honest.
const (
	footWords    = "BẢN MINH HOẠ – KHÔNG PHẢI TÀI LIỆU GỐC"
	overlayWords = "MINH HOẠ"
	stampWords   = "MẪU"
)

// mark is a place where such words stand on the sheet.
type mark struct {
	words   string
	outline []point // the four corners, before the sheet is laid askew
}

func (m mark) extent() box { return around(m.outline) }

// slope is how the overlay runs over the sheet, in degrees.
const slope = -32

// mark writes the foot, and MINH HOẠ across the whole sheet: large words in staggered rows, with small
// ones between, so that every third of the sheet and every tile of a few hundred pixels keeps one whole.
func (d *drawing) mark() {
	d.overlay()
	d.foot()
}

func (d *drawing) overlay() {
	large, small := d.plate(), d.plate()
	short := math.Min(d.area.width(), d.area.height())
	row := short * 0.215
	big := style{hand: gothicB, size: short * 0.105, track: 0.05}
	little := style{hand: gothicB, size: short * 0.0195, track: 0.14}
	d.repeat(large, big, row, 0, 1.42)
	d.repeat(small, little, row, row*0.42, 2.3)
	large.soften(max(1, int(d.px(3))))
	d.glaze(large, 0.13)
	d.glaze(small, 0.25)
}

// repeat fills the sheet with slanting rows of MINH HOẠ; gap is the distance of the words in their lengths.
func (d *drawing) repeat(p *plate, s style, row, offset, gap float64) {
	centre := d.area.centre()
	reach := math.Hypot(d.area.width(), d.area.height()) / 2
	length := d.length(s, overlayWords)
	turned := turn(slope, centre)
	for i, y := 0, -reach+offset; y < reach; i, y = i+1, y+row {
		start := -reach - length*gap*float64(i%2)/2
		for x := start; x < reach; x += length * gap {
			d.slanted(p, s, turned.after(shift(centre.x+x, centre.y+y)), length)
		}
	}
}

// slanted writes MINH HOẠ through a matrix and remembers where, if any of it is on the sheet.
func (d *drawing) slanted(p *plate, s style, m matrix, length float64) {
	b := box{0, -1.05 * s.size, length, 0.25 * s.size}
	at := mark{words: overlayWords}
	for _, c := range b.corners() {
		at.outline = append(at.outline, m.apply(c))
	}
	e := at.extent()
	if e.x1 < 0 || e.y1 < 0 || e.x0 > d.area.x1 || e.y0 > d.area.y1 {
		return
	}
	x := 0.0
	for _, r := range overlayWords {
		g, err := d.fonts[s.hand].glyph(r)
		if err != nil {
			d.fail("%w", err)
			return
		}
		for _, part := range g.parts {
			p.fill(part, m.after(shift(x, 0)).after(scale(s.size)), 1)
		}
		x += (g.advance + s.track) * s.size
	}
	if d.area.contains(e) {
		d.marks = append(d.marks, at)
	}
}

// glaze lays a plate over light and dark parts alike: it darkens the light and lightens the dark.
func (d *drawing) glaze(p *plate, cover float64) {
	dark, light := [3]float64{112, 30, 20}, [3]float64{235, 222, 205}
	for y := p.used.Min.Y; y < p.used.Max.Y; y++ {
		for x := p.used.Min.X; x < p.used.Max.X; x++ {
			a := float64(p.mask.Pix[p.mask.PixOffset(x, y)]) / 255 * cover
			if a == 0 {
				continue
			}
			px := d.img.Pix[d.img.PixOffset(x, y):]
			toward := dark
			if int(px[0])+int(px[1])+int(px[2]) < 3*118 {
				toward = light
			}
			for c := range 3 {
				px[c] = uint8(mix(float64(px[c]), toward[c], a) + 0.5)
			}
		}
	}
}

// foot prints what the sheet is, on a strip of its own so that nothing shines through.
func (d *drawing) foot() {
	s := d.fitted(style{hand: gothicB, size: d.px(44), track: 0.07}, footWords, d.area.width()*0.86)
	y := d.area.y1 - d.px(62)
	half := d.length(s, footWords) / 2
	middle := d.area.centre().x
	b := box{middle - half - d.px(34), y - s.size*1.32, middle + half + d.px(28), y + s.size*0.52}
	strip, words := d.plate(), d.plate()
	strip.draw(polygon(b.corners()...))
	d.tint(strip, color.RGBA{246, 239, 222, 255}, 0.86, true)
	words.frame(b, d.px(3))
	d.centred(words, s, footWords, middle, y)
	d.tint(words, color.RGBA{132, 28, 20, 255}, 0.92, true)
	d.marks = append(d.marks, mark{footWords, b.corners()})
}

// stamp prints a rectangular stamp that reads MẪU, askew and worn.
func (d *drawing) stamp(at point, k ink) {
	p := d.plate()
	s := style{hand: gothicB, size: d.px(118), track: 0.12}
	half := d.length(s, stampWords)/2 + d.px(34)
	b := box{-half, -d.px(112), half, d.px(112)}
	lean := turn(d.vary(-5, 5), point{})
	m := shift(at.x, at.y).after(lean)
	c := b.corners()
	in := b.inset(d.px(15)).corners()
	for i := range c {
		p.fill(line(d.px(8), c[i], c[(i+1)%4]), m, 1)
		p.fill(line(d.px(3), in[i], in[(i+1)%4]), m, 1)
	}
	x := -d.length(s, stampWords)/2 + s.track*s.size/2
	for _, r := range stampWords {
		g, err := d.fonts[s.hand].glyph(r)
		if err != nil {
			d.fail("%w", err)
			return
		}
		for _, part := range g.parts {
			p.fill(part, m.after(shift(x, d.px(58))).after(scale(s.size)), 1)
		}
		x += (g.advance + s.track) * s.size
	}
	d.print(p, k)
}
