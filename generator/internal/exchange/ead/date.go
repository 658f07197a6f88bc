package ead

import (
	"strings"

	"vitrine/generator/edtf"
)

// Date is a date with its words in the first language of the document.
type Date struct {
	edtf.Date
	Words []Words // one: what the record says in place of the words for the date itself; may be none
}

// date writes unitdatestructured. What EDTF says and no attribute of EAD3 can,
// such as “some year of the 1950s”, stands as it was written in altrender.
func (w *Writer) date(d Date) {
	if d.IsZero() {
		return
	}
	lang, words := w.first, ""
	if len(d.Words) > 0 {
		lang, words = d.Words[0].Lang, d.Words[0].Text
	}
	kind, notation := "", ""
	if d.IsInterval() {
		kind = "inclusive"
	}
	if !d.IsLevel0() {
		notation = d.String()
	}
	w.open("unitdatestructured", "altrender", notation, "lang", code(lang), "unitdatetype", kind, "datechar", "creation", "certainty", certainty(d.Date))
	switch {
	case d.IsSet():
		w.members(d.String(), lang)
	case d.IsInterval():
		from, to, _ := strings.Cut(d.String(), "/")
		w.span(from, to, lang)
	default:
		w.point("datesingle", d.Date, lang, words)
	}
	w.close()
}

// certainty says how sure a date is; empty where it is.
func certainty(d edtf.Date) string {
	switch {
	case d.Uncertain() && d.Approximate():
		return "uncertain-approximate"
	case d.Uncertain():
		return "uncertain"
	case d.Approximate():
		return "approximate"
	}
	return ""
}

// point writes a date that is one: what is exact as it stands, any other by the
// first and the last day that it can mean.
func (w *Writer) point(element string, d edtf.Date, lang, words string) {
	if words == "" {
		words = d.Words(lang)
	}
	if d.IsLevel0() {
		w.leaf(element, words, "standarddate", d.String())
		return
	}
	lo, hi := d.Bounds()
	var after, before string
	if lo != edtf.MinDay {
		after = lo.String()
	}
	if hi != edtf.MaxDay {
		before = hi.String()
	}
	w.leaf(element, words, "notbefore", after, "notafter", before)
}

// span writes a range; an end that is open or that nobody knows is left out.
func (w *Writer) span(from, to, lang string) {
	w.open("daterange")
	w.end("fromdate", from, lang)
	w.end("todate", to, lang)
	w.close()
}

func (w *Writer) end(element, text, lang string) {
	if d, err := edtf.Parse(text); err == nil && !d.IsZero() && !d.IsSet() && !d.IsInterval() {
		w.point(element, d, lang, "")
	}
}

// members writes the dates of a set; one alone is no set.
func (w *Writer) members(text, lang string) {
	list := strings.Split(strings.Trim(text, "[]{} "), ",")
	if len(list) > 1 {
		w.open("dateset")
		defer w.close()
	}
	for _, m := range list {
		m = strings.TrimSpace(m)
		if from, to, isSpan := strings.Cut(m, ".."); isSpan {
			w.span(from, to, lang)
		} else if d, err := edtf.Parse(m); err == nil {
			w.point("datesingle", d, lang, "")
		}
	}
}
