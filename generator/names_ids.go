package generator

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/internal/record"
)

// An id is found as a word: between its letters and digits may stand whatever readers take
// for its hyphen, and what they do not see, which the build takes out of most texts.

// inIDs finds ids as words. One that may be a word or a number of every day («thu»,
// «1945») is only one in an address, or where it is all that a value says.
func (n *names) inIDs(text string, each func(mentionOf) (told bool)) {
	left := maxNamed
	n.scanIDs(text, func(m mentionOf) bool {
		if distinct(m.as) && each(m) {
			left--
		}
		return left > 0
	})
}

// scanIDs hands on every word that is the id of something hidden, until each returns false.
func (n *names) scanIDs(text string, each func(mentionOf) (goOn bool)) {
	if len(n.ids) == 0 {
		return
	}
	for i := 0; i < len(text); {
		if !idByte(text[i]) {
			i++
			continue
		}
		from, plain := i, true
		for i < len(text) {
			if idByte(text[i]) {
				i++
				continue
			}
			size, _ := withinID(text[i:])
			if size == 0 {
				break
			}
			i, plain = i+size, false
		}
		word := stretch{text: text[from:i], from: from, to: i}
		goOn := true
		if plain {
			_, goOn = n.idIn(text, word, each)
		} else {
			goOn = n.idsIn(text, stretchesOf(word), each)
		}
		if !goOn {
			return
		}
	}
}

// stretch is a stretch of a text, as it is read.
type stretch struct {
	text     string
	from, to int
	hyphen   bool // what follows it is read as one
}

// withinID is how many bytes at the beginning of a text may stand within an id beside its
// own characters, and whether they are read as a hyphen; 0 for none.
func withinID(s string) (size int, hyphen bool) {
	switch c := s[0]; {
	case c >= ' ' && c < 0x7f, c >= 0xc3 && c <= 0xc6, c == '\n', c == '\t', c == '\r', c == 0xe1 && len(s) > 1 && s[1] >= 0xba:
		return 0, false // letters of Vietnamese among them
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.In(r, unicode.Pd) || r == '\u2212' || r == '\u2043':
		return size, true
	case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return size, false
	}
	return 0, false
}

// stretchesOf are the stretches of a word between what is no character of an id.
func stretchesOf(word stretch) (out []stretch) {
	from := 0
	for i := 0; i < len(word.text); {
		size, hyphen := 0, false
		if !idByte(word.text[i]) {
			size, hyphen = withinID(word.text[i:])
		}
		if size == 0 {
			i++
			continue
		}
		if hyphen || from < i {
			out = append(out, stretch{word.text[from:i], word.from + from, word.from + i, hyphen})
		}
		i += size
		from = i
	}
	return append(out, stretch{word.text[from:], word.from + from, word.to, false})
}

// idsIn finds ids in parts that stand side by side: a dash is a hyphen, or stands between
// two ids.
func (n *names) idsIn(text string, parts []stretch, each func(mentionOf) bool) bool {
	for i := 0; i < len(parts); i++ {
		runs := []stretch{parts[i]} // that begin here, the longest last
		for j := i + 1; j < len(parts); j++ {
			run := runs[len(runs)-1]
			if parts[j-1].hyphen {
				run.text += "-"
			}
			run.text, run.to = run.text+parts[j].text, parts[j].to
			if len(run.text) > n.longestID+len("--") {
				break
			}
			runs = append(runs, run)
		}
		for k := len(runs) - 1; k >= 0; k-- {
			found, goOn := n.idIn(text, runs[k], each)
			if !goOn {
				return false
			}
			if found {
				i += k
				break
			}
		}
	}
	return true
}

// idIn hands on a word that is the id of something hidden.
func (n *names) idIn(text string, word stretch, each func(mentionOf) bool) (found, goOn bool) {
	id := trimmed(word.text)
	as := id
	if hasCapital(id) {
		if !isCode(id) {
			return false, true
		}
		id = strings.ToLower(id)
	}
	if !n.plainIDs && !distinct(id) || !n.isHidden(id) || !wordEnds(text, word.from, word.to) {
		return false, true
	}
	from, to := word.from, word.to
	if len(as) < to-from && text[from:to] == word.text { // marks of emphasis around it
		from += strings.Index(word.text, as)
		to = from + len(as)
	}
	why, _ := n.why(id)
	owner := id
	if o, ok := n.formers[id]; ok {
		owner = o
	}
	return true, each(mentionOf{from: from, to: to, id: owner, as: id, key: id, why: why, isID: true})
}

// trimmed is a word without the marks around it.
func trimmed(word string) string {
	for word != "" && (word[0] == '-' || word[0] == '_') {
		word = word[1:]
	}
	for word != "" && (word[len(word)-1] == '-' || word[len(word)-1] == '_') {
		word = word[:len(word)-1]
	}
	return word
}

// wholeID finds a text that is nothing but an id, of whatever letters.
func (n *names) wholeID(text string, each func(mentionOf) bool) {
	if !n.plainIDs {
		return
	}
	n.scanIDs(text, func(m mentionOf) bool {
		if !distinct(m.as) && isPlainID(m.as) && m.from == 0 && m.to == len(text) {
			each(m)
		}
		return false
	})
}

func hasCapital(word string) bool {
	for i := range len(word) {
		if word[i] >= 'A' && word[i] <= 'Z' {
			return true
		}
	}
	return false
}

// isCode reports whether an id can be meant where it stands in capitals: it has
// digits and parts. B52 is an aeroplane, Viet-Minh a league.
func isCode(id string) bool {
	return len(id) >= minCode && strings.ContainsAny(id, "-_") && hasDigit(id)
}

// minCode is how many characters an id has at least that is looked for in capitals.
const minCode = 5

func hasDigit(id string) bool { return strings.ContainsAny(id, "0123456789") }

// distinct reports whether an id is no word or number of every day: it has letters, and
// digits or several parts.
func distinct(id string) bool {
	letter, other := false, false
	for i := range len(id) {
		is := id[i] >= 'a' && id[i] <= 'z'
		letter, other = letter || is, other || !is
	}
	return letter && other
}

// isPlainID reports whether an id of letters alone is looked for where a value says
// nothing else: it is no code of a language, and no word of the vocabularies.
func isPlainID(id string) bool {
	return len(id) > 3 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz") == "" && !record.IsTerm(id)
}

func idByte(c byte) bool { return idBytes[c] }

var idBytes = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
	}
	return t
}()

// wordEnds reports whether no other letter stands beside a part of a text.
func wordEnds(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// isHidden reports whether an id is that of what has no page.
func (n *names) isHidden(id string) bool {
	if _, ok := n.ids[idHash(id)]; !ok {
		return false
	}
	_, ok := n.why(id)
	return ok
}

var idSeed = maphash.MakeSeed()

// idHash is the same while the program runs.
func idHash(id string) uint64 { return maphash.String(idSeed, id) }
