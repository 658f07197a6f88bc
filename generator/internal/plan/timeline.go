package plan

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strconv"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/page"
)

// maxDrawn is the most entries that are drawn on an axis: beyond that the bars
// of the density overview lead on.
const maxDrawn = 400

func (p *Plan) timelineJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if p.years.empty() {
			return
		}
		for _, group := range []func(lang string) iter.Seq[Job]{p.overviewJobs, p.decadeJobs, p.yearJobs} {
			if !each(group(lang), yield) {
				return
			}
		}
	}
}

// overviewJobs are the overview, which begins the list of what is undated, and
// the further pages of that.
func (p *Plan) overviewJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for l := range p.listPages(listID{"undated", 0}, perPage, p.years.undated, nil) {
			job := p.job("timeline", lang, p.urls.Index(lang, page.RoomTimeline, l.key), p.given(l), func(c *composer) any { return c.undated(l) })
			if l.first() {
				job = p.job("timeline", lang, job.Path, p.given(l), func(c *composer) any { return c.timeline(l) })
			}
			if !yield(job) {
				return
			}
		}
	}
}

// decadeJobs are the pages of what is dated to a decade only, where that is
// too much for the overview.
func (p *Plan) decadeJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for _, dec := range slices.Sorted(maps.Keys(p.years.byDecade)) {
			if !each(p.oneDecadeJobs(lang, dec), yield) {
				return
			}
		}
	}
}

// oneDecadeJobs are the pages of one decade, if it has any.
func (p *Plan) oneDecadeJobs(lang string, dec int) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		rows := p.years.byDecade[dec]
		if len(rows) <= whole(perPage) {
			return
		}
		for l := range p.listPages(listID{"decade", dec}, perPage, rows, nil) {
			if !yield(p.job("timeline", lang, p.decadePath(lang, dec, l.key), p.given(l), func(c *composer) any { return c.decade(dec, l) })) {
				return
			}
		}
	}
}

func (p *Plan) yearJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		list := p.years.list()
		for i := range list {
			if !each(p.oneYearJobs(lang, list, i), yield) {
				return
			}
		}
	}
}

// oneYearJobs are the pages of one year, by its place among all with entries.
func (p *Plan) oneYearJobs(lang string, list []int, i int) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		year := list[i]
		near := neighbours{before: list[max(i-1, 0)], after: list[min(i+1, len(list)-1)]}
		for l := range p.listPages(listID{"year", year}, perYear, p.years.byYear[year], nil) {
			if !yield(p.job("timeline", lang, p.yearPath(lang, year, l.key), p.given(l, near), func(c *composer) any { return c.year(year, near, l) })) {
				return
			}
		}
	}
}

// neighbours are the years with entries beside one; itself where there is none.
type neighbours struct{ before, after int }

func (p *Plan) yearPath(lang string, year int, key string) string {
	return p.urls.In(lang, page.RoomTimeline, strconv.Itoa(year), key)
}

func (p *Plan) decadePath(lang string, dec int, key string) string {
	return p.urls.In(lang, page.RoomTimeline, strconv.Itoa(dec)+"s", key)
}

// timeline is the overview: density by year, and all entries where they are
// few enough to be drawn. undated are the first of those without a date.
func (c *composer) timeline(undated listPage) *page.TimelinePage {
	title := c.term("navigation", "timeline")
	t := &page.TimelinePage{
		Layout:  c.withCrumbs(c.layout("timeline", title, "", page.RoomTimeline, func(l string) string { return c.urls.Index(l, page.RoomTimeline, "") }), c.crumbs("")),
		Heading: title, Lens: c.lens(c.theAxis().from, c.theAxis().to), Density: c.density(), Decades: c.decades(), Undated: c.slips(undated.rows), UndatedCount: undated.total,
		Pager: c.pager(undated, func(key string) string { return c.urls.Index(c.lang, page.RoomTimeline, key) }, c.byTitle),
	}
	if len(c.theYears().dated) <= maxDrawn {
		t.Timeline = c.draw(c.theYears().dated, c.theAxis().days(), decadeTicks(c.theAxis()))
		t.Groups = c.yearGroups()
	}
	return t
}

