package edtf

import (
	"strconv"
	"strings"
)

// maxShortMembers is the number of members of a set that a short date names.
const maxShortMembers = 3

// Short returns the date in as little room as it takes to understand it, for
// labels: "2/9/1945" and "k. 1930" for "vi", "2 Sep 1945" and "c. 1930"
// otherwise. Which part is in doubt, and that a month or a day is unknown, is
// left out.
func (d Date) Short(lang string) string {
	l := languageOf(lang)
	switch d.shape {
	case undated:
		return l.undated()
	case single, interval:
		return d.spans[0].short(l)
	}
	spans := d.spans
	if len(spans) > maxShortMembers {
		return spans[0].short(l) + ", …, " + spans[len(spans)-1].short(l)
	}
	members := make([]string, len(spans))
	for i, s := range spans {
		members[i] = s.short(l)
	}
	if d.shape == oneOf {
		return join(members, " "+l.or()+" ")
	}
	return strings.Join(members, ", ")
}

func (s span) short(l language) string {
	from, to := s.from, s.to
	switch {
	case from.kind != dated && to.kind != dated:
		return l.unknown()
	case from == to:
		return l.short(from.point, keepAll)
	case from.kind == dated && to.kind == dated:
		common := sharedShort(from.point, to.point)
		a, b := l.short(from.point, common), l.short(to.point, common)
		return a + dash(a, b) + l.short(to.point, keepAll)
	}
	a, b := from.short(l), to.short(l)
	return strings.TrimSpace(a + dash(a, b) + b)
}

func (e end) short(l language) string {
	switch e.kind {
	case open:
		return ""
	case unknown:
		return "?"
	}
	return l.short(e.point, keepAll)
}

// sharedShort is shared for numbers without words, where "8–2/9/1945" would not
// be understood: both ends need the same parts.
func sharedShort(a, b point) drop {
	if a.parts() != b.parts() || isYearPiece(a.month) != isYearPiece(b.month) {
		return keepAll
	}
	return shared(a, b)
}

var yearPiecesShortVi = [len(yearPieces)]string{
	"xuân", "hạ", "thu", "đông",
	"xuân", "hạ", "thu", "đông",
	"xuân", "hạ", "thu", "đông",
	"quý" + nbsp + "I", "quý" + nbsp + "II", "quý" + nbsp + "III", "quý" + nbsp + "IV",
	"4" + nbsp + "tháng đầu", "4" + nbsp + "tháng giữa", "4" + nbsp + "tháng cuối",
	"nửa đầu", "nửa cuối",
}

func (v vietnamese) short(p point, d drop) string {
	var b strings.Builder
	b.WriteString(suffix(p.anyPart()&approximate != 0, "k."+nbsp))
	separator := "/"
	if p.day > 0 {
		b.WriteString(strconv.Itoa(p.day))
	}
	switch {
	case isYearPiece(p.month):
		b.WriteString(yearPiecesShortVi[p.month-firstPiece])
		if !p.isQuarter() {
			separator = nbsp
		}
	case p.month > 0 && d < dropMonth:
		b.WriteString(suffix(p.day > 0, "/") + strconv.Itoa(p.month))
	}
	if d < dropYear {
		b.WriteString(suffix(p.month > 0, separator) + v.shortYear(p))
	}
	b.WriteString(suffix(p.anyPart()&uncertain != 0, "?"))
	return b.String()
}

var shortWordsVi = strings.NewReplacer(
	"những năm"+nbsp, "", "năm"+nbsp, "",
	"thế kỷ", "TK", " trước Công nguyên", nbsp+"TCN",
)

// shortYear shortens the words of the year.
func (v vietnamese) shortYear(p point) string {
	if p.years == 1 && p.year > 0 && !p.negative {
		return strconv.Itoa(p.year)
	}
	return shortWordsVi.Replace(v.year(p))
}

var yearPiecesShortEn = [len(yearPieces)]string{
	"spring", "summer", "autumn", "winter",
	"spring", "summer", "autumn", "winter",
	"spring", "summer", "autumn", "winter",
	"Q1", "Q2", "Q3", "Q4",
	"Jan–Apr", "May–Aug", "Sep–Dec",
	"Jan–Jun", "Jul–Dec",
}

func (e english) short(p point, d drop) string {
	var parts []string
	if p.day > 0 {
		parts = append(parts, strconv.Itoa(p.day))
	}
	switch {
	case isYearPiece(p.month):
		parts = append(parts, yearPiecesShortEn[p.month-firstPiece])
	case p.month > 0 && d < dropMonth:
		parts = append(parts, monthsEn[p.month-1][:3])
	}
	if d < dropYear {
		parts = append(parts, strings.Replace(e.year(p), "century", "c.", 1))
	}
	return suffix(p.anyPart()&approximate != 0, "c."+nbsp) +
		strings.Join(parts, nbsp) +
		suffix(p.anyPart()&uncertain != 0, "?")
}
