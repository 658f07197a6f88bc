package markup

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/diag"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// Plain returns the text of Markdown without marks, HTML, notes and blocks,
// with white space collapsed: for descriptions in page heads, alt texts and
// the search index.
func Plain(src string) string {
	if isPlain(src) {
		return plainWords(src, len(src))
	}
	c := newChecker(Source{Text: src}, anyLink)
	c.directivesAllowed = true
	var b strings.Builder
	c.gather(&b, c.parse(blockParser()))
	return strings.Join(strings.Fields(b.String()), " ")
}

// anyLink accepts every id: plain text shows no addresses.
func anyLink(string) (href string, why diag.Text, ok bool) { return "#", why, true }

// Excerpt returns at most max characters of the plain text of Markdown, cut
// at the end of a word and ended with "…" where something was cut.
func Excerpt(src string, max int) string { return cut(beginning(src, max), max) }

// Summary is the Excerpt of what Plain makes of a Markdown text, without
// making all of it.
func Summary(src string, max int) string {
	if isPlain(src) {
		if s := plainWords(src, max); isPlain(s) {
			return cut(s, max)
		}
	}
	return Excerpt(Plain(src), max)
}

// cut ends plain text at the end of a word.
func cut(s string, max int) string {
	if utf8.RuneCountInString(s) <= max {
		return s
	}
	if max < 1 {
		return ""
	}
	end := 0 // of max-1 characters
	for range max - 1 {
		_, n := utf8.DecodeRuneInString(s[end:])
		end += n
	}
	cut := s[:end]
	if s[end] != ' ' {
		if word := strings.LastIndexByte(cut, ' '); word > 0 {
			cut = cut[:word]
		}
	}
	return strings.TrimRight(cut, " ,;:–—-(“") + "…"
}

// beginning is the plain text of Markdown, or more than max characters of it.
func beginning(src string, max int) string {
	if isPlain(src) {
		return plainWords(src, max)
	}
	return Plain(src)
}

// gather writes the text of a node, a space after every block.
func (c *checker) gather(b *strings.Builder, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		c.gatherText(b, n)
	case *ast.AutoLink:
		b.Write(n.Label(c.source))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		b.Write(n.Lines().Value(c.source))
	case *east.FootnoteList, *ast.LinkReferenceDefinition:
		return
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c.gather(b, child)
	}
	if n.Type() == ast.TypeBlock {
		b.WriteByte(' ')
	}
}

func (c *checker) gatherText(b *strings.Builder, n *ast.Text) {
	value := string(n.Segment.Value(c.source))
	if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
		value = unescape(value)
	}
	b.WriteString(value)
	if n.SoftLineBreak() || n.HardLineBreak() {
		b.WriteByte(' ')
	}
}

// textOf returns the plain text of a node.
func (c *checker) textOf(n ast.Node) string {
	var b strings.Builder
	c.gather(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// clean makes line ends "\n" and puts U+FFFD for broken UTF-8 and for the
// control characters that HTML forbids.
func clean(s string) string {
	if utf8.ValidString(s) && !suspicious(s) {
		return s
	}
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	if utf8.ValidString(s) && strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\r' {
			return '\n'
		}
		if forbidden(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// suspicious tells quickly that s may hold something for clean to change:
// the bytes of control characters and those that noncharacters begin with.
func suspicious(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 && c != '\n' && c != '\t' || c == 0x7f || c == 0xc2 || c >= 0xef {
			return true
		}
	}
	return false
}

// forbidden tells which characters may not stand in an HTML document:
// controls and noncharacters (HTML, 13.2.3.5 "Preprocessing the input stream").
func forbidden(r rune) bool {
	if r < 0x80 {
		return r < 0x20 && r != '\n' && r != '\t' || r == 0x7f
	}
	return r < 0xa0 || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

// unescape resolves backslash escapes and character references, as
// CommonMark does in text and in link destinations.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			b.WriteByte(s[i+1])
			i += 2
		case s[i] == '&':
			ref, char := reference(s[i:])
			b.WriteString(char)
			i += len(ref)
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}

// reference reads a character reference at the start of s, which begins
// with "&"; what is none stands for itself.
func reference(s string) (ref, char string) {
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 0 {
		return "&", "&"
	}
	ref = s[:end+1]
	if char = html.UnescapeString(ref); char == ref || strings.HasSuffix(char, ";") && len(char) > 1 {
		return "&", "&"
	}
	return ref, clean(char)
}

// escaper writes the four characters that could end a text or an attribute.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

const nbsp = "\u00a0"

// binders are the words after which a number may not begin a new line.
var binders = map[string]bool{
	"số": true, "tập": true, "quyển": true, "trang": true, "tr.": true, "t.": true, "tờ": true,
	"ngày": true, "mùng": true, "mồng": true, "tháng": true, "năm": true,
}

// typeset escapes text for HTML and ties numbers to the words before them
// and the parts of a date to each other with no-break spaces.
func typeset(s string) string {
	var b strings.Builder
	from := 0
	for i := 1; i < len(s); i++ {
		if s[i-1] != ' ' || !isNumberByte(s[i]) {
			continue
		}
		end := numberEnd(s, i)
		word := wordBefore(s, i-1)
		if end == i || !binders[word] {
			continue
		}
		if from == 0 {
			b.Grow(len(s) + 8)
		}
		b.WriteString(s[from : i-1])
		b.WriteString(nbsp)
		from = i
		if (word == "ngày" || word == "tháng") && datePartFollows(s[end:]) {
			b.WriteString(s[i:end])
			b.WriteString(nbsp)
			from = end + 1
		}
	}
	if from == 0 {
		return escaper.Replace(s)
	}
	b.WriteString(s[from:])
	return escaper.Replace(b.String())
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isNumberByte tells a digit or a letter of a Roman numeral.
func isNumberByte(c byte) bool {
	return isDigit(c) || c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C'
}

// numberEnd returns where the number that begins at i ends, or i where the
// letters there are not a Roman numeral but a word.
func numberEnd(s string, i int) int {
	j := i
	if isDigit(s[i]) {
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		return j
	}
	for j < len(s) && isNumberByte(s[j]) {
		j++
	}
	if next, _ := utf8.DecodeRuneInString(s[j:]); j < len(s) && unicode.IsLetter(next) {
		return i
	}
	return j
}

// wordBefore returns, in lower case, the word that ends at end.
func wordBefore(s string, end int) string {
	start := end
	for start > 0 && s[start-1] != ' ' && s[start-1] != '\n' && end-start < 16 {
		start--
	}
	return strings.ToLower(strings.TrimLeft(s[start:end], `“‘"'([–-`))
}

// datePartFollows tells whether " tháng " or " năm " comes next.
func datePartFollows(s string) bool {
	return strings.HasPrefix(s, " tháng ") || strings.HasPrefix(s, " năm ")
}
