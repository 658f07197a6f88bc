package plan

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"vitrine/generator/internal/catalog"
)

// maxSitemap is the most addresses that one sitemap may hold (sitemaps.org).
const maxSitemap = 50_000

// buckets is how many parts the addresses are dealt out to at first, by hash.
// A sitemap is a whole number of them, so that one page more changes one.
const (
	bucketBits = 10
	buckets    = 1 << bucketBits
)

// WholeListing lists every page of the site, in memory.
func (p *Plan) WholeListing() *Listing {
	l := p.Listing("")
	for job := range p.Jobs() {
		if job.IsPage() {
			l.Add(job.Path)
		}
	}
	return l
}

// sitemaps are the sitemap, or its parts and the index of them.
func (p *Plan) sitemaps(l *Listing, most int) []Extra {
	parts := sitemapParts(l.dealt, most)
	if len(parts) == 1 {
		return []Extra{{sitemapPath, func(w io.Writer) error { return p.sitemap(w, l, parts[0]) }}}
	}
	var out []Extra
	for i, part := range parts {
		if count(part) > 0 {
			out = append(out, Extra{"sitemap." + strconv.Itoa(i+1) + ".xml", func(w io.Writer) error { return p.sitemap(w, l, part) }})
		}
	}
	named := out
	return append(out, Extra{sitemapPath, func(w io.Writer) error { return p.sitemapIndex(w, named) }})
}

// sitemapParts joins buckets into the smallest power of two of parts that are
// half full on average, and none of them too long.
func sitemapParts(dealt []bucket, most int) [][]bucket {
	for n := 1; ; n *= 2 {
		size := len(dealt) / n
		var parts [][]bucket
		fits := count(dealt) <= most || count(dealt) <= n*(most/2)
		for at := 0; at < len(dealt); at += size {
			parts = append(parts, dealt[at:at+size])
			fits = fits && count(dealt[at:at+size]) <= most
		}
		if fits || size == 1 {
			return parts
		}
	}
}

func count(part []bucket) (n int) {
	for i := range part {
		n += part[i].n
	}
	return n
}

const (
	sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	imageSpace   = "http://www.google.com/schemas/sitemap-image/1.1"
)

// sitemap writes the addresses of a part.
func (p *Plan) sitemap(w io.Writer, l *Listing, part []bucket) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<urlset xmlns="` + sitemapSpace + `" xmlns:image="` + imageSpace + `">` + "\n")
	for i := range part {
		for path, err := range l.paths(&part[i]) {
			if err != nil {
				return err
			}
			out.WriteString("<url><loc>" + escape(p.base()+trimIndex(path)) + "</loc>")
			if picture := p.pictureAt(path); picture != "" {
				out.WriteString("<image:image><image:loc>" + escape(p.base()+picture) + "</image:loc></image:image>")
			}
			out.WriteString("</url>\n")
		}
	}
	out.WriteString("</urlset>\n")
	return out.Flush() // says whether any write failed
}

// pictureAt is the picture that stands for the record of a page, the larger one where there
// are two; empty where the page is of no record with a picture. To name all pictures, each
// record would have to be read again for every sitemap.
func (p *Plan) pictureAt(file string) string {
	id := strings.TrimSuffix(path.Base(file), ".html")
	if id == "index" {
		id = path.Base(path.Dir(file))
	}
	row, ok := p.Catalog.cat.Find(id)
	if !ok || p.Catalog.cat.Kind(row) != catalog.Unit || !p.Thumbs.Has(row) {
		return ""
	}
	if lang, _ := p.langOf(file); p.pathIn(lang, row) != file {
		return ""
	}
	thumb, _ := p.Thumbs.Of(row)
	return cmp.Or(thumb.Large, thumb.Name)
}

func (p *Plan) sitemapIndex(w io.Writer, parts []Extra) error {
	text := xml.Header + `<sitemapindex xmlns="` + sitemapSpace + `">` + "\n"
	for _, part := range parts {
		text += "<sitemap><loc>" + escape(p.base()+part.Path) + "</loc></sitemap>\n"
	}
	_, err := io.WriteString(w, text+"</sitemapindex>\n")
	return err
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer never fails
	return b.String()
}
