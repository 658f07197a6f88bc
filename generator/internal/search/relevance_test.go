package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vitrine/generator/internal/vi"
)

// The floors of the queries that are made by rules. They may be raised.
const (
	leastMRR    = 0.95
	leastRecall = 0.98
)

// rule makes a query by which somebody looks for a record that he knows; "" where none can
// be made of it.
type rule struct {
	name string
	make func(r *rand.Rand, d *Doc) string
}

var rules = []rule{
	{"the middle of the title", func(r *rand.Rand, d *Doc) string { return middle(r, d) }},
	{"without marks", func(r *rand.Rand, d *Doc) string { return vi.Fold(middle(r, d)) }},
	{"half marked", func(r *rand.Rand, d *Doc) string {
		words := strings.Fields(middle(r, d))
		for i := range words {
			if r.IntN(2) == 0 {
				words[i] = vi.Fold(words[i])
			}
		}
		return strings.Join(words, " ")
	}},
	{"tones in other places", func(r *rand.Rand, d *Doc) string { return changed(middle(r, d), moveTone) }},
	{"hỏi for ngã", func(r *rand.Rand, d *Doc) string { return changed(middle(r, d), swapTone) }},
	{"marks of their own", func(r *rand.Rand, d *Doc) string { return norm.NFD.String(middle(r, d)) }},
	{"capitals", func(r *rand.Rand, d *Doc) string { return strings.ToUpper(middle(r, d)) }},
	{"a letter missing", func(r *rand.Rand, d *Doc) string { return misspelled(r, d) }},
	{"two distant words", func(r *rand.Rand, d *Doc) string {
		if t := titleTokens(d); len(t) >= 7 {
			i := r.IntN(len(t) - 5)
			return t[i] + " " + t[i+4+r.IntN(len(t)-i-4)]
		}
		return ""
	}},
	{"in quotes, of the transcript", func(r *rand.Rand, d *Doc) string {
		if len(d.Transcript) == 0 {
			return ""
		}
		return `"` + runOf(r, wordsOf(d.Transcript[0]), 8) + `"`
	}},
	{"reference code", func(r *rand.Rand, d *Doc) string { return d.References[0] }},
	{"code in lower case, without zeros", func(r *rand.Rand, d *Doc) string {
		return strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(d.References[0], "/0", "/"), "/0", "/"))
	}},
	{"name and year", func(r *rand.Rand, d *Doc) string {
		if d.Year == 0 {
			return ""
		}
		return d.Names[0] + " " + fmt.Sprint(d.Year)
	}},
}

func wordsOf(text string) (out []string) {
	for _, t := range Tokens(text) {
		out = append(out, norm.NFC.String(text)[t.From:t.To])
	}
	return out
}

func titleTokens(d *Doc) []string { return wordsOf(d.Title[0]) }

// middle is four to seven words of the title, neither the first nor the last; "" where it is
// too short, or has numbers, that are rather dates.
func middle(r *rand.Rand, d *Doc) string {
	t := titleTokens(d)
	if len(t) < 8 {
		return ""
	}
	if s := runOf(r, t[1:len(t)-1], 4+r.IntN(3)); !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return ""
}

func runOf(r *rand.Rand, words []string, n int) string {
	n = min(n, len(words))
	from := r.IntN(len(words) - n + 1)
	return strings.Join(words[from:from+n], " ")
}

// changed is a text with a change that is made to the words it can be made to; "" where
// there is none.
func changed(text string, change func(nfd string) string) string {
	nfd := norm.NFD.String(text)
	if out := norm.NFC.String(change(nfd)); out != norm.NFC.String(text) {
		return out
	}
	return ""
}

var (
	toneOnFirst  = regexp.MustCompile("(o)([\u0300\u0301\u0303\u0309\u0323])([ae])|(u)([\u0300\u0301\u0303\u0309\u0323])(y)")
	toneOnSecond = regexp.MustCompile("([^q])(?:(o)([ae])|(u)(y))([\u0300\u0301\u0303\u0309\u0323])")
)

// moveTone writes hoà for hòa, and hòa for hoà, in a text whose marks stand by themselves.
func moveTone(nfd string) string {
	if toneOnFirst.MatchString(nfd) {
		return toneOnFirst.ReplaceAllString(nfd, "$1$3$2$4$6$5")
	}
	return toneOnSecond.ReplaceAllString(nfd, "$1$2$4$6$3$5")
}

func swapTone(nfd string) string {
	if strings.Contains(nfd, "\u0303") {
		return strings.Replace(nfd, "\u0303", "\u0309", 1)
	}
	return strings.Replace(nfd, "\u0309", "\u0303", 1)
}

