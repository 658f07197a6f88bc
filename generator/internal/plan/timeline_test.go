package plan

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/generator/page"
)

// datedItems is an archive with one item for each date: i01, i02 …
func datedItems(t *testing.T, dates ...string) *archive {
	t.Helper()
	return read(t, write(t, base(units("i.yaml", len(dates), func(i int) string {
		usual := fmt.Sprintf("dates: {created: \"%d\"}", 1930+i%25)
		return strings.Replace(item(fmt.Sprintf("i%02d", i), "f", i, ""), usual, fmt.Sprintf("dates: {created: %q, display: {vi: Ngày}}", dates[i-1]), 1)
	}))))
}

func TestMarks(t *testing.T) {
	cases := []struct {
		date string
		want page.Mark // kind and ends only
	}{
		{"1945-09-02", page.Mark{Kind: "point"}},
		{"1945-09", page.Mark{Kind: "month"}},
		{"1945", page.Mark{Kind: "bar"}},
		{"1941/1945", page.Mark{Kind: "bar"}},
		{"1945~", page.Mark{Kind: "bar", SoftLo: true, SoftHi: true}},
		{"1941~/1945", page.Mark{Kind: "bar", SoftLo: true}},
		{"1941/..", page.Mark{Kind: "bar", OpenHi: true}},
		{"../1941", page.Mark{Kind: "bar", OpenLo: true}},
		{"194X", page.Mark{Kind: "decade"}},
	}
	var dates []string
	for _, c := range cases {
		dates = append(dates, c.date)
	}
	a := datedItems(t, append(dates, "")...).sound(t)
	checkLinks(t, a)
	tl := get[page.TimelinePage](t, a, "dong-thoi-gian/index.html")
	marks := map[string]page.Mark{}
	for _, m := range tl.Timeline.Marks {
		marks[m.Href] = m
		if m.X < 0 || m.X+m.W > tl.Timeline.Width || m.Y < 0 || m.Y > tl.Timeline.Height {
			t.Errorf("%s lies outside the drawing: %+v", m.Label, m)
		}
	}
	for i, c := range cases {
		m := marks[fmt.Sprintf("../phong-luu-tru/f/i%02d.html", i+1)]
		got := page.Mark{Kind: m.Kind, SoftLo: m.SoftLo, SoftHi: m.SoftHi, OpenLo: m.OpenLo, OpenHi: m.OpenHi}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.date, got, c.want)
		}
	}
	if len(marks) != len(cases) || tl.UndatedCount != 1 || len(tl.Undated) != 1 {
		t.Errorf("%d marks, %d undated", len(marks), tl.UndatedCount)
	}
	listed := 0
	for _, g := range tl.Groups {
		listed += len(g.Slips)
	}
	if listed != len(cases) {
		t.Errorf("the list beneath has %d of %d entries", listed, len(cases))
	}
}

// Marks of a band never cover one another.
func TestLanes(t *testing.T) {
	var dates []string
	for i := range 200 {
		dates = append(dates, []string{"1945-09-02", "1945-09", "1944/1946", "1945-09-03"}[i%4])
	}
	a := datedItems(t, dates...).sound(t)
	marks := get[page.TimelinePage](t, a, "dong-thoi-gian/index.html").Timeline.Marks
	for i, m := range marks {
		for _, n := range marks[:i] {
			if m.Y == n.Y && m.X < n.X+n.W && n.X < m.X+m.W {
				t.Fatalf("%+v covers %+v", m, n)
			}
			if m.Y == n.Y && m.X == n.X {
				t.Fatalf("two marks at %d,%d", m.X, m.Y)
			}
		}
	}
}

func TestYearPages(t *testing.T) {
	a := datedItems(t, "1945-09-02", "1945-09", "1945", "1944-12/1945-02", "1943", "194X", "../1945-03", "1945-08-19/1945-08-30").sound(t)
	y := get[page.TimelinePage](t, a, "dong-thoi-gian/1945.html")
	var got []string
	for _, g := range y.Groups {
		s := g.ID
		for _, slip := range g.Slips {
			s += " " + strings.TrimSuffix(strings.TrimPrefix(slip.Href, "../phong-luu-tru/f/"), ".html")
		}
		got = append(got, s)
	}
	if s := strings.Join(got, "; "); s != "thang-0 i03; thang-8 i08; thang-9 i02 i01; thang-13 i04 i07" {
		t.Error(s)
	}
	if y.Prev == nil || y.Prev.Href != "1944.html" || y.Next != nil || y.Up.Href != "index.html" {
		t.Errorf("prev %v next %v up %v", y.Prev, y.Next, y.Up)
	}
	if _, exists := a.jobs["dong-thoi-gian/1942.html"]; exists {
		t.Error("a year without entries has a page")
	}
	tl := get[page.TimelinePage](t, a, "dong-thoi-gian/index.html")
	if len(tl.Decades) != 1 || len(tl.Decades[0].Slips) != 1 || tl.Decades[0].ID != "thap-nien-1940" {
		t.Error(dump(t, tl.Decades))
	}
	if d := tl.Decades[0]; d.Count != 8 || len(d.Years) != 3 || d.Years[2].Count != 6 {
		t.Errorf("the decade counts %d, its years %v", d.Count, d.Years)
	}
	if first := tl.Groups[0]; first.ID != "chung-1940" || len(first.Slips) != 1 {
		t.Errorf("the first group is %s", first.ID)
	}
}

func TestDensity(t *testing.T) {
	a := datedItems(t, "1930", "1945", "1945-09-02", "1954/1956").sound(t)
	d := get[page.TimelinePage](t, a, "dong-thoi-gian/index.html").Density
	var got []string
	for _, b := range d.Bars {
		got = append(got, fmt.Sprintf("%d:%d", b.Year, b.Count))
		if _, ok := a.jobs["dong-thoi-gian/"+b.Href]; !ok {
			t.Errorf("the bar of %d leads to %s", b.Year, b.Href)
		}
		if b.X < 0 || b.X+b.W > d.Width || b.Y < 0 || b.Y+b.H > d.Height {
			t.Errorf("%+v lies outside", b)
		}
	}
	if s := strings.Join(got, " "); s != "1930:1 1945:2 1954:1 1955:1 1956:1" {
		t.Error(s)
	}
}

// Dates that few archives have, and that no page may stumble over.
func TestStrangeDates(t *testing.T) {
	for _, dates := range [][]string{
		{"../.."}, {"../..", "1945"}, {"-0044"}, {"-0044", "1945"}, {"0000"}, {"9999-12-31"}, {"19XX"}, {"0001/9999"},
		{"{1902,1968}"}, {"[1929-07,1930-08]"}, {"../1954"}, {"1954/"}, {"/1954"}, {"1945-21"},
	} {
		t.Run(strings.ReplaceAll(strings.Join(dates, " "), "/", "|"), func(t *testing.T) {
			checkStrange(t, datedItems(t, dates...))
		})
	}
}

func checkStrange(t *testing.T, a *archive) {
	t.Helper()
	a.sound(t)
	checkLinks(t, a)
	checkIDs(t, a)
}
