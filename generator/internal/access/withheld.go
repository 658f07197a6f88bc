package access

import "vitrine/generator/internal/record"

// Withheld is what readers of a public record look for in vain.
type Withheld struct {
	Object record.Object
	What   What
}

// What is withheld of an object, since the clearance does not release it.
type What uint8

// What can be.
const (
	WithheldSound What = iota
	WithheldFilm
	WithheldText    // an object that is a text
	WithheldCovered // the words of a picture in which something is covered, where it is not shown itself
	WithheldOwnText // that of a PDF of which the pages are not shown, where it has no other transcript
)

// Withheld is what the clearance of a record withholds of its objects although it shows
// the record, and nobody would know why. Pictures are not among it, nor are their words:
// that these go or stay is what parts are named for. What a decision of an object's own
// withholds is told by [Gate.Narrow].
func (v Verdict) Withheld(u *record.Unit) (out []Withheld) {
	var met decisions
	for _, o := range u.Objects {
		if v.lacks(&met, o.ClearedBy.V) {
			continue
		}
		words := v.Parts.Has(Transcript) && !v.Parts.Has(Images)
		switch {
		case o.IsFilm() && !v.Parts.Has(Video):
			out = append(out, Withheld{o, WithheldFilm})
		case o.IsRecording() && !o.IsFilm() && !v.Parts.Has(Audio):
			out = append(out, Withheld{o, WithheldSound})
		case o.Kind.V == "text" && !v.Parts.Has(Transcript):
			out = append(out, Withheld{o, WithheldText})
		case words && objectParts[o.Kind.V] == Images && o.IsCovered() && (o.Transcript != nil || o.Translation != nil):
			out = append(out, Withheld{o, WithheldCovered})
		case words && o.ShowsOwnText():
			out = append(out, Withheld{o, WithheldOwnText})
		}
	}
	return out
}
