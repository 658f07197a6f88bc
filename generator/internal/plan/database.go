package plan

import (
	"io"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/exchange/dataset"
	"vitrine/generator/page"
)

// database is the file of SQLite with the records of the whole archive that may be taken away
// in bulk.
type database struct{ plan *Plan }

// WriteTo writes the file. It is made in the folder for what is not held in memory.
func (d *database) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	p := d.plan
	c := &composer{Plan: p, lang: p.langs[0], path: page.Database}
	err := dataset.Database(count, p.Room, p.langs, c.aboutData(), func(add func(*dataset.Record) error) error {
		for fonds := range p.Catalog.cat.Top() {
			told := p.mayDownload(fonds)
			err := c.describing(fonds, p.mayDownload).eachRecord(func(r *dataset.Record) error {
				if r.Parent == r.Fonds && !told {
					r.Parent = "" // there is no such row
				}
				return add(r)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return count.n, err
}

// aboutData is what the database says of itself, key by key.
func (c *composer) aboutData() (out [][2]string) {
	put := func(key, value string) {
		if value != "" {
			out = append(out, [2]string{key, value})
		}
	}
	s := &c.Config.Site
	title, _ := c.plainText(s.Title)
	by, _ := c.plainText(s.Institution.Name)
	licence, _ := c.plainText(s.Licence.Text)
	put("title", title)
	put("publisher", by)
	put("licence", licence)
	put("licence_uri", s.Licence.URI.V)
	put("url", c.base())
	put("language", c.lang)
	return out
}

// hasDatabase reports whether there is a database: of what may be taken away.
func (p *Plan) hasDatabase() bool { return p.Data && p.offersBulk() }

// offersBulk reports whether any record may be taken away in bulk.
func (p *Plan) offersBulk() bool {
	if !p.offersData() {
		return false
	}
	for row := range p.Catalog.cat.Of(catalog.Unit) {
		if p.mayDownload(row) {
			return true
		}
	}
	return false
}
