package derive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"vitrine/generator/internal/recording"
)

// Master is an image or a recording as the archive keeps it.
type Master struct {
	SHA256 string `json:"sha256"` // of its bytes, lower hex
	Size   int64  `json:"size"`   // bytes
	Info   Info   `json:"info"`   // of an image

	Recording *recording.Recording `json:"recording,omitempty"` // nil for an image
}

// settled is how long a file must have been left alone before its times are trusted to
// betray the next change; file systems keep time in steps of up to 2 s (FAT).
const settled = 2 * time.Second

// seen is what a file in seen/ holds: a master known by its place and times.
type seen struct {
	File string `json:"file"`
	Master
}

// opened is a master while it is being read.
type opened struct {
	file   fs.File
	src    *source
	before fs.FileInfo
	master Master
}

// Master describes the file at name in fsys without decoding it. Its hash is remembered, so
// that a file which has not changed is not read again.
func (c *Cache) Master(ctx context.Context, fsys fs.FS, name string) (Master, error) {
	o, err := c.open(ctx, fsys, name, imageReading)
	if err != nil {
		return Master{}, err
	}
	return o.master, o.file.Close()
}

// Digest is the SHA-256 of any file, in lower hex. It is remembered as that of a master is.
func (c *Cache) Digest(ctx context.Context, fsys fs.FS, name string) (string, error) {
	o, err := c.open(ctx, fsys, name, hashReading)
	if err != nil {
		return "", err
	}
	return o.master.SHA256, o.file.Close()
}

var hashReading = reading{"hash 1", func(_ *Cache, s *source) (Master, error) { return s.hashed(Master{}) }}

// reading is how a master is read: what it is taken for, which tells the
// memories of it apart, and how.
type reading struct {
	kind string
	read func(*Cache, *source) (Master, error)
}

var imageReading = reading{"seen 3", (*Cache).read} // the first had no sizes of pages, the second no orientation

func (c *Cache) open(ctx context.Context, fsys fs.FS, name string, as reading) (*opened, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	o := &opened{file: f}
	if err := c.identify(ctx, o, as); err != nil {
		f.Close()
		return nil, err
	}
	return o, nil
}

// identify finds the hash of an open master: remembered, or read.
func (c *Cache) identify(ctx context.Context, o *opened, as reading) (err error) {
	if o.before, err = o.file.Stat(); err != nil {
		return fmt.Errorf("derive: %w", err)
	}
	if !o.before.Mode().IsRegular() {
		return unreadable(errors.New("not a regular file"))
	}
	if o.src, err = newSource(ctx, o.file, o.before.Size()); err != nil {
		return err
	}
	id, changed, known := identity(o.file, o.before)
	key := digest(as.kind, id)
	var memo seen
	if known && c.load("seen", key, &memo) && memo.File == id && len(memo.SHA256) == 2*sha256.Size {
		o.master = memo.Master
		return c.allowed(o.master)
	}
	age := c.now().Sub(changed)
	if o.master, err = as.read(c, o.src); err != nil {
		return err
	}
	if known && age > settled && o.unchanged() {
		return c.store("seen", key, seen{File: id, Master: o.master})
	}
	return nil
}

// read probes and hashes a master.
func (c *Cache) read(s *source) (Master, error) {
	h, err := probe(s)
	if c.isPDF(s, h) {
		return c.readPDF(s)
	}
	if err != nil {
		return Master{}, err
	}
	return s.hashed(Master{Info: h.Info})
}

// hashed is a master with its length and hash.
func (s *source) hashed(m Master) (Master, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, s.all())
	if err != nil {
		return Master{}, fmt.Errorf("derive: %w", err)
	}
	m.SHA256, m.Size = hex.EncodeToString(sum.Sum(nil)), n
	return m, nil
}

// unchanged reports whether the open file still is what it was when it was opened.
func (o *opened) unchanged() bool {
	now, err := o.file.Stat()
	if err != nil {
		return false
	}
	a, _, _ := identity(o.file, o.before)
	b, _, _ := identity(o.file, now)
	return a == b && now.Size() == o.before.Size() && now.ModTime().Equal(o.before.ModTime())
}
