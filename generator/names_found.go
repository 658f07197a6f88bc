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
	isID     bool
}

// in finds what a text names.
func (n *names) in(text string, each func(mentionOf)) {
	found := 0
	n.titles.In(text, func(at int, m vi.Mention) bool {
		if found++; found > maxNamed {
			return false
		}
		id := n.bearers[at]
		why, _ := n.builder.Why(id)
		each(mentionOf{from: m.From, to: m.To, id: id, as: n.titles.Text(at), why: why})
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
		if !distinct(word) || !n.isHidden(word) || !wordEnds(text, from, i) {
			continue
		}
		found++
		why, _ := n.builder.Why(word)
		each(mentionOf{from: from, to: from + len(word), id: word, as: word, why: why, isID: true})
	}
}

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

func idByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' }

// wordEnds reports whether no other letter stands beside a part of a text.
func wordEnds(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// isHidden reports whether an id is that of a record without a page or a notice.
func (n *names) isHidden(id string) bool {
	if _, ok := n.ids[idHash(id)]; !ok {
		return false
	}
	_, ok := n.builder.Why(id)
	return ok
}

var idSeed = maphash.MakeSeed()

// idHash is the same while the program runs.
func idHash(id string) uint64 { return maphash.String(idSeed, id) }

// inAddresses finds the site's own addresses of what has no page, however they end and
// in whatever language.
func (n *names) inAddresses(text string, each func(mentionOf)) {
	if n.host == "" {
		return
	}
	for at := 0; ; {
		i := strings.Index(text[at:], n.host)
		if i < 0 {
			return
		}
		from := at + i
		at = from + len(n.host)
		end := at + strings.IndexFunc(text[at:]+" ", func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>()[]"'«»“”`, r) })
		if id, ok := n.ofAddress(text[at:end]); ok {
			why, _ := n.builder.Why(id)
			each(mentionOf{from: from, to: end, id: id, as: text[from:end], why: why})
		}
	}
}

// ofAddress is what has no page and would stand at an address.
func (n *names) ofAddress(address string) (id string, ok bool) {
	address = plainAddress(address)
	if id, ok := n.addresses[address]; ok {
		return id, true
	}
	for part := range strings.SplitSeq(address, "/") {
		if part, _, _ = strings.Cut(part, "."); !distinct(part) && n.isHidden(part) {
			return part, true // of others inIDs tells
		}
	}
	return "", false
}

// plainAddress is an address within the site without what may be left out.
func plainAddress(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	address = strings.TrimRight(address, ".,;:!")
	return strings.Trim(strings.TrimSuffix(strings.TrimSuffix(address, ".html"), "index"), "/")
}

// hostOf is the address of a site without its scheme.
func hostOf(base string) string {
	_, host, _ := strings.Cut(base, "://")
	if host == "" {
		return ""
	}
	return strings.TrimSuffix(host, "/") + "/"
}

func (m mentionOf) diagnostic(at diag.Pos) diag.Diagnostic {
	why := diag.T("", "")
	if m.why.Vi != "" {
		why = diag.Text{Vi: ": " + m.why.Vi, En: ": " + m.why.En}
	}
	return diag.Errorf("named-not-public", at, "%[1]q nêu %[2]q, chưa được công bố%[3]s", "%[1]q names %[2]q, which is not public%[4]s", m.as, m.id, why.Vi, why.En).
		WithHint("bỏ chỗ này hoặc viết khác đi, kể cả khi chỉ là trùng chữ; hoặc hoàn tất việc cho phép công bố", "take this out or word it otherwise, also where the words only happen to be the same; or complete the clearance")
}
