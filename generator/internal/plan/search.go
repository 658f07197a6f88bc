package plan

import (
	"iter"
	"slices"
	"strings"

	"vitrine/generator/page"
)

// searchJobs is the page of a language on which the site is searched.
func (p *Plan) searchJobs(lang string) iter.Seq[Job] {
	if !p.HasSearch() {
		return func(func(Job) bool) {}
	}
	return p.one("search", lang, p.urls.Index(lang, page.RoomSearch, ""), func(c *composer) any { return c.search() })
}

// facets are by what hits can be narrowed, in the order in which they are offered.
var facets = []string{"fonds", "form", "decade", "creator", "place", "subject", "level", "access", "images"}

func (c *composer) search() *page.Search {
	title := c.term("navigation", string(page.RoomSearch))
	at := func(lang string) string { return c.urls.Index(lang, page.RoomSearch, "") }
	s := &page.Search{
		Layout:  c.withCrumbs(c.layout("search", title, "", page.RoomSearch, at), c.crumbs("")),
		Heading: title, Index: c.rel(page.FolderSearch + "/"), Records: c.rel(c.folder(c.lang, page.RoomFonds)), Rooms: c.authorityRooms(),
	}
	if !slices.ContainsFunc(s.Nav, func(l page.Link) bool { return l.Href == c.frame().browse }) {
		s.Browse = c.toBrowse()
	}
	for _, f := range facets {
		s.Facets = append(s.Facets, page.Facet{Name: f, Label: c.t("plan.facet-" + f)})
	}
	return s
}

// folder is that of the pages of a room.
func (p *Plan) folder(lang string, room page.Room) string {
	return strings.TrimSuffix(p.urls.Index(lang, room, ""), "index.html")
}

// authorityRooms say where the pages of authorities lie, as the script of the page reads it:
// "nhan-vat-to-chuc=../agents/ …", by the names that the index gives their folders.
func (c *composer) authorityRooms() string {
	var out []string
	for _, k := range authorityKinds {
		out = append(out, strings.TrimSuffix(c.folder(c.langs[0], k.room), "/")+"="+c.rel(c.folder(c.lang, k.room)))
	}
	return strings.Join(out, " ")
}
