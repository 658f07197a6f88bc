package edtf

import (
	"fmt"
	"strings"
)

// Commemoration reads the day on which something is commemorated: "02-03" or
// "--02-03" for one of every year, or a full date. Without a year, year is 0.
// The error is a *ParseError.
func Commemoration(s string) (month, day, year int, err error) {
	text := s
	everyYear := len(s) == len("02-03") || strings.HasPrefix(s, "--")
	if everyYear {
		// Every day of a year is one of a leap year.
		text = "2000-" + strings.TrimPrefix(s, "--")
	}
	d, f := parse(text)
	if f != nil || d.shape != single || !d.IsLevel0() || d.Precision() != PrecisionDay {
		return 0, 0, 0, commemorationError(s)
	}
	year, month, day = d.lo.YMD()
	if everyYear {
		year = 0
	}
	return month, day, year, nil
}

func commemorationError(s string) *ParseError {
	e := &ParseError{
		Input:  s,
		Vi:     fmt.Sprintf("%q không phải là ngày kỷ niệm hợp lệ", s),
		En:     fmt.Sprintf("%q is not a valid day of commemoration", s),
		HintVi: `viết tháng-ngày như "02-03", hoặc cả năm như "1930-02-03"`,
		HintEn: `write month-day as in "02-03", or with the year as in "1930-02-03"`,
	}
	return e
}

// CommemorationWords words what Commemoration reads: "ngày 3 tháng 2",
// "3 February", with the year if there is one. It returns "" for anything else.
func CommemorationWords(s, lang string) string {
	month, day, year, err := Commemoration(s)
	if err != nil {
		return ""
	}
	p := point{year: year, years: 1, month: month, day: day}
	if year == 0 && len(s) < len("1930-02-03") {
		return languageOf(lang).monthDay(p)
	}
	return languageOf(lang).point(p, keepAll)
}
