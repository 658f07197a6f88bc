package catalog

import (
	"maps"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// person is what the gate asks of an agent, and the file that says it.
type person struct {
	access.Person
	file string
}

// checkPersons asks the gate whether a unit with personal data may be shown,
// naming whom it names: itself, and by the pages of authorities that are
// published with it.
func (b *Builder) checkPersons(row int32, s *Summary) {
	if s.Access.Personal == access.PersonalNone {
		return
	}
	if s.Access.State == access.Withdrawn {
		facts := &b.rows.at(row).facts
		facts.Personal = facts.Personal || b.bound(s)
		return
	}
	if why, ok := b.gate.MayShow(s.Access, record.Date{Date: dateOf([]byte(s.Date))}); !ok {
		b.found.Add(diag.Errorf("access-closed", b.pos(row), "bản ghi có dữ liệu cá nhân: %[1]s", "the record holds personal data: %[2]s", why.Vi, why.En).
			WithHint("đợi hết thời hạn với state: unreviewed, rồi xét lại", "wait until it has passed, with state: unreviewed, then review it"))
	}
	for _, r := range s.Refs {
		id, reaches := b.bars(s.Access.Personal)[r.ID]
		if !reaches || r.Role == RoleDecided { // who decided is not shown
			continue
		}
		p := b.persons[id]
		why, ok := b.gate.MayName(s.Access, p.Person)
		if ok {
			continue
		}
		at := r.At.In(s.Loc.File)
		if r.At == (record.At{}) { // from the defaults of the fonds
			at = b.pos(row)
		}
		names := diag.T("bản ghi nêu %q (%s)", "the record names %q (%s)", id, p.file)
		if id != r.ID {
			names = diag.T("bản ghi nêu %q, và qua đó công bố %q (%s)", "the record names %q, and by that publishes %q (%s)", r.ID, id, p.file)
		}
		b.found.Add(diag.Errorf("access-person", at, "%[1]s: %[3]s", "%[2]s: %[4]s", names.Vi, names.En, why.Vi, why.En).
			WithHint("tìm hiểu rồi ghi living và exist ở %[1]s; chưa rõ thì ghi state: unreviewed cho bản ghi", "find out and write living and exist in %[1]s; until then write state: unreviewed in the record", p.file))
	}
}

// bound reports whether a unit that was withdrawn could not be shown today, even
// if it had not been, for the personal data in it: then its notice says nothing
// of what it was.
func (b *Builder) bound(s *Summary) bool {
	were := s.Access
	were.State = access.Public
	if _, ok := b.gate.MayShow(were, record.Date{Date: dateOf([]byte(s.Date))}); !ok {
		return true
	}
	return slices.ContainsFunc(s.Refs, func(r SummaryRef) bool {
		_, reaches := b.bars(were.Personal)[r.ID]
		_, known := b.authorities[r.ID] // of one whose file cannot be read nobody knows whether they live
		return (reaches || !known && !r.Later) && r.Role != RoleDecided
	})
}

// bars are the authorities that lead to a person whom a record with such personal
// data may not name, by their ids, and the ids of these persons. An authority leads
// to itself and to those whom its page names, for they are published with it. All
// authorities are known by then.
func (b *Builder) bars(data access.Personal) map[string]string {
	if out, made := b.barred[data]; made {
		return out
	}
	out, queue := map[string]string{}, []string(nil)
	for _, id := range slices.Sorted(maps.Keys(b.persons)) {
		if _, ok := b.gate.MayName(access.Statement{State: access.Public, Personal: data}, b.persons[id].Person); !ok {
			out[id], queue = id, append(queue, id)
		}
	}
	namedBy := map[string][]string{}
	for _, p := range b.pending {
		if k := b.rows.at(p.from).kind; len(queue) > 0 && k != Unit && k != Exhibition && p.role != RoleDecided {
			namedBy[p.id] = append(namedBy[p.id], b.id(p.from))
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, by := range namedBy[queue[0]] {
			if _, known := out[by]; !known {
				out[by], queue = out[queue[0]], append(queue, by)
			}
		}
	}
	if b.barred == nil {
		b.barred = map[access.Personal]map[string]string{}
	}
	b.barred[data] = out
	return out
}
