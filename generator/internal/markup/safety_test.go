package markup

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allowed are the elements of the output and their attributes.
var allowed = map[string][]string{
	"p": nil, "br": nil, "hr": nil, "em": nil, "strong": nil, "del": nil, "code": nil, "blockquote": nil,
	"ul": nil, "ol": {"start"}, "li": {"id"}, "dl": nil, "dt": nil, "dd": nil,
	"h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"pre": {"class", "tabindex"}, "span": {"class", "lang"}, "sup": {"class", "id"},
	"a":     {"href", "title", "rel", "role", "class", "aria-label"},
	"div":   {"class", "role", "tabindex", "aria-label"},
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"scope", "class"}, "td": {"class"},
}

// allowedInline are those that may stand in a title.
var allowedInline = []string{"a", "br", "code", "del", "em", "span", "strong"}

// unsafe returns what is wrong with a piece of HTML, or "".
func unsafe(h template.HTML, inline bool) string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(string(h)), body)
	if err != nil {
		return err.Error()
	}
	for _, n := range nodes {
		if fault := unsafeNode(n, inline); fault != "" {
			return fault
		}
	}
	return ""
}

func unsafeNode(n *html.Node, inline bool) string {
	switch n.Type {
	case html.TextNode:
	case html.ElementNode:
		if fault := unsafeElement(n, inline); fault != "" {
			return fault
		}
	default:
		return fmt.Sprintf("a node of type %v: %q", n.Type, n.Data)
	}
	for child := range n.ChildNodes() {
		if fault := unsafeNode(child, inline); fault != "" {
			return fault
		}
	}
	return ""
}

func unsafeElement(n *html.Node, inline bool) string {
	attributes, ok := allowed[n.Data]
	if !ok || inline && !slices.Contains(allowedInline, n.Data) || n.Namespace != "" {
		return "the element " + n.Data
	}
	for _, a := range n.Attr {
		if !slices.Contains(attributes, a.Key) || a.Namespace != "" {
			return "the attribute " + n.Data + "@" + a.Key
		}
		if a.Key == "href" && !safeHref(a.Val) {
			return "the address " + a.Val
		}
	}
	return ""
}

func safeHref(href string) bool {
	for _, start := range []string{"https://", "http://", "mailto:", "tel:", "#", "../r/"} {
		if strings.HasPrefix(href, start) {
			return !strings.ContainsAny(href, " \t\n\\\x00<>\"")
		}
	}
	return false
}

// testLinks knows the ids that begin with "mau".
func testLinks(id string) (string, diag.Text, bool) {
	return "../r/" + id + ".html", diag.Text{}, strings.HasPrefix(id, "mau") && !strings.ContainsAny(id, " \t\n\\<>\"")
}

