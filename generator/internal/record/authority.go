package record

// Repository is an institution that holds fonds. The name to cite it by has
// validity dates, since bodies are renamed.
type Repository struct {
	ID        Str         `key:"id"`
	Name      Text        `key:"name"`
	CiteNames []DatedName `key:"citation_names"`
	Place     Ref         `key:"place"`
	Address   Text        `key:"address"`
	Hours     Text        `key:"opening_hours"`
	Email     Str         `key:"email"`
	Phone     Str         `key:"phone"`
	URL       Str         `key:"url" vocab:"url"`
	Services  Text        `key:"services"`
	History   Text        `key:"history"`
	Note      Text        `key:"note"`
	Sources   []Source    `key:"sources"`
	Control   Control     `key:"control"`
	File      string
	At        At
}

// DatedName is a name that was valid for a time.
type DatedName struct {
	Text        Text `key:"text"`
	Kind        Str  `key:"kind" vocab:"name_kind"`
	Dates       Date `key:"dates"`
	From        Date `key:"from"`
	To          Date `key:"to"`
	AdminParent Text `key:"admin_parent"`
	Note        Text `key:"note"`
}

// Agent is a body, person or family (ISAAR(CPF)).
type Agent struct {
	ID            Str         `key:"id"`
	Type          Str         `key:"type" vocab:"agent_type"`
	Name          Text        `key:"name"`
	SortName      Str         `key:"sort_name"`
	ParallelNames []Text      `key:"parallel_names"`
	OtherNames    []DatedName `key:"other_names"`
	Exist         Date        `key:"exist"`
	ExistNote     Text        `key:"exist_note"`
	History       Text        `key:"history"`
	Places        []Ref       `key:"places"`
	LegalStatus   Text        `key:"legal_status"`
	Functions     Text        `key:"functions"`
	Mandates      Text        `key:"mandates"`
	Structure     Text        `key:"structure"`
	Relations     []Relation  `key:"relations"`
	Living        Str         `key:"living" vocab:"living"`
	Note          Text        `key:"note"`
	Sources       []Source    `key:"sources"`
	FormerIDs     []Str       `key:"former_ids"`
	Control       Control     `key:"control"`
	Bodies        []Body
	File          string
	At            At
}

// Relation ties an agent to another.
type Relation struct {
	Type  Str  `key:"type" vocab:"relation"`
	To    Ref  `key:"to"`
	Dates Date `key:"dates"`
	Note  Text `key:"note"`
	At    At
}

// Place is a place with its names in time.
type Place struct {
	ID          Str         `key:"id"`
	Name        Text        `key:"name"`
	NamesInTime []DatedName `key:"names_in_time"`
	Coords      Coords      `key:"coords"`
	Precision   Str         `key:"precision" vocab:"place_precision"`
	NowIn       Text        `key:"now_in"`
	Parent      Ref         `key:"parent"`
	Description Text        `key:"description"`
	Note        Text        `key:"note"`
	Sources     []Source    `key:"sources"`
	FormerIDs   []Str       `key:"former_ids"`
	Control     Control     `key:"control"`
	Bodies      []Body
	File        string
	At          At
}

// Coords are WGS 84 degrees, as written.
type Coords struct {
	Lat Str `key:"lat"`
	Lon Str `key:"lon"`
}

// Event is something that happened, with the day it is kept on where that differs.
type Event struct {
	ID             Str      `key:"id"`
	Title          Text     `key:"title"`
	Date           Date     `key:"date"`
	Display        Text     `key:"display"`
	CommemoratedOn Str      `key:"commemorated_on"`
	Place          Ref      `key:"place"`
	Agents         []Ref    `key:"agents"`
	Subjects       []Ref    `key:"subjects"`
	Description    Text     `key:"description"`
	Parent         Ref      `key:"parent"`
	Note           Text     `key:"note"`
	Sources        []Source `key:"sources"`
	FormerIDs      []Str    `key:"former_ids"`
	Control        Control  `key:"control"`
	Bodies         []Body
	File           string
	At             At
}

// Subject is a term of a thesaurus, as in SKOS.
type Subject struct {
	ID        Str      `key:"id"`
	Label     Text     `key:"label"`
	AltLabels []Text   `key:"alt_labels"`
	Broader   Ref      `key:"broader"`
	Related   []Ref    `key:"related"`
	ScopeNote Text     `key:"scope_note"`
	Sources   []Source `key:"sources"`
	FormerIDs []Str    `key:"former_ids"`
	Control   Control  `key:"control"`
	Bodies    []Body
	File      string
	At        At
}
