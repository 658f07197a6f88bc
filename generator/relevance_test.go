package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"vitrine/generator/page"
)

// judged is a query of testdata/search/queries.yaml, which says what the fields mean.
type judged struct {
	Q     string
	Best  []string
	Also  []string
	Not   []string
	NFD   bool
	Note  string
	Kind  string `yaml:"-"`
	found hits
}

// hits are what the engine answers: how many records, and the paths of the first, in order.
type hits struct {
	Total   int
	Titles  []string // paths, of which the last part is the id
	Below   []string // those of what has nearly all of the query, shown below few hits
	Lacking []string
	Offers  []string
	Most    bool
}

// ids are those of all that is shown: what has all of the query, and below it, where that is
// little, some that have nearly all.
func (f hits) ids() []string { return idsOf(slices.Concat(f.Titles, f.Below)) }

// all are the ids of those that have all of the query.
func (f hits) all() []string { return idsOf(f.Titles) }

func idsOf(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = path.Base(p)
	}
	return out
}

// The floors of the judged queries, over all of them. They may be raised.
const (
	leastMRR    = 0.95
	leastRecall = 0.98
	worstMRR    = 0.70 // of any kind
)

// RELEVANCE names a folder for the table, which make test prints.
const relevanceEnv = "RELEVANCE"

func judgedQueries(t testing.TB) []*judged {
	t.Helper()
	data, err := os.ReadFile("testdata/search/queries.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var groups []struct {
		Kind    string
		Queries []*judged
	}
	if err := yaml.Unmarshal(data, &groups); err != nil {
		t.Fatal(err)
	}
	var out []*judged
	for _, g := range groups {
		for _, q := range g.Queries {
			q.Kind = g.Kind
			if q.NFD {
				q.Q = norm.NFD.String(q.Q)
			}
			out = append(out, q)
		}
	}
	return out
}

// askSample asks the engine of the search page, in Node.js, over the files of the site of
// the sample archive. At most need records are named.
func askSample(t *testing.T, need int, queries []string) []hits {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		lacking(t, err, "the engine of the search page runs in Node.js")
	}
	var asked []map[string]any
	for _, q := range queries {
		asked = append(asked, map[string]any{"q": q, "facets": map[string]any{}, "need": need})
	}
	in, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(sampleForSearch(t), page.FolderSearch)
	cmd := exec.Command(node, "internal/search/testdata/ask.js", "../templates/scripts/search", index)
	var said, faults bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &said, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, faults.Bytes())
	}
	var out []hits
	if err := json.Unmarshal(said.Bytes(), &out); err != nil || len(out) != len(queries) {
		t.Fatal(len(out), err)
	}
	return out
}

// sampleForSearch is the folder of the site; SITE names one that is there already.
func sampleForSearch(t *testing.T) string {
	if dir := os.Getenv("SITE"); dir != "" {
		return dir
	}
	return sample(t).Root
}

// The engine gives the answers that people who know the archive expect.
func TestRelevanceOfJudgedQueries(t *testing.T) {
	queries := judgedQueries(t)
	if len(queries) < 200 {
		t.Fatalf("%d queries", len(queries))
	}
	texts := make([]string, len(queries))
	for i, q := range queries {
		texts[i] = q.Q
	}
	for i, f := range askSample(t, 10, texts) {
		queries[i].found = f
	}
	s := &scores{}
	for _, q := range queries {
		rr, recall := s.add(q.Kind, q.found.ids(), q.Best, q.Also)
		if rr < 1 || recall < 1 {
			t.Logf("%-24s %-50q rank %.2f recall %.2f best %v also %v, came %d: %v lacking %q offers %q", q.Kind, q.Q, rr, recall, q.Best, q.Also, q.found.Total, q.found.ids(), q.found.Lacking, q.found.Offers)
		}
	}
	s.check(t, "the sample archive")
	noneOf(t, queries)
}

