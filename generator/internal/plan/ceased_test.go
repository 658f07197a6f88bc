package plan

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/generator/diag"
	"vitrine/generator/internal/edition"
)

// released is a shelf with one edition that released some addresses.
func released(t *testing.T, addresses []string) *edition.Shelf {
	t.Helper()
	list := slices.Clone(addresses)
	slices.SortFunc(list, func(a, b string) int { // the order of a walk
		return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
	})
	var lines, empty strings.Builder
	of, states := edition.NewSealer(&lines), edition.NewSealer(&empty)
	for _, path := range list {
		id, _, _ := described(path)
		if err := edition.AppendAddress(of, edition.Address{Path: path, ID: id, Number: 1}); err != nil {
			t.Fatal(err)
		}
	}
	e := edition.Edition{Number: 1, Date: "2026-11-20", BaseURL: "https://cu.example.org/", Manifest: strings.Repeat("a", 64), Addresses: of.Seal(), States: states.Seal()}
	about, err := e.Text()
	if err != nil {
		t.Fatal(err)
	}
	shelf, ds := edition.Read(fstest.MapFS{"editions/2026-11-20.yaml": {Data: about}, "editions/addresses.tsv": {Data: []byte(lines.String())}})
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return shelf
}

// remembering is an archive with the addresses of an edition behind it.
func (a *archive) remembering(t *testing.T, addresses []string) *Plan {
	t.Helper()
	in := a.Input
	in.Shelf = released(t, addresses)
	p, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Of what programs read only that is gone at which nothing is, in whatever collections
// and their parts; a part that is gone is told to nobody.
func TestAddressesForPrograms(t *testing.T) {
	const n = 900
	a := pictured(t, n)
	addresses := []string{feedPath, sitemapPath}
	for _, path := range a.paths {
		if ForPrograms(path) {
			addresses = append(addresses, path)
		}
	}
	if len(addresses) < n+2+3+3 { // the feed and the sitemap, three collections, at least three parts
		t.Fatalf("%d addresses", len(addresses))
	}
	if p := a.remembering(t, addresses); len(p.Ceased()) > 0 || p.Planned().Warnings() > a.Planned().Warnings() {
		t.Errorf("%v: %v", p.Ceased(), p.Planned().Sorted())
	}
	gone := []string{"iiif/d0007/collection.json", "iiif/khac/manifest.json", "iiif/s/collection.d9999.json"}
	p := a.remembering(t, append(addresses, gone...))
	var got []string
	for _, c := range p.Ceased() {
		got = append(got, c.Path)
	}
	if !slices.Equal(got, gone) {
		t.Errorf("%q", got)
	}
	told := slices.DeleteFunc(p.Planned().Sorted(), func(d diag.Diagnostic) bool { return d.Code != "description-gone" })
	if len(told) != 1 || !strings.Contains(told[0].Msg.En, gone[0]) {
		t.Errorf("%v", told)
	}
	if _, ok := p.Homeless(diag.Error); ok {
		t.Error("it misses the address of the site, which it has")
	}
	a.Input.Config.Site.BaseURL.V = ""
	p = a.remembering(t, append(addresses, gone...))
	if d, ok := p.Homeless(diag.Error); !ok || d.Severity != diag.Error || !strings.Contains(d.Hint.En, "https://cu.example.org/") || len(p.Ceased()) != 1 {
		t.Errorf("%v %v: %v", ok, d, p.Ceased())
	}
}
