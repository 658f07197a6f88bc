// Package dataset writes the descriptions of records as tables: CSV, which spreadsheets
// open and an import reads, and JSON Lines, which keeps every language and every name apart.
//
// It is handed what may be told, field by field, as package ead is, and writes record by
// record, so that nothing is held.
package dataset

import (
	"bytes"
	"io"
	"strings"

	"vitrine/generator/internal/exchange/ead"
)

// Record is what is told of one record.
type Record struct {
	ID     string
	Fonds  string // id
	Parent string // id of the nearest above it that is in the file; empty for none
	Level  string // of the model: "fonds", "file"
	Pages  []ead.Link
	First  string // first day that its date can mean, year-month-day; empty where it is open or none
	Last   string // last day
	Values []ead.Value
}

// kind is how the values of a field are told.
type kind uint8

const (
	text   kind = iota // words in each language
	texts              // a list of these
	plain              // one value, the same in every language
	plains             // a list of these
	names              // a list of somebody or something that is named
	date               // an EDTF date
	extent             // a number of units
	links              // other records
	codes              // codes of languages
)

// Field is a field of the model in a table.
type Field struct {
	Key     string // of a value
	Heading string // of its column, and the path of the model by which an import knows it; empty for none
	kind    kind
}

// Fields are the fields in the order of their columns. What is not here is in no table.
var Fields = []Field{
	{"id", "id", plain},
	{"level", "level", plain},
	{"parent", "parent", plain},
	{"reference", "", text},
	{"reference.fonds_no", "reference.fonds_no", plain},
	{"reference.inventory_no", "reference.inventory_no", plain},
	{"reference.unit_no", "reference.unit_no", plain},
	{"reference.folios", "reference.folios", plain},
	{"reference.former", "reference.former[]", plains},
	{"reference.repository", "", names},
	{"former_ids", "former_ids[]", plains},
	{"title", "title", text},
	{"title_kind", "title_kind", plain},
	{"subtitle", "subtitle", text},
	{"other_titles", "other_titles[]", texts},
	{"dates", "dates.created", date},
	{"dates.first", "", plain},
	{"dates.last", "", plain},
	{"dates.words", "", text},
	{"dates.display", "dates.display", text},
	{"dates.as_written", "dates.as_written", text},
	{"dates.basis", "dates.basis", text},
	{"dates.note", "dates.note", text},
	{"extent", "extent", extent},
	{"extent.text", "", text},
	{"form", "form", plain},
	{"creators", "creators[]", names},
	{"languages", "languages[]", codes},
	{"scripts", "scripts[]", plains},
	{"scope", "scope", text},
	{"body", "", text},
	{"creator_history", "creator_history", text},
	{"creators.history", "", text},
	{"archival_history", "archival_history", text},
	{"acquisition", "acquisition", text},
	{"accruals", "accruals", text},
	{"arrangement", "arrangement", text},
	{"status", "", text},
	{"access", "", text},
	{"rights.uri", "rights.uri", plain},
	{"rights.credit", "rights.credit", text},
	{"rights.holder", "rights.holder", text},
	{"rights", "", text},
	{"physical.carrier", "physical.carrier", text},
	{"physical.dimensions", "physical.dimensions", text},
	{"physical.technique", "physical.technique", text},
	{"physical", "physical.note", text},
	{"finding_aids", "finding_aids", text},
	{"originals", "", text},
	{"copies", "copies", text},
	{"related", "related_ids", links},
	{"publications", "publications[]", texts},
	{"notes", "notes", text},
	{"info_symbol", "info_symbol", text},
	{"keywords", "keywords[]", texts},
	{"agents", "agents[]", names},
	{"place", "place", names},
	{"places", "places[]", names},
	{"events", "events[]", names},
	{"subjects", "subjects[]", names},
	{"special_value", "", text},
	{"digitisation", "", text},
	{"description_control", "", text},
	{"sources", "", text},
	{"prefer_cite", "prefer_cite", text},
	{"doc.type", "doc.type", plain},
	{"doc.number", "doc.number", plain},
	{"doc.symbol", "doc.symbol", plain},
	{"doc.issuer", "doc.issuer", names},
	{"doc.signatory", "doc.signatory", names},
	{"doc.hand", "doc.hand", text},
	{"doc.capacity", "", text},
	{"doc.place_date_line", "", text},
	{"doc.addressees", "", text},
	{"doc.secrecy_as_marked", "", text},
	{"doc.copy_status", "", text},
	{"doc.pseudonym", "", text},
	{"news.title", "", text},
	{"news.issue", "", text},
	{"news.number_printed", "", text},
	{"photo.photographer", "photo.photographer", names},
	{"photo.persons", "", names},
	{"photo.colour", "photo.colour", text},
	{"photo.size", "photo.size", text},
	{"photo.caption", "", text},
	{"photo.event", "", text},
	{"av.duration", "av.duration", plain},
	{"av.quality", "av.quality", text},
	{"av.carrier", "av.carrier", text},
	{"av.language", "av.language", codes},
	{"av.speakers", "av.speakers[]", names},
	{"av.programme", "", text},
	{"av.tracks", "", text},
	{"map.scale", "map.scale", text},
	{"map.projection", "map.projection", text},
	{"objects", "", links},
	{"objects.manifest", "", links},
}

