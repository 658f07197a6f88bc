package ledger

import (
	"encoding/binary"
	"errors"
	"iter"
	"time"
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
func SplitWritten(r Row) (w Written, from []byte, err error) {
	w = Written{Path: r.Path}
	size, n := binary.Uvarint(r.Data)
	if n <= 0 {
		return w, nil, errWritten
	}
	rest := r.Data[n:]
	w.Size = int64(size)
	if w.ModTime, n = binary.Varint(rest); n <= 0 || len(rest) < n+len(w.Hash)+1 {
		return w, nil, errWritten
	}
	rest = rest[n:]
	copy(w.Hash[:], rest)
	keyLen, key := int(rest[len(w.Hash)]), rest[len(w.Hash)+1:]
	switch {
	case keyLen == 0 && len(key) == 0:
		return w, nil, nil
	case keyLen != len(w.Key) || len(key) < keyLen:
		return w, nil, errWritten
	}
	return w, key[copy(w.Key[:], key):], nil
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
