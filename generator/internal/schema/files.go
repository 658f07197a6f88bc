package schema

import (
	"reflect"

	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// Rules are what of an archive its schemas rest on.
type Rules struct {
	Languages []string      // of the site, the first is required in every text; vi where there are none
	Forms     []record.Form // of the rule profile; none where any form may stand
}

// Files are the schemas of an archive, by the names of their files.
func Files(r Rules) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, k := range Kinds {
		text, err := indented(newMaker(k, r).root())
		if err != nil {
			return nil, err
		}
		out[k.Name+".json"] = text
	}
	text, err := indented(importMap(r))
	out["map.json"] = text
	return out, err
}

// What stands at the head of every schema.
const (
	draft = "http://json-schema.org/draft-07/schema#"
	made  = "Made by «vitrine new schema» and made anew by every «vitrine new»; what is changed here is lost."
)

func newMaker(k Kind, r Rules) *maker {
	m := &maker{languages: r.Languages, kind: k, seen: map[string]bool{}}
	if len(m.languages) == 0 {
		m.languages = []string{"vi"}
	}
	for _, f := range r.Forms {
		label, _ := f.Label.In("vi")
		t := record.Term{Key: f.ID.V}
		t.Vi = label
		m.forms = append(m.forms, t)
	}
	return m
}

// root is the schema of a document of the kind.
func (m *maker) root() object {
	body := append(object{{"type", keyed}}, m.keysOf(m.kind.model, nil)...)
	if m.kind.defaults {
		body = m.withDefaults(body)
	}
	head := object{
		{"$schema", draft},
		{"$comment", made},
		{"description", "Vitrine: " + m.kind.Is + "."},
	}
	return append(head, append(body, member{"definitions", m.defs})...)
}

// withDefaults adds what a fonds supplies to its records.
func (m *maker) withDefaults(body object) object {
	unit := reflect.TypeFor[record.Unit]()
	all := *m
	all.kind.levels = nil
	all.defs, all.seen = m.defs, m.seen
	defaults := append(object{{"description", "Điều giống nhau ở mọi bản ghi trong phông, ghi một lần ở đây; bản ghi nào khác thì tự ghi lại. Không ghi được: mã, mức độ tiếp cận, quyết định, ảnh."}},
		only("ở đây cần các khoá của bản ghi", keyed)...)
	defaults = append(defaults, all.keysOf(unit, content.WithheldDefaults())...)
	m.defs = all.defs
	for i, part := range body {
		if part.key == "properties" {
			body[i].value = part.value.(object).with("defaults", defaults)
		}
	}
	return body
}
