package exchange

import (
	"regexp"
	"strconv"
	"strings"
)

// dateForm is a way people write a single date, in lower case.
type dateForm struct {
	pattern *regexp.Regexp
	edtf    func(m []string, rules dateRules) (string, *problem)
}

var dateForms = []dateForm{
	{regexp.MustCompile(`^(?:ngày )?(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?[/.-] ?(\d{4})$`), numericDate},
	{regexp.MustCompile(`^(?:tháng )?(\d{1,2}) ?[/.-] ?(\d{4})$`), func(m []string, _ dateRules) (string, *problem) { return ymd(m[1], m[0], "") }},
	{regexp.MustCompile(`^(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?: năm |,? |/|-)(\d{4})$`), dayMonthYear},
	{regexp.MustCompile(`^tháng (\d{1,2})(?: năm |,? )(\d{4})$`), func(m []string, _ dateRules) (string, *problem) { return ymd(m[1], m[0], "") }},
	{regexp.MustCompile(`^(?:năm |in )?(\d{4})$`), func(m []string, _ dateRules) (string, *problem) { return ymd(m[0], "", "") }},
	{regexp.MustCompile(`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$`), func(m []string, _ dateRules) (string, *problem) { return ymd(m[0], m[1], m[2]) }},
	{regexp.MustCompile(`^(?:thập niên |thập kỷ |(?:những |các )?năm |the )?(\d{3})0'?s?$`), decade},
	{regexp.MustCompile(`^(?:thập niên|thập kỷ|những năm|các năm) (\d)0 (?:của )?(?:thế kỷ|tk) ([ivx]+|\d{1,2})$`), decadeOfCentury},
	{regexp.MustCompile(`^(?:le )?(\d{1,2})(?:st|nd|rd|th|er)?[ -](?:of )?(\pL+)\.?,?[ -](\d{4})$`), namedDayFirst},
	{regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`), func(m []string, r dateRules) (string, *problem) {
		return namedDayFirst([]string{m[1], m[0], m[2]}, r)
	}},
	{regexp.MustCompile(`^(\pL+)\.?,?[ -](\d{4})$`), func(m []string, r dateRules) (string, *problem) {
		return namedDayFirst([]string{"", m[0], m[1]}, r)
	}},
	{regexp.MustCompile(`^(?:ngày )?\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2}$`), shortYear},
	{regexp.MustCompile(`^(?:\d{1,2}-)?\pL{3}-\d{2}$`), shortYear},
	{regexp.MustCompile(`^(?:những năm |thập niên |năm |tháng \d{1,2}[/-])\d{2}$`), shortYear},
	{regexp.MustCompile(`^\d{1,2}[/.-]\d{2}$|^\d{2}$`), shortYear},
}

// numericDate reads 2/9/1945. With both numbers up to 12 the order matters.
func numericDate(m []string, rules dateRules) (string, *problem) {
	a, _ := strconv.Atoi(m[0])
	b, _ := strconv.Atoi(m[2])
	written := m[0] + m[1] + m[2] + m[1] + m[3]
	switch {
	case a == b, a > 12 && rules.order != orderMDY, b <= 12 && (rules.order == orderGuess || rules.order == orderDMY):
		return ymd(m[3], m[2], m[0])
	case rules.order == orderMDY && a <= 12, b > 12 && rules.order != orderDMY && a <= 12:
		return ymd(m[3], m[0], m[2])
	case rules.order == orderUndecided && a <= 12 && b <= 12:
		return "", problemf("%q có thể là ngày %d tháng %d, cũng có thể là ngày %d tháng %d: trong cột này có cả hai cách viết", "%q may be day %d of month %d or day %d of month %d: the column has both ways", written, a, b, b, a).
			hinting("ghi date_order: dmy hoặc mdy trong tệp ánh xạ, hoặc viết %s-%02d-%02d", "write date_order: dmy or mdy in the map, or %s-%02d-%02d", m[3], b, a)
	}
	return "", problemf("%q không phải một ngày theo thứ tự ngày tháng của cột", "%q is no date in the order of this column", written)
}

// evidence tells the order from the dates of a column that have only one.
func evidence(texts []string) dateOrder {
	day, month := false, false
	for _, s := range texts {
		m := dateForms[0].pattern.FindStringSubmatch(strings.Join(strings.Fields(strings.ToLower(s)), " "))
		if m == nil {
			continue
		}
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[3])
		day = day || a > 12 && a <= 31 && b <= 12
		month = month || b > 12 && b <= 31 && a <= 12
	}
	if month {
		return orderUndecided
	}
	return orderGuess
}

func dayMonthYear(m []string, _ dateRules) (string, *problem) { return ymd(m[2], m[1], m[0]) }

func decade(m []string, _ dateRules) (string, *problem) { return m[0] + "X", nil }

func decadeOfCentury(m []string, _ dateRules) (string, *problem) {
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = roman(m[1])
	}
	if n < 1 || n > 21 {
		return "", problemf("không rõ thế kỷ nào: %q", "which century is not clear: %q", m[1])
	}
	return pad(n-1) + m[0] + "X", nil
}

func pad(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

func roman(s string) int {
	value := map[rune]int{'i': 1, 'v': 5, 'x': 10}
	n, last := 0, 0
	for _, r := range s {
		v := value[r]
		if v > last {
			n -= 2 * last
		}
		n, last = n+v, v
	}
	return n
}

func shortYear([]string, dateRules) (string, *problem) {
	return "", problemf("năm chỉ có hai chữ số", "the year has only two digits").hinting("viết đủ bốn chữ số của năm", "write all four digits of the year")
}

// monthNames are in English and French; three letters are enough in English.
var monthNames = [12][]string{
	{"january", "janvier", "jan"}, {"february", "février", "feb"}, {"march", "mars", "mar"},
	{"april", "avril", "apr"}, {"may", "mai"}, {"june", "juin", "jun"}, {"july", "juillet", "jul"},
	{"august", "août", "aug"}, {"september", "septembre", "sep", "sept"}, {"october", "octobre", "oct"},
	{"november", "novembre", "nov"}, {"december", "décembre", "dec"},
}

func namedDayFirst(m []string, _ dateRules) (string, *problem) {
	for i, names := range monthNames {
		for _, name := range names {
			if name == m[1] {
				return ymd(m[2], strconv.Itoa(i+1), m[0])
			}
		}
	}
	return "", problemf("không hiểu ngày tháng này", "this date cannot be understood").
		hinting("viết như 2/9/1945, 9/1945, 1945 hoặc khoảng 1945", "write it as 2/9/1945, 9/1945, 1945 or c. 1945")
}
