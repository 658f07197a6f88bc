package plan

import (
	"cmp"
	"encoding/xml"
	"io"
	"slices"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
)

// inFeed is how many new records the feed names.
const inFeed = 30

// Extra is a file of the site that is no page.
type Extra struct {
	Path  string
	Write func(w io.Writer) error
}

// Extras are robots.txt and, where the site has an address, the sitemap of
// the pages in a listing and the feed: these need absolute addresses.
func (p *Plan) Extras(l *Listing) []Extra { return p.extras(l, maxSitemap) }

// extras takes the most addresses that a sitemap may hold.
func (p *Plan) extras(l *Listing, perSitemap int) []Extra {
	out := []Extra{{"robots.txt", p.robots}}
	if p.base() == "" {
		return out
	}
	return append(append(out, Extra{feedPath, p.feed}), p.sitemaps(l, perSitemap)...)
}

func (p *Plan) robots(w io.Writer) error {
	text := "User-agent: *\nAllow: /\n"
	if base := p.base(); base != "" {
		text += "Sitemap: " + base + sitemapPath + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

// Atom (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

// feed names the exhibitions and the newest records, by the day on which they
// might first be shown. The clock of the build does not enter it.
func (p *Plan) feed(w io.Writer) error {
	c := &composer{Plan: p, lang: p.langs[0], path: feedPath}
	title, _ := c.plainText(p.Config.Site.Title)
	by, _ := c.plainText(p.Config.Site.Institution.Name)
	if by == "" {
		by = title
	}
	f := atomFeed{Lang: c.lang, Title: title, ID: p.base(), Author: atomAuthor{by},
		Links: []atomLink{{"self", p.base() + feedPath}, {"alternate", p.base() + trimIndex(p.urls.Home(c.lang))}}}
	f.Entries = append(c.exhibitionEntries(), c.recordEntries()...)
	if c.err != nil {
		return c.err
	}
	f.Updated = "1970-01-01T00:00:00Z"
	for _, e := range f.Entries {
		f.Updated = max(f.Updated, e.Updated)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(f); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (c *composer) entry(row int32, day edtf.Day) atomEntry {
	title, _ := c.Catalog.Title(row, c.lang)
	href := c.base() + trimIndex(c.pathOf(row))
	return atomEntry{Title: plainTitle(title), ID: href, Updated: day.String() + "T00:00:00Z", Link: atomLink{"alternate", href}}
}

func (c *composer) exhibitionEntries() []atomEntry {
	var out []atomEntry
	for row := range c.Catalog.Of(catalog.Exhibition) {
		e := c.readExhibition(row)
		if e == nil {
			continue
		}
		day, _ := e.Decision.Date.Bounds()
		if !e.Opening.IsZero() {
			day, _ = e.Opening.Bounds()
		}
		x := c.entry(row, day)
		x.Summary, _ = c.plainText(e.Lead)
		out = append(out, x)
	}
	return out
}

func (c *composer) recordEntries() []atomEntry {
	type dated struct {
		row int32
		day edtf.Day
	}
	var newest []dated
	for row := range c.Catalog.Of(catalog.Unit) {
		newest = append(newest, dated{row, c.Gate.Since(c.Catalog.Facts(row))})
		if len(newest) > 4*inFeed { // keep the best only
			slices.SortStableFunc(newest, func(a, b dated) int { return cmp.Compare(b.day, a.day) })
			newest = newest[:inFeed]
		}
	}
	slices.SortStableFunc(newest, func(a, b dated) int { return cmp.Compare(b.day, a.day) })
	var out []atomEntry
	for _, n := range newest[:min(inFeed, len(newest))] {
		out = append(out, c.entry(n.row, n.day))
	}
	return out
}
