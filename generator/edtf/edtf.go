// Package edtf parses, compares and words archival dates.
//
// The notation is the Extended Date/Time Format, ISO 8601-2:2019 Annex A. The
// profile is what archives need of it: all dates and intervals of levels 0 and
// 1, and of level 2 the sets ("[1929-07,1929-08]", "{1965,1968}"), dates of
// which only a part is qualified ("1930-02-?18"), and the parts of a year with
// the codes 25 to 41 (quarters, thirds, halves, seasons of one hemisphere). Any
// such date may end an interval.
//
// Outside the profile, and refused with a reason: times of day, years of more
// than four digits, exponents, significant digits, and unspecified digits
// anywhere but at the right ("1560-XX-25").
//
// Two things the standard leaves open are fixed here. Seasons 21 to 24 are the
// meteorological ones of the northern hemisphere, spring being March to May and
// winter December to the February after it. Years are numbered as in ISO 8601,
// so 0000 is worded as 1 BC.
package edtf

import "iter"

// Date is a date in EDTF. It never changes once parsed. Its zero value is the
// date of something undated.
type Date struct {
	text  string
	shape shape
	spans []span // one, unless the date is a set
	lo    Day
	hi    Day
}

type shape uint8

const (
	undated  shape = iota
	single         // 1945-09-02
	interval       // 1945/1946
	oneOf          // [1945,1946]
	allOf          // {1945,1946}
)

// span runs from one end to another. Of a single date both ends are the same.
type span struct{ from, to end }

// end is one end of a span: a point in time, or none.
type end struct {
	kind  endKind
	point point // set where kind is dated
}

type endKind uint8

const (
	dated   endKind = iota
	open            // "..": goes on, or has always been
	unknown         // "": there is an end, but nobody knows when
)

// String returns the date as it was given to Parse, "" if undated.
func (d Date) String() string { return d.text }

// IsZero reports whether the date is undated.
func (d Date) IsZero() bool { return d.shape == undated }

// IsInterval reports whether the date is written with a slash.
func (d Date) IsInterval() bool { return d.shape == interval }

// IsSet reports whether the date is one of a set or all of a set.
func (d Date) IsSet() bool { return d.shape == oneOf || d.shape == allOf }

// OpenLo reports whether the date has no start, as "../1954" has.
func (d Date) OpenLo() bool { return d.anyEnd(func(s span) bool { return s.from.kind == open }) }

// OpenHi reports whether the date has no end, as "1945-09-02/.." has.
func (d Date) OpenHi() bool { return d.anyEnd(func(s span) bool { return s.to.kind == open }) }

// UnknownLo reports whether the start is unknown, as in "/1954".
func (d Date) UnknownLo() bool { return d.anyEnd(func(s span) bool { return s.from.kind == unknown }) }

// UnknownHi reports whether the end is unknown, as in "1951/".
func (d Date) UnknownHi() bool { return d.anyEnd(func(s span) bool { return s.to.kind == unknown }) }

func (d Date) anyEnd(is func(span) bool) bool {
	for _, s := range d.spans {
		if is(s) {
			return true
		}
	}
	return false
}

// Approximate reports whether any part of the date is marked "~" or "%".
func (d Date) Approximate() bool { return d.anyQualifier(approximate) }

// Uncertain reports whether any part of the date is marked "?" or "%".
func (d Date) Uncertain() bool { return d.anyQualifier(uncertain) }

func (d Date) anyQualifier(q qualifier) bool {
	for p := range d.points() {
		if p.anyPart()&q != 0 {
			return true
		}
	}
	return false
}

// Precision returns the coarsest precision among the parts of the date.
func (d Date) Precision() Precision {
	coarsest := PrecisionNone
	for p := range d.points() {
		coarsest = max(coarsest, p.precision())
	}
	return coarsest
}

// IsLevel0 reports whether the date is plain ISO 8601: a day, a month or a year
// from 0000 to 9999, or an interval between two of them. Only such dates are
// valid for schema.org.
func (d Date) IsLevel0() bool {
	if d.shape != single && d.shape != interval {
		return false
	}
	s := d.spans[0]
	return s.from.isLevel0() && s.to.isLevel0()
}

func (e end) isLevel0() bool {
	p := e.point
	return e.kind == dated && !p.negative && p.years == 1 && p.anyPart() == 0 &&
		p.month >= 0 && p.month <= 12 && p.day >= 0
}

// HTML returns the value for the datetime attribute of <time>. HTML knows only
// single dates of level 0, and no year 0.
func (d Date) HTML() (value string, ok bool) {
	if d.shape != single || !d.IsLevel0() || d.lo < 0 {
		return "", false
	}
	return d.text, true
}

// points yields every point the date names.
func (d Date) points() iter.Seq[point] {
	return func(yield func(point) bool) {
		for _, s := range d.spans {
			if s.from.kind == dated && !yield(s.from.point) {
				return
			}
			if s.to.kind == dated && s.to != s.from && !yield(s.to.point) {
				return
			}
		}
	}
}
