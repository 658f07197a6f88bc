package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
)

// dateOrder says how 2/3/1945 is read.
type dateOrder int

const (
	orderGuess     dateOrder = iota // day first, unless the column speaks against it
	orderDMY                        // day first: the map says so
	orderMDY                        // month first: the map says so
	orderUndecided                  // the column has both: such dates are refused
)

// dateRules are what must be known to read the dates of a column.
type dateRules struct {
	order    dateOrder
	from1904 bool // serial numbers count from 1904, as old Macintosh files do
}

// staffDate is a date read from a cell.
type staffDate struct {
	EDTF   string
	Serial bool // it was a serial number
	None   bool // the cell says that the date is not known
}

var (
	noDate      = regexp.MustCompile(`^(?:không rõ(?: ngày| năm| thời gian)?|chưa rõ|không có|không đề(?: ngày)?|khuyết|unknown|undated|none|n\.? ?d\.?|s\.? ?d\.?|\?+|-+|–|—)$`)
	yearOrPart  = regexp.MustCompile(`^(\d{2})(\d{2})-(\d{2})$`)
	serial      = regexp.MustCompile(`^(\d{5})(?:[.,]\d+)?$`)
	clockTime   = regexp.MustCompile(`[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m| ?[sc]h|z)?$`)
	approxSign  = regexp.MustCompile(`^(?:vào )?(?:khoảng|chừng|độ|ước|k\.|c\.|ca\.|circa|about|approximately|approx\.?|around|~) ?`)
	approxEnd   = regexp.MustCompile(` ?(?:~|\((?:khoảng|circa|ca?\.|approx\.?)\))$`)
	uncertainty = regexp.MustCompile(` ?(?:\?|\(\?\)|\[\?\])$`)
	placeBefore = regexp.MustCompile(`^[\pL .]+, ?(ngày \d.*)$`)
	rangeWords  = regexp.MustCompile(`^(?:từ |from |between )?(.+?)(?: ?[–—] ?| - | đến(?: hết)? | to | and )(.+)$`)
	yearRange   = regexp.MustCompile(`^(?:từ )?(?:năm )?(\d{4}) ?[-/] ?(\d{4})$`)
	daysRange   = regexp.MustCompile(`^(?:từ )?(?:ngày )?(\d{1,2}) ?[-–] ?(\d{1,2})([/.-]\d{1,2}[/.-]\d{4})$`)
	wordedForms = regexp.MustCompile(`^(?:mùa |thế kỷ |quý |spring|summer|autumn|fall|winter|q[1-4]|\d\d(?:st|nd|rd|th) century)`)
)

// parseStaffDate reads a date as staff write it in a spreadsheet: day first,
// in words, approximately, as a serial number, or in EDTF.
func parseStaffDate(text string, rules dateRules) (staffDate, *problem) {
	s := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	s = clockTime.ReplaceAllString(s, "")
	if !strings.HasSuffix(s, "..") {
		s = strings.TrimSuffix(s, ".")
	}
	if noDate.MatchString(s+".") || noDate.MatchString(s) {
		return staffDate{None: true}, nil
	}
	if p := yearsOrPart(s); p != nil {
		return staffDate{}, p
	}
	if _, err := edtf.Parse(strings.ToUpper(s)); err == nil {
		return staffDate{EDTF: strings.ToUpper(s)}, nil
	}
	if m := serial.FindStringSubmatch(s); m != nil {
		return excelSerial(m[1], rules)
	}
	out, p := qualified(s, rules)
	if p != nil {
		return staffDate{}, p
	}
	if _, err := edtf.Parse(out); err != nil {
		return staffDate{}, fromEDTF(err)
	}
	return staffDate{EDTF: out}, nil
}

// yearsOrPart refuses 1930-31: staff mean two years, EDTF a part of a year.
func yearsOrPart(s string) *problem {
	m := yearOrPart.FindStringSubmatch(s)
	if m == nil || m[3] <= "12" || m[3] <= m[2] {
		return nil
	}
	return problemf("%q có thể là các năm %s%s–%s%s, cũng có thể là một phần của năm %s%s", "%q may be the years %s%s–%s%s or a part of the year %s%s", s, m[1], m[2], m[1], m[3], m[1], m[2]).
		hinting("viết %s%s/%s%s nếu là hai năm", "write %s%s/%s%s for the years", m[1], m[2], m[1], m[3])
}

