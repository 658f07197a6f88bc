package access

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"vitrine/generator/internal/vi"

	"golang.org/x/text/unicode/norm"
)

// samePerson reports whether two names can be those of one person: in doubt they
// are. Capitals, signs and blanks do not tell people apart, nor do styles and titles
// of office, the order of family and given name, initials, a middle name that one of
// them leaves out, or the address of a mailbox. Marks do where both names have them:
// Nguyễn Văn An and Nguyễn Văn Ân are two. Letters of other scripts that print like
// Latin ones are those; a text without a word, or in two scripts, is told from no other.
func samePerson(a, b string) bool {
	if onePerson(a, b) {
		return true
	}
	as, bs := people(a), people(b)
	for i, x := range as {
		for j, y := range bs {
			title := i > 0 && j > 0 && (partSigns.MatchString(as[0]) || partSigns.MatchString(bs[0]))
			several := len(as)+len(bs) > 2
			if i+j == 0 && several && onePerson(x, y) || !title && sameName(x, y, several) {
				return true
			}
		}
	}
	return false
}

// together is what stands between two people who did something together.
var together = regexp.MustCompile(`(?i)[\s(\[](?:và|va|and|cùng|cung|với|voi|with|hoặc|hoac|hay|or)\s|[&+;\n]`)

// namesIn are the names that stand in a text one behind another, as far as signs part them.
func namesIn(text string) []personName {
	parts := partsOf(stops.ReplaceAllString(text, ","))
	if len(parts) == 2 && len(parts[0]) == 1 {
		return []personName{slices.Concat(parts[1], parts[0])} // A, Nguyễn Văn
	}
	return parts
}

// stops end what is more than a style, as a point may: «Nguyễn Văn An. Trần Thị Bình».
var stops = regexp.MustCompile(`\.\s|:`)

// people are those that a text names: A và B. What stands behind the first may be the rest
// of a title («Phòng Tổ chức và Cán bộ»), so it is told from others by all of its words.
func people(text string) (out []string) {
	for _, p := range together.Split(vi.Latin(visible(text)), -1) {
		if len(wordsOf(p)) > 0 {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return []string{text}
	}
	return out
}

// sameName reports whether two texts have one name of two words or more, titles aside. What both
// add to their names behind a comma is their office or town, unless it can be nobody but a person.
func sameName(a, b string, several bool) bool {
	for i, x := range namesIn(a) {
		for j, y := range namesIn(b) {
			if i > 0 && j > 0 && !x.personal(several) {
				continue // where both work
			}
			if len(x) > 1 && len(x) == len(y) && x.matches(y) {
				return true
			}
		}
	}
	return false
}

// personal reports whether words are rather a person than an office or town: they begin with a family
// name, and are three, or two among several names.
func (n personName) personal(several bool) bool {
	return slices.Contains(families, n[0].bare) && (len(n) > 2 || several)
}

func onePerson(a, b string) bool {
	xs, ys := readings(a), readings(b)
	if !saying(xs) || !saying(ys) || mixed(a) || mixed(b) {
		return true
	}
	for _, x := range xs {
		for _, y := range ys {
			if x.matches(y) || y.matches(x) {
				return true
			}
		}
	}
	return false
}

// saying reports whether a name has a word.
func saying(name []personName) bool {
	return slices.ContainsFunc(name, func(n personName) bool { return len(n) > 0 })
}

// mixed reports whether a name has Latin letters beside those of another script that
// do not print like any.
func mixed(name string) bool {
	name = visible(name)
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) &&
		strings.ContainsFunc(vi.Latin(name), func(r rune) bool {
			return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common, unicode.Inherited)
		})
}

// personName is one reading of a name: its words, family name first where that is
// known.
type personName []nameWord

// nameWord is a word of a name, folded and with the marks that tell it from others.
type nameWord struct{ bare, marked string }

func (w nameWord) isMarked() bool { return w.marked != w.bare+"1" }

var mailbox = regexp.MustCompile(`([^\s<>"(),;:]+)@[^\s<>"(),;:]+`)

// readings are all that a name may say.
func readings(name string) (out []personName) {
	name = vi.Latin(visible(name))
	for _, m := range mailbox.FindAllStringSubmatch(name, -1) {
		out = append(out, wordsOf(m[1]))
	}
	name = comrade.ReplaceAllString(mailbox.ReplaceAllString(name, " "), "đồng chí ")
	parts := partsOf(name[strings.LastIndexByte(name, ':')+1:]) // behind «Người lập:»
	if len(parts) > 1 && len(parts[0]) == 1 {
		out = append(out, slices.Concat(parts[1], parts[0])) // A, Nguyễn Văn
	} else if len(parts) > 0 {
		out = append(out, parts[0])
	}
	for _, p := range parts {
		out = append(append(out, tails(p)...), heads(p)...)
	}
	for _, n := range out {
		if letters, ok := n.spelled(); ok {
			out = append(out, letters)
		}
	}
	return out
}

var (
	comrade   = regexp.MustCompile(`(?i)đ\s*/\s*c\b`)
	partSigns = regexp.MustCompile(`[,;()\[\]/|–—\n•·→>*\\=、，]|\s-+\s`)
)

