package generator_test

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"vitrine/generator/internal/sitecheck"
)

// BenchmarkSearchPage is a part of make bench-search. It asks the queries of
// testdata/search/typical.yaml of the search page of a site (SITE), and of Pagefind over
// plain pages (PLAIN), in Chromium, and prints what comes over the wire and when.
func BenchmarkSearchPage(b *testing.B) {
	site, plain := os.Getenv("SITE"), os.Getenv("PLAIN")
	if site == "" {
		b.Skip("make bench-search names a site in SITE, and plain pages with an index of Pagefind in PLAIN")
	}
	var queries []string
	data, err := os.ReadFile("testdata/search/typical.yaml")
	if err == nil {
		err = yaml.Unmarshal(data, &queries)
	}
	if err != nil {
		b.Fatal(err)
	}
	engines := []*engine{{name: "Vitrine", root: site, page: searchPage, part: partOfVitrine, facets: true}}
	if plain != "" {
		layFinder(b, plain)
		engines = append(engines, &engine{name: "Pagefind", root: plain, page: "find.html", part: partOfPagefind})
	}
	for b.Loop() {
		for _, e := range engines {
			e.measure(b, queries)
		}
	}
	hitsOf(b, queries, engines)
}

// engine is a search in pages, and how to tell the files it asks for.
type engine struct {
	name, root, page string
	part             func(file string) string
	facets           bool
	totals           []string
}

// The parts of an answer, as partOf names them.
const (
	partPage    = "page"    // the page itself, its style and fonts
	partEngine  = "engine"  // scripts
	partRoot    = "root"    // what every query reads
	partTerms   = "terms"   // what is found is told by these
	partTitles  = "titles"  // of the first hits
	partOrder   = "order"   // what is read for the order of the last hits
	partDetails = "details" // snippets and pictures
	partFacet   = "facet"   // an opened one
	partHelp    = "near"    // words that are like those not found
)

func partOfVitrine(file string) string {
	name := path.Base(file)
	if !strings.Contains(file, "/search-index/") {
		switch path.Ext(name) {
		case ".js":
			return partEngine
		case ".jpg", ".png", ".webp":
			return partDetails
		}
		return partPage
	}
	kind, _, _ := strings.Cut(strings.TrimSuffix(name, ".js"), "-")
	return map[string]string{"root": partRoot, "terms": partTerms, "titles": partTitles, "spans": partFacet, "bodies": partOrder, "rows": partDetails, "facets": partFacet, "words": partHelp}[kind]
}

func partOfPagefind(file string) string {
	switch {
	case strings.Contains(file, "/fragment/"):
		return partTitles // with the text of the page
	case strings.Contains(file, "/index/"):
		return partTerms
	case strings.HasSuffix(file, ".js"), strings.Contains(file, "wasm"), strings.Contains(file, "worker"):
		return partEngine
	case strings.HasSuffix(file, ".html"):
		return partPage
	}
	return partRoot
}

// answer is what it takes to show ranked titles and their number.
var answer = []string{partEngine, partRoot, partTerms, partTitles}

// asked is what a query took: bytes by part, and milliseconds until the hits stood there.
type asked struct {
	bytes map[string]int
	ms    float64
}

// note notes in a page when its hits stood there first, in milliseconds from its call. The page
// says that it is loaded only when all has come that was asked for until then, which is later.
const note = `addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("results");
  const look = () => { if (!window.hitsAt && Number(list.dataset.total) > 0 && list.querySelector("li")) window.hitsAt = performance.now(); };
  new MutationObserver(look).observe(list, { attributes: true, childList: true });
})`

// shown promises the time of note, -1 where nothing comes.
const shown = `new Promise((done) => {
  const look = () => (window.hitsAt || performance.now() > 20000 ? done(window.hitsAt || -1) : setTimeout(look, 20));
  look();
})`

// measure prints the table of an engine.
func (e *engine) measure(b *testing.B, queries []string) {
	cold := &wire{root: e.root}
	first := e.ask(b, cold, queries[:10])
	warm := &wire{root: e.root, kept: func(file string) bool {
		return slices.Contains([]string{partPage, partEngine, partRoot}, e.part(file))
	}}
	further := e.ask(b, warm, queries)
	slowFirst := e.ask(b, &wire{root: e.root, line: slow4G()}, queries[:5])
	slow := e.ask(b, &wire{root: e.root, kept: warm.kept, line: slow4G()}, queries[:20])
	fmt.Printf("\n### %s in Chromium\n\n| | first query, nothing kept | further query: engine and root kept |\n|---|---|---|\n", e.name)
	kb := func(list []asked, parts ...string) string { return fmt.Sprintf("%.1f", median(list, parts...)/1000) }
	fmt.Printf("| kB packed: the page, its style, fonts | %s | %s |\n", kb(first, partPage), kb(further, partPage))
	for _, p := range answer {
		fmt.Printf("| kB packed: %s | %s | %s |\n", p, kb(first, p), kb(further, p))
	}
	fmt.Printf("| kB packed: these four | %s | %s |\n", kb(first, answer...), kb(further, answer...))
	fmt.Printf("| the worst of these | %.1f | %.1f |\n", worst(first, answer...)/1000, worst(further, answer...)/1000)
	fmt.Printf("| kB packed: order of the hits | %s | %s |\n", kb(first, partOrder), kb(further, partOrder))
	fmt.Printf("| kB packed: snippets, pictures | %s | %s |\n", kb(first, partDetails), kb(further, partDetails))
	fmt.Printf("| ms until the hits stand there | %.0f | %.0f |\n", medianTime(first), medianTime(further))
	fmt.Printf("| the worst | %.0f | %.0f |\n", worstTime(first), worstTime(further))
	fmt.Printf("| ms at 1.6 Mbit/s and 150 ms | %.0f | %.0f |\n| the worst | %.0f | %.0f |\n", medianTime(slowFirst), medianTime(slow), worstTime(slowFirst), worstTime(slow))
	if e.facets {
		e.openFacets(b)
	}
}

