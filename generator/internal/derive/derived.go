package derive

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"path/filepath"
	"slices"

	"vitrine/generator/iiif"
)

// Derived is one finished derivative: a file, or a folder with the files of an
// IIIF image, which count as one.
type Derived struct {
	Name   string      `json:"name"`            // "media/3f/3f9c…-w640.jpg" or the folder "iiif/3f9c…", relative to the site
	Width  int         `json:"width"`           // pixels of the image
	Height int         `json:"height"`          // pixels of the image
	Bytes  int64       `json:"bytes"`           // length of the file, or of all files together
	SHA256 string      `json:"sha256"`          // of the file, or of a list of all as sha256sum writes it; lower hex
	Tile   int         `json:"tile,omitempty"`  // side of the tiles in pixels; 0 for a file
	Sizes  []iiif.Size `json:"sizes,omitempty"` // at which the whole image lies in the folder
	Page   int         `json:"page,omitempty"`  // of the master, from 0
	Path   string      `json:"-"`               // of the file or folder in the cache

	Sound *Sound `json:"sound,omitempty"` // nil for what is made of an image
	Pages int    `json:"pages,omitempty"` // of a PDF, of which this is the file; 0 for all else
}

// Picture is a file that shows the whole of an image.
type Picture struct {
	Name          string // relative to the site
	Width, Height int    // pixels
}

// named is what is made to a spec that was fitted to a master, before it is made.
func (s Spec) named(in Info, masterSHA256 string) Derived {
	in = in.Page(s.Page)
	size := in.at(s.Width)
	d := Derived{Name: s.name(masterSHA256), Width: size.Width, Height: size.Height, Tile: s.Tile, Page: s.Page}
	for _, w := range s.Sizes {
		d.Sizes = append(d.Sizes, in.at(w))
	}
	return d
}

func (d Derived) size() iiif.Size { return iiif.Size{Width: d.Width, Height: d.Height} }

// Pictures are the files that show the whole image, in the order of what was
// asked for.
func (d Derived) Pictures() (out []Picture) {
	if d.Tile == 0 {
		return []Picture{{d.Name, d.Width, d.Height}}
	}
	for _, s := range d.Sizes {
		out = append(out, Picture{d.Name + "/" + iiif.FullPath(s, s == d.size()), s.Width, s.Height})
	}
	return out
}

// Pages are the derivatives of each page of a master, in their order.
func Pages(made []Derived) (out [][]Derived) {
	for i, d := range made {
		if i == 0 || d.Page != made[i-1].Page {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], d)
	}
	return out
}

// Pictures are the files that show the whole of an image, from the narrowest; of a
// master of several pages they are asked for page by page.
func Pictures(made []Derived) (out []Picture) {
	for _, d := range made {
		out = append(out, d.Pictures()...)
	}
	slices.SortFunc(out, func(a, b Picture) int { return cmp.Compare(a.Width, b.Width) })
	return out
}

// Files are all files of a derivative: their names relative to the site, and
// where they lie in the cache, as far as Path is known.
func (d Derived) Files() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if d.Tile == 0 {
			yield(d.Name, d.Path)
			return
		}
		for t := range d.tiles() {
			if !yield(d.file(t)) {
				return
			}
		}
	}
}

// file is that of a tile: its name, and where it lies in the cache.
func (d Derived) file(t iiif.Tile) (name, path string) {
	name = t.Path()
	if d.Path != "" {
		path = filepath.Join(d.Path, filepath.FromSlash(name))
	}
	return d.Name + "/" + name, path
}

// sized is the scale of a whole image at a size that was asked for.
const sized = 0

// tiles are what lies in the folder of an IIIF image: the image at the sizes that
// were asked for, and its tiles. A tile that would show the whole image at one of
// these sizes is that file.
func (d Derived) tiles() iter.Seq[iiif.Tile] {
	return func(yield func(iiif.Tile) bool) {
		for _, s := range d.Sizes {
			t := iiif.Tile{Scale: sized, Size: s, Whole: true}
			if s == d.size() {
				t.Scale = 1
			}
			if !yield(t) {
				return
			}
		}
		for _, scale := range iiif.Scales(d.size(), d.Tile) {
			for t := range iiif.Tiles(d.size(), d.Tile, scale) {
				if t.Whole && slices.Contains(d.Sizes, t.Size) {
					continue
				}
				if !yield(t) {
					return
				}
			}
		}
	}
}

// Is reports whether files with the lengths and hashes that one is told of are
// those of the derivative.
func (d Derived) Is(file func(name, path string) (bytes int64, sum [sha256.Size]byte, ok bool)) bool {
	var l list
	for name, path := range d.Files() {
		n, sum, ok := file(name, path)
		if !ok {
			return false
		}
		l.add(name, n, sum)
	}
	n, sum := l.sum(d)
	return n == d.Bytes && sum == d.SHA256
}

// list is that of the files of a derivative, in the format of sha256sum.
type list struct {
	lines []byte
	bytes int64
	last  [sha256.Size]byte
}

func (l *list) add(name string, bytes int64, sum [sha256.Size]byte) {
	l.lines = fmt.Appendf(l.lines, "%x  %s\n", sum, name)
	l.bytes += bytes
	l.last = sum
}

// sum is the length of all files, and the hash of the list; of a single file it
// is that of the file.
func (l *list) sum(d Derived) (bytes int64, sum string) {
	of := l.last
	if d.Tile > 0 {
		of = sha256.Sum256(l.lines)
	}
	return l.bytes, hex.EncodeToString(of[:])
}
