package markup

import (
	"flag"
	"fmt"
	"html/template"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"vitrine/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected files")

func TestGolden(t *testing.T) {
	const name = "testdata/golden.txtar"
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range ar.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		stem, ok := strings.CutSuffix(f.Name, ".md")
		if !ok {
			continue
		}
		got := goldenHTML(t, string(f.Data))
		out.Files = append(out.Files, f, txtar.File{Name: stem + ".html", Data: []byte(got)})
		if diff := cmp.Diff(want[stem+".html"], got); diff != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
		delete(want, f.Name)
		delete(want, stem+".html")
	}
	for name := range want {
		t.Errorf("%s belongs to no text", name)
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func goldenHTML(t *testing.T, s string) string {
	doc, ds := Document(Source{Text: s, Lang: "vi", IDPrefix: "p-", Pos: diag.Pos{Line: 1, Col: 1}}, testLinks)
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Errorf("%v: %s", d.Pos, d.Msg.En)
		}
	}
	var b strings.Builder
	for _, p := range doc.Parts {
		if p.Directive != nil {
			fmt.Fprintf(&b, "{{block %s}}\n", p.Directive.Name)
			continue
		}
		if fault := unsafe(p.HTML, false); fault != "" {
			t.Error(fault)
		}
		b.WriteString(string(p.HTML))
	}
	return b.String()
}

func TestPositions(t *testing.T) {
	at := diag.Pos{File: "a.yaml", Line: 10, Col: 8}
	for _, tt := range []struct{ text, want string }{
		{"<b>", "10:8 markdown-html"},
		{"chữ ữ <b>", "10:14 markdown-html"},
		{"một\nhai <b>", "11:7 markdown-html"},
		{"một\r\nhai <b>", "11:7 markdown-html"},
		{"một\n\n<div>\n</div>", "12:3 markdown-html"},
		{"> - a\n>   b *c <i>d*", "11:12 markdown-html"},
		{"a [ồ](javascript:x)", "10:10 markdown-link"},
		{"a **b [ồ](javascript:x)**", "10:14 markdown-link"},
		{"a ![ồ](x.jpg)", "10:10 markdown-html"},
		{"a <ftp://x>", "10:10 markdown-link"},
		{"[a] [a]\n\n[a]: data:x", "12:3 markdown-link"},
		{"a [^ồ] b", "10:10 markdown-footnote"},
		{"a\n\n[^1]: ồ", "12:3 markdown-footnote"},
		{"# a\n\n### b\n\n#### c\n\n## d\n\n##### e", "18:3 markdown-heading"},
		{"| a |\n|---|\n| ồ <b> |", "12:7 markdown-html"},
		{"a\n::: object\nb", "11:3 markdown-block"},
		{"a\n\n:::\n", "12:3 markdown-block"},
		{"- a\n  ::: object\n  :::", "11:5 markdown-block, 12:5 markdown-block"},
		{"::: a\nx: y\n::: b\nz: w\n:::", "10:8 markdown-block"},
		{"a [b *c]{lang=fr}* d", "10:10 markdown-lang, 10:15 markdown-lang"},
		{strings.Repeat(">", 200) + " a", "10:108 markdown-depth"},
		{"a [b](id: mau-1) `[c](d e)` \\[e\\](f g)", "10:12 markdown-link"},
		{"a [](https://example.org)", "10:10 markdown-link"},
		{"a\n\n## \n\nb", "12:3 markdown-heading"},
		{"<b>\n\nchữ <i>", "10:8 markdown-html, 12:7 markdown-html"},
	} {
		_, ds := Document(Source{Text: tt.text, Pos: at, Indent: 2}, testLinks)
		if got := places(ds); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, got, tt.want)
		}
	}
}

func places(ds []diag.Diagnostic) string {
	var all []string
	for _, d := range ds {
		all = append(all, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Col, d.Code))
	}
	return strings.Join(all, ", ")
}

func TestBlocksAreRefusedOutsideExhibitions(t *testing.T) {
	out, ds := Render(Source{Text: "a\n\n::: object\nrecord: x\n:::\n\nb", Pos: diag.Pos{Line: 1, Col: 1}}, nil)
	if places(ds) != "3:1 markdown-block" || out != "<p>a</p>\n<p>b</p>\n" {
		t.Errorf("%q %v", out, ds)
	}
}

