package exchange

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/vi"

	"gopkg.in/yaml.v3"
)

// mapping says which column of a sheet is which field of a record.
type mapping struct {
	rules     map[*column]rule
	id        idRule
	constants []fixed
	defaults  []fixed
	fonds     *yaml.Node

	separator string
	order     dateOrder
	from1904  bool
}

// rule is what is done with the cells of a column.
type rule struct {
	to        target
	role      string
	separator string            // "" for that of the mapping
	values    map[string]string // translations, by folded value
	given     bool              // by the map
}

// fixed is a value for every record, or for those that have none.
type fixed struct {
	to    target
	value string
	pos   diag.Pos
}

// idRule makes ids: from a column, from the words of one, or by counting.
type idRule struct {
	column *column
	slug   bool
	prefix string
	digits int
}

// mapReader reads a mapping file; what is wrong is reported with its line.
type mapReader struct {
	file  string
	sheet *sheet
	rep   *Report
	out   mapping
	guess bool
	bad   bool
}

func (m *mapReader) errorf(n *yaml.Node, vi, en string, args ...any) *diag.Diagnostic {
	m.bad = true
	m.rep.add(diag.Errorf("map", diag.Pos{File: m.file, Line: n.Line, Col: n.Column}, vi, en, args...))
	return &m.rep.Notes[len(m.rep.Notes)-1]
}

// delimiterOf reads only the delimiter, which is needed before the sheet.
func delimiterOf(data []byte) rune {
	var head struct {
		Delimiter string `yaml:"delimiter"`
	}
	if safely(func() error { return yaml.Unmarshal(data, &head) }) != nil || head.Delimiter == "" {
		return 0
	}
	if d := []rune(head.Delimiter); len(d) == 1 && slices.Contains(append(delimiters, '|', ':'), d[0]) {
		return d[0]
	}
	return 0
}

// safely turns a panic of the YAML parser into an error.
func safely(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errNotYAML
		}
	}()
	return f()
}

// readMapping reads a mapping file for a sheet.
func readMapping(file string, data []byte, s *sheet, rep *Report) (mapping, bool) {
	m := &mapReader{file: file, sheet: s, rep: rep}
	m.out = mapping{rules: map[*column]rule{}, separator: ";"}
	var doc yaml.Node
	err := safely(func() error { return yaml.Unmarshal(data, &doc) })
	if err != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		d := diag.Errorf("map", diag.Pos{File: file}, "tệp ánh xạ không phải YAML gồm các dòng «khoá: giá trị»", "the map is no YAML of «key: value» lines")
		if err != nil {
			d = diag.Errorf("map", diag.Pos{File: file, Line: yamlLine(err)}, "tệp ánh xạ sai cú pháp YAML: %v", "the map is not valid YAML: %v", err)
		}
		rep.add(d)
		return mapping{}, false
	}
	pairs(doc.Content[0], m.section)
	m.rest()
	return m.out, !m.bad
}

func yamlLine(err error) int {
	_, after, ok := strings.Cut(err.Error(), "line ")
	if !ok {
		return 0
	}
	n, _ := strconv.Atoi(after[:len(after)-len(strings.TrimLeft(after, "0123456789"))])
	return n
}

func pairs(n *yaml.Node, each func(k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		each(n.Content[i], n.Content[i+1])
	}
}

var sections = []string{"delimiter", "separator", "date_order", "date_system", "guess", "id", "columns", "constants", "defaults", "fonds"}

func (m *mapReader) section(k, v *yaml.Node) {
	switch k.Value {
	case "delimiter":
		if d := []rune(v.Value); len(d) != 1 || !slices.Contains(append(delimiters, '|', ':'), d[0]) {
			m.errorf(v, "delimiter phải là một trong , ; | : hoặc \\t", "delimiter must be one of , ; | : or \\t")
		}
	case "separator":
		m.out.separator = v.Value
	case "date_order":
		m.dateOrder(v)
	case "date_system":
		m.out.from1904 = m.oneOf(v, "1900", "1904") == "1904"
	case "guess":
		m.guess = m.oneOf(v, "true", "false") == "true"
	case "id":
		m.id(v)
	case "columns":
		m.mapping(v, func(k, v *yaml.Node) { m.column(k, v) })
	case "constants":
		m.out.constants = m.fixed(v)
	case "defaults":
		m.out.defaults = m.fixed(v)
	case "fonds":
		m.mapping(v, func(_, _ *yaml.Node) {})
		m.out.fonds = v
	default:
		m.unknown(k, sections)
	}
}

func (m *mapReader) mapping(n *yaml.Node, each func(k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		m.errorf(n, "ở đây cần các cặp khoá: giá trị", "key: value pairs are needed here")
	}
	pairs(n, each)
}

func (m *mapReader) oneOf(n *yaml.Node, allowed ...string) string {
	if !slices.Contains(allowed, n.Value) {
		m.errorf(n, "%q không dùng được ở đây; chọn một trong: %s", "%q may not stand here; choose one of: %s", n.Value, strings.Join(allowed, ", "))
	}
	return n.Value
}

func (m *mapReader) dateOrder(n *yaml.Node) {
	m.out.order = map[string]dateOrder{"dmy": orderDMY, "mdy": orderMDY}[m.oneOf(n, "dmy", "mdy")]
}

func (m *mapReader) unknown(k *yaml.Node, known []string) {
	d := m.errorf(k, "không có khoá %q ở đây", "there is no key %q here", k.Value)
	d.Hint = diag.T("các khoá dùng được: %s", "keys that may stand here: %s", strings.Join(known, ", "))
	if near := vi.Similar(k.Value, known); near != "" {
		d.Hint = diag.T("có phải %q?", "did you mean %q?", near)
	}
}

