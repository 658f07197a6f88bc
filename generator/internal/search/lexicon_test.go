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

// Whatever a title and an excerpt are made of, the page reads what was written.
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
		out, err := exec.Command(node, "testdata/shown.js", "../../../templates/scripts/search", written(t, c.langs, docs, nil)).Output()
		if err != nil {
			t.Fatal(name, err)
		}
		var got, want []any
		for _, d := range docs {
			titles := []any{d.Path}
			for _, s := range d.Title {
				titles = append(titles, flat.Replace(s))
			}
			want = append(want, []any{titles, plainly(d.Row.Text)})
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// plainly is a text in every language as JSON has it.
func plainly(texts []string) any {
	clean := []string{}
	for _, s := range texts {
		clean = append(clean, flat.Replace(s))
	}
	if list, ok := localised(clean).([]string); ok {
		out := []any{}
		for _, s := range list {
			out = append(out, s)
		}
		return out
	}
	return localised(clean)
}

// oddDocs have common and rare pieces, blanks in odd places, and texts that are empty.
func oddDocs(n, langs int) []Doc {
	r := rand.New(rand.NewPCG(3, 4))
	odd := []string{"", " ", "  a  b ", "\t", "x\ty\nz", "😀 “Đảng”", "\u00a0", "null", `"\`, "0"}
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

// The commonest pieces have the shortest codes, no code begins another, and one edit leaves all
// codes as they are unless a piece comes to be met four times as often.
func TestLexicon(t *testing.T) {
	met := map[string]int{"của": 9000, "và": 8000, "thư": 300, "đảng": 260, "hiếm": 63, "vừa": 64, "a\nb": 5000}
	x := newLexicon(met)
	if len(x.words) != 6 || x.codes["của"].n > x.codes["thư"].n || x.codes["vừa"].n == 0 || x.codes["hiếm"].n != 0 || x.codes["a\nb"].n != 0 {
		t.Errorf("%q %v", x.words, x.codes)
	}
	for a, c := range x.codes {
		for b, d := range x.codes {
			if a != b && c.n <= d.n && d.bits>>(d.n-c.n) == c.bits {
				t.Errorf("the code of %q begins that of %q", a, b)
			}
		}
	}
	met["của"], met["thư"], met["mới"] = 9001, 299, 1
	if diff := cmp.Diff(x.file(), newLexicon(met).file()); diff != "" {
		t.Error(diff)
	}
	if only := newLexicon(nil); len(only.words) != 1 || only.codes[rare].n != 1 {
		t.Errorf("%v", only)
	}
	many := map[string]int{}
	for i := range 3 * maxWords {
		many[fmt.Sprint("w", i)] = leastMet + i
	}
	if n := len(newLexicon(many).words); n > maxWords+1 {
		t.Errorf("%d words", n)
	}
}
