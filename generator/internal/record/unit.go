package record

// Unit is a unit of description: a fonds, collection, sub-fonds, series,
// sub-series, file, item or part (ISAD(G), glossary). Keys and obligations
// are worded in the table Fields.
type Unit struct {
	ID          Str    `key:"id"`
	Level       Str    `key:"level" vocab:"level"`
	Parent      Str    `key:"parent"`
	FormerIDs   []Str  `key:"former_ids"`
	Title       Text   `key:"title"`
	TitleKind   Str    `key:"title_kind" vocab:"title_kind"`
	Subtitle    Text   `key:"subtitle"`
	OtherTitles []Text `key:"other_titles"`

	Reference Reference `key:"reference"`
	Dates     Dates     `key:"dates"`
	Extent    Extent    `key:"extent"`
	Form      Str       `key:"form" vocab:"form"`

	Creators        []Creator `key:"creators"`
	CreatorHistory  Text      `key:"creator_history"`
	ArchivalHistory Text      `key:"archival_history"`
	Acquisition     Text      `key:"acquisition"`

	Scope       Text `key:"scope"`
	Appraisal   Text `key:"appraisal"`
	Accruals    Text `key:"accruals"`
	Status      Str  `key:"status" vocab:"fonds_status"`
	Arrangement Text `key:"arrangement"`

	Access    Access      `key:"access" empty:"never"`
	Clearance Str         `key:"clearance" empty:"never"`
	Withdrawn *Withdrawal `key:"withdrawn" empty:"never"`
	Rights    Rights      `key:"rights"`
	Languages []Str       `key:"languages"`
	Scripts   []Str       `key:"scripts"`

	Physical    Physical `key:"physical"`
	FindingAids Text     `key:"finding_aids"`

	Originals    Originals `key:"originals"`
	Copies       Text      `key:"copies"`
	Related      []Related `key:"related"`
	Publications []Text    `key:"publications"`
	Notes        Text      `key:"notes"`
	InfoSymbol   Text      `key:"info_symbol"`

	Keywords []Text `key:"keywords"`
	Agents   []Ref  `key:"agents"`
	Place    Ref    `key:"place"`
	Places   []Ref  `key:"places"`
	Events   []Ref  `key:"events"`
	Subjects []Ref  `key:"subjects"`

	SpecialValue []SpecialValue `key:"special_value"`
	Digitisation Digitisation   `key:"digitisation"`
	PreferCite   Text           `key:"prefer_cite"`

	Doc   Document  `key:"doc"`
	News  Newspaper `key:"news"`
	Photo Photo     `key:"photo"`
	AV    AV        `key:"av"`
	Map   Map       `key:"map"`

	Objects []Object `key:"objects"`
	Sources []Source `key:"sources"`
	Extra   []Extra  `key:"extra"`
	Control Control  `key:"description_control"`

	// Bodies is the longer description that stands in Markdown files beside
	// the record, one per language, with their paths.
	Bodies []Body

	File string // the file it was read from, relative to the content folder
	At   At     // of its first key
	Sum  Sum    // of its text, the defaults of its fonds and its bodies
}

// Body is a Markdown file that belongs to a record.
type Body struct {
	Lang, File, Text string
	Line             int // of the first character of Text
}

// Reference is the shelf reference in its parts. Mục lục (an inventory) is a
// part of it and not a level of description.
type Reference struct {
	Repository  Str   `key:"repository"`
	FondsNo     Str   `key:"fonds_no"`
	InventoryNo Str   `key:"inventory_no"`
	UnitNo      Str   `key:"unit_no"`
	Folios      Str   `key:"folios"`
	Former      []Str `key:"former"`
	At          At
}

// IsZero reports whether no part of the reference is given.
func (r Reference) IsZero() bool {
	return r.FondsNo.V == "" && r.InventoryNo.V == "" && r.UnitNo.V == "" && r.Folios.V == "" && r.Repository.V == ""
}

// Dates of creation, as EDTF and as written.
type Dates struct {
	Created   Date `key:"created"`
	AsWritten Text `key:"as_written"`
	Display   Text `key:"display"`
	Basis     Text `key:"basis"`
	Note      Text `key:"note"`
	At        At
}

