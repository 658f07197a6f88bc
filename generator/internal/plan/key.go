package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/pack"
)

// The key of a page is the hash of everything it can show: how its kind is
// made, what it was given when it was planned, and every answer that it got
// while it was composed. The questions are kept beside the key. The next build
// asks them again; where all answers are the same the page is the same.
//
// Questions are kept in the code
//
//	uvarint matters of the site, as bits, above a lowest bit that is set where
//	        the page was given something when it was planned
//	16 bytes of a SHA-256 of that, if there was anything
//	uvarint number of ids, then for each, in order:
//	        string id, uvarint questions, as bits; 0 where it was looked for only
//	uvarint number of files, then each as a string, in order
//
// where a string has its length before it as a uvarint.

// code writes the questions of a page.
func (q *inquiry) code(cat *catalog.Catalog, given func() any) string {
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
	slices.SortFunc(list, func(a, b asked) int { return strings.Compare(a.id, b.id) })
	site := uint64(q.site) << 1
	out := make([]byte, 0, 32+32*len(list))
	if given != nil {
		sum := sumOf(given())
		out = append(binary.AppendUvarint(out, site|1), sum[:]...)
	} else {
		out = binary.AppendUvarint(out, site)
	}
	out = binary.AppendUvarint(out, uint64(len(list)))
	for _, a := range list {
		out = binary.AppendUvarint(pack.Text(out, a.id), uint64(a.what))
	}
	out = binary.AppendUvarint(out, uint64(len(q.files)))
	for _, f := range slices.Sorted(maps.Keys(q.files)) {
		out = pack.Text(out, f)
	}
	return string(out)
}

// begin takes the matters of the site and the sum of what the page was given,
// empty where it was given nothing, from the front of a code.
func begin[T pack.Bytes](r *pack.Reader[T]) (site matter, given T) {
	n := r.Uvarint()
	if n&1 != 0 {
		given = r.Take(16)
	}
	return matter(n >> 1), given
}

// Key is the key of a page that asks the questions of a code. ok is false
// where there is no such code.
func (p *Plan) Key(j Job, questions string) (key [32]byte, ok bool) {
	if questions == "" {
		return key, false
	}
	var room [4 << 10]byte
	b := pack.Text(pack.Text(room[:0], j.Lang), j.Path)
	base, digest := p.baseSum(), p.digestOf(j.Kind)
	b = append(append(b, base[:]...), digest[:]...)
	if j.given != nil {
		sum := sumOf(j.given())
		b = append(b, sum[:]...)
	}
	r := &pack.Reader[string]{Rest: questions}
	site, _ := begin(r)
	for m := range site.each() {
		sum := p.matter(m, j.Lang)
		b = append(b, sum[:]...)
	}
	for n := r.Uvarint(); n > 0 && !r.Bad; n-- {
		b = p.appendEntry(b, r.Text(), question(r.Uvarint()))
	}
	for n := r.Uvarint(); n > 0 && !r.Bad; n-- {
		file := r.Text()
		b = pack.Text(pack.Text(b, file), p.FileState(file))
	}
	return sha256.Sum256(b), !r.Bad && r.Rest == ""
}

// baseSum sums up what every page rests on.
func (p *Plan) baseSum() [16]byte { return p.once("base", func() any { return p.Base }) }

// digestOf is what pages of a kind are made with.
func (p *Plan) digestOf(kind string) [32]byte {
	if d, ok := p.digests.Load(kind); ok {
		return d.([32]byte)
	}
	d := p.Digest(kind)
	p.digests.Store(kind, d)
	return d
}

// appendEntry appends what a page learns of one entry.
func (p *Plan) appendEntry(b []byte, id string, what question) []byte {
	b = append(pack.Text(b, id), byte(what), byte(what>>8))
	row, ok := p.Catalog.cat.Find(id)
	if !ok {
		return append(b, 0)
	}
	b = append(b, 1)
	for q := range what.each() {
		b = p.appendAnswer(b, row, q)
	}
	return b
}

func (p *Plan) appendAnswer(b []byte, row int32, q question) []byte {
	cat := p.Catalog.cat
	switch q {
	case askName:
		return cat.AppendName(b, row)
	case askOtherName:
		return cat.AppendTranslations(b, row)
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
	case askEditions:
		return p.history.append(b, row)
	case askBranches:
		if cat.Beneath(row) == 0 {
			return append(b, 0)
		}
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
		b = pack.Text(b, p.Catalog.cat.ID(row))
	}
	return b
}

// appendText appends what tells the record of an entry, and what may be shown
// of it, from any other.
func (p *Plan) appendText(b []byte, row int32) []byte {
	cat := p.Catalog.cat
	if cat.Kind(row) != catalog.Unit {
		return pack.Text(b, p.authorityState(row))
	}
	sum := cat.Sum(row)
	b = cat.Verdict(row).Append(append(b, sum[:]...))
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
func sumOf(v any) [16]byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return shortSum(data)
}

func shortSum(data []byte) (sum [16]byte) {
	all := sha256.Sum256(data)
	copy(sum[:], all[:])
	return sum
}
