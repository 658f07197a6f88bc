package catalog

import (
	"bytes"
	"cmp"
	"slices"

	"vitrine/generator/internal/vi"
)

// compact makes the catalog: visible rows alone, units in the order of the
// tree so that a subtree is one stretch of rows, the other kinds behind them
// in the order of their titles.
func (b *Builder) compact(visible []bool) *Catalog {
	c := &Catalog{langs: b.langs, text: b.text, files: b.files, forms: b.forms}
	newRow := make([]int32, len(b.rows))
	for i := range newRow {
		newRow[i] = -1
	}
	b.placeUnits(c, visible, newRow)
	for k := Repository; k < kindCount; k++ {
		b.placeKind(c, k, visible, newRow)
	}
	b.placeTombstones(c, newRow)
	c.inherits = b.inherits.values
	for _, v := range c.inherits {
		c.keys = append(c.keys, v.key())
	}
	c.sortIDs()
	b.placeLinks(c, newRow)
	return c
}

// siblings groups the visible units by their nearest visible ancestor; the
// first group, -1, holds the fonds.
func (b *Builder) siblings(visible []bool) (order []int32, above []int32) {
	above = make([]int32, len(b.rows))
	for i := range b.rows {
		above[i] = -1
		if b.rows[i].kind != Unit || !visible[i] {
			continue
		}
		order = append(order, int32(i))
		p := b.rows[i].parent
		for p >= 0 && !visible[p] {
			p = b.rows[p].parent
		}
		above[i] = p
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(above[x], above[y]) })
	return order, above
}

func (b *Builder) placeUnits(c *Catalog, visible []bool, newRow []int32) {
	order, above := b.siblings(visible)
	first := make(map[int32]int32, len(order)/8+1) // parent row → its first child in order
	for i := len(order) - 1; i >= 0; i-- {
		first[above[order[i]]] = int32(i)
	}
	group := func(parent int32) []int32 {
		i, ok := first[parent]
		if !ok {
			return nil
		}
		j := i
		for int(j) < len(order) && above[order[j]] == parent {
			j++
		}
		return order[i:j]
	}
	c.entries = make([]entry, 0, len(order))
	var place func(row, parent, fonds int32)
	place = func(row, parent, fonds int32) { // as deep as the levels of description
		at := int32(len(c.entries))
		if parent < 0 {
			fonds = at
		}
		newRow[row] = at
		e := b.rows[row]
		e.parent, e.fonds = parent, fonds
		if parent >= 0 {
			e.inherited = b.inherits.under(e.inherited, c.entries[parent].inherited)
		}
		if !e.verdict.Parts.Has(imageParts) {
			e.flags &^= HasImages
		}
		c.entries = append(c.entries, e)
		for _, child := range b.inOrder(group(row), false) {
			place(child, at, fonds)
		}
		c.entries[at].end = int32(len(c.entries))
	}
	for _, row := range b.inOrder(group(-1), true) {
		place(row, -1, -1)
	}
	c.first[Repository] = int32(len(c.entries))
}

// inOrder sorts siblings by reference, date and title; fonds by title.
func (b *Builder) inOrder(rows []int32, byTitle bool) []int32 {
	if byTitle {
		b.sortBy(textTitle, rows)
		return rows
	}
	b.sortBy(textReference, rows)
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && b.sameShelf(rows[from], rows[to]) {
			to++
		}
		b.sortBy(textTitle, rows[from:to])
		from = to
	}
	return rows
}

// sameShelf reports whether neither reference nor date tells two units apart.
func (b *Builder) sameShelf(x, y int32) bool {
	return b.rows[x].key == b.rows[y].key && bytes.Equal(b.text.bytes(b.rows[x].text, textReference), b.text.bytes(b.rows[y].text, textReference))
}

// sortBy sorts rows by the sort key of one of their strings, then by date and
// id. Every key is made once: making them is dearer than sorting.
func (b *Builder) sortBy(what int, rows []int32) {
	if len(rows) < 2 {
		return
	}
	type keyed struct {
		row      int32
		from, to uint32 // of the key
	}
	ks := make([]keyed, len(rows))
	var keys []byte
	for i, row := range rows {
		from := len(keys)
		keys = vi.AppendSortKey(keys, string(b.text.bytes(b.rows[row].text, what)))
		ks[i] = keyed{row, uint32(from), uint32(len(keys))}
	}
	slices.SortFunc(ks, func(x, y keyed) int {
		if c := bytes.Compare(keys[x.from:x.to], keys[y.from:y.to]); c != 0 {
			return c
		}
		return cmp.Or(b.rows[x.row].key.Compare(b.rows[y.row].key), bytes.Compare(b.idBytes(x.row), b.idBytes(y.row)))
	})
	for i, k := range ks {
		rows[i] = k.row
	}
}

func (b *Builder) placeKind(c *Catalog, k Kind, visible []bool, newRow []int32) {
	c.first[k] = int32(len(c.entries))
	var rows []int32
	for i, e := range b.rows {
		if e.kind == k && visible[i] {
			rows = append(rows, int32(i))
		}
	}
	for _, row := range b.inOrder(rows, true) {
		newRow[row] = int32(len(c.entries))
		e := b.rows[row]
		e.parent, e.fonds, e.end = -1, -1, int32(len(c.entries)+1)
		c.entries = append(c.entries, e)
	}
	c.first[k+1] = int32(len(c.entries))
}

// placeTombstones keeps withdrawn records of published fonds apart: they have
// a page and stand in no list.
func (b *Builder) placeTombstones(c *Catalog, newRow []int32) {
	for i := range b.rows {
		e := b.rows[i]
		if e.kind != Unit || !e.verdict.Tombstone() || e.fonds == int32(i) || newRow[e.fonds] < 0 {
			continue
		}
		e.parent, e.fonds = -1, newRow[e.fonds]
		c.tombstones = append(c.tombstones, e)
	}
	slices.SortFunc(c.tombstones, func(x, y entry) int {
		return bytes.Compare(c.text.bytes(x.text, textID), c.text.bytes(y.text, textID))
	})
}

func (c *Catalog) sortIDs() {
	c.byID = make([]int32, len(c.entries))
	for i := range c.byID {
		c.byID[i] = int32(i)
	}
	slices.SortFunc(c.byID, func(x, y int32) int {
		return bytes.Compare(c.str(x, textID), c.str(y, textID))
	})
	c.indexIDs()
}

// placeLinks turns links into postings: for every authority the visible
// records that name it, in the order of their dates.
func (b *Builder) placeLinks(c *Catalog, newRow []int32) {
	for _, l := range b.links {
		from, to := newRow[l.from], newRow[l.to]
		if from < 0 || to < 0 {
			continue
		}
		if l.role == RoleShown {
			c.shown = append(c.shown, Link{Entry: from, Role: RoleShown, to: to})
		}
		c.links = append(c.links, Link{Entry: from, Role: l.role, to: to})
	}
	b.links = nil
	slices.SortFunc(c.links, func(x, y Link) int {
		return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.Role, y.Role),
			c.entries[x.Entry].key.Compare(c.entries[y.Entry].key), cmp.Compare(x.Entry, y.Entry))
	})
	c.links = slices.Compact(c.links)
	slices.SortFunc(c.shown, func(x, y Link) int { return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.Entry, y.Entry)) })
	c.shown = slices.Compact(c.shown)
}
