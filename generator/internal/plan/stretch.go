package plan

import (
	"cmp"
	"iter"
	"slices"
)

// A long list is cut into stretches, one to a page, before records that a hash
// of their ids chooses: one record more moves no other cut, and the pages
// behind it stay as they are. Measured by TestInsertionsChangeOneStretch.

// How many entries a page of a list is meant to hold. A page holds half as
// many to twice as many, a list of up to one and a half times as many is whole.
const (
	perPage    = 100 // slips
	perGallery = 60  // pictures
	perYear    = 200 // entries of a year, authorities of an index
)

// maxJumps is the most later pages that the first page of a list names.
const maxJumps = 40

// whole is the length up to which a list is not cut.
func whole(per int) int { return per + per/2 }

// cut returns where the stretches of a list of n entries begin, the first at
// 0. From the last cut on, it is made before the entry with the smallest hash
// among those that leave per/2 to 2*per entries on the page. Where two ways of
// cutting meet at one entry they stay together, so a change fades out.
func cut(n, per int, hash func(i int) uint64) []int32 {
	starts := []int32{0}
	for from := 0; n-from > whole(per); {
		next, least := 0, uint64(0)
		for i := from + per/2; i < min(from+2*per, n-per/2); i++ {
			if h := hash(i); next == 0 || h < least {
				next, least = i, h
			}
		}
		starts, from = append(starts, int32(next)), next
	}
	return starts
}

// hashOf is FNV-1a with the last steps of MurmurHash3 behind it, which spread
// what differs in the last letters only, as ids do.
func hashOf(key string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(key) {
		h = (h ^ uint64(key[i])) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// listPage is one page of a long list: what it shows, and where it leads.
type listPage struct {
	rows       []int32
	from       int    // the place of the first of them in the list
	key        string // names the page; empty on the first
	prev, next *turn
	jumps      []turn // to later pages, on the first page only
	total      int    // entries of the list, on the first page only
}

// first reports whether the page opens its list.
func (l listPage) first() bool { return l.key == "" }

// turn is a page of a list that another one leads to.
type turn struct {
	key string
	row int32 // its first entry
}

// listID names a list within the plan.
type listID struct {
	of string
	n  int
}

// listPages yields the pages of a list, at least one. key names the page that
// entry i would begin; nil takes the id of the entry.
func (p *Plan) listPages(id listID, per int, rows []int32, key func(i int) string) iter.Seq[listPage] {
	if key == nil {
		key = func(i int) string { return p.Catalog.ID(rows[i]) }
	}
	return func(yield func(listPage) bool) {
		starts := p.starts(id, per, len(rows), key)
		turnTo := func(n int) turn {
			if n == 0 {
				return turn{row: rows[0]}
			}
			return turn{key(int(starts[n])), rows[starts[n]]}
		}
		for n, from := range starts {
			l := listPage{rows: rows[from:], from: int(from)}
			if n+1 < len(starts) {
				l.rows = rows[from:starts[n+1]]
				next := turnTo(n + 1)
				l.next = &next
			}
			if n == 0 {
				l.total, l.jumps = len(rows), jumps(len(starts), turnTo)
			} else {
				prev := turnTo(n - 1)
				l.key, l.prev = key(int(from)), &prev
			}
			if !yield(l) {
				return
			}
		}
	}
}

// starts cuts a list once for all languages: four bytes for each page.
func (p *Plan) starts(id listID, per, n int, key func(i int) string) []int32 {
	if n <= whole(per) {
		return []int32{0}
	}
	if s, ok := p.cuts.Load(id); ok {
		return s.([]int32)
	}
	s := cut(n, per, func(i int) uint64 { return hashOf(key(i)) })
	p.cuts.Store(id, s)
	return s
}

// jumps are the later pages of a list of n pages, thinned out by hash where
// they are too many: a page more takes the place of one at most.
func jumps(n int, turnTo func(n int) turn) []turn {
	var out []turn
	for i := 1; i < n; i++ {
		out = append(out, turnTo(i))
	}
	if len(out) <= maxJumps {
		return out
	}
	hashes := make([]uint64, len(out))
	for i, t := range out {
		hashes[i] = hashOf(t.key)
	}
	limit := slices.Sorted(slices.Values(hashes))[maxJumps]
	kept := out[:0]
	for i, t := range out {
		if cmp.Less(hashes[i], limit) {
			kept = append(kept, t)
		}
	}
	return slices.Clip(kept)
}
