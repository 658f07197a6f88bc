package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"slices"

	"vitrine/generator/internal/catalog"
)

// The key of a page is the hash of everything it can show: how its kind is
// made, what it was given when it was planned, and every answer that it got
// while it was composed. The questions are kept beside the key. The next build
// asks them again; where all answers are the same the page is the same.
//
// Questions are kept in the code
//
//	uvarint matters of the site, as bits
//	uvarint number of ids, then for each, in order:
//	        string id, uvarint questions, as bits; 0 where it was looked for only
//	uvarint number of files, then each as a string, in order
//
// where a string has its length before it as a uvarint.

// code writes the questions of a page.
func (q *inquiry) code(cat *catalog.Catalog) string {
	type asked struct {
		id   string
		what question
	}
	list := make([]asked, 0, len(q.rows)+len(q.absent))
	for row, what := range q.rows {
		list = append(list, asked{cat.ID(row), what})
	}
	for id := range q.absent {
		list = append(list, asked{id: id})
	}
	slices.SortFunc(list, func(a, b asked) int {
		if a.id < b.id {
			return -1
		}
		return 1
	})
	out := binary.AppendUvarint(nil, uint64(q.site))
	out = binary.AppendUvarint(out, uint64(len(list)))
	for _, a := range list {
		out = binary.AppendUvarint(appendString(out, a.id), uint64(a.what))
	}
	files := make([]string, 0, len(q.files))
	for f := range q.files {
		files = append(files, f)
	}
	slices.Sort(files)
	out = binary.AppendUvarint(out, uint64(len(files)))
	for _, f := range files {
		out = appendString(out, f)
	}
	return string(out)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes the parts of a code from its front.
type reader struct {
	s  string
	ok bool
}

func (r *reader) number() uint64 {
	var n uint64
	for shift := 0; shift < 64 && len(r.s) > 0; shift += 7 {
		b := r.s[0]
		r.s = r.s[1:]
		if n |= uint64(b&0x7f) << shift; b < 0x80 {
			return n
		}
	}
	r.ok = false
	return 0
}

func (r *reader) string() string {
	n := r.number()
	if n > uint64(len(r.s)) {
		r.ok, r.s = false, ""
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

// Key is the key of a page that asks the questions of a code. ok is false
// where there is no such code.
func (p *Plan) Key(j Job, questions string) (key [32]byte, ok bool) {
	if questions == "" {
		return key, false
	}
	var given [16]byte
	if j.given != nil {
		given = sumOf(j.given())
	}
	h := sha256.New()
	digest := p.digestOf(j.Kind)
	b := append(append(appendString(nil, p.Base), digest[:]...), given[:]...)
	h.Write(appendString(appendString(b, j.Lang), j.Path))
	r := &reader{questions, true}
	site := matter(r.number())
	for n := range matters {
		if m := matter(1 << n); site&m != 0 {
			sum := p.matter(m, j.Lang)
			h.Write(sum[:])
		}
	}
	for n := r.number(); n > 0 && r.ok; n-- {
		p.answer(h, r.string(), question(r.number()))
	}
	for n := r.number(); n > 0 && r.ok; n-- {
		file := r.string()
		fmt.Fprintf(h, "%s\x00%s\x00", file, p.FileState(file))
	}
	h.Sum(key[:0])
	return key, r.ok && r.s == ""
}

// digestOf is what pages of a kind are made with.
func (p *Plan) digestOf(kind string) [32]byte {
	if d, ok := p.digests.Load(kind); ok {
		return d.([32]byte)
	}
	d := p.Digest(kind)
	p.digests.Store(kind, d)
	return d
}

// answer writes what a page learns of one entry.
func (p *Plan) answer(h hash.Hash, id string, what question) {
	var room [512]byte
	b := append(appendString(room[:0], id), byte(what), byte(what>>8))
	row, ok := p.Catalog.cat.Find(id)
	if !ok {
		h.Write(append(b, 0))
		return
	}
	b = append(b, 1)
	for n := range questions {
		if q := question(1 << n); what&q != 0 {
			b = p.appendAnswer(b, row, q)
		}
	}
	h.Write(b)
}

func (p *Plan) appendAnswer(b []byte, row int32, q question) []byte {
	cat := p.Catalog.cat
	switch q {
	case askName:
		return cat.AppendName(b, row)
	case askFace:
		return p.Catalog.thumbs.Append(cat.AppendFace(b, row), row)
	case askCount:
		return binary.AppendUvarint(b, uint64(cat.Beneath(row)))
	case askText:
		return p.appendText(b, row)
	case askImages:
		th, _ := p.Catalog.thumbs.Of(row)
		return append(b, th.Sum[:]...)
	case askPlace:
		return p.appendIDs(b, cat.Parent(row), cat.Before(row), cat.Next(row))
	case askShown:
		for _, l := range cat.Exhibitions(row) {
			b = p.appendIDs(b, l.Entry)
		}
		return append(b, 0)
	}
	sum := p.long(row, q)
	return append(b, sum[:]...)
}

func (p *Plan) appendIDs(b []byte, rows ...int32) []byte {
	for _, row := range rows {
		if row < 0 {
			b = append(b, 0)
			continue
		}
		b = appendString(b, p.Catalog.cat.ID(row))
	}
	return b
}

// appendText appends what tells the record of an entry, and what may be shown
// of it, from any other.
func (p *Plan) appendText(b []byte, row int32) []byte {
	cat := p.Catalog.cat
	if cat.Kind(row) != catalog.Unit {
		return appendString(b, p.authorityState(row))
	}
	sum, v := cat.Sum(row), cat.Verdict(row)
	b = append(append(b, sum[:]...), byte(v.Parts), byte(v.Reason))
	b = binary.AppendUvarint(b, uint64(v.MaxPx))
	return cat.AppendInherited(b, row)
}

// authorityState tells the files in which an authority is described from any
// others, by their bytes.
func (p *Plan) authorityState(row int32) string {
	f := authorityFile(p, row)
	state := p.FileState(f.Path)
	for _, name := range p.Tree.BodyNames(f, p.Catalog.cat.ID(row)) {
		state += "\x00" + p.FileState(name)
	}
	return state
}

// long answers what takes long to answer, once for all pages.
func (p *Plan) long(row int32, q question) [16]byte {
	type key struct {
		row int32
		q   question
	}
	return p.once(key{row, q}, func() any {
		cat := p.Catalog.cat
		switch q {
		case askCounts:
			return cat.Counts(row)
		case askLinked:
			links, _ := p.linked(row)
			return len(links)
		case askNarrower:
			return p.ids(cat.Narrower(row))
		case askDocuments:
			return cat.Documents(row)
		case askSpecial:
			return p.ids(cat.Special(row, maxSpecial))
		case askBranches:
			branches, _ := p.beneath(row)
			return p.ids(branches)
		case askStrip:
			return p.ids(p.strips[row])
		}
		panic(fmt.Sprintf("no answer to question %b", q))
	})
}

// once sums a value up and keeps the sum.
func (p *Plan) once(key any, value func() any) [16]byte {
	if sum, ok := p.answers.Load(key); ok {
		return sum.([16]byte)
	}
	sum := sumOf(value())
	p.answers.Store(key, sum)
	return sum
}

func (p *Plan) ids(rows []int32) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = p.Catalog.cat.ID(row)
	}
	return out
}

// given is what a page of a list takes from the plan, with what else it takes.
func (p *Plan) given(l listPage, more ...any) func() any {
	return func() any {
		var turns []string
		for _, t := range []*turn{l.prev, l.next} {
			if t != nil {
				turns = append(turns, t.key, p.Catalog.cat.ID(t.row))
			}
			turns = append(turns, "")
		}
		for _, t := range l.jumps {
			turns = append(turns, t.key, p.Catalog.cat.ID(t.row))
		}
		return []any{p.ids(l.rows), l.key, turns, l.total, fmt.Sprintf("%+v", more)}
	}
}

// sumOf sums up a value of strings and numbers.
func sumOf(v any) (sum [16]byte) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(v); err != nil {
		panic(err)
	}
	copy(sum[:], h.Sum(nil))
	return sum
}
