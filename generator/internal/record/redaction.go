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

// Cover is an order to cover places of one picture, as `vitrine redact` reads it.
type Cover struct {
	Record Str            `key:"record" empty:"never"` // id
	Object Int            `key:"object"`               // number of the object in the record; 1 where it is not given
	By     Str            `key:"by" empty:"never"`     // who decided what is covered
	Boxes  []Box          `key:"boxes" empty:"never"`
	Words  []CoveredWords `key:"words" empty:"never"`
	At     At
}

// CoveredWords are words of the transcript and translation of the object, as
// they stand there.
type CoveredWords struct {
	Text   Str `key:"text" empty:"never"`
	Ground Str `key:"ground" empty:"never"` // of the vocabulary redaction_ground
	At     At
}

// CoverMark stands in a transcript for words that were covered on a ground.
func CoverMark(ground string) string { return "[…]{" + ground + "}" }

// Box is a place of a picture as it is seen, upright, from its upper left
// corner. Each number is one of pixels, or of percent of the width or height,
// with the sign %.
type Box struct {
	Left   Str `key:"left" empty:"never"`
	Top    Str `key:"top" empty:"never"`
	Width  Str `key:"width" empty:"never"`
	Height Str `key:"height" empty:"never"`
	Ground Str `key:"ground" empty:"never"` // of the vocabulary redaction_ground
	At     At
}
