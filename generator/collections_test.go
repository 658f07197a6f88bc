package generator_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/sitecheck"
)

// collections are real ones that nobody here described; they lie beside the
// repository where they are at hand.
const collections = "../../shared/data/collections"

func needCollection(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(collections, name)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the real collection is not here: %s", dir)
	}
	return dir
}

// writeIn writes a file of an archive.
func writeIn(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// cleared writes the site and the clearance of a fonds into an archive.
func cleared(t *testing.T, dir, fonds, languages string) {
	t.Helper()
	writeIn(t, dir, "site.yaml", "title: \"Test\"\nlanguages: ["+languages+"]\nrepository: kho\n")
	writeIn(t, dir, "repositories/kho.yaml", "id: kho\nname: \"Test room\"\nemail: post@example.org\n")
	writeIn(t, dir, "clearances/kt.yaml", `id: kt
decision: {number: "T-1", date: "2026-01-15", issued_by: {name: "Test room"}, signatory: "Keeper"}
scope: {fonds: [`+fonds+`], parts: [metadata, images, transcript], purposes: [web-exhibition], max_px: full, open_ended: true}
valid: {from: "2026-01-15", review_by: "2031-01-15"}
prepared_by: "One"
approved_by: "Two"
`)
}

// buildSite builds an archive without errors and opens the site.
func buildSite(t *testing.T, name, dir, lang string) (*generator.Report, *sitecheck.Site) {
	t.Helper()
	o := generator.Options{Content: dir, Out: outDir(name), AsOf: asOf}
	rep, err := buildReport(o)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sitecheck.Open(o.Out, "")
	if err != nil {
		t.Fatal(err)
	}
	report(t, s.Links())
	report(t, s.Shape(func(string) string { return lang }))
	report(t, s.Metadata())
	return rep, s
}

// row is a line of the sheet.
type row struct {
	line               int
	id, parent, object string
}

func readSheet(t *testing.T, name string) (out []row) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	at := func(key string) int { return slices.Index(head, key) }
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		line, _ := r.FieldPos(0)
		out = append(out, row{line, rec[at("objectid")], rec[at("parentid")], rec[at("filename")]})
	}
}

// A spreadsheet of 24 people and 103 items, of which 30 name a file that is
// not there, becomes a site; each missing file is named with its line.
func TestAmericansInEgypt(t *testing.T) {
	src := needCollection(t, "americans-in-egypt")
	dir := filepath.Join(t.TempDir(), "content")
	cleared(t, dir, "egypt", "en")
	rep, err := generator.ImportCSV(context.Background(), generator.ImportOptions{Content: dir, File: filepath.Join(src, "loring_metadata.csv"),
		Fonds: "egypt", Media: filepath.Join(src, "objects"), State: "public", Clear: "kt", Title: "Americans in Egypt"})
	if err != nil {
		t.Fatal(err)
	}
	rows := readSheet(t, filepath.Join(src, "loring_metadata.csv"))
	told := map[int]string{}
	for _, d := range rep.Notes {
		if d.Code == "file-missing" {
			told[d.Pos.Line] += d.Msg.En
		}
	}
	missing := 0
	for _, r := range rows {
		_, err := os.Stat(filepath.Join(src, "objects", r.object))
		absent := r.object != "" && err != nil
		if absent {
			missing++
		}
		if strings.Contains(told[r.line], r.object) != absent && r.object != "" {
			t.Errorf("line %d: %s absent %t, told %q", r.line, r.object, absent, told[r.line])
		}
	}
	if missing != 30 || len(told) != 30 || rep.Taken != 127 {
		t.Errorf("%d files are missing, %d told, %d rows taken", missing, len(told), rep.Taken)
	}
	checkEgypt(t, src, dir, rows)
}

func checkEgypt(t *testing.T, src, dir string, rows []row) {
	rep, s := buildSite(t, "egypt", dir, "en")
	if rep.Published != 128 || rep.Total != 128 { // with the collection itself
		t.Error(rep.Outcome("en"))
	}
	for _, r := range rows {
		p := s.Page("fonds/egypt/" + r.id + ".html")
		if p == nil {
			t.Errorf("%s has no page", r.id)
			continue
		}
		_, err := os.Stat(filepath.Join(src, "objects", r.object))
		picture := err == nil && r.object != ""
		if shown := countImages(p); (shown > 0) != picture && r.parent != "" {
			t.Errorf("%s: %d images, file %q", r.id, shown, r.object)
		}
		if r.parent != "" && !hasLink(s.Page("fonds/egypt/"+r.parent+".html"), r.id+".html") {
			t.Errorf("%s is not listed by %s", r.id, r.parent)
		}
	}
	lookedAt(t, s.Root, ".sheet img", "index.html", "fonds/egypt/index.html", "fonds/egypt/w_loring_004.html", "fonds/egypt/c_stone_001.html") // both are PDF files
}

