package excise

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// countMark is the attribute that templates give to every part of a page that
// says how many records there are.
const countMark = "data-count"

// Outcome says what became of a page.
type Outcome uint8

// The outcomes.
const (
	Kept     Outcome = iota
	Cutout           // parts of it were cut
	Replaced         // it gave way to a notice
	Entombed         // it is the notice in the place of the record
)

// Page makes a page as it may be shown from now on. It is nil where the page
// stays as it is.
func (c *Cut) Page(file string, data []byte) ([]byte, Outcome, error) {
	if c.entombed(file) || c.stones[file] && c.holds(file, data) {
		out, err := c.entomb(file, data)
		return out, Entombed, err
	}
	if c.tell[file] {
		out, err := c.entomb(file, data)
		return out, Cutout, err
	}
	if c.stones[file] {
		return nil, Kept, nil
	}
	if !c.shows(file, data) && !counts(data) && !c.rescales(data) && !c.letters(file, data) {
		return nil, Kept, nil
	}
	doc, err := parse(data)
	if err != nil {
		return nil, Kept, err
	}
	p := c.cut(file, doc)
	if p.certain && p.taken == 0 && !c.holds(file, data) && !p.linksTo(doc) {
		return nil, Kept, nil
	}
	if p.certain {
		p.keepAnchors()
		p.undescribe()
		if out, err := render(doc); err != nil || !c.words.in(string(out)) {
			return out, Cutout, err
		}
	}
	out, err := c.replace(data)
	return out, Replaced, err
}

// linksTo reports whether what a page tells machines of itself names a file that goes and
// holds no word that is looked for. It is not edited: all of it goes, and the next build
// makes it anew.
func (p *cutting) linksTo(doc *html.Node) bool {
	names := func(text string) bool {
		return slices.ContainsFunc(p.files, func(name string) bool { return strings.Contains(text, "/"+name) || strings.Contains(text, `"`+name) })
	}
	for _, n := range all(doc, named("script", "meta")) {
		if n.Data == "meta" && strings.HasPrefix(attr(n, "property"), "og:") && names(attr(n, "content")) {
			return true
		}
		if n.Data == "script" && attr(n, "type") == "application/ld+json" && n.FirstChild != nil && names(n.FirstChild.Data) {
			return true
		}
	}
	return false
}

// cutting is the work on one page.
type cutting struct {
	*Cut
	file    string
	doc     *html.Node
	kind    string
	certain bool
	taken   int      // parts that were removed
	anchors []string // ids that went with them
}

// cut removes what shows the record, and what counted it.
func (c *Cut) cut(file string, doc *html.Node) *cutting {
	p := &cutting{Cut: c, file: file, doc: doc, kind: kindOf(doc), certain: true}
	for _, n := range all(doc, p.named) {
		if !under(n, doc) {
			continue // it went with another
		}
		if box := p.box(n); box != nil {
			p.take(box)
		} else {
			p.certain = false
		}
	}
	p.turns()
	for _, n := range all(doc, func(n *html.Node) bool { return hasClass(n, "slip-summary") && c.words.in(text(n)) }) {
		p.take(n)
	}
	if p.kind == "authority-index" && p.lostName(file) {
		for _, n := range all(doc, func(n *html.Node) bool { return n.Data == "nav" && hasClass(n, "letters") }) {
			p.take(n)
		}
	}
	p.lone()
	every := p.counts()
	for _, n := range all(doc, isCount) {
		if every || p.ofAncestor(n) {
			p.take(n)
		}
	}
	p.drawings()
	return p
}

// rescales reports whether a page shows a scale of years that is no longer right.
func (c *Cut) rescales(data []byte) bool { return c.rescaled && scales.Match(data) }

// scales recognises the drawings on the scale of all years.
var scales = regexp.MustCompile(`<svg class="(ruler|timeline)"|<section class="lens"`)

