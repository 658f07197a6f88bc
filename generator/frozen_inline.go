package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// A decision that lists files lists the words that stand in the record itself too, by a
// name that says where, and which record shows which file: words that are written into a
// record since were not decided on, and a picture that was decided on for one record was
// not for another.

// inlineWords are the words of an object that stand in its record, by their names in the
// list of a decision about the record.
func inlineWords(id string, o record.Object) (out []inline) {
	for _, w := range []struct {
		key string
		t   *record.Transcript
	}{{"transcript", o.Transcript}, {"translation", o.Translation}} {
		if w.t == nil || w.t.Text.IsZero() {
			continue
		}
		h := sha256.New()
		for _, l := range w.t.Text.Langs {
			fmt.Fprintf(h, "%s\n%d\n%s\n", l.Lang, len(l.V), l.V)
		}
		at := w.t.Text.At
		if at == (record.At{}) {
			at = w.t.At
		}
		out = append(out, inline{name: id + "#" + o.File.V + "#" + w.key, key: w.key, sha256: hex.EncodeToString(h.Sum(nil)), at: at})
	}
	return out
}

// inline are words in a record.
type inline struct {
	name, key, sha256 string
	at                record.At
}

// whole is the object of which one is a view, which may lack its file.
func (f *freeze) whole(o record.Object) record.Object {
	for _, own := range f.u.Objects {
		if own.At == o.At {
			o.File, o.ClearedBy = own.File, own.ClearedBy
		}
	}
	return o
}

// bound compares the words that stand in the record with those decided on, and asks whether
// its files were decided on for this record.
func (f *freeze) bound(o record.Object) bool {
	o = f.whole(o)
	ok := f.words(o, f.u.Clearance.V, len(f.sums) > 0 || f.all)
	if by := o.ClearedBy.V; by != "" {
		_, _, all := f.s.gate.FrozenBy(by, "")
		ok = f.words(o, by, all && f.real || f.ownListed(o)) && ok
	}
	for _, file := range o.Named() {
		for _, by := range []string{f.u.Clearance.V, o.ClearedBy.V} {
			if by != "" && f.s.gate.ShowsElsewhere(by, f.u.ID.V, file.V, f.path(file.V)) {
				f.s.diags.Add(diag.Errorf("clearance-file", file.At.In(f.u.File), "quyết định %[2]s ghi tệp %[1]s cho bản ghi khác, không phải cho bản ghi này", "the decision %[2]s lists the file %[1]s for another record, and not for this one", file.V, by).
					WithHint("đặt lại tệp của chính bản ghi; nếu đã xét cho bản ghi này, ghi tên tệp vào files của quyết định, dưới %q", "put the record's own file back; if it was reviewed for this record, write its name into files of the clearance, under %q", f.u.ID.V+"#"))
				ok = false
			}
		}
	}
	return ok
}

// ownListed reports whether the decision that an object names lists a file of it.
func (f *freeze) ownListed(o record.Object) bool {
	for _, file := range o.Named() {
		if own, ok := f.own[f.path(file.V)]; ok && own.sha256 != "" {
			return true
		}
	}
	return false
}

// words compares the words of an object with those that a decision lists, where it lists any.
func (f *freeze) words(o record.Object, by string, lists bool) bool {
	ok := true
	for _, w := range inlineWords(f.u.ID.V, o) {
		want, _, _ := f.s.gate.FrozenBy(by, w.name)
		at := w.at.In(f.u.File)
		switch {
		case want == w.sha256 || want == "" && !lists:
			continue
		case want == "":
			f.s.diags.Add(diag.Errorf("clearance-file", at, "lời (%s) được ghi vào bản ghi sau quyết định %s", "the words (%s) were written into the record after the decision %s", w.key, by).
				WithHint("xét lại lời rồi ghi vào files của quyết định: %q: sha256:%s", "review the words, then write them into files of the clearance: %q: sha256:%s", w.name, w.sha256))
		default:
			f.s.diags.Add(diag.Errorf("clearance-file", at, "lời (%s) trong bản ghi đã thay đổi sau quyết định %s", "the words (%s) in the record have changed since the decision %s", w.key, by).
				WithHint("xét lại lời rồi ghi mã băm mới vào quyết định: %s", "review the words, then write their new hash into the clearance: %s", w.sha256))
		}
		ok = false
	}
	return ok
}
