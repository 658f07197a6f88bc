package catalog

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
)

// Freeze resolves the tree and the links, judges every record and returns
// the catalog of what is published, with what was found wrong across
// records. The builder must not be used after it, but for Outcomes, Facts and Why.
func (b *Builder) Freeze() (*Catalog, *diag.List) {
	byID := b.sortIDs()
	b.resolveParents(byID)
	b.checkCycles()
	b.checkFormer(byID)
	b.resolvePending(byID)
	b.found.Merge(b.gate.Freeze(b.unitIDs(byID)))
	b.judge()
	visible := b.visible()
	b.checkRights(visible)
	c := b.compact(visible, byID)
	b.pending, b.parents, b.parent, b.parts, b.form, b.authorities, b.barred = nil, nil, nil, nil, nil, nil, nil
	return c, &b.found
}

// sortIDs returns all rows in the order of their ids and reports ids that
// stand twice.
func (b *Builder) sortIDs() []int32 {
	rows := make([]int32, b.rows.len())
	for i := range rows {
		rows[i] = int32(i)
	}
	rows = sortRuns(rows, func(x, y int32) int { return bytes.Compare(b.idBytes(x), b.idBytes(y)) })
	for i := 1; i < len(rows); i++ {
		if id := b.idBytes(rows[i]); len(id) > 0 && bytes.Equal(id, b.idBytes(rows[i-1])) {
			b.found.Add(diag.Errorf("id-duplicate", b.pos(rows[i]), "mã %q đã dùng ở %s", "the id %q is already used in %s", id, b.pos(rows[i-1])).
				WithHint("mã là duy nhất trong cả kho; đổi mã của bản ghi mới hơn", "an id is unique in the whole archive; change that of the newer record"))
		}
	}
	return rows
}

func (b *Builder) idBytes(row int32) []byte { return b.text.bytes(b.rows.at(row).text, textID) }

// find returns the row of an id, -1 where there is none.
func (b *Builder) find(byID []int32, id []byte) int32 {
	i, ok := slices.BinarySearchFunc(byID, id, func(row int32, id []byte) int { return bytes.Compare(b.idBytes(row), id) })
	if !ok {
		return -1
	}
	return byID[i]
}

// resolveParents puts the rows of parents in place of their numbers.
func (b *Builder) resolveParents(byID []int32) {
	rows := make([]int32, len(b.parents))
	for n, id := range b.parents {
		rows[n] = b.find(byID, []byte(id))
	}
	for i := range b.rows.len() {
		if n := b.rows.at(i).parent; n >= 0 {
			b.rows.at(i).parent = -1
			b.resolveParent(i, rows[n], b.parents[n])
		}
	}
}

func (b *Builder) resolveParent(row, p int32, id string) {
	switch {
	case p < 0 || b.rows.at(p).kind != Unit:
		d := diag.Errorf("parent-missing", b.parentPos(row), "không có bản ghi cấp trên %q", "there is no parent record %q", id)
		if near := b.nearest(id, Unit); near != "" {
			d = d.WithHint("có phải %q?", "did you mean %q?", near)
		}
		b.found.Add(d)
		return
	case b.rows.at(p).level == noLevel || b.rows.at(row).level == noLevel: // reported where it was read
	case !record.MayHold(b.level(p), b.level(row)):
		b.found.Add(diag.Errorf("level-wrong", b.parentPos(row), "cấp %q không thể nằm trong cấp %q", "a unit of level %q cannot hang under one of level %q", b.level(row), b.level(p)))
	case !bytes.Equal(b.folder(p), b.folder(row)):
		b.found.Add(diag.Errorf("parent-fonds", b.parentPos(row), "cấp trên %q thuộc phông khác", "the parent %q belongs to another fonds", id))
	}
	b.rows.at(row).parent = p
}

// parentPos is where a unit names its parent, or the unit itself where it is
// the fonds without being named.
func (b *Builder) parentPos(row int32) diag.Pos {
	pos, e := b.pos(row), *b.rows.at(row)
	if e.parentCol > 0 {
		pos.Line, pos.Col = pos.Line+int(e.parentLine), int(e.parentCol)
	}
	return pos
}

func (b *Builder) level(row int32) string {
	if l := b.rows.at(row).level; l != noLevel {
		return record.Vocabulary("level")[l].Key
	}
	return ""
}

// folder is the folder of the fonds that a unit stands in.
func (b *Builder) folder(row int32) []byte {
	file := b.text.bytes(b.rows.at(row).file, 0)
	_, below, _ := bytes.Cut(file, []byte("/"))
	_, rest, nested := bytes.Cut(below, []byte("/"))
	if nested {
		return file[:len(file)-len(rest)-1]
	}
	return file
}

