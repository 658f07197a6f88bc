package record

// Access is the access block of a unit, exhibition or page. Present tells an
// absent block (not published) from a malformed one (an error).
type Access struct {
	State            Str              `key:"state" vocab:"access_state" empty:"never"`
	ConditionalBasis Text             `key:"conditional_basis" empty:"never"`
	EmbargoUntil     Str              `key:"embargo_until" empty:"never"`
	Declassification Declassification `key:"declassification" empty:"never"`
	Personal         Str              `key:"personal" vocab:"personal" empty:"never"`
	CurrentMarking   Str              `key:"current_marking" empty:"never"`
	Note             Text             `key:"note" empty:"never"`
	At               At
}

// Present reports whether an access block was written.
func (a Access) Present() bool { return a.At != At{} }

// Declassification records that a document once bore a marking and who lifted it.
type Declassification struct {
	FormerMarking Str      `key:"former_marking" vocab:"marking" empty:"never"`
	Decision      Decision `key:"decision" empty:"never"`
	At            At
}

// Withdrawal says when and on what ground a record was taken off the site.
type Withdrawal struct {
	Date       Str  `key:"date"`
	Reason     Str  `key:"reason" vocab:"withdrawal_reason"`
	Decision   Text `key:"decision"`
	PublicNote Text `key:"public_note"`
	Level      Str  `key:"level" vocab:"withdrawal_level"`
	At         At
}

// ReasonSecret is the ground of a withdrawal that must not be told.
const ReasonSecret = "state-secret-review"

// PublicReason is the ground that a reader is told. That secrecy was the
// ground would itself disclose something, so it is "other" then.
func (w *Withdrawal) PublicReason() string {
	if w.Reason.V == ReasonSecret || w.Reason.V == "" {
		return "other"
	}
	return w.Reason.V
}

// SaysMore reports whether the notice in the place of the record may name it
// and give the note and the decision. A case of secrecy never does, whatever
// its level says.
func (w *Withdrawal) SaysMore() bool { return w.Level.V == "full" && w.Reason.V != ReasonSecret }

// Clearance is a decision that allows publication.
type Clearance struct {
	ID         Str      `key:"id"`
	Decision   Decision `key:"decision"`
	Basis      []Str    `key:"basis"`
	Scope      Scope    `key:"scope"`
	Valid      Validity `key:"valid"`
	PreparedBy Str      `key:"prepared_by"`
	ApprovedBy Str      `key:"approved_by"`
	Files      []Frozen `key:"files"`
	Note       Text     `key:"note"`
	List       *IDList  // nil where there is none
	File       string
	At         At
}

// IDList is the list of the ids that a clearance decided on, byte for byte as
// it lies beside it: clearances/<id>.txt for clearances/<id>.yaml.
type IDList struct{ File, Text string }

// Scope says what a clearance covers: which records, which parts of them,
// for which purposes, up to which size.
type Scope struct {
	Fonds     []Str  `key:"fonds"`
	Records   []Str  `key:"records"` // ids, and ranges "mau-0001..mau-0042"
	Parts     []Str  `key:"parts" vocab:"part" empty:"never"`
	Purposes  []Str  `key:"purposes" vocab:"purpose" empty:"never"`
	MaxPx     Str    `key:"max_px" empty:"never"` // a number of pixels, or "full"
	Covers    Covers `key:"covers" empty:"never"`
	OpenEnded Bool   `key:"open_ended" empty:"never"`
	At        At
}

// Covers freezes the ids that were decided on.
type Covers struct {
	Count  Int `key:"count"`
	SHA256 Str `key:"sha256"`
	At     At
}

// Validity is when a clearance holds.
type Validity struct {
	From     Str `key:"from"`
	ReviewBy Str `key:"review_by"`
	Until    Str `key:"until"`
}

// Frozen is a file whose content was decided on.
type Frozen struct {
	Name, Hash string
	At         At
}
