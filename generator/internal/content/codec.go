package content

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"sync"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// The binary form of a unit, for the spool. It never outlives a run, so it
// has no version.
//
// A zero value is written as nothing. A struct is the number of each field
// that is not zero, counted from 1, with its value, and 0 at the end. A slice
// is its length with its items, a pointer is one item; an item is 1 and
// a value, or 0 if it is zero. Texts are their length and bytes, dates their
// text, numbers varints, sums their bytes.

// codec writes and reads values of one type.
type codec struct {
	put func(b []byte, v reflect.Value) []byte // appends nothing for a zero value
	get func(r *reader, v reflect.Value)       // v is zero and settable
}

var unitCodec = sync.OnceValue(func() codec { return codecOf(reflect.TypeFor[record.Unit]()) })

func putUnit(b []byte, u *record.Unit) []byte {
	return unitCodec().putItem(b, reflect.ValueOf(u).Elem())
}

// reader reads what the codecs wrote. Strings it gives out share its memory.
type reader struct {
	s   string // what is left
	bad bool   // it was not what a codec wrote
}

func (r *reader) unit() *record.Unit {
	u := new(record.Unit)
	unitCodec().getItem(r, reflect.ValueOf(u).Elem())
	return u
}

func (r *reader) fail() { r.s, r.bad = "", true }

func (r *reader) uvarint() uint64 {
	var x uint64
	for i := 0; i < len(r.s) && i < binary.MaxVarintLen64; i++ {
		x |= uint64(r.s[i]&0x7f) << (7 * i)
		if r.s[i] < 0x80 {
			r.s = r.s[i+1:]
			return x
		}
	}
	r.fail()
	return 0
}

func (r *reader) varint() int64 {
	x := r.uvarint()
	return int64(x>>1) ^ -int64(x&1)
}

func (r *reader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.s)) {
		r.fail()
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func putText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func (c codec) putItem(b []byte, v reflect.Value) []byte {
	b = append(b, 1)
	n := len(b)
	if b = c.put(b, v); len(b) == n {
		b[n-1] = 0
	}
	return b
}

func (c codec) getItem(r *reader, v reflect.Value) {
	switch r.uvarint() {
	case 0:
	case 1:
		c.get(r, v)
	default:
		r.fail()
	}
}

func codecOf(t reflect.Type) codec {
	switch t {
	case reflect.TypeFor[record.At]():
		return codec{putAt, getAt}
	case reflect.TypeFor[edtf.Date]():
		return codec{putDate, getDate}
	case reflect.TypeFor[record.Sum]():
		return codec{putSum, getSum}
	}
	switch t.Kind() {
	case reflect.String:
		return codec{putString, func(r *reader, v reflect.Value) { v.SetString(r.text()) }}
	case reflect.Bool:
		return codec{putBool, func(_ *reader, v reflect.Value) { v.SetBool(true) }}
	case reflect.Int, reflect.Int32:
		return codec{putInt, func(r *reader, v reflect.Value) { v.SetInt(r.varint()) }}
	case reflect.Pointer:
		return pointerCodec(codecOf(t.Elem()), t)
	case reflect.Slice:
		return sliceCodec(codecOf(t.Elem()), t)
	case reflect.Struct:
		return structCodec(t)
	}
	panic(fmt.Sprintf("content: no way to write a %s", t)) // a fault of this package that the tests would show
}

func putString(b []byte, v reflect.Value) []byte {
	if s := v.String(); s != "" {
		return putText(b, s)
	}
	return b
}

func putBool(b []byte, v reflect.Value) []byte {
	if v.Bool() {
		return append(b, 1)
	}
	return b
}

func putInt(b []byte, v reflect.Value) []byte {
	if i := v.Int(); i != 0 {
		return binary.AppendVarint(b, i)
	}
	return b
}

func putAt(b []byte, v reflect.Value) []byte {
	at := v.Addr().Interface().(*record.At)
	if *at == (record.At{}) {
		return b
	}
	return binary.AppendVarint(binary.AppendVarint(b, int64(at.Line)), int64(at.Col))
}

func getAt(r *reader, v reflect.Value) {
	at := v.Addr().Interface().(*record.At)
	at.Line, at.Col = int32(r.varint()), int32(r.varint())
}

func putDate(b []byte, v reflect.Value) []byte {
	if s := v.Addr().Interface().(*edtf.Date).String(); s != "" {
		return putText(b, s)
	}
	return b
}

func getDate(r *reader, v reflect.Value) {
	d, err := edtf.Parse(r.text())
	if err != nil {
		r.fail()
		return
	}
	*v.Addr().Interface().(*edtf.Date) = d
}

func putSum(b []byte, v reflect.Value) []byte {
	if sum := v.Addr().Interface().(*record.Sum); *sum != (record.Sum{}) {
		return append(b, sum[:]...)
	}
	return b
}

func getSum(r *reader, v reflect.Value) {
	n := copy(v.Addr().Interface().(*record.Sum)[:], r.s)
	if r.s = r.s[n:]; n < len(record.Sum{}) {
		r.fail()
	}
}

func pointerCodec(elem codec, t reflect.Type) codec {
	return codec{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return b
			}
			return elem.putItem(b, v.Elem())
		},
		func(r *reader, v reflect.Value) {
			v.Set(reflect.New(t.Elem()))
			elem.getItem(r, v.Elem())
		},
	}
}

func sliceCodec(elem codec, t reflect.Type) codec {
	return codec{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return b
			}
			n := v.Len()
			b = binary.AppendUvarint(b, uint64(n))
			for i := range n {
				b = elem.putItem(b, v.Index(i))
			}
			return b
		},
		func(r *reader, v reflect.Value) {
			n := r.uvarint()
			if n > uint64(len(r.s)) { // an item takes a byte at least
				r.fail()
				return
			}
			v.Set(reflect.MakeSlice(t, int(n), int(n)))
			for i := range int(n) {
				elem.getItem(r, v.Index(i))
			}
		},
	}
}

func structCodec(t reflect.Type) codec {
	fields := make([]codec, t.NumField())
	for i := range fields {
		fields[i] = codecOf(t.Field(i).Type)
	}
	return codec{
		func(b []byte, v reflect.Value) []byte { return putFields(b, v, fields) },
		func(r *reader, v reflect.Value) { getFields(r, v, fields) },
	}
}

func putFields(b []byte, v reflect.Value, fields []codec) []byte {
	start := len(b)
	for i, f := range fields {
		b = append(b, byte(i+1))
		n := len(b)
		if b = f.put(b, v.Field(i)); len(b) == n {
			b = b[:n-1]
		}
	}
	if len(b) > start {
		b = append(b, 0)
	}
	return b
}

func getFields(r *reader, v reflect.Value, fields []codec) {
	for {
		n := r.uvarint()
		if n == 0 {
			return // also where the reader has failed
		}
		if n > uint64(len(fields)) {
			r.fail()
			return
		}
		fields[n-1].get(r, v.Field(int(n-1)))
	}
}
