package generator

import (
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// lift takes out what was found in records whose marking was lifted by a decision
// on record, and in their files. A file that another record names as well stays.
func (m *markings) lift() {
	fonds := map[string]bool{}
	for name := range m.found {
		if parts := strings.SplitN(name, "/", 3); parts[0] == "fonds" && len(parts) == 3 {
			fonds[parts[1]] = true
		}
	}
	free, held := map[string]bool{}, map[string]bool{}
	for f, err := range m.tree.Files("fonds") {
		if err != nil || !fonds[f.Owner] || f.Kind != content.KindFonds && f.Kind != content.KindRecords {
			continue // what cannot be read was told of
		}
		content.Read(m.tree, f.Path, func(u *record.Unit, p content.Piece, _ []diag.Diagnostic) {
			if u == nil {
				return
			}
			to := held
			if content.Declassified(u.Access) {
				to = free
				m.drop(f.Path, func(found finding) bool { return found.piece == p.Line })
			}
			for _, name := range m.filesOf(f, u) {
				if len(m.found[name]) > 0 {
					to[name] = true
				}
			}
		})
	}
	for name := range free {
		if !held[name] {
			m.drop(name, func(finding) bool { return true })
		}
	}
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
