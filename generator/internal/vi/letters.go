// Package vi repairs, folds, sorts and slugs Vietnamese text.
package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The whole of folding and sorting rests on the four small tables below and on
// canonical decomposition (NFD), which JavaScript has as String.normalize. The
// script of the site is generated from the same tables, so that a list sorted
// at build time and one sorted in the browser agree. Keep them plain.

// alphabet is the Vietnamese alphabet of 29 letters with f, j, w and z in their
// Latin places. The rank of a letter in a sort key is its index plus firstRank.
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// toneOf gives the tone number of a combining mark: huyền, hỏi, ngã, sắc, nặng.
// A syllable without one has tone 1, ngang.
var toneOf = map[rune]byte{0x300: 2, 0x309: 3, 0x303: 4, 0x301: 5, 0x323: 6}

// shaped are the letters that a combining breve, circumflex or horn makes.
var shaped = map[string]string{
	"a\u0306": "ă", "a\u0302": "â", "e\u0302": "ê", "o\u0302": "ô", "o\u031b": "ơ", "u\u031b": "ư",
}

// spelled are the letters that have no decomposition, and how they are spelled
// for sorting. Folding then takes đ to d.
var spelled = map[rune]string{
	'ð': "đ", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ß': "ss", 'ł': "l", 'þ': "th", 'ı': "i",
}

// glyph is what sorting and folding know of one character.
type glyph struct {
	letters string // lower-case letters of the alphabet, without tone; "" for a bare mark
	fold    string // letters without any mark
	tone    byte   // 2 to 6, or 0 for none
}

// The characters of Vietnamese, French and English are looked up; all others
// are worked out when they are met.
const (
	latinEnd = 0x250
	vietFrom = 0x1E00
	vietEnd  = 0x1F00
)

var (
	latin = glyphsOf(0, latinEnd)
	viet  = glyphsOf(vietFrom, vietEnd)
)

func glyphsOf(from, to rune) []glyph {
	table := make([]glyph, 0, to-from)
	for r := from; r < to; r++ {
		table = append(table, makeGlyph(r))
	}
	return table
}

func glyphOf(r rune) glyph {
	switch {
	case r < latinEnd:
		return latin[r]
	case r >= vietFrom && r < vietEnd:
		return viet[r-vietFrom]
	}
	return makeGlyph(r)
}

// makeGlyph decomposes r: tone marks give the tone, breve, circumflex and horn
// stay with the vowels that Vietnamese has, other marks are dropped.
func makeGlyph(r rune) glyph {
	var g glyph
	var letters, fold strings.Builder
	base := ""
	flush := func() {
		letters.WriteString(base)
		base = ""
	}
	for _, m := range norm.NFD.String(string(unicode.ToLower(r))) {
		switch {
		case toneOf[m] != 0:
			g.tone = toneOf[m]
		case unicode.Is(unicode.Mn, m):
			if s, ok := shaped[base+string(m)]; ok {
				base = s
			}
		default:
			flush()
			base = spell(m)
			fold.WriteString(strings.ReplaceAll(base, "đ", "d"))
		}
	}
	flush()
	g.letters, g.fold = letters.String(), fold.String()
	return g
}

func spell(r rune) string {
	if s, ok := spelled[r]; ok {
		return s
	}
	return string(r)
}

// Fold returns s in lower case without marks and with d for đ and ð, for search
// and matching. Ligatures are spelled out (œ is oe). Folding twice changes
// nothing; text that is folded already is returned as it is.
func Fold(s string) string {
	i := foldedPrefix(s)
	if i == len(s) {
		return s
	}
	out := make([]byte, i, len(s)+4)
	copy(out, s)
	for _, r := range s[i:] {
		if r < utf8.RuneSelf {
			out = append(out, lowerASCII(byte(r)))
		} else {
			out = append(out, glyphOf(r).fold...)
		}
	}
	return string(out)
}

// foldedPrefix counts the leading bytes that folding leaves alone.
func foldedPrefix(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c != lowerASCII(c) {
			return i
		}
	}
	return len(s)
}

func lowerASCII(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// Canon returns the canonical form of one syllable: its letters without tone,
// then the number of its tone, so that the two placements of a tone mark are
// one form: hoà and hòa are both hoa2, Thuý and Thúy both thuy5, hoa is hoa1.
// A token without letters is returned as it is. If foreign words carry several
// marks, the last one counts.
func Canon(syllable string) string {
	out := make([]byte, 0, len(syllable)+2)
	tone, worded := byte(1), false
	for _, r := range norm.NFC.String(syllable) {
		worded = worded || unicode.IsLetter(r)
		g := glyphOf(r)
		out = append(out, g.letters...)
		if g.tone != 0 {
			tone = g.tone
		}
	}
	if !worded {
		return syllable
	}
	return string(append(out, '0'+tone))
}

// Initial returns the letter under which s stands in an index, in upper case
// and with the mark that makes it a letter: Đ, Ă, Ơ. Quotation marks and other
// signs before it are passed over, as in the sort order. What begins with a
// digit or another script, or has no letter at all, stands under "#".
func Initial(s string) string {
	for _, r := range norm.NFC.String(s) {
		if unicode.IsDigit(r) {
			return "#"
		}
		if !unicode.IsLetter(r) {
			continue
		}
		first, _ := utf8.DecodeRuneInString(glyphOf(r).letters)
		if strings.ContainsRune(alphabet, first) {
			return strings.ToUpper(string(first))
		}
		return "#"
	}
	return "#"
}
