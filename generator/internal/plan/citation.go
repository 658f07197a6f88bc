package plan

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// citations are ready references to what an item tells, in a state, in the styles of the profile.
func (c *composer) citations(item *cite.Item, s stateShown) []page.Citation {
	if c.Cite == nil {
		return nil
	}
	item.Print = s.print.String()
	if s.edition.Number > 0 {
		item.Edition = strconv.Itoa(s.edition.Number)
	}
	return c.cited(item)
}

// cited words a reference in the styles of the profile.
func (c *composer) cited(item *cite.Item) []page.Citation {
	var out []page.Citation
	for _, s := range c.Cite.Names() {
		runs := c.Cite.Runs(s.Key, c.lang, item)
		if len(runs) == 0 {
			continue
		}
		made := page.Citation{Style: s.Key, Label: s.Label.In(c.lang)}
		if s.Lang != c.lang {
			made.Lang = s.Lang
		}
		for _, r := range runs {
			made.Runs = append(made.Runs, citeRun(r))
		}
		out = append(out, made)
	}
	return out
}

var runKinds = map[cite.RunKind]string{cite.RunItalic: "i", cite.RunURL: "url", cite.RunFolios: "folios", cite.RunAccessed: "accessed"}

func citeRun(r cite.Run) page.CiteRun {
	out := page.CiteRun{Kind: runKinds[r.Kind]}
	if r.Kind == cite.RunAccessed {
		out.Words = r.Text
	} else {
		out.HTML = plain(r.Text).HTML
	}
	return out
}

// citeExhibition are ready references to an exhibition: by those who made it, at the
// address of the institution that answers for the site.
func (c *composer) citeExhibition(e *record.Exhibition) []page.Citation {
	if c.Cite == nil {
		return nil
	}
	item := &cite.Item{
		Form: "exhibition", Title: plainIn(e.Title), FormWords: c.worded("cite.exhibition"), Created: e.Opening.Date, Website: plainIn(c.Config.Site.Title),
		Repository: plainIn(c.Config.Site.Institution.Name), URL: c.address(),
	}
	if !e.Opening.IsZero() {
		item.Date = dateWords(e.Opening.Date, c.langs)
	}
	for _, makers := range [][]record.Text{e.Curators, e.TextBy, e.Organisers} {
		for _, m := range makers {
			item.Creators = append(item.Creators, cite.Creator{Name: plainIn(m)})
		}
		if len(makers) > 0 {
			break
		}
	}
	title, _ := item.Title.In("")
	return slices.DeleteFunc(c.cited(item), func(made page.Citation) bool { // a shelf mark alone tells nothing of it
		return !slices.ContainsFunc(made.Runs, func(r page.CiteRun) bool { return strings.Contains(string(r.HTML), string(plain(title).HTML)) })
	})
}

// address is the absolute address of the page, empty where the site has none.
func (c *composer) address() string {
	base := c.base()
	if base == "" {
		return ""
	}
	return base + trimIndex(c.path)
}

// worded is a text of the interface in the languages of styles.
func (c *composer) worded(key string) (out record.Text) {
	for _, lang := range styleLangs(c.langs) {
		out.Langs = append(out.Langs, record.LangText{Lang: lang, V: c.Text(lang, key)})
	}
	return out
}

// styleLangs are the languages of the site, and those in which styles are written whatever
// these are.
func styleLangs(langs []string) []string {
	out := slices.Clone(langs)
	for _, lang := range []string{"vi", "en"} {
		if !slices.Contains(out, lang) {
			out = append(out, lang)
		}
	}
	return out
}

func dateWords(d edtf.Date, langs []string) (out record.Text) {
	for _, lang := range styleLangs(langs) {
		out.Langs = append(out.Langs, record.LangText{Lang: lang, V: d.Words(lang)})
	}
	return out
}

// citeItem gathers what a citation may say, as plain text in every language.
func (c *composer) citeItem(u *record.Unit, row int32) *cite.Item {
	r := u.Reference
	fonds := c.Catalog.Fonds(row)
	item := &cite.Item{
		Title: plainIn(u.Title), Supplied: u.TitleKind.V == "supplied", Form: u.Form.V, FormWords: c.forms[u.Form.V], Number: u.Doc.Number.V,
		Date: c.dateText(u), FondsNo: r.FondsNo.V, Inventory: r.InventoryNo.V, Unit: r.UnitNo.V, Folios: r.Folios.V,
		Collection: c.Catalog.Level(fonds) == "collection", Created: u.Dates.Created.Date, Website: plainIn(c.Config.Site.Title), URL: c.address(),
	}
	if row != fonds {
		item.Fonds = c.catalogTitle(fonds)
	}
	for _, cr := range u.Creators {
		if who, ok := c.citeCreator(cr); ok {
			item.Creators = append(item.Creators, who)
		}
	}
	if rep := c.repository(row); rep != nil {
		item.Repository = citeName(rep)
		if at, ok := c.Catalog.Find(rep.Place.ID); ok {
			item.Place = c.catalogTitle(at)
		}
	}
	if held := u.Originals.HeldBy; held.ID != "" {
		if at, ok := c.Catalog.Find(held.ID); ok {
			item.Original = c.catalogTitle(at)
		}
	} else {
		item.Original = plainIn(held.Name)
	}
	return item
}

func (c *composer) citeCreator(cr record.Creator) (cite.Creator, bool) {
	out := cite.Creator{Name: plainIn(cr.Agent.Name), As: cr.As.V}
	if cr.Agent.ID != "" {
		at, ok := c.Catalog.Find(cr.Agent.ID)
		if !ok {
			return out, false
		}
		out.Name = c.catalogTitle(at)
		if a := c.agent(at); a != nil {
			out.Body = a.Type.V == "corporate"
		}
	}
	return out, !out.Name.IsZero()
}

// catalogTitle is the title of an entry in every language, plain.
func (p *Plan) catalogTitle(row int32) record.Text {
	var t record.Text
	for _, l := range p.langs {
		if s, actual := p.Catalog.Title(row, l); actual == l {
			t.Langs = append(t.Langs, record.LangText{Lang: l, V: markup.Plain(s)})
		}
	}
	return t
}

func plainIn(t record.Text) record.Text {
	out := record.Text{}
	for _, l := range t.Langs {
		out.Langs = append(out.Langs, record.LangText{Lang: l.Lang, V: markup.Plain(l.V)})
	}
	return out
}

func (c *composer) dateText(u *record.Unit) record.Text {
	if u.Dates.Created.IsZero() {
		return plainIn(u.Dates.Display)
	}
	return dateWords(u.Dates.Created.Date, c.langs)
}

// citeName is the name by which a repository is cited: the last of its dated
// names, else its own.
func citeName(r *record.Repository) record.Text {
	if n := len(r.CiteNames); n > 0 {
		return plainIn(r.CiteNames[n-1].Text)
	}
	return plainIn(r.Name)
}
