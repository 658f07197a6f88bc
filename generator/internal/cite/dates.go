package cite

import (
	"strconv"

	"vitrine/generator/edtf"
)

// Dates as styles have them that do not write them as people say them. What is a set, a
// span or open keeps its words: no style has a form for it.

// plainDate reports whether a date is one day, month or year.
func plainDate(d edtf.Date) bool {
	if d.IsZero() || d.IsSet() || d.IsInterval() {
		return false
	}
	switch d.Precision() {
	case edtf.PrecisionDay, edtf.PrecisionMonth, edtf.PrecisionYear:
		return true
	}
	return false
}

// year is the year of an item, or the years it spans: "1945", "c. 1945", "1945–1946".
func (w wording) year() string {
	d := w.in.Created
	if d.IsZero() {
		return w.undated()
	}
	from, to := d.Years()
	switch span := strconv.Itoa(from) + "–" + strconv.Itoa(to); {
	case from < 1 || d.IsSet() || d.OpenLo() || d.OpenHi() || d.UnknownLo() || d.UnknownHi():
		return d.Words(w.lang)
	case from == to:
		return w.hedged(strconv.Itoa(from))
	case d.IsInterval():
		return w.hedged(span)
	}
	return d.Words(w.lang) // a decade, a century
}

// undated stands for the year of an item whose date nobody knows, or has been told in
// words alone.
func (w wording) undated() string {
	if words := trim(w.text(w.in.Date)); words != "" {
		return words
	}
	return w.of("undated")
}

// hedged marks a date that is about, or perhaps.
func (w wording) hedged(text string) string {
	if w.in.Created.Uncertain() {
		text += "?"
	}
	if !w.in.Created.Approximate() {
		return text
	}
	circa := w.of("circa")
	if circa == "" {
		circa = "c."
	}
	return circa + " " + text
}

// months are the names of months in English, MLA those of at most four letters in full
// (MLA Handbook, 9th edition, appendix 1).
var (
	months      = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	shortMonths = []string{"Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}
)

// yearFirst is a date as APA has it: "1945, March 12".
func (w wording) yearFirst() string {
	d := w.in.Created
	if !plainDate(d) {
		return w.year()
	}
	lo, _ := d.Bounds()
	y, m, day := lo.YMD()
	text := strconv.Itoa(y)
	switch d.Precision() {
	case edtf.PrecisionDay:
		text += ", " + months[m-1] + " " + strconv.Itoa(day)
	case edtf.PrecisionMonth:
		text += ", " + months[m-1]
	}
	return w.hedged(text)
}

// shortDate is a date as MLA has it: "12 Mar. 1945".
func (w wording) shortDate() string {
	d := w.in.Created
	if !plainDate(d) {
		return w.text(w.in.Date)
	}
	lo, _ := d.Bounds()
	y, m, day := lo.YMD()
	text := strconv.Itoa(y)
	switch d.Precision() {
	case edtf.PrecisionDay:
		text = strconv.Itoa(day) + " " + shortMonths[m-1] + " " + text
	case edtf.PrecisionMonth:
		text = shortMonths[m-1] + " " + text
	}
	return w.hedged(text)
}

// accessedAs stands where the day goes on which somebody looked at the page, written in a form.
func accessedAs(form string) field {
	return func(w wording) string {
		if !w.looked || w.in.URL == "" {
			return ""
		}
		return "{" + form + "}"
	}
}
