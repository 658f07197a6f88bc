package plan

import (
	"io"
	"iter"

	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/page"
)

// Files about the whole archive are made with --data and by each release alone: an edit of one
// record changes all of them.

// KindWhole is the kind of a job that makes a file about the whole archive, an io.WriterTo.
const KindWhole = "whole"

// wholeJobs are the files about the whole archive.
func (p *Plan) wholeJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		_ = (!p.hasDatabase() || yield(p.wholeJob(page.Database, &database{p}))) &&
			(!p.hasDataCatalog() || yield(p.wholeJob(page.CatalogTurtle, &dataCatalog{p, harvest.Turtle})) && yield(p.wholeJob(page.CatalogLinked, &dataCatalog{p, harvest.LinkedData}))) &&
			(!p.hasRepository() || yield(p.wholeJob(page.OAI, &repository{p}))) &&
			(!p.hasContexts() || yield(p.wholeJob(page.RiC, &contexts{p})))
	}
}

// wholeJob makes a file of all that may be told of the archive.
func (p *Plan) wholeJob(path string, file io.WriterTo) Job {
	given := func() any { return p.wholeSum() }
	return p.job(KindWhole, p.langs[0], path, given, func(*composer) any { return file })
}
