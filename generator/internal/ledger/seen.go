package ledger

import (
	"encoding/binary"
	"errors"
	"iter"
	"time"

	"vitrine/generator/internal/pack"
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
	Diags   []byte // what was found wrong in it, in the code of whoever found it; empty where nothing was
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
	var hash []byte
	if s.Hash != (Hash{}) {
		hash = s.Hash[:]
	}
	return append(pack.Text(pack.Text(dst, hash), s.Summary), s.Diags...)
}

var errSeen = errors.New("a row of the seen section is malformed")

// ParseSeen reads a row of the seen section. Summary and Diags are valid until
// the next row is read.
func ParseSeen(row Row) (Seen, error) {
	r := pack.Reader[[]byte]{Rest: row.Data}
	s := Seen{Path: row.Path, Size: int64(r.Uvarint()), ModTime: r.Varint(), Inode: r.Uvarint(), Changed: r.Varint()}
	hash := r.Text()
	copy(s.Hash[:], hash)
	s.Summary = r.Text()
	if s.Diags = r.Rest; r.Bad || len(hash) != 0 && len(hash) != len(s.Hash) {
		return Seen{Path: row.Path}, errSeen
	}
	return s, nil
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
