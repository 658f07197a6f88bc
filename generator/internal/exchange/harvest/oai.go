// Package harvest writes what aggregators read to gather the descriptions of a site: a static
// repository of OAI-PMH 2.0 with unqualified Dublin Core, and the lists of ResourceSync.
//
// It is handed what may be gathered, and writes it as it comes.
package harvest

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"

	"vitrine/generator/internal/exchange/ead"
)

// Repository is what a static repository says of itself.
type Repository struct {
	Name     string
	BaseURL  string   // by which its gateway serves it
	Emails   []string // of who answers for it, one at least
	Earliest string   // no record changed before that day, year-month-day
}

// Record is a record of a static repository.
type Record struct {
	ID        string // oai:<domain>:<local id>
	Datestamp string // the last change of its description, year-month-day
	Elements  []Element
}

// Element is an element of Dublin Core.
type Element struct {
	Name string // without its prefix: "title"
	ead.Words
}

// RepositoryMark is how a static repository begins.
const RepositoryMark = xml.Header + `<Repository xmlns="http://www.openarchives.org/OAI/2.0/static-repository"`

const repositoryHead = RepositoryMark + ` xmlns:oai="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/static-repository http://www.openarchives.org/OAI/2.0/static-repository.xsd">
<Identify>
`

const formats = `<oai:deletedRecord>no</oai:deletedRecord>
<oai:granularity>YYYY-MM-DD</oai:granularity>
</Identify>
<ListMetadataFormats>
<oai:metadataFormat>
<oai:metadataPrefix>oai_dc</oai:metadataPrefix>
<oai:schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</oai:schema>
<oai:metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</oai:metadataNamespace>
</oai:metadataFormat>
</ListMetadataFormats>
<ListRecords metadataPrefix="oai_dc">
`

const dublinCore = `<oai:metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
`

// Writer writes a static repository.
type Writer struct{ w *bufio.Writer }

// NewWriter begins one.
func NewWriter(w io.Writer, r Repository) *Writer {
	out := &Writer{bufio.NewWriterSize(w, 32<<10)}
	out.raw(repositoryHead)
	out.leaf("oai:repositoryName", "", r.Name)
	out.leaf("oai:baseURL", "", r.BaseURL)
	out.leaf("oai:protocolVersion", "", "2.0")
	for _, e := range r.Emails {
		out.leaf("oai:adminEmail", "", e)
	}
	out.leaf("oai:earliestDatestamp", "", r.Earliest)
	out.raw(formats)
	return out
}

// Add writes a record.
func (w *Writer) Add(r *Record) {
	w.raw("<oai:record>\n<oai:header>\n")
	w.leaf("oai:identifier", "", r.ID)
	w.leaf("oai:datestamp", "", r.Datestamp)
	w.raw("</oai:header>\n" + dublinCore)
	for _, e := range r.Elements {
		if e.Text != "" {
			w.leaf("dc:"+e.Name, e.Lang, e.Text)
		}
	}
	w.raw("</oai_dc:dc></oai:metadata>\n</oai:record>\n")
}

// Close ends the repository and says whether any write failed.
func (w *Writer) Close() error {
	w.raw("</ListRecords>\n</Repository>\n")
	return w.w.Flush()
}

// raw and leaf leave faults to the writer, which keeps the first.

func (w *Writer) raw(s string) { _, _ = w.w.WriteString(s) }

func (w *Writer) leaf(name, lang, text string) {
	w.raw("<" + name)
	if lang != "" {
		w.raw(` xml:lang="` + lang + `"`)
	}
	w.raw(">")
	_ = xml.EscapeText(w.w, []byte(strings.TrimSpace(text)))
	w.raw("</" + name + ">\n")
}

// core are the elements of Dublin Core that the fields of a record become, by their keys.
var core = map[string]string{
	"title": "title", "subtitle": "title", "other_titles": "title",
	"creators": "creator", "doc.issuer": "creator", "photo.photographer": "creator",
	"doc.signatory": "contributor", "av.speakers": "contributor",
	"form": "type", "extent": "format", "extent.text": "format", "physical.carrier": "format",
	"reference": "identifier", "languages": "language", "scope": "description",
	"agents": "subject", "photo.persons": "subject", "events": "subject", "subjects": "subject", "keywords": "subject",
	"place": "coverage", "places": "coverage",
	"rights": "rights", "reference.repository": "publisher",
}

// order is the order of the elements in a record.
var order = []string{"title", "creator", "contributor", "date", "type", "format", "identifier", "source", "language", "publisher", "description", "subject", "coverage", "relation", "rights"}

// Core turns the values of a record into elements of Dublin Core, each thing that is said
// once; more are those that stand for themselves.
func Core(values []ead.Value, more ...Element) []Element {
	by := map[string][]Element{}
	seen := map[Element]bool{}
	put := func(e Element) {
		if e.Text != "" && !seen[e] {
			seen[e] = true
			by[e.Name] = append(by[e.Name], e)
		}
	}
	for _, v := range values {
		for _, e := range elementsOf(v) {
			put(e)
		}
	}
	for _, e := range more {
		put(e)
	}
	var out []Element
	for _, name := range order {
		out = append(out, by[name]...)
	}
	return out
}

func elementsOf(v ead.Value) (out []Element) {
	name := core[v.Key]
	switch {
	case v.Key == "dates":
		return []Element{{"date", ead.Words{Text: v.Date.String()}}}
	case v.Key == "objects.manifest":
		return []Element{{"relation", ead.Words{Text: v.Href}}}
	case name == "":
		return nil
	}
	for _, c := range v.Codes {
		out = append(out, Element{name, ead.Words{Text: c}})
	}
	for i, w := range v.Words {
		if v.Quantity != "" && i == 0 {
			w.Text = v.Quantity + " " + w.Text
		}
		out = append(out, Element{name, w})
	}
	return out
}
