package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/vi"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// checkTransformer lets the checker work on the tree before the footnote
// extension throws unused notes away.
type checkTransformer struct{}

// Transform checks the tree.
func (checkTransformer) Transform(root *ast.Document, _ text.Reader, pc parser.Context) {
	pc.Get(checkerKey).(*checker).visitChildren(root)
}

// visitChildren visits every child of n, which may leave the tree meanwhile;
// what a child leaves in its place has been visited already.
func (c *checker) visitChildren(n ast.Node) {
	if c.depth++; c.depth > maxDepth && n.HasChildren() {
		c.report(diag.Errorf("markdown-depth", diag.Pos{}, "lồng nhau quá %d tầng", "nested more than %d deep", maxDepth), n.FirstChild().Pos())
		n.RemoveChildren(n)
	}
	defer func() { c.depth-- }()
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		c.visitChildren(child)
		c.visit(child)
		child = next
	}
	if c.marks > 0 {
		c.pairSpans(n)
	}
}

func (c *checker) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		c.refuseHTML(n)
	case *ast.Image:
		c.report(diag.Errorf("markdown-html", diag.Pos{}, "hình trong Markdown không được dùng", "images in Markdown are not allowed").
			WithHint("dùng khối “::: object” với mã hồ sơ, để hình có quyết định công bố và chú thích",
				"use a “::: object” block with a record id, so that the image has its clearance and caption"), n.Pos())
		unwrap(n)
	case *ast.Text:
		c.checkText(n)
	case *ast.Link:
		c.checkLink(n)
	case *ast.AutoLink:
		c.checkAutoLink(n)
	case *ast.LinkReferenceDefinition:
		c.checkDefinition(n)
	case *ast.Heading:
		c.checkHeading(n)
	case *east.Table:
		c.checkTable(n)
	case *east.Footnote:
		c.checkFootnote(n)
	case *east.FootnoteLink:
		c.noteLinks = append(c.noteLinks, n)
	case *directiveNode:
		c.checkDirective(n)
	}
}

func (c *checker) refuseHTML(n ast.Node) {
	c.report(diag.Errorf("markdown-html", diag.Pos{}, "HTML trong Markdown không được phép", "HTML in Markdown is not allowed").
		WithHint("viết bằng Markdown; để hiện dấu < hãy viết \\<", "write it in Markdown; to show a < write \\<"), n.Pos())
	n.Parent().RemoveChild(n.Parent(), n)
}

// checkText finds what was meant as a link and is none, such as
// `[words](id: mau-0007)` with its space.
func (c *checker) checkText(n *ast.Text) {
	value := n.Segment.Value(c.source)
	at := bytes.Index(value, []byte("]("))
	if at < 0 || n.Parent().Kind() == ast.KindCodeSpan || at > 0 && value[at-1] == '\\' {
		return
	}
	c.report(diag.Warnf("markdown-link", diag.Pos{}, "giống một liên kết nhưng không phải", "this looks like a link but is none").
		WithHint("viết liền [chữ](địa-chỉ), không có khoảng trắng; dấu ngoặc thường viết \\](", "write [words](address) without white space; a bracket that is only text is \\]("), n.Segment.Start+at)
}

func (c *checker) checkDirective(d *directiveNode) {
	if d.name == "" {
		d.Parent().RemoveChild(d.Parent(), d)
		return
	}
	if !c.directivesAllowed {
		c.report(diag.Errorf("markdown-block", diag.Pos{}, "khối “::: %s” chỉ dùng trong trưng bày", "the block “::: %s” belongs in exhibition texts only", d.name), d.Pos())
		d.Parent().RemoveChild(d.Parent(), d)
		return
	}
	c.directives = append(c.directives, c.directive(d))
}

