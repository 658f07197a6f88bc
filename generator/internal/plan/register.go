package plan

import (
	"iter"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/page"
)

// The register of a fonds is the list of its files and items in the order of their
// references, whatever series they are put under. Where all hang directly under the
// fonds, its own page is that list.

// registered reports whether a unit stands in the register of its fonds.
func registered(cat *catalog.Catalog, row int32) bool {
	level := cat.Level(row)
	return level == "file" || level == "item"
}

// hasRegister reports whether the order of references is another than that of the page
// of a fonds, or goes deeper.
func (p *Plan) hasRegister(fonds int32) bool {
	cat := p.Catalog.cat
	for row := fonds + 1; row < cat.End(fonds); row++ {
		if registered(cat, row) && cat.Parent(row) != fonds {
			return true
		}
	}
	return false
}

// register are the units of the register: four bytes for each, kept for all languages.
func (p *Plan) register(fonds int32) []int32 {
	if rows, ok := p.registers.Load(fonds); ok {
		return rows.([]int32)
	}
	cat := p.Catalog.cat
	var rows []int32
	for row := fonds + 1; row < cat.End(fonds); row++ {
		if registered(cat, row) {
			rows = append(rows, row)
		}
	}
	rows = cat.SortByReference(rows)
	p.registers.Store(fonds, rows)
	return rows
}

// registerJobs are the pages of the register of a fonds, if it has one.
func (p *Plan) registerJobs(lang string, fonds int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.hasRegister(fonds) {
			return
		}
		for l := range p.listPages(listID{"register", int(fonds)}, perYear, p.register(fonds), nil) {
			if !yield(p.job("browse", lang, p.registerPath(lang, fonds, l.key), p.given(l), func(c *composer) any { return c.registerPage(fonds, l) })) {
				return
			}
		}
	}
}

func (p *Plan) registerPath(lang string, fonds int32, key string) string {
	return p.urls.BrowseAll(lang, "fonds", p.Catalog.ID(fonds), key)
}

func (c *composer) registerPage(fonds int32, l listPage) *page.Browse {
	text, actual := c.Catalog.Title(fonds, c.lang)
	order := c.t("plan.register")
	b := &page.Browse{
		Heading: c.title(text, actual), Part: order, Register: true, Total: l.total, Slips: c.forZotero(c.slips(l.rows), l.rows),
		Pager: c.pager(l, func(key string) string { return c.registerPath(c.lang, fonds, key) }, c.byReference(fonds)),
	}
	for i := range b.Slips {
		b.Slips[i].Thumb = nil
	}
	b.Layout = c.withCrumbs(c.layout("browse", plainTitle(text)+", "+lowerFirst(order), "", page.RoomFonds,
		func(lang string) string { return c.registerPath(lang, fonds, l.key) }), c.crumbs(page.RoomFonds, fonds))
	return b
}

// registerLink leads from the page of a fonds to its register.
func (c *composer) registerLink(fonds int32) *page.Link {
	if !c.hasRegister(fonds) {
		return nil
	}
	return &page.Link{Href: c.rel(c.registerPath(c.lang, fonds, "")), Words: plain(c.t("plan.register"))}
}
