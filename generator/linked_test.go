package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/internal/exchange/schemaorg"
	"vitrine/generator/internal/sitecheck"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// linkedReaders holds the program and the vocabulary with which JSON-LD is read (make test
// fetches them).
const linkedReaders = "testdata/linked"

// linkedIn is the JSON-LD of a page, empty where it bears none.
func linkedIn(p *sitecheck.Page) (out []string) {
	for n := range p.Elements("script") {
		if sitecheck.Attr(n, "type") == "application/ld+json" {
			out = append(out, n.FirstChild.Data)
		}
	}
	return out
}

// linkedNode is a node as jsonld.js finds it, without the address of the vocabulary.
type linkedNode struct {
	ID                string
	Types, Properties []string
}

// linkedBy are the nodes of pages, as another program reads them, by path. What it finds
// wrong is an error.
func linkedBy(t *testing.T, s *sitecheck.Site, base string) map[string][]linkedNode {
	t.Helper()
	_, err := os.Stat(filepath.Join(linkedReaders, "node_modules/jsonld"))
	lacking(t, err, "jsonld and the vocabulary of schema.org come with make test, or npm ci in generator/"+linkedReaders)
	type asked struct {
		Address string `json:"address"`
		Text    string `json:"text"`
	}
	var ask []asked
	for _, p := range s.Pages {
		for _, text := range linkedIn(p) {
			ask = append(ask, asked{base + p.Path, text})
		}
	}
	in, err := json.Marshal(ask)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "read.cjs")
	cmd.Dir, cmd.Stdin = linkedReaders, bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	var found []struct {
		Address string
		Faults  []string
		Nodes   []linkedNode
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	nodes := map[string][]linkedNode{}
	for _, f := range found {
		for _, fault := range f.Faults {
			t.Errorf("%s: %s", f.Address, fault)
		}
		nodes[strings.TrimPrefix(f.Address, base)] = f.Nodes
	}
	return nodes
}

// Every page that may be listed bears one block of JSON-LD, in its head; jsonld.js expands
// it and loses nothing, and every class and property is one of schema.org, in its place.
func TestLinkedDataOfEveryPage(t *testing.T) {
	t.Parallel()
	bothSites(t, func(t *testing.T, s *sitecheck.Site) {
		base := s.Base
		if base == "" {
			base = "https://elsewhere.example/a/b/"
		}
		nodes := linkedBy(t, s, base)
		types := map[string]int{}
		for _, p := range s.Pages {
			n := len(linkedIn(p))
			if listed := !strings.Contains(metaOf(p, "robots"), "noindex"); listed != (n == 1) || n > 1 {
				t.Errorf("%s: %d blocks, listed %t", p.Path, n, listed)
			}
			for _, node := range nodes[p.Path] {
				for _, class := range node.Types {
					types[class]++
				}
				if file, _, _ := strings.Cut(strings.TrimPrefix(node.ID, base), "#"); node.ID != "" && !hasPage(s, file) {
					t.Errorf("%s: %s is no page of the site", p.Path, node.ID)
				}
			}
		}
		for _, class := range []string{"WebSite", "SearchAction", "ArchiveOrganization", "ArchiveComponent", "Collection", "ItemPage", "CollectionPage", "WebPage", "AboutPage", "SearchResultsPage", "BreadcrumbList",
			"Person", "Organization", "Place", "GeoCoordinates", "Event", "DefinedTerm", "ImageObject", "VideoObject", "AudioObject", "Map", "Photograph", "PublicationIssue"} {
			if types[class] == 0 {
				t.Errorf("no page tells of a %s", class)
			}
		}
	})
}

// hasPage reports whether an address below that of the site is a page of it.
func hasPage(s *sitecheck.Site, file string) bool {
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return s.Has(file)
}

func metaOf(p *sitecheck.Page, name string) string {
	for n := range p.Elements("meta") {
		if sitecheck.Attr(n, "name") == name {
			return sitecheck.Attr(n, "content")
		}
	}
	return ""
}

// linkedThing is what the JSON-LD of a page tells of what it is about.
type linkedThing struct {
	Type             json.RawMessage `json:"@type"`
	ID               string          `json:"@id"`
	Name             string
	AlternateName    []string
	Identifier       string
	ItemLocation     string
	DateCreated      string
	TemporalCoverage string
	StartDate        string
	Creator          []linkedThing
	HoldingArchive   *linkedThing
	IsPartOf         *linkedThing
	AssociatedMedia  []struct {
		linkedThing
		ContentURL, CreditText, UsageInfo, License, Duration string
	}
	MainEntity *linkedThing
}

