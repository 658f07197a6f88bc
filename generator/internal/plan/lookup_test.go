package plan

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// looked checks that every page of a plan is found by its path, and that no
// path that no page has leads to one.
func looked(t *testing.T, p *Plan) {
	t.Helper()
	known, given := map[string]bool{}, func(j Job) string {
		if j.given == nil {
			return ""
		}
		return fmt.Sprint(sumOf(j.given()))
	}
	for j := range p.Jobs() {
		known[j.Path] = true
		found, ok := p.Lookup(j.Path)
		if !ok || found.Path != j.Path || found.Kind != j.Kind || found.Lang != j.Lang || given(found) != given(j) {
			t.Errorf("%s: found %v: %s, a %s", j.Path, ok, found.Path, found.Kind)
		}
	}
	for path := range known {
		dir, name, nested := strings.Cut(path, "/")
		stem := strings.TrimSuffix(path, ".html")
		for _, other := range []string{"en/" + path, "x/" + path, stem, stem + ".x.html", stem + "x.html", path + "/", path + "/index.html", dir, name, strings.ToUpper(path), strings.Replace(path, "/", "//", 1)} {
			if j, ok := p.Lookup(other); ok != known[other] || ok && j.Path != other {
				t.Errorf("%q, made of %s: found %v", other, path, ok)
			}
		}
		if nested && strings.Contains(name, "/") {
			if j, ok := p.Lookup(dir + "/index" + name[strings.Index(name, "/"):]); ok && !known[j.Path] {
				t.Errorf("%s leads to %s", path, j.Path)
			}
		}
	}
	for _, other := range []string{"", "/", "index", "en", "en/", "media/a.jpg", "robots.txt", "../index.html"} {
		if _, ok := p.Lookup(other); ok {
			t.Errorf("%q was found", other)
		}
	}
}

func TestLookupFindsWhatJobsYields(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			g := &maker{Rand: rand.New(rand.NewPCG(seed, 2027))}
			looked(t, read(t, write(t, g.archive())).Plan)
		})
	}
}

// Lists of several pages, and years, decades and galleries that have some.
func TestLookupFindsLaterPages(t *testing.T) {
	a := read(t, write(t, base(
		text("fonds/f/media/1.jpg", ""),
		units("a.yaml", 660, func(i int) string {
			return fmt.Sprintf("id: d%04d\nlevel: item\nparent: f\ntitle: {vi: Tờ}\nreference: {unit_no: \"%d\"}\n%sobjects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]\n",
				i, i, []string{"dates: {created: \"1945\"}\n", "dates: {created: \"194X\"}\n", ""}[i%3])
		}))))
	later := 0
	for j := range a.Jobs() {
		if strings.Count(j.Path[strings.LastIndex(j.Path, "/")+1:], ".") > 1 {
			later++
		}
	}
	if later < 6 {
		t.Fatalf("only %d later pages", later)
	}
	looked(t, a.Plan)
}
