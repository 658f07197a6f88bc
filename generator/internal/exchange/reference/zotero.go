package reference

import (
	"net/url"
	"strconv"
	"strings"
)

// Meta is a meta element of a page, by its name.
type Meta struct{ Name, Content string }

// Meta are the elements by which Zotero's connector takes a record from its page
// (translator “Embedded Metadata”). What begins with “z:” goes into the field of that name
// as it stands. A creator without a comma would be split at its last blank, so each bears
// one at its end: the name is then kept whole. One with a comma within would be split
// there; it stands in the field “extra” alone. dc.coverage is not written, which would be
// taken for the place in the archive, nor a citation_title, which would make an article.
func (e *Entry) Meta() (out []Meta) {
	add := func(name, content string) {
		if content = line(content); content != "" {
			out = append(out, Meta{name, content})
		}
	}
	add("z:itemType", e.Type.Zotero)
	add("dc.title", e.Title)
	var extra []string
	for i, n := range e.Names {
		if whole := line(e.Signed[i]); !strings.Contains(whole, ",") {
			add("dc.creator", whole+",")
		}
		if n != e.Signed[i] || strings.Contains(n, ",") {
			extra = append(extra, n)
		}
	}
	add("dc.date", e.isoDate())
	add("dc.language", e.Language)
	add("dcterms.abstract", e.Abstract)
	add("z:archive", e.Archive)
	add("z:archiveLocation", e.location())
	add("z:callNumber", e.CallNumber)
	switch e.Type {
	case report:
		add("z:institution", e.Issuer)
		add("z:reportNumber", e.Number)
		add("z:reportType", e.Genre)
	case manuscript, speech, pamphlet:
		add("z:manuscriptType", e.Genre)
	case letter:
		add("z:letterType", e.Genre)
	case picture:
		add("z:artworkMedium", joined(", ", e.Genre, e.Medium))
		add("z:artworkSize", e.Dimensions)
	case chart:
		add("z:mapType", e.Genre)
	}
	if e.Type == report || e.Type == manuscript || e.Type == speech || e.Type == pamphlet {
		add("z:place", e.Place)
	}
	if e.Type != report && e.Number != "" {
		extra = append(extra, e.Number)
	}
	add("z:libraryCatalog", e.Website)
	add("z:url", e.URL)
	add("z:extra", joined("; ", append(extra, e.Note, e.State)...))
	return out
}

// isoDate is a date as ISO 8601 has it where it is one that is sure, else its words.
func (e *Entry) isoDate() string {
	p, ok := parts(e.Issued)
	if !ok || !certain(e.Issued) {
		return line(e.Words)
	}
	var out []string
	for i, n := range p {
		s := strconv.Itoa(n)
		out = append(out, strings.Repeat("0", max(0, []int{4, 2, 2}[i]-len(s)))+s)
	}
	return strings.Join(out, "-")
}

// COinS is the title of a span that names a record in a list (OpenURL ContextObject in
// Span, with the Dublin Core profile). Zotero offers what a list names for choice.
func (e *Entry) COinS() string {
	b := []byte("ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc")
	add := func(key, value string) {
		if value = line(value); value != "" {
			b = append(append(append(append(b, "&rft."...), key...), '='), strings.ReplaceAll(url.QueryEscape(value), "+", "%20")...)
		}
	}
	add("type", e.Type.Zotero)
	add("title", e.Title)
	for _, n := range e.Signed {
		add("aucorp", n) // kept whole, where au would be split
	}
	add("date", e.isoDate())
	add("identifier", e.URL)
	add("language", e.Language)
	return string(b)
}
