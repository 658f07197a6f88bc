package plan

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/exchange/harvest"
	"vitrine/generator/page"
)

// Aggregators gather the descriptions of the whole archive from one file, a static repository
// (OAI-PMH), through a gateway that answers for it. It needs the purpose “harvesting” of each
// record, as manifests do, and tells by the days of editions when a record last changed.

// repository is the static repository of the site.
type repository struct{ plan *Plan }

// WriteTo writes the file, record by record.
func (r *repository) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	p := r.plan
	c := &composer{Plan: p, lang: p.langs[0], path: page.OAI}
	out := harvest.NewWriter(count, c.repositoryHead())
	for fonds := range p.Catalog.cat.Top() {
		d := c.describing(fonds, p.mayHarvest)
		for row := fonds; row < p.Catalog.cat.End(fonds); row++ {
			if !d.may(row) {
				continue
			}
			r := d.gathered(row)
			if err := d.fault(); err != nil {
				return count.n, err
			}
			out.Add(r)
		}
	}
	return count.n, out.Close()
}

// repositoryHead is what the repository says of itself.
func (c *composer) repositoryHead() harvest.Repository {
	name, _ := c.plainText(c.Config.Site.Title)
	return harvest.Repository{Name: name, BaseURL: c.gatewayURL(), Emails: []string{c.answersFor()}, Earliest: c.earliest()}
}

// gatewayURL is the address at which a gateway serves the repository: its own, then that of
// the file without the scheme (specification of static repositories, 3). Where there is no
// gateway yet, the address of the file.
func (p *Plan) gatewayURL() string {
	file := p.base() + page.OAI
	gateway := p.Config.Site.Gateway.V
	if gateway == "" {
		return file
	}
	_, rest, _ := strings.Cut(file, "://")
	return strings.TrimSuffix(gateway, "/") + "/" + rest
}

// answersFor is the address of mail of who answers for the site.
func (p *Plan) answersFor() string {
	s := &p.Config.Site
	for _, e := range []string{s.Contact.Email.V, s.Institution.Email.V} {
		if e != "" {
			return e
		}
	}
	return ""
}

// gathered is what is told of a record to those who gather.
func (d *describing) gathered(row int32) *harvest.Record {
	u := d.unit(row)
	if u == nil {
		return nil // the fault is told
	}
	more := []harvest.Element{{Name: "identifier", Words: ead.Words{Text: d.address(row)}}}
	if up := d.above(row); up >= 0 {
		more = append(more, harvest.Element{Name: "relation", Words: ead.Words{Text: d.address(up)}})
	}
	if uri := d.rightsOf(u, row).URI.V; uri != "" {
		more = append(more, harvest.Element{Name: "rights", Words: ead.Words{Text: uri}})
	}
	return &harvest.Record{ID: d.oaiID(u.ID.V), Datestamp: d.changedOn(row), Elements: harvest.Core(d.component(u, row).Values, more...)}
}

// above is the nearest above a record that may be told of; negative where there is none.
func (d *describing) above(row int32) int32 {
	for up := d.Catalog.cat.Parent(row); up >= 0; up = d.Catalog.cat.Parent(up) {
		if d.may(up) {
			return up
		}
	}
	return -1
}

// domain is what the identifiers of OAI may name (guidelines for oai-identifier).
var domain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+$`)

// oaiID is the identifier of a record: oai:<domain>:<path of the site>/<id>, so that two sites
// on one host have no id in common. Where the host is no domain, the address in its stead.
func (p *Plan) oaiID(id string) string {
	at, err := url.Parse(p.base())
	if err != nil || !domain.MatchString(at.Host) {
		return p.base() + id
	}
	return "oai:" + at.Host + ":" + strings.TrimPrefix(at.Path, "/") + id
}

// firstDay stands where nobody knows since when a record might be shown.
const firstDay = "1970-01-01"

// changedOn is the last day on which the description of a record is known to have changed:
// that of the edition in which its state first appeared, else that from which it might be shown. The
// clock of the build does not enter it.
func (p *Plan) changedOn(row int32) string {
	if states := p.history.of(row); len(states) > 0 {
		return p.history.editions[states[len(states)-1].number-1].Date
	}
	if day := p.since(row); day != "" {
		return day
	}
	return firstDay
}

// earliest is the first day on which any record that may be gathered changed.
func (p *Plan) earliest() string {
	first := ""
	for row := range p.Catalog.cat.Of(catalog.Unit) {
		if p.mayHarvest(row) {
			if day := p.changedOn(row); first == "" || day < first {
				first = day
			}
		}
	}
	return first
}

// hasRepository reports whether the site has a static repository: somebody must answer for it.
func (p *Plan) hasRepository() bool {
	return p.Data && p.harvests() && p.answersFor() != ""
}

// harvests reports whether any record may be gathered.
func (p *Plan) harvests() bool {
	if !p.harvest() {
		return false
	}
	for row := range p.Catalog.cat.Of(catalog.Unit) {
		if p.mayHarvest(row) {
			return true
		}
	}
	return false
}

// checkHarvest tells of a repository that there is not for want of an address of mail.
func (p *Plan) checkHarvest() {
	if s := &p.Config.Site; p.Data && p.answersFor() == "" && p.harvests() {
		p.report(diag.Warnf("oai-email", diag.Pos{File: s.File, Line: 1, Col: 1}, "không ghi %s: OAI-PMH buộc phải có địa chỉ thư của người chịu trách nhiệm, mà site.yaml chưa ghi", "%s is not written: OAI-PMH wants the mail address of who answers for it, and site.yaml has none", page.OAI).
			WithHint("ghi contact: {email: …} hoặc institution: {email: …} vào site.yaml", "write contact: {email: …} or institution: {email: …} into site.yaml"))
	}
}

// wholeSum sums up what a file about the whole archive shows.
func (p *Plan) wholeSum() []byte {
	type key struct{}
	sum := p.once(key{}, func() any {
		h := sha256.New()
		for fonds := range p.Catalog.cat.Top() {
			h.Write(p.findingSum(fonds))
			for row := fonds; row < p.Catalog.cat.End(fonds); row++ {
				fmt.Fprint(h, p.changedOn(row), p.mayHarvest(row))
			}
		}
		return h.Sum(nil)
	})
	return sum[:]
}
