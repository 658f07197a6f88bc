package excise

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/page"

	"golang.org/x/net/html"
)

// MayFind reports whether a page can be one of the record or beneath it, or a
// notice.
func (c *Cut) MayFind(file string, data []byte) bool {
	return IsOwn(file, c.id) || IsNotice(data) || c.movedIn(file) || c.underMoved(file, data) || bytes.Contains(data, []byte(c.id))
}

// MovedIn adds records that the content has beneath this one, wherever the site has them still, by
// their ids and former ids.
func (c *Cut) MovedIn(ids ...string) {
	for _, id := range ids {
		c.moved[id] = true
	}
}

func (c *Cut) movedIn(file string) bool {
	id, ok := page.UnitPage(file)
	return ok && c.moved[id]
}

// underMoved reports whether the way to a page (layout/base.html) leads over a record that was moved in.
func (c *Cut) underMoved(file string, data []byte) bool {
	if len(c.moved) == 0 {
		return false
	}
	_, way, _ := bytes.Cut(data, []byte(`<nav class="crumbs"`))
	way, _, _ = bytes.Cut(way, []byte("</nav>"))
	for _, m := range linkOf.FindAllSubmatch(way, -1) {
		if c.movedIn(resolve(file, html.UnescapeString(string(m[1])))) {
			return true
		}
	}
	return false
}

var linkOf = regexp.MustCompile(` href="([^"]*)"`)

// Find looks whether a page is one of the record or of a record beneath it,
// and notes what must be found no more: ids, titles and pictures.
func (c *Cut) Find(file string, data []byte) error {
	if !c.MayFind(file, data) {
		return nil
	}
	doc, err := parse(data)
	if err != nil {
		return err
	}
	kind := kindOf(doc)
	switch {
	case IsOwn(file, c.id) && slices.Contains([]string{"record", "fonds", "tombstone"}, kind):
		c.own[file] = true
		c.above = union(c.above, crumbs(file, doc))
		c.note(file, doc, c.id)
	case kind == "tombstone":
		c.stones[file] = true
		c.hush(file, doc)
	case (kind == "record" || kind == "fonds") && c.movedIn(file):
		id, _ := page.UnitPage(file)
		c.under[file] = true
		c.note(file, doc, id)
	case kind == "record" || kind == "fonds":
		for up := range crumbs(file, doc) {
			if IsOwn(up, c.id) || c.movedIn(up) {
				c.under[file] = true
				c.note(file, doc, strings.TrimSuffix(path.Base(file), ".html"))
			}
		}
	}
	return nil
}

// hush looks whether the notice of another record says more than it may, which its heading
// tells.
func (c *Cut) hush(file string, doc *html.Node) {
	if id, ok := page.UnitPage(file); ok && c.MayTell(id) {
		return
	}
	lang := attr(first(doc, named("html")), "lang")
	c.tell[file] = !slices.Contains(c.Silent(lang), headingOf(doc))
}

func union(a, b map[string]bool) map[string]bool {
	for k := range b {
		a[k] = true
	}
	return a
}

// crumbs are the pages of the records above a page.
func crumbs(file string, doc *html.Node) map[string]bool {
	out := map[string]bool{}
	if nav := first(doc, func(n *html.Node) bool { return n.Data == "nav" && hasClass(n, "crumbs") }); nav != nil {
		for _, a := range all(nav, named("a")) {
			out[resolve(file, attr(a, "href"))] = true
		}
	}
	return out
}

// note takes what a page that will go or change tells of its record.
func (c *Cut) note(file string, doc *html.Node, id string) {
	id, _, _ = strings.Cut(id, ".") // the later pages of its list bear a key
	c.seekID(id)
	if id != c.id {
		c.beneath[id] = true
	}
	for _, a := range all(doc, named("a")) {
		c.names[resolve(file, attr(a, "href"))] = true
	}
	if kindOf(doc) == "tombstone" {
		return // its heading is no title, or one that is meant to be read
	}
	c.seekTitle(headingOf(doc))
	for _, title := range otherTitlesOf(doc) {
		c.seekTitle(title)
	}
	for _, m := range sheetFiles(file, doc) {
		c.media[Stem(m)] = true
		c.words.addID(wordOf(m))
	}
}

// seekID adds an id that must be found no more. One that is a word may stand
// anywhere, and so may one by which a page of the house's own is called, unless it has
// digits; only links tell it.
func (c *Cut) seekID(id string) {
	if strings.ContainsAny(id, "0123456789") || strings.ContainsAny(id, "-_") && !c.namesakes[id] {
		c.words.addID(id)
	} else if !slices.Contains(c.short, id) {
		c.short, c.files = append(c.short, id), append(c.files, id+".html")
	}
}

// headingOf is the title of a page, without the brackets of one that the
// archivist gave.
func headingOf(doc *html.Node) string {
	h1 := first(doc, named("h1"))
	if h1 == nil {
		return ""
	}
	var b strings.Builder
	for d := range h1.Descendants() {
		if d.Type == html.TextNode && closest(d.Parent, func(n *html.Node) bool { return hasClass(n, "supplied") }) == nil {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// otherTitlesOf are the titles by which the record of a page is known too.
func otherTitlesOf(doc *html.Node) (out []string) {
	for _, field := range all(doc, func(n *html.Node) bool { return hasClass(n, "field-other_titles") }) {
		for _, n := range all(field, named("dd")) {
			out = append(out, text(n))
		}
	}
	return out
}

// sheetFiles are the pictures and recordings that a record shows of itself.
func sheetFiles(file string, doc *html.Node) (out []string) {
	sheets := first(doc, func(n *html.Node) bool { return attr(n, "id") == "sheets" })
	if sheets == nil {
		return nil
	}
	for _, n := range all(sheets, named("a", "img", "audio", "video", "source")) {
		for _, t := range targets(file, n) {
			if Stem(t) != "" {
				out = append(out, t)
			}
		}
	}
	return out
}
