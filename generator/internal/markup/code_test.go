package markup

import (
	"io/fs"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
)

// Every colour must be readable on the paper and the sheet of its scheme
// (WCAG 2.2, 1.4.3: 4.5 to 1).
func TestHighlightContrast(t *testing.T) {
	for _, s := range tokenStyles {
		for _, pair := range [][2]string{{s.light, "#F7F2E8"}, {s.light, "#FFFDF8"}, {s.dark, "#191714"}, {s.dark, "#24211D"}} {
			if ratio := contrast(t, pair[0], pair[1]); ratio < 4.5 {
				t.Errorf(".%s: %s on %s has %.2f:1", s.class, pair[0], pair[1], ratio)
			}
		}
	}
}

func TestContrastOfBlackOnWhite(t *testing.T) {
	if ratio := contrast(t, "#000000", "#FFFFFF"); math.Abs(ratio-21) > 0.01 {
		t.Errorf("%f", ratio)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 24)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is not a colour", colour)
	}
	linear := func(shift int) float64 {
		v := float64(n>>shift&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

func TestHighlightCSS(t *testing.T) {
	css := HighlightCSS()
	if css != HighlightCSS() || strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("the rules are not stable or not balanced")
	}
	for _, s := range tokenStyles {
		if chroma.StandardTypes[s.kind] != s.class {
			t.Errorf("%v has the class %q, chroma's is %q", s.kind, s.class, chroma.StandardTypes[s.kind])
		}
		if strings.Count(css, "--code-"+s.class+": ") != 2 || !strings.Contains(css, ".chroma ."+s.class+" {") {
			t.Errorf(".%s is not in the rules twice", s.class)
		}
	}
}

func TestUnknownLanguageAndBrokenListingStayText(t *testing.T) {
	for _, lang := range []string{"", "khong-co", "yaml", "go", "json", "html"} {
		out, ds := Render(Source{Text: "```" + lang + "\n{\"a: <b> & \n\n```\n"}, nil)
		if ds != nil || unsafe(out, false) != "" || !strings.Contains(string(out), "&lt;") {
			t.Errorf("%s: %v %s", lang, ds, out)
		}
	}
}

// Only this package may declare HTML safe: elsewhere in the program no
// conversion to a type that html/template trusts as HTML or script may stand.
func TestOnlyThisPackageMakesTrustedHTML(t *testing.T) {
	conversion := regexp.MustCompile(`template\.(HTML|HTMLAttr|JS|JSStr)\(`)
	root, seen, here := os.DirFS("../../.."), 0, 0
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "public") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		seen++
		found := conversion.FindIndex(data)
		switch {
		case found != nil && strings.HasPrefix(name, "generator/internal/markup/"):
			here++
		case found != nil:
			t.Errorf("%s:%d: %s", name, 1+strings.Count(string(data[:found[0]]), "\n"), data[found[0]:found[1]])
		}
		return nil
	})
	if err != nil || seen < 5 || here == 0 {
		t.Errorf("%d files read, %d of them here convert, %v", seen, here, err)
	}
}

// hasty is a lexer that gives up at some of its turns, as chroma does on a
// busy machine.
type hasty struct {
	chroma.Lexer
	turns []bool // whether it gives up
	n     int
}

func (h *hasty) Tokenise(*chroma.TokeniseOptions, string) (chroma.Iterator, error) {
	gives := h.turns[min(h.n, len(h.turns)-1)]
	h.n++
	if gives {
		return chroma.Literator(chroma.Token{Type: chroma.Error, Value: "a: 1"}), nil
	}
	return chroma.Literator(chroma.Token{Type: chroma.NameTag, Value: "a"}, chroma.Token{Type: chroma.Text, Value: ": 1"}), nil
}

// A lexer that gives up now and then does not change the page.
func TestListingsDoNotDependOnTheClock(t *testing.T) {
	for _, turns := range [][]bool{{false}, {true, false, false}, {false, true, false, false}, {true, false, true, false, false}} {
		got := steadyTokens(&hasty{turns: turns}, "a: 1")
		if len(got) != 2 || got[0].Type != chroma.NameTag {
			t.Errorf("%v: %v", turns, got)
		}
	}
}

// What would take chroma long is not coloured: other languages, long listings, wide
// lines, and those behind many others; the worst of what is left is soon done.
func TestListingsAreLimited(t *testing.T) {
	listing := func(lang, code string) string {
		out, _ := Render(Source{Text: "```" + lang + "\n" + code + "\n```\n"}, nil)
		return string(out)
	}
	short := strings.Repeat("a: 1\n", 100)
	for name, c := range map[string]struct {
		lang, code string
		want       bool
	}{
		"short": {"yaml", short, true}, "in capitals": {"YAML", short, true}, "long": {"yaml", strings.Repeat(short, 5), false},
		"wide": {"yaml", "a: " + strings.Repeat("b", maxWide), false}, "another language": {"go", "func main() {}", false}, "of devices": {"devicetree", "a: b", false},
	} {
		if got := strings.Contains(listing(c.lang, c.code), "<span class="); got != c.want {
			t.Errorf("%s: coloured %t", name, got)
		}
	}
	many, _ := Render(Source{Text: strings.Repeat("```yaml\n"+short+"```\n\n", 2*maxColoured/len(short))}, nil)
	if n := strings.Count(string(many), "<span class="); n > maxColoured/2 || n < maxColoured/10 {
		t.Errorf("%d words are coloured", n)
	}
	for lang := range listed() {
		for _, worst := range []string{"[", "a: ", "&a [[", "`a", "<![CDATA[", "(", "//{a:_a_ ", "a=", "//a\n", "<a ", "{\"", "$(", "'\\"} {
			line := strings.Repeat(worst, maxWide/len(worst)-1) + "\n"
			code := strings.Repeat(line, maxListing/len(line))
			if out := chroma.Stringify(tokens(lang, code)...); out != code {
				t.Errorf("%s: %q", lang, worst)
			}
		}
	}
}
