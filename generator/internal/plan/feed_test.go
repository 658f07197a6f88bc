package plan

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

func extra(t *testing.T, list []Extra, path string) string {
	t.Helper()
	for _, x := range list {
		if x.Path == path {
			var b bytes.Buffer
			if err := x.Write(&b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
	}
	t.Fatalf("there is no %s", path)
	return ""
}

type urlset struct {
	XMLName  xml.Name
	Locs     []string `xml:"url>loc"`
	Sitemaps []string `xml:"sitemap>loc"`
}

func parseSitemap(t *testing.T, text string) (s urlset) {
	t.Helper()
	if err := xml.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

const site = "https://kho.example.org/a/"

func withdrawnArchive(t *testing.T) *archive {
	return read(t, write(t, base(units("i.yaml", 40, func(i int) string { return item(fmt.Sprintf("i%02d", i), "f", i, "") }),
		text("fonds/f/records/w.yaml", "%saccess: {state: withdrawn}\nclearance: kt\nwithdrawn: {date: \"2026-03-01\", reason: other, level: minimal}\n", item("w", "f", 99, ""))))).sound(t)
}

func TestSitemapNamesEveryPage(t *testing.T) {
	a := withdrawnArchive(t)
	s := parseSitemap(t, extra(t, a.Extras(a.WholeListing()), "sitemap.xml"))
	if s.XMLName.Space != sitemapSpace || s.XMLName.Local != "urlset" {
		t.Error(s.XMLName)
	}
	want := 0
	for _, p := range a.paths {
		lost := p == "404.html" || strings.HasSuffix(p, "/w.html")
		if !lost {
			want++
		}
		if slices.Contains(s.Locs, site+trimIndex(p)) == lost {
			t.Errorf("%s: in the sitemap %t", p, lost)
		}
	}
	if len(s.Locs) != want {
		t.Errorf("%d addresses of %d", len(s.Locs), want)
	}
}

// sitemaps.org allows 50,000 addresses in one file; a longer list is cut.
func TestSitemapIsCut(t *testing.T) {
	a := withdrawnArchive(t)
	whole := parseSitemap(t, extra(t, a.Extras(a.WholeListing()), "sitemap.xml")).Locs
	for _, per := range []int{len(whole) - 1, 10, 7} {
		list := a.extras(a.WholeListing(), per)
		index := parseSitemap(t, extra(t, list, "sitemap.xml"))
		if index.XMLName.Local != "sitemapindex" {
			t.Error(index.XMLName)
		}
		var all []string
		for _, loc := range index.Sitemaps {
			part := parseSitemap(t, extra(t, list, strings.TrimPrefix(loc, site)))
			if n := len(part.Locs); n == 0 || n > per {
				t.Errorf("%s: %d addresses", loc, n)
			}
			all = append(all, part.Locs...)
		}
		slices.Sort(all)
		if !slices.Equal(all, slices.Sorted(slices.Values(whole))) {
			t.Errorf("cut after %d: %d addresses of %d", per, len(all), len(whole))
		}
	}
	if n := len(a.extras(a.WholeListing(), len(whole))); n != 3 {
		t.Errorf("a list that fits is cut: %d files", n)
	}
}

func TestRobots(t *testing.T) {
	w := withdrawnArchive(t)
	if s := extra(t, w.Extras(w.WholeListing()), "robots.txt"); !strings.Contains(s, "Sitemap: "+site+"sitemap.xml\n") || !strings.HasPrefix(s, "User-agent: *\nAllow: /\n") {
		t.Error(s)
	}
}

func TestWithoutAddressNothingIsAbsolute(t *testing.T) {
	files := base(units("i.yaml", 3, func(i int) string { return item(fmt.Sprintf("i%02d", i), "f", i, "") }))
	for i := range files {
		files[i].Data = bytes.Replace(files[i].Data, []byte(`base_url: "https://kho.example.org/a/"`), nil, 1)
	}
	a := read(t, write(t, files)).sound(t)
	checkLinks(t, a)
	if list := a.Extras(a.WholeListing()); len(list) != 1 || strings.Contains(extra(t, list, "robots.txt"), "Sitemap") {
		t.Errorf("%d extra files", len(list))
	}
	for _, p := range a.paths {
		if strings.Contains(dump(t, a.compose(t, p)), "example.org/a/") {
			t.Errorf("%s holds an absolute address", p)
		}
	}
}

func TestFeed(t *testing.T) {
	a := read(t, write(t, base(
		units("i.yaml", 200, func(i int) string { return item(fmt.Sprintf("i%03d", i), "f", i, "") }),
		text("fonds/f/records/e.yaml", "%saccess: {state: embargo, embargo_until: \"2026-06-01\"}\nclearance: kt\n", item("moi", "f", 300, "")),
		txtar.File{Name: "exhibitions/x/exhibition.yaml", Data: []byte("id: x\ntitle: {vi: \"A & B\"}\nlead: {vi: Lời *dẫn*}\naccess: {state: public}\nopening: \"2026-02-03\"\ndecision: {number: \"1\", date: \"2026-01-15\", by: {name: {vi: Cơ quan thử}}}\n")}))).sound(t)
	text := extra(t, a.Extras(a.WholeListing()), "feed.xml")
	var f atomFeed
	if err := xml.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Entries) != 1+inFeed || f.Entries[0].Title != "A & B" || f.Entries[0].Summary != "Lời dẫn" || f.Entries[0].Updated != "2026-02-03T00:00:00Z" {
		t.Errorf("%d entries, first %+v", len(f.Entries), f.Entries[0])
	}
	if e := f.Entries[1]; e.ID != site+"phong-luu-tru/f/moi.html" || !strings.HasPrefix(e.Updated, "2026-06-0") {
		t.Errorf("the newest record is %+v", e)
	}
	if f.Author.Name != "Cơ quan" || !strings.HasPrefix(f.Updated, "2026-06-0") {
		t.Errorf("author %q, updated %s", f.Author.Name, f.Updated)
	}
	ids := map[string]bool{}
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || ids[e.ID] || e.Link.Href == "" {
			t.Errorf("%+v: %v", e, err)
		}
		ids[e.ID] = true
	}
}
