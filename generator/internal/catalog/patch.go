package catalog

import (
	"bytes"
	"cmp"
	"slices"

	"vitrine/generator/internal/access"
	"vitrine/generator/internal/vi"
)

// Edit is a unit as it was when the catalog was frozen and as it is now.
type Edit struct{ Old, New Summary }

// Patch returns the catalog that Freeze would make now, and the rows that are
// not as they were but for their places in the file. It shares with c what did
// not change; c stays as it is. Every other record must be what it was, and
// nothing may have been wrong with any.
//
// ok is false where the edits may change more than the rows of these units: a
// verdict, the order of the tree, what others inherit, which authorities
// appear. Then, and wherever it cannot tell, the catalog must be frozen anew.
func (c *Catalog) Patch(edits []Edit) (patched *Catalog, changed []int32, ok bool) {
	out := *c
	out.entries, out.tombstones = c.entries.clone(), slices.Clone(c.tombstones)
	p := &patch{old: c, new: &out, relinked: map[int32]*Edit{}}
	for i := range edits {
		e := &edits[i]
		if row, ok := c.Find(e.Old.ID); ok && !(sameRefs(e) && e.Old.Key == e.New.Key) {
			p.relinked[row] = e
		}
	}
	for i := range edits {
		if !p.apply(&edits[i]) {
			return nil, nil, false
		}
	}
	p.relink()
	return &out, p.changed, true
}

// patch is a catalog in the making.
type patch struct {
	old, new *Catalog
	changed  []int32
	relinked map[int32]*Edit // rows whose links may change, by their edits
	forked   bool            // the arena is no longer that of old
}

// apply brings one edit into the new catalog. The rows before it in the list
// are as they are now, so each step leads from one frozen catalog to another.
func (p *patch) apply(e *Edit) bool {
	if !sameStanding(e) || !p.resolved(e) {
		return false
	}
	row, shown := p.old.Find(e.Old.ID)
	if !shown {
		return !movedUndecided(e, access.ReasonNotDecided) && p.tombstone(e)
	}
	if v := p.old.Verdict(row); movedUndecided(e, v.Reason) || v.Lapsed() {
		return false // it was told of where it stood
	}
	p.place(p.new.entries.at(row), e)
	if sameRow(e) {
		return true
	}
	if p.new.entries.at(row).parent < 0 || !p.authoritiesStay(row, e) {
		return false
	}
	p.changed = append(p.changed, row)
	return p.restate(row, e) && p.rename(row, e)
}

// sameStanding reports whether what the verdict and the place in the tree rest
// on is as it was, and no image lost its statement of rights.
func sameStanding(e *Edit) bool {
	a, b := &e.Old, &e.New
	return a.ID == b.ID && a.Level == b.Level && a.Parent == b.Parent && a.Access == b.Access && a.Loc.File == b.Loc.File &&
		a.Flags&HasImages == b.Flags&HasImages && slices.Equal(a.Objects, b.Objects) && slices.Equal(a.Cleared, b.Cleared) && slices.Equal(a.FormerIDs, b.FormerIDs) &&
		(a.Inherited.Rights.URI.V == "" || b.Inherited.Rights.URI.V != "") && samePersons(e)
}

// samePersons reports whether a unit with personal data names whom it named,
// and is of the date it was: the gate asks for both.
func samePersons(e *Edit) bool {
	return e.New.Access.Personal == access.PersonalNone || sameRefs(e) && e.Old.Date == e.New.Date
}

// movedUndecided reports whether a record that its clearance may not have
// decided on stands on another line now: it was told of where it stood.
func movedUndecided(e *Edit, r access.Reason) bool {
	return r == access.ReasonNotDecided && e.New.Access.Clearance != "" && e.Old.Loc.Line != e.New.Loc.Line
}

// sameRow reports whether an edit changes nothing but places in the file.
func sameRow(e *Edit) bool {
	return e.Old.Sum == e.New.Sum && sameText(e) && sameRefs(e) && e.Old.Key == e.New.Key && e.Old.Form == e.New.Form &&
		e.Old.Flags == e.New.Flags && e.Old.Inherited.key() == e.New.Inherited.key()
}

func sameText(e *Edit) bool {
	return e.Old.Reference == e.New.Reference && e.Old.Date == e.New.Date && slices.Equal(e.Old.Titles, e.New.Titles)
}

func sameRefs(e *Edit) bool {
	return slices.EqualFunc(e.Old.Refs, e.New.Refs, func(a, b SummaryRef) bool { return a.sameTarget(b) && a.Role == b.Role })
}

// sameTarget reports whether two references ask for the same thing.
func (r SummaryRef) sameTarget(other SummaryRef) bool {
	return r.ID == other.ID && r.Kind == other.Kind && r.Later == other.Later && (r.Role == RoleDecided) == (other.Role == RoleDecided)
}

// resolved reports whether every id that the unit names is known: it was named
// before, or it is published. What is not published cannot be seen from here.
func (p *patch) resolved(e *Edit) bool {
	for _, r := range e.New.Refs {
		if slices.ContainsFunc(e.Old.Refs, r.sameTarget) {
			continue
		}
		row, ok := p.old.Find(r.ID)
		if !ok {
			return false
		}
		kind := p.old.Kind(row)
		early := kind != Unit && kind != Exhibition && kind != Clearance // read before any unit
		if r.Kind != kindCount && kind != r.Kind || !r.Later && !early {
			return false
		}
	}
	return true
}

