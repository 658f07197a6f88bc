package schema

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/exchange"

	"github.com/rogpeppe/go-internal/txtar"
)

// What the import refuses in a map the schema refuses, but for names of columns and fields that
// only the sheet and the importer know; what it takes the schema takes.
func TestSchemaOfMapsAgreesWithTheImport(t *testing.T) {
	_, rules := archive(t)
	files, err := Files(rules)
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, "map", files["map.json"])
	hold := func(text string, refused bool) {
		t.Helper()
		if faults := importing(t, text); len(faults) > 0 != refused {
			t.Errorf("the import, with the map\n%sfinds %v", text, faults)
		}
		if err := s.Validate(parsed(t, text)); err != nil != refused {
			t.Errorf("the schema, on the map\n%sfinds %v", text, err)
		}
	}
	for _, text := range []string{
		"columns: {Ten: title}\n", "columns: {Ten: title.en, So: \"places[]\", Ngay: places}\n", "columns: {Ten: {to: title, separator: /}}\n",
		"columns: {Ten: {to: creators, role: author, values: {A: B, 3: C}}}\n", "columns: {Ten: {to: creators, role: tác giả}}\n", "columns: {Ten: skip, So: extra, Ngay: dates.start}\n",
		"delimiter: \",\"\nseparator: \"/\"\ndate_order: mdy\ndate_system: 1904\nguess: true\n", "date_system: \"1900\"\nguess: \"false\"\n",
		"id: So\ncolumns: {Ten: title}\n", "id: {column: So, prefix: hs-, digits: 4}\ncolumns: {Ten: title}\n", "id: {slug: Ten, digits: \"3\"}\n",
		"constants: {reference.fonds_no: 1, title.en: x}\ndefaults: {form: thu, languages: vi}\n", "columns: {Ten: \"objects[].transcript.file\"}\n",
		"fonds: {title: {vi: Phông, en: Fonds}, level: collection, scope: x}\ncolumns: {Ten: title}\n", "columns: {Ten: date, So: file, Ngay: rights}\n",
	} {
		hold(text, false)
	}
	for _, text := range []string{
		"colums: {}\n", "date_order: ymd\n", "date_system: 1901\n", "delimiter: \"/\"\n", "guess: có\n", "id: {colum: So}\n", "id: {column: So, digits: 12}\n",
		"columns: {Ten: titel}\n", "columns: {Ten: {role: author}}\n", "columns: {Ten: {to: title, rol: author}}\n",
		"columns: [Ten]\n", "columns: title\n", "constants: {titel: x}\n", "constants: {title: [x]}\n", "defaults: x\n", "fonds: x\n",
	} {
		hold(text, true)
	}
	mapsOfTests(t, func(name, text string) {
		if err := s.Validate(parsed(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	})
}

// mapsOfTests hands on the maps of the tests of the import that are without fault.
func mapsOfTests(t *testing.T, each func(name, text string)) {
	t.Helper()
	seen := 0
	cases, err := filepath.Glob("../exchange/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range cases {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(name, "mapfaults") || strings.Contains(name, "refused_map") {
			continue
		}
		for _, f := range a.Files {
			if f.Name == "map.yaml" {
				seen++
				each(name, string(f.Data))
			}
		}
	}
	if seen < 3 {
		t.Errorf("only %d maps were seen", seen)
	}
}

// importing imports a small sheet with a map and returns what is wrong with the map.
func importing(t *testing.T, text string) []diag.Diagnostic {
	t.Helper()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{"content/site.yaml": "title: Kho\nlanguages: [vi, en]\n", "a.csv": "So,Ten,Ngay\n1,Một,1945\n", "map.yaml": text} {
		if err := os.MkdirAll(filepath.Dir(at(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := exchange.ImportCSV(t.Context(), exchange.Options{Content: at("content"), File: at("a.csv"), FondsID: "f1", MapFile: at("map.yaml")})
	if r == nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(slices.Clone(r.Notes), func(d diag.Diagnostic) bool { return d.Code != "map" || d.Severity != diag.Error })
}
