package plan

import (
	"iter"
	"path"
	"strings"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/page"
)

// each yields a sequence within another and reports whether to go on.
func each(jobs iter.Seq[Job], yield func(Job) bool) bool {
	for j := range jobs {
		if !yield(j) {
			return false
		}
	}
	return true
}

// Lookup finds the page of a path without going through all of them: the shape
// of the path says which makers of jobs might make it, and one of their jobs
// is it or nothing is.
func (p *Plan) Lookup(at string) (Job, bool) {
	lang, rest := p.langOf(at)
	for _, jobs := range p.candidates(lang, strings.Split(rest, "/")) {
		for j := range jobs {
			if j.Path == at {
				return j, true
			}
		}
	}
	if r, ok := p.redirectAt(at); ok {
		return p.redirectJob(r), true
	}
	return Job{}, false
}

// langOf is the language of the folder that a path is in, and the path there.
func (p *Plan) langOf(path string) (lang, rest string) {
	lang, rest = p.langs[0], path
	for _, l := range p.langs[1:] {
		if r, ok := strings.CutPrefix(path, p.urls.Prefix(l)); ok {
			lang, rest = l, r
		}
	}
	return lang, rest
}

// candidates are the jobs that may have a path, given in its parts without the
// folder of its language. Pages of content/pages may stand in any room.
func (p *Plan) candidates(lang string, parts []string) []iter.Seq[Job] {
	if len(parts) == 1 {
		return []iter.Seq[Job]{p.homeJobs(lang), p.notFoundJobs(lang)}
	}
	name, _, _ := strings.Cut(parts[len(parts)-1], ".") // the key of a page begins with a dot
	out := []iter.Seq[Job]{p.articleJobs(lang)}
	switch room := parts[0]; room {
	case page.FolderData:
		return append(append(p.findingCandidates(strings.Join(parts, "/")), p.dataCandidates(name)...), p.wholeJobs())
	case page.FolderMedia:
		return p.placardCandidates(strings.Join(parts[1:], "/"))
	case page.FolderIIIF:
		return p.harvestCandidates(parts[1:])
	case page.Word(lang, page.RoomFonds):
		out = append(out, p.fondsCandidates(lang, len(parts), name, parts[1])...)
	case page.Word(lang, page.RoomGallery):
		out = append(out, p.hallCandidates(lang, strings.Join(parts[:len(parts)-1], "/"), name)...)
	case page.Word(lang, page.RoomTimeline):
		out = append(out, p.timeCandidates(lang, name)...)
	case page.Word(lang, page.RoomOnThisDay):
		out = append(out, p.dayCandidates(lang, name)...)
	case page.Word(lang, page.RoomBrowse):
		out = append(out, p.browseCandidates(lang, parts)...)
	case page.Word(lang, page.RoomSearch):
		out = append(out, p.searchJobs(lang))
	case page.Word(lang, page.RoomData):
		out = append(out, p.downloadsJobs(lang))
	case page.Word(lang, page.RoomRepositories):
		out = append(out, p.repositoryJobs(lang))
	case page.Word(lang, page.RoomExhibitions):
		out = append(out, p.exhibitionJobs(lang))
	default:
		out = append(out, p.authorityCandidates(lang, room, name)...)
	}
	return out
}

// dataCandidates are the jobs of the references to all records of a fonds and of its tables.
func (p *Plan) dataCandidates(fonds string) []iter.Seq[Job] {
	row, ok := p.Catalog.Find(fonds)
	if !ok || !p.isFonds(row) {
		return nil
	}
	return []iter.Seq[Job]{p.fondsReferencesOf(row), p.tablesOf(row)}
}

// harvestCandidates are the jobs of the descriptions of the site or of a unit, given by
// their path below the folder of IIIF.
func (p *Plan) harvestCandidates(parts []string) []iter.Seq[Job] {
	if !p.harvest() {
		return nil
	}
	if len(parts) == 1 {
		return []iter.Seq[Job]{p.collectionJobs(theSite)}
	}
	row, ok := p.Catalog.Find(parts[0])
	switch {
	case !ok || p.Catalog.Kind(row) != catalog.Unit:
		return nil
	case parts[1] == path.Base(page.Manifest(parts[0])) && p.hasManifest(row):
		return []iter.Seq[Job]{func(yield func(Job) bool) { yield(p.manifestJob(row)) }}
	case p.hasCollection(row):
		return []iter.Seq[Job]{p.collectionJobs(row)}
	}
	return nil
}

// fondsCandidates are the jobs of the index of fonds, of one fonds, of a unit
// in it, or of the notice in the place of one.
func (p *Plan) fondsCandidates(lang string, depth int, name, fonds string) []iter.Seq[Job] {
	if depth == 2 {
		return []iter.Seq[Job]{p.fondsIndexJobs(lang)}
	}
	id := name
	if name == "index" {
		id = fonds
	}
	row, ok := p.Catalog.Find(id)
	switch {
	case !ok:
		return []iter.Seq[Job]{p.tombstoneJobs(lang)}
	case p.Catalog.Kind(row) != catalog.Unit:
		return nil
	case p.Catalog.Fonds(row) == row:
		return []iter.Seq[Job]{p.oneFondsJobs(lang, row), p.referencesOf(row)}
	}
	return []iter.Seq[Job]{p.recordJobs(lang, row), p.referencesOf(row)}
}

// hallCandidates are the jobs of the gallery whose first page stands in a
// folder under a name.
func (p *Plan) hallCandidates(lang, folder, name string) (out []iter.Seq[Job]) {
	first := p.urls.Prefix(lang) + folder + "/" + name + ".html"
	for i, s := range p.halls {
		if p.galleryPath(lang, s, "") == first {
			out = append(out, p.hallJobs(lang, i))
		}
	}
	return out
}

// timeCandidates are the jobs of the overview, a decade or a year.
func (p *Plan) timeCandidates(lang, name string) (out []iter.Seq[Job]) {
	if p.years.empty() {
		return nil
	}
	at := func(path string) bool { return strings.HasSuffix(path, "/"+name+".html") }
	if name == "index" {
		out = append(out, p.overviewJobs(lang))
	}
	for dec := range p.years.byDecade {
		if at(p.decadePath(lang, dec, "")) {
			out = append(out, p.oneDecadeJobs(lang, dec))
		}
	}
	list := p.years.list()
	for i, year := range list {
		if at(p.yearPath(lang, year, "")) {
			out = append(out, p.oneYearJobs(lang, list, i))
		}
	}
	return out
}

// authorityCandidates are the jobs of the index of a room, or of one authority
// in it.
func (p *Plan) authorityCandidates(lang, room, name string) []iter.Seq[Job] {
	for _, k := range authorityKinds {
		if page.Word(lang, k.room) != room {
			continue
		}
		if name == "index" {
			return []iter.Seq[Job]{p.indexJobs(lang, k.kind, k.room)}
		}
		if row, ok := p.Catalog.Find(name); ok && p.Catalog.Kind(row) == k.kind {
			return []iter.Seq[Job]{p.recordsJobs(lang, k.room, row)}
		}
	}
	return nil
}
