package plan

import (
	"iter"
	"slices"

	"vitrine/generator/iiif"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/page"
)

// perCollection is how many entries a part of a long collection is meant to hold.
const perCollection = 200

// theSite is the collection of the whole site.
const theSite int32 = -1

// firstPart names the first part of a long collection: a word that no id may be.
const firstPart = "index"

// shelfOf is the unit in whose collection an entry stands: the nearest above it that
// others may gather, theSite where there is none.
func (p *Plan) shelfOf(row int32) int32 {
	cat := p.Catalog.cat
	for row = cat.Parent(row); row >= 0 && !p.mayHarvest(row); {
		row = cat.Parent(row)
	}
	return max(row, theSite)
}

// idOf is the id of a unit, empty for the site.
func (p *Plan) idOf(row int32) string {
	if row < 0 {
		return ""
	}
	return p.Catalog.ID(row)
}

// holding marks the units that have a manifest beneath them, by row: a bit for each.
type holding []uint64

func (h holding) has(row int32) bool { return h[row/64]&(1<<(row%64)) != 0 }

// holds are the units that have a manifest beneath them.
func (p *Plan) holds() holding {
	p.holdOnce.Do(func() {
		cat := p.Catalog.cat
		p.held = make(holding, cat.Rows()/64+1)
		for row := range cat.Of(catalog.Unit) {
			if !p.hasManifest(row) {
				continue
			}
			for up := cat.Parent(row); up >= 0 && !p.held.has(up); up = cat.Parent(up) {
				p.held[up/64] |= 1 << (up % 64)
			}
		}
	})
	return p.held
}

// shelved are the entries of the collection of a unit or of the site, in the order of
// the tree: units that have a manifest, a collection, or both. Those under a unit that
// nobody may gather stand in its place.
func (p *Plan) shelved(row int32) (out []int32) {
	cat := p.Catalog.cat
	children := cat.Top()
	if row >= 0 {
		children = cat.Children(row)
	}
	for child := range children {
		switch holds := p.holds().has(child); {
		case p.hasManifest(child), holds && p.mayHarvest(child):
			out = append(out, child)
		case holds:
			out = append(out, p.shelved(child)...)
		}
	}
	return out
}

// allCollectionJobs are the collections of the site and of all units that hold manifests.
func (p *Plan) allCollectionJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.harvest() || !each(p.collectionJobs(theSite), yield) {
			return
		}
		for row := range p.Catalog.Of(catalog.Unit) {
			if p.hasCollection(row) && !each(p.collectionJobs(row), yield) {
				return
			}
		}
	}
}

func (p *Plan) hasCollection(row int32) bool { return p.mayHarvest(row) && p.holds().has(row) }

// collectionJobs are one collection and its parts, where it is long. The collection of
// the site is there as soon as it has an entry.
func (p *Plan) collectionJobs(row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		rows := p.shelved(row)
		if len(rows) == 0 {
			return
		}
		parts := slices.Collect(p.listPages(listID{"shelved", int(row)}, perCollection, rows, nil))
		up := theSite
		if row >= 0 {
			up = p.shelfOf(row)
		}
		if len(parts) == 1 {
			yield(p.collectionJob(row, "", func() any { return []any{p.ids(rows), p.idOf(up), p.holdings(rows)} }, func(c *composer) *iiif.Collection { return c.collection(row, up, c.entriesOf(rows)) }))
			return
		}
		firsts := make([]int32, len(parts))
		for i, l := range parts {
			firsts[i] = l.rows[0]
		}
		if !yield(p.collectionJob(row, "", func() any { return []any{p.ids(firsts), p.idOf(up)} }, func(c *composer) *iiif.Collection { return c.collection(row, up, c.partsOf(row, firsts)) })) {
			return
		}
		for i, l := range parts {
			if !yield(p.collectionJob(row, partKey(p, i, l.rows), func() any { return []any{p.ids(l.rows), p.holdings(l.rows)} }, func(c *composer) *iiif.Collection { return c.partOf(row, partKey(p, i, l.rows), l.rows) })) {
				return
			}
		}
	}
}