// yearGroups lists all entries year by year; what is dated to a decade only
// stands before its first year.
func (c *composer) yearGroups() []page.Group {
	rows := slices.Clone(c.theYears().dated)
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(c.groupOf(a), c.groupOf(b)) })
	var out []page.Group
	for i, row := range rows {
		if i == 0 || c.groupOf(row) != c.groupOf(rows[i-1]) {
			out = append(out, c.groupHead(row))
		}
		g := &out[len(out)-1]
		g.Slips = append(g.Slips, c.timedSlip(row))
	}
	return out
}

// groupOf numbers the groups of the overview: two for each year, the first of
// them for the decade that begins with it.
func (c *composer) groupOf(row int32) int {
	if dec, ok := decadeOf(c.Catalog.Date(row)); ok {
		return 2 * dec
	}
	from, _ := c.Catalog.Date(row).Years()
	return 2*from + 1
}

func (c *composer) groupHead(row int32) page.Group {
	if dec, ok := decadeOf(c.Catalog.Date(row)); ok {
		return page.Group{ID: "chung-" + strconv.Itoa(dec), Title: c.t("plan.decade", strconv.Itoa(dec))}
	}
	year := strconv.Itoa(c.groupOf(row) >> 1)
	return page.Group{ID: "nam-" + year, Title: year}
}

// timedSlip is a slip with the day an event is kept on.
func (c *composer) timedSlip(row int32) page.Slip {
	s := c.slip(row)
	if c.Catalog.Kind(row) == catalog.Event {
		s.Level = c.t("plan.event")
		if day := c.Catalog.Commemorated(row); day != "" {
			s.Summary = plain(c.t("plan.commemorated", edtf.CommemorationWords(day, c.lang)))
		}
	}
	return s
}

// decades are the headings of the overview with their years. A decade counts
// an entry once, each of its years counts it again.
func (c *composer) decades() []page.Decade {
	var out []page.Decade
	for dec := c.theAxis().from; dec <= c.theAxis().to; dec += 10 {
		d := page.Decade{Label: c.t("plan.decade", strconv.Itoa(dec)), ID: "thap-nien-" + strconv.Itoa(dec)}
		entries := map[int32]bool{}
		for y := dec; y < dec+10; y++ {
			n := len(c.theYears().byYear[y])
			if n == 0 {
				continue
			}
			for _, row := range c.theYears().byYear[y] {
				entries[row] = true
			}
			d.Years = append(d.Years, page.Link{Href: c.rel(c.yearPath(c.lang, y, "")), Words: plain(strconv.Itoa(y)), Count: n})
		}
		rough := c.theYears().byDecade[dec]
		d.Count = len(entries) + len(rough)
		if len(rough) <= whole(perPage) {
			d.Slips = c.slips(rough)
		} else {
			label := plain(c.t("plan.only-decade", strconv.Itoa(dec)))
			d.Years = append([]page.Link{{Href: c.rel(c.decadePath(c.lang, dec, "")), Words: label, Count: len(rough)}}, d.Years...)
		}
		if d.Count > 0 {
			out = append(out, d)
		}
	}
	return out
}

// moment is a page of the timeline other than the overview: of a year, a
// decade, or of what is undated.
func (c *composer) moment(heading string, l listPage, at func(lang, key string) string, name func(row int32) page.Link) *page.TimelinePage {
	return &page.TimelinePage{
		Layout: c.withCrumbs(c.layout("timeline", heading, "", page.RoomTimeline,
			func(lang string) string { return at(lang, l.key) }), c.crumbs(page.RoomTimeline)),
		Heading: heading,
		Pager:   c.pager(l, func(key string) string { return at(c.lang, key) }, name),
		Up:      &page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomTimeline, "")), Words: plain(c.term("navigation", "timeline"))},
	}
}

