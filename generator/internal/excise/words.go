package excise

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/internal/vi"

	"golang.org/x/text/unicode/norm"
)

// words finds ids and titles in the bytes of a file, in one pass however many
// there are: a record may have thousands beneath it.
type words struct {
	ids    map[string]bool     // also names of pictures
	long   [256]bool           // how long an id is, in bytes; the last for all that are longer
	titles map[string][]string // by their first stem bytes
}

// stem is how many bytes of a title find it; no title is shorter.
const stem = 8

func newWords() *words { return &words{ids: map[string]bool{}, titles: map[string][]string{}} }

// addID takes an id, or the name of a picture.
func (w *words) addID(id string) {
	w.ids[id] = true
	w.long[min(len(id), 255)] = true
}

// addTitle takes a title that is long enough to be told from chance: two words
// and eight letters. ok is false for any other.
func (w *words) addTitle(title string) (ok bool) {
	t := plain(title)
	if utf8.RuneCountInString(t) < stem || !strings.Contains(t, " ") {
		return false
	}
	for _, t := range forms(title) {
		if len(t) >= stem && !slices.Contains(w.titles[t[:stem]], t) {
			w.titles[t[:stem]] = append(w.titles[t[:stem]], t)
		}
	}
	return true
}

// forms are the ways in which a title is sought: with its marks and with none at all, and where no
// address can be, without the signs within its words too.
func forms(title string) []string {
	bare := vi.Fold(title)
	return []string{plain(title), plain(bare), loose(title), loose(bare)}
}

// dropTitle forgets a title.
func (w *words) dropTitle(title string) {
	for _, t := range forms(title) {
		if len(t) >= stem {
			w.titles[t[:stem]] = slices.DeleteFunc(w.titles[t[:stem]], func(known string) bool { return known == t })
		}
	}
}

func (w *words) hasTitle(title string) bool {
	t := plain(title)
	return len(t) >= stem && slices.Contains(w.titles[t[:stem]], t)
}

// plain is a text as it is compared: its letters and digits, composed and small, with single
// blanks for all that stands between them. Signs that join the words of an address stay: a
// title is not sought in the names of files, which ids tell.
func plain(s string) string { return level(s, true) }

// loose is the same without the signs that join words: 15-BC/TW is 15 BC TW.
func loose(s string) string { return level(s, false) }

func level(s string, joining bool) string {
	if !composed(s) {
		s = norm.NFC.String(s)
	}
	out := make([]byte, 0, len(s))
	blank := false
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if !inWord(r) && !(joining && r < utf8.RuneSelf && joins[r] && joined(s, i)) {
			blank = len(out) > 0
			i += n
			continue
		}
		i += n
		if blank {
			out, blank = append(out, ' '), false
		}
		if r < utf8.RuneSelf {
			out = append(out, byte(small[r]))
		} else {
			out = utf8.AppendRune(out, lower(r))
		}
	}
	return string(out)
}

// composed reports whether a text is in form NFC for certain: without a mark
// or a letter that is put together with others. Of the letters that are needed for
// Vietnamese, none is.
func composed(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0xC0: // ASCII, or within a letter
		case c < 0xCC: // U+00C0 to U+02FF
		case c == 0xE1 && i+1 < len(s) && s[i+1] >= 0xB8 && s[i+1] <= 0xBB: // U+1E00 to U+1EFF
		case c == 0xE2 && i+1 < len(s) && s[i+1] == 0x80 && i+2 < len(s) && s[i+2] > 0x81: // U+2002 to U+203F, punctuation
		default:
			return false
		}
	}
	return true
}

// small holds the small letter of each letter of Latin scripts, and of ASCII.
var small = func() (t [0x1F00]rune) {
	for r := range t {
		t[r] = unicode.ToLower(rune(r))
	}
	return t
}()

func lower(r rune) rune {
	if int(r) < len(small) {
		return small[r]
	}
	return unicode.ToLower(r)
}

// wordly tells the letters, digits and marks among the letters of Latin scripts and ASCII.
var wordly = func() (t [len(small)]bool) {
	for r := range t {
		t[r] = partOfWord(rune(r))
	}
	return t
}()

func inWord(r rune) bool {
	if int(r) < len(wordly) {
		return wordly[r]
	}
	return partOfWord(r)
}

// joins are the signs that may join the words of an address.
var joins = func() (t [utf8.RuneSelf]bool) {
	for _, r := range "-/_.=#?&%@" {
		t[r] = true
	}
	return t
}()