// noneOf asks again those queries that say what must not be found, for all that is.
func noneOf(t *testing.T, queries []*judged) {
	queries = slices.DeleteFunc(slices.Clone(queries), func(q *judged) bool { return len(q.Not) == 0 })
	var texts []string
	for _, q := range queries {
		texts = append(texts, q.Q)
	}
	for i, f := range askSample(t, 1000, texts) {
		for _, id := range queries[i].Not {
			if slices.Contains(f.all(), id) {
				t.Errorf("%q finds %s", texts[i], id)
			}
		}
	}
}

// A query without marks finds all that the one with marks does, in the sample archive.
func TestRelevanceOfPairs(t *testing.T) {
	var pairs, texts []string
	if err := yaml.Unmarshal(read(t, "testdata/search/pairs.yaml"), &pairs); err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		marked, bare, _ := strings.Cut(p, " / ")
		texts = append(texts, marked, bare)
	}
	if len(pairs) < 60 {
		t.Fatalf("%d pairs", len(pairs))
	}
	answers, some := askSample(t, 1000, texts), 0
	for i := 0; i < len(answers); i += 2 {
		marked, bare := answers[i], answers[i+1]
		if len(marked.Lacking) > 0 || marked.Most {
			continue
		}
		some++
		if lost := without(marked.all(), bare.all()); len(lost) > 0 || bare.Total < marked.Total {
			t.Errorf("%q does not find %v of %q", texts[i+1], lost, texts[i])
		}
	}
	if some < 30 {
		t.Errorf("only %d pairs find anything", some)
	}
}

// scores are the sums of a measure over queries, by their kinds.
type scores struct{ kinds []*score }

type score struct {
	kind         string
	n            int
	ranks, there float64
}

// add takes an answer in, of which the first ten ids count: the reciprocal rank of the
// first of the best, and what part of all that should be there is.
func (s *scores) add(kind string, ids, best, also []string) (rr, recall float64) {
	ids = ids[:min(len(ids), 10)]
	wanted, have := slices.Concat(best, also), 0
	for i, id := range ids {
		if rr == 0 && slices.Contains(best, id) {
			rr = 1 / float64(i+1)
		}
		if slices.Contains(wanted, id) {
			have++
		}
	}
	recall = float64(have) / float64(min(len(wanted), 10))
	at := slices.IndexFunc(s.kinds, func(k *score) bool { return k.kind == kind })
	if at < 0 {
		at = len(s.kinds)
		s.kinds = append(s.kinds, &score{kind: kind})
	}
	k := s.kinds[at]
	k.n, k.ranks, k.there = k.n+1, k.ranks+rr, k.there+recall
	return rr, recall
}

// check prints the measures and fails below the floors.
func (s *scores) check(t *testing.T, over string) {
	t.Helper()
	table, all := s.table(), s.all()
	t.Log("\n" + over + ":\n" + table)
	if dir := os.Getenv(relevanceEnv); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "relevance-sample.txt"), []byte("Search over "+over+":\n"+table), 0o644); err != nil {
			t.Error(err)
		}
	}
	for _, k := range s.kinds {
		if k.mrr() < worstMRR {
			t.Errorf("%s: mean reciprocal rank %.3f", k.kind, k.mrr())
		}
	}
	if all.mrr() < leastMRR || all.recall() < leastRecall {
		t.Errorf("mean reciprocal rank %.3f, at least %.2f; recall at 10 %.3f, at least %.2f", all.mrr(), leastMRR, all.recall(), leastRecall)
	}
}

func (s *scores) all() *score {
	all := &score{kind: "all"}
	for _, k := range s.kinds {
		all.n, all.ranks, all.there = all.n+k.n, all.ranks+k.ranks, all.there+k.there
	}
	return all
}

// table has a line for each kind.
func (s *scores) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-26s %7s %6s %10s\n", "", "queries", "MRR", "recall@10")
	for _, k := range append(slices.Clip(s.kinds), s.all()) {
		fmt.Fprintf(&b, "%-26s %7d %6.3f %10.3f\n", k.kind, k.n, k.mrr(), k.recall())
	}
	return b.String()
}

func (k *score) mrr() float64    { return k.ranks / float64(k.n) }
func (k *score) recall() float64 { return k.there / float64(k.n) }
