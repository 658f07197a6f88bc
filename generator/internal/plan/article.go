package plan

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// readPages reads the front matter of every page, in the order in which a
// folder lists them.
func (p *Plan) readPages() {
	for _, f := range p.Pages {
		pg, ds, ok := p.Tree.Page(f, p.langs[0])
		p.report(ds...)
		if !ok {
			continue
		}
		open, why := p.Gate.Page(f.Path, pg.Meta.Access)
		if p.report(why...); !open {
			continue
		}
		p.checkTranslations(f, pg.Meta.Access)
		p.pages = append(p.pages, pageRef{file: f, name: pg.Name, order: pg.Meta.Order.V, menu: pg.Meta.Menu.V || !strings.Contains(pg.Name, "/")})
	}
	p.checkPages()
	slices.SortFunc(p.pages, func(a, b pageRef) int {
		return cmp.Or(cmp.Compare(folder(a.name), folder(b.name)), cmp.Compare(a.order, b.order), vi.Compare(a.name, b.name))
	})
}

// checkTranslations asks that the access block of a translated page says what that of
// the page says: the page is opened for all of them.
func (p *Plan) checkTranslations(f content.File, a record.Access) {
	said := access.StatementOf(a, record.Str{}, nil)
	for _, lang := range p.langs[1:] {
		pg, _, ok := p.Tree.Page(f, lang) // what else is wrong with it is told where it is shown
		if b := pg.Meta.Access; ok && b.Present() && access.StatementOf(b, record.Str{}, nil) != said {
			p.report(diag.Errorf("access-malformed", b.At.In(pg.Body.File), "bản dịch ghi access khác trang gốc %s", "the translation says another access than its page %s", f.Path).
				WithHint("ghi như trang gốc, hoặc bỏ khối access; bản dịch chưa được công bố thì lấy tệp ấy ra khỏi pages/", "write what the page says, or leave the block out; a translation that may not be published yet is kept out of pages/"))
		}
	}
}

// checkPages leaves out, with an error, the pages that have no address of
// their own: a name that is no part of one, or that of another page.
func (p *Plan) checkPages() {
	taken := map[string]string{}
	p.pages = slices.DeleteFunc(p.pages, func(ref pageRef) bool {
		at := diag.Pos{File: ref.file.Path, Line: 1}
		path := p.urls.Article(p.langs[0], ref.name)
		switch other, clash := taken[path]; {
		case !p.validName(ref.name):
			p.report(diag.Errorf("page-name", at, "%q không dùng làm tên trang được", "%q cannot be the name of a page", ref.name).
				WithHint("đặt tên bằng chữ thường a–z, chữ số và gạch nối, không trùng phần khác của trang web", "name it with the letters a to z, digits and hyphens, and not as another part of the site"))
			return true
		case clash:
			p.report(diag.Errorf("page-taken", at, "địa chỉ %s đã thuộc về %s", "the address %s already belongs to %s", path, other))
			return true
		}
		taken[path] = ref.file.Path
		return false
	})
}

// pageRooms are the rooms that hold pages of content/pages.
var pageRooms = []string{string(page.RoomAbout), string(page.RoomVisit), string(page.RoomGuide), string(page.RoomTerms)}

// validName reports whether every part of a page's name can stand in an
// address, and the first of them is no folder of the site.
func (p *Plan) validName(name string) bool {
	for i, part := range strings.Split(name, "/") {
		if vi.ValidID(part) != nil && (i == 0 || part != "index") {
			return false
		}
		if i == 0 && !slices.Contains(pageRooms, part) && (slices.Contains(page.Reserved(), part) || slices.Contains(p.langs, part)) {
			return false
		}
	}
	return true
}

// folder is the folder of a page; its index stands in it too.
func folder(name string) string {
	dir, _, nested := strings.Cut(name, "/")
	if !nested {
		return ""
	}
	return dir
}

func (p *Plan) articleJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for _, ref := range p.pages {
			if !yield(p.job("article", lang, p.urls.Article(lang, ref.name), nil, func(c *composer) any { return c.article(ref) })) {
				return
			}
		}
	}
}

// read reads a page in the language of this one, else in the first.
func (c *composer) readPage(ref pageRef) (content.Page, string) {
	for _, name := range c.Tree.PageNames(ref.file) {
		c.Catalog.askFile(name)
	}
	if pg, ds, ok := c.Tree.Page(ref.file, c.lang); ok {
		c.report(ds...)
		return pg, c.lang
	}
	pg, ds, _ := c.Tree.Page(ref.file, c.langs[0])
	c.report(ds...)
	return pg, c.langs[0]
}

func (c *composer) pageTitle(ref pageRef) string {
	pg, _ := c.readPage(ref)
	s, _ := c.plainText(pg.Meta.Title)
	return s
}

func (c *composer) article(ref pageRef) *page.Article {
	pg, actual := c.readPage(ref)
	title, _ := pg.Meta.Title.In(actual)
	room := page.Room(ref.name)
	if dir := folder(ref.name); dir != "" {
		room = page.Room(dir)
	}
	a := &page.Article{
		Layout:  c.withCrumbs(c.layout("article", markup.Plain(title), c.describe(pg.Meta.Summary), room, func(l string) string { return c.urls.Article(l, ref.name) }), c.articleCrumbs(ref)),
		Heading: c.title(title, actual),
	}
	doc, lang := c.document(pg.Body, "")
	a.Body, a.BodyLang, a.Contents = c.prose(doc), lang, contents(doc.Headings)
	c.siblings(a, ref)
	return a
}

func (c *composer) articleCrumbs(ref pageRef) []page.Link {
	out := c.crumbs("")
	dir := folder(ref.name)
	for _, r := range c.thePages() {
		if dir != "" && r.name == dir+"/index" && r.name != ref.name {
			out = append(out, page.Link{Href: c.rel(c.urls.Article(c.lang, r.name)), Words: plain(c.pageTitle(r))})
		}
	}
	return out
}

// siblings links a page to the others of its folder.
func (c *composer) siblings(a *page.Article, ref pageRef) {
	dir := folder(ref.name)
	if dir == "" {
		return
	}
	at := -1
	for _, r := range c.thePages() {
		if folder(r.name) != dir {
			continue
		}
		if r.name == ref.name {
			at = len(a.Siblings)
		}
		a.Siblings = append(a.Siblings, page.Link{Href: c.rel(c.urls.Article(c.lang, r.name)), Words: plain(c.pageTitle(r)), Current: r.name == ref.name})
	}
	if at > 0 {
		a.Prev = &a.Siblings[at-1]
	}
	if at >= 0 && at+1 < len(a.Siblings) {
		a.Next = &a.Siblings[at+1]
	}
}

func (p *Plan) notFoundJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if lang == p.langs[0] {
			yield(p.job("not-found", lang, "404.html", nil, func(c *composer) any { return c.notFound() }))
		}
	}
}

// notFound is served at any depth, so its links are whole addresses where the
// site has one. It stands at the root: its links without one are paths.
func (c *composer) notFound() *page.NotFound {
	heading := c.t("plan.not-found")
	n := &page.NotFound{Layout: c.layout("not-found", heading, "", "", nil), Heading: heading}
	n.NoIndex, n.Canonical = true, ""
	n.Links = append([]page.Link{{Href: n.Home, Words: plain(c.t("plan.home"))}}, n.Nav...)
	for i, l := range n.Links {
		n.Links[i].Href = c.base() + l.Href
	}
	return n
}