// hostile are tries to get code, or a request to another host, into a page.
// Each must be refused with a diagnostic, in block text and in a caption.
var hostile = []string{
	`<script>alert(1)</script>`,
	`<SCRIPT SRC=//evil.example/x.js></SCRIPT>`,
	`văn bản <ScRiPt>alert(1)</sCrIpT> tiếp`,
	`<img src=x onerror=alert(1)>`,
	`chữ <img src="x" OnError="alert(1)"> chữ`,
	`<svg onload=alert(1)></svg>`,
	`<svg/onload=alert(1)>chữ</svg>`,
	`<svg><script>alert&#40;1)</script></svg>`,
	`<math><mi xlink:href="javascript:alert(1)">x</mi></math>`,
	`<iframe src="javascript:alert(1)"></iframe>`,
	`<object data="data:text/html;base64,PHNjcmlwdD4="></object>`,
	`<embed src="https://evil.example/x.swf">`,
	`<a href="https://example.org" onclick="alert(1)">x</a>`,
	`<a href="java&#115;cript:alert(1)">x</a>`,
	`<div style="background:url(javascript:alert(1))">x</div>`,
	`<style>@import url(https://evil.example/x.css);</style>`,
	`<link rel="stylesheet" href="https://evil.example/x.css">`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example">`,
	`<base href="https://evil.example/">`,
	`<form action="https://evil.example"><button>x</button></form>`,
	`<input autofocus onfocus=alert(1)>`,
	`<details open ontoggle=alert(1)>x</details>`,
	`<video><source onerror=alert(1)></video>`,
	`<body onload=alert(1)>`,
	`<!-- <script>alert(1)</script> -->`,
	`chữ <!-- lời nhắn --> chữ`,
	`<!--><script>alert(1)</script>-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`chữ <![CDATA[x]]> chữ`,
	`<?php echo 1; ?>`,
	`chữ <?xml version="1.0"?> chữ`,
	`<!DOCTYPE html>`,
	`chữ <!ENTITY x "y"> chữ`,
	`<b>đậm</b>`,
	`</div></main>`,
	`<x-foo bar=baz>x</x-foo>`,
	`**<b onmouseover=alert(1)>x</b>**`,
	"*<img\nsrc=x\nonerror=alert(1)>*",
	`[x](javascript:alert(1))`,
	`[x](JaVaScRiPt:alert(1))`,
	`[x](javascript&colon;alert(1))`,
	`[x](javascript&#58;alert(1))`,
	`[x](javascript&#x3a;alert(1))`,
	`[x](&#106;&#97;&#118;&#97;script:alert(1))`,
	`[x](java&Tab;script:alert(1))`,
	`[x](java&NewLine;script:alert(1))`,
	`[x](java&#9;script:alert(1))`,
	`[x](java&#0;script:alert(1))`,
	`[x](java&shy;script:alert(1))`,
	`[x](&#1;javascript:alert(1))`,
	`[x](&nbsp;javascript:alert(1))`,
	`[x](<javascript:alert(1)>)`,
	"[x](<java\tscript:alert(1)>)",
	`[x](< javascript:alert(1)>)`,
	`[x](javascript\:alert(1))`,
	`[x](\javascript:alert(1))`,
	`[x](data:text/html;base64,PHNjcmlwdD4=)`,
	`[x](DATA:text/html,x)`,
	`[x](vbscript:msgbox(1))`,
	`[x](file:///etc/passwd)`,
	`[x](blob:https://example.org/1)`,
	`[x](ftp://example.org/)`,
	`[x](view-source:https://example.org)`,
	`[x](//evil.example/x)`,
	`[x](\\\\evil.example/x)`,
	`[x](/\\evil.example)`,
	`[x](../../../etc/passwd)`,
	`[x](trang.html)`,
	`[x](https:javascript:alert(1))`,
	`[x](https:///evil)`,
	`[x](https://nguoi@evil.example/)`,
	`[x](http://[evil)`,
	`[x](https:evil.example)`,
	`[x](https://example.org/&#x202e;gpj.exe)`,
	`[x](https://exam&shy;ple.org)`,
	`[x](https://example.org/&nbsp;x)`,
	`[x](https://example.org\\@evil.example)`,
	`[x](mailto:a@b.vn&NewLine;bcc:c@d.vn)`,
	`[x](#a&Tab;b)`,
	`[x](mailto:)`,
	`[x](tel:javascript)`,
	`[x](id:khong-co)`,
	`[x](id:javascript:alert(1))`,
	`[x]()`,
	`[x](javascript:alert(1) "tiêu đề")`,
	`[*[x](javascript:alert(1))*](https://example.org)`,
	`<javascript:alert(1)>`,
	`<JAVASCRIPT:alert(1)>`,
	`<vbscript:x>`,
	`<data:text/html,x>`,
	`<file:///etc/passwd>`,
	`<ftp://example.org>`,
	`<id:khong-co>`,
	`![x](https://evil.example/pixel.gif)`,
	`![x](javascript:alert(1))`,
	`![x](data:image/svg+xml,<svg/onload=alert(1)>)`,
	`[![x](https://evil.example/p.gif)](https://example.org)`,
	`![*x*](id:mau-0001)`,
	`[<b>x</b>](https://example.org)`,
	`~~<u>x</u>~~`,
}

// hostileBlocks are tries that only block Markdown understands.
var hostileBlocks = []string{
	"[x][a]\n\n[a]: javascript:alert(1)",
	"[a]\n\n[a]: JAVASCRIPT&colon;alert(1) \"t\"",
	"[a][]\n\n[a]: <data:text/html,x>",
	"không dùng tới\n\n[a]: vbscript:x",
	"![a]\n\n[a]: https://evil.example/p.gif",
	"> [x][a]\n>\n> [a]: javascript:alert(1)",
	"chữ[^1]\n\n[^1]: <script>alert(1)</script>",
	"chữ[^1]\n\n[^1]: [x](javascript:alert(1))",
	"không nhắc tới\n\n[^1]: <script>alert(1)</script>",
	"- <script>alert(1)</script>",
	"> <img src=x onerror=alert(1)>",
	"1. > - <b>x</b>",
	"| a |\n|---|\n| <img src=x onerror=alert(1)> |",
	"| [x](javascript:alert(1)) |\n|---|\n| b |",
	"# <script>alert(1)</script>",
	"<i>x</i>\n===",
	"thuật ngữ\n: <b onclick=x>nghĩa</b>",
	"<div\nonclick=alert(1)>\n\nchữ\n\n</div>",
	"::: object\nrecord: mau-0001\n:::\n\n<script>alert(1)</script>",
	"<script",
	"<pre>\n\n<script>alert(1)</script>\n\n</pre>",
}

// inert are texts that look bad but only ever are text.
var inert = []string{
	"`<script>alert(1)</script>`",
	"    <script>alert(1)</script>",
	"```html\n<script>alert(1)</script>\n```",
	"```\"><script>alert(1)</script>\nx\n```",
	"```js {onclick=alert(1) style=x}\nlet a = 1\n```",
	"# x {#a onclick=alert(1)}",
	`\<script>alert(1)\</script>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	`<img src=x onerror=alert(1)`,
	`< script>alert(1)</ script>`,
	`javascript:alert(1)`,
	`[x] (javascript:alert(1))`,
	`[chữ]{lang=fr onclick=alert(1)}`,
	`[chữ]{lang="fr\" onclick=x"}`,
	`[chữ]{onclick=alert(1)}`,
	`[x](https://example.org "a\" onclick=\"alert(1)")`,
	`[x](https://example.org/"onclick=alert(1))`,
	`[x](https://example.org/'><b>)`,
	"a\x00<\x00b\x01&#0;&#x1;",
	"\xff\xfe<",
	"{{.Secret}} ${x} <%= y %>",
}

func TestHostileMarkdownIsRefused(t *testing.T) {
	for _, s := range hostile {
		checkRefused(t, s, false)
		checkRefused(t, s, true)
	}
	for _, s := range hostileBlocks {
		checkRefused(t, s, false)
	}
	if n := len(hostile) + len(hostileBlocks); n < 100 {
		t.Errorf("the list has shrunk to %d", n)
	}
}

func checkRefused(t *testing.T, s string, inline bool) {
	t.Helper()
	out, ds := renderAny(s, inline)
	if fault := unsafe(out, inline); fault != "" {
		t.Errorf("%q (inline %v): the output has %s\n%s", s, inline, fault, out)
	}
	refused := slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && (d.Code == "markdown-html" || d.Code == "markdown-link") &&
			d.Msg.Vi != "" && d.Msg.En != "" && d.Pos.Line > 0 && d.Pos.Col > 0
	})
	if !refused {
		t.Errorf("%q (inline %v): not refused, %v\n%s", s, inline, ds, out)
	}
}

