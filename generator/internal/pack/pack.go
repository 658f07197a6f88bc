// Package pack writes numbers and texts one behind another, and reads them back.
//
// A number is a varint as in encoding/binary, a text is the number of its bytes
// and these. What is packed bears neither names nor a version: whatever holds it
// says what it is.
package pack

import "encoding/binary"

// Bytes is a text, or what is read as one.
type Bytes interface{ ~string | ~[]byte }

// Text appends a text to b.
func Text[T Bytes](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// Reader reads what was packed. After the first thing that cannot have been
// packed it gives nothing but zeros and empty texts. Texts it gives out share
// the memory of what it reads: whoever keeps one keeps all of it, unless it is
// cloned.
type Reader[T Bytes] struct {
	Rest T    // what has not been read
	Bad  bool // it was not what was packed
}

// Fail ends the reading: what was read cannot have been packed.
func (r *Reader[T]) Fail() { r.Rest, r.Bad = r.Rest[:0], true }

// Uvarint reads a number that was packed by binary.AppendUvarint.
func (r *Reader[T]) Uvarint() (n uint64) {
	for i := range min(len(r.Rest), binary.MaxVarintLen64) {
		c := r.Rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.Rest, r.Bad = r.Rest[i+1:], r.Bad || i == binary.MaxVarintLen64-1 && c > 1
			return n
		}
	}
	r.Fail()
	return 0
}

// Varint reads a number that was packed by binary.AppendVarint.
func (r *Reader[T]) Varint() int64 {
	n := r.Uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// Text reads a text.
func (r *Reader[T]) Text() T { return r.Take(r.Uvarint()) }

// Take reads so many bytes; fewer are none.
func (r *Reader[T]) Take(n uint64) T {
	if n > uint64(len(r.Rest)) {
		r.Fail()
		return r.Rest
	}
	s := r.Rest[:n]
	r.Rest = r.Rest[n:]
	return s
}

// Count checks the length of a list: each item takes a byte at least, so there
// are never more of them than bytes are left.
func (r *Reader[T]) Count(n uint64) int {
	if n > uint64(len(r.Rest)) {
		r.Fail()
		return 0
	}
	return int(n)
}
