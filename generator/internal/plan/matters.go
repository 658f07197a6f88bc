package plan

import (
	"fmt"
	"slices"

	"vitrine/generator/internal/catalog"
)

// What pages show of the site as a whole, they take by the functions of this
// file, which note that it was asked for.

// unasked is a composer for the same page that notes nothing: for what many
// pages share and only the first one makes.
func (c *composer) unasked() *composer {
	plan := *c.Plan
	plan.Catalog = &view{cat: c.Catalog.cat, thumbs: c.Catalog.thumbs}
	return &composer{Plan: &plan, lang: c.lang, path: c.path}
}

func (p *Plan) theAxis() axis {
	p.Catalog.askSite(siteAxis)
	return p.axis
}

func (p *Plan) theYears() *years {
	p.Catalog.askSite(siteYears)
	return p.years
}

func (p *Plan) theHalls() []selection {
	p.Catalog.askSite(siteHalls)
	return p.halls
}

func (p *Plan) thePages() []pageRef {
	p.Catalog.askSite(sitePages)
	return p.pages
}

// theStrip is the pictures that stand for a fonds, or for the whole site.
func (p *Plan) theStrip(row int32) []int32 {
	if row == wholeSite {
		p.Catalog.askSite(siteStrip)
	} else {
		p.Catalog.ask(row, askStrip)
	}
	return p.strips[row]
}

// matter sums up what the pages of a language show of the site as a whole.
func (p *Plan) matter(m matter, lang string) [16]byte {
	type key struct {
		m    matter
		lang string
	}
	return p.once(key{m, lang}, func() any {
		switch m {
		case siteFrame:
			return p.frameFacts(lang)
		case siteAxis:
			return fmt.Sprint(p.axis)
		case siteYears:
			return p.yearFacts()
		case siteHalls:
			return p.hallFacts()
		case siteStrip:
			return p.ids(p.strips[wholeSite])
		case siteKinds:
			return p.kindIDs()
		case siteTop:
			return p.ids(slices.Collect(p.Catalog.cat.Top()))
		case sitePages:
			var names []string
			for _, ref := range p.pages {
				names = append(names, ref.file.Path)
			}
			return names
		}
		panic(fmt.Sprintf("no answer to matter %b", m))
	})
}

// frameFacts is what the pages of a language share.
func (p *Plan) frameFacts(lang string) any {
	c := (&composer{Plan: p, lang: lang}).unasked()
	f := c.makeFrame("")
	var rooms []string
	for _, item := range f.nav {
		rooms = append(rooms, string(item.room))
	}
	return struct{ Nav, Footer, Assets, Notice, Home, Search, Browse, Title any }{rooms, f.footer, f.assets, f.notice, f.home, f.search, f.browse, f.title}
}

// yearFacts are the figures of the timeline, and its entries where they are
// few enough to be drawn.
func (p *Plan) yearFacts() any {
	y := p.years
	counts := map[int]int{}
	for year, rows := range y.byYear {
		counts[year] = len(rows)
	}
	decades := map[int][]string{}
	for dec, rows := range y.byDecade {
		decades[dec] = p.ids(rows[:min(len(rows), whole(perPage))])
	}
	distinct := map[int]map[int32]bool{}
	for year, rows := range y.byYear {
		dec := floorDecade(year)
		if distinct[dec] == nil {
			distinct[dec] = map[int32]bool{}
		}
		for _, row := range rows {
			distinct[dec][row] = true
		}
	}
	entries := map[int]int{}
	for dec, rows := range distinct {
		entries[dec] = len(rows) + len(y.byDecade[dec])
	}
	var dated []string
	if len(y.dated) <= maxDrawn {
		dated = p.ids(y.dated)
	}
	return struct{ Counts, Decades, Entries, Dated, Undated any }{counts, decades, entries, dated, len(y.undated)}
}

func (p *Plan) hallFacts() any {
	var out []string
	for _, s := range p.halls {
		out = append(out, fmt.Sprintf("%s\x00%s\x00%d", s.facet, s.value, len(s.rows)))
	}
	return out
}

// kindIDs are the entries of every kind but units, and whether there are units.
func (p *Plan) kindIDs() any {
	cat := p.Catalog.cat
	out := [][]string{{fmt.Sprint(cat.Len(catalog.Unit) > 0)}}
	for _, k := range []catalog.Kind{catalog.Repository, catalog.Agent, catalog.Place, catalog.Event, catalog.Subject, catalog.Exhibition} {
		out = append(out, p.ids(slices.Collect(cat.Of(k))))
	}
	return out
}
