// Package rico writes the description of an archive as Turtle (W3C, RDF 1.1 Turtle) in the
// ontology Records in Contexts of the International Council on Archives (RiC-O 1.1).
//
// Records are written one after another, each with all that is told of it, so nothing grows
// with the archive. What may be told is handed in, as package ead words it.
package rico

import (
	"bufio"
	"io"
	"strings"

	"vitrine/generator/internal/exchange/ead"
)

// Mark is how a file begins.
const Mark = "@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .\n"

const prefixes = Mark + "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"

// Record is a unit of description.
type Record struct {
	IRI, ID, Level string
	Up, UpLevel    string // the nearest above it that stands in the file; empty where there is none
	Holder         Thing  // who holds it
	Values         []ead.Value
	Pages          []ead.Link
	Objects        []Object
	Credit         []ead.Words
	Rights         string // address of the statement of rights
}

// Thing is something that has a name, and an address where it is described itself.
type Thing struct {
	IRI   string
	Class string
	Names []ead.Words
}

// Object is a digital object of a record.
type Object struct {
	IRI  string
	Kind []ead.Words // "page image"
}

// Entity is an agent, place, event or subject that records name.
type Entity struct {
	Thing
	ID       string
	Others   []ead.Words // other names
	Date     ead.Date    // of existence, or of an event
	Within   string      // address of the place or event that it is part of
	Lat, Lon string      // degrees, WGS 84
}

// Writer writes a file. Errors are told by Close.
type Writer struct{ b *bufio.Writer }

// NewWriter begins a file about a site.
func NewWriter(w io.Writer) *Writer {
	out := &Writer{b: bufio.NewWriterSize(w, 64<<10)}
	out.put(prefixes)
	return out
}

// Close ends the file.
func (w *Writer) Close() error { return w.b.Flush() }

func (w *Writer) put(parts ...string) {
	for _, s := range parts {
		_, _ = w.b.WriteString(s) // Flush tells
	}
}

// ClassOf is the class of a record of a level.
func ClassOf(level string) string {
	switch level {
	case "item":
		return "Record"
	case "part":
		return "RecordPart"
	}
	return "RecordSet"
}

// node is a subject whose properties are being written.
type node struct{ w *Writer }

// begin begins a node of a class.
func (w *Writer) begin(iri, class string) *node {
	w.put("\n", ref(iri), " a rico:", class)
	return &node{w: w}
}

func (n *node) end() { n.w.put(" .\n") }

// to says that a property leads to something at an address.
func (n *node) to(property, iri string) {
	if property != "" && iri != "" {
		n.w.put(" ;\n  rico:", property, " ", ref(iri))
	}
}

// says gives a text in its languages.
func (n *node) says(property string, words []ead.Words) {
	if property == "" {
		return
	}
	for _, x := range words {
		if x.Text != "" {
			n.w.put(" ;\n  rico:", property, " ", literal(x))
		}
	}
}

// within opens a node without an address that hangs here; what it says follows by say.
func (n *node) within(property, class string, say func(in *node)) {
	if property == "" {
		return
	}
	n.w.put(" ;\n  rico:", property, " [ a rico:", class)
	say(n)
	n.w.put(" ]")
}

// Add writes a record.
func (w *Writer) Add(r *Record) {
	class := ClassOf(r.Level)
	n := w.begin(r.IRI, class)
	n.says("identifier", []ead.Words{{Text: r.ID}})
	if class == "RecordSet" {
		n.within("hasRecordSetType", "RecordSetType", func(in *node) { in.says("name", []ead.Words{{Text: r.Level}}) })
	}
	n.to(partOf(class, r.UpLevel), r.Up)
	n.thing("hasOrHadHolder", r.Holder)
	for _, v := range r.Values {
		if f, ok := fieldOf(v.Key); ok {
			f.write(n, class, v)
		}
	}
	n.says("conditionsOfUse", r.Credit)
	n.says("conditionsOfUse", []ead.Words{{Text: r.Rights}})
	for _, o := range r.Objects {
		n.to("hasOrHadDigitalInstantiation", o.IRI)
	}
	for _, p := range r.Pages {
		n.w.put(" ;\n  rdfs:seeAlso ", ref(p.Href))
	}
	n.end()
	for _, o := range r.Objects {
		x := w.begin(o.IRI, "Instantiation")
		x.says("type", o.Kind)
		x.end()
	}
}

// partOf is how a record of a class hangs under one of a level.
func partOf(class, level string) string {
	switch up := ClassOf(level); {
	case class == "RecordPart" && up != "RecordSet":
		return "isOrWasConstituentOf"
	case class == "RecordPart" || up != "RecordSet":
		return "isOrWasPartOf"
	}
	return "isOrWasIncludedIn"
}

// thing names something: by its address where it has one, else by its name alone.
func (n *node) thing(property string, t Thing) {
	switch {
	case property == "":
	case t.IRI != "":
		n.to(property, t.IRI)
	case len(t.Names) > 0:
		n.within(property, t.Class, func(in *node) { in.says("name", t.Names) })
	}
}

// AddEntity writes an agent, place, event or subject.
func (w *Writer) AddEntity(e *Entity) {
	n := w.begin(e.IRI, e.Class)
	n.says("identifier", []ead.Words{{Text: e.ID}})
	n.says("name", e.Names)
	switch e.Class {
	case "Person", "CorporateBody", "Family", "Agent":
		n.names("hasOrHadAgentName", "AgentName", e.Others)
		n.date("isAssociatedWithDate", e.Date)
	case "Place":
		n.names("hasOrHadPlaceName", "PlaceName", e.Others)
		if e.Lat != "" && e.Lon != "" {
			n.says("geographicalCoordinates", []ead.Words{{Text: e.Lat + " " + e.Lon}})
		}
		n.to("isOrWasContainedBy", e.Within)
	case "Event":
		n.date("occurredAtDate", e.Date)
		n.to("isOrWasPartOf", e.Within)
	default:
		n.says("name", e.Others)
	}
	n.end()
}

func (n *node) names(property, class string, words []ead.Words) {
	for _, x := range words {
		n.within(property, class, func(in *node) { in.says("textualValue", []ead.Words{x}) })
	}
}

// date tells a date in words and as EDTF has it.
func (n *node) date(property string, d ead.Date) {
	if d.Date.IsZero() {
		return
	}
	n.within(property, "Date", func(in *node) {
		in.says("expressedDate", d.Words)
		in.says("normalizedDateValue", []ead.Words{{Text: d.Date.String()}})
	})
}

// ref is an address between its brackets (RDF 1.1 Turtle, IRIREF): signs that cannot stand
// there are written by their numbers.
func ref(iri string) string {
	if strings.IndexFunc(iri, outside) < 0 {
		return "<" + iri + ">"
	}
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range iri {
		if outside(r) {
			for _, c := range []byte(string(r)) {
				b.WriteString("%" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
			}
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('>')
	return b.String()
}

func outside(r rune) bool { return r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) }

var quoted = strings.NewReplacer("\\", `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`, "\x00", "")

// literal is a text with its language.
func literal(w ead.Words) string {
	out := `"` + quoted.Replace(w.Text) + `"`
	if w.Lang != "" {
		out += "@" + w.Lang
	}
	return out
}
