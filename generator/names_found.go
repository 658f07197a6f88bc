package generator

import (
	"strings"

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
	topic    bool   // it is the title of what is no record
	parted   bool   // only readers see it in one piece, and it has no place
	stands   string // what stands at its place, in a value
}

// in finds what a text names, and hands it on until enough of it was told: what each
// passes over counts for nothing.
func (n *names) in(text string, each func(mentionOf) (told bool)) {
	left := maxNamed
	n.titles.In(text, func(at int, m vi.Mention) bool {
		id := n.bearers[at]
		why, _ := n.why(id)
		_, topic := n.others[id]
		if each(mentionOf{from: m.From, to: m.To, id: id, as: n.titles.Text(at), key: n.titles.Text(at), why: why, topic: topic}) {
			left--
		}
		return left > 0
	})
	n.inIDs(text, each)
	n.inAddresses(text, each)
}

// maxNamed is how many titles, ids and addresses of a text are told: who mends these finds
// the others.
const maxNamed = 100

// holds reports whether something stands in a text, as it lies or once its letters are
// repaired.
func (n *names) holds(text string) bool {
	if n.stands(text) {
		return true
	}
	fixed := strokes.Replace(text)
	if vi.MayChangeWords(fixed) {
		fixed, _ = vi.Repair(fixed)
	}
	return fixed != text && n.stands(fixed)
}

// strokes make a Đ of an Eth typed for it, as the repair does in most words.
var strokes = strings.NewReplacer("Ð", "Đ", "ð", "đ")

func (n *names) stands(text string) (found bool) {
	n.titles.In(text, func(int, vi.Mention) bool { found = true; return false })
	if !found {
		n.scanIDs(text, func(m mentionOf) bool {
			found = distinct(m.as) || n.plainIDs && isPlainID(m.as)
			return !found
		})
	}
	if !found {
		n.inAddresses(text, func(mentionOf) bool { found = true; return true })
	}
	return found
}

// why words why something has no page. ok is false where it has one, or is not known.
func (n *names) why(id string) (why diag.Text, ok bool) {
	if why, ok = n.others[id]; ok {
		return why, true
	}
	if owner, ok := n.formers[id]; ok {
		id = owner
	}
	return n.builder.Why(id)
}

func (m mentionOf) diagnostic(at diag.Pos) diag.Diagnostic {
	why := diag.T("", "")
	if m.why.Vi != "" {
		why = diag.Text{Vi: ": " + m.why.Vi, En: ": " + m.why.En}
	}
	return diag.Errorf("named-not-public", at, "%[1]q nêu %[2]q, chưa được công bố%[3]s", "%[1]q names %[2]q, which is not public%[4]s", m.as, m.id, why.Vi, why.En).
		WithHint("bỏ chỗ này hoặc viết khác đi, kể cả khi chỉ là trùng chữ; hoặc hoàn tất việc cho phép công bố", "take this out or word it otherwise, also where the words only happen to be the same; or complete the clearance")
}