func TestWhatOnlyLooksHostileStaysText(t *testing.T) {
	for _, s := range inert {
		for _, inline := range []bool{false, true} {
			out, _ := renderAny(s, inline)
			if fault := unsafe(out, inline); fault != "" {
				t.Errorf("%q (inline %v): the output has %s\n%s", s, inline, fault, out)
			}
		}
		if out, ds := renderAny(s, false); len(ds) > 0 {
			t.Errorf("%q: %v\n%s", s, ds, out)
		}
	}
}

// renderAny renders block text, blocks and all, or a caption.
func renderAny(s string, inline bool) (template.HTML, []diag.Diagnostic) {
	src := Source{Text: s, Pos: diag.Pos{File: "a.md", Line: 1, Col: 1}, Lang: "vi"}
	if inline {
		return Inline(src, testLinks)
	}
	doc, ds := Document(src, testLinks)
	var all template.HTML
	for _, p := range doc.Parts {
		all += p.HTML
	}
	return all, ds
}

func FuzzOutputIsSafe(f *testing.F) {
	for _, list := range [][]string{hostile, hostileBlocks, inert} {
		for _, s := range list {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, inline := range []bool{false, true} {
			out, ds := renderAny(s, inline)
			if fault := unsafe(out, inline); fault != "" {
				t.Errorf("inline %v: the output has %s\n%s", inline, fault, out)
			}
			checkPositions(t, s, ds)
		}
		if _, ds := Split(Source{Text: s, Pos: diag.Pos{Line: 1, Col: 1}}); ds != nil {
			checkPositions(t, s, ds)
		}
		Plain(s)
	})
}

