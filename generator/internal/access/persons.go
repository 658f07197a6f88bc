package access

import (
	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// Personal is what a record says of the personal data in it.
type Personal uint8

// What a record can say, in the order of the vocabulary; the zero Personal is
// that it says nothing, or that there are none.
const (
	PersonalNone Personal = iota
	PersonalOfTheDead
	PersonalConsented
	PersonalReviewed
	PersonalUnreviewed
)

var personal = map[string]Personal{"dead-only": PersonalOfTheDead, "living-consented": PersonalConsented, "reviewed": PersonalReviewed, "unreviewed": PersonalUnreviewed}

// Person is an agent as far as the gate asks.
type Person struct {
	Living string   // yes, no or unknown; empty where nothing is said
	Last   edtf.Day // the last day on which they may have lived
}

// PersonOf is the person that an agent is. One whose death is not dated may be
// living yet.
func PersonOf(a *record.Agent) Person {
	return Person{Living: a.Living.V, Last: lastOf(a.Exist)}
}

// lastOf is the last day that a date can mean; that of an undated one never comes.
func lastOf(d record.Date) edtf.Day {
	if d.IsZero() {
		return lastDay
	}
	_, hi := d.Bounds()
	return hi
}

// Hold sets the closing periods of the profile. A period opens nothing when it
// has passed: it only holds back what else might be published.
func (g *Gate) Hold(periods []record.ClosingPeriod) { g.periods = periods }

// MayName reports whether a record with such a statement may be published
// while it names a person, and else why not. A record that says of whom its
// data are must name nobody of whom that is not known, and one with data of the
// dead nobody who lives.
func (g *Gate) MayName(s Statement, p Person) (why diag.Text, ok bool) {
	claims := s.opens() && (s.Personal == PersonalOfTheDead || s.Personal == PersonalConsented)
	switch {
	case claims && p.Living == "":
		return diag.T("không ghi người này còn sống hay không (thiếu living), mà bản ghi đã nói dữ liệu cá nhân là của ai",
			"it is not said whether this person lives (no living), and the record says whose personal data it holds"), false
	case claims && p.Living != "yes" && p.Living != "no":
		return diag.T("chưa rõ người này còn sống hay không (living: unknown), mà bản ghi đã nói dữ liệu cá nhân là của ai",
			"it is not known whether this person lives (living: unknown), and the record says whose personal data it holds"), false
	case claims && s.Personal == PersonalOfTheDead && p.Living == "yes":
		return diag.T("người này còn sống (living: yes), mà bản ghi nói chỉ có dữ liệu cá nhân của người đã mất (dead-only)",
			"this person lives (living: yes), and the record says that it holds data of the dead only (dead-only)"), false
	}
	return g.closed(s, "death", p.Last)
}

// MayShow reports whether a record with such a statement, made on a date, may
// be published whomever it names, and else why not.
func (g *Gate) MayShow(s Statement, made record.Date) (why diag.Text, ok bool) {
	return g.closed(s, "creation", lastOf(made))
}

// closed asks the closing periods that run from an event. They run in whole
// years: to the end of that in which the last one ends.
func (g *Gate) closed(s Statement, event string, from edtf.Day) (why diag.Text, ok bool) {
	for _, c := range g.periods {
		if s.opens() && c.After.V == event && personal[c.Personal.V] == s.Personal && g.today.Year() <= from.Year()+c.Years.V {
			return diag.T("chưa qua thời hạn đóng %d năm của bộ quy tắc, hoặc không rõ thời hạn ấy tính từ ngày nào",
				"the closing period of %s of the rule profile has not passed, or it is not known from which day it runs", diag.Count(c.Years.V, "year")), false
		}
	}
	return why, true
}

// opens reports whether a record may be published, now or later.
func (s Statement) opens() bool {
	return s.State != Unreviewed && s.State != Restricted && s.State != Withdrawn
}
