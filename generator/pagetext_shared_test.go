package generator_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var dataBox = regexp.MustCompile(`<span class="line" data-box="(\d+),(\d+),(\d+),(\d+)">[^<]+</span>`)

// Two registers of notaries, of 40 megapixels each, are shown with all the lines
// that were read by hand, each in its place on the smaller picture that is
// published.
func TestLargeScansShowTheirLines(t *testing.T) {
	const src = "../../shared/data/large-scans"
	if _, err := os.Stat(src); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the real scans are not here: %s", src)
	}
	dir := filepath.Join(t.TempDir(), "content")
	cleared(t, dir, "notaires", "fr")
	edit(t, filepath.Join(dir, "clearances/kt.yaml"), "max_px: full", "max_px: 1600")
	writeIn(t, dir, "fonds/notaires/fonds.yaml", "id: notaires\nlevel: collection\ntitle: \"Registres\"\ndates: {created: 1880/1910}\nreference: {repository: kho, fonds_no: \"R\"}\naccess: {state: public}\nclearance: kt\ndefaults: {languages: [fr], form: danh-sach, rights: {uri: \"http://creativecommons.org/licenses/by/4.0/\"}}\n")
	if err := os.CopyFS(filepath.Join(dir, "fonds", "notaires", "media"), os.DirFS(src)); err != nil {
		t.Fatal(err)
	}
	stems := map[string]string{"r-1": "FRAN_0187_49914_L", "r-2": "FRAN_0187_51221_L"}
	for id, stem := range stems {
		writeIn(t, dir, "fonds/notaires/records/"+id+".yaml", "id: "+id+"\nlevel: item\nparent: notaires\ntitle: \"Registre "+stem+"\"\ndates: {created: 1895}\nreference: {unit_no: \"1\"}\naccess: {state: public}\nclearance: kt\ncreators: [{name: \"Chambre des notaires\", role: author}]\nobjects:\n  - {file: "+stem+".jpg, seq: 1, kind: page, alt: \"Double page\", transcript: {file: "+stem+".xml, kind: diplomatic, lang: fr}}\n")
	}
	rep, s := buildSite(t, "notaires", dir, "fr")
	for _, d := range rep.Diags.Sorted() {
		if strings.HasPrefix(d.Code, "pagetext") {
			t.Error(d)
		}
	}
	lookedAt(t, s.Root, ".sheet img", "index.html", "fonds/notaires/index.html", "fonds/notaires/r-1.html")
	for id, stem := range stems {
		page := string(read(t, filepath.Join(s.Root, "fonds/notaires/"+id+".html")))
		boxes := dataBox.FindAllStringSubmatch(page, -1)
		if want := linesIn(t, filepath.Join(src, stem+".xml")); len(boxes) != want || want < 50 {
			t.Errorf("%s: %d lines of %d have a place", stem, len(boxes), want)
		}
		for _, b := range boxes {
			var v [4]int
			for i := range v {
				v[i], _ = strconv.Atoi(b[i+1])
			}
			if v[0]+v[2] > 1600 || v[1]+v[3] > 1300 || v[2] < 1 || v[3] < 1 {
				t.Errorf("%s: %s lies outside the published picture", stem, b[0])
			}
		}
	}
}

// linesIn is how many lines with words a file of PAGE XML has.
func linesIn(t *testing.T, file string) int {
	text := string(read(t, file))
	return strings.Count(text, "<Unicode>") - strings.Count(text, "<Unicode></Unicode>")
}
