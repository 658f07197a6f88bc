package edtf

import (
	"strconv"
	"strings"
)

// english words dates day first, "2 September 1945".
type english struct{}

var monthsEn = [...]string{
	"January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December",
}

// The parts of a year by their codes from 21; each is followed by the year.
var yearPiecesEn = [len(yearPieces)]string{
	"spring", "summer", "autumn", "winter",
	"spring", "summer", "autumn", "winter",
	"spring", "summer", "autumn", "winter",
	"Q1", "Q2", "Q3", "Q4",
	"first four months of", "middle four months of", "last four months of",
	"first half of", "second half of",
}

var notesEn = noteWords{
	north: "northern hemisphere", south: "southern hemisphere",
	noMonth: "month unknown", noDay: "day unknown", noMonthDay: "month and day unknown",
	parts: [3]string{"year", "month", "day"}, yearPiece: "part of the year",
	approximate: " approximate", uncertain: " uncertain",
}

func (english) undated() string { return "undated" }
func (english) unknown() string { return "date unknown" }
func (english) or() string      { return "or" }

func (e english) point(p point, d drop) string {
	s := e.plain(p, d)
	if p.whole()&approximate != 0 {
		s = "c." + nbsp + s
	}
	return addNotes(s, p, notesEn)
}

func (e english) monthDay(p point) string { return e.plain(p, dropYear) }

// plain words the point without what is said of it as a whole, but for the
// question mark.
func (e english) plain(p point, d drop) string {
	var b strings.Builder
	if p.day > 0 {
		b.WriteString(strconv.Itoa(p.day) + e.questionMark(p, dayPart))
	}
	if p.month > 0 && d < dropMonth {
		b.WriteString(suffix(p.day > 0, nbsp))
		b.WriteString(e.month(p) + e.questionMark(p, monthPart))
	}
	if d < dropYear {
		if p.month > 0 {
			b.WriteString(e.space(p))
		}
		b.WriteString(e.year(p))
	}
	b.WriteString(suffix(p.whole()&uncertain != 0, "?"))
	return b.String()
}

func (english) month(p point) string {
	if isYearPiece(p.month) {
		return yearPiecesEn[p.month-firstPiece]
	}
	return monthsEn[p.month-1]
}

// space goes before the year. "Q1" is too short to stand at the end of a line.
func (english) space(p point) string {
	if p.isQuarter() {
		return nbsp
	}
	return " "
}

func (english) year(p point) string {
	if p.years == 100 {
		n, bc := p.century()
		return ordinalEn(n) + nbsp + "century" + suffix(bc, nbsp+"BC")
	}
	from, to := p.yearRange()
	first, bc := eraYear(from)
	switch {
	case p.years == 1 && bc:
		return strconv.Itoa(first) + nbsp + "BC"
	case p.years == 1 && first < 100:
		return "AD" + nbsp + strconv.Itoa(first) // a bare "40" is not read as a year
	case p.years == 1:
		return strconv.Itoa(first)
	case p.negative:
		last, _ := eraYear(to)
		return strconv.Itoa(first) + "–" + strconv.Itoa(last) + nbsp + "BC"
	}
	return strconv.Itoa(p.year) + "s"
}

// questionMark follows a day or a month that alone is uncertain.
func (english) questionMark(p point, part int) string {
	return suffix(p.only(part)&uncertain != 0, "?")
}

func (e english) between(from, to point) string {
	common := shared(from, to)
	a, b := e.point(from, common), e.point(to, common)
	return a + dash(a, b) + e.point(to, keepAll)
}

// dash returns the dash between two ends, with spaces around it if there is a
// space in one of them. What both ends share is left out of a and b.
func dash(a, b string) string {
	if strings.ContainsAny(a+b, " "+nbsp) {
		return " – "
	}
	return "–"
}

func (e english) since(p point) string { return "since " + e.point(p, keepAll) }
func (e english) upTo(p point) string  { return "up to " + e.point(p, keepAll) }

func (e english) endUnknown(p point) string {
	return addNote("from "+e.point(p, keepAll), "end unknown")
}

func (e english) startUnknown(p point) string {
	return addNote("until "+e.point(p, keepAll), "start unknown")
}

func (e english) member(s span, in shape) string {
	conjunction := " and "
	if in == oneOf {
		conjunction = " or "
	}
	switch {
	case s.from.kind == open:
		return e.point(s.to.point, keepAll) + conjunction + "earlier"
	case s.to.kind == open:
		return e.point(s.from.point, keepAll) + conjunction + "later"
	case in == oneOf && s.from != s.to:
		from := e.point(s.from.point, shared(s.from.point, s.to.point))
		return "between " + from + " and " + e.point(s.to.point, keepAll)
	}
	return s.words(e)
}

func (e english) years(members []string, in shape) string { return e.list(members, in) }

func (english) list(members []string, in shape) string {
	if in == oneOf {
		return join(members, " or ")
	}
	return join(members, " and ")
}

// ordinalEn writes "1st", "2nd", "23rd".
func ordinalEn(n int) string {
	ending := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}
