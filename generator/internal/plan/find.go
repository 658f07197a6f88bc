package plan

import (
	"crypto/sha256"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/search"
	"vitrine/generator/page"
)

// Findable are the records of the site as the search index takes them, in the order
// of their dates.
type Findable struct {
	p         *Plan
	rows      []int32
	composers []*composer // one for each language
}

// HasSearch reports whether the site can be searched.
func (p *Plan) HasSearch() bool {
	s := p.Config.Site.Features.Search
	return (s == nil || s.V) && p.Catalog.cat.Len(catalog.Unit) > 0
}

// Findable is made once for a build.
func (p *Plan) Findable() *Findable {
	f := &Findable{p: p}
	lo, hi := p.Catalog.cat.Range(catalog.Unit)
	for row := lo; row < hi; row++ {
		f.rows = append(f.rows, row)
	}
	p.Catalog.cat.SortByDate(f.rows)
	for _, lang := range p.langs {
		f.composers = append(f.composers, &composer{Plan: p, lang: lang})
	}
	return f
}

// Len is how many records there are.
func (f *Findable) Len() int { return len(f.rows) }

// named are the kinds of authorities whose names the index knows.
var named = []catalog.Kind{catalog.Agent, catalog.Place, catalog.Event, catalog.Subject}

// Key tells what an index is of from anything else: records by their ids and texts and what
// may be shown of them, authorities by being on the site and their names. What else an index shows stands on the pages of records and authorities
// too: where all of these stay as they are, and the key, the index does.
func (f *Findable) Key() (key [32]byte) {
	h, base := sha256.New(), f.p.baseSum()
	h.Write(base[:])
	var room [1 << 10]byte
	for _, row := range f.rows {
		h.Write(f.p.appendText(pack.Text(room[:0], f.p.Catalog.cat.ID(row)), row))
	}
	for _, kind := range named { // of one that left the site there is no page to compare
		for row := range f.p.Catalog.cat.Of(kind) {
			h.Write(f.p.appendNamed(room[:0], row))
			if kind == catalog.Event { // the timeline reads of the index when it was
				fmt.Fprint(h, f.day(row), f.p.Catalog.cat.Has(row, catalog.Commemorated))
			}
		}
	}
	h.Sum(key[:0])
	return key
}

// Finds reports whether the index shows what a job's page shows.
func (j Job) Finds() bool { return j.Kind == "record" || j.Kind == "fonds" || j.Kind == "authority" }

// maxExcerpt is how many characters of a record's summary a hit shows at most. What is
// shown of ten hits is read from up to ten files of 220 records.
const maxExcerpt = 220

// Doc is record n. It is read again, and what the gate withholds is not in it. It may be
// called from several goroutines.
func (f *Findable) Doc(n int) (*search.Doc, error) {
	row := f.rows[n]
	c := &composer{Plan: f.p, lang: f.p.langs[0]}
	whole := c.whole(row)
	if whole == nil {
		return nil, c.err
	}
	u := c.Catalog.Verdict(row).View(whole)
	d := &search.Doc{Path: f.path(row), References: references(u), Summary: f.summary(u)}
	f.titles(d, u, row)
	f.dated(d, row)
	f.named(d, u)
	f.sheets(d, u, row)
	f.described(d, u, row)
	f.facets(d, u, row)
	return d, c.err
}

// path is "<fonds>/<record>", or "<fonds>".
func (f *Findable) path(row int32) string {
	cat := f.p.Catalog.cat
	if fonds := cat.Fonds(row); fonds != row {
		return cat.ID(fonds) + "/" + cat.ID(row)
	}
	return cat.ID(row)
}

// each gives a text for each language, those that are the first one's left out.
func (f *Findable) each(in func(c *composer) string) []string {
	out := make([]string, len(f.composers))
	for i, c := range f.composers {
		if out[i] = in(c); i > 0 && out[i] == out[0] {
			out[i] = ""
		}
	}
	return out
}

func (f *Findable) titles(d *search.Doc, u *record.Unit, row int32) {
	d.Title = f.each(func(c *composer) string { text, _ := c.Catalog.cat.Title(row, c.lang); return markup.Plain(text) })
	d.Titles = append(present(d.Title), f.all(slices.Concat([]record.Text{u.Subtitle}, u.OtherTitles)...)...)
}

func present(list []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
}

