package generator_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"vitrine/generator"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

const (
	searchPage  = "tim-kiem/index.html"
	searchField = `document.getElementById("search-q")`
	hitsTotal   = `document.getElementById("results").dataset.total`
	hitsTitles  = `[...document.querySelectorAll("#results > li .slip-title")].map(e => e.textContent).join("|")`
)

// asking is the address of the search page with a query.
func asking(query string) string { return searchPage + "?q=" + url.QueryEscape(query) }

// A reader types, and finds: by keyboard alone, over the net and from disk. The address is
// the state, and the way back leads to what was.
func TestSearchPageFindsWhileTyping(t *testing.T) {
	t.Parallel()
	b := browser(t)
	for name, origin := range map[string]string{
		"http below a path": serve(t, bare(t).Root, "/a/b/"),
		"disk":              fromDisk(t, bare(t).Root),
		"no parts":          serveBy(t, withoutParts(http.FileServer(http.Dir(bare(t).Root)))),
		"wrong parts":       serveBy(t, wrongParts(http.FileServer(http.Dir(bare(t).Root)))),
	} {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + searchPage)
			r.waits(`document.activeElement === ` + searchField)
			r.finds(`document.getElementById("search-found").hidden`, "true")
			r.keys("chi thi", false)
			r.waits(`vitrineSearch.page.answer.query.text === "chi thi" && ` + hitsTotal + ` > 2`)
			all := r.gets(hitsTotal)
			r.finds(`new URLSearchParams(location.search).get("q")`, "chi thi")
			r.keys(kb.Enter, false)
			r.gets(searchField + `.value = ""`)
			r.gets(searchField + `.focus()`)
			r.keys("chỉ thị toàn dân kháng chiến", false)
			r.keys(kb.Enter, false)
			r.waits(`new URLSearchParams(location.search).get("q") === "chỉ thị toàn dân kháng chiến" && document.querySelector("#results .slip-title").textContent === "Chỉ thị Toàn dân kháng chiến"`)
			r.finds(`[...document.querySelectorAll("#results li:first-child .slip-title mark")].map(m => m.textContent).join("|")`, "Chỉ thị Toàn dân kháng chiến")
			r.waits(`document.querySelector("#results li:first-child .slip-meta .slip-date") && document.querySelector("#results li:first-child .slip-thumb img").naturalWidth > 0`)
			r.finds(`document.getElementById("search-status").getAttribute("role")`, "status")
			r.gets(`history.back()`)
			r.waits(searchField + `.value === "chi thi" && ` + hitsTotal + ` === "` + all + `"`)
			r.clean()
		})
	}
}

func serveBy(t *testing.T, h http.Handler) (origin string) {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// withoutParts serves whole files alone, as some simple servers do.
func withoutParts(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Range")
		h.ServeHTTP(w, r)
	})
}

// wrongParts serves another part than was asked for.
func wrongParts(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" {
			r.Header.Set("Range", "bytes=40-99")
		}
		h.ServeHTTP(w, r)
	})
}

// Of the files of titles and of what is shown beside them a page over the net reads the lines
// of its hits alone, each once.
func TestSearchPageReadsLinesAlone(t *testing.T) {
	t.Parallel()
	hits, asked := linesAsked(t, `"Toàn dân kháng chiến"`)
	if hits < 1 || hits > 3 {
		t.Fatal("another query is needed here: it has", hits, "hits")
	}
	if len(asked) != 2*hits {
		t.Errorf("%d hits, but this was asked for: %v", hits, asked)
	}
	for what, n := range asked {
		if !strings.Contains(what, " bytes=") || n > 1 {
			t.Errorf("%q was asked for %d times", what, n)
		}
	}
}

// Of a file of which a page wants more it reads all, and no line before that.
func TestSearchPageReadsManyLinesAtOnce(t *testing.T) {
	t.Parallel()
	hits, asked := linesAsked(t, "đại hội")
	if hits <= 10 {
		t.Fatal("another query is needed here: it has", hits, "hits")
	}
	if diff := cmp.Diff(map[string]int{"titles ": 1, "rows ": 1}, asked); diff != "" {
		t.Error(diff)
	}
}

