package harvest

import (
	"bufio"
	"encoding/hex"
	"encoding/xml"
	"io"
	"strconv"
)

// The lists of ResourceSync (ANSI/NISO Z39.99) are sitemaps that say what a site has to be
// gathered, with the hash, length and last change of each file.

// Resource is a file that may be gathered.
type Resource struct {
	URL    string
	Day    string // of its last change, year-month-day
	Media  string // media type
	SHA256 [32]byte
	Length int64 // bytes
}

// MaxResources is the most files that one list may name.
const MaxResources = 50_000

// ListMark is how each of the lists begins.
const ListMark = xml.Header + listOpen

const (
	listOpen  = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/">` + "\n"
	indexOpen = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/">` + "\n"
)

// IndexMark is how the index of lists begins.
const IndexMark = xml.Header + indexOpen

// Pointer writes a list that leads to another: the description of the source to the list of its
// capabilities, and that to the list of resources. up is empty for the first.
func Pointer(w io.Writer, capability, up, next, nextCapability string) error {
	out := &Writer{bufio.NewWriter(w)}
	out.raw(ListMark)
	out.up(up, "up")
	out.raw(`<rs:md capability="` + capability + `"/>` + "\n<url>")
	out.inline("loc", next)
	out.raw(`<rs:md capability="` + nextCapability + `"/></url>` + "\n</urlset>\n")
	return out.w.Flush()
}

func (w *Writer) up(href, rel string) {
	if href != "" {
		w.raw(`<rs:ln rel="` + rel + `" href="`)
		_ = xml.EscapeText(w.w, []byte(href))
		w.raw("\"/>\n")
	}
}

func (w *Writer) inline(name, text string) {
	w.raw("<" + name + ">")
	_ = xml.EscapeText(w.w, []byte(text))
	w.raw("</" + name + ">")
}

// Resources begins a list of resources, as they were on a day. index is the address of the
// index that leads to it, empty where there is none.
func Resources(w io.Writer, up, index, day string) *Writer {
	out := &Writer{bufio.NewWriterSize(w, 32<<10)}
	out.raw(ListMark)
	out.up(up, "up")
	out.up(index, "index")
	out.raw(`<rs:md capability="resourcelist" at="` + day + `T00:00:00Z"/>` + "\n")
	return out
}

// AddResource writes a resource.
func (w *Writer) AddResource(r *Resource) {
	w.raw("<url>")
	w.inline("loc", r.URL)
	w.inline("lastmod", r.Day)
	w.raw(`<rs:md hash="sha-256:` + hex.EncodeToString(r.SHA256[:]) + `" length="` + strconv.FormatInt(r.Length, 10) + `" type="` + r.Media + `"/></url>` + "\n")
}

// CloseResources ends a list and says whether any write failed.
func (w *Writer) CloseResources() error {
	w.raw("</urlset>\n")
	return w.w.Flush()
}

// Index writes the index of the lists of resources.
func Index(w io.Writer, up, day string, parts []string) error {
	out := &Writer{bufio.NewWriter(w)}
	out.raw(IndexMark)
	out.up(up, "up")
	out.raw(`<rs:md capability="resourcelist" at="` + day + `T00:00:00Z"/>` + "\n")
	for _, part := range parts {
		out.raw("<sitemap>")
		out.inline("loc", part)
		out.raw("</sitemap>\n")
	}
	out.raw("</sitemapindex>\n")
	return out.w.Flush()
}
