package edtf_test

import (
	"testing"

	"vitrine/generator/edtf"
)

func parse(t *testing.T, s string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return d
}

func TestBounds(t *testing.T) {
	for _, test := range []struct{ in, lo, hi string }{
		{"1945-09-02", "1945-09-02", "1945-09-02"},
		{"1930-02", "1930-02-01", "1930-02-28"},
		{"1944-02", "1944-02-01", "1944-02-29"},
		{"1900-02", "1900-02-01", "1900-02-28"},
		{"1927", "1927-01-01", "1927-12-31"},
		{"193X", "1930-01-01", "1939-12-31"},
		{"19XX", "1900-01-01", "1999-12-31"},
		{"-193X", "-1939-01-01", "-1930-12-31"},
		{"-00XX", "-0099-01-01", "-0001-12-31"},
		{"-0004-02-29", "-0004-02-29", "-0004-02-29"},
		{"0000", "0000-01-01", "0000-12-31"},
		{"1930-XX", "1930-01-01", "1930-12-31"},
		{"1930-02-XX", "1930-02-01", "1930-02-28"},
		{"1930-XX-XX", "1930-01-01", "1930-12-31"},
		{"1930~", "1930-01-01", "1930-12-31"},
		{"1930-01-06/1930-02-07", "1930-01-06", "1930-02-07"},
		{"1945-09-02/..", "1945-09-02", "9999-12-31"},
		{"../1954-07", "-9999-01-01", "1954-07-31"},
		{"1951/", "1951-01-01", "9999-12-31"},
		{"1984-11-12/1984-11-XX", "1984-11-12", "1984-11-30"},
		{"1941-21", "1941-03-01", "1941-05-31"},
		{"1941-22", "1941-06-01", "1941-08-31"},
		{"1941-23", "1941-09-01", "1941-11-30"},
		{"1943-24", "1943-12-01", "1944-02-29"},
		{"9999-24", "9999-12-01", "9999-12-31"},
		{"1945-25", "1945-03-01", "1945-05-31"},
		{"1945-29", "1945-09-01", "1945-11-30"},
		{"1945-30", "1945-12-01", "1946-02-28"},
		{"1945-33", "1945-01-01", "1945-03-31"},
		{"1945-36", "1945-10-01", "1945-12-31"},
		{"1945-37", "1945-01-01", "1945-04-30"},
		{"1945-39", "1945-09-01", "1945-12-31"},
		{"1945-40", "1945-01-01", "1945-06-30"},
		{"1945-41", "1945-07-01", "1945-12-31"},
		{"[1929-07,1929-08]", "1929-07-01", "1929-08-31"},
		{"[1760-12,1760-01]", "1760-01-01", "1760-12-31"},
		{"{1965,1968,1969}", "1965-01-01", "1969-12-31"},
		{"[..1984]", "-9999-01-01", "1984-12-31"},
		{"[1667,1760-12..]", "1667-01-01", "9999-12-31"},
	} {
		lo, hi := parse(t, test.in).Bounds()
		if lo.String() != test.lo || hi.String() != test.hi {
			t.Errorf("%s means %v to %v, want %s to %s", test.in, lo, hi, test.lo, test.hi)
		}
	}
}

func TestUndated(t *testing.T) {
	var d edtf.Date
	if lo, hi := d.Bounds(); !d.IsZero() || d.String() != "" || lo <= hi || d.Overlaps(edtf.MinDay, edtf.MaxDay) {
		t.Errorf("the zero date is not undated: %v", d)
	}
	if d.Words("vi") != "không rõ thời gian" || d.Words("en") != "undated" || d.Short("vi") == "" {
		t.Errorf("undated is worded %q, %q, %q", d.Words("vi"), d.Words("en"), d.Short("vi"))
	}
	if d.Precision() != edtf.PrecisionNone || d.Placement() != (edtf.Placement{}) {
		t.Errorf("undated has precision %v and placement %v", d.Precision(), d.Placement())
	}
}

func TestPrecision(t *testing.T) {
	for in, want := range map[string]edtf.Precision{
		"1945-09-02":        edtf.PrecisionDay,
		"1930-02-03?":       edtf.PrecisionDay,
		"1930-02~":          edtf.PrecisionMonth,
		"1930-02-XX":        edtf.PrecisionMonth,
		"1945-33":           edtf.PrecisionQuarter,
		"1941-21":           edtf.PrecisionSeason,
		"1945-38":           edtf.PrecisionThird,
		"1945-41":           edtf.PrecisionHalf,
		"1930-XX-XX":        edtf.PrecisionYear,
		"193X":              edtf.PrecisionDecade,
		"19XX":              edtf.PrecisionCentury,
		"1945-09-02/1946":   edtf.PrecisionYear,
		"1945-09-02/..":     edtf.PrecisionDay,
		"{1960,1961-12}":    edtf.PrecisionYear,
		"../..":             edtf.PrecisionNone,
		"1945-09-02/194X":   edtf.PrecisionDecade,
		"[1945-09-02,1946]": edtf.PrecisionYear,
	} {
		if got := parse(t, in).Precision(); got != want {
			t.Errorf("%s has precision %d, want %d", in, got, want)
		}
	}
}

