package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// A record and a row of a sheet are made of each other by the keys of its YAML: a value is a cell under
// its path, a list of words is joined, and what is more than that stands as YAML in a cell of its key.

const (
	listSeparator = " | "
	yamlMark      = " (YAML)" // behind the key of a column whose cells are YAML
	sumsHeading   = "vitrine" // of the column that says what was exported
)

// unitKeys are the keys of a record, in order.
var unitKeys = func() []string {
	var out []string
	t := reflect.TypeOf(record.Unit{})
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("key"); key != "" {
			out = append(out, key)
		}
	}
	return out
}()

// flatten gives the cells of a record by the headings of their columns.
func flatten(n *yaml.Node) map[string]string {
	cells := map[string]string{}
	pairs(n, func(k, v *yaml.Node) {
		own := map[string]string{}
		if !flattenInto(own, k.Value, v) || !sameNode(unflattenKey(own, k.Value), v) {
			own = map[string]string{k.Value + yamlMark: flowText(v)}
		}
		for path, text := range own {
			cells[path] = text
		}
	})
	return cells
}

// flattenInto reports whether a value can be told by cells alone.
func flattenInto(cells map[string]string, path string, n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Value == "" || plainCell(n.Value) != n.Value {
			return false
		}
		cells[path] = n.Value
	case yaml.MappingNode:
		ok := true
		pairs(n, func(k, v *yaml.Node) {
			ok = ok && !strings.Contains(k.Value, ".") && flattenInto(cells, path+"."+k.Value, v)
		})
		return ok
	case yaml.SequenceNode:
		var list []string
		for _, c := range n.Content {
			if c.Kind != yaml.ScalarNode || strings.Contains(c.Value, strings.TrimSpace(listSeparator)) || plainCell(c.Value) != c.Value || c.Value == "" {
				return false
			}
			list = append(list, c.Value)
		}
		cells[path+"[]"] = strings.Join(list, listSeparator)
	default:
		return false
	}
	return true
}

// plainCell is what comes back of a text that was in a cell.
func plainCell(s string) string {
	fixed, _ := repairPlain(unquoteExcel(unwrapExcel(trim(s))))
	if s = trim(fixed); excelError.MatchString(s) || hashes.MatchString(s) {
		return ""
	}
	return s
}

// flowText is a node as YAML on one line, without what a cell may lose.
func flowText(n *yaml.Node) string {
	c := cloneNode(n)
	var quote func(*yaml.Node)
	quote = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			if n.Tag == "!!str" {
				n.Style = yaml.DoubleQuotedStyle
			}
			return
		}
		n.Style = yaml.FlowStyle
		for i, c := range n.Content {
			if n.Kind == yaml.SequenceNode || i%2 == 1 {
				quote(c)
			}
		}
	}
	quote(c)
	text, err := document(c)
	if err != nil {
		return ""
	}
	return strings.Join(strings.Split(strings.TrimSpace(text), "\n"), " ")
}

func cloneNode(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = nil
	for _, child := range n.Content {
		c.Content = append(c.Content, cloneNode(child))
	}
	return &c
}

// unflattenKey puts the cells of one key together, nil where there are none.
func unflattenKey(cells map[string]string, key string) *yaml.Node {
	return unflatten(cells, key, slices.Sorted(maps.Keys(cells)))
}

// unflatten is unflattenKey with the cells in an order, as the languages of a text have one.
func unflatten(cells map[string]string, key string, order []string) *yaml.Node {
	var paths []string
	for _, p := range order {
		if cells[p] != "" && keyOf(p) == key && !strings.HasSuffix(p, yamlMark) {
			paths = append(paths, p)
		}
	}
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, p := range paths {
		at, steps := m, strings.Split(strings.TrimSuffix(p, "[]"), ".")
		for _, s := range steps[:len(steps)-1] {
			at = child(at, s)
		}
		set(at, steps[len(steps)-1], leafNode(p, cells[p]))
	}
	return valueOf(m, key)
}

// keyOf is the key of a record that a column is about.
func keyOf(heading string) string {
	key, _, _ := strings.Cut(strings.TrimSuffix(heading, yamlMark), ".")
	return strings.TrimSuffix(key, "[]")
}

// leafNode is the value of a cell. Numbers and truths are written without quotes.
func leafNode(path, text string) *yaml.Node {
	if list, ok := strings.CutSuffix(path, "[]"); ok {
		s := &yaml.Node{Kind: yaml.SequenceNode}
		for _, part := range cut(text, strings.TrimSpace(listSeparator)) {
			s.Content = append(s.Content, leafNode(list, part))
		}
		return s
	}
	if t, ok := resolve(path); ok && (t.leaf == reflect.TypeOf(record.Int{}) || t.leaf == reflect.TypeOf(record.Bool{})) {
		return plain(true, text)
	}
	return scalar(text)
}

func child(m *yaml.Node, key string) *yaml.Node {
	if v := valueOf(m, key); v != nil && v.Kind == yaml.MappingNode {
		return v
	}
	v := &yaml.Node{Kind: yaml.MappingNode}
	set(m, key, v)
	return v
}

func valueOf(m *yaml.Node, key string) (found *yaml.Node) {
	pairs(m, func(k, v *yaml.Node) {
		if k.Value == key {
			found = v
		}
	})
	return found
}

// sameNode compares what nodes say, whatever the order of keys and the way of writing.
func sameNode(a, b *yaml.Node) bool { return plainNode(a) == plainNode(b) }

func plainNode(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case yaml.MappingNode:
		var list []string
		pairs(n, func(k, v *yaml.Node) { list = append(list, fmt.Sprintf("%q:%s", k.Value, plainNode(v))) })
		slices.Sort(list)
		return "{" + strings.Join(list, ",") + "}"
	case yaml.SequenceNode:
		var list []string
		for _, c := range n.Content {
			list = append(list, plainNode(c))
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	return fmt.Sprintf("%q", n.Value)
}

// sums say of each key of a record what it held: title:1f3a9c.
func sums(n *yaml.Node) string {
	var list []string
	pairs(n, func(k, v *yaml.Node) { list = append(list, k.Value+":"+sumOf(v)) })
	return strings.Join(list, " ")
}

func sumOf(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	h := sha256.Sum256([]byte(plainNode(n)))
	return hex.EncodeToString(h[:4])
}
