package page

import (
	"strings"
	"testing"
)

func TestRel(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"index.html", "index.html", "index.html"},
		{"index.html", "phong-luu-tru/index.html", "phong-luu-tru/index.html"},
		{"phong-luu-tru/mau-01/a.html", "phong-luu-tru/mau-01/b.html", "b.html"},
		{"phong-luu-tru/mau-01/a.html", "phong-luu-tru/mau-02/b.html", "../mau-02/b.html"},
		{"phong-luu-tru/mau-01/a.html", "index.html", "../../index.html"},
		{"en/fonds/mau-01/a.html", "media/ab/x.jpg", "../../../media/ab/x.jpg"},
		{"a/index.html", "a/index.html#p2", "#p2"},
		{"a/b.html", "a/index.html#p2", "index.html#p2"},
		{"en/index.html", "index.html", "../index.html"},
	} {
		if got := Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestURLs(t *testing.T) {
	u := URLs{Languages: []string{"vi", "en"}}
	for _, c := range []struct{ got, want string }{
		{u.Home("vi"), "index.html"},
		{u.Home("en"), "en/index.html"},
		{u.Fonds("vi", "mau-01", ""), "phong-luu-tru/mau-01/index.html"},
		{u.Fonds("vi", "mau-01", "mau-0101"), "phong-luu-tru/mau-01/index.mau-0101.html"},
		{u.Record("en", "mau-01", "mau-0007", ""), "en/fonds/mau-01/mau-0007.html"},
		{u.Index("vi", RoomTimeline, ""), "dong-thoi-gian/index.html"},
		{u.In("vi", RoomAgents, "tran-phu", ""), "nhan-vat-to-chuc/tran-phu.html"},
		{u.In("vi", RoomAgents, "tran-phu", "mau-0101.by"), "nhan-vat-to-chuc/tran-phu.mau-0101.by.html"},
		{u.Exhibition("vi", "mua-thu-1945"), "trung-bay/mua-thu-1945/index.html"},
		{u.GalleryOf("vi", "decade", "1930", ""), "thu-vien-anh/thap-nien/1930.html"},
		{u.Article("vi", "guide/scans"), "huong-dan/scans.html"},
		{u.Article("vi", "guide/index"), "huong-dan/index.html"},
		{u.Article("en", "about"), "en/about/index.html"},
		{u.Article("vi", "lien-he"), "lien-he/index.html"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// The page of a unit lies under its fonds alone; what may be one of the house's own, nowhere
// else than there.
func TestWhosePageItIs(t *testing.T) {
	for file, want := range map[string]string{
		"phong-luu-tru/p-1/tl-1.html": "tl-1", "en/fonds/p-1/tl-1.html": "tl-1", "fr/fonds/p-1/tl-1.html": "tl-1", "en/fonds/p-1/index.html": "p-1",
		"phong-luu-tru/p-1/tl-1.tl-9.html": "", "phong-luu-tru/index.html": "", "lich-su/index.html": "", "en/index.html": "", "thu-vien-anh/phong/p-1.html": "", "en/gallery/fonds/p-1.html": "", "huong-dan/tl-1.html": "", "iiif/tl-1/manifest.json": "",
	} {
		if id, ok := UnitPage(file); id != want || ok != (want != "") {
			t.Errorf("%s: %q %t", file, id, ok)
		}
	}
	for file, want := range map[string]string{"phong-luu-tru/p-1/tap.tl-9.html": "tap", "en/fonds/p-1/index.tl-9.html": "p-1", "phong-luu-tru/p-1/tap.html": "", "huong-dan/tap.tl-9.html": "", "phong-luu-tru/p-1/tap..html": "", "phong-luu-tru/p-1/tap.json": ""} {
		if id, ok := LaterPage(file); id != want || ok != (want != "") {
			t.Errorf("later: %s: %q %t", file, id, ok)
		}
	}
	for file, want := range map[string]int{"dong-thoi-gian/1945.html": 1945, "en/timeline/1945.html": 1945, "dong-thoi-gian/1940s.html": 0, "dong-thoi-gian/1945.tl-1.html": 0, "dong-thoi-gian/index.html": 0, "a/1945.html": 0} {
		if year, ok := TimelineYear(file); year != want && ok || ok != (want != 0) {
			t.Errorf("%s: %d %t", file, year, ok)
		}
	}
	for file, want := range map[string]string{
		"lich-su/index.html": "lich-su index", "en/lich-su/a.html": "en lich-su a", "huong-dan/in.html": "huong-dan in",
		"phong-luu-tru/p-1/lich-su.html": "", "fr/fonds/p-1/lich-su.html": "", "thu-vien-anh/phong/lich-su.html": "", "index.html": "", "media/a.jpg": "",
	} {
		if got := strings.Join(Articles(file), " "); got != want {
			t.Errorf("%s: %q", file, got)
		}
	}
}

// Two ids may be longer together than a file name; the pages stay apart.
func TestLongNames(t *testing.T) {
	id := strings.Repeat("a", 200)
	seen := map[string]bool{}
	for _, key := range []string{"", "b", id, id[1:] + "b", id + ".by"} {
		name := keyed(id, key)
		if len(name) > 250 || seen[name] || key == "b" && name != id+".b.html" {
			t.Errorf("%d bytes: %s", len(name), name)
		}
		seen[name] = true
	}
}

// Every room has a word in every language, and no two rooms share one.
func TestPathWords(t *testing.T) {
	for lang, table := range words {
		seen := map[string]Room{}
		for room := range words["en"] {
			w := table[room]
			if w == "" || seen[w] != "" {
				t.Errorf("%s: room %q has word %q, as has %q", lang, room, w, seen[w])
			}
			seen[w] = room
		}
	}
}
