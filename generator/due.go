package generator

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
)

// Due is a day on which what may be published changes without anybody touching
// the content.
type Due struct {
	Day     string    // year-month-day: the first on which the site as it was built is no longer right
	Event   string    // "expires", "review", "begins" or "opens"
	ID      string    // of the clearance; for "opens", of the first record, or of the exhibition or page
	Records int       // how many it concerns; 0 for an exhibition or page
	Words   diag.Text // what has to be done
}

// maxDue is how many days a report names.
const maxDue = 20

// due are the days ahead, the nearest first, at most maxDue.
func (s *scan) due() (out []Due) {
	s.builder.Facts(func(id string, f access.Facts) bool {
		s.ahead.Record(id, f)
		return true
	})
	for clearance := range s.builder.ObjectClearances {
		s.ahead.Object(clearance)
	}
	ahead := s.ahead.Next()
	s.turnedBack(s.gate.Day(), ahead)
	for _, d := range ahead {
		if len(out) == maxDue {
			break
		}
		out = append(out, Due{d.Day.String(), d.Event.Name(), d.ID, d.Records, d.Words()})
	}
	return out
}

// ahead are the lines of the nearest days for people. The last day by which a
// site must be built again is always among them.
func (r *Report) ahead(lang string) (out []string) {
	const most = 5
	expiry := false
	for i, d := range r.Due {
		must := d.Event == access.EventExpires.Name()
		if i < most || must && !expiry {
			out = append(out, d.Words.In(lang))
		}
		expiry = expiry || must
	}
	if more := len(r.Due) - len(out); more > 0 {
		out = append(out, diag.T("và %d ngày khác, xem --format json", "and %s, see --format json", diag.Count(more, "other day")).In(lang))
	}
	return out
}