// ask asks queries, each on a page of its own; the first of a wire that keeps fills what is kept.
func (e *engine) ask(b *testing.B, w *wire, queries []string) (out []asked) {
	origin := w.on(b)
	t := e.tab(b, origin)
	if w.kept != nil {
		e.open(b, t, origin, queries[len(queries)-1])
	}
	totals := []string{}
	for _, q := range queries {
		w.count()
		ms := e.open(b, t, origin, q)
		a := asked{map[string]int{}, ms}
		for file, n := range w.count() {
			a.bytes[e.part(file)] += n
		}
		total, err := t.Evaluate(`document.getElementById("results").dataset.total`)
		check(b, err)
		out, totals = append(out, a), append(totals, total)
	}
	e.totals = longer(e.totals, totals)
	return out
}

func longer(a, b []string) []string {
	if len(b) > len(a) {
		return b
	}
	return a
}

func (e *engine) tab(b *testing.B, origin string) *sitecheck.Tab {
	profile, err := os.MkdirTemp(scratch, "profile-")
	check(b, err)
	browser, err := sitecheck.StartBrowser(profile)
	check(b, err)
	b.Cleanup(browser.Close)
	t, err := browser.Tab(origin, true)
	check(b, err)
	check(b, t.Before(note))
	return t
}

// open asks a query and waits until the hits are there, and then until nothing more comes.
func (e *engine) open(b *testing.B, t *sitecheck.Tab, origin, q string) float64 {
	check(b, t.Open(origin+e.page+"?q="+url.QueryEscape(q)))
	said, err := t.Evaluate(shown)
	check(b, err)
	ms, err := strconv.ParseFloat(said, 64)
	check(b, err)
	if ms < 0 {
		fmt.Printf("%s: %q finds nothing\n", e.name, q)
	}
	check(b, func() error { _, err := t.Evaluate(quiet); return err }())
	return ms
}

// quiet waits until nothing has come for a second.
const quiet = `new Promise((done) => {
  let n = -1, since = 0;
  const look = () => {
    const now = performance.getEntriesByType("resource").length;
    if (now !== n) { n = now; since = performance.now(); }
    if (performance.now() - since > 600) done(n);
    else setTimeout(look, 50);
  };
  look();
})`

// openFacets prints what the counts of each facet take, of a query that finds much.
func (e *engine) openFacets(b *testing.B) {
	w := &wire{root: e.root}
	origin := w.on(b)
	t := e.tab(b, origin)
	e.open(b, t, origin, "nông dân")
	names, err := t.Evaluate(`[...document.querySelectorAll("[data-facet]")].filter(f => !f.hidden).map(f => f.dataset.facet).join(" ")`)
	check(b, err)
	var sizes []string
	for _, name := range strings.Fields(names) {
		w.count()
		_, err := t.Evaluate(`document.querySelector("[data-facet=` + name + `]").open = true`)
		check(b, err)
		_, err = t.Evaluate(quiet)
		check(b, err)
		n := 0
		for _, of := range w.count() {
			n += of
		}
		sizes = append(sizes, fmt.Sprintf("%s %.1f", name, float64(n)/1000))
	}
	fmt.Printf("| kB packed: a facet, opened | %s | |\n", strings.Join(sizes, ", "))
}

// hitsOf prints how many records each engine finds.
func hitsOf(b *testing.B, queries []string, engines []*engine) {
	fmt.Printf("\n### Hits\n\n| query |")
	for _, e := range engines {
		fmt.Printf(" %s |", e.name)
	}
	fmt.Printf("\n|---|%s\n", strings.Repeat("---|", len(engines)))
	for i, q := range queries {
		fmt.Printf("| %s |", q)
		for _, e := range engines {
			fmt.Printf(" %s |", e.totals[i])
		}
		fmt.Println()
	}
}

func total(a asked, parts []string) (n float64) {
	for _, p := range parts {
		n += float64(a.bytes[p])
	}
	return n
}

func median(list []asked, parts ...string) float64 {
	var all []float64
	for _, a := range list {
		all = append(all, total(a, parts))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func worst(list []asked, parts ...string) (n float64) {
	for _, a := range list {
		n = max(n, total(a, parts))
	}
	return n
}

func times(list []asked) (all []float64) {
	for _, a := range list {
		if a.ms >= 0 {
			all = append(all, a.ms)
		}
	}
	slices.Sort(all)
	return all
}

func medianTime(list []asked) float64 { all := times(list); return all[len(all)/2] }
func worstTime(list []asked) float64  { all := times(list); return all[len(all)-1] }

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
