package plan

import (
	"slices"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
)

// years knows which entries stand on the timeline, year by year: four bytes
// for each year that an entry touches.
type years struct {
	byYear   map[int][]int32 // in the order of dates; entries of a year or less, and what begins or goes on in it
	byDecade map[int][]int32 // dated to a decade or century only
	undated  []int32
	dated    []int32 // all but the undated, in the order of dates
	from, to int     // first and last year with an entry
	begun    bool    // there is one
}

func (y *years) empty() bool { return len(y.dated) == 0 }

// timed reports whether an entry stands on the timeline: events, and units
// from the file down. Fonds and series span what is beneath them.
func timed(cat *view, row int32) bool {
	switch cat.Kind(row) {
	case catalog.Event:
		return true
	case catalog.Unit:
		level := cat.Level(row)
		return level == "file" || level == "item" || level == "part"
	}
	return false
}

// dated reports whether a date names a year at all: "../.." does not.
func dated(d edtf.Date) bool {
	from, to := d.Years()
	return from <= to
}

// maxSpan is the most years that an entry is entered under one by one.
const maxSpan = 60

func (p *Plan) countYears() *years {
	y := &years{byYear: map[int][]int32{}, byDecade: map[int][]int32{}}
	cat := p.Catalog
	y.dated = make([]int32, 0, cat.cat.Len(catalog.Unit)+cat.cat.Len(catalog.Event))
	for _, k := range []catalog.Kind{catalog.Unit, catalog.Event} {
		for row := range cat.Of(k) {
			if !timed(cat, row) {
				continue
			}
			if _, ok := cat.DateKey(row).Year(); !ok && !dated(cat.Date(row)) {
				y.undated = append(y.undated, row)
				continue
			}
			y.dated = append(y.dated, row)
		}
	}
	p.byDate(y.dated)
	for _, row := range y.dated {
		y.enter(p, row)
	}
	return y
}

// byDate sorts entries by date, then by row.
func (p *Plan) byDate(rows []int32) {
	for _, row := range rows {
		p.Catalog.ask(row, askFace)
	}
	p.Catalog.cat.SortByDate(rows)
}

// enter puts an entry beneath its years. Nearly every date is one of a year at
// most, which its key tells; the others are read again.
func (y *years) enter(p *Plan, row int32) {
	if year, ok := p.Catalog.DateKey(row).Year(); ok {
		y.add(year, row)
		return
	}
	d := p.Catalog.Date(row)
	if decade, ok := decadeOf(d); ok {
		y.byDecade[decade] = append(y.byDecade[decade], row)
		y.stretch(d.Years())
		return
	}
	n := 0
	for year := range d.EachYear() {
		if n++; n > maxSpan {
			break
		}
		y.add(year, row)
	}
}

func (y *years) add(year int, row int32) {
	y.byYear[year] = append(y.byYear[year], row)
	y.stretch(year, year)
}

func (y *years) stretch(from, to int) {
	if !y.begun {
		y.from, y.to, y.begun = from, to, true
	}
	y.from, y.to = min(y.from, from), max(y.to, to)
}

// axis is the span of the rulers: whole decades.
func (y *years) axis() axis {
	if y.empty() {
		return axis{}
	}
	return axis{floorDecade(y.from), floorDecade(y.to) + 9}
}

func floorDecade(year int) int {
	d := year / 10 * 10
	if year < 0 && d != year {
		d -= 10
	}
	return d
}

// list returns the years that have entries, in order.
func (y *years) list() []int {
	var out []int
	for year := range y.byYear {
		out = append(out, year)
	}
	slices.Sort(out)
	return out
}
