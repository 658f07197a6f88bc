package search

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// names are what tells the content of a file from any other, in 8 characters that no file
// system confuses.
var names = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

// value writes a file of one value.
func (x *Index) value(name *string, kind string, value any) error {
	body, err := encoded(value)
	if err != nil {
		return err
	}
	return x.shard(name, kind, body)
}

// shard writes a file that is named by kind and content, and notes its name. Files of one kind may
// have the same content, as where hundreds of records look alike; it is written once.
func (x *Index) shard(name *string, kind string, body []byte) error {
	sum := sha256.Sum256(body)
	*name = names.EncodeToString(sum[:5])
	file := kind + "-" + *name
	x.mu.Lock()
	twice := x.shards[file]
	x.shards[file] = true
	x.mu.Unlock()
	if twice {
		return nil
	}
	return x.put(file+".js", script(file, body))
}

// root is the value of the root.
type root struct {
	Docs    int               `json:"docs"`
	Langs   []string          `json:"langs"`
	Titles  lines             `json:"titles"`
	Rows    lines             `json:"rows"`
	Days    run               `json:"days"`
	Terms   tree              `json:"terms"`
	Bodies  tree              `json:"bodies"`
	Facets  map[string]string `json:"facets"`
	Years   []int             `json:"years"`
	Undated int               `json:"undated"`
	Spans   string            `json:"spans"`
	Words   string            `json:"words"`
	Events  string            `json:"events"`
}

type run struct {
	Per   int    `json:"per"`
	Names string `json:"names"`
}

type lines struct {
	run
	Lengths []int `json:"lengths"`
}

type tree struct {
	Keys  string `json:"keys"`
	Names string `json:"names"`
}

// Alias tells of a name of an authority that is on the site: text is the name, own the name
// to look for instead, empty where it is its own; path is that of its page in the first
// language, without ".html".
func (x *Index) Alias(text, own, path string) {
	tokens := foldsOf(text)
	if len(tokens) == 0 {
		return
	}
	for _, t := range Tokens(text) {
		x.called(t.Fold, strings.ToLower(norm.NFC.String(text)[t.From:t.To]))
	}
	line := strings.Join(tokens[1:], " ") + "=" + strings.Join(foldsOf(own), " ") + "=" + path
	x.mu.Lock()
	defer x.mu.Unlock()
	if !slices.Contains(x.alias[tokens[0]], line) {
		x.alias[tokens[0]] = append(x.alias[tokens[0]], line)
	}
}

// called notes a token of a name, so that what is like it is offered.
func (x *Index) called(fold, spelling string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if was, ok := x.names[fold]; !ok || spelling < was {
		x.names[fold] = spelling
	}
}

func foldsOf(text string) (out []string) {
	for _, t := range Tokens(text) {
		out = append(out, t.Fold)
	}
	return out
}

// Write writes everything that was not written yet, the root last, with several workers.
func (x *Index) Write(ctx context.Context, workers int) error {
	r := root{Docs: x.docs, Langs: x.langs, Days: run{Per: perDays}}
	r.Years, r.Undated = x.years()
	r.Titles, r.Rows = x.titles.lines(), x.rows.lines()
	err := cmp.Or(x.writeDays(&r), x.writeSpans(&r), x.writeEvents(&r), x.writeTerms(ctx, &r, workers), x.writeFacets(&r))
	if err != nil {
		return err
	}
	body, err := encoded(r)
	if err != nil {
		return err
	}
	return x.put(Root, script("root", body))
}

// years are where the records of each year begin, and where those without a date do.
func (x *Index) years() (years []int, undated int) {
	last := 0
	for n, year := range x.year {
		if year == 0 {
			return years, n
		}
		if int(year) != last {
			years, last = append(years, int(year), n), int(year)
		}
	}
	return years, x.docs
}

// writeDays writes when the records are dated to, of those that are.
func (x *Index) writeDays(r *root) error {
	for from := 0; from < r.Undated; from += perDays {
		name := ""
		if err := x.value(&name, "days", dayFileOf(x.day[from:min(from+perDays, r.Undated)])); err != nil {
			return err
		}
		r.Days.Names += name
	}
	return nil
}

func (x *Index) writeSpans(r *root) error {
	if len(x.span) == 0 {
		return nil
	}
	var list []int
	for _, n := range slices.Sorted(maps.Keys(x.span)) {
		list = append(list, int(n), x.span[n].First, x.span[n].Last)
	}
	return x.value(&r.Spans, "spans", list)
}

