package plan

import (
	"cmp"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// browseJobs are the pages on which the site is looked through by facets, without a script.
func (p *Plan) browseJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for row := range p.Catalog.Top() {
			if !each(p.registerJobs(lang, row), yield) {
				return
			}
		}
		if !p.browsable() {
			return
		}
		if !each(p.browseIndexJobs(lang), yield) || !each(p.creatorIndexJobs(lang), yield) {
			return
		}
		for _, cab := range p.cabinets {
			if !each(p.cabinetJobs(lang, cab), yield) {
				return
			}
		}
		for row := range p.Catalog.Of(catalog.Agent) {
			if cab, ok := p.creatorOf(row); ok && !each(p.cabinetJobs(lang, cab), yield) {
				return
			}
		}
	}
}

// cabinetJobs are the pages of what shares one value.
func (p *Plan) cabinetJobs(lang string, cab cabinet) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for _, d := range cab.drawers {
			if p.listsDrawer(cab, d) && !each(p.drawerJobs(lang, cab, d), yield) {
				return
			}
		}
	}
}

func (p *Plan) drawerJobs(lang string, cab cabinet, d drawer) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for l := range p.listPages(listID{cab.facet + ":" + cab.value, d.key}, perPage, d.rows, nil) {
			var others []string // figures apart, lest one record more change the page of every decade
			if l.first() {
				others = p.ways(cab)
			}
			if !yield(p.job("browse", lang, p.urls.BrowseOf(lang, cab.facet, cab.value, d.name(), l.key), p.given(l, cab.facet, cab.value, d.key, others),
				func(c *composer) any { return c.browse(cab, d, l) })) {
				return
			}
		}
	}
}

// ways are the decades of a cabinet and what each leads to.
func (p *Plan) ways(cab cabinet) (out []string) {
	for _, d := range cab.drawers {
		to := "list"
		switch {
		case len(d.rows) == 1:
			to = p.PathOf(d.rows[0])
		case !p.listsDrawer(cab, d):
			to = "value"
		}
		out = append(out, d.name(), to)
	}
	return out
}

func (c *composer) browse(cab cabinet, d drawer, l listPage) *page.Browse {
	heading, title := c.valueOf(cab)
	part := c.decadeWords(d.key)
	at := func(lang, key string) string { return c.urls.BrowseOf(lang, cab.facet, cab.value, d.name(), key) }
	b := &page.Browse{
		Heading: heading.Words, Part: part, Total: l.total, Slips: c.forZotero(c.slips(l.rows), l.rows),
		Pager: c.pager(l, func(key string) string { return at(c.lang, key) }, c.byDay),
	}
	crumbs := c.crumbs(page.RoomBrowse)
	if cab.row >= 0 {
		crumbs = append(crumbs, page.Link{Href: c.rel(c.urls.BrowseBy(c.lang, cab.facet, "")), Words: plain(c.t("plan.by-" + cab.facet))}, heading)
	}
	b.Layout = c.withCrumbs(c.layout("browse", title+", "+part, "", page.RoomBrowse, func(lang string) string { return at(lang, l.key) }), crumbs)
	if l.first() {
		b.Filter = page.Filter{Label: c.t("plan.by-decade"), Links: c.decadeLinks(cab, d.key)}
	}
	return b
}

// valueOf is a value in words, with the page of an authority, and plain.
func (c *composer) valueOf(cab cabinet) (heading page.Link, title string) {
	if cab.row >= 0 {
		heading = c.to(cab.row)
		text, _ := c.Catalog.Title(cab.row, c.lang)
		return heading, plainTitle(text)
	}
	return page.Link{Words: c.form(cab.value)}, c.facetText(cab.facet, cab.value)
}

// decadeWords are "1940–1949".
func (c *composer) decadeWords(decade int) string {
	if decade == undatedDecade {
		return c.t("plan.undated")
	}
	return fmt.Sprintf("%d–%d", decade, decade+9)
}

// decadeLinks lead to the records of each decade. On the page of one of them, now, they
// bear no figures; outside it is [noDecade].
func (c *composer) decadeLinks(cab cabinet, now int) []page.Link {
	out := make([]page.Link, 0, len(cab.drawers))
	quiet := c.unasked() // the page is given what it leads to
	for _, d := range cab.drawers {
		l := page.Link{Words: plain(c.decadeWords(d.key)), Current: d.key == now}
		switch {
		case len(d.rows) == 1:
			l.Href = c.rel(quiet.pathOf(d.rows[0]))
		case c.listsDrawer(cab, d):
			l.Href = c.rel(c.urls.BrowseOf(c.lang, cab.facet, cab.value, d.name(), ""))
		default:
			l.Href = c.rel(c.pathOf(cab.row))
		}
		if now == noDecade {
			l.Count = len(d.rows)
		}
		out = append(out, l)
	}
	return out
}

const noDecade = undatedDecade - 1

// browseIndexJobs is the page that leads to all others.
func (p *Plan) browseIndexJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.browsable() {
			return
		}
		given := func() any {
			facts := make([][]string, len(p.cabinets))
			for i, cab := range p.cabinets {
				facts[i] = p.cabinetFacts(cab)
			}
			return []any{facts, len(p.creatorRows(p.langs[0])), len(p.months) > 0}
		}
		yield(p.job("browse-index", lang, p.urls.Index(lang, page.RoomBrowse, ""), given, func(c *composer) any { return c.browseIndex() }))
	}
}

