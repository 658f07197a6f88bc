package plan

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/generator/page"
)

// list is the paths of all pages of a list, given the first without .html.
func (a *archive) list(stem string) (out []string) {
	for _, p := range a.paths {
		if p == stem+".html" || strings.HasPrefix(p, stem+".") {
			out = append(out, p)
		}
	}
	return out
}

// checkPagers follows the links of pagers from the first page of a list to the
// last and back.
func checkPagers(t *testing.T, a *archive, stem string, pager func(path string) page.Pager) {
	t.Helper()
	paths := a.list(stem)
	to := func(from string, l *page.Link) string {
		if l == nil {
			return ""
		}
		if l.Words.IsZero() {
			t.Errorf("%s: a link to %s without words", from, l.Href)
		}
		return path.Join(path.Dir(from), l.Href)
	}
	for i, p := range paths {
		pg := pager(p)
		var prev, next string
		if i > 0 {
			prev = paths[i-1]
		}
		if i+1 < len(paths) {
			next = paths[i+1]
		}
		if to(p, pg.Prev) != prev || to(p, pg.Next) != next {
			t.Errorf("%s: prev %q next %q", p, to(p, pg.Prev), to(p, pg.Next))
		}
		if (pg.First != nil) != (i > 1) || pg.First != nil && path.Join(path.Dir(p), pg.First.Href) != paths[0] {
			t.Errorf("%s: first is %v", p, pg.First)
		}
		if want := min(len(paths)-1, maxJumps); i == 0 && len(pg.Jumps) != want || i > 0 && pg.Jumps != nil {
			t.Errorf("%s: %d jumps", p, len(pg.Jumps))
		}
	}
}

func TestFondsWithManyItems(t *testing.T) {
	a := read(t, write(t, base(units("i.yaml", 450, func(i int) string { return item(fmt.Sprintf("i%03d", i), "f", i, "") })))).sound(t)
	checkLinks(t, a)
	checkPagers(t, a, "phong-luu-tru/f/index", func(p string) page.Pager { return get[page.Fonds](t, a, p).Pager })
	checkPagers(t, a, "en/fonds/f/index", func(p string) page.Pager { return get[page.Fonds](t, a, p).Pager })
	paths := a.list("phong-luu-tru/f/index")
	if len(paths) < 3 || len(paths) > 9 {
		t.Fatalf("%d pages", len(paths))
	}
	seen := map[string]bool{}
	for n, p := range paths {
		f := get[page.Fonds](t, a, p)
		if len(f.Children) < 50 || len(f.Children) > 200 {
			t.Errorf("%s: %d items", p, len(f.Children))
		}
		if n > 0 && p != "phong-luu-tru/f/index."+f.Children[0].Href {
			t.Errorf("%s begins with %s", p, f.Children[0].Href)
		}
		if (n == 0) != (len(f.Essentials) > 0) || n > 0 && (f.Counts != nil || f.Repository != nil) {
			t.Errorf("%s: the description stands on the first page only", p)
		}
		if other := path.Join(path.Dir(p), f.Languages[1].Href); len(get[page.Fonds](t, a, other).Children) != len(f.Children) {
			t.Errorf("%s is cut at other places", other)
		}
		for _, s := range f.Children {
			seen[s.Href] = true
		}
	}
	if len(seen) != 450 {
		t.Errorf("%d items are listed", len(seen))
	}
	next := get[page.Fonds](t, a, paths[0]).Pager.Next
	if got := next.Words.HTML; !strings.HasPrefix(string(got), "ĐVBQ số") || strings.Contains(string(got), ",") {
		t.Errorf("the next page begins with %q", got)
	}
}

