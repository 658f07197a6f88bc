package plan

import (
	"iter"
	"math/bits"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/record"
)

// question is what a page wants to know of one entry. The answers go into its
// key; see key.go.
type question uint32

const (
	askName      question = 1 << iota // its kind, address and title in the first language
	askOtherName                      // its titles in the other languages
	askFace                           // what a list shows of it besides
	askCount                          // how many units are beneath it
	askCounts                         // how many of each level
	askText                           // its own record, and what may be shown of it
	askImages                         // what was made of its images
	askBranches                       // the units directly beneath it that may hold others
	askPlace                          // the unit above it and its neighbours
	askLinked                         // how many records name it
	askNarrower                       // the subjects that name it as broader
	askShown                          // the exhibitions that show it
	askDocuments                      // how many units the exhibition shows
	askSpecial                        // what is of special value beneath it
	askStrip                          // the pictures that stand for what is beneath it
	askEditions                       // the editions in which its states appeared
	questions    = iota               // at most 31: see lookedFor
)

// each yields the questions of a set.
func (what question) each() iter.Seq[question] { return eachBit(what, questions) }

// eachBit yields the bits of a set, from the lowest.
func eachBit[T ~uint16 | ~uint32](set T, n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range n {
			if bit := T(1) << i; set&bit != 0 && !yield(bit) {
				return
			}
		}
	}
}

// numberOf is the place of the only bit of a set.
func numberOf[T ~uint16 | ~uint32](bit T) int { return bits.TrailingZeros32(uint32(bit)) }

// matter is what a page wants to know of the site as a whole.
type matter uint16

const (
	siteFrame matter = 1 << iota // what all pages of its language share
	siteAxis                     // the span of the rulers
	siteYears                    // the figures of the timeline
	siteHalls                    // the galleries and how many pictures each has
	siteStrip                    // the pictures that stand for the site
	siteKinds                    // the entries of every kind but units
	siteTop                      // the fonds
	sitePages                    // the pages of content/pages
	matters   = iota
)

func (what matter) each() iter.Seq[matter] { return eachBit(what, matters) }

// inquiry notes what a page asked while it was composed.
type inquiry struct {
	rows   map[int32]question
	absent map[string]bool // ids that nobody bears
	files  map[string]bool // sources that are no records
	site   matter
	told   bool // a diagnostic was reported
}

func newInquiry() *inquiry {
	return &inquiry{rows: map[int32]question{}, absent: map[string]bool{}, files: map[string]bool{}}
}

// view is the catalog as a page sees it: it answers as the catalog does and
// notes what was asked. While pages are planned nothing is noted.
type view struct {
	cat    *catalog.Catalog
	thumbs *catalog.Thumbs
	q      *inquiry // nil: nobody wants to know
}

func (v *view) ask(row int32, what question) {
	if v.q != nil {
		v.q.rows[row] |= what
	}
}

func (v *view) askSite(what matter) {
	if v.q != nil {
		v.q.site |= what
	}
}

func (v *view) askFile(file string) {
	if v.q != nil {
		v.q.files[file] = true
	}
}

// Find returns the row of an id that is published.
func (v *view) Find(id string) (row int32, ok bool) {
	row, ok = v.cat.Find(id)
	switch {
	case v.q == nil:
	case ok:
		v.ask(row, 0)
	default:
		v.q.absent[id] = true
	}
	return row, ok
}

// ID is the id of an entry.
func (v *view) ID(row int32) string { return v.cat.ID(row) }

// Kind is what an entry stands for.
func (v *view) Kind(row int32) catalog.Kind { v.ask(row, askName); return v.cat.Kind(row) }

// Title is the title in a language, or in the first one.
func (v *view) Title(row int32, lang string) (text, actual string) {
	v.ask(row, askName)
	if !v.cat.IsFirst(lang) {
		v.ask(row, askOtherName)
	}
	return v.cat.Title(row, lang)
}

// Fonds is the fonds of a unit.
func (v *view) Fonds(row int32) int32 { v.ask(row, askName); return v.cat.Fonds(row) }

// Reference is the reference code of a unit in one line.
func (v *view) Reference(row int32, words catalog.ReferenceWords) string {
	v.ask(row, askFace)
	return v.cat.Reference(row, words)
}

