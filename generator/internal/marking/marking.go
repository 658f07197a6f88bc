// Package marking finds current markings of secrecy and circulation in text.
//
// Which words mark a document is for the profile to say ([record.Secrecy]).
// How they are looked for is told here, so that what is a marking is found and
// what only looks like one is left alone:
//
//   - A word of several syllables counts wherever it is written in full, in
//     small letters too: «tối mật», «lưu hành nội bộ».
//   - A word that the profile calls alone («mật», «dự thảo») is a word of every
//     day as well. It counts in capitals, letter by letter (M Ậ T), by itself on
//     a line or with its urgency («Mật - Khẩn»), as the value of a field («Độ mật:
//     Mật»), and as what was stamped («đóng dấu Mật»).
//   - A word that the profile calls folded («tối mật») is also known where its
//     marks were left out, or some of them: «TOI MAT». But «toi mat» in running
//     text may be «tôi mất», so without its marks it must stand as a stamp does:
//     in capitals, by itself, or as a value. Letters with other marks than its
//     own («tôi mất», «tới mặt trận») are another word, in capitals too.
//   - Names of files have no marks and no capitals to go by, so in them every
//     word of the profile is matched folded.
//   - What is part of a harmless word is none: «bí mật», «mật thám», and in names
//     «mat-truoc», a front side. The list is in harmless.go; a profile adds to it.
//     The word must hold all of the marking, so nothing but «buổi tối mật» and the
//     like spares «tối mật»; it reaches over no dash or slash, and over the end of a
//     line only between small letters: below a stamp stands a heading (MẬT, then
//     BÁO CÁO), which may not swallow it.
//
// Both places of a tone mark, composed and decomposed letters, other widths of
// letters, Cyrillic twins and invisible characters within a word make no
// difference.
package marking

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// MaxHits is how many markings of one text are told apart. A text with more
// must be looked at by a person.
const MaxHits = 1000

// Hit is a marking in a text.
type Hit struct {
	Word       string // as the profile writes it
	Warning    bool   // urgency or draft: told, and no error
	Start, End int    // bytes of the text
}

// Rules are the words of a profile, ready to be looked for. They may be used
// by many goroutines.
type Rules struct {
	words    map[string][]phrase // by how they may begin, folded; those of more syllables first
	begins   [utf8.RuneSelf]bool // the letters that they begin with
	harmless harmlessWords
}

// phrase is a word of the profile, syllable by syllable.
type phrase struct {
	text    string
	forms   []form
	joined  string // folded, without spaces
	warning bool
	alone   bool // it counts only as a stamp does
	folded  bool // it is known without its marks
}

// New prepares the words of a profile. Where a profile does not say which words
// are alone and which are folded, words of one syllable are alone, and markings
// of secrecy of more syllables are folded.
func New(s record.Secrecy) *Rules {
	alone, folded := known(s.Alone), known(s.Folded)
	var all []phrase
	add := func(list []record.Str, secrecy, warning bool) {
		for _, w := range list {
			p := newPhrase(w.V)
			p.warning = warning
			p.alone = alone[p.joined] || s.Alone == nil && len(p.forms) == 1
			p.folded = folded[p.joined] || s.Folded == nil && secrecy && len(p.forms) > 1
			all = append(all, p)
		}
	}
	add(s.Markings, true, false)
	add(s.Circulation, false, false)
	add(s.Warnings, false, true)
	slices.SortStableFunc(all, func(a, b phrase) int { return cmp.Compare(len(b.forms), len(a.forms)) })
	r := &Rules{words: map[string][]phrase{}, harmless: newHarmless(s.Harmless)}
	for _, p := range all {
		r.enter(p)
	}
	return r
}

func known(list []record.Str) map[string]bool {
	out := map[string]bool{}
	for _, w := range list {
		out[newPhrase(w.V).joined] = true
	}
	return out
}

func newPhrase(text string) phrase {
	p := phrase{text: text}
	for _, w := range split(text, false) {
		f := newForm(text[w.start:w.end])
		p.forms = append(p.forms, f)
		p.joined += f.fold
	}
	return p
}

