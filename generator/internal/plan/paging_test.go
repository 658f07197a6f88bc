package plan

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/generator/page"
)

func TestFondsWithManyItems(t *testing.T) {
	a := read(t, write(t, base(units("i.yaml", 250, func(i int) string { return item(fmt.Sprintf("i%03d", i), "f", i, "") })))).sound(t)
	checkLinks(t, a)
	seen := map[string]bool{}
	for n, want := range []int{100, 100, 50} {
		f := get[page.Fonds](t, a, a.urls.Fonds("vi", "f", n+1))
		if len(f.Children) != want || len(f.Pager.Pages) != 3 || !f.Pager.Pages[n].Current {
			t.Errorf("page %d: %d items, pager %v", n+1, len(f.Children), f.Pager.Pages)
		}
		if (f.Pager.Prev == nil) != (n == 0) || (f.Pager.Next == nil) != (n == 2) {
			t.Errorf("page %d: prev %v next %v", n+1, f.Pager.Prev, f.Pager.Next)
		}
		if (n == 0) != (len(f.Essentials) > 0) {
			t.Errorf("page %d: the description stands on the first page only", n+1)
		}
		for _, s := range f.Children {
			seen[s.Href] = true
		}
	}
	if len(seen) != 250 || a.jobs[a.urls.Fonds("vi", "f", 4)].Compose != nil {
		t.Errorf("%d items are listed", len(seen))
	}
}

func TestFondsWithManyFiles(t *testing.T) {
	file := func(i int) string {
		return fmt.Sprintf("id: h%03d\nlevel: file\nparent: f\ntitle: Hồ sơ %d\ndates: {created: \"1945\"}\nreference: {unit_no: \"%d\"}\n", i, i, i)
	}
	a := read(t, write(t, base(units("h.yaml", 400, file)))).sound(t)
	checkLinks(t, a)
	f := get[page.Fonds](t, a, "phong-luu-tru/f/index.html")
	if len(f.Tree) != 0 || len(f.Children) != 100 || len(f.Pager.Pages) != 4 {
		t.Errorf("tree of %d, list of %d, %d pages", len(f.Tree), len(f.Children), len(f.Pager.Pages))
	}
	if last := get[page.Fonds](t, a, "phong-luu-tru/f/index.4.html"); len(last.Children) != 100 || last.Children[99].Href != "h400.html" {
		t.Errorf("last page: %d files, last %s", len(last.Children), last.Children[len(last.Children)-1].Href)
	}
	few := get[page.Fonds](t, read(t, write(t, base(units("h.yaml", 300, file)))), "phong-luu-tru/f/index.html")
	if len(few.Tree) != 300 || len(few.Children) != 0 {
		t.Errorf("300 files: tree of %d, list of %d", len(few.Tree), len(few.Children))
	}
}

// A fonds whose series together hold many files shows the first level only,
// and each series lists its own.
func TestDeepTreeIsFolded(t *testing.T) {
	series := units("s.yaml", 4, func(i int) string {
		return fmt.Sprintf("id: s%d\nlevel: series\nparent: f\ntitle: Nhóm %d\ndates: {created: \"1945\"}\nreference: {inventory_no: \"%d\"}\n", i, i, i)
	})
	files := units("h.yaml", 320, func(i int) string {
		return fmt.Sprintf("id: h%03d\nlevel: file\nparent: s%d\ntitle: Hồ sơ %d\ndates: {created: \"1945\"}\nreference: {unit_no: \"%d\"}\n", i, 1+i%4, i, i)
	})
	a := read(t, write(t, base(series, files))).sound(t)
	checkLinks(t, a)
	f := get[page.Fonds](t, a, "phong-luu-tru/f/index.html")
	if len(f.Tree) != 4 || len(f.Tree[0].Branches) != 0 || f.Tree[0].Count != 80 {
		t.Errorf("%d branches, %d beneath the first, which counts %d", len(f.Tree), len(f.Tree[0].Branches), f.Tree[0].Count)
	}
	if s := get[page.Record](t, a, "phong-luu-tru/f/s1.html"); len(s.Branches) != 80 {
		t.Errorf("%d files beneath the series", len(s.Branches))
	}
}

