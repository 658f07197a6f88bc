package plan

import (
	"bytes"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/pack"
)

// What pages were told is kept, summed up answer by answer, for the next build.
// It asks each question once, finds the answers that differ, and computes the
// keys of those pages alone that were told one of them: a key for each of
// hundreds of thousands of pages takes longer than everything else.
//
// Answers are kept in rows, in the order of their names
//
//	absent/<hex of id>   nothing: it was looked for and nobody bears it
//	base                 what every page rests on
//	file/<hex of path>   a source file
//	id/<id>              an entry: an answer to each question
//	kind/<kind>          what pages of a kind are made with
//	site/<lang>          the matters of the site, an answer to each
//
// where the answer to a question is its number, one byte, and 16 bytes of a
// SHA-256; in the rows of base, files and kinds there is one, with the number 0.
// They hold at least what the pages of the ledger asked.

// answerLen is the length of an answer with the number of its question.
const answerLen = 1 + 16

func answer(n int, value any) []byte {
	sum := sumOf(value)
	return append([]byte{byte(n)}, sum[:]...)
}

// asked is everything that pages have asked so far.
type asked struct {
	rows []atomic.Uint32 // by row: questions, and lookedFor

	mu     sync.Mutex
	absent map[string]bool
	files  map[string]bool
	kinds  map[string]bool
	site   map[string]matter // by language
}

// lookedFor is set for each entry that any page looked for; no question has
// this bit.
const lookedFor = 1 << 31

func (a *asked) begin(cat *catalog.Catalog) {
	a.rows = make([]atomic.Uint32, cat.Rows())
	a.absent, a.files, a.kinds, a.site = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]matter{}
}