// checkHeading moves a heading below the h1 of the page and gives it an id.
func (c *checker) checkHeading(n *ast.Heading) {
	words := c.textOf(n)
	if words == "" {
		c.report(diag.Warnf("markdown-heading", diag.Pos{}, "đề mục không có chữ", "the heading has no words"), n.Pos())
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	written := max(2, n.Level)
	if c.lastLevel > 0 && written > c.lastLevel+1 {
		c.report(diag.Warnf("markdown-heading", diag.Pos{}, "đề mục nhảy cấp, từ %s đến %s", "heading level skipped, from %s to %s",
			strings.Repeat("#", c.lastLevel), strings.Repeat("#", n.Level)), n.Pos())
	}
	c.lastLevel = written
	n.Level = min(6, written-2+max(2, c.src.Level))
	id := c.uniqueID(vi.Slug(words))
	n.SetAttributeString("id", []byte(id))
	c.headings = append(c.headings, Heading{Level: n.Level, ID: id, Text: words})
}

func (c *checker) uniqueID(slug string) string {
	if slug == "" {
		slug = "muc"
	}
	id := c.src.IDPrefix + slug
	n := max(2, c.next[slug]) // all before are taken: a text may hold a heading a million times
	for ; c.ids[id]; n++ {
		id = c.src.IDPrefix + slug + "-" + strconv.Itoa(n)
	}
	c.ids[id], c.next[slug] = true, n
	return id
}

// checkTable names the table by its head, for those who hear the page, and
// turns alignment into classes.
func (c *checker) checkTable(n *east.Table) {
	word := c.inLang("Bảng", "Table")
	var names []string
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			head := row.Kind() == east.KindTableHeader
			if head {
				cell.SetAttributeString("scope", []byte("col"))
				names = append(names, c.textOf(cell))
			}
			if a := cell.(*east.TableCell).Alignment; a != east.AlignNone {
				cell.SetAttributeString("class", []byte("align-"+a.String()))
			}
		}
	}
	label := word + ": " + strings.Join(names, ", ")
	if c.tables[label]++; c.tables[label] > 1 {
		label = fmt.Sprintf("%s (%d)", label, c.tables[label])
	}
	n.SetAttributeString("label", label)
}

// inLang chooses the words of a label; Vietnamese where no language is given.
func (c *checker) inLang(vi, en string) string {
	if c.src.Lang == "en" {
		return en
	}
	return vi
}

func (c *checker) checkFootnote(n *east.Footnote) {
	if n.Index < 0 {
		c.report(diag.Warnf("markdown-footnote", diag.Pos{}, "chú thích [^%s] không được nhắc tới nên không hiện", "the note [^%s] is never referred to and is not shown", n.Ref), n.Pos())
	}
}

// finish does what must wait until the whole tree is known.
func (c *checker) finish(root ast.Node) {
	for _, n := range c.fragments {
		id := c.src.IDPrefix + string(n.Destination[1:])
		if c.ids[id] {
			n.Destination = []byte("#" + id)
		}
	}
	for _, n := range c.noteLinks {
		n.SetAttributeString("id", c.noteID("fnref", n.Index, n.RefIndex))
		n.SetAttributeString("href", "#"+c.noteID("fn", n.Index, 0))
	}
	if list, ok := root.LastChild().(*east.FootnoteList); ok && len(c.noteLinks) > 0 {
		c.finishNotes(list)
	}
}

func (c *checker) finishNotes(list *east.FootnoteList) {
	label := c.inLang("Về chỗ đánh dấu %d", "Back to mark %d")
	_ = ast.Walk(list, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *east.Footnote:
			n.SetAttributeString("id", c.noteID("fn", n.Index, 0))
		case *east.FootnoteBacklink:
			n.SetAttributeString("href", "#"+c.noteID("fnref", n.Index, n.RefIndex))
			n.SetAttributeString("label", fmt.Sprintf(label, n.Index))
		}
		return ast.WalkContinue, nil
	})
}

// noteID makes the id of a note or of the mark that refers to it. The colon
// keeps it apart from the ids of headings.
func (c *checker) noteID(kind string, index, again int) string {
	id := fmt.Sprintf("%s%s:%d", c.src.IDPrefix, kind, index)
	if again > 0 {
		id += fmt.Sprintf(":%d", again+1)
	}
	return id
}

// undefinedNote reports `[^x]` where no note x is defined; it stands behind
// the footnote parser, which passes such marks on.
type undefinedNote struct{}

// noteMax is how many bytes a mark may have, as in the footnote parser.
const noteMax = 999

var noteMark = regexp.MustCompile(`^\[\^([^\]\s]+)\]`)

// Trigger returns the character a mark begins with.
func (undefinedNote) Trigger() []byte { return []byte{'['} }

// Parse reports and leaves the text as it is.
func (undefinedNote) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if m := noteMark.FindSubmatch(line[:min(len(line), noteMax)]); m != nil {
		pc.Get(checkerKey).(*checker).report(diag.Errorf("markdown-footnote", diag.Pos{}, "không có chú thích [^%s]", "there is no note [^%s]", m[1]).
			WithHint("thêm dòng “[^%s]: …”", "add a line “[^%s]: …”", m[1]), segment.Start)
	}
	return nil
}
