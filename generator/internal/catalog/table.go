package catalog

import (
	"iter"
	"slices"
)

// table is a list in pieces that never move, so that it grows without being
// copied. Of values without pointers the garbage collector looks at nothing but
// the list of the pieces.
type table[T any] struct {
	pieces [][]T // all but the last hold pieceLen
	n      int32
}

const (
	pieceBits = 10
	pieceLen  = 1 << pieceBits
)

// add appends a value and returns its row.
func (t *table[T]) add(v T) int32 {
	last := int(t.n >> pieceBits)
	if last == len(t.pieces) {
		t.pieces = append(t.pieces, make([]T, 0, pieceLen))
	}
	t.pieces[last] = append(t.pieces[last], v)
	t.n++
	return t.n - 1
}

func (t *table[T]) len() int32 { return t.n }

// at is the value of a row.
func (t *table[T]) at(row int32) *T { return &t.pieces[row>>pieceBits][row&(pieceLen-1)] }

// first is a table of the first n rows. The two share them: nothing may be
// added to either.
func (t *table[T]) first(n int32) table[T] { return table[T]{t.pieces, n} }

// drain yields every value and gives each piece up once it is through with it.
func (t *table[T]) drain() iter.Seq[T] {
	return func(yield func(T) bool) {
		for i, piece := range t.pieces {
			t.pieces[i] = nil
			for _, v := range piece {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// clone is a table of its own.
func (t *table[T]) clone() table[T] {
	out := table[T]{slices.Clone(t.pieces), t.n}
	for i := range out.pieces {
		out.pieces[i] = slices.Clone(out.pieces[i])
	}
	return out
}
