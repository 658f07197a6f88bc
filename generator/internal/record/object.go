package record

import (
	"path"
	"strings"
)

// Object is a digital object of an item: a page image, a text, a recording.
// File is relative to the media folder of its fonds.
type Object struct {
	Kind        Str         `key:"kind" vocab:"object_kind"`
	Seq         Int         `key:"seq"`
	Label       Text        `key:"label"`
	CompareWith Int         `key:"compare_with"` // seq of the picture of the record that shows another state of this one
	File        Str         `key:"file"`
	SHA256      Str         `key:"sha256"`
	Bytes       Int         `key:"bytes"`
	MIME        Str         `key:"mime"`
	Width       Int         `key:"width"`
	Height      Int         `key:"height"`
	PPI         Int         `key:"ppi"`
	Duration    Str         `key:"duration"`
	Bitrate     Str         `key:"bitrate"`
	Capture     Capture     `key:"capture"`
	Caption     Text        `key:"caption"`
	Credit      Text        `key:"credit"`
	Alt         Text        `key:"alt"`
	LongDesc    Text        `key:"long_desc"`
	Transcript  *Transcript `key:"transcript"`
	Translation *Transcript `key:"translation"`
	Captions    Str         `key:"captions"`
	AudioDesc   Str         `key:"audio_desc"`
	Chapters    Str         `key:"chapters"` // of a recording, in WebVTT
	Poster      Str         `key:"poster"`   // the picture that stands in place of a film before it is played
	Redacted    Bool        `key:"redacted"`
	RedactNote  Text        `key:"redaction_note"`
	DerivedFrom Str         `key:"derived_from_sha256"`
	Redaction   *Redaction  `key:"redaction"`
	ClearedBy   Str         `key:"cleared_by" empty:"never"`
	Placeholder Bool        `key:"generated_placeholder"`
	At          At
}

// KindWords is the kind of an object of which nothing is shown but its words, since
// its picture may not be. It is written in no file.
const KindWords = "words"

// Words is the transcript of the object: of a text that is the file itself.
func (o Object) Words() *Transcript {
	if o.Kind.V == "text" && o.Transcript == nil && o.File.V != "" {
		return &Transcript{File: o.File}
	}
	return o.Transcript
}

// IsImage reports whether the object is a picture of a page or a photograph.
func (o Object) IsImage() bool { return o.Kind.V == "page" || o.Kind.V == "image" }

// Number is the number of the object that stands at place i, from 0, among
// those of its record: its own, or else its place.
func (o Object) Number(i int) int {
	if o.Seq.V != 0 {
		return o.Seq.V
	}
	return i + 1
}

// IsCovered reports whether something was covered in the object.
func (o Object) IsCovered() bool { return o.Redaction != nil || o.Redacted.V }

// Masters are the SHA-256 of the masters of which the object is a covered copy, in lower
// hex: as the redaction says it, and as the object does.
func (o Object) Masters() (out []string) {
	if o.DerivedFrom.V != "" {
		out = append(out, strings.ToLower(o.DerivedFrom.V))
	}
	if o.Redaction != nil && o.Redaction.DerivedFrom.V != "" {
		out = append(out, strings.ToLower(o.Redaction.DerivedFrom.V))
	}
	return out
}

// IsRecording reports whether the object is a sound or a film.
func (o Object) IsRecording() bool { return o.Kind.V == "audio" || o.IsFilm() }

// IsFilm reports whether the object is a film.
func (o Object) IsFilm() bool { return o.Kind.V == "video" }

// HasPictures reports whether the object is shown by pictures: of itself, or of the pages
// of a PDF. That must be named as one: by its name it is searched before it is shown.
func (o Object) HasPictures() bool {
	return o.IsImage() || o.IsPDF()
}

// IsPDF reports whether the object is a PDF that is named as one.
func (o Object) IsPDF() bool {
	return o.Kind.V == "pdf" && strings.EqualFold(path.Ext(o.File.V), ".pdf")
}

// ShowsOwnText reports whether the text of the pages is that of the file: of a PDF of
// which the record gives no transcript, and in which nothing was covered.
func (o Object) ShowsOwnText() bool {
	return o.IsPDF() && o.Transcript == nil && o.Redaction == nil
}

// Files are the files that the object names, below the media folder.
func (o Object) Files() (out []string) {
	for _, n := range o.Named() {
		out = append(out, n.V)
	}
	return out
}

// Named are these files with the places where they are named: first its own, where
// it has one.
func (o Object) Named() (out []Str) {
	names := []Str{o.File, o.Captions, o.AudioDesc, o.Chapters, o.Poster}
	for _, t := range []*Transcript{o.Transcript, o.Translation} {
		if t != nil {
			names = append(names, t.File)
		}
	}
	for _, n := range names {
		if n.V != "" {
			out = append(out, n)
		}
	}
	return out
}

// Capture says how an object was digitised. The operator is internal.
type Capture struct {
	Date     Date `key:"date"`
	Device   Text `key:"device"`
	Operator Str  `key:"operator"`
	Standard Text `key:"standard"`
}

// Transcript is the text of a page, in the record or in a file beside it.
type Transcript struct {
	Text    Text `key:"text"`
	File    Str  `key:"file"`
	Kind    Str  `key:"kind" vocab:"transcript_kind"`
	Lang    Str  `key:"lang"`
	By      Text `key:"by"`
	Checked Text `key:"checked"`
	Status  Text `key:"status"`
	At      At
}

// Int is a whole number.
type Int struct {
	V  int
	At At
}

// Bool is yes or no.
type Bool struct {
	V  bool
	At At
}
