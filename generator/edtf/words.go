package edtf

import (
	"strconv"
	"strings"
)

// nbsp joins a number to the word it belongs to, so that no line ends between.
const nbsp = "\u00a0"

// language words dates. The spans and points it is given are never empty.
type language interface {
	undated() string
	unknown() string // neither start nor end is known
	point(p point, d drop) string
	monthDay(p point) string // without the year
	between(from, to point) string
	since(p point) string
	upTo(p point) string
	endUnknown(p point) string
	startUnknown(p point) string
	// member words a span of a set, and list joins the members.
	member(s span, in shape) string
	list(members []string, in shape) string
	// years words a set of nothing but plain years.
	years(members []string, in shape) string
	short(p point, d drop) string
	or() string
}

// drop says which parts of a date are left out, because the date that follows
// says them too.
type drop uint8

const (
	keepAll drop = iota
	dropYear
	dropMonth // and the year
)

func languageOf(lang string) language {
	if lang == "vi" {
		return vietnamese{}
	}
	return english{}
}

// Words returns the date in words, in Vietnamese for "vi" and otherwise in
// English, to be used inside a sentence: "ngày 2 tháng 9 năm 1945",
// "2 September 1945". Numbers are bound to their words with U+00A0.
func (d Date) Words(lang string) string {
	l := languageOf(lang)
	switch d.shape {
	case undated:
		return l.undated()
	case oneOf, allOf:
		return d.setWords(l)
	}
	return d.spans[0].words(l)
}

func (s span) words(l language) string {
	from, to := s.from, s.to
	switch {
	case from.kind != dated && to.kind != dated:
		return l.unknown()
	case from.kind == open:
		return l.upTo(to.point)
	case to.kind == open:
		return l.since(from.point)
	case from.kind == unknown:
		return l.startUnknown(to.point)
	case to.kind == unknown:
		return l.endUnknown(from.point)
	case from.point == to.point:
		return l.point(from.point, keepAll)
	}
	return l.between(from.point, to.point)
}

func (d Date) setWords(l language) string {
	if years, ok := d.plainYears(); ok {
		return l.years(years, d.shape)
	}
	common, last := d.commonTail(), len(d.spans)-1
	members := make([]string, 0, len(d.spans))
	for i, s := range d.spans {
		switch {
		case common != keepAll && i < last:
			members = append(members, l.point(s.from.point, common))
		case s.from == s.to:
			members = append(members, l.point(s.from.point, keepAll))
		default:
			members = append(members, l.member(s, d.shape))
		}
	}
	return l.list(members, d.shape)
}

// plainYears returns the members of a set that has only years, and ranges of
// years, all after the year 99 and none of them qualified.
func (d Date) plainYears() (years []string, ok bool) {
	for _, s := range d.spans {
		if !s.from.isPlainYear() || !s.to.isPlainYear() {
			return nil, false
		}
		year := strconv.Itoa(s.from.point.year)
		if s.to != s.from {
			if d.shape == oneOf {
				return nil, false // "between … and …" is clearer
			}
			year += "–" + strconv.Itoa(s.to.point.year)
		}
		years = append(years, year)
	}
	return years, true
}

func (e end) isPlainYear() bool {
	p := e.point
	return e.isLevel0() && p.month == 0 && p.year > 99
}

// commonTail returns what all members of a set share with the last of them.
func (d Date) commonTail() drop {
	last := d.spans[len(d.spans)-1].from
	common := dropMonth
	for _, s := range d.spans {
		if s.from != s.to || s.from.kind != dated {
			return keepAll
		}
		common = min(common, shared(s.from.point, last.point))
	}
	return common
}

// shared returns what a need not say if b follows it.
func shared(a, b point) drop {
	switch {
	case !a.canDrop() || !b.canDrop() || a.year != b.year || a.negative != b.negative:
		return keepAll
	case a.month == b.month && a.day > 0 && b.day > 0:
		return dropMonth
	}
	return dropYear
}

// canDrop reports whether the point reads well without its year: it has a month
// or the like, and no doubt that would then seem to hold for something else.
func (p point) canDrop() bool {
	hasMonth := p.month > 0 && p.month <= 24 || p.isQuarter()
	return hasMonth && !p.hasUnspecified() && p.anyPart() == p.whole() && p.whole()&uncertain == 0
}

func (p point) isQuarter() bool { return p.month >= 33 && p.month <= 36 }

// eraYear returns the year to show and whether it is before Christ.
func eraYear(year int) (shown int, bc bool) {
	if year > 0 {
		return year, false
	}
	return 1 - year, true
}

// century returns the number of the century and whether it is before Christ.
// "19XX" is the 20th, although that strictly begins a year later.
func (p point) century() (n int, bc bool) { return p.year/100 + 1, p.negative }

func plainSpaces(s string) string { return strings.ReplaceAll(s, nbsp, " ") }
