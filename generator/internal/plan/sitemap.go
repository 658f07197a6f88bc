package plan

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
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

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// sitemap writes the addresses of a part.
func (p *Plan) sitemap(w io.Writer, l *Listing, part []bucket) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<urlset xmlns="` + sitemapSpace + `">` + "\n")
	for i := range part {
		for path, err := range l.paths(&part[i]) {
			if err != nil {
				return err
			}
			out.WriteString("<url><loc>" + escape(p.base()+trimIndex(path)) + "</loc></url>\n")
		}
	}
	out.WriteString("</urlset>\n")
	return out.Flush() // says whether any write failed
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
