// Package markup turns Markdown into safe HTML and plain text; it is the only
// maker of template.HTML.
//
// Markdown here is CommonMark with tables, strikethrough, footnotes,
// definition lists, `[texte]{lang=fr}` for foreign words, links by id
// (`[chữ](id:mau-0007)`) and, in exhibition texts, `:::` blocks. What could
// carry foreign code or ask another host for something is refused with an
// error at its place and left out of the output: raw HTML, images, links
// with any scheme but http, https, mailto and tel, and relative links.
//
// The output uses a fixed set of elements and attributes, never a style
// attribute, and depends on the input alone. All functions may be called
// from many goroutines.
package markup

import (
	"bufio"
	"bytes"
	"html/template"
	"slices"
	"strings"

	"vitrine/generator/diag"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Source is a Markdown text and where it stands.
type Source struct {
	Text string
	Pos  diag.Pos // of the first character of Text
	Lang string   // of the text, "vi" or "en"; chooses the words of labels

	// Indent is how many characters stand before every line of Text but the
	// first, as in a YAML block text.
	Indent int
	// Level is the HTML level of `#` and `##` headings, 2 where zero; deeper
	// ones follow. The h1 belongs to the page.
	Level int
	// IDPrefix stands before every id made from this text. Texts that share
	// a page need different ones.
	IDPrefix string
}

// Links resolves the id of a link such as `(id:mau-0007)` to an address
// relative to the page. It returns false for what is unknown or not public, with
// the reason where that is known, for the message.
type Links func(id string) (href string, why diag.Text, ok bool)

// Heading is one heading of a rendered text, for a table of contents.
type Heading struct {
	Level    int    // of the HTML element, 2 to 6
	ID, Text string // the id with its prefix; plain text
}

// Part is a piece of a rendered text. Either HTML or Directive is set.
type Part struct {
	HTML      template.HTML
	Directive *Directive
}

// Doc is a rendered text: HTML and `:::` blocks in their order, and the
// headings. Footnotes of the whole text end the last part.
type Doc struct {
	Parts    []Part
	Headings []Heading
}

// Document renders block Markdown that may hold `:::` blocks. The blocks are
// handed back in their places; what their names mean is the caller's affair.
func Document(src Source, links Links) (Doc, []diag.Diagnostic) {
	doc, c := render(src, links, true)
	return doc, c.sorted()
}

// Render turns block Markdown into HTML. A `:::` block is an error.
func Render(src Source, links Links) (template.HTML, []diag.Diagnostic) {
	if isPlain(src.Text) {
		return template.HTML(plainParagraphs(src.Text)), nil
	}
	doc, c := render(src, links, false)
	if len(doc.Parts) == 0 {
		return "", c.sorted()
	}
	return doc.Parts[0].HTML, c.sorted()
}

// Inline turns the Markdown of a title or caption into HTML without block
// elements. Lines and paragraphs run on.
func Inline(src Source, links Links) (template.HTML, []diag.Diagnostic) {
	if isPlain(src.Text) {
		return template.HTML(typeset(runOn(src.Text))), nil
	}
	c := newChecker(src, links)
	root := c.parse(inlineParser())
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	for block := root.FirstChild(); block != nil; block = block.NextSibling() {
		for n := block.FirstChild(); n != nil; n = n.NextSibling() {
			write(w, c.source, n)
		}
		if block.NextSibling() != nil {
			_ = w.WriteByte('\n')
		}
	}
	_ = w.Flush()
	return template.HTML(out.String()), c.sorted()
}

// Text escapes plain text and sets it by the rules of Vietnamese typography:
// no line break inside a date or after "số", "tập", "tr." and their like.
func Text(s string) template.HTML { return template.HTML(typeset(clean(s))) }

// render parses, checks and writes block Markdown.
func render(src Source, links Links, directives bool) (Doc, *checker) {
	c := newChecker(src, links)
	c.directivesAllowed = directives
	root := c.parse(blockParser())
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	write(w, c.source, root)
	_ = w.Flush()
	doc := Doc{Headings: c.headings}
	for i, piece := range strings.Split(out.String(), directiveMark) {
		if i > 0 {
			doc.Parts = append(doc.Parts, Part{Directive: c.directives[i-1]})
		}
		if strings.TrimSpace(piece) != "" {
			doc.Parts = append(doc.Parts, Part{HTML: template.HTML(piece)})
		}
	}
	return doc, c
}

// write renders a node; writing to memory cannot fail.
func write(w *bufio.Writer, source []byte, n ast.Node) {
	if err := htmlRenderer().Render(w, source, n); err != nil {
		panic(err) // a node without a renderer: a fault of this package that the tests would show
	}
}

// checkerKey finds the checker in the context of a parse.
var checkerKey = parser.NewContextKey()

// checker holds what one call knows and finds.
type checker struct {
	src    Source
	source []byte // src.Text, cleaned
	places index  // in source
	links  Links

	directivesAllowed bool

	diags      []diag.Diagnostic
	headings   []Heading
	directives []*Directive
	ids        map[string]bool
	next       map[string]int // number of the next heading with a slug
	fragments  []*ast.Link    // links to a place in the same page
	noteLinks  []*east.FootnoteLink
	tables     map[string]int // label → how often
	told       map[string]int // severity and code of findings → how often
	lastLevel  int            // of the heading before, as written
	depth      int            // of the node being visited
	marks      int            // opening and closing marks of language spans
}

func newChecker(src Source, links Links) *checker {
	src.Text = clean(src.Text)
	return &checker{src: src, source: []byte(src.Text), links: links, ids: map[string]bool{}, next: map[string]int{}, tables: map[string]int{}, told: map[string]int{}}
}

// parse returns the tree with everything refused taken out of it.
func (c *checker) parse(p parser.Parser) ast.Node {
	if at, d := hopeless(c.source); d != nil {
		c.report(*d, at)
		c.source, c.places = nil, index{}
	}
	pc := parser.NewContext()
	pc.Set(checkerKey, c)
	root := p.Parse(text.NewReader(c.source), parser.WithContext(pc))
	c.finish(root)
	return root
}

// report adds a finding at a byte offset of the text.
func (c *checker) report(d diag.Diagnostic, offset int) {
	if c.enough(d) {
		return
	}
	d.Pos = c.at(offset)
	c.diags = append(c.diags, d)
}

func (c *checker) sorted() []diag.Diagnostic {
	slices.SortStableFunc(c.diags, func(a, b diag.Diagnostic) int { return a.Pos.Compare(b.Pos) })
	return c.diags
}
