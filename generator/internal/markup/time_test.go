package markup

import (
	"strings"
	"testing"
	"time"

	"vitrine/generator/diag"
)

// Texts that make parsers of Markdown work in vain take time in proportion to
// their length: four times the text takes nowhere near sixteen times as long.
func TestNoTextTakesForEver(t *testing.T) {
	for name, text := range map[string]func(n int) string{
		"brackets":        func(n int) string { return strings.Repeat("[", n) },
		"closed brackets": func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) },
		"links":           func(n int) string { return strings.Repeat("[a](", n) },
		"images":          func(n int) string { return strings.Repeat("![", n) },
		"stars":           func(n int) string { return strings.Repeat("*a ", n) },
		"mixed marks":     func(n int) string { return strings.Repeat("*a _b ", n) },
		"strikes":         func(n int) string { return strings.Repeat("~~a ", n) },
		"angles":          func(n int) string { return strings.Repeat("<", n) },
		"comments":        func(n int) string { return strings.Repeat("<!--", n) },
		"declarations":    func(n int) string { return strings.Repeat("<!A ", n) + strings.Repeat("<?", n) },
		"entities":        func(n int) string { return strings.Repeat("&#", n) },
		"backslashes":     func(n int) string { return strings.Repeat(`\`, n) },
		"references":      func(n int) string { return strings.Repeat("[a]: x\n", n) + strings.Repeat("[a]", n) },
		"footnotes":       func(n int) string { return strings.Repeat("[^a]", n) + "\n\n[^a]: x" },
		"cells":           func(n int) string { return "|a|\n|-|\n" + strings.Repeat("|a", n) },
		"rows":            func(n int) string { return "|a|\n|-|\n" + strings.Repeat("|a|\n", n) },
		"headings":        func(n int) string { return strings.Repeat("# a\n", n) },
		"items":           func(n int) string { return strings.Repeat("- a\n", n) },
		"fences":          func(n int) string { return strings.Repeat("::: object\n", n) },
		"backticks": func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < 4*n; i++ {
				b.WriteString("x" + strings.Repeat("`", i))
			}
			return b.String()
		},
	} {
		const n = 4000
		small, large := fastest(text(n)), fastest(text(4*n))
		if large > 11*small+100*time.Millisecond {
			t.Errorf("%s: %v, and %v for four times as much", name, small, large)
		}
	}
}

// fastest is the least time of two in which a text is rendered.
func fastest(text string) time.Duration {
	best := time.Hour
	for range 2 {
		begin := time.Now()
		renderAny(text, false)
		best = min(best, time.Since(begin))
	}
	return best
}

// tiresome is what parsers of Markdown work on in vain, each over and over: every
// mark, every block, half of each, and one in another.
var tiresome = []string{
	"> ", ">", ">\t", "- ", "-\t", "* a ", "+ ", "1. ", "1) ", ": ", "> - ", ">- 1. ", "a\n: ", "a\n\n: b\n\n",
	"> a\n", "> a\n\n", "- a\n", "- a\n\n", "-\n", "- \n\n", "1. a\n", "a\n", "a  \n", "a\\\n", "\n", " \n", "\t", " ", "    a\n", "\ta\n\n", ">\n", "> \n> a\n",
	"[^0]", "[^a", "[^a][^b]", "![^a]", "[^a]: b\n", "[^a]: b\n\n", "[^a]:\n    b\n", "^", "^[a]",
	"~a~~b ", "~a ", "~~a", "a~", "*a _b ", "*a **b ", "**a*", "a**b", "*a_ ", "_a*", "***a ", "*", "_", "~", "* * *\n", "*a*", "*a*b", "**a**\n\n", "*a [b](#c) ", "[*a](#c) ",
	"|", "|a", "a|b\n", "a|b\n-|-\n", "a|b\n-|-|-\n", "|a|\n|-|\n\n", "\\|", "|`\\|`", "|-", "|*a", ":-|", "-|-\n", "`\\|",
	"[", "]", "[]", "![", "[a]", "[a][b]", "[a](", "[a](#b)", "[a](<b", "[a](b \"c) ", "[a](b 'c) ", "[a](b (c) ", "[a](b \"c\" ", "[[a](#b)](#c)", "[a]: b\n", "[a]: b (c\n", "[a]: <b\n", "[a]:\n", "[a]: b \"c\n\n", "[a]{lang=fr}", "]{lang=fr}", "[a]{lang=", "[a\n",
	"<", "<a", "<a ", "<a b=\"", "<a b='c ", "<a b=c ", "</a", "<!--", "<!-- a -->", "<?", "<!A ", "<![CDATA[", "<div>\n", "<div>\n\n", "<script>\n", "<http:", "<a@b", "<a@b.c>", "<http://a.b>",
	"&", "&#", "&#1", "&amp;", "&a", "\\", "\\*", "`", "`a", "`a`", "``a` ", "a```", "```\n", "```a\n", "~~~\n", "```sh\na\n```\n", "    ```\n",
	"# ", "#\n", "# a\n", "# a {#b}\n", "a\n=\n", "a\n-\n", "a\n---\n\n", "---\n", "::: a\n", "::: a\n:::\n", ":::\n", ":::a\n\n", "> ::: a\n", "số 1 ", "ngày 2 tháng ", "https://a.b ", "IVX ", "\u00a0", "\r", "\xff",
}

