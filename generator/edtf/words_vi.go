package edtf

import (
	"strconv"
	"strings"
)

// vietnamese words dates in the official form, "ngày 2 tháng 9 năm 1945".
type vietnamese struct{}

// The parts of a year by their codes from 21; each is followed by the year.
var yearPiecesVi = [len(yearPieces)]string{
	"mùa xuân", "mùa hạ", "mùa thu", "mùa đông",
	"mùa xuân", "mùa hạ", "mùa thu", "mùa đông",
	"mùa xuân", "mùa hạ", "mùa thu", "mùa đông",
	"quý" + nbsp + "I", "quý" + nbsp + "II", "quý" + nbsp + "III", "quý" + nbsp + "IV",
	"bốn tháng đầu", "bốn tháng giữa", "bốn tháng cuối",
	"nửa đầu", "nửa cuối",
}

var notesVi = noteWords{
	north: "Bắc bán cầu", south: "Nam bán cầu",
	noMonth: "không rõ tháng", noDay: "không rõ ngày", noMonthDay: "không rõ ngày tháng",
	parts: [3]string{"năm", "tháng", "ngày"}, yearPiece: "thời điểm trong năm",
	approximate: " phỏng chừng", uncertain: " chưa chắc",
}

func (vietnamese) undated() string { return "không rõ thời gian" }
func (vietnamese) unknown() string { return "không rõ thời gian" }
func (vietnamese) or() string      { return "hoặc" }

func (v vietnamese) point(p point, d drop) string {
	s := v.plain(p, d)
	if p.whole()&approximate != 0 {
		s = "khoảng " + s
	}
	if p.whole()&uncertain != 0 {
		s += nbsp + "(?)"
	}
	return addNotes(s, p, notesVi)
}

func (v vietnamese) monthDay(p point) string { return v.plain(p, dropYear) }

// plain words the point without what is said of it as a whole.
func (v vietnamese) plain(p point, d drop) string {
	var b strings.Builder
	b.Grow(48)
	if p.day > 0 {
		b.WriteString("ngày" + nbsp)
		b.WriteString(strconv.Itoa(p.day))
		b.WriteString(v.questionMark(p, dayPart))
	}
	if p.month > 0 && d < dropMonth {
		b.WriteString(suffix(b.Len() > 0, " "))
		b.WriteString(v.month(p))
		b.WriteString(v.questionMark(p, monthPart))
	}
	if d < dropYear {
		b.WriteString(suffix(b.Len() > 0, " "))
		b.WriteString(v.year(p))
	}
	return b.String()
}

func (vietnamese) month(p point) string {
	if isYearPiece(p.month) {
		return yearPiecesVi[p.month-firstPiece]
	}
	return "tháng" + nbsp + strconv.Itoa(p.month)
}

func (vietnamese) year(p point) string {
	if p.years == 100 {
		n, bc := p.century()
		return "thế kỷ" + nbsp + roman(n) + suffix(bc, " trước Công nguyên")
	}
	from, to := p.yearRange()
	first, bc := eraYear(from)
	switch {
	case p.years == 1:
		return "năm" + nbsp + strconv.Itoa(first) + suffix(bc, " trước Công nguyên")
	case p.negative:
		last, _ := eraYear(to)
		return "những năm" + nbsp + strconv.Itoa(first) + "–" + strconv.Itoa(last) + " trước Công nguyên"
	}
	return "thập niên" + nbsp + strconv.Itoa(p.year)
}

// questionMark follows a day or a month that alone is uncertain.
func (vietnamese) questionMark(p point, part int) string {
	return suffix(p.only(part)&uncertain != 0, nbsp+"(?)")
}

func (v vietnamese) between(from, to point) string {
	return "từ " + v.point(from, shared(from, to)) + " đến " + v.point(to, keepAll)
}

func (v vietnamese) since(p point) string { return "từ " + v.point(p, keepAll) + " đến nay" }
func (v vietnamese) upTo(p point) string  { return "trước hoặc trong " + v.point(p, keepAll) }

func (v vietnamese) endUnknown(p point) string {
	return addNote("từ "+v.point(p, keepAll), "không rõ kết thúc")
}

func (v vietnamese) startUnknown(p point) string {
	return addNote("đến "+v.point(p, keepAll), "không rõ bắt đầu")
}

func (v vietnamese) member(s span, in shape) string {
	conjunction := " và "
	if in == oneOf {
		conjunction = " hoặc "
	}
	switch {
	case s.from.kind == open:
		return v.point(s.to.point, keepAll) + conjunction + "trước đó"
	case s.to.kind == open:
		return v.point(s.from.point, keepAll) + conjunction + "sau đó"
	case in == oneOf:
		return "trong khoảng " + s.words(v)
	}
	return s.words(v)
}

func (v vietnamese) years(members []string, in shape) string {
	several := len(members) > 1 || strings.Contains(members[0], "–")
	if in == allOf && several {
		return "các năm" + nbsp + strings.Join(members, ", ")
	}
	for i := range members {
		members[i] = "năm" + nbsp + members[i]
	}
	return v.list(members, in)
}

func (vietnamese) list(members []string, in shape) string {
	if in == oneOf {
		return join(members, " hoặc ")
	}
	return join(members, " và ")
}

// join puts commas between the members and last before the last of them.
func join(members []string, last string) string {
	n := len(members) - 1
	if n == 0 {
		return members[0]
	}
	return strings.Join(members[:n], ", ") + last + members[n]
}

func suffix(when bool, s string) string {
	if when {
		return s
	}
	return ""
}

// roman writes the number of a century, 1 to 100.
func roman(n int) string {
	var b strings.Builder
	for _, digit := range []struct {
		value int
		text  string
	}{
		{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
		{9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= digit.value; n -= digit.value {
			b.WriteString(digit.text)
		}
	}
	return b.String()
}
