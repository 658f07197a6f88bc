package reference

import (
	"strconv"
	"strings"
)

// texEscapes are the characters that mean something in BibTeX, as they are written.
var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "$", `\$`, "#", `\#`, "_", `\_`, "^", `\textasciicircum{}`, "~", `\textasciitilde{}`)

func tex(s string) string { return texEscapes.Replace(line(s)) }

var bibMonths = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// appendBibTeX appends an entry in BibTeX, as UTF-8. Names and titles stand in two pairs of
// braces: they are not taken apart, and keep their capitals.
func appendBibTeX(b []byte, e *Entry) []byte {
	b = append(append(append(append(append(b, '@'), e.Type.BibTeX...), '{'), e.ID...), ",\n"...)
	raw := func(key, value string) {
		if value != "" {
			b = append(append(append(append(append(b, "  "...), key...), " = "...), value...), ",\n"...)
		}
	}
	add := func(key, value string) {
		if value = tex(value); value != "" {
			raw(key, "{"+value+"}")
		}
	}
	var names []string
	for _, n := range e.Names {
		names = append(names, "{"+tex(n)+"}")
	}
	if len(names) > 0 {
		raw("author", "{"+strings.Join(names, " and ")+"}")
	}
	if title := tex(e.Title); title != "" {
		raw("title", "{{"+title+"}}")
	}
	if p, ok := parts(e.Issued); ok && certain(e.Issued) {
		raw("year", "{"+strconv.Itoa(p[0])+"}")
		if len(p) > 1 {
			raw("month", bibMonths[p[1]-1])
		}
		if len(p) > 2 {
			raw("day", "{"+strconv.Itoa(p[2])+"}")
		}
	} else {
		add("year", e.Words)
	}
	if e.Type == report {
		if issuer := tex(e.Issuer); issuer != "" {
			raw("institution", "{{"+issuer+"}}")
		}
	}
	add("number", e.Number)
	add("type", e.Genre)
	add("address", e.Place)
	add("howpublished", joined(", ", e.Archive, e.location()))
	add("language", e.Language)
	add("abstract", e.Abstract)
	if e.URL != "" {
		raw("url", "{"+e.URL+"}")
	}
	add("note", e.note())
	return append(b, "}\n"...)
}
