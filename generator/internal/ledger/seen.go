package ledger

import (
	"encoding/binary"
	"errors"
	"iter"
	"time"
)

// Seen is one source file as the last build saw it.
type Seen struct {
	Path    string // slash-separated, relative to the content folder
	Size    int64  // bytes
	ModTime int64  // nanoseconds since 1970, UTC; 0 for a file that was young
	Inode   uint64 // 0 where the file system has none
	Changed int64  // nanoseconds since 1970, UTC: the last change of status (ctime of POSIX); 0 where the system does not say
	Hash    Hash   // of its bytes; zero where the build did not read it whole
	Summary []byte // what was taken from it, in the code of whoever took it
	Diags   []byte // what was found wrong in it, as JSON; empty where nothing was
}

// young is how long the clock of a file system may stand still: FAT counts in
// steps of two seconds. A file that was changed shortly before it was read may
// be changed again without showing it.
const young = 2 * time.Second

// Settle marks the row as not to be trusted if the file was changed so shortly
// before read, the time when the build began to read, that a later change
// might bear the same time. Changed is no part of it: whoever copies an archive
// makes all of it young in this sense, and then the next build would read it
// all. What gets past both is a change within one tick of the clock after the
// build looked, by one who set the time of modification back.
func (s *Seen) Settle(read time.Time) {
	if s.ModTime > read.Add(-young).UnixNano() {
		s.ModTime = 0
	}
}

// Same reports whether a file that is described by now is the one that was
// seen. A file that was young never is.
func (s Seen) Same(now Seen) bool {
	return s.ModTime != 0 && s.Size == now.Size && s.ModTime == now.ModTime && s.Inode == now.Inode && s.Changed == now.Changed
}

// AppendData appends the data of the row to dst and returns the longer slice.
// The path is not part of it.
func (s Seen) AppendData(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(s.Size))
	dst = binary.AppendVarint(dst, s.ModTime)
	dst = binary.AppendUvarint(dst, s.Inode)
	dst = binary.AppendVarint(dst, s.Changed)
	if s.Hash == (Hash{}) {
		dst = append(dst, 0)
	} else {
		dst = append(append(dst, byte(len(s.Hash))), s.Hash[:]...)
	}
	dst = binary.AppendUvarint(dst, uint64(len(s.Summary)))
	return append(append(dst, s.Summary...), s.Diags...)
}

var errSeen = errors.New("a row of the seen section is malformed")

// ParseSeen reads a row of the seen section. Summary and Diags are valid until
// the next row is read.
func ParseSeen(r Row) (Seen, error) {
	s := Seen{Path: r.Path}
	rest, ok := s.parsePlace(r.Data)
	if !ok || len(rest) < 1 {
		return s, errSeen
	}
	hashLen := int(rest[0])
	rest = rest[1:]
	if hashLen != 0 && hashLen != len(s.Hash) || len(rest) < hashLen {
		return s, errSeen
	}
	copy(s.Hash[:], rest[:hashLen])
	rest = rest[hashLen:]
	n, d := binary.Uvarint(rest)
	if d <= 0 || n > uint64(len(rest)-d) {
		return s, errSeen
	}
	s.Summary, s.Diags = rest[d:d+int(n)], rest[d+int(n):]
	return s, nil
}

// parsePlace reads the numbers that the file system gave and returns what
// follows them.
func (s *Seen) parsePlace(data []byte) (rest []byte, ok bool) {
	size, a := binary.Uvarint(data)
	if a <= 0 {
		return nil, false
	}
	mtime, b := binary.Varint(data[a:])
	if b <= 0 {
		return nil, false
	}
	node, c := binary.Uvarint(data[a+b:])
	if c <= 0 {
		return nil, false
	}
	changed, d := binary.Varint(data[a+b+c:])
	if d <= 0 {
		return nil, false
	}
	s.Size, s.ModTime, s.Inode, s.Changed = int64(size), mtime, node, changed
	return data[a+b+c+d:], true
}

// AddSeen adds a row to the seen section.
func (w *Writer) AddSeen(row Seen) error {
	w.data = row.AppendData(w.data[:0])
	return w.Add(KindSeen, row.Path, w.data)
}

// Seen iterates over the source files of the last build, in the order of
// [Compare]. It ends after the first error.
func (l *Ledger) Seen() iter.Seq2[Seen, error] {
	return func(yield func(Seen, error) bool) {
		for row, err := range l.Rows(KindSeen) {
			var s Seen
			if err == nil {
				s, err = ParseSeen(row)
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}
