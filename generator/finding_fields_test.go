package generator_test

import (
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/exchange/ead"
	"vitrine/generator/internal/record"
)

// notTold are the fields of the model that no description tells: the guide names them.
var notTold = []string{"appraisal"}

// wordless are the fields of the model whose values are of a closed list, or are no words:
// no canary of a record stands in them.
var wordless = []string{"level", "dates", "dates.words", "languages", "av.language", "title_kind", "form", "status", "doc.copy_status", "former_ids",
	"objects", "objects.manifest"}

// Every field of a record comes out in the element that the table names, and in no other
// that the table knows: found by the words that the leak test plants in each of them.
func TestEveryFieldIsToldInItsElement(t *testing.T) {
	keys, seen := keysOf(reflect.TypeFor[record.Unit](), "Unit", ""), map[string]bool{}
	for seed := range uint64(16) {
		a := newLeakArchive(t, 1000+seed)
		dir := inMemory(t)
		o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf, Jobs: 1}
		a.lay(o.Content, nil, a.tree(asItIs))
		a.build(o)
		for path, finding := range findings(t, o) {
			for _, e := range elementsOf(t, finding) {
				if strings.HasPrefix(e.path, "ead/control") {
					continue
				}
				for word := range readForLeaks("x.txt", []byte(e.text)).words {
					c := a.canaries.words[word]
					if c == nil || c.unit == nil || !strings.HasPrefix(c.where, "Unit.") {
						continue
					}
					key := keys[c.where]
					if key == "title" && strings.Contains(e.path, "/relatedmaterial") {
						continue // that of another record
					}
					if fields := fieldsFor(key, e); len(fields) > 0 {
						for _, f := range fields {
							seen[f] = true
						}
					} else if wrong := key + e.path; !elsewhere(e) && !seen[wrong] {
						seen[wrong] = true
						t.Errorf("%s: %s (%s) stands in %s of type %q", path, c.where, key, e.path, e.attrs["localtype"])
					}
				}
			}
		}
	}
	for _, f := range ead.Fields {
		if !seen[f.Key] && !slices.Contains(wordless, f.Key) && f.Key != "creators.history" && f.Key != "body" && f.Key != "reference.repository" {
			t.Errorf("%s was never seen in %s", f.Key, f.Element)
		}
	}
	for _, f := range record.Fields {
		if f.Key != "physical" && !ead.Has(f.Key) && !slices.Contains(notTold, f.Key) {
			t.Errorf("%s has no element", f.Key)
		}
	}
}

// elsewhere reports whether an element holds others, or repeats what stands in one.
func elsewhere(e xmlElement) bool {
	name := e.path[strings.LastIndexByte(e.path, '/')+1:]
	return slices.Contains([]string{"ead", "archdesc", "dsc", "c", "did", "controlaccess", "physdescstructured", "origination", "langmaterial", "languageset", "relatedmaterial", "bibliography", "unitdatestructured", "repository"}, name)
}

// toldAs are the fields that tell what has another key.
var toldAs = map[string]string{"dates.display": "dates.words", "extent": "extent.text", "extent.unit": "extent.text"}

// fieldsFor are the fields that tell a key in an element, or within it.
func fieldsFor(key string, e xmlElement) (out []string) {
	at := beneathRecord.ReplaceAllString(e.path, "")
	for _, f := range ead.Fields {
		element := f.Element
		if strings.HasSuffix(element, "/persname") { // or another name
			element = "controlaccess/"
		}
		if strings.HasPrefix(at, element) && (key == f.Key || strings.HasPrefix(key, f.Key+".") || toldAs[key] == f.Key) {
			out = append(out, f.Key)
		}
	}
	return out
}

var beneathRecord = regexp.MustCompile(`^ead/archdesc(/dsc)?(/c)*/`)

// keysOf are the keys of the fields of a struct, by the names in Go.
func keysOf(typ reflect.Type, path, key string) map[string]string {
	out := map[string]string{}
	for i := range typ.NumField() {
		f := typ.Field(i)
		own := f.Tag.Get("key")
		if own == "" {
			own = strings.ToLower(f.Name)
		}
		if key != "" {
			own = key + "." + own
		}
		at := path + "." + f.Name
		out[at] = own
		inner := f.Type
		for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct {
			for k, v := range keysOf(inner, at, own) {
				out[k] = v
			}
		}
	}
	return out
}

// The table of the guide names the element of each field, in both languages.
func TestGuideNamesEveryElement(t *testing.T) {
	pages := guidePages(t)
	row := regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\| [^|]+ \\| `([^`|]+)`(?: `([^`|]+)`)? \\|$")
	for _, name := range []string{"data.md", "data.en.md"} {
		got := map[string]string{}
		for _, m := range row.FindAllStringSubmatch(pages[name], -1) {
			got[m[1]] = m[2] + " " + m[3]
		}
		for _, f := range ead.Fields {
			if want := f.Element + " " + f.Type; got[f.Key] != want {
				t.Errorf("%s: %s is %q, and the program writes %q", name, f.Key, got[f.Key], want)
			}
			delete(got, f.Key)
		}
		if len(got) > 0 {
			t.Errorf("%s names what no description has: %v", name, got)
		}
		for _, key := range notTold {
			if !strings.Contains(pages[name], "`"+key+"`") {
				t.Errorf("%s does not say that %s is not told", name, key)
			}
		}
	}
}
