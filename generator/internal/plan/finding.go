package plan

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"iter"

	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// The description of a whole fonds, as EAD3, is a file to be taken away in bulk: of the
// records that are published it holds those alone whose clearance has that purpose, and
// there is none where no record of the fonds has. One that lacks it leaves no trace: what
// is beneath it hangs under the nearest above it that stands in the file. Of a fonds that
// lacks it itself the file tells the id, by which it is found anyway.

// KindFinding is the kind of a job that makes a *Finding.
const KindFinding = "finding"

// Finding is the description of a fonds with all that is beneath it. It grows with the
// fonds, so it is composed as it is written.
type Finding struct {
	plan *Plan
	row  int32
}

// WriteTo writes the file, record by record.
func (f *Finding) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	err := f.plan.writeFinding(count, f.row)
	return count.n, err
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// offersData reports whether the site has files to be taken away in bulk.
func (p *Plan) offersData() bool {
	d := p.Config.Site.Features.Downloads
	return !p.Gate.Draft() && (d == nil || d.V)
}

// mayDownload reports whether the description of a unit may be taken away in bulk.
func (p *Plan) mayDownload(row int32) bool {
	return p.offersData() && p.Catalog.cat.Verdict(row).For(access.BulkDownload).Published()
}

// hasFinding reports whether there is a file that describes a fonds.
func (p *Plan) hasFinding(fonds int32) bool {
	for row := fonds; row < p.Catalog.cat.End(fonds); row++ {
		if p.mayDownload(row) {
			return true
		}
	}
	return false
}

// isFonds reports whether an entry is a fonds or collection.
func (p *Plan) isFonds(row int32) bool {
	return p.Catalog.cat.Kind(row) == catalog.Unit && p.Catalog.cat.Fonds(row) == row
}

// findingCandidates are the jobs of the description of a fonds, given by the path of its
// file.
func (p *Plan) findingCandidates(path string) []iter.Seq[Job] {
	fonds, ok := page.FondsOfFinding(path)
	row, public := p.Catalog.Find(fonds)
	if !ok || !public || !p.isFonds(row) || !p.hasFinding(row) {
		return nil
	}
	return []iter.Seq[Job]{func(yield func(Job) bool) { yield(p.findingJob(row)) }}
}

// findingLink leads to the file that describes a fonds, empty where there is none. The
// page was given whether there is.
func (c *composer) findingLink(fonds int32) string {
	if !c.hasFinding(fonds) {
		return ""
	}
	return c.rel(page.Finding(c.Catalog.ID(fonds)))
}

// findingJobs are the descriptions of all fonds.
func (p *Plan) findingJobs() iter.Seq[Job] {
	return func(yield func(Job) bool) {
		for row := range p.Catalog.cat.Top() {
			if p.hasFinding(row) && !yield(p.findingJob(row)) {
				return
			}
		}
	}
}

func (p *Plan) findingJob(row int32) Job {
	given := func() any { return p.findingSum(row) }
	return p.job(KindFinding, p.langs[0], page.Finding(p.Catalog.ID(row)), given, func(*composer) any { return &Finding{p, row} })
}

// findingSum sums up all that the description of a fonds shows. To note a question for
// each of its records would take as much room as the catalog.
func (p *Plan) findingSum(fonds int32) []byte {
	type key struct{ fonds int32 }
	sum := p.once(key{fonds}, func() any {
		h, cat := sha256.New(), p.Catalog.cat
		var room [1 << 10]byte
		last := ""
		for row := fonds; row < cat.End(fonds); row++ {
			b := p.appendText(append(room[:0], cat.ID(row)...), row)
			b = p.appendIDs(b, cat.Parent(row))
			b = fmt.Append(b, p.hasManifest(row))
			if id := cat.Inherited(row).Repository; id != last {
				b, last = p.appendNamed(b, p.holder(id)), id
			}
			h.Write(b)
		}
		p.sumNamed(h, fonds)
		h.Write(p.appendNamed(fmt.Append(nil, p.since(fonds)), p.holder("")))
		return h.Sum(nil)
	})
	return sum[:]
}

// holder is the row of a repository, that of the site where the id is empty; negative
// where there is none.
func (p *Plan) holder(id string) int32 {
	if id == "" {
		id = p.Config.Site.Repository.V
	}
	if row, ok := p.Catalog.cat.Find(id); ok {
		return row
	}
	return -1
}

