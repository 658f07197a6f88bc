package render

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"vitrine/generator/page"
	"vitrine/templates"
)

func renderer(t testing.TB) *Renderer {
	t.Helper()
	r, err := New(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rendered(t testing.TB, r *Renderer, p any) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Render(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestKindsAreFolders holds the table of kinds against the folders.
func TestKindsAreFolders(t *testing.T) {
	entries, err := templates.FS.ReadDir("pages")
	if err != nil {
		t.Fatal(err)
	}
	var folders, table []string
	for _, e := range entries {
		folders = append(folders, e.Name())
	}
	for _, k := range kinds {
		table = append(table, k)
	}
	slices.Sort(table)
	if !slices.Equal(folders, table) {
		t.Errorf("folders of pages: %v\ntable of kinds: %v", folders, table)
	}
}

// TestEveryTemplate executes each template with everything set, in its own and
// in a foreign language, and with nothing set.
func TestEveryTemplate(t *testing.T) {
	r := renderer(t)
	for typ, kind := range kinds {
		for _, lang := range []string{"vi", "en"} {
			foreign := map[string]string{"vi": "en", "en": "vi"}[lang]
			t.Run(kind+"/"+lang+"/full", func(t *testing.T) {
				checkHTML(t, rendered(t, r, filled(typ, lang, "")), lang)
			})
			t.Run(kind+"/"+lang+"/foreign", func(t *testing.T) {
				out := rendered(t, r, filled(typ, lang, foreign))
				checkHTML(t, out, lang)
				if n := strings.Count(out, ` lang="`+foreign+`"`); n < 3 {
					t.Errorf("only %d elements are marked as %q", n, foreign)
				}
			})
			t.Run(kind+"/"+lang+"/empty", func(t *testing.T) {
				empty := reflect.New(typ)
				empty.Elem().FieldByName("Layout").FieldByName("Lang").SetString(lang)
				checkHTML(t, rendered(t, r, empty.Interface()), lang)
			})
		}
	}
}

// checkHTML asserts what holds for every page.
func checkHTML(t *testing.T, doc, lang string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	count, ids, last := map[string]int{}, map[string]bool{}, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		checkElement(t, n, ids)
		if level := headingLevel(n.Data); level > 0 {
			if level > last+1 {
				t.Errorf("<%s> follows a heading of level %d", n.Data, last)
			}
			last = level
		}
	}
	if count["h1"] != 1 || count["main"] != 1 || count["footer"] < 1 {
		t.Errorf("h1 %d, main %d, footer %d", count["h1"], count["main"], count["footer"])
	}
	if !strings.Contains(doc, `<html lang="`+lang+`"`) {
		t.Error("the language of the page is not declared")
	}
	for _, bad := range []string{"ZgotmplZ", "&lt;em&gt;", "<no value>", "{{", "%!"} {
		if strings.Contains(doc, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func checkElement(t *testing.T, n *html.Node, ids map[string]bool) {
	t.Helper()
	attr := map[string]string{}
	for _, a := range n.Attr {
		attr[a.Key] = a.Val
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("<%s> has an attribute %s", n.Data, a.Key)
		}
	}
	if id, ok := attr["id"]; ok {
		if ids[id] || id == "" {
			t.Errorf("id %q is empty or stands twice", id)
		}
		ids[id] = true
	}
	if n.Data == "script" && attr["src"] == "" && attr["type"] != "application/ld+json" { // data is no script
		t.Error("inline script")
	}
	for _, need := range required[n.Data] {
		if _, ok := attr[need]; !ok {
			t.Errorf("<%s> without %s", n.Data, need)
		}
	}
}

var required = map[string][]string{
	"img": {"src", "width", "height", "alt"},
	"a":   {"href"},
	"svg": {"viewBox"},
}

func headingLevel(name string) int {
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		return int(name[1] - '0')
	}
	return 0
}

func TestRenderIsSafeForConcurrentUse(t *testing.T) {
	r := renderer(t)
	p := filled(reflect.TypeFor[page.Record](), "vi", "")
	want := rendered(t, r, p)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				var b bytes.Buffer
				if err := r.Render(&b, p); err != nil || b.String() != want {
					t.Errorf("different bytes, error %v", err)
				}
			}
		})
	}
	wg.Wait()
}

func TestBrokenTemplatesAreLocated(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"syntax", "pages/record/record.html", "<p>\n{{if}}", "pages/record/record.html:2:"},
		{"function", "parts/slip.html", "\n\n{{define \"slip\"}}{{shout .}}{{end}}", "parts/slip.html:3:"},
		{"text", "pages/record/record.html", "<p>\n{{t \"no.such\"}}", "pages/record/record.html:2: no text \"no.such\""},
		{"context", "pages/record/record.html", "<p>\n<a href='{{if .Title}}\">{{end}}", "pages/record/record.html"},
		{"field", "pages/record/record.html", "<p>\n{{.Nothing}}", "pages/record/record.html:2:"},
		{"catalogue", "i18n/en.yaml", "a:\n  b: [1]\n", "i18n/en.yaml:2:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(overlay(t, tt.file, tt.text))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s…", err, tt.want)
			}
		})
	}
}

// overlay is the embedded files with one of them replaced.
func overlay(t *testing.T, name, text string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for _, pattern := range []string{"layout/*", "parts/*", "pages/*/*", "i18n/*", "icons/*", "scripts/*/*", "vendor/*"} {
		files, err := readAll(templates.FS, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			out[f.name] = &fstest.MapFile{Data: []byte(f.text)}
		}
	}
	out[name] = &fstest.MapFile{Data: []byte(text)}
	return out
}

func TestDigestFollowsItsSources(t *testing.T) {
	before := renderer(t)
	changed := func(file string) func(kind string) bool {
		old, err := templates.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		after, err := New(overlay(t, file, string(old)+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		return func(kind string) bool { return before.Digest(kind) != after.Digest(kind) }
	}
	if c := changed("pages/record/record.html"); !c("record") || c("fonds") {
		t.Error("a page's own template must change its digest and no other")
	}
	if c := changed("parts/slip.html"); !c("record") || !c("fonds") {
		t.Error("a part must change every digest")
	}
	if before.Digest("no-such-kind") != [32]byte{} {
		t.Error("an unknown kind has a digest")
	}
}

func TestUnknownPage(t *testing.T) {
	if err := renderer(t).Render(os.Stdout, struct{}{}); err == nil {
		t.Error("no error")
	}
}
