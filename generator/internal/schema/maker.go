package schema

import (
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// maker makes the schema of one kind.
type maker struct {
	languages []string      // of the site, the first is required in every text
	forms     []record.Term // of the rule profile; none where they are not checked
	kind      Kind
	bare      bool // nothing is asked for but what the decoder itself refuses

	defs object
	seen map[string]bool
}

// ref is a reference to a definition, which is made where it is first asked for.
func (m *maker) ref(name string, make func(filled bool) object, filled bool) object {
	if filled {
		name += "-filled"
	}
	if !m.seen[name] {
		m.seen[name] = true
		at := len(m.defs)
		m.defs = m.defs.with(name, nil) // a struct stands before what it holds
		m.defs[at].value = make(filled)
	}
	return object{{"$ref", "#/definitions/" + name}}
}

// value is the schema of a value of the model, as content.decoder.value reads it. vocab names
// the closed list it must come from; one that is filled may not be left empty.
func (m *maker) value(t reflect.Type, vocab string, filled bool) object {
	if o := m.special(t, vocab, filled); o != nil {
		return o
	}
	switch t.Kind() {
	case reflect.Pointer:
		return m.value(t.Elem(), vocab, filled)
	case reflect.Slice:
		items := object{{"type", array}, {"items", m.value(t.Elem(), vocab, false)}, {"errorMessage", "ở đây cần một danh sách, hoặc một mục của danh sách viết đúng dạng"}}
		return object{{"anyOf", []object{items, m.value(t.Elem(), vocab, filled)}}} // a single value stands for a list of one
	case reflect.Struct:
		return m.ref(nameOf(t), func(filled bool) object { return m.structure(t, filled, false) }, filled)
	}
	panic("schema: nothing is known of " + t.String())
}

// special are the types that are more than structs of keys; nil for others.
func (m *maker) special(t reflect.Type, vocab string, filled bool) object {
	switch t {
	case reflect.TypeFor[record.Str]():
		return m.word(vocab, filled)
	case reflect.TypeFor[record.Int]():
		return m.ref("Whole", whole, filled)
	case reflect.TypeFor[record.Bool]():
		return m.ref("YesNo", yesNo, filled)
	case reflect.TypeFor[record.Text]():
		return m.ref("Text", m.text, filled)
	case reflect.TypeFor[record.Date]():
		return m.ref("Date", date, filled)
	case reflect.TypeFor[record.Extent]():
		return m.ref("Extent", m.extent, filled)
	case reflect.TypeFor[record.View](), reflect.TypeFor[record.Transcript](), reflect.TypeFor[record.Related]():
		return m.ref(nameOf(t), func(filled bool) object { return m.structure(t, filled, true) }, filled)
	case reflect.TypeFor[[]record.Extra](), reflect.TypeFor[[]record.Frozen]():
		return pairs(m.ref("Value", scalar, false))
	case reflect.TypeFor[[]record.Labelled]():
		return pairs(m.ref("Text", m.text, false))
	}
	if long, ok := content.LongForm(t); ok {
		return m.ref(nameOf(long), func(filled bool) object { return m.structure(long, filled, true) }, filled)
	}
	return nil
}

// pairs are keys that are for the archive to choose, each with a value of a kind.
func pairs(value object) object {
	return alone(append(only("ở đây cần các cặp khoá: giá trị", keyed, null), member{"additionalProperties", value}))
}

// word is a value of one word or text.
func (m *maker) word(vocab string, filled bool) object {
	closedBy := func(terms []record.Term) func(bool) object {
		return func(filled bool) object { return closed(terms, filled) }
	}
	switch {
	case vocab == "":
		return m.ref("Value", scalar, filled)
	case vocab == "url":
		return m.ref("Address", webAddress, filled)
	case vocab == "rights":
		return m.ref("Statement", rights, filled)
	case vocab == "form" && len(m.forms) > 0:
		return m.ref("Form-word", closedBy(m.forms), filled)
	case vocab == "form":
		return m.ref("Form-word", free, filled)
	}
	return m.ref("words-"+strings.ReplaceAll(vocab, "_", "-"), closedBy(record.Vocabulary(vocab)), filled)
}

// structure is a mapping of the keys of a struct; one that may be short can be a single word too.
func (m *maker) structure(t reflect.Type, filled, short bool) object {
	types, message := or(filled, keyed), "ở đây cần các khoá "+strings.Join(content.Keys(reflect.Zero(t).Interface()), ", ")
	if short {
		types, message = append(slices.Clone(scalars), types...), "ở đây cần một mã hoặc tên, hoặc "+strings.TrimPrefix(message, "ở đây cần ")
	}
	o := append(only(message, types...), m.keysOf(t, nil)...)
	if names := naming[nameOf(t)]; names != nil {
		o = o.with("allOf", []object{{{"anyOf", names}}})
	}
	if short {
		return alone(written(filled, o))
	}
	return o
}

// naming are the keys of which one at least must say who or what is meant.
var naming = map[string][]object{"Ref": needing("id", "agent", "place", "name"), "Creator": needing("agent", "name")}

func needing(keys ...string) (out []object) {
	for _, key := range keys {
		out = append(out, object{{"required", []string{key}}})
	}
	return out
}

// keysOf are the properties of a struct, without those that are withheld.
func (m *maker) keysOf(t reflect.Type, withheld []string) object {
	var props object
	owner := nameOf(t)
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("key")
		if key == "" || slices.Contains(withheld, key) {
			continue
		}
		props = props.with(key, described(owner, key, m.field(owner, key, f)))
	}
	out := object{{"properties", props}, {"additionalProperties", false}}
	need := slices.Clone(required[owner])
	if t == m.kind.model {
		need = append(need, m.kind.required...)
	}
	if len(need) > 0 && !m.bare && withheld == nil {
		out = out.with("required", need)
	}
	return out
}

func (m *maker) field(owner, key string, f reflect.StructField) object {
	filled := f.Tag.Get("empty") == "never"
	path := owner + "." + key
	if s, ok := shapes[path]; ok && !m.bare {
		return m.ref(s.name, s.schema, filled)
	}
	if path == "Unit.level" && m.kind.levels != nil && !m.bare {
		return m.ref("words-level-here", func(filled bool) object { return closed(m.kind.levels(), filled) }, filled)
	}
	return m.value(f.Type, f.Tag.Get("vocab"), filled)
}
