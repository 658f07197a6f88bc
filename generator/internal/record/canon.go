package record

import (
	"encoding/binary"
	"reflect"
	"strconv"

	"vitrine/generator/edtf"
)

// Canon appends the values of a unit to dst in a form that rests on nothing
// else: not on the order of keys or on how they are quoted, not on the file. So
// it tells two states of what is published apart, where Sum tells two texts.
// It is to be given a unit as the gate lets it out. What is never shown is left
// out, as is the place in the tree, and a reference to what named does not know.
//
// A value is written as the path of its keys and its text, each with its length
// before it; values that are not given are not written, so a key that a later
// version adds leaves what it does not stand in as it was.
func Canon(dst []byte, u *Unit, named func(id string) bool) []byte {
	c := &canon{out: dst, named: named}
	c.value("", reflect.ValueOf(u).Elem())
	a := u.Access
	c.value(".access.state", reflect.ValueOf(a.State))
	c.value(".access.conditional_basis", reflect.ValueOf(a.ConditionalBasis))
	c.value(".access.declassification", reflect.ValueOf(a.Declassification))
	return c.out
}

type canon struct {
	out   []byte
	named func(id string) bool
}

// uncanonical are the keys, with their structs, that do not count: what is
// internal, what only places the record or its files, and what the hashes of
// the published files say better.
var uncanonical = map[string]bool{
	"Unit.parent": true, "Unit.access": true, "Unit.clearance": true, "Unit.withdrawn": true, "Unit.appraisal": true, "Unit.extra": true,
	"Unit.File": true, "Unit.Sum": true, "Body.File": true, "Body.Line": true, "Transcript.file": true,
	"Object.file": true, "Object.sha256": true, "Object.bytes": true, "Object.mime": true, "Object.width": true, "Object.height": true, "Object.ppi": true,
	"Object.bitrate": true, "Object.capture": true, "Object.captions": true, "Object.audio_desc": true, "Object.chapters": true, "Object.poster": true, "Object.derived_from_sha256": true, "Object.cleared_by": true,
	"Redaction.by": true, "Redaction.date": true, "Redaction.derived_from_sha256": true,
}

func (c *canon) text(path, s string) {
	if s == "" {
		return
	}
	for _, t := range []string{path, s} {
		c.out = append(binary.AppendUvarint(c.out, uint64(len(t))), t...)
	}
}

// The types that are more than their fields.
var (
	atType      = reflect.TypeFor[At]()
	dateType    = reflect.TypeFor[Date]()
	refType     = reflect.TypeFor[Ref]()
	relatedType = reflect.TypeFor[Related]()
)

// value writes a value of the model under the path of its keys.
func (c *canon) value(path string, v reflect.Value) {
	if c.hides(v) {
		return
	}
	if v.Type() == dateType {
		c.text(path, dateText(v.Interface().(Date).Date))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		c.fields(path, v)
	case reflect.Slice:
		n := 0
		for i := range v.Len() {
			if e := v.Index(i); !c.hides(e) {
				c.value(path+"["+strconv.Itoa(n)+"]", e)
				n++
			}
		}
	case reflect.Pointer:
		c.value(path, v.Elem())
	case reflect.String:
		c.text(path, v.String())
	case reflect.Int:
		c.text(path, string(binary.AppendVarint(nil, v.Int())))
	case reflect.Bool:
		c.text(path, "true")
	default:
		panic("record: no canonical form for " + v.Type().String())
	}
}

// hides reports whether a value names what may not be named.
func (c *canon) hides(v reflect.Value) bool {
	switch v.Type() {
	case refType:
		id := v.Interface().(Ref).ID
		return id != "" && !c.named(id)
	case relatedType:
		return !c.named(v.Interface().(Related).ID.V)
	}
	return false
}

func (c *canon) fields(path string, v reflect.Value) {
	t := v.Type()
	for i := range t.NumField() {
		value := v.Field(i)
		if value.IsZero() || value.Type() == atType {
			continue
		}
		f := t.Field(i)
		key := f.Tag.Get("key")
		if key == "" {
			key = f.Name
		}
		if uncanonical[t.Name()+"."+key] {
			continue
		}
		if key == "V" { // a value with its place: the key is that of its owner
			c.value(path, value)
			continue
		}
		c.value(path+"."+key, value)
	}
}

func dateText(d edtf.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
