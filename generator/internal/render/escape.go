package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"
)

var (
	htmlType = reflect.TypeFor[template.HTML]()
	jsonType = reflect.TypeFor[json.RawMessage]()
)

// A place is where in a page a value stands, known by the escapers that
// html/template has put there. Plain tells the strings that need no escaping
// there; any other is escaped by html/template, through a template that holds
// that place alone, unless it is words where entities do.
type place struct {
	plain          func(string) bool
	entities       *strings.Replacer // nil where they do not
	prefix, suffix string
	alone          *template.Template
}

func newPlace(plain func(string) bool, prefix, suffix string) place {
	return place{plain: plain, prefix: prefix, suffix: suffix, alone: template.Must(template.New("").Parse(prefix + "{{.}}" + suffix))}
}

func textPlace(prefix, suffix string) place {
	p := newPlace(plainText, prefix, suffix)
	p.entities = entities
	return p
}

// entities are those that html/template writes in text and attributes.
var entities = strings.NewReplacer("\x00", "\ufffd", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

// places are the chains of escapers that pages need.
var places = map[string]place{
	"_html_template_htmlescaper":   textPlace("<p>", "</p>"),
	"_html_template_rcdataescaper": textPlace("<title>", "</title>"),
	"_html_template_attrescaper":   textPlace(`<p title="`, `">`),
	"_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper": newPlace(plainURL, `<a href="`, `">`),
	"_html_template_urlnormalizer _html_template_attrescaper":                          newPlace(plainURL, `<a href="mailto:`, `">`),
	"_html_template_urlescaper _html_template_attrescaper":                             newPlace(plainFragment, `<a href="#`, `">`),
	"_html_template_srcsetescaper _html_template_attrescaper":                          newPlace(plainSrcset, `<img srcset="`, `">`),
}

// inText marks the bytes that html/template replaces in text and attributes.
var inText = [256]bool{0: true, '"': true, '&': true, '\'': true, '+': true, '<': true, '>': true}

func plainText(s string) bool {
	for i := range len(s) {
		if inText[s[i]] {
			return false
		}
	}
	return true
}

// inURL marks the bytes of a relative link that stand for themselves.
var inURL = marked("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/#?=")

func marked(chars string) (table [256]bool) {
	for i := range len(chars) {
		table[chars[i]] = true
	}
	return table
}

func plainURL(s string) bool {
	s = strings.TrimPrefix(s, "https://")
	for i := range len(s) {
		if !inURL[s[i]] {
			return false
		}
	}
	return true
}

func plainFragment(s string) bool {
	return plainURL(s) && !strings.ContainsAny(s, ":/#?=")
}

func plainSrcset(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		link, size, _ := strings.Cut(strings.TrimLeft(part, " "), " ")
		if !plainURL(link) || strings.ContainsAny(link, ":") || !plainURL(size) || strings.ContainsAny(size, ":-._~/#?=") {
			return false
		}
	}
	return true
}

// isWords tells whether a text is free of broken characters and of those that
// html/template takes for none, from U+F000 on.
func isWords(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0xf000 }) < 0 && utf8.ValidString(s)
}

// print compiles {{value}}: the pipeline of a value and its escapers.
func (s scope) print(p *parse.PipeNode) (step, error) {
	value, err := s.command(p.Cmds[0])
	if err != nil {
		return nil, err
	}
	var chain []string
	for _, c := range p.Cmds[1:] {
		chain = append(chain, c.String())
	}
	if value.typ == jsonType && len(chain) == 1 && chain[0] == "_html_template_jsvalescaper" {
		return inert(value), nil
	}
	where, ok := places[strings.Join(chain, " ")]
	if !ok {
		return nil, fmt.Errorf("%s: %w", p, errUncompiled)
	}
	switch {
	case value.typ == htmlType && len(chain) == 1 && chain[0] == "_html_template_htmlescaper":
		return safe(value), nil
	case value.typ == stringType:
		return escaped(value, where), nil
	case value.typ == intType:
		return number(value), nil
	}
	return nil, fmt.Errorf("%s of type %s: %w", p, value.typ, errUncompiled)
}

// live are the signs that encoding/json never leaves in what it writes: those that may mean
// something in HTML or in a script.
var live = [][]byte{[]byte("<"), []byte(">"), []byte("&"), []byte("\u2028"), []byte("\u2029")}

// inert writes JSON into a data block, as html/template does: anew, so that whoever made it,
// nothing in it can end the element.
func inert(value expr) step {
	return func(f *frame) error {
		v, err := value.eval(f)
		if err != nil {
			return err
		}
		data := v.Bytes()
		if slices.ContainsFunc(live, func(sign []byte) bool { return bytes.Contains(data, sign) }) {
			if data, err = json.Marshal(json.RawMessage(data)); err != nil {
				return err
			}
		}
		f.out.Write(data)
		return nil
	}
}

// safe writes a value that the markup package has made.
func safe(value expr) step {
	return func(f *frame) error {
		v, err := value.eval(f)
		if err == nil {
			f.out.WriteString(v.String())
		}
		return err
	}
}

func number(value expr) step {
	return func(f *frame) error {
		v, err := value.eval(f)
		if err == nil {
			f.out.Write(strconv.AppendInt(f.out.AvailableBuffer(), v.Int(), 10))
		}
		return err
	}
}

func escaped(value expr, where place) step {
	return func(f *frame) error {
		v, err := value.eval(f)
		if err != nil {
			return err
		}
		s := v.String()
		if where.plain(s) {
			f.out.WriteString(s)
			return nil
		}
		return where.write(f, s)
	}
}

func (p place) write(f *frame, s string) error {
	if p.entities != nil && isWords(s) {
		_, err := p.entities.WriteString(f.out, s)
		return err
	}
	var b strings.Builder
	if err := p.alone.Execute(&b, s); err != nil {
		return err
	}
	f.out.WriteString(strings.TrimSuffix(strings.TrimPrefix(b.String(), p.prefix), p.suffix))
	return nil
}
