package search

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// One title of a length that no other has is not paid for by all of its file: that is read whole
// then, and of the others lines alone are asked for as before.
func TestOneLongTitleMakesNoLargeFile(t *testing.T) {
	docs := oddDocs(2*perFile, 1)
	docs[perFile+3].Title = []string{strings.Repeat("dài ", 1<<18)}
	docs[perFile+3].Titles = docs[perFile+3].Title
	folder := written(t, []string{"vi"}, docs, nil)
	var size int64
	files, err := filepath.Glob(filepath.Join(folder, "titles-*.js"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if most := int64(2 << 20); size > most {
		t.Errorf("the titles take %d bytes, more than %d", size, most)
	}
	got := shown(t, folder, "all")
	if diff := cmp.Diff(readable(docs), got.Shown); diff != "" {
		t.Error(diff)
	}
	t.Logf("%d bytes, %d files, %d lines", size, got.Files, got.Lines)
}

// What is shown of hits may be the same in file after file: it is written once, and read for each.
func TestRecordsThatLookAlike(t *testing.T) {
	docs := oddDocs(3*perFile, 1)
	for i := range docs {
		docs[i].Row = docs[0].Row
	}
	folder := written(t, []string{"vi"}, docs, nil)
	for _, parts := range []string{"none", "all"} {
		if diff := cmp.Diff(readable(docs), shown(t, folder, parts).Shown); diff != "" {
			t.Errorf("%s: %s", parts, diff)
		}
	}
}

// Whatever a title and an excerpt are made of, the page reads what was written: from whole
// files, from the lines that a server hands out, and where one stops doing so.
func TestScriptReadsTitlesAndRows(t *testing.T) {
	for name, c := range map[string]struct {
		docs  int
		langs []string
	}{"one": {1, []string{"vi"}}, "few": {7, []string{"vi", "en"}}, "many": {2*perBlock + 3, []string{"vi", "en"}}} {
		docs := oddDocs(c.docs, len(c.langs))
		want := readable(docs)
		folder := written(t, c.langs, docs, nil)
		for _, parts := range []string{"none", "all", "some"} {
			got := shown(t, folder, parts)
			if diff := cmp.Diff(want, got.Shown); diff != "" {
				t.Errorf("%s, %s: %s", name, parts, diff)
			}
			t.Logf("%s, %s: %d files, %d lines", name, parts, got.Files, got.Lines)
			if few := min(c.docs, 3) * 2; parts == "none" && got.Lines > 0 || parts == "all" && got.Lines < few || c.docs <= 3 && parts == "all" && got.Files > 1 {
				t.Errorf("%s, %s: %d files and %d lines were asked for", name, parts, got.Files, got.Lines)
			}
		}
	}
}

// reading is what a page shows of the records of an index, and how many files and lines of files
// it asked for.
type reading struct {
	Shown        []any
	Files, Lines int
}

// shown has the script read an index from a server that hands out such parts; see testdata/shown.js.
func shown(t *testing.T, folder, parts string) (got reading) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	out, err := exec.Command(node, "testdata/shown.js", "../../../templates/scripts/search", folder, parts).Output()
	if err != nil {
		t.Fatal(parts, err)
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(parts, err)
	}
	return got
}

// readable is what shall be shown of records.
func readable(docs []Doc) (out []any) {
	for _, d := range docs {
		out = append(out, []any{append([]any{d.Path}, list(d.Title)...), plainly(d.Row.Text)})
	}
	return out
}

// plainly is a text in every language as JSON has it.
func plainly(texts []string) any {
	if several, ok := localised(texts).([]string); ok {
		return list(several)
	}
	return localised(texts)
}

func list(texts []string) (out []any) {
	for _, s := range texts {
		out = append(out, s)
	}
	return out
}

// oddDocs have titles and excerpts with what could break a line, and empty ones.
func oddDocs(n, langs int) []Doc {
	r := rand.New(rand.NewPCG(3, 4))
	odd := []string{"", " ", "  a  b ", "\t", "x\ty\nz", "😀 “Đảng”", "\u00a0", "null", `"\`, "0", "],[", "\u2028 ,", "a,  "}
	text := func() string {
		if r.IntN(6) == 0 {
			return odd[r.IntN(len(odd))]
		}
		var words []string
		for range r.IntN(12) {
			words = append(words, syllables[int(float64(len(syllables))*r.Float64()*r.Float64())])
		}
		return strings.Join(words, " ") + strings.Repeat(fmt.Sprintf(" hiếm%d", r.IntN(4000)), r.IntN(2))
	}
	out := make([]Doc, n)
	for i := range out {
		d := &out[i]
		d.Path = []string{"f-1/f-1-" + fmt.Sprint(i), "f-1", "f-1/khac-" + fmt.Sprint(i), fmt.Sprintf("f-%d/f-%d", i, i)}[i%4]
		for range langs {
			d.Title, d.Row.Text = append(d.Title, text()), append(d.Row.Text, text())
		}
		if r.IntN(9) == 0 {
			d.Row.Text = nil
		}
		d.Titles = d.Title
	}
	return out
}
