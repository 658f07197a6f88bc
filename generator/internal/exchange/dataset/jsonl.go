package dataset

import (
	"bytes"
	"encoding/json"

	"vitrine/generator/internal/exchange/ead"
)

// A record is an object on one line: its id, fonds, parent and level, the addresses of its
// pages by language, and its fields by the keys of the model. A text is an object of words
// by language; a list of texts, a list of these; a name says who it is, in which role.

type jsonRecord struct {
	ID     string            `json:"id"`
	Fonds  string            `json:"fonds"`
	Parent string            `json:"parent,omitempty"`
	Level  string            `json:"level"`
	Pages  map[string]string `json:"pages,omitempty"`
	Fields map[string]any    `json:"fields"`
}

type jsonName struct {
	Name map[string]string `json:"name"`
	ID   string            `json:"id,omitempty"` // address of its page, else its id
	Type string            `json:"type,omitempty"`
	Role string            `json:"role,omitempty"`
	Note map[string]string `json:"note,omitempty"`
}

type jsonDate struct {
	EDTF  string            `json:"edtf"`
	First string            `json:"first,omitempty"`
	Last  string            `json:"last,omitempty"`
	Words map[string]string `json:"words,omitempty"`
}

type jsonExtent struct {
	Quantity string            `json:"quantity"`
	Unit     map[string]string `json:"unit"`
}

type jsonLink struct {
	Href string            `json:"href,omitempty"`
	ID   string            `json:"id,omitempty"`
	Name map[string]string `json:"name,omitempty"`
	Note map[string]string `json:"note,omitempty"`
}

// apart are the fields that stand beside the others.
var apart = map[string]bool{"id": true, "level": true, "parent": true, "dates.first": true, "dates.last": true}

func appendJSON(b []byte, _ []string, r *Record) []byte {
	out := jsonRecord{ID: r.ID, Fonds: r.Fonds, Parent: r.Parent, Level: r.Level, Fields: map[string]any{}}
	for _, p := range r.Pages {
		if out.Pages == nil {
			out.Pages = map[string]string{}
		}
		out.Pages[p.Lang] = p.Href
	}
	for i, list := range gathered(r) {
		if f := Fields[i]; len(list) > 0 && !apart[f.Key] {
			out.Fields[f.Key] = jsonOf(f, list, r)
		}
	}
	buf := bytes.NewBuffer(b)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(out) // strings and maps of them alone, into a bytes.Buffer
	return buf.Bytes()
}

func jsonOf(f Field, list []ead.Value, r *Record) any {
	switch f.kind {
	case text:
		return byLang(list...)
	case texts:
		return each(list, func(v ead.Value) any { return byLang(v) })
	case plain:
		return bare(list[0])
	case plains:
		return each(list, func(v ead.Value) any { return bare(v) })
	case date:
		return jsonDate{list[0].Date.String(), r.First, r.Last, wordsOf(list[0].Date.Words)}
	case extent:
		return jsonExtent{list[0].Quantity, byLang(list[0])}
	case links:
		return each(list, func(v ead.Value) any { return jsonLink{v.Href, v.ID, byLang(v), wordsOf(v.Note)} })
	case codes:
		var all []string
		for _, v := range list {
			all = append(all, v.Codes...)
		}
		return all
	}
	return each(list, func(v ead.Value) any { return jsonName{byLang(v), v.ID, nameTypes[v.Name], v.Role, wordsOf(v.Note)} })
}

// nameTypes are the kinds of who is named, by the elements that EAD has for them.
var nameTypes = map[string]string{"persname": "person", "corpname": "corporate", "famname": "family"}

func each(list []ead.Value, of func(ead.Value) any) (out []any) {
	for _, v := range list {
		out = append(out, of(v))
	}
	return out
}

// byLang are words by their language, "und" where none is told, a line for each value.
func byLang(list ...ead.Value) map[string]string {
	var all []ead.Words
	for _, v := range list {
		all = append(all, v.Words...)
	}
	return wordsOf(all)
}

func wordsOf(list []ead.Words) map[string]string {
	if len(list) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, w := range list {
		lang := w.Lang
		if lang == "" {
			lang = "und"
		}
		if old, ok := out[lang]; ok {
			out[lang] = old + "\n" + w.Text
		} else {
			out[lang] = w.Text
		}
	}
	return out
}
