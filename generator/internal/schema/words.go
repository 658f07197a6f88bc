package schema

import (
	_ "embed"
	"reflect"
	"strings"
	"sync"

	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

//go:embed keys.yaml
var keys []byte

// words are what is said of keys, by struct and key.
var words = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	if err := yaml.Unmarshal(keys, &out); err != nil {
		panic(err) // it is part of the program, and a test reads it
	}
	return out
})

// nameOf is the name by which keys.yaml and the definitions know a struct.
func nameOf(t reflect.Type) string {
	switch t.Name() {
	case "namedRef":
		return "Ref"
	case "creatorKeys":
		return "Creator"
	}
	return t.Name()
}

// described is a value schema with what is said of its key. A reference keeps its words
// beside it: draft-07 passes over them, editors show them.
func described(owner, key string, value object) object {
	out := object{{"description", words()[owner][key]}}
	if en := english(owner, key); en != "" {
		out = out.with("$comment", en)
	}
	return append(out, value...)
}

// english is the label of a key of a unit, with its number in ISAD(G): no editor shows it,
// it is for those who read the file.
func english(owner, key string) string {
	prefix, of := map[string]string{"Unit": "", "Document": "doc.", "Newspaper": "news.", "Photo": "photo.", "AV": "av.", "Map": "map."}[owner]
	if !of {
		return ""
	}
	f, ok := record.FieldByKey(prefix + key)
	if !ok {
		return ""
	}
	if f.ISAD != "" {
		return f.En + " (ISAD(G) " + f.ISAD + ")"
	}
	return strings.TrimSpace(f.En)
}
