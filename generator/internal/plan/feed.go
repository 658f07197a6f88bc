package plan

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strconv"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
)

// maxSitemap is the most addresses that one sitemap may hold (sitemaps.org).
const maxSitemap = 50_000

// inFeed is how many new records the feed names.
const inFeed = 30

// Extra is a file of the site that is no page.
type Extra struct {
	Path  string
	Write func(w io.Writer) error
}

// Extras are robots.txt and, where the site has an address, the sitemap and
// the feed: these need absolute addresses.
func (p *Plan) Extras() []Extra { return p.extras(maxSitemap) }

// extras cuts the sitemap after so many addresses.
func (p *Plan) extras(perSitemap int) []Extra {
	out := []Extra{{"robots.txt", p.robots}}
	if p.base() == "" {
		return out
	}
	out = append(out, Extra{"feed.xml", p.feed})
	n := pagesOf(p.countPages(), perSitemap)
	if n == 1 {
		return append(out, Extra{"sitemap.xml", func(w io.Writer) error { return p.sitemap(w, 1, perSitemap) }})
	}
	for i := 1; i <= n; i++ {
		out = append(out, Extra{sitemapName(i), func(w io.Writer) error { return p.sitemap(w, i, perSitemap) }})
	}
	return append(out, Extra{"sitemap.xml", func(w io.Writer) error { return p.sitemapIndex(w, n) }})
}

func sitemapName(n int) string { return "sitemap." + strconv.Itoa(n) + ".xml" }

// listed reports whether a page stands in the sitemap: not the page for lost
// readers, and no tombstone.
func (p *Plan) listed() func(yield func(path string) bool) {
	gone := map[string]bool{"404.html": true}
	for _, lang := range p.langs {
		for t := range p.Catalog.Tombstones() {
			gone[p.urls.Record(lang, p.Catalog.ID(t.Fonds), t.ID, 1)] = true
		}
	}
	return func(yield func(path string) bool) {
		for job := range p.Jobs() {
			if !gone[job.Path] && !yield(job.Path) {
				return
			}
		}
	}
}

func (p *Plan) countPages() int {
	n := 0
	p.listed()(func(string) bool { n++; return true })
	return n
}

func (p *Plan) robots(w io.Writer) error {
	text := "User-agent: *\nAllow: /\n"
	if base := p.base(); base != "" {
		text += "Sitemap: " + base + "sitemap.xml\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// sitemap writes part n of the sitemap, counted from 1.
func (p *Plan) sitemap(w io.Writer, n, per int) error {
	if _, err := io.WriteString(w, xml.Header+`<urlset xmlns="`+sitemapSpace+`">`+"\n"); err != nil {
		return err
	}
	i, err := 0, error(nil)
	p.listed()(func(path string) bool {
		if i/per == n-1 {
			_, err = io.WriteString(w, "<url><loc>"+escape(p.base()+trimIndex(path))+"</loc></url>\n")
		}
		i++
		return err == nil && i < n*per
	})
	if err == nil {
		_, err = io.WriteString(w, "</urlset>\n")
	}
	return err
}

func (p *Plan) sitemapIndex(w io.Writer, n int) error {
	text := xml.Header + `<sitemapindex xmlns="` + sitemapSpace + `">` + "\n"
	for i := 1; i <= n; i++ {
		text += "<sitemap><loc>" + escape(p.base()+sitemapName(i)) + "</loc></sitemap>\n"
	}
	_, err := io.WriteString(w, text+"</sitemapindex>\n")
	return err
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer never fails
	return b.String()
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
	c := &composer{Plan: p, lang: p.langs[0], path: "feed.xml"}
	title, _ := c.plainText(p.Config.Site.Title)
	by, _ := c.plainText(p.Config.Site.Institution.Name)
	if by == "" {
		by = title
	}
	f := atomFeed{Lang: c.lang, Title: title, ID: p.base(), Author: atomAuthor{by},
		Links: []atomLink{{"self", p.base() + "feed.xml"}, {"alternate", p.base() + trimIndex(p.urls.Home(c.lang))}}}
	f.Entries = append(c.exhibitionEntries(), c.recordEntries()...)
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
