package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/generator/page"
)

// datedUnits are one unit of each date, the first of which names some events.
func datedUnits(events string, dates []string) txtar.File {
	return units("i.yaml", len(dates), func(i int) string {
		more := ""
		if i == 1 {
			more = "events: [" + events + "]\n"
		}
		return fmt.Sprintf("id: t%04d\nlevel: item\nparent: f\ntitle: {vi: Tờ %d}\nreference: {unit_no: \"%d\"}\ndates: {created: \"%s\"}\n%s", i, i, i, dates[i-1], more)
	})
}

func idsOfSlips(slips []page.Slip) (out []string) {
	for _, s := range slips {
		out = append(out, strings.TrimSuffix(s.Href[strings.LastIndex(s.Href, "/")+1:], ".html"))
	}
	return out
}

// An event stands under the day on which it is kept, not that on which it was; a record
// under its day, where that is certain; events stand first.
func TestDaysOfTheYear(t *testing.T) {
	a := read(t, write(t, base(
		text("events/e1.yaml", "id: e1\nname: {vi: Thành lập}\ndate: \"1930-01-06/1930-02-07\"\ncommemorated_on: \"02-03\"\n"),
		text("events/e2.yaml", "id: e2\nname: {vi: Đại hội}\ndate: \"1951-02-11/1951-02-19\"\n"),
		datedUnits("e1, e2", []string{"1945-02-03", "1945-02", "1930-02-03?", "1929-02-03", "1945-12-19", "1945-02-03/1945-02-04", "19XX-02-03"}))))
	got := map[string][]string{}
	for _, d := range a.compose(t, "ngay-nay-nam-xua/02.html").(*page.DayPage).Days {
		got[d.Day] = idsOfSlips(d.Slips)
		if d.Day == "02-03" && !strings.Contains(string(d.Slips[0].Summary.HTML), "ngày\u00a03 tháng\u00a02") {
			t.Errorf("%q", d.Slips[0].Summary.HTML)
		}
	}
	if want := map[string][]string{"02-03": {"e1", "t0004", "t0001"}, "02-11": {"e2"}}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, want %q", got, want)
	}
	index := a.compose(t, "ngay-nay-nam-xua/index.html").(*page.DayIndex)
	if len(index.Months) != 2 || index.Months[0].Link.Count != 4 || index.Months[0].Days[0].Link.Href != "02.html#ngay-02-03" {
		t.Errorf("%+v", index.Months)
	}
	looked(t, a.Plan)
}

// Where a month has too much for a page, its days have their own, and it shows events.
func TestDaysOfALargeMonth(t *testing.T) {
	var dates []string
	for i := range maxMonth + 1 {
		dates = append(dates, fmt.Sprintf("%d-03-%02d", 1930+i%40, 1+i%2))
	}
	a := read(t, write(t, base(text("events/e.yaml", "id: e\nname: {vi: Lễ}\ndate: \"1950-03-02\"\n"), datedUnits("e", append(dates, "1944-12-22")))))
	month := a.compose(t, "ngay-nay-nam-xua/03.html").(*page.DayPage)
	if len(month.Days) != 2 || len(month.Days[0].Slips) > 0 || !slices.Equal(idsOfSlips(month.Days[1].Slips), []string{"e"}) || month.Days[1].More == nil || month.Days[1].More.Count != 151 || month.Days[1].More.Href != "03-02.html" {
		t.Errorf("%+v", month.Days)
	}
	pages := a.list("ngay-nay-nam-xua/03-02")
	if len(pages) != 2 {
		t.Fatal(pages)
	}
	checkPagers(t, a, "ngay-nay-nam-xua/03-02", func(path string) page.Pager { return a.compose(t, path).(*page.DayPage).Pager })
	if d := a.compose(t, pages[0]).(*page.DayPage); d.Total != 151 || d.Heading != "Ngày\u00a02 tháng\u00a03" || idsOfSlips(d.Days[0].Slips)[0] != "e" {
		t.Errorf("%d %s", d.Total, d.Heading)
	}
	looked(t, a.Plan)
}
