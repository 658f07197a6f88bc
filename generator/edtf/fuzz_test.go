package edtf_test

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"vitrine/generator/edtf"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"1945-09-02", "1930~", "193X", "19XX", "-00XX", "1930-XX-XX", "1930-01-06/1930-02-07", "1945-09-02/..",
		"/1954", "../..", "1941-21", "9999-24", "[1929-07,1929-08]", "{..1984,1990..}", "1930-02-?18", "?-2004-06-04~",
		"19O4-03", "khoảng năm 1930 (?)", "2/9/1945", "thế kỷ XX", "1945/1944", "0000", "-9999~", "1930–1931",
	} {
		f.Add(s, "1930")
	}
	f.Fuzz(func(t *testing.T, s, other string) {
		d, err := edtf.Parse(s)
		if err != nil {
			parseError(t, s)
			return
		}
		checkDate(t, d)
		if again := parse(t, d.String()); !reflect.DeepEqual(again, d) {
			t.Errorf("%q is parsed again as another date", s)
		}
		if o, err := edtf.Parse(other); err == nil {
			checkPair(t, d, o)
		}
	})
}

// checkDate checks what holds of every date.
func checkDate(t *testing.T, d edtf.Date) {
	lo, hi := d.Bounds()
	if lo > hi || lo < edtf.MinDay || hi > edtf.MaxDay {
		t.Errorf("%s means %v to %v", d, lo, hi)
	}
	if !d.Overlaps(lo, lo) || !d.Overlaps(hi, hi) {
		t.Errorf("%s does not overlap its own ends", d)
	}
	if p := d.Placement(); p.Lo > p.Hi || p.Lo < edtf.MinDay || p.Hi > edtf.MaxDay {
		t.Errorf("%s is placed at %v to %v", d, p.Lo, p.Hi)
	}
	for _, lang := range []string{"vi", "en"} {
		for _, words := range []string{d.Words(lang), d.Short(lang)} {
			if words == "" || !utf8.ValidString(words) {
				t.Errorf("%s is worded %q", d, words)
			}
		}
	}
}

// checkPair checks that the orders of two dates agree with each other.
func checkPair(t *testing.T, a, b edtf.Date) {
	order := edtf.Compare(a, b)
	if order != a.Key().Compare(b.Key()) || order != -edtf.Compare(b, a) {
		t.Errorf("%s and %s compare to %d", a, b, order)
	}
	if edtf.CompareDescending(a, b) != -edtf.CompareDescending(b, a) {
		t.Errorf("%s and %s have no descending order", a, b)
	}
}
