package markup

import (
	"strings"
	"unicode/utf8"
)

// Most texts of an archive are plain paragraphs. They take a short way that
// gives the same bytes as the long one (FuzzPlainPath holds them together).

// special are the characters that mean something in Markdown wherever they
// stand, and those that clean would change.
var special = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\n'
	}
	for _, c := range "\\`*_[]<>&!|~^#{}\x7f" {
		t[c] = true
	}
	return t
}()

// isPlain tells whether a text is nothing but paragraphs.
func isPlain(s string) bool {
	start := true
	for i := range len(s) {
		c := s[i]
		switch {
		case special[c]:
			return false
		case c == '\n':
			if i > 0 && s[i-1] == ' ' {
				return false
			}
			start = true
			continue
		case start && !opensParagraph(s[i:]):
			return false
		}
		start = false
	}
	return !strings.HasSuffix(s, " ") && clean(s) == s
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

// lines returns the lines of a plain text that are not empty.
func lines(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
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
