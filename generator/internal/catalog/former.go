package catalog

import (
	"iter"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// former is an id by which a row was known before, or another text about it.
type former struct {
	text uint32
	row  int32
}

// checkFormer reports former ids that two records claim: the old address leads to one of them alone,
// and to the other once that is gone. One that is the id of another record leads nowhere: what was
// cited there is another document now.
func (b *Builder) checkFormer(byID []int32) {
	first := map[string]int32{}
	for _, f := range b.former {
		id := string(b.text.bytes(f.text, textID))
		if other := b.find(byID, []byte(id)); other >= 0 && other != f.row {
			b.found.Add(diag.Errorf("id-duplicate", b.pos(f.row), "mã cũ %q nay là mã của bản ghi khác, ở %s", "the former id %q is that of another record by now, in %s", id, b.pos(other)).
				WithHint("mã đã công bố không trao cho tài liệu khác: ai trích dẫn địa chỉ cũ sẽ gặp nhầm tài liệu. Đặt cho bản ghi kia một mã chưa dùng", "an id that was public is not given to another document: who cited the old address would meet the wrong one. Give the other record an id that was never used"))
			continue
		}
		if other, twice := first[id]; twice && other != f.row {
			b.found.Add(diag.Errorf("id-duplicate", b.pos(f.row), "mã cũ %q đã có ở %s", "the former id %q stands in %s already", id, b.pos(other)).
				WithHint("chỉ một bản ghi giữ mã cũ: bản ghi mà địa chỉ cũ phải dẫn tới; bản ghi kia ghi ở related", "leave it to one of them, to which the old address is to lead; name the other under related"))
			continue
		}
		first[id] = f.row
	}
}

// shelter is an id whose page gave way to the tombstone of a withdrawn record:
// of one that hangs under it, or by which it was known itself.
type shelter struct{ id, under uint32 }

// formerIDs are the former ids that can have stood in an address.
func formerIDs(list []record.Str) (out []string) {
	for _, s := range list {
		if vi.ValidID(s.V) == nil {
			out = append(out, s.V)
		}
	}
	return out
}

func (b *Builder) addFormer(row int32, ids []string) {
	for _, id := range ids {
		b.former = append(b.former, former{b.text.add(id), row})
	}
}

// placeFormer keeps the former ids of visible rows and, apart from them, those
// of tombstones; the builder those of all that is hidden.
func (b *Builder) placeFormer(c *Catalog, newRow []int32) {
	var hidden []former
	for _, f := range b.former {
		e := b.rows.at(f.row)
		switch at := newRow[f.row]; {
		case at >= 0:
			c.former = append(c.former, former{f.text, at})
		case b.hasTombstone(f.row, newRow):
			c.sheltered = append(c.sheltered, shelter{f.text, e.text})
			hidden = append(hidden, f)
		default:
			hidden = append(hidden, f)
		}
	}
	b.former = hidden
}

// placeSheltered notes which withdrawn record each unit hangs under that is
// not published for that reason.
func (b *Builder) placeSheltered(c *Catalog, newRow []int32) {
	if len(c.tombstones) == 0 {
		return
	}
	for i := range b.rows.len() {
		e := b.rows.at(i)
		if e.kind != Unit || newRow[i] >= 0 || b.hasTombstone(i, newRow) {
			continue
		}
		for up := e.parent; up >= 0 && newRow[up] < 0; up = b.rows.at(up).parent {
			if b.hasTombstone(up, newRow) {
				c.sheltered = append(c.sheltered, shelter{e.text, b.rows.at(up).text})
				break
			}
		}
	}
}

// hasTombstone reports whether a notice stands in the place of a row.
func (b *Builder) hasTombstone(row int32, newRow []int32) bool {
	e := b.rows.at(row)
	if e.kind != Unit || !e.verdict.Tombstone() {
		return false
	}
	if e.fonds == row { // a fonds has no other above it, and no row once it is withdrawn
		return b.rooted(row)
	}
	return newRow[e.fonds] >= 0
}

// Former yields the ids by which published entries were known, with their rows.
func (c *Catalog) Former() iter.Seq2[string, int32] {
	return func(yield func(string, int32) bool) {
		for _, f := range c.former {
			if !yield(string(c.text.bytes(f.text, textID)), f.row) {
				return
			}
		}
	}
}

// Sheltered yields ids that bear no page any more with that of the withdrawn
// record whose tombstone stands for them. They are not public: they serve to
// answer for an address that was.
func (c *Catalog) Sheltered() iter.Seq2[string, string] {
	return func(yield func(id, under string) bool) {
		for _, s := range c.sheltered {
			if !yield(string(c.text.bytes(s.id, textID)), string(c.text.bytes(s.under, textID))) {
				return
			}
		}
	}
}
