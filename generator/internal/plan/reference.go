package plan

import (
	"io"
	"iter"
	"strconv"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/exchange/reference"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// What programs that manage references take: elements in the head of the page of a record,
// spans in lists, and files. A file about one record tells what its page tells, so it needs
// no more than that page does; one about a whole fonds is taken away in bulk, as EAD3 is.
// Three files a record would be most of the files of a site, so they are made where site.yaml
// asks for them by `references: true`, and three for each fonds with them. Without that word
// a fonds has one, which all such programs read; `false` switches off all.

// The kinds of jobs that make reference files.
const (
	KindReference  = "reference"  // makes a *Reference
	KindReferences = "references" // makes a *References
)

// Reference is a file about one record.
type Reference struct {
	format *reference.Format
	entry  *reference.Entry
}

// WriteTo writes the file.
func (r *Reference) WriteTo(w io.Writer) (int64, error) {
	b := r.format.Close(r.format.Append(nil, 0, r.entry), 1)
	n, err := w.Write(b)
	return int64(n), err
}

// References is a file about all records of a fonds that may be taken away in bulk. It
// grows with the fonds, so it is composed as it is written.
type References struct {
	plan   *Plan
	row    int32
	format *reference.Format
}

// WriteTo writes the file, record by record.
func (r *References) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	p := r.plan
	c := (&composer{Plan: p, lang: p.langs[0]}).unasked()
	n, b := 0, []byte(nil)
	for row := r.row; row < p.Catalog.cat.End(r.row); row++ {
		if !p.mayDownload(row) {
			continue
		}
		c.path = p.pathIn(c.lang, row)
		if u := c.unit(row); u != nil {
			e := c.referenceTo(u, c.citeItem(u, row), nil)
			if !p.mayDownload(r.row) {
				e.Collection = "" // of the fonds only its records tell, by their references
			}
			b = r.format.Append(b[:0], n, e)
			n++
		}
		if c.err != nil {
			return count.n, c.err
		}
		if _, err := count.Write(b); err != nil {
			return count.n, err
		}
	}
	_, err := count.Write(r.format.Close(nil, n))
	return count.n, err
}

// refers reports whether the site speaks to programs that manage references.
func (p *Plan) refers() bool {
	f := p.Config.Site.Features.References
	return f == nil || f.V
}

// refersSingly reports whether each record has reference files. A preview of drafts has none:
// they could not bear its banner.
func (p *Plan) refersSingly() bool {
	f := p.Config.Site.Features.References
	return f != nil && f.V && !p.Gate.Draft()
}

// hasReferences reports whether there are files about the records of a fonds.
func (p *Plan) hasReferences(fonds int32) bool { return p.refers() && p.hasFinding(fonds) }

// hasReferencesAt reports whether a path is that of a file about the records of a fonds.
func (p *Plan) hasReferencesAt(fonds int32, path string) bool {
	for j := range p.fondsReferencesOf(fonds) {
		if j.Path == path {
			return true
		}
	}
	return false
}

// fondsFormats is how many of the formats the files about a whole fonds have.
func (p *Plan) fondsFormats() int {
	if p.refersSingly() {
		return len(reference.Formats)
	}
	return 1
}

// referencePath is the path of a file about one record, beside its page in the first language.
func (p *Plan) referencePath(row int32, f *reference.Format) string {
	return strings.TrimSuffix(p.pathIn(p.langs[0], row), ".html") + f.End
}

// referenceJobs are the files about single records.
func (p *Plan) referenceJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.refersSingly() {
			return
		}
		for row := range p.Catalog.Of(catalog.Unit) {
			if !each(p.referencesOf(row), yield) {
				return
			}
		}
	}
}

// referencesOf are the files about one record.
func (p *Plan) referencesOf(row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.refersSingly() {
			return
		}
		for i := range reference.Formats {
			f := &reference.Formats[i]
			if !yield(p.job(KindReference, p.langs[0], p.referencePath(row, f), nil, func(c *composer) any { return c.singleReference(row, f) })) {
				return
			}
		}
	}
}

func (c *composer) singleReference(row int32, f *reference.Format) any {
	c.path = c.pathIn(c.lang, row) // the page is cited, not the file
	u := c.unit(row)
	if u == nil {
		return nil
	}
	s := c.stateShown(u, row)
	return &Reference{f, c.referenceTo(u, c.citeItem(u, row), &s)}
}

// fondsReferenceJobs are the files about whole fonds.
func (p *Plan) fondsReferenceJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for row := range p.Catalog.cat.Top() {
			if !each(p.fondsReferencesOf(row), yield) {
				return
			}
		}
	}
}

func (p *Plan) fondsReferencesOf(row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.hasReferences(row) {
			return
		}
		for i := range p.fondsFormats() {
			f := &reference.Formats[i]
			given := func() any { return p.referencesSum(row) }
			if !yield(p.job(KindReferences, p.langs[0], page.References(p.Catalog.ID(row), f.End), given, func(*composer) any { return &References{p, row, f} })) {
				return
			}
		}
	}
}

