package markup

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// tokenStyle is how one kind of word in a listing looks. The colours have a
// contrast of 4.5:1 or more on the paper and on the sheet of their scheme.
type tokenStyle struct {
	kind        chroma.TokenType
	class       string
	light, dark string
	more        string // further declarations
}

// tokenStyles are the kinds of words that are told apart; others look like
// the kind they belong to, or like text. The classes are chroma's own.
var tokenStyles = []tokenStyle{
	{chroma.Comment, "c", "#6A5F52", "#A99E8E", "font-style:italic"},
	{chroma.CommentPreproc, "cp", "#7A4A00", "#D9B15F", ""},
	{chroma.Keyword, "k", "#A3261B", "#F08A74", ""},
	{chroma.KeywordConstant, "kc", "#6B3FA0", "#C7A4F0", ""},
	{chroma.NameTag, "nt", "#A3261B", "#F08A74", ""},
	{chroma.NameAttribute, "na", "#7A4A00", "#D9B15F", ""},
	{chroma.NameFunction, "nf", "#1F5673", "#8CC4E0", ""},
	{chroma.NameBuiltin, "nb", "#1F5673", "#8CC4E0", ""},
	{chroma.NameClass, "nc", "#1F5673", "#8CC4E0", ""},
	{chroma.NameVariable, "nv", "#7A4A00", "#D9B15F", ""},
	{chroma.LiteralString, "s", "#3F5B4B", "#9CC5AC", ""},
	{chroma.LiteralStringEscape, "se", "#7A4A00", "#D9B15F", ""},
	{chroma.LiteralNumber, "m", "#6B3FA0", "#C7A4F0", ""},
	{chroma.LiteralDate, "ld", "#6B3FA0", "#C7A4F0", ""},
	{chroma.GenericHeading, "gh", "#1F5673", "#8CC4E0", "font-weight:600"},
	{chroma.GenericInserted, "gi", "#3F5B4B", "#9CC5AC", ""},
	{chroma.GenericDeleted, "gd", "#A3261B", "#F08A74", ""},
	{chroma.GenericPrompt, "gp", "#6A5F52", "#A99E8E", ""},
}

// tokenClasses finds the class of a kind.
var tokenClasses = func() map[chroma.TokenType]string {
	classes := map[chroma.TokenType]string{}
	for _, s := range tokenStyles {
		classes[s.kind] = s.class
	}
	return classes
}()

// HighlightCSS returns the rules for listings: the light colours, and the
// dark ones where the reader's system asks for them. Colours are custom
// properties, so that a switch in the page may set the scheme as well.
func HighlightCSS() string {
	var light, dark, rules strings.Builder
	for _, s := range tokenStyles {
		fmt.Fprintf(&light, "  --code-%s: %s;\n", s.class, s.light)
		fmt.Fprintf(&dark, "    --code-%s: %s;\n", s.class, s.dark)
		fmt.Fprintf(&rules, ".chroma .%s { color: var(--code-%[1]s);", s.class)
		if s.more != "" {
			fmt.Fprintf(&rules, " %s;", s.more)
		}
		rules.WriteString(" }\n")
	}
	return fmt.Sprintf(":root {\n%s}\n@media (prefers-color-scheme: dark) {\n  :root {\n%s  }\n}\n%s", &light, &dark, &rules)
}

// classOf returns the class of a kind of word, of the kind it belongs to, or "".
func classOf(kind chroma.TokenType) string {
	for kind > 0 {
		if class, ok := tokenClasses[kind]; ok {
			return class
		}
		kind = kind.Parent()
	}
	return ""
}

// writeCode writes a listing, in colours where its language is known. It can
// be wider than the page, so the keyboard must reach it.
func writeCode(w util.BufWriter, source []byte, n ast.Node) {
	code := string(n.Lines().Value(source))
	lang := language(n, source)
	if !coloured(n, code) {
		lang = ""
	}
	put(w, `<pre class="chroma" tabindex="0"><code>`)
	for _, t := range tokens(lang, code) {
		if class := classOf(t.Type); class != "" && strings.TrimSpace(t.Value) != "" {
			put(w, `<span class="`, class, `">`, escaper.Replace(t.Value), "</span>")
		} else {
			put(w, escaper.Replace(t.Value))
		}
	}
	put(w, "</code></pre>\n")
}

// The limits of what is coloured. The time that chroma takes grows with the square of a
// listing's length, or worse, in every language: 12 KB can take half a minute. An
// example that somebody reads is shorter; a longer one is plain.
const (
	maxListing  = 2 << 10  // bytes of a listing
	maxWide     = 200      // bytes of a line
	maxColoured = 32 << 10 // bytes of all listings of a text
)

// colouredSoFar is the attribute of a document that says how many bytes of its listings
// were coloured.
var colouredSoFar = []byte("coloured")

// coloured reports whether a listing is short enough, and counts it.
func coloured(n ast.Node, code string) bool {
	doc := n.OwnerDocument()
	before, _ := doc.Attribute(colouredSoFar)
	sum, _ := before.(int)
	if len(code) > maxListing || sum+len(code) > maxColoured {
		return false
	}
	for line := range strings.Lines(code) {
		if len(line) > maxWide {
			return false
		}
	}
	doc.SetAttribute(colouredSoFar, sum+len(code))
	return true
}

func language(n ast.Node, source []byte) string {
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		return string(fenced.Language(source))
	}
	return ""
}

// tokens cuts a listing into coloured words. What chroma cannot read, or
// would change, stays one plain piece.
//
// Chroma gives up a rule that takes a quarter of a second by the clock, as any
// may on a busy machine, and does not say so. So a listing is cut twice, and
// again until it comes out as it did the time before: the same page has the
// same bytes.
func tokens(lang, code string) []chroma.Token {
	lexer := listed()[strings.ToLower(lang)]
	if lexer == nil {
		return plainListing(code)
	}
	return steadyTokens(lexer, code)
}

// listed are the languages that are coloured: those in which archives write, and which
// stay quick whatever they are given.
var listed = sync.OnceValue(func() map[string]chroma.Lexer {
	out := map[string]chroma.Lexer{}
	for _, name := range []string{"yaml", "yml", "json", "xml", "html", "css", "sh", "bash", "shell", "ini", "toml", "diff"} {
		out[name] = lexers.Get(name)
	}
	return out
})

func steadyTokens(lexer chroma.Lexer, code string) []chroma.Token {
	found := cutListing(lexer, code)
	for range maxCuts {
		again := cutListing(lexer, code)
		if slices.Equal(found, again) {
			return found
		}
		found = again
	}
	return plainListing(code)
}

// maxCuts is how often a listing is cut in the hope of coming out the same.
const maxCuts = 8

func plainListing(code string) []chroma.Token {
	return []chroma.Token{{Type: chroma.Text, Value: code}}
}

func cutListing(lexer chroma.Lexer, code string) []chroma.Token {
	found, err := chroma.Tokenise(chroma.Coalesce(lexer), nil, code)
	if err != nil || chroma.Stringify(found...) != code {
		return plainListing(code)
	}
	return found
}
