package access

import (
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// decidedOn is a clearance of fonds f for some ids, with or without their list.
func decidedOn(withList bool, ids ...string) record.Clearance {
	k := signed()
	text, covers := ListOf(ids)
	covers.At = record.At{Line: 5, Col: 3}
	k.Scope.OpenEnded, k.Scope.Covers = record.Bool{}, covers
	if withList {
		k.List = &record.IDList{File: "clearances/kt.txt", Text: text}
	}
	return k
}

// archive are records of fonds f, sorted.
func archive(ids ...string) iter.Seq2[string, string] {
	return func(yield func(id, fonds string) bool) {
		for _, id := range slices.Sorted(slices.Values(ids)) {
			if !yield(id, "f") {
				return
			}
		}
	}
}

// outcome says which of some public records a clearance publishes in an
// archive of them, and what is found.
func outcome(k record.Clearance, ids ...string) (published []string, found []diag.Diagnostic) {
	g, found := New([]record.Clearance{k}, today)
	found = append(found, g.Freeze(archive(append([]string{"f"}, ids...)...)).Sorted()...)
	for _, id := range ids {
		if g.Judge(id, "f", g.FactsOf(state("public"), str("kt"), nil)).Published() {
			published = append(published, id)
		}
	}
	return published, found
}

func said(ds []diag.Diagnostic) string {
	var out []string
	for _, d := range ds {
		out = append(out, fmt.Sprintf("%s %s %s: %s | %s", d.Pos, d.Severity, d.Code, d.Msg.En, d.Hint.En))
	}
	return strings.Join(out, "\n")
}

func TestCoversWithTheList(t *testing.T) {
	k := decidedOn(true, "f", "r-1", "r-2", "r-4")
	got, ds := outcome(k, "r-1", "r-2", "r-4")
	if len(got) != 3 || len(ds) != 0 {
		t.Errorf("as decided: %q\n%s", got, said(ds))
	}
	if got, ds = outcome(k, "r-1", "r-2", "r-3", "r-4", "r-5"); !slices.Equal(got, []string{"r-1", "r-2", "r-4"}) || len(ds) != 0 {
		t.Errorf("two records more: %q\n%s", got, said(ds))
	}
	if got, ds = outcome(k, "r-1", "r-3"); !slices.Equal(got, []string{"r-1"}) {
		t.Errorf("some gone, one more: %q", got)
	}
	if want := "clearances/kt.txt:3 warning clearance-gone: clearance kt decided on \"r-2\", and no record in its scope has that id | \n" +
		"clearances/kt.txt:4 warning clearance-gone: clearance kt decided on \"r-4\", and no record in its scope has that id | "; said(ds) != want {
		t.Errorf("said\n%s", said(ds))
	}
	g, _ := New([]record.Clearance{k}, today)
	if v := g.Judge("r-3", "f", g.FactsOf(state("public"), str("kt"), nil)); v.Reason != ReasonNotDecided {
		t.Errorf("r-3: %s", v.Reason.Words().En)
	}
}

func TestCoversWithoutTheList(t *testing.T) {
	k := decidedOn(false, "f", "r-1", "r-2", "r-4")
	if got, ds := outcome(k, "r-1", "r-2", "r-4"); len(got) != 3 || len(ds) != 0 {
		t.Errorf("as decided: %q\n%s", got, said(ds))
	}
	for want, ids := range map[string][]string{
		"added since the decision: r-3;":      {"r-1", "r-2", "r-3", "r-4"},
		"added since the decision: r-0, r-3;": {"r-0", "r-1", "r-2", "r-3", "r-4"},
		"put the list of the ids":             {"r-1", "r-2"},
		"clearances/kt.txt to publish":        {"r-1", "r-2", "r-5"}, // one for another: it cannot be told which
	} {
		got, ds := outcome(k, ids...)
		if len(got) != 0 || len(ds) != 1 || ds[0].Code != "clearance-changed" || ds[0].Pos.Line != 5 || !strings.Contains(ds[0].Hint.En, want) {
			t.Errorf("%q publishes %q\n%s", ids, got, said(ds))
		}
	}
}

// What was added to a very large scope is not looked for: that would take long.
func TestCoversOfManyRecordsIsQuick(t *testing.T) {
	var ids []string
	for i := range 40_000 {
		ids = append(ids, fmt.Sprintf("r-%05d", i))
	}
	got, ds := outcome(decidedOn(false, append(ids[:39_999:39_999], "f")...), ids...)
	if len(got) != 0 || len(ds) != 1 {
		t.Errorf("%d published\n%s", len(got), said(ds))
	}
	if got, ds = outcome(decidedOn(true, append(ids[:39_999:39_999], "f")...), ids...); len(got) != 39_999 || len(ds) != 0 {
		t.Errorf("with the list %d published\n%s", len(got), said(ds))
	}
}

func TestListAtFault(t *testing.T) {
	for _, c := range []struct {
		want   string
		change func(k *record.Clearance)
	}{
		{"the list has the sha256", func(k *record.Clearance) { k.List.Text += "r-9\n" }},
		{"the list has the sha256", func(k *record.Clearance) { k.List.Text = "" }},
		{"put back the list that was signed, with its line ends", func(k *record.Clearance) { k.List.Text = strings.ReplaceAll(k.List.Text, "\n", "\r\n") }},
		{"has 3 ids, clearance kt says 2", func(k *record.Clearance) { k.Scope.Covers.Count.V = 2 }},
		{"one id a line, sorted, each once", func(k *record.Clearance) { relist(k, "r-2\nr-1\nf\n") }},
		{"one id a line, sorted, each once", func(k *record.Clearance) { relist(k, "f\nr-1\nr-1\n") }},
		{"one id a line, sorted, each once", func(k *record.Clearance) { relist(k, "\nf\nr-1\n") }},
		{"the clearance has no covers", func(k *record.Clearance) { k.Scope.Covers = record.Covers{} }},
		{"exclude each other", func(k *record.Clearance) { k.Scope.OpenEnded.V = true }},
		{"covers needs count and sha256", func(k *record.Clearance) { k.Scope.Covers.SHA256.V = "0" }},
		{"covers needs count and sha256", func(k *record.Clearance) { k.Scope.Covers.Count.V = 0 }},
	} {
		k := decidedOn(true, "f", "r-1", "r-2")
		c.change(&k)
		got, ds := outcome(k, "r-1", "r-2")
		if len(got) != 0 || !strings.Contains(said(ds), c.want) || !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
			t.Errorf("%q: published %q\n%s", c.want, got, said(ds))
		}
	}
}

// relist puts another list in place, with its hash.
func relist(k *record.Clearance, text string) {
	k.List.Text = text
	k.Scope.Covers.SHA256.V = fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	k.Scope.Covers.Count.V = strings.Count(text, "\n")
}

func TestIDListHas(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 100} {
		var ids []string
		for i := range n {
			ids = append(ids, fmt.Sprintf("a-%03d", 2*i+1))
		}
		text, covers := ListOf(ids)
		list := idList(text)
		if covers.Count.V != n || !list.sorted() {
			t.Fatalf("%d ids: %+v, sorted %v", n, covers, list.sorted())
		}
		for i := range 2*n + 2 {
			id := fmt.Sprintf("a-%03d", i)
			if list.has(id) != slices.Contains(ids, id) {
				t.Errorf("%s among %d: %v", id, n, list.has(id))
			}
		}
		for _, id := range []string{"", "a", "a-001\na-003", "z", "a-0011"} {
			if list.has(id) {
				t.Errorf("%q is on the list", id)
			}
		}
	}
}