// byKey are the places of fields in the table.
var byKey = func() map[string]int {
	out := map[string]int{}
	for i := range Fields {
		out[Fields[i].Key] = i
	}
	return out
}()

// Has reports whether a field is told in tables.
func Has(key string) bool { _, ok := byKey[key]; return ok }

// Format is a format of files.
type Format struct {
	End   string // of the names of files, with its dot
	Media string // media type
	Name  string
	mark  string // how a file begins
	open  func(b []byte, langs []string) []byte
	write func(b []byte, langs []string, r *Record) []byte
}

// Formats are the formats of tables.
var Formats = []Format{
	{End: ".csv", Media: "text/csv", Name: "CSV", mark: byteOrder + "id,level,", open: appendHeadings, write: appendRow},
	{End: ".jsonl", Media: "application/jsonl", Name: "JSON Lines", mark: `{"id":"`, open: func(b []byte, _ []string) []byte { return b }, write: appendJSON},
}

// Writer writes a file of one format.
type Writer struct {
	w     io.Writer
	f     *Format
	langs []string
	room  []byte
	err   error
}

// NewWriter begins a file in some languages, the first first.
func NewWriter(w io.Writer, f *Format, langs []string) *Writer {
	out := &Writer{w: w, f: f, langs: langs}
	out.put(f.open(nil, langs))
	return out
}

func (w *Writer) put(b []byte) {
	if w.err == nil && len(b) > 0 {
		_, w.err = w.w.Write(b)
	}
	w.room = b[:0]
}

// Add writes a record.
func (w *Writer) Add(r *Record) { w.put(w.f.write(w.room[:0], w.langs, r)) }

// Err is the first error of writing.
func (w *Writer) Err() error { return w.err }

// Empty is a file without records, of the format that a path ends in.
func Empty(path string) []byte {
	if f := formatOf(path); f != nil {
		return f.open(nil, nil)
	}
	return nil
}

// Is reports whether a file that begins with head is one that this package wrote.
func Is(path string, head []byte) bool {
	f := formatOf(path)
	return f != nil && (len(head) == 0 || bytes.HasPrefix(head, []byte(f.mark)))
}

func formatOf(path string) *Format {
	for i := range Formats {
		if strings.HasSuffix(path, Formats[i].End) {
			return &Formats[i]
		}
	}
	return nil
}

// gathered are the values of a record by the places of their fields.
func gathered(r *Record) [][]ead.Value {
	out := make([][]ead.Value, len(Fields))
	put := func(v ead.Value) {
		if i, ok := byKey[v.Key]; ok {
			out[i] = append(out[i], v)
		}
	}
	for key, s := range map[string]string{"level": r.Level, "parent": r.Parent, "dates.first": r.First, "dates.last": r.Last} {
		if s != "" {
			put(ead.Value{Key: key, Words: []ead.Words{{Text: s}}})
		}
	}
	for _, v := range r.Values {
		put(v)
		switch {
		case v.Key == "title" && v.Kind != "":
			put(ead.Value{Key: "title_kind", Words: []ead.Words{{Text: v.Kind}}})
		case v.Key == "languages" && len(v.Scripts) > 0:
			for _, s := range v.Scripts {
				put(ead.Value{Key: "scripts", Words: []ead.Words{{Text: s}}})
			}
		}
	}
	return out
}

// in are the words of values in a language, a line each.
func in(list []ead.Value, lang string) string {
	var lines []string
	for _, v := range list {
		for _, w := range v.Words {
			if w.Lang == lang {
				lines = append(lines, w.Text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// bare is a value that is the same in every language.
func bare(v ead.Value) string {
	if v.Key == "form" {
		return v.ID
	}
	if len(v.Words) == 0 {
		return ""
	}
	return v.Words[0].Text
}

// named is a name in a language, else in the first that it has.
func named(v ead.Value, lang string) string {
	for _, w := range v.Words {
		if w.Lang == lang {
			return w.Text
		}
	}
	return bare(v)
}

// Column is the heading of the columns of a field, with a word in place of the language;
// empty where a sheet has none.
func (f Field) Column() string {
	if f.Heading != "" && (f.kind == text || f.kind == texts) {
		return f.Heading + ".LANG"
	}
	return f.Heading
}

// Shape names the form that the values of a field have as JSON.
func (f Field) Shape() string { return shapes[f.kind] }

var shapes = map[kind]string{text: "text", texts: "texts", plain: "value", plains: "values", names: "names", date: "date", extent: "extent", links: "links", codes: "values"}
