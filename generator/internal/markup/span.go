package markup

import (
	"regexp"

	"vitrine/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// span is `[texte]{lang=fr}`: words in another language, so that they get
// the right letter shapes and the right voice.
type span struct {
	ast.BaseInline
	lang string
}

var kindSpan = ast.NewNodeKind("Span")

// Kind returns the kind of the node.
func (*span) Kind() ast.NodeKind { return kindSpan }

// Dump writes the node for debugging.
func (s *span) Dump(source []byte, level int) {
	ast.DumpHelper(s, source, level, map[string]string{"Lang": s.lang}, nil)
}

// spanMark is the beginning or the end of a span before the two are paired;
// one that finds no partner is shown as text.
type spanMark struct {
	ast.BaseInline
	segment text.Segment
	lang    string // empty in an opening mark
}

var kindSpanMark = ast.NewNodeKind("SpanMark")

// Kind returns the kind of the node.
func (*spanMark) Kind() ast.NodeKind { return kindSpanMark }

// Dump writes the node for debugging.
func (m *spanMark) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, nil, nil)
}

// spanParser sets marks at `[` and at `]{lang=…}`. It stands before the link
// parser and takes a bracket only if the attribute follows its partner.
type spanParser struct{}

// spanMax is how many bytes a span may have, so that a line of nothing but
// brackets is read in linear time; CommonMark limits link labels likewise.
const spanMax = 999

var spanEnd = regexp.MustCompile(`^\]\{lang=([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\}`)

// Trigger returns the brackets.
func (spanParser) Trigger() []byte { return []byte{'[', ']'} }

// Parse makes a mark.
func (spanParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	m := spanMark{}
	length := 1
	if line[0] == '[' {
		if end := closingBracket(line[:min(len(line), spanMax)]); end < 0 || !spanEnd.Match(line[end:]) {
			return nil
		}
	} else {
		end := spanEnd.FindSubmatch(line)
		if end == nil {
			return nil
		}
		length, m.lang = len(end[0]), string(end[1])
	}
	m.segment = text.NewSegment(segment.Start, segment.Start+length)
	block.Advance(length)
	pc.Get(checkerKey).(*checker).marks++
	return &m
}

// closingBracket returns the place of the partner of the bracket that s
// begins with, or -1.
func closingBracket(s []byte) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// pairSpans turns pairs of marks among the children of n into spans, the
// inner ones first, and the rest into text.
func (c *checker) pairSpans(n ast.Node) {
	var open []*spanMark
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		if m, ok := child.(*spanMark); ok && m.lang == "" {
			open = append(open, m)
		} else if ok && len(open) > 0 {
			wrap(n, open[len(open)-1], m)
			open = open[:len(open)-1]
		} else if ok {
			c.unpaired(n, m)
		}
		child = next
	}
	for _, m := range open {
		c.unpaired(n, m)
	}
}

// unpaired shows a mark as the text it is.
func (c *checker) unpaired(n ast.Node, m *spanMark) {
	c.report(diag.Warnf("markdown-lang", diag.Pos{}, "đoạn chữ [...]{lang=…} đan chéo với dấu nhấn mạnh hay liên kết", "a [...]{lang=…} span crosses an emphasis or a link").
		WithHint("đóng dấu nhấn mạnh trước dấu ]", "end the emphasis before the ]"), m.segment.Start)
	n.ReplaceChild(n, m, ast.NewTextSegment(m.segment))
}

// wrap puts what stands between two marks into a span in their place.
func wrap(parent ast.Node, from, to *spanMark) {
	s := &span{lang: to.lang}
	for child := from.NextSibling(); child != ast.Node(to); {
		next := child.NextSibling()
		s.AppendChild(s, child)
		child = next
	}
	parent.ReplaceChild(parent, from, s)
	parent.RemoveChild(parent, to)
}
