package plan

import (
	"bytes"
	"iter"
	"slices"
	"strconv"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// heading is a letter or decade of an index with the entries under it.
type heading struct {
	id, title string
	rows      []int32
}

// letter leads from the first page of an index to where a heading begins.
type letter struct{ id, title, key string }

// indexJobs are the pages of the list of all authorities of a kind.
func (p *Plan) indexJobs(lang string, k catalog.Kind, room page.Room) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if p.Catalog.Len(k) == 0 {
			return
		}
		c := &composer{Plan: p, lang: lang}
		var all []letter
		for l := range p.indexPages(lang, k) {
			all = append(all, c.letters(k, l, all)...)
		}
		for l := range p.indexPages(lang, k) {
			var letters []letter
			if l.first() {
				letters = all
			}
			if !yield(p.job("authority-index", lang, p.urls.Index(lang, room, l.key), p.given(l, letters), func(c *composer) any { return c.authorityIndex(k, room, l, letters) })) {
				return
			}
		}
	}
}

// indexPages cuts an index by itself in each language in which its order is
// its own.
func (p *Plan) indexPages(lang string, k catalog.Kind) iter.Seq[listPage] {
	id := listID{"index", int(k)}
	if p.ordersByTitle(lang, k) {
		id.of += "-" + lang
	}
	return p.listPages(id, perYear, p.indexRows(lang, k), nil)
}

// ordersByTitle reports whether an index is in the order of the titles of a
// language that is not the first one, in which the catalog is.
func (p *Plan) ordersByTitle(lang string, k catalog.Kind) bool {
	return k != catalog.Event && lang != p.langs[0]
}

// indexOrder names an index in the order of a language.
type indexOrder struct {
	lang string
	kind catalog.Kind
}

// indexRows are all authorities of a kind: events by date, others by title.
func (p *Plan) indexRows(lang string, k catalog.Kind) []int32 {
	order := indexOrder{lang, k}
	if rows, ok := p.orders.Load(order); ok {
		return rows.([]int32)
	}
	rows := slices.Collect(p.Catalog.Of(k))
	switch {
	case k == catalog.Event:
		p.byDate(rows)
	case p.ordersByTitle(lang, k):
		lo, _ := p.Catalog.Range(k)
		keys := make([][]byte, len(rows))
		for i, row := range rows {
			keys[i] = vi.SortKey(p.indexTitle(lang, row))
		}
		slices.SortStableFunc(rows, func(a, b int32) int { return bytes.Compare(keys[a-lo], keys[b-lo]) })
	}
	p.orders.Store(order, rows)
	return rows
}

func (p *Plan) indexTitle(lang string, row int32) string {
	title, _ := p.Catalog.Title(row, lang)
	return plainTitle(title)
}

func (c *composer) authorityIndex(k catalog.Kind, room page.Room, l listPage, letters []letter) *page.AuthorityIndex {
	title := c.term("navigation", string(room))
	a := &page.AuthorityIndex{
		Heading: title,
		Pager:   c.pager(l, func(key string) string { return c.urls.Index(c.lang, room, key) }, c.byTitle),
	}
	a.Layout = c.withCrumbs(c.layout("authority-index", title, "", room, func(lang string) string {
		if lang != c.lang && k != catalog.Event {
			return c.urls.Index(lang, room, "") // the page of this key may not exist there
		}
		return c.urls.Index(lang, room, l.key)
	}), c.crumbs(""))
	if !l.first() && k != catalog.Event {
		a.Layout = apart(a.Layout)
	}
	for _, h := range c.headings(k, l.rows) {
		a.Groups = append(a.Groups, page.Group{ID: h.id, Title: h.title, Slips: c.indexSlips(k, h.rows)})
	}
	for _, x := range letters {
		a.Letters = append(a.Letters, page.Link{Href: c.rel(c.urls.Index(c.lang, room, x.key) + "#" + x.id), Words: plain(x.title)})
	}
	return a
}

func (c *composer) indexSlips(k catalog.Kind, rows []int32) []page.Slip {
	out := c.slips(rows)
	for i := range out {
		if k != catalog.Event {
			links, _ := c.linked(rows[i])
			out[i].Count = len(links)
		}
	}
	return out
}

// headings puts neighbours of one letter, or events of one decade, together.
func (c *composer) headings(k catalog.Kind, rows []int32) []heading {
	var out []heading
	for i, row := range rows {
		id, title := c.headingOf(k, row)
		if n := len(out); n == 0 || out[n-1].title != title {
			out = append(out, heading{id: id + suffix(out, title), title: title, rows: rows[i:i]})
		}
		h := &out[len(out)-1]
		h.rows = h.rows[:len(h.rows)+1]
	}
	return out
}

func (c *composer) headingOf(k catalog.Kind, row int32) (id, title string) {
	if k != catalog.Event {
		title = vi.Initial(c.indexTitle(c.lang, row))
		return letterID(title), title
	}
	d := c.Catalog.Date(row)
	if !dated(d) {
		return "thap-nien-khong-ro", c.t("plan.undated")
	}
	from, _ := d.Years()
	dec := strconv.Itoa(floorDecade(from))
	return "thap-nien-" + dec, c.t("plan.decade", dec)
}

// letters are the headings that begin on a page of an index, given those
// before it.
func (c *composer) letters(k catalog.Kind, l listPage, before []letter) []letter {
	var out []letter
	for i, h := range c.headings(k, l.rows) {
		goesOn := i == 0 && len(before) > 0 && before[len(before)-1].title == h.title
		if !goesOn {
			out = append(out, letter{h.id, h.title, l.key})
		}
	}
	return out
}

// suffix keeps the ids of two headings of the same title apart.
func suffix(before []heading, title string) string {
	n := 0
	for _, h := range before {
		if h.title == title {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return "-" + strconv.Itoa(n+1)
}

// letterID keeps Đ and D, Ă and A apart in an address.
func letterID(letter string) string {
	if letter == "#" {
		return "chu-so"
	}
	id := "chu-" + vi.Slug(letter)
	switch letter {
	case "Ă", "Đ", "Ê", "Ơ":
		return id + "2"
	case "Â", "Ô":
		return id + "3"
	case "Ư":
		return id + "2"
	}
	return id
}
