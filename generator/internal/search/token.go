package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vitrine/generator/internal/vi"
)

// Token is a run of letters or of digits in a text.
type Token struct {
	Fold  string // in lower case, without marks, see withI; a number without leading zeros
	Canon string // the form with marks, see [vi.Canon] and withI; of a number the same as Fold
	// Number is the number that a Roman numeral or a spelled ordinal stands for, "6" of
	// Đại hội VI and of lần thứ sáu; empty for most.
	Number string
	From   int // byte of the text, in NFC, at which it begins
	To     int // and the one behind it
}

// Tokens are the tokens of a text, which is brought to NFC first. Text returns it.
//
// A run of letters is one token, marks included, and so is a run of the digits 0 to 9; a
// change from one to the other ends a token, so QH15 is two.
func Tokens(text string) []Token {
	text = norm.NFC.String(text)
	var out []Token
	for from, to := range runs(text) {
		if t := tokenOf(text, from, to); t.Fold != "" { // a mark without a letter is none
			out = append(out, t)
		}
	}
	number(text, out)
	return out
}

// runs yields where the runs of letters and of digits begin and end.
func runs(text string) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		from, last := 0, blank
		for at, r := range text {
			class := classOf(r)
			if class == last {
				continue
			}
			if last != blank && !yield(from, at) {
				return
			}
			from, last = at, class
		}
		if last != blank {
			yield(from, len(text))
		}
	}
}

type class byte

const (
	blank class = iota
	digits
	letters
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case r >= '0' && r <= '9':
			return digits
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			return letters
		}
		return blank
	case unicode.IsLetter(r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Nd, r):
		return letters
	}
	return blank
}

func tokenOf(text string, from, to int) Token {
	word := text[from:to]
	if word[0] >= '0' && word[0] <= '9' {
		word = trimZeros(word)
		return Token{Fold: word, Canon: word, From: from, To: to}
	}
	return Token{Fold: withI(vi.Fold(word)), Canon: withI(vi.Canon(word)), From: from, To: to}
}

// withI writes i for y at the end of the syllables that are spelled with either: Lý and Lí,
// kỹ and kĩ, Mỹ and Mĩ, quý and quí. Others, such as thuý and thúi, are two.
func withI(form string) string {
	letters := strings.TrimRight(form, "123456") // the tone of a canonical form
	switch letters {
	case "hy", "ky", "ly", "my", "sy", "ty", "quy":
		return letters[:len(letters)-1] + "i" + form[len(letters):]
	}
	return form
}

// trimZeros takes the zeros from the front of a number, but the last digit.
func trimZeros(word string) string {
	for len(word) > 1 && word[0] == '0' {
		word = word[1:]
	}
	return word
}

// number fills in the numbers of ordinals: Roman numerals in capitals up to XXXIX, and
// words from nhất to mười, behind the words that count congresses, terms and volumes.
func number(text string, tokens []Token) {
	for i := 1; i < len(tokens); i++ {
		t := &tokens[i]
		if !counts(tokens, i) {
			continue
		}
		if n := vi.Roman(text[t.From:t.To]); n != "" {
			t.Number = trimZeros(n)
		} else if tokens[i-1].Canon == "thư5" {
			t.Number = spelled[t.Canon]
		}
	}
}

// spelled are the ordinals as words, in canonical form.
var spelled = map[string]string{
	"nhât5": "1", "hai1": "2", "nhi2": "2", "ba1": "3", "tư1": "4", "năm1": "5", "sau5": "6", "bay3": "7", "tam5": "8", "chin5": "9", "mươi2": "10",
}

// counts reports whether a number may be spelled or Roman where token i stands.
func counts(tokens []Token, i int) bool {
	before := ""
	if i > 1 {
		before = tokens[i-2].Canon
	}
	return vi.CountsBehind(before, tokens[i-1].Canon)
}

// maxCode is the longest code, in bytes; what is longer is none.
const maxCode = 64

// Stretch is a key that several tokens make together: a code or a date.
type Stretch struct {
	Key   string
	First int // its first token
	Last  int // its last one
}

// Codes are the codes among the tokens of a text in NFC, such as 100-CT/TW,
// 33/2024/QH15 and MAU-01: tokens that a hyphen, dash or slash joins without a
// blank, at least one of them a number. Their key is in lower case, without marks and
// leading zeros, with - for any dash.
func Codes(text string, tokens []Token) []Stretch {
	var out []Stretch
	for i := 0; i < len(tokens); {
		last, numbers := i, isNumber(tokens[i])
		var key strings.Builder
		key.WriteString(tokens[i].Fold)
		for last+1 < len(tokens) {
			sign, ok := joint(text[tokens[last].To:tokens[last+1].From])
			if !ok {
				break
			}
			last++
			numbers = numbers || isNumber(tokens[last])
			key.WriteString(sign + tokens[last].Fold)
		}
		if numbers && strings.ContainsAny(key.String(), "-/") && key.Len() <= maxCode {
			out = append(out, Stretch{key.String(), i, last})
		}
		i = last + 1
	}
	return out
}

// joint is what stands between two tokens of a code, as its key has it.
func joint(between string) (sign string, ok bool) {
	switch between {
	case "":
		return "", true
	case "-", "–", "‑", "‐":
		return "-", true
	case "/":
		return "/", true
	}
	return "", false
}

func isNumber(t Token) bool { return t.Fold[0] >= '0' && t.Fold[0] <= '9' }

// maxJoined is the longest word that is joined of several, in bytes.
const maxJoined = 32

// Joined are the words that several tokens of a text in NFC make when the signs between
// them are left out, as they are often written: Giơ-ne-vơ is Giơnevơ too, X.Y.Z. is XYZ,
// and 1.008 is 1008. First and last say which tokens they are.
func Joined(text string, tokens []Token) (words []Token, places []Stretch) {
	for i := 0; i < len(tokens); {
		last := i
		sign := ""
		for last+1 < len(tokens) {
			between := text[tokens[last].To:tokens[last+1].From]
			if between != "-" && between != "." || sign != "" && between != sign || !joins(tokens[i], tokens[last], tokens[last+1], between, last > i) {
				break
			}
			sign = between
			last++
		}
		if last > i {
			word := strings.ReplaceAll(text[tokens[i].From:tokens[last].To], sign, "")
			if len(word) <= maxJoined {
				t := tokenOf(word, 0, len(word))
				t.From, t.To = tokens[i].From, tokens[last].To
				words, places = append(words, t), append(places, Stretch{t.Fold, i, last})
			}
		}
		i = last + 1
	}
	return words, places
}

// joins reports whether one more token goes with those from first to last: letters behind
// a hyphen, single letters behind a point, three digits behind a point.
func joins(first, last, next Token, sign string, more bool) bool {
	switch {
	case isNumber(last) != isNumber(next):
		return false
	case sign == "-":
		return !isNumber(next)
	case isNumber(next):
		return next.To-next.From == 3 && (more || first.To-first.From <= 3)
	}
	return utf8.RuneCountInString(last.Fold) == 1 && utf8.RuneCountInString(next.Fold) == 1
}
