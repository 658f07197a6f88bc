package markup

import (
	"strconv"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// The parsers and the renderer are made once and shared; they hold no state.
var (
	blockParser  = sync.OnceValue(newBlockParser)
	inlineParser = sync.OnceValue(newInlineParser)
	htmlRenderer = sync.OnceValue(newRenderer)
)

func newBlockParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(
			util.Prioritized(directiveParser{}, 50),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(checkTransformer{}, 500),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// newInlineParser knows no block but the paragraph.
func newInlineParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithASTTransformers(util.Prioritized(checkTransformer{}, 500)),
	)
}

func inlineParsers() []util.PrioritizedValue {
	return append(parser.DefaultInlineParsers(),
		util.Prioritized(undefinedNote{}, 102),
		util.Prioritized(spanParser{}, 150),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
	)
}

// newRenderer puts our own writers before those of the library: they write
// what the checker has settled and know no way to write raw HTML.
func newRenderer() renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(writers{}, 100),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(html.NewRenderer(), 1000),
	))
}

// writers are the node writers of this package.
type writers struct{}

// RegisterFuncs names the writer of each kind of node.
func (writers) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindText, leaf(writeText))
	r.Register(ast.KindLink, writeLink)
	r.Register(ast.KindAutoLink, leaf(writeAutoLink))
	r.Register(ast.KindCodeBlock, leaf(writeCode))
	r.Register(ast.KindFencedCodeBlock, leaf(writeCode))
	r.Register(ast.KindHTMLBlock, leaf(writeNothing))
	r.Register(ast.KindRawHTML, leaf(writeNothing))
	r.Register(ast.KindImage, leaf(writeNothing))
	r.Register(east.KindTable, writeTable)
	r.Register(east.KindFootnoteLink, leaf(writeNoteLink))
	r.Register(east.KindFootnoteBacklink, leaf(writeNoteBack))
	r.Register(east.KindFootnote, writeNote)
	r.Register(east.KindFootnoteList, writeNotes)
	r.Register(kindDirective, leaf(writeDirective))
	r.Register(kindSpan, writeSpan)
	r.Register(kindSpanMark, leaf(writeNothing))
}

// leaf makes the writer of a node whose children are not written.
func leaf(write func(w util.BufWriter, source []byte, n ast.Node)) renderer.NodeRendererFunc {
	return func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			write(w, source, n)
		}
		return ast.WalkSkipChildren, nil
	}
}

// put writes strings; a buffered writer keeps its first error for Flush.
func put(w util.BufWriter, ss ...string) {
	for _, s := range ss {
		_, _ = w.WriteString(s)
	}
}

// putAttribute writes name="value", or nothing where the value is empty.
func putAttribute(w util.BufWriter, name, value string) {
	if value != "" {
		put(w, " ", name, `="`, escaper.Replace(value), `"`)
	}
}

// attribute reads what the checker noted at a node.
func attribute(n ast.Node, name string) string {
	v, _ := n.AttributeString(name)
	s, _ := v.(string)
	return s
}

func writeNothing(util.BufWriter, []byte, ast.Node) {}

func writeText(w util.BufWriter, source []byte, node ast.Node) {
	n := node.(*ast.Text)
	value := string(n.Segment.Value(source))
	if n.IsRaw() {
		put(w, escaper.Replace(value))
		return
	}
	put(w, typeset(unescape(value)))
	switch {
	case n.HardLineBreak():
		put(w, "<br>\n")
	case n.SoftLineBreak():
		put(w, "\n")
	}
}

func writeLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if !entering {
		put(w, "</a>")
		return ast.WalkContinue, nil
	}
	put(w, `<a href="`, escaper.Replace(string(n.Destination)), `"`)
	putAttribute(w, "title", string(n.Title))
	putAttribute(w, "rel", attribute(n, "rel"))
	put(w, ">")
	return ast.WalkContinue, nil
}

func writeAutoLink(w util.BufWriter, source []byte, node ast.Node) {
	n := node.(*ast.AutoLink)
	put(w, "<a")
	putAttribute(w, "href", attribute(n, "href"))
	putAttribute(w, "rel", attribute(n, "rel"))
	put(w, ">", escaper.Replace(string(n.Label(source))), "</a>")
}

func writeSpan(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, `<span lang="`, n.(*span).lang, `">`)
	} else {
		put(w, "</span>")
	}
	return ast.WalkContinue, nil
}

// writeTable puts a table into a box that scrolls when it is too wide, which
// the keyboard must reach and which therefore needs a name.
func writeTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, `<div class="table-scroll" role="region" tabindex="0"`)
		putAttribute(w, "aria-label", attribute(n, "label"))
		put(w, "><table>\n")
	} else {
		put(w, "</table></div>\n")
	}
	return ast.WalkContinue, nil
}

func writeNoteLink(w util.BufWriter, _ []byte, node ast.Node) {
	n := node.(*east.FootnoteLink)
	put(w, `<sup class="note-mark"`)
	putAttribute(w, "id", attribute(n, "id"))
	put(w, "><a")
	putAttribute(w, "href", attribute(n, "href"))
	put(w, ` role="doc-noteref">`, strconv.Itoa(n.Index), "</a></sup>")
}

func writeNoteBack(w util.BufWriter, _ []byte, n ast.Node) {
	put(w, nbsp+`<a class="note-back"`)
	putAttribute(w, "href", attribute(n, "href"))
	putAttribute(w, "aria-label", attribute(n, "label"))
	put(w, ` role="doc-backlink">↩`+"\ufe0e</a>")
}

func writeNote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, "<li")
		putAttribute(w, "id", attribute(n, "id"))
		put(w, ">\n")
	} else {
		put(w, "</li>\n")
	}
	return ast.WalkContinue, nil
}

func writeNotes(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, `<div class="notes">`+"\n<hr>\n<ol>\n")
	} else {
		put(w, "</ol>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

// directiveMark stands in the output where a `:::` block stood. No text can
// contain it: clean and unescape leave no NUL.
const directiveMark = "\x00"

func writeDirective(w util.BufWriter, _ []byte, _ ast.Node) { put(w, directiveMark) }