func TestHeadings(t *testing.T) {
	doc, ds := Document(Source{Text: "# Đề cương\n\n## Đề *cương*\n\n### Đề-cương 2\n\n## Đề cương", Level: 3, IDPrefix: "s1-"}, nil)
	want := []Heading{{3, "s1-de-cuong", "Đề cương"}, {3, "s1-de-cuong-2", "Đề cương"}, {4, "s1-de-cuong-2-2", "Đề-cương 2"}, {3, "s1-de-cuong-3", "Đề cương"}}
	if diff := cmp.Diff(want, doc.Headings); diff != "" || ds != nil {
		t.Errorf("%v %s", ds, diff)
	}
}

func TestInline(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Lá cờ, số 10", "Lá cờ, số\u00a010"},
		{"*Bản án* & “x”", "<em>Bản án</em> &amp; “x”"},
		{"# không phải đề mục", "# không phải đề mục"},
		{"1. không phải *danh sách*", "1. không phải <em>danh sách</em>"},
		{"một\n\nhai *ba*", "một\nhai <em>ba</em>"},
		{"a\n\nb", "a\nb"},
		{"[x](id:mau-1)", `<a href="../r/mau-1.html">x</a>`},
		{"::: object", "::: object"},
		{"", ""},
	} {
		if got, ds := Inline(Source{Text: tt.text}, testLinks); string(got) != tt.want || ds != nil {
			t.Errorf("%q: got %q %v, want %q", tt.text, got, ds, tt.want)
		}
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`a < b & "c" > 'd'`, `a &lt; b &amp; &quot;c&quot; &gt; 'd'`},
		{"ngày 2 tháng 9 năm 1945", "ngày~2~tháng~9~năm~1945"},
		{"Ngày 19 tháng 8, tháng 9 năm 1945", "Ngày~19~tháng~8, tháng~9~năm~1945"},
		{"ngày 2 tháng\n9", "ngày~2 tháng\n9"},
		{"(Số 10, “số 100-CT/TW”)", "(Số~10, “số~100-CT/TW”)"},
		{"tập II, Tập 3, tập Ca", "tập~II, Tập~3, tập Ca"},
		{"tr. 15 và tr.16", "tr.~15 và tr.16"},
		{"một số 1", "một số~1"},
		{"số  5, có 5 người, năm người", "số  5, có 5 người, năm người"},
		{"ngày 3", "ngày~3"},
		{"a\x00b\x1bc", "a\ufffdb\ufffdc"},
	} {
		if got := strings.ReplaceAll(string(Text(tt.text)), "\u00a0", "~"); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// clean has a quick way past ordinary text; it must miss nothing.
func TestCleanLeavesNothingForbidden(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		if r >= 0xd800 && r <= 0xdfff || r == '\r' {
			continue
		}
		want := "a" + string(r) + "b"
		if forbidden(r) {
			want = "a\ufffdb"
		}
		if got := clean("a" + string(r) + "b"); got != want {
			t.Fatalf("%U: %q", r, got)
		}
	}
	for in, want := range map[string]string{"a\r\nb\rc": "a\nb\nc", "\ufeffa": "a", "a\xffb": "a\ufffdb", "\ufeffa\x01\r\n": "a\ufffd\n"} {
		if got := clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Một\n  hai\n\nba", "Một hai ba"},
		{"# Đề *mục*\n\n- a\n- [b](id:x)\n`c*`", "Đề mục a b c*"},
		{"a[^1]\n\n[^1]: ghi chú", "a"},
		{"a\n\n::: object\nrecord: x\n:::\n\nb &amp; \\*", "a b & *"},
		{"|a|b|\n|-|-|\n|c|d|", "a b c d"},
		{"<script>alert(1)</script>", ""},
		{"a&#1;b&#0;c&#xfffe;d", "a\ufffdb\ufffdc\ufffdd"},
		{"![alt](x) <https://example.org>", "alt https://example.org"},
		{"[ồ]{lang=fr} &bogus; &#65;", "ồ &bogus; A"},
	} {
		if got := Plain(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	for _, tt := range []struct {
		text string
		max  int
		want string
	}{
		{"Một hai ba", 10, "Một hai ba"},
		{"Một hai ba", 9, "Một hai…"},
		{"Một hai, ba", 9, "Một hai…"},
		{"Một hai ba", 8, "Một hai…"},
		{"Nghiêng", 4, "Ngh…"},
		{"*Một* hai", 1, "…"},
		{"Một", 0, ""},
	} {
		if got := Excerpt(tt.text, tt.max); got != tt.want {
			t.Errorf("%q %d: got %q, want %q", tt.text, tt.max, got, tt.want)
		}
	}
}

func TestSplit(t *testing.T) {
	src := Source{Text: "Mở đầu.\r\n::: object\nrecord: a\n\npage: 2\n:::\n\n```\n::: x\n:::\n```\n:::gallery\n:::\nKết.", Pos: diag.Pos{File: "x.md", Line: 5, Col: 1}, Lang: "vi"}
	segments, ds := Split(src)
	if ds != nil || len(segments) != 5 {
		t.Fatalf("%d segments, %v", len(segments), ds)
	}
	object := Directive{"object", "record: a\n\npage: 2\n", diag.Pos{File: "x.md", Line: 6, Col: 1}, diag.Pos{File: "x.md", Line: 7, Col: 1}}
	if diff := cmp.Diff(object, *segments[1].Directive); diff != "" {
		t.Error(diff)
	}
	if p := segments[2].Markdown; p.Text != "\n```\n::: x\n:::\n```\n" || p.Pos.Line != 11 || p.Lang != "vi" {
		t.Errorf("%+v", p)
	}
	if d := segments[3].Directive; d.Name != "gallery" || d.Body != "" || d.BodyPos.Line != 17 {
		t.Errorf("%+v", d)
	}
	if p := segments[4].Markdown; p.Text != "Kết." || p.Pos.Line != 18 {
		t.Errorf("%+v", p)
	}
}

func TestFrontMatter(t *testing.T) {
	pos := diag.Pos{File: "p.md", Line: 1, Col: 1}
	for _, tt := range []struct {
		text, yaml, body   string
		yamlLine, bodyLine int
		faults             string
	}{
		{"---\ntitle: a\n---\nChữ", "title: a\n", "Chữ", 2, 4, ""},
		{"\ufeff---\r\ntitle: a\r\n---\r\nChữ\r\n", "title: a\n", "Chữ\n", 2, 4, ""},
		{"Chữ\n---\nx", "", "Chữ\n---\nx", 1, 1, ""},
		{"---\n---", "", "", 2, 2, ""},
		{"---\na: b\n", "a: b\n", "", 2, 3, "1:1 markdown-front-matter"},
		{"", "", "", 1, 1, ""},
	} {
		yaml, yamlPos, body, ds := FrontMatter(tt.text, pos)
		if yaml != tt.yaml || body.Text != tt.body || yamlPos.Line != tt.yamlLine || body.Pos.Line != tt.bodyLine || places(ds) != tt.faults {
			t.Errorf("%q: %q %v %q %v %v", tt.text, yaml, yamlPos, body.Text, body.Pos, ds)
		}
	}
}

// Many goroutines share the parsers; the race detector watches this one.
func TestConcurrentUseGivesTheSameBytes(t *testing.T) {
	src := Source{Text: "```yaml\na: 1 # b\n```\n\nchữ[^a]\n\n[^a]: *b*\n\n" + strings.Join(slices.Concat(hostile, hostileBlocks), "\n\n"), Lang: "vi"}
	want, wantFaults := Render(src, testLinks)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 3 {
				if got, ds := Render(src, testLinks); got != want || places(ds) != places(wantFaults) {
					t.Error("the output differs")
				}
			}
		})
	}
	wg.Wait()
}

