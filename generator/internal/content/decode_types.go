package content

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

// special decodes the types that are more than structs of keys. It reports
// whether the value was one of them.
func (d *decoder) special(n *yaml.Node, v reflect.Value, vocab string, depth int) bool {
	switch p := v.Addr().Interface().(type) {
	case *record.Str:
		d.str(n, p, vocab)
	case *record.Int:
		d.integer(n, p)
	case *record.Bool:
		d.boolean(n, p)
	case *record.Text:
		*p = d.text(n)
	case *record.Date:
		d.date(n, p)
	case *record.Ref:
		*p = d.ref(n, depth)
	case *record.Creator:
		d.creator(n, p, depth)
	case *record.Extent:
		d.extent(n, p)
	case *record.View:
		return d.view(n, p)
	case *record.Transcript:
		return d.transcript(n, p)
	case *record.Related:
		return d.related(n, p)
	case *[]record.Extra:
		d.extra(n, p)
	case *[]record.Labelled:
		d.labelled(n, p)
	case *[]record.Frozen:
		d.frozen(n, p)
	default:
		return false
	}
	return true
}

// scalar returns the value of a scalar node, or reports what stands there.
func (d *decoder) scalar(n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		d.errorf(n, "value-kind", "ở đây cần một giá trị đơn", "a single value is needed here")
		return "", false
	}
	return d.clean(n), true
}

// clean is the value of a scalar node, repaired and without outer blanks.
func (d *decoder) clean(n *yaml.Node) string {
	s, ds, _ := cleanValue(d.pos(n), strings.TrimSpace(n.Value))
	for _, found := range ds {
		d.add(found)
	}
	return s
}

func (d *decoder) str(n *yaml.Node, p *record.Str, vocab string) {
	s, ok := d.scalar(n)
	if ok && s == "" && vocab != "" && n.Style != 0 {
		d.errorf(n, "value-empty", "giá trị để trống", "the value is empty").
			Hint = diag.T("chọn một giá trị hoặc bỏ cả dòng", "choose a value or leave the line out")
		return
	}
	if !ok || s == "" {
		return
	}
	if vocab == "rights" {
		s = record.RightsURI(s)
		said := *n // the node itself may be a default that others read
		said.Value = s
		n = &said
	}
	*p = record.Str{At: d.at(n)} // a value that is refused was given all the same
	if d.inVocabulary(n, vocab) {
		p.V = s
	}
}

func (d *decoder) integer(n *yaml.Node, p *record.Int) {
	s, ok := d.scalar(n)
	if !ok {
		return
	}
	i, err := strconv.Atoi(s)
	if err != nil {
		d.errorf(n, "value-kind", "%q không phải số nguyên", "%q is not a whole number", s)
		return
	}
	*p = record.Int{V: i, At: d.at(n)}
}

func (d *decoder) boolean(n *yaml.Node, p *record.Bool) {
	s, ok := d.scalar(n)
	switch {
	case !ok:
	case s == "true" || s == "false":
		*p = record.Bool{V: s == "true", At: d.at(n)}
	default:
		d.errorf(n, "value-kind", "ở đây cần true hoặc false", "true or false is needed here")
	}
}

// text decodes a string in the site's first language, or a map per language.
func (d *decoder) text(n *yaml.Node) record.Text {
	t := record.Text{At: d.at(n)}
	if n.Kind == yaml.ScalarNode {
		if s := d.clean(n); s != "" {
			t.Langs = []record.LangText{{Lang: d.langs[0], V: s, At: d.textAt(n)}}
		}
		return t
	}
	if n.Kind != yaml.MappingNode {
		d.errorf(n, "value-kind", "ở đây cần văn bản, hoặc văn bản theo từng ngôn ngữ {%s: …}", "a text is needed here, or a text per language {%s: …}", d.langs[0])
		return t
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if seen[k.Value] {
			d.errorf(k, "key-repeated", "khoá %q viết hai lần", "the key %q is written twice", k.Value)
			continue
		}
		seen[k.Value] = true
		d.textIn(k, v, &t)
	}
	d.firstLanguage(n, &t)
	return t
}

