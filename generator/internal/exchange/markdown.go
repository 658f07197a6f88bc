package exchange

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/diag"
)

// The texts of a record are Markdown and those of a sheet are not: what would
// be read as marks is escaped, and the few tags that spreadsheets hold become
// what they mean.
var tags = []struct {
	tag *regexp.Regexp
	to  string
}{
	{regexp.MustCompile(`(?is)<a\s[^<>]*?href\s*=\s*["']?(https?://[^"'\s<>()]+|mailto:[^"'\s<>()]+)["']?[^<>]*>([^<>\[\]]*)</a>`), "[$2]($1)"},
	{regexp.MustCompile(`(?i)</?(?:i|em|cite)>`), "*"},
	{regexp.MustCompile(`(?i)</?(?:b|strong)>`), "**"},
	{regexp.MustCompile(`(?i)<br\s*/?>`), "\n"},
	{regexp.MustCompile(`(?i)</p>\s*<p>|<p>`), "\n\n"},
	{regexp.MustCompile(`(?i)</p>`), ""},
	{regexp.MustCompile(`<([A-Za-z/!?])`), `\<$1`},
	{regexp.MustCompile(`(?m)^(\s*):::`), `$1\:::`},
}

// asMarkdown returns Markdown that shows the text of a cell. Where that would be
// refused all the same, such as brackets that open a thousand times, every mark is
// escaped.
func asMarkdown(s string) string {
	out := tagged(s)
	if !strings.Contains(out, "\n") {
		out = listMark.ReplaceAllString(out, `$1\$2$3`) // «1870.» is a year, and no list
	}
	if len(unshown(out, diag.Pos{})) > 0 {
		return literally(s)
	}
	return out
}

// listMark makes a line a list or a heading; whoever writes one line means neither.
var listMark = regexp.MustCompile(`^(\d{0,9})([.)#>+*-])(\s|$|#)`)

// literally escapes every mark. Blanks at the head of a line would make it code.
func literally(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		for _, r := range strings.TrimLeft(line, " \t") {
			if r < utf8.RuneSelf && unicode.In(r, unicode.Punct, unicode.Symbol) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

// tagged turns the usual tags into marks and escapes the others, and what looks
// like a link.
func tagged(s string) string {
	if !strings.ContainsAny(s, "<[:") {
		return s
	}
	s = strings.ReplaceAll(s, "](", `]\(`)
	for _, t := range tags {
		s = t.tag.ReplaceAllString(s, t.to)
	}
	return strings.TrimSpace(s)
}
