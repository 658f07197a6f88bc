package cite

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/internal/record"
)

// wording is one item in one language.
type wording struct {
	*Styles
	style  string
	lang   string
	in     *Item
	looked bool // it is worded as if the page had been looked at
}

// field words one part of an item.
type field func(wording) string

// fields are the placeholders of templates. A collection has placeholders of
// its own, since it is not called a fonds.
var fields = map[string]field{
	"creators":      wording.creators,
	"title":         wording.title,
	"form":          func(w wording) string { return w.text(w.in.FormWords) },
	"number":        func(w wording) string { return w.in.Number },
	"date":          func(w wording) string { return w.text(w.in.Date) },
	"fonds":         func(w wording) string { return unless(w.in.Collection, w.text(w.in.Fonds)) },
	"fonds_no":      func(w wording) string { return unless(w.in.Collection, w.in.FondsNo) },
	"collection":    func(w wording) string { return unless(!w.in.Collection, w.text(w.in.Fonds)) },
	"collection_no": func(w wording) string { return unless(!w.in.Collection, w.in.FondsNo) },
	"inventory":     func(w wording) string { return w.in.Inventory },
	"unit":          func(w wording) string { return w.in.Unit },
	"folios":        func(w wording) string { return w.in.Folios },
	"repository":    func(w wording) string { return w.text(w.in.Repository) },
	"place":         func(w wording) string { return w.text(w.in.Place) },
	"place_shown":   func(w wording) string { return w.text(w.in.PlaceShown) },
	"original":      func(w wording) string { return w.text(w.in.Original) },
	"url":           func(w wording) string { return w.in.URL },
	"website":       func(w wording) string { return w.text(w.in.Website) },
	"edition":       func(w wording) string { return w.in.Edition },
	"print":         func(w wording) string { return w.in.Print },
	"year":          wording.year,
	"date_first":    wording.yearFirst,
	"date_short":    wording.shortDate,
	"accessed":      accessedAs("day"),
	"accessed_us":   accessedAs("us"),
	"accessed_mla":  accessedAs("mla"),
}

func unless(not bool, s string) string {
	if not {
		return ""
	}
	return s
}

// trim takes away what a template would set again: outer blanks, line ends
// and marks that only separate.
func trim(s string) string {
	if tidy(s) {
		return s
	}
	return strings.Trim(strings.Join(strings.Fields(unmarkable(s)), " "), " ,;:")
}

// unmarkable is a text without the characters by which pieces are marked: none belongs
// in one.
func unmarkable(s string) string {
	mark := func(r rune) bool { return r < ' ' && !unicode.IsSpace(r) }
	if strings.IndexFunc(s, mark) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if mark(r) {
			return -1
		}
		return r
	}, s)
}

// tidy tells quickly that trim has nothing to do: single blanks between words,
// nothing at the ends. It may fail to see it, never the other way round.
func tidy(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c == ' ' && last == ' ' || c < ' ' || (c == 0xc2 || c >= 0xe1) && wideBlank(s[i:]) {
			return false
		}
		last = c
	}
	return s == "" || strings.IndexByte(" ,;:", s[0]) < 0 && strings.IndexByte(" ,;:", last) < 0
}

// wideBlank tells whether one of the characters beyond ASCII that
// unicode.IsSpace knows may begin s.
func wideBlank(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func (w wording) text(t record.Text) string {
	s, _ := t.In(w.lang)
	return s
}

// title is the title of the document in its own language, with a translation
// in brackets; a supplied title stands in brackets itself and needs none.
func (w wording) title() string {
	if w.in.Supplied {
		return bracketed(w.text(w.in.Title))
	}
	own, _ := w.in.Title.In("")
	translated, actual := w.in.Title.In(w.lang)
	if actual != w.lang || translated == own {
		return own
	}
	return strings.TrimSpace(trim(own) + " " + bracketed(translated))
}

func bracketed(s string) string {
	if s = trim(s); s == "" {
		return ""
	}
	return "[" + s + "]"
}

// maxCreators is how many creators are named before the others are summed up, as
// Chicago does in notes, where a style does not say.
const maxCreators = 3

// of is what a profile says of the style, "" for nothing.
func (w wording) of(attribute string) string {
	s, _ := w.said[w.style+"."+attribute].In(w.lang)
	return s
}

func (w wording) creators() string {
	var names []string
	for _, c := range w.in.Creators {
		if n := w.name(c); n != "" {
			names = append(names, n)
		}
	}
	n, most := len(names), maxCreators
	if named, err := strconv.Atoi(w.of("most")); err == nil {
		most = named
	}
	switch {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n > most:
		return names[0] + " " + trim(w.text(w.others))
	}
	return strings.Join(names[:n-1], ", ") + w.and(n) + names[n-1]
}

// and stands before the last of n names. A comma before it is for three and more.
func (w wording) and(n int) string {
	and := w.of("last")
	if and == "" {
		and = w.text(w.said["creators.last"])
	}
	comma := ""
	if n > 2 && strings.HasPrefix(and, ",") {
		comma = ","
	}
	if and = trim(and); and == "" {
		return ", "
	}
	return comma + " " + and + " "
}

// name is the name as signed, with the authority form in brackets where it differs.
func (w wording) name(c Creator) string { return c.Named(w.lang) }

// Named is the name as signed with the authority form in a language, in brackets where it differs.
func (c Creator) Named(lang string) string {
	name, _ := c.Name.In(lang)
	name, as := trim(name), trim(c.As)
	switch {
	case as == "" || as == name:
		return name
	case name == "":
		return as
	}
	return as + " [" + name + "]"
}
