package vi

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bytes of a sort key, in their order. Letters of other scripts stand as their
// UTF-8 bytes, which are all greater than the rank of z.
const (
	keyEnd    = 0  // the end of the tokens; the string itself follows
	keyTone   = 1  // the end of a syllable; its tone follows
	keyNumber = 10 // a number: its length and its digits follow
	firstRank = 20 // the letter a
)

// beforeRoman are the words after which I, V and X are a number, in canonical
// syllables. Đại hội is added to the words of the rule, for congresses are
// named so most often.
var beforeRoman = [][2]string{
	{"lân2", "thư5"}, {"", "khoa5"}, {"", "quyên3"}, {"", "tâp6"}, {"thê5", "ky3"}, {"thê5", "ki3"}, {"đai6", "hôi6"},
}

// SortKey returns the key of s in the order of Vietnamese indexes: syllable by
// syllable, letters before tones (ngang, huyền, hỏi, ngã, sắc, nặng), numbers
// by value, Roman numerals by value after khoá, tập, quyển, thế kỷ, lần thứ.
// Case and signs count only between strings that are otherwise equal.
// bytes.Compare of two keys is zero only if the strings are equal.
func SortKey(s string) []byte {
	return AppendSortKey(make([]byte, 0, 3*len(s)+8), s)
}

// Compare orders a and b by their sort keys: -1, 0 or 1.
func Compare(a, b string) int {
	var bufA, bufB [192]byte
	return bytes.Compare(AppendSortKey(bufA[:0], a), AppendSortKey(bufB[:0], b))
}

// AppendSortKey appends the sort key of s to dst.
func AppendSortKey(dst []byte, s string) []byte {
	text := s
	if !composed(text) {
		text = norm.NFC.String(text)
	}
	var before, last string // the two tokens before this one
	for len(text) > 0 {
		class, n := token(text)
		word := text[:n]
		text = text[n:]
		switch class {
		case other:
			continue
		case number:
			dst = appendNumber(dst, word)
		case letters:
			dst = appendWord(dst, before, last, word)
		}
		before, last = last, word
	}
	return append(append(dst, keyEnd), s...)
}

// composed reports whether all of s is in the ranges where every character is in
// NFC by itself. It is faster than asking the norm package.
func composed(s string) bool {
	for _, r := range s {
		if r >= 0x300 && (r < vietFrom || r >= vietEnd) && (r < 0x2010 || r >= 0x2028) {
			return false
		}
	}
	return true
}

// The classes of characters that make tokens.
type class byte

const (
	other class = iota
	number
	letters
)

func classOf(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return number
	case r < utf8.RuneSelf:
		if c := lowerASCII(byte(r)); c >= 'a' && c <= 'z' {
			return letters
		}
		return other
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
		return letters
	}
	return other
}

// token returns the class and the length in bytes of the run that begins s.
func token(s string) (class, int) {
	first, n := utf8.DecodeRuneInString(s)
	run := classOf(first)
	for i, r := range s[n:] {
		if classOf(r) != run {
			return run, n + i
		}
	}
	return run, len(s)
}

func appendNumber(dst []byte, digits string) []byte {
	digits = strings.TrimLeft(digits, "0")
	dst = append(dst, keyNumber)
	n := len(digits)
	for ; n >= 0xFF; n -= 0xFF {
		dst = append(dst, 0xFF)
	}
	return append(append(dst, byte(n)), digits...)
}

func appendWord(dst []byte, before, last, word string) []byte {
	if digits := Roman(word); digits != "" && countsRoman(before, last) {
		return appendNumber(dst, digits)
	}
	tone := byte(1)
	for _, r := range word {
		g := glyphOf(r)
		dst = appendRanks(dst, g.letters)
		if g.tone != 0 {
			tone = g.tone
		}
	}
	return append(dst, keyTone, tone)
}

func appendRanks(dst []byte, letters string) []byte {
	for _, r := range letters {
		if rank := rankOf(r); rank != 0 {
			dst = append(dst, rank)
		} else {
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// ranks holds the rank of every letter of the alphabet; the greatest is ư.
var ranks = func() (table ['ư' + 1]byte) {
	rank := byte(firstRank)
	for _, r := range alphabet {
		table[r] = rank
		rank++
	}
	return table
}()

func rankOf(r rune) byte {
	if int(r) < len(ranks) {
		return ranks[r]
	}
	return 0
}

func countsRoman(before, last string) bool { return CountsBehind(Canon(before), Canon(last)) }

// CountsBehind reports whether what follows two syllables, given in canonical form, is
// a number also where it is Roman: khoá, tập, quyển, thế kỷ, lần thứ, đại hội.
func CountsBehind(before, last string) bool {
	for _, words := range beforeRoman {
		if last == words[1] && (words[0] == "" || before == words[0]) {
			return true
		}
	}
	return false
}

// Roman returns the decimal digits of a Roman numeral from I to XXXIX written
// in capitals, two of them, or "". Greater ones are left out so that C and D stay
// letters where volumes are named A, B, C, D.
func Roman(s string) string {
	tens := len(s) - len(strings.TrimLeft(s, "X"))
	if tens > 3 {
		return ""
	}
	for units, numeral := range [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"} {
		if s[tens:] == numeral && tens+units > 0 {
			return string([]byte{'0' + byte(tens), '0' + byte(units)})
		}
	}
	return ""
}