// Extent is text, a quantity with its unit, or both.
type Extent struct {
	Text     Text
	Quantity Str
	Unit     Text
	At       At
}

// IsZero reports whether no extent is given.
func (e Extent) IsZero() bool { return e.Text.IsZero() && e.Quantity.V == "" }

// Creator is somebody who made, issued, signed or gathered the unit.
type Creator struct {
	Agent Ref // id or name
	Role  Str
	As    Str // the name as signed
	At    At
}

// Rights of reproduction. URI comes from rightsstatements.org or Creative Commons.
type Rights struct {
	URI    Str  `key:"uri" vocab:"rights"`
	Credit Text `key:"credit"`
	Holder Text `key:"holder"`
	Note   Text `key:"note"`
	At     At
}

// IsZero reports whether nothing is said of rights.
func (r Rights) IsZero() bool { return r.URI.V == "" && r.Credit.IsZero() }

// Physical characteristics.
type Physical struct {
	Condition  Text `key:"condition"`
	Carrier    Text `key:"carrier"`
	Dimensions Text `key:"dimensions"`
	Technique  Text `key:"technique"`
	Note       Text `key:"note"`
}

// Originals says whether this is the original, and where the original is.
type Originals struct {
	Status   Str  `key:"status" vocab:"copy_status"`
	HeldBy   Ref  `key:"held_by"`
	ThisCopy Str  `key:"this_copy" vocab:"copy_status"`
	Note     Text `key:"note"`
}

// Related is a link to another record.
type Related struct {
	ID   Str  `key:"id"`
	Note Text `key:"note"`
	At   At
}

// SpecialValue is a recognition: national treasure, documentary heritage.
type SpecialValue struct {
	Kind     Str  `key:"kind" vocab:"special_value"`
	Round    Str  `key:"round"`
	Year     Str  `key:"year"`
	Decision Text `key:"decision"`
	Note     Text `key:"note"`
}

// Digitisation status of the unit.
type Digitisation struct {
	Status   Text `key:"status"`
	Date     Date `key:"date"`
	Standard Text `key:"standard"`
	Note     Text `key:"note"`
}

// Document holds what is particular to administrative documents.
type Document struct {
	Type          Str    `key:"type"`
	Symbol        Str    `key:"symbol"`
	Number        Str    `key:"number"`
	Issuer        Ref    `key:"issuer"`
	Signatory     Ref    `key:"signatory"`
	Capacity      Text   `key:"capacity"`
	PlaceDateLine Text   `key:"place_date_line"`
	Addressees    []Text `key:"addressees"`
	Secrecy       Text   `key:"secrecy_as_marked"`
	CopyStatus    Str    `key:"copy_status" vocab:"copy_status"`
	Hand          Text   `key:"hand"`
	Pseudonym     Text   `key:"pseudonym"`
}

// Newspaper holds what is particular to issues of serials.
type Newspaper struct {
	Title         Text `key:"title"`
	Issue         Text `key:"issue"`
	NumberPrinted Str  `key:"number_printed"`
}

// Photo holds what is particular to photographs.
type Photo struct {
	Caption      Text     `key:"caption"`
	Photographer Ref      `key:"photographer"`
	Event        Text     `key:"event"`
	Colour       Text     `key:"colour"`
	Size         Text     `key:"size"`
	Persons      []Person `key:"persons"`
}

// Person is somebody in a photograph, by position.
type Person struct {
	Position Text `key:"position"`
	Name     Ref  `key:"name"`
}

// AV holds what is particular to sound and film.
type AV struct {
	Duration  Str   `key:"duration"`
	Language  Str   `key:"language"`
	Quality   Text  `key:"quality"`
	Carrier   Text  `key:"carrier"`
	Programme Text  `key:"programme"`
	Speakers  []Ref `key:"speakers"`
	Tracks    Text  `key:"tracks"`
}

// Map holds what is particular to maps.
type Map struct {
	Scale      Text `key:"scale"`
	Projection Text `key:"projection"`
}

// Extra is a value that an import could not place: kept, not published.
type Extra struct {
	Key, V string
	At     At
}
