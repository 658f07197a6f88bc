package plan

import (
	"io"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/exchange/rico"
	"vitrine/generator/internal/record"
)

// The archive as a whole in Records in Contexts, for those who take it over with all its
// relations. It is taken away in bulk, so it tells of the records that its descriptions as EAD3
// tell of, and of the agents, places, events and subjects that one of these names. All have
// addresses, so there is none where the site has no address.

// contexts is the file.
type contexts struct{ plan *Plan }

// hasContexts reports whether there is one.
func (p *Plan) hasContexts() bool {
	if !p.Data || p.base() == "" {
		return false
	}
	for row := range p.Catalog.cat.Of(catalog.Unit) {
		if p.mayDownload(row) {
			return true
		}
	}
	return false
}

// WriteTo writes the file: records in their order, then what they name.
func (x *contexts) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	p := x.plan
	out := rico.NewWriter(count)
	for fonds := range p.Catalog.cat.Top() {
		d := (&composer{Plan: p, lang: p.langs[0]}).describing(fonds, p.mayDownload)
		for row := fonds; row < p.Catalog.cat.End(fonds); row++ {
			if !d.may(row) {
				continue
			}
			r := d.inContext(row)
			if err := d.fault(); err != nil {
				return count.n, err
			}
			out.Add(r)
		}
	}
	d := (&composer{Plan: p, lang: p.langs[0]}).describing(0, p.mayDownload)
	for _, kind := range []catalog.Kind{catalog.Repository, catalog.Agent, catalog.Place, catalog.Event, catalog.Subject} {
		for row := range p.Catalog.cat.Of(kind) {
			if !d.isNamed(row) {
				continue
			}
			if e := d.context(row); e != nil {
				out.AddEntity(e)
			}
		}
	}
	return count.n, first(d.fault(), out.Close())
}

// isNamed reports whether a record that may be told of names an entry, or lies there.
func (d *describing) isNamed(row int32) bool {
	cat := d.Catalog.cat
	for _, l := range cat.Links(row) {
		if cat.Kind(l.Entry) == catalog.Unit && d.may(l.Entry) {
			return true
		}
	}
	if cat.Kind(row) != catalog.Repository {
		return false
	}
	for fonds := range cat.Top() {
		for unit := fonds; unit < cat.End(fonds); unit++ {
			if d.may(unit) && d.holder(cat.Inherited(unit).Repository) == row {
				return true
			}
		}
	}
	return false
}

// inContext is what is told of a record.
func (d *describing) inContext(row int32) *rico.Record {
	u := d.unit(row)
	if u == nil {
		return nil // the fault is told
	}
	r := &rico.Record{IRI: rico.NameOf(d.address(row)), ID: u.ID.V, Level: u.Level.V, Values: d.component(u, row).Values, Credit: d.words(d.rightsOf(u, row).Credit), Rights: d.rightsOf(u, row).URI.V}
	if up := d.above(row); up >= 0 {
		r.Up, r.UpLevel = rico.NameOf(d.address(up)), d.Catalog.cat.Level(up)
	}
	if holder := d.holder(d.Catalog.cat.Inherited(row).Repository); holder >= 0 {
		r.Holder.IRI = rico.NameOf(d.address(holder))
	}
	for _, lang := range d.langs {
		r.Pages = append(r.Pages, ead.Link{Lang: lang, Href: d.base() + trimIndex(d.pathIn(lang, row))})
	}
	for i, o := range u.Objects {
		seq := o.Number(i)
		r.Objects = append(r.Objects, rico.Object{IRI: d.address(row) + "#" + sheetAnchor(seq), // its label belongs to the picture, which is not taken away here
			Kind: d.inEach(func(c *composer) string { return c.term("object_kind", o.Kind.V) })})
	}
	return r
}

// context is what is told of something that records name; nil where it cannot be read, which
// is told elsewhere.
func (d *describing) context(row int32) *rico.Entity {
	e := &rico.Entity{ID: d.Catalog.ID(row)}
	e.IRI, e.Names = rico.NameOf(d.address(row)), d.titled(row)
	f, line := authorityFile(d.Plan, row), d.Catalog.Loc(row).Line
	switch d.Catalog.cat.Kind(row) {
	case catalog.Repository:
		e.Class = "CorporateBody"
	case catalog.Agent:
		a := content.ReadAuthority[record.Agent](d.Tree, f, line)
		if a == nil {
			return nil
		}
		e.Class = map[string]string{"person": "Person", "corporate": "CorporateBody", "family": "Family"}[a.Type.V]
		if e.Class == "" {
			e.Class = "Agent"
		}
		e.Date = d.dated(a.Exist)
		for _, t := range a.ParallelNames {
			e.Others = append(e.Others, d.words(t)...)
		}
		e.Others = append(e.Others, d.formerly(a.OtherNames)...)
	case catalog.Place:
		p := content.ReadAuthority[record.Place](d.Tree, f, line)
		if p == nil {
			return nil
		}
		e.Class, e.Others, e.Within = "Place", d.formerly(p.NamesInTime), d.around(p.Parent)
		if p.Precision.V != "uncertain" {
			e.Lat, e.Lon = p.Coords.Lat.V, p.Coords.Lon.V
		}
	case catalog.Event:
		v := content.ReadAuthority[record.Event](d.Tree, f, line)
		if v == nil {
			return nil
		}
		e.Class, e.Date, e.Within = "Event", d.dated(v.Date), d.around(v.Parent)
	case catalog.Subject:
		e.Class = "Concept"
	}
	return e
}

func (d *describing) dated(date record.Date) ead.Date {
	return ead.Date{Date: date.Date, Words: d.inEach(func(c *composer) string { return date.Words(c.lang) })}
}

func (d *describing) formerly(names []record.DatedName) (out []ead.Words) {
	for _, n := range names {
		out = append(out, d.words(n.Text)...)
	}
	return out
}

// around is the name of the place or event that something is part of, where that is told of.
func (d *describing) around(r record.Ref) string {
	row, ok := d.Catalog.cat.Find(r.ID)
	if r.ID == "" || !ok || !d.isNamed(row) {
		return ""
	}
	return rico.NameOf(d.address(row))
}
