package edtf

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// lazily compiles a pattern at its first use: most runs meet no wrong date.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// writtenForm is a way people write a date, in lower case, and what it is in
// EDTF.
type writtenForm struct {
	pattern func() *regexp.Regexp
	edtf    func(match []string) string
	vi, en  string
}

// Day before month, as in Vietnam; a month above 12 shows that it is the other
// way round and then no date is suggested.
var writtenForms = []writtenForm{
	{
		lazily(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`), yearFirst,
		"năm, tháng, ngày cách nhau bằng dấu -, tháng và ngày có hai chữ số",
		"year, month and day are joined with -, months and days have two digits",
	},
	{
		lazily(`^(\d{4})[-/.](\d{1,2})$`), yearFirst,
		"năm và tháng cách nhau bằng dấu -, tháng có hai chữ số",
		"year and month are joined with -, months have two digits",
	},
	{
		lazily(`^(\d{4})(\d\d)(\d\d)$`), yearFirst,
		"năm, tháng, ngày cách nhau bằng dấu -",
		"year, month and day are joined with -",
	},
	{
		lazily(`^(?:ngày )?(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})$`), dayFirst,
		"viết theo thứ tự năm-tháng-ngày", "write year-month-day",
	},
	{
		lazily(`^(?:tháng )?(\d{1,2})\s?[-/.]\s?(\d{4})$`), dayFirst,
		"viết theo thứ tự năm-tháng", "write year-month",
	},
	{
		lazily(`^(?:ngày )?(?:mùng |mồng )?(\d{1,2}) tháng (\d{1,2})(?: năm |,? )(\d{4})$`), dayFirst,
		"viết bằng số theo thứ tự năm-tháng-ngày", "write year-month-day in digits",
	},
	{
		lazily(`^tháng (\d{1,2})(?: năm |,? )(\d{4})$`), dayFirst,
		"viết bằng số theo thứ tự năm-tháng", "write year-month in digits",
	},
	{
		lazily(`^(?:năm |trong năm )(\d{4})$`), yearFirst,
		"chỉ viết con số của năm", "write only the number of the year",
	},
	{
		lazily(`^(\d{1,2})\s?[-/. ]\s?([ivx]+)\s?[-/. ]\s?(\d{4})$`), dayRomanMonth,
		"tháng viết bằng chữ số thường, theo thứ tự năm-tháng-ngày",
		"write the month in ordinary digits, as year-month-day",
	},
	{
		lazily(`^()(?:tháng )?([ivx]+)\s?[-/. ]\s?(\d{4})$`), dayRomanMonth,
		"tháng viết bằng chữ số thường, theo thứ tự năm-tháng",
		"write the month in ordinary digits, as year-month",
	},
	{
		lazily(`^(\d{4})-([ivx]+)(?:-(\d{1,2}))?$`), yearRomanMonth,
		"tháng viết bằng chữ số thường", "write the month in ordinary digits",
	},
	{
		lazily(`^(?:le )?(?:(\d{1,2})(?:st|nd|rd|th|er)? )?(\pL+)\.?,? (\d{4})$`), dayNamedMonth,
		"viết bằng số theo thứ tự năm-tháng-ngày", "write year-month-day in digits",
	},
	{
		lazily(`^(?:thập niên |thập kỷ |những năm |the )?(\d{3})(?:0s|0|-|_)$`), decade,
		"thập niên viết bằng ba chữ số đầu và X", "a decade is its first three digits and X",
	},
	{
		lazily(`^(\d\d)(?:xx|--|__)$`), century,
		"thế kỷ viết bằng hai chữ số đầu và XX", "a century is its first two digits and XX",
	},
	{
		lazily(`^thế kỷ (?:thứ )?([ivx]+|\d{1,2})$`), numberedCentury,
		"thế kỷ viết bằng hai chữ số đầu của năm và XX", "a century is the first two digits of its years and XX",
	},
	{
		lazily(`^(\d{1,2})(?:st|nd|rd|th) century$`), numberedCentury,
		"thế kỷ viết bằng hai chữ số đầu của năm và XX", "a century is the first two digits of its years and XX",
	},
	{
		lazily(`^(?:mùa )?(xuân|hạ|hè|thu|đông|spring|summer|autumn|fall|winter),? (?:năm )?(\d{4})$`), season,
		"mùa xuân, hạ, thu, đông là 21, 22, 23, 24 ở chỗ của tháng",
		"spring, summer, autumn and winter are 21, 22, 23 and 24 in the place of the month",
	},
	{
		lazily(`^(?:quý |q)(i{1,3}|iv|[1-4])(?:/| năm | )(\d{4})$`), quarter,
		"quý I đến quý IV là 33 đến 36 ở chỗ của tháng",
		"the quarters are 33 to 36 in the place of the month",
	},
	{
		lazily(`^(?:ngày )?(\d{1,2})\s?[-–]\s?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$`), dayRange,
		"mỗi mốc viết đủ năm-tháng-ngày, giữa hai mốc là dấu gạch chéo /",
		"each end is a full year-month-day, with a slash / between them",
	},
	{
		lazily(`^(?:từ |since )?(?:năm )?(\d{4})\s?(?:[-–—]|(?:[-–—]|đến|to)\s?(?:nay|now|present))$`), onward,
		"mốc cuối còn để ngỏ viết là /..", "an open end is written /..",
	},
	{
		lazily(`^(đầu|giữa|cuối) (?:năm )?(\d{4})$`), partOfYear,
		"đầu, giữa, cuối năm không có trong EDTF: viết một khoảng phỏng chừng và ghi lời vào display",
		"EDTF has no early, middle or late: write an approximate interval, and the words into display",
	},
	{
		lazily(`^(\d{2,3})$`), shortYear,
		"năm phải có bốn chữ số", "a year has four digits",
	},
}

// yearFirst joins the parts after match[0], which begin with the year.
func yearFirst(match []string) string {
	parts := []string{match[1]}
	for _, part := range match[2:] {
		parts = append(parts, pad2(part))
	}
	return strings.Join(parts, "-")
}

// dayFirst turns the parts round.
func dayFirst(match []string) string {
	s := match[len(match)-1]
	for i := len(match) - 2; i > 0; i-- {
		s += "-" + pad2(match[i])
	}
	return s
}

func dayRomanMonth(match []string) string {
	return withDay(match[3], fromRoman(match[2]), match[1])
}

func yearRomanMonth(match []string) string {
	return withDay(match[1], fromRoman(match[2]), match[3])
}

func dayNamedMonth(match []string) string {
	return withDay(match[3], namedMonth(match[2]), match[1])
}

// withDay joins a year, a month, and a day unless that is "".
func withDay(year string, month int, day string) string {
	s := year + "-" + pad2(strconv.Itoa(month))
	if day != "" {
		s += "-" + pad2(day)
	}
	return s
}

func decade(match []string) string  { return match[1] + "X" }
func century(match []string) string { return match[1] + "XX" }

func numberedCentury(match []string) string {
	n, err := strconv.Atoi(match[1])
	if err != nil {
		n = fromRoman(match[1])
	}
	return pad2(strconv.Itoa(n-1)) + "XX"
}

func season(match []string) string {
	code := map[string]string{
		"xuân": "21", "hạ": "22", "hè": "22", "thu": "23", "đông": "24",
		"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24",
	}[match[1]]
	return match[2] + "-" + code
}

func quarter(match []string) string {
	n, err := strconv.Atoi(match[1])
	if err != nil {
		n = fromRoman(match[1])
	}
	return match[2] + "-" + strconv.Itoa(32+n)
}

func dayRange(match []string) string {
	month := match[4] + "-" + pad2(match[3]) + "-"
	return month + pad2(match[1]) + "/" + month + pad2(match[2])
}

func onward(match []string) string { return match[1] + "/.." }

func partOfYear(match []string) string {
	third := map[string][2]string{
		"đầu": {"01", "04"}, "giữa": {"05", "08"}, "cuối": {"09", "12"},
	}[match[1]]
	return match[2] + "-" + third[0] + "~/" + match[2] + "-" + third[1] + "~"
}

// shortYear takes "30" for 1930 and "938" for 938.
func shortYear(match []string) string {
	if len(match[1]) == 2 {
		return "19" + match[1]
	}
	return "0" + match[1]
}

func pad2(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

// fromRoman returns the number 1 to 39 that s writes in lower case, or 0.
func fromRoman(s string) int {
	for n := 1; n < 40; n++ {
		if strings.EqualFold(roman(n), s) {
			return n
		}
	}
	return 0
}

var monthsFr = [...]string{
	"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
	"septembre", "octobre", "novembre", "décembre",
}

// namedMonth returns the number of a month named in English or French, or
// abbreviated to three letters in English; else 0.
func namedMonth(name string) int {
	for i, month := range monthsEn {
		month = strings.ToLower(month)
		if name == month || name == month[:3] || name == monthsFr[i] {
			return i + 1
		}
	}
	return 0
}
