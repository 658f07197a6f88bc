package plan

import (
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// citations are ready references to a unit, in the styles of the profile.
func (c *composer) citations(u *record.Unit, row int32) []page.Citation {
	if c.Cite == nil {
		return nil
	}
	item := c.citeItem(u, row)
	var out []page.Citation
	for _, s := range c.Cite.Names() {
		text := c.Cite.Cite(s.Key, c.lang, item)
		if text == "" {
			continue
		}
		out = append(out, page.Citation{Style: s.Key, Label: s.Label.In(c.lang), HTML: plain(text).HTML})
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
		Collection: c.Catalog.Level(fonds) == "collection",
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
	if base := c.base(); base != "" {
		item.URL = base + trimIndex(c.path)
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
	out := record.Text{}
	for _, l := range c.langs {
		out.Langs = append(out.Langs, record.LangText{Lang: l, V: u.Dates.Created.Words(l)})
	}
	return out
}

// citeName is the name by which a repository is cited: the last of its dated
// names, else its own.
func citeName(r *record.Repository) record.Text {
	if n := len(r.CiteNames); n > 0 {
		return plainIn(r.CiteNames[n-1].Text)
	}
	return plainIn(r.Name)
}
