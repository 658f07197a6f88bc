package schema

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange"
)

// Every key that a file may hold has its words, and every word a key.
func TestEveryKeyIsDescribed(t *testing.T) {
	spare := map[string]bool{}
	for owner, of := range words() {
		for key, said := range of {
			spare[owner+"."+key] = true
			if len([]rune(said)) < 6 || !strings.ContainsAny(said[len(said)-1:], ".…!") && !strings.HasSuffix(said, "…") {
				t.Errorf("keys.yaml: %s.%s says too little, or ends without a full stop: %q", owner, key, said)
			}
		}
	}
	for _, k := range Kinds {
		for _, p := range places(k.model) {
			if words()[p.owner][p.key] == "" {
				t.Errorf("keys.yaml lacks words for %s.%s, which stand in files of the kind %s", p.owner, p.key, k.Name)
			}
			delete(spare, p.owner+"."+p.key)
		}
	}
	for _, key := range []string{"text", "quantity", "unit"} { // of a value that is read by hand
		delete(spare, "Extent."+key)
	}
	top, id, column := exchange.MapKeys()
	for owner, keys := range map[string][]string{"ImportMap": top, "ImportID": id, "ImportColumn": column} {
		for _, key := range keys {
			if words()[owner][key] == "" {
				t.Errorf("keys.yaml lacks words for %s.%s, a key of the maps of an import", owner, key)
			}
			delete(spare, owner+"."+key)
		}
	}
	for key := range spare {
		t.Errorf("keys.yaml words %s, which no file may hold", key)
	}
}

// In the files themselves nothing stands under properties without a description, and a
// definition made of a struct has the keys that the decoder reads, no more and no fewer.
func TestPropertiesAreTheKeysOfTheModel(t *testing.T) {
	_, rules := archive(t)
	files, err := Files(rules)
	if err != nil {
		t.Fatal(err)
	}
	structs := map[string]reflect.Type{}
	for _, k := range Kinds {
		collect(k.model, structs)
	}
	properties := 0
	for _, k := range Kinds {
		var doc map[string]any
		if err := json.Unmarshal(files[k.Name+".json"], &doc); err != nil {
			t.Fatal(err)
		}
		properties += describedBelow(t, k.Name, doc)
		root := keysIn(doc)
		if k.defaults {
			root = slices.DeleteFunc(root, func(key string) bool { return key == "defaults" })
		}
		sameKeys(t, k.Name, root, content.Keys(reflect.Zero(k.model).Interface()))
		for name, def := range doc["definitions"].(map[string]any) {
			if typ, ok := structs[strings.TrimSuffix(name, "-filled")]; ok {
				sameKeys(t, k.Name+" "+name, keysIn(unwrapped(def)), content.Keys(reflect.Zero(typ).Interface()))
			}
		}
	}
	if properties < 700 {
		t.Errorf("only %d properties were seen", properties)
	}
}

// collect names the structs of keys that a struct leads to, itself included.
func collect(typ reflect.Type, into map[string]reflect.Type) {
	if into[nameOf(typ)] != nil {
		return
	}
	into[nameOf(typ)] = typ
	for i := range typ.NumField() {
		if f := typ.Field(i); f.Tag.Get("key") != "" && inside(f.Type) != nil {
			collect(inside(f.Type), into)
		}
	}
}

func unwrapped(def any) map[string]any {
	o := def.(map[string]any)
	if alternatives, ok := o["anyOf"].([]any); ok {
		return alternatives[0].(map[string]any)
	}
	return o
}

func keysIn(o map[string]any) (out []string) {
	props, _ := o["properties"].(map[string]any)
	for key := range props {
		out = append(out, key)
	}
	return out
}

func sameKeys(t *testing.T, where string, have, want []string) {
	t.Helper()
	have, want = slices.Sorted(slices.Values(have)), slices.Sorted(slices.Values(want))
	if !slices.Equal(have, want) {
		t.Errorf("%s: the schema has the keys\n%v\nand the model\n%v", where, have, want)
	}
}

// describedBelow counts the properties of a schema and looks for their descriptions.
func describedBelow(t *testing.T, where string, v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			n += describedBelow(t, where, e)
		}
	case map[string]any:
		for key, e := range v {
			n += describedBelow(t, where, e)
			props, ok := e.(map[string]any)
			if key != "properties" || !ok {
				continue
			}
			for name, p := range props {
				n++
				if said, _ := p.(map[string]any)["description"].(string); said == "" {
					t.Errorf("%s: the property %s has no description", where, name)
				}
			}
		}
	}
	return n
}
