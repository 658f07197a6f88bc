package plan

import (
	"io"
	"path"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/page"
)

// Aggregators that keep copies of pages and descriptions find in the lists of ResourceSync what
// may be gathered and what changed. The hashes are those of the files, so the lists are made
// when all else is.

// ListsResources reports whether there are lists of what may be gathered.
func (p *Plan) ListsResources() bool { return p.Data && p.harvests() }

// Gathered reports whether a file of the site may be gathered: the page of a record in any
// language, or its description, or the static repository. day is when it last changed.
func (p *Plan) Gathered(file string) (day string, ok bool) {
	if file == page.OAI {
		return p.latest(), true
	}
	id, _, described := described(file)
	if !described && path.Ext(file) != ".html" {
		return "", false
	}
	if described && id == "" {
		return p.latest(), true // the collection of what may be gathered
	}
	if !described {
		if id = strings.TrimSuffix(path.Base(file), ".html"); id == "index" {
			id = path.Base(path.Dir(file))
		}
	}
	row, known := p.Catalog.cat.Find(id)
	if !known || p.Catalog.cat.Kind(row) != catalog.Unit || !p.mayHarvest(row) {
		return "", false
	}
	if lang, _ := p.langOf(file); !described && p.pathIn(lang, row) != file {
		return "", false
	}
	return p.changedOn(row), true
}

// latest is the last day on which any record that may be gathered changed.
func (p *Plan) latest() string {
	p.latestOnce.Do(func() {
		p.latestDay = firstDay
		for row := range p.Catalog.cat.Of(catalog.Unit) {
			if p.mayHarvest(row) {
				p.latestDay = max(p.latestDay, p.changedOn(row))
			}
		}
	})
	return p.latestDay
}

// MediaOf is the media type of a file that may be gathered.
func MediaOf(file string) string {
	return map[string]string{".html": "text/html", ".json": "application/json", ".xml": "application/xml"}[path.Ext(file)]
}

// ResourceLists are the files of ResourceSync but for the lists of resources: what leads to
// these, of which there are so many.
func (p *Plan) ResourceLists(parts int) []Extra {
	base := p.base()
	out := []Extra{
		{page.SourceDescription, func(w io.Writer) error {
			return harvest.Pointer(w, "description", "", base+page.CapabilityList, "capabilitylist")
		}},
		{page.CapabilityList, func(w io.Writer) error {
			return harvest.Pointer(w, "capabilitylist", base+page.SourceDescription, base+page.ResourceList(0), "resourcelist")
		}},
	}
	if parts > 1 {
		var lists []string
		for i := range parts {
			lists = append(lists, base+page.ResourceList(i+1))
		}
		out = append(out, Extra{page.ResourceList(0), func(w io.Writer) error { return harvest.Index(w, base+page.CapabilityList, p.latest(), lists) }})
	}
	return out
}

// ResourceList begins a list of resources; part is 0 where it is the only one, else counts from 1.
func (p *Plan) ResourceList(w io.Writer, part int) *harvest.Writer {
	index := ""
	if part > 0 {
		index = p.base() + page.ResourceList(0)
	}
	return harvest.Resources(w, p.base()+page.CapabilityList, index, p.latest())
}

// Resource is a file of the site as a list tells of it.
func (p *Plan) Resource(file, day string, sum [32]byte, size int64) *harvest.Resource {
	return &harvest.Resource{URL: p.base() + trimIndex(file), Day: day, Media: MediaOf(file), SHA256: sum, Length: size}
}
