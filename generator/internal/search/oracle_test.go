package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// read is a record as a scan sees it: the tokens of each text of each lane.
type read struct {
	path  string
	lanes [lanes][][]Token
	keys  map[string]bool // of dates, in the record and its texts
	words map[string]bool // all folds and numbers, to see soon what is not there
}

func readDoc(d *Doc) read {
	r := read{path: d.Path, keys: map[string]bool{}, words: map[string]bool{}}
	for lane, texts := range [][]string{d.Titles, d.References, d.Names, d.Summary, d.Transcript} {
		for _, text := range texts {
			tokens := Tokens(text)
			r.lanes[lane] = append(r.lanes[lane], tokens)
			for _, s := range Dates(text, tokens) {
				r.keys[s.Key] = true
			}
			for _, tk := range tokens {
				r.words[tk.Fold], r.words[tk.Number] = true, true
			}
		}
	}
	for _, key := range d.Dates {
		r.keys[key] = true
	}
	return r
}

// has reports whether the words stand side by side, in this order, in a text of a lane. Of
// names the index tells each pair, of references no order, so that all may stand anywhere there.
func (r *read) has(lane int, words []string) bool {
	if lane == laneNames && len(words) > 1 {
		for i := range len(words) - 1 {
			if !slices.ContainsFunc(r.lanes[lane], func(text []Token) bool { return standsIn(text, words[i:i+2]) }) {
				return false
			}
		}
		return true
	}
	if lane == laneReference || lane == laneNames {
		for _, w := range words {
			if !slices.ContainsFunc(r.lanes[lane], func(text []Token) bool { return standsIn(text, []string{w}) }) {
				return false
			}
		}
		return true
	}
	return slices.ContainsFunc(r.lanes[lane], func(text []Token) bool { return standsIn(text, words) })
}

func standsIn(text []Token, words []string) bool {
	for i := 0; i+len(words) <= len(text); i++ {
		k := 0
		for k < len(words) && (text[i+k].Fold == words[k] || text[i+k].Number == words[k]) {
			k++
		}
		if k == len(words) {
			return true
		}
	}
	return false
}

// wanted is a part of a query: words side by side, in some lanes.
type wanted struct {
	words []string // folded
	lanes []int
	not   bool
}

func (r *read) fits(parts []wanted) bool {
	for _, p := range parts {
		if !p.not && slices.ContainsFunc(p.words, func(w string) bool { return !r.words[w] }) {
			return false
		}
		if slices.ContainsFunc(p.lanes, func(l int) bool { return r.has(l, p.words) }) == p.not {
			return false
		}
	}
	return true
}

// asker makes queries of what stands in records, and says what they ask.
type asker struct {
	r    *rand.Rand
	read []read
}

var fieldNames = []struct {
	name  string
	lanes []int
}{
	{"tiêu-đề", []int{laneTitle}}, {"title", []int{laneTitle}}, {"người", []int{laneNames}}, {"noi", []int{laneNames}}, {"subject", []int{laneNames}},
	{"tom-tat", []int{laneSummary}}, {"tóm-tắt", []int{laneSummary}}, {"toàn-văn", []int{laneTranscript}}, {"text", []int{laneTranscript}},
}

var allLanes = []int{laneTitle, laneReference, laneNames, laneSummary, laneTranscript}

// run is some tokens that stand side by side in a record; none that are numbers, or count.
func (a *asker) run(lane, most int) []Token {
	for {
		texts := a.read[a.r.IntN(len(a.read))].lanes[lane]
		if len(texts) == 0 {
			continue
		}
		text := texts[a.r.IntN(len(texts))]
		n := 1 + a.r.IntN(most)
		if len(text) < n {
			continue
		}
		from := a.r.IntN(len(text) - n + 1)
		if out := text[from : from+n]; !slices.ContainsFunc(out, unsure) {
			return out
		}
	}
}

// unsure are tokens that may be looked for by more than their fold: numbers, and what reads
// as a part of a date or an ordinal.
func unsure(t Token) bool {
	return isNumber(t) || t.Number != "" || slices.Contains([]string{"ngay", "thang", "nam", "thu", "lan"}, t.Fold) || slices.Contains(englishMonths, t.Fold)
}

// query is a query of one to four parts.
func (a *asker) query() (text string, parts []wanted) {
	for range 1 + a.r.IntN(3) {
		lane := []int{laneTitle, laneNames, laneSummary, laneSummary, laneTranscript}[a.r.IntN(5)]
		prefix, allowed := "", allLanes
		if a.r.IntN(6) == 0 {
			f := fieldNames[a.r.IntN(len(fieldNames))]
			prefix, allowed, lane = f.name+":", f.lanes, f.lanes[0]
		}
		if a.r.IntN(3) == 0 {
			run := a.run(lane, 4)
			text += " " + prefix + `"` + a.typed(run) + `"`
			parts = append(parts, wanted{words: folds(run), lanes: allowed})
			continue
		}
		run := a.run(lane, 3)
		if prefix != "" {
			run = run[:1]
		}
		text += " " + prefix + a.typed(run)
		for _, w := range folds(run) {
			parts = append(parts, wanted{words: []string{w}, lanes: allowed})
		}
	}
	switch run := a.run(laneSummary, 2); a.r.IntN(5) {
	case 0:
		text += " -" + a.typed(run[:1])
		parts = append(parts, wanted{words: folds(run[:1]), lanes: allLanes, not: true})
	case 1:
		text += ` -"` + a.typed(run) + `"`
		parts = append(parts, wanted{words: folds(run), lanes: allLanes, not: true})
	}
	return strings.TrimSpace(text), parts
}

