package plan

import (
	"strings"

	"vitrine/generator/page"
)

// What those read who show a page where its address was posted: OpenGraph, and Dublin Core where
// the page has none for Zotero. They take addresses that are whole and no others, so without one
// a page tells its title and what it is alone.

// sharedSide is the side in pixels that a picture is to have about.
const sharedSide = 1200

// locales are languages as OpenGraph has them.
var locales = map[string]string{"vi": "vi_VN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "zh": "zh_CN"}

func (c *composer) share(l *page.Layout, v any) {
	s := &page.Social{Type: "website", Title: l.Title, Description: l.Description, SiteName: l.SiteTitle, Locale: locales[c.lang], URL: l.Canonical, Image: c.sharedBy}
	if l.Kind == "exhibition" || l.Kind == "article" {
		s.Type = "article"
	}
	for _, a := range l.Languages {
		if other := locales[a.Lang]; other != "" && a.Lang != c.lang {
			s.Others = append(s.Others, other)
		}
	}
	if r, ok := v.(*page.Record); ok && c.base() != "" {
		s.Image = c.pictureOf(r)
	}
	if l.Social = s; len(l.Meta) == 0 && c.refers() {
		l.Meta = c.dublinCore(l)
	}
}

// pictureOf is the first picture of a record, in the size that suits best of those that are
// published; nil where it shows none.
func (c *composer) pictureOf(r *page.Record) *page.SharedImage {
	for _, s := range r.Sheets {
		img := s.Image
		if img == nil && s.Recording != nil {
			img = s.Recording.Poster
		}
		if img == nil || len(img.Sizes) == 0 {
			continue
		}
		best := img.Sizes[0]
		for _, z := range img.Sizes {
			if distance(z) < distance(best) {
				best = z
			}
		}
		return &page.SharedImage{URL: c.linkedHref(best.Href), Media: jpeg, Width: best.Width, Height: best.Height, Alt: img.Alt}
	}
	return nil
}

// distance is how far the longer side of a picture is from what is wanted, in pixels.
func distance(z page.Size) int {
	side := max(z.Width, z.Height)
	return max(side-sharedSide, sharedSide-side)
}

// dublinCore tells of a page that is none of a record; that of a record has the elements by
// which Zotero takes it, with more in them.
func (c *composer) dublinCore(l *page.Layout) (out []page.Meta) {
	for _, m := range []page.Meta{{Name: "dc.title", Content: l.Title}, {Name: "dc.language", Content: c.lang}, {Name: "dc.description", Content: l.Description}, {Name: "dc.publisher", Content: strings.TrimSpace(bare(l.Footer.Body))}} {
		if m.Content != "" {
			out = append(out, m)
		}
	}
	return out
}
