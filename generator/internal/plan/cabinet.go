package plan

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"

	"vitrine/generator/internal/catalog"
)

// cabinet is the records that share the value of a facet, put away by decade.
type cabinet struct {
	facet, value string
	row          int32 // of the authority that is the value; -1 where it is none
	total        int   // records; one of several decades lies in several drawers
	drawers      []drawer
}

// drawer is the records of one decade, in the order of their dates; or those of one day.
type drawer struct {
	key  int
	rows []int32
}

// undatedDecade is the last drawer: what bears no date.
const undatedDecade = math.MaxInt32

// name is the decade as addresses have it.
func (d drawer) name() string {
	if d.key == undatedDecade {
		return "undated"
	}
	return strconv.Itoa(d.key)
}

// perStep is how many records make a drawer need twice as many to have a page: so the
// pages of creators, of whom there may be as many as records, stay few beside these.
const perStep = 5000

// leastDrawer is how many records of a creator and a decade have a page of their own
// in an archive of n records. Fewer are found on the page of the creator.
func leastDrawer(n int) int {
	least := 2
	for least*perStep < n {
		least *= 2
	}
	return least
}

// listsDrawer reports whether the records of a drawer are listed on pages of their own:
// one record is led to by itself, and what a creator made in one decade stands on
// the page of the creator.
func (p *Plan) listsDrawer(cab cabinet, d drawer) bool {
	if cab.row < 0 {
		return len(d.rows) > 1
	}
	return len(cab.drawers) > 1 && len(d.rows) >= p.leastDrawer
}

// decadesOf are those that an entry touches, the first few of a long span. Nothing is
// noted: pages are given the lists that are made of it.
func (p *Plan) decadesOf(row int32) []int {
	cat := p.Catalog.cat
	if year, ok := cat.DateKey(row).Year(); ok {
		return []int{floorDecade(year)}
	}
	from, to := cat.Date(row).Years()
	var out []int
	for dec := floorDecade(from); from <= to && dec <= to && len(out) < maxSpan/10; dec += 10 {
		out = append(out, dec)
	}
	return out
}

// inDecades sorts records that are in the order of their dates into drawers.
func (p *Plan) inDecades(rows []int32) []drawer {
	return putAway(rows, func(row int32) []int {
		if decades := p.decadesOf(row); len(decades) > 0 {
			return decades
		}
		return []int{undatedDecade}
	})
}

// putAway sorts records into drawers by their keys, in which they keep their order.
func putAway(rows []int32, keys func(row int32) []int) []drawer {
	sizes, all := map[int]int{}, 0
	for _, row := range rows {
		for _, key := range keys(row) {
			sizes[key]++
			all++
		}
	}
	room, at := make([]int32, 0, all), map[int]int{}
	out := make([]drawer, 0, len(sizes))
	for i, key := range slices.Sorted(maps.Keys(sizes)) {
		from, to := len(room), len(room)+sizes[key]
		at[key], room = i, room[:to]
		out = append(out, drawer{key, room[from:from:to]})
	}
	for _, row := range rows {
		for _, key := range keys(row) {
			d := &out[at[key]]
			d.rows = append(d.rows, row)
		}
	}
	return out
}

// sortForms puts away all records that have a form: four bytes for each.
func (p *Plan) sortForms() []cabinet {
	cat := p.Catalog.cat
	rows := make([]int32, 0, cat.Len(catalog.Unit))
	sizes := map[string]int{}
	for row := range cat.Of(catalog.Unit) {
		if form := cat.Form(row); form != "" {
			rows = append(rows, row)
			sizes[form]++
		}
	}
	cat.SortByDate(rows)
	by := make(map[string][]int32, len(sizes))
	for form, n := range sizes {
		by[form] = make([]int32, 0, n)
	}
	for _, row := range rows {
		form := cat.Form(row)
		by[form] = append(by[form], row)
	}
	out := make([]cabinet, 0, len(by))
	for form, rows := range by {
		out = append(out, cabinet{"form", form, -1, len(rows), p.inDecades(rows)})
	}
	slices.SortFunc(out, func(a, b cabinet) int { return cmp.Compare(a.value, b.value) })
	return out
}

// creatorOf is what an agent made; ok is false where it is not worth looking through.
// It is put away anew each time, so nothing of it is held.
func (p *Plan) creatorOf(row int32) (cab cabinet, ok bool) {
	rows := slices.Collect(p.madeBy(row))
	if len(rows) < 2 {
		return cab, false
	}
	return cabinet{"creator", p.Catalog.cat.ID(row), row, len(rows), p.inDecades(rows)}, true
}

// madeBy yields the records that name an agent as their creator, in the order of dates.
func (p *Plan) madeBy(row int32) iter.Seq[int32] {
	quiet := &view{cat: p.Catalog.cat}
	return func(yield func(int32) bool) {
		for _, l := range quiet.cat.Links(row) {
			if l.Role == catalog.RoleCreator && quiet.cat.Kind(l.Entry) == catalog.Unit && timed(quiet, l.Entry) && !yield(l.Entry) {
				return
			}
		}
	}
}

// isCreator reports whether an agent made two records or more.
func (p *Plan) isCreator(row int32) bool {
	n := 0
	for range p.madeBy(row) {
		if n++; n > 1 {
			return true
		}
	}
	return false
}

// creatorRows are the agents that made something, in the order of a language.
func (p *Plan) creatorRows(lang string) []int32 {
	return slices.DeleteFunc(slices.Clone(p.indexRows(lang, catalog.Agent)), func(row int32) bool { return !p.isCreator(row) })
}

// browsable reports whether there is anything to look through by facets.
func (p *Plan) browsable() bool {
	for _, cab := range p.cabinets {
		if slices.ContainsFunc(cab.drawers, func(d drawer) bool { return p.listsDrawer(cab, d) }) {
			return true
		}
	}
	return slices.ContainsFunc(p.indexRows(p.langs[0], catalog.Agent), p.isCreator)
}

// cabinetFacts are what the row of a cabinet shows, for keys: each decade, and what it leads to.
func (p *Plan) cabinetFacts(cab cabinet) []string {
	out := []string{cab.value, strconv.Itoa(cab.total)}
	for _, d := range cab.drawers {
		alone := ""
		if len(d.rows) == 1 {
			alone = p.PathOf(d.rows[0])
		}
		out = append(out, d.name(), strconv.Itoa(len(d.rows)), alone, strconv.FormatBool(p.listsDrawer(cab, d)))
	}
	return out
}
