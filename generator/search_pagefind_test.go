package generator_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// finder is a page that asks Pagefind as a site would, and lists the first ten pages.
const finder = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>find</title><ol id="results"></ol><script type="module">
import * as pagefind from "./pagefind/pagefind.js";
const list = document.getElementById("results"), q = new URLSearchParams(location.search).get("q");
window.find = async (q) => {
  const found = await pagefind.search(q);
  return { total: found.results.length, first: await Promise.all(found.results.slice(0, 30).map((r) => r.data())) };
};
await pagefind.init();
if (q) {
  const found = await pagefind.search(q), first = await Promise.all(found.results.slice(0, 10).map((r) => r.data()));
  list.append(...first.map((d) => Object.assign(document.createElement("li"), { textContent: d.meta.title })));
  list.dataset.total = found.results.length;
}
window.ready = true;
</script></html>
`

func layFinder(b *testing.B, dir string) {
	check(b, os.WriteFile(filepath.Join(dir, "find.html"), []byte(finder), 0o644))
}

// BenchmarkPagefindOnJudgedQueries is a part of make bench-search. It asks Pagefind the
// judged queries, over the pages of the sample site with its index (SAMPLE).
func BenchmarkPagefindOnJudgedQueries(b *testing.B) {
	dir := os.Getenv("SAMPLE")
	if dir == "" {
		b.Skip("make bench-search names the sample site, with an index of Pagefind, in SAMPLE")
	}
	layFinder(b, dir)
	e := &engine{name: "Pagefind", root: dir, page: "find.html"}
	origin := (&wire{root: dir}).on(b)
	t := e.tab(b, origin)
	check(b, t.Open(origin+e.page))
	check(b, t.Until(`window.ready`))
	for b.Loop() {
		s := &scores{}
		for _, q := range judgedQueries(b) {
			text, err := json.Marshal(q.Q)
			check(b, err)
			said, err := t.Evaluate(`find(` + string(text) + `).then((f) => JSON.stringify(f.first.map((d) => d.raw_url || d.url)))`)
			check(b, err)
			var urls, ids []string
			check(b, json.Unmarshal([]byte(said), &urls))
			for _, u := range urls {
				if id := recordOf(u); id != "" && !slices.Contains(ids, id) {
					ids = append(ids, id) // a record has a page in each language
				}
			}
			s.add(q.Kind, ids, q.Best, q.Also)
		}
		fmt.Printf("\n### Pagefind on the judged queries\n\n")
		fmt.Print(s.table())
	}
}

// recordOf is the record that a page is about; "" of others.
func recordOf(address string) string {
	dir, name := path.Split(strings.TrimSuffix(address, ".html"))
	if name == "index" {
		name = path.Base(dir)
	}
	if !strings.HasPrefix(name, "mau-") {
		return ""
	}
	return name
}