func TestFondsWithManyFiles(t *testing.T) {
	file := func(i int) string {
		return fmt.Sprintf("id: h%03d\nlevel: file\nparent: f\ntitle: Hồ sơ %d\ndates: {created: \"1945\"}\nreference: {unit_no: \"%d\"}\n", i, i, i)
	}
	a := read(t, write(t, base(units("h.yaml", 400, file)))).sound(t)
	checkLinks(t, a)
	paths := a.list("phong-luu-tru/f/index")
	f := get[page.Fonds](t, a, paths[0])
	if len(f.Tree) != 0 || len(f.Children) < 50 || len(paths) < 3 {
		t.Errorf("tree of %d, list of %d, %d pages", len(f.Tree), len(f.Children), len(paths))
	}
	if last := get[page.Fonds](t, a, paths[len(paths)-1]).Children; last[len(last)-1].Href != "h400.html" {
		t.Errorf("the last file is %s", last[len(last)-1].Href)
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

// Every second record is by the person, and all of them are about them: some
// record begins a page under either role.
func TestAuthorityWithManyRecords(t *testing.T) {
	const items = 1200
	more := func(i int) string {
		if i%2 == 0 {
			return "creators: [{agent: ai, role: author}]\nagents: [ai]\n"
		}
		return "agents: [ai]\n"
	}
	a := read(t, write(t, base(
		text("agents/ai.yaml", "id: ai\ntype: person\nname: {vi: Ai}\n"),
		units("i.yaml", items, func(i int) string { return item(fmt.Sprintf("i%04d", i), "f", i, more(i)) })))).sound(t)
	checkLinks(t, a)
	checkPagers(t, a, "nhan-vat-to-chuc/ai", func(p string) page.Pager { return get[page.Authority](t, a, p).Pager })
	listed := map[string]int{}
	for n, p := range a.list("nhan-vat-to-chuc/ai") {
		v := get[page.Authority](t, a, p)
		for _, l := range v.Lists {
			listed[l.Title] += len(l.Slips)
			if (n == 0) != (l.Total > 0) {
				t.Errorf("%s: total %d", p, l.Total)
			}
		}
		if by := v.Lists[0].Title == "plan.role-creator"; n > 0 && by != strings.HasSuffix(p, ".by.html") {
			t.Errorf("%s begins with %s", p, v.Lists[0].Title)
		}
		if (n == 0) != (len(v.Essentials) > 0) {
			t.Errorf("%s: %d fields", p, len(v.Essentials))
		}
	}
	if listed["plan.role-creator"] != items/2 || listed["plan.role-subject"] != items {
		t.Errorf("listed: %v", listed)
	}
	if one := get[page.Authority](t, a, "nhan-vat-to-chuc/ai.html"); one.Lists[0].Total != items/2 || one.Pager.Next.Note.IsZero() {
		t.Errorf("total %d, next %v", one.Lists[0].Total, one.Pager.Next)
	}
}

func TestGalleryPages(t *testing.T) {
	for _, c := range []struct{ images, least, most int }{{90, 1, 1}, {91, 2, 2}, {300, 3, 9}} {
		a := read(t, write(t, base(text("fonds/f/media/1.jpg", ""),
			units("i.yaml", c.images, func(i int) string {
				return item(fmt.Sprintf("i%03d", i), "f", i, "objects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]\n")
			})))).sound(t)
		checkLinks(t, a)
		checkPagers(t, a, "thu-vien-anh/index", func(p string) page.Pager { return get[page.Gallery](t, a, p).Pager })
		paths, shown := a.list("thu-vien-anh/index"), 0
		for n, p := range paths {
			g := get[page.Gallery](t, a, p)
			shown += len(g.Images)
			if (n == 0) != (g.Total == c.images) || (n == 0) != (len(g.Filters) > 0) {
				t.Errorf("%s: total %d, %d filters", p, g.Total, len(g.Filters))
			}
		}
		if shown != c.images || len(paths) < c.least || len(paths) > c.most {
			t.Errorf("%d of %d images on %d pages", shown, c.images, len(paths))
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

// What is dated to a decade only, and what is not dated, is listed page by
// page where it is much.
func TestTimelineOfRoughDates(t *testing.T) {
	dates := []string{"1945-09-02"}
	for range 250 {
		dates = append(dates, "194X", "")
	}
	a := datedItems(t, dates...).sound(t)
	checkLinks(t, a)
	tl := get[page.TimelinePage](t, a, "dong-thoi-gian/index.html")
	if d := tl.Decades[0]; d.Slips != nil || d.Count != 251 || d.Years[0].Href != "1940s.html" || d.Years[0].Count != 250 {
		t.Errorf("the decade: %s", dump(t, d))
	}
	if tl.UndatedCount != 250 || len(tl.Undated) == 0 || len(tl.Undated) >= 250 || tl.Pager.Next == nil {
		t.Errorf("%d of %d undated", len(tl.Undated), tl.UndatedCount)
	}
	for stem, want := range map[string]int{"dong-thoi-gian/1940s": 250, "dong-thoi-gian/index": 250 - len(tl.Undated)} {
		checkPagers(t, a, stem, func(p string) page.Pager { return get[page.TimelinePage](t, a, p).Pager })
		got := 0
		for _, p := range a.list(stem) {
			if p == "dong-thoi-gian/index.html" {
				continue
			}
			v := get[page.TimelinePage](t, a, p)
			got += len(v.Groups[0].Slips)
			if v.UndatedCount != 0 || v.Decades != nil || v.Up == nil {
				t.Errorf("%s shows the overview", p)
			}
		}
		if got != want {
			t.Errorf("%s: %d entries", stem, got)
		}
	}
}

// An index of many people has pages of its own in each language, whose letters
// lead to where they begin; the holdings of a repository and the list of all
// fonds are cut alike.
func TestLongIndexes(t *testing.T) {
	const people, fonds = 700, 400
	var list []txtar.File
	var links strings.Builder
	for i := range people {
		id := fmt.Sprintf("p%03d", i)
		list = append(list, text("agents/"+id+".yaml", "id: %s\ntype: person\nname: {vi: \"%c %d\", en: \"%c %d\"}\n", id, 'A'+i%20, i, 'Z'-i%20, i))
		fmt.Fprintf(&links, "%s, ", id)
	}
	for i := range fonds {
		id := fmt.Sprintf("g%03d", i)
		list = append(list, text("fonds/"+id+"/fonds.yaml", "id: %s\nlevel: fonds\ntitle: Phông %d\ndates: {created: \"1945\"}\nreference: {repository: kho, fonds_no: \"%d\"}\naccess: {state: public}\nclearance: kg\n", id, i, i))
	}
	var ids []string
	for i := range fonds {
		ids = append(ids, fmt.Sprintf("g%03d", i))
	}
	list = append(list, text("clearances/kg.yaml", "id: kg\ndecision: {number: \"1\", date: \"2026-01-15\", issued_by: {name: {vi: \"Cơ quan thử\"}}, signatory: \"Lê Ký\"}\nscope: {fonds: [%s], parts: [metadata], purposes: [web-exhibition], open_ended: true}\nvalid: {from: \"2026-01-15\", review_by: \"2031-01-15\"}\nprepared_by: \"Một\"\napproved_by: \"Hai\"\n", strings.Join(ids, ", ")),
		units("i.yaml", 1, func(i int) string {
			return item("i1", "f", i, "agents: ["+strings.TrimSuffix(links.String(), ", ")+"]\n")
		}))
	a := read(t, write(t, base(list...))).sound(t)
	checkLinks(t, a)
	checkIDs(t, a)
	for _, stem := range []string{"nhan-vat-to-chuc/index", "en/agents/index"} {
		checkPagers(t, a, stem, func(p string) page.Pager { return get[page.AuthorityIndex](t, a, p).Pager })
		checkLetters(t, a, stem, 20)
	}
	checkPagers(t, a, "phong-luu-tru/index", func(p string) page.Pager { return get[page.FondsIndex](t, a, p).Pager })
	checkPagers(t, a, "kho-luu-tru/kho", func(p string) page.Pager { return get[page.Repository](t, a, p).Pager })
	held := 0
	for _, p := range a.list("kho-luu-tru/kho") {
		held += len(get[page.Repository](t, a, p).Fonds)
	}
	home := get[page.Home](t, a, "index.html")
	if held != fonds+1 || home.AllFonds == nil || home.AllFonds.Count != fonds+1 || len(home.Shelf) >= fonds {
		t.Errorf("%d fonds held, %d on the shelf of the home page", held, len(home.Shelf))
	}
}

// checkLetters fails when a letter leads to a page on which it does not begin.
func checkLetters(t *testing.T, a *archive, stem string, letters int) {
	t.Helper()
	all := get[page.AuthorityIndex](t, a, stem+".html").Letters
	if len(all) != letters {
		t.Errorf("%s: %d letters", stem, len(all))
	}
	for _, l := range all {
		file, id, _ := strings.Cut(l.Href, "#")
		p := stem + ".html"
		if file != "" {
			p = path.Join(path.Dir(stem), file)
		}
		groups := get[page.AuthorityIndex](t, a, p).Groups
		if !slices.ContainsFunc(groups, func(g page.Group) bool { return g.ID == id && g.Title == string(l.Words.HTML) }) {
			t.Errorf("%s: %s is not on %s", stem, l.Href, p)
		}
	}
	for n, p := range a.list(stem) {
		if v := get[page.AuthorityIndex](t, a, p); n > 0 && (v.Letters != nil || v.Languages[0].Absolute != "") {
			t.Errorf("%s: %d letters, %v", p, len(v.Letters), v.Languages)
		}
	}
}
