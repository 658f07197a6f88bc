package marking

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/internal/vi"
)

// passage is a text cut into words.
type passage struct {
	text  string
	words []word
	name  bool // it is the name of a file
	loose bool // the parts of a marking may stand apart

	doubts int // markings that were looked at for being harmless
}

// maxDoubts is how many markings of one text are given the benefit of the doubt.
// No honest text writes so many harmless words as stamps are written.
const maxDoubts = 20_000

func (t *passage) mayBeHarmless() bool {
	t.doubts++
	return t.doubts <= maxDoubts
}

// word is a run of letters and their marks, as bytes of the text.
type word struct{ start, end int }

// maxWord is the longest word that is looked at, in bytes.
const maxWord = 200

// split finds the words of a text. In the name of a file a capital after a
// small letter begins another: CongVanMat.
func split(s string, name bool) []word {
	var out []word
	start, small := -1, false
	for i, r := range s {
		in := inWord(r, start >= 0)
		if start >= 0 && (!in || name && small && unicode.IsUpper(r)) {
			out = append(out, word{start, i})
			start = -1
		}
		if in && start < 0 {
			start = i
		}
		if r < utf8.RuneSelf || !unicode.Is(unicode.Mn, r) {
			small = unicode.IsLower(r)
		}
	}
	if start >= 0 {
		out = append(out, word{start, len(s)})
	}
	return out
}

// inWord tells the characters of words. Marks and invisible characters belong
// to a word that has begun.
func inWord(r rune, begun bool) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || begun && unicode.In(r, unicode.Mn, unicode.Cf)
}

// tidy returns a word composed, without invisible characters, in usual width,
// and with Latin letters for their twins of other scripts.
func tidy(word string) string {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			fixed, _ := vi.Repair(strings.Map(visible, word))
			return fixed
		}
	}
	return word
}

func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func (t *passage) word(i int) string {
	w := t.words[i]
	return t.text[w.start:min(w.end, w.start+maxWord)]
}

// match matches a phrase against the words from i on, and returns how many it
// takes: one for each of its syllables, more where they are spelled letter by
// letter, one where the name of a file runs them together.
func (t *passage) match(p phrase, i int) (n int, like likeness) {
	like = same
	for k, f := range p.forms {
		if k > 0 && !t.joined(i+n) {
			return t.runTogether(p, i)
		}
		m, l := t.matchForm(f, i+n)
		if m == 0 {
			return t.runTogether(p, i)
		}
		n, like = n+m, min(like, l)
	}
	return n, like
}

// runTogether matches a phrase against one word: the name of a file has no spaces to
// go by, and invisible characters may stand in their place.
func (t *passage) runTogether(p phrase, i int) (int, likeness) {
	if i >= len(t.words) {
		return 0, other
	}
	parts := strings.FieldsFunc(t.word(i), func(r rune) bool { return unicode.Is(unicode.Cf, r) })
	if len(parts) == len(p.forms) && len(parts) > 1 {
		like := same
		for k, f := range p.forms {
			like = min(like, f.like(parts[k]))
		}
		if like != other {
			return 1, like
		}
	}
	if t.name && len(p.forms) > 1 && vi.Fold(t.word(i)) == p.joined {
		return 1, bare
	}
	return 0, other
}

// matchForm matches one syllable: a word, or as many words of one letter.
func (t *passage) matchForm(f form, i int) (int, likeness) {
	if i >= len(t.words) {
		return 0, other
	}
	if l := f.like(t.word(i)); l != other {
		return 1, l
	}
	if f.letters < 2 || i+f.letters > len(t.words) {
		return 0, other
	}
	var spelled strings.Builder
	for k := range f.letters {
		w := t.word(i + k)
		if !single(w) || k > 0 && !t.joined(i+k) {
			return 0, other
		}
		spelled.WriteString(w)
	}
	if l := f.like(spelled.String()); l != other {
		return f.letters, l
	}
	return 0, other
}