// writeTerms codes the parts by several workers and writes them in their order.
func (x *Index) writeTerms(ctx context.Context, r *root, workers int) error {
	w := termWriter{x: x, terms: chunker{x: x, kind: "terms", per: termsFile}, bodies: chunker{x: x, kind: "bodies", per: bodiesFile}}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	done := make([]chan []coded, len(parts))
	for i := range done {
		done[i] = make(chan []coded, 1)
	}
	limit := make(chan struct{}, workers)
	var wg sync.WaitGroup
	wg.Go(func() {
		for part := range parts {
			select {
			case limit <- struct{}{}:
			case <-ctx.Done():
				return
			}
			wg.Go(func() {
				list, err := x.code(part)
				if err != nil {
					cancel(err)
				}
				done[part] <- list
			})
		}
	})
	for part := range parts {
		select {
		case list := <-done[part]:
			if err := w.add(x.withAliases(part, list)); err != nil {
				cancel(err)
			}
			<-limit
		case <-ctx.Done():
		}
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return w.end(r)
}

// withAliases adds the tokens that begin a name and stand in no record.
func (x *Index) withAliases(part int, list []coded) []coded {
	for fold := range x.alias {
		if int(partOf(fold)) != part {
			continue
		}
		at, found := slices.BinarySearchFunc(list, fold, func(c coded, fold string) int { return cmp.Compare(c.key, fold) })
		if !found {
			var none bitWriter
			none.digits(0, lanes)
			none.align()
			list = slices.Insert(list, at, coded{key: fold, term: none.out})
		}
	}
	return list
}

// termWriter writes the coded terms of all parts, one part after another.
type termWriter struct {
	x             *Index
	terms, bodies chunker
	words         []coded
}

func (w *termWriter) add(list []coded) error {
	for _, c := range list {
		aliases := w.x.alias[c.key]
		slices.Sort(aliases)
		err := w.terms.add(c.key, c.canons, c.term, strings.Join(aliases, ";"))
		if err == nil && len(c.body) > 0 {
			err = w.bodies.add(c.key, c.canons, c.body, "")
		}
		if err != nil {
			return err
		}
		if c.common != "" && c.docs > 0 && !strings.ContainsAny(c.key, "0123456789") {
			w.words = append(w.words, coded{key: c.key, docs: c.docs, common: c.common})
			delete(w.x.names, c.key)
		}
	}
	return nil
}

func (w *termWriter) end(r *root) (err error) {
	if r.Terms, err = w.terms.end(); err != nil {
		return err
	}
	if r.Bodies, err = w.bodies.end(); err != nil {
		return err
	}
	return w.writeWords(r)
}

// maxLike is the most tokens that are looked through for one that is like another. Of
// more than that, those in the fewest records are left out.
const maxLike = 20_000

func (w *termWriter) writeWords(r *root) error {
	for fold, spelling := range w.x.names { // of those in no record
		if !strings.ContainsAny(fold, "0123456789") {
			w.words = append(w.words, coded{key: fold, common: spelling})
		}
	}
	slices.SortFunc(w.words, func(a, b coded) int { return cmp.Or(cmp.Compare(b.docs, a.docs), cmp.Compare(a.key, b.key)) })
	kept := w.words[:min(len(w.words), maxLike)]
	slices.SortFunc(kept, func(a, b coded) int { return cmp.Compare(a.key, b.key) })
	var b strings.Builder
	for _, c := range kept {
		b.WriteString(c.key + "\t" + strconv.FormatInt(int64(c.docs), 36) + "\t" + c.common + "\n")
	}
	return w.x.value(&r.Words, "words", strings.TrimSuffix(b.String(), "\n"))
}

// maxValues is the most values of a facet that can be chosen: those that most records
// have. More would take longer to load than anybody reads.
const maxValues = 500

type facetFile struct {
	Values [][]string `json:"values"`
	Bits   string     `json:"bits"`
}

func (x *Index) writeFacets(r *root) error {
	list, err := x.gather(len(parts))
	if err != nil {
		return err
	}
	type value struct {
		Facet
		docs []uint32
	}
	facets := map[string][]value{}
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].term == list[0].term {
			n++
		}
		f := x.labels[list[0].term]
		facets[f.Name] = append(facets[f.Name], value{f, docsOf(list[:n])})
		list = list[n:]
	}
	r.Facets = map[string]string{}
	for name, values := range facets {
		slices.SortFunc(values, func(a, b value) int {
			return cmp.Or(cmp.Compare(len(b.docs), len(a.docs)), cmp.Compare(a.ID, b.ID))
		})
		values = values[:min(len(values), maxValues)]
		slices.SortFunc(values, func(a, b value) int { return cmp.Compare(a.ID, b.ID) })
		var w bitWriter
		file := facetFile{Values: [][]string{}}
		for _, v := range values {
			file.Values = append(file.Values, append([]string{v.ID}, v.Labels...))
			w.set(v.docs)
		}
		w.align()
		file.Bits = base64.StdEncoding.EncodeToString(w.out)
		written := ""
		if err := x.value(&written, "facets", file); err != nil {
			return err
		}
		r.Facets[name] = written
	}
	return nil
}