// joined reports whether the sign at a place of a text joins words: but not two numbers, as those
// of years.
func joined(s string, at int) bool {
	if at == 0 || at+1 == len(s) {
		return false
	}
	if a, b := s[at-1], s[at+1]; a < utf8.RuneSelf && b < utf8.RuneSelf {
		return wordly[a] && wordly[b] && (!isDigit(a) || !isDigit(b))
	}
	a, _ := utf8.DecodeLastRuneInString(s[:at])
	b, _ := utf8.DecodeRuneInString(s[at+1:])
	return inWord(a) && inWord(b) && !(unicode.IsDigit(a) && unicode.IsDigit(b))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// in reports whether a file holds one of the words, be it written with entities of HTML, with
// the escapes of addresses or of JSON, with an emphasis or the mark of a note within.
func (w *words) in(data string) bool {
	return w.inHTML(data) || strings.Contains(data, "%") && w.holds(unescaped(data)) || strings.Contains(data, `\`) && w.inHTML(unslashed(data))
}

func (w *words) inHTML(data string) bool {
	if w.holds(data) || strings.Contains(data, "&") && w.holds(html.UnescapeString(data)) {
		return true
	}
	if strings.Contains(data, "<") {
		return w.holdsLoosely(bare(data)) || strings.Contains(data, "<sup") && w.holdsLoosely(bare(noteMark.ReplaceAllString(data, "")))
	}
	return false
}

// bare is what readers see of a page.
func bare(data string) string {
	if strings.Contains(data, "<br") {
		data = lineEnd.ReplaceAllString(data, " ")
	}
	return html.UnescapeString(untagged(data))
}

// holdsLoosely looks through what readers see of a page: whatever they take for a hyphen is one, and
// what they do not see is nothing.
func (w *words) holdsLoosely(text string) bool {
	if strings.Contains(text, "://") {
		text = webAddress.ReplaceAllString(text, " ")
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case unicode.In(r, unicode.Pd) || r == '\u2212' || r == '\u2043':
			return '-'
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			return -1
		}
		return r
	}, text)
	return w.holdsID(text) || len(w.titles) > 0 && w.holdsTitle(loose(text))
}

var webAddress = regexp.MustCompile(`https?://\S+`)

var lineEnd = regexp.MustCompile(`<br\s*/?>`)

// noteMark is the number of a note where it is called.
var noteMark = regexp.MustCompile(`(?s)<sup[ >].*?</sup>`)

// unslashed resolves the escapes of JSON: what stands for a blank or a line end becomes a blank.
func unslashed(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, `\`)
		b.WriteString(before)
		switch {
		case !found:
			return b.String()
		case rest == "":
			return b.String()
		case rest[0] == 'u' && len(rest) >= 5:
			if n, err := strconv.ParseUint(rest[1:5], 16, 32); err == nil {
				b.WriteRune(rune(n))
			}
			s = rest[5:]
		default:
			if !strings.ContainsRune("ntrbf", rune(rest[0])) {
				b.WriteByte(rest[0])
			} else {
				b.WriteByte(' ')
			}
			s = rest[1:]
		}
	}
}

// untagged leaves the tags of HTML out.
func untagged(s string) string {
	var b strings.Builder
	for s != "" {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			break
		}
		_, s, _ = strings.Cut(rest, ">")
	}
	return b.String()
}

// unescaped resolves every %XX that it can.
func unescaped(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '%')
		if i < 0 || i+2 >= len(s) {
			return b.String() + s
		}
		b.WriteString(s[:i])
		if c, err := url.PathUnescape(s[i : i+3]); err == nil {
			b.WriteString(c)
			s = s[i+3:]
		} else {
			b.WriteByte('%')
			s = s[i+1:]
		}
	}
}

func (w *words) holds(s string) bool {
	return w.holdsID(s) || len(w.titles) > 0 && w.holdsTitle(plain(s))
}

// holdsID looks at every run of letters, digits, hyphens and underscores, of
// which ids are made.
func (w *words) holdsID(s string) bool {
	start := -1
	for i := 0; i <= len(s); i++ {
		if i < len(s) && inID(s[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 && w.long[min(i-start, 255)] && (w.ids[s[start:i]] || w.ids[strings.ToLower(s[start:i])]) {
			return true
		}
		start = -1
	}
	return false
}

func inID(c byte) bool { return idByte[c] }

var idByte = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-' || c == '_'
	}
	return t
}()

// fewTitles is how many titles are looked for one by one, which is faster than
// to look at each word.
const fewTitles = 16

// holdsTitle looks for titles where a word begins. A tag ends a word.
func (w *words) holdsTitle(s string) bool {
	if len(w.titles) > fewTitles {
		return w.holdsAnyTitle(s)
	}
	for begin := range w.titles {
		for from := 0; ; from++ {
			i := strings.Index(s[from:], begin)
			if i < 0 {
				break
			}
			from += i
			if before, _ := utf8.DecodeLastRuneInString(s[:from]); (from == 0 || !partOfWord(before)) && w.titleAt(s, from) {
				return true
			}
		}
	}
	return false
}

func (w *words) holdsAnyTitle(s string) bool {
	before := ' '
	for i, r := range s {
		if !partOfWord(before) && w.titleAt(s, i) {
			return true
		}
		before = r
	}
	return false
}

// titleAt reports whether a title begins, and ends with a word, at a place of a text.
func (w *words) titleAt(s string, at int) bool {
	if at+stem > len(s) {
		return false
	}
	for _, t := range w.titles[s[at:at+stem]] {
		if strings.HasPrefix(s[at:], t) && ends(s[at+len(t):]) {
			return true
		}
	}
	return false
}

func ends(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !partOfWord(r)
}

func partOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
