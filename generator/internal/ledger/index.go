package ledger

import (
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
)

// Index finds the rows of a section by their paths, in any order and from any
// number of goroutines. A row is named by its number, counted from 0 in the
// order of [Compare]. The index takes 24 to 32 bytes a row; the rows stay on disk.
//
// Paths are told apart by 64 bits of a hash with a seed of its own for every
// index: among a million paths, that one which has no row is taken for one that
// has happens once in some ten million builds.
type Index struct {
	l     *Ledger
	end   int64 // of the section
	seed  maphash.Seed
	off   []uint64 // by number: where the row begins
	hash  []uint64 // by number: of its path
	table []int32  // numbers, each at the place of its hash or behind it; -1 is free
}

// NewIndex makes an index to which the rows of a section are added as they are
// read.
func (l *Ledger) NewIndex(kind Kind) *Index {
	s := l.section(kind)
	size := 4
	for size < 2*int(s.rows) {
		size *= 2
	}
	x := &Index{l: l, end: int64(s.off + s.len), seed: maphash.MakeSeed(), table: make([]int32, size)}
	x.off, x.hash = make([]uint64, 0, s.rows), make([]uint64, 0, s.rows)
	for i := range x.table {
		x.table[i] = -1
	}
	return x
}

// Add adds the next row and returns its number.
func (x *Index) Add(r Row) int {
	n := len(x.off)
	h := maphash.String(x.seed, r.Path)
	x.off, x.hash = append(x.off, r.off), append(x.hash, h)
	at := h & uint64(len(x.table)-1)
	for x.table[at] >= 0 {
		at = (at + 1) & uint64(len(x.table)-1)
	}
	x.table[at] = int32(n)
	return n
}

// Len is the number of rows added.
func (x *Index) Len() int { return len(x.off) }

// Find returns the number of the row of a path. ok is false where there is none.
func (x *Index) Find(path string) (n int, ok bool) {
	h := maphash.String(x.seed, path)
	for at := h; ; at++ {
		n := x.table[at&uint64(len(x.table)-1)]
		if n < 0 {
			return -1, false
		}
		if x.hash[n] == h {
			return int(n), true
		}
	}
}

// usualRow is more than the bytes of nearly every row, so that one read is enough.
const usualRow = 768

// Row reads the row of a number.
func (x *Index) Row(n int) (Row, error) {
	off := int64(x.off[n])
	for size := int64(usualRow); ; size *= 8 {
		buf := make([]byte, min(size, x.end-off))
		if _, err := x.l.f.ReadAt(buf, off); err != nil && !errors.Is(err, io.EOF) {
			return Row{}, err
		}
		path, rest, ok := field(buf)
		if data, _, whole := field(rest); ok && whole {
			return Row{Path: string(path), Data: data}, nil
		}
		if int64(len(buf)) == x.end-off {
			return Row{}, io.ErrUnexpectedEOF
		}
	}
}

// field takes a length and so many bytes from the front of b.
func field(b []byte) (field, rest []byte, ok bool) {
	n, w := binary.Uvarint(b)
	if w <= 0 || n > uint64(len(b)-w) {
		return nil, nil, false
	}
	return b[w : w+int(n)], b[w+int(n):], true
}
