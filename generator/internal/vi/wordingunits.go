package vi

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unit is what a text holds at a place, as far as a [Wording] asks.
type unit struct {
	kind unitKind
	size int  // bytes
	kept bool // it belongs to the file and not to what it says
	glyph
}

// unitKind says what a unit does to a word.
type unitKind uint8

const (
	lettering unitKind = iota // it is a letter or digit, or a ligature of some
	within                    // it may stand inside a word without parting it
	between                   // it parts words
)

// marked reports whether a letter bears a mark.
func (u unit) marked() bool { return u.tone != 0 || u.letters != u.fold }

// inBrackets is what a note or the text of a link may hold, over the ends of lines but
// not of paragraphs.
const inBrackets = `(?:[^\[\]\n]|\n[ \t>]*[^\[\]\s]){0,250}`

var (
	tagAside     = regexp.MustCompile(`^(?:<su[bp]>[^<>\n]{0,20}</su[bp]>|</?[A-Za-z0-9!][^<>\n]{0,200}>)`)
	bracketAside = regexp.MustCompile(`^\[` + inBrackets + `\](?:\{[a-z-]{1,40}\})?`)
	linkAside    = regexp.MustCompile(`^\](?:\([^()\n]{0,300}\)|\[[^\[\]\n]{0,40}\]|\{lang=[^{}\n]{0,40}\})`)
	linkText     = regexp.MustCompile(`^\[` + inBrackets + `\](?:\(|\[|\{lang=)`)
	imageAside   = regexp.MustCompile(`^!\[` + inBrackets + `\]\([^()\n]{0,300}\)`)
	cueTimes     = regexp.MustCompile(`^\r?\n\r?\n(?:[^\n]{0,100}\n)?(?:\d+:)?\d\d:\d\d[.,]\d{3}[ \t]+-->[^\n]{0,200}\n`)
	pageAside    = regexp.MustCompile(`^[ \t]*\r?\n[\s>]*[-#–—=*_\[(|]*[ \t]*(?:(?i:trang|tờ|tr|t|page|p|folio|fol|f)\.?[ \t]*(?:số[ \t]*)?)?\d{1,4}[rv]?[ \t]*[-#–—=*_\])|]*[ \t]*\r?\n[ \t]*`)
	brokenWord   = regexp.MustCompile("^(?:-|\u2010|¬|\u00ad)[ \t]*\r?\n[ \t>#]*")
	entity       = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});`)
	percented    = regexp.MustCompile(`^(?:%[0-9a-fA-F]{2})+`)
	escaped      = regexp.MustCompile(`^\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})`)
	lastEscape   = regexp.MustCompile(`(?:\\[abefnrtv0_NLP]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\U[0-9a-fA-F]{8}|%[0-9a-fA-F]{2})$`)
)

// asides says what is passed over besides what is no letter.
type asides uint8

const (
	noAsides      asides = iota
	notes                // tags, all that stands in brackets, and addresses of links
	notesNotLinks        // the same, but not the text of links
)

// unitOf reads the first unit of a text that is not empty.
func unitOf(s string, skip asides) unit {
	switch s[0] {
	case '<', '[', ']', '!':
		if n := asideSize(s, skip); n > 0 {
			return unit{kind: within, size: n}
		}
	case '&', '%', '\\':
		if u, ok := coded(s); ok {
			return u
		}
	case '\n', '\r':
		if n := len(cueTimes.FindString(s)); n > 0 {
			return unit{kind: between, size: n, kept: true}
		}
		if n := len(pageAside.FindString(s)); skip != noAsides && n > 0 {
			return unit{kind: between, size: n, kept: true}
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case unicode.Is(unicode.Mn, r):
		return unit{kind: within, size: n}
	case wordRune(r) || unicode.IsDigit(r):
		return letterUnit(r, s, n)
	case strings.ContainsRune("-\u2010¬\u00ad", r) && r != utf8.RuneError:
		if broken := len(brokenWord.FindString(s)); broken > 0 {
			return unit{kind: within, size: broken}
		}
	}
	if unicode.Is(unicode.Cf, r) || strings.ContainsRune("*_~`\\", r) {
		return unit{kind: within, size: n}
	}
	return unit{kind: between, size: n}
}

// letterUnit reads a letter of n bytes with the marks that follow it.
func letterUnit(r rune, s string, n int) unit {
	if foreign(r) && twins[r] != 0 {
		r = twins[r]
	}
	u := unit{kind: lettering, glyph: glyphOf(r)}
	if r >= 0x2000 { // of full width, a ligature, a letter of mathematics
		plain := Fold(norm.NFKC.String(string(r)))
		u.glyph = glyph{letters: plain, fold: plain}
	}
	for n < len(s) && s[n] >= utf8.RuneSelf {
		m, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.Is(unicode.Mn, m) {
			break
		}
		if tone := toneOf[m]; tone != 0 {
			u.tone = tone
		} else if made, ok := shaped[u.letters+string(m)]; ok {
			u.letters = made
		}
		n += size
	}
	u.size = n
	return u
}

// asideSize is the size of a tag, of a note in brackets, of a picture or of the address
// of a link; of a link whose text counts it is that of the bracket before it.
func asideSize(s string, skip asides) int {
	if skip == noAsides {
		return 0
	}
	if skip == notesNotLinks && linkText.MatchString(s) {
		return 1
	}
	for _, aside := range []*regexp.Regexp{tagAside, bracketAside, linkAside, imageAside} {
		if n := len(aside.FindString(s)); n > 0 {
			return n
		}
	}
	return 0
}

// coded reads an entity of HTML, a character of an address or an escape of YAML
// or JSON.
func coded(s string) (unit, bool) {
	var code, plain string
	switch s[0] {
	case '&':
		code = entity.FindString(s)
		plain = html.UnescapeString(code)
	case '%':
		code = percented.FindString(s)
		plain, _ = url.PathUnescape(code)
	case '\\':
		if len(s) > 1 && strings.IndexByte("nrt_NLP", s[1]) >= 0 {
			return unit{kind: between, size: 2}, true
		}
		if code = escaped.FindString(s); code != "" {
			n, _ := strconv.ParseUint(code[2:], 16, 32)
			plain = string(rune(n))
		}
	}
	if code == "" || plain == "" || plain == code {
		return unit{}, false
	}
	u := unitOf(plain, noAsides)
	if s[0] != '%' || u.size == len(plain) {
		u.size = len(code)
	} else {
		u.size *= len("%00") // of several characters the first
	}
	return u, true
}

// startsWord reports whether no word reaches into the place of a text.
func startsWord(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	if !wordRune(r) && !unicode.IsDigit(r) || at == 0 || unicode.Is(unicode.Han, r) {
		return true
	}
	return lastEscape.MatchString(text[max(0, at-10):at])
}

// endsWord reports whether no word goes on at the beginning of a text.
func endsWord(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || unicode.Is(unicode.Han, r) {
		return true
	}
	if strings.IndexByte(`&%\`, rest[0]) >= 0 {
		u, ok := coded(rest)
		return !ok || u.kind != lettering
	}
	return !wordRune(r) && !unicode.IsDigit(r)
}
