package plan

import (
	"slices"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// values gathers what is told of one record, field by field.
type values struct {
	*describing
	u    *record.Unit
	row  int32
	list []ead.Value
}

// component is what is told of a record; of one that may not be taken away, and is nil,
// its id.
func (d *describing) component(u *record.Unit, row int32) ead.Component {
	v := &values{describing: d, u: u, row: row}
	v.add("id", ead.Value{Words: []ead.Words{{Text: d.Catalog.ID(row)}}, ID: d.address(row)})
	if u == nil {
		v.repository()
		return ead.Component{ID: d.Catalog.ID(row), Values: v.list}
	}
	v.identity()
	v.names()
	v.links()
	v.points()
	v.prose()
	return ead.Component{ID: u.ID.V, Level: u.Level.V, Values: v.list}
}

// address is that of the page of an entry in the first language, empty where the site
// has none.
func (d *describing) address(row int32) string {
	if d.base() == "" {
		return ""
	}
	return d.base() + trimIndex(d.pathOf(row))
}

// words is a text without its Markdown, in those of the languages that it has.
func (d *describing) words(t record.Text) (out []ead.Words) {
	for _, lang := range d.langs {
		for _, l := range t.Langs {
			if l.Lang == lang && l.V != "" {
				out = append(out, ead.Words{Lang: lang, Text: markup.Plain(l.V)})
			}
		}
	}
	return out
}

// titled is the title of an entry in the languages that it has.
func (d *describing) titled(row int32) (out []ead.Words) {
	for _, t := range d.titles(row) {
		out = append(out, ead.Words{Lang: t.Lang, Text: t.Values[0]})
	}
	return out
}

// inEach is a text of the interface, or a term, in all languages.
func (d *describing) inEach(text func(c *composer) string) (out []ead.Words) {
	for _, c := range d.tongues {
		if s := text(c); s != "" {
			out = append(out, ead.Words{Lang: c.lang, Text: s})
		}
	}
	return out
}

// add adds a value of a field.
func (v *values) add(key string, x ead.Value) {
	x.Key = key
	v.list = append(v.list, x)
}

// text adds a text of a field.
func (v *values) text(key string, t record.Text) {
	if w := v.words(t); len(w) > 0 {
		v.add(key, ead.Value{Words: w})
	}
}

// str adds a value that is the same in every language.
func (v *values) str(key string, list ...record.Str) {
	for _, s := range list {
		if s.V != "" {
			v.add(key, ead.Value{Words: []ead.Words{{Text: s.V}}})
		}
	}
}

// identity are the fields by which a record is told from others.
func (v *values) identity() {
	u := v.u
	v.add("reference", ead.Value{Words: v.inEach(func(c *composer) string { return catalog.ReferenceLabel(u.Reference, c.references[c.lang]) })})
	v.str("reference.fonds_no", u.Reference.FondsNo)
	v.str("reference.inventory_no", u.Reference.InventoryNo)
	v.str("reference.unit_no", u.Reference.UnitNo)
	v.str("reference.folios", u.Reference.Folios)
	v.str("reference.former", u.Reference.Former...)
	v.str("former_ids", u.FormerIDs...)
	v.str("doc.number", u.Doc.Number)
	v.str("doc.symbol", u.Doc.Symbol)
	v.add("title", ead.Value{Words: v.words(u.Title), Kind: u.TitleKind.V})
	v.text("subtitle", u.Subtitle)
	for _, t := range u.OtherTitles {
		v.text("other_titles", t)
	}
	v.dates()
	v.extent()
	v.languages()
}

// dates are the date as EDTF has it, with its words in the first language, and the
// words in the others.
func (v *values) dates() {
	d := v.u.Dates
	words := v.words(d.Display)
	if d.Display.IsZero() && !d.Created.IsZero() {
		words = v.inEach(func(c *composer) string { return d.Created.Words(c.lang) })
	}
	if !d.Created.IsZero() {
		v.add("dates", ead.Value{Date: ead.Date{Date: d.Created.Date, Words: words[:min(len(words), 1)]}})
		words = words[min(len(words), 1):]
	}
	if len(words) > 0 {
		v.add("dates.words", ead.Value{Words: words})
	}
	v.text("dates.as_written", d.AsWritten)
	v.text("dates.basis", d.Basis)
	v.text("dates.note", d.Note)
}

func (v *values) extent() {
	u := v.u
	unit := v.words(u.Extent.Unit)
	if n := u.Extent.Quantity.V; n != "" && len(unit) > 0 {
		v.add("extent", ead.Value{Quantity: n, Words: unit[:1]})
		for _, other := range unit[1:] { // a number that stood twice would be counted twice
			v.add("extent.text", ead.Value{Words: []ead.Words{{Lang: other.Lang, Text: n + " " + other.Text}}})
		}
	}
	if u.Extent.Text.IsZero() && len(unit) == 0 {
		v.str("extent.text", u.Extent.Quantity)
	}
	v.text("extent.text", u.Extent.Text)
	v.text("physical.carrier", u.Physical.Carrier)
	v.text("physical.dimensions", u.Physical.Dimensions)
	v.text("physical.technique", u.Physical.Technique)
	v.text("doc.hand", u.Doc.Hand)
	v.text("photo.colour", u.Photo.Colour)
	v.text("photo.size", u.Photo.Size)
	v.str("av.duration", u.AV.Duration)
	v.text("av.quality", u.AV.Quality)
	v.text("av.carrier", u.AV.Carrier)
	v.text("info_symbol", u.InfoSymbol)
	v.text("map.scale", u.Map.Scale)
	v.text("map.projection", u.Map.Projection)
}

// languages are those of the record, or those that it inherits.
func (v *values) languages() {
	var x ead.Value
	for _, l := range v.Catalog.Inherited(v.row).Languages {
		x.Codes = append(x.Codes, l.V)
	}
	for _, s := range v.u.Scripts {
		x.Scripts = append(x.Scripts, s.V)
	}
	if len(x.Codes)+len(x.Scripts) > 0 {
		v.add("languages", x)
	}
	if l := v.u.AV.Language.V; l != "" {
		v.add("av.language", ead.Value{Codes: []string{l}})
	}
}

// names are those who made the record, and who holds it.
func (v *values) names() {
	u := v.u
	for _, cr := range u.Creators {
		x, ok := v.named(cr.Agent)
		if !ok {
			continue
		}
		x.Role = cr.Role.V
		if cr.As.V != "" {
			x.Note = v.inEach(func(c *composer) string { return c.t("plan.signed-as", cr.As.V) })
		}
		v.add("creators", x)
	}
	v.ref("doc.issuer", "issuer", u.Doc.Issuer)
	v.ref("doc.signatory", "signatory", u.Doc.Signatory)
	v.ref("photo.photographer", "photographer", u.Photo.Photographer)
	v.repository()
}

// repository is who holds the fonds; it is told of a record where that is another.
func (v *values) repository() {
	holder := v.holder(v.Catalog.Inherited(v.row).Repository)
	if holder < 0 || v.row != v.fonds && holder == v.holder(v.Catalog.Inherited(v.fonds).Repository) {
		return
	}
	v.add("reference.repository", ead.Value{Name: "corpname", Words: v.titled(holder), ID: v.address(holder)})
}

// ref adds somebody or something that is named.
func (v *values) ref(key, role string, list ...record.Ref) {
	for _, r := range list {
		if x, ok := v.named(r); ok {
			x.Role = role
			v.add(key, x)
		}
	}
}

// named is an authority that has a page, or a name without one.
func (d *describing) named(r record.Ref) (x ead.Value, ok bool) {
	if r.ID == "" {
		x.Words = d.words(r.Name)
		return x, len(x.Words) > 0
	}
	row, ok := d.Catalog.Find(r.ID)
	if !ok {
		return x, false
	}
	x = ead.Value{Name: d.element(row), Words: d.titled(row), ID: d.address(row)}
	if x.ID == "" {
		x.ID = r.ID
	}
	return x, true
}

// agentElements are the elements for the names of agents, by their type.
var agentElements = map[string]string{"person": "persname", "corporate": "corpname", "family": "famname"}

// element is the one for the name of an entry, empty where its field says which.
func (d *describing) element(row int32) string {
	switch d.Catalog.Kind(row) {
	case catalog.Repository:
		return "corpname"
	case catalog.Agent:
	default:
		return ""
	}
	name, ok := d.agents[row]
	if !ok {
		if a := d.agent(row); a != nil {
			name = agentElements[a.Type.V]
		}
		if name == "" {
			name = "name"
		}
		d.agents[row] = name
	}
	return name
}

// links lead to the page and the manifest of a record that shows anything.
func (v *values) links() {
	if v.base() == "" {
		return
	}
	if len(v.u.Objects) > 0 { // the catalog counts some that the gate withholds
		v.add("objects", ead.Value{Href: v.address(v.row)})
	}
	if v.hasManifest(v.row) {
		v.add("objects.manifest", ead.Value{Href: v.base() + page.Manifest(v.u.ID.V)})
	}
}

// points are the access points.
func (v *values) points() {
	u := v.u
	if u.Form.V != "" {
		v.add("form", ead.Value{Words: v.inEach(func(c *composer) string { return bare(c.form(u.Form.V)) }), ID: u.Form.V})
	}
	v.str("doc.type", u.Doc.Type)
	v.ref("agents", "", u.Agents...)
	for _, p := range u.Photo.Persons {
		if x, ok := v.named(p.Name); ok {
			x.Note = v.words(p.Position)
			v.add("photo.persons", x)
		}
	}
	v.ref("av.speakers", "speaker", u.AV.Speakers...)
	v.ref("place", "", u.Place)
	v.ref("places", "", u.Places...)
	v.ref("events", "", u.Events...)
	v.ref("subjects", "", u.Subjects...)
	for _, t := range u.Keywords {
		v.text("keywords", t)
	}
	for _, t := range u.Publications {
		v.text("publications", t)
	}
	for _, r := range u.Related {
		if row, ok := v.Catalog.Find(r.ID.V); ok && (v.Catalog.Kind(row) != catalog.Unit || v.may(row)) {
			v.add("related", ead.Value{Words: v.titled(row), ID: r.ID.V, Href: v.address(row), Note: v.words(r.Note)})
		}
	}
}

// asOnCard are the fields that are told as the card of the record tells them.
var asOnCard = []string{"archival_history", "acquisition", "accruals", "status", "arrangement", "access", "finding_aids", "originals", "copies",
	"special_value", "digitisation", "description_control", "sources", "prefer_cite", "notes"}

// ofKinds are those of them that only some kinds of documents have.
var ofKinds = []string{"doc.capacity", "doc.place_date_line", "doc.addressees", "doc.secrecy_as_marked", "doc.copy_status", "doc.pseudonym",
	"news.title", "news.issue", "news.number_printed", "photo.caption", "photo.event", "av.programme", "av.tracks"}

// prose are the fields that are told in paragraphs.
func (v *values) prose() {
	u, groups := v.u, groupsOf(v.u)
	for _, c := range v.tongues {
		v.block(c, "scope", u.Scope)
		v.block(c, "creator_history", u.CreatorHistory)
		v.told(c, "rights.holder", one(c.inline(c.rightsOf(u, v.row).Holder, u.File)))
		v.told(c, "rights", rightsValues(c.rights(u, v.row)))
		v.told(c, "physical", c.several(u.File, u.Physical.Condition, u.Physical.Note))
		for _, key := range asOnCard {
			v.told(c, key, append(c.long(prose(u, key), u.File, key), c.values(u, v.row, key, shown{})...))
		}
		for _, key := range ofKinds {
			if group, _, _ := strings.Cut(key, "."); slices.Contains(groups, group) {
				v.told(c, key, c.extras(u, key))
			}
		}
		v.body(c)
		if v.row == v.fonds {
			v.histories(c)
		}
	}
}

// block adds a long text, where it is in the language.
func (v *values) block(c *composer, key string, t record.Text) {
	if t.Has(c.lang) {
		v.told(c, key, c.long(t, v.u.File, key))
	}
}

// told adds values as a page tells them, where they are in the language of the page.
func (v *values) told(c *composer, key string, list []page.Value) {
	for _, x := range list {
		if x.Words.Lang != "" || x.Words.IsZero() {
			continue
		}
		note := ""
		if x.Note.Lang == "" {
			note = bare(x.Note)
		}
		v.add(key, ead.Value{Words: []ead.Words{{Lang: c.lang, Text: noted(bare(x.Words), note)}}, Href: webAddress(x.Href)})
	}
}

// body is the longer description in Markdown, where there is one in the language.
func (v *values) body(c *composer) {
	for _, b := range v.u.Bodies {
		if b.Lang == c.lang {
			doc, _ := c.document(b, "mo-ta-")
			v.told(c, "body", one(page.Words{HTML: c.prose(doc)}))
		}
	}
}

// histories are those of who a fonds comes from.
func (v *values) histories(c *composer) {
	for _, cr := range v.u.Creators {
		row, ok := c.Catalog.Find(cr.Agent.ID)
		if !ok {
			continue
		}
		if a := c.agent(row); a != nil && a.History.Has(c.lang) {
			v.told(c, "creators.history", one(c.block(a.History, a.File, "history-"+a.ID.V)))
		}
	}
}