// linesAsked searches over the net for a query, and counts by kind and range what was asked for
// of the files that have a line for each record.
func linesAsked(t *testing.T, query string) (hits int, asked map[string]int) {
	t.Helper()
	var mu sync.Mutex
	asked = map[string]int{}
	files := http.FileServer(http.Dir(bare(t).Root))
	origin := serveBy(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind, _, _ := strings.Cut(path.Base(r.URL.Path), "-"); kind == "titles" || kind == "rows" {
			mu.Lock()
			asked[kind+" "+r.Header.Get("Range")]++
			mu.Unlock()
		}
		files.ServeHTTP(w, r)
	}))
	r := readerBefore(t, browser(t), origin, 1440)
	r.open(origin + asking(query))
	r.waits(`document.querySelectorAll("#results .slip-meta").length === Math.min(10, Number(` + hitsTotal + `)) && !document.documentElement.classList.contains("landing")`)
	hits, err := strconv.Atoi(r.gets(hitsTotal))
	if err != nil {
		t.Fatal(err)
	}
	r.clean()
	mu.Lock()
	defer mu.Unlock()
	return hits, maps.Clone(asked)
}

// Filters say what they would leave, several values of one facet add up, and all of it
// stands in the address, from which it can be read again.
func TestSearchPageNarrowsAndTurns(t *testing.T) {
	t.Parallel()
	b := browser(t)
	origin := serve(t, bare(t).Root, "/a/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + asking("đại hội"))
	r.waits(hitsTotal + ` > 10 && document.querySelectorAll("#results > li").length === 10`)
	total := r.gets(hitsTotal)
	r.clicks(`[data-facet=decade] summary`)
	r.waits(`document.querySelectorAll("[data-facet=decade] li").length > 2`)
	count := r.gets(`document.querySelector("[data-facet=decade] li .count").textContent`)
	r.clicks(`[data-facet=decade] li input`)
	r.waits(hitsTotal + ` === "` + count + `"`)
	r.finds(`document.querySelectorAll("#search-chosen button").length`, "1")
	first := r.gets(`new URLSearchParams(location.search).get("decade")`)
	r.waits(`document.activeElement.value === "` + first + `"`) // the list is made anew, and the hand stays where it is
	r.clicks(`[data-facet=decade] li:nth-child(2) input`)
	r.waits(`new URLSearchParams(location.search).get("decade").includes(",") && ` + hitsTotal + ` > ` + count)
	again := r.gets(`location.href`)
	shown := r.gets(hitsTitles)
	r.open(again)
	r.waits(hitsTitles + " === " + quoted(shown))
	r.clicks("#search-chosen button")
	r.clicks("#search-chosen button")
	r.waits(hitsTotal + ` === "` + total + `"`)
	one := r.gets(hitsTitles)
	r.clicks("#search-pager [rel=next]")
	r.waits(`location.search.includes("trang=2") && document.getElementById("results").start === 11`)
	if two := r.gets(hitsTitles); two == one {
		t.Error("the second page shows what the first does")
	}
	r.finds(`document.activeElement.id`, "search-status")
	r.gets(`history.back()`)
	r.waits(hitsTitles + " === " + quoted(one))
	r.gets(`(s => { s.value = "ngay-giam"; s.dispatchEvent(new Event("change")); })(document.getElementById("search-sort"))`)
	r.waits(`location.search.includes("sap=ngay-giam") && ` + hitsTitles + " !== " + quoted(one))
	r.open(origin + searchPage + "?tu=1945&den=1945")
	r.waits(hitsTotal + ` > 3`)
	r.open(origin + asking("đại hội") + "&tu=1800&den=1900")
	r.waits(`document.querySelector("#search-help button")`)
	r.clicks("#search-help button")
	r.waits(hitsTotal + ` === "` + total + `"`)
	r.clean()
}

func quoted(s string) string { return "`" + strings.ReplaceAll(s, "`", "\\`") + "`" }

// Who finds nothing is helped on, and who asks for a page that there is gets to it.
func TestSearchPageHelpsOn(t *testing.T) {
	t.Parallel()
	b := browser(t)
	origin := fromDisk(t, bare(t).Root)
	r := readerBefore(t, b, origin, 1440)
	help := `document.getElementById("search-help").textContent`
	for query, says := range map[string]string{
		"chỉ thij":            "Có phải bạn tìm: chỉ thị",
		"qwrtz":               "Không có tài liệu nào chứa: “qwrtz”",
		"100-CT/TW":           "Ký hiệu này là của: ",
		"Hồ Chí Minh":         "Trang riêng: Hồ Chí Minh",
		"điện tín áp phích":   "Không có tài liệu nào có đủ các từ",
		"\"điện tín áp phích": "Không có tài liệu nào chứa: “điện tín áp phích”",
	} {
		r.open(origin + asking(query))
		r.waits(help + `.includes(` + quoted(says) + `)`)
	}
	r.open(origin + asking("chỉ thij"))
	r.waits(`document.querySelector("#search-help a")`)
	r.must(r.tab.Follow("#search-help a"))
	r.waits(hitsTitles + `.startsWith("Chỉ thị")`)
	r.open(origin + "en/search/index.html?q=" + url.QueryEscape("Hồ Chí Minh"))
	r.waits(`document.querySelector("#search-help a").href.endsWith("/en/agents/ho-chi-minh.html")`)
	r.finds(`document.querySelector("#results a").href.includes("/en/fonds/")`, "true")
	r.finds(`document.querySelector(".masthead-lang a[lang=vi]").href.includes("?q=")`, "true")
	r.clean()
}

// A hit in the text of a page leads to its line on the picture.
func TestSearchLeadsToTheLineOnThePicture(t *testing.T) {
	t.Parallel()
	b := browser(t)
	for name, origin := range map[string]string{"http": serve(t, bare(t).Root, "/"), "disk": fromDisk(t, bare(t).Root)} {
		t.Run(name, func(t *testing.T) {
			r := readerBefore(t, b, origin, 1440)
			r.open(origin + asking("\"xin bao lai so to\""))
			r.waits(hitsTotal + ` === "1"`)
			r.waits(`document.querySelector(".hit-text")`)
			r.must(r.tab.Follow("#results a"))
			r.waits(viewerShows + ` && document.querySelector(".viewer-box-region")`)
			r.finds(`[...document.querySelectorAll(".viewer-text mark")].map(m => m.textContent).join(" ")`, "XIN BÁO LẠI SỐ TỜ")
			r.finds(`location.hash`, "#page=1&xywh="+r.gets(`document.querySelector(".viewer-text mark").closest("[data-box]").dataset.box`))
			r.keys(kb.Escape, false)
			r.waits(`!document.querySelector(".viewer").open`)
			r.open(origin + "phong-luu-tru/mau-01/mau-0104.html?q=" + url.QueryEscape("phỏng đoán"))
			r.waits(`document.querySelector(".scope mark.found").textContent === "phỏng"`)
			r.finds(`document.querySelector(".viewer[open]") === null`, "true")
			r.clean()
		})
	}
}

// The field of every page, which is a link until scripts run.
func TestQuickSearchOnEveryPage(t *testing.T) {
	t.Parallel()
	b := browser(t)
	for name, origin := range map[string]string{"http": serve(t, bare(t).Root, "/x/"), "disk": fromDisk(t, bare(t).Root)} {
		r := readerBefore(t, b, origin, 390)
		r.open(origin + "phong-luu-tru/mau-01/index.html")
		r.finds(`[...document.scripts].filter(s => /(search|found)-[0-9a-f]+\.js/.test(s.src)).length`, "0")
		r.gets(`document.querySelector("form.quick input").focus()`)
		r.keys("sắc lệnh", false)
		r.keys(kb.Enter, false)
		r.waits(`location.pathname.endsWith("/` + searchPage + `") && ` + searchField + `.value === "sắc lệnh" && ` + hitsTotal + ` > 0`)
		r.finds(`[...document.scripts].filter(s => /search-[0-9a-f]+\.js/.test(s.src)).length`, "1")
		r.clean()
		plain := reader{t, tab(t, b, origin, false)}
		plain.open(origin + "index.html")
		plain.must(plain.tab.Follow("a.quick"))
		where, _, _, err := plain.tab.Where()
		if err != nil || !strings.HasSuffix(where, searchPage) {
			t.Errorf("%s: without scripts the field leads to %s: %v", name, where, err)
		}
	}
}

// The page is for everybody, and where nothing can be searched for it leads to the lists.
func TestSearchPageIsForEverybody(t *testing.T) {
	t.Parallel()
	_, err := os.Stat(axeScript)
	lacking(t, err, "axe-core is not installed: run make test")
	b := browser(t)
	origin := serve(t, bare(t).Root, "/")
	for _, width := range []int{320, 390, 768, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			r := readerBefore(t, b, origin, width)
			r.must(r.tab.Look(width, scheme))
			for _, address := range []string{searchPage, asking("đại hội"), asking("chỉ thij"), asking("MAU-01"), asking("zzzz") + "&fonds=mau-01,mau-02&tu=1930", "en/search/index.html?q=letter"} {
				r.open(origin + address)
				r.waits(`!document.getElementById("search").hidden`)
				r.waits(`!location.search || document.getElementById("search-status").textContent`)
				r.gets(`document.querySelectorAll("details").forEach(d => { d.open = true; })`)
				r.waits(`!document.querySelector("#results li") || document.querySelector("[data-facet=fonds] li")`)
				r.fits(fmt.Sprint(address, " ", width, " ", scheme))
			}
			r.clean()
		}
	}
}

