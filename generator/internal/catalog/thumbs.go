package catalog

import (
	"slices"
	"strings"

	"vitrine/generator/internal/record"
)

// Thumb is the picture that stands for a record in lists. A record of which no picture
// was made, but a sound, has a Sum and no Name.
type Thumb struct {
	Name          string     // of the file, relative to the site
	Large         string     // of one twice as wide for fine screens, empty where there is none
	Width, Height int        // pixels
	Alt, Credit   []string   // per language of the site, empty where there is none
	Sum           record.Sum // of all that was made of the images of the record
}

// Thumbs holds the thumbnails of a catalog: four bytes an entry, and their
// strings. It is filled while derivatives are made, by one goroutine, and
// only read after that.
type Thumbs struct {
	at    []uint32 // address + 1; 0 is none
	text  arena
	langs int
}

// thumbStrings is how many strings an entry has.
const thumbStrings = 6

// NewThumbs makes an empty table for a catalog.
func NewThumbs(c *Catalog) *Thumbs {
	return &Thumbs{at: make([]uint32, c.entries.len()), langs: len(c.langs)}
}

// Fork returns a table of its own with the same thumbnails. ok is false where
// it could take no others, after thousands of forks.
func (t *Thumbs) Fork() (out *Thumbs, ok bool) {
	text, ok := t.text.fork()
	return &Thumbs{at: slices.Clone(t.at), text: text, langs: t.langs}, ok
}

// Set gives a row its thumbnail.
func (t *Thumbs) Set(row int32, th Thumb) {
	size := string([]byte{byte(th.Width >> 8), byte(th.Width), byte(th.Height >> 8), byte(th.Height)})
	t.at[row] = t.text.add(th.Name, size, strings.Join(th.Alt, "\x1f"), strings.Join(th.Credit, "\x1f"), th.Large, string(th.Sum[:])) + 1
}

// Of returns the thumbnail of a row. ok is false where there is no picture; Sum is that
// of what was made all the same.
func (t *Thumbs) Of(row int32) (th Thumb, ok bool) {
	if t.at[row] == 0 {
		return th, false
	}
	at := t.at[row] - 1
	size := t.text.bytes(at, 1)
	th = Thumb{
		Sum:   record.Sum(t.text.bytes(at, 5)),
		Name:  string(t.text.bytes(at, 0)),
		Width: int(size[0])<<8 | int(size[1]), Height: int(size[2])<<8 | int(size[3]),
		Alt:    strings.Split(string(t.text.bytes(at, 2)), "\x1f"),
		Credit: strings.Split(string(t.text.bytes(at, 3)), "\x1f"),
		Large:  string(t.text.bytes(at, 4)),
	}
	return th, th.Name != ""
}

// Any reports whether any row has one.
func (t *Thumbs) Any() bool {
	return slices.ContainsFunc(t.at, t.pictured)
}

// Has reports whether a row has a thumbnail.
func (t *Thumbs) Has(row int32) bool { return t.pictured(t.at[row]) }

// Made reports whether anything was made of the digital objects of a row: a picture, or
// the copy of a sound.
func (t *Thumbs) Made(row int32) bool { return t.at[row] != 0 }

func (t *Thumbs) pictured(at uint32) bool { return at != 0 && len(t.text.bytes(at-1, 0)) > 0 }
