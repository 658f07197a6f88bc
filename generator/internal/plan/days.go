package plan

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/page"
)

// Each month has a page on which stands, day by day, what happened or was written then.
// An event stands under the day on which it is kept, where one was decided. Which day is
// today only the reader's browser knows.

// month is a month of any year with its days.
type month struct {
	number int
	total  int
	days   []drawer // by the number of the month times 100 and the day
	split  bool     // its days have pages of their own
}

// maxMonth is how many entries the page of a month shows.
const maxMonth = 300

// dayOf is the day of the year of an entry, 902 for 2 September; 0 where it has none, or
// none that is certain.
func (p *Plan) dayOf(row int32) int {
	cat := p.Catalog.cat
	event := cat.Kind(row) == catalog.Event
	if event {
		if m, d, _, err := edtf.Commemoration(cat.Commemorated(row)); err == nil {
			return m*100 + d
		}
	}
	if cat.DateKey(row).Span != 0 && !event {
		return 0
	}
	date := cat.Date(row)
	if !date.IsLevel0() || date.Precision() != edtf.PrecisionDay {
		return 0
	}
	first, _ := date.Bounds() // an event of several days begins on it
	_, m, d := first.YMD()
	return m*100 + d
}

// countDays puts away what has a day: four bytes for each. Events come first.
func (p *Plan) countDays() (out []month) {
	rows := slices.Clone(p.years.dated)
	for _, row := range p.years.undated { // the day on which an event is kept may be all that is known
		if p.Catalog.cat.Kind(row) == catalog.Event {
			rows = append(rows, row)
		}
	}
	all := putAway(rows, func(row int32) []int {
		if day := p.dayOf(row); day > 0 {
			return []int{day}
		}
		return nil
	})
	for _, d := range all {
		slices.SortStableFunc(d.rows, func(a, b int32) int {
			return cmp.Compare(b2i(p.Catalog.cat.Kind(b) == catalog.Event), b2i(p.Catalog.cat.Kind(a) == catalog.Event))
		})
		if n := len(out); n == 0 || out[n-1].number != d.key/100 {
			out = append(out, month{number: d.key / 100})
		}
		m := &out[len(out)-1]
		m.days, m.total = append(m.days, d), m.total+len(d.rows)
		m.split = m.total > maxMonth
	}
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// dayName is "09-02".
func dayName(day int) string { return fmt.Sprintf("%02d-%02d", day/100, day%100) }

func (p *Plan) monthPath(lang string, m month) string {
	return p.urls.In(lang, page.RoomOnThisDay, fmt.Sprintf("%02d", m.number), "")
}

func (p *Plan) dayPath(lang string, m month, day int, key string) string {
	if m.split {
		return p.urls.In(lang, page.RoomOnThisDay, dayName(day), key)
	}
	return p.monthPath(lang, m) + "#" + dayID(day)
}

func dayID(day int) string { return "ngay-" + dayName(day) }

func (p *Plan) daysJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if len(p.months) == 0 {
			return
		}
		given := func() any {
			var facts []int
			for _, m := range p.months {
				facts = append(facts, m.number, m.total, b2i(m.split))
				for _, d := range m.days {
					facts = append(facts, d.key)
				}
			}
			return facts
		}
		if !yield(p.job("day-index", lang, p.urls.Index(lang, page.RoomOnThisDay, ""), given, func(c *composer) any { return c.dayIndex() })) {
			return
		}
		for i := range p.months {
			if !each(p.monthJobs(lang, i), yield) {
				return
			}
		}
	}
}

// monthJobs are the page of a month and those of its days, if they have any.
func (p *Plan) monthJobs(lang string, i int) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		m := p.months[i]
		given := func() any {
			facts := []any{p.neighbours(i), m.split}
			for _, d := range m.days {
				facts = append(facts, d.key, p.ids(p.onMonth(m, d)), b2i(m.split)*len(d.rows))
			}
			return facts
		}
		if !yield(p.job("day", lang, p.monthPath(lang, m), given, func(c *composer) any { return c.month(i) })) || !m.split {
			return
		}
		for _, d := range m.days {
			for l := range p.listPages(listID{"day", d.key}, perPage, d.rows, nil) {
				if !yield(p.job("day", lang, p.dayPath(lang, m, d.key, l.key), p.given(l, d.key), func(c *composer) any { return c.day(m, d, l) })) {
					return
				}
			}
		}
	}
}

// onMonth is what the page of a month shows of a day: all, or the events.
func (p *Plan) onMonth(m month, d drawer) []int32 {
	if !m.split {
		return d.rows
	}
	n := 0
	for n < len(d.rows) && n < maxMonth/31 && p.Catalog.cat.Kind(d.rows[n]) == catalog.Event {
		n++
	}
	return d.rows[:n]
}

