package plan

import (
	"html"
	"iter"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/iiif"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// Manifests and collections describe records to viewers and catalogues of other
// houses, which gather them by program. So they need the purpose “harvesting” on
// top of what the page of a record needs, and there are none where the site has no
// address. Each is one file in all languages.

// The kinds of jobs that make no page of the site.
const (
	KindManifest   = "manifest"   // makes an *iiif.Manifest
	KindCollection = "collection" // makes an *iiif.Collection
)

// IsPage reports whether the job makes a page for readers.
func (j Job) IsPage() bool {
	return !j.IsIIIF() && !j.Streams() && j.Kind != KindReference && j.Kind != KindPlacard
}

// Streams reports whether the job makes a file that may be as large as the archive: it is
// composed as it is written, and is an io.WriterTo.
func (j Job) Streams() bool {
	return j.Kind == KindFinding || j.Kind == KindReferences || j.Kind == KindTable || j.Kind == KindWhole
}

// IsIIIF reports whether the job makes a description for viewers.
func (j Job) IsIIIF() bool { return j.Kind == KindManifest || j.Kind == KindCollection }

// harvest reports whether the site describes records for others. A preview of drafts
// does not: no description could bear its banner.
func (p *Plan) harvest() bool { return p.base() != "" && !p.Gate.Draft() }

// mayHarvest reports whether others may gather the description of a unit.
func (p *Plan) mayHarvest(row int32) bool {
	return p.harvest() && p.Catalog.cat.Verdict(row).For(access.Harvesting).Published()
}

// hasManifest reports whether a unit is described for others: it has pictures or
// recordings that are published, and they may gather it.
func (p *Plan) hasManifest(row int32) bool { return p.Thumbs.Made(row) && p.mayHarvest(row) }

// manifestLink leads to the manifest of a unit, empty where there is none.
func (c *composer) manifestLink(row int32) string {
	c.Catalog.ask(row, askText|askImages)
	if !c.hasManifest(row) {
		return ""
	}
	return c.rel(page.Manifest(c.Catalog.ID(row)))
}

// manifestJobs are the manifests of all units.
func (p *Plan) manifestJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.harvest() {
			return
		}
		for row := range p.Catalog.Of(catalog.Unit) {
			if p.hasManifest(row) && !yield(p.manifestJob(row)) {
				return
			}
		}
	}
}

func (p *Plan) manifestJob(row int32) Job {
	up, parts := p.shelfOf(row), p.parts(row)
	given := func() any { return []any{p.idOf(up), p.ids(parts)} }
	return p.job(KindManifest, p.langs[0], page.Manifest(p.Catalog.ID(row)), given, func(c *composer) any { return c.manifest(row, up, parts) })
}

// parts are the parts directly beneath a unit that have pictures of their own.
func (p *Plan) parts(row int32) (out []int32) {
	for child := range p.Catalog.cat.Children(row) {
		if p.Catalog.cat.Level(child) == "part" && p.hasManifest(child) {
			out = append(out, child)
		}
	}
	return out
}

// manifest describes a unit that stands in the collection of another, or in that of
// the site where up is negative.
func (c *composer) manifest(row, up int32, parts []int32) *iiif.Manifest {
	u := c.unit(row)
	if u == nil {
		return nil
	}
	leaves := c.leaves(u, row)
	m := &iiif.Manifest{
		ID: c.base() + page.Manifest(u.ID.V), Label: c.texts(u.Title), Metadata: c.labelledFields(u, row), Summary: c.texts(u.Scope),
		Thumbnail: c.thumbnail(row), NavDate: navDate(u.Dates.Created.Date), Rights: c.rightsURI(u, row), RequiredStatement: c.statement(u, row),
		Provider: c.provider(), Homepage: c.homepage(row), Rendering: c.renderings(u, row), SeeAlso: c.seeAlso(row), PartOf: []iiif.Reference{c.collectionReference(up)},
		Items: []iiif.Canvas{}, Structures: append(c.ranges(u, leaves, parts), c.chapters(u, row, leaves)...),
	}
	if c.rightToLeft(row) {
		m.ViewingDirection = "right-to-left"
	}
	for _, l := range leaves {
		switch {
		case len(l.made) > 0:
			m.Items = append(m.Items, c.canvas(u, row, l))
		case l.object.IsRecording():
			m.Items = append(m.Items, c.recordingCanvas(u, row, l)...)
		}
	}
	return m
}

// as is the composer of the same page in another language.
func (c *composer) as(lang string) *composer {
	out := *c
	out.lang = lang
	return &out
}

// texts is a text without its Markdown, in those of the site's languages that it has.
func (c *composer) texts(t record.Text) (out iiif.Text) {
	for _, lang := range c.langs {
		if text, actual := c.as(lang).plainText(t); actual == lang {
			out = out.Add(lang, text)
		}
	}
	return out
}

// titles is the title of an entry in the languages that it has.
func (c *composer) titles(row int32) (out iiif.Text) {
	for _, lang := range c.langs {
		if text, actual := c.Catalog.Title(row, lang); actual == lang {
			out = out.Add(lang, plainTitle(text))
		}
	}
	return out
}

// interfaceTexts is a text of the interface in all languages.
func (c *composer) interfaceTexts(key string, args ...any) (out iiif.Text) {
	for _, lang := range c.langs {
		out = out.Add(lang, c.as(lang).t(key, args...))
	}
	return out
}