func (c *composer) browseIndex() *page.BrowseIndex {
	title := c.term("navigation", string(page.RoomBrowse))
	b := &page.BrowseIndex{Heading: title, Ways: c.browseWays(), Name: c.t("plan.by-form")}
	b.Layout = c.withCrumbs(c.layout("browse-index", title, "", page.RoomBrowse, func(lang string) string { return c.urls.Index(lang, page.RoomBrowse, "") }), c.crumbs(""))
	cabinets := slices.Clone(c.cabinets)
	slices.SortFunc(cabinets, func(x, y cabinet) int {
		return cmp.Or(vi.Compare(c.facetText("form", x.value), c.facetText("form", y.value)), cmp.Compare(x.value, y.value))
	})
	for _, cab := range cabinets {
		b.Rows = append(b.Rows, c.browseRow(cab))
	}
	return b
}

func (c *composer) browseRow(cab cabinet) page.BrowseRow {
	value, _ := c.valueOf(cab)
	value.Count = cab.total
	return page.BrowseRow{Value: value, Decades: c.decadeLinks(cab, noDecade)}
}

// browseWays lead to the other lists of the site by which it can be looked through.
func (c *composer) browseWays() (out []page.Link) {
	if n := len(c.creatorRows(c.langs[0])); n > 0 {
		out = append(out, page.Link{Href: c.rel(c.urls.BrowseBy(c.lang, "creator", "")), Words: plain(c.t("plan.by-creator")), Count: n})
	}
	for _, room := range []page.Room{page.RoomPlaces, page.RoomSubjects, page.RoomEvents} {
		if n := c.Catalog.Len(roomKinds[room]); n > 0 {
			out = append(out, page.Link{Href: c.rel(c.urls.Index(c.lang, room, "")), Words: plain(c.t("plan.by-" + string(room))), Count: n})
		}
	}
	out = append(out, page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomFonds, "")), Words: plain(c.t("plan.by-fonds"))})
	if c.theAxis() != (axis{}) {
		out = append(out, page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomTimeline, "")), Words: plain(c.t("plan.by-year"))})
	}
	if len(c.months) > 0 {
		out = append(out, page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomOnThisDay, "")), Words: plain(c.term("navigation", string(page.RoomOnThisDay)))})
	}
	return out
}

// creatorIndexJobs are the pages of the list of all creators.
func (p *Plan) creatorIndexJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		rows := p.creatorRows(lang)
		if len(rows) == 0 {
			return
		}
		for l := range p.listPages(listID{"creators-" + lang, 0}, perPage, rows, nil) {
			given := p.given(l)
			all := func() any {
				var facts [][]string
				for _, row := range l.rows {
					cab, _ := p.creatorOf(row)
					facts = append(facts, p.cabinetFacts(cab))
				}
				return []any{given(), facts}
			}
			if !yield(p.job("browse-index", lang, p.urls.BrowseBy(lang, "creator", l.key), all, func(c *composer) any { return c.creatorIndex(l) })) {
				return
			}
		}
	}
}

func (c *composer) creatorIndex(l listPage) *page.BrowseIndex {
	title := c.t("plan.by-creator")
	b := &page.BrowseIndex{Heading: title, Pager: c.pager(l, func(key string) string { return c.urls.BrowseBy(c.lang, "creator", key) }, c.byTitle)}
	b.Layout = c.withCrumbs(c.layout("browse-index", title, "", page.RoomBrowse, func(lang string) string {
		if lang != c.lang {
			return c.urls.BrowseBy(lang, "creator", "") // in another order there
		}
		return c.urls.BrowseBy(lang, "creator", l.key)
	}), c.crumbs(page.RoomBrowse))
	if !l.first() {
		b.Layout = apart(b.Layout)
	}
	for _, row := range l.rows {
		if cab, ok := c.creatorOf(row); ok {
			b.Rows = append(b.Rows, c.browseRow(cab))
		}
	}
	return b
}

// browseCandidates are the jobs that may have a path in this room, given in its parts.
func (p *Plan) browseCandidates(lang string, parts []string) []iter.Seq[Job] {
	facet := func(name string) bool {
		return path.Dir(p.urls.BrowseBy(lang, name, "")) == p.urls.Prefix(lang)+parts[0]+"/"+parts[1]
	}
	switch {
	case len(parts) == 2:
		return []iter.Seq[Job]{p.browseIndexJobs(lang)}
	case len(parts) == 3 && facet("creator"):
		return []iter.Seq[Job]{p.creatorIndexJobs(lang)}
	case len(parts) == 3 && facet("fonds"):
		name, _, _ := strings.Cut(parts[2], ".")
		if row, ok := p.Catalog.Find(name); ok && p.Catalog.Kind(row) == catalog.Unit && p.Catalog.Fonds(row) == row {
			return []iter.Seq[Job]{p.registerJobs(lang, row)}
		}
	case len(parts) == 4 && facet("creator"):
		if row, ok := p.Catalog.Find(parts[2]); ok && p.Catalog.Kind(row) == catalog.Agent {
			if cab, ok := p.creatorOf(row); ok {
				return []iter.Seq[Job]{p.cabinetJobs(lang, cab)}
			}
		}
	case len(parts) == 4 && facet("form"):
		for _, cab := range p.cabinets {
			if cab.value == parts[2] {
				return []iter.Seq[Job]{p.cabinetJobs(lang, cab)}
			}
		}
	}
	return nil
}
