package catalog

import (
	"encoding/binary"
	"errors"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
)

// The code of a summary is its fields in the order of the struct: a number as
// a varint, a string or a list with its length before it. It bears no
// version; what holds it does.

// Append appends the code of a summary to dst.
func (s Summary) Append(dst []byte) []byte {
	e := encoder{dst}
	e.strings(s.ID, s.Level, s.Form, s.Parent, s.Reference, s.Date)
	e.numbers(int64(s.Key.Lo), int64(s.Key.Span))
	e.list(s.Titles)
	e.list(s.OtherTitles)
	e.numbers(int64(s.Flags), int64(s.Access.State), int64(s.Access.Personal), int64(s.Access.Embargo), int64(s.Access.Lifted))
	e.strings(s.Access.Clearance)
	e.at(s.ClearanceAt)
	e.numbers(int64(len(s.Cleared)))
	for _, c := range s.Cleared {
		e.strings(c.Clearance)
		e.numbers(int64(c.Needs), truth(c.Pictures), truth(c.Placeholder))
		e.at(c.At)
	}
	e.numbers(int64(s.Plain))
	e.at(s.LiftedAt)
	e.at(s.ParentAt)
	e.inherited(s.Inherited)
	e.numbers(int64(len(s.Refs)))
	for _, r := range s.Refs {
		e.strings(r.ID)
		e.numbers(int64(r.Role), int64(r.Kind), truth(r.Later))
		e.at(r.At)
	}
	e.list(s.Objects)
	e.list(s.Masters)
	e.numbers(truth(s.OtherMasters))
	e.list(s.FormerIDs)
	e.b = append(e.b, s.Sum[:]...)
	e.strings(s.Loc.File)
	e.numbers(int64(s.Loc.Line), int64(s.Loc.Offset), int64(s.Loc.Len))
	return e.b
}

type encoder struct{ b []byte }

func (e *encoder) strings(list ...string) {
	for _, s := range list {
		e.b = pack.Text(e.b, s)
	}
}

func (e *encoder) numbers(list ...int64) {
	for _, n := range list {
		e.b = binary.AppendVarint(e.b, n)
	}
}

func (e *encoder) list(list []string) {
	e.numbers(int64(len(list)))
	e.strings(list...)
}

func (e *encoder) at(a record.At) { e.numbers(int64(a.Line), int64(a.Col)) }

func (e *encoder) inherited(v Inherited) {
	e.strings(v.Repository, v.Rights.URI.V)
	for _, t := range []record.Text{v.Rights.Credit, v.Rights.Holder, v.Rights.Note} {
		e.numbers(int64(len(t.Langs)))
		for _, l := range t.Langs {
			e.strings(l.Lang, l.V)
		}
	}
	e.numbers(int64(len(v.Languages)))
	for _, l := range v.Languages {
		e.strings(l.V)
	}
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

var errSummary = errors.New("catalog: a stored summary is malformed")

// ReadSummary reads a summary from the front of code and returns what is behind
// it. The strings of the summary are parts of code: whoever keeps one keeps all
// of it, unless it is cloned.
func ReadSummary(code string) (s Summary, rest string, err error) {
	d := decoder{pack.Reader[string]{Rest: code}}
	for _, p := range []*string{&s.ID, &s.Level, &s.Form, &s.Parent, &s.Reference, &s.Date} {
		*p = d.Text()
	}
	s.Key = edtf.Key{Lo: int32(d.Varint()), Span: uint32(d.Varint())}
	s.Titles, s.OtherTitles = d.list(), d.list()
	s.Flags = Flag(d.Varint())
	s.Access = access.Statement{State: access.State(d.Varint()), Personal: access.Personal(d.Varint()), Embargo: edtf.Day(d.Varint()), Lifted: edtf.Day(d.Varint()), Clearance: d.Text()}
	s.ClearanceAt = d.at()
	s.Cleared = sized[access.ObjectClearance](d.length())
	for i := range s.Cleared {
		s.Cleared[i] = access.ObjectClearance{Clearance: d.Text(), Needs: access.Parts(d.Varint()), Pictures: d.Varint() != 0, Placeholder: d.Varint() != 0, At: d.at()}
	}
	s.Plain = Flag(d.Varint())
	s.LiftedAt, s.ParentAt = d.at(), d.at()
	s.Inherited = d.inherited()
	s.Refs = sized[SummaryRef](d.length())
	for i := range s.Refs {
		s.Refs[i] = SummaryRef{ID: d.Text(), Role: Role(d.Varint()), Kind: Kind(d.Varint()), Later: d.Varint() != 0, At: d.at()}
	}
	s.Objects, s.Masters = d.list(), d.list()
	s.OtherMasters, s.FormerIDs = d.Varint() != 0, d.list()
	copy(s.Sum[:], d.Take(uint64(len(s.Sum))))
	s.Loc.File = d.Text()
	s.Loc.Line, s.Loc.Offset, s.Loc.Len = int(d.Varint()), int(d.Varint()), int(d.Varint())
	if d.Bad {
		return Summary{}, "", errSummary
	}
	return s, d.Rest, nil
}

// decoder reads the parts of a summary that are more than a number or a text.
type decoder struct{ pack.Reader[string] }

// length is that of a list.
func (d *decoder) length() int { return d.Count(uint64(d.Varint())) }

// sized is a list of n, nil where there is nothing in it.
func sized[T any](n int) []T {
	if n == 0 {
		return nil
	}
	return make([]T, n)
}

func (d *decoder) list() []string {
	out := sized[string](d.length())
	for i := range out {
		out[i] = d.Text()
	}
	return out
}

func (d *decoder) at() record.At {
	return record.At{Line: int32(d.Varint()), Col: int32(d.Varint())}
}

func (d *decoder) inherited() (v Inherited) {
	v.Repository, v.Rights.URI.V = d.Text(), d.Text()
	for _, t := range []*record.Text{&v.Rights.Credit, &v.Rights.Holder, &v.Rights.Note} {
		t.Langs = sized[record.LangText](d.length())
		for i := range t.Langs {
			t.Langs[i] = record.LangText{Lang: d.Text(), V: d.Text()}
		}
	}
	v.Languages = sized[record.Str](d.length())
	for i := range v.Languages {
		v.Languages[i].V = d.Text()
	}
	return v
}
