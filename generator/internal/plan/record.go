package plan

import (
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

func (p *Plan) unitJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for row := range p.Catalog.Of(catalog.Unit) {
			if p.Catalog.Fonds(row) == row {
				continue
			}
			if !each(p.recordJobs(lang, row), yield) {
				return
			}
		}
	}
}

// recordJobs are the pages of one unit that is no fonds.
func (p *Plan) recordJobs(lang string, row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if p.Catalog.cat.Beneath(row) == 0 {
			yield(p.job("record", lang, p.unitPath(lang, row, ""), nil, func(c *composer) any { return c.record(row, nil, listPage{}) }))
			return
		}
		branches, items := p.beneath(row)
		for l := range p.listPages(listID{"beneath", int(row)}, perPage, items, nil) {
			if !yield(p.job("record", lang, p.unitPath(lang, row, l.key), p.given(l, p.ids(branches)), func(c *composer) any { return c.record(row, branches, l) })) {
				return
			}
		}
	}
}

// record shows branches as a tree, and l of the items beneath. What describes
// the record stands on the first page only.
func (c *composer) record(row int32, branches []int32, l listPage) *page.Record {
	whole := c.whole(row)
	if whole == nil {
		return nil
	}
	c.tellWithheld(row, whole)
	u := c.Catalog.Verdict(row).View(whole)
	title, _ := c.plainText(u.Title)
	r := &page.Record{
		Layout: c.withCrumbs(c.layout("record", title, c.describe(u.Scope), page.RoomFonds,
			func(lang string) string { return c.unitPath(lang, row, l.key) }), c.crumbs(page.RoomFonds, c.ancestors(row)...)),
		Level: u.Level.V, LevelLabel: c.level(u.Level.V), Form: c.form(u.Form.V), Title: c.inline(u.Title, u.File),
		Supplied: u.TitleKind.V == "supplied", Subtitle: c.inline(u.Subtitle, u.File), Reference: c.reference(u), Date: c.dates(u),
		Badges: c.badges(u), Fonds: c.to(c.Catalog.Fonds(row)),
	}
	c.place(r, row)
	r.Children, r.Pager = c.slips(l.rows), c.contentsPager(row, l)
	if l.first() {
		if len(branches) > 0 {
			r.Branches = c.tree(branches, c.depth(row))
		}
		c.describeRecord(r, u, row)
	}
	return r
}

func (c *composer) describeRecord(r *page.Record, u *record.Unit, row int32) {
	r.Manifest = c.manifestLink(row)
	r.Byline = c.byline(u)
	r.Rights = c.rights(u, row)
	r.Sheets = c.sheets(u, row, r.Rights.Credit)
	r.Comparisons = comparisons(u, r.Sheets)
	r.Reading, r.Request = c.reading(u, row)
	r.Scope = c.block(u.Scope, u.File, "scope")
	doc, lang := c.body(u.Bodies)
	r.Body, r.BodyLang = c.prose(doc), lang
	r.Essentials, r.Areas = c.card(u, row, shown{r.Date, r.Rights})
	state, item := c.stateShown(u, row), c.citeItem(u, row)
	r.Citations, r.State = c.citations(item, state), c.state(state)
	r.References, r.Meta = c.referenceLinks(row), c.meta(u, item, state)
	r.Exhibitions, r.Related = c.shownIn(row), c.related(u)
	r.Repository = c.repositoryOf(row)
	c.linkRecord(r, u, row)
}

// place links the record to its neighbours in the file.
func (c *composer) place(r *page.Record, row int32) {
	if up := c.Catalog.Parent(row); up >= 0 {
		l := c.to(up)
		r.Up = &l
	}
	if before := c.Catalog.Before(row); before >= 0 {
		l := c.to(before)
		r.Prev = &l
	}
	if next := c.Catalog.Next(row); next >= 0 {
		l := c.to(next)
		r.Next = &l
	}
}

// byline says who made the record and where.
func (c *composer) byline(u *record.Unit) []page.Link {
	var out []page.Link
	for _, cr := range u.Creators {
		if v, ok := c.ref(cr.Agent, u.File); ok {
			l := page.Link{Href: v.Href, Words: v.Words}
			if cr.As.V != "" {
				l.Note = plain(c.t("plan.signed-as", cr.As.V))
			}
			out = append(out, l)
		}
	}
	if v, ok := c.ref(u.Place, u.File); ok {
		out = append(out, page.Link{Href: v.Href, Words: v.Words})
	}
	return out
}

