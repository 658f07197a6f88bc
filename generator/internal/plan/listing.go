package plan

import (
	"encoding/binary"
	"errors"
	"iter"

	"vitrine/generator/internal/pack"
	"vitrine/generator/internal/scratch"
)

// Listing gathers the pages that the sitemap names. They are dealt out to
// buckets, and wait there and, beyond listingRoom, in a file.
type Listing struct {
	gone  map[string]bool // pages that it does not: notices and signposts in place of others, and that for lost readers
	dealt []bucket

	dir  string // folder of the file; empty where all is to be held
	file *scratch.File
	end  int64 // of the file
	held int   // bytes in the buckets
	room int   // how many may be
	err  error // of the file
}

// listingRoom is how many bytes of paths are held, about eight for each page.
const listingRoom = 2 << 20

// Listing is empty as yet. The folder is where it keeps what is too much; it
// keeps everything in memory where there is none.
func (p *Plan) Listing(dir string) *Listing {
	l := &Listing{gone: map[string]bool{"404.html": true}, dealt: make([]bucket, buckets), dir: dir, room: listingRoom}
	for _, lang := range p.langs {
		for path := range p.Gone(lang) {
			l.gone[path] = true
		}
	}
	for _, r := range p.redirects {
		l.gone[r.path] = true
	}
	return l
}

// Add lists a page.
func (l *Listing) Add(path string) {
	if l.gone[path] {
		return
	}
	b := &l.dealt[hashOf(path)>>(64-bucketBits)]
	before := len(b.data)
	b.add(path)
	if l.held += len(b.data) - before; l.held > l.room && l.dir != "" {
		l.err = errors.Join(l.err, l.spill())
	}
}

// spill moves what the buckets hold into the file.
func (l *Listing) spill() (err error) {
	if l.file == nil {
		if l.file, err = scratch.New(l.dir, "vitrine-pages"); err != nil {
			l.dir = "" // all is held then
			return nil
		}
	}
	for i := range l.dealt {
		b := &l.dealt[i]
		if _, err := l.file.WriteAt(b.data, l.end); err != nil {
			return err
		}
		b.spilt = append(b.spilt, stretchOf{l.end, len(b.data)})
		l.end += int64(len(b.data))
		b.data, b.last = b.data[:0], ""
	}
	l.held = 0
	return nil
}

// Close gives up what is in the file.
func (l *Listing) Close() {
	if l.file != nil {
		_ = l.file.Close()
		l.file = nil
	}
}

var errListing = errors.New("the list of pages kept on disk during the build cannot be read back")

// bucket holds paths, each as the number of bytes that it shares with the one
// before it and the rest.
type bucket struct {
	spilt []stretchOf // of the file, the first ones
	data  []byte
	last  string
	n     int
}

// stretchOf is a stretch of a file: where it begins and its bytes.
type stretchOf struct {
	at int64
	n  int
}

func (b *bucket) add(path string) {
	shared := 0
	for shared < min(len(path), len(b.last)) && path[shared] == b.last[shared] {
		shared++
	}
	b.data = pack.Text(binary.AppendUvarint(b.data, uint64(shared)), path[shared:])
	b.last = path
	b.n++
}

// paths are those of a bucket, in the order in which they came.
func (l *Listing) paths(b *bucket) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if l.err != nil {
			yield("", l.err)
			return
		}
		for _, s := range b.spilt {
			data := make([]byte, s.n)
			if _, err := l.file.ReadAt(data, s.at); err != nil {
				yield("", err)
				return
			}
			if !pathsIn(data, yield) {
				return
			}
		}
		pathsIn(b.data, yield)
	}
}

func pathsIn(data []byte, yield func(string, error) bool) (more bool) {
	var path []byte
	for r := (pack.Reader[[]byte]{Rest: data}); len(r.Rest) > 0; {
		shared, rest := r.Uvarint(), r.Text()
		if r.Bad || shared > uint64(len(path)) {
			yield("", errListing)
			return false
		}
		path = append(path[:shared], rest...)
		if !yield(string(path), nil) {
			return false
		}
	}
	return true
}
