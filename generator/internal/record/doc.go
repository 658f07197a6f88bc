// Package record is the archival model: units of description from fonds to
// part, digital objects, authorities, clearances, exhibitions and the site.
//
// The structs say what a YAML file may hold; the `key` tags are its keys, the
// `vocab` tags name the closed list a value must come from, `empty:"never"`
// stands where an empty value is a fault and not an absence, and the table
// Fields words every key in Vietnamese and English. Levels and areas follow
// ISAD(G), authorities ISAAR(CPF). Values keep the line and column they were
// read from.
package record

import (
	"vitrine/generator/diag"
	"vitrine/generator/edtf"
)

// At is a place in the file a record was read from; both count from 1. The
// zero At means that the value was not written there.
type At struct{ Line, Col int32 }

// In makes the place a position in a file.
func (a At) In(file string) diag.Pos { return diag.Pos{File: file, Line: int(a.Line), Col: int(a.Col)} }

// Str is a value that is the same in every language.
type Str struct {
	V  string
	At At
}

// Date is an EDTF date.
type Date struct {
	edtf.Date
	At At
}

// Text is text in one or more languages, the site's first language first.
type Text struct {
	Langs []LangText
	At    At
}

// LangText is a text in one language.
type LangText struct {
	Lang, V string
	At      At
}

// IsZero reports whether there is no text in any language.
func (t Text) IsZero() bool { return len(t.Langs) == 0 }

// In returns the text in a language, or in the first language there is,
// with the language it is really in.
func (t Text) In(lang string) (text, actual string) {
	for _, l := range t.Langs {
		if l.Lang == lang {
			return l.V, lang
		}
	}
	if len(t.Langs) > 0 {
		return t.Langs[0].V, t.Langs[0].Lang
	}
	return "", ""
}

// Has reports whether there is text in a language.
func (t Text) Has(lang string) bool {
	_, actual := t.In(lang)
	return actual == lang
}

// Ref names an authority, a repository or another record: by id, or by its
// name where there is no record of it yet.
type Ref struct {
	ID   string
	Name Text
	At   At
}

// IsZero reports whether nothing is named.
func (r Ref) IsZero() bool { return r.ID == "" && r.Name.IsZero() }

// Source is the evidence for a statement.
type Source struct {
	Cite Text `key:"cite"`
	Note Text `key:"note"`
	URL  Str  `key:"url" vocab:"url"`
}

// Control says who described a record, by which rules and when (ISAD(G) 3.7).
type Control struct {
	By     Text     `key:"by"`
	Rules  []Str    `key:"rules"`
	Date   Date     `key:"date"`
	Status Str      `key:"status"`
	Source []Source `key:"sources"`
}

// Decision is a formal decision: to publish, to declassify, to exhibit.
type Decision struct {
	Number    Str  `key:"number"`
	Date      Date `key:"date"`
	By        Ref  `key:"by"`
	IssuedBy  Ref  `key:"issued_by"`
	Signatory Str  `key:"signatory"`
	At        At
}

// Sum tells the texts of two records apart: the first 16 bytes of a SHA-256.
type Sum [16]byte

// Loc is where one record stands, so that it can be read again alone.
type Loc struct {
	File   string
	Line   int // of its first line, from 1
	Offset int // byte of the file as it lies on disk
	Len    int // bytes
	Kept   Kept
}

// Kept is where a record waits, decoded, until its page is made; only package
// content knows what it means. 0 is nowhere.
type Kept uint32
