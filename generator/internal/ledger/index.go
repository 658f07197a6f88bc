package ledger

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"slices"
)

// Index finds the rows of a section by their paths, in any order and from any
// number of goroutines. It takes 16 bytes a row; the rows stay on disk.
type Index struct {
	l     *Ledger
	end   int64 // of the section
	seed  maphash.Seed
	spots []spot // in the order of hash
}

// spot is where a row begins.
type spot struct{ hash, off uint64 }

// Index reads a section through once.
func (l *Ledger) Index(kind Kind) (*Index, error) {
	s := l.section(kind)
	x := &Index{l: l, end: int64(s.off + s.len), seed: maphash.MakeSeed(), spots: make([]spot, 0, s.rows)}
	r := bufio.NewReaderSize(io.NewSectionReader(l.f, int64(s.off), int64(s.len)), 64<<10)
	off := s.off
	var path []byte
	for range s.rows {
		begin := off
		var err error
		if path, err = readField(r, path, s.len); err != nil {
			return nil, err
		}
		n, err := binary.ReadUvarint(r)
		if err != nil {
			return nil, err
		}
		if _, err := io.CopyN(io.Discard, r, int64(n)); err != nil {
			return nil, err
		}
		off += uint64(len(binary.AppendUvarint(nil, uint64(len(path))))+len(path)+len(binary.AppendUvarint(nil, n))) + n
		x.spots = append(x.spots, spot{maphash.Bytes(x.seed, path), begin})
	}
	slices.SortFunc(x.spots, func(a, b spot) int { return cmp.Compare(a.hash, b.hash) })
	return x, nil
}

// Find returns the row of a path. ok is false where there is none.
func (x *Index) Find(path string) (row Row, ok bool, err error) {
	h := maphash.String(x.seed, path)
	i, _ := slices.BinarySearchFunc(x.spots, h, func(s spot, h uint64) int { return cmp.Compare(s.hash, h) })
	for ; i < len(x.spots) && x.spots[i].hash == h; i++ {
		row, err = x.read(int64(x.spots[i].off))
		if err != nil || row.Path == path {
			return row, err == nil, err
		}
	}
	return Row{}, false, nil
}

// usualRow is more than the bytes of nearly every row, so that one read is enough.
const usualRow = 768

// read reads the row that begins at an offset.
func (x *Index) read(off int64) (Row, error) {
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