// drawings takes the label of a timeline from which something was cut, since it says how much
// that shows; and the drawings on the scale of all years where that is no longer right.
func (p *cutting) drawings() {
	if p.taken > 0 {
		for _, n := range all(p.doc, func(n *html.Node) bool { return n.Data == "svg" && hasClass(n, "timeline") }) {
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "aria-label" })
			marks := all(n, named("a"))
			isEvent := func(n *html.Node) bool { return hasClass(n, "mark-event") }
			if events := slices.ContainsFunc(marks, isEvent); events && slices.ContainsFunc(marks, func(n *html.Node) bool { return !isEvent(n) }) {
				continue
			}
			for _, band := range all(n, func(n *html.Node) bool { return hasClass(n, "band") }) { // there is one kind of marks alone
				remove(band)
			}
		}
	}
	if !p.rescaled {
		return
	}
	overview := p.kind == "timeline" && path.Base(p.file) == "index.html"
	for _, n := range all(p.doc, func(n *html.Node) bool {
		return hasClass(n, "ruler-ends") || n.Data == "svg" && (hasClass(n, "ruler") || overview && hasClass(n, "timeline"))
	}) {
		if under(n, p.doc) {
			p.take(n)
		}
	}
	for _, n := range all(p.doc, func(n *html.Node) bool { return hasClass(n, "lens") }) { // its places are for a script alone
		remove(n)
		p.taken++
	}
}

// letters reports whether a page leads to the letters of a list of names of which one went.
func (c *Cut) letters(file string, data []byte) bool {
	return bytes.Contains(data, []byte(`<nav class="letters"`)) && c.lostName(file)
}

// lostName reports whether a page went that stood in the folder of another.
func (c *Cut) lostName(file string) bool {
	for gone := range c.gone {
		if path.Dir(gone) == path.Dir(file) {
			return true
		}
	}
	return false
}

// isCount recognises what says how many records there are. The attribute with a value is one of
// the words for a script.
func isCount(n *html.Node) bool { return hasAttr(n, countMark) && attr(n, countMark) == "" }

// ofAncestor reports whether a number stands in the slip of a record above.
func (p *cutting) ofAncestor(n *html.Node) bool {
	slip := closest(n, named("li", "article"))
	return slip != nil && slices.ContainsFunc(all(slip, named("a")), func(a *html.Node) bool { return p.above[resolve(p.file, attr(a, "href"))] })
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// named reports whether an element names something dead.
func (p *cutting) named(n *html.Node) bool {
	return slices.ContainsFunc(targets(p.file, n), p.dead)
}

// prose are the classes of running text, in which a link stands in a sentence
// that may say anything: such a text goes as a whole. In a story other parts
// of the page may speak of the same record.
var prose = []string{"prose", "lead", "passage", "question", "intro", "scope", "block-caption", "reading", "notice"}

func isRunning(n *html.Node) bool {
	return slices.ContainsFunc(prose, func(class string) bool { return hasClass(n, class) })
}

// stories are the kinds of page that tell of records.
var stories = []string{"exhibition", "article"}

// box is the part of the page that an element stands for: a slip, a row, a
// mark, a figure, a link among links. It is nil where that is not certain.
func (p *cutting) box(n *html.Node) *html.Node {
	in := func(is func(*html.Node) bool) *html.Node { return closest(n, is) }
	running := in(isRunning)
	switch {
	case n.Data == "link":
		return n
	case slices.Contains(stories, p.kind) && in(named("main")) != nil:
		return nil // what is told around it may be of the record as well
	case running != nil && isElement(running.Parent, "section"):
		return running.Parent // with its headings and the list of them
	case running != nil:
		return running
	case isElement(n, "img", "image"):
		return p.frameOf(n)
	case in(named("svg")) != nil:
		return in(named("a"))
	}
	for _, is := range boxes {
		if b := in(is); b != nil {
			return b
		}
	}
	return nil
}

// boxes are the parts that hold a link, the nearest kind first.
var boxes = []func(*html.Node) bool{
	named("li"), named("tr"), named("figure"), named("dd"),
	func(n *html.Node) bool { return n.Data == "p" && hasClass(n, "opening-doc") },
	func(n *html.Node) bool { return n.Data == "article" && hasClass(n, "creator") },
	func(n *html.Node) bool {
		return n.Data == "a" && closest(n, func(n *html.Node) bool { return n.Data == "nav" }) != nil
	},
}

// frameOf is what holds a picture and nothing else: the figure with its
// caption, else the frame, else the picture itself.
func (p *cutting) frameOf(n *html.Node) *html.Node {
	if f := closest(n, named("figure")); f != nil {
		if isElement(f.Parent, "li") {
			return f.Parent
		}
		return f
	}
	if f := closest(n, func(n *html.Node) bool { return hasClass(n, "slip-thumb") || hasClass(n, "strip-sheet") }); f != nil {
		return f
	}
	return n
}

// turns removes links between pages of a list whose words are a title: they
// lead to pages that stay, and name the record that stood first on them.
func (p *cutting) turns() {
	for _, a := range all(p.doc, named("a")) {
		if !p.words.in(text(a)) || closest(a, named("nav")) == nil {
			continue
		}
		if li := closest(a, named("li")); li != nil {
			a = li
		}
		p.take(a)
	}
}

// counts reports whether the numbers of a page may count the record: those of
// the pages above it, of the persons, places and exhibitions that showed it or
// that it led to, and of lists that may hold it on another of their pages.
func (p *cutting) counts() bool {
	switch p.kind {
	case "record", "fonds", "tombstone":
		return p.above[p.file]
	case "authority", "exhibition":
		return p.taken > 0 || p.names[p.file]
	}
	return true
}

// take removes a part, with what belongs to it, and what is left empty.
func (p *cutting) take(n *html.Node) {
	parent := n.Parent
	if parent == nil {
		return
	}
	for d := range n.Descendants() {
		if id := attr(d, "id"); d.Type == html.ElementNode && id != "" {
			p.anchors = append(p.anchors, id)
		}
	}
	if id := attr(n, "id"); id != "" {
		p.anchors = append(p.anchors, id)
	}
	if label := nextElement(n); n.Data == "a" && isElement(label, "text") && hasClass(label, "mark-text") {
		remove(label)
	}
	remove(n)
	p.taken++
	if hollow(parent) {
		p.take(parent)
	}
	if row := closest(parent, isFacetRow); row != nil && first(row, named("ul")) == nil && row.Parent != nil {
		p.take(row) // it told how many there are of each decade, and there are none
	}
}

// lone removes the rows of persons of whom no more than one record may be left: from two on
// they have one. What cannot be counted any more since an earlier cut may be one.
func (p *cutting) lone() {
	for _, row := range all(p.doc, isFacetRow) {
		a := first(row, func(n *html.Node) bool { return n.Data == "a" && hasClass(n.Parent, "facet-value") })
		if a == nil || !p.names[resolve(p.file, attr(a, "href"))] {
			continue
		}
		total := 0
		for _, n := range all(row, isCount) {
			total += numberOf(text(n))
		}
		if total < 2+len(p.beneath)+1 && under(row, p.doc) {
			p.take(row)
		}
	}
}

// numberOf is the number that the digits of a text make.
func numberOf(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n = min(10*n+int(r-'0'), 1<<30)
		}
	}
	return n
}

