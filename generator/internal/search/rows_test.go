package search

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever a title and an excerpt are made of, the page reads what was written: from whole
// files, from the lines that a server hands out, and where one stops doing so.
func TestScriptReadsTitlesAndRows(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	for name, c := range map[string]struct {
		docs  int
		langs []string
	}{"one": {1, []string{"vi"}}, "few": {7, []string{"vi", "en"}}, "many": {2*perBlock + 3, []string{"vi", "en"}}} {
		docs := oddDocs(c.docs, len(c.langs))
		var want []any
		for _, d := range docs {
			want = append(want, []any{append([]any{d.Path}, list(d.Title)...), plainly(d.Row.Text)})
		}
		folder := written(t, c.langs, docs, nil)
		for _, parts := range []string{"none", "all", "some"} {
			out, err := exec.Command(node, "testdata/shown.js", "../../../templates/scripts/search", folder, parts).Output()
			if err != nil {
				t.Fatal(name, parts, err)
			}
			var got struct {
				Shown        []any
				Files, Lines int
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(name, parts, err)
			}
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
