package plan

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
	"iter"
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

// bucket holds paths, each as the number of bytes that it shares with the one
// before it and the rest: about eight bytes for each page, dropped once written.
type bucket struct {
	data []byte
	last string
	n    int
}

func (b *bucket) add(path string) {
	shared := 0
	for shared < min(len(path), len(b.last)) && path[shared] == b.last[shared] {
		shared++
	}
	b.data = binary.AppendUvarint(b.data, uint64(shared))
	b.data = binary.AppendUvarint(b.data, uint64(len(path)-shared))
	b.data = append(b.data, path[shared:]...)
	b.last = path
	b.n++
}

func (b *bucket) paths() iter.Seq[string] {
	return func(yield func(string) bool) {
		var path []byte
		for rest := b.data; len(rest) > 0; {
			shared, w := binary.Uvarint(rest)
			size, x := binary.Uvarint(rest[w:])
			rest = rest[w+x:]
			path = append(path[:shared], rest[:size]...)
			rest = rest[size:]
			if !yield(string(path)) {
				return
			}
		}
	}
}

// Listing gathers the pages that the sitemap names.
type Listing struct {
	gone  map[string]bool // pages that it does not: notices in place of others, and that for lost readers
	dealt []bucket
}

// Listing is empty as yet.
func (p *Plan) Listing() *Listing {
	l := &Listing{gone: map[string]bool{"404.html": true}, dealt: make([]bucket, buckets)}
	for _, lang := range p.langs {
		for path := range p.Gone(lang) {
			l.gone[path] = true
		}
	}
	for _, r := range p.redirects {
		l.gone[r.path] = true
	}
	return l
}

// Add lists a page.
func (l *Listing) Add(path string) {
	if !l.gone[path] {
		l.dealt[hashOf(path)>>(64-bucketBits)].add(path)
	}
}

// WholeListing lists every page of the site.
func (p *Plan) WholeListing() *Listing {
	l := p.Listing()
	for job := range p.Jobs() {
		l.Add(job.Path)
	}
	return l
}

// sitemaps are the sitemap, or its parts and the index of them.
func (p *Plan) sitemaps(l *Listing, most int) []Extra {
	parts := sitemapParts(l.dealt, most)
	if len(parts) == 1 {
		return []Extra{{"sitemap.xml", func(w io.Writer) error { return p.sitemap(w, parts[0]) }}}
	}
	var out []Extra
	for i, part := range parts {
		if count(part) > 0 {
			out = append(out, Extra{"sitemap." + strconv.Itoa(i+1) + ".xml", func(w io.Writer) error { return p.sitemap(w, part) }})
		}
	}
	named := out
	return append(out, Extra{"sitemap.xml", func(w io.Writer) error { return p.sitemapIndex(w, named) }})
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
func (p *Plan) sitemap(w io.Writer, part []bucket) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<urlset xmlns="` + sitemapSpace + `">` + "\n")
	for i := range part {
		for path := range part[i].paths() {
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