// misspelled leaves a letter out of the longest word of a part of the title.
func misspelled(r *rand.Rand, d *Doc) string {
	words := strings.Fields(middle(r, d))
	at := -1
	for i, w := range words {
		if len([]rune(w)) >= 4 && (at < 0 || len([]rune(w)) > len([]rune(words[at]))) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	letters := []rune(words[at])
	words[at] = string(slices.Delete(letters, 1, 2))
	return strings.Join(words, " ")
}

// known reports whether the query of a rule means one record only, by a scan: no other has the
// words side by side in its title, or where it is the rule, in its transcript, or as its code.
func (f *foreign) known(name, query string, at int) bool {
	words := folds(Tokens(strings.Trim(query, `"`)))
	for i := range f.read {
		if i == at {
			continue
		}
		r := &f.read[i]
		switch name {
		case "in quotes, of the transcript":
			if r.fits([]wanted{{words: words, lanes: allLanes}}) {
				return false
			}
		case "two distant words":
			if each(r, words, laneTitle) || r.fits([]wanted{{words: words, lanes: allLanes}}) {
				return false
			}
		case "name and year":
			if r.has(laneNames, words[:len(words)-1]) && r.keys["@"+words[len(words)-1]] {
				return false
			}
		case "a letter missing":
			if each(r, others(words, f.read[at].lanes[laneTitle][0]), laneTitle) {
				return false
			}
		case "reference code", "code in lower case, without zeros":
		default:
			if r.has(laneTitle, words) {
				return false
			}
		}
	}
	return true
}

// each reports whether each word stands in a lane, wherever.
func each(r *read, words []string, lane int) bool {
	for _, w := range words {
		if !r.has(lane, []string{w}) {
			return false
		}
	}
	return true
}

// others are those words that stand in a title.
func others(words []string, title []Token) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !standsIn(title, []string{w}) })
}

// Who looks for a record that he knows finds it, however he writes what he remembers.
func TestRelevanceOfKnownItems(t *testing.T) {
	f := foreignIndex(t)
	var queries []asked
	var kind []string
	var item []int
	for n, rule := range rules {
		r := rand.New(rand.NewPCG(1945, uint64(n)))
		for made, tries := 0, 0; made < 60 && tries < 5000; tries++ {
			at := r.IntN(len(f.docs))
			if !strings.HasPrefix(f.docs[at].Path, "pl-") {
				continue
			}
			if q := rule.make(r, &f.docs[at]); q != "" && q != `""` && f.known(rule.name, q, at) {
				queries, kind, item = append(queries, asked{Q: q}), append(kind, rule.name), append(item, at)
				made++
			}
		}
	}
	var s scores
	for i, got := range ask(t, f.folder, queries...) {
		at := slices.Index(firstTen(slices.Concat(got.Titles, got.Below)), f.docs[item[i]].Path)
		if s.add(kind[i], at); at != 0 {
			t.Logf("%s: %q finds %d, place %d of %q; lacking %q, offers %q", kind[i], queries[i].Q, got.Total, at+1, f.docs[item[i]].Title[0], got.Lacking, got.Offers)
		}
	}
	s.check(t)
}

func firstTen(list []string) []string { return list[:min(len(list), 10)] }

// scores are the sums of a measure over queries, by their kinds.
type scores []*score

type score struct {
	kind         string
	n            int
	ranks, there float64
}

// add takes in at which place the one record came, -1 for not.
func (s *scores) add(kind string, at int) {
	i := slices.IndexFunc(*s, func(k *score) bool { return k.kind == kind })
	if i < 0 {
		i = len(*s)
		*s = append(*s, &score{kind: kind})
	}
	k := (*s)[i]
	if k.n++; at >= 0 {
		k.ranks, k.there = k.ranks+1/float64(at+1), k.there+1
	}
}

// check prints the measures and fails below the floors.
func (s scores) check(t *testing.T) {
	t.Helper()
	all := &score{kind: "all"}
	var b strings.Builder
	fmt.Fprintf(&b, "Search over a foreign corpus:\n%-36s %7s %6s %10s\n", "", "queries", "MRR", "recall@10")
	for _, k := range append(s, all) { // all comes last
		if k != all {
			all.n, all.ranks, all.there = all.n+k.n, all.ranks+k.ranks, all.there+k.there
		}
		n := float64(k.n)
		fmt.Fprintf(&b, "%-36s %7d %6.3f %10.3f\n", k.kind, k.n, k.ranks/n, k.there/n)
	}
	t.Log("\n" + b.String())
	if dir := os.Getenv("RELEVANCE"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "relevance-foreign.txt"), []byte(b.String()), 0o644); err != nil {
			t.Error(err)
		}
	}
	if n := float64(all.n); all.ranks/n < leastMRR || all.there/n < leastRecall {
		t.Errorf("mean reciprocal rank %.3f, at least %.2f; recall at 10 %.3f, at least %.2f", all.ranks/n, leastMRR, all.there/n, leastRecall)
	}
}