// excelSerial counts days as spreadsheets do. Serials below five digits look
// like years and are taken for years.
func excelSerial(digits string, rules dateRules) (staffDate, *problem) {
	n, _ := strconv.Atoi(digits)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if rules.from1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	day := epoch.AddDate(0, 0, n)
	if day.Year() > 2100 {
		return staffDate{}, problemf("số %s không phải một ngày: tính ra năm %d", "the number %s is no date: it would be in %d", digits, day.Year())
	}
	return staffDate{EDTF: day.Format("2006-01-02"), Serial: true}, nil
}

// qualified reads what may stand around a date: about, question mark, place.
func qualified(s string, rules dateRules) (string, *problem) {
	if m := placeBefore.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	approx, unsure := false, false
	if t := approxEnd.ReplaceAllString(s, ""); t != s {
		s, approx = t, true
	}
	if t := uncertainty.ReplaceAllString(s, ""); t != s {
		s, unsure = t, true
	}
	if t := approxSign.ReplaceAllString(s, ""); t != s {
		s, approx = t, true
	}
	mark := map[[2]bool]string{{true, false}: "~", {false, true}: "?", {true, true}: "%"}[[2]bool{approx, unsure}]
	return interval(s, mark, rules)
}

// interval reads one date or the two ends of a span.
func interval(s, mark string, rules dateRules) (string, *problem) {
	if m := daysRange.FindStringSubmatch(s); m != nil {
		return ends(m[1]+m[3], m[2]+m[3], mark, rules)
	}
	if m := yearRange.FindStringSubmatch(s); m != nil {
		return ends(m[1], m[2], mark, rules)
	}
	one, p := single(s, rules)
	if p == nil {
		return one + mark, nil
	}
	if m := rangeWords.FindStringSubmatch(s); m != nil {
		if span, bad := ends(m[1], m[2], mark, rules); bad == nil {
			return span, nil
		}
	}
	return "", p
}

func ends(from, to, mark string, rules dateRules) (string, *problem) {
	lo, p := qualifiedEnd(from, rules)
	if p != nil {
		return "", p
	}
	hi, p := qualifiedEnd(to, rules)
	if p != nil {
		return "", p
	}
	return lo + mark + "/" + hi + mark, nil
}

// qualifiedEnd reads an end that may have its own "about".
func qualifiedEnd(s string, rules dateRules) (string, *problem) {
	if t := approxSign.ReplaceAllString(s, ""); t != s {
		one, p := single(t, rules)
		return one + "~", p
	}
	return single(s, rules)
}

// fromEDTF words the error of package edtf.
func fromEDTF(err error) *problem {
	var pe *edtf.ParseError
	if !errors.As(err, &pe) {
		return problemf("không hiểu ngày tháng này", "this date cannot be understood")
	}
	return &problem{msg: diag.Text{Vi: pe.Vi, En: pe.En}, hint: diag.Text{Vi: pe.HintVi, En: pe.HintEn}}
}

// single reads one date without qualification.
func single(s string, rules dateRules) (string, *problem) {
	for _, f := range dateForms {
		if m := f.pattern.FindStringSubmatch(s); m != nil {
			return f.edtf(m[1:], rules)
		}
	}
	_, err := edtf.Parse(s)
	var pe *edtf.ParseError
	if errors.As(err, &pe) && pe.Suggestion != "" && wordedForms.MatchString(s) {
		return pe.Suggestion, nil
	}
	if err == nil {
		return s, nil
	}
	p := problemf("không hiểu ngày tháng này", "this date cannot be understood")
	p.hint = fromEDTF(err).hint
	return "", p
}

// ymd writes a date that exists; month and day may be "".
func ymd(year, month, day string) (string, *problem) {
	out := year
	for _, part := range []string{month, day} {
		if part != "" {
			n, _ := strconv.Atoi(part)
			out += fmt.Sprintf("-%02d", n)
		}
	}
	if _, err := edtf.Parse(out); err != nil {
		return "", fromEDTF(err)
	}
	return out, nil
}
