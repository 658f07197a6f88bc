package markup

import (
	"bytes"
	"strings"

	"vitrine/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Directive is a `:::` block: a line `::: name`, lines of YAML, a line `:::`.
type Directive struct {
	Name    string
	Body    string // the lines between the fences
	Pos     diag.Pos
	BodyPos diag.Pos // of the first line of the body
}

// Segment is a piece of a text: prose, or a block. Exactly one field is set.
type Segment struct {
	Markdown  *Source
	Directive *Directive
}

// Split cuts a text at its `:::` blocks without rendering it. It reports
// only faults of the blocks. To show a text use Document, where footnotes
// and link definitions hold for the whole text.
func Split(src Source) ([]Segment, []diag.Diagnostic) {
	c := newChecker(src, anyLink)
	c.directivesAllowed = true
	root := c.parse(blockParser())
	var out []Segment
	from := 0
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if d, ok := n.(*directiveNode); ok {
			out = append(c.appendProse(out, from, d.start), Segment{Directive: c.directive(d)})
			from = d.end
		}
	}
	out = c.appendProse(out, from, len(c.source))
	var faults []diag.Diagnostic
	for _, d := range c.sorted() {
		if d.Code == "markdown-block" {
			faults = append(faults, d)
		}
	}
	return out, faults
}

func (c *checker) appendProse(out []Segment, from, to int) []Segment {
	if strings.TrimSpace(c.src.Text[from:to]) == "" {
		return out
	}
	prose := c.src
	prose.Text, prose.Pos = c.src.Text[from:to], c.at(from)
	return append(out, Segment{Markdown: &prose})
}

func (c *checker) directive(d *directiveNode) *Directive {
	return &Directive{
		Name: d.name, Body: c.src.Text[d.bodyStart:d.bodyEnd],
		Pos: c.at(d.Pos()), BodyPos: c.at(d.bodyStart),
	}
}

// directiveNode is a `:::` block in the tree. The offsets are of whole lines.
type directiveNode struct {
	ast.BaseBlock
	name               string
	start, end         int // of the block with its fences
	bodyStart, bodyEnd int
	closed             bool
}

var kindDirective = ast.NewNodeKind("Directive")

// Kind returns the kind of the node.
func (*directiveNode) Kind() ast.NodeKind { return kindDirective }

// IsRaw tells that the body is not Markdown.
func (*directiveNode) IsRaw() bool { return true }

// Dump writes the node for debugging.
func (d *directiveNode) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"Name": d.name}, nil)
}

// directiveParser reads `:::` blocks.
type directiveParser struct{}

// Trigger returns the character that a fence begins with.
func (directiveParser) Trigger() []byte { return []byte{':'} }

// fence reads a line `::: name`; name is empty in a closing one.
func fence(line []byte) (name string, ok bool) {
	s := strings.TrimSpace(string(line))
	return strings.TrimSpace(strings.TrimLeft(s, ":")), strings.HasPrefix(s, ":::")
}

// Open begins a block at a fence with a name.
func (directiveParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	name, ok := fence(line)
	if !ok {
		return nil, parser.NoChildren
	}
	c := pc.Get(checkerKey).(*checker)
	at := segment.Start + pc.BlockOffset()
	if parent.Kind() != ast.KindDocument {
		c.report(diag.Errorf("markdown-block", diag.Pos{}, "khối ::: nằm trong danh sách hoặc trích dẫn", "a ::: block inside a list or a quotation").
			WithHint("đưa khối ra ngoài, sát lề trái", "move it out, to the left margin"), at)
		return nil, parser.NoChildren
	}
	if name == "" {
		c.report(diag.Errorf("markdown-block", diag.Pos{}, "dòng ::: không đóng khối nào", "this ::: closes no block").
			WithHint("một khối mở bằng dòng “::: tên”", "a block opens with a line “::: name”"), at)
	}
	end := lineEnd(reader.Source(), segment.Start)
	d := &directiveNode{name: name, start: lineStart(reader.Source(), segment.Start), end: end, bodyStart: end, bodyEnd: end, closed: name == ""}
	reader.AdvanceToEOL()
	return d, parser.NoChildren
}

// Continue takes the lines up to the closing fence. Another opening fence
// ends a block that was not closed, so that one slip makes one error.
func (directiveParser) Continue(n ast.Node, reader text.Reader, _ parser.Context) parser.State {
	d := n.(*directiveNode)
	if d.name == "" {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	name, ok := fence(line)
	if ok && name != "" {
		return parser.Close
	}
	d.end = lineEnd(reader.Source(), segment.Start)
	reader.AdvanceToEOL()
	if ok {
		d.closed = true
		return parser.Close
	}
	d.bodyEnd = d.end
	return parser.Continue | parser.NoChildren
}

// Close reports a block without a closing fence.
func (directiveParser) Close(n ast.Node, _ text.Reader, pc parser.Context) {
	if d := n.(*directiveNode); !d.closed {
		pc.Get(checkerKey).(*checker).report(diag.Errorf("markdown-block", diag.Pos{}, "khối “::: %s” không được đóng", "the block “::: %s” is not closed", d.name).
			WithHint("thêm một dòng chỉ có “:::” sau khối", "add a line with only “:::” after the block"), d.Pos())
	}
}

// CanInterruptParagraph tells that a block needs no empty line before it.
func (directiveParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine tells that an indented fence is code.
func (directiveParser) CanAcceptIndentedLine() bool { return false }

// lineStart returns where the line at an offset begins.
func lineStart(source []byte, at int) int {
	return bytes.LastIndexByte(source[:at], '\n') + 1
}

// lineEnd returns where the line after the one at an offset begins.
func lineEnd(source []byte, at int) int {
	if n := bytes.IndexByte(source[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(source)
}
