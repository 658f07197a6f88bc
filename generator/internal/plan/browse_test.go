package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/page"
)

// What has one value and one decade stands on one page; one record is led to by itself.
func TestFacets(t *testing.T) {
	made := func(id, form, date string) string {
		return fmt.Sprintf("id: %s\nlevel: item\nparent: f\ntitle: {vi: Tờ %s}\nform: %s\ncreators: [{agent: a}]\nreference: {unit_no: \"%s\"}\n%s", id, id, form, id, date)
	}
	list := []string{
		made("t1", "thu", "dates: {created: \"1945-09-02\"}\n"), made("t2", "thu", "dates: {created: \"1948/1952\"}\n"),
		made("t3", "thu", "dates: {created: \"1951\"}\n"), made("t4", "thu", "dates: {display: \"không rõ\"}\n"), made("c1", "chi-thi", "dates: {created: \"1945\"}\n"),
	}
	a := read(t, write(t, base(text("agents/a.yaml", "id: a\ntype: corporate\nname: {vi: Ban, en: Board}\n"),
		units("i.yaml", len(list), func(i int) string { return list[i-1] })))).sound(t)
	var got []string
	for _, p := range a.paths {
		if rest, ok := strings.CutPrefix(p, "duyet/"); ok {
			got = append(got, rest)
		}
	}
	want := []string{"index.html", "loai-hinh/thu/1940.html", "loai-hinh/thu/1950.html", "tac-gia/a/1940.html", "tac-gia/a/1950.html", "tac-gia/index.html"}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Fatalf("pages\n%q\nwant\n%q", got, want)
	}
	slips := func(path string) (out []string) {
		for _, s := range a.compose(t, path).(*page.Browse).Slips {
			out = append(out, strings.TrimSuffix(s.Href[strings.LastIndex(s.Href, "/")+1:], ".html"))
		}
		return out
	}
	for path, want := range map[string][]string{"duyet/loai-hinh/thu/1940.html": {"t1", "t2"}, "duyet/loai-hinh/thu/1950.html": {"t2", "t3"}, "en/browse/creator/a/1940.html": {"c1", "t1", "t2"}} {
		if got := slips(path); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	row := a.compose(t, "duyet/index.html").(*page.BrowseIndex).Rows
	if len(row) != 2 || row[1].Value.Count != 4 || len(row[1].Decades) != 3 || !strings.HasSuffix(row[1].Decades[2].Href, "/t4.html") || row[1].Decades[1].Href != "loai-hinh/thu/1950.html" || row[1].Decades[1].Count != 2 {
		t.Errorf("%+v", row)
	}
	makers := a.compose(t, "duyet/tac-gia/index.html").(*page.BrowseIndex).Rows
	if len(makers) != 1 || makers[0].Value.Count != 5 || makers[0].Value.Href != "../../nhan-vat-to-chuc/a.html" {
		t.Errorf("%+v", makers)
	}
	for _, l := range a.compose(t, "duyet/loai-hinh/thu/1940.html").(*page.Browse).Filter.Links {
		if l.Count != 0 {
			t.Errorf("%+v bears a figure", l)
		}
	}
}

// However many creators there are, their pages are few beside the records.
func TestFacetPagesStayInProportion(t *testing.T) {
	for n := 1; n < 3_000_000; n += n/2 + 1 {
		if least := leastDrawer(n); least < 2 || n/least > perStep || least > 2 && n/least < perStep/2 {
			t.Errorf("of %d records %d make a page", n, least)
		}
	}
	if leastDrawer(100_000) != 32 || leastDrawer(5_000) != 2 {
		t.Error(leastDrawer(100_000), leastDrawer(5_000))
	}
}

// The register of a fonds goes by references, whatever they are put under, and is where
// the page of the fonds is not.
func TestRegister(t *testing.T) {
	unit := func(id, level, parent, no string) string {
		ref := ""
		if no != "" {
			ref = fmt.Sprintf("reference: {unit_no: \"%s\"}\n", no)
		}
		return fmt.Sprintf("id: %s\nlevel: %s\nparent: %s\ntitle: {vi: Tờ %s}\n%sdates: {created: \"1945\"}\n", id, level, parent, id, ref)
	}
	list := []string{unit("s1", "series", "f", ""), unit("h1", "file", "s1", "10"), unit("h2", "file", "s1", "2"), unit("s2", "series", "f", ""), unit("h3", "file", "s2", "9"), unit("t1", "item", "s2", "")}
	archive := func(n int) *archive {
		return read(t, write(t, base(units("i.yaml", n, func(i int) string { return list[i-1] }))))
	}
	a := archive(len(list))
	b := a.compose(t, "duyet/phong/f.html").(*page.Browse)
	var got []string
	for _, s := range b.Slips {
		got = append(got, strings.TrimSuffix(s.Href[strings.LastIndex(s.Href, "/")+1:], ".html"))
	}
	if want := []string{"h2", "h3", "h1", "t1"}; !slices.Equal(got, want) || b.Total != 4 {
		t.Errorf("%q, want %q", got, want)
	}
	if l := a.compose(t, "phong-luu-tru/f/index.html").(*page.Fonds).Register; l == nil || l.Href != "../../duyet/phong/f.html" {
		t.Error(l)
	}
	looked(t, a.Plan)
	list = []string{unit("t1", "item", "f", "10"), unit("t2", "item", "f", "2")}
	flat := archive(2)
	if slices.Contains(flat.paths, "duyet/phong/f.html") || flat.compose(t, "phong-luu-tru/f/index.html").(*page.Fonds).Register != nil {
		t.Error("a fonds without levels has a register")
	}
}
