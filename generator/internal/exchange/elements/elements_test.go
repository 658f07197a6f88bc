package elements

import (
	"strings"
	"testing"
)

func nodeOf(t *testing.T, text string) *Node {
	t.Helper()
	r := NewReader(strings.NewReader(text))
	s, err := r.Root()
	if err != nil {
		t.Fatal(err)
	}
	n, err := r.Node(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFlow(t *testing.T) {
	for text, want := range map[string]string{
		"<a>one\n  two</a>": "one two",
		"<a><head>Scope</head><p>One <emph>two</emph>.</p><p>Three<lb/>four</p></a>":        "One two.\n\nThree\nfour",
		"<a><list><head>Of</head><item>a</item><item>b <date>1945</date></item></list></a>": "Of\n\na\n\nb 1945",
		"<odd><head>Note</head><p>x</p></odd>":                                              "Note\n\nx",
		"<a>  </a>":                                                                         "",
	} {
		if got := Flow(nodeOf(t, text)); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestFirst(t *testing.T) {
	n := nodeOf(t, `<a><b x="1"/><b><c y="2">z</c></b></a>`)
	if n.First("b").Attr("x") != "1" || n.First("b", "c") != nil || len(n.Elements("b")) != 2 {
		t.Errorf("%+v", n)
	}
}

// Characters that XML may not hold are taken out, whatever the document is written in.
func TestWithoutControls(t *testing.T) {
	for text, want := range map[string]string{"a\x0bb\tc\n": "ab\tc\n", "Đảng\x00": "Đảng", "caf\xe9\x01": "caf\xe9", "\xff\xfea\x00": "\xff\xfea\x00"} {
		if got, _ := WithoutControls([]byte(text)); string(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestLanguage(t *testing.T) {
	for code, want := range map[string]string{"vie": "vi", "fre": "fr", "fra": "fr", "ger": "de", "eng": "en", "und": "und", "": "", "français": "français"} {
		if got := Language(code); got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
}