// checkPositions asks that every finding points into the text.
func checkPositions(t *testing.T, s string, ds []diag.Diagnostic) {
	t.Helper()
	rows := strings.Split(clean(s), "\n")
	for _, d := range ds {
		if d.Pos.Line < 1 || d.Pos.Line > len(rows) || d.Pos.Col < 1 || d.Pos.Col > len([]rune(rows[d.Pos.Line-1]))+1 {
			t.Errorf("%v points outside the text", d)
		}
	}
}

// FuzzPlainPath holds the short way for plain paragraphs to the long one.
func FuzzPlainPath(f *testing.F) {
	for _, s := range []string{"", "Một đoạn.\nHai dòng.\n\nĐoạn hai, số 10.", "1945 và 1946\n2. x", "a\n\n\nb\n", "ngày 2 tháng 9\nnăm 1945", "a: b\n: c", "a  \nb", "a \nb", "1. x", "2) x", "12", "- x", "  a", "a\n=", "a\u00a0\nb", "a ", "(x) “số 5”", "a b", "“một” hai\u2003ba", "một\u1680hai", "\u00a0- x y z", "\u00a0\ufeffa b", "một  hai ba", "Thôi! Đi!\n!x", "a!\n\nb !", "\u3000a b c d e f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !isPlain(s) {
			return
		}
		doc, c := render(Source{Text: s}, nil, false)
		var long template.HTML
		if len(doc.Parts) > 0 {
			long = doc.Parts[0].HTML
		}
		if short := plainParagraphs(s); short != string(long) || len(c.diags) > 0 {
			t.Errorf("short way %q, long way %q, %v", short, long, c.diags)
		}
		var b strings.Builder
		c.gather(&b, newChecker(Source{Text: s}, nil).parse(blockParser()))
		if short, long := Plain(s), strings.Join(strings.Fields(b.String()), " "); short != long {
			t.Errorf("plain: short way %q, long way %q", short, long)
		}
		for _, max := range []int{0, 1, 7, len(s) / 2} {
			if short, long := Excerpt(s, max), cut(Plain(s), max); short != long {
				t.Errorf("excerpt of %d: short way %q, long way %q", max, short, long)
			}
			if short, long := Summary(s, max), Excerpt(Plain(s), max); short != long {
				t.Errorf("summary of %d: short way %q, long way %q", max, short, long)
			}
		}
	})
}
