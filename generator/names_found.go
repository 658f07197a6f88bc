package generator

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/generator/diag"
	"vitrine/generator/internal/vi"
)

// mentionOf is a place of a text, in bytes, where something is named that has no page.
type mentionOf struct {
	from, to int
	id       string // of the record, exhibition or page
	as       string // what stands there
	why      diag.Text
	key      string // the same for what names the same in the same way
	isID     bool
	topic    bool // it is the title of what is no record
	parted   bool // only readers see it in one piece, and it has no place
}

// in finds what a text names.
func (n *names) in(text string, each func(mentionOf)) {
	found := 0
	n.titles.In(text, func(at int, m vi.Mention) bool {
		if found++; found > maxNamed {
			return false
		}
		id := n.bearers[at]
		why, _ := n.why(id)
		_, topic := n.others[id]
		each(mentionOf{from: m.From, to: m.To, id: id, as: n.titles.Text(at), key: n.titles.Text(at), why: why, topic: topic})
		return true
	})
	n.inIDs(text, each)
	n.inAddresses(text, each)
}

// maxNamed is how many titles, and ids, are told of a text: who mends these finds the others.
const maxNamed = 100

// inIDs finds ids as words. One that may be a word or a number of every day («thu»,
// «1945») is only one in an address.
func (n *names) inIDs(text string, each func(mentionOf)) {
	if len(n.ids) == 0 {
		return
	}
	found := 0
	for i := 0; i < len(text) && found < maxNamed; {
		if !idByte(text[i]) {
			i++
			continue
		}
		from := i
		for i < len(text) && idByte(text[i]) {
			i++
		}
		word := strings.TrimRight(text[from:i], "-_")
		to := from + len(word)
		word = strings.TrimLeft(word, "-_")
		id := word
		if hasCapital(word) {
			if !isCode(word) {
				continue
			}
			id = strings.ToLower(word)
		}
		if !distinct(id) || !n.isHidden(id) || !wordEnds(text, from, i) {
			continue
		}
		found++
		why, _ := n.why(id)
		each(mentionOf{from: to - len(word), to: to, id: id, as: id, key: id, why: why, isID: true})
	}
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

// isHidden reports whether an id is that of what has no page and no notice.
func (n *names) isHidden(id string) bool {
	if _, ok := n.ids[idHash(id)]; !ok {
		return false
	}
	_, ok := n.why(id)
	return ok
}

// why words why something has no page. ok is false where it has one, or is not known.
func (n *names) why(id string) (why diag.Text, ok bool) {
	if why, ok = n.others[id]; ok {
		return why, true
	}
	return n.builder.Why(id)
}

var idSeed = maphash.MakeSeed()

// idHash is the same while the program runs.
func idHash(id string) uint64 { return maphash.String(idSeed, id) }

func (m mentionOf) diagnostic(at diag.Pos) diag.Diagnostic {
	why := diag.T("", "")
	if m.why.Vi != "" {
		why = diag.Text{Vi: ": " + m.why.Vi, En: ": " + m.why.En}
	}
	return diag.Errorf("named-not-public", at, "%[1]q nêu %[2]q, chưa được công bố%[3]s", "%[1]q names %[2]q, which is not public%[4]s", m.as, m.id, why.Vi, why.En).
		WithHint("bỏ chỗ này hoặc viết khác đi, kể cả khi chỉ là trùng chữ; hoặc hoàn tất việc cho phép công bố", "take this out or word it otherwise, also where the words only happen to be the same; or complete the clearance")
}
