package page

// TimelinePage is the timeline: the overview, one year, one decade of what is
// dated no closer, or more of what is undated.
type TimelinePage struct {
	Layout
	Heading        string
	Lens           *Lens // nil where there is nothing by which to zoom
	Density        *Density
	Timeline       *Timeline // nil for more records than can be drawn
	Decades        []Decade  // overview only
	Undated        []Slip    // overview only: the first of them
	UndatedCount   int
	Groups         []Group // the same entries as an ordered list: by month, or by year
	Prev, Next, Up *Link
	Pager          Pager // of Groups; on the overview, of what is undated
}

// Lens is what the script of the timeline needs to know to draw any span of time in place
// of what stands in the page, reading the index of the search.
type Lens struct {
	Index   string // folder of the index, with a slash at its end, as a relative link
	Records string // folder of the pages of fonds, likewise
	Rooms   string // folders of the pages of authorities, as in [Search]
	// From and To are the years that the page is about, First and Last those of the whole timeline.
	From, To, First, Last int
	Facets                []Facet
}

// Density is the number of records per year, drawn as bars. Coordinates are
// in units of a viewBox Width × Height; the axis with its labels is drawn
// below that and needs no room in it.
type Density struct {
	Width, Height int
	Bars          []Bar
	Ticks         []Tick // X in viewBox units
	Label         string
}

// Bar is a year or decade of the density overview.
type Bar struct {
	Href       string // the year page
	Label      string // "1945: 12 tài liệu"
	X, Y, W, H int
	Year       int
	Count      int
}

// Timeline is records and events placed on an axis, drawn as SVG. All
// coordinates are in units of a viewBox Width × Height; the axis with its
// labels is drawn above that and needs no room in it.
type Timeline struct {
	Width, Height int
	Ticks         []Tick // X in viewBox units
	Marks         []Mark
	Bands         []Band
	Label         string
}

// Band is a labelled horizontal part of the drawing: events, documents, decades.
type Band struct {
	Label string
	Y, H  int
}

// Mark is one record or event on the axis. X is the middle of a point and the
// left end of a bar; Y is the middle of both, which are MarkHeight high.
type Mark struct {
	Href           string
	Label          string // title and date in words
	Kind           string // "point", "month" (hollow), "bar", "decade"
	Event          bool
	Flag           bool // commemorated on another day
	X, Y           int
	W              int // bars; 0 for points
	SoftLo, SoftHi bool
	OpenLo, OpenHi bool
	Text           string // a short label drawn with it; may be empty
	Side           string // where Text stands: behind the mark (empty), "before" it or "inside" a bar
}

// Decade is a heading of the overview with its years.
type Decade struct {
	Label string
	ID    string
	Count int
	Years []Link // before them, where Slips would be too many, the page that lists those
	Slips []Slip // dated to the decade only
}
