package markup

import (
	"regexp"
	"slices"
	"strings"
)

// Parts reports whether a text holds signs of Markdown, or coded characters, that may
// stand between its words or within them, so that readers see words side by side, or in
// one piece, that are not so in the text. It may be wrong in saying yes, never in saying
// no.
func Parts(s string) bool {
	for _, c := range []byte("&]\\<*`~") {
		for at := 0; ; at++ {
			i := strings.IndexByte(s[at:], c)
			if i < 0 {
				break
			}
			if at += i; parts(s, at) {
				return true
			}
		}
	}
	for _, sign := range []string{"[^", "_-", "-_"} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

// parts reports whether the byte at a place begins a sign that parts words.
func parts(s string, at int) bool {
	next := byte(' ')
	if at+1 < len(s) {
		next = s[at+1]
	}
	switch s[at] {
	case '&':
		return (next == '#' || isLetterByte(next)) && strings.IndexByte(s[at:min(len(s), at+40)], ';') > 0
	case ']': // an address, a label or a language follows
		return next == '(' || next == '[' || next == '{'
	case '\\': // before what ids and addresses have between their letters
		return strings.IndexByte("-_./:%", next) >= 0
	case '<':
		return next == '/' || next == '!' || next == '?' || isLetterByte(next)
	}
	return joins(s, at)
}

// joins reports whether a mark of emphasis or code stands within a word.
func joins(s string, at int) bool {
	from, to := at, at+1
	for from > 0 && isMark(s[from-1]) && at-from <= maxMarks {
		from--
	}
	for to < len(s) && isMark(s[to]) && to-at <= maxMarks {
		to++
	}
	if to-from > maxMarks {
		return true
	}
	return from > 0 && to < len(s) && isWordByte(s[from-1]) && isWordByte(s[to])
}

// maxMarks is how many marks are looked over: nobody means more, and they may be a million.
const maxMarks = 64

func isMark(c byte) bool { return c == '*' || c == '_' || c == '`' || c == '~' }

func isLetterByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isWordByte(c byte) bool { return isLetterByte(c) || isDigit(c) || c == '-' || c >= 0x80 }

// partingLabels are the marks of notes, and the labels of links whose addresses stand
// elsewhere.
var partingLabels = regexp.MustCompile(`\[\^[^\]\s]+\]|\]\[(?:[^\[\]\\]|\\.)*\]`)

// Readings are a text of Markdown as its readers may see it: set as blocks, and set as one
// run of words, such as a title; and as it lies, with its coded characters resolved, for
// the addresses in it. All of them are searched by who must not miss a word. Links to
// notes and the labels of links are left out whether they lead somewhere or not.
func Readings(src string) []string {
	src = strings.TrimSpace(src)
	bare := partingLabels.ReplaceAllStringFunc(src, func(mark string) string {
		if mark[0] == ']' {
			return "]"
		}
		return ""
	})
	out := []string{Plain(bare), plainRun(bare), unescape(src)}
	slices.Sort(out)
	return slices.Compact(out)
}

// plainRun is Plain of a text that knows no block but the paragraph.
func plainRun(src string) string {
	c := newChecker(Source{Text: src}, anyLink)
	var b strings.Builder
	c.gather(&b, c.parse(inlineParser()))
	return strings.Join(strings.Fields(b.String()), " ")
}

// Bare are two texts that hold what readings of any part of a text do, as far as Parts
// finds nothing more in the second: the text with its coded characters resolved, and
// that without the addresses and labels that follow words in brackets. They cost little
// where every text has links.
func Bare(s string) (resolved, bare string) {
	resolved = s
	if strings.IndexByte(s, '&') >= 0 {
		resolved = resolve(s)
	}
	var b strings.Builder
	b.Grow(len(resolved))
	rest := resolved
	for {
		at := strings.IndexByte(rest, ']') + 1
		if at == 0 {
			b.WriteString(rest)
			return resolved, b.String()
		}
		b.WriteString(rest[:at])
		rest = rest[at:]
		rest = rest[simpleTarget(rest):]
	}
}

// resolve resolves character references wherever they stand.
func resolve(s string) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(s, '&')
		if at < 0 {
			b.WriteString(s)
			return b.String()
		}
		ref, char := reference(s[at:])
		b.WriteString(s[:at] + char)
		s = s[at+len(ref):]
	}
}

// simpleTarget is how many bytes an address in round brackets has, or a label in square
// ones, that can end in one place only; 0 for all others.
func simpleTarget(s string) int {
	ends := ""
	switch {
	case strings.HasPrefix(s, "("):
		ends = "()\"'<>\\ \t\n"
	case strings.HasPrefix(s, "["):
		ends = "[]\\\n"
	default:
		return 0
	}
	window := s[1:min(len(s), 1000)]
	at := strings.IndexAny(window, ends)
	if at < 0 || window[at] != ends[1] {
		return 0
	}
	return at + 2
}
