package ledger

import (
	"encoding/binary"
	"errors"
	"iter"
	"time"

	"vitrine/generator/internal/pack"
)

// Hash is a SHA-256.
type Hash [32]byte

// Written is one file of the output folder as the last build left it.
type Written struct {
	Path    string // slash-separated, relative to the output folder
	Size    int64  // bytes
	ModTime int64  // nanoseconds since 1970, UTC, as the file system gave it
	Hash    Hash   // of the bytes
	Key     Hash   // of everything the page can show; zero where none was given
	From    string // what the key was made from, in the code of whoever made it; empty without a key
}

// Time returns the modification time of the file.
func (w Written) Time() time.Time { return time.Unix(0, w.ModTime).UTC() }

// AppendData appends the data of the row to dst and returns the longer slice.
// The path is not part of it.
func (w Written) AppendData(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(w.Size))
	dst = binary.AppendVarint(dst, w.ModTime)
	dst = append(dst, w.Hash[:]...)
	if w.Key == (Hash{}) {
		return append(dst, 0)
	}
	dst = append(dst, byte(len(w.Key)))
	dst = append(dst, w.Key[:]...)
	return append(dst, w.From...)
}

var errWritten = errors.New("a row of the written section is malformed")

// ParseWritten reads a row of the written section.
func ParseWritten(r Row) (Written, error) {
	w, from, err := SplitWritten(r)
	w.From = string(from)
	return w, err
}

// SplitWritten is ParseWritten that leaves From where it stands in the data of
// the row.
func SplitWritten(row Row) (w Written, from []byte, err error) {
	r := pack.Reader[[]byte]{Rest: row.Data}
	w = Written{Path: row.Path, Size: int64(r.Uvarint()), ModTime: r.Varint()}
	copy(w.Hash[:], r.Take(uint64(len(w.Hash))))
	key := r.Text()
	copy(w.Key[:], key)
	if r.Bad || len(key) != len(w.Key) && (len(key) != 0 || len(r.Rest) != 0) {
		return Written{Path: row.Path}, nil, errWritten
	}
	return w, r.Rest, nil
}

// AddWritten adds a row to the written section.
func (w *Writer) AddWritten(row Written) error {
	w.data = row.AppendData(w.data[:0])
	return w.Add(KindWritten, row.Path, w.data)
}

// Written iterates over the files the last build wrote, in the order of
// [Compare]. It ends after the first error.
func (l *Ledger) Written() iter.Seq2[Written, error] {
	return func(yield func(Written, error) bool) {
		for row, err := range l.Rows(KindWritten) {
			var w Written
			if err == nil {
				w, err = ParseWritten(row)
			}
			if !yield(w, err) || err != nil {
				return
			}
		}
	}
}
