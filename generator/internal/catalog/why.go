package catalog

import (
	"bytes"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
)

// Why words why a unit has no page, for messages to whoever keeps it; nothing of
// it may reach a page. ok is false where there is no such unit, or it has one.
// Many goroutines may ask, once the builder is frozen. What is asked first sorts
// the hidden units, so a build without faults pays nothing.
func (b *Builder) Why(id string) (why diag.Text, ok bool) {
	b.sortHidden.Do(func() {
		for i := b.shown; i < b.rows.len(); i++ {
			if b.rows.at(i).kind == Unit {
				b.hidden = append(b.hidden, i)
			}
		}
		b.hidden = sortRuns(b.hidden, func(x, y int32) int { return bytes.Compare(b.idBytes(x), b.idBytes(y)) })
	})
	i, ok := slices.BinarySearchFunc(b.hidden, id, func(row int32, id string) int { return bytes.Compare(b.idBytes(row), []byte(id)) })
	if !ok {
		return why, false
	}
	return b.why(b.hidden[i]), true
}

// why goes up to the record on which the verdict rests.
func (b *Builder) why(row int32) diag.Text {
	e := b.rows.at(row)
	at := row
	switch e.verdict.Reason {
	case access.ReasonFonds:
		at = b.placed[e.fonds] // hidden rows name others as they were read
	case access.ReasonAncestor:
		for at == row || b.rows.at(at).verdict.Reason == access.ReasonAncestor {
			p := b.rows.at(at).parent
			if at < b.shown || p < 0 {
				return e.verdict.Reason.Words()
			}
			at = b.placed[p]
		}
	}
	if at == row {
		return b.gate.Explain(e.verdict.Reason, e.facts)
	}
	words, above := e.verdict.Reason.Words(), b.gate.Explain(b.rows.at(at).verdict.Reason, b.rows.at(at).facts)
	return diag.T("%[1]s (%[3]s: %[4]s)", "%[2]s (%[3]s: %[5]s)", words.Vi, words.En, b.id(at), above.Vi, above.En)
}
