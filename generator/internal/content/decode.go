package content

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"

	"gopkg.in/yaml.v3"
)

// Limits of a YAML value.
const (
	maxDepth = 32     // levels
	maxItems = 20_000 // of a list: no volume has as many pages
)

// decoder turns the nodes of one piece into the structs of package record.
type decoder struct {
	file  string
	line  int      // lines before the piece
	langs []string // of the site, the first is required in every text
	forms []string // document types of the profile; nil when they are not checked
	ds    []diag.Diagnostic
	told  [diag.Error + 1]int // findings by their severity

	nowhere bool // values get no position: they come from another file
}

// maxFindings is how many errors, and how many warnings, of the values of one record
// are told. Nobody reads more, and a hostile record could hold a million.
const maxFindings = 1000

// full reports whether no more errors of the record are told.
func (d *decoder) full() bool { return d.told[diag.Error] > maxFindings }

func (d *decoder) errorf(n *yaml.Node, code, viMsg, en string, args ...any) *diag.Diagnostic {
	if d.full() {
		return new(diag.Diagnostic)
	}
	return d.add(diag.Errorf(code, d.pos(n), viMsg, en, args...))
}

// add takes a finding. The last that is told says that there are more.
func (d *decoder) add(found diag.Diagnostic) *diag.Diagnostic {
	d.told[found.Severity]++
	switch n := d.told[found.Severity]; {
	case n > maxFindings+1:
		return new(diag.Diagnostic)
	case n == maxFindings+1:
		found.Code, found.Hint = "yaml-faults", diag.Text{}
		found.Msg = diag.T("bản ghi có hơn %d điều như vậy; từ đây không nêu nữa", "the record has more than %d of these; from here on they are not told", maxFindings)
	}
	d.ds = append(d.ds, found)
	return &d.ds[len(d.ds)-1]
}

func (d *decoder) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{File: d.file, Line: n.Line + d.line, Col: n.Column}
}

func (d *decoder) at(n *yaml.Node) record.At {
	if d.nowhere {
		return record.At{}
	}
	return record.At{Line: int32(n.Line + d.line), Col: int32(n.Column)}
}

// fieldInfo is a field of a struct that a key fills.
type fieldInfo struct {
	index  int
	number int // among the keys
	vocab  string
	filled bool // it may not be left empty
}

type structInfo struct {
	fields map[string]fieldInfo
	keys   []string
	at     int // index of the field At, or -1
}

var structInfos sync.Map // reflect.Type → *structInfo

func infoOf(t reflect.Type) *structInfo {
	if s, ok := structInfos.Load(t); ok {
		return s.(*structInfo)
	}
	s := &structInfo{fields: map[string]fieldInfo{}, at: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		if key := f.Tag.Get("key"); key != "" {
			s.fields[key] = fieldInfo{i, len(s.keys), f.Tag.Get("vocab"), f.Tag.Get("empty") == "never"}
			s.keys = append(s.keys, key)
		} else if f.Name == "At" {
			s.at = i
		}
	}
	structInfos.Store(t, s)
	return s
}

// Keys returns the keys that the YAML of a struct of package record may hold.
func Keys(v any) []string { return infoOf(reflect.TypeOf(v)).keys }

// value decodes a node into a settable value. vocab names the closed list of
// the field, if it has one.
func (d *decoder) value(n *yaml.Node, v reflect.Value, vocab string, depth int) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.errorf(n, "yaml-alias", "không dùng neo (&) và bí danh (*) của YAML", "YAML anchors (&) and aliases (*) are not supported").
			Hint = diag.T("viết lại giá trị đầy đủ", "write the value out in full")
		return
	}
	if depth > maxDepth {
		d.errorf(n, "yaml-depth", "giá trị lồng quá %d cấp", "the value nests deeper than %d levels", maxDepth)
		return
	}
	if isNull(n) {
		return
	}
	if d.special(n, v, vocab, depth) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), vocab, depth)
	case reflect.Slice:
		d.slice(n, v, vocab, depth)
	case reflect.Struct:
		d.structure(n, v, depth)
	}
}

