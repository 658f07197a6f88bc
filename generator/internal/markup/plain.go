package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Most texts of an archive are plain paragraphs. They take a short way that
// gives the same bytes as the long one (FuzzPlainPath holds them together).

// What a byte of a text means for the short way.
const (
	ordinary = iota
	special  // means something in Markdown wherever it stands, or clean would change it; ! does so only before [
	newline
	odd // begins characters of which clean changes some
)

var meanings = func() (t [256]uint8) {
	for c := range 0x20 {
		t[c] = special
	}
	for _, c := range "\\`*_[]<>&|~^#{}\x7f" {
		t[c] = special
	}
	t['\n'], t[0xc2] = newline, odd
	for c := 0xef; c < len(t); c++ {
		t[c] = odd
	}
	return t
}()

// isPlain tells whether a text is nothing but paragraphs.
func isPlain(s string) bool {
	start, strange := true, false
	for i := range len(s) {
		switch meanings[s[i]] {
		case special:
			return false
		case newline:
			if i > 0 && s[i-1] == ' ' {
				return false
			}
			start = true
			continue
		case odd:
			strange = true
		}
		if start && !opensParagraph(s[i:]) {
			return false
		}
		start = false
	}
	if strings.HasSuffix(s, " ") {
		return false
	}
	if strange {
		return clean(s) == s
	}
	return utf8.ValidString(s)
}

// opensParagraph tells whether a line beginning so can only be a line of a
// paragraph: with a letter, a quotation mark, an opening bracket, or a number
// that is not that of a list.
func opensParagraph(line string) bool {
	c := line[0]
	if isDigit(c) {
		rest := strings.TrimLeft(line, "0123456789")
		return rest == "" || rest[0] != '.' && rest[0] != ')'
	}
	return c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '"' || c == '('
}

// runOn returns a plain text without its empty lines.
func runOn(s string) string {
	s = strings.Trim(s, "\n")
	if !strings.Contains(s, "\n\n") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }), "\n")
}

// plainParagraphs writes a plain text as HTML.
func plainParagraphs(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 64)
	for len(s) > 0 {
		s = strings.TrimLeft(s, "\n")
		para, rest, _ := strings.Cut(s, "\n\n")
		if para = strings.TrimRight(para, "\n"); para != "" {
			b.WriteString("<p>")
			b.WriteString(typeset(para))
			b.WriteString("</p>\n")
		}
		s = rest
	}
	return b.String()
}

// plainWords returns the words of a plain text with single blanks between
// them, and stops after more than max characters.
func plainWords(s string, max int) string {
	if isSpaced(s) {
		return firstWords(s, max)
	}
	var b strings.Builder
	b.Grow(min(len(s), 2*max+16))
	n := 0 // characters, and one for the blank to come
	for word := range strings.FieldsSeq(s) {
		if n-1 > max {
			break
		}
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		n += 1 + utf8.RuneCountInString(word)
	}
	return b.String()
}

// isSpaced tells whether nothing but single blanks stands between the words of
// a plain text and nothing around them. It may fail to see it, never the other
// way round.
func isSpaced(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '\n', c == ' ' && last == ' ', c == 0xc2, c == 0xe3:
			return false
		case c == 0xe1 && s[i+1] == 0x9a, c == 0xe2 && s[i+1] < 0x82: // the other blanks of Unicode
			if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
				return false
			}
		}
		last = c
	}
	return true
}

// firstWords is plainWords of a text that is spaced.
func firstWords(s string, max int) string {
	if len(s) <= max {
		return s
	}
	n := 0 // characters
	for i, r := range s {
		if r == ' ' && n > max {
			return s[:i]
		}
		n++
	}
	return s
}
