package record

// Profile is a dated set of rules: document types, labels, wording of
// citations, secrecy words. Rules change; a profile is data and never code.
type Profile struct {
	ID       Str        `key:"id"`
	Title    Text       `key:"title"`
	Valid    Validity   `key:"valid"`
	Rules    []Rule     `key:"rules"`
	Forms    []Form     `key:"forms"`
	Labels   []Labelled `key:"labels"`
	Citation []Labelled `key:"citation"`
	Secrecy  Secrecy    `key:"secrecy"`

	Closing []ClosingPeriod `key:"closing_periods"`

	File string
	At   At
}

// Rule is a legal or professional rule the profile rests on.
type Rule struct {
	ID     Str      `key:"id"`
	Number Str      `key:"number"`
	Title  Text     `key:"title"`
	Date   Date     `key:"date"`
	Valid  Validity `key:"valid"`
	Note   Text     `key:"note"`
}

// Form is a document type or form of record. ID is the slug of its Vietnamese name.
type Form struct {
	ID      Str   `key:"id"`
	Label   Text  `key:"label"`
	Symbols []Str `key:"symbols"`
	From    Str   `key:"from"`
	To      Str   `key:"to"`
	Group   Str   `key:"group" vocab:"form_group"`
}

// Labelled is a wording for a key: a field label, a citation template.
type Labelled struct {
	Key  string
	Text Text
}

// Secrecy holds the words that mark a document as secret or restricted, for
// `check --markings`. Package marking says how they are looked for.
type Secrecy struct {
	Markings    []Str `key:"markings"`    // secrecy: an error
	Circulation []Str `key:"circulation"` // circulation: an error
	Warnings    []Str `key:"warnings"`    // urgency, drafts: only warned of
	Alone       []Str `key:"alone"`       // of these, the words of every day: they count by themselves only
	Folded      []Str `key:"folded"`      // of these, those that are known without their marks too
	Harmless    []Str `key:"harmless"`    // words of which one of these is a part, besides those of the program

	Degrees SecrecyDegrees `key:"degrees"`
}

// SecrecyDegrees says of words of secrecy which former marking of a declassification
// covers them: its own and those of lower degrees. Words may stand here that are not
// looked for, since papers bear them and texts mean something else (TM).
type SecrecyDegrees struct {
	Mat      []Str `key:"mat"`
	ToiMat   []Str `key:"toi-mat"`
	TuyetMat []Str `key:"tuyet-mat"`
}

// ClosingPeriod is for how long records with personal data of a kind stay
// closed whatever was decided. That it has passed opens none.
type ClosingPeriod struct {
	Personal Str `key:"personal" vocab:"personal" empty:"never"` // what the record says of its personal data
	After    Str `key:"after" vocab:"closing_event" empty:"never"`
	Years    Int `key:"years" empty:"never"` // whole years, after that of the event
	Rule     Str `key:"rule"`                // id of the rule that it rests on
	At       At
}
