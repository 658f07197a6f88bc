package plan

import (
	"errors"
	"html/template"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/schemaorg"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// composer fills one page. It is used by one goroutine.
type composer struct {
	*Plan
	lang string
	path string
	err  error

	about    *schemaorg.Node   // what the page is about, for its linked data; nil for pages of lists
	sharedBy *page.SharedImage // by which the page is shared; nil where it has none of its own
}

// MovedError says that a source changed or vanished while a site was being
// made from it: what was judged is not what lies there now.
type MovedError struct {
	File string // path in the content folder
	Err  error
}

// Error returns the file and the cause.
func (e *MovedError) Error() string { return e.File + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *MovedError) Unwrap() error { return e.Err }

// ErrChanged is the cause where a source is there and is another.
var ErrChanged = errors.New("changed while the site was being built")

func (c *composer) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// t is a text of the interface.
func (c *composer) t(key string, args ...any) string { return c.Text(c.lang, key, args...) }

// rel is the link from this page to a file of the site.
func (c *composer) rel(path string) string { return page.Rel(c.path, path) }

// plain sets text that is no Markdown and in the language of the page.
func plain(s string) page.Words { return page.Words{HTML: markup.Text(s)} }

// in marks the language of a text where it is not that of the page.
func (c *composer) in(html template.HTML, actual string) page.Words {
	if actual == c.lang || html == "" {
		return page.Words{HTML: html}
	}
	return page.Words{HTML: html, Lang: actual}
}

// title sets a title; its Markdown is inline, such as *Thanh niên*.
func (c *composer) title(text, actual string) page.Words {
	html, _ := markup.Inline(markup.Source{Text: text, Lang: actual}, c.link)
	return c.in(html, actual)
}

// link resolves an id in Markdown to an address.
func (c *composer) link(id string) (href string, why diag.Text, ok bool) {
	row, ok := c.Catalog.Find(id)
	if !ok {
		why, _ = c.why(id)
		return "", why, false
	}
	return c.rel(c.pathOf(row)), why, true
}

// inline sets a short text of a record: a caption, a note.
func (c *composer) inline(t record.Text, file string) page.Words {
	text, actual := t.In(c.lang)
	if text == "" {
		return page.Words{}
	}
	html, ds := markup.Inline(markup.Source{Text: text, Pos: textPos(t, actual, file), Lang: actual}, c.link)
	c.report(ds...)
	return c.in(html, actual)
}

// block sets a long text of a record. prefix keeps the ids of several texts
// on a page apart.
func (c *composer) block(t record.Text, file, prefix string) page.Words {
	text, actual := t.In(c.lang)
	if text == "" {
		return page.Words{}
	}
	html, ds := markup.Render(markup.Source{Text: text, Pos: textPos(t, actual, file), Lang: actual, IDPrefix: prefix + "-", Level: 3}, c.link)
	c.report(ds...)
	return c.in(html, actual)
}

func textPos(t record.Text, lang, file string) diag.Pos {
	for _, l := range t.Langs {
		if l.Lang == lang {
			return l.At.In(file)
		}
	}
	return t.At.In(file)
}

// plainText is a text without its Markdown, for attributes.
func (c *composer) plainText(t record.Text) (text, actual string) {
	text, actual = t.In(c.lang)
	return markup.Plain(text), actual
}

// body picks the Markdown file of a record in the language of the page.
func (c *composer) body(bodies []record.Body) (doc markup.Doc, lang string) {
	if len(bodies) == 0 {
		return doc, ""
	}
	b := bodies[0]
	for _, x := range bodies {
		if x.Lang == c.lang {
			b = x
		}
	}
	return c.document(b, "mo-ta-")
}

// document sets a Markdown file; prefix keeps the ids of its headings apart
// from those of the page.
func (c *composer) document(b record.Body, prefix string) (doc markup.Doc, lang string) {
	doc, ds := markup.Document(markup.Source{Text: b.Text, Pos: diag.Pos{File: b.File, Line: b.Line, Col: 1}, Lang: b.Lang, IDPrefix: prefix}, c.link)
	c.report(ds...)
	if b.Lang != c.lang {
		lang = b.Lang
	}
	return doc, lang
}

// prose joins the parts of a document that holds no blocks; a block is a fault.
func (c *composer) prose(doc markup.Doc) (html template.HTML) {
	for _, part := range doc.Parts {
		if part.Directive != nil {
			c.report(diag.Errorf("markdown-block", part.Directive.Pos, "khối ::: chỉ dùng trong trưng bày", "::: blocks are for exhibitions only"))
			continue
		}
		html += part.HTML
	}
	return html
}

func contents(headings []markup.Heading) []page.Link {
	var out []page.Link
	for _, h := range headings {
		if h.Level == 2 {
			out = append(out, page.Link{Href: "#" + h.ID, Words: plain(h.Text)})
		}
	}
	return out
}

// date words an archival date.
func (c *composer) date(d edtf.Date) page.Date {
	if d.IsZero() {
		return page.Date{}
	}
	value, _ := d.HTML()
	return page.Date{Words: d.Words(c.lang), Short: d.Short(c.lang), Datetime: value}
}

// dates words the dates of a unit with what was written and what is uncertain.
func (c *composer) dates(u *record.Unit) page.Date {
	out := c.datesWorded(u)
	out.Ruler = c.ruler(u.Dates.Created.Date)
	return out
}

// datesWorded is the same without the drawing, which shows the span of the site.
func (c *composer) datesWorded(u *record.Unit) page.Date {
	out := c.date(u.Dates.Created.Date)
	if s, _ := c.plainText(u.Dates.Display); s != "" {
		out.Words, out.Short = s, s
	}
	out.Written = c.inline(u.Dates.AsWritten, u.File)
	out.Note = c.inline(u.Dates.Note, u.File)
	return out
}

// pathOf is the path of the page of an entry in the language of this page.
func (c *composer) pathOf(row int32) string { return c.pathIn(c.lang, row) }

var kindRooms = map[catalog.Kind]page.Room{
	catalog.Agent: page.RoomAgents, catalog.Place: page.RoomPlaces, catalog.Event: page.RoomEvents,
	catalog.Subject: page.RoomSubjects, catalog.Repository: page.RoomRepositories,
}

func (p *Plan) pathIn(lang string, row int32) string {
	switch k := p.Catalog.Kind(row); k {
	case catalog.Unit:
		return p.unitPath(lang, row, "")
	case catalog.Exhibition:
		return p.urls.Exhibition(lang, p.Catalog.ID(row))
	default:
		return p.urls.In(lang, kindRooms[k], p.Catalog.ID(row), "")
	}
}

func (p *Plan) unitPath(lang string, row int32, key string) string {
	fonds := p.Catalog.Fonds(row)
	if row == fonds {
		return p.urls.Fonds(lang, p.Catalog.ID(row), key)
	}
	return p.urls.Record(lang, p.Catalog.ID(fonds), p.Catalog.ID(row), key)
}

// to is a link to an entry with its title.
func (c *composer) to(row int32) page.Link {
	text, actual := c.Catalog.Title(row, c.lang)
	return page.Link{Href: c.rel(c.pathOf(row)), Words: c.title(text, actual)}
}

// ref shows an authority: a link where it has a page, else its name.
func (c *composer) ref(r record.Ref, file string) (page.Value, bool) {
	if r.ID != "" {
		row, ok := c.Catalog.Find(r.ID)
		if !ok {
			return page.Value{}, false
		}
		l := c.to(row)
		return page.Value{Words: l.Words, Href: l.Href}, true
	}
	w := c.inline(r.Name, file)
	return page.Value{Words: w}, !w.IsZero()
}

// term is a value of a closed list in the language of the page.
func (c *composer) term(vocabulary, key string) string {
	t, ok := record.Lookup(vocabulary, key)
	if !ok {
		return key
	}
	return t.In(c.lang)
}

// label words a field, as the profile has it.
func (c *composer) label(f *record.Field) string {
	if t, ok := c.labels[f.Key]; ok {
		if s, actual := t.In(c.lang); actual == c.lang {
			return s
		}
	}
	return f.In(c.lang)
}

// level words a level of description, as the profile has it.
func (c *composer) level(key string) string {
	if t, ok := c.labels["level."+key]; ok {
		if s, actual := t.In(c.lang); actual == c.lang {
			return s
		}
	}
	return c.term("level", key)
}

// form words a document type.
func (c *composer) form(id string) page.Words {
	if id == "" {
		return page.Words{}
	}
	t, ok := c.forms[id]
	if !ok {
		return plain(id)
	}
	s, actual := t.In(c.lang)
	return c.in(markup.Text(s), actual)
}

func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}
