package catalog

import (
	"bytes"
	"cmp"
	"slices"
	"sync"

	"vitrine/generator/internal/vi"
)

// compact makes the catalog: visible rows alone, units in the order of the
// tree so that a subtree is one stretch of rows, the other kinds behind them
// in the order of their titles. The rows of the builder are put into that order
// where they lie, the hidden ones behind all others.
func (b *Builder) compact(visible []bool, byID []int32) *Catalog {
	c := &Catalog{langs: b.langs, text: b.text, forms: b.forms}
	p := &placing{b: b, visible: visible, place: make([]int32, b.rows.len())}
	for i := range p.place {
		p.place[i] = -1
	}
	p.units(c)
	p.others(c)
	b.placeTombstones(c, p.place)
	b.placeFormer(c, p.place)
	b.placeSheltered(c, p.place)
	c.entries, b.shown = b.rows.first(p.next), p.next
	p.hide()
	b.placed = p.place
	b.arrange()
	c.inherits = b.inherits.values
	for _, v := range c.inherits {
		c.keys = append(c.keys, v.key())
	}
	b.inherits = inheritTable{}
	var index sync.WaitGroup
	index.Go(c.indexIDs)
	b.placeIDs(c, byID)
	b.placeLinks(c)
	index.Wait()
	return c
}

// placing gives rows their places in the catalog.
type placing struct {
	b       *Builder
	visible []bool
	place   []int32 // of every row; -1 where it has none yet
	next    int32
}

func (p *placing) put(row int32) int32 {
	at := p.next
	p.place[row] = at
	p.next++
	return at
}

// hide puts the rows without a place behind the others.
func (p *placing) hide() {
	for row, at := range p.place {
		if at < 0 {
			p.put(int32(row))
		}
	}
}

// arrange moves the rows to their places, each once: what lay in the place of
// one is moved next.
func (b *Builder) arrange() {
	moved := make([]bool, b.rows.len()) // by place
	for i, at := range b.placed {
		for e := *b.rows.at(int32(i)); !moved[at]; at = b.placed[at] {
			*b.rows.at(at), e = e, *b.rows.at(at)
			moved[at] = true
		}
	}
}

// siblings groups the visible units by their nearest visible ancestor: beneath
// row p are list[from[p+1]:from[p+2]]; the fonds are beneath -1.
func (b *Builder) siblings(visible []bool) (list, from []int32) {
	from = make([]int32, b.rows.len()+3)
	n := 0
	b.eachVisible(visible, func(_, above int32) {
		from[above+3]++
		n++
	})
	for g := 2; g < len(from); g++ {
		from[g] += from[g-1]
	}
	list = make([]int32, n)
	b.eachVisible(visible, func(row, above int32) {
		list[from[above+2]] = row
		from[above+2]++
	})
	return list, from
}

// eachVisible hands on every visible unit with its nearest visible ancestor.
func (b *Builder) eachVisible(visible []bool, yield func(row, above int32)) {
	for i := range b.rows.len() {
		if b.rows.at(i).kind != Unit || !visible[i] {
			continue
		}
		above := b.rows.at(i).parent
		for above >= 0 && !visible[above] {
			above = b.rows.at(above).parent
		}
		yield(i, above)
	}
}

func (p *placing) units(c *Catalog) {
	b := p.b
	list, from := b.siblings(p.visible)
	beneath := func(row int32) []int32 { return list[from[row+1]:from[row+2]] }
	var place func(row, parent, fonds int32, inherited uint32)
	place = func(row, parent, fonds int32, inherited uint32) { // as deep as the levels of description
		at := p.put(row)
		if parent < 0 {
			fonds = at
		}
		e := b.rows.at(row)
		e.parent, e.fonds = parent, fonds
		e.inherited = b.inherits.under(e.inherited, inherited)
		e.withhold()
		children := beneath(row)
		b.inOrder(children, false)
		for _, child := range children {
			place(child, at, fonds, e.inherited)
		}
		e.end = p.next
	}
	top := beneath(-1)
	b.inOrder(top, true)
	for _, row := range top {
		place(row, -1, -1, 0)
	}
	c.first[Repository] = p.next
}

// inOrder sorts siblings by reference, date and title; fonds by title.
func (b *Builder) inOrder(rows []int32, byTitle bool) {
	switch {
	case byTitle:
		b.sortBy(textTitle, rows)
	case b.onShelf(rows):
	default:
		b.sortBy(textReference, rows)
		b.sortShelves(rows)
	}
}

// onShelf reports whether siblings stand in the order of their references
// already and these tell them all apart. It is so where records are described
// in the order of the shelf.
func (b *Builder) onShelf(rows []int32) bool {
	for i := 1; i < len(rows); i++ {
		if byNumber(b.reference(rows[i-1]), b.reference(rows[i])) >= 0 {
			return false
		}
	}
	return true
}

func (b *Builder) reference(row int32) []byte {
	return b.text.bytes(b.rows.at(row).text, textReference)
}

// sortShelves sorts by title those whose reference and date are the same.
func (b *Builder) sortShelves(rows []int32) {
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && b.sameShelf(rows[from], rows[to]) {
			to++
		}
		b.sortBy(textTitle, rows[from:to])
		from = to
	}
}

// sameShelf reports whether neither reference nor date tells two units apart.
func (b *Builder) sameShelf(x, y int32) bool {
	return b.rows.at(x).key == b.rows.at(y).key && bytes.Equal(b.reference(x), b.reference(y))
}

