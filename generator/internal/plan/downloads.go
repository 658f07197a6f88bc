package plan

import (
	"fmt"
	"iter"
	"strings"

	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/internal/exchange/reference"
	"vitrine/generator/page"
)

// One page says what can be downloaded, how large it is, under which licence, and whom to ask
// for what is not there. It tells the sizes of files, so it is made when these are.

// KindDownloads is the kind of a job that makes a *page.Downloads.
const KindDownloads = "downloads"

// Late reports whether a job is to be done when all others are.
func (j Job) Late() bool { return j.Kind == KindDownloads }

// listedFonds is how many fonds the page lists with their files; more are found through the
// pages of fonds.
const listedFonds = 100

// dataFile is a file that can be downloaded.
type dataFile struct{ path, name, media, note string }

// filesOf are the files about a fonds. That there are any must be known.
func (p *Plan) filesOf(fonds int32) []dataFile {
	id := p.Catalog.cat.ID(fonds)
	out := []dataFile{{page.Finding(id), "EAD3", "application/xml", ""}}
	for _, f := range dataset.Formats {
		out = append(out, dataFile{page.Table(id, f.End), f.Name, f.Media, ""})
	}
	if p.hasReferences(fonds) {
		for _, f := range reference.Formats[:p.fondsFormats()] {
			out = append(out, dataFile{page.References(id, f.End), f.Name, f.Media, ""})
		}
	}
	return out
}

// wholeFiles are the files about the whole archive that are taken away in bulk.
func (p *Plan) wholeFiles() (out []dataFile) {
	if p.hasDatabase() {
		out = append(out, dataFile{page.Database, "SQLite", "application/vnd.sqlite3", "database"})
	}
	if p.hasContexts() {
		out = append(out, dataFile{page.RiC, "RiC-O (Turtle)", "text/turtle", "rico"})
	}
	return out
}

// programFiles are those that programs of others look for.
func (p *Plan) programFiles() (out []dataFile) {
	if p.hasDataCatalog() {
		out = append(out, dataFile{page.CatalogTurtle, "DCAT, VoID (Turtle)", "text/turtle", "dcat"}, dataFile{page.CatalogLinked, "DCAT, VoID (JSON-LD)", "application/ld+json", "dcat"})
	}
	if p.hasRepository() {
		out = append(out, dataFile{page.OAI, "OAI-PMH", "application/xml", "oai"})
	}
	if p.ListsResources() {
		out = append(out, dataFile{page.CapabilityList, "ResourceSync", "application/xml", "resourcesync"})
	}
	if p.base() != "" {
		out = append(out, dataFile{sitemapPath, "Sitemap", "application/xml", "sitemap"})
	}
	return out
}

// offered are all files that the page leads to, with their sizes.
func (p *Plan) offered() (out []string) {
	note := func(list []dataFile) {
		for _, f := range list {
			out = append(out, f.path, bytesOf(p.size(f.path), ""))
		}
	}
	note(p.wholeFiles())
	note(p.programFiles())
	n := 0
	for fonds := range p.Catalog.cat.Top() {
		if p.hasFinding(fonds) {
			if n++; n > listedFonds {
				return append(out, "more")
			}
			note(p.filesOf(fonds))
		}
	}
	return out
}

// size is how many bytes a file of the site has; 0 where that is not known.
func (p *Plan) size(file string) int64 {
	if p.SizeOf == nil {
		return 0
	}
	return p.SizeOf(file)
}

// downloadsJobs is the page in a language.
func (p *Plan) downloadsJobs(lang string) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		if p.offersBulk() {
			yield(p.job(KindDownloads, lang, p.urls.Index(lang, page.RoomData, ""), func() any { return p.offered() }, func(c *composer) any { return c.downloadsPage() }))
		}
	}
}

func (c *composer) downloadsPage() *page.Downloads {
	heading := c.t("plan.downloads")
	s := &c.Config.Site
	d := &page.Downloads{
		Layout:  c.withCrumbs(c.layout("downloads", heading, c.t("downloads.intro"), page.RoomData, func(lang string) string { return c.urls.Index(lang, page.RoomData, "") }), c.crumbs("")),
		Heading: heading, Licence: c.inline(s.Licence.Text, s.File), LicenceURI: s.Licence.URI.V, Contact: c.contactOf(c.repositoryNamed("")),
		Whole: c.dataFiles(c.wholeFiles()), Programs: c.dataFiles(c.programFiles()),
	}
	for fonds := range c.Catalog.Top() {
		if !c.hasFinding(fonds) {
			continue
		}
		if len(d.Fonds) == listedFonds {
			d.More = &page.Link{Href: c.rel(c.urls.Index(c.lang, page.RoomFonds, "")), Words: plain(c.term("navigation", "fonds"))}
			break
		}
		d.Fonds = append(d.Fonds, page.DataSet{Fonds: c.to(fonds), Files: c.dataFiles(c.filesOf(fonds))})
	}
	return d
}

func (c *composer) dataFiles(list []dataFile) (out []page.DataFile) {
	for _, f := range list {
		d := page.DataFile{Download: page.Download{Href: c.rel(f.path), Media: f.media, Label: f.name}, Size: bytesOf(c.size(f.path), c.lang)}
		if f.note != "" {
			d.Note = c.t("downloads." + f.note)
		}
		out = append(out, d)
	}
	return out
}

// bytesOf words a size in a language.
func bytesOf(n int64, lang string) string {
	if n <= 0 {
		return ""
	}
	unit, at := []string{"B", "KB", "MB", "GB"}, 0
	x := float64(n)
	for x >= 1000 && at < len(unit)-1 {
		x, at = x/1000, at+1
	}
	if at == 0 || x >= 100 {
		return fmt.Sprintf("%.0f\u00a0%s", x, unit[at])
	}
	text := fmt.Sprintf("%.1f", x)
	if lang == "vi" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + "\u00a0" + unit[at]
}
