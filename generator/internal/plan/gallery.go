package plan

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// selection is the gallery, whole or narrowed by one facet.
type selection struct {
	facet, value string
	rows         []int32
}

func (p *Plan) galleryJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for i := range p.halls {
			if !each(p.hallJobs(lang, i), yield) {
				return
			}
		}
	}
}

// hallJobs are the pages of one gallery, by its place among all.
func (p *Plan) hallJobs(lang string, i int) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		s := p.halls[i]
		for l := range p.listPages(listID{"hall", i}, perGallery, s.rows, nil) {
			if !yield(p.job("gallery", lang, p.galleryPath(lang, s, l.key), p.given(l, s.facet, s.value), func(c *composer) any { return c.gallery(s, l) })) {
				return
			}
		}
	}
}

func (p *Plan) galleryPath(lang string, s selection, key string) string {
	if s.facet == "" {
		return p.urls.Index(lang, page.RoomGallery, key)
	}
	return p.urls.GalleryOf(lang, s.facet, s.value, key)
}

// selections are all galleries: the whole, then by decade, form and fonds.
func (p *Plan) selections() []selection {
	all := p.strips[wholeSite]
	if len(all) == 0 {
		return nil
	}
	out := []selection{{rows: all}}
	for _, facet := range []string{"decade", "form", "fonds"} {
		out = append(out, p.narrow(facet, all)...)
	}
	return out
}

func (p *Plan) narrow(facet string, all []int32) []selection {
	by := map[string][]int32{}
	for _, row := range all {
		for _, v := range p.facet(facet, row) {
			by[v] = append(by[v], row)
		}
	}
	var out []selection
	for v, rows := range by {
		out = append(out, selection{facet, v, rows})
	}
	slices.SortFunc(out, func(a, b selection) int {
		return cmp.Or(vi.Compare(p.facetSort(facet, a.value), p.facetSort(facet, b.value)), cmp.Compare(a.value, b.value))
	})
	return out
}

// facet returns the values of an entry; a date may touch several decades.
func (p *Plan) facet(facet string, row int32) []string {
	switch facet {
	case "form":
		if f := p.Catalog.Form(row); f != "" {
			return []string{f}
		}
		return nil
	case "fonds":
		return []string{p.Catalog.ID(p.Catalog.Fonds(row))}
	}
	var out []string
	for _, dec := range p.decadesOf(row) {
		out = append(out, strconv.Itoa(dec))
	}
	return out
}

// facetSort is what a value is sorted by: its words in the first language.
func (p *Plan) facetSort(facet, value string) string {
	c := &composer{Plan: p, lang: p.langs[0]}
	return c.facetText(facet, value)
}

func (c *composer) facetText(facet, value string) string {
	switch facet {
	case "form":
		if t, ok := c.forms[value]; ok {
			s, _ := t.In(c.lang)
			return s
		}
	case "fonds":
		if row, ok := c.Catalog.Find(value); ok {
			s, _ := c.Catalog.Title(row, c.lang)
			return s
		}
	case "decade":
		return c.t("plan.decade", value)
	}
	return value
}

func (c *composer) gallery(s selection, l listPage) *page.Gallery {
	heading := c.term("navigation", "gallery")
	title := heading
	if s.facet != "" {
		title = heading + " – " + c.facetText(s.facet, s.value)
		heading = c.facetText(s.facet, s.value)
	}
	crumbs := c.crumbs("")
	if s.facet != "" {
		crumbs = c.crumbs(page.RoomGallery)
	}
	g := &page.Gallery{
		Layout:  c.withCrumbs(c.layout("gallery", title, "", page.RoomGallery, func(lang string) string { return c.galleryPath(lang, s, l.key) }), crumbs),
		Heading: heading, Total: l.total,
		Pager: c.pager(l, func(key string) string { return c.galleryPath(c.lang, s, key) }, c.byTitle),
	}
	if l.first() {
		g.Filters = c.filters(s)
	}
	for _, row := range l.rows {
		if img, ok := c.galleryImage(row); ok {
			g.Images = append(g.Images, img)
		}
	}
	return g
}

// maxFilter is the longest line of filters beside a narrowed gallery. The
// whole gallery has them all.
const maxFilter = 40

// filters are the lines of links that narrow the gallery. The number of
// pictures behind each stands at the whole gallery only, lest one picture more
// change the page of every filter.
func (c *composer) filters(now selection) []page.Filter {
	whole := page.Link{Href: c.rel(c.galleryPath(c.lang, selection{}, "")), Words: plain(c.t("plan.all")), Current: now.facet == ""}
	out := []page.Filter{{Links: []page.Link{whole}}}
	for _, facet := range []string{"decade", "form", "fonds"} {
		f := page.Filter{Label: c.t("plan.by-" + facet)}
		for _, s := range c.theHalls() {
			if s.facet != facet {
				continue
			}
			link := page.Link{
				Href: c.rel(c.galleryPath(c.lang, s, "")), Words: c.title(c.facetText(facet, s.value), c.lang),
				Current: now.facet == facet && now.value == s.value,
			}
			if now.facet == "" {
				link.Count = len(s.rows)
			}
			f.Links = append(f.Links, link)
		}
		if now.facet != "" && len(f.Links) > maxFilter {
			f.Links = slices.DeleteFunc(f.Links, func(l page.Link) bool { return !l.Current })
		}
		if len(f.Links) == 0 {
			continue
		}
		out = append(out, f)
	}
	return out
}