// neighbours are the numbers of the months before and behind one that have something.
func (p *Plan) neighbours(i int) []int {
	n := len(p.months)
	return []int{p.months[(i+n-1)%n].number, p.months[(i+1)%n].number}
}

func (c *composer) dayIndex() *page.DayIndex {
	title := c.term("navigation", string(page.RoomOnThisDay))
	out := &page.DayIndex{Heading: title}
	out.Layout = c.withCrumbs(c.layout("day-index", title, "", page.RoomOnThisDay, func(lang string) string { return c.urls.Index(lang, page.RoomOnThisDay, "") }), c.crumbs(""))
	for _, m := range c.months {
		x := page.Month{Link: c.monthLink(m)}
		x.Link.Count = m.total
		for _, d := range m.days {
			x.Days = append(x.Days, page.DayLink{Day: dayName(d.key), Link: page.Link{Href: c.rel(c.dayPath(c.lang, m, d.key, "")), Words: plain(fmt.Sprint(d.key % 100))}})
		}
		out.Months = append(out.Months, x)
	}
	return out
}

func (c *composer) monthLink(m month) page.Link {
	return page.Link{Href: c.rel(c.monthPath(c.lang, m)), Words: plain(c.t(fmt.Sprintf("plan.month-%02d", m.number)))}
}

func (c *composer) month(i int) *page.DayPage {
	m := c.months[i]
	heading := c.t(fmt.Sprintf("plan.month-%02d", m.number))
	out := c.dayPage(heading, func(lang string) string { return c.monthPath(lang, m) })
	out.Layout.Breadcrumb = c.crumbs(page.RoomOnThisDay)
	for _, d := range m.days {
		x := c.dayOn(d.key, c.onMonth(m, d))
		if m.split {
			x.More = &page.Link{Href: c.rel(c.dayPath(c.lang, m, d.key, "")), Words: plain(c.t("plan.whole-day")), Count: len(d.rows)}
		}
		out.Days = append(out.Days, x)
	}
	if len(c.months) > 1 {
		n := len(c.months)
		prev, next := c.monthLink(c.months[(i+n-1)%n]), c.monthLink(c.months[(i+1)%n])
		out.Prev, out.Next = &prev, &next
	}
	return out
}

// day is a day that has a page of its own.
func (c *composer) day(m month, d drawer, l listPage) *page.DayPage {
	out := c.dayPage(c.dayWords(d.key), func(lang string) string { return c.dayPath(lang, m, d.key, l.key) })
	out.Layout.Breadcrumb = append(c.crumbs(page.RoomOnThisDay), c.monthLink(m))
	out.Days = []page.Day{{ID: dayID(d.key), Day: dayName(d.key), Slips: c.dayOn(d.key, l.rows).Slips}}
	out.Total, out.Pager = l.total, c.pager(l, func(key string) string { return c.dayPath(c.lang, m, d.key, key) }, c.byDay)
	return out
}

func (c *composer) dayPage(heading string, at func(lang string) string) *page.DayPage {
	room := c.term("navigation", string(page.RoomOnThisDay))
	return &page.DayPage{Heading: heading, Layout: c.layout("day", room+": "+lowerFirst(heading), "", page.RoomOnThisDay, at)}
}

// dayWords are "Ngày 2 tháng 9".
func (c *composer) dayWords(day int) string {
	s := edtf.CommemorationWords(dayName(day), c.lang)
	return strings.ToUpper(s[:1]) + s[1:]
}

// dayOn shows entries under a day. Events say so, and that they are kept on it.
func (c *composer) dayOn(day int, rows []int32) page.Day {
	out := page.Day{ID: dayID(day), Day: dayName(day), Title: c.dayWords(day), Slips: c.slips(rows)}
	for i, row := range rows {
		if c.Catalog.Kind(row) != catalog.Event {
			continue
		}
		out.Slips[i].Level = c.t("plan.event")
		if kept := c.Catalog.Commemorated(row); kept != "" {
			out.Slips[i].Summary = plain(c.t("plan.commemorated", edtf.CommemorationWords(kept, c.lang)))
		}
	}
	return out
}

// dayCandidates are the jobs that may have a name in the room.
func (p *Plan) dayCandidates(lang, name string) []iter.Seq[Job] {
	if name == "index" {
		return []iter.Seq[Job]{p.daysJobs(lang)}
	}
	for i, m := range p.months {
		if strings.HasPrefix(name, fmt.Sprintf("%02d", m.number)) {
			return []iter.Seq[Job]{p.monthJobs(lang, i)}
		}
	}
	return nil
}
