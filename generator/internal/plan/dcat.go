package plan

import (
	"io"
	"strconv"

	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/page"
)

// dataCatalog tells portals of open data what can be downloaded: the whole archive, and each
// fonds with its files.
type dataCatalog struct {
	plan  *Plan
	graph harvest.Graph
}

// WriteTo writes the file, fonds by fonds.
func (d *dataCatalog) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	p := d.plan
	c := &composer{Plan: p, lang: p.langs[0], path: page.CatalogTurtle}
	err := d.graph(count, func(add func(*harvest.Node)) error {
		n := c.describing(0, p.mayDownload)
		n.catalogNodes(add)
		for fonds := range p.Catalog.cat.Top() {
			if p.hasFinding(fonds) {
				n.fonds = fonds
				n.fondsNodes(add)
			}
		}
		return n.fault()
	})
	return count.n, err
}

// hasDataCatalog reports whether there is a catalogue of what can be downloaded: it consists of addresses.
func (p *Plan) hasDataCatalog() bool { return p.Data && p.base() != "" && p.offersBulk() }

// thing is the address of what the catalogue describes.
func (p *Plan) thing(name string) string { return p.base() + page.CatalogTurtle + "#" + name }

func says(property string, words ...ead.Words) (out []harvest.Statement) {
	for _, w := range words {
		out = append(out, harvest.Statement{Property: property, Words: w})
	}
	return out
}

func leads(property string, ids ...string) (out []harvest.Statement) {
	for _, id := range ids {
		if id != "" {
			out = append(out, harvest.Statement{Property: property, ID: id})
		}
	}
	return out
}

func ofType(property, text, kind string) []harvest.Statement {
	return []harvest.Statement{{Property: property, Words: ead.Words{Text: text}, Type: kind}}
}

// catalogNodes are the catalogue, who publishes it, and the whole archive.
func (d *describing) catalogNodes(add func(*harvest.Node)) {
	s := &d.Config.Site
	catalog := &harvest.Node{ID: d.thing("catalog"), Types: []string{"dcat:Catalog"}, Said: says("dct:title", d.words(s.Title)...)}
	catalog.Said = append(catalog.Said, d.common()...)
	catalog.Said = append(catalog.Said, leads("foaf:homepage", d.base())...)
	catalog.Said = append(catalog.Said, leads("dcat:dataset", d.thing("archive"))...)
	whole := &harvest.Node{ID: d.thing("archive"), Types: []string{"dcat:Dataset", "void:Dataset"}, Said: says("dct:title", d.words(s.Title)...)}
	whole.Said = append(whole.Said, d.common()...)
	whole.Said = append(whole.Said, ofType("void:entities", strconv.Itoa(d.downloadable()), "xsd:integer")...)
	whole.Said = append(whole.Said, ofType("void:uriSpace", d.base(), "xsd:string")...)
	for fonds := range d.Catalog.cat.Top() {
		if d.hasFinding(fonds) {
			catalog.Said = append(catalog.Said, leads("dcat:dataset", d.thing(d.Catalog.ID(fonds)))...)
			whole.Said = append(whole.Said, leads("dct:hasPart", d.thing(d.Catalog.ID(fonds)))...)
		}
	}
	add(catalog)
	add(&harvest.Node{ID: d.thing("publisher"), Types: []string{"foaf:Agent"}, Said: says("foaf:name", d.publisher()...)})
	if mail := d.answersFor(); mail != "" {
		add(&harvest.Node{ID: d.thing("contact"), Types: []string{"vcard:Kind"}, Said: append(says("vcard:fn", d.publisher()...), leads("vcard:hasEmail", "mailto:"+mail)...)})
	}
	d.withFiles(add, whole, d.wholeFiles())
}

// publisher is who publishes the site.
func (d *describing) publisher() []ead.Words {
	if w := d.words(d.Config.Site.Institution.Name); len(w) > 0 {
		return w
	}
	return d.words(d.Config.Site.Title)
}

// common is what is said of the catalogue and of all in it.
func (d *describing) common() (out []harvest.Statement) {
	out = leads("dct:publisher", d.thing("publisher"))
	out = append(out, leads("dct:license", d.Config.Site.Licence.URI.V)...)
	for _, lang := range d.langs {
		out = append(out, ofType("dct:language", lang, "xsd:language")...)
	}
	if mail := d.answersFor(); mail != "" {
		out = append(out, leads("dcat:contactPoint", d.thing("contact"))...)
	}
	if n := len(d.history.editions); n > 0 {
		out = append(out, ofType("dct:modified", d.history.editions[n-1].Date, "xsd:date")...)
	}
	return out
}

// downloadable is how many records may be taken away in bulk.
func (p *Plan) downloadable() (n int) {
	for fonds := range p.Catalog.cat.Top() {
		for row := fonds; row < p.Catalog.cat.End(fonds); row++ {
			if p.mayDownload(row) {
				n++
			}
		}
	}
	return n
}

// fondsNodes are a fonds and its files. Of one that may not be told of there is the id.
func (d *describing) fondsNodes(add func(*harvest.Node)) {
	id := d.Catalog.ID(d.fonds)
	title := []ead.Words{{Text: id}}
	if d.may(d.fonds) {
		title = d.titled(d.fonds)
	}
	n := &harvest.Node{ID: d.thing(id), Types: []string{"dcat:Dataset"}, Said: says("dct:title", title...)}
	n.Said = append(n.Said, ofType("dct:identifier", id, "xsd:string")...)
	n.Said = append(n.Said, d.common()...)
	n.Said = append(n.Said, leads("dcat:landingPage", d.address(d.fonds))...)
	d.withFiles(add, n, d.filesOf(d.fonds))
}

// withFiles adds a dataset and the files in which it comes.
func (d *describing) withFiles(add func(*harvest.Node), of *harvest.Node, files []dataFile) {
	for _, f := range files {
		of.Said = append(of.Said, leads("dcat:distribution", d.thing(f.path))...)
		if of.Types[len(of.Types)-1] == "void:Dataset" {
			of.Said = append(of.Said, leads("void:dataDump", d.base()+f.path)...)
		}
	}
	add(of)
	for _, f := range files {
		n := &harvest.Node{ID: d.thing(f.path), Types: []string{"dcat:Distribution"}, Said: says("dct:title", ead.Words{Text: f.name})}
		n.Said = append(n.Said, leads("dcat:downloadURL", d.base()+f.path)...)
		n.Said = append(n.Said, leads("dcat:mediaType", "https://www.iana.org/assignments/media-types/"+f.media)...)
		n.Said = append(n.Said, leads("dct:license", d.Config.Site.Licence.URI.V)...)
		add(n)
	}
}
