// Package page defines what a template can see, and the URL of everything.
//
// Every kind of page has one struct here, and one folder of the same name
// under templates/pages with its template and its style. A template sees
// nothing else: no record, no catalog, no file. Links are relative to the
// page that holds them, so that a site works under any base path and from
// disk. HTML fields come from the markup package alone; all other text is
// escaped by the template.
package page

import "html/template"

// Words is a piece of text as it stands on a page. Lang is empty when it is
// in the language of the page; else it is the language of the text, which is
// then marked up as such (the translation is missing).
type Words struct {
	HTML template.HTML
	Lang string
}

// IsZero reports whether there is no text.
func (w Words) IsZero() bool { return w.HTML == "" }

// Link is a link with its words. An empty Href is plain text.
type Link struct {
	Href    string
	Words   Words
	Note    Words // a line beneath or beside it: a date, a place, a role
	Current bool  // it leads to the page it stands on
	Count   int   // published records behind it; 0 is not shown
}

// Date is an archival date as it is shown.
type Date struct {
	Words    string // "tháng 2 năm 1930"
	Short    string // "2/1930"
	Datetime string // for <time datetime>; empty unless EDTF level 0
	Written  Words  // as written on the document
	Note     Words  // variants in the literature
	Ruler    *Ruler // nil when undated
}

// Ruler is a date span on the shelf-metre axis, in per mille of its width.
// It is drawn as SVG.
type Ruler struct {
	FromYear, ToYear int    // the years at its two ends
	X, W             int    // of the span, 0..1000; W is at least 4
	SoftLo, SoftHi   bool   // faded ends: approximate
	OpenLo, OpenHi   bool   // arrows: no known end
	Label            string // the span in words, for the reader who cannot see it
	Ticks            []Tick // decades or years
}

// Tick is a mark on an axis.
type Tick struct {
	X     int // per mille
	Long  bool
	Label string // may be empty
}

// Image is a picture in the sizes that were made of it. Sizes are in pixels.
type Image struct {
	Href          string // of the page it leads to; may be empty
	Src           string // the file to show where srcset is not understood
	Sources       []Source
	Width, Height int // of the largest of these: the proportions of the sheet
	Alt           string
	AltLang       string // when it differs from the page's
	Caption       Words
	Credit        Words
	Title         Words // of the record it belongs to
	Date          Date
	Mark          string // "MINH HOẠ" on placeholders, shown in the caption
	Full          string // the largest file that may be published, which no page loads by itself; empty for thumbnails
	FullWidth     int    // of Full, in pixels
	FullHeight    int
	Tiles         *Tiles // nil for thumbnails, and where there are none
	Sizes         []Size // all files that may be published, from the smallest; none for thumbnails
}

// WidestSource is how wide a file is at most that a page loads by itself, where
// there is a smaller one.
const WidestSource = 1280

// Tiles are those of an image, as IIIF has them: what a viewer would read in
// info.json, which it cannot load from disk.
type Tiles struct {
	Href          string // of their folder, without a slash at the end
	Width, Height int    // pixels of the whole
	Size          int    // side of a tile in pixels
	Scales        string // scale factors, "1 2 4"
}

// Size is a file that shows the whole of an image, for readers to take away.
type Size struct {
	Href          string
	Width, Height int    // pixels
	Name          string // under which it is saved; empty where it is not offered for that
}

// File is a file for readers to take away.
type File struct {
	Href  string
	Label string // "PDF, 12 trang, 1,2 MB"
	Name  string // under which it is saved
}

// Download is a file for programs.
type Download struct {
	Href  string
	Media string // its media type
	Label string // "RIS"
}

// Source is one size of an image.
type Source struct {
	Href  string
	Width int
}

// Landscape reports whether the picture is wider than high.
func (i Image) Landscape() bool { return i.Width > i.Height }

// Ratio is the width of the picture at a height of 100, for justified rows;
// it is kept between 40 and 400.
func (i Image) Ratio() int {
	if i.Height == 0 {
		return 100
	}
	return min(max(i.Width*100/i.Height, 40), 400)
}

// Slip is a catalogue slip: one record, event or authority in a list.
type Slip struct {
	Href      string
	Title     Words
	Level     string // "tài liệu", "hồ sơ"
	Form      Words  // "chỉ thị"
	Reference string
	Date      Date
	Summary   Words
	Thumb     *Image
	Special   bool // of special value
	Count     int  // records beneath it
	Access    string
	COinS     string // what Zotero takes from a list; empty where it takes nothing
}

// Field is a labelled value or several, as on a catalogue card.
type Field struct {
	Key    string // the key of the model, used as a class and an anchor
	Label  string
	Values []Value
}

// Value is one value of a field.
type Value struct {
	Words Words
	Href  string
	Note  Words // a role, a date, "as signed"
	Block bool  // long text: Words.HTML holds block elements
}

// Area is one of the areas of ISAD(G), or a group of fields beside them.
type Area struct {
	ID     string
	Title  string
	Fields []Field
	Folded bool
}

// Pager leads through a list that is broken into pages. The words of a link
// are the first entry of the page it leads to; there are no numbers, which a
// new record would change on every page. It is empty when there is one page.
type Pager struct {
	Prev, Next *Link
	First      *Link  // from the third page on; without words
	Jumps      []Link // later pages, not all of very many; on the first page only
}

// Group is a headed part of a list: a letter, a decade, a level.
type Group struct {
	ID    string
	Title string
	Slips []Slip
}

// Reference is a reference code as the reader must copy it.
type Reference struct {
	Label string  // the whole, one line: "MAU-01, mục lục 01, hồ sơ 0137, tờ 1–4"
	Parts []Field // repository, fonds, inventory, unit, folios, former codes
}

// Citation is a ready reference in one style.
type Citation struct {
	Style string // "vi", "chicago-note"
	Label string
	Lang  string // that it is written in, where it is not that of the page
	Runs  []CiteRun
}

// CiteRun is a piece of a reference that is set alike.
type CiteRun struct {
	Kind string // "" plain, "i" italics, "url", "folios", "accessed"
	HTML template.HTML
	// Words of the day on which the page was looked at, for a script: "accessed {us}",
	// where {day}, {us} and {mla} are ways to write a day. The page itself does not know it.
	Words string
}

// State tells the record as it is shown from any other state of it, and says
// since when it has been shown so.
type State struct {
	Print string // fingerprint, 16 hex digits in groups of four
	Since string // the edition in words; empty where the archive has no editions
}

// Badge is a distinction: national treasure, special value.
type Badge struct {
	Kind  string // a class: "bao-vat-quoc-gia"
	Words Words
	Note  Words
}

// Contact is where a reader turns to.
type Contact struct {
	Name    Words
	Href    string // page of the repository, if there is one
	Address Words
	Hours   Words
	Email   string
	Phone   string
	URL     string
	Service Words // copies, reading room
}