// checkCycles reports units that are their own ancestors, cuts the loop, and
// finds the fonds of every unit.
func (b *Builder) checkCycles() {
	const unknown, walking, done = 0, 1, 2
	state := make([]uint8, b.rows.len())
	var path []int32
	for i := range b.rows.len() {
		path = path[:0]
		at := i
		for at >= 0 && state[at] == unknown {
			state[at] = walking
			path = append(path, at)
			at = b.rows.at(at).parent
		}
		if at >= 0 && state[at] == walking {
			b.found.Add(diag.Errorf("parent-cycle", b.parentPos(at), "bản ghi %q là cấp trên của chính nó", "the record %q is its own ancestor", b.id(at)))
			b.rows.at(at).parent, b.rows.at(at).fonds = -1, at
		}
		for _, row := range slices.Backward(path) {
			state[row] = done
			if p := b.rows.at(row).parent; p >= 0 {
				b.rows.at(row).fonds = b.rows.at(p).fonds
			} else {
				b.rows.at(row).fonds = row
			}
		}
	}
}

func (b *Builder) resolvePending(byID []int32) {
	for _, p := range b.pending {
		to := b.find(byID, []byte(p.id))
		if to < 0 || b.rows.at(to).kind == Clearance || p.kind != kindCount && b.rows.at(to).kind != p.kind {
			b.found.Add(b.unknown(p))
			continue
		}
		b.tie(p.from, to, p.role)
	}
}

// maxGuesses bounds the work of guessing: an edit distance to every id of a
// large archive takes long, and a folder may hold one mistake 10,000 times.
const maxGuesses = 50_000 * 20

// nearest is the known id that an unknown one was probably meant to be.
func (b *Builder) nearest(id string, kind Kind) string {
	key := guess{id, kind}
	if near, ok := b.guesses[key]; ok {
		return near
	}
	if b.compared += int(b.rows.len()); b.compared > maxGuesses {
		return ""
	}
	var known []string
	for i := range b.rows.len() {
		if kind == kindCount || b.rows.at(i).kind == kind {
			known = append(known, b.id(i))
		}
	}
	key.id = strings.Clone(id)
	b.guesses[key] = vi.Similar(id, known)
	return b.guesses[key]
}

// guess is an unknown id of which a similar one was looked for.
type guess struct {
	id   string
	kind Kind
}

func (b *Builder) unitIDs(byID []int32) iter.Seq2[string, string] {
	return func(yield func(id, fonds string) bool) {
		for _, row := range byID {
			if b.rows.at(row).kind == Unit && !yield(b.id(row), b.id(b.rows.at(row).fonds)) {
				return
			}
		}
	}
}

// judge decides on every unit, ancestors before descendants.
func (b *Builder) judge() {
	judged := make([]bool, b.rows.len())
	var visit func(row int32)
	visit = func(row int32) { // as deep as the tree: the levels of description
		if judged[row] {
			return
		}
		judged[row] = true
		e := b.rows.at(row)
		e.verdict = b.gate.Judge(b.id(row), b.id(e.fonds), e.facts)
		if e.parent < 0 {
			return
		}
		visit(e.parent)
		e.verdict = e.verdict.Under(b.rows.at(e.parent).verdict)
		if !b.rows.at(e.fonds).verdict.Published() {
			e.verdict = e.verdict.InHiddenFonds()
		}
	}
	for i := range b.rows.len() {
		if b.rows.at(i).kind == Unit {
			visit(i)
			b.narrow(i)
			b.undecided(i)
		}
	}
}

// clearedObjects are those objects of a unit that name a decision of their own, and the
// flags that the others make.
type clearedObjects struct {
	own   []access.ObjectClearance
	plain Flag
}

// narrow holds a unit to the decisions that its objects name besides.
func (b *Builder) narrow(row int32) {
	objects := b.cleared[row]
	if objects.own == nil {
		return
	}
	e := b.rows.at(row)
	var ds []diag.Diagnostic
	e.verdict, ds = b.gate.Narrow(e.verdict, b.id(row), b.id(e.fonds), b.pos(row).File, objects.own)
	b.found.Add(ds...)
	if !e.verdict.Lapsed() {
		return
	}
	e.flags = e.flags&^objectFlags(true, true) | objects.plain
	for _, o := range e.verdict.InForce(objects.own) {
		e.flags |= objectFlags(o.Pictures, o.Placeholder)
	}
}

