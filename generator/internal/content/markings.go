package content

import (
	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// MarkingsFile holds what was acknowledged of the findings of `check --markings`, and of
// what documents name.
const MarkingsFile = "markings.yaml"

// Markings reads the acknowledgements of markings; none where there is no such file. One
// that does not say what it acknowledges, who did and when is an error, and acknowledges
// nothing. Told of is all that is wrong with the file.
func (t *Tree) Markings() ([]record.Acknowledged, []diag.Diagnostic) {
	found, _, ds := t.acknowledgements()
	return found, ds
}

// Named reads those of what documents name that is not public, in the same way.
func (t *Tree) Named() ([]record.Named, []diag.Diagnostic) {
	_, found, ds := t.acknowledgements()
	return found, ds
}

func (t *Tree) acknowledgements() (out []record.Acknowledged, named []record.Named, ds []diag.Diagnostic) {
	if !t.HasFile(MarkingsFile) {
		return nil, nil, nil
	}
	Read(t, MarkingsFile, func(m *record.Markings, _ Piece, more []diag.Diagnostic) {
		ds = append(ds, more...)
		if m == nil {
			return
		}
		for _, a := range m.Acknowledged {
			if a.At == (record.At{}) {
				continue // no mapping, which was reported where it was read
			}
			wrong := checkAcknowledged(a)
			if ds = append(ds, wrong...); len(wrong) == 0 {
				out = append(out, a)
			}
		}
		for _, n := range m.Named {
			if n.At == (record.At{}) {
				continue
			}
			wrong := checkAcknowledged(record.Acknowledged{File: n.File, Text: n.Text, By: n.By, Date: n.Date, At: n.At})
			if ds = append(ds, wrong...); len(wrong) == 0 {
				named = append(named, n)
			}
		}
	})
	return out, named, ds
}

func checkAcknowledged(a record.Acknowledged) (ds []diag.Diagnostic) {
	for _, need := range []struct {
		key string
		is  record.Str
	}{{"file", a.File}, {"text", a.Text}, {"by", a.By}, {"date", a.Date}} {
		if need.is.V == "" {
			ds = append(ds, missing(MarkingsFile, a.At, need.key))
		}
	}
	if a.Date.V != "" && !isDay(a.Date.V) {
		ds = append(ds, notADay(MarkingsFile, a.Date))
	}
	if a.By.V != "" && !access.Written(a.By.V) {
		ds = append(ds, diag.Errorf("value-kind", a.By.At.In(MarkingsFile), "by: %q là chỗ để trống, không phải tên người", "by: %q is a place left open, and no name", a.By.V))
	}
	if a.Times.V < 0 {
		ds = append(ds, diag.Errorf("value-kind", a.Times.At.In(MarkingsFile), "times là số lần, từ 1 trở lên", "times is how many times, 1 or more"))
	}
	return ds
}

// LiftsOneDay reports whether a decision on record frees a document of a marking, of the
// degree that the profile gives its words; whether it has done so by some day is for a
// build to say.
func (t *Tree) LiftsOneDay(a record.Access, words string) bool {
	return access.LiftsOneDay(a, t.degrees.Of(words))
}
