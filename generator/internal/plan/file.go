package plan

import (
	"strconv"

	"vitrine/generator/iiif"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// The file of a PDF is offered beside the pictures of its pages, where readers may take
// it away and there is a copy that holds its pages alone.

// fileOf is the published file of an object; ok is false where there is none.
func (c *composer) fileOf(row int32, o record.Object) (d derive.Derived, ok bool) {
	if c.Files == nil || !o.IsPDF() || !c.mayTake(row, o) {
		return derive.Derived{}, false
	}
	c.Catalog.ask(row, askImages)
	return c.Files(mediaPath(c.Catalog.ID(c.Catalog.Fonds(row)), o.File.V))
}

// file is that of an object for readers to take away under a name; nil where there is none.
func (c *composer) file(row int32, o record.Object, name string) *page.File {
	d, ok := c.fileOf(row, o)
	if !ok {
		return nil
	}
	return &page.File{Href: c.rel(d.Name), Label: c.fileLabel(d), Name: name + ".pdf"}
}

// fileLabel says what a reader gets: “PDF, 12 trang, 1,2 MB”; in a preview the length of
// what was not made yet is not known.
func (c *composer) fileLabel(d derive.Derived) string {
	if d.Bytes == 0 {
		return c.t("plan.pdf-unmade", c.t("plan.pages", d.Pages))
	}
	return c.t("plan.pdf", c.t("plan.pages", d.Pages), c.length(d.Bytes))
}

// length is that of a file: in thousands of bytes, or in tenths of a million.
func (c *composer) length(bytes int64) string {
	const thousand, tenth = 1000, 100_000
	if n := (bytes + thousand/2) / thousand; n < 1000 {
		return c.t("plan.kilobytes", strconv.FormatInt(max(1, n), 10))
	}
	n := (bytes + tenth/2) / tenth
	return c.t("plan.megabytes", strconv.FormatInt(n/10, 10), strconv.FormatInt(n%10, 10))
}

// renderings are the files of a unit, for viewers and catalogues of other houses
// (Presentation API 3.0, section 3.2).
func (c *composer) renderings(u *record.Unit, row int32) (out []iiif.Content) {
	for i, o := range u.Objects {
		d, ok := c.fileOf(row, o)
		if !ok {
			continue
		}
		var label iiif.Text
		for _, lang := range c.langs {
			in := c.as(lang)
			text := in.fileLabel(d)
			if name := in.leafLabel(u, leaf{object: o, seq: o.Number(i), pages: 1}); len(u.Objects) > 1 && name.Lang == "" {
				text = noted(text, bare(name))
			}
			label = label.Add(lang, text)
		}
		out = append(out, iiif.Content{ID: c.base() + d.Name, Type: "Text", Label: label, Format: "application/pdf"})
	}
	return out
}