func (c *composer) reference(u *record.Unit) page.Reference {
	r := page.Reference{Label: catalog.ReferenceLabel(u.Reference, c.references[c.lang])}
	part := func(key, value string) {
		if value != "" {
			r.Parts = append(r.Parts, page.Field{Key: key, Label: c.referenceLabel(key), Values: []page.Value{{Words: plain(value)}}})
		}
	}
	part("fonds", u.Reference.FondsNo.V)
	part("inventory", u.Reference.InventoryNo.V)
	part("unit", u.Reference.UnitNo.V)
	part("folios", u.Reference.Folios.V)
	var former []string
	for _, f := range u.Reference.Former {
		former = append(former, f.V)
	}
	part("former", strings.Join(former, "; "))
	return r
}

// referenceKeys are the keys by which a profile words the parts of a reference.
var referenceKeys = map[string]string{"fonds": "fonds_no", "inventory": "inventory_no", "unit": "unit_no", "folios": "folios", "former": "former"}

func (c *composer) referenceLabel(part string) string {
	if t, ok := c.labels["reference."+referenceKeys[part]]; ok {
		if s, actual := t.In(c.lang); actual == c.lang {
			return s
		}
	}
	return c.t("plan.ref-" + part)
}

func (c *composer) badges(u *record.Unit) []page.Badge {
	var out []page.Badge
	for _, s := range u.SpecialValue {
		b := page.Badge{Kind: s.Kind.V, Words: plain(c.term("special_value", s.Kind.V))}
		note := s.Year.V
		if s.Round.V != "" {
			note = join(c.t("plan.round", s.Round.V), note)
		}
		b.Note = plain(note)
		out = append(out, b)
	}
	return out
}

// coverMarks words the marks that stand in transcripts for what was covered.
func (c *composer) coverMarks() *strings.Replacer {
	var pairs []string
	for _, t := range record.Vocabulary("redaction_ground") {
		pairs = append(pairs, record.CoverMark(t.Key), "[…] ("+t.In(c.lang)+")")
	}
	return strings.NewReplacer(pairs...)
}

// marksWorded is a text of the record with its marks in words; the record keeps its own.
func (c *composer) marksWorded(t record.Text) record.Text {
	t.Langs = slices.Clone(t.Langs)
	for i := range t.Langs {
		t.Langs[i].V = c.coverMarks().Replace(t.Langs[i].V)
	}
	return t
}

// transcript sets the text of a page, from the record or from a file beside
// its images: as Markdown, or line by line.
func (c *composer) transcript(u *record.Unit, row int32, of record.Object, t *record.Transcript, img *page.Image, prefix string) (text page.Words, lines []page.Passage, by page.Words) {
	if t == nil {
		return text, nil, by
	}
	text = c.block(c.marksWorded(t.Text), u.File, prefix)
	switch file := mediaPath(c.Catalog.ID(c.Catalog.Fonds(row)), t.File.V); {
	case t.File.V == "":
	case content.IsPageText(file):
		text, lines = page.Words{}, c.passages(row, file, of, t, img)
	default:
		c.Catalog.askFile(file)
		body, sum, ds := c.Tree.Transcript(file)
		if c.report(ds...); !c.asDecided(row, file, sum) {
			break
		}
		html, more := markup.Render(markup.Source{Text: c.coverMarks().Replace(body), Pos: textPos(record.Text{}, "", file), Lang: t.Lang.V, IDPrefix: prefix + "-", Level: 3}, c.link)
		c.report(more...)
		text = page.Words{HTML: html}
	}
	if t.Lang.V != "" {
		text.Lang = c.foreign(t.Lang.V)
	}
	kind := c.term("transcript_kind", t.Kind.V)
	who, _ := c.plainText(t.By)
	return text, lines, plain(join(kind, who))
}

// reading says why a record shows no picture, and how to ask for it.
func (c *composer) reading(u *record.Unit, row int32) (page.Words, string) {
	if w := c.inline(u.Access.ConditionalBasis, u.File); !w.IsZero() {
		return w, c.request(u, row)
	}
	if u.Access.State.V == "metadata-only" || u.Access.State.V == "conditional" {
		return plain(c.t("plan.reading-room")), c.request(u, row)
	}
	return page.Words{}, c.request(u, row)
}

// request is a letter to the repository with the exact reference in it.
func (c *composer) request(u *record.Unit, row int32) string {
	r := c.repository(row)
	if r == nil || r.Email.V == "" || u.Level.V != "item" && u.Level.V != "file" {
		return ""
	}
	title, _ := c.plainText(u.Title)
	subject := c.t("plan.request-subject", catalog.ReferenceLabel(u.Reference, c.references[c.lang]))
	body := title + "\n" + catalog.ReferenceLabel(u.Reference, c.references[c.lang]) + "\n" + c.base() + trimIndex(c.path) + "\n"
	return "mailto:" + r.Email.V + "?subject=" + url.PathEscape(subject) + "&body=" + url.PathEscape(body)
}

