package plan

import (
	"strings"

	"vitrine/generator/internal/markup"
	"vitrine/generator/page"
)

// pager links a page of a list to the others. at is the path of a page by its
// key, name words the entry that a page begins with. The link to the start of
// the list names no entry: a new first record would change every page.
func (c *composer) pager(l listPage, at func(key string) string, name func(row int32) page.Link) page.Pager {
	link := func(t turn) page.Link {
		to := name(t.row)
		to.Href = c.rel(at(t.key))
		return to
	}
	var out page.Pager
	if l.prev != nil {
		prev := link(*l.prev)
		out.Prev = &prev
		if l.prev.key != "" {
			out.First = &page.Link{Href: c.rel(at(""))}
		}
	}
	if l.next != nil {
		next := link(*l.next)
		out.Next = &next
	}
	for _, t := range l.jumps {
		out.Jumps = append(out.Jumps, link(t))
	}
	return out
}

// inPager is how many characters of a title a pager shows.
const inPager = 60

// byTitle names an entry by its title, shortened.
func (c *composer) byTitle(row int32) page.Link {
	text, actual := c.Catalog.Title(row, c.lang)
	return page.Link{Words: c.in(markup.Text(markup.Excerpt(plainTitle(text), inPager)), actual)}
}

// byDay names an entry by its date, with the title beside it: one day may
// fill several pages.
func (c *composer) byDay(row int32) page.Link {
	title := c.byTitle(row)
	if d := c.Catalog.Date(row); !d.IsZero() {
		return page.Link{Words: plain(d.Short(c.lang)), Note: title.Words}
	}
	return title
}

// byReference names the entries beneath a unit by what their references add to
// its own, and those without one by their titles.
func (c *composer) byReference(parent int32) func(row int32) page.Link {
	words := c.references[c.lang]
	above := c.Catalog.Reference(parent, words)
	return func(row int32) page.Link {
		ref := c.Catalog.Reference(row, words)
		if rest, ok := strings.CutPrefix(ref, above+", "); ok && above != "" {
			ref = rest
		}
		if ref == "" || ref == above {
			return c.byTitle(row)
		}
		return page.Link{Words: plain(ref)}
	}
}