func TestAuthorityWithManyRecords(t *testing.T) {
	more := func(i int) string {
		if i%2 == 0 {
			return "creators: [{agent: ai, role: author}]\n"
		}
		return "agents: [ai]\n"
	}
	a := read(t, write(t, base(
		text("agents/ai.yaml", "id: ai\ntype: person\nname: {vi: Ai}\n"),
		units("i.yaml", 101, func(i int) string { return item(fmt.Sprintf("i%03d", i), "f", i, more(i)) })))).sound(t)
	checkLinks(t, a)
	one := get[page.Authority](t, a, "nhan-vat-to-chuc/ai.html")
	two := get[page.Authority](t, a, "nhan-vat-to-chuc/ai.2.html")
	if len(one.Lists) != 2 || one.Lists[0].Total != 50 || one.Lists[1].Total != 51 || len(one.Lists[0].Slips) != 50 || len(one.Lists[1].Slips) != 50 {
		t.Errorf("%d lists", len(one.Lists))
	}
	if len(two.Lists) != 1 || len(two.Lists[0].Slips) != 1 || two.Lists[0].Total != 0 || len(two.Essentials) != 0 {
		t.Errorf("second page: %s", dump(t, two.Lists))
	}
	if two.Pager.Prev == nil || two.Pager.Prev.Href != "ai.html" {
		t.Error(two.Pager)
	}
}

func TestGalleryPages(t *testing.T) {
	for _, c := range []struct{ images, pages, last int }{{60, 1, 60}, {61, 2, 1}, {121, 3, 1}} {
		a := read(t, write(t, base(text("fonds/f/media/1.jpg", ""),
			units("i.yaml", c.images, func(i int) string {
				return item(fmt.Sprintf("i%03d", i), "f", i, "objects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]\n")
			})))).sound(t)
		checkLinks(t, a)
		g := get[page.Gallery](t, a, a.urls.Index("vi", page.RoomGallery, c.pages))
		if len(g.Images) != c.last || (c.pages == 1) != (g.Total == c.images) {
			t.Errorf("%d images: %d on page %d, total %d", c.images, len(g.Images), c.pages, g.Total)
		}
		if _, more := a.jobs[a.urls.Index("vi", page.RoomGallery, c.pages+1)]; more {
			t.Errorf("%d images: there is a page %d", c.images, c.pages+1)
		}
		checkFacets(t, a, c.images)
	}
}

// Records of 1930 to 1954 stand in three decades, one form and one fonds.
func checkFacets(t *testing.T, a *archive, images int) {
	t.Helper()
	filters := get[page.Gallery](t, a, "thu-vien-anh/index.html").Filters
	if len(filters) != 4 || len(filters[1].Links) != 3 || len(filters[2].Links) != 1 || len(filters[3].Links) != 1 || !filters[0].Links[0].Current {
		t.Fatalf("filters: %s", dump(t, filters))
	}
	sum := 0
	for _, l := range filters[1].Links {
		sum += l.Count
		decade := get[page.Gallery](t, a, "thu-vien-anh/"+l.Href)
		if decade.Total != l.Count || !strings.Contains(decade.Heading, "plan.decade") {
			t.Errorf("%s: %d, the link says %d", l.Href, decade.Total, l.Count)
		}
	}
	if sum != images || filters[2].Links[0].Count != images {
		t.Errorf("the decades hold %d of %d", sum, images)
	}
}

// The links of a pager lead through every page of a long list.
func TestPagerReachesEveryPage(t *testing.T) {
	c := &composer{Plan: &Plan{}, path: "a/index.html"}
	at := func(n int) string { return fmt.Sprintf("a/%d.html", n) }
	for pages := 2; pages < 40; pages++ {
		reached := map[string]bool{}
		for n := 1; n <= pages; n++ {
			pg := c.pager(n, pages, at)
			if pg.Next != nil {
				reached[pg.Next.Href] = true
			}
			if pg.First != nil && pg.First.Href != "1.html" {
				t.Errorf("page %d of %d: first is %s", n, pages, pg.First.Href)
			}
			if first, last := pg.Pages[0], pg.Pages[len(pg.Pages)-1]; first.Href != "1.html" || last.Href != fmt.Sprintf("%d.html", pages) || len(pg.Pages) > 9 {
				t.Errorf("page %d of %d: %v", n, pages, pg.Pages)
			}
		}
		if len(reached) != pages-1 {
			t.Errorf("%d pages: %d reached", pages, len(reached))
		}
	}
}