// Commemorated is the day an event is kept on.
func (v *view) Commemorated(row int32) string { v.ask(row, askFace); return v.cat.Commemorated(row) }

// Date is the date of an entry.
func (v *view) Date(row int32) edtf.Date { v.ask(row, askFace); return v.cat.Date(row) }

// DateKey is the date packed for sorting.
func (v *view) DateKey(row int32) edtf.Key { v.ask(row, askFace); return v.cat.DateKey(row) }

// Level is the level of description of a unit.
func (v *view) Level(row int32) string { v.ask(row, askFace); return v.cat.Level(row) }

// Form is the document type of a unit.
func (v *view) Form(row int32) string { v.ask(row, askFace); return v.cat.Form(row) }

// Has reports whether a flag is set.
func (v *view) Has(row int32, f catalog.Flag) bool { v.ask(row, askFace); return v.cat.Has(row, f) }

// Thumb is the thumbnail of a row.
func (v *view) Thumb(row int32) (catalog.Thumb, bool) { v.ask(row, askFace); return v.thumbs.Of(row) }

// Verdict is what may be shown of a unit.
func (v *view) Verdict(row int32) access.Verdict { v.ask(row, askText); return v.cat.Verdict(row) }

// Facts are what the verdict rests on.
func (v *view) Facts(row int32) access.Facts { v.ask(row, askText); return v.cat.Facts(row) }

// Inherited are the values of a unit completed from its ancestors.
func (v *view) Inherited(row int32) catalog.Inherited {
	v.ask(row, askText)
	return v.cat.Inherited(row)
}

// Loc is where the record of an entry stands.
func (v *view) Loc(row int32) record.Loc { v.ask(row, askText); return v.cat.Loc(row) }

// Sum tells the text of a unit from any other.
func (v *view) Sum(row int32) record.Sum { v.ask(row, askText); return v.cat.Sum(row) }

// Parent is the nearest published ancestor of a unit.
func (v *view) Parent(row int32) int32 { v.ask(row, askPlace); return v.cat.Parent(row) }

// Before is the sibling before a unit.
func (v *view) Before(row int32) int32 { v.ask(row, askPlace); return v.cat.Before(row) }

// Next is the sibling behind a unit.
func (v *view) Next(row int32) int32 { v.ask(row, askPlace); return v.cat.Next(row) }

// Beneath is how many units there are beneath one, at every depth.
func (v *view) Beneath(row int32) int { v.ask(row, askCount); return v.cat.Beneath(row) }

// Counts are the units of each level beneath one.
func (v *view) Counts(row int32) map[string]int { v.ask(row, askCounts); return v.cat.Counts(row) }

// Special are the first units of special value beneath one.
func (v *view) Special(row int32) []int32 {
	v.ask(row, askSpecial)
	return v.cat.Special(row, maxSpecial)
}

// maxSpecial is the most units of special value that the page of a fonds names.
const maxSpecial = 12

// Narrower are the subjects that name one as broader.
func (v *view) Narrower(row int32) []int32 { v.ask(row, askNarrower); return v.cat.Narrower(row) }

// Documents is how many units an exhibition shows.
func (v *view) Documents(row int32) int { v.ask(row, askDocuments); return v.cat.Documents(row) }

// Exhibitions are the exhibitions that show a record.
func (v *view) Exhibitions(row int32) []catalog.Link {
	v.ask(row, askShown)
	return v.cat.Exhibitions(row)
}

// Top yields the fonds and collections.
func (v *view) Top() iter.Seq[int32] { v.askSite(siteTop); return v.cat.Top() }

// Of yields the rows of a kind.
func (v *view) Of(k catalog.Kind) iter.Seq[int32] { v.askSite(siteKinds); return v.cat.Of(k) }

// Len is the number of entries of a kind.
func (v *view) Len(k catalog.Kind) int { v.askSite(siteKinds); return v.cat.Len(k) }

// Range is the first row of a kind and the one behind its last.
func (v *view) Range(k catalog.Kind) (lo, hi int32) { v.askSite(siteKinds); return v.cat.Range(k) }

// Tombstones yields the withdrawn records.
func (v *view) Tombstones() iter.Seq[catalog.Tombstone] { return v.cat.Tombstones() }
