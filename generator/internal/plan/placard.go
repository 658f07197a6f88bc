package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"iter"
	"path"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/placard"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// Placards are the pictures by which the home page, exhibitions and fonds are shared. One is a
// job of its own, and its name sums up all that stands on it: so one that lies in the site under
// that name is the same, and is not drawn again. A fonds that shows no picture has none: what
// would stand on it stands beside it anyway, and an archive may have hundreds of such fonds.
// Those who share look at addresses, so there are none where the site has no address.

// KindPlacard makes a *Placard.
const KindPlacard = "placard"

// Placard is a picture that is drawn as it is written.
type Placard struct {
	content placard.Content
	draw    func(io.Writer, placard.Content) error
}

// WriteTo draws it.
func (p *Placard) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	err := p.draw(count, p.content)
	return count.n, err
}

// Placards draws them. Sets reports whether a text can be set in the typefaces that there are,
// Draw writes one as JPEG.
type Placards struct {
	Sets func(text string) bool
	Draw func(io.Writer, placard.Content) error
}

// hasPlacards reports whether the site has any. A preview of drafts has none: they could not
// bear its banner.
func (p *Plan) hasPlacards() bool { return p.Placards != nil && p.base() != "" && !p.Gate.Draft() }

// placardPath is the path of a placard for a page of an entry; of the home page the id is empty.
func (c *composer) placardPath(id string, content placard.Content) string {
	data, err := json.Marshal(content)
	if err != nil {
		c.fail(err)
	}
	sum := sha256.Sum256(append(data, placard.Version))
	return page.Placard(id, c.lang, hex.EncodeToString(sum[:10]))
}

// shared is the placard of an entry as its page names it; nil where it has none, or bears a
// letter that nobody drew.
func (c *composer) shared(id string, content placard.Content) *page.SharedImage {
	if !c.hasPlacards() || !c.settable(content) {
		return nil
	}
	alt := content.Title
	if content.House != "" && content.House != alt {
		alt += ". " + content.House
	}
	return &page.SharedImage{URL: c.base() + c.placardPath(id, content), Media: jpeg, Width: placard.Width, Height: placard.Height, Alt: alt}
}

func (c *composer) settable(p placard.Content) bool {
	return c.Placards.Sets(p.Title + p.Kind + p.Dates + p.House + p.Credit)
}

// house is the name under which placards stand: of who answers for the site, else the site's.
func (c *composer) house() string {
	if name, _ := c.plainText(c.Config.Site.Institution.Name); name != "" {
		return name
	}
	title, _ := c.plainText(c.Config.Site.Title)
	return title
}

// homePlacard shows the title of the site and the sheet with which it opens.
func (c *composer) homePlacard() placard.Content {
	title, _ := c.plainText(c.Config.Site.Title)
	out := placard.Content{Title: title, House: c.house()}
	if out.House == title {
		out.House = ""
	}
	out.Dates, _ = c.plainText(c.Config.Site.Subtitle)
	if row, ok := c.lead(); ok {
		c.addSheet(&out, row)
	}
	return out
}

// fondsPlacard shows a fonds with the first of its sheets. ok is false where there is none.
func (c *composer) fondsPlacard(row int32) (out placard.Content, ok bool) {
	rows := c.theStrip(row)
	if len(rows) == 0 {
		return out, false
	}
	title, _ := c.Catalog.Title(row, c.lang)
	out = placard.Content{Title: markup.Plain(title), Kind: upperFirst(c.level(c.Catalog.Level(row))), Dates: c.Catalog.Date(row).Words(c.lang), House: c.house()}
	c.addSheet(&out, rows[0])
	return out, true
}

// exhibitionPlacard shows an exhibition with the sheet that opens it.
func (c *composer) exhibitionPlacard(e *record.Exhibition, cover *page.Image) placard.Content {
	title, _ := c.plainText(e.Title)
	out := placard.Content{Title: title, Kind: upperFirst(c.t("cite.exhibition")), Dates: c.fromTo(e.Opening, e.Closing), House: c.house()}
	if cover != nil && len(cover.Sources) > 0 {
		best := cover.Sources[0]
		for _, s := range cover.Sources {
			if s.Width <= placardSheet {
				best = s
			}
		}
		out.Sheet, out.Credit = path.Join(path.Dir(c.path), best.Href), bare(cover.Credit)
	}
	return out
}

// placardSheet is the width in pixels from which a sheet is scaled to its place on a placard.
const placardSheet = 640

// addSheet puts the small picture of a record on a placard.
func (c *composer) addSheet(out *placard.Content, row int32) {
	th, ok := c.Catalog.Thumb(row)
	if !ok {
		return
	}
	if out.Sheet = th.Name; th.Large != "" {
		out.Sheet = th.Large
	}
	out.Credit, _ = c.perLanguage(th.Credit)
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// placardJobs are those of a language.
func (p *Plan) placardJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if !p.hasPlacards() {
			return
		}
		if !each(p.homePlacardJobs(lang), yield) {
			return
		}
		for row := range p.Catalog.cat.Top() {
			if !each(p.placardOf(lang, row), yield) {
				return
			}
		}
		for row := range p.Catalog.cat.Of(catalog.Exhibition) {
			if !each(p.placardOf(lang, row), yield) {
				return
			}
		}
	}
}

// sharer is the composer of what is shared of a page at a path.
func (p *Plan) sharer(lang, at string) *composer {
	c := (&composer{Plan: p, lang: lang}).unasked()
	c.path = at
	return c
}

func (p *Plan) homePlacardJobs(lang string) iter.Seq[Job] {
	c := p.sharer(lang, p.urls.Home(lang))
	return c.placardJob("", func() (placard.Content, bool) { return c.homePlacard(), true })
}

// placardOf is the placard of a fonds or an exhibition.
func (p *Plan) placardOf(lang string, row int32) iter.Seq[Job] {
	c := p.sharer(lang, p.pathIn(lang, row))
	return c.placardJob(p.Catalog.ID(row), func() (placard.Content, bool) {
		if p.Catalog.cat.Kind(row) == catalog.Unit {
			return c.fondsPlacard(row)
		}
		e := c.readExhibition(row)
		if e == nil {
			return placard.Content{}, false
		}
		return c.exhibitionPlacard(e, c.cover(e)), true
	})
}

func (c *composer) placardJob(id string, of func() (placard.Content, bool)) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		content, ok := of()
		if !ok || c.err != nil || !c.settable(content) { // an error is met again when the page is made
			return
		}
		yield(c.job(KindPlacard, c.lang, c.placardPath(id, content), func() any { return content }, func(*composer) any { return &Placard{content, c.Placards.Draw} }))
	}
}

// placardCandidates are the jobs of the placard with a file name.
func (p *Plan) placardCandidates(name string) []iter.Seq[Job] {
	id, lang, ok := page.PlacardOf(name)
	if !ok || !p.hasPlacards() {
		return nil
	}
	if id == "" {
		return []iter.Seq[Job]{p.homePlacardJobs(lang)}
	}
	row, ok := p.Catalog.cat.Find(id)
	if !ok || !p.isFonds(row) && p.Catalog.cat.Kind(row) != catalog.Exhibition {
		return nil
	}
	return []iter.Seq[Job]{p.placardOf(lang, row)}
}