// typed is what a reader types for words: sometimes without marks.
func (a *asker) typed(run []Token) string {
	words := make([]string, len(run))
	for i, t := range run {
		words[i] = t.Fold
		if a.r.IntN(2) == 0 {
			words[i] = strings.TrimRight(t.Canon, "123456")
		}
	}
	return strings.Join(words, " ")
}

func folds(run []Token) (out []string) {
	for _, t := range run {
		out = append(out, t.Fold)
	}
	return out
}

// scan are the paths of the records that have all parts, in order.
func scan(records []read, parts []wanted) (out []string) {
	for i := range records {
		if records[i].fits(parts) {
			out = append(out, records[i].path)
		}
	}
	slices.Sort(out)
	return out
}

// The engine finds exactly the records that a scan of all texts finds.
func TestEngineFindsWhatAScanFinds(t *testing.T) {
	f := foreignIndex(t)
	a := &asker{rand.New(rand.NewPCG(11, 19)), f.read}
	var queries []asked
	var parts [][]wanted
	for range 600 {
		text, p := a.query()
		queries, parts = append(queries, asked{Q: text, Need: len(f.docs)}), append(parts, p)
	}
	empty := 0
	for i, got := range ask(t, f.folder, queries...) {
		want, have := scan(f.read, parts[i]), slices.Sorted(slices.Values(got.Titles))
		if len(want) == 0 {
			if empty++; !got.Most && len(got.Lacking) == 0 && got.Total > 0 {
				t.Errorf("%q finds %d records, and does not say that they do not have everything", queries[i].Q, got.Total)
			}
			continue
		}
		if got.Total != len(want) || !slices.Equal(have, want) {
			t.Errorf("%q finds %d records, a scan %d; beside it %.3q, lost %.3q", queries[i].Q, got.Total, len(want), less(have, want), less(want, have))
		}
	}
	if empty > len(queries)/2 {
		t.Errorf("%d of %d queries find nothing", empty, len(queries))
	}
}

func less(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// A day, a month and a year find the records of that date and those that write it.
func TestEngineFindsDatesAsAScanDoes(t *testing.T) {
	f := foreignIndex(t)
	var queries []asked
	var keys []string
	add := func(key, form string, args ...any) {
		queries, keys = append(queries, asked{Q: fmt.Sprintf(form, args...), Need: len(f.docs)}), append(keys, key)
	}
	for i := 0; i < len(f.docs); i += 97 {
		if len(f.docs[i].Dates) == 0 {
			continue
		}
		key := f.docs[i].Dates[2]
		var y, m, d int
		fmt.Sscanf(key, "@%d-%d-%d", &y, &m, &d)
		for _, form := range []string{"%d/%d/%d", "%02d/%02d/%d", "%d-%d-%d", "%d.%d.%d", "ngày %d tháng %d năm %d", "ngay %02d thang %02d nam %d"} {
			add(key, form, d, m, y)
		}
		add(key, "%d %s %d", d, englishMonths[m-1], y)
		add(f.docs[i].Dates[1], "tháng %d/%d", m, y)
		add(f.docs[i].Dates[1], "thang %d nam %d", m, y)
		add(f.docs[i].Dates[1], "%d/%d", m, y)
		add(f.docs[i].Dates[0], "năm %d", y)
	}
	for i, got := range ask(t, f.folder, queries...) {
		var want []string
		for _, r := range f.read {
			if r.keys[keys[i]] {
				want = append(want, r.path)
			}
		}
		slices.Sort(want)
		if have := slices.Sorted(slices.Values(got.Titles)); !slices.Equal(have, want) {
			t.Errorf("%q finds %d records, a scan %d", queries[i].Q, len(have), len(want))
		}
	}
}

// A query without marks finds all that the one with marks does, and that puts what has its
// marks before what has not.
func TestEnginePairs(t *testing.T) {
	f := foreignIndex(t)
	data, err := os.ReadFile("../../testdata/search/pairs.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var pairs []string
	if err := yaml.Unmarshal(data, &pairs); err != nil {
		t.Fatal(err)
	}
	var queries []asked
	for _, p := range pairs {
		marked, bare, _ := strings.Cut(p, " / ")
		queries = append(queries, asked{Q: marked, Need: len(f.docs)}, asked{Q: bare, Need: len(f.docs)})
	}
	byPath := map[string]*read{}
	for i := range f.read {
		byPath[f.read[i].path] = &f.read[i]
	}
	answers, met := ask(t, f.folder, queries...), 0
	for i := 0; i < len(answers); i += 2 {
		marked, bare := answers[i], answers[i+1]
		if marked.Most || len(marked.Lacking) > 0 {
			continue
		}
		met++
		if lost := less(marked.Titles, bare.Titles); len(lost) > 0 {
			t.Errorf("%q does not find %.3q of %q", queries[i+1].Q, lost, queries[i].Q)
		}
		words, behind := Tokens(queries[i].Q), ""
		for _, path := range marked.Titles {
			if has := byPath[path].hasMarks(words); !has {
				behind = path
			} else if behind != "" {
				t.Errorf("%q puts %s, which has not its marks, before %s, which has", queries[i].Q, behind, path)
				break
			}
		}
	}
	if met < 50 {
		t.Errorf("only %d pairs find anything", met)
	}
}

// hasMarks reports whether a record has each of the words that are marked with its marks;
// what is typed without may stand for any.
func (r *read) hasMarks(words []Token) bool {
	for _, w := range words {
		if w.Canon == w.Fold+"1" {
			continue
		}
		has := slices.ContainsFunc(r.lanes[:], func(texts [][]Token) bool {
			return slices.ContainsFunc(texts, func(text []Token) bool {
				return slices.ContainsFunc(text, func(t Token) bool { return t.Canon == w.Canon })
			})
		})
		if !has {
			return false
		}
	}
	return true
}
