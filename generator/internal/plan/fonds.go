package plan

import (
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// wholeSite is the key of the strip of the whole site.
const wholeSite int32 = -1

// maxTree is the most branches that a page shows as a tree; beyond that only
// the first level is shown, with counts.
const maxTree = 300

// FileOf is the source file of a unit.
func FileOf(loc record.Loc) content.File {
	parts := strings.Split(loc.File, "/")
	f := content.File{Path: loc.File, Kind: content.KindRecords}
	if len(parts) > 1 {
		f.Owner = parts[1]
	}
	if path.Base(loc.File) == "fonds.yaml" && len(parts) == 3 {
		f.Kind = content.KindFonds
	}
	return f
}

func mediaPath(fonds, file string) string { return content.MediaPath(fonds, file) }

var metreText = regexp.MustCompile(`(?i)([0-9]+(?:[.,][0-9]+)?)\s*(?:mét|met|m\b)`)

// metres finds a number of shelf metres in one of the texts.
func metres(texts ...string) float64 {
	for _, t := range texts {
		if m := metreText.FindStringSubmatch(t); m != nil {
			v, _ := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
			return v
		}
	}
	return 0
}

func (p *Plan) fondsJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !each(p.fondsIndexJobs(lang), yield) {
			return
		}
		for row := range p.Catalog.Top() {
			if !each(p.oneFondsJobs(lang, row), yield) {
				return
			}
		}
	}
}

func (p *Plan) fondsIndexJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for l := range p.allFonds() {
			if !yield(p.job("fonds-index", lang, p.urls.Index(lang, page.RoomFonds, l.key), p.given(l), func(c *composer) any { return c.fondsIndex(l) })) {
				return
			}
		}
	}
}

// oneFondsJobs are the pages of one fonds.
func (p *Plan) oneFondsJobs(lang string, row int32) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		branches, items := p.beneath(row)
		offered, register := p.hasFinding(row), p.hasRegister(row)
		for l := range p.listPages(listID{"beneath", int(row)}, perPage, items, nil) {
			if !yield(p.job("fonds", lang, p.unitPath(lang, row, l.key), p.given(l, p.ids(branches), offered, register), func(c *composer) any { return c.fonds(row, branches, l) })) {
				return
			}
		}
	}
}

// allFonds yields the pages of the index of fonds.
func (p *Plan) allFonds() iter.Seq[listPage] {
	return p.listPages(listID{"fonds", 0}, perPage, slices.Collect(p.Catalog.Top()), nil)
}

func (c *composer) fondsIndex(l listPage) *page.FondsIndex {
	title := c.term("navigation", "fonds")
	at := func(lang string) string { return c.urls.Index(lang, page.RoomFonds, l.key) }
	return &page.FondsIndex{
		Layout: c.withCrumbs(c.layout("fonds-index", title, "", page.RoomFonds, at), c.crumbs("")),
		Fonds:  c.shelf(l.rows),
		Browse: c.toBrowse(),
		Pager:  c.pager(l, func(key string) string { return c.urls.Index(c.lang, page.RoomFonds, key) }, c.byTitle),
	}
}

func (c *composer) withCrumbs(l page.Layout, crumbs []page.Link) page.Layout {
	l.Breadcrumb = crumbs
	return l
}

// beneath splits the units directly beneath one: branches, which hold
// others, and items, which are listed page by page.
func (p *Plan) beneath(row int32) (branches, items []int32) {
	p.Catalog.ask(row, askBranches)
	cat := p.Catalog.cat
	for child := range cat.Children(row) {
		switch cat.Level(child) {
		case "item", "part":
			items = append(items, child)
		default:
			branches = append(branches, child)
		}
	}
	if len(branches) > maxTree { // too many for a tree: a paged list
		items = append(branches, items...)
		branches = nil
	}
	return branches, items
}

// fonds shows branches as a tree, and l of the items beneath. What describes
// the fonds stands on the first page only.
func (c *composer) fonds(row int32, branches []int32, l listPage) *page.Fonds {
	u := c.unit(row)
	if u == nil {
		return nil
	}
	title, _ := c.plainText(u.Title)
	f := &page.Fonds{
		Layout: c.withCrumbs(c.layout("fonds", title, c.describe(u.Scope), page.RoomFonds,
			func(lang string) string { return c.unitPath(lang, row, l.key) }), c.crumbs(page.RoomFonds)),
		Level: c.level(u.Level.V), Title: c.inline(u.Title, u.File), Reference: c.reference(u), Date: c.dates(u),
		Badges: c.badges(u), Children: c.forZotero(c.slips(l.rows), l.rows), Pager: c.contentsPager(row, l),
	}
	if l.first() {
		c.describeFonds(f, u, row, branches)
	}
	return f
}

