package xlsx

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// format is how a style shows numbers.
type format struct {
	year, month, day, clock bool
	zeros                   int // digits that a whole number has at least
}

// builtIn are the formats of dates that need not be spelled out. Those from 27 on depend on the language
// of Excel, and show the day all the same.
func builtIn(id int) string {
	switch {
	case id == 14, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return "dd/mm/yyyy"
	case id == 15:
		return "d-mmm-yy"
	case id == 16:
		return "d-mmm"
	case id == 17:
		return "mmm-yy"
	case id == 22:
		return "m/d/yy h:mm"
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return "h:mm"
	}
	return ""
}

var (
	quoted   = regexp.MustCompile(`(?i)"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|am/pm|a/p|general`)
	elapsed  = regexp.MustCompile(`(?i)\[(?:h+|m+|s+)\]`)
	onlyZero = regexp.MustCompile(`^0{2,15}$`)
	minutes  = regexp.MustCompile(`(?i)h+[^dyh]{0,3}?m{1,2}|m{1,2}[^dym]{0,3}?s`)
)

// formatOf reads the code of a format.
func formatOf(id int, code string, own bool) format {
	if !own {
		code = builtIn(id)
	}
	code, _, _ = strings.Cut(code, ";") // what follows is for other numbers
	if onlyZero.MatchString(code) {
		return format{zeros: len(code)}
	}
	if elapsed.MatchString(code) {
		return format{}
	}
	code = strings.ToLower(quoted.ReplaceAllString(code, ""))
	if strings.ContainsAny(code, "#?") || strings.Contains(code, "0.") && !strings.Contains(code, "s") {
		return format{}
	}
	var f format
	f.clock = strings.ContainsAny(code, "hs")
	code = minutes.ReplaceAllString(code, "")
	f.year, f.month, f.day = strings.ContainsAny(code, "y"), strings.Contains(code, "m"), strings.Contains(code, "d")
	return f
}

// date is the day of a number, as far as the format shows it. A day whose year is not shown is
// written day/month: the year in the file is the one in which somebody typed it.
func (f format) date(n float64, from1904 bool) (string, bool) {
	if !f.year && !f.month && !f.day && !f.clock || n < 0 || n > 2958465.999999 {
		return "", false
	}
	seconds := math.Round(n * 86400)
	days := int(seconds / 86400)
	rest := time.Duration(int(seconds)-days*86400) * time.Second
	clock := ""
	if f.clock && (rest > 0 || !f.day) {
		clock = time.Time{}.Add(rest).Format("15:04:05")
		clock = strings.TrimSuffix(clock, ":00")
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60, days == 0 && (f.year || f.month || f.day): // 29 February 1900, and no day at all
		return "", false
	case days < 60: // Excel takes 1900 for a leap year
		days++
	}
	day := epoch.AddDate(0, 0, days)
	switch {
	case f.year && f.month && !f.day:
		return day.Format("2006-01"), true
	case f.year && !f.month && !f.day:
		return day.Format("2006"), true
	case f.year:
		return strings.TrimSuffix(day.Format("2006-01-02")+" "+clock, " "), true
	case f.month && f.day:
		return day.Format("2/1"), true
	case f.month || f.day:
		return "", false
	}
	return clock, true
}

// digits is a number as it would be read aloud: without the noise of its binary form, and
// with the zeros that the format puts before it.
func (f format) digits(n float64) string {
	if math.Abs(n) >= 1e15 {
		return strconv.FormatFloat(n, 'E', -1, 64)
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		short = n
	}
	s := strconv.FormatFloat(short, 'f', -1, 64)
	if n >= 0 && len(s) < f.zeros && !strings.Contains(s, ".") {
		s = strings.Repeat("0", f.zeros-len(s)) + s
	}
	return s
}