func (c *composer) undated(l listPage) *page.TimelinePage {
	t := c.moment(c.t("plan.undated"), l, func(lang, key string) string { return c.urls.Index(lang, page.RoomTimeline, key) }, c.byTitle)
	t.Groups = []page.Group{{Slips: c.timedSlips(l.rows)}}
	return t
}

func (c *composer) decade(dec int, l listPage) *page.TimelinePage {
	heading := c.t("plan.only-decade", strconv.Itoa(dec))
	t := c.moment(heading, l, func(lang, key string) string { return c.decadePath(lang, dec, key) }, c.byTitle)
	t.Groups = []page.Group{{Slips: c.timedSlips(l.rows)}}
	return t
}

// year shows l of the entries of a year. The way to other years stands on the
// first page only.
func (c *composer) year(year int, near neighbours, l listPage) *page.TimelinePage {
	heading := c.t("plan.year", strconv.Itoa(year))
	t := c.moment(heading, l, func(lang, key string) string { return c.yearPath(lang, year, key) }, c.byDay)
	t.Groups = c.monthGroups(year, l.rows)
	if !l.first() {
		return t
	}
	t.Lens = c.lens(year, year)
	if near.before != year {
		t.Prev = c.yearLink(near.before)
	}
	if near.after != year {
		t.Next = c.yearLink(near.after)
	}
	if l.next == nil {
		t.Timeline = c.draw(l.rows, span{edtf.DayOf(year, 1, 1), edtf.DayOf(year, 12, 31)}, c.monthTicks(year))
	}
	return t
}

// lens is what the script needs that draws any span of time; nil where there is no index
// for it to read.
func (c *composer) lens(from, to int) *page.Lens {
	if !c.HasSearch() {
		return nil
	}
	l := &page.Lens{
		Index: c.rel(page.FolderSearch + "/"), Records: c.rel(c.folder(c.lang, page.RoomFonds)), Rooms: c.authorityRooms(),
		From: from, To: to, First: c.theAxis().from, Last: c.theAxis().to,
	}
	for _, f := range []string{"fonds", "form"} {
		l.Facets = append(l.Facets, page.Facet{Name: f, Label: c.t("plan.facet-" + f)})
	}
	return l
}

func (c *composer) timedSlips(rows []int32) []page.Slip {
	out := make([]page.Slip, 0, len(rows))
	for _, row := range rows {
		out = append(out, c.timedSlip(row))
	}
	return out
}

func (c *composer) yearLink(year int) *page.Link {
	return &page.Link{Href: c.rel(c.yearPath(c.lang, year, "")), Words: plain(c.t("plan.year", strconv.Itoa(year)))}
}

// monthGroups lists the entries of a year: by the month they begin in, then
// those that cover the year or go on from an earlier one.
func (c *composer) monthGroups(year int, rows []int32) []page.Group {
	var groups [14][]int32
	for _, row := range rows {
		m := c.monthOf(year, row)
		groups[m] = append(groups[m], row)
	}
	var out []page.Group
	for m, rows := range groups {
		if len(rows) == 0 {
			continue
		}
		out = append(out, page.Group{ID: "thang-" + strconv.Itoa(m), Title: c.monthTitle(m), Slips: c.timedSlips(rows)})
	}
	return out
}

// monthOf is 1 to 12 for what is dated to a day or month of the year, 0 for
// what covers the whole year, 13 for what began before it.
func (c *composer) monthOf(year int, row int32) int {
	d := c.Catalog.Date(row)
	lo, hi := d.Bounds()
	y, m, _ := lo.YMD()
	if y < year || d.OpenLo() {
		return 13
	}
	if d.Precision() > edtf.PrecisionMonth && !d.IsInterval() && hi-lo > 31 {
		return 0
	}
	return m
}

func (c *composer) monthTitle(m int) string {
	switch m {
	case 0:
		return c.t("plan.whole-year")
	case 13:
		return c.t("plan.from-before")
	}
	return c.t("plan.month-" + twoDigits(m))
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