// No text that the reader takes keeps it for long, be it one thing repeated
// or two of them, in a line or many.
func TestNothingTiresTheParser(t *testing.T) {
	const size = 48 << 10
	for i, a := range tiresome {
		b := tiresome[(i*37+11)%len(tiresome)]
		for _, text := range []string{strings.Repeat(a, size/len(a)), strings.Repeat(a+b, size/len(a+b))} {
			begin := time.Now()
			_, ds := renderAny(text, false)
			took := time.Since(begin)
			if took > 2*time.Second {
				t.Errorf("%q, with %q: %v", a, b, took)
			}
			if len(ds) > 5*maxTold {
				t.Errorf("%q, with %q: %d findings", a, b, len(ds))
			}
		}
	}
}

// Lists within lists, quotations within quotations, over many lines.
func TestDeepListsOverManyLines(t *testing.T) {
	for _, item := range []string{"- a\n", "1. a\n", "- a\n\n", "a\n"} {
		var b strings.Builder
		for depth := 0; b.Len() < 256<<10; depth += 2 {
			b.WriteString(strings.Repeat(" ", depth) + item)
		}
		begin := time.Now()
		renderAny(b.String(), false)
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%q: %v", item, took)
		}
	}
}

// What would take too long is an error with its place and a way out; what an
// editor might write is none.
func TestHopelessTexts(t *testing.T) {
	columns := func(n int) string { return strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" }
	essay := strings.Repeat(strings.Repeat("Hồ sơ *số 5* nói về ~~việc~~ **ấy** [^1] và [bản khác](#x). ", 40)+"\n\n", 25) + "[^1]: Chú thích.\n"
	for text, want := range map[string]string{
		strings.Repeat("[a](", maxOpen+1): "markdown-link", strings.Repeat("[a](#x) ", 10*maxOpen): "",
		strings.Repeat("[", maxOpen+1): "markdown-link", strings.Repeat(`\[`, 10*maxOpen): "", strings.Repeat("[a](\n\n", 10*maxOpen): "",
		strings.Repeat("[a]: #x\n", maxDefinitions+1): "markdown-link", strings.Repeat("[a]: #x\n\n", maxDefinitions+1): "",
		strings.Repeat("> ", maxDepth+1): "markdown-depth", strings.Repeat("- ", 10*maxDepth): "", strings.Repeat("1. ", maxDepth+1) + "a": "markdown-depth", strings.Repeat(">", 50) + "a": "",
		"a" + strings.Repeat("`", maxTicks+1): "markdown-size", strings.Repeat("`a` ", 10_000): "",
		strings.Repeat("|", maxColumns+1): "markdown-size", columns(50) + strings.Repeat(strings.Repeat("|*a*", 50)+"|\n", 200): "",
		columns(900) + strings.Repeat("a|\n", maxCells/900): "markdown-size",
		"[^a]: b\n\n" + strings.Repeat("[^a] ", maxNotes):   "markdown-footnote",
		strings.Repeat("~a~~b ", 40_000):                    "markdown-size",
		strings.Repeat("*a ", 30_000):                       "markdown-size", strings.Repeat("- *a*\n", 5000): "",
		strings.Repeat("*", maxText+1): "markdown-size", essay: "",
		strings.Repeat("[a](#x) ", maxSigns/4): "markdown-size", strings.Repeat(strings.Repeat("Lời của một cuốn sách, ", 4)+"(tr. 5).\n", 25_000) + "*hết*": "",
	} {
		_, ds := renderAny(text, false)
		got := ""
		for _, d := range ds {
			if d.Severity == diag.Error {
				got = d.Code
				if len(ds) != 1 || d.Pos.Line == 0 || d.Hint.Vi == "" {
					t.Errorf("%.20q: %d findings, %v", text, len(ds), d)
				}
				break
			}
		}
		if got != want {
			t.Errorf("%.20q: %q, want %q", text, got, want)
		}
	}
}
