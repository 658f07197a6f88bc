package record

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// Every value of a unit counts for its canonical form, but those that are
// listed, and no place in a file does. A field that is added to the model later
// is met here without anybody thinking of it.
func TestCanonHoldsEveryValue(t *testing.T) {
	everybody := func(string) bool { return true }
	base := Canon(nil, &Unit{}, everybody)
	seen := map[string]bool{}
	counted := 0
	typ := reflect.TypeFor[Unit]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		name := f.Tag.Get("key")
		if name == "" {
			name = f.Name
		}
		skip := uncanonical[typ.Name()+"."+name] && name != "access" // of which three values are shown
		seen[typ.Name()+"."+name] = true
		u := &Unit{}
		if !fill(reflect.ValueOf(u).Elem().Field(i), "canary") {
			continue // a place in the file
		}
		got := Canon(nil, u, everybody)
		if changed := !bytes.Equal(base, got); changed == skip {
			t.Errorf("%s changes the canonical form: %v", name, changed)
		}
		counted++
	}
	if counted < 50 {
		t.Errorf("only %d fields were seen", counted)
	}
	for key := range uncanonical {
		if strings.HasPrefix(key, "Unit.") && !seen[key] {
			t.Errorf("%s is no field any more", key)
		}
	}
}

// fill puts a text into a value at the first place that takes one; ok is false
// where there is none.
func fill(v reflect.Value, text string) (ok bool) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
		return true
	case reflect.Array: // a Sum
		v.Index(0).SetUint(1)
		return true
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return fill(v.Index(0), text)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[At]() {
			return false
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() && fill(v.Field(i), text) {
				return true
			}
		}
	}
	return false
}

// What is not named is left out: a reference to it, and its notes.
func TestCanonNamesNothingHidden(t *testing.T) {
	u := &Unit{Title: Text{Langs: []LangText{{Lang: "vi", V: "Một"}}}}
	bare := Canon(nil, u, nil)
	u.Related = []Related{{ID: Str{V: "an"}, Note: Text{Langs: []LangText{{Lang: "vi", V: "ghi chú"}}}}}
	u.Originals.HeldBy = Ref{ID: "an"}
	u.Title.Langs[0].At, u.Title.At, u.At = At{3, 4}, At{3, 4}, At{1, 1}
	if got := Canon(nil, u, func(id string) bool { return id != "an" }); !bytes.Equal(got, bare) {
		t.Errorf("%q, want %q", got, bare)
	}
}
