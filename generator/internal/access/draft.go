package access

import (
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// NewDraft makes a gate for a preview by the people of the archive. It shows
// what is not yet public: records that nobody has reviewed, whose clearance is
// absent, unsigned or not in force, or whose embargo has not ended. What
// somebody decided against – restricted, withdrawn, personal data, a purpose
// or a part that the clearance leaves out – stays withheld, and View removes
// what it always removes. Nothing that passes this gate may be published: a
// build asks [Gate.Draft].
func NewDraft(cs []record.Clearance, asOf edtf.Day) (*Gate, []diag.Diagnostic) {
	g, ds := New(cs, asOf)
	g.draft = true
	return g, ds
}

// Draft reports whether the gate was made by NewDraft.
func (g *Gate) Draft() bool { return g.draft }

// pending are the reasons that time or a signature will lift.
var pending = []Reason{ReasonUnreviewed, ReasonEmbargo, ReasonNoClearance, ReasonClearanceInert, ReasonNotYetValid,
	ReasonExpired, ReasonOutOfScope, ReasonScopeChanged, ReasonNotDecided}

// asDraft turns a no that is not final into a yes. The reason stays, so that
// whoever asks still learns why the record is not public.
func (g *Gate) asDraft(v Verdict, f Facts) Verdict {
	if v.Published() || f.Personal || !slices.Contains(pending, v.Reason) {
		return v
	}
	parts, maxPx, ok := g.intended(f)
	if !ok {
		return v
	}
	if f.State == MetadataOnly || f.State == Conditional {
		parts = Metadata
	}
	return Verdict{Parts: parts, Reason: v.Reason, terms: termsOf(WebExhibition, limitNone), MaxPx: maxPx}
}

// intended is what the clearance of a record would release, signed and in
// force; everything where there is none or where it does not say.
func (g *Gate) intended(f Facts) (parts Parts, maxPx int32, ok bool) {
	all := Metadata | Images | Transcript | Audio | Video
	if f.Clearance == 0 {
		return all, DefaultMaxPx, true
	}
	c := &g.clearances[f.Clearance-1]
	switch {
	case c.unusable == ReasonPurpose || c.unusable == ReasonClearanceFaulty:
		return 0, 0, false
	case c.parts == 0: // a draft is not read as far as its scope
		return all, DefaultMaxPx, true
	}
	return c.parts, c.maxPx, c.parts.Has(Metadata)
}
