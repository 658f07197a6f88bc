package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wording is a phrase, however a text writes it. Only letters and digits count: a
// text may have other capitals, no marks, tone marks on the other vowel, NFD,
// entities, escapes and percent signs of addresses in their place, and between the
// words whatever is no letter: blanks of all kinds, line ends, hyphens, marks of
// Markdown, tags, notes in brackets, the times of a subtitle. A phrase stands where
// whole words are it: Trần Văn B is not in Trần Văn Bình.
type Wording struct {
	words   []syllable
	letters int  // of all words
	marked  bool // one of its letters bears a mark
}

// syllable is a word of a phrase.
type syllable struct {
	shaped, bare []rune // its letters with and without the marks that make them, both without tone
	tone         byte   // 1 to 6
	digits       bool   // it has nothing else
}

// Likeness says how near a text comes to a phrase.
type Likeness uint8

// The degrees of likeness, nearest first.
const (
	Same     Likeness = iota // word for word, or with no marks at all
	Unmarked                 // some marks are wanting, in the text or in the phrase
	Near                     // the letters are the same, but with other marks: another word, or a slip
)

// Mention is a place of a text, in bytes, where a phrase stands.
type Mention struct {
	From, To int
	Likeness Likeness
	Kept     [][2]int // parts of it that belong to the file and not to what it says, such as the times of a subtitle
}

// gluedLetters is from how many letters on a phrase is looked for without its
// gaps too, as in an address: below, that is too often another word.
const gluedLetters = 6

// NewWording reads a phrase.
func NewWording(phrase string) Wording {
	w := Wording{}
	word := syllable{tone: 1, digits: true}
	flush := func() {
		if len(word.bare) > 0 {
			w.words = append(w.words, word)
		}
		word = syllable{tone: 1, digits: true}
	}
	for s := phrase; s != ""; {
		u := unitOf(s, noAsides)
		s = s[u.size:]
		switch u.kind {
		case lettering:
			w.letters += word.add(u)
			w.marked = w.marked || u.marked()
		case between:
			flush()
		}
	}
	flush()
	return w
}

func (s *syllable) add(u unit) (letters int) {
	before := len(s.bare)
	s.shaped, s.bare = append(s.shaped, []rune(u.letters)...), append(s.bare, []rune(u.fold)...)
	if u.tone != 0 {
		s.tone = u.tone
	}
	r, _ := utf8.DecodeRuneInString(u.fold)
	s.digits = s.digits && unicode.IsDigit(r)
	return len(s.bare) - before
}

// Letters counts the letters and digits of the phrase.
func (w Wording) Letters() int { return w.letters }

// In finds the phrase in a text, from the first place to the last, none of which
// overlap.
func (w Wording) In(text string) (out []Mention) {
	if len(w.words) == 0 {
		return nil
	}
	for i := 0; i < len(text); {
		n := w.begins(text[i:])
		if n > 0 && startsWord(text, i) {
			if m, ok := w.at(text, i); ok {
				out = append(out, m)
				i = m.To
				continue
			}
		}
		i += max(n, -n)
	}
	return out
}

// begins is the size of the character with which a text begins, less than 0 where
// it cannot be the first of the phrase.
func (w Wording) begins(text string) int {
	first := w.words[0].bare[0]
	if c := text[0]; c < utf8.RuneSelf {
		if rune(lowerASCII(c)) == first || c == '&' || c == '%' || c == '\\' {
			return 1
		}
		return -1
	}
	r, n := utf8.DecodeRuneInString(text)
	if wordRune(r) || unicode.IsDigit(r) {
		u := letterUnit(r, text, n)
		if got, _ := utf8.DecodeRuneInString(u.fold); got == first {
			return n
		}
	}
	return -n
}

// at reads the phrase at a place, with what stands in tags and brackets, without it, or
// with what is the text of links alone.
func (w Wording) at(text string, from int) (m Mention, ok bool) {
	for _, skip := range []asides{noAsides, notes, notesNotLinks} {
		if m, ok = w.read(reading{text: text, at: from, asides: skip}); ok {
			m.From = from
			m.balance(text)
			return m, true
		}
	}
	return m, false
}

