package catalog

import (
	"vitrine/generator/internal/record"
)

// Hidden is a unit that has no page, for those who look whether something names it.
// Nothing of it may reach a page.
type Hidden struct {
	ID        string
	Former    []string // ids by which it was known
	Titles    []string // in the languages of the site, "" where there is none, then all others
	Withdrawn bool     // a notice stands in its place
	Tells     bool     // which may say what it was
	Top       bool     // it is a fonds or collection
	Loc       record.Loc
}

// Hidden yields every unit that has no page, in the order in which the units were read
// as far as it matters: the same content gives the same order. To be asked after Freeze.
func (b *Builder) Hidden(yield func(Hidden) bool) {
	former, titles := b.about(b.former), b.about(b.otherTitles)
	for i := b.shown; i < b.rows.len(); i++ {
		e := b.rows.at(i)
		if e.kind != Unit {
			continue
		}
		fonds := b.placed[e.fonds] // hidden rows name others as they were read
		h := Hidden{ID: b.id(i), Former: former[i], Titles: make([]string, len(b.langs)), Top: fonds == i, Withdrawn: e.verdict.Tombstone() && (fonds == i || fonds < b.shown)}
		h.Tells = h.Withdrawn && e.verdict.MayTell()
		for n := range b.langs {
			h.Titles[n] = string(b.text.bytes(e.text, textTitle+n))
		}
		h.Titles = append(h.Titles, titles[i]...)
		h.Loc = record.Loc{File: string(b.text.bytes(e.file, 0)), Line: int(e.line), Offset: int(e.offset), Len: int(e.length), Kept: e.kept}
		if !yield(h) {
			return
		}
	}
}

// about are texts by the rows that they are about, where these stand now.
func (b *Builder) about(list []former) map[int32][]string {
	out := map[int32][]string{}
	for _, f := range list { // these name rows as they were read
		row := b.placed[f.row]
		out[row] = append(out[row], string(b.text.bytes(f.text, textID)))
	}
	return out
}

// HiddenAuthority is an agent, place, event or subject that has no page, since nothing
// that is published names it.
type HiddenAuthority struct {
	ID     string
	Kind   Kind
	Titles []string // in the languages of the site, "" where there is none
	Person bool     // it is a person or family that something not published names
}

// HiddenAuthorities yields those without a page, in the same order for the same content.
// To be asked after Freeze.
func (b *Builder) HiddenAuthorities(yield func(HiddenAuthority) bool) {
	for i := b.shown; i < b.rows.len(); i++ {
		e := b.rows.at(i)
		if e.kind < Agent || e.kind > Subject {
			continue
		}
		h := HiddenAuthority{ID: b.id(i), Kind: e.kind, Titles: make([]string, len(b.langs))}
		for n := range b.langs {
			h.Titles[n] = string(b.text.bytes(e.text, textTitle+n))
		}
		_, person := b.persons[h.ID]
		h.Person = person && b.behind[i]
		if !yield(h) {
			return
		}
	}
}

// calledToo takes what an authority is called besides its name.
func (b *Builder) calledToo(row int32, names ...record.Text) {
	for _, n := range names {
		for _, l := range n.Langs {
			b.otherNames = append(b.otherNames, former{b.text.add(l.V), row})
		}
	}
}

func (b *Builder) calledThen(row int32, names []record.DatedName) {
	for _, n := range names {
		b.calledToo(row, n.Text)
	}
}

// OtherNames yields what authorities are called besides their names, with their ids.
func (b *Builder) OtherNames(yield func(id, name string) bool) {
	for _, n := range b.otherNames {
		if !yield(b.id(n.row), string(b.text.bytes(n.text, textID))) {
			return
		}
	}
}
