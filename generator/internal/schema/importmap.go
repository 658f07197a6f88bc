package schema

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/internal/exchange"
	"vitrine/generator/internal/record"
)

// importMap is the schema of the file that says which column of a sheet is which field. It is
// no struct of package record, so it is written by hand; a test holds its keys to exchange.
func importMap(r Rules) object {
	m := newMaker(Kind{Name: "map", levels: tops(true)}, r)
	top, id, column := exchange.MapKeys()
	rule := object{{"anyOf", []object{m.path(), m.group("ImportColumn", column, func(key string) object {
		switch key {
		case "to":
			return m.ref("Path", func(bool) object { return m.path() }, true)
		case "role":
			return object{{"anyOf", []object{closed(record.Vocabulary("creator_role"), true), scalar(true)}}} // its words are taken too
		case "values":
			return pairs(m.ref("Value", scalar, true))
		}
		return m.ref("Value", scalar, true)
	}).with("required", []string{"to"})}}}
	body := m.group("ImportMap", top, func(key string) object {
		switch key {
		case "delimiter":
			return object{{"enum", exchange.Delimiters()}}
		case "date_order":
			return object{{"enum", []string{"dmy", "mdy"}}}
		case "date_system":
			return object{{"enum", []any{1900, 1904, "1900", "1904"}}}
		case "guess":
			return m.ref("YesNo", yesNo, true)
		case "id":
			return object{{"anyOf", []object{m.ref("Value", scalar, true), m.group("ImportID", id, m.idRule)}}}
		case "columns":
			return alone(append(only("ở đây cần các cặp tên cột: trường", keyed), member{"additionalProperties", rule}))
		case "constants", "defaults":
			return m.fixed()
		case "fonds":
			return alone(append(only("ở đây cần các khoá của phông", keyed), m.keysOf(reflect.TypeFor[record.Unit](), []string{"-"})...))
		}
		return m.ref("Value", scalar, true)
	})
	head := object{{"$schema", draft}, {"$comment", made}, {"description", "Vitrine: tệp chỉ dẫn cho «vitrine import»."}}
	return append(head, append(body, member{"definitions", m.defs})...)
}

// group is a mapping of keys that are words of package exchange.
func (m *maker) group(owner string, keys []string, value func(key string) object) object {
	var props object
	for _, key := range keys {
		props = props.with(key, described(owner, key, value(key)))
	}
	return object{{"type", keyed}, {"properties", props}, {"additionalProperties", false}}
}

func (m *maker) idRule(key string) object {
	if key == "digits" {
		return alone(pattern(`^\s*[1-9]\s*$`, "digits là số chữ số, từ 1 đến 9", integer, str).with("minimum", 1).with("maximum", 9))
	}
	return m.ref("Value", scalar, true)
}

// path is a field, by one of the paths that an editor proposes or by another that begins as
// one of them: with brackets or without, with a language, deeper.
func (m *maker) path() object {
	fields := exchange.Fields()
	return object{{"anyOf", []object{{{"enum", fields}}, pattern(pathShape(fields), "không có trường này; bấm Ctrl+Space để xem các trường", str)}}}
}

// pathShape matches paths that begin as one of the fields does.
func pathShape(fields []string) string {
	var first []string
	for _, f := range fields {
		key, _, _ := strings.Cut(f, ".")
		if key = regexp.QuoteMeta(strings.TrimSuffix(key, "[]")); !slices.Contains(first, key) {
			first = append(first, key)
		}
	}
	return `^\s*(?:` + strings.Join(first, "|") + `)(?:\[\])?(?:\.[a-z0-9_]+(?:\[\])?)*\s*$`
}

// fixed are fields with a value each.
func (m *maker) fixed() object {
	value := m.ref("Value", scalar, false)
	return alone(append(only("ở đây cần các cặp trường: giá trị", keyed), object{{"patternProperties", object{{pathShape(exchange.Fields()), value}}}, {"additionalProperties", false}}...))
}
