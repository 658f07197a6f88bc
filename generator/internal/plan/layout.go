package plan

import (
	"net/url"
	"slices"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// frame is what all pages of a language at a depth of folders share.
type frame struct {
	nav    []navItem
	footer page.Footer
	assets page.Assets
	notice page.Words
	home   string
	search string
	browse string // empty where there is nothing to look through
	title  string
}

type navItem struct {
	room page.Room
	link page.Link
}

type frameKey struct{ lang, root string }

// toBrowse leads to the facets of the site, nil where there are none.
func (c *composer) toBrowse() *page.Link {
	href := c.frame().browse
	if href == "" {
		return nil
	}
	return &page.Link{Href: href, Words: plain(c.term("navigation", string(page.RoomBrowse)))}
}

// layout fills what every page has. room is the part of the site the page
// belongs to; pathIn names the same page in another language.
func (c *composer) layout(kind, title, description string, room page.Room, pathIn func(lang string) string) page.Layout {
	f := c.frame()
	l := page.Layout{
		Kind: kind, Lang: c.lang, Path: c.path, Root: page.Root(c.path), Title: title, Description: description,
		SiteTitle: f.title, Home: f.home, Search: f.search, Notice: f.notice, Footer: f.footer, Assets: f.assets,
	}
	l.Nav = make([]page.Link, len(f.nav))
	for i, item := range f.nav {
		l.Nav[i] = item.link
		l.Nav[i].Current = item.room == room
	}
	l.Languages = c.alternates(pathIn)
	if base := c.base(); base != "" {
		l.Canonical = base + trimIndex(c.path)
		l.Feed = c.rel(feedPath)
	}
	l.Footer.ReportError = c.reportError(title)
	return l
}

// base is the address of the site with a slash behind it, empty without one.
func (p *Plan) base() string {
	b := p.Config.Site.BaseURL.V
	if b == "" {
		return ""
	}
	return strings.TrimSuffix(b, "/") + "/"
}

// trimIndex turns the path of a folder's first page into the folder.
func trimIndex(path string) string {
	if path == "index.html" {
		return ""
	}
	if s, ok := strings.CutSuffix(path, "/index.html"); ok {
		return s + "/"
	}
	return path
}

var languageNames = map[string]string{"vi": "Tiếng Việt", "en": "English", "fr": "Français", "ru": "Русский", "zh": "中文"}

func (c *composer) alternates(pathIn func(lang string) string) []page.Alternate {
	if len(c.langs) < 2 || pathIn == nil {
		return nil
	}
	out := make([]page.Alternate, 0, len(c.langs))
	for _, lang := range c.langs {
		name := languageNames[lang]
		if name == "" {
			name = lang
		}
		path := pathIn(lang)
		a := page.Alternate{Lang: lang, Name: name, Href: c.rel(path), Current: lang == c.lang}
		if base := c.base(); base != "" {
			a.Absolute = base + trimIndex(path)
		}
		out = append(out, a)
	}
	return out
}

// apart undoes the pairing of a page with its translations: they are in
// another order, and each leads to the start of the other list only.
func apart(l page.Layout) page.Layout {
	for i := range l.Languages {
		l.Languages[i].Absolute = ""
	}
	return l
}

// reportError is a letter about this page.
func (c *composer) reportError(title string) string {
	to := c.Config.Site.Contact.Email.V
	if to == "" {
		to = c.Config.Site.Institution.Email.V
	}
	if to == "" {
		return ""
	}
	at := c.path
	if base := c.base(); base != "" {
		at = base + trimIndex(c.path)
	}
	q := "subject=" + url.PathEscape(c.t("plan.report-subject", title)) + "&body=" + url.PathEscape(at+"\n\n")
	return "mailto:" + to + "?" + strings.ReplaceAll(q, "+", "%2B")
}

func (c *composer) frame() *frame {
	c.Catalog.askSite(siteFrame)
	key := frameKey{c.lang, page.Root(c.path)}
	if f, ok := c.frames.Load(key); ok {
		return f.(*frame)
	}
	f := c.unasked().makeFrame(key.root)
	c.frames.Store(key, f)
	return f
}

func (c *composer) makeFrame(root string) *frame {
	s := c.Config.Site
	title, _ := c.plainText(s.Title)
	f := &frame{assets: c.Assets(root), notice: c.inline(s.Notice, s.File), title: title, home: root + c.urls.Home(c.lang)}
	if c.HasSearch() {
		f.search = root + c.urls.Index(c.lang, page.RoomSearch, "")
	}
	if c.browsable() {
		f.browse = root + c.urls.Index(c.lang, page.RoomBrowse, "")
	}
	for _, room := range c.rooms() {
		f.nav = append(f.nav, navItem{room, page.Link{Href: root + c.roomPath(room), Words: plain(c.term("navigation", string(room)))}})
	}
	i := s.Institution
	licence := c.inline(s.Licence.Text, s.File)
	f.footer = page.Footer{
		Body: c.inline(i.Name, s.File), Responsible: c.inline(i.Responsible, s.File), Address: c.inline(i.Address, s.File),
		Email: i.Email.V, Phone: i.Phone.V, Licence: licence, LicenceURI: s.Licence.URI.V,
	}
	for _, ref := range c.thePages() {
		if ref.menu && !strings.Contains(ref.name, "/") || strings.HasSuffix(ref.name, "/index") {
			f.footer.Pages = append(f.footer.Pages, page.Link{Href: root + c.urls.Article(c.lang, ref.name), Words: plain(c.pageTitle(ref))})
		}
	}
	if c.offersBulk() {
		f.footer.Pages = append(f.footer.Pages, page.Link{Href: root + c.urls.Index(c.lang, page.RoomData, ""), Words: plain(c.t("plan.downloads"))})
	}
	return f
}

func (c *composer) roomPath(room page.Room) string {
	if c.hasPage(string(room)) {
		return c.urls.Article(c.lang, string(room))
	}
	return c.urls.Index(c.lang, room, "")
}

// rooms are the parts of the site that have something in them, in the order
// of site.yaml or of the vocabulary.
func (p *Plan) rooms() []page.Room {
	var order []string
	for _, s := range p.Config.Site.Navigation {
		order = append(order, s.V)
	}
	if len(order) == 0 {
		for _, t := range record.Vocabulary("navigation") {
			order = append(order, t.Key)
		}
	}
	var out []page.Room
	for _, name := range order {
		if room := page.Room(name); p.open(room) {
			out = append(out, room)
		}
	}
	return out
}

var roomKinds = map[page.Room]catalog.Kind{
	page.RoomFonds: catalog.Unit, page.RoomExhibitions: catalog.Exhibition, page.RoomAgents: catalog.Agent,
	page.RoomPlaces: catalog.Place, page.RoomEvents: catalog.Event, page.RoomSubjects: catalog.Subject,
}

// open reports whether a room has anything to show.
func (p *Plan) open(room page.Room) bool {
	if k, ok := roomKinds[room]; ok {
		return p.Catalog.Len(k) > 0
	}
	switch room {
	case page.RoomTimeline:
		return !p.years.empty()
	case page.RoomSearch:
		return p.HasSearch()
	case page.RoomBrowse:
		return p.browsable()
	case page.RoomOnThisDay:
		return len(p.months) > 0
	case page.RoomGallery:
		return len(p.strips[wholeSite]) > 0
	}
	return p.hasPage(string(room))
}

func (p *Plan) hasPage(name string) bool {
	return slices.ContainsFunc(p.pages, func(r pageRef) bool { return r.name == name || r.name == name+"/index" })
}

// crumbs are the links from home down to a unit's parent.
func (c *composer) crumbs(room page.Room, rows ...int32) []page.Link {
	out := []page.Link{{Href: c.rel(c.urls.Home(c.lang)), Words: plain(c.t("plan.home"))}}
	if room != "" {
		out = append(out, page.Link{Href: c.rel(c.urls.Index(c.lang, room, "")), Words: plain(c.term("navigation", string(room)))})
	}
	for _, row := range rows {
		out = append(out, c.to(row))
	}
	return out
}

// ancestors are the units above one, the fonds first.
func (p *Plan) ancestors(row int32) []int32 {
	var out []int32
	for up := p.Catalog.Parent(row); up >= 0; up = p.Catalog.Parent(up) {
		out = append(out, up)
	}
	slices.Reverse(out)
	return out
}

// describe is the beginning of a text without its Markdown, for
// <meta name="description">.
func (c *composer) describe(t record.Text) string {
	text, _ := t.In(c.lang)
	return markup.Summary(text, 160)
}