// isNull tells an empty value. A tag that calls a word null makes it none.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && slices.Contains([]string{"", "~", "null", "Null", "NULL"}, n.Value)
}

func isEmpty(n *yaml.Node) bool {
	return isNull(n) || n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == ""
}

// slice decodes a sequence, without its empty items; a single value stands
// for a list of one.
func (d *decoder) slice(n *yaml.Node, v reflect.Value, vocab string, depth int) {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		if len(n.Content) > maxItems {
			d.errorf(n, "yaml-size", "danh sách dài quá %d mục", "the list is longer than %d items", maxItems)
			return
		}
		items = slices.DeleteFunc(slices.Clone(n.Content), isNull)
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		d.value(item, out.Index(i), vocab, depth+1)
	}
	v.Set(out)
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, depth int) {
	info := infoOf(v.Type())
	if n.Kind != yaml.MappingNode {
		d.errorf(n, "value-kind", "ở đây cần các khoá %s", "keys are needed here: %s", strings.Join(info.keys, ", "))
		return
	}
	if info.at >= 0 {
		v.Field(info.at).Set(reflect.ValueOf(d.at(n)))
	}
	var seen keySet
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		f, ok := info.fields[k.Value]
		switch {
		case !ok || k.Kind != yaml.ScalarNode:
			d.unknownKey(k, info.keys)
			continue
		case seen.has(f.number):
			d.errorf(k, "key-repeated", "khoá %q viết hai lần", "the key %q is written twice", k.Value)
		case f.filled && isEmpty(val):
			d.left(k)
		default:
			d.value(val, v.Field(f.index), f.vocab, depth+1)
		}
		seen.add(f.number)
	}
}

// keySet is a set of the numbers of keys, 128 at most.
type keySet [2]uint64

func (s *keySet) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }
func (s *keySet) add(n int)      { s[n/64] |= 1 << (n % 64) }

func (d *decoder) unknownKey(k *yaml.Node, known []string) {
	if d.full() {
		return // what it resembles would be looked for in vain
	}
	e := d.errorf(k, "key-unknown", "không có khoá %q ở đây", "there is no key %q here", k.Value)
	if near := vi.Similar(k.Value, known); near != "" {
		e.Hint = diag.T("có phải %q?", "did you mean %q?", near)
	} else {
		e.Hint = diag.T("các khoá dùng được: %s", "keys that may stand here: %s", strings.Join(known, ", "))
	}
}

// webAddress refuses an address that a reader must not be led to.
func (d *decoder) webAddress(n *yaml.Node) bool {
	if strings.HasPrefix(n.Value, "https://") || strings.HasPrefix(n.Value, "http://") {
		return true
	}
	d.errorf(n, "url-syntax", "%q không phải địa chỉ trang web", "%q is no address of a web page", n.Value).
		Hint = diag.T("địa chỉ bắt đầu bằng https:// hoặc http://", "an address begins with https:// or http://")
	return false
}

// inVocabulary checks a value against the closed list of its field.
func (d *decoder) inVocabulary(n *yaml.Node, vocab string) bool {
	switch {
	case vocab == "", vocab == "form" && (d.forms == nil || slices.Contains(d.forms, n.Value)):
		return true
	case vocab == "url":
		return d.webAddress(n)
	case vocab != "form":
		if _, ok := record.Lookup(vocab, n.Value); ok {
			return true
		}
	}
	if d.full() {
		return false
	}
	known := slices.Clone(d.forms)
	if vocab != "form" {
		known = nil
		for _, t := range record.Vocabulary(vocab) {
			known = append(known, t.Key)
		}
	}
	e := d.errorf(n, "value-unknown", "%q không có trong danh mục", "%q is not in the list of values", n.Value)
	if near := vi.Similar(n.Value, known); near != "" {
		e.Hint = diag.T("có phải %q?", "did you mean %q?", near)
	} else {
		e.Hint = diag.T("các giá trị dùng được: %s", "values that may stand here: %s", strings.Join(known, ", "))
	}
	return false
}
