package record

// Redaction says what was covered in the picture of an object before it came
// into the content. The master stays outside; of it only the hash is kept, so
// that the archive can find it again. By, Date and DerivedFrom are internal.
type Redaction struct {
	Count       Int   `key:"count"` // places that were covered
	Grounds     []Str `key:"grounds" vocab:"redaction_ground"`
	By          Str   `key:"by"`
	Date        Str   `key:"date"`
	DerivedFrom Str   `key:"derived_from_sha256"`
	At          At
}

// Cover is an order to cover places of pictures of one record, as `vitrine
// redact` reads it: of one master, in keys of its own, or of several in Objects.
type Cover struct {
	Record  Str            `key:"record" empty:"never"` // id
	By      Str            `key:"by" empty:"never"`     // who decided what is covered
	Object  Int            `key:"object"`
	Boxes   []Box          `key:"boxes" empty:"never"`
	Words   []CoveredWords `key:"words" empty:"never"`
	Objects []CoverObject  `key:"objects" empty:"never"` // one at least, once the order was read
	At      At
}

// CoverObject is what is covered of one master: a picture, which becomes one
// object of the record, or a PDF, whose pages become one each.
type CoverObject struct {
	Object Int            `key:"object"`               // number of the object in the record, of the first page for a PDF; 1 where it is not given
	Master Str            `key:"master" empty:"never"` // name of the file, in the folder of masters; empty where the order has one master
	Boxes  []Box          `key:"boxes" empty:"never"`  // empty, and not nil, for one on which nothing is covered
	Words  []CoveredWords `key:"words" empty:"never"`
	At     At
}

// CoveredWords are words of the transcripts and translations of what is made of a
// master, however they are written there. Elsewhere they may stand in the files of
// Stays alone, where they mean somebody or something else.
type CoveredWords struct {
	Text   Str   `key:"text" empty:"never"`
	Ground Str   `key:"ground" empty:"never"` // of the vocabulary redaction_ground
	Stays  []Str `key:"stays" empty:"never"`  // paths in the content folder
	At     At
}

// CoverMark stands in a transcript for words that were covered on a ground.
func CoverMark(ground string) string { return "[…]{" + ground + "}" }

// Box is a place of a picture as it is seen, upright, from its upper left
// corner. Each number is one of pixels, or of percent of the width or height,
// with the sign %; on a page of a PDF, which has no pixels, of percent, of points
// with the sign pt, or of millimetres with the sign mm.
type Box struct {
	Page   Int `key:"page"` // of a PDF, from 1; 0 in a picture
	Left   Str `key:"left" empty:"never"`
	Top    Str `key:"top" empty:"never"`
	Width  Str `key:"width" empty:"never"`
	Height Str `key:"height" empty:"never"`
	Ground Str `key:"ground" empty:"never"` // of the vocabulary redaction_ground
	At     At
}
