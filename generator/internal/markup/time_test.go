package markup

import (
	"strings"
	"testing"
	"time"
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

// What would take too long is an error with its place; what an editor might
// write is none.
func TestHopelessTexts(t *testing.T) {
	for text, want := range map[string]bool{
		strings.Repeat("[a](", maxOpen+1): true, strings.Repeat("[a](#x) ", 10*maxOpen): false,
		strings.Repeat("[", maxOpen+1): true, strings.Repeat(`\[`, 10*maxOpen): false, strings.Repeat("[a](\n\n", 10*maxOpen): false, strings.Repeat("[a]: #x\n", maxDefinitions+1): true, strings.Repeat("[a]: #x\n\n", maxDefinitions+1): false,
	} {
		_, ds := renderAny(text, false)
		got := len(ds) > 0 && strings.Contains(ds[0].Msg.En, "a paragraph has more than") && ds[0].Pos.Line > 0
		if got != want {
			t.Errorf("%.20q: refused %v, want %v", text, got, want)
		}
	}
}
