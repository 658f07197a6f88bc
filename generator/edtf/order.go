package edtf

import (
	"cmp"
	"math"
)

// Key is a date packed for sorting. Keys compare as their dates do.
type Key struct {
	Lo   int32  // the day to sort by
	Span uint32 // the length in days, less one
}

// Compare returns -1, 0 or +1 as k sorts before, with or after other.
func (k Key) Compare(other Key) int {
	return cmp.Or(cmp.Compare(k.Lo, other.Lo), cmp.Compare(k.Span, other.Span))
}

// Year returns the only year that a date of this key touches. ok is false where
// it may touch several, or none; then the date itself must be asked.
func (k Key) Year() (year int, ok bool) {
	lo, hi := int64(k.Lo), int64(k.Lo)+int64(k.Span)
	if lo <= int64(MinDay) || hi >= int64(MaxDay) {
		return 0, false // an end may be missing
	}
	year = Day(lo).Year()
	return year, k.Span == 0 || k.Span < 366 && Day(hi).Year() == year
}

// undatedKey comes after every other key in both directions.
var undatedKey = Key{Lo: math.MaxInt32, Span: math.MaxUint32}

// Compare returns -1, 0 or +1 as a sorts before, with or after b. Dates sort by
// their first day and then the shorter one first: a day before the month and
// the month before the year that it begins. A date without a start sorts by its
// last day, an undated one last.
func Compare(a, b Date) int { return a.Key().Compare(b.Key()) }

// CompareDescending is the order with the latest first: by the last day, then
// the shorter first. A date without an end sorts by its first day, an undated
// one last here too.
func CompareDescending(a, b Date) int { return a.DescendingKey().Compare(b.DescendingKey()) }

// Key returns the key for the order of Compare.
func (d Date) Key() Key {
	if d.IsZero() {
		return undatedKey
	}
	by := d.lo
	if d.lacksLo() {
		by = d.hi
	}
	return Key{Lo: int32(by), Span: uint32(d.hi - d.lo)}
}

// DescendingKey returns the key for the order of CompareDescending.
func (d Date) DescendingKey() Key {
	if d.IsZero() {
		return undatedKey
	}
	by := d.hi
	switch {
	case d.lacksLo() && d.lacksHi():
		by = MinDay // nothing to go by, so after all that have something
	case d.lacksHi():
		by = d.lo
	}
	return Key{Lo: -int32(by), Span: uint32(d.hi - d.lo)}
}

func (d Date) lacksLo() bool { return d.OpenLo() || d.UnknownLo() }
func (d Date) lacksHi() bool { return d.OpenHi() || d.UnknownHi() }