func (m *mapReader) id(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		m.out.id.column = m.find(n)
		return
	}
	m.mapping(n, func(k, v *yaml.Node) {
		switch k.Value {
		case "column":
			m.out.id.column = m.find(v)
		case "slug":
			m.out.id.column, m.out.id.slug = m.find(v), true
		case "prefix":
			m.out.id.prefix = v.Value
		case "digits":
			digits, err := strconv.Atoi(v.Value)
			if err != nil || digits < 1 || digits > 9 {
				m.errorf(v, "digits là số chữ số, từ 1 đến 9", "digits is how many digits, 1 to 9")
			}
			m.out.id.digits = digits
		default:
			m.unknown(k, idKeys)
		}
	})
}

// find is the column with a heading.
func (m *mapReader) find(n *yaml.Node) *column {
	if c := m.sheet.column(n.Value); c != nil {
		return c
	}
	var headers []string
	for _, c := range m.sheet.cols {
		headers = append(headers, c.header)
	}
	d := m.errorf(n, "bảng không có cột %q", "the sheet has no column %q", n.Value)
	d.Hint = diag.T("các cột của bảng: %s", "the columns of the sheet: %s", strings.Join(headers, ", "))
	if near := vi.Similar(n.Value, headers); near != "" {
		d.Hint = diag.T("có phải %q?", "did you mean %q?", near)
	}
	return nil
}

func (m *mapReader) column(k, v *yaml.Node) {
	c := m.find(k)
	r, ok := m.rule(v)
	if c == nil || !ok {
		return
	}
	if _, twice := m.out.rules[c]; twice {
		m.errorf(k, "cột %q đã có ở trên", "the column %q stands above already", k.Value)
	}
	r.given = true
	m.out.rules[c] = r
}

func (m *mapReader) rule(n *yaml.Node) (rule, bool) {
	var r rule
	if n.Kind == yaml.ScalarNode {
		t, ok := m.target(n)
		return rule{to: t}, ok
	}
	ok := false
	m.mapping(n, func(k, v *yaml.Node) {
		switch k.Value {
		case "to":
			r.to, ok = m.target(v)
		case "role":
			role, err := term("creator_role", v.Value)
			if err != nil {
				m.errorf(v, "không có vai trò %q", "there is no role %q", v.Value).Hint = err.hint
			}
			r.role = role
		case "separator":
			r.separator = v.Value
		case "values":
			r.values = map[string]string{}
			m.mapping(v, func(from, to *yaml.Node) { r.values[foldName(from.Value)] = to.Value })
		default:
			m.unknown(k, columnKeys)
		}
	})
	if !ok && !m.bad {
		m.errorf(n, "thiếu khoá to: tên trường", "the key to, the field, is missing")
	}
	return r, ok
}

func (m *mapReader) target(n *yaml.Node) (target, bool) {
	t, ok := resolve(n.Value)
	if ok {
		return t, true
	}
	d := m.errorf(n, "không có trường %q", "there is no field %q", n.Value)
	if near := vi.Similar(n.Value, knownPaths()); near != "" {
		d.Hint = diag.T("có phải %q?", "did you mean %q?", near)
	}
	return target{}, false
}

// withheld may not be the same for all records; openness is given by columns
// or by the options of the command.
var withheld = []string{"id", "parent", "access.state", "clearance", "objects[].file", pathSkip, pathExtra, pathStart, pathEnd, pathSecrecy}

func (m *mapReader) fixed(n *yaml.Node) []fixed {
	var out []fixed
	m.mapping(n, func(k, v *yaml.Node) {
		t, ok := m.target(k)
		switch {
		case !ok:
		case v.Kind != yaml.ScalarNode:
			m.errorf(v, "ở đây cần một giá trị đơn", "a single value is needed here")
		case t.is(withheld...):
			m.errorf(k, "%s không thể giống nhau cho mọi bản ghi", "%s cannot be the same for all records", k.Value)
		default:
			out = append(out, fixed{t, v.Value, diag.Pos{File: m.file, Line: v.Line, Col: v.Column}})
		}
	})
	return out
}

// rest decides on the columns that the map does not name.
func (m *mapReader) rest() {
	fill(&m.out, m.sheet, m.guess)
}

// guessMapping recognises columns by their headings.
func guessMapping(s *sheet) mapping {
	m := mapping{rules: map[*column]rule{}, separator: ";"}
	fill(&m, s, true)
	return m
}

// fill gives the columns without a rule one: what their heading says, or extra.
func fill(m *mapping, s *sheet, guessing bool) {
	taken := map[string]bool{}
	for _, r := range m.rules {
		taken[r.to.path] = true
	}
	for _, c := range s.cols {
		r, ok := m.rules[c]
		if !ok && c == m.id.column && !m.id.slug {
			r, ok = rule{to: target{path: "id"}}, true
			m.rules[c] = r
		}
		if !ok {
			r = rule{to: target{path: pathExtra}}
			if g, known := guess(c.header); known && guessing && (repeatable(g.to) || !taken[g.to.path]) {
				r = g
			}
			m.rules[c] = r
			taken[r.to.path] = true
		}
		if r.to.is("id") && m.id.column == nil {
			m.id.column = c
		}
	}
	preferFilename(m, s)
}

// preferFilename leaves one source of file names: CollectionBuilder's sheets
// have filename and object_location for the same thing.
func preferFilename(m *mapping, s *sheet) {
	first := true
	for _, c := range s.cols {
		if !m.rules[c].to.is("objects[].file") {
			continue
		}
		if !first {
			m.rules[c] = rule{to: target{path: pathExtra}}
		}
		first = false
	}
}
