package catalog

import (
	"slices"
	"strings"

	"vitrine/generator/internal/record"
)

// Inherited are the values that a unit takes from its nearest published
// ancestor unless it states its own: holder, rights and languages. Openness
// is not among them.
type Inherited struct {
	Repository string
	Rights     record.Rights
	Languages  []record.Str
}

// inheritTable holds every distinct set of values once: an archive has few.
type inheritTable struct {
	values []Inherited
	byKey  map[string]uint32
	pairs  map[[2]uint32]uint32
	asked  []byte // the last key that was looked for
}

func newInheritTable() inheritTable {
	return inheritTable{values: []Inherited{{}}, byKey: map[string]uint32{"": 0}, pairs: map[[2]uint32]uint32{}}
}

func (t *inheritTable) intern(v Inherited) uint32 {
	if v.Repository == "" && v.Rights.IsZero() && len(v.Languages) == 0 {
		return 0
	}
	t.asked = v.appendKey(t.asked[:0])
	n, ok := t.byKey[string(t.asked)]
	if !ok {
		n = uint32(len(t.values))
		t.values = append(t.values, v.clone())
		t.byKey[string(t.asked)] = n
	}
	return n
}

// clone copies the strings, which may be parts of a far longer one.
func (v Inherited) clone() Inherited {
	v.Repository, v.Rights.URI.V = strings.Clone(v.Repository), strings.Clone(v.Rights.URI.V)
	for _, t := range []*record.Text{&v.Rights.Credit, &v.Rights.Holder, &v.Rights.Note} {
		t.Langs = slices.Clone(t.Langs)
		for i := range t.Langs {
			l := &t.Langs[i]
			l.Lang, l.V = strings.Clone(l.Lang), strings.Clone(l.V)
		}
	}
	v.Languages = slices.Clone(v.Languages)
	for i := range v.Languages {
		v.Languages[i].V = strings.Clone(v.Languages[i].V)
	}
	return v
}

// key writes the values without their places in the file.
func (v Inherited) key() string { return string(v.appendKey(nil)) }

func (v Inherited) appendKey(b []byte) []byte {
	b = append(append(append(b, v.Repository...), 0), v.Rights.URI.V...)
	for _, t := range []*record.Text{&v.Rights.Credit, &v.Rights.Holder, &v.Rights.Note} {
		for _, l := range t.Langs {
			b = append(append(b, 0), l.Lang...)
			b = append(append(b, 1), l.V...)
		}
		b = append(b, 2)
	}
	for _, l := range v.Languages {
		b = append(append(b, 0), l.V...)
	}
	return b
}

// under completes what a unit states with what its ancestor has.
func (t *inheritTable) under(own, ancestor uint32) uint32 {
	if ancestor == 0 || own == ancestor {
		return own
	}
	pair := [2]uint32{own, ancestor}
	if n, ok := t.pairs[pair]; ok {
		return n
	}
	v := t.values[own].under(t.values[ancestor])
	n := t.intern(v)
	t.pairs[pair] = n
	return n
}

// under completes the values that a unit states with those of its ancestor.
func (v Inherited) under(ancestor Inherited) Inherited {
	if v.Repository == "" {
		v.Repository = ancestor.Repository
	}
	if v.Rights.IsZero() {
		v.Rights = ancestor.Rights
	}
	if len(v.Languages) == 0 {
		v.Languages = ancestor.Languages
	}
	return v
}
