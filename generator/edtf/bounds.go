package edtf

import "iter"

// Bounds returns the first and the last day the date can mean. An open or
// unknown start is MinDay, an open or unknown end MaxDay. Of an undated date
// the first day comes after the last.
func (d Date) Bounds() (lo, hi Day) {
	if d.IsZero() {
		return MaxDay, MinDay
	}
	return d.lo, d.hi
}

// Overlaps reports whether the date can mean a day from lo to hi. The years
// between the members of a set do not count.
func (d Date) Overlaps(lo, hi Day) bool {
	for _, s := range d.spans {
		first, last := s.bounds()
		if first <= hi && lo <= last {
			return true
		}
	}
	return false
}

// Years returns the first and the last year the date touches, for facets.
// Beyond an open or unknown end no year counts: "1951/" touches only 1951.
// Where there is no year at all, from is 1 and to is 0, so that a loop between
// them does nothing.
func (d Date) Years() (from, to int) {
	from, to = 1, 0
	for _, s := range d.spans {
		lo, hi, ok := s.finite()
		if !ok {
			continue
		}
		if from > to {
			from, to = lo.Year(), hi.Year()
			continue
		}
		from, to = min(from, lo.Year()), max(to, hi.Year())
	}
	return from, to
}

// EachYear yields every year between those of Years that the date touches, once
// each and ascending: of "{1965,1968}" only these two.
func (d Date) EachYear() iter.Seq[int] {
	return func(yield func(int) bool) {
		from, to := d.Years()
		for year := from; year <= to; year++ {
			if d.touches(year) && !yield(year) {
				return
			}
		}
	}
}

func (d Date) touches(year int) bool {
	for _, s := range d.spans {
		lo, hi, ok := s.finite()
		if ok && lo.Year() <= year && year <= hi.Year() {
			return true
		}
	}
	return false
}

// bounds resolves both ends of the span.
func (s span) bounds() (lo, hi Day) {
	lo, hi = MinDay, MaxDay
	if s.from.kind == dated {
		lo, _ = s.from.point.bounds()
	}
	if s.to.kind == dated {
		_, hi = s.to.point.bounds()
	}
	return lo, hi
}

// finite is like bounds, but shrinks a span with one end to that end. It is not
// ok if there is none.
func (s span) finite() (lo, hi Day, ok bool) {
	switch {
	case s.from.kind != dated && s.to.kind != dated:
		return 0, 0, false
	case s.from.kind != dated:
		s.from = s.to
	case s.to.kind != dated:
		s.to = s.from
	}
	lo, hi = s.bounds()
	return lo, hi, true
}