func toldBy(t *testing.T, s *sitecheck.Site, file string) linkedThing {
	t.Helper()
	p := s.Page(file)
	if p == nil {
		t.Fatalf("no page %s", file)
	}
	var out linkedThing
	if err := json.Unmarshal([]byte(linkedIn(p)[0]), &out); err != nil {
		t.Fatal(err)
	}
	if out.MainEntity == nil {
		t.Fatalf("%s is about nothing", file)
	}
	return *out.MainEntity
}

// What is told of a record is what its page shows, in the form of schema.org; it has one
// name in all languages, and creators bear the name as signed.
func TestLinkedDataOfRecords(t *testing.T) {
	t.Parallel()
	s := sample(t)
	signed, media := 0, 0
	for _, p := range s.Pages {
		if linked := linkedIn(p); len(linked) == 0 || !strings.Contains(linked[0], `"@type":"ItemPage"`) || !strings.Contains(linked[0], `"mainEntity"`) {
			continue
		}
		r := toldBy(t, s, p.Path)
		if r.HoldingArchive == nil || r.HoldingArchive.Name == "" || r.IsPartOf == nil || r.Identifier == "" || r.ItemLocation != r.Identifier {
			t.Errorf("%s: %+v", p.Path, r)
		}
		if r.Name == "" || !strings.Contains(textOf(p.Doc), r.Name) {
			t.Errorf("%s is named %q", p.Path, r.Name)
		}
		for _, c := range r.Creator {
			if len(c.AlternateName) > 0 && strings.Contains(textOf(p.Doc), c.Name) && c.ID != "" {
				signed++
			}
		}
		for _, m := range r.AssociatedMedia {
			media++
			if m.CreditText == "" || m.UsageInfo+m.License == "" || !s.Has(strings.TrimPrefix(m.ContentURL, s.Base)) {
				t.Errorf("%s: %+v", p.Path, m)
			}
		}
	}
	if signed == 0 || media == 0 {
		t.Errorf("%d names as signed, %d pictures and recordings", signed, media)
	}
	vi, en := toldBy(t, s, "phong-luu-tru/mau-01/mau-0101.html"), toldBy(t, s, "en/fonds/mau-01/mau-0101.html")
	if vi.ID != en.ID || vi.Name == en.Name {
		t.Errorf("%+v %+v", vi, en)
	}
}

func textOf(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Text that would end the element, or begin a comment in it, stays text.
func TestLinkedDataHoldsHostileText(t *testing.T) {
	t.Parallel()
	title := `</script><script>alert(1)</script><!-- "Sổ" & 'tay'`
	o := offered(t)
	edit(t, filepath.Join(o.Content, recordPath("tl-0001")), "title: ", "other_titles: ["+fmt.Sprintf("%q", strings.ReplaceAll(title, "<", `\<`))+"]\ntitle: ")
	mustBuild(t, o)
	s, err := sitecheck.Open(o.Out, "")
	if err != nil {
		t.Fatal(err)
	}
	r := toldBy(t, s, "phong-luu-tru/phong-cau-mau/tl-0001.html")
	if !slices.ContainsFunc(r.AlternateName, func(n string) bool { return strings.Contains(n, "</script><script>alert(1)</script>") }) {
		t.Errorf("%q", r.AlternateName)
	}
	for n := range s.Page("phong-luu-tru/phong-cau-mau/tl-0001.html").Elements("script") {
		if sitecheck.Attr(n, "src") == "" && sitecheck.Attr(n, "type") != "application/ld+json" {
			t.Error("a script came out of the data")
		}
	}
}

// The table of the guide names every property that is written, and no other, in both languages.
func TestGuideNamesEveryLinkedProperty(t *testing.T) {
	var want []string
	node := reflect.TypeFor[schemaorg.Node]()
	for i := range node.NumField() {
		if name, _, _ := strings.Cut(node.Field(i).Tag.Get("json"), ","); name[0] != '@' {
			want = append(want, name)
		}
	}
	slices.Sort(want)
	for _, file := range []string{"linked.md", "linked.en.md"} {
		var got []string
		_, table, _ := strings.Cut(string(read(t, filepath.Join("../content/pages/guide", file))), "|---|---|---|\n| `title`")
		table, _, _ = strings.Cut(table, "\n## ")
		for line := range strings.Lines(table) {
			cells := strings.Split(strings.TrimSpace(line), "|")
			for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-2], -1) {
				got = append(got, m[1])
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}
