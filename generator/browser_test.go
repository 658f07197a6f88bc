package generator_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/generator/internal/sitecheck"
	"vitrine/generator/page"
)

// browser is a Chromium for one test.
func browser(t *testing.T) *sitecheck.Browser {
	t.Helper()
	_, err := sitecheck.Chromium()
	lacking(t, err, "the tests in a browser need Chromium: run make test, or apt-get install chromium")
	profile, err := os.MkdirTemp(scratch, "profile-")
	if err != nil {
		t.Fatal(err)
	}
	b, err := sitecheck.StartBrowser(profile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func tab(t *testing.T, b *sitecheck.Browser, origin string, scripts bool) *sitecheck.Tab {
	t.Helper()
	tb, err := b.Tab(origin, scripts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tb.Close)
	return tb
}

// serve serves a site under a path, and only there.
func serve(t *testing.T, root, under string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := strings.CutPrefix(r.URL.Path, under)
		f, err := os.Open(filepath.Join(root, filepath.FromSlash(path.Clean("/"+file))))
		if !ok || err != nil {
			http.NotFound(w, r)
			return
		}
		defer f.Close()
		http.ServeContent(w, r, file, time.Time{}, f) // as it is: no redirects
	}))
	t.Cleanup(server.Close)
	return server.URL + under
}

// fromDisk is the address of a folder for file://.
func fromDisk(t *testing.T, root string) string {
	t.Helper()
	abs, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(abs), "/") + "/"}).String()
}

// step is a link that a reader clicks and where it must lead.
type step struct{ click, where, heading string }

// walk goes from the first page to an exhibition, as a reader does.
var walk = []step{
	{"", "index.html", "Phông mẫu Vitrine"},
	{`.shelf a[href*="mau-01"]`, "phong-luu-tru/mau-01/index.html", "Phông mẫu 01"},
	{`.prose a[href="mau-0011.html"]`, "phong-luu-tru/mau-01/mau-0011.html", "Chánh cương vắn tắt"},
	{`a[rel="next"]`, "phong-luu-tru/mau-01/mau-0012.html", "Sách lược vắn tắt"},
	{`.masthead-nav a[href*="dong-thoi-gian"]`, "dong-thoi-gian/index.html", "Dòng thời gian"},
	{`.masthead-nav a[href*="trung-bay"]`, "trung-bay/index.html", "Trưng bày"},
	{`main a[href="mua-thu-1945/index.html"]`, "trung-bay/mua-thu-1945/index.html", "Mùa thu 1945"},
}

// Home, fonds, item, next item, timeline, exhibition, by clicking: over HTTP at
// the root and below a path, and from disk, with scripts and without.
func TestWalkThroughTheSite(t *testing.T) {
	t.Parallel()
	b := browser(t)
	root := bare(t).Root
	for name, origin := range map[string]string{
		"http": serve(t, root, "/"), "http below a path": serve(t, root, "/a/b/"), "disk": fromDisk(t, root),
	} {
		for _, scripts := range []bool{true, false} {
			t.Run(name+map[bool]string{true: " with scripts", false: " without scripts"}[scripts], func(t *testing.T) {
				tb := tab(t, b, origin, scripts)
				if err := tb.Look(1440, "light"); err != nil {
					t.Fatal(err)
				}
				take(t, tb, origin)
			})
		}
	}
}

func take(t *testing.T, tb *sitecheck.Tab, origin string) {
	before := ""
	for _, s := range walk {
		var err error
		if s.click == "" {
			err = tb.Open(origin + s.where)
		} else {
			err = tb.Follow(s.click)
		}
		if err != nil {
			t.Fatal(err)
		}
		address, title, heading, err := tb.Where()
		if err != nil {
			t.Fatal(err)
		}
		if address != origin+s.where {
			t.Fatalf("%q led from %s to %s, not to %s", s.click, before, address, s.where)
		}
		if !strings.HasPrefix(heading, s.heading) || !strings.Contains(title, "Phông mẫu Vitrine") {
			t.Errorf("%s: heading %q, title %q", address, heading, title)
		}
		for _, f := range tb.Faults() {
			t.Errorf("%s: %s", address, f)
		}
		if n, err := tb.Fonts(); n == 0 || err != nil {
			t.Errorf("%s: no font of the site was loaded: %v", address, err)
		}
		before = address
	}
}

