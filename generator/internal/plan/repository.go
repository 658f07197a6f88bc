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
		for row := range p.Catalog.Of(catalog.Repository) {
			if !yield(p.job(lang, p.pathIn(lang, row), func(c *composer) any { return c.repositoryPage(row) })) {
				return
			}
		}
	}
}

func (c *composer) repositoryPage(row int32) *page.Repository {
	r := c.readRepository(row)
	if r == nil {
		return nil
	}
	title, _ := c.plainText(r.Name)
	history, _ := c.plainText(r.History)
	f := &fields{c: c, file: r.File}
	f.long("history", r.History)
	f.add("names", c.names(r.CiteNames, r.File))
	f.add("place", c.refs([]record.Ref{r.Place}, r.File))
	f.text("note", r.Note)
	f.add("sources", c.sources(r.Sources, r.File))
	out := &page.Repository{
		Layout: c.withCrumbs(c.layout("repository", title, describe(history), "", func(l string) string { return c.pathIn(l, row) }), c.crumbs("")),
		Name:   c.inline(r.Name, r.File), Contact: c.contact(r, row), Fields: f.list,
	}
	for fonds := range c.Catalog.Top() {
		if c.Catalog.Inherited(fonds).Repository == r.ID.V {
			spine, _ := c.spine(fonds)
			out.Fonds = append(out.Fonds, spine)
		}
	}
	return out
}

func (c *composer) readRepository(row int32) *record.Repository {
	f := content.File{Path: c.Catalog.Loc(row).File, Kind: content.KindRepository}
	return content.ReadAuthority[record.Repository](c.Tree, f, c.Catalog.Loc(row).Line)
}

// repository is the holder of a unit, nil where none is named.
func (c *composer) repository(row int32) *record.Repository {
	id := c.Catalog.Inherited(row).Repository
	if id == "" {
		id = c.Config.Site.Repository.V
	}
	at, ok := c.Catalog.Find(id)
	if !ok || c.Catalog.Kind(at) != catalog.Repository {
		return nil
	}
	if r, ok := c.repositories.Load(id); ok {
		return r.(*record.Repository)
	}
	r := c.readRepository(at)
	c.repositories.Store(id, r)
	return r
}

func (c *composer) repositoryOf(row int32) *page.Contact {
	r := c.repository(row)
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
