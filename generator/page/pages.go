package page

import (
	"html/template"
	"slices"
)

// Home is the first page of a language.
type Home struct {
	Layout
	Subtitle    Words
	Intro       Words
	Lead        *Image // one document, large, with its label
	LeadSlip    *Slip
	Exhibitions []ExhibitionStrip
	Shelf       []Spine
	Figures     []Figure
	Timeline    Link
	Gallery     Link
	Strip       []Image
	Density     *Density // nil when nothing is dated
	AllFonds    *Link    // where the shelf does not hold all
	Recent      []Slip
}

// ExhibitionStrip is a wide strip that leads into an exhibition.
type ExhibitionStrip struct {
	Href      string
	Title     Words
	Subtitle  Words
	Question  Words
	Lead      Words
	Image     *Image
	Dates     Words // opening to closing
	Ruler     *Ruler
	Sections  int
	Documents int
}

// Spine is a fonds on the shelf of the home page.
type Spine struct {
	Slip
	Metres string // extent as declared
	Width  int    // of the spine, in per cent of the widest, 12..100
	Items  int    // published items
}

// Figure is a declared or counted number with its date and source.
type Figure struct {
	Label  Words
	Value  Words
	Date   string
	Source Words
}

// FondsIndex lists all fonds and collections.
type FondsIndex struct {
	Layout
	Fonds  []Spine
	Pager  Pager
	Browse *Link // nil where there is nothing to look through
}

// Fonds is the page of one fonds or collection.
type Fonds struct {
	Layout
	Level       string
	Title       Words
	Reference   Reference
	Date        Date
	Badges      []Badge
	Lead        Words // the scope, first paragraph
	Body        template.HTML
	BodyLang    string
	Contents    []Link // headings of Body
	Essentials  []Field
	Areas       []Area
	Creators    []Creator
	Tree        []Branch
	Children    []Slip // items that hang directly under the fonds
	Pager       Pager
	Register    *Link // to its files and items in the order of their references; nil where Children are these
	Strip       []Image
	Gallery     *Link
	Special     []Slip
	Exhibitions []Link
	Repository  *Contact
	Counts      []Figure // published records by level
	Citations   []Citation
	State       State
	Finding     string     // link to the description as EAD3; empty where there is none
	Selection   []Download // references to all its records
	Tables      []Download // of its records
}

// Downloads is the page about what can be downloaded.
type Downloads struct {
	Layout
	Heading    string
	Licence    Words
	LicenceURI string
	Whole      []DataFile // about the whole archive
	Fonds      []DataSet
	More       *Link      // to the other fonds; nil where all are listed
	Programs   []DataFile // for programs of others
	Contact    *Contact   // whom to ask; nil where nobody is named
}

// DataSet is a fonds with the files about it.
type DataSet struct {
	Fonds Link
	Files []DataFile
}

// DataFile is a file with its size in words, empty where it is not known.
type DataFile struct {
	Download
	Size, Note string
}

// Creator is a creator of a fonds with its history.
type Creator struct {
	Link    Link
	Dates   string
	History Words
}

// Branch is a series or file in the tree of a fonds.
type Branch struct {
	Slip
	Branches []Branch
	More     *Link // where not all branches are listed
}

// Record is the page of a series, file, item or part.
type Record struct {
	Layout
	Level       string // key: "series", "file", "item", "part"
	LevelLabel  string
	Form        Words
	Title       Words
	Supplied    bool // title given by the archivist: shown in brackets
	Subtitle    Words
	Byline      []Link // who, where
	Reference   Reference
	Date        Date
	Badges      []Badge
	Sheets      []Sheet
	Comparisons []Comparison
	Reading     Words // why no image is shown: seen in the reading room, condition of access
	Request     string
	Scope       Words
	Body        template.HTML
	BodyLang    string
	Essentials  []Field
	Areas       []Area
	Branches    []Branch
	Children    []Slip
	Pager       Pager
	Rights      Rights
	Citations   []Citation
	State       State
	Fonds       Link
	Up          *Link // the nearest published ancestor
	Prev, Next  *Link // in the same file
	Exhibitions []Link
	Related     []Link
	Repository  *Contact
}

// Widest is the ratio of the widest picture of a record, as Image.Ratio has it; 0
// where there is none.
func (r Record) Widest() (out int) {
	for _, s := range r.Sheets {
		if s.Image != nil {
			out = max(out, s.Image.Ratio())
		}
	}
	return out
}

// Sheet is one digital object of a record: a page image, a sound, a film.
type Sheet struct {
	Anchor       string // "to-1", for links to a sheet
	Label        Words
	Kind         string
	Image        *Image     // nil where there is no picture to show
	Recording    *Recording // nil where there is nothing to play
	Caption      Words      // of a recording; a picture has its own
	Mark         string     // "MINH HOẠ" on a recording that is no original
	Compared     bool       // another state of it is shown on the page
	File         *File      // of the object that begins here, for readers to take away; nil where there is none
	Covered      Words      // "Đã che 2 chỗ: thông tin cá nhân"
	Note         Words      // on redaction, or on why there is no picture
	LongDesc     Words      // what is to be seen in it, at length
	Described    Words      // what is to be seen in a film, for those who hear it alone
	Transcript   Words
	TranscriptBy Words
	Translation  Words

	Lines            []Passage // of a transcript whose lines are shown as they stand; then Transcript has a language alone
	TranslationLines []Passage // the same of a translation
}

// Offers reports whether there is a file to take away.
func (s Sheet) Offers() bool {
	return s.File != nil || s.Image != nil && slices.ContainsFunc(s.Image.Sizes, func(z Size) bool { return z.Name != "" })
}

