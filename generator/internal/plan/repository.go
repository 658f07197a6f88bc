package plan

import (
	"iter"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

func (p *Plan) repositoryJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		held := map[string][]int32{}
		for fonds := range p.Catalog.Top() {
			id := p.Catalog.Inherited(fonds).Repository
			held[id] = append(held[id], fonds)
		}
		for row := range p.Catalog.Of(catalog.Repository) {
			for l := range p.listPages(listID{"held", int(row)}, perPage, held[p.Catalog.ID(row)], nil) {
				if !yield(p.job("repository", lang, p.repositoryPath(lang, row, l.key), p.given(l), func(c *composer) any { return c.repositoryPage(row, l) })) {
					return
				}
			}
		}
	}
}

func (p *Plan) repositoryPath(lang string, row int32, key string) string {
	return p.urls.In(lang, page.RoomRepositories, p.Catalog.ID(row), key)
}

func (c *composer) repositoryPage(row int32, l listPage) *page.Repository {
	r := c.readRepository(row)
	if r == nil {
		return nil
	}
	title, _ := c.plainText(r.Name)
	out := &page.Repository{
		Layout: c.withCrumbs(c.layout("repository", title, c.describe(r.History), "",
			func(lang string) string { return c.repositoryPath(lang, row, l.key) }), c.crumbs("")),
		Name: c.inline(r.Name, r.File), Contact: c.contact(r, row),
		Pager: c.pager(l, func(key string) string { return c.repositoryPath(c.lang, row, key) }, c.byTitle),
	}
	for _, fonds := range l.rows {
		spine, _ := c.spine(fonds)
		out.Fonds = append(out.Fonds, spine)
	}
	if l.first() {
		out.Fields = c.repositoryFields(r)
		c.linkRepository(r)
	}
	return out
}

func (c *composer) repositoryFields(r *record.Repository) []page.Field {
	f := &fields{c: c, file: r.File}
	f.long("history", r.History)
	f.add("names", c.names(r.CiteNames, r.File))
	f.add("place", c.refs([]record.Ref{r.Place}, r.File))
	f.text("note", r.Note)
	f.add("sources", c.sources(r.Sources, r.File))
	return f.list
}

func (c *composer) readRepository(row int32) *record.Repository {
	f := content.File{Path: c.Catalog.Loc(row).File, Kind: content.KindRepository}
	return content.ReadAuthority[record.Repository](c.Tree, f, c.Catalog.Loc(row).Line)
}

// repository is the holder of a unit, nil where none is named.
func (c *composer) repository(row int32) *record.Repository {
	return c.repositoryNamed(c.Catalog.Inherited(row).Repository)
}

// repositoryNamed is the repository of an id, or that of the site where there
// is none.
func (c *composer) repositoryNamed(id string) *record.Repository {
	if id == "" {
		id = c.Config.Site.Repository.V
	}
	at, ok := c.Catalog.Find(id)
	if !ok || c.Catalog.Kind(at) != catalog.Repository {
		return nil
	}
	c.Catalog.ask(at, askText)
	if r, ok := c.repositories.Load(id); ok {
		return r.(*record.Repository)
	}
	r := c.readRepository(at)
	c.repositories.Store(id, r)
	return r
}

func (c *composer) repositoryOf(row int32) *page.Contact { return c.contactOf(c.repository(row)) }

func (c *composer) contactOf(r *record.Repository) *page.Contact {
	if r == nil {
		return nil
	}
	at, _ := c.Catalog.Find(r.ID.V)
	contact := c.contact(r, at)
	return &contact
}

func (c *composer) contact(r *record.Repository, row int32) page.Contact {
	return page.Contact{
		Name: c.inline(r.Name, r.File), Href: c.rel(c.pathOf(row)), Address: c.inline(r.Address, r.File), Hours: c.inline(r.Hours, r.File),
		Email: r.Email.V, Phone: r.Phone.V, URL: webAddress(r.URL.V), Service: c.inline(r.Services, r.File),
	}
}