// enter files a word under all that it may begin with: its first syllable, the
// first letter of that where it is spelled, and the whole of it run together.
func (r *Rules) enter(p phrase) {
	if len(p.forms) == 0 {
		return
	}
	first := p.forms[0].fold
	letter, n := utf8.DecodeRuneInString(first)
	for _, key := range slices.Compact([]string{first[:n], first, p.joined}) {
		r.words[key] = append(r.words[key], p)
	}
	if letter < utf8.RuneSelf {
		r.begins[letter], r.begins[unicode.ToUpper(letter)] = true, true
	}
}

// Text finds the markings of a running text, in order; MaxHits at most.
func (r *Rules) Text(s string) []Hit { return r.find(&passage{text: s, words: split(s, false)}) }

// Name finds the markings in the name of a file or folder, without its ending.
func (r *Rules) Name(s string) []Hit {
	return r.find(&passage{text: s, words: split(s, true), name: true})
}

// Suspect reports whether a text holds a word of the profile at all, be it
// harmless where it stands, or in pieces. It serves to leave alone what need not
// be cut up.
func (r *Rules) Suspect(s string) bool {
	t := &passage{text: s, words: split(s, false), loose: true}
	for i := range t.words {
		for _, p := range r.candidates(t, i) {
			if n, _ := t.match(p, i); n > 0 {
				return true
			}
		}
	}
	return false
}

func (r *Rules) find(t *passage) []Hit {
	var out []Hit
	for i := 0; i < len(t.words) && len(out) < MaxHits; {
		p, n := r.at(t, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, Hit{p.text, p.warning, t.words[i].start, t.words[i+n-1].end})
		i += n
	}
	return out
}

// at returns the marking that begins with word i, and how many words it takes.
func (r *Rules) at(t *passage, i int) (phrase, int) {
	for _, p := range r.candidates(t, i) {
		n, like := t.match(p, i)
		if n > 0 && t.counts(p, i, n, like) && !(t.mayBeHarmless() && r.harmless.cover(t, i, n, like)) {
			return p, n
		}
	}
	return phrase{}, 0
}

// candidates are the words of the profile that may begin with word i.
func (r *Rules) candidates(t *passage, i int) []phrase {
	if c := t.text[t.words[i].start]; c < utf8.RuneSelf && !r.begins[c] {
		return nil
	}
	return r.words[vi.Fold(tidy(t.word(i)))]
}

// counts says whether a word of the profile counts where it stands.
func (t *passage) counts(p phrase, i, n int, like likeness) bool {
	switch {
	case t.name, like == same && !p.alone:
		return true
	case like == bare && !p.folded:
		return false
	}
	return n > len(p.forms) || t.capitals(i, n) || t.byItself(i, n) || t.stamped(i)
}

// form is one syllable or foreign word of a phrase.
type form struct {
	canon   string // as vi.Canon has it, so that the place of a tone makes no difference
	fold    string
	letters int
}

func newForm(word string) form {
	word = tidy(word)
	return form{vi.Canon(word), vi.Fold(word), utf8.RuneCountInString(word)}
}

// likeness says how far a word of a text is one of a phrase.
type likeness int

const (
	other likeness = iota
	bare           // some or all of its marks are missing
	same
)

func (f form) like(word string) likeness {
	word = tidy(word)
	if vi.Fold(word) != f.fold {
		return other
	}
	switch canon := vi.Canon(word); {
	case canon == f.canon:
		return same
	case lacking(canon, f.canon):
		return bare
	}
	return other
}

// lacking reports whether a canonical form is another but for marks it lacks.
func lacking(canon, full string) bool {
	tone, want := canon[len(canon)-1], full[len(full)-1]
	if tone != want && tone != '1' {
		return false
	}
	letters, wanted := []rune(canon[:len(canon)-1]), []rune(full[:len(full)-1])
	for i, l := range letters {
		if i >= len(wanted) || l != wanted[i] && string(l) != vi.Fold(string(wanted[i])) {
			return false
		}
	}
	return len(letters) == len(wanted)
}