// TestFlags writes what holds of a date as letters: approximate, uncertain,
// open and unknown ends (o, u with < or >), interval, set, level 0, HTML.
func TestFlags(t *testing.T) {
	for in, want := range map[string]string{
		"1945-09-02":            "0h",
		"1927":                  "0h",
		"0000":                  "0",
		"-0044":                 "",
		"1935-03-27/1935-03-31": "i0",
		"1930~":                 "a",
		"1930?":                 "u",
		"1930%":                 "au",
		"1930-02-?18":           "u",
		"~1930-02":              "a",
		"1930~/1931?":           "aui",
		"193X":                  "",
		"1930-XX":               "",
		"1930-02-XX":            "",
		"1941-21":               "",
		"1945-09-02/..":         "o>i",
		"../1954-07":            "<oi",
		"1951/":                 "u>i",
		"/1954":                 "<ui",
		"[1929-07,1929-08]":     "s",
		"{..1984}":              "<os",
		"[1667,1760-12..]":      "o>s",
	} {
		if got := flags(parse(t, in)); got != want {
			t.Errorf("%s is %q, want %q", in, got, want)
		}
	}
}

func flags(d edtf.Date) string {
	_, html := d.HTML()
	s := ""
	for _, flag := range []struct {
		is   bool
		sign string
	}{
		{d.Approximate(), "a"}, {d.Uncertain(), "u"},
		{d.OpenLo(), "<o"}, {d.OpenHi(), "o>"}, {d.UnknownLo(), "<u"}, {d.UnknownHi(), "u>"},
		{d.IsInterval(), "i"}, {d.IsSet(), "s"}, {d.IsLevel0(), "0"}, {html, "h"},
	} {
		if flag.is {
			s += flag.sign
		}
	}
	return s
}

func TestYears(t *testing.T) {
	for _, test := range []struct {
		in       string
		from, to int
		touched  int
	}{
		{"1945-09-02", 1945, 1945, 1},
		{"1930~", 1930, 1930, 1},
		{"1953-12/1954-05", 1953, 1954, 2},
		{"193X", 1930, 1939, 10},
		{"1943-24", 1943, 1944, 2},
		{"1945-09-02/..", 1945, 1945, 1},
		{"/1954", 1954, 1954, 1},
		{"193X/", 1930, 1939, 10},
		{"{1965,1968,1969}", 1965, 1969, 3},
		{"[1667,1668,1670..1672]", 1667, 1672, 5},
		{"../..", 1, 0, 0},
	} {
		d := parse(t, test.in)
		if from, to := d.Years(); from != test.from || to != test.to {
			t.Errorf("%s touches %d to %d, want %d to %d", test.in, from, to, test.from, test.to)
		}
		touched := 0
		for range d.EachYear() {
			touched++
		}
		if touched != test.touched {
			t.Errorf("%s touches %d years, want %d", test.in, touched, test.touched)
		}
	}
}

func TestOverlaps(t *testing.T) {
	from, to := edtf.DayOf(1945, 8, 1), edtf.DayOf(1945, 8, 31)
	for in, want := range map[string]bool{
		"1945-08-19":         true,
		"1945-08":            true,
		"1945":               true,
		"194X":               true,
		"1945-07-31":         false,
		"1945-09-02":         false,
		"1945-09-02~":        false, // padding is for placement only
		"1945-07/1945-09":    true,
		"1940/..":            true,
		"../1945-08-01":      true,
		"1945-09/..":         false,
		"[1945-07,1945-09]":  false, // between its members there is nothing
		"[1945-07..1945-09]": true,
	} {
		if got := parse(t, in).Overlaps(from, to); got != want {
			t.Errorf("%s overlaps August 1945: %v, want %v", in, got, want)
		}
	}
}

func TestDay(t *testing.T) {
	if day := edtf.DayOf(1, 1, 1); day != 0 {
		t.Errorf("1 January of year 1 is %d, want 0", day)
	}
	if edtf.MinDay != edtf.DayOf(-9999, 1, 1) || edtf.MaxDay != edtf.DayOf(9999, 12, 31) {
		t.Errorf("the days go from %v to %v", edtf.MinDay, edtf.MaxDay)
	}
	// Every day names the next one right, over two leap cycles and year 0.
	year, month, day := -401, 12, 31
	for n := edtf.DayOf(-401, 12, 31); n < edtf.DayOf(410, 1, 1); n++ {
		y, m, d := n.YMD()
		if y != year || m != month || d != day || edtf.DayOf(y, m, d) != n {
			t.Fatalf("day %d is %d-%d-%d, want %d-%d-%d", n, y, m, d, year, month, day)
		}
		year, month, day = nextDay(year, month, day)
	}
}

func nextDay(y, m, d int) (int, int, int) {
	lengths := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	length := lengths[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		length = 29
	}
	switch {
	case d < length:
		return y, m, d + 1
	case m < 12:
		return y, m + 1, 1
	}
	return y + 1, 1, 1
}
