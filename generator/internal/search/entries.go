package search

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
)

// entrySize is what an entry takes in the file.
const entrySize = 16

func packEntries(list []entry) []byte {
	out := make([]byte, 0, len(list)*entrySize)
	for _, e := range list {
		for _, v := range [...]uint32{e.term, e.doc, uint32(e.canon) | uint32(e.lane)<<16, e.place} {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
	}
	return out
}

func unpackEntries(out []entry, data []byte) []entry {
	at := func(i int) uint32 { return binary.LittleEndian.Uint32(data[i:]) }
	for i := 0; i < len(data); i += entrySize {
		out = append(out, entry{at(i), at(i + 4), uint16(at(i + 8)), uint16(at(i+8) >> 16), at(i + 12)})
	}
	return out
}

// coded is a key of the index with its entries, as they are written.
type coded struct {
	key    string
	canons string // separated by commas
	term   []byte // entry of terms
	body   []byte // entry of bodies, empty where it is in no long field
	docs   int    // records that have it
	common string // commonest spelling
}

// code writes the entries of a part, in the order of their keys.
func (x *Index) code(part int) ([]coded, error) {
	list, err := x.gather(part)
	if err != nil {
		return nil, err
	}
	var out []coded
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].term == list[0].term {
			n++
		}
		out = append(out, x.codeTerm(list[:n]))
		list = list[n:]
	}
	slices.SortFunc(out, func(a, b coded) int { return cmp.Compare(a.key, b.key) })
	return out, nil
}

// codeTerm writes the entries of one term.
func (x *Index) codeTerm(list []entry) coded {
	id := list[0].term
	forms := formsOf(list)
	out := coded{key: x.words.terms[id].key}
	names := make([]string, len(forms))
	number := make(map[uint16]int, len(forms))
	for i, f := range forms {
		names[i], number[f] = x.words.formOf(id, f), i
	}
	x.order(list, names, forms, number)
	out.canons = strings.Join(names, ",")
	if t := &x.words.terms[id]; len(t.canons) > 0 {
		out.common = t.canons[forms[0]].spelling
	}
	var term, body bitWriter
	for lane, places := range lanesOf(list) {
		if len(places) == 0 {
			term.digits(0, 1)
			continue
		}
		term.digits(1, 1)
		switch lane {
		case laneTitle:
			term.set(docsOf(places))
			writePlaces(&term, places, number, len(forms))
		case laneReference, laneNames:
			writeForms(&term, places, number)
		default:
			term.set(docsOf(places))
			writePlaces(&body, places, number, len(forms))
		}
	}
	term.align()
	body.align()
	out.term, out.body, out.docs = term.out, body.out, countDocs(list)
	return out
}

// formsOf are the canonical forms among the entries of a term.
func formsOf(list []entry) []uint16 {
	var out []uint16
	for _, e := range list {
		if !slices.Contains(out, e.canon) {
			out = append(out, e.canon)
		}
	}
	return out
}

// order brings the forms of a term into their order: the commonest first, equal ones by
// name, so that it does not matter who met which first.
func (x *Index) order(list []entry, names []string, forms []uint16, number map[uint16]int) {
	counts := make([]int, len(forms))
	for _, e := range list {
		counts[number[e.canon]]++
	}
	places := make([]int, len(forms))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(names[a], names[b]))
	})
	oldNames, oldForms := slices.Clone(names), slices.Clone(forms)
	for i, p := range places {
		names[i], forms[i] = oldNames[p], oldForms[p]
		number[forms[i]] = i
	}
}

// lanesOf are the entries of each lane, in their order.
func lanesOf(list []entry) (out [lanes][]entry) {
	for _, e := range list {
		out[e.lane] = append(out[e.lane], e)
	}
	return out
}

// docsOf are the records of entries, each once.
func docsOf(list []entry) []uint32 {
	var out []uint32
	for _, e := range list {
		if len(out) == 0 || out[len(out)-1] != e.doc {
			out = append(out, e.doc)
		}
	}
	return out
}

func countDocs(list []entry) int {
	n := 0
	for i := range list {
		if i == 0 || list[i].doc != list[i-1].doc {
			n++
		}
	}
	return n
}

// writeForms writes which records have a term in a lane, form by form.
func writeForms(w *bitWriter, lane []entry, number map[uint16]int) {
	docs := map[int][]uint32{}
	for _, e := range lane {
		list := docs[number[e.canon]]
		if len(list) == 0 || list[len(list)-1] != e.doc {
			docs[number[e.canon]] = append(list, e.doc)
		}
	}
	w.gamma(uint64(len(docs)))
	for _, form := range slices.Sorted(maps.Keys(docs)) {
		w.gamma(uint64(form) + 1)
		w.set(docs[form])
	}
}

// writePlaces writes at which places of a lane a term stands, record by record.
func writePlaces(w *bitWriter, lane []entry, number map[uint16]int, forms int) {
	k := parameter(placeGaps(lane))
	w.digits(uint64(k), 5)
	for i := 0; i < len(lane); {
		n := 1
		for i+n < len(lane) && lane[i+n].doc == lane[i].doc {
			n++
		}
		w.gamma(uint64(n))
		next := uint32(0)
		for _, e := range lane[i : i+n] {
			w.rice(k, uint64(e.place-next))
			if next = e.place + 1; forms > 1 {
				w.ones(uint64(number[e.canon]))
			}
		}
		i += n
	}
}

// placeGaps are the numbers by which the places of a lane are written.
func placeGaps(lane []entry) func(func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for i, e := range lane {
			next := uint32(0)
			if i > 0 && lane[i-1].doc == e.doc {
				next = lane[i-1].place + 1
			}
			if !yield(uint64(e.place - next)) {
				return
			}
		}
	}
}