func (w Wording) read(r reading) (Mention, bool) {
	for i, word := range w.words {
		if i > 0 {
			if gap, ok := r.gap(); !ok || gap == 0 && w.letters < gluedLetters {
				return Mention{}, false
			}
		}
		if !r.word(word) {
			return Mention{}, false
		}
	}
	if !endsWord(r.rest()) {
		return Mention{}, false
	}
	return Mention{To: r.at, Likeness: r.likeness(w.marked), Kept: r.kept}, true
}

// reading goes through a text beside a phrase.
type reading struct {
	text   string
	at     int
	asides asides
	kept   [][2]int

	marked         bool // the text bears marks
	wanting, other bool // it wants marks of the phrase; it has others
}

func (r *reading) rest() string { return r.text[r.at:] }

// maxGap is the most that may stand between two words, in bytes.
const maxGap = 600

// gap passes over what is no letter.
func (r *reading) gap() (size int, ok bool) {
	from := r.at
	for r.at < len(r.text) && r.at-from < maxGap {
		u := unitOf(r.rest(), r.asides)
		if u.kind == lettering {
			return r.at - from, true
		}
		if u.kept {
			r.kept = append(r.kept, [2]int{r.at, r.at + u.size})
		}
		r.at += u.size
	}
	return 0, false
}

// word reads one word of the phrase.
func (r *reading) word(w syllable) bool {
	tone, spaced, ok := byte(1), false, true
	for i := 0; i < len(w.bare); {
		if i > 0 {
			if spaced, ok = r.inside(w, i, spaced); !ok {
				return false
			}
		}
		if r.at >= len(r.text) {
			return false
		}
		u := unitOf(r.rest(), r.asides)
		if u.kind != lettering {
			return false
		}
		n := r.compare(w, i, u)
		if n == 0 {
			return false
		}
		if u.tone != 0 {
			tone = u.tone
		}
		i, r.at = i+n, r.at+u.size
	}
	r.wanting = r.wanting || tone == 1 && w.tone != 1
	r.other = r.other || tone != 1 && tone != w.tone
	return true
}

// inside passes over what may stand inside a word: signs that do not part it,
// and, where all its letters are set apart, the blanks between them. Numbers are
// grouped as one likes.
func (r *reading) inside(w syllable, i int, spaced bool) (apart, ok bool) {
	gap := false
	for r.at < len(r.text) {
		u := unitOf(r.rest(), r.asides)
		if u.kind == lettering {
			break
		}
		if u.kind == between {
			if gap && !w.digits || strings.ContainsAny(r.text[r.at:r.at+u.size], "\n\r") {
				return false, false
			}
			gap = true
		}
		r.at += u.size
	}
	if w.digits {
		return false, true
	}
	return gap, i == 1 || gap == spaced
}

// compare counts the letters of a word from i on that a unit of text is.
func (r *reading) compare(w syllable, i int, u unit) (n int) {
	shaped := u.letters
	for _, bare := range u.fold {
		is, size := utf8.DecodeRuneInString(shaped)
		shaped = shaped[size:]
		if i+n >= len(w.bare) || w.bare[i+n] != bare {
			return 0
		}
		r.wanting = r.wanting || is != w.shaped[i+n] && is == bare
		r.other = r.other || is != w.shaped[i+n] && is != bare
		n++
	}
	r.marked = r.marked || u.marked()
	return n
}

func (r *reading) likeness(marked bool) Likeness {
	switch {
	case !r.wanting && !r.other, marked && !r.marked:
		return Same
	case !r.other, !marked:
		return Unmarked
	}
	return Near
}

// balance takes in the mark of emphasis before or behind a mention of which the
// other is within it.
func (m *Mention) balance(text string) {
	for _, mark := range []string{"***", "**", "*", "__", "_", "~~", "`"} {
		if strings.Count(text[m.From:m.To], mark)%2 == 0 {
			continue
		}
		if strings.HasSuffix(text[:m.From], mark) {
			m.From -= len(mark)
		} else if strings.HasPrefix(text[m.To:], mark) {
			m.To += len(mark)
		}
		return
	}
}
