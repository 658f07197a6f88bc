package plan

import (
	"io"
	"iter"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// The records of a fonds stand in tables too, for those who count and compare. They tell
// what its description as EAD3 tells, of the same records, under the same purpose.

// KindTable is the kind of a job that makes a *Table.
const KindTable = "table"

// Table is a table of the records of a fonds. It grows with the fonds, so it is composed
// as it is written.
type Table struct {
	plan   *Plan
	row    int32
	format *dataset.Format
}

// WriteTo writes the file, record by record.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	p := t.plan
	c := &composer{Plan: p, lang: p.langs[0], path: page.Table(p.Catalog.ID(t.row), t.format.End)}
	out := dataset.NewWriter(count, t.format, p.langs)
	err := c.describing(t.row, p.mayDownload).eachRecord(func(r *dataset.Record) error {
		out.Add(r)
		return out.Err()
	})
	return count.n, first(err, out.Err())
}

// eachRecord hands on what is told of each record of the fonds that may be told of.
func (d *describing) eachRecord(each func(r *dataset.Record) error) error {
	for row := d.fonds; row < d.Catalog.cat.End(d.fonds); row++ {
		if !d.may(row) {
			continue
		}
		r := d.inTable(row)
		if err := d.fault(); err != nil {
			return err
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return nil
}

// inTable is what is told of a record in a table.
func (d *describing) inTable(row int32) *dataset.Record {
	u := d.unit(row)
	if u == nil {
		return nil // the fault is told
	}
	r := &dataset.Record{ID: u.ID.V, Fonds: d.Catalog.ID(d.fonds), Parent: d.parentInTable(row), Level: u.Level.V, Values: d.component(u, row).Values}
	if base := d.base(); base != "" {
		for _, lang := range d.langs {
			r.Pages = append(r.Pages, ead.Link{Lang: lang, Href: base + trimIndex(d.pathIn(lang, row))})
		}
	}
	r.First, r.Last = ends(u.Dates.Created)
	add := func(key string, words []ead.Words) {
		if len(words) > 0 {
			r.Values = append(r.Values, ead.Value{Key: key, Words: words})
		}
	}
	add("dates.display", d.words(u.Dates.Display))
	rights := d.rightsOf(u, row)
	if uri := rights.URI.V; uri != "" {
		add("rights.uri", []ead.Words{{Text: uri}})
	}
	add("rights.credit", d.words(rights.Credit))
	return r
}

// parentInTable is the id of the nearest above a record that stands in the table, else that
// of the fonds, which names the file; empty for the fonds.
func (d *describing) parentInTable(row int32) string {
	if row == d.fonds {
		return ""
	}
	for up := d.Catalog.cat.Parent(row); up >= 0 && up != d.fonds; up = d.Catalog.cat.Parent(up) {
		if d.may(up) {
			return d.Catalog.ID(up)
		}
	}
	return d.Catalog.ID(d.fonds)
}

// ends are the first and the last day that a date can mean, empty where it has none.
func ends(date record.Date) (from, to string) {
	if date.IsZero() {
		return "", ""
	}
	lo, hi := date.Bounds()
	if lo > hi {
		return "", ""
	}
	if lo != edtf.MinDay {
		from = lo.String()
	}
	if hi != edtf.MaxDay {
		to = hi.String()
	}
	return from, to
}

// tableJobs are the tables of all fonds.
func (p *Plan) tableJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for row := range p.Catalog.cat.Top() {
			if !each(p.tablesOf(row), yield) {
				return
			}
		}
	}
}

// tablesOf are the tables of one fonds.
func (p *Plan) tablesOf(row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.isFonds(row) || !p.hasFinding(row) {
			return
		}
		for i := range dataset.Formats {
			f := &dataset.Formats[i]
			given := func() any { return p.findingSum(row) }
			if !yield(p.job(KindTable, p.langs[0], page.Table(p.Catalog.ID(row), f.End), given, func(*composer) any { return &Table{p, row, f} })) {
				return
			}
		}
	}
}

// tableLinks lead to the tables of a fonds. The page was given whether there are any.
func (c *composer) tableLinks(row int32) (out []page.Download) {
	if !c.hasFinding(row) {
		return nil
	}
	for i := range dataset.Formats {
		f := &dataset.Formats[i]
		out = append(out, page.Download{Href: c.rel(page.Table(c.Catalog.ID(row), f.End)), Media: f.Media, Label: f.Name})
	}
	return out
}
