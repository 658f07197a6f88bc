package access

import (
	"slices"
	"strings"

	"vitrine/generator/internal/record"
)

// Scope says which records a clearance is about: whole fonds, single records
// and ranges of them.
type Scope struct {
	fonds, records map[string]bool
	ranges         []idRange
}

// NewScope reads the fonds and records of a scope. bad are those entries that
// look like ranges and are none.
func NewScope(s record.Scope) (out Scope, bad []record.Str) {
	out = Scope{fonds: map[string]bool{}, records: map[string]bool{}}
	for _, f := range s.Fonds {
		out.fonds[f.V] = true
	}
	for _, r := range s.Records {
		lo, hi, isRange := strings.Cut(r.V, "..")
		if !isRange {
			out.records[r.V] = true
		} else if ids, ok := newRange(lo, hi); ok {
			out.ranges = append(out.ranges, ids)
		} else {
			bad = append(bad, r)
		}
	}
	return out, bad
}

// Has reports whether a record is in the scope; fonds is the id of its fonds.
func (s *Scope) Has(id, fonds string) bool {
	return s.records[id] || s.fonds[fonds] || slices.ContainsFunc(s.ranges, func(r idRange) bool { return r.has(id) })
}

// Broad reports whether the scope takes in records without naming each.
func (s *Scope) Broad() bool { return len(s.fonds) > 0 || len(s.ranges) > 0 }

// idRange is a range of ids that share a prefix and end in a number of the
// same width, such as mau-0001..mau-0042.
type idRange struct {
	prefix string
	lo, hi string
}

func newRange(lo, hi string) (idRange, bool) {
	lp, ln := cutNumber(strings.TrimSpace(lo))
	hp, hn := cutNumber(strings.TrimSpace(hi))
	ok := ln != "" && lp == hp && len(ln) == len(hn) && ln <= hn
	return idRange{lp, ln, hn}, ok
}

func (r idRange) has(id string) bool {
	p, n := cutNumber(id)
	return p == r.prefix && len(n) == len(r.lo) && n >= r.lo && n <= r.hi
}

func cutNumber(id string) (prefix, number string) {
	i := len(id)
	for i > 0 && id[i-1] >= '0' && id[i-1] <= '9' {
		i--
	}
	return id[:i], id[i:]
}
