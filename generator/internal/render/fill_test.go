package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"strings"

	"vitrine/generator/page"
)

// blockKinds are the values of page.Block.Kind.
var blockKinds = []string{"text", "object", "gallery", "pair", "quote", "question", "detail", "timeline"}

// filled makes a page of type t with every field set, so that a template runs
// through all its branches.
func filled(t reflect.Type, lang, foreign string) any {
	v := reflect.New(t)
	f := filler{foreign: foreign}
	f.fill(v.Elem(), "", 0)
	layout := v.Elem().FieldByName("Layout").Addr().Interface().(*page.Layout)
	layout.Lang, layout.Kind, layout.Path = lang, kinds[t], "a/b.html"
	layout.Languages = []page.Alternate{
		{Lang: "vi", Name: "Tiếng Việt", Href: "b.html", Absolute: "https://example.org/a/b.html", Current: lang == "vi"},
		{Lang: "en", Name: "English", Href: "../en/a/b.html", Absolute: "https://example.org/en/a/b.html", Current: lang == "en"},
	}
	return v.Interface()
}

type filler struct {
	n       int
	foreign string // language of words that are not in that of the page
}

func (f *filler) next(stem string) string {
	f.n++
	return fmt.Sprintf("%s-%d", stem, f.n)
}

func (f *filler) fill(v reflect.Value, name string, depth int) {
	if depth > 12 {
		return
	}
	switch v.Interface().(type) {
	case page.Words:
		v.Set(reflect.ValueOf(page.Words{HTML: "ƯỚC MUỐN ẤY &amp; <em>nghẹn ngào</em>", Lang: f.foreign}))
		return
	case json.RawMessage:
		v.Set(reflect.ValueOf(json.RawMessage(`{"name":"a\u003c/script\u003e <b> \"ĐỖ\"  "}`)))
		return
	case template.HTML:
		v.Set(reflect.ValueOf(template.HTML("<p>ĐỖ QUYÊN &amp; <em>nghẹn ngào</em></p>")))
		return
	case []page.Block:
		v.Set(reflect.ValueOf(f.blocks(depth)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(name))
	case reflect.Int:
		v.SetInt(40)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		if depth < 9 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), name, depth+1)
		}
	case reflect.Slice:
		f.fillSlice(v, name, depth)
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), v.Type().Field(i).Name, depth+1)
		}
		f.mend(v)
	}
}

func (f *filler) fillSlice(v reflect.Value, name string, depth int) {
	if v.Type().Elem() == reflect.TypeFor[page.Branch]() && depth > 4 {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 2, 2))
	for i := range 2 {
		f.fill(v.Index(i), name, depth+1)
	}
}

// mend repairs what would be nonsense: text that holds blocks is of its own
// language, sizes differ.
func (f *filler) mend(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *page.Value:
		if f.n%2 == 0 {
			x.Block = false
		}
	case *page.Image:
		x.Width, x.Height = 1280, 1800
	case *page.Bar:
		x.H = 3
	}
}

func (f *filler) blocks(depth int) []page.Block {
	out := make([]page.Block, len(blockKinds))
	for i, kind := range blockKinds {
		b := reflect.ValueOf(&out[i]).Elem()
		for j := range b.NumField() {
			f.fill(b.Field(j), b.Type().Field(j).Name, depth+1)
		}
		out[i].Kind, out[i].Size, out[i].Lang = kind, "wide", f.foreign
	}
	return out
}

func (f *filler) text(name string) string {
	switch {
	case strings.HasSuffix(name, "Lang"):
		return f.foreign
	case name == "Datetime":
		return "1930-02-03"
	case name == "ID", name == "Anchor", name == "Key", name == "Style":
		return f.next("k")
	case name == "Href", name == "Src", name == "Styles", name == "Scripts", name == "Preloads", name == "Icon", name == "Home":
		return f.next("x") + ".html"
	case strings.HasSuffix(name, "URI"), name == "URL", name == "Absolute", name == "Canonical", name == "Feed":
		return "https://example.org/" + f.next("u")
	case name == "Request", name == "ReportError":
		return "mailto:a@example.org?subject=L%E1%BB%97i"
	case name == "Email":
		return "a@example.org"
	case name == "Kind":
		return "bar"
	}
	return "Chữ \"thử\" <" + name + ">"
}
