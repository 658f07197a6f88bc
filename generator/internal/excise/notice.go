package excise

import (
	"errors"
	"path"
	"slices"

	"golang.org/x/net/html"
)

// entomb puts the notice in the place of the record, or of one beneath it: in the
// frame of its page, or without it where the frame would name it.
func (c *Cut) entomb(file string, data []byte) ([]byte, error) {
	make, mayName := c.Tombstone, c.Named
	switch {
	case c.tell[file]:
		make, mayName = c.Least, false
	case !c.own[file]:
		make, mayName = c.Beneath, false
	}
	for _, bare := range []bool{false, true} {
		doc, err := parse(data)
		if err != nil {
			return nil, err
		}
		made, err := make(attr(first(doc, named("html")), "lang"))
		if err != nil {
			return nil, err
		}
		f, err := newFrame(doc, made)
		if err != nil {
			return nil, err
		}
		if kindOf(doc) == "redirect" {
			f.forget(c.targetsOf(file, doc))
		}
		f.contact()
		f.fill()
		f.shorten()
		if bare {
			f.strip()
		}
		if out, err := render(doc); err != nil || mayName || !c.words.holdsTitle(plain(html.UnescapeString(untagged(string(out))))) {
			return out, err
		}
	}
	return nil, errNamed
}

// targetsOf are the elements of a page that name what is dead, at addresses of this
// site or of the web.
func (c *Cut) targetsOf(file string, doc *html.Node) []*html.Node {
	p := &cutting{Cut: c, file: file}
	return all(doc, func(n *html.Node) bool {
		return p.named(n) || isElement(n, "link") && slices.Contains([]string{"canonical", "alternate"}, attr(n, "rel")) || hasClass(n, "address-of-page")
	})
}

// forget takes elements out, with the rows in which they stand.
func (f *frame) forget(list []*html.Node) {
	for _, n := range list {
		if li := closest(n, named("li")); li != nil {
			n = li
		}
		remove(n)
	}
}

// shorten leaves of the way to the record what leads to its fonds: the notice
// does not say in which file it was.
func (f *frame) shorten() {
	nav := first(f.doc, func(n *html.Node) bool { return n.Data == "nav" && hasClass(n, "crumbs") })
	if nav == nil {
		return
	}
	for _, li := range all(nav, named("li")) {
		if a := first(li, named("a")); a == nil || path.Base(attr(a, "href")) != "index.html" {
			remove(li)
		}
	}
}

// contact puts the address of the archive, which the page of the record bore,
// in its place in the notice; without one the notice has no such part.
func (f *frame) contact() {
	is := func(n *html.Node) bool { return hasClass(n, "contact") }
	room, had := first(f.main, is), first(f.old, is)
	if room == nil {
		return
	}
	if had != nil {
		remove(had)
		room.Parent.InsertBefore(had, room)
	} else if h2 := first(f.main, named("h2")); h2 != nil {
		remove(h2)
	}
	remove(room)
}

var errNamed = errors.New("excise: a notice would still name the record")

// Replace is the notice in the place of a page that ceases, for the address to stay.
func (c *Cut) Replace(data []byte) ([]byte, error) { return c.replace(data) }

// replace puts a notice in the place of a page, in the frame of the page
// where that does not name the record, else without it.
func (c *Cut) replace(data []byte) ([]byte, error) {
	for _, bare := range []bool{false, true} {
		doc, err := parse(data)
		if err != nil {
			return nil, err
		}
		made, err := c.Notice(attr(first(doc, named("html")), "lang"))
		if err != nil {
			return nil, err
		}
		f, err := newFrame(doc, made)
		if err != nil {
			return nil, err
		}
		f.anchors(c.words)
		f.fill()
		if bare {
			f.strip()
		}
		if out, err := render(doc); err != nil || !c.words.in(string(out)) {
			return out, err
		}
	}
	return nil, errNamed
}

// frame is a page whose main part another takes.
type frame struct {
	doc, head, body, old *html.Node // of the page
	main                 *html.Node // that takes the place of old
	class, title         string
}

// newFrame takes the main part of a page that was made for it.
func newFrame(doc *html.Node, made []byte) (*frame, error) {
	other, err := parse(made)
	if err != nil {
		return nil, err
	}
	f := &frame{doc: doc, head: first(doc, named("head")), body: first(doc, named("body")), old: first(doc, named("main")), main: first(other, named("main"))}
	if f.head == nil || f.body == nil || f.old == nil || f.main == nil {
		return nil, errors.New("excise: a page without a main part")
	}
	f.class, f.title = attr(first(other, named("body")), "class"), headingOf(other)
	if name := first(doc, func(n *html.Node) bool { return hasClass(n, "masthead-name") }); name != nil {
		f.title += " – " + text(name)
	}
	return f, nil
}

// anchors keeps the places of the old page within reach of links from others.
func (f *frame) anchors(w *words) {
	for _, n := range all(f.old, func(n *html.Node) bool { return attr(n, "id") != "" }) {
		if id := attr(n, "id"); !w.in(id) {
			f.main.AppendChild(element("span", "id", id))
		}
	}
}

// fill exchanges the main part and mends the head: search engines are to pass
// the page by, and nothing that described it stays.
func (f *frame) fill() {
	remove(f.main)
	f.old.Parent.InsertBefore(f.main, f.old)
	remove(f.old)
	setAttr(f.body, "class", f.class)
	for _, n := range all(f.head, func(n *html.Node) bool { return !staysInHead(n) }) {
		remove(n)
	}
	title := element("title")
	title.AppendChild(&html.Node{Type: html.TextNode, Data: f.title})
	f.head.AppendChild(title)
	f.head.AppendChild(element("meta", "name", "robots", "content", "noindex"))
	for _, a := range all(f.body, func(n *html.Node) bool { return n.Data == "a" && hasClass(n, "report") }) {
		remove(a.Parent) // a letter about the page, with its title
	}
}

// staysInHead recognises what every page of the site has in its head.
func staysInHead(n *html.Node) bool {
	switch n.Data {
	case "script":
		return attr(n, "src") != ""
	case "link":
		if attr(n, "rel") == "alternate" { // not what describes the record for others, which goes too (layout/base.html)
			return hasAttr(n, "hreflang") || attr(n, "type") == "application/atom+xml"
		}
		return slices.Contains([]string{"stylesheet", "preload", "icon", "canonical"}, attr(n, "rel"))
	case "meta":
		return hasAttr(n, "charset") || attr(n, "http-equiv") == "Content-Security-Policy" || slices.Contains([]string{"viewport", "generator", "color-scheme", "theme-color"}, attr(n, "name"))
	}
	return false
}

// strip leaves nothing of the old page but its head.
func (f *frame) strip() {
	for child := f.body.FirstChild; child != nil; {
		next := child.NextSibling
		if child != f.main {
			remove(child)
		}
		child = next
	}
}
