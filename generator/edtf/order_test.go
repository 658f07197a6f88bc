package edtf_test

import (
	"slices"
	"testing"
	"unsafe"

	"vitrine/generator/edtf"
)

func TestOrder(t *testing.T) {
	checkOrder(t, edtf.Compare, []string{
		"-0178", "0000", "0938",
		"[..1760-12-03]",
		"19XX",
		"1929-12-31",
		"1930-01-01", "1930-01", "1930-33", "1930-37", "1930-40", "1930", "193X", "1930/..",
		"1930-02-01", "1930-02", "[1930-02,1930-05]", "1930-02-03",
		"1930-12-31", "1930-12-31/1931-01-02", "../1930",
		"1954-06-30", "1954-07", "1954-07-31", "/1954-07",
		"../..",
		"", // undated
	})
}

func TestDescendingOrder(t *testing.T) {
	checkOrder(t, edtf.CompareDescending, []string{
		"1954-12-31", "1954", "1953/1954", "../1954", "1954-07-31", "1954-07", "1954-07-30",
		"1945-09-03", "1945-09-02", "1945-09-02/..", "1945-09-01",
		"1939-12-31", "193X", "1938",
		"-0178",
		"../..",
		"", // undated
	})
}

// checkOrder checks every pair of dates that are listed in order.
func checkOrder(t *testing.T, compare func(a, b edtf.Date) int, in []string) {
	t.Helper()
	dates := make([]edtf.Date, len(in))
	for i, s := range in {
		if s != "" {
			dates[i] = parse(t, s)
		}
	}
	for i, a := range dates {
		for j, b := range dates {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := compare(a, b); got != want {
				t.Errorf("comparing %q with %q gives %d, want %d", in[i], in[j], got, want)
			}
		}
	}
}

func TestKey(t *testing.T) {
	if size := unsafe.Sizeof(edtf.Key{}); size != 8 {
		t.Errorf("a key has %d bytes, want 8", size)
	}
	a, b := parse(t, "1930"), parse(t, "1930~")
	if a.Key() != b.Key() {
		t.Error("a qualifier changes the order")
	}
	keys := []edtf.Key{parse(t, "1931").Key(), {}, a.Key(), edtf.Date{}.Key()}
	slices.SortFunc(keys, edtf.Key.Compare)
	if keys[3] != (edtf.Date{}).Key() {
		t.Error("undated is not last")
	}
}

// Where a key names one year, the date touches that year and no other, and is
// no decade by itself.
func TestKeyYear(t *testing.T) {
	points := []string{"1930", "1930-02", "1930-02-03", "1930-12-31", "1931-01-01", "1930-XX", "1930~", "1930-02-?18", "193X", "19XX", "1930-21", "1930-24", "1930-41",
		"0000", "0001-01-01", "-0001", "-0500", "-9999", "-9999-01-01", "-9999-06", "9999", "9999-12-31", "-999X", "-99XX"}
	dates := slices.Clone(points)
	for _, a := range append(points, "", "..") {
		for _, b := range append(points, "", "..") {
			dates = append(dates, a+"/"+b, "["+a+","+b+"]", "{"+a+","+b+"}", "["+a+"..]", "[.."+b+"]")
		}
	}
	one, several := 0, 0
	for _, s := range dates {
		d, err := edtf.Parse(s)
		if err != nil {
			continue
		}
		year, ok := d.Key().Year()
		if !ok {
			several++
			continue
		}
		one++
		from, to := d.Years()
		if touched := slices.Collect(d.EachYear()); from != year || to != year || !slices.Equal(touched, []int{year}) || d.Precision() >= edtf.PrecisionDecade && !d.IsInterval() && !d.IsSet() {
			t.Errorf("%s: the key says %d, the date %v", s, year, touched)
		}
	}
	if one < 100 || several < 100 {
		t.Errorf("%d dates of one year, %d others", one, several)
	}
	if year, ok := parse(t, "1945-09-02").Key().Year(); !ok || year != 1945 {
		t.Errorf("a day: %d, %v", year, ok)
	}
	if _, ok := (edtf.Date{}).Key().Year(); ok {
		t.Error("undated")
	}
}