// authoritiesStay reports whether each authority that the unit no longer names
// is named by another record whose own links stay.
func (p *patch) authoritiesStay(row int32, e *Edit) bool {
	for _, r := range e.Old.Refs {
		to, ok := p.old.Find(r.ID)
		if !ok || p.old.Kind(to) == Unit || r.Role == RoleDecided || slices.ContainsFunc(e.New.Refs, func(n SummaryRef) bool { return n.ID == r.ID && n.Role != RoleDecided }) {
			continue
		}
		if !slices.ContainsFunc(p.old.Links(to), func(l Link) bool {
			k := p.old.Kind(l.Entry)
			return l.Entry != row && p.relinked[l.Entry] == nil && (k == Unit || k == Exhibition)
		}) {
			return false
		}
	}
	return true
}

// place notes where the unit stands now.
func (p *patch) place(to *entry, e *Edit) {
	loc := e.New.Loc
	to.line, to.offset, to.length, to.kept, to.sum = int32(loc.Line), int32(loc.Offset), int32(loc.Len), loc.Kept, e.New.Sum
	to.parentLine, to.parentCol = near(e.New.ParentAt, loc.Line)
}

// tombstone brings in an edit of a unit that has no row. What is said of it is
// read from its record; a hidden one leaves no trace.
func (p *patch) tombstone(e *Edit) bool {
	for i := range p.new.tombstones {
		t := &p.new.tombstones[i]
		if string(p.new.text.bytes(t.text, textID)) == e.Old.ID {
			p.place(t, e)
		}
	}
	return true
}

// restate brings in the values of an entry that are no strings.
func (p *patch) restate(row int32, e *Edit) bool {
	to := p.new.entries.at(row)
	to.key, to.flags = e.New.Key, e.New.Flags
	to.withhold()
	form, ok := p.form(e.New.Form)
	to.form = form
	return ok && p.inherit(row, e)
}

func (p *patch) form(id string) (uint16, bool) {
	n := slices.Index(p.new.forms, id)
	if n < 0 {
		n = len(p.new.forms)
		p.new.forms = append(slices.Clip(p.new.forms), id)
	}
	return uint16(n), n < 1<<16
}

// inherit completes what the unit states now. Where units hang beneath it that
// may inherit from it in turn, it gives up.
func (p *patch) inherit(row int32, e *Edit) bool {
	if e.Old.Inherited.key() == e.New.Inherited.key() {
		return true
	}
	if p.new.Beneath(row) > 0 {
		return false
	}
	to := p.new.entries.at(row)
	v := e.New.Inherited.under(p.new.inherits[p.new.entries.at(to.parent).inherited])
	n := slices.Index(p.new.keys, v.key())
	if n < 0 {
		n = len(p.new.keys)
		p.new.inherits = append(slices.Clip(p.new.inherits), v)
		p.new.keys = append(slices.Clip(p.new.keys), v.key())
	}
	to.inherited = uint32(n)
	return true
}

// rename brings in the strings of an entry and reports whether it keeps its
// place among its siblings.
func (p *patch) rename(row int32, e *Edit) bool {
	if !sameText(e) {
		if !p.fork() {
			return false
		}
		s := &e.New
		p.new.entries.at(row).text = p.new.text.add(append([]string{s.ID, s.Reference, s.Date}, s.Titles...)...)
	}
	switch {
	case e.Old.Reference != e.New.Reference || e.Old.Key != e.New.Key:
		return p.betweenShelves(row)
	case e.Old.Titles[0] != e.New.Titles[0]:
		return p.betweenTitles(row)
	}
	return true
}

// fork gives the new catalog an arena of its own.
func (p *patch) fork() bool {
	if !p.forked {
		p.new.text, p.forked = p.old.text.fork()
	}
	return p.forked
}

// betweenShelves reports whether reference and date alone put a unit between
// its neighbours. Where they leave it open, titles and ids of others decide.
func (p *patch) betweenShelves(row int32) bool {
	c := p.new
	key := func(row int32) []byte { return vi.SortKey(string(c.str(row, textReference))) }
	own := key(row)
	less := func(a []byte, x int32, b []byte, y int32) bool {
		return cmp.Or(bytes.Compare(a, b), c.entries.at(x).key.Compare(c.entries.at(y).key)) < 0
	}
	before, next := c.Before(row), c.Next(row)
	return (before < 0 || less(key(before), before, own, row)) && (next < 0 || less(own, row, key(next), next))
}

// betweenTitles reports whether the title keeps a unit between those neighbours
// that neither reference nor date tells from it.
func (p *patch) betweenTitles(row int32) bool {
	c := p.new
	less := func(x, y int32) bool {
		if c.entries.at(x).key != c.entries.at(y).key || !bytes.Equal(c.str(x, textReference), c.str(y, textReference)) {
			return true
		}
		a, b := vi.SortKey(string(c.str(x, textTitle))), vi.SortKey(string(c.str(y, textTitle)))
		return cmp.Or(bytes.Compare(a, b), bytes.Compare(c.str(x, textID), c.str(y, textID))) < 0
	}
	before, next := c.Before(row), c.Next(row)
	return (before < 0 || less(before, row)) && (next < 0 || less(row, next))
}

// relink makes the links of the units anew whose ids or dates changed.
func (p *patch) relink() {
	if len(p.relinked) == 0 {
		return
	}
	c := p.new
	var added []Link
	for row, e := range p.relinked {
		for _, r := range e.New.Refs {
			if to, ok := c.Find(r.ID); ok && r.Role != RoleDecided {
				added = append(added, Link{Entry: row, to: to, Role: r.Role})
			}
		}
	}
	slices.SortFunc(added, c.compareLinks)
	added = slices.Compact(added)
	links := make([]Link, 0, len(c.links)+len(added))
	for _, l := range c.links {
		if p.relinked[l.Entry] != nil {
			continue
		}
		for len(added) > 0 && c.compareLinks(added[0], l) < 0 {
			links, added = append(links, added[0]), added[1:]
		}
		links = append(links, l)
	}
	c.links = append(links, added...)
}
