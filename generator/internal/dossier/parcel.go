package dossier

import (
	"archive/zip"
	"io"
	"iter"
	"path"
	"slices"
	"time"

	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/manifest"
)

// Change is a file of two sites, or of one of them.
type Change struct {
	Path        string
	Before, Now bool // the site had it, has it
	Same        bool // with the same bytes
}

// Compare goes through the files of two sites, each given in the order of
// ledger.Compare, side by side. It ends after the first error.
func Compare(before, now iter.Seq2[manifest.Sum, error]) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		old := pull(before)
		defer old.stop()
		gone := func(until string) bool {
			for ; old.ok && (until == "" || ledger.Compare(old.sum.Path, until) < 0); old.advance() {
				if !yield(Change{Path: old.sum.Path, Before: true}, nil) {
					return false
				}
			}
			return true
		}
		for s, err := range now {
			if err != nil {
				yield(Change{}, err)
				return
			}
			if !gone(s.Path) {
				return
			}
			c := Change{Path: s.Path, Now: true, Before: old.ok && old.sum.Path == s.Path}
			c.Same = c.Before && old.sum.Hash == s.Hash
			if !yield(c, nil) {
				return
			}
			if c.Before {
				old.advance()
			}
		}
		if gone("") && old.err != nil {
			yield(Change{}, old.err)
		}
	}
}

// cursor is a place in a manifest.
type cursor struct {
	sum  manifest.Sum
	err  error
	ok   bool
	next func() (manifest.Sum, error, bool)
	stop func()
}

func pull(sums iter.Seq2[manifest.Sum, error]) *cursor {
	c := &cursor{}
	c.next, c.stop = iter.Pull2(sums)
	c.advance()
	return c
}

func (c *cursor) advance() {
	if c.err != nil {
		return
	}
	c.sum, c.err, c.ok = c.next()
	c.ok = c.ok && c.err == nil
}

// packed are the endings of files that do not get smaller.
var packed = []string{".jpg", ".png", ".webp", ".woff2", ".zip", ".gz"}

// Parcel packs files of a site into a zip, all with the same time, so that the
// same files make the same bytes.
type Parcel struct {
	w    *zip.Writer
	when time.Time
}

// NewParcel begins a zip. when stands at every file.
func NewParcel(w io.Writer, when time.Time) *Parcel { return &Parcel{zip.NewWriter(w), when} }

// Add packs a file.
func (p *Parcel) Add(name string, from io.Reader) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.when}
	if slices.Contains(packed, path.Ext(name)) {
		h.Method = zip.Store
	}
	h.SetMode(0o644)
	to, err := p.w.CreateHeader(h)
	if err == nil {
		_, err = io.Copy(to, from)
	}
	return err
}

// Close ends the zip.
func (p *Parcel) Close() error { return p.w.Close() }