// single reports whether a word is one letter with its marks.
func single(w string) bool {
	_, n := utf8.DecodeRuneInString(w)
	return !strings.ContainsFunc(w[n:], unicode.IsLetter)
}

// joined reports whether words i-1 and i can be parts of one marking: between
// them lies blank space with one line end at most, a hyphen or what Markdown
// sets off with, but nothing that ends a sentence or a clause. Single letters
// may have full stops between them, and names of files anything.
func (t *passage) joined(i int) bool {
	if i >= len(t.words) || t.loose {
		return i < len(t.words)
	}
	gap := t.gap(i)
	if strings.Count(gap, "\n") > 1 {
		return false
	}
	for _, r := range gap {
		stop := r == '.' && (single(t.word(i-1)) && single(t.word(i)))
		if !t.name && !stop && !unicode.IsSpace(r) && !strings.ContainsRune("-–—_*~·•/\\\u00ad\u200b\ufeff", r) {
			return false
		}
	}
	return true
}

// gap is what lies between words i-1 and i, or the ends of the text.
func (t *passage) gap(i int) string {
	from, to := 0, len(t.text)
	if i > 0 {
		from = t.words[i-1].end
	}
	if i < len(t.words) {
		to = t.words[i].start
	}
	return t.text[from:to]
}

const lineEnds = "\n\v\f\r\u0085\u2028\u2029"

// oneWord reports whether n words from i on are the syllables of one, and no stamp
// with something beside it: nothing parts them but a blank or two, a hyphen as in
// «mật-thám», or a line that was broken in running text. In the name of a file a
// number may stand before word mark as well: «to-12-mat-1».
func (t *passage) oneWord(i, n, mark int) bool {
	for k := i + 1; k < i+n; k++ {
		gap := t.gap(k)
		sign := strings.TrimSpace(gap)
		hyphen := sign == gap && (slices.Contains([]string{"-", "‐", "‑", "_", "."}, sign) || t.name && k <= mark)
		column := strings.Contains(gap, "\t") || strings.Contains(gap, "   ") && !single(t.word(k))
		if sign != "" && !hyphen || column || strings.ContainsAny(gap, lineEnds) && !t.smallAcross(k) {
			return false
		}
	}
	return true
}

// smallAcross reports whether small letters stand on both sides of the gap before
// word i. Stamps and headings have capitals there.
func (t *passage) smallAcross(i int) bool {
	before := t.word(i - 1)
	last, _ := utf8.DecodeRuneInString(before[strings.LastIndexFunc(before, unicode.IsLetter):])
	first, _ := utf8.DecodeRuneInString(t.word(i))
	return unicode.IsLower(last) && unicode.IsLower(first)
}

// capitals reports whether the letters of n words are all capitals.
func (t *passage) capitals(i, n int) bool {
	letters := 0
	for k := range n {
		for _, r := range t.word(i + k) {
			if !unicode.IsLetter(r) {
				continue
			}
			if !unicode.IsUpper(r) {
				return false
			}
			letters++
		}
	}
	return letters > 1
}

// byItself reports whether n words are all there is on a line, in a field, a
// cell, a bracket or an element of XML, but for a degree of urgency beside them.
func (t *passage) byItself(i, n int) bool {
	i, n = t.withUrgency(i, n)
	if t.inElement(i, n) {
		return true
	}
	left, right := t.before(i), t.after(i+n-1)
	switch left {
	case '\n':
		return strings.ContainsRune("\n|\t", right)
	case ':', '=', '|', '\t':
		return strings.ContainsRune("\n|\t;.}])", right)
	case '(', '[', '{':
		return strings.ContainsRune(")]}", right)
	}
	return false
}

// urgencies stand beside a marking of secrecy: «Mật - Khẩn».
var urgencies = []phrase{newPhrase("thượng khẩn"), newPhrase("hoả tốc"), newPhrase("khẩn")}

