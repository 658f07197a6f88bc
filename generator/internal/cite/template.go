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
	pieces   []piece
	end      string
	accessed bool // it says when a page was looked at
}

// piece is a field with the words around it.
type piece struct {
	before, after string
	words         string  // of before, without the marks that lead to them
	fields        []field // the first that is not empty is written
	part          bool    // a field is a template of its own, which may hold marks
	mark          rune    // begins what is marked as a piece of its own, 0 for most
}

// parse reads a template. parts are those that it may use as fields.
func parse(text string, parts map[string]map[string]template) (template, *Fault) {
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
		p, err := parsePiece(lead, inner, parts)
		if err != nil {
			return t, err
		}
		t.accessed = t.accessed || p.mark == markAccessed
		t.pieces, text = append(t.pieces, p), after
	}
}

func parsePiece(lead, inner string, parts map[string]map[string]template) (piece, *Fault) {
	p := piece{before: lead}
	words := strings.Split(inner, "|")
	name := words[0]
	switch len(words) {
	case 1:
	case 2, 3:
		p.before, name = lead+words[0], words[1]
		p.after = strings.Join(words[2:], "")
	default:
		return p, fault("{%s} có hơn ba phần", "{%s} has more than three parts", inner)
	}
	for _, n := range strings.Split(name, "/") {
		f, ok := fields[n]
		if _, is := parts[n]; is {
			f, ok, p.part = partField(n), true, true
		}
		if !ok {
			return p, fault("{%s}: không có trường %q", "{%s}: there is no field %q", inner, n)
		}
		p.fields, p.mark = append(p.fields, f), markOf[n]
	}
	if strings.Count(p.before, "*") != strings.Count(p.after, "*") {
		return p, fault("{%s}: dấu * không thành cặp", "{%s}: an * without its other", inner)
	}
	p.before, p.after = strings.ReplaceAll(p.before, "*", string(markItalic)), strings.ReplaceAll(p.after, "*", string(markEnd))
	p.words = strings.TrimRight(strings.TrimLeft(p.before, separators), string(markItalic))
	return p, nil
}

// partField is a field that is worded by a template of its own.
func partField(name string) field {
	return func(w wording) string {
		t, ok := w.parts[name][w.lang]
		if !ok {
			t = w.parts[name][""]
		}
		return t.write(w)
	}
}

func (t template) write(w wording) string {
	var room [512]byte
	out := room[:0]
	for _, p := range t.pieces {
		if v := p.value(w); v != "" {
			out = join(out, p.lead(v))
			out = p.append(out, v)
			out = join(out, p.after)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return string(join(out, t.end))
}

// append appends a value, between its marks where it has some.
func (p piece) append(out []byte, value string) []byte {
	if p.mark == 0 {
		return append(out, p.quoted(value)...)
	}
	out = append(append(out, byte(p.mark)), value...)
	return append(out, byte(markEnd))
}

func (p piece) value(w wording) string {
	for _, f := range p.fields {
		v := f(w)
		if !p.part {
			v = trim(v)
		}
		if v != "" {
			return v
		}
	}
	return ""
}

// lead is the text before a value, without words that the value begins with.
func (p piece) lead(value string) string {
	if p.words != "" && lowerFirst(value) == lowerFirst(p.words) && strings.HasPrefix(strings.ToLower(value), strings.ToLower(p.words)) {
		return strings.Replace(p.before, p.words, "", 1)
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
	if strings.HasPrefix(text, string(markEnd)) {
		return join(append(out, byte(markEnd)), text[1:])
	}
	if len(out) == 0 {
		return append(out, strings.TrimLeft(text, separators)...)
	}
	if text == "" || strings.IndexByte(separators[1:], text[0]) < 0 {
		return append(out, text...)
	}
	inside := bytes.TrimRight(out, "”’»"+string(markEnd))
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
