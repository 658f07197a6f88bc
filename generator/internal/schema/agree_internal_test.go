package schema

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// compile compiles a schema, which must be one.
func compile(t *testing.T, name string, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler() // it holds what it compiles against the schema of schemas
	if err := c.AddResource("file:///"+name+".json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("file:///" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var wholeNumber = regexp.MustCompile(`^[-+]?[0-9]+$`)

// asEditor is a node of YAML as an editor takes it: by the core schema of YAML 1.2, which
// knows no dates and no yes.
func asEditor(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.DocumentNode:
		return asEditor(t, n.Content[0])
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = asEditor(t, n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, c := range n.Content {
			out[i] = asEditor(t, c)
		}
		return out
	}
	switch {
	case n.Tag == "!!null":
		return nil
	case n.Tag == "!!bool":
		return n.Value == "true"
	case n.Tag == "!!int" && wholeNumber.MatchString(n.Value):
		return json.Number(strings.TrimLeft(n.Value, "+0") + map[bool]string{true: "0"}[strings.Trim(n.Value, "+-0") == ""])
	case n.Tag == "!!float":
		return json.Number(n.Value)
	}
	return n.Value
}

func parsed(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return asEditor(t, &n)
}

// archive opens an archive of a site.yaml alone, read with its rules.
func archive(t *testing.T) (*content.Tree, Rules) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: {vi: Kho, en: Archive}\nlanguages: [vi, en]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tree, err := content.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	c, ds := tree.Config()
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return tree, Rules{Languages: tree.Languages(), Forms: c.Profile.Forms}
}

// decoders read a document into the struct of each kind, and into nothing else.
var decoders = map[string]func(*content.Tree, string) []diag.Diagnostic{
	"site": decoder[record.Site], "fonds": decoder[record.Unit], "record": decoder[record.Unit], "repository": decoder[record.Repository], "agent": decoder[record.Agent],
	"place": decoder[record.Place], "event": decoder[record.Event], "subject": decoder[record.Subject], "clearance": decoder[record.Clearance],
	"exhibition": decoder[record.Exhibition], "profile": decoder[record.Profile], "markings": decoder[record.Markings], "cover": decoder[record.Cover],
}

func decoder[T any](t *content.Tree, text string) []diag.Diagnostic {
	_, ds := content.Decode[T](t, diag.Pos{File: "x.yaml", Line: 1}, text)
	return slices.DeleteFunc(ds, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}

// place is a key of the model, with the keys that lead to it.
type place struct {
	owner, key string
	path       []string
	leaf       reflect.Type
	vocab      string
}

// places are all keys that a struct leads to, each once by its struct.
func places(root reflect.Type) (out []place) {
	seen := map[string]bool{}
	var walk func(t reflect.Type, path []string)
	walk = func(t reflect.Type, path []string) {
		for i := range t.NumField() {
			f := t.Field(i)
			key := f.Tag.Get("key")
			if key == "" || seen[nameOf(t)+"."+key] {
				continue
			}
			seen[nameOf(t)+"."+key] = true
			here := append(slices.Clone(path), key)
			out = append(out, place{nameOf(t), key, here, f.Type, f.Tag.Get("vocab")})
			if inner := inside(f.Type); inner != nil {
				walk(inner, here)
			}
		}
	}
	walk(root, nil)
	return out
}

// inside is the struct whose keys a value may have; nil where it has none, or keys of its own.
func inside(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if long, ok := content.LongForm(t); ok {
		return long
	}
	switch t {
	case reflect.TypeFor[record.Str](), reflect.TypeFor[record.Int](), reflect.TypeFor[record.Bool](), reflect.TypeFor[record.Text](), reflect.TypeFor[record.Date](),
		reflect.TypeFor[record.Extent](), reflect.TypeFor[record.Extra](), reflect.TypeFor[record.Frozen](), reflect.TypeFor[record.Labelled]():
		return nil
	}
	return t
}

// tries are values of every shape, good at one place and bad at another.
var tries = []string{
	`chữ`, `"chữ"`, `3`, `"3"`, `-3`, `1945`, `"1945"`, `1.5`, `true`, `"true"`, `false`, `""`, `"  "`, ``, `null`, `~`, `yes`, `no`, `"no"`,
	`[]`, `[chữ]`, `[3]`, `[null]`, `[[chữ]]`, `["1945"]`, `[true]`, `{}`, `{vi: chữ}`, `{vi: chữ, en: words}`, `{en: words}`, `{vi: [chữ]}`, `{khoá-lạ: chữ}`, `{zz: 1, vi: chữ}`, `[{vi: chữ}]`, `[{khoá-lạ: 1}]`,
	`{id: tl-0001}`, `{id: [tl-0001]}`, `{name: chữ}`, `{name: {vi: chữ}, id: tl-0001}`, `{agent: x-1, role: author}`, `{agent: x-1, role: không-có}`, `{record: tl-0001, page: 2}`, `{record: tl-0001, page: hai}`, `[{record: tl-0001}]`,
	`{quantity: 12, unit: tờ}`, `{quantity: [12]}`, `{text: chữ, file: a.txt}`, `{text: [chữ]}`, `{note: chữ}`, `{from: "2026-01-01"}`, `{from: [a]}`,
	`"1945-09-02"`, `1945-09-02`, `"1945-09-02/.."`, `"1930~"`, `"193X"`, `"[1929-07,1929-08]"`, `"14/3/1958"`, `"năm 1945"`, `"1945-9-2"`, `19450902`, `"1945-13-01"`,
	`item`, `fonds`, `Item`, `public`, `pubic`, `mat`, `person`, `vi`, `quyet-dinh`, `khong-co-loai`, `page`, `metadata`, `[metadata, images]`, `[metadata, imagez]`, `personal-data`, `warning`, `apache`, `[fonds, timeline]`, `death`, `document`,
	`"http://rightsstatements.org/vocab/CNE/1.0/"`, `"https://rightsstatements.org/page/CNE/1.0/?language=en"`, `"https://creativecommons.org/licenses/by/4.0/deed.vi"`, `"http://rightsstatements.org/vocab/XXX/1.0/"`,
	`"https://vi-du.vn/"`, `"vi-du.vn"`, `"javascript:alert(1)"`, `{fonds/x/media/a.jpg: "sha256:00"}`, `{title: {vi: chữ}}`, `{title: [chữ]}`, `{appraisal: "Thời hạn"}`,
}

// apart says why the schema and the decoder need not agree on a value at a place; empty where
// they must.
func apart(p place, value string) string {
	blank := strings.Trim(value, `~" `) == "" || value == "null"
	leaf := p.leaf
	if leaf.Kind() == reflect.Slice {
		leaf = leaf.Elem()
	}
	switch {
	case value == `{}` && (leaf == reflect.TypeFor[record.Text]() || leaf == reflect.TypeFor[record.Extent]()):
		return "that braces hold no text is an absence to the decoder, and worth a word in an editor"
	case value == `{id: tl-0001}` && leaf == reflect.TypeFor[record.Extent]():
		return "id is the code of a language, of which a schema cannot say that it stands in place of the first"
	case blank && (p.owner == "Creator" && (p.key == "agent" || p.key == "name") || p.owner == "Ref"):
		return "that the only name of somebody was left empty is for the decoder to see"
	}
	return ""
}

// What the decoder takes by itself at any key the schema takes, and what it refuses the
// schema refuses, whatever the value.
func TestSchemaAgreesWithTheDecoder(t *testing.T) {
	tree, rules := archive(t)
	compared, differ := 0, 0
	for _, k := range Kinds {
		m := newMaker(k, rules)
		m.bare = true
		text, err := indented(m.root())
		if err != nil {
			t.Fatal(err)
		}
		s := compile(t, k.Name, text)
		for _, p := range places(k.model) {
			for _, v := range tries {
				doc := document(p.path, v)
				ds := decoders[k.Name](tree, doc)
				fault := s.Validate(parsed(t, doc))
				compared++
				if (len(ds) > 0) == (fault != nil) || apart(p, v) != "" {
					continue
				}
				if differ++; differ < 40 {
					t.Errorf("%s: %s.%s (%s), %s\ndecoder: %v\nschema: %v", k.Name, p.owner, p.key, p.leaf, v, ds, fault)
				}
			}
		}
	}
	t.Logf("%d values compared", compared)
}

// document is a document in which a value stands at a path of keys.
func document(path []string, value string) string {
	var b strings.Builder
	for i, key := range path {
		fmt.Fprintf(&b, "%s%s:", strings.Repeat(" ", i), key)
		if i < len(path)-1 {
			b.WriteString("\n")
		}
	}
	b.WriteString(" " + value + "\n")
	if key := path[len(path)-1]; slices.Contains(path, "creators") && (key == "role" || key == "as") {
		b.WriteString(strings.Repeat(" ", len(path)-1) + "agent: nguyen-van-mau\n") // nobody has a role alone
	}
	return b.String()
}