// labelledFields are the rows of the card, the reference before them.
func (c *composer) labelledFields(u *record.Unit, row int32) []iiif.Labelled {
	var keys []string
	byKey := map[string]*iiif.Labelled{}
	for _, lang := range c.langs {
		for _, f := range c.as(lang).cardInOrder(u, row) {
			field := byKey[f.Key]
			if field == nil {
				field = &iiif.Labelled{}
				byKey[f.Key], keys = field, append(keys, f.Key)
			}
			field.Label = field.Label.Add(lang, f.Label)
			for _, v := range f.Values {
				if v.Words.Lang == "" { // else it stands under its own language
					field.Value = field.Value.Add(lang, noted(bare(v.Words), bare(v.Note)))
				}
			}
		}
	}
	var out []iiif.Labelled
	for _, key := range keys {
		if f := byKey[key]; len(f.Value) > 0 {
			out = append(out, *f)
		}
	}
	return out
}

// cardInOrder is the card of a unit in one list, as readers see it.
func (c *composer) cardInOrder(u *record.Unit, row int32) []page.Field {
	reference := page.Field{Key: "reference", Label: c.t("record.reference"), Values: words(catalog.ReferenceLabel(u.Reference, c.references[c.lang]))}
	open, areas := c.card(u, row, shown{c.datesWorded(u), c.rights(u, row)})
	out := append([]page.Field{reference}, open...)
	for _, a := range areas {
		out = append(out, a.Fields...)
	}
	return out
}

func noted(value, note string) string {
	if note == "" {
		return value
	}
	return value + " (" + note + ")"
}

var (
	blockEnd = regexp.MustCompile(`</(p|li|h[1-6]|blockquote|pre|tr|dd|dt|div)>|<br>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
)

// bare is the text of what stands on a page; blocks become lines.
func bare(w page.Words) string {
	if !strings.ContainsAny(string(w.HTML), "<&") {
		return string(w.HTML)
	}
	var lines []string
	text := tag.ReplaceAllString(blockEnd.ReplaceAllString(string(w.HTML), "\n"), "")
	for line := range strings.Lines(html.UnescapeString(text)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// navDate is the first day of a date, be it about or perhaps: it says where in a
// calendar a viewer puts a record, and the date itself stands in its metadata
// (Presentation API 3.0, section 3.1). It is empty where nobody knows when it began.
func navDate(d edtf.Date) string {
	if d.IsZero() || d.OpenLo() || d.UnknownLo() {
		return ""
	}
	day, _ := d.Bounds()
	return day.String() + "T00:00:00Z"
}

// rightsURI is the statement of rights of a unit, where it is one of those that the
// standard takes.
func (c *composer) rightsURI(u *record.Unit, row int32) string {
	if t, ok := record.Lookup("rights", record.RightsURI(c.rightsOf(u, row).URI.V)); ok {
		return t.Key
	}
	return ""
}

// statement is what has to be shown with the pictures of a unit: whom they come from.
func (c *composer) statement(u *record.Unit, row int32) *iiif.Labelled {
	r := c.rightsOf(u, row)
	out := &iiif.Labelled{Label: c.interfaceTexts("rights.credit")}
	for _, lang := range c.langs {
		d := c.as(lang)
		credit, _ := d.plainText(r.Credit) // in another language rather than not at all
		if out.Value = out.Value.Add(lang, credit); !r.Holder.IsZero() {
			holder, _ := d.plainText(r.Holder)
			out.Value = out.Value.Add(lang, d.t("rights.holder")+": "+holder)
		}
	}
	if len(out.Value) == 0 {
		out.Value = c.institution()
	}
	return out
}

// institution is the name of who answers for the site.
func (c *composer) institution() iiif.Text {
	if name := c.texts(c.Config.Site.Institution.Name); len(name) > 0 {
		return name
	}
	return c.texts(c.Config.Site.Title)
}

func (c *composer) provider() []iiif.Agent {
	name := c.institution()
	return []iiif.Agent{{ID: c.base(), Label: name, Homepage: c.pagesFor(c.urls.Home, name)}}
}

// homepage are the pages of a unit.
func (c *composer) homepage(row int32) []iiif.Content {
	return c.pagesFor(func(lang string) string { return c.pathIn(lang, row) }, c.titles(row))
}

// seeAlso are descriptions of a unit in other formats: that of its fonds, where it may
// be taken away with that.
func (c *composer) seeAlso(row int32) []iiif.Content {
	c.Catalog.ask(row, askText)
	if !c.mayDownload(row) {
		return nil
	}
	return []iiif.Content{{ID: c.base() + page.Finding(c.Catalog.ID(c.Catalog.Fonds(row))), Type: "Dataset", Label: c.interfaceTexts("fonds.ead3-label"),
		Format: "application/xml", Profile: ead.Space}}
}

// pagesFor are the pages for readers at a path in each language.
func (c *composer) pagesFor(pathIn func(lang string) string, label iiif.Text) (out []iiif.Content) {
	for _, lang := range c.langs {
		out = append(out, iiif.Content{ID: c.base() + trimIndex(pathIn(lang)), Type: "Text", Label: label, Format: "text/html", Language: []string{lang}})
	}
	return out
}

// thumbnail is the small picture of an entry, none where it has no picture.
func (c *composer) thumbnail(row int32) []iiif.Content {
	th, ok := c.Catalog.Thumb(row)
	if !ok {
		return nil
	}
	return []iiif.Content{{ID: c.base() + th.Name, Type: "Image", Format: jpeg, Width: th.Width, Height: th.Height}}
}

// rightToLeft reports whether the pages of a unit follow each other from right to
// left: all of it is in a language that was bound so.
func (c *composer) rightToLeft(row int32) bool {
	languages := c.Catalog.Inherited(row).Languages
	return len(languages) > 0 && !slices.ContainsFunc(languages, func(l record.Str) bool { return l.V != "lzh" && l.V != "ar" })
}