// fits asks that nothing of the page runs over or is cut off, and that axe finds nothing.
func (r reader) fits(what string) {
	r.Helper()
	for _, ask := range []func() ([]string, error){r.tab.Overflow, r.tab.Tight, func() ([]string, error) { return r.tab.Violations(axeScript) }} {
		found, err := ask()
		r.must(err)
		for _, f := range found {
			r.Errorf("%s: %s", what, f)
		}
	}
}

// Without scripts, or without its index, the page leads to the lists.
func TestSearchPageWithoutIndex(t *testing.T) {
	t.Parallel()
	b := browser(t)
	o := tiledSite(t, "")
	mustBuild(t, o)
	root := o.Out
	if err := os.Remove(filepath.Join(root, "search-index", "root.js")); err != nil {
		t.Fatal(err)
	}
	origin := serve(t, root, "/")
	r := readerBefore(t, b, origin, 1440)
	r.open(origin + asking("đại hội"))
	r.waits(`!document.getElementById("search-lost").hidden`)
	r.finds(`document.querySelectorAll("#search-ways a").length > 3`, "true")
	plain := reader{t, tab(t, b, origin, false)}
	plain.open(origin + asking("đại hội"))
	page := string(read(t, filepath.Join(root, searchPage)))
	if !strings.Contains(page, "<noscript>") || !strings.Contains(page, `id="search-ways"`) {
		t.Error("without scripts the page says nothing")
	}
}

// A site that shall not be searched has no page, no field, no index and no script for it.
func TestSearchCanBeOff(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]bool{"": true, "features: {search: false}\n": false} {
		o := tiledSite(t, on)
		mustBuild(t, o)
		for _, name := range []string{searchPage, "en/search/index.html", "search-index/root.js"} {
			if _, err := os.Stat(filepath.Join(o.Out, name)); (err == nil) != want {
				t.Errorf("%q: %s: %v", on, name, err)
			}
		}
		if got := strings.Contains(string(read(t, filepath.Join(o.Out, "index.html"))), `class="quick"`); got != want {
			t.Errorf("%q: the field is there: %v", on, got)
		}
		for _, kind := range []string{"search-", "found-", "timeline-"} {
			scripts, _ := filepath.Glob(filepath.Join(o.Out, "assets", kind+"*.js"))
			if (len(scripts) == 1) != want {
				t.Errorf("%q: scripts %v", on, scripts)
			}
		}
		if want {
			continue
		}
		if _, err := generator.Check(context.Background(), o); err != nil {
			t.Error(err)
		}
	}
}