// partsOf are the parts of a name between signs, without the styles before them and
// without those that are a style or title of office and nothing else.
func partsOf(name string) (out []personName) {
	var titles []personName
	for _, part := range partSigns.Split(name, -1) {
		words := wordsOf(part)
		folded := words.bare()
		at := 0
		for n := 1; n > 0 && at < len(words); at += n {
			n = begins(styles, folded[at:])
		}
		switch {
		case len(words) == 0:
		case begins(offices, folded[at:]) > 0, at == len(words) && len(words) > 1:
			titles = append(titles, words[at:])
		case at == len(words): // a name that is a style too
			out = append(out, words)
		default:
			out = append(out, words[at:])
		}
	}
	if len(out) == 0 { // a name behind its title, or one that begins as a title does
		return titles
	}
	return out
}

// tails are what may be the name at the end of words that begin with a title of
// office: two to four, from a family name on.
func tails(words personName) (out []personName) {
	if begins(offices, words.bare()) == 0 {
		return nil
	}
	family := func(i int) bool { return slices.Contains(families, words[i].bare) }
	for n := 1; n <= 4 && n < len(words); n++ {
		at := len(words) - n
		middle := (words[at].bare == "van" || words[at].bare == "thi") && family(at-1)
		if !middle && (n > 1 && family(at) || at == begins(offices, words.bare())) {
			out = append(out, words[at:])
		}
	}
	return out
}

// heads are what may be the name before a title of office that no sign parts from it.
func heads(words personName) (out []personName) {
	for at := 2; at < len(words); at++ {
		if begins(offices, words[at:].bare()) > 1 {
			out = append(out, words[:at])
		}
	}
	return out
}

// wordsOf are the words of a name.
func wordsOf(name string) (out personName) {
	for _, w := range strings.FieldsFunc(norm.NFC.String(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		w = strings.TrimRightFunc(w, unicode.IsDigit)
		if bare := vi.Fold(w); bare != "" {
			out = append(out, nameWord{bare: sameVowel(bare), marked: sameVowel(vi.Canon(strings.ToLower(w)))})
		}
	}
	return out
}

// sameVowel writes i for a y at the end: Lý and Lí, Quý and Quí are one name.
func sameVowel(s string) string {
	stem := strings.TrimRightFunc(s, unicode.IsDigit)
	if before, ok := strings.CutSuffix(stem, "y"); ok && (before == "qu" || strings.TrimRight(before, "auâ") == before) {
		return before + "i" + s[len(stem):]
	}
	return s
}

func (n personName) bare() (out []string) {
	for _, w := range n {
		out = append(out, w.bare)
	}
	return out
}

// spelled is the name with runs of initials taken apart: NV An.
func (n personName) spelled() (out personName, ok bool) {
	for _, w := range n {
		if len(w.bare) < 2 || len(w.bare) > 4 || strings.ContainsAny(w.bare, "aeiouy") {
			out = append(out, w)
			continue
		}
		ok = true
		for _, r := range w.bare {
			out = append(out, nameWord{string(r), string(r) + "1"})
		}
	}
	return out, ok
}

// matches reports whether a name can be another that has no fewer words.
func (n personName) matches(other personName) bool {
	if len(n) == 0 || len(n) > len(other) {
		return false
	}
	last := len(other) - 1
	if len(n) == 1 && (n.sameWord(0, other, last) || slices.Contains(other.joined(), n[0].bare)) {
		return true // the given name alone, or all of it in one word
	}
	for i := range n {
		turned := slices.Concat(n[i:], n[:i])
		if turned.within(other) || len(n) < len(other) && strings.Join(turned.bare(), "") == strings.Join(other.bare(), "") {
			return true
		}
	}
	return false
}

// within reports whether a name has the family and given name of another and no
// middle name besides.
func (n personName) within(other personName) bool {
	if len(n) < 2 || !n.sameWord(0, other, 0) || !n.sameWord(len(n)-1, other, len(other)-1) {
		return false
	}
	at := 1
	for i := 1; i < len(n)-1; i++ {
		for ; at < len(other)-1 && !n.sameWord(i, other, at); at++ {
		}
		if at++; at > len(other)-1 {
			return false
		}
	}
	return true
}

// sameWord compares a word of a name with one of another. A word without marks may
// want them, but not a given name among words that have theirs.
func (n personName) sameWord(i int, other personName, j int) bool {
	a, b := n[i], other[j]
	if abbreviates(a.bare, b.bare) || abbreviates(b.bare, a.bare) {
		return true
	}
	if a.bare != b.bare || a.marked == b.marked {
		return a.bare == b.bare
	}
	bareIs := func(name personName, k int) bool { // the word may want its marks
		given := k == len(name)-1 && len(name) > 1
		return !name[k].isMarked() && !(given && slices.ContainsFunc(name, nameWord.isMarked))
	}
	return bareIs(n, i) || bareIs(other, j)
}

// abbreviates reports whether a word is the first letter or consonants of another.
func abbreviates(short, word string) bool {
	return (len(short) == 1 || len(short) <= 3 && !strings.ContainsAny(short, "aeiouy")) && strings.HasPrefix(word, short)
}

// joined are the ways in which a name becomes one word, as in the address of a
// mailbox: all of it, and its given name before or behind initials.
func (n personName) joined() (out []string) {
	words, initials := n.bare(), ""
	for i := range words {
		out = append(out, strings.Join(words[i:], "")+strings.Join(words[:i], ""))
		initials += words[i][:1]
	}
	given, before := words[len(words)-1], initials[:len(words)-1]
	return append(out, initials, given+before, before+given, given+words[0], words[0]+given, given[:1]+words[0], words[0]+given[:1])
}
