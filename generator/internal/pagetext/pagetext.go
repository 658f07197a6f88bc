// Package pagetext reads the text of a page image, with the places of its lines,
// as programs for reading print and hand write it:
//
//	ALTO      2 to 4 (Library of Congress)
//	PAGE XML  2010 to 2019 (PRImA Research Lab)
//	hOCR      1.2, written as XHTML or as plain HTML
//
// and plain text, which has lines and no places. What the root element is says
// which of them a file is, not its name. encoding/xml reads all three, hOCR too,
// since golang.org/x/net/html tells no line and column; it expands no entity
// but those of XML and HTML, and opens no other file.
//
// Files are not trusted: their size, depth, blocks, lines, words and outlines are
// bounded, and the time of a reading grows with their size alone.
// Everything that a file says besides (other readings, glyphs, styles,
// metadata) is left out.
package pagetext

import (
	"math"
	"strings"
)

// The limits of a file. A page of a newspaper with a place for every glyph has
// about 12 MB, 20,000 words and 1,000 blocks; without the glyphs, which nothing
// here shows, it has 3 MB. Whatever lies within the limits is read in a second or
// two.
const (
	MaxSize      = 8 << 20 // bytes
	maxDepth     = 100     // elements within each other
	maxBlocks    = 20_000  // also places in the reading order
	maxLines     = 20_000
	maxWords     = 200_000
	maxLineWords = 5_000
	maxLine      = 64 << 10  // bytes of a line or word
	maxOutline   = 128 << 10 // bytes of the corners of an outline, some 10,000 of them
	maxPlain     = 200_000   // lines of a plain text, which may be that of a whole book
)

// Page is the text of one page image. Width and Height are those of the picture
// it was read from, in the unit of all boxes: pixels, or in ALTO tenths of a
// millimetre or 1/1200 inch, which need no telling apart, since only the ratio
// counts. They are 0 where the file does not say.
type Page struct {
	Width, Height float64
	Image         string // name of the file of the picture, as the file gives it; may be empty
	Blocks        []Block
}

// Block is a paragraph or column, in reading order.
type Block struct {
	Lang  string // tag of BCP 47; empty where it is not said
	Lines []Line
}

// Line is a line as it stands on the page. It has blanks where words part, and
// no other white space or control characters.
type Line struct {
	Text   string
	Box    Box
	Words  []Word
	Broken bool // its last word goes on in the next line; a hyphen ends Text
	Row    int  // line of the file in which it begins, from 1
}

// Word is a word of a line.
type Word struct {
	Text string
	Box  Box
}

// Box is a place on the page, from its upper left corner. One without an area is
// no place.
type Box struct{ X, Y, W, H float64 }

// IsZero reports whether a box is no place.
func (b Box) IsZero() bool { return !(b.W > 0 && b.H > 0) }

// Lines is how many lines a page has.
func (p *Page) Lines() (n int) {
	for _, b := range p.Blocks {
		n += len(b.Lines)
	}
	return n
}

// Text is the running text: words that go on in the next line are joined, lines
// are parted by "\n" and blocks by an empty line.
func (p *Page) Text() string {
	var texts []string
	for i := range p.Blocks {
		texts = append(texts, p.Blocks[i].Running())
	}
	return strings.Join(texts, "\n\n")
}

// Fits reports whether the page may have been read from a picture of w × h, be it
// another size of it: their proportions differ by less than Near.
func (p *Page) Fits(w, h int) bool { return p.FitsWithin(w, h, Near) }

// Near is how much the proportions of sizes of a picture may differ.
const Near = 1. / 50

// FitsWithin reports whether the proportions of the page and of a picture of w × h
// differ by less than a share of 1.
func (p *Page) FitsWithin(w, h int, share float64) bool {
	if p.Width <= 0 || p.Height <= 0 || w <= 0 || h <= 0 {
		return false
	}
	return math.Abs(p.Width*float64(h)/(p.Height*float64(w))-1) < share
}

// On is a box in whole pixels of a picture of w × h that fits the page, rounded
// outwards and cut off at its edges. ok is false where nothing of it is on the
// picture.
func (p *Page) On(b Box, w, h int) (x0, y0, x1, y1 int, ok bool) {
	if b.IsZero() || !p.Fits(w, h) {
		return 0, 0, 0, 0, false
	}
	sx, sy := float64(w)/p.Width, float64(h)/p.Height
	const slip = 1e-6 // of a division, which is no pixel more
	x0, x1 = max(0, int(math.Floor(b.X*sx+slip))), min(w, int(math.Ceil((b.X+b.W)*sx-slip)))
	y0, y1 = max(0, int(math.Floor(b.Y*sy+slip))), min(h, int(math.Ceil((b.Y+b.H)*sy-slip)))
	return x0, y0, x1, y1, x0 < x1 && y0 < y1
}

// hyphens may end a line within a word: those in use today, and those of old print.
const hyphens = "-\u2010\u00ad\u00ac\u2e17="

func withoutHyphen(s string) string {
	for _, h := range hyphens {
		if rest, found := strings.CutSuffix(s, string(h)); found {
			return rest
		}
	}
	return s
}
