package exchange

import (
	"regexp"
	"strings"
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

// asMarkdown returns Markdown that shows the text of a cell.
func asMarkdown(s string) string {
	if !strings.ContainsAny(s, "<[:") {
		return s
	}
	s = strings.ReplaceAll(s, "](", `]\(`)
	for _, t := range tags {
		s = t.tag.ReplaceAllString(s, t.to)
	}
	return strings.TrimSpace(s)
}
