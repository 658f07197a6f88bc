package generator

import (
	"bytes"
	"cmp"
	"io/fs"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// nowCalled is the id that a record has by now, where that of which a reader complains is a former one.
// taken says that the id is that of one record and was that of another.
func (o WithdrawOptions) nowCalled() (now string, taken bool) {
	now, stands := o.ID, false
	o.eachUnit([]byte(o.ID), func(u *record.Unit, _ string) {
		stands = stands || u.ID.V == o.ID
		if u.ID.V != o.ID && slices.ContainsFunc(u.FormerIDs, func(f record.Str) bool { return f.V == o.ID }) {
			now = u.ID.V
		}
	})
	if stands {
		return o.ID, now != o.ID
	}
	return now, false
}

// beneathNow are the ids of the records that the content has beneath this one, however deep, and those
// by which the site may still have them, as far as it can be read. What names no parent is taken to
// hang under its fonds.
func (o WithdrawOptions) beneathNow() (out []string) {
	children, former := map[string][]string{}, map[string][]string{}
	o.eachUnit(nil, func(u *record.Unit, fonds string) {
		parent := cmp.Or(u.Parent.V, fonds)
		children[parent] = append(children[parent], u.ID.V)
		for _, f := range u.FormerIDs {
			former[u.ID.V] = append(former[u.ID.V], f.V)
		}
	})
	seen := map[string]bool{o.ID: true} // a fonds that names no parent is under itself
	for under := []string{o.ID}; len(under) > 0; {
		var next []string
		for _, id := range under {
			for _, child := range children[id] {
				if !seen[child] {
					seen[child] = true
					next = append(next, child)
					out = append(append(out, child), former[child]...)
				}
			}
		}
		under = next
	}
	return out
}

// eachUnit hands on the records of the files in which some bytes stand, each with the id of the fonds in
// whose folder it lies.
func (o WithdrawOptions) eachUnit(in []byte, each func(u *record.Unit, fonds string)) {
	tree, err := content.Open(o.Content)
	if err != nil {
		return
	}
	defer tree.Close()
	for f, err := range tree.Files("fonds") {
		if err != nil || f.Kind != content.KindFonds && f.Kind != content.KindRecords {
			continue
		}
		if raw, err := fs.ReadFile(tree.FS(), f.Path); err != nil || !bytes.Contains(raw, in) {
			continue
		}
		tree.Units(f, func(u *record.Unit, _ record.Loc, _ []diag.Diagnostic) {
			if u != nil {
				each(u, f.Owner)
			}
		})
	}
}
