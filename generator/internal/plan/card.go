package plan

import (
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// essentials are the fields that stand open on the card, in the order in which
// a reader asks for them; the others are in folded areas. What the head of the
// page shows already is in neither.
var essentials = []string{"dates", "form", "creators", "doc.issuer", "doc.number", "place", "extent", "languages", "originals", "special_value", "events", "subjects"}

var inHead = []string{"title", "reference", "scope", "level", "related", "creator_history", "subtitle"}

// cardField is a field of the model as the card places it.
type cardField struct {
	record.Field
	group string // of a nested key such as doc.number
	class string
	open  int // its place among the essentials, from 1; 0 where it is folded
}

var cardFields = placeFields()

func placeFields() []cardField {
	var out []cardField
	for _, f := range record.Fields {
		if slices.Contains(inHead, f.Key) {
			continue
		}
		x := cardField{Field: f, class: strings.ReplaceAll(f.Key, ".", "-"), open: slices.Index(essentials, f.Key) + 1}
		if group, _, nested := strings.Cut(f.Key, "."); nested {
			x.group = group
		}
		out = append(out, x)
	}
	return out
}

// shown is what other parts of a page show of a unit as well.
type shown struct {
	dates  page.Date
	rights page.Rights
}

// card is the description as labelled fields: the essential ones, and the
// others by area.
func (c *composer) card(u *record.Unit, row int32, s shown) (open []page.Field, areas []page.Area) {
	byArea := map[string][]page.Field{}
	essential := make([]page.Field, len(essentials))
	groups := groupsOf(u)
	for i := range cardFields {
		f := &cardFields[i]
		var values []page.Value
		switch {
		case f.group == "":
			values = append(c.long(prose(u, f.Key), u.File, f.Key), c.values(u, row, f.Key, s)...)
		case slices.Contains(groups, f.group):
			values = c.extras(u, f.Key)
		}
		if len(values) == 0 {
			continue
		}
		field := page.Field{Key: f.class, Label: c.label(&f.Field), Values: values}
		if f.open > 0 {
			essential[f.open-1] = field
			continue
		}
		byArea[f.Area] = append(byArea[f.Area], field)
	}
	for _, a := range record.Areas {
		if fields := byArea[a.Key]; len(fields) > 0 {
			areas = append(areas, page.Area{ID: a.Key, Title: a.In(c.lang), Fields: fields, Folded: true})
		}
	}
	open = slices.DeleteFunc(essential, func(f page.Field) bool { return len(f.Values) == 0 })
	return open, areas
}

// values are the values of one field. A field that is not listed here, or
// that the gate took out of the view, has none.
func (c *composer) values(u *record.Unit, row int32, key string, s shown) []page.Value {
	switch key {
	case "title_kind":
		return c.terms("title_kind", u.TitleKind)
	case "other_titles":
		return c.list(u.OtherTitles, u.File)
	case "dates":
		return c.dateValues(u, s.dates)
	case "extent":
		return words(c.extent(u.Extent))
	case "form":
		return one(c.form(u.Form.V))
	case "special_value":
		return c.specialValues(u)
	case "creators":
		return c.creatorValues(u)
	case "status":
		return c.terms("fonds_status", u.Status)
	case "access":
		return c.accessValues(u)
	case "rights":
		return rightsValues(s.rights)
	case "languages":
		return c.languages(c.Catalog.Inherited(row).Languages)
	case "scripts":
		return strs(u.Scripts)
	case "physical":
		return c.several(u.File, u.Physical.Condition, u.Physical.Carrier, u.Physical.Dimensions, u.Physical.Technique, u.Physical.Note)
	case "originals":
		return c.originals(u)
	case "publications":
		return c.list(u.Publications, u.File)
	case "digitisation":
		return c.several(u.File, u.Digitisation.Status, u.Digitisation.Standard, u.Digitisation.Note)
	case "agents":
		return c.refs(u.Agents, u.File)
	case "place":
		return c.refs([]record.Ref{u.Place}, u.File)
	case "places":
		return c.refs(u.Places, u.File)
	case "events":
		return c.refs(u.Events, u.File)
	case "subjects":
		return c.refs(u.Subjects, u.File)
	case "keywords":
		return c.list(u.Keywords, u.File)
	case "sources":
		return c.sources(u.Sources, u.File)
	case "description_control":
		return c.control(u.Control, u.File)
	case "id":
		return words(u.ID.V)
	case "former_ids":
		return strs(u.FormerIDs)
	}
	return nil
}

// prose is a field that is plain prose.
func prose(u *record.Unit, key string) record.Text {
	switch key {
	case "archival_history":
		return u.ArchivalHistory
	case "acquisition":
		return u.Acquisition
	case "appraisal":
		return u.Appraisal
	case "accruals":
		return u.Accruals
	case "arrangement":
		return u.Arrangement
	case "finding_aids":
		return u.FindingAids
	case "copies":
		return u.Copies
	case "notes":
		return u.Notes
	case "info_symbol":
		return u.InfoSymbol
	case "prefer_cite":
		return u.PreferCite
	}
	return record.Text{}
}

func one(w page.Words) []page.Value {
	if w.IsZero() {
		return nil
	}
	return []page.Value{{Words: w}}
}

func words(s string) []page.Value {
	if s == "" {
		return nil
	}
	return one(plain(s))
}

func strs(list []record.Str) (out []page.Value) {
	for _, s := range list {
		out = append(out, words(s.V)...)
	}
	return out
}

func (c *composer) long(t record.Text, file, prefix string) []page.Value {
	w := c.block(t, file, prefix)
	if w.IsZero() {
		return nil
	}
	return []page.Value{{Words: w, Block: true}}
}

func (c *composer) list(list []record.Text, file string) (out []page.Value) {
	for _, t := range list {
		out = append(out, one(c.inline(t, file))...)
	}
	return out
}

func (c *composer) several(file string, list ...record.Text) []page.Value { return c.list(list, file) }

func (c *composer) terms(vocabulary string, s record.Str) []page.Value {
	if s.V == "" {
		return nil
	}
	return words(c.term(vocabulary, s.V))
}

func (c *composer) refs(list []record.Ref, file string) (out []page.Value) {
	for _, r := range list {
		if v, ok := c.ref(r, file); ok {
			out = append(out, v)
		}
	}
	return out
}

func (c *composer) dateValues(u *record.Unit, d page.Date) []page.Value {
	if d.Words == "" {
		return nil
	}
	v := page.Value{Words: plain(d.Words), Note: d.Note}
	out := []page.Value{v}
	if w := c.inline(u.Dates.Basis, u.File); !w.IsZero() {
		out = append(out, page.Value{Words: w})
	}
	return out
}

func (c *composer) creatorValues(u *record.Unit) (out []page.Value) {
	for _, cr := range u.Creators {
		v, ok := c.ref(cr.Agent, u.File)
		if !ok {
			continue
		}
		role := cr.Role.V
		if role != "" {
			role = c.term("creator_role", role)
		}
		if cr.As.V != "" {
			role = join(role, c.t("plan.signed-as", cr.As.V))
		}
		v.Note = plain(role)
		out = append(out, v)
	}
	return out
}

func (c *composer) specialValues(u *record.Unit) (out []page.Value) {
	for _, b := range c.badges(u) {
		out = append(out, page.Value{Words: b.Words, Note: b.Note})
	}
	for _, s := range u.SpecialValue {
		out = append(out, c.several(u.File, s.Decision, s.Note)...)
	}
	return out
}

func (c *composer) accessValues(u *record.Unit) []page.Value {
	out := words(c.term("access_state", u.Access.State.V))
	if len(out) > 0 {
		out[0].Note = c.inline(u.Access.ConditionalBasis, u.File)
	}
	if d := u.Access.Declassification; d.FormerMarking.V != "" {
		s := c.t("plan.declassified", c.term("marking", d.FormerMarking.V), d.Decision.Number.V, c.date(d.Decision.Date.Date).Words)
		out = append(out, words(s)...)
	}
	return out
}

func rightsValues(r page.Rights) []page.Value {
	var out []page.Value
	if r.URI != "" {
		out = append(out, page.Value{Words: plain(r.Label), Href: r.URI})
	}
	return append(out, one(r.Credit)...)
}

var languageWords = map[string]struct{ vi, en string }{
	"vi": {"tiếng Việt", "Vietnamese"}, "fr": {"tiếng Pháp", "French"}, "en": {"tiếng Anh", "English"}, "ru": {"tiếng Nga", "Russian"},
	"zh": {"tiếng Trung", "Chinese"}, "lzh": {"chữ Hán", "Literary Chinese"}, "de": {"tiếng Đức", "German"}, "es": {"tiếng Tây Ban Nha", "Spanish"},
	"la": {"tiếng La-tinh", "Latin"}, "ar": {"tiếng Ả Rập", "Arabic"}, "lo": {"tiếng Lào", "Lao"}, "km": {"tiếng Khmer", "Khmer"}, "it": {"tiếng Ý", "Italian"},
	"und": {"chưa xác định", "not determined"}, "mul": {"nhiều ngôn ngữ", "several languages"}, "zxx": {"không có lời", "no linguistic content"},
	"ja": {"tiếng Nhật", "Japanese"}, "ko": {"tiếng Triều Tiên", "Korean"}, "th": {"tiếng Thái", "Thai"}, "tr": {"tiếng Thổ Nhĩ Kỳ", "Turkish"},
}

func (c *composer) languages(codes []record.Str) (out []page.Value) {
	for _, code := range codes {
		s := code.V
		if w, ok := languageWords[s]; ok && c.lang == "vi" {
			s = w.vi
		} else if ok {
			s = w.en
		}
		out = append(out, words(s)...)
	}
	return out
}

func (c *composer) originals(u *record.Unit) []page.Value {
	o := u.Originals
	var out []page.Value
	if o.Status.V != "" {
		v := page.Value{Words: plain(c.term("copy_status", o.Status.V))}
		if held, ok := c.ref(o.HeldBy, u.File); ok {
			v.Note = held.Words
			v.Href = held.Href
		}
		out = append(out, v)
	}
	if o.ThisCopy.V != "" {
		out = append(out, words(c.t("plan.this-copy", c.term("copy_status", o.ThisCopy.V)))...)
	}
	return append(out, c.several(u.File, o.Note)...)
}

func (c *composer) sources(list []record.Source, file string) (out []page.Value) {
	for _, s := range list {
		v := page.Value{Words: c.inline(s.Cite, file), Note: c.inline(s.Note, file), Href: webAddress(s.URL.V)}
		if v.Words.IsZero() {
			v.Words, v.Note = v.Note, page.Words{}
		}
		if !v.Words.IsZero() {
			out = append(out, v)
		}
	}
	return out
}

// webAddress lets through what a reader may be led to.
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

func (c *composer) control(ctl record.Control, file string) []page.Value {
	by, _ := c.plainText(ctl.By)
	var rules []string
	for _, r := range ctl.Rules {
		rules = append(rules, r.V)
	}
	return append(words(join(by, c.date(ctl.Date.Date).Words)), words(strings.Join(rules, ", "))...)
}

// isoDate words a day written as year-month-day.
func (c *composer) isoDate(s string) string {
	d, err := edtf.Parse(s)
	if err != nil {
		return ""
	}
	return d.Words(c.lang)
}

// extras are the fields particular to kinds of documents.
func (c *composer) extras(u *record.Unit, key string) []page.Value {
	f := u.File
	switch key {
	case "doc.type":
		return strs([]record.Str{u.Doc.Type})
	case "doc.number":
		return strs([]record.Str{u.Doc.Number})
	case "doc.symbol":
		return strs([]record.Str{u.Doc.Symbol})
	case "doc.issuer":
		return c.refs([]record.Ref{u.Doc.Issuer}, f)
	case "doc.signatory":
		return c.refs([]record.Ref{u.Doc.Signatory}, f)
	case "doc.addressees":
		return c.list(u.Doc.Addressees, f)
	case "doc.copy_status":
		return c.terms("copy_status", u.Doc.CopyStatus)
	case "news.number_printed":
		return strs([]record.Str{u.News.NumberPrinted})
	case "photo.photographer":
		return c.refs([]record.Ref{u.Photo.Photographer}, f)
	case "photo.persons":
		return c.persons(u)
	case "av.duration":
		return strs([]record.Str{u.AV.Duration})
	case "av.language":
		return c.languages([]record.Str{u.AV.Language})
	case "av.speakers":
		return c.refs(u.AV.Speakers, f)
	}
	return one(c.inline(extraText(u, key), f))
}

// groupsOf are the groups of fields that a unit has any of: most have none.
func groupsOf(u *record.Unit) []string {
	var out []string
	for _, g := range []struct {
		name  string
		group any // a pointer, so that nothing is copied
	}{{"doc", &u.Doc}, {"news", &u.News}, {"photo", &u.Photo}, {"av", &u.AV}, {"map", &u.Map}} {
		if !reflect.ValueOf(g.group).Elem().IsZero() {
			out = append(out, g.name)
		}
	}
	return out
}

// extraText is a field of a group that is a text.
func extraText(u *record.Unit, key string) record.Text {
	switch key {
	case "doc.capacity":
		return u.Doc.Capacity
	case "doc.place_date_line":
		return u.Doc.PlaceDateLine
	case "doc.secrecy_as_marked":
		return u.Doc.Secrecy
	case "doc.hand":
		return u.Doc.Hand
	case "doc.pseudonym":
		return u.Doc.Pseudonym
	case "news.title":
		return u.News.Title
	case "news.issue":
		return u.News.Issue
	case "photo.caption":
		return u.Photo.Caption
	case "photo.event":
		return u.Photo.Event
	case "photo.colour":
		return u.Photo.Colour
	case "photo.size":
		return u.Photo.Size
	case "av.quality":
		return u.AV.Quality
	case "av.carrier":
		return u.AV.Carrier
	case "av.programme":
		return u.AV.Programme
	case "av.tracks":
		return u.AV.Tracks
	case "map.scale":
		return u.Map.Scale
	case "map.projection":
		return u.Map.Projection
	}
	return record.Text{}
}

func (c *composer) persons(u *record.Unit) (out []page.Value) {
	for _, p := range u.Photo.Persons {
		if v, ok := c.ref(p.Name, u.File); ok {
			v.Note = c.inline(p.Position, u.File)
			out = append(out, v)
		}
	}
	return out
}
