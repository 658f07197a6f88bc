package exchange

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

var errNotYAML = errors.New("not YAML")

// encoder writes structs of package record as YAML nodes: keys in the order
// of the model, nothing that is empty.
type encoder struct{ lang string } // the site's first language, whose texts need no key

// unit is the node of a record, nil for one of which nothing is said.
func (e encoder) unit(u *record.Unit) *yaml.Node { return e.of(u) }

// of is the node of any struct of package record, by a pointer to it.
func (e encoder) of(p any) *yaml.Node {
	n := e.value(reflect.ValueOf(p).Elem())
	if n == nil {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		shortenLines(n.Content[i+1])
	}
	return n
}

// shortenLines puts a short value on one line, and the short elements of a
// long list on one line each.
func shortenLines(n *yaml.Node) {
	switch {
	case n.Kind == yaml.ScalarNode:
	case compact(n):
		flow(n)
	case n.Kind == yaml.SequenceNode:
		for _, c := range n.Content {
			if compact(c) {
				flow(c)
			}
		}
	}
}

// value is nil for what is empty.
func (e encoder) value(v reflect.Value) *yaml.Node {
	switch p := v.Interface().(type) {
	case record.Str:
		return scalar(p.V)
	case record.Text:
		return e.text(p)
	case record.Int:
		return plain(p.V != 0, strconv.Itoa(p.V))
	case record.Bool:
		return plain(p.V, "true")
	case record.Date:
		return quoted(p.String())
	case record.Ref:
		return e.ref("id", p)
	case record.Creator:
		return e.creator(p)
	case record.Extent:
		return e.extent(p)
	case record.Related:
		return e.related(p)
	case []record.Extra:
		return extras(p)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return e.value(v.Elem())
		}
	case reflect.Slice:
		return e.list(v)
	case reflect.Struct:
		return e.keys(v)
	}
	return nil
}

func (e encoder) keys(v reflect.Value) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for i := range v.NumField() {
		if key := v.Type().Field(i).Tag.Get("key"); key != "" {
			put(m, key, e.value(v.Field(i)))
		}
	}
	return unlessEmpty(m)
}

func (e encoder) list(v reflect.Value) *yaml.Node {
	s := &yaml.Node{Kind: yaml.SequenceNode}
	for i := range v.Len() {
		if n := e.value(v.Index(i)); n != nil {
			s.Content = append(s.Content, n)
		}
	}
	return unlessEmpty(s)
}

func unlessEmpty(n *yaml.Node) *yaml.Node {
	if len(n.Content) == 0 {
		return nil
	}
	return n
}

func put(m *yaml.Node, key string, v *yaml.Node) {
	if v != nil {
		m.Content = append(m.Content, scalar(key), v)
	}
}

func (e encoder) text(t record.Text) *yaml.Node {
	if len(t.Langs) == 1 && t.Langs[0].Lang == e.lang {
		return scalar(t.Langs[0].V)
	}
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, l := range t.Langs {
		put(m, l.Lang, scalar(l.V))
	}
	return unlessEmpty(m)
}

func (e encoder) ref(key string, r record.Ref) *yaml.Node {
	if r.ID != "" && key == "id" {
		return scalar(r.ID)
	}
	m := &yaml.Node{Kind: yaml.MappingNode}
	put(m, key, scalar(r.ID))
	put(m, "name", e.text(r.Name))
	return unlessEmpty(m)
}

func (e encoder) creator(c record.Creator) *yaml.Node {
	m := e.ref("agent", c.Agent)
	if m != nil {
		put(m, "role", scalar(c.Role.V))
		put(m, "as", scalar(c.As.V))
	}
	return m
}

func (e encoder) extent(x record.Extent) *yaml.Node {
	if x.Quantity.V == "" {
		return e.text(x.Text)
	}
	m := &yaml.Node{Kind: yaml.MappingNode}
	put(m, "quantity", scalar(x.Quantity.V))
	put(m, "unit", e.text(x.Unit))
	put(m, "text", e.text(x.Text))
	return m
}

func (e encoder) related(r record.Related) *yaml.Node {
	if r.Note.IsZero() {
		return scalar(r.ID.V)
	}
	m := &yaml.Node{Kind: yaml.MappingNode}
	put(m, "id", scalar(r.ID.V))
	put(m, "note", e.text(r.Note))
	return m
}

func extras(xs []record.Extra) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, x := range xs {
		put(m, x.Key, scalar(x.V))
	}
	return unlessEmpty(m)
}

// scalar is a string that reads back as itself: the encoder quotes what looks
// like a number, a date or a word of YAML; lines become a block where they
// can.
func scalar(s string) *yaml.Node {
	if s == "" {
		return nil
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case !strings.Contains(s, "\n") && !odd(s):
		if looksDated(s) {
			n.Style = yaml.DoubleQuotedStyle
		}
	case odd(s) || strings.Contains(s, " \n") || strings.ContainsAny(s[:1], " \n\t") || strings.HasSuffix(s, "\n"):
		n.Style = yaml.DoubleQuotedStyle
	default:
		n.Style = yaml.LiteralStyle
	}
	return n
}

// looksDated asks for quotes where a person would expect them.
func looksDated(s string) bool { return strings.Trim(s, "0123456789-/.:") == "" }

func odd(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && !unicode.IsGraphic(r) || r == '\u0085' || r == '\u2028' || r == '\u2029' || r == '\ufeff'
	})
}

func quoted(s string) *yaml.Node {
	n := scalar(s)
	if n != nil {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func plain(given bool, s string) *yaml.Node {
	if !given {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: s}
}

// compact reports whether a value is short enough to stand on one line.
func compact(n *yaml.Node) bool {
	size, ok := width(n)
	return ok && size <= 110
}

func width(n *yaml.Node) (int, bool) {
	if n.Style == yaml.LiteralStyle {
		return 0, false
	}
	size := len([]rune(n.Value)) + 2
	for _, c := range n.Content {
		w, ok := width(c)
		if !ok {
			return 0, false
		}
		size += w
	}
	return size, true
}

func flow(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode {
		n.Style = yaml.FlowStyle
	}
	for _, c := range n.Content {
		flow(c)
	}
}

// document is the text of a node, with "\n" line ends.
func document(n *yaml.Node) (string, error) {
	var b strings.Builder
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return "", err
	}
	return b.String(), enc.Close()
}
