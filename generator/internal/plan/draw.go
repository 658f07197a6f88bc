package plan

import (
	"strconv"
	"unicode/utf8"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/markup"
	"vitrine/generator/page"
)

// Sizes of the timeline drawing, in units of its viewBox.
const (
	drawWidth   = 1200
	laneHeight  = 18
	bandTop     = 26 // room for the label of a band
	pointWidth  = 12 // of a mark, with the space around it
	densityHigh = 120
	charWidth   = 7  // of the text of a mark, at most on average
	textMost    = 44 // characters of it
	labelled    = 60 // marks of a drawing whose titles can be read
)

// span is a stretch of days on an axis.
type span struct{ from, to edtf.Day }

func (a axis) days() span {
	return span{edtf.DayOf(a.from, 1, 1), edtf.DayOf(a.to, 12, 31)}
}

// x is the place of a day on the drawing, within its width.
func (s span) x(day edtf.Day) int {
	day = min(max(day, s.from), s.to)
	return int(int64(drawWidth) * int64(day-s.from) / int64(s.to-s.from+1))
}

// lanes stacks marks so that none covers another: each goes into the first
// lane that is free where it begins.
type lanes struct{ ends []int }

func (l *lanes) place(from, to int) int {
	for i, end := range l.ends {
		if end <= from {
			l.ends[i] = to
			return i
		}
	}
	l.ends = append(l.ends, to)
	return len(l.ends) - 1
}

// draw places entries on an axis: events above, records beneath, and what is
// dated to a decade in a band of its own.
func (c *composer) draw(rows []int32, s span, ticks []page.Tick) *page.Timeline {
	t := &page.Timeline{Width: drawWidth, Ticks: ticks, Label: c.t("plan.timeline-label", strconv.Itoa(len(rows)))}
	bands := []struct {
		key  string
		pick func(row int32, p edtf.Placement) bool
	}{
		{"plan.band-events", func(row int32, p edtf.Placement) bool {
			return c.Catalog.Kind(row) == catalog.Event && p.Mark != edtf.MarkBand
		}},
		{"plan.band-records", func(row int32, p edtf.Placement) bool {
			return c.Catalog.Kind(row) == catalog.Unit && p.Mark != edtf.MarkBand
		}},
		{"plan.band-decades", func(_ int32, p edtf.Placement) bool { return p.Mark == edtf.MarkBand }},
	}
	y := 0
	for _, b := range bands {
		marks, high := c.marks(rows, s, y+bandTop, b.pick)
		if len(marks) == 0 {
			continue
		}
		t.Bands = append(t.Bands, page.Band{Label: c.t(b.key), Y: y, H: high + bandTop})
		t.Marks = append(t.Marks, marks...)
		y += high + bandTop
	}
	t.Height = y
	return t
}

func (c *composer) marks(rows []int32, s span, top int, pick func(int32, edtf.Placement) bool) ([]page.Mark, int) {
	var out []page.Mark
	var l lanes
	for _, row := range rows {
		p := c.Catalog.Date(row).Placement()
		if p.Mark == edtf.MarkNone || !pick(row, p) {
			continue
		}
		m := c.mark1(row, p, s)
		from, to := m.X-pointWidth/2, m.X+max(m.W, pointWidth)
		if m.Flag {
			from -= page.FlagWidth
		}
		if len(rows) <= labelled {
			from, to = c.setText(&m, row, from, to)
		}
		m.Y = top + laneHeight*l.place(from, to)
		out = append(out, m)
	}
	return out, laneHeight*len(l.ends) + 8
}

// setText gives a mark its title where there is room: behind it, else before
// it or upon it. It returns what the mark takes up with it.
func (c *composer) setText(m *page.Mark, row int32, from, to int) (int, int) {
	title, _ := c.Catalog.Title(row, c.lang)
	text := markup.Excerpt(plainTitle(title), textMost)
	wide := charWidth * utf8.RuneCountInString(text)
	switch {
	case m.Right()+wide <= drawWidth:
		m.Text = text
		return from, m.Right() + wide + pointWidth
	case from-pointWidth-wide >= 0:
		m.Text, m.Side = text, "before"
		return from - pointWidth - wide, to
	case m.W >= wide+4*pointWidth:
		m.Text, m.Side = text, "inside"
	}
	return from, to
}

func (c *composer) mark1(row int32, p edtf.Placement, s span) page.Mark {
	title, _ := c.Catalog.Title(row, c.lang)
	d := c.Catalog.Date(row)
	m := page.Mark{
		Href: c.rel(c.pathOf(row)), Label: plainTitle(title) + ", " + d.Words(c.lang), Kind: "point", X: s.x(p.Lo),
		Event: c.Catalog.Kind(row) == catalog.Event, Flag: c.Catalog.Has(row, catalog.Commemorated),
	}
	lo, hi := p.Lo, p.Hi
	if p.ArrowLo {
		lo = s.from
	}
	if p.ArrowHi {
		hi = s.to
	}
	switch p.Mark {
	case edtf.MarkHollow:
		m.Kind = "month"
	case edtf.MarkBar, edtf.MarkBand:
		m.Kind = "bar"
		if p.Mark == edtf.MarkBand {
			m.Kind = "decade"
		}
		m.X = s.x(lo)
		m.W = max(s.x(hi)-m.X, 6)
		m.SoftLo, m.SoftHi = p.SoftLo, p.SoftHi
		m.OpenLo, m.OpenHi = p.ArrowLo || lo < s.from, p.ArrowHi || hi > s.to
	}
	return m
}

func decadeTicks(a axis) []page.Tick {
	var out []page.Tick
	step, long := 1, 10
	switch years := a.to - a.from; {
	case years > 150:
		step, long = 10, 100
	case years < 15:
		long = 1
	}
	for y := a.from; y <= a.to; y += step {
		t := page.Tick{X: a.days().x(edtf.DayOf(y, 1, 1)), Long: y%long == 0}
		if t.Long {
			t.Label = strconv.Itoa(y)
		}
		out = append(out, t)
	}
	return out
}

func (c *composer) monthTicks(year int) []page.Tick {
	s := span{edtf.DayOf(year, 1, 1), edtf.DayOf(year, 12, 31)}
	var out []page.Tick
	for m := 1; m <= 12; m++ {
		out = append(out, page.Tick{X: s.x(edtf.DayOf(year, m, 1)), Long: true, Label: c.t("plan.month-short-" + twoDigits(m))})
	}
	return out
}

// density is the number of entries per year as bars that lead to the years.
func (c *composer) density() *page.Density {
	if c.theYears().empty() {
		return nil
	}
	a := c.theAxis()
	years := a.to - a.from + 1
	d := &page.Density{Width: drawWidth, Height: densityHigh, Ticks: decadeTicks(a), Label: c.t("plan.density-label")}
	most := 1
	for _, rows := range c.theYears().byYear {
		most = max(most, len(rows))
	}
	for y := a.from; y <= a.to; y++ {
		n := len(c.theYears().byYear[y])
		if n == 0 {
			continue
		}
		h := max(4, n*(densityHigh-4)/most)
		x := drawWidth * (y - a.from) / years
		d.Bars = append(d.Bars, page.Bar{
			Href: c.rel(c.yearPath(c.lang, y, "")), Label: c.t("plan.year-count", strconv.Itoa(y), n),
			X: x, Y: densityHigh - h, W: max(drawWidth/years-1, 1), H: h, Year: y, Count: n,
		})
	}
	return d
}