func isFacetRow(n *html.Node) bool { return n.Data == "li" && hasClass(n, "facet-row") }

func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

// hollow reports whether nothing is left in a part but its heading.
func hollow(n *html.Node) bool {
	if !slices.Contains([]string{"ul", "ol", "dl", "div", "section", "nav", "table", "tbody", "span", "p", "article"}, n.Data) {
		return false
	}
	for child := range n.ChildNodes() {
		switch {
		case child.Type == html.TextNode && strings.TrimSpace(child.Data) == "":
		case isElement(child, "h2", "h3", "h4", "dt"), isElement(child, "p") && hasClass(child, "way"):
		default:
			return false
		}
	}
	return true
}

// undescribe leaves nothing in the head that sums the page up: what was cut may be
// told there in other words.
func (p *cutting) undescribe() {
	for _, n := range all(first(p.doc, named("head")), func(n *html.Node) bool { return !staysInHead(n) && n.Data != "title" && attr(n, "name") != "robots" }) {
		remove(n)
	}
}

// telling are the kinds of page on which the place of what was cut may be a day, or the list of
// what somebody made, that it alone had: those have a number in their names.
var telling = []string{"day", "day-index", "browse", "browse-index", "timeline", "authority"}

// keepAnchors leaves the places that were cut within reach of links from
// other pages.
func (p *cutting) keepAnchors() {
	main := first(p.doc, named("main"))
	for _, id := range p.anchors {
		if slices.Contains(telling, p.kind) && strings.ContainsAny(id, "0123456789") || p.kind == "authority-index" {
			continue // the letter may be that of one name
		}
		if main != nil && !p.words.holdsID(id) && !p.words.in(id) {
			main.AppendChild(element("span", "id", id))
		}
	}
}
