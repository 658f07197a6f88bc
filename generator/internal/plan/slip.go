package plan

import (
	"fmt"
	"math"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/iiif"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// slip is an entry of a list.
func (c *composer) slip(row int32) page.Slip {
	cat := c.Catalog
	text, actual := cat.Title(row, c.lang)
	s := page.Slip{
		Href: c.rel(c.pathOf(row)), Title: c.title(text, actual), Date: c.date(cat.Date(row)),
		Special: cat.Has(row, catalog.Special), Thumb: c.thumb(row),
	}
	if cat.Kind(row) == catalog.Unit {
		s.Level = c.level(cat.Level(row))
		s.Form = c.form(cat.Form(row))
		s.Reference = cat.Reference(row, c.references[c.lang])
		s.Count = cat.Beneath(row)
	}
	return s
}

func (c *composer) slips(rows []int32) []page.Slip {
	out := make([]page.Slip, 0, len(rows))
	for _, row := range rows {
		out = append(out, c.slip(row))
	}
	return out
}

// thumb is the small picture of an entry, nil where there is none.
func (c *composer) thumb(row int32) *page.Image {
	th, ok := c.Catalog.Thumb(row)
	if !ok {
		return nil
	}
	alt, lang := c.perLanguage(th.Alt)
	img := &page.Image{
		Href: c.rel(c.pathOf(row)), Src: c.rel(th.Name), Width: th.Width, Height: th.Height,
		Alt: alt, AltLang: c.foreign(lang), Mark: c.mark(c.Catalog.Has(row, catalog.Placeholder)),
	}
	if th.Large != "" {
		img.Sources = []page.Source{{Href: img.Src, Width: th.Width}, {Href: c.rel(th.Large), Width: 2 * th.Width}}
	}
	return img
}

// perLanguage picks the value of a list in the order of the site's languages.
func (c *composer) perLanguage(values []string) (text, actual string) {
	for i, l := range c.langs {
		if l == c.lang && i < len(values) && values[i] != "" {
			return values[i], l
		}
	}
	if len(values) == 0 {
		return "", c.langs[0]
	}
	return values[0], c.langs[0]
}

// foreign is a language where it is not that of the page, else empty.
func (c *composer) foreign(lang string) string {
	if lang == c.lang {
		return ""
	}
	return lang
}

// mark stands in the caption of an illustration that is no original.
func (c *composer) mark(placeholder bool) string {
	if placeholder {
		return c.t("plan.placeholder")
	}
	return ""
}

// galleryImage is a thumbnail with its caption, for galleries.
func (c *composer) galleryImage(row int32) (page.Image, bool) {
	img := c.thumb(row)
	if img == nil {
		return page.Image{}, false
	}
	text, actual := c.Catalog.Title(row, c.lang)
	img.Title, img.Date = c.title(text, actual), c.date(c.Catalog.Date(row))
	img.Caption = img.Title
	if th, ok := c.Catalog.Thumb(row); ok {
		credit, lang := c.perLanguage(th.Credit)
		img.Credit = c.in(markup.Text(credit), lang)
	}
	return *img, true
}

// image is a digital object in all its sizes, nil when it could not be made.
func (c *composer) image(u *record.Unit, row int32, o record.Object) *page.Image {
	pages := c.pagesOf(row, o)
	if len(pages) == 0 {
		return nil
	}
	return c.drawn(u, row, o, pages[0])
}

// pagesOf are the derivatives of an object, page by page; none where it is no
// picture, or has no page to show.
func (c *composer) pagesOf(row int32, o record.Object) [][]derive.Derived {
	if !o.HasPictures() {
		return nil
	}
	c.Catalog.ask(row, askImages)
	return derive.Pages(c.Images(mediaPath(c.Catalog.ID(c.Catalog.Fonds(row)), o.File.V), c.Catalog.Verdict(row).MaxPx))
}

// drawn is a page of an object, which is shown by what was made of it.
func (c *composer) drawn(u *record.Unit, row int32, o record.Object, made []derive.Derived) *page.Image {
	files := derive.Pictures(made)
	whole, shown := files[len(files)-1], shownOf(files)
	largest := shown[len(shown)-1]
	alt, lang := c.plainText(o.Alt)
	if alt == "" {
		alt, lang = c.defaultAlt(u, o)
	}
	img := &page.Image{
		Width: largest.Width, Height: largest.Height, Alt: alt, AltLang: c.foreign(lang),
		Caption: c.inline(o.Caption, u.File), Credit: c.inline(o.Credit, u.File), Mark: c.mark(o.Placeholder.V),
	}
	if img.Credit.IsZero() {
		img.Credit = c.inline(c.Catalog.Inherited(row).Rights.Credit, u.File)
	}
	for _, p := range shown {
		img.Sources = append(img.Sources, page.Source{Href: c.rel(p.Name), Width: p.Width})
	}
	img.FullWidth, img.FullHeight = whole.Width, whole.Height
	img.Src, img.Full, img.Tiles = c.rel(middle(shown).Name), c.rel(whole.Name), c.tiles(made)
	for _, f := range files {
		img.Sizes = append(img.Sizes, page.Size{Href: c.rel(f.Name), Width: f.Width, Height: f.Height})
	}
	return img
}

// shownOf are those that a page loads by itself: a scan of many megapixels is
// there for those who ask for it.
func shownOf(files []derive.Picture) []derive.Picture {
	n := len(files)
	for n > 1 && files[n-1].Width > page.WidestSource {
		n--
	}
	return files[:n]
}

// tiles are those of an image, nil where it has none.
func (c *composer) tiles(made []derive.Derived) *page.Tiles {
	for _, d := range made {
		if d.Tile > 0 {
			scales := iiif.Scales(iiif.Size{Width: d.Width, Height: d.Height}, d.Tile)
			return &page.Tiles{Href: c.rel(d.Name), Width: d.Width, Height: d.Height, Size: d.Tile, Scales: strings.Trim(fmt.Sprint(scales), "[]")}
		}
	}
	return nil
}

// middle is the size that suits a browser that reads no srcset.
func middle(files []derive.Picture) derive.Picture {
	best := files[0]
	for _, p := range files {
		if p.Width <= 640 {
			best = p
		}
	}
	return best
}

// defaultAlt names the sheet and the record where nobody described the image.
func (c *composer) defaultAlt(u *record.Unit, o record.Object) (text, lang string) {
	label, _ := c.plainText(o.Label)
	title, lang := c.plainText(u.Title)
	return join(label, title), lang
}

// axis is the span of years that every ruler of the site shows.
type axis struct{ from, to int }

// ruler draws the span of a date on the axis of the site.
func (c *composer) ruler(d edtf.Date) *page.Ruler {
	if d.IsZero() || c.theAxis().to <= c.theAxis().from {
		return nil
	}
	return c.theAxis().ruler(d, d.Words(c.lang))
}

func (a axis) ruler(d edtf.Date, label string) *page.Ruler {
	lo, hi := d.Bounds()
	first, last := edtf.DayOf(a.from, 1, 1), edtf.DayOf(a.to+1, 1, 1)
	at := func(day edtf.Day) int {
		day = min(max(day, first), last)
		return int(math.Round(1000 * float64(day-first) / float64(last-first)))
	}
	r := &page.Ruler{FromYear: a.from, ToYear: a.to, X: at(lo), Label: label, Ticks: a.ticks(1000)}
	r.W = max(at(hi)-r.X, 4)
	r.X = min(r.X, 1000-r.W)
	r.OpenLo, r.OpenHi = d.OpenLo() || d.UnknownLo(), d.OpenHi() || d.UnknownHi()
	r.SoftLo, r.SoftHi = d.Approximate(), d.Approximate()
	return r
}

// ticks are the decades of the axis, in units of its width; the first of each
// half century is long.
func (a axis) ticks(width int) []page.Tick {
	var out []page.Tick
	step := 10
	for (a.to-a.from)/step > 40 {
		step *= 10
	}
	for y := (a.from + step - 1) / step * step; y <= a.to; y += step {
		x := width * (y - a.from) / (a.to + 1 - a.from)
		out = append(out, page.Tick{X: x, Long: y%50 == 0})
	}
	return out
}
