package vi

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Legacy detects text in an encoding from before Unicode that was read as if it
// were Unicode: "TCVN3" (ABC fonts), "VNI" or "VIQR". offset is the byte of the
// first word that gives it away. It looks for characters where no language puts
// them, inside words that are otherwise built like Vietnamese syllables, and
// wants more than one weak sign of it, so a © or ®, French, or code do not count.
func Legacy(s string) (enc string, offset int, ok bool) {
	var tcvn, vni evidence
	need := 2
	for i := 0; i < len(s); {
		word, class := legacyWord(s[i:])
		switch class {
		case unicodeWord:
			need = 4 // a Unicode text may quote; it takes more to doubt it
		case oldWord:
			tcvn.weigh(&tcvnSigns, tcvnSign, word, i)
			vni.weigh(&vniSigns, vniSign, word, i)
		}
		i += max(len(word), 1)
	}
	switch {
	case tcvn.sum >= need && tcvn.sum >= vni.sum:
		return "TCVN3", tcvn.at, true
	case vni.sum >= need:
		return "VNI", vni.at, true
	}
	return viqr(s)
}

// evidence adds up the weights of different signs.
type evidence struct {
	seen []sign
	sum  int
	at   int // byte of the first
}

// sign is a character that gives a word away, with the one before it where
// they do so together.
type sign [2]rune

// The characters that can be signs: most words have none.
var (
	tcvnSigns = signs("®§¨©«¬¶¸¹»¼½¾ªµ·ßÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ")
	vniSigns  = signs("ñøùûõïêåâàäáãÑØÙÛÕÏÊÅÂÀÄÁÃ")
)

func signs(list string) (table [0x100]bool) {
	for _, r := range list {
		table[r] = true
	}
	return table
}

// weigh looks for signs in a word of ASCII and Latin-1. find gets each mark with
// its neighbours, which are 0 at the ends of the word, and returns weight 0 for
// no sign.
func (e *evidence) weigh(marks *[0x100]bool, find func(before, r, after rune) (sign, int), word string, at int) {
	before, last := rune(0), rune(0)
	for i, r := range word {
		before, last = last, r
		if !marks[byte(r)] {
			continue
		}
		after := rune(0)
		if rest := word[i+utf8.RuneLen(r):]; rest != "" {
			after, _ = utf8.DecodeRuneInString(rest)
		}
		what, weight := find(before, r, after)
		if weight == 0 || slices.Contains(e.seen, what) || !legacySyllable(word) {
			continue
		}
		if e.sum == 0 {
			e.at = at
		}
		e.seen = append(e.seen, what)
		e.sum += weight
	}
}

// The classes of words, by what is in them.
const (
	asciiWord   = iota
	oldWord     // characters from U+00A1 to U+00FF
	unicodeWord // letters or marks beyond
)

// legacyWord returns the run of letters, and of signs that were letters in the
// old fonts, at the start of s.
func legacyWord(s string) (word string, class int) {
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if !asciiLetter(r) {
				return s[:i], class
			}
		case r > 0xA0 && r <= 0xFF:
			class = max(class, oldWord)
		case r > 0xFF && wordRune(r):
			class = unicodeWord
		default:
			return s[:i], class
		}
	}
	return s, class
}

// legacySyllable reports whether word can be a syllable in an old encoding; ®, §
// and ñ are đ in them.
func legacySyllable(word string) bool {
	w := strings.ToLower(word)
	for _, d := range []string{"®", "§", "ñ"} {
		w = strings.TrimPrefix(w, d)
	}
	return syllabic(w, 5, func(r rune) bool { return r > 0xA0 || plainVowel(r) })
}

// tcvnSign knows the vowels of TCVN 5712 (VN3): signs inside or at the end of a
// word, capitals after a small letter, ß after a consonant, ® and § for đ.
func tcvnSign(before, r, after rune) (sign, int) {
	what := sign{r}
	if before == 0 {
		if (r == '®' || r == '§') && after != 0 {
			return what, 1
		}
		return what, 0
	}
	if before != '®' && before != '§' && (!asciiLetter(before) || strings.ContainsRune("aeAE", before)) {
		return what, 0
	}
	switch {
	case after != 0 && strings.ContainsRune("¨©«¬¶¸¹»¼½¾ªµ", r):
		return what, 2
	case after == 0 && strings.ContainsRune("©ª¬µ¶·¸¹¼½¾", r):
		return what, 1
	case r == 'ß' && !strings.ContainsRune("iouyIOUY", before):
		return what, 2
	case strings.ContainsRune("ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ", r) && !unicode.IsUpper(before) && !asciiUpper(after):
		return what, 2
	}
	return what, 0
}