// rightsOf are the rights of a unit, or those that it inherits.
func (c *composer) rightsOf(u *record.Unit, row int32) record.Rights {
	if u.Rights.IsZero() {
		return c.Catalog.Inherited(row).Rights
	}
	return u.Rights
}

func (c *composer) rights(u *record.Unit, row int32) page.Rights {
	r := c.rightsOf(u, row)
	out := page.Rights{Credit: c.inline(r.Credit, u.File), Holder: c.inline(r.Holder, u.File)}
	if len(u.Objects) > 0 {
		out.Copy = c.t("plan.certified-copy")
	}
	if r.URI.V != "" {
		out.URI, out.Label = r.URI.V, c.term("rights", r.URI.V)
		if c.lang == "vi" && strings.Contains(r.URI.V, "rightsstatements.org") {
			out.Note = c.t("plan.unofficial")
		}
	}
	return out
}

func (c *composer) related(u *record.Unit) []page.Link {
	var out []page.Link
	for _, r := range u.Related {
		if row, ok := c.Catalog.Find(r.ID.V); ok {
			l := c.to(row)
			l.Note = c.inline(r.Note, u.File)
			out = append(out, l)
		}
	}
	return out
}

func (p *Plan) tombstoneJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for t := range p.Catalog.Tombstones() {
			at := func(l string) string { return p.tombstonePath(l, t) }
			if !yield(p.tombstoneJob(lang, at(lang), t, at)) {
				return
			}
		}
	}
}

// tombstoneJob is the notice of a withdrawn record at one of its addresses. at is
// where it stands in each language; nil where that is not said.
func (p *Plan) tombstoneJob(lang, path string, t catalog.Tombstone, at func(lang string) string) Job {
	return p.job("tombstone", lang, path, func() any { return []any{t.ID, p.folderOf(t), fmt.Sprintf("%x", t.Sum), t.Tells} }, func(c *composer) any { return c.tombstone(t, at) })
}

// folderOf is the id of the fonds in whose folder a tombstone stands.
func (p *Plan) folderOf(t catalog.Tombstone) string {
	if t.Fonds < 0 {
		return t.ID
	}
	return p.Catalog.ID(t.Fonds)
}

// tombstonePath is where the page of a withdrawn record was.
func (p *Plan) tombstonePath(lang string, t catalog.Tombstone) string {
	if t.Fonds < 0 {
		return p.urls.Fonds(lang, t.ID, "")
	}
	return p.urls.Record(lang, p.folderOf(t), t.ID, "")
}

// Gone are the paths of all notices of a language: where withdrawn records stand
// in the order of ids, then all other addresses.
func (p *Plan) Gone(lang string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for t := range p.Catalog.Tombstones() {
			if !yield(p.tombstonePath(lang, t)) {
				return
			}
		}
		for _, r := range p.redirects {
			if r.notice() && r.lang == lang && !yield(r.path) {
				return
			}
		}
	}
}

// tombstone says that a record was withdrawn. At level minimal, and where nothing more was ever
// cleared, it says nothing else about it.
func (c *composer) tombstone(t catalog.Tombstone, at func(string) string) *page.Tombstone {
	u, err := c.Tree.Unit(FileOf(t.Loc), t.Loc)
	if err != nil {
		c.fail(&MovedError{t.Loc.File, err})
		return nil
	}
	heading := c.t("plan.withdrawn")
	w := u.Withdrawn
	if w == nil {
		w = &record.Withdrawal{}
	}
	full := w.SaysMore() && t.Tells
	if full {
		heading, _ = c.plainText(u.Title)
	}
	out := &page.Tombstone{
		Layout:  c.withCrumbs(c.layout("tombstone", heading, "", page.RoomFonds, at), c.tombstoneCrumbs(t)),
		Heading: heading, Date: c.isoDate(w.Date.V), Reason: c.withdrawalReason(w.PublicReason()),
	}
	out.NoIndex = true
	if t.Fonds < 0 {
		out.Contact = c.contactOf(c.repositoryNamed(u.Reference.Repository.V))
	} else {
		out.Contact = c.repositoryOf(t.Fonds)
	}
	if full {
		out.Note, out.Decision = c.inline(w.PublicNote, u.File), c.inline(w.Decision, u.File)
	}
	return out
}

// tombstoneCrumbs lead to the fonds of a withdrawn record; from a withdrawn
// fonds to the others, where there are any.
func (c *composer) tombstoneCrumbs(t catalog.Tombstone) []page.Link {
	switch {
	case t.Fonds >= 0:
		return c.crumbs(page.RoomFonds, t.Fonds)
	case c.open(page.RoomFonds):
		return c.crumbs(page.RoomFonds)
	}
	return c.crumbs("")
}

func (c *composer) withdrawalReason(key string) string {
	return c.term("withdrawal_reason", key)
}
