package catalog

import (
	"encoding/binary"
	"errors"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
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
	e.numbers(int64(s.Flags), int64(s.Access.State), truth(s.Access.Personal), int64(s.Access.Embargo))
	e.strings(s.Access.Clearance)
	e.at(s.ClearanceAt)
	e.at(s.ParentAt)
	e.inherited(s.Inherited)
	e.numbers(int64(len(s.Refs)))
	for _, r := range s.Refs {
		e.strings(r.ID)
		e.numbers(int64(r.Role), int64(r.Kind), truth(r.Later))
		e.at(r.At)
	}
	e.list(s.Objects)
	e.b = append(e.b, s.Sum[:]...)
	e.strings(s.Loc.File)
	e.numbers(int64(s.Loc.Line), int64(s.Loc.Offset), int64(s.Loc.Len))
	return e.b
}

type encoder struct{ b []byte }

func (e *encoder) strings(list ...string) {
	for _, s := range list {
		e.b = binary.AppendUvarint(e.b, uint64(len(s)))
		e.b = append(e.b, s...)
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
	d := decoder{code: code}
	for _, p := range []*string{&s.ID, &s.Level, &s.Form, &s.Parent, &s.Reference, &s.Date} {
		*p = d.string()
	}
	s.Key = edtf.Key{Lo: int32(d.number()), Span: uint32(d.number())}
	s.Titles = d.list()
	s.Flags = Flag(d.number())
	s.Access = access.Statement{State: access.State(d.number()), Personal: d.number() != 0, Embargo: edtf.Day(d.number()), Clearance: d.string()}
	s.ClearanceAt, s.ParentAt = d.at(), d.at()
	s.Inherited = d.inherited()
	s.Refs = sized[SummaryRef](d.length())
	for i := range s.Refs {
		s.Refs[i] = SummaryRef{ID: d.string(), Role: Role(d.number()), Kind: Kind(d.number()), Later: d.number() != 0, At: d.at()}
	}
	s.Objects = d.list()
	if len(d.code) < len(s.Sum) {
		d.fail()
	} else {
		d.code = d.code[copy(s.Sum[:], d.code):]
	}
	s.Loc.File = d.string()
	s.Loc.Line, s.Loc.Offset, s.Loc.Len = int(d.number()), int(d.number()), int(d.number())
	if d.bad {
		return Summary{}, "", errSummary
	}
	return s, d.code, nil
}

type decoder struct {
	code string
	bad  bool
}

func (d *decoder) fail() { d.code, d.bad = "", true }

func (d *decoder) number() int64 {
	n := d.unsigned()
	return int64(n>>1) ^ -int64(n&1)
}

// unsigned reads a number as binary.Uvarint does, which takes no string.
func (d *decoder) unsigned() (n uint64) {
	for i := range min(len(d.code), binary.MaxVarintLen64) {
		c := d.code[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.code, d.bad = d.code[i+1:], d.bad || i == binary.MaxVarintLen64-1 && c > 1
			return n
		}
	}
	d.fail()
	return 0
}

// length is that of a list: never more than there are bytes left.
func (d *decoder) length() int {
	n := d.number()
	if n < 0 || n > int64(len(d.code)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.unsigned()
	if n > uint64(len(d.code)) {
		d.fail()
		return ""
	}
	s := d.code[:n]
	d.code = d.code[n:]
	return s
}

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
		out[i] = d.string()
	}
	return out
}

func (d *decoder) at() record.At {
	return record.At{Line: int32(d.number()), Col: int32(d.number())}
}

func (d *decoder) inherited() (v Inherited) {
	v.Repository, v.Rights.URI.V = d.string(), d.string()
	for _, t := range []*record.Text{&v.Rights.Credit, &v.Rights.Holder, &v.Rights.Note} {
		t.Langs = sized[record.LangText](d.length())
		for i := range t.Langs {
			t.Langs[i] = record.LangText{Lang: d.string(), V: d.string()}
		}
	}
	v.Languages = sized[record.Str](d.length())
	for i := range v.Languages {
		v.Languages[i].V = d.string()
	}
	return v
}
