package plan

import (
	"iter"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

func (p *Plan) homeJobs(lang string) iter.Seq[Job] {
	return p.one("home", lang, p.urls.Home(lang), func(c *composer) any { return c.home() })
}

func (c *composer) home() *page.Home {
	s := c.Config.Site
	title, _ := c.plainText(s.Title)
	h := &page.Home{
		Layout:   c.layout("home", title, c.describe(s.Subtitle), "", func(lang string) string { return c.urls.Home(lang) }),
		Subtitle: c.inline(s.Subtitle, s.File),
		Intro:    c.block(s.Home.Intro, s.File, "intro"),
		Figures:  c.holdings(),
		Density:  c.density(),
	}
	if row, ok := c.lead(); ok {
		h.Lead = c.leadImage(row)
		slip := c.slip(row)
		h.LeadSlip = &slip
	}
	for l := range c.allFonds() {
		h.Shelf = c.shelf(l.rows)
		if l.next != nil {
			h.AllFonds = &page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomFonds, "")), Words: plain(c.term("navigation", "fonds")), Count: l.total}
		}
		break
	}
	h.Exhibitions = c.onShow()
	h.Timeline = page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomTimeline, "")), Words: plain(c.term("navigation", "timeline"))}
	h.Gallery = page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomGallery, "")), Words: plain(c.term("navigation", "gallery"))}
	if c.theYears().empty() {
		h.Timeline = page.Link{}
	}
	if len(c.theStrip(wholeSite)) == 0 {
		h.Gallery = page.Link{}
	}
	h.Strip = c.strip(wholeSite, 10)
	c.sharedBy = c.shared("", c.homePlacard())
	return h
}

// lead is the record that opens the home page: the one site.yaml names, else
// the first with a picture.
func (c *composer) lead() (int32, bool) {
	if id := c.Config.Site.Home.Lead.V; id != "" {
		row, ok := c.Catalog.Find(id)
		return row, ok && c.Catalog.Kind(row) == catalog.Unit
	}
	if rows := c.theStrip(wholeSite); len(rows) > 0 {
		return rows[0], true
	}
	return 0, false
}

// leadImage is the first sheet of a record, with its place in the record.
func (c *composer) leadImage(row int32) *page.Image {
	u := c.unit(row)
	if u == nil {
		return nil
	}
	return c.sheetImage(u, row, 0)
}

// sheetImage is a sheet of a record by its number, the first where seq is 0.
// It leads to the page of the record, and to that sheet where one was named.
func (c *composer) sheetImage(u *record.Unit, row int32, seq int) *page.Image {
	for i, o := range u.Objects {
		if !o.HasPictures() || seq != 0 && o.Number(i) != seq {
			continue
		}
		img := c.image(u, row, o)
		if img == nil {
			return nil
		}
		l := c.to(row)
		img.Href, img.Title, img.Date = l.Href, l.Words, c.date(u.Dates.Created.Date)
		if seq != 0 {
			img.Href += "#" + sheetAnchor(seq)
		}
		return img
	}
	return nil
}

// holdings are the declared figures with their date and source.
func (c *composer) holdings() []page.Figure {
	var out []page.Figure
	file := c.Config.Site.File
	for _, h := range c.Config.Site.Holdings {
		out = append(out, page.Figure{
			Label: c.inline(h.Label, file), Value: c.inline(h.Value, file),
			Date: c.date(h.Date.Date).Words, Source: c.inline(h.Source, file),
		})
	}
	return out
}

// shelf is fonds as spines whose width follows their shelf metres.
func (c *composer) shelf(rows []int32) []page.Spine {
	var out []page.Spine
	var metres []float64
	widest := 0.0
	for _, row := range rows {
		s, m := c.spine(row)
		out, metres = append(out, s), append(metres, m)
		widest = max(widest, m)
	}
	for i := range out {
		out[i].Width = 12
		if widest > 0 {
			out[i].Width = max(12, int(100*metres[i]/widest))
		}
	}
	return out
}

func (c *composer) spine(row int32) (page.Spine, float64) {
	s := page.Spine{Slip: c.slip(row), Items: c.Catalog.Counts(row)["item"]}
	s.Date.Ruler = c.ruler(c.Catalog.Date(row))
	u := c.unit(row)
	if u == nil {
		return s, 0
	}
	s.Metres = c.extent(u.Extent)
	s.Summary = plain(c.describe(u.Scope))
	if _, actual := u.Scope.In(c.lang); actual != "" {
		s.Summary.Lang = c.foreign(actual)
	}
	return s, metresOf(u.Extent)
}

func (c *composer) extent(e record.Extent) string {
	if text, _ := c.plainText(e.Text); text != "" {
		return text
	}
	unit, _ := c.plainText(e.Unit)
	return strings.TrimSpace(e.Quantity.V + " " + unit)
}

// metresOf reads shelf metres from an extent, 0 where it gives none.
func metresOf(e record.Extent) float64 {
	text, _ := e.Text.In("vi")
	unit, _ := e.Unit.In("vi")
	return metres(e.Quantity.V+" "+unit, text)
}

// onShow are the exhibitions of the home page: those site.yaml names, else all.
func (c *composer) onShow() []page.ExhibitionStrip {
	var out []page.ExhibitionStrip
	if named := c.Config.Site.Home.Exhibitions; len(named) > 0 {
		for _, id := range named {
			if row, ok := c.Catalog.Find(id.V); ok && c.Catalog.Kind(row) == catalog.Exhibition {
				out = append(out, c.exhibitionStrip(row))
			}
		}
		return out
	}
	for row := range c.Catalog.Of(catalog.Exhibition) {
		out = append(out, c.exhibitionStrip(row))
	}
	return out
}

// unit reads a unit again and returns what may be shown of it. A record that
// changed since it was judged stops the build: its verdict may no longer hold.
func (c *composer) unit(row int32) *record.Unit {
	u := c.whole(row)
	if u == nil {
		return nil
	}
	return c.Catalog.Verdict(row).View(u)
}

// whole is unit before the gate has seen it: nothing of it may be shown.
func (c *composer) whole(row int32) *record.Unit {
	loc := c.Catalog.Loc(row)
	u, err := c.Tree.Unit(FileOf(loc), loc)
	if err == nil && u.Sum != c.Catalog.Sum(row) {
		err = ErrChanged
	}
	if err != nil {
		c.fail(&MovedError{loc.File, err})
		return nil
	}
	return u
}

// decadeOf is the decade of a date that is known to the decade or century only.
func decadeOf(d edtf.Date) (int, bool) {
	if p := d.Precision(); d.IsInterval() || d.IsSet() || p != edtf.PrecisionDecade && p != edtf.PrecisionCentury {
		return 0, false
	}
	from, _ := d.Years()
	return floorDecade(from), true
}