// countImages counts the pictures of a page that lie in /media. The sizes of
// one master share the hash in their names.
func countImages(p *sitecheck.Page) int {
	masters := map[string]bool{}
	for img := range p.Elements("img") {
		if stem := excise.Stem(strings.TrimLeft(sitecheck.Attr(img, "src"), "./")); stem != "" {
			masters[stem] = true
		}
	}
	return len(masters)
}

func hasLink(p *sitecheck.Page, href string) bool {
	if p == nil {
		return false
	}
	for a := range p.Elements("a") {
		if sitecheck.Attr(a, "href") == href {
			return true
		}
	}
	return false
}

// Photographs described by hand in English, the first and only language.
func TestFSAPhotographs(t *testing.T) {
	src := needCollection(t, "fsa-photographs")
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(dir, os.DirFS("testdata/fsa/content")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "fonds", "fsa", "media"), os.DirFS(src)); err != nil {
		t.Fatal(err)
	}
	rep, s := buildSite(t, "fsa", dir, "en")
	if rep.Published != 17 || rep.Published != rep.Total {
		t.Error(rep.Outcome("en"))
	}
	layers := s.Page("fonds/fsa/mother-layers.html")
	if n := countImages(layers); n != 5 {
		t.Errorf("the layered print shows %d sheets", n)
	}
	if n := countImages(s.Page("gallery/index.html")); n != 14 {
		t.Errorf("the gallery shows %d pictures", n)
	}
	for _, file := range []string{"agents/evans.html", "agents/getty.html", "places/alabama.html", "timeline/1936.html", "gallery/decade/1930.html"} {
		if !s.Has(file) {
			t.Errorf("there is no %s", file)
		}
	}
}

// Wills in French: a language of which the program has no interface texts.
func TestTestamentsDePoilus(t *testing.T) {
	src := needCollection(t, "testaments-de-poilus")
	data, err := os.ReadFile(filepath.Join(src, "metadata.json"))
	if err != nil {
		t.Fatal(err)
	}
	var wills map[string]struct {
		Author string   `json:"author"`
		Images []string `json:"images"`
	}
	if err := json.Unmarshal(data, &wills); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "content")
	cleared(t, dir, "poilus", "fr")
	writeIn(t, dir, "fonds/poilus/fonds.yaml", "id: poilus\nlevel: collection\ntitle: \"Testaments de soldats\"\ndates: {created: 1914/1918}\nreference: {repository: kho, fonds_no: \"P\"}\naccess: {state: public}\nclearance: kt\ndefaults: {languages: [fr], form: di-chuc, rights: {uri: \"http://creativecommons.org/publicdomain/mark/1.0/\"}}\n")
	if err := os.CopyFS(filepath.Join(dir, "fonds", "poilus", "media"), os.DirFS(filepath.Join(src, "objects"))); err != nil {
		t.Fatal(err)
	}
	for _, stem := range slices.Sorted(func(yield func(string) bool) {
		for k := range wills {
			if !yield(k) {
				return
			}
		}
	}) {
		writeIn(t, dir, "fonds/poilus/records/"+stem+".yaml", will(stem, wills[stem].Author, len(wills[stem].Images)))
	}
	rep, s := buildSite(t, "poilus", dir, "fr")
	if rep.Published != 18 || rep.Published != rep.Total {
		t.Error(rep.Outcome("en"))
	}
	p := s.Page("fonds/poilus/ad78-0064.html")
	if n := countImages(p); n != 5 {
		t.Errorf("%d sheets of five", n)
	}
	page := string(read(t, filepath.Join(outDir("poilus"), "fonds/poilus/ad78-0064.html")))
	lookedAt(t, s.Root, ".sheet img", "index.html", "fonds/poilus/index.html", "fonds/poilus/ad78-0064.html")
	if n := strings.Count(page, `<span class="line">`); n < 100 || !strings.Contains(page, `<span class="line">Ceci est mon testament</span>`) {
		t.Errorf("%d lines of a will of five sheets", n)
	}
}

// will describes one will; its text stands beside the images.
func will(stem, author string, sheets int) string {
	_, short, _ := strings.Cut(stem, "_will_")
	id := strings.ToLower(strings.ReplaceAll(short, "_", "-"))
	s := fmt.Sprintf("id: %s\nlevel: item\nparent: poilus\ntitle: \"Testament de %s\"\ndates: {created: 1914/1918}\nreference: {unit_no: \"%s\"}\naccess: {state: public}\nclearance: kt\ncreators: [{name: \"%s\", role: author}]\nobjects:\n", id, author, short, author)
	for i := range sheets {
		s += fmt.Sprintf("  - {file: %s-%d.jpg, seq: %d, kind: page, alt: \"Feuillet %d\"", stem, i, i+1, i+1)
		if i == 0 {
			s += fmt.Sprintf(", transcript: {file: %s.txt, kind: diplomatic, lang: fr}", stem)
		}
		s += "}\n"
	}
	return s
}
