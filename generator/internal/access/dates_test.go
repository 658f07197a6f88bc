package access

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

func dayOf(t *testing.T, text string) edtf.Day {
	t.Helper()
	d, ok := exactDay(text)
	if !ok {
		t.Fatalf("%q is no day", text)
	}
	return d
}

// dated is a signed clearance with a validity.
func dated(t *testing.T, id, signed, from, review, until string) record.Clearance {
	t.Helper()
	date := record.Date{}
	if signed != "" {
		d, err := edtf.Parse(signed)
		if err != nil {
			t.Fatal(err)
		}
		date.Date = d
	}
	str := func(s string) record.Str { return record.Str{V: s} }
	c := record.Clearance{ID: str(id), PreparedBy: str("A"), ApprovedBy: str("B"), File: id + ".yaml",
		Valid: record.Validity{From: str(from), ReviewBy: str(review), Until: str(until)},
		Scope: record.Scope{Records: []record.Str{str("r-1")}, Parts: []record.Str{str("metadata")}, Purposes: []record.Str{str("web-exhibition")}}}
	if signed != "" {
		c.Decision = record.Decision{Number: str("1"), Date: date, Signatory: str("S"), By: record.Ref{ID: "x"}}
	}
	return c
}

// The days ahead are those on which a clearance ends, comes into force or must
// be reviewed and on which an embargo ends: the nearest first, none that has
// passed, none of a decision that allows nothing or that nobody names.
func TestCalendar(t *testing.T) {
	cs := []record.Clearance{
		dated(t, "ends", "2026-01-01", "2026-01-01", "2028-05-01", "2026-12-31"),
		dated(t, "begins", "2026-01-01", "2027-02-01", "", ""),
		dated(t, "signed-later", "2026-12-31", "2026-12-31", "", ""),
		dated(t, "last-day", "2026-01-01", "2026-01-01", "2026-11-26", "2026-11-26"),
		dated(t, "over", "2020-01-01", "2020-01-01", "2021-01-01", "2022-01-01"),
		dated(t, "unsigned", "", "2026-01-01", "2027-01-01", "2027-01-01"),
		dated(t, "unnamed", "2026-01-01", "2026-01-01", "", "2027-01-01"),
	}
	gate, _ := New(cs, dayOf(t, "2026-11-26"))
	c := gate.Calendar(cs)
	for i, s := range cs {
		if s.ID.V != "unnamed" {
			for n := range i + 1 {
				c.Record(fmt.Sprint("r-", n), Facts{State: Public, Clearance: gate.Number(s.ID.V)})
			}
		}
	}
	for _, id := range []string{"e-2", "e-1", "e-3"} {
		c.Record(id, Facts{State: Embargo, Embargo: dayOf(t, "2030-01-01")})
	}
	c.Record("past", Facts{State: Embargo, Embargo: dayOf(t, "2026-11-26")})
	c.Record("never", Facts{State: Embargo, Embargo: lastDay})
	ready := signed().Decision
	for id, a := range map[string]record.Access{"opens": {State: str("public"), EmbargoUntil: str("2030-05-01")}, "embargoed": {State: str("embargo"), EmbargoUntil: str("2030-06-01")}, "open": state("public"), "never": {State: str("public"), EmbargoUntil: str("20XX")},
		"restricted": {State: str("restricted"), EmbargoUntil: str("2030-05-01")}, "personal": {State: str("public"), EmbargoUntil: str("2030-05-01"), Personal: str("unreviewed")}, "description": {State: str("metadata-only"), EmbargoUntil: str("2030-05-01")}} {
		c.Page("pages/"+id+".md", a)
		later := &record.Exhibition{ID: str("x-" + id), Access: a, Decision: ready}
		later.Decision.Date = date("2030-05-03")
		c.Exhibition(later)
	}
	c.Exhibition(&record.Exhibition{ID: str("x-undecided"), Access: record.Access{State: str("public"), EmbargoUntil: str("2030-05-01")}})
	var got []string
	for _, d := range c.Next() {
		got = append(got, fmt.Sprint(d.Day, " ", d.Event.Name(), " ", d.ID, " ", d.Records))
		if w := d.Words(); !strings.Contains(w.Vi, d.Day.String()) || !strings.Contains(w.En, d.ID) {
			t.Errorf("words %+v", w)
		}
	}
	want := []string{
		"2026-11-27 expires last-day 4", "2026-11-27 review last-day 4",
		"2026-12-31 begins signed-later 3", "2027-01-01 expires ends 1", "2027-02-01 begins begins 2",
		"2028-05-02 review ends 1", "2030-01-01 opens e-1 3",
		"2030-05-01 opens pages/opens.md 0", "2030-05-03 opens x-open 0", "2030-05-03 opens x-opens 0", "2030-06-01 opens pages/embargoed.md 0", "2030-06-01 opens x-embargoed 0",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// On the day before, all is as it was; on the day itself the verdict differs.
	f := Facts{State: Public, Clearance: gate.Number("last-day")}
	tomorrow, _ := New(cs, dayOf(t, "2026-11-27"))
	if !gate.Judge("r-1", "f", f).Published() || tomorrow.Judge("r-1", "f", f).Published() {
		t.Error("the day that is named is not the one on which the verdict changes")
	}
}
