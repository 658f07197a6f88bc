package ead

import (
	"bufio"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Space is the namespace of EAD3, by which the format is known too.
const Space = "http://ead3.archivists.org/schema/"

// Mark is how every document begins.
const Mark = xml.Header + `<ead xmlns="` + Space + `"`

// Writer writes one document. Errors of the underlying writer are told by Close.
type Writer struct {
	out    *bufio.Writer
	path   []string // elements that are open
	first  string   // language of the document
	beyond []int    // of the open records, where what is beneath them ends
	inside bool     // the list of components is open
}

// New begins a document. Its first component is the fonds, the others follow
// in the order of the tree.
func New(w io.Writer, h Head) *Writer {
	out := &Writer{out: bufio.NewWriterSize(w, 64<<10)}
	if len(h.Languages) > 0 {
		out.first = h.Languages[0]
	}
	out.out.WriteString(Mark)
	out.out.WriteString(">\n")
	out.path = append(out.path, "ead")
	out.control(h)
	return out
}

// Close ends the document.
func (w *Writer) Close() error {
	for len(w.path) > 0 {
		w.close()
	}
	return w.out.Flush() // says whether any write failed
}

// Add writes a record that stands at a place of the order, with what is beneath it
// up to another place (exclusive). It hangs under the nearest record that was
// added and holds it.
func (w *Writer) Add(at, end int, c Component) {
	if len(w.beyond) == 0 {
		w.open("archdesc", levelOf(c.Level)...)
		w.describe(c)
		w.beyond = append(w.beyond, end)
		return
	}
	for len(w.beyond) > 1 && w.beyond[len(w.beyond)-1] <= at {
		w.close()
		w.beyond = w.beyond[:len(w.beyond)-1]
	}
	if !w.inside {
		w.open("dsc", "dsctype", "combined")
		w.inside = true
	}
	w.open("c", append([]string{"id", anchor(c.ID)}, levelOf(c.Level)...)...)
	w.describe(c)
	w.beyond = append(w.beyond, end)
}

// anchor is the name of a record within the document, which must not begin with a digit.
func anchor(id string) string { return "r." + id }

// levelOf are the attributes for a level of description.
func levelOf(level string) []string {
	switch level {
	case "":
		return []string{"level", "otherlevel", "otherlevel", "undescribed"}
	case "part":
		return []string{"level", "otherlevel", "otherlevel", level}
	}
	return []string{"level", level}
}

// describe writes what is told of a record.
func (w *Writer) describe(c Component) {
	values := slices.Clone(c.Values)
	slices.SortStableFunc(values, func(a, b Value) int { return byKey[a.Key].order - byKey[b.Key].order })
	w.open("did")
	w.part(values, inDid)
	w.close()
	w.part(values, beside)
	if slices.ContainsFunc(values, func(v Value) bool { return byKey[v.Key].where() == inPoints }) {
		w.open("controlaccess")
		w.part(values, inPoints)
		w.close()
	}
}

// part writes the values of one part of a record, in order.
func (w *Writer) part(values []Value, in where) {
	for i := 0; i < len(values); {
		f, n := byKey[values[i].Key], 1
		for i+n < len(values) && values[i+n].Key == f.Key {
			n++
		}
		if f.where() == in {
			w.field(f, values[i:i+n])
		}
		i += n
	}
}

// field writes all values of a field.
func (w *Writer) field(f *Field, values []Value) {
	switch f.shape {
	case shapeRefs:
		w.refs(f, values)
		return
	case shapeBlock:
		w.blocks(f, values)
		return
	}
	for _, v := range values {
		switch f.shape {
		case shapeText:
			w.texts(f, v)
		case shapeName:
			w.open(f.name(), "localtype", f.Type)
			w.name(v, "name", "")
			w.close()
		case shapeDate:
			w.date(v.Date)
		case shapeWritten:
			for _, t := range v.Words {
				w.leaf("unitdate", t.Text, "lang", code(t.Lang), "datechar", f.Type)
			}
		case shapeExtent:
			w.extent(v)
		case shapeLanguages:
			w.languages(f, v)
		case shapeLink:
			w.leaf("dao", "", "localtype", f.Type, "daotype", "derived", "coverage", "whole", "href", v.Href)
		case shapePoint:
			w.name(v, f.name(), f.Type)
		}
	}
}

func (w *Writer) texts(f *Field, v Value) {
	kind := f.Type
	if v.Kind != "" {
		kind = v.Kind
	}
	id := v.ID
	if f.name() != "unitid" {
		id = ""
	}
	for _, t := range v.Words {
		w.leaf(f.name(), oneLine(t.Text), "lang", code(t.Lang), "localtype", kind, "identifier", id)
	}
}

// name writes a name in each language in which it is given.
func (w *Writer) name(v Value, element, kind string) {
	if v.Name != "" {
		element = v.Name
	}
	for _, t := range v.Words {
		w.open(element, "lang", code(t.Lang), "identifier", v.ID, "localtype", kind, "relator", v.Role)
		w.leaf("part", oneLine(t.Text))
		for _, n := range v.Note {
			if n.Lang == t.Lang {
				w.leaf("part", oneLine(n.Text), "localtype", "note")
			}
		}
		w.close()
	}
}

func (w *Writer) extent(v Value) {
	for _, t := range v.Words {
		w.open("physdescstructured", "lang", code(t.Lang), "physdescstructuredtype", "spaceoccupied", "coverage", "whole")
		w.leaf("quantity", v.Quantity)
		w.leaf("unittype", oneLine(t.Text))
		w.close()
	}
}

func (w *Writer) languages(f *Field, v Value) {
	codes := v.Codes
	if len(codes) == 0 {
		codes = []string{"und"} // a script must stand with a language
	}
	w.open("langmaterial", "label", f.Type)
	if len(v.Scripts) > 0 {
		w.open("languageset")
	}
	for _, c := range codes {
		w.leaf("language", "", "langcode", code(c))
	}
	for _, s := range v.Scripts {
		w.leaf("script", s)
	}
	if len(v.Scripts) > 0 {
		w.close()
	}
	w.close()
}

// blocks writes the values of a field as paragraphs, an element for each language.
func (w *Writer) blocks(f *Field, values []Value) {
	for _, lang := range languagesOf(values) {
		w.open(f.name(), "lang", code(lang), "localtype", f.Type)
		for _, v := range values {
			for _, t := range v.Words {
				if t.Lang != lang {
					continue
				}
				for line := range strings.Lines(t.Text) {
					w.paragraph(strings.TrimSpace(line), v.Href)
				}
			}
		}
		w.close()
	}
}

func (w *Writer) paragraph(text, href string) {
	switch {
	case text == "":
	case href == "":
		w.leaf("p", text)
	default:
		w.open("p")
		w.leaf("ref", text, "href", href)
		w.close()
	}
}

// languagesOf are the languages in which any of the values is given.
func languagesOf(values []Value) (out []string) {
	for _, v := range values {
		for _, t := range v.Words {
			if strings.TrimSpace(t.Text) != "" && !slices.Contains(out, t.Lang) {
				out = append(out, t.Lang)
			}
		}
	}
	return out
}

// refs writes the values of a field as a list of references.
func (w *Writer) refs(f *Field, values []Value) {
	w.open(f.outer())
	for _, v := range values {
		for _, t := range v.Words {
			w.open(f.name(), "lang", code(t.Lang))
			if v.Href != "" {
				w.leaf("ref", oneLine(t.Text), "href", v.Href)
			} else {
				w.text(oneLine(t.Text))
			}
			for _, n := range v.Note {
				if n.Lang == t.Lang {
					w.text(" (" + oneLine(n.Text) + ")")
				}
			}
			w.close()
		}
	}
	w.close()
}

// open begins an element with attributes, each a name and a value; one without a
// value is left out.
func (w *Writer) open(name string, attrs ...string) {
	w.start(name, attrs)
	w.out.WriteByte('>')
	w.path = append(w.path, name)
	if !w.running() {
		w.out.WriteByte('\n')
	}
}

// running reports whether words are set, so that no line may end. A text stands in
// one line whatever it is part of.
func (w *Writer) running() bool {
	switch w.path[len(w.path)-1] {
	case "p", "archref", "bibref":
		return true
	}
	return false
}

func (w *Writer) start(name string, attrs []string) {
	w.out.WriteByte('<')
	w.out.WriteString(name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		w.out.WriteByte(' ')
		w.out.WriteString(attrs[i])
		w.out.WriteString(`="`)
		w.text(attrs[i+1])
		w.out.WriteByte('"')
	}
}

func (w *Writer) close() {
	last := len(w.path) - 1
	w.out.WriteString("</")
	w.out.WriteString(w.path[last])
	w.out.WriteString(">\n")
	w.path = w.path[:last]
}

// leaf writes an element with nothing but text in it.
func (w *Writer) leaf(name, text string, attrs ...string) {
	w.start(name, attrs)
	if text == "" {
		w.out.WriteString("/>")
	} else {
		w.out.WriteByte('>')
		w.text(text)
		w.out.WriteString("</")
		w.out.WriteString(name)
		w.out.WriteByte('>')
	}
	if !w.running() {
		w.out.WriteByte('\n')
	}
}

func (w *Writer) text(s string) { _ = xml.EscapeText(w.out, []byte(s)) } // Flush says whether it failed

// oneLine is a text without its line ends.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// code is the code of a language in ISO 639-3: “vie” for “vi”.
func code(tag string) string {
	if c, ok := codes[tag]; ok {
		return c
	}
	base, err := language.ParseBase(tag)
	if err != nil {
		return tag
	}
	return base.ISO3()
}

// codes are those of the languages that nearly every archive has, which are asked for
// again and again.
var codes = map[string]string{"vi": "vie", "en": "eng", "fr": "fra", "": ""}