// all are texts in all their languages, without their Markdown.
func (f *Findable) all(texts ...record.Text) (out []string) {
	for _, t := range texts {
		for _, l := range t.Langs {
			if s := markup.Plain(l.V); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// references are the codes that a record is known by.
func references(u *record.Unit) []string {
	r := u.Reference
	parts := present([]string{r.FondsNo.V, r.InventoryNo.V, r.UnitNo.V})
	out := []string{strings.Join(parts, "/"), r.Folios.V, u.Doc.Number.V, u.Doc.Symbol.V, u.News.NumberPrinted.V}
	for _, former := range r.Former {
		out = append(out, former.V)
	}
	return present(out)
}

// summary are the paragraphs that describe a record.
func (f *Findable) summary(u *record.Unit) []string {
	out := f.all(u.Scope)
	for _, b := range u.Bodies {
		out = append(out, markup.Plain(b.Text))
	}
	out = append(out, f.all(u.CreatorHistory, u.ArchivalHistory, u.Acquisition, u.Arrangement, u.Notes, u.Originals.Note, u.Dates.AsWritten, u.Dates.Note, u.Doc.PlaceDateLine, u.Doc.Hand, u.Physical.Condition, u.Physical.Carrier, u.Physical.Technique, u.Physical.Note,
		u.News.Title, u.News.Issue, u.Photo.Caption, u.Photo.Event)...)
	out = append(out, f.all(u.Doc.Addressees...)...)
	out = append(out, f.all(u.Publications...)...)
	return out
}

// sheets fills in what stands beside the digital objects and in them, as their pages show
// it, language by language.
func (f *Findable) sheets(d *search.Doc, u *record.Unit, row int32) {
	if len(u.Objects) == 0 {
		return
	}
	for _, c := range f.composers {
		for _, s := range c.sheets(u, row, page.Words{}) {
			d.Summary = more(d.Summary, readOut(s.Caption.HTML), readOut(s.LongDesc.HTML))
			if s.Image != nil {
				d.Summary = more(d.Summary, readOut(s.Image.Caption.HTML), s.Image.Alt)
			}
			d.Transcript = more(d.Transcript, readOut(s.Transcript.HTML), lined(s.Lines), readOut(s.Translation.HTML), lined(s.TranslationLines), readOut(s.Described.HTML))
			if s.Recording != nil {
				d.Transcript = more(d.Transcript, heard(s.Recording)...)
			}
		}
	}
}

// more adds texts that are not there yet.
func more(list []string, texts ...string) []string {
	for _, t := range texts {
		if t != "" && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// heard are the words of a recording, track by track.
func heard(r *page.Recording) (out []string) {
	for _, t := range r.Tracks {
		var b strings.Builder
		for _, cue := range t.Cues {
			for _, said := range cue.Says {
				b.WriteString(strings.Join(said.Lines, " ") + " ")
			}
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	return out
}

func lined(list []page.Passage) string {
	var b strings.Builder
	for _, p := range list {
		for _, l := range p.Lines {
			b.WriteString(l.Text + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

var (
	inlineTag = regexp.MustCompile(`</?(?:a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^>]*)?>`)
	otherTag  = regexp.MustCompile(`<[^>]*>`)
)

// readOut is the text of HTML that markup made.
func readOut(h template.HTML) string {
	if h == "" {
		return ""
	}
	s := otherTag.ReplaceAllString(inlineTag.ReplaceAllString(string(h), ""), " ")
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}

// dated fills in when a record was made: by which year it is numbered, from when to when
// it may be, and the days, months and years by which it is found.
func (f *Findable) dated(d *search.Doc, row int32) {
	date := f.p.Catalog.cat.Date(row)
	if date.IsZero() {
		return
	}
	key := f.p.Catalog.cat.DateKey(row)
	d.Year = edtf.Day(key.Lo).Year()
	lo, hi := date.Bounds()
	d.Years = search.Span{First: 1, Last: 9999}
	if lo > edtf.MinDay {
		d.Years.First = lo.Year()
	}
	if hi < edtf.MaxDay {
		d.Years.Last = hi.Year()
	}
	d.Dates = datesOf(date, lo, hi)
	d.Day = f.day(row)
}

// day is when a record or an event is dated to.
func (f *Findable) day(row int32) search.Day {
	date, key := f.p.Catalog.cat.Date(row), f.p.Catalog.cat.DateKey(row)
	if date.OpenLo() || date.UnknownLo() {
		return search.Day{First: key.Lo, Days: 1, Vague: true} // it is numbered by its end
	}
	return search.Day{First: key.Lo, Days: int32(key.Span) + 1, Vague: date.Approximate() || date.Uncertain()}
}

// Events calls yield with the events of the timeline, in the order of their dates.
func (f *Findable) Events(yield func(search.Event)) {
	c, cat := &composer{Plan: f.p, lang: f.p.langs[0]}, f.p.Catalog.cat
	var rows []int32
	for row := range cat.Of(catalog.Event) {
		if dated(cat.Date(row)) {
			rows = append(rows, row)
		}
	}
	cat.SortByDate(rows)
	for _, row := range rows {
		yield(search.Event{
			Path:   strings.TrimSuffix(c.pathOf(row), ".html"),
			Titles: f.each(func(c *composer) string { s, _ := cat.Title(row, c.lang); return markup.Plain(s) }),
			Day:    f.day(row), Kept: cat.Has(row, catalog.Commemorated),
		})
	}
}

// maxYears is the most years that a record is found under: what spans more is dated to
// none of them.
const maxYears = 150

// maxDays is the most days of a congress or journey under each of which it is found; a
// month is told by its name.
const maxDays = 28

func datesOf(date edtf.Date, lo, hi edtf.Day) (out []string) {
	from, to := date.Years()
	if to-from >= maxYears {
		return nil
	}
	for year := range date.EachYear() {
		out = append(out, fmt.Sprintf("@%04d", year))
	}
	if lo.Year() != hi.Year() && hi-lo > 366 || date.OpenLo() || date.OpenHi() || date.IsSet() {
		return out
	}
	if hi-lo > 92 { // a season at most is told by its months
		return out
	}
	for day, last := lo, ""; day <= hi; day++ {
		y, m, _ := day.YMD()
		if month := fmt.Sprintf("@%04d-%02d", y, m); month != last {
			out, last = append(out, month), month
		}
	}
	for day := lo; day <= hi && hi-lo < maxDays; day++ {
		y, m, n := day.YMD()
		out = append(out, fmt.Sprintf("@%04d-%02d-%02d", y, m, n))
	}
	return out
}

// named fills in the people, bodies, places, events and subjects.
func (f *Findable) named(d *search.Doc, u *record.Unit) {
	var refs []record.Ref
	for _, c := range u.Creators {
		refs = append(refs, c.Agent)
		d.Names = append(d.Names, present([]string{c.As.V})...)
	}
	refs = slices.Concat(refs, u.Agents, []record.Ref{u.Place}, u.Places, u.Events, u.Subjects, []record.Ref{u.Doc.Issuer, u.Doc.Signatory, u.Photo.Photographer}, u.AV.Speakers)
	for _, p := range u.Photo.Persons {
		refs = append(refs, p.Name)
	}
	for _, r := range refs {
		for _, name := range f.names(r) {
			if !slices.Contains(d.Names, name) {
				d.Names = append(d.Names, name)
			}
		}
	}
	d.Names = append(d.Names, f.all(slices.Concat(u.Keywords, []record.Text{u.Doc.Pseudonym})...)...)
}

// names are those of what is named, in all languages; none where it is not public.
func (f *Findable) names(r record.Ref) []string {
	if r.ID == "" {
		return f.all(r.Name)
	}
	_, labels, ok := f.value(r)
	if !ok {
		return nil
	}
	return present(labels)
}

// value is what is named as the value of a facet: its id and its name in each language.
func (f *Findable) value(r record.Ref) (id string, labels []string, ok bool) {
	if r.ID == "" {
		labels = f.each(func(c *composer) string { s, _ := c.plainText(r.Name); return s })
		return labels[0], labels, labels[0] != ""
	}
	row, ok := f.p.Catalog.cat.Find(r.ID)
	if !ok {
		return "", nil, false
	}
	return r.ID, f.each(func(c *composer) string { s, _ := c.Catalog.cat.Title(row, c.lang); return markup.Plain(s) }), true
}

// described fills in what is shown of a hit.
func (f *Findable) described(d *search.Doc, u *record.Unit, row int32) {
	cat := f.p.Catalog.cat
	d.Row = search.Row{
		Level:     f.each(func(c *composer) string { return c.level(cat.Level(row)) }),
		Form:      f.each(func(c *composer) string { return readOut(c.form(cat.Form(row)).HTML) }),
		Place:     f.each(func(c *composer) string { return c.above(row) }),
		Reference: f.each(func(c *composer) string { return cat.Reference(row, c.references[c.lang]) }),
		Date:      f.each(func(c *composer) string { return cat.Date(row).Words(c.lang) }),
		Text: f.each(func(c *composer) string {
			text, _ := u.Scope.In(c.lang)
			if text == "" && len(u.Bodies) > 0 {
				text = u.Bodies[0].Text
			}
			return markup.Summary(text, maxExcerpt)
		}),
	}
	if th, ok := f.p.Catalog.thumbs.Of(row); ok {
		d.Row.Picture = &search.Picture{Path: th.Name, Width: th.Width, Height: th.Height, Alt: th.Alt}
	}
}

// above are the names of the levels above a record.
func (c *composer) above(row int32) string {
	var out []string
	for _, up := range c.ancestors(row) {
		text, _ := c.Catalog.cat.Title(up, c.lang)
		out = append(out, markup.Plain(text))
	}
	return strings.Join(out, " › ")
}

// Aliases calls yield with the names of the authorities that are on the site: with their
// own, for which own is empty, and those that stand for it. path is that of the page.
func (f *Findable) Aliases(yield func(name, own, path string)) error {
	c := &composer{Plan: f.p, lang: f.p.langs[0]}
	for _, kind := range named {
		for row := range f.p.Catalog.cat.Of(kind) {
			path := strings.TrimSuffix(c.pathOf(row), ".html")
			own, _ := f.p.Catalog.cat.Title(row, c.lang)
			own = markup.Plain(own)
			for _, l := range f.each(func(c *composer) string { s, _ := f.p.Catalog.cat.Title(row, c.lang); return markup.Plain(s) }) {
				yield(l, "", path)
			}
			others, person := c.otherNames(row, f)
			for _, name := range others {
				yield(name, own, path)
				if !person {
					continue
				}
				for words := strings.Fields(name); len(words) > 2; { // people are often called by the end of a name
					words = words[1:]
					yield(strings.Join(words, " "), own, path)
				}
			}
		}
	}
	return c.err
}

// otherNames are the names by which an agent or a place was or is known besides.
func (c *composer) otherNames(row int32, f *Findable) (names []string, person bool) {
	var dated []record.DatedName
	var texts []record.Text
	file, line := authorityFile(c.Plan, row), c.Catalog.Loc(row).Line
	switch c.Catalog.Kind(row) {
	case catalog.Agent:
		if a := content.ReadAuthority[record.Agent](c.Tree, file, line); a != nil {
			dated, texts, person = a.OtherNames, a.ParallelNames, a.Type.V == "person"
		}
	case catalog.Place:
		if a := content.ReadAuthority[record.Place](c.Tree, file, line); a != nil {
			dated = a.NamesInTime
		}
	}
	for _, d := range dated {
		texts = append(texts, d.Text)
	}
	return f.all(texts...), person
}

func (f *Findable) facets(d *search.Doc, u *record.Unit, row int32) {
	cat := f.p.Catalog.cat
	add := func(name, id string, labels []string) {
		x := search.Facet{Name: name, ID: id, Labels: labels}
		if id != "" && !slices.ContainsFunc(d.Facets, func(y search.Facet) bool { return y.Name == name && y.ID == id }) {
			d.Facets = append(d.Facets, x)
		}
	}
	refs := func(name string, list []record.Ref) {
		for _, r := range list {
			if id, labels, ok := f.value(r); ok {
				add(name, id, labels)
			}
		}
	}
	fonds := cat.Fonds(row)
	add("fonds", cat.ID(fonds), f.each(func(c *composer) string { s, _ := cat.Title(fonds, c.lang); return markup.Plain(s) }))
	add("level", cat.Level(row), d.Row.Level)
	add("form", cat.Form(row), d.Row.Form)
	add("access", u.Access.State.V, f.each(func(c *composer) string { return c.term("access_state", u.Access.State.V) }))
	if cat.Has(row, catalog.HasImages) {
		add("images", "yes", nil)
	}
	f.decades(d, cat.Date(row))
	var creators []record.Ref
	for _, c := range u.Creators {
		creators = append(creators, c.Agent)
	}
	refs("creator", creators)
	refs("place", append([]record.Ref{u.Place}, u.Places...))
	refs("subject", u.Subjects)
}

// decades are all that a record touches.
func (f *Findable) decades(d *search.Doc, date edtf.Date) {
	last := -1
	for year := range date.EachYear() {
		if decade := floorDecade(year); decade != last {
			id := fmt.Sprint(decade)
			d.Facets, last = append(d.Facets, search.Facet{Name: "decade", ID: id, Labels: []string{id}}), decade
		}
	}
}
