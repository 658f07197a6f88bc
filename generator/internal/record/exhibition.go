package record

// Exhibition is a story told with records.
type Exhibition struct {
	ID            Str       `key:"id"`
	Title         Text      `key:"title"`
	Subtitle      Text      `key:"subtitle"`
	Summary       Text      `key:"summary"`
	Question      Text      `key:"question"`
	Lead          Text      `key:"lead"`
	Cover         View      `key:"cover"`
	Access        Access    `key:"access" empty:"never"`
	Decision      Decision  `key:"decision"`
	Curators      []Text    `key:"curators"`
	Advisers      []Text    `key:"advisers"`
	TextBy        []Text    `key:"text_by"`
	TranslationBy []Text    `key:"translation_by"`
	Organisers    []Text    `key:"organisers"`
	Opening       Date      `key:"opening"`
	Closing       Date      `key:"closing"`
	Venue         Text      `key:"physical_venue"`
	Sections      []Section `key:"sections"`
	ClosingText   Str       `key:"closing_text"`
	Versions      []Version `key:"versions"`
	FormerIDs     []Str     `key:"former_ids"`
	Sources       []Source  `key:"sources"`
	Control       Control   `key:"description_control"`
	File          string
	Sum           Sum // of its text
	At            At
}

// Section is a chapter; its text is a Markdown file beside exhibition.yaml.
type Section struct {
	ID        Str  `key:"id"`
	Title     Text `key:"title"`
	Lead      Text `key:"lead"`
	DateRange Date `key:"date_range"`
	Text      Str  `key:"text"`
	At        At
}

// View is one sheet of a record.
type View struct {
	Record  Str  `key:"record"`
	Page    Int  `key:"page"`
	Label   Text `key:"label"`
	Caption Text `key:"caption"`
	Credit  Text `key:"credit"`
	At      At
}

// Version is an entry of the edition history.
type Version struct {
	Date Date `key:"date"`
	Note Text `key:"note"`
}

// The blocks of an exhibition text. Each is the YAML between `::: name` and `:::`.

// ObjectBlock shows one sheet.
type ObjectBlock struct {
	Record  Str  `key:"record"`
	Page    Int  `key:"page"`
	Size    Str  `key:"size" vocab:"block_size"`
	Caption Text `key:"caption"`
	Credit  Text `key:"credit"`
}

// GalleryBlock shows several sheets.
type GalleryBlock struct {
	Records []View `key:"records"`
	Caption Text   `key:"caption"`
}

// PairBlock compares two sheets. Where compare says how, they can be laid over
// each other, and open so.
type PairBlock struct {
	Left    View `key:"left"`
	Right   View `key:"right"`
	Compare Str  `key:"compare" vocab:"compare_view"`
	Caption Text `key:"caption"`
}

// QuoteBlock quotes a document, with its folio.
type QuoteBlock struct {
	Text   Text `key:"text"`
	Record Str  `key:"record"`
	Folio  Text `key:"folio"`
}

// QuestionBlock asks the reader, with an answer to unfold.
type QuestionBlock struct {
	Ask    Text `key:"ask"`
	Answer Text `key:"answer"`
}

// DetailBlock shows a region of a sheet: x, y, width, height in per cent.
type DetailBlock struct {
	Record  Str   `key:"record"`
	Page    Int   `key:"page"`
	Region  []Int `key:"region"`
	Caption Text  `key:"caption"`
}

// TimelineBlock places records and events on an axis.
type TimelineBlock struct {
	Records []Str `key:"records"`
	Caption Text  `key:"caption"`
}

// PageMeta is the front matter of a page in content/pages.
type PageMeta struct {
	Title   Text   `key:"title"`
	Summary Text   `key:"summary"`
	Order   Int    `key:"order"`
	Menu    Bool   `key:"menu"`
	Access  Access `key:"access" empty:"never"`
	At      At
}
