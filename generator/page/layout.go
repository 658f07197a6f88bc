package page

import "encoding/json"

// Layout is what every page has: head, navigation and footer.
type Layout struct {
	Kind        string // the folder of the template, also a class of <body>
	Lang        string
	Path        string // of this page, from the site root, slash-separated
	Root        string // relative prefix that leads to the site root: "", "../", "../../"
	Title       string // plain, for <title>; SiteTitle is added by the template
	Description string // plain, for <meta name="description">
	SiteTitle   string
	Home        string // link to the home page in this language
	Search      string // link to the page on which the site is searched; empty where it cannot be
	Notice      Words  // a line on every page
	Nav         []Link
	Breadcrumb  []Link // from home down to, but without, this page
	Languages   []Alternate
	Canonical   string          // absolute; empty without base_url
	Feed        string          // empty without base_url
	Manifest    string          // link to the IIIF manifest of the record; empty where there is none
	References  []Download      // to the record of the page, for programs that manage references
	Meta        []Meta          // for those that look into the page
	Linked      json.RawMessage // what the page tells, as JSON-LD; nil for notices
	Social      *Social         // for those who show the page where its address was posted; nil for notices
	NoIndex     bool
	Refresh     string // where this page leads on at once, as <meta http-equiv="refresh"> has it; empty for most
	Draft       bool   // the site holds records that are not public: a preview, never published
	Footer      Footer
	Assets      Assets
}

// Head is the layout itself, for whoever has a page of any kind.
func (l *Layout) Head() *Layout { return l }

// MarkDraft gives a page of a preview the banner that says that the site holds
// records that are not public, and keeps search engines off.
func (l *Layout) MarkDraft() { l.Draft, l.NoIndex = true, true }

// Social is what a page tells those who show it where its address was posted (OpenGraph).
type Social struct {
	Type        string // "website", "article"
	Title       string
	Description string // may be empty
	SiteName    string
	Locale      string   // "vi_VN"; empty where the language has none here
	Others      []string // those of its other languages
	URL         string   // absolute; empty without base_url
	Image       *SharedImage
}

// SharedImage is the picture by which a page is shared. Its address is absolute.
type SharedImage struct {
	URL           string
	Media         string // its media type
	Width, Height int    // pixels
	Alt           string
}

// Alternate is this page in another language. Href is absolute in Absolute
// where there is a base_url, for hreflang; both always name an existing page.
type Alternate struct {
	Lang     string
	Name     string // "Tiếng Việt", "English"
	Href     string
	Absolute string
	Current  bool
}

// Meta is a meta element of the head.
type Meta struct{ Name, Content string }

// Footer stands on every page: who answers for the site, and how to reach them.
type Footer struct {
	Body        Words // responsible body
	Responsible Words // person responsible for content
	Address     Words
	Email       string
	Phone       string
	Licence     Words
	LicenceURI  string
	ReportError string // mailto link with the address of this page in its subject
	Pages       []Link // about, guide, terms
}

// Assets are the files a page loads, as relative links.
type Assets struct {
	Styles   []string
	Scripts  []string
	Preloads []string // fonts
	Icon     string
	Viewer   string // script of the document viewer, for pages that show one; empty where it is not there
	Search   string // script of the search page
	Landing  string // script that stands before the search page
	Found    string // script that marks the words of a query, for pages that are opened from a hit
	Timeline string // script of the timeline
	Compare  string // script that lays pictures over each other, for pages that compare
	Zoom     string // script that the viewer loads when it is first opened
}
