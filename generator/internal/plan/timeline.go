package plan

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/page"
)

// perYear is how many entries stand on one page of a year; maxDrawn is the
// most that are drawn on an axis: beyond that the bars of the density
// overview lead on.
const (
	perYear  = 200
	maxDrawn = 400
)

func (p *Plan) timelineJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if p.years.empty() {
			return
		}
		if !yield(p.job(lang, p.urls.Index(lang, page.RoomTimeline, 1), func(c *composer) any { return c.timeline() })) {
			return
		}
		for i, list := 0, p.years.list(); i < len(list); i++ {
			for n := 1; n <= pagesOf(len(p.years.byYear[list[i]]), perYear); n++ {
				if !yield(p.job(lang, p.yearPath(lang, list[i], n), func(c *composer) any { return c.year(list, i, n) })) {
					return
				}
			}
		}
	}
}

func (p *Plan) yearPath(lang string, year, n int) string {
	return p.urls.In(lang, page.RoomTimeline, strconv.Itoa(year), n)
}

// timeline is the overview: density by year, and all entries where they are
// few enough to be drawn.
func (c *composer) timeline() *page.TimelinePage {
	title := c.term("navigation", "timeline")
	t := &page.TimelinePage{
		Layout:  c.withCrumbs(c.layout("timeline", title, "", page.RoomTimeline, func(l string) string { return c.urls.Index(l, page.RoomTimeline, 1) }), c.crumbs("")),
		Heading: title, Density: c.density(), Decades: c.decades(), UndatedCount: len(c.years.undated),
	}
	if len(c.years.dated) <= maxDrawn {
		t.Timeline = c.draw(c.years.dated, c.axis.days(), decadeTicks(c.axis))
		t.Groups = c.yearGroups()
	}
	t.Undated = c.slips(c.years.undated[:min(len(c.years.undated), perPage)])
	return t
}

// yearGroups lists all entries year by year; what is dated to a decade only
// stands before its first year.
func (c *composer) yearGroups() []page.Group {
	rows := slices.Clone(c.years.dated)
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

// suffix keeps the ids of two groups of the same title apart.
func suffix(groups []page.Group, title string) string {
	n := 0
	for _, g := range groups {
		if g.Title == title {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return "-" + strconv.Itoa(n+1)
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
	for dec := c.axis.from; dec <= c.axis.to; dec += 10 {
		d := page.Decade{Label: c.t("plan.decade", strconv.Itoa(dec)), ID: "thap-nien-" + strconv.Itoa(dec)}
		entries := map[int32]bool{}
		for y := dec; y < dec+10; y++ {
			n := len(c.years.byYear[y])
			if n == 0 {
				continue
			}
			for _, row := range c.years.byYear[y] {
				entries[row] = true
			}
			d.Years = append(d.Years, page.Link{Href: c.rel(c.yearPath(c.lang, y, 1)), Words: plain(strconv.Itoa(y)), Count: n})
		}
		d.Slips = c.slips(c.years.byDecade[dec])
		d.Count = len(entries) + len(d.Slips)
		if d.Count > 0 {
			out = append(out, d)
		}
	}
	return out
}

func (c *composer) year(list []int, i, n int) *page.TimelinePage {
	year := list[i]
	rows := c.years.byYear[year]
	heading := c.t("plan.year", strconv.Itoa(year))
	t := &page.TimelinePage{
		Layout: c.withCrumbs(c.layout("timeline", heading, "", page.RoomTimeline,
			func(l string) string { return c.yearPath(l, year, n) }), c.crumbs(page.RoomTimeline)),
		Heading: heading, Groups: c.monthGroups(year, slice(rows, n, perYear)),
		Pager: c.pager(n, pagesOf(len(rows), perYear), func(k int) string { return c.yearPath(c.lang, year, k) }),
		Up:    &page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomTimeline, 1)), Words: plain(c.term("navigation", "timeline"))},
	}
	if i > 0 {
		t.Prev = c.yearLink(list[i-1])
	}
	if i+1 < len(list) {
		t.Next = c.yearLink(list[i+1])
	}
	if n == 1 && len(rows) <= perYear {
		t.Timeline = c.draw(rows, span{edtf.DayOf(year, 1, 1), edtf.DayOf(year, 12, 31)}, c.monthTicks(year))
	}
	return t
}

func (c *composer) yearLink(year int) *page.Link {
	return &page.Link{Href: c.rel(c.yearPath(c.lang, year, 1)), Words: plain(c.t("plan.year", strconv.Itoa(year)))}
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
		g := page.Group{ID: "thang-" + strconv.Itoa(m), Title: c.monthTitle(m)}
		for _, row := range rows {
			g.Slips = append(g.Slips, c.timedSlip(row))
		}
		out = append(out, g)
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