// vniSign knows the two-character vowels of VNI that hardly another language
// has (French où, goût, naïf, Portuguese ão, Vietnamese hoà are not among them).
func vniSign(before, r, _ rune) (sign, int) {
	before, r = unicode.ToLower(before), unicode.ToLower(r)
	what := sign{before, r}
	behind, weight := "", 1
	switch before {
	case 0:
		behind = "ñ"
	case 'ô', 'ö':
		behind, weight = "øùûõï", 2
	case 'a', 'e':
		behind = "øùûõåâàäáã"
	case 'o':
		behind = "øõåâä"
	case 'u', 'y':
		behind = "øùûõ"
	}
	switch {
	case what == sign{'a', 'ê'}:
		return what, 2
	case strings.ContainsRune(behind, r):
		return what, weight
	}
	return what, 0
}

func asciiLetter(r rune) bool { return r < utf8.RuneSelf && classOf(r) == letters }
func asciiUpper(r rune) bool  { return r >= 'A' && r <= 'Z' }

// viqrWord is a word of RFC 1456: vowels with ^, ( or + for their shape and one
// of ` ' ? ~ . for the tone. viqrShape finds a shaped vowel or dd, viqrSure such
// a vowel where a formula hardly has one, viqrTone a tone no other prose has.
var (
	viqrWord = regexp.MustCompile(`(?i)^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|dd|[bcdghklmnpqrstvx])?` +
		"(?:[aeiouy][\\^(+]?[`'?~.]?){1,3}(?:ch|ng|nh|[cmnpt])?$")
	viqrShape = regexp.MustCompile(`(?i)[aeo]\^|a\(|[ou]\+|\bdd`)
	viqrSure  = regexp.MustCompile("(?i)(?:[aeo]\\^|a\\(|[ou]\\+)[`'?~.][a-z]|u\\+o\\+|[b-z](?:[ao]|[iy]e)\\^[a-z]")
	viqrTone  = regexp.MustCompile("(?i)[aeiouy](?:[`~]|\\?[a-z])")
)

// viqr wants three points: one for a word with a tone, two for a sure one; and
// among them a word with a shaped vowel.
func viqr(s string) (enc string, offset int, ok bool) {
	if !mayBeVIQR(s) {
		return "", 0, false
	}
	sum, at, shaped, seen := 0, 0, false, []string(nil)
	for word := range strings.FieldsSeq(s) {
		word = strings.Trim(word, `.,;:!?"[]{}`)
		weight := viqrWeight(word)
		if weight == 0 || slices.Contains(seen, word) {
			continue
		}
		if sum == 0 {
			at = strings.Index(s, word)
		}
		seen = append(seen, word)
		sum += weight
		shaped = shaped || viqrShape.MatchString(word)
		if sum >= 3 && shaped {
			return "VIQR", at, true
		}
	}
	return "", 0, false
}

// mayBeVIQR spares nearly all text the regular expressions: it looks for ^, for
// ( and + after a vowel, and for dd at the start of a word.
func mayBeVIQR(s string) bool {
	var last byte
	for i := range len(s) {
		c := lowerASCII(s[i])
		switch c {
		case '^':
			return true
		case '(':
			if last == 'a' {
				return true
			}
		case '+':
			if last == 'o' || last == 'u' {
				return true
			}
		case 'd':
			if last == 'd' && (i == 1 || !asciiLetter(rune(s[i-2]))) {
				return true
			}
		}
		last = c
	}
	return false
}

func viqrWeight(word string) int {
	switch {
	case !viqrWord.MatchString(word):
		return 0
	case viqrSure.MatchString(word):
		return 2
	case viqrShape.MatchString(word), viqrTone.MatchString(word):
		return 1
	}
	return 0
}
