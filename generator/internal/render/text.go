package render

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A catalogue holds the interface texts of one language. On disk it is a tree:
//
//	record:
//	  previous: Previous in this file
//	  sheets: {one: "%s sheet", other: "%s sheets"}
//
// whose texts are named by their path: "record.sheets".
type catalogue map[string]text

// A text is a piece of wording. One is used where the first value is 1; it is
// empty in languages, or for texts, that do not tell the two apart.
type text struct{ one, other string }

func readCatalogues(fsys fs.FS) (map[string]catalogue, error) {
	files, err := readAll(fsys, "i18n/*.yaml")
	if err != nil {
		return nil, err
	}
	out := map[string]catalogue{}
	for _, f := range files {
		var root yaml.Node
		if err := yaml.Unmarshal([]byte(f.text), &root); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		c := catalogue{}
		for _, n := range root.Content {
			if err := c.add("", n); err != nil {
				return nil, fmt.Errorf("%s:%w", f.name, err)
			}
		}
		out[strings.TrimSuffix(path.Base(f.name), ".yaml")] = c
	}
	if out[fallback] == nil {
		return nil, fmt.Errorf("i18n/%s.yaml: no such catalogue", fallback)
	}
	return out, nil
}

func (c catalogue) add(key string, n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		c[key] = text{other: n.Value}
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%d: %s is neither a text nor a group of texts", n.Line, key)
	}
	if isPlural(n) {
		var forms struct{ One, Other string }
		if err := n.Decode(&forms); err != nil {
			return err
		}
		c[key] = text{forms.One, forms.Other}
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i].Value
		if key != "" {
			name = key + "." + name
		}
		if err := c.add(name, n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func isPlural(n *yaml.Node) bool {
	return len(n.Content) == 4 && n.Content[0].Value == "one" && n.Content[2].Value == "other"
}

// text words a text with values. Whole numbers are counts: they are grouped
// as the language does, and the first one chooses the form. A year must be
// given as a string.
func (c catalogue) text(lang, key string, args ...any) string {
	t, ok := c[key]
	if !ok {
		return key
	}
	pattern := t.other
	if t.one != "" && len(args) > 0 && args[0] == 1 {
		pattern = t.one
	}
	if len(args) == 0 {
		return pattern
	}
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
		if n, ok := a.(int); ok {
			values[i] = grouped(lang, n)
		}
	}
	return fmt.Sprintf(pattern, values...)
}

// grouped writes a number with its thousands apart: 12.345 in Vietnamese,
// 12,345 in English.
func grouped(lang string, n int) string {
	s := strconv.Itoa(n)
	sep := ","
	if lang == "vi" {
		sep = "."
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

// Text is an interface text in a language, with values set in where it has
// verbs (%s). Whole numbers are counts, which are grouped and choose between
// singular and plural. An unknown key stands for itself.
func (r *Renderer) Text(lang, key string, args ...any) string {
	c, ok := r.texts[lang]
	if !ok {
		lang, c = fallback, r.texts[fallback]
	}
	return c.text(lang, key, args...)
}
