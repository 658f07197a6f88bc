package access

import (
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// Exhibitions and pages of content/pages have no clearance: their access block opens
// them, an exhibition with the decision to hold it. All that a block can say holds
// for them as it does for records, or keeps them closed.

// Exhibition reports whether an exhibition may be published, and what is wrong with
// what would open it. A draft gate shows one that waits for time or review alone.
func (g *Gate) Exhibition(e *record.Exhibition) (bool, []diag.Diagnostic) {
	r, ds := g.stands(e.File, e.Access)
	if states[e.Access.State.V] != Public && r != ReasonNone {
		return g.passes(r), ds
	}
	if more := CheckDecision("exhibition-decision", e.File, e.Access.At, e.Decision); len(more) > 0 {
		return false, append(ds, more...)
	}
	if day := decisionDay(e.Decision); day > g.today {
		if r == ReasonNone {
			r = ReasonNotYetValid
		}
		ds = append(ds, diag.Warnf("exhibition-future", e.Decision.Date.At.In(e.File), "quyết định tổ chức trưng bày %q đề ngày %s, sau ngày dựng trang: chưa công bố", "the decision to hold the exhibition %q is dated %s, after the day of the build: it is not published yet", e.ID.V, day))
	}
	return g.passes(r), ds
}

// Page reports whether a page of content/pages may be published, and what is wrong
// with what would open it.
func (g *Gate) Page(file string, a record.Access) (bool, []diag.Diagnostic) {
	r, ds := g.stands(file, a)
	return g.passes(r), ds
}

// stands judges an access block by itself.
func (g *Gate) stands(file string, a record.Access) (Reason, []diag.Diagnostic) {
	s := StatementOf(a, record.Str{}, nil)
	ds := g.Marked(s, a.Declassification.Decision.Date.At.In(file))
	if why, ok := g.MayShow(s, record.Date{}); !ok {
		return ReasonPersonal, append(ds, diag.Errorf("access-closed", a.Personal.At.In(file), "có dữ liệu cá nhân: %[1]s", "there is personal data: %[2]s", why.Vi, why.En))
	}
	f := g.Facts(s)
	switch _, known := states[a.State.V]; {
	case f.Personal:
		return ReasonPersonal, ds
	case !known || ForRecords(a) != (diag.Text{}):
		return ReasonRestricted, ds
	}
	return g.withholds(f), ds
}

// passes reports whether a reason to withhold an exhibition or a page is none to
// this gate.
func (g *Gate) passes(r Reason) bool {
	return r == ReasonNone || g.draft && slices.Contains(pending, r)
}

// ForRecords says what in the access block of an exhibition or a page has a meaning for
// records alone; nothing in a sound one.
func ForRecords(a record.Access) (what diag.Text) {
	switch {
	case a.State.V == "metadata-only" || a.State.V == "conditional":
		return diag.T("state: %s chỉ dùng cho bản ghi", "state: %s is for records alone", a.State.V)
	case !a.ConditionalBasis.IsZero():
		return diag.T("conditional_basis chỉ dùng cho bản ghi", "conditional_basis is for records alone")
	case a.Personal.V == "dead-only" || a.Personal.V == "living-consented":
		return diag.T("personal: %s chỉ dùng cho bản ghi, nơi từng người được nêu có hồ sơ để đối chiếu", "personal: %s is for records alone, which name each person by an authority that can be looked at", a.Personal.V)
	}
	return what
}

// opensOn is the day from which time no longer keeps an exhibition or a page closed,
// lastDay where it is not time alone that does. d is nil for a page.
func (g *Gate) opensOn(a record.Access, d *record.Decision) edtf.Day {
	s := StatementOf(a, record.Str{}, nil)
	if s.State == Embargo && s.Embargo == 0 {
		return lastDay
	}
	day := s.Embargo
	if d != nil {
		day = max(day, decisionDay(*d))
	}
	f := g.Facts(s)
	f.Embargo = 0
	if f.State == Embargo {
		f.State = Public
	}
	if g.withholds(f) != ReasonNone || ForRecords(a) != (diag.Text{}) {
		return lastDay
	}
	return day
}
