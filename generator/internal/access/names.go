package access

import (
	"slices"
	"strings"
	"unicode"

	"vitrine/generator/internal/vi"
)

// styles are what may stand before the name of a person without making it another
// person's: ways of address, academic degrees and ranks, folded. They are a table
// and not part of the rule profile: whoever leaves one out of it would let one
// person pass for two.
var styles = [][]string{
	{"d", "c"}, {"dc"}, {"dong", "chi"}, {"ong"}, {"ba"}, {"anh"}, {"chi"}, {"co"}, {"chu"}, {"bac"}, {"mr"}, {"mrs"}, {"ms"}, {"dr"}, {"prof"},
	{"gs"}, {"pgs"}, {"ts"}, {"tskh"}, {"ths"}, {"cn"}, {"ks"}, {"bs"}, {"ls"},
	{"pho", "giao", "su"}, {"giao", "su"}, {"tien", "si"}, {"tien", "sy"}, {"thac", "si"}, {"thac", "sy"}, {"cu", "nhan"}, {"ky", "su"}, {"bac", "si"}, {"bac", "sy"}, {"luat", "su"},
	{"dai", "ta"}, {"thuong", "ta"}, {"trung", "ta"}, {"thieu", "ta"}, {"dai", "tuong"}, {"thuong", "tuong"}, {"trung", "tuong"}, {"thieu", "tuong"},
}

// samePerson compares names without case, marks, signs between words, and what
// stands before a name: “Đ/c Nguyễn A” and “TS. Nguyễn A” are one person. Two
// people whose names differ in marks alone are taken for one: in doubt, no.
func samePerson(a, b string) bool { return slices.Equal(bareName(a), bareName(b)) }

// bareName are the words of a name behind the last of the styles before it.
func bareName(name string) []string {
	words := strings.FieldsFunc(vi.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for {
		n := styleBefore(words)
		if n == 0 {
			return words
		}
		words = words[n:]
	}
}

// styleBefore counts the words of the longest style that others follow.
func styleBefore(words []string) (n int) {
	for _, s := range styles {
		if len(s) > n && len(s) < len(words) && slices.Equal(s, words[:len(s)]) {
			n = len(s)
		}
	}
	return n
}