// onePageOfEachKind are the pages that are looked at closely, by language.
func onePageOfEachKind(lang string) []string {
	in := func(r page.Room, file string) string {
		p := path.Join(page.Word(lang, r), file)
		if lang != "vi" {
			p = lang + "/" + p
		}
		return p
	}
	out := []string{
		in(page.RoomFonds, "index.html"), in(page.RoomFonds, "mau-01/index.html"), in(page.RoomFonds, "mau-01/mau-01-n1.html"),
		in(page.RoomFonds, "mau-01/mau-hs-0001.html"), in(page.RoomFonds, "mau-01/mau-0101.html"), in(page.RoomFonds, "mau-03/mau-0140.html"),
		in(page.RoomGallery, "index.html"), in(page.RoomTimeline, "index.html"), in(page.RoomTimeline, "1945.html"),
		in(page.RoomAgents, "index.html"), in(page.RoomAgents, "viet-minh.html"), in(page.RoomPlaces, "ha-noi.html"),
		in(page.RoomEvents, "su-kien-41.html"), in(page.RoomSubjects, "cd-bao-chi.html"), in(page.RoomExhibitions, "index.html"),
		in(page.RoomExhibitions, "mua-thu-1945/index.html"), in(page.RoomAbout, "index.html"), in(page.RoomGuide, "describe.html"),
		in(page.RoomRepositories, "kho-mau.html"), in(page.RoomSearch, "index.html"), in(page.RoomData, "index.html"),
		in(page.RoomBrowse, "index.html"), in(page.RoomOnThisDay, "index.html"), in(page.RoomOnThisDay, "02.html"),
	}
	if lang == "vi" {
		return append(out, "index.html", "thu-vien-anh/thap-nien/1940.html", "duyet/tac-gia/ho-chi-minh/1940.html", "duyet/tac-gia/index.html", "duyet/phong/mau-01.html", "404.html")
	}
	return append(out, "en/index.html", "en/gallery/decade/1940.html", "en/browse/creator/ho-chi-minh/1940.html", "en/browse/creator/index.html", "en/browse/fonds/mau-01.html")
}

// No kind of page is forgotten by the list above.
func TestEveryKindOfPageIsLookedAt(t *testing.T) {
	s := bare(t)
	kinds := map[string]bool{}
	for _, lang := range []string{"vi", "en"} {
		for _, file := range onePageOfEachKind(lang) {
			if p := s.Page(file); p == nil {
				t.Errorf("there is no %s", file)
			} else {
				kinds[p.Kind()] = true
			}
		}
	}
	for _, p := range s.Pages {
		if !kinds[p.Kind()] {
			t.Errorf("%s is of the kind %q, which nobody looks at", p.Path, p.Kind())
		}
	}
}

// Every kind of page, in both languages, at the width of a phone and of a desk,
// light and dark: axe finds nothing, nothing is wider than the window, and no
// heading cuts off Vietnamese marks.
func TestEveryKindOfPageIsForEverybody(t *testing.T) {
	t.Parallel()
	_, err := os.Stat(axeScript)
	lacking(t, err, "axe-core is not installed: run make test")
	b := browser(t)
	origin := serve(t, sample(t).Root, "/")
	pages := make(chan string)
	var wg sync.WaitGroup
	for range 2 {
		tb := tab(t, b, origin, true)
		wg.Go(func() {
			for file := range pages {
				for _, what := range lookAt(tb, origin+file) {
					t.Errorf("%s: %s", file, what)
				}
			}
		})
	}
	for _, file := range slices.Concat(onePageOfEachKind("vi"), onePageOfEachKind("en")) {
		pages <- file
	}
	close(pages)
	wg.Wait()
}

// lookAt opens a page and returns everything that is wrong with it at any
// width.
func lookAt(tb *sitecheck.Tab, address string) (found []string) {
	if err := tb.Open(address); err != nil {
		return []string{err.Error()}
	}
	found = append(found, tb.Faults()...)
	for _, width := range []int{320, 390, 768, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			say := func(list []string, err error) {
				if err != nil {
					list = append(list, err.Error())
				}
				for _, l := range list {
					found = append(found, where(width, scheme)+l)
				}
			}
			say(nil, tb.Look(width, scheme))
			if scheme == "light" {
				say(tb.Overflow())
				say(tb.Tight())
			}
			if width == 390 || width == 1440 {
				say(tb.Violations(axeScript))
			}
		}
	}
	return found
}

func where(width int, scheme string) string {
	return map[int]string{320: "320", 390: "390", 768: "768", 1440: "1440"}[width] + " " + scheme + ": "
}