// OnlyWords reports whether a sheet never has a picture, so that none is missed on it.
func (s Sheet) OnlyWords() bool { return s.Kind == "words" || s.Kind == "text" }

// Passage is a paragraph or column of a page, line by line.
type Passage struct {
	Lang  string // where it differs from that of the transcript
	Lines []Line
}

// Line is a line of a page. X, Y, W and H are its place on the picture, in pixels
// of the file Image.Full, from the upper left corner; all are 0 where nobody knows
// it.
type Line struct {
	Text       string
	X, Y, W, H int
}

// Comparison shows two pictures of a record, or two states of one, that can be
// laid over each other.
type Comparison struct {
	Left, Right *Image
	View        string // how it opens: "side", "slider" or "blink"
}

// Rights says what may be done with the objects.
type Rights struct {
	Label  string
	URI    string
	Note   string // "bản dịch không chính thức"
	Credit Words
	Holder Words
	Copy   string // the sentence that a digital object does not replace a certified copy
}

// Tombstone stands where a withdrawn record was.
type Tombstone struct {
	Layout
	Heading  string // title at level full, a fixed wording at level minimal
	Date     string
	Reason   string
	Decision Words // at level full only, as Note
	Note     Words
	Contact  *Contact
}

// Redirect stands at an address that was given up and leads on at once.
type Redirect struct {
	Layout
	Heading string
	To      Link
}

// Gallery is one page of thumbnails.
type Gallery struct {
	Layout
	Heading string
	Filters []Filter // on the first page of a list only
	Images  []Image
	Total   int // on the first page of a list only, else 0
	Pager   Pager
}

// Search is the page on which the site is searched. Its script finds and shows the hits;
// without it there are the ways to the lists of the site, which are its navigation.
type Search struct {
	Layout
	Heading string
	Index   string // folder of the index, with a slash at its end, as a relative link
	Records string // folder of the pages of fonds, likewise
	Rooms   string // folders of the pages of authorities: "chu-de=../subjects/ …"
	Facets  []Facet
	Browse  *Link // where the navigation leaves it out
}

// Facet is something by which hits can be narrowed: its name in the index, and in words.
type Facet struct{ Name, Label string }

// Filter is a line of links that narrow a list: by decade, form or fonds.
type Filter struct {
	Label string
	Links []Link
}

// AuthorityIndex lists all agents, places, events or subjects.
type AuthorityIndex struct {
	Layout
	Heading string
	Groups  []Group // by letter; events by decade
	Letters []Link  // to where each begins; on the first page only
	Pager   Pager
}

// Authority is the page of an agent, place, event or subject.
type Authority struct {
	Layout
	Type         string // "agents", "places", "events", "subjects"
	TypeLabel    string
	Title        Words
	Date         Date
	Commemorated Words
	Lead         Words
	Essentials   []Field
	Areas        []Area
	Lists        []RecordList
	Pager        Pager
	Exhibitions  []Link
}

// RecordList is a headed list of records on an authority page: as creator, as subject.
type RecordList struct {
	Title string
	Total int // 0 when it is not shown
	Slips []Slip
}

// Exhibition is one exhibition, all its sections on one page.
type Exhibition struct {
	Layout
	Title     Words
	Subtitle  Words
	Question  Words
	Lead      Words
	Cover     *Image
	CoverSlip *Slip
	Ruler     *Ruler
	Chapters  []Link
	Sections  []Section
	Closing   []Block
	Sources   []Link // fonds used
	Documents []Slip // records shown
	Credits   []Field
	Decision  Words
	Dates     Words
	Venue     Words
	Citations []Citation
	Versions  []Field
	NextUp    *ExhibitionStrip
}

// Section is a chapter of an exhibition.
type Section struct {
	ID     string
	Number int
	Title  Words
	Lead   Words
	Date   Date
	Blocks []Block
}

// Block is one block of a section. Kind says which fields are set: "text",
// "object", "gallery", "pair", "quote", "question", "detail", "timeline".
type Block struct {
	Kind     string
	HTML     template.HTML // text
	Lang     string        // of HTML, when it differs from the page's
	Size     string        // object: "column", "wide", "full"
	Image    *Image        // object, detail
	Slip     *Slip         // object, quote, detail: the record shown
	Images   []Image       // gallery
	Left     *Image        // pair
	Right    *Image
	Compare  string // pair: how it opens, "side", "slider" or "blink", where the two can be laid over each other; else empty
	Caption  Words
	Quote    Words
	Folio    string
	Ask      Words
	Answer   Words
	Region   Region
	Timeline *Timeline
	Slips    []Slip // timeline: the same entries as a list
}

// Region is a rectangle on an image in per cent of its sides.
type Region struct{ X, Y, W, H int }

// ExhibitionIndex lists the exhibitions.
type ExhibitionIndex struct {
	Layout
	Exhibitions []ExhibitionStrip
}

// Article is a page from content/pages.
type Article struct {
	Layout
	Heading    Words
	Body       template.HTML
	BodyLang   string
	Contents   []Link
	Siblings   []Link // the other pages of its folder, in order
	Prev, Next *Link
}

// Repository is the page of an archive that holds fonds.
type Repository struct {
	Layout
	Name    Words
	Contact Contact
	Fields  []Field
	Fonds   []Spine
	Pager   Pager
}

// NotFound is 404.html. Its links are absolute when there is a base_url.
type NotFound struct {
	Layout
	Heading string
	Links   []Link
}
