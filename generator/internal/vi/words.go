package vi

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// twins are the Cyrillic and Greek letters that print like a Latin one. Those
// that only resemble one (в, н, α, ν, μ) are left out: they are units and
// symbols more often than slips.
var twins = pairs(
	"АВСЕНІЈКМОРЅТХУасеорхуіјѕ", "ABCEHIJKMOPSTXYaceopxyijs",
	"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo",
)

func pairs(lists ...string) map[rune]rune {
	m := map[rune]rune{}
	for i := 0; i < len(lists); i += 2 {
		to := []rune(lists[i+1])
		for j, r := range []rune(lists[i]) {
			m[r] = to[j]
		}
	}
	return m
}

// words calls f for every run of letters and marks of the text.
func (t *text) words(f func(from, to int)) {
	for i := 0; i < len(t.cells); {
		j := i
		for j < len(t.cells) && wordRune(t.cells[j].r) {
			j++
		}
		if j > i {
			f(i, j)
		}
		i = j + 1
	}
}

// wordRune tells letters and marks. All from U+0100 and from U+1E00 up to the
// ends of their tables are letters.
func wordRune(r rune) bool {
	if r >= 0x100 && r < latinEnd || r >= vietFrom && r < vietEnd {
		return true
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// latinise replaces the Cyrillic and Greek letters of words that are otherwise
// Latin.
func (t *text) latinise() {
	var out []cell
	kept := 0
	t.words(func(from, to int) {
		if !disguised(t.cells[from:to]) {
			return
		}
		word := (&text{cells: t.cells[from:to]}).String()
		t.note(LookAlike, t.cells[from].at,
			fmt.Sprintf("từ %q có chữ Kirin hoặc Hy Lạp giống chữ Latinh, đã đổi", word),
			fmt.Sprintf("Cyrillic or Greek letters in the word %q became Latin", word))
		out = append(out, t.cells[kept:from]...)
		for _, c := range t.cells[from:to] {
			out = appendLatin(out, c)
		}
		kept = to
	})
	if kept > 0 {
		t.cells = append(out, t.cells[kept:]...)
	}
}

func appendLatin(out []cell, c cell) []cell {
	if !foreign(c.r) {
		return append(out, c)
	}
	base, marks := baseOf(c.r), strings.TrimPrefix(norm.NFD.String(string(c.r)), string(baseOf(c.r)))
	for _, r := range norm.NFC.String(string(twins[base]) + marks) {
		out = append(out, cell{r, c.at})
	}
	return out
}

// Latin is a text in which every Cyrillic and Greek letter that prints like a Latin
// one is that one, also in words that may be Cyrillic or Greek.
func Latin(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if twin := twins[r]; twin != 0 {
			return twin
		}
		return r
	}, norm.NFD.String(text)))
}

func foreign(r rune) bool { return unicode.In(r, unicode.Cyrillic, unicode.Greek) }

// disguised reports whether a word is Latin but for letters with a twin: it has
// a Latin letter that has no twin, or no fewer Latin letters than others.
func disguised(word []cell) bool {
	own, latin, strangers := false, 0, 0
	for _, c := range word {
		switch {
		case unicode.Is(unicode.Mn, c.r):
		case foreign(c.r):
			strangers++
			if twins[baseOf(c.r)] == 0 {
				return false
			}
		case unicode.Is(unicode.Latin, c.r):
			latin++
			own = own || !strings.ContainsRune("ABCEHIJKMNOPSTXYZaceopxyijs", c.r)
		default:
			return false
		}
	}
	return strangers > 0 && latin > 0 && (own || latin >= strangers)
}

func baseOf(r rune) rune {
	for _, base := range norm.NFD.String(string(r)) {
		return base
	}
	return r
}

// stroke replaces Eth (Ð, ð) by Đ, đ. An Icelandic or Old English text and a
// foreign name in a Vietnamese one keep theirs.
func (t *text) stroke() {
	seen, viet, nordic := false, false, false
	for _, c := range t.cells {
		seen = seen || c.r == 'Ð' || c.r == 'ð'
		viet = viet || onlyVietnamese(c.r)
		nordic = nordic || strings.ContainsRune("þÞæÆøØöÖ", c.r)
	}
	if !seen {
		return
	}
	t.words(func(from, to int) {
		word := t.cells[from:to]
		if !strokeWord(word, viet, nordic) {
			return
		}
		for i, c := range word {
			if d, ok := map[rune]rune{'Ð': 'Đ', 'ð': 'đ'}[c.r]; ok {
				word[i].r = d
				t.note(Eth, c.at, "chữ Ð/ð (eth) đã đổi thành Đ/đ", "the letter Ð/ð (eth) became Đ/đ")
			}
		}
	})
}

// onlyVietnamese reports whether r is a letter that hardly any other language
// has. Đ is not among them, since repairs make it.
func onlyVietnamese(r rune) bool {
	return strings.ContainsRune("ƠơƯư", r) || r >= 0x1EA0 && r <= 0x1EF9
}

// strokeWord decides on one word. Only the first letter of a syllable can be Đ,
// as it never is Eth; abbreviations (QĐ-TTg, HĐND) have no vowels or are all
// capitals. viet and nordic say what letters the whole text has.
func strokeWord(word []cell, viet, nordic bool) bool {
	w := (&text{cells: word}).String()
	upper := strings.ToUpper(w) == w
	if first := word[0].r; first == 'Ð' || first == 'ð' {
		fold := Fold(w)
		if len(word) > 1 && syllabic(fold, 3, plainVowel) {
			return viet || !nordic && (first == 'Ð' || fold != strings.ToLower("d"+w[len("ð"):]))
		}
	}
	if !strings.ContainsRune(w, 'Ð') {
		return false
	}
	if len(word) > 1 && !strings.ContainsFunc(Fold(w), plainVowel) {
		return viet || !nordic
	}
	return upper && viet && !nordic
}

// pairQuotes repairs the straight partner of a curly quotation mark where there
// are just these two, and reports other mixtures.
func (t *text) pairQuotes() {
	var marks []int
	straight, curly := 0, 0
	for i, c := range t.cells {
		switch c.r {
		case '"':
			straight++
		case '“', '”':
			curly++
		case '„', '«', '‟':
			return // other customs, where “ may close
		default:
			continue
		}
		marks = append(marks, i)
	}
	if straight == 0 || curly == 0 {
		return
	}
	if len(marks) == 2 && t.pairQuote(marks[0], marks[1]) {
		return
	}
	t.note(QuotesMixed, t.cells[marks[0]].at, "dấu ngoặc kép thẳng và cong lẫn lộn", "straight and curly quotation marks are mixed")
}

// pairQuote repairs “word" and "word”, unless the straight one may mean inches.
func (t *text) pairQuote(open, end int) bool {
	inside := end > open+1 && !unicode.IsSpace(t.cells[open+1].r) && !unicode.IsSpace(t.cells[end-1].r)
	at, mark := end, '”'
	switch {
	case !inside:
		return false
	case t.cells[open].r == '“' && t.cells[end].r == '"' && !unicode.IsDigit(t.cells[end-1].r):
	case t.cells[open].r == '"' && t.cells[end].r == '”' && (open == 0 || !european(t.cells[open-1].r)):
		at, mark = open, '“'
	default:
		return false
	}
	t.cells[at].r = mark
	t.note(Quote, t.cells[at].at, "dấu ngoặc kép thẳng đã đổi thành cong cho đủ cặp", "a straight quotation mark became the partner of a curly one")
	return true
}
