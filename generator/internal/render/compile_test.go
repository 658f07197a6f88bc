package render

import (
	"bytes"
	"reflect"
	"testing"

	"vitrine/generator/page"
	"vitrine/templates"
)

// TestEveryKindIsCompiled says why a template needs the slow way.
func TestEveryKindIsCompiled(t *testing.T) {
	r := renderer(t)
	for lang, set := range r.sets {
		for typ, kind := range kinds {
			c := &compiler{set, lang, r.texts[lang], map[programKey]*program{}}
			if _, err := c.program(pageFile(kind), typ); err != nil {
				t.Errorf("%s, %s: %v", lang, kind, err)
			}
		}
	}
}

// TestCompiledIsHTMLTemplate holds compiled templates to the bytes that
// html/template writes.
func TestCompiledIsHTMLTemplate(t *testing.T) {
	r := renderer(t)
	for _, lang := range []string{"vi", "en"} {
		var pages []any
		for typ := range kinds {
			pages = append(pages, filled(typ, lang, ""), filled(typ, lang, "fr"), reflect.New(typ).Interface())
		}
		for _, p := range samplePages(lang) {
			pages = append(pages, p)
		}
		for _, p := range pages {
			var fast, slow bytes.Buffer
			if err := r.fast[lang][Kind(p)].run(&fast, addressable(p)); err != nil {
				t.Fatal(err)
			}
			if err := r.sets[lang].ExecuteTemplate(&slow, pageFile(Kind(p)), p); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(fast.Bytes(), slow.Bytes()) {
				t.Errorf("%T: %s", p, firstDifference(fast.Bytes(), slow.Bytes()))
			}
		}
	}
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(x []byte) string { return string(x[max(0, i-80):min(len(x), i+60)]) }
	return "compiled …" + cut(a) + "…\nhtml/template …" + cut(b)
}

// FuzzPlaces holds the escaping of every place to html/template.
func FuzzPlaces(f *testing.F) {
	for _, s := range []string{"", "a/b-c.html#d", "javascript:alert(1)", "https://a.example/?b=c&d", "mailto:a@b.c?subject=%C3%A0",
		"a 320w, b 640w", "x\"><script>", "Ước & muốn + ấy", "a:b", "//x", "%zz", "\x00\xff", " a ", "a,b", "\"Nói\" 'rồi' <i>", "&\uf8ff", "&\ufeff", "&\ufdd0", "&\xc3", "&😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for chain, p := range places {
			var want, got bytes.Buffer
			if p.plain(s) {
				got.WriteString(s)
			} else if err := p.write(&frame{out: &got}, s); err != nil {
				t.Fatal(err)
			}
			if err := p.alone.Execute(&want, s); err != nil {
				t.Fatal(err)
			}
			if got := p.prefix + got.String() + p.suffix; got != want.String() {
				t.Errorf("%s: %q becomes %q, with html/template %q", chain, s, got, want.String())
			}
		}
	})
}

// TestUnknownConstructsTakeTheSlowWay changes a template into something that
// is not compiled, and expects the page nevertheless.
func TestUnknownConstructsTakeTheSlowWay(t *testing.T) {
	source, err := templates.FS.ReadFile("pages/tombstone/tombstone.html")
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(overlay(t, "pages/tombstone/tombstone.html", string(source)+`{{printf "%q" .Heading}}`))
	if err != nil {
		t.Fatal(err)
	}
	if r.fast["vi"]["tombstone"] != nil {
		t.Error("printf was compiled")
	}
	out := rendered(t, r, page.Tombstone{Layout: page.Layout{Lang: "vi"}, Heading: "a<b"})
	if want := "&#34;a&lt;b&#34;"; !bytes.Contains([]byte(out), []byte(want)) {
		t.Errorf("no %s in the page", want)
	}
}
