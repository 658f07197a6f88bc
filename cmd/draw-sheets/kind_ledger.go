package main

import "strings"

func ledgerStock(d *drawing) stock {
	return stock{
		tone: pick(d.random, pale, cream, bluish), mottling: 5, grain: 3, fibres: 80, foxing: 60 + d.random.IntN(60),
		toning: d.vary(0.6, 0.15), tilt: d.vary(0, 0.3), tide: d.vary(0.25, 0.25), tears: 5,
		folds: []fold{{false, 0.012, 0.8}},
	}
}

// drawLedger rules a page of an account book. A field's value is split at " – " into columns; the first
// field names the columns.
func drawLedger(d *drawing) {
	form, pen := d.plate(), d.plate()
	left, right := d.area.width()*0.06, d.area.width()*0.95
	middle := (left + right) / 2
	title := d.fitted(style{hand: serifB, size: d.px(92), track: 0.1}, d.Heading, right-left)
	d.centred(form, title, d.Heading, middle, d.px(210))
	d.centred(pen, d.fitted(penStyle(d, 112), d.Subheading, right-left), d.Subheading, middle, d.px(330))
	d.set(form, style{hand: serif, size: d.px(48)}, d.Number, left, d.px(200))
	rows := d.rows()
	edges := columnEdges(rows, left, right)
	top, feed := d.px(400), d.px(112)
	d.ledgerRules(box{left, top, right, d.text.y1}, edges, feed)
	head := style{hand: serifB, size: d.px(48)}
	hand := penStyle(d, 104)
	for i, row := range rows {
		y := top + feed*(float64(i)+0.74)
		for j, cell := range row {
			width := edges[j+1] - edges[j] - d.px(40)
			if i == 0 {
				d.centred(form, d.fitted(head, cell, width), cell, (edges[j]+edges[j+1])/2, y)
				continue
			}
			d.set(pen, d.fitted(hand, cell, width), cell, edges[j]+d.px(24), y+feed*0.1)
		}
		d.mustFit(y)
	}
	d.print(form, formBrown)
	d.print(pen, pick(d.random, penBlue, penBrown))
	d.stamp(point{right - d.px(360), d.text.y1 - d.px(230)}, stampViolet)
	d.pencilFolio()
}

// rows splits the fields into cells.
func (d *drawing) rows() [][]string {
	var out [][]string
	for _, f := range d.Fields {
		out = append(out, append([]string{f[0]}, strings.Split(f[1], " – ")...))
	}
	return out
}

// columnEdges gives the first column an eighth, the second the largest part, the others equal ones.
func columnEdges(rows [][]string, left, right float64) []float64 {
	n := 2
	for _, r := range rows {
		n = max(n, len(r))
	}
	width := right - left
	edges := []float64{left, left + width*0.12}
	rest := edges[1]
	share := (right - rest) / (float64(n-1) + 0.9)
	for i := 1; i < n; i++ {
		rest += share
		if i == 1 {
			rest += share * 0.9
		}
		edges = append(edges, rest)
	}
	return edges
}

// ledgerRules draws the lines of the book: red between columns, blue between rows, a double rule above.
func (d *drawing) ledgerRules(b box, edges []float64, feed float64) {
	blue, red := d.plate(), d.plate()
	for y := b.y0 + feed; y < b.y1; y += feed {
		blue.draw(line(d.px(2.6), point{0, y}, point{d.area.x1, y}))
	}
	for i, x := range edges {
		red.draw(line(d.px(3), point{x, b.y0 - d.px(8)}, point{x, d.area.y1}))
		if i == 1 {
			red.draw(line(d.px(3), point{x + d.px(9), b.y0 - d.px(8)}, point{x + d.px(9), d.area.y1}))
		}
	}
	for _, y := range []float64{b.y0 - d.px(8), b.y0 + d.px(2), b.y0 + feed} {
		red.draw(line(d.px(3), point{0, y}, point{d.area.x1, y}))
	}
	d.print(blue, ruleBlue)
	d.print(red, ruleRed)
}
