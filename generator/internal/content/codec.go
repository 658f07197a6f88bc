package content

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"sync"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/pack"
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
	put func(b []byte, v reflect.Value) []byte        // appends nothing for a zero value
	get func(r *pack.Reader[string], v reflect.Value) // v is zero and settable
}

var unitCodec = sync.OnceValue(func() codec { return codecOf(reflect.TypeFor[record.Unit]()) })

func putUnit(b []byte, u *record.Unit) []byte {
	return unitCodec().putItem(b, reflect.ValueOf(u).Elem())
}

func takeUnit(r *pack.Reader[string]) *record.Unit {
	u := new(record.Unit)
	unitCodec().getItem(r, reflect.ValueOf(u).Elem())
	return u
}

func (c codec) putItem(b []byte, v reflect.Value) []byte {
	b = append(b, 1)
	n := len(b)
	if b = c.put(b, v); len(b) == n {
		b[n-1] = 0
	}
	return b
}

func (c codec) getItem(r *pack.Reader[string], v reflect.Value) {
	switch r.Uvarint() {
	case 0:
	case 1:
		c.get(r, v)
	default:
		r.Fail()
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
		return codec{putString, func(r *pack.Reader[string], v reflect.Value) { v.SetString(r.Text()) }}
	case reflect.Bool:
		return codec{putBool, func(_ *pack.Reader[string], v reflect.Value) { v.SetBool(true) }}
	case reflect.Int, reflect.Int32:
		return codec{putInt, func(r *pack.Reader[string], v reflect.Value) { v.SetInt(r.Varint()) }}
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
		return pack.Text(b, s)
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

func getAt(r *pack.Reader[string], v reflect.Value) {
	at := v.Addr().Interface().(*record.At)
	at.Line, at.Col = int32(r.Varint()), int32(r.Varint())
}

func putDate(b []byte, v reflect.Value) []byte {
	if s := v.Addr().Interface().(*edtf.Date).String(); s != "" {
		return pack.Text(b, s)
	}
	return b
}

func getDate(r *pack.Reader[string], v reflect.Value) {
	d, err := edtf.Parse(r.Text())
	if err != nil {
		r.Fail()
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

func getSum(r *pack.Reader[string], v reflect.Value) {
	copy(v.Addr().Interface().(*record.Sum)[:], r.Take(uint64(len(record.Sum{}))))
}

func pointerCodec(elem codec, t reflect.Type) codec {
	return codec{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return b
			}
			return elem.putItem(b, v.Elem())
		},
		func(r *pack.Reader[string], v reflect.Value) {
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
		func(r *pack.Reader[string], v reflect.Value) {
			n := r.Count(r.Uvarint())
			if r.Bad {
				return
			}
			v.Set(reflect.MakeSlice(t, n, n))
			for i := range n {
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
		func(r *pack.Reader[string], v reflect.Value) { getFields(r, v, fields) },
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

func getFields(r *pack.Reader[string], v reflect.Value, fields []codec) {
	for {
		n := r.Uvarint()
		if n == 0 {
			return // also where the reader has failed
		}
		if n > uint64(len(fields)) {
			r.Fail()
			return
		}
		fields[n-1].get(r, v.Field(int(n-1)))
	}
}
