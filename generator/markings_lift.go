package generator

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// lift takes out what was found in records whose marking a decision on record has
// lifted by the day of the build, and in their files. A file that another record names as well stays.
func (m *markings) lift() {
	fonds := map[string]bool{}
	for name := range m.found {
		if parts := strings.SplitN(name, "/", 3); parts[0] == "fonds" && len(parts) == 3 {
			fonds[parts[1]] = true
		}
	}
	named := map[string][]record.Access{} // by file: the access blocks of the records that name it
	for f, err := range m.tree.Files("fonds") {
		if err != nil || !fonds[f.Owner] || f.Kind != content.KindFonds && f.Kind != content.KindRecords {
			continue // what cannot be read was told of
		}
		content.Read(m.tree, f.Path, func(u *record.Unit, p content.Piece, _ []diag.Diagnostic) {
			if u == nil {
				return
			}
			m.drop(f.Path, func(found finding) bool { return found.piece == p.Line && m.lifts(u.Access, found) })
			for _, name := range m.filesOf(f, u) {
				if len(m.found[name]) > 0 {
					named[name] = append(named[name], u.Access)
				}
			}
		})
	}
	for name, by := range named {
		m.drop(name, func(found finding) bool {
			return !slices.ContainsFunc(by, func(a record.Access) bool { return !m.lifts(a, found) })
		})
	}
}

// lifts reports whether the decision of an access block covers a finding, and where there
// is more behind it than was looked for whatever that is.
func (m *markings) lifts(a record.Access, f finding) bool {
	return m.gate.Lifts(a, f.hit.Word) && (!f.rest || m.gate.LiftsAll(a))
}

// filesOf are the files that belong to a record.
func (m *markings) filesOf(f content.File, u *record.Unit) []string {
	out := m.tree.BodyNames(f, u.ID.V)
	for _, o := range u.Objects {
		for _, name := range o.Files() {
			out = append(out, content.MediaPath(f.Owner, name))
		}
	}
	return out
}

func (m *markings) drop(file string, which func(finding) bool) {
	if len(m.found[file]) == 0 {
		return
	}
	m.found[file] = slices.DeleteFunc(m.found[file], which)
}

// acknowledge takes out what a person has acknowledged, and tells of what was
// acknowledged and is not there.
func (m *markings) acknowledge() {
	list, ds := m.tree.Markings()
	m.diags.Add(ds...)
	for _, a := range list {
		if day, err := (Options{AsOf: a.Date.V}).day(); err != nil || day > m.gate.Day() {
			m.diags.Add(diag.Errorf("marking-stale", a.Date.At.In(content.MarkingsFile), "lời xác nhận đề ngày %s, sau ngày xét (%s): chưa xác nhận gì", "the acknowledgement is dated %s, after the day of the check (%s): it acknowledges nothing yet", a.Date.V, m.gate.Day()))
			continue
		}
		left := max(1, a.Times.V)
		m.drop(a.File.V, func(f finding) bool {
			if left == 0 || !acknowledges(a, f) {
				return false
			}
			left--
			return true
		})
		if left > 0 {
			m.diags.Add(diag.Warnf("marking-stale", a.At.In(content.MarkingsFile), "điều được xác nhận ở đây không còn gặp nữa", "what is acknowledged here is not found any more").
				WithHint("bỏ dòng này đi, hoặc xem lại file, text, times và sha256", "take the entry out, or look at its file, text, times and sha256 again"))
		}
	}
}

func acknowledges(a record.Acknowledged, f finding) bool {
	return !f.rest && passage(a.Text.V) == f.passage && f.carried == (a.SHA256.V != "") && strings.EqualFold(a.SHA256.V, f.sum)
}
