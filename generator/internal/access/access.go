// Package access decides what may be published; it is the only package that can say yes.
//
// Publication is denied unless everything says otherwise: a record needs an
// access block whose state allows it and a clearance that is complete, in
// force on the day of the build, and covers the record, the part and the
// purpose. Openness never inherits, restriction does. What the gate withholds
// is withheld from every other package: they receive a View.
package access

import (
	"slices"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// State is a record's access state, packed.
type State uint8

// The states, in the order of the vocabulary; the zero State is denied.
const (
	Unreviewed State = iota
	Public
	MetadataOnly
	Conditional
	Embargo
	Restricted
	Withdrawn
)

var states = map[string]State{
	"": Unreviewed, "unreviewed": Unreviewed, "public": Public, "metadata-only": MetadataOnly, "conditional": Conditional,
	"embargo": Embargo, "restricted": Restricted, "withdrawn": Withdrawn,
}

// Parts are the parts of a record that a clearance can release.
type Parts uint8

// The parts.
const (
	Metadata Parts = 1 << iota
	Images
	Transcript
	Audio
	Video
)

var partNames = map[string]Parts{"metadata": Metadata, "images": Images, "transcript": Transcript, "audio": Audio, "video": Video}

// Has reports whether all parts of q are in p.
func (p Parts) Has(q Parts) bool { return p&q == q }

// Purposes are what a clearance can release its parts for. One does not hold
// another: what may be seen on the site may not be downloaded in bulk.
type Purposes uint8

// The purposes.
const (
	WebExhibition Purposes = 1 << iota // the pages, with the feed and the sitemap that lead to them
	BulkDownload
	Harvesting
	Offline
)

var purposeNames = map[string]Purposes{"web-exhibition": WebExhibition, "bulk-download": BulkDownload, "harvesting": Harvesting, "offline": Offline}

// Has reports whether all purposes of q are in p.
func (p Purposes) Has(q Purposes) bool { return p&q == q }

// Facts is what a verdict on one record rests on, packed so that a million
// of them fit into memory: 12 bytes.
type Facts struct {
	State     State
	Personal  bool     // personal data that nobody has reviewed, or in a withdrawn record such as may not be shown today
	Marked    bool     // it bears a marking that no decision has lifted yet
	Embargo   edtf.Day // first day after the embargo; 0 where there is none
	Clearance uint32   // number of the clearance, from Gate.Number; 0 is none
}

// Statement is what a record says of its publication, without the decision
// that it names: it stays the same whatever becomes of that decision.
type Statement struct {
	State     State
	Personal  Personal
	Embargo   edtf.Day
	Lifted    edtf.Day // on which a decision lifted its marking; 0 where it never bore one
	Clearance string
}

// StatementOf takes the statement from an access block and the clearance it
// names. A record that says it was withdrawn is, whatever its state says; one that
// names no condition is not open under it.
func StatementOf(a record.Access, clearance record.Str, withdrawn *record.Withdrawal) Statement {
	s := Statement{State: states[a.State.V], Clearance: clearance.V, Personal: personal[a.Personal.V], Lifted: liftedOn(a)}
	if a.EmbargoUntil.V != "" {
		s.Embargo = lastDay
		if d, ok := exactDay(a.EmbargoUntil.V); ok {
			s.Embargo = d
		}
	}
	if s.State == Conditional && !HasCondition(a) {
		s.State = Unreviewed
	}
	if withdrawn != nil {
		s.State = Withdrawn
	}
	return s
}

// HasCondition reports whether an access block says on what condition a document may
// be used.
func HasCondition(a record.Access) bool {
	return slices.ContainsFunc(a.ConditionalBasis.Langs, func(l record.LangText) bool { return Written(l.V) })
}

// Facts are those of a statement.
func (g *Gate) Facts(s Statement) Facts {
	return Facts{State: s.State, Personal: s.Personal == PersonalUnreviewed, Marked: s.Lifted > g.today, Embargo: s.Embargo, Clearance: g.Number(s.Clearance)}
}

// FactsOf are the facts of a record.
func (g *Gate) FactsOf(a record.Access, clearance record.Str, withdrawn *record.Withdrawal) Facts {
	return g.Facts(StatementOf(a, clearance, withdrawn))
}

// lastDay is later than any build: an embargo that cannot be read never ends.
const lastDay = edtf.Day(1<<31 - 1)

// Verdict is what may be shown of a record, and why no more. The zero
// Verdict shows nothing.
type Verdict struct {
	Parts  Parts
	Reason Reason
	terms  terms
	lapsed lapsed // of the decisions that its objects name, those not in force
	MaxPx  int32  // longest side of any published image, in pixels; 0 is no limit
}

// terms are the purposes for which parts may be used, and above them in the byte what a
// record restricts in its descendants.
type terms uint8

func termsOf(p Purposes, l limit) terms   { return terms(p) | terms(l)<<4 }
func (t terms) purposes() Purposes        { return Purposes(t & 0xf) }
func (t terms) limit() limit              { return limit(t >> 4) }
func (t terms) restricting(l limit) terms { return termsOf(t.purposes(), l) }

// limit is what a record restricts in those beneath it.
type limit uint8

const (
	limitNone limit = iota
	limitMetadata
	limitWithdrawn // all but the notices of those that were withdrawn themselves
	limitAll
)

var stateLimits = map[State]limit{MetadataOnly: limitMetadata, Conditional: limitMetadata, Restricted: limitAll, Withdrawn: limitWithdrawn}

// Published reports whether the record has a page.
func (v Verdict) Published() bool { return v.Parts.Has(Metadata) }

// For is what may be used of the record for a purpose, or for all of several.
// Whatever is made of a site holds no more than the site: a record that may not
// be exhibited is in no download, harvest or offline copy either.
func (v Verdict) For(p Purposes) Verdict {
	if v.Published() && !v.Purposes().Has(p) {
		return Verdict{Reason: ReasonPurpose, terms: termsOf(0, v.terms.limit())}
	}
	return v
}

// Purposes are all that the parts may be used for.
func (v Verdict) Purposes() Purposes { return v.terms.purposes() }

// Tombstone reports whether a notice stands where the record was.
func (v Verdict) Tombstone() bool { return v.Reason == ReasonWithdrawn }

// MayTell reports whether the notice in the place of a withdrawn record may say what that was:
// a decision let its description be seen, and nothing above it was withdrawn.
func (v Verdict) MayTell() bool { return v.Tombstone() && v.Purposes().Has(WebExhibition) }

// Judge decides on one record by itself. What its ancestors restrict is
// added by Under.
func (g *Gate) Judge(id, fonds string, f Facts) Verdict {
	v := g.judge(id, fonds, f)
	if g.draft {
		v = g.asDraft(v, f)
	}
	l := stateLimits[f.State]
	if (v.Reason == ReasonEmbargo || v.Reason == ReasonMarked) && !v.Published() {
		l = limitAll
	}
	v.terms = v.terms.restricting(l)
	return v
}

// withholds says why a record is withheld whatever its clearance says, ReasonNone
// where nothing does.
func (g *Gate) withholds(f Facts) Reason {
	switch {
	case f.Marked:
		return ReasonMarked
	case f.State == Unreviewed:
		return ReasonUnreviewed
	case f.State == Restricted:
		return ReasonRestricted
	case f.State == Withdrawn:
		return ReasonWithdrawn
	case f.Personal:
		return ReasonPersonal
	case f.Embargo > g.today || f.State == Embargo && f.Embargo == 0:
		return ReasonEmbargo
	}
	return ReasonNone
}

func (g *Gate) judge(id, fonds string, f Facts) Verdict {
	if f.State == Withdrawn {
		return g.withdrawn(id, fonds, f)
	}
	if r := g.withholds(f); r != ReasonNone {
		return Verdict{Reason: r}
	}
	if f.Clearance == 0 {
		return Verdict{Reason: ReasonNoClearance}
	}
	c := &g.clearances[f.Clearance-1]
	if r := c.refuses(id, fonds, g.today); r != ReasonNone {
		return Verdict{Reason: r}
	}
	if !c.parts.Has(Metadata) {
		return Verdict{Reason: ReasonPart}
	}
	if f.State == MetadataOnly || f.State == Conditional {
		return Verdict{Parts: Metadata, Reason: ReasonMetadataOnly, terms: termsOf(c.purposes, limitNone), MaxPx: c.maxPx}
	}
	return Verdict{Parts: c.parts, terms: termsOf(c.purposes, limitNone), MaxPx: c.maxPx}
}

// withdrawn is the verdict on a record that was. A decision that expired since let it be seen
// as well; where none ever did, nobody cleared what a notice would say of it either.
func (g *Gate) withdrawn(id, fonds string, f Facts) Verdict {
	v := Verdict{Reason: ReasonWithdrawn}
	if f.Clearance == 0 || f.Marked || f.Personal || f.Embargo > g.today {
		return v
	}
	c := &g.clearances[f.Clearance-1]
	if c.parts.Has(Metadata) && c.refuses(id, fonds, min(g.today, c.until)) == ReasonNone {
		v.terms = termsOf(WebExhibition, limitNone)
	}
	return v
}

// Under adds what the ancestors restrict: one that is restricted, withdrawn
// or under embargo withholds all beneath it, one that shows its description
// alone lets those beneath it show no more. An unreviewed record between
// restricts nothing and lifts nothing. The notice in the place of a withdrawn
// record outlasts the withdrawal of those above it, since its address was public before;
// what it told of the record goes with them.
func (v Verdict) Under(parent Verdict) Verdict {
	above := parent.terms.limit()
	v.terms = v.terms.restricting(max(v.terms.limit(), above))
	switch {
	case above == limitWithdrawn && v.Tombstone():
		v.terms = termsOf(0, v.terms.limit())
	case above >= limitWithdrawn:
		return Verdict{Reason: ReasonAncestor, terms: termsOf(0, v.terms.limit())}
	case above == limitMetadata && v.Published():
		v.Parts, v.Reason = Metadata, ReasonMetadataOnly
	}
	return v
}

// InHiddenFonds is the verdict on a record whose fonds is not published.
func (v Verdict) InHiddenFonds() Verdict {
	if !v.Published() && !v.Tombstone() {
		return v
	}
	return Verdict{Reason: ReasonFonds, terms: termsOf(0, v.terms.limit())}
}

// Since is the first day on which a record may be shown: that of its
// clearance, or the one after its embargo.
func (g *Gate) Since(f Facts) edtf.Day {
	if f.Clearance == 0 {
		return 0
	}
	return max(g.clearances[f.Clearance-1].from, f.Embargo)
}