// partKey names a part of a long collection by its first entry.
func partKey(p *Plan, i int, rows []int32) string {
	if i == 0 {
		return firstPart
	}
	return p.Catalog.cat.ID(rows[0])
}

// holdings say of entries whether they have a manifest, a collection or both: as given
// to the pages that list them.
func (p *Plan) holdings(rows []int32) []byte {
	out := make([]byte, len(rows))
	for i, row := range rows {
		if p.hasManifest(row) {
			out[i] |= 1
		}
		if p.hasCollection(row) {
			out[i] |= 2
		}
	}
	return out
}

func (p *Plan) collectionJob(row int32, key string, given func() any, compose func(c *composer) *iiif.Collection) Job {
	return p.job(KindCollection, p.langs[0], page.Collection(p.idOf(row), key), given, func(c *composer) any { return compose(c) })
}

// collection describes a unit, or the site, with entries.
func (c *composer) collection(row, up int32, items []iiif.Reference) *iiif.Collection {
	out := &iiif.Collection{ID: c.base() + page.Collection(c.idOf(row), ""), Provider: c.provider(), Items: items}
	if row < 0 {
		out.Label, out.Summary = c.texts(c.Config.Site.Title), c.texts(c.Config.Site.Subtitle)
		out.Homepage = c.pagesFor(c.urls.Home, out.Label)
		return out
	}
	u := c.unit(row)
	if u == nil {
		return nil
	}
	out.Label, out.Summary, out.Metadata = c.texts(u.Title), c.texts(u.Scope), c.labelledFields(u, row)
	out.RequiredStatement, out.Homepage, out.PartOf = c.statement(u, row), c.homepage(row), []iiif.Reference{c.collectionReference(up)}
	out.SeeAlso = c.seeAlso(row)
	return out
}

// partOf is a part of a long collection.
func (c *composer) partOf(row int32, key string, rows []int32) *iiif.Collection {
	return &iiif.Collection{ID: c.base() + page.Collection(c.idOf(row), key), Label: c.partLabel(row, rows[0]), Provider: c.provider(),
		PartOf: []iiif.Reference{c.collectionReference(row)}, Items: c.entriesOf(rows)}
}

// partsOf are the parts of a long collection, by their first entries.
func (c *composer) partsOf(row int32, firsts []int32) (out []iiif.Reference) {
	for i, first := range firsts {
		key := partKey(c.Plan, i, firsts[i:])
		out = append(out, iiif.Reference{ID: c.base() + page.Collection(c.idOf(row), key), Type: "Collection", Label: c.partLabel(row, first)})
	}
	return out
}

// partLabel names a part of a collection by its first entry.
func (c *composer) partLabel(row, first int32) (out iiif.Text) {
	for _, lang := range c.langs {
		title, _ := c.Catalog.Title(first, lang)
		out = out.Add(lang, c.as(lang).t("plan.from", plainTitle(title)))
	}
	return out
}

// collectionReference names the collection of a unit or of the site.
func (c *composer) collectionReference(row int32) iiif.Reference {
	label := c.texts(c.Config.Site.Title)
	if row >= 0 {
		label = c.titles(row)
	}
	return iiif.Reference{ID: c.base() + page.Collection(c.idOf(row), ""), Type: "Collection", Label: label}
}

// entriesOf name the manifests and collections of units.
func (c *composer) entriesOf(rows []int32) (out []iiif.Reference) {
	for _, row := range rows {
		if c.hasManifest(row) {
			out = append(out, iiif.Reference{ID: c.base() + page.Manifest(c.Catalog.ID(row)), Type: "Manifest", Label: c.titles(row),
				Thumbnail: c.thumbnail(row), NavDate: navDate(c.Catalog.Date(row))})
		}
		if c.hasCollection(row) {
			out = append(out, c.collectionReference(row))
		}
	}
	return out
}
