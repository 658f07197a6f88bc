package exchange

import (
	"strings"
	"testing"

	"vitrine/generator/edtf"
)

func TestStaffDate(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2/9/1945", "1945-09-02"}, {"02-09-1945", "1945-09-02"}, {"2.9.1945", "1945-09-02"}, {"02/09/1945", "1945-09-02"},
		{"2/3/1945", "1945-03-02"}, {"ngày 2/9/1945", "1945-09-02"}, {"2/9/1945 0:00", "1945-09-02"},
		{"9/1945", "1945-09"}, {"tháng 9/1945", "1945-09"}, {"tháng 9-1945", "1945-09"}, {"1945", "1945"}, {"năm 1945", "1945"},
		{"khoảng 1930", "1930~"}, {"Khoảng năm 1930", "1930~"}, {"k. 1930", "1930~"}, {"c. 1930", "1930~"}, {"ca. 1930", "1930~"}, {"circa 1930", "1930~"},
		{"1930?", "1930?"}, {"1930 (?)", "1930?"}, {"khoảng 1930?", "1930%"}, {"khoảng tháng 2 năm 1930", "1930-02~"},
		{"1930-1945", "1930/1945"}, {"1930–1945", "1930/1945"}, {"1930 - 1945", "1930/1945"}, {"từ 1930 đến 1945", "1930/1945"}, {"khoảng 1930-1935", "1930~/1935~"},
		{"từ tháng 3 năm 1935 đến tháng 7 năm 1936", "1935-03/1936-07"}, {"27-31/3/1935", "1935-03-27/1935-03-31"}, {"6/1/1930 – 7/2/1930", "1930-01-06/1930-02-07"},
		{"thập niên 1930", "193X"}, {"những năm 1930", "193X"}, {"1930s", "193X"}, {"những năm 30 của thế kỷ XX", "193X"},
		{"tháng 2 năm 1930", "1930-02"}, {"ngày 3 tháng 2 năm 1930", "1930-02-03"}, {"Hà Nội, ngày 06 tháng 02 năm 2017", "2017-02-06"},
		{"3 February 1930", "1930-02-03"}, {"February 3, 1930", "1930-02-03"}, {"February 1930", "1930-02"}, {"3-Feb-1930", "1930-02-03"}, {"le 18 février 1930", "1930-02-18"},
		{"16682", "1945-09-02"}, {"16682.5", "1945-09-02"}, {"1945-09-02", "1945-09-02"}, {"1945-09-02 00:00:00", "1945-09-02"},
		{"193X", "193X"}, {"1930~", "1930~"}, {"1930~/1931", "1930~/1931"}, {"[1929-07,1929-08]", "[1929-07,1929-08]"}, {"1945-09-02/..", "1945-09-02/.."},
		{"mùa xuân năm 1941", "1941-21"}, {"thế kỷ XX", "19XX"}, {"13/2/1945", "1945-02-13"}, {"2/13/1945", "1945-02-13"}, {"1852–1911", "1852/1911"},
	} {
		got, p := parseStaffDate(c.in, dateRules{})
		if p != nil || got.EDTF != c.want {
			t.Errorf("%q: got %q, %v; want %q", c.in, got.EDTF, p, c.want)
		}
	}
}

func TestStaffDateRefused(t *testing.T) {
	for _, c := range []struct{ in, why string }{
		{"2/9/45", "two digits"}, {"Sep-45", "two digits"}, {"02-Sep-45", "two digits"}, {"những năm 30", "two digits"}, {"45", "two digits"},
		{"1930-31", "may be the years"}, {"1939-40", "may be the years"}, {"31/2/1945", ""}, {"32/13/1945", ""},
		{"born 1930", ""}, {"Tết Canh Ngọ (1930)", ""}, {"99999", "no date"}, {"1945-1930", ""}, {"tháng Chạp năm Đinh Mùi", ""}, {"19O4", ""}, {"x", ""},
	} {
		got, p := parseStaffDate(c.in, dateRules{})
		switch {
		case p == nil:
			t.Errorf("%q: became %q", c.in, got.EDTF)
		case !strings.Contains(p.msg.En, c.why) || p.msg.Vi == "":
			t.Errorf("%q: %+v", c.in, p)
		}
	}
}

func TestStaffDateOrder(t *testing.T) {
	mixed := evidence([]string{"2/3/1945", "2/13/1945", "15/2/1945"})
	for _, c := range []struct {
		in    string
		order dateOrder
		want  string
	}{
		{"2/3/1945", orderMDY, "1945-02-03"}, {"2/13/1945", orderMDY, "1945-02-13"}, {"13/2/1945", orderMDY, ""},
		{"2/3/1945", orderDMY, "1945-03-02"}, {"2/13/1945", orderDMY, ""},
		{"2/3/1945", mixed, ""}, {"3/3/1945", mixed, "1945-03-03"}, {"2/13/1945", mixed, "1945-02-13"}, {"13/2/1945", mixed, "1945-02-13"},
		{"2/3/1945", evidence([]string{"15/2/1945", "1945"}), "1945-03-02"},
	} {
		got, p := parseStaffDate(c.in, dateRules{order: c.order})
		if got.EDTF != c.want || (p == nil) != (c.want != "") {
			t.Errorf("%q, order %d: got %q %v, want %q", c.in, c.order, got.EDTF, p, c.want)
		}
	}
	if got, _ := parseStaffDate("15220", dateRules{from1904: true}); got.EDTF != "1945-09-02" {
		t.Errorf("1904 system: %q", got.EDTF)
	}
}

func TestStaffDateNone(t *testing.T) {
	for _, s := range []string{"không rõ", "n.d.", "s.d.", "undated", "?", "–"} {
		if got, p := parseStaffDate(s, dateRules{}); !got.None || p != nil {
			t.Errorf("%q: %+v %v", s, got, p)
		}
	}
}

// Whatever a cell says of a date, in whichever order and system of serial numbers:
// what is understood is EDTF that can be worded and stands in the years people wrote,
// what is not is told in both languages.
func FuzzStaffDate(f *testing.F) {
	for i, s := range []string{"2/9/1945", "khoảng 1930-1935?", "16682", "tháng 2 năm 1930", "1930s", "13/2/1945", "ngày 3-7/2/1930", "0", "60", "2958466", "Sep-45", "1945-09-02/..", "thế kỷ XX", "–"} {
		f.Add(s, uint8(i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, s string, order uint8, from1904 bool) {
		got, p := parseStaffDate(s, dateRules{dateOrder(order % 4), from1904})
		switch {
		case p != nil:
			if p.msg.Vi == "" || p.msg.En == "" {
				t.Fatalf("%q: %+v", s, p)
			}
		case !got.None:
			date, err := edtf.Parse(got.EDTF)
			if err != nil || date.IsZero() || date.Words("vi") == "" || date.Words("en") == "" {
				t.Fatalf("%q became %q: %v", s, got.EDTF, err)
			}
		}
	})
}