// referencesSum sums up what the files about a fonds show: what its description does, and
// the cities of the archives that hold it.
func (p *Plan) referencesSum(fonds int32) any {
	type key struct{ references int32 }
	sum := p.once(key{fonds}, func() any {
		c, last, known := (&composer{Plan: p, lang: p.langs[0]}).unasked(), "", false
		var cities []record.Text
		for row := fonds; row < p.Catalog.cat.End(fonds); row++ {
			if id := p.Catalog.cat.Inherited(row).Repository; !known || id != last {
				last, known = id, true
				if rep := c.repository(row); rep != nil {
					if at, ok := c.Catalog.Find(rep.Place.ID); ok {
						cities = append(cities, c.catalogTitle(at))
					}
				}
			}
		}
		return cities
	})
	return []any{p.findingSum(fonds), sum}
}

// referenceLinks lead from the page of a record to the files about it; on that of a fonds,
// to those about all of it too.
func (c *composer) referenceLinks(row int32) (out []page.Download) {
	if c.refersSingly() {
		for i := range reference.Formats {
			f := &reference.Formats[i]
			out = append(out, page.Download{Href: c.rel(c.referencePath(row, f)), Media: f.Media, Label: f.Name})
		}
	}
	return out
}

// fondsReferenceLinks lead to the files about all records of a fonds.
func (c *composer) fondsReferenceLinks(row int32) (out []page.Download) {
	if c.hasReferences(row) {
		for i := range c.fondsFormats() {
			f := &reference.Formats[i]
			out = append(out, page.Download{Href: c.rel(page.References(c.Catalog.ID(row), f.End)), Media: f.Media, Label: f.Name})
		}
	}
	return out
}

// referenceTo is what programs that manage references learn of a record: what its page tells.
// Texts are in the language of the page, the title in that of the document. The state is
// told of where s is not nil.
func (c *composer) referenceTo(u *record.Unit, item *cite.Item, s *stateShown) *reference.Entry {
	in := func(t record.Text) string { text, _ := t.In(c.lang); return text }
	form := u.Form.V
	e := &reference.Entry{
		ID: u.ID.V, Type: reference.TypeOf(u.Level.V, form, c.groups[form], u.Doc.Number.V != ""), Title: in(plainFirst(item.Title)),
		Issued: item.Created, Words: in(item.Date), Genre: in(item.FormWords), Number: item.Number, Archive: in(item.Repository),
		Collection: in(item.Fonds), Location: catalog.ReferenceLabel(within(u.Reference), c.references[c.lang]), Place: in(item.Place), CallNumber: catalog.ReferenceLabel(u.Reference, c.references[c.lang]), Medium: in(plainIn(u.Physical.Carrier)),
		Dimensions: in(plainIn(u.Physical.Dimensions)), Abstract: c.describe(u.Scope), Website: in(item.Website), URL: item.URL,
	}
	if item.Supplied {
		e.Title = "[" + e.Title + "]"
	}
	if len(u.Languages) > 0 {
		e.Language = u.Languages[0].V
	}
	for _, cr := range item.Creators {
		if name := cr.Named(c.lang); name != "" {
			e.Names, e.Signed = append(e.Names, name), append(e.Signed, signed(cr, c.lang))
			if e.Issuer == "" && cr.Body {
				e.Issuer = signed(cr, c.lang)
			}
		}
	}
	if issuer, ok := c.citeCreator(record.Creator{Agent: u.Doc.Issuer}); ok {
		e.Issuer = issuer.Named(c.lang)
	}
	if original := in(item.Original); original != "" {
		e.Note = c.t("cite.original", original)
	}
	if s != nil {
		e.Version, e.State = c.version(*s)
	}
	return e
}

// within is a reference without the fonds.
func within(r record.Reference) record.Reference {
	r.FondsNo = record.Str{}
	return r
}

// signed is the name as signed, else the authority form.
func signed(cr cite.Creator, lang string) string {
	if cr.As != "" {
		return cr.As
	}
	return cr.Named(lang)
}

// plainFirst is a text in its first language alone: that of the document.
func plainFirst(t record.Text) record.Text {
	t.Langs = t.Langs[:min(1, len(t.Langs))]
	return t
}

// version is the state of a record for programs, bare and in words.
func (c *composer) version(s stateShown) (bare, words string) {
	print := s.print.String()
	if s.edition.Number == 0 {
		return print, c.t("cite.state", print)
	}
	n := strconv.Itoa(s.edition.Number)
	return n + ", " + print, c.t("cite.version", n, print)
}

// meta are the elements by which Zotero takes a record from its page.
func (c *composer) meta(u *record.Unit, item *cite.Item, s stateShown) (out []page.Meta) {
	if !c.refers() {
		return nil
	}
	for _, m := range c.referenceTo(u, item, &s).Meta() {
		out = append(out, page.Meta(m))
	}
	return out
}

// forZotero marks the slips of a list for Zotero, which offers them for choice. No page of a
// record but that of a fonds has such a list: there the record itself is to be taken.
func (c *composer) forZotero(slips []page.Slip, rows []int32) []page.Slip {
	if !c.refers() {
		return slips
	}
	cat := c.Catalog
	for i, row := range rows {
		if cat.Kind(row) != catalog.Unit {
			continue
		}
		text, _ := cat.Title(row, c.lang)
		date := cat.Date(row)
		e := reference.Entry{Type: reference.TypeOf(cat.Level(row), cat.Form(row), c.groups[cat.Form(row)], false), Title: markup.Plain(text), Issued: date, Words: date.Words(c.lang)}
		if base := c.base(); base != "" {
			e.URL = base + trimIndex(c.pathOf(row))
		}
		slips[i].COinS = e.COinS()
	}
	return slips
}