// sortBy sorts rows by the sort key of one of their strings, then by date and
// id. Every key is made once: making them is dearer than sorting.
func (b *Builder) sortBy(what int, rows []int32) {
	if len(rows) < 2 {
		return
	}
	type keyed struct {
		row      int32
		from, to int // of the key
	}
	ks, size := make([]keyed, len(rows)), 0
	for _, row := range rows {
		size += 3*len(b.text.bytes(b.rows.at(row).text, what)) + 8 // hardly ever more
	}
	keys := make([]byte, 0, size)
	for i, row := range rows {
		from := len(keys)
		keys = vi.AppendSortKey(keys, string(b.text.bytes(b.rows.at(row).text, what)))
		ks[i] = keyed{row, from, len(keys)}
	}
	slices.SortFunc(ks, func(x, y keyed) int {
		if c := bytes.Compare(keys[x.from:x.to], keys[y.from:y.to]); c != 0 {
			return c
		}
		return cmp.Or(b.rows.at(x.row).key.Compare(b.rows.at(y.row).key), bytes.Compare(b.idBytes(x.row), b.idBytes(y.row)))
	})
	for i, k := range ks {
		rows[i] = k.row
	}
}

// others places the visible rows of all kinds but units, kind by kind.
func (p *placing) others(c *Catalog) {
	var rows [kindCount][]int32
	for i := range p.b.rows.len() {
		if k := p.b.rows.at(i).kind; k != Unit && p.visible[i] {
			rows[k] = append(rows[k], i)
		}
	}
	for k := Repository; k < kindCount; k++ {
		c.first[k] = p.next
		p.b.inOrder(rows[k], true)
		for _, row := range rows[k] {
			e := p.b.rows.at(row)
			e.parent, e.fonds = -1, -1
			e.end = p.put(row) + 1
		}
		c.first[k+1] = p.next
	}
}

// placeTombstones keeps withdrawn records of published fonds apart, and
// withdrawn fonds: they have a page and stand in no list.
func (b *Builder) placeTombstones(c *Catalog, newRow []int32) {
	for i := range b.rows.len() {
		e := *b.rows.at(i)
		if !b.hasTombstone(i, newRow) {
			continue
		}
		e.parent, e.fonds = -1, newRow[e.fonds]
		c.tombstones = append(c.tombstones, e)
	}
	slices.SortFunc(c.tombstones, func(x, y entry) int {
		return bytes.Compare(c.text.bytes(x.text, textID), c.text.bytes(y.text, textID))
	})
}

// placeIDs makes the order of ids that of the visible rows.
func (b *Builder) placeIDs(c *Catalog, byID []int32) {
	c.byID = byID[:0]
	for _, row := range byID {
		if at := b.placed[row]; c.shows(at) {
			c.byID = append(c.byID, at)
		}
	}
}

// shows reports whether a place is not that of a hidden row.
func (c *Catalog) shows(at int32) bool { return at < c.entries.len() }

// placeLinks turns links into postings: for every authority the visible
// records that name it, in the order of their dates. The links of the builder
// are given up piece by piece: there is no room for them a third time.
func (b *Builder) placeLinks(c *Catalog) {
	b.behind = map[int32]bool{}
	ends := make([]int32, c.entries.len()+1) // of the postings of each row, at last
	for i := range b.links.len() {
		l := b.links.at(i)
		l.Entry, l.to = b.placed[l.Entry], b.placed[l.to]
		if !c.shows(l.Entry) || !c.shows(l.to) {
			if !c.shows(l.Entry) && !c.shows(l.to) && l.Role != RoleDecided {
				b.behind[l.to] = true
			}
			l.to = -1
			continue
		}
		ends[l.to+1]++
		if l.Role == RoleShown {
			c.shown = append(c.shown, *l)
		}
	}
	for row := range c.entries.len() {
		ends[row+1] += ends[row]
	}
	c.links = make([]Link, ends[c.entries.len()])
	for l := range b.links.drain() {
		if l.to >= 0 {
			c.links[ends[l.to]] = l
			ends[l.to]++
		}
	}
	b.links = table[Link]{}
	c.sortPostings(ends)
	c.links = slices.Compact(c.links)
	slices.SortFunc(c.shown, func(x, y Link) int { return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.Entry, y.Entry)) })
	c.shown = slices.Compact(c.shown)
}

// sortPostings brings the links of each target into the order of compareLinks,
// by the places of their records among all dates. ends are the ends of the
// targets' links, by row.
func (c *Catalog) sortPostings(ends []int32) {
	dated := make([]int32, c.entries.len())
	for row := range dated {
		dated[row] = int32(row)
	}
	c.SortByDate(dated)
	rank := make([]int32, len(dated))
	for n, row := range dated {
		rank[row] = int32(n)
	}
	from := int32(0)
	for row := range c.entries.len() {
		postings := c.links[from:ends[row]]
		from = ends[row]
		slices.SortFunc(postings, func(x, y Link) int {
			if x.Role != y.Role {
				return cmp.Compare(x.Role, y.Role)
			}
			return cmp.Compare(rank[x.Entry], rank[y.Entry])
		})
	}
}

// compareLinks orders links by target, role, date and row.
func (c *Catalog) compareLinks(x, y Link) int {
	return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.Role, y.Role),
		c.entries.at(x.Entry).key.Compare(c.entries.at(y.Entry).key), cmp.Compare(x.Entry, y.Entry))
}
