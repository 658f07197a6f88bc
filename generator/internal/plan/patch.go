package plan

import (
	"cmp"
	"maps"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
)

// Patch returns the plan that New would make of a catalog that was patched in
// some rows, and shares with p what did not change. in differs from what p was
// made of in its catalog, in what shows its records, and in nothing else.
func (p *Plan) Patch(in Input, rows []int32) *Plan {
	q := *p
	q.Input, q.Catalog = in, &view{cat: in.Catalog, thumbs: in.Thumbs}
	q.state = p.begin()
	q.asked.begin(in.Catalog)
	q.redate(p, rows)
	return &q
}

// begin is the state of the plan as New left it. Authorities are in the order
// in which they were.
func (p *Plan) begin() *state {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := &state{said: maps.Clone(p.foretold), found: &diag.List{}}
	p.orders.Range(func(order, rows any) bool {
		s.orders.Store(order, rows)
		return true
	})
	return s
}

// redate brings the timeline, the days, the lists of forms and the galleries up to date.
func (p *Plan) redate(old *Plan, rows []int32) {
	if slices.ContainsFunc(rows, func(row int32) bool { return p.redated(old, row) || p.Catalog.Form(row) != old.Catalog.Form(row) }) {
		p.cabinets = p.sortForms()
	}
	moved := slices.DeleteFunc(slices.Clone(rows), func(row int32) bool { return !p.redated(old, row) || !timed(p.Catalog, row) })
	if len(moved) > 0 {
		p.years = old.years.redated(old, p, moved)
		p.axis, p.months = p.years.axis(), p.countDays()
	}
	pictured := slices.DeleteFunc(slices.Clone(rows), func(row int32) bool { return !p.Thumbs.Has(row) })
	if len(pictured) == 0 {
		return
	}
	p.strips = maps.Clone(old.strips)
	for _, row := range pictured {
		for _, of := range []int32{wholeSite, p.Catalog.Fonds(row)} {
			p.strips[of] = without(p.strips[of], pictured)
		}
	}
	for _, row := range pictured {
		for _, of := range []int32{wholeSite, p.Catalog.Fonds(row)} {
			p.strips[of] = p.amongDates(p.strips[of], row)
		}
	}
	p.halls = p.selections()
}

// redated reports whether the date of a unit is not what it was.
func (p *Plan) redated(old *Plan, row int32) bool {
	return p.Catalog.Date(row).String() != old.Catalog.Date(row).String() || p.Catalog.DateKey(row) != old.Catalog.DateKey(row)
}

// redated returns the years after the dates of some entries changed.
func (y *years) redated(old, now *Plan, rows []int32) *years {
	out := &years{byYear: maps.Clone(y.byYear), byDecade: maps.Clone(y.byDecade), undated: y.undated, dated: y.dated}
	for _, row := range rows {
		out.change(old.Catalog.Date(row), func(list []int32) []int32 { return without(list, rows) })
	}
	for _, row := range rows {
		d, among := now.Catalog.Date(row), now.amongDates
		if !dated(d) {
			among = amongRows
		}
		out.change(d, func(list []int32) []int32 { return among(list, row) })
	}
	for year := range out.byYear {
		out.stretch(year, year)
	}
	for _, list := range out.byDecade {
		for _, row := range list {
			out.stretch(now.Catalog.Date(row).Years())
		}
	}
	return out
}

// change puts other lists in the place of those in which an entry of a date
// stands.
func (y *years) change(d edtf.Date, other func([]int32) []int32) {
	if !dated(d) {
		y.undated = other(y.undated)
		return
	}
	y.dated = other(y.dated)
	put := func(lists map[int][]int32, at int) {
		if list := other(lists[at]); len(list) > 0 {
			lists[at] = list
		} else {
			delete(lists, at)
		}
	}
	if decade, ok := decadeOf(d); ok {
		put(y.byDecade, decade)
		return
	}
	n := 0
	for year := range d.EachYear() {
		if n++; n > maxSpan {
			break
		}
		put(y.byYear, year)
	}
}

// without is a list of its own without some rows.
func without(list, rows []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(list), func(row int32) bool { return slices.Contains(rows, row) })
}

// amongDates is a list of its own in the order of dates, with a row more.
func (p *Plan) amongDates(list []int32, row int32) []int32 {
	at, _ := slices.BinarySearchFunc(list, row, func(a, b int32) int {
		return cmp.Or(p.Catalog.DateKey(a).Compare(p.Catalog.DateKey(b)), cmp.Compare(a, b))
	})
	return slices.Insert(slices.Clip(list), at, row)
}

// amongRows is a list of its own in the order of rows, with a row more.
func amongRows(list []int32, row int32) []int32 {
	at, _ := slices.BinarySearch(list, row)
	return slices.Insert(slices.Clip(list), at, row)
}
