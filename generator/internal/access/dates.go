package access

import (
	"cmp"
	"maps"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// Event is what comes about on a day without anybody touching the content.
type Event uint8

// The events. After EventExpires the site that lies on the web shows what it
// no longer may; after the others it is merely behind.
const (
	EventExpires Event = iota // a clearance ends
	EventReview               // a clearance is past its review date
	EventBegins               // a clearance comes into force
	EventOpens                // an embargo ends, or the day of an exhibition or page has come
)

// Name is the event in the JSON of reports.
func (e Event) Name() string { return [...]string{"expires", "review", "begins", "opens"}[e] }

// Due is a day on which what may be published changes by itself.
type Due struct {
	Day     edtf.Day // the first on which a site that was built before is no longer right
	Event   Event
	ID      string // of the clearance; of the first record whose embargo ends; of the exhibition or page
	Records int    // how many name the clearance, or are under the embargo; 0 for an exhibition or page
}

// Words says what has to be done by that day, and why.
func (d Due) Words() diag.Text {
	day, records := d.Day.String(), diag.Count(d.Records, "record")
	switch d.Event {
	case EventExpires:
		return diag.T("Phải dựng lại trước ngày %[1]s: quyết định %[2]s hết hiệu lực (%[3]d bản ghi)", "Build again before %[1]s: the clearance %[2]s expires (%[3]s)", day, d.ID, records)
	case EventReview:
		return diag.T("Phải xem xét lại trước ngày %[1]s: quyết định %[2]s đến hạn (%[3]d bản ghi)", "Review before %[1]s: the clearance %[2]s falls due (%[3]s)", day, d.ID, records)
	case EventBegins:
		return diag.T("Dựng lại từ ngày %[1]s: quyết định %[2]s bắt đầu có hiệu lực (%[3]d bản ghi)", "Build again from %[1]s on: the clearance %[2]s comes into force (%[3]s)", day, d.ID, records)
	}
	if d.Records == 0 {
		return diag.T("Dựng lại từ ngày %[1]s: đến ngày công bố %[2]s", "Build again from %[1]s on: %[2]s is to be published then", day, d.ID)
	}
	return diag.T("Dựng lại từ ngày %[1]s: hết thời hạn chưa công bố (%[3]d bản ghi, đầu tiên là %[2]s); vẫn cần quyết định cho phép", "Build again from %[1]s on: an embargo ends (%[3]s, the first is %[2]s); a clearance is needed all the same", day, d.ID, records)
}

// Passed says what has come about on the day, to whom goes back before it; nothing of a
// review, which opens and closes nothing.
func (d Due) Passed() diag.Text {
	day, records := d.Day.String(), diag.Count(d.Records, "record")
	switch {
	case d.Event == EventExpires:
		return diag.T("quyết định %[2]s không còn hiệu lực từ ngày %[1]s (%[3]d bản ghi); lần này lại công bố theo nó", "the clearance %[2]s is in force no more from %[1]s on (%[3]s); by this day it is again", day, d.ID, records)
	case d.Event == EventBegins:
		return diag.T("quyết định %[2]s có hiệu lực từ ngày %[1]s (%[3]d bản ghi); lần này chưa tính đến", "the clearance %[2]s is in force from %[1]s on (%[3]s); by this day it is not", day, d.ID, records)
	case d.Event == EventOpens && d.Records == 0:
		return diag.T("%[2]s công bố từ ngày %[1]s; lần này chưa tính đến", "%[2]s is published from %[1]s on; by this day it is not", day, d.ID)
	case d.Event == EventOpens:
		return diag.T("thời hạn chưa công bố hết ngày %[1]s (%[3]d bản ghi, đầu tiên là %[2]s); lần này chưa tính đến", "an embargo ends on %[1]s (%[3]s, the first is %[2]s); by this day it has not", day, d.ID, records)
	}
	return diag.Text{}
}

// Calendar gathers the days that lie ahead. Its memory grows with the
// clearances and with the days on which an embargo ends.
type Calendar struct {
	gate       *Gate
	clearances []record.Clearance
	named      []int // records that name each clearance
	embargoes  map[edtf.Day]*Due
	standing   []Due // of exhibitions and pages
}

// Calendar begins one with the clearances that the gate was made from.
func (g *Gate) Calendar(cs []record.Clearance) *Calendar {
	return &Calendar{gate: g, clearances: cs, named: make([]int, len(cs)), embargoes: map[edtf.Day]*Due{}}
}

// Record takes what the verdict on a record rests on. No day to come changes that on one that
// was withdrawn.
func (c *Calendar) Record(id string, f Facts) {
	if f.State == Withdrawn {
		return
	}
	if f.Clearance > 0 {
		c.named[f.Clearance-1]++
	}
	if f.Embargo <= c.gate.today || f.Embargo == lastDay {
		return
	}
	d := c.embargoes[f.Embargo]
	if d == nil {
		d = &Due{Day: f.Embargo, Event: EventOpens, ID: id}
		c.embargoes[f.Embargo] = d
	}
	d.ID = min(d.ID, id)
	d.Records++
}

// Object takes the clearance that objects of a record name besides that of the record.
func (c *Calendar) Object(clearance string) {
	if n := c.gate.Number(clearance); n > 0 {
		c.named[n-1]++
	}
}

// Exhibition takes one that may be published on a day to come.
func (c *Calendar) Exhibition(e *record.Exhibition) {
	c.stands(e.ID.V, c.gate.opensOn(e.Access, &e.Decision))
}

// Page takes a page of content/pages, by its file, that may be published on a day to
// come.
func (c *Calendar) Page(file string, a record.Access) { c.stands(file, c.gate.opensOn(a, nil)) }

func (c *Calendar) stands(id string, opens edtf.Day) {
	if opens > c.gate.today && opens != lastDay {
		c.standing = append(c.standing, Due{Day: opens, Event: EventOpens, ID: id})
	}
}

// Next are the days ahead, the nearest first. A clearance that no record
// names, or that allows nothing anyway, does not count.
func (c *Calendar) Next() []Due {
	out := slices.Clone(c.standing)
	for d := range maps.Values(c.embargoes) {
		out = append(out, *d)
	}
	for n := range c.clearances {
		if c.named[n] > 0 {
			out = append(out, c.ofClearance(n)...)
		}
	}
	slices.SortFunc(out, func(a, b Due) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Event, b.Event), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// ofClearance are the days on which a clearance changes what it allows.
func (c *Calendar) ofClearance(n int) (out []Due) {
	made, from := &c.gate.clearances[n], &c.clearances[n]
	if made.unusable != ReasonNone && made.unusable != ReasonNotYetValid {
		return nil
	}
	add := func(day edtf.Day, event Event) {
		if day > c.gate.today {
			out = append(out, Due{Day: day, Event: event, ID: made.id, Records: c.named[n]})
		}
	}
	add(max(made.from, decisionDay(from.Decision)), EventBegins)
	if made.until != lastDay {
		add(made.until+1, EventExpires)
	}
	if day, ok := exactDay(from.Valid.ReviewBy.V); ok {
		add(day+1, EventReview)
	}
	return out
}

// exactDay reads a day written as year-month-day: none that is uncertain,
// approximate or in part unspecified (EDTF, levels 1 and 2).
func exactDay(text string) (edtf.Day, bool) {
	d, err := edtf.Parse(text)
	if err != nil || !d.IsLevel0() || d.Precision() != edtf.PrecisionDay || d.IsInterval() {
		return 0, false
	}
	lo, _ := d.Bounds()
	return lo, true
}
