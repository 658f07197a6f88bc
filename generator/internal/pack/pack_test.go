package pack

import (
	"encoding/binary"
	"math"
	"testing"
)

func TestReaderReadsWhatWasPacked(t *testing.T) {
	b := binary.AppendVarint(binary.AppendUvarint(Text(Text(nil, "phông"), ""), math.MaxUint64), math.MinInt64)
	b = append(b, "xyz"...)
	r := Reader[string]{Rest: string(b)}
	if a, e := r.Text(), r.Text(); a != "phông" || e != "" {
		t.Errorf("the texts are %q and %q", a, e)
	}
	if u, v := r.Uvarint(), r.Varint(); u != math.MaxUint64 || v != math.MinInt64 {
		t.Errorf("the numbers are %d and %d", u, v)
	}
	if s := r.Take(3); s != "xyz" || r.Rest != "" || r.Bad {
		t.Errorf("the end is %q, with %q behind it; bad: %t", s, r.Rest, r.Bad)
	}
}

func TestReaderRefuses(t *testing.T) {
	for name, read := range map[string]func(*Reader[string]){
		"\x05abc":  func(r *Reader[string]) { r.Text() },
		"\x80\x80": func(r *Reader[string]) { r.Uvarint() },
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02": func(r *Reader[string]) { r.Uvarint() },
		"ab": func(r *Reader[string]) { r.Count(3) },
		"":   func(r *Reader[string]) { r.Varint() },
	} {
		r := Reader[string]{Rest: name}
		read(&r)
		if !r.Bad {
			t.Errorf("%q was read", name)
		}
		if r.Fail(); r.Text() != "" || r.Uvarint() != 0 || !r.Bad {
			t.Errorf("%q: something is read after a fault", name)
		}
	}
}
