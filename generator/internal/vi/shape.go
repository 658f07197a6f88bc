package vi

import "strings"

// onsets and codas are the consonants that begin and end Vietnamese syllables,
// folded. The longer ones stand first.
var (
	onsets = strings.Fields("ngh ng nh ch gh gi kh ph qu th tr b c d g h k l m n p q r s t v x")
	codas  = strings.Fields("ch ng nh c m n p t")
)

// syllabic reports whether a lower-case word is built as a Vietnamese syllable:
// an onset or none, up to most vowels, a coda or none. vowel says what a vowel
// is. Words such as guð, köln or col·lecció are not.
func syllabic(word string, most int, vowel func(rune) bool) bool {
	if rhyme(word, most, vowel) {
		return true
	}
	for _, onset := range onsets {
		if rest, ok := strings.CutPrefix(word, onset); ok && rhyme(rest, most, vowel) {
			return true
		}
	}
	return false
}

func rhyme(s string, most int, vowel func(rune) bool) bool {
	vowels := 0
	for i, r := range s {
		if !vowel(r) {
			return vowels > 0 && vowels <= most && isCoda(s[i:])
		}
		vowels++
	}
	return vowels > 0 && vowels <= most
}

func isCoda(s string) bool {
	for _, coda := range codas {
		if s == coda {
			return true
		}
	}
	return false
}

func plainVowel(r rune) bool { return strings.ContainsRune("aeiouy", r) }
