package search

import "math/bits"

// bitWriter writes bits from the highest of each byte down, as doc.go says.
type bitWriter struct {
	out  []byte
	word uint64 // bits that do not fill a byte yet, the last one lowest
	n    int    // how many
}

// digits writes the lowest n binary digits of v; n is at most 56.
func (w *bitWriter) digits(v uint64, n int) {
	w.word = w.word<<n | v&(1<<n-1)
	for w.n += n; w.n >= 8; {
		w.n -= 8
		w.out = append(w.out, byte(w.word>>w.n))
	}
}

// ones writes n times 1 and a 0.
func (w *bitWriter) ones(n uint64) {
	for ; n >= 32; n -= 32 {
		w.digits(1<<32-1, 32)
	}
	w.digits(1<<(n+1)-2, int(n+1))
}

// gamma writes a number from 1 on.
func (w *bitWriter) gamma(v uint64) {
	n := bits.Len64(v)
	w.digits(0, n-1)
	w.digits(v, n)
}

func (w *bitWriter) rice(k int, v uint64) {
	w.ones(v >> k)
	w.digits(v, k)
}

// set writes an ascending list of records.
func (w *bitWriter) set(docs []uint32) {
	w.gamma(uint64(len(docs)) + 1)
	if len(docs) == 0 {
		return
	}
	k := parameter(gaps(docs))
	w.digits(uint64(k), 5)
	for v := range gaps(docs) {
		w.rice(k, v)
	}
}

// align fills the last byte with 0.
func (w *bitWriter) align() {
	if w.n > 0 {
		w.digits(0, 8-w.n)
	}
}

// gaps are the numbers by which an ascending list is written.
func gaps(docs []uint32) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		next := uint32(0)
		for _, d := range docs {
			if !yield(uint64(d - next)) {
				return
			}
			next = d + 1
		}
	}
}

// parameter is the k with which the numbers take the fewest bits, 0 to 31.
func parameter(numbers func(func(uint64) bool)) int {
	sum, n := uint64(0), uint64(0)
	for v := range numbers {
		sum += v
		n++
	}
	best, least := 0, ^uint64(0)
	first := max(0, bits.Len64(sum/n)-2)
	for k := first; k < min(first+4, 32); k++ {
		size := n * uint64(k+1)
		for v := range numbers {
			size += v >> k
		}
		if size < least {
			best, least = k, size
		}
	}
	return best
}