// Lines of nothing but marks, deep nesting among them, come out safe.
func TestLongLinesOfMarks(t *testing.T) {
	for _, mark := range []string{"[", "]", "<", "*", "`", "[^", "![", ">", "]{lang=fr}", "[a](", "~", "**a ", "- ", "[a]{lang=fr}"} {
		out, _ := renderAny(strings.Repeat(mark, 800)+"a"+strings.Repeat(mark, 800), false)
		if fault := unsafe(out, false); fault != "" {
			t.Errorf("%s: %s", mark, fault)
		}
	}
}

var paragraphs = strings.Repeat("Hồ sơ gồm các văn bản về việc chuẩn bị Đại hội, trong đó có bản thảo ngày 2 tháng 9 năm 1945 và công văn số 15 của cơ quan, được giữ nguyên thứ tự như khi giao nộp.\n\n", 3)

// BenchmarkPlainParagraphs is the short way: three paragraphs, as most records have.
func BenchmarkPlainParagraphs(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Render(Source{Text: paragraphs}, nil)
	}
}

// BenchmarkMarkdownParagraphs is the same text with one mark, the long way.
func BenchmarkMarkdownParagraphs(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Render(Source{Text: paragraphs + "*x*"}, nil)
	}
}

var sink template.HTML

func BenchmarkText(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sink = Text("Công văn số 15 ngày 2 tháng 9 năm 1945")
	}
}