func (d *decoder) textIn(k, v *yaml.Node, t *record.Text) {
	if !isLang(k.Value) {
		d.unknownKey(k, d.langs)
		return
	}
	if isNull(v) {
		return
	}
	if s, ok := d.scalar(v); ok && s != "" {
		t.Langs = append(t.Langs, record.LangText{Lang: k.Value, V: s, At: d.textAt(v)})
	}
}

// firstLanguage puts the site's first language first, and asks for it.
func (d *decoder) firstLanguage(n *yaml.Node, t *record.Text) {
	for i, l := range t.Langs {
		if l.Lang == d.langs[0] {
			t.Langs[0], t.Langs[i] = t.Langs[i], t.Langs[0]
			return
		}
	}
	if len(t.Langs) > 0 {
		d.errorf(n, "text-language", "thiếu văn bản bằng ngôn ngữ chính (%s)", "the text in the site's first language (%s) is missing", d.langs[0])
	}
}

// textAt is where the characters of a text begin: behind the quote, or on
// the line after a block indicator.
func (d *decoder) textAt(n *yaml.Node) record.At {
	at := d.at(n)
	if d.nowhere {
		return at
	}
	switch n.Style &^ yaml.TaggedStyle {
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		at.Col++
	case yaml.LiteralStyle, yaml.FoldedStyle:
		at.Line++
		at.Col = 1
	}
	return at
}

// isLang accepts the shape of an ISO 639 code; texts may hold languages that
// the site does not publish.
func isLang(s string) bool {
	if len(s) != 2 && len(s) != 3 {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

func (d *decoder) date(n *yaml.Node, p *record.Date) {
	s, ok := d.scalar(n)
	if !ok || s == "" {
		return
	}
	date, err := edtf.Parse(s)
	*p = record.Date{Date: date, At: d.at(n)} // a date that is refused was given all the same
	if err == nil {
		return
	}
	d.dateError(n, err)
}

func (d *decoder) dateError(n *yaml.Node, err error) {
	var pe *edtf.ParseError
	if !errors.As(err, &pe) {
		d.errorf(n, "date-syntax", "%s", "%s", err)
		return
	}
	e := diag.Diagnostic{Code: "date-syntax", Severity: diag.Error, Pos: d.pos(n)}
	e.Msg = diag.Text{Vi: pe.Vi, En: pe.En}
	e.Hint = diag.Text{Vi: pe.HintVi, En: pe.HintEn}
	if n.Style == yaml.DoubleQuotedStyle || n.Style == yaml.SingleQuotedStyle {
		e.Pos.Col++
	}
	e.Pos.Col += len([]rune(pe.Input[:min(pe.Offset, len(pe.Input))]))
	d.add(e)
}

type namedRef struct {
	ID    record.Str  `key:"id"`
	Agent record.Str  `key:"agent"`
	Place record.Str  `key:"place"`
	Name  record.Text `key:"name"`
}

// ref decodes an id, or {name: …}; {id: …}, {agent: …} and {place: …} are
// the id in long form.
func (d *decoder) ref(n *yaml.Node, depth int) record.Ref {
	if n.Kind == yaml.ScalarNode {
		return record.Ref{ID: d.clean(n), At: d.at(n)}
	}
	var r namedRef
	d.structure(n, reflect.ValueOf(&r).Elem(), depth)
	id := r.ID
	for _, other := range []record.Str{r.Agent, r.Place} {
		switch {
		case other.V == "":
		case id.V != "" && id.V != other.V:
			d.errorf(n, "ref-twice", "ở đây chỉ được một mã, có %q và %q", "one id may stand here, there are %q and %q", id.V, other.V)
		default:
			id = other
		}
	}
	if id.V == "" && r.Name.IsZero() {
		d.errorf(n, "ref-empty", "ở đây cần mã của bản ghi hoặc {name: …}", "the id of a record or {name: …} is needed here")
	}
	at := d.at(n)
	if id.V != "" {
		at = id.At
	}
	return record.Ref{ID: id.V, Name: r.Name, At: at}
}

type creatorKeys struct {
	Agent record.Str  `key:"agent"`
	Name  record.Text `key:"name"`
	Role  record.Str  `key:"role" vocab:"creator_role"`
	As    record.Str  `key:"as"`
}

func (d *decoder) creator(n *yaml.Node, p *record.Creator, depth int) {
	p.At = d.at(n)
	if n.Kind == yaml.ScalarNode {
		p.Agent = d.ref(n, depth)
		return
	}
	var c creatorKeys
	d.structure(n, reflect.ValueOf(&c).Elem(), depth)
	p.Agent = record.Ref{ID: c.Agent.V, Name: c.Name, At: c.Agent.At}
	p.Role, p.As = c.Role, c.As
	if p.Agent.IsZero() {
		d.errorf(n, "ref-empty", "tác giả cần {agent: mã} hoặc {name: …}", "a creator needs {agent: id} or {name: …}")
	}
	if c.Agent.V == "" {
		p.Agent.At = p.At
	}
}

// extent decodes a text, a text per language, {quantity, unit}, or both. It
// takes the place of a default, of which the unit alone may remain.
func (d *decoder) extent(n *yaml.Node, p *record.Extent) {
	own := record.Extent{At: d.at(n)}
	if n.Kind == yaml.MappingNode {
		d.extentKeys(n, &own)
	} else {
		own.Text = d.text(n)
	}
	if own.Quantity.V != "" && own.Unit.IsZero() {
		own.Unit = p.Unit
	}
	*p = own
}

func (d *decoder) extentKeys(n *yaml.Node, p *record.Extent) {
	langs := &yaml.Node{Kind: yaml.MappingNode, Line: n.Line, Column: n.Column}
	d.pairs(n, func(k, v *yaml.Node) {
		switch k.Value {
		case "quantity":
			d.str(v, &p.Quantity, "")
		case "unit":
			p.Unit = d.text(v)
		case "text":
			p.Text = d.text(v)
		default:
			langs.Content = append(langs.Content, k, v)
		}
	})
	if len(langs.Content) > 0 {
		if !p.Text.IsZero() {
			d.errorf(n, "key-repeated", "số lượng viết hai lần: ở khoá text và theo từng ngôn ngữ", "the extent is written twice: under text and per language")
		}
		p.Text = d.text(langs)
	}
}

// view decodes a record id alone; the long form is a struct.
func (d *decoder) view(n *yaml.Node, p *record.View) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	p.At = d.at(n)
	d.str(n, &p.Record, "")
	return true
}

// transcript decodes a text alone; the long form is a struct.
func (d *decoder) transcript(n *yaml.Node, p *record.Transcript) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	p.Text, p.At = d.text(n), d.at(n)
	return true
}