// withUrgency widens n words by a degree of urgency on the same line, before or
// behind them. What stands between is none of the signs that end a field.
func (t *passage) withUrgency(i, n int) (int, int) {
	beside := func(k int) bool { return strings.Trim(t.gap(k), " -–—/,+&") == "" }
	for _, p := range urgencies {
		if m, _ := t.match(p, i+n); m > 0 && beside(i+n) {
			n += m
			break
		}
	}
	for _, p := range urgencies {
		j := i - len(p.forms)
		if j < 0 {
			continue
		}
		if m, _ := t.match(p, j); m == len(p.forms) && beside(i) {
			return j, n + m
		}
	}
	return i, n
}

// stamping are the words for what is done with a stamp.
var stamping = newPhrase("đóng dấu")

// stamped reports whether a text says that word i was stamped: «đóng dấu Mật».
// In small letters and without quotation marks it tells of stamping at large.
func (t *passage) stamped(i int) bool {
	if i < len(stamping.forms) {
		return false
	}
	n, _ := t.match(stamping, i-len(stamping.forms))
	gap := t.gap(i)
	if n != len(stamping.forms) || strings.Trim(gap, " :*_\"'“”‘’«»") != "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t.word(i))
	return unicode.IsUpper(first) || strings.Trim(gap, " ") != ""
}

func (t *passage) inElement(i, n int) bool {
	before := strings.TrimRight(t.text[:t.words[i].start], " \t\r\n")
	after := strings.TrimLeft(t.text[t.words[i+n-1].end:], " \t\r\n")
	return strings.HasSuffix(before, ">") && strings.HasPrefix(after, "</")
}

// before is what a word stands behind: '\n' at the beginning of a line, the sign
// that opens a field or bracket, or 0. Digits, quotation marks, bullets and the
// like are passed over.
func (t *passage) before(i int) rune {
	gap := t.gap(i)
	if at := strings.LastIndexAny(gap, lineEnds+":：=|\t([{"); at >= 0 {
		r, _ := utf8.DecodeRuneInString(gap[at:])
		return edge(r)
	}
	if i == 0 {
		return '\n'
	}
	return 0
}

// after is what stands behind a word, and a remark on it: '\n' at the end of a
// line, the sign that ends a field or bracket, or 0.
func (t *passage) after(i int) rune {
	from, next := t.words[i].end, i+1
	from += remark(t.text[from:])
	for next < len(t.words) && t.words[next].start < from {
		next++
	}
	to := len(t.text)
	if next < len(t.words) {
		to = t.words[next].start
	}
	gap := t.text[from:to]
	line := strings.IndexAny(gap, lineEnds+"|\t)]}")
	if sign := strings.IndexAny(gap, ";."); sign >= 0 && (line < 0 || sign < line) && !blankToEnd(gap[sign:], to == len(t.text)) {
		return ';'
	}
	if line >= 0 {
		r, _ := utf8.DecodeRuneInString(gap[line:])
		return edge(r)
	}
	if to == len(t.text) {
		return '\n'
	}
	return 0
}

// maxRemark is how long a remark may be, in bytes.
const maxRemark = 120

// remark is how many bytes are taken by a remark that a text begins with, in
// brackets on the same line: «Mật (đã đóng dấu)».
func remark(s string) int {
	s = s[:min(len(s), maxRemark)]
	end := strings.IndexByte(s, ')') + 1
	if !strings.HasPrefix(strings.TrimLeft(s, " "), "(") || strings.ContainsAny(s[:end], lineEnds) {
		return 0
	}
	return end
}

// blankToEnd reports whether no word follows on the line.
func blankToEnd(gap string, last bool) bool { return last || strings.ContainsAny(gap, lineEnds) }

func edge(r rune) rune {
	switch {
	case strings.ContainsRune(lineEnds, r):
		return '\n'
	case r == '：':
		return ':'
	}
	return r
}
