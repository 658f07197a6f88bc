package catalog

import "vitrine/generator/internal/record"

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
}

func newInheritTable() inheritTable {
	return inheritTable{values: []Inherited{{}}, byKey: map[string]uint32{"": 0}, pairs: map[[2]uint32]uint32{}}
}

func (t *inheritTable) intern(v Inherited) uint32 {
	if v.Repository == "" && v.Rights.IsZero() && len(v.Languages) == 0 {
		return 0
	}
	key := v.key()
	n, ok := t.byKey[key]
	if !ok {
		n = uint32(len(t.values))
		t.values = append(t.values, v)
		t.byKey[key] = n
	}
	return n
}

// key writes the values without their places in the file.
func (v Inherited) key() string {
	s := v.Repository + "\x00" + v.Rights.URI.V
	for _, t := range []record.Text{v.Rights.Credit, v.Rights.Holder, v.Rights.Note} {
		for _, l := range t.Langs {
			s += "\x00" + l.Lang + "\x01" + l.V
		}
		s += "\x02"
	}
	for _, l := range v.Languages {
		s += "\x00" + l.V
	}
	return s
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
	v, a := t.values[own], t.values[ancestor]
	if v.Repository == "" {
		v.Repository = a.Repository
	}
	if v.Rights.IsZero() {
		v.Rights = a.Rights
	}
	if len(v.Languages) == 0 {
		v.Languages = a.Languages
	}
	n := t.intern(v)
	t.pairs[pair] = n
	return n
}
