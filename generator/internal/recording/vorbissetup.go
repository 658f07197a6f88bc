package recording

import "math"

// Limits of a setup of Vorbis. Those that encoders write take some kilobytes and have books of some
// thousand entries of at most eight dimensions.
const (
	maxSetup       = 64 << 10
	maxBookEntries = 1 << 14
	maxBookValues  = 1 << 20 // over all books
)

// harmlessSetup reports whether a decoder may be given the setup header of a stream of Vorbis: the
// books claim no more memory than a packet can need, and each code of theirs comes to an end
// (Xiph, "Vorbis I specification", section 3.2.1). A decoder that trusts them else takes
// gigabytes, or looks for the end of a code for ever.
func harmlessSetup(packet []byte) bool {
	if len(packet) < 8 || len(packet) > maxSetup {
		return false
	}
	b := &lowBits{data: packet[7:]}
	values := 0
	for books := b.take(8) + 1; books > 0; books-- {
		n, ok := b.book()
		if values += n; !ok || values > maxBookValues {
			return false
		}
	}
	return true
}

// lowBits reads numbers of bits, the lowest first.
type lowBits struct {
	data []byte
	at   int  // bits
	over bool // there were no more
}

func (b *lowBits) take(n int) (v int) {
	for i := range n {
		if b.at>>3 >= len(b.data) {
			b.over = true
			return 0
		}
		v |= int(b.data[b.at>>3]>>(b.at&7)&1) << i
		b.at++
	}
	return v
}

// book passes over a book and counts the values that a decoder makes of it.
func (b *lowBits) book() (values int, ok bool) {
	if b.take(24) != 0x564342 {
		return 0, false
	}
	dimensions, entries := b.take(16), b.take(24)
	if dimensions == 0 || entries == 0 || entries > maxBookEntries || !b.codes(entries) {
		return 0, false
	}
	lookup := b.take(4)
	if lookup == 0 {
		return entries, !b.over
	}
	values = entries * dimensions
	if lookup > 2 || values > maxBookValues {
		return 0, false
	}
	b.take(32)
	b.take(32)
	bits := b.take(4) + 1
	b.take(1)
	given := values
	if lookup == 1 {
		given = root(entries, dimensions)
	}
	b.skip(bits * given)
	return values, !b.over
}

func (b *lowBits) skip(bits int) {
	b.at += bits
	b.over = b.over || b.at > 8*len(b.data)
}

// codes passes over the lengths of the codes of a book. They come to an end where they fill a tree
// to its last leaf.
func (b *lowBits) codes(entries int) bool {
	const whole = 1 << 32
	used, filled := 0, 0
	put := func(length, n int) {
		used += n
		filled += n * (whole >> length)
	}
	if b.take(1) == 1 { // in order
		length := b.take(5) + 1
		for left := entries; left > 0 && length <= 32; length++ {
			n := b.take(wide(left))
			if n > left {
				return false
			}
			put(length, n)
			left -= n
		}
		return filled == whole && used == entries
	}
	sparse := b.take(1) == 1
	for range entries {
		if !sparse || b.take(1) == 1 {
			put(b.take(5)+1, 1)
		}
	}
	return filled == whole && !b.over
}

// wide is how many bits a number takes.
func wide(v int) (n int) {
	for ; v > 0; v >>= 1 {
		n++
	}
	return n
}

// root is how many values a lattice of so many dimensions has along each, rounded as the decoder
// rounds it: the two must agree on where the next book begins.
func root(entries, dimensions int) int {
	return int(math.Floor(math.Pow(float64(entries), 1/float64(dimensions))))
}
