package cite

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// template is a citation in pieces, and the text that ends it.
type template struct {
	pieces []piece
	end    string
}

// piece is a field with the words around it.
type piece struct {
	before, after string
	words         string  // of before, without the marks that lead to them
	fields        []field // the first that is not empty is written
}

// parse reads a template.
func parse(text string) (template, *Fault) {
	var t template
	for {
		lead, rest, found := strings.Cut(text, "{")
		if strings.Contains(lead, "}") {
			return t, fault("dấu } không có dấu { ở %q", "a } without its { in %q", lead)
		}
		if !found {
			t.end = lead
			return t, nil
		}
		inner, after, closed := strings.Cut(rest, "}")
		if !closed || strings.Contains(inner, "{") {
			return t, fault("dấu { không có dấu } ở trước %q", "a { without its } before %q", rest)
		}
		p, err := parsePiece(lead, inner)
		if err != nil {
			return t, err
		}
		t.pieces, text = append(t.pieces, p), after
	}
}

func parsePiece(lead, inner string) (piece, *Fault) {
	p := piece{before: lead}
	parts := strings.Split(inner, "|")
	name := parts[0]
	switch len(parts) {
	case 1:
	case 2, 3:
		p.before, name = lead+parts[0], parts[1]
		p.after = strings.Join(parts[2:], "")
	default:
		return p, fault("{%s} có hơn ba phần", "{%s} has more than three parts", inner)
	}
	for _, n := range strings.Split(name, "/") {
		f, ok := fields[n]
		if !ok {
			return p, fault("{%s}: không có trường %q", "{%s}: there is no field %q", inner, n)
		}
		p.fields = append(p.fields, f)
	}
	p.words = strings.TrimLeft(p.before, separators)
	return p, nil
}

func (t template) write(w wording) string {
	var room [512]byte
	out := room[:0]
	for _, p := range t.pieces {
		if v := p.value(w); v != "" {
			out = append(join(out, p.lead(v)), p.quoted(v)...)
			out = join(out, p.after)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return string(join(out, t.end))
}

func (p piece) value(w wording) string {
	for _, f := range p.fields {
		if v := trim(f(w)); v != "" {
			return v
		}
	}
	return ""
}

// lead is the text before a value, without words that the value begins with.
func (p piece) lead(value string) string {
	if p.words != "" && lowerFirst(value) == lowerFirst(p.words) && strings.HasPrefix(strings.ToLower(value), strings.ToLower(p.words)) {
		return strings.TrimSuffix(p.before, p.words)
	}
	return p.before
}

// lowerFirst is the first character of a text, in lower case.
func lowerFirst(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.ToLower(r)
}

var innerMarks = strings.NewReplacer("“", "‘", "”", "’")

// quoted turns double quotation marks inside quoted words into single ones.
func (p piece) quoted(value string) string {
	if strings.HasSuffix(p.before, "“") {
		return innerMarks.Replace(value)
	}
	return value
}

// separators are the marks and blanks that only part one piece from the next.
const separators = " ,;:."

// join appends text and merges the marks that meet: nothing separates at the
// very beginning, no comma is written after another, and a full stop takes the
// place of a comma.
func join(out []byte, text string) []byte {
	if len(out) == 0 {
		return append(out, strings.TrimLeft(text, separators)...)
	}
	if text == "" || strings.IndexByte(separators[1:], text[0]) < 0 {
		return append(out, text...)
	}
	inside := bytes.TrimRight(out, "”’»")
	last, _ := utf8.DecodeLastRune(inside)
	switch mark := text[0]; {
	case mark == ',' && strings.ContainsRune(",;:", last), mark == '.' && strings.ContainsRune(".?!…", last):
		return append(out, text[1:]...)
	case mark == '.' && last == ',':
		inside[len(inside)-1] = '.'
		return append(out, text[1:]...)
	case last == ',':
		return append(slices.Delete(out, len(inside)-1, len(inside)), text...)
	}
	return append(out, text...)
}