// since is the first day on which a unit might be shown, empty where nobody knows.
func (p *Plan) since(row int32) string {
	if day := p.Gate.Since(p.Catalog.cat.Facts(row)); day > 0 {
		return day.String()
	}
	return ""
}

// sumNamed adds what the records of a fonds name to a sum.
func (p *Plan) sumNamed(h hash.Hash, fonds int32) {
	p.foreignOnce.Do(func() { p.foreign = p.gatherForeign() })
	for _, row := range p.foreign[fonds] {
		h.Write(p.appendNamed(nil, row))
	}
}

// appendNamed appends what a description tells of an entry that a record names.
func (p *Plan) appendNamed(b []byte, row int32) []byte {
	if row < 0 {
		return append(b, 0)
	}
	cat := p.Catalog.cat
	b = cat.AppendTranslations(cat.AppendName(append(b, cat.ID(row)...), row), row)
	if cat.Kind(row) == catalog.Unit {
		return fmt.Append(b, p.mayDownload(row))
	}
	return append(b, p.authorityState(row)...)
}

// gatherForeign lists by fonds what its records name, but for those in it.
func (p *Plan) gatherForeign() map[int32][]int32 {
	cat, out := p.Catalog.cat, map[int32][]int32{}
	for row := range int32(cat.Rows()) {
		seen := map[int32]bool{}
		if cat.Kind(row) == catalog.Unit {
			seen[cat.Fonds(row)] = true
		}
		for _, l := range cat.Links(row) {
			if cat.Kind(l.Entry) != catalog.Unit {
				continue
			}
			if fonds := cat.Fonds(l.Entry); !seen[fonds] {
				seen[fonds] = true
				out[fonds] = append(out[fonds], row)
			}
		}
	}
	return out
}

// writeFinding writes the description of a fonds.
func (p *Plan) writeFinding(w io.Writer, fonds int32) error {
	c := &composer{Plan: p, lang: p.langs[0], path: page.Finding(p.Catalog.ID(fonds))}
	d := c.describing(fonds, p.mayDownload)
	var root *record.Unit
	if p.mayDownload(fonds) {
		root = c.unit(fonds)
	}
	out := ead.New(w, d.head(root))
	for row := fonds; row < p.Catalog.cat.End(fonds) && c.err == nil; row++ {
		switch {
		case row == fonds:
			out.Add(int(row), int(p.Catalog.cat.End(row)), d.component(root, row))
		case p.mayDownload(row):
			out.Add(int(row), int(p.Catalog.cat.End(row)), d.component(c.unit(row), row))
		}
	}
	return first(d.fault(), out.Close())
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// head is what the description of a fonds says of itself. u is nil where nothing may be
// told of the fonds but its id.
func (d *describing) head(u *record.Unit) ead.Head {
	h := ead.Head{ID: d.Catalog.ID(d.fonds), Languages: d.langs, Agency: d.words(d.Config.Site.Institution.Name)}
	if len(h.Agency) == 0 {
		h.Agency = d.words(d.Config.Site.Title)
	}
	h.Licence, h.LicenceURI = d.words(d.Config.Site.Licence.Text), d.Config.Site.Licence.URI.V
	if base := d.base(); base != "" {
		h.Address = base + d.path
		for _, lang := range d.langs {
			h.Pages = append(h.Pages, ead.Link{Lang: lang, Href: base + trimIndex(d.pathIn(lang, d.fonds))})
		}
	}
	if u == nil {
		return h
	}
	h.Titles, h.Since = d.words(u.Title), d.since(d.fonds)
	for _, r := range u.Control.Rules {
		h.Rules = append(h.Rules, r.V)
	}
	return h
}

// describing composes the descriptions of records, of one fonds after the other. It is
// used by one goroutine.
type describing struct {
	*composer
	fonds   int32
	may     func(row int32) bool // which records may be told of
	tongues []*composer          // the same in each language
	agents  map[int32]string     // the element for the name of an agent, by row
}

// describing describes the records of a fonds that may be told of.
func (c *composer) describing(fonds int32, may func(row int32) bool) *describing {
	d := &describing{composer: c, fonds: fonds, may: may, agents: map[int32]string{}}
	for _, lang := range c.langs {
		d.tongues = append(d.tongues, c.as(lang))
	}
	return d
}

// fault is the first fault of describing.
func (d *describing) fault() error {
	for _, t := range d.tongues {
		if d.err == nil {
			d.err = t.err
		}
	}
	return d.err
}
