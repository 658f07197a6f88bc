package exchange

import (
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/internal/record"
)

// target is a field of a record that a column fills, by its path.
type target struct {
	path  string // as it is told to people: subjects[], title.en
	steps []step
	lang  string // of a text; "" for the first language
	leaf  reflect.Type
	vocab string
	list  bool // holds several values
}

// step goes from a struct into one of its fields.
type step struct {
	index int
	list  bool
}

// Paths that are no fields of a record.
const (
	pathSkip  = "skip"
	pathExtra = "extra"
	pathStart = "dates.start"
	pathEnd   = "dates.end"

	// pathSecrecy holds a marking: a row that bears one is refused.
	pathSecrecy = "secrecy"
)

func (t target) is(paths ...string) bool { return slices.Contains(paths, t.path) }

// leafTypes are the types of record that hold a value; other structs hold keys.
var leafTypes = typeSet(record.Str{}, record.Text{}, record.Int{}, record.Bool{}, record.Date{}, record.Ref{},
	record.Creator{}, record.Extent{}, record.Related{}, record.Transcript{})

// textTypes are those whose values are read as Markdown.
var textTypes = typeSet(record.Text{}, record.Ref{}, record.Creator{}, record.Extent{}, record.Transcript{})

func typeSet(of ...any) map[reflect.Type]bool {
	out := map[reflect.Type]bool{}
	for _, v := range of {
		out[reflect.TypeOf(v)] = true
	}
	return out
}

// fieldByKey finds a field of a struct of package record by its YAML key.
func fieldByKey(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("key") == key && key != "" {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// shortPaths stand for the longer path of what people mean by them.
var shortPaths = map[string]string{
	"dates": "dates.created", "date": "dates.created", "reference": "reference.unit_no", "access": "access.state",
	"rights": "rights.uri", "file": "objects[].file", "alt": "objects[].alt", "originals": "originals.status", "physical": "physical.note",
}

// resolve finds the field of a path. Lists may be written with or without [].
func resolve(path string) (target, bool) {
	path = strings.TrimSpace(path)
	if long, ok := shortPaths[path]; ok {
		path = long
	}
	switch path {
	case pathSkip, pathExtra, pathStart, pathEnd, pathSecrecy:
		return target{path: path}, true
	}
	t := target{leaf: reflect.TypeOf(record.Unit{})}
	var shown []string
	for key := range strings.SplitSeq(path, ".") {
		key = strings.TrimSuffix(key, "[]")
		if t.leaf == reflect.TypeOf(record.Text{}) && t.lang == "" && isLang(key) {
			t.lang = key
			shown = append(shown, key)
			continue
		}
		if !t.enter(key) {
			return target{}, false
		}
		if t.steps[len(t.steps)-1].list {
			key += "[]"
		}
		shown = append(shown, key)
	}
	t.path = strings.Join(shown, ".")
	return t, leafTypes[t.leaf]
}

// enter goes one key deeper.
func (t *target) enter(key string) bool {
	if t.leaf.Kind() != reflect.Struct || leafTypes[t.leaf] && t.leaf != reflect.TypeOf(record.Transcript{}) {
		return false
	}
	f, ok := fieldByKey(t.leaf, key)
	if !ok || f.Type == reflect.TypeOf([]record.Extra{}) {
		return false
	}
	typ, list := f.Type, false
	if typ.Kind() == reflect.Slice {
		typ, list, t.list = typ.Elem(), true, true
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	t.steps = append(t.steps, step{f.Index[0], list})
	t.leaf, t.vocab = typ, f.Tag.Get("vocab")
	return true
}

func isLang(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// knownPaths lists every path, for "did you mean".
func knownPaths() []string {
	out := []string{pathSkip, pathExtra, pathStart, pathEnd, pathSecrecy}
	var walk func(t reflect.Type, prefix string, depth int)
	walk = func(t reflect.Type, prefix string, depth int) {
		for i := range t.NumField() {
			f := t.Field(i)
			key := f.Tag.Get("key")
			if key == "" || depth > 3 {
				continue
			}
			typ := f.Type
			if typ.Kind() == reflect.Slice {
				key, typ = key+"[]", typ.Elem()
			}
			if typ.Kind() == reflect.Pointer {
				typ = typ.Elem()
			}
			switch {
			case leafTypes[typ]:
				out = append(out, prefix+key)
			case typ.Kind() == reflect.Struct && typ != reflect.TypeOf(record.Extra{}):
				walk(typ, prefix+key+".", depth+1)
			}
		}
	}
	walk(reflect.TypeOf(record.Unit{}), "", 0)
	return out
}