// ObjectClearances yields the clearances that objects of units name, each once a unit.
func (b *Builder) ObjectClearances(yield func(clearance string) bool) {
	for _, row := range slices.Sorted(maps.Keys(b.cleared)) {
		var names []string
		for _, o := range b.cleared[row].own {
			names = append(names, o.Clearance)
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			if !yield(name) {
				return
			}
		}
	}
}

// ObjectsAreCleared reports whether an object of any unit names a decision of its own.
func (b *Builder) ObjectsAreCleared() bool { return len(b.cleared) > 0 }

// undecided names a record that would be published, had it been among those
// that its clearance decided on.
func (b *Builder) undecided(row int32) {
	if b.rows.at(row).verdict.Reason == access.ReasonNotDecided {
		b.found.Add(diag.Warnf("clearance-undecided", b.pos(row), "bản ghi %q không có trong danh mục mà quyết định của nó đã xét: không công bố", "the record %q is not among those that its clearance decided on: not published", b.id(row)).
			WithHint("lập quyết định mới cho bản ghi này bằng «vitrine new clearance MÃ --records %s»", "make a decision for this record with «vitrine new clearance ID --records %s»", b.id(row)))
	}
}

// visible marks the rows that appear: published units, exhibitions, and the
// authorities that something visible names. Tombstones are not among them.
func (b *Builder) visible() []bool {
	out := make([]bool, b.rows.len())
	var queue []int32
	for i := range b.rows.len() {
		e := b.rows.at(i)
		out[i] = e.kind == Exhibition || e.kind == Unit && e.verdict.Published() && e.level != noLevel && b.rooted(i)
		if e.kind == Exhibition {
			queue = append(queue, i)
		}
	}
	show := func(row int32) {
		if !out[row] && b.rows.at(row).kind != Unit {
			out[row] = true
			queue = append(queue, row)
		}
	}
	var others []Link // from all but units, in the order of rows, for that is how they came to be pending
	for i := range b.links.len() {
		l := *b.links.at(i)
		if b.rows.at(l.Entry).kind != Unit {
			others = append(others, l)
		} else if out[l.Entry] {
			show(l.to)
		}
	}
	for len(queue) > 0 {
		row := queue[0]
		queue = queue[1:]
		for _, l := range linksFrom(others, row) {
			show(l.to)
		}
	}
	return out
}

// checkRights asks for a statement of rights wherever there are images: the
// unit's own, or that of an ancestor it may inherit from.
func (b *Builder) checkRights(visible []bool) {
	for i := range b.rows.len() {
		e := b.rows.at(i)
		if e.kind != Unit || e.flags&HasImages == 0 || b.hasRights(i, visible) {
			continue
		}
		b.found.Add(diag.Errorf("field-missing", b.pos(i), "bản ghi có ảnh phải có rights: {uri, credit}", "a record with images needs rights: {uri, credit}").
			WithHint("chưa đánh giá thì ghi uri: \"http://rightsstatements.org/vocab/CNE/1.0/\"", "where not evaluated, write uri: \"http://rightsstatements.org/vocab/CNE/1.0/\""))
	}
}

// hasRights looks at a unit and its ancestors. A published unit inherits from
// published ancestors alone.
func (b *Builder) hasRights(row int32, visible []bool) bool {
	for at := row; at >= 0; at = b.rows.at(at).parent {
		if (at == row || !visible[row] || visible[at]) && b.inherits.values[b.rows.at(at).inherited].Rights.URI.V != "" {
			return true
		}
	}
	return false
}

// rooted reports whether a unit hangs, at whatever depth, under a fonds.
func (b *Builder) rooted(row int32) bool {
	return record.IsTop(b.level(b.rows.at(row).fonds))
}

// linksFrom are the links from a row among links in the order of rows.
func linksFrom(links []Link, row int32) []Link {
	i, _ := slices.BinarySearchFunc(links, row, func(l Link, row int32) int { return cmp.Compare(l.Entry, row) })
	j := i
	for j < len(links) && links[j].Entry == row {
		j++
	}
	return links[i:j]
}

// Outcomes yields every unit with its place and its verdict, in the order in
// which they were read, for the report that stays outside the site.
func (b *Builder) Outcomes(yield func(id string, at diag.Pos, v access.Verdict) bool) {
	for _, row := range b.placed {
		if e := b.rows.at(row); e.kind == Unit && !yield(b.id(row), b.pos(row), e.verdict) {
			return
		}
	}
}

// Facts yields every unit with what its verdict rests on, published or not, in
// the order in which they were read.
func (b *Builder) Facts(yield func(id string, f access.Facts) bool) {
	for _, row := range b.placed {
		if e := b.rows.at(row); e.kind == Unit && !yield(b.id(row), e.facts) {
			return
		}
	}
}