// related decodes an id alone; the long form is a struct.
func (d *decoder) related(n *yaml.Node, p *record.Related) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	p.At = d.at(n)
	d.str(n, &p.ID, "")
	return true
}

// pairs visits the entries of a mapping that have a value.
func (d *decoder) pairs(n *yaml.Node, visit func(k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.errorf(n, "value-kind", "ở đây cần các cặp khoá: giá trị", "key: value pairs are needed here")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if seen[k.Value] {
			d.errorf(k, "key-repeated", "khoá %q viết hai lần", "the key %q is written twice", k.Value)
			continue
		}
		seen[k.Value] = true
		if v := n.Content[i+1]; !isNull(v) {
			visit(k, v)
		}
	}
}

func (d *decoder) extra(n *yaml.Node, p *[]record.Extra) {
	d.pairs(n, func(k, v *yaml.Node) {
		if s, ok := d.scalar(v); ok {
			*p = append(*p, record.Extra{Key: k.Value, V: s, At: d.at(k)})
		}
	})
}

func (d *decoder) labelled(n *yaml.Node, p *[]record.Labelled) {
	d.pairs(n, func(k, v *yaml.Node) {
		*p = append(*p, record.Labelled{Key: k.Value, Text: d.text(v)})
	})
}

func (d *decoder) frozen(n *yaml.Node, p *[]record.Frozen) {
	d.pairs(n, func(k, v *yaml.Node) {
		if s, ok := d.scalar(v); ok {
			*p = append(*p, record.Frozen{Name: k.Value, Hash: s, At: d.at(k)})
		}
	})
}
