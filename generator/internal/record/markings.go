package record

// Markings is the file in which findings of `check --markings` are acknowledged, and what
// documents name that is not public.
type Markings struct {
	Acknowledged []Acknowledged `key:"acknowledged"`
	Named        []Named        `key:"named"`
	At           At
}

// Acknowledged says that a person has looked at a finding and that it is no
// marking in force. It names the file and the passage, so that another marking
// in the same file is found again, and for a file that is no text its hash.
type Acknowledged struct {
	File   Str `key:"file" empty:"never"`   // relative to the content folder
	Text   Str `key:"text" empty:"never"`   // the line that bears it, or the name of the file
	Times  Int `key:"times"`                // how many lines of the file read so; 1 where it is not given
	SHA256 Str `key:"sha256" empty:"never"` // of a file that is no text, in hexadecimal
	By     Str `key:"by" empty:"never"`
	Date   Str `key:"date" empty:"never"`
	Note   Str `key:"note"`
	At     At
}

// Named says that a person has looked at what a document says and that it gives nothing
// away although it names what is not public.
type Named struct {
	File Str `key:"file" empty:"never"` // of the words, or of their record, relative to the content folder
	Text Str `key:"text" empty:"never"` // the title, id or address that stands there
	By   Str `key:"by" empty:"never"`
	Date Str `key:"date" empty:"never"`
	Note Str `key:"note"`
	At   At
}