// note adds the questions of a page.
func (a *asked) note(q *inquiry, kind, lang string) {
	for row, what := range q.rows {
		a.rows[row].Or(uint32(what) | lookedFor)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.kinds[kind] = true
	a.site[lang] |= q.site
	maps.Copy(a.absent, q.absent)
	maps.Copy(a.files, q.files)
}

// also adds something to a set.
func (a *asked) also(set map[string]bool, name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	set[name] = true
}

// entryAnswers are the answers of an entry to some questions.
func (p *Plan) entryAnswers(row int32, what question) []byte {
	var room [1 << 10]byte
	out := make([]byte, 0, 8*answerLen)
	for q := range what.each() {
		sum := shortSum(p.appendAnswer(room[:0], row, q))
		out = append(append(out, byte(numberOf(q))), sum[:]...)
	}
	return out
}

func (p *Plan) siteAnswers(lang string, what matter) []byte {
	var out []byte
	for m := range what.each() {
		sum := p.matter(m, lang)
		out = append(append(out, byte(numberOf(m))), sum[:]...)
	}
	return out
}

// setOf are the questions to which answers are kept.
func setOf[T ~uint16 | ~uint32](kept []byte) (set T) {
	for ; len(kept) >= answerLen; kept = kept[answerLen:] {
		set |= 1 << (kept[0] & 31)
	}
	return set
}

// differing are the questions of two lists that do not have the same answer in
// both. The lists are of the same questions unless one was not written by us.
func differing(a, b []byte) (set question) {
	if len(a) != len(b) {
		return everyQuestion
	}
	for i := 0; i+answerLen <= len(a); i += answerLen {
		if !bytes.Equal(a[i:i+answerLen], b[i:i+answerLen]) {
			set |= 1 << (a[i] & 31)
		}
	}
	return set
}

// Answers are what the pages of this site were told, for the next build. old
// are the rows that the last one kept and changes what differs from them.
func (p *Plan) Answers(old iter.Seq2[string, []byte], changes *Changes) iter.Seq2[string, []byte] {
	a := &p.asked
	return func(yield func(string, []byte) bool) {
		for _, id := range slices.Sorted(maps.Keys(a.absent)) {
			if !yield("absent/"+hex.EncodeToString([]byte(id)), nil) {
				return
			}
		}
		if !yield("base", answer(0, p.Base)) {
			return
		}
		for _, f := range slices.Sorted(maps.Keys(a.files)) {
			if !yield("file/"+hex.EncodeToString([]byte(f)), answer(0, p.FileState(f))) {
				return
			}
		}
		if !p.entries(old, changes, yield) {
			return
		}
		for _, k := range slices.Sorted(maps.Keys(a.kinds)) {
			if !yield("kind/"+k, answer(0, p.digestOf(k))) {
				return
			}
		}
		for _, lang := range slices.Sorted(maps.Keys(a.site)) {
			if !yield("site/"+lang, p.siteAnswers(lang, a.site[lang])) {
				return
			}
		}
	}
}

// entries yields the rows of all entries that were asked for. One that is as it
// was is taken as it was kept.
func (p *Plan) entries(old iter.Seq2[string, []byte], changes *Changes, yield func(string, []byte) bool) bool {
	next, stop := iter.Pull2(old)
	defer stop()
	name, kept, ok := next()
	for row := range p.Catalog.cat.ByID() {
		asked := p.asked.rows[row].Load()
		if asked == 0 {
			continue
		}
		what := question(asked &^ lookedFor)
		id := p.Catalog.cat.ID(row)
		now := "id/" + id
		for ok && name < now { // names of entries have no letter before the slash
			name, kept, ok = next()
		}
		answers := kept
		if !ok || name != now || changes.ids[id] != 0 || setOf[question](kept) != what {
			answers = p.entryAnswers(row, what)
		}
		if !yield(now, answers) {
			return false
		}
	}
	return true
}

// Changes are the answers that are not what the last build told its pages.
// Compare may be called from many goroutines, the other methods after it.
type Changes struct {
	p *Plan

	mu    sync.Mutex
	all   bool // anything may have changed
	based bool // the row of the base was met
	ids   map[string]question
	files map[string]bool
	site  matter // in any language

	absent  map[string]bool // ids that nobody bears, now
	sources map[string]bool // files that were asked for
}

// everyQuestion stands for an entry that has come or gone.
const everyQuestion = ^question(0)

// maxChanges is how many entries may differ before it is as good to take all
// pages for changed.
const maxChanges = 50_000

// Changes are none as yet.
func (p *Plan) Changes() *Changes {
	return &Changes{p: p, ids: map[string]question{}, files: map[string]bool{}, absent: map[string]bool{}, sources: map[string]bool{}}
}

// Compare compares a row of what the last build kept with what is the case
// now. Whatever was asked then of an entry is kept again; what was asked of
// ids that nobody bears and of files is, if a page is met that did.
func (c *Changes) Compare(name string, kept []byte) {
	p := c.p
	of, rest, _ := strings.Cut(name, "/")
	plain, _ := hex.DecodeString(rest) // of files and what was absent
	switch of {
	case "absent":
		c.compareAbsent(string(plain))
	case "id":
		c.compareEntry(rest, kept)
	case "file":
		c.differ(nil, []byte{1}, func() { c.sources[string(plain)] = true })
		c.differ(kept, answer(0, p.FileState(string(plain))), func() { c.files[string(plain)] = true })
	case "kind":
		p.asked.also(p.asked.kinds, rest)
		c.differ(kept, answer(0, p.digestOf(rest)), func() { c.all = true })
	case "site":
		c.compareSite(rest, kept)
	case "base":
		c.differ(kept, answer(0, p.Base), func() { c.all = true })
		c.mu.Lock()
		c.based = true
		c.mu.Unlock()
	default:
		c.differ(nil, []byte{0}, func() { c.all = true })
	}
}

// differ notes, alone, that what was kept is not what is the case.
func (c *Changes) differ(kept, now []byte, note func()) {
	if bytes.Equal(kept, now) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	note()
	c.all = c.all || len(c.ids) > maxChanges
}

func (c *Changes) compareAbsent(id string) {
	row, ok := c.p.Catalog.cat.Find(id)
	if !ok {
		c.differ(nil, []byte{1}, func() { c.absent[id] = true })
		return
	}
	c.p.asked.rows[row].Or(lookedFor)
	c.differ(nil, []byte{1}, func() { c.ids[id] = everyQuestion })
}

func (c *Changes) compareEntry(id string, kept []byte) {
	row, ok := c.p.Catalog.cat.Find(id)
	if !ok {
		c.differ(nil, []byte{1}, func() { c.ids[id], c.absent[id] = everyQuestion, true })
		return
	}
	what := setOf[question](kept)
	c.p.asked.rows[row].Or(uint32(what) | lookedFor)
	now := c.p.entryAnswers(row, what)
	c.differ(kept, now, func() { c.ids[id] = differing(kept, now) })
}

func (c *Changes) compareSite(lang string, kept []byte) {
	a := &c.p.asked
	what := setOf[matter](kept)
	a.mu.Lock()
	a.site[lang] |= what
	a.mu.Unlock()
	now := c.p.siteAnswers(lang, what)
	c.differ(kept, now, func() { c.site |= matter(differing(kept, now)) })
}

// Known reports whether there were answers to compare with. Without them
// nothing is known of what any page asked.
func (c *Changes) Known() bool { return c.based }

// Untouched reports whether a page that was made with the questions of a code
// has the key that it had, if what it is given is what it was given then, whose
// sum is returned (nil where it was given nothing). It is certain where it says
// so. Every page of the last build must come by here: what it asked is kept.
func (c *Changes) Untouched(questions []byte) (given []byte, ok bool) {
	r := &pack.Reader[[]byte]{Rest: questions, Bad: len(questions) == 0}
	site, given := begin(r)
	ok = c.based && !c.all && site&c.site == 0
	for n := r.Uvarint(); n > 0 && !r.Bad; n-- {
		id, what := r.Text(), question(r.Uvarint())
		changed := c.ids[string(id)]
		ok = ok && changed != everyQuestion && changed&what == 0
		if c.absent[string(id)] {
			c.p.asked.also(c.p.asked.absent, string(id))
		}
	}
	for n := r.Uvarint(); n > 0 && !r.Bad; n-- {
		file := r.Text()
		ok = ok && !c.files[string(file)]
		if c.sources[string(file)] {
			c.p.asked.also(c.p.asked.files, string(file))
		}
	}
	return given, ok && !r.Bad && len(r.Rest) == 0
}
