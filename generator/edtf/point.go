package edtf

// point is one date without a slash or brackets.
type point struct {
	year     int  // the first year; without its sign, see negative
	years    int  // 1, or 10 and 100 where digits are unspecified: 193X, 19XX
	negative bool // beside year because of "-00XX"
	month    int  // 1–12, a code 21–41 for a part of the year, 0 none, or unspecified
	day      int  // 1–31, 0 none, or unspecified
	quality  [3]qualifier
}

// unspecified stands for "XX" in place of a month or a day.
const unspecified = -1

// The indices of point.quality.
const (
	yearPart = iota
	monthPart
	dayPart
)

type qualifier uint8

const (
	uncertain   qualifier = 1 << iota // ?
	approximate                       // ~
)

// Precision says how exact a date is. Coarser ones are greater.
type Precision uint8

// The precisions, from the zero value of an undated date to the coarsest.
const (
	PrecisionNone Precision = iota
	PrecisionDay
	PrecisionMonth
	PrecisionQuarter
	PrecisionSeason
	PrecisionThird
	PrecisionHalf
	PrecisionYear
	PrecisionDecade
	PrecisionCentury
)

// monthsPer holds the length of each precision in months. A day has none.
var monthsPer = [...]int{
	PrecisionMonth: 1, PrecisionQuarter: 3, PrecisionSeason: 3, PrecisionThird: 4,
	PrecisionHalf: 6, PrecisionYear: 12, PrecisionDecade: 120, PrecisionCentury: 1200,
}

// yearPiece is a part of a year that has a code in place of a month.
type yearPiece struct {
	first     int // its first month
	precision Precision
}

// firstPiece is the code of yearPieces[0].
const firstPiece = 21

// yearPieces are the sub-year groupings of ISO 8601-2:2019, 4.8, in the order
// of their codes from 21.
var yearPieces = [...]yearPiece{
	// 21–24: spring, summer, autumn, winter; here as in the northern hemisphere.
	{3, PrecisionSeason}, {6, PrecisionSeason}, {9, PrecisionSeason}, {12, PrecisionSeason},
	// 25–28: the same, northern hemisphere.
	{3, PrecisionSeason}, {6, PrecisionSeason}, {9, PrecisionSeason}, {12, PrecisionSeason},
	// 29–32: the same, southern hemisphere.
	{9, PrecisionSeason}, {12, PrecisionSeason}, {3, PrecisionSeason}, {6, PrecisionSeason},
	// 33–36: quarters.
	{1, PrecisionQuarter}, {4, PrecisionQuarter}, {7, PrecisionQuarter}, {10, PrecisionQuarter},
	// 37–39: thirds.
	{1, PrecisionThird}, {5, PrecisionThird}, {9, PrecisionThird},
	// 40–41: halves.
	{1, PrecisionHalf}, {7, PrecisionHalf},
}

func isYearPiece(month int) bool {
	return month >= firstPiece && month < firstPiece+len(yearPieces)
}

// precision returns what is known: "1930-XX" has the precision of a year.
func (p point) precision() Precision {
	switch {
	case p.years == 100:
		return PrecisionCentury
	case p.years == 10:
		return PrecisionDecade
	case p.month <= 0:
		return PrecisionYear
	case isYearPiece(p.month):
		return yearPieces[p.month-firstPiece].precision
	case p.day <= 0:
		return PrecisionMonth
	}
	return PrecisionDay
}

// bounds returns the first and the last day the point can mean.
func (p point) bounds() (lo, hi Day) {
	first, last := p.yearRange()
	month := 1
	switch {
	case isYearPiece(p.month):
		month = yearPieces[p.month-firstPiece].first
	case p.month > 0:
		month = p.month
	}
	if p.day > 0 {
		lo = DayOf(first, month, p.day)
		return lo, lo
	}
	lo = DayOf(first, month, 1)
	if p.precision() >= PrecisionYear {
		return lo, DayOf(last, 12, 31)
	}
	return lo, clampDay(lo.addMonths(monthsPer[p.precision()]) - 1)
}

// yearRange returns the years the year part can mean, as ISO 8601 numbers them.
func (p point) yearRange() (first, last int) {
	first, last = p.year, p.year+p.years-1
	if !p.negative {
		return first, last
	}
	// "-00XX" ends with -0001, since there is no year minus 0.
	return -last, min(-first, -1)
}

// parts returns the number of parts the point has: 1 to 3.
func (p point) parts() int {
	switch {
	case p.day != 0:
		return 3
	case p.month != 0:
		return 2
	}
	return 1
}

// anyPart returns the qualifiers that hold for at least one part.
func (p point) anyPart() qualifier {
	return p.quality[yearPart] | p.quality[monthPart] | p.quality[dayPart]
}

// whole returns the qualifiers that hold for every part, and so for the date.
func (p point) whole() qualifier {
	q := p.quality[yearPart]
	for _, part := range p.quality[:p.parts()] {
		q &= part
	}
	return q
}

// only returns the qualifiers of one part that do not hold for the whole date.
func (p point) only(part int) qualifier { return p.quality[part] &^ p.whole() }

// hasUnspecified reports whether any digit is an X.
func (p point) hasUnspecified() bool {
	return p.years > 1 || p.month == unspecified || p.day == unspecified
}
