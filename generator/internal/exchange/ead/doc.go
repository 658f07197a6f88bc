// Package ead writes descriptions of fonds as Encoded Archival Description,
// version 3 (EAD3 1.1.1).
//
// It is handed what may be told, field by field, and knows which element each
// field of the model becomes (Fields). A document is written as it comes, record
// by record, so that nothing is held but the way from the fonds down to the
// record. An element with words stands once for each language.
package ead

// Words is a text in one language. Lines of a long text are its paragraphs.
type Words struct {
	Lang string // BCP 47
	Text string
}

// Value is one value of a field.
type Value struct {
	Key   string // of a field in Fields
	Words []Words
	Note  []Words // said of it, such as why records are related

	Name string // element of a name: persname, corpname, famname, geogname, subject; "name" where empty
	Role string // how somebody named is tied to the record
	ID   string // address or id of what is named
	Kind string // of a title: formal or supplied
	Href string // address that the words lead to

	Date     Date
	Quantity string   // of an extent; Words are its unit then
	Codes    []string // of languages, BCP 47
	Scripts  []string
}

// Component is one record.
type Component struct {
	ID     string
	Level  string // of the model: "fonds", "file"; empty where nothing may be told of the record but its id
	Values []Value
}

// Link is an address of the fonds for readers.
type Link struct{ Lang, Href string }

// Head is what a document says of itself.
type Head struct {
	ID         string // of the fonds
	Address    string // of the document; empty where the site has none
	Pages      []Link
	Titles     []Words // of the fonds; its id where there are none
	Agency     []Words // who publishes the document
	Licence    []Words // of descriptions
	LicenceURI string
	Rules      []string // of description
	Languages  []string // of the document, BCP 47
	Since      string   // first day on which it might be shown, year-month-day; empty where that is not told
}