func (c *composer) describeFonds(f *page.Fonds, u *record.Unit, row int32, branches []int32) {
	f.Lead = c.block(u.Scope, u.File, "scope")
	doc, lang := c.body(u.Bodies)
	f.Body, f.BodyLang, f.Contents = c.prose(doc), lang, contents(doc.Headings)
	rights := c.rights(u, row)
	f.Essentials, f.Areas = c.card(u, row, shown{f.Date, rights})
	c.about = c.linkedUnit(u, row, f.Date, rights)
	if p, ok := c.fondsPlacard(row); ok {
		c.sharedBy = c.shared(u.ID.V, p)
	}
	f.Creators = c.creators(u)
	f.Tree, f.Register = c.tree(branches, c.depth(row)), c.registerLink(row)
	f.Strip = c.strip(row, 12)
	f.Special = c.slips(c.Catalog.Special(row))
	f.Counts = c.counts(row)
	state, item := c.stateShown(u, row), c.citeItem(u, row)
	f.Citations, f.State = c.citations(item, state), c.state(state)
	f.References, f.Meta, f.Selection = c.referenceLinks(row), c.meta(u, item, state), c.fondsReferenceLinks(row)
	f.Exhibitions, f.Repository, f.Finding = c.shownIn(row), c.repositoryOf(row), c.findingLink(row)
	f.Tables = c.tableLinks(row)
	if len(c.theStrip(row)) > 0 {
		f.Gallery = &page.Link{Href: c.rel(c.urls.GalleryOf(c.lang, "fonds", u.ID.V, "")), Words: plain(c.term("navigation", "gallery"))}
	}
}

// contentsPager leads through what hangs under a unit.
func (c *composer) contentsPager(row int32, l listPage) page.Pager {
	return c.pager(l, func(key string) string { return c.unitPath(c.lang, row, key) }, c.byReference(row))
}

// depth is how many levels of the tree are shown: all of a small fonds, the
// first of a large one.
func (p *Plan) depth(row int32) int {
	branches := 0
	for level, n := range p.Catalog.Counts(row) {
		if level != "item" && level != "part" {
			branches += n
		}
	}
	if branches > maxTree {
		return 1
	}
	return 8
}

func (c *composer) tree(rows []int32, depth int) []page.Branch {
	if depth == 0 {
		return nil
	}
	var out []page.Branch
	for _, row := range rows {
		b := page.Branch{Slip: c.slip(row)}
		b.Date.Ruler = c.ruler(c.Catalog.Date(row))
		b.Thumb = nil
		under, _ := c.beneath(row)
		b.Branches = c.tree(under, depth-1)
		out = append(out, b)
	}
	return out
}

// creators are the bodies and people a fonds comes from, with their history.
func (c *composer) creators(u *record.Unit) []page.Creator {
	var out []page.Creator
	for _, cr := range u.Creators {
		v, ok := c.ref(cr.Agent, u.File)
		if !ok {
			continue
		}
		x := page.Creator{Link: page.Link{Href: v.Href, Words: v.Words}}
		if row, found := c.Catalog.Find(cr.Agent.ID); found {
			if a := c.agent(row); a != nil {
				x.Dates, x.History = c.date(a.Exist.Date).Words, c.block(a.History, a.File, "history-"+a.ID.V)
			}
		}
		out = append(out, x)
	}
	if len(out) > 0 && out[0].History.IsZero() {
		out[0].History = c.block(u.CreatorHistory, u.File, "history")
	}
	return out
}

// counts are the published units of each level beneath one.
func (c *composer) counts(row int32) []page.Figure {
	n := c.Catalog.Counts(row)
	var out []page.Figure
	for _, t := range record.Vocabulary("level") {
		if n[t.Key] > 0 {
			out = append(out, page.Figure{Label: plain(t.In(c.lang)), Value: plain(strconv.Itoa(n[t.Key]))})
		}
	}
	return out
}

// strip is a row of pictures of a fonds or of the whole site, spread over
// its length.
func (c *composer) strip(row int32, most int) []page.Image {
	rows := c.theStrip(row)
	step := max(1, len(rows)/most)
	var out []page.Image
	for i := 0; i < len(rows) && len(out) < most; i += step {
		if img, ok := c.galleryImage(rows[i]); ok {
			out = append(out, img)
		}
	}
	return out
}

// gatherStrips lists the entries with a picture, by fonds and for the whole
// site, in the order of dates.
func (p *Plan) gatherStrips() map[int32][]int32 {
	out := map[int32][]int32{}
	for row := range p.Catalog.Of(catalog.Unit) {
		if p.Thumbs.Has(row) {
			fonds := p.Catalog.Fonds(row)
			out[fonds] = append(out[fonds], row)
			out[wholeSite] = append(out[wholeSite], row)
		}
	}
	for _, rows := range out {
		p.byDate(rows)
	}
	return out
}

func (c *composer) shownIn(row int32) []page.Link {
	var out []page.Link
	for _, l := range c.Catalog.Exhibitions(row) {
		link := c.to(l.Entry)
		if !slices.ContainsFunc(out, func(x page.Link) bool { return x.Href == link.Href }) {
			out = append(out, link)
		}
	}
	return out
}
