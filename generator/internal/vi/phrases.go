package vi

import (
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Phrases are many phrases that a text is searched for at once: the time goes by the
// length of the text, however many there are. As for a [Wording], letters and digits
// alone count. A phrase costs some 30 bytes beside its text.
type Phrases struct {
	counts map[uint64]uint64 // first two words, or the only one → how many words their phrases have, as bits
	last   map[uint64]int32  // hash of the words → the last phrase with it
	texts  []string          // "" for one that was dropped
	before []int32           // the phrase before with the same hash, -1 for none
	single bool              // there are phrases of one word
	read   *sync.Map         // Wording by number, of those that were compared
}

// maxCount is how many words of a phrase are looked for: who writes so many of them has
// written it.
const maxCount = 63

// Add takes in a phrase and returns its number, from 0; -1 where it has no words. The
// same text has the same number.
func (p *Phrases) Add(text string) int {
	words := wordHashes(text)
	if len(words) == 0 {
		return -1
	}
	if len(words) > maxCount {
		text, words = text[:words[maxCount-1].to], words[:maxCount]
	}
	if p.last == nil {
		p.counts, p.last, p.read = map[uint64]uint64{}, map[uint64]int32{}, &sync.Map{}
	}
	sum, before := windows(words).between(0, len(words)), int32(-1)
	if n, ok := p.last[sum]; ok {
		before = n
	}
	for n := before; n >= 0; n = p.before[n] {
		if p.texts[n] == text {
			return int(n)
		}
	}
	n := int32(len(p.texts))
	p.texts, p.before = append(p.texts, text), append(p.before, before)
	p.last[sum] = n
	p.counts[windows(words).between(0, min(len(words), 2))] |= 1 << len(words)
	p.single = p.single || len(words) == 1
	return int(n)
}

// Drop takes a phrase out. Its number is not given again.
func (p *Phrases) Drop(n int) { p.texts[n] = "" }

// Text is a phrase by its number, "" where it was dropped.
func (p *Phrases) Text(n int) string { return p.texts[n] }

// In hands on every phrase that stands in a text, with its place, until each returns
// false: with its own marks, or with none at all, or with any where the phrase has none.
func (p *Phrases) In(text string, each func(n int, m Mention) bool) {
	if len(p.texts) == 0 {
		return
	}
	words := wordHashes(text)
	var sums windowSums
	for i, w := range words {
		var counts uint64
		if i+1 < len(words) {
			counts = p.counts[w.hash*windowBase+words[i+1].hash]
		}
		if p.single {
			counts |= p.counts[w.hash] & (1 << 1)
		}
		if counts == 0 {
			continue
		}
		if sums.sums == nil {
			sums = windows(words)
		}
		for ; counts != 0; counts &= counts - 1 {
			n := bits.TrailingZeros64(counts)
			if i+n > len(words) {
				break
			}
			if last, ok := p.last[sums.between(i, i+n)]; ok && !p.compare(text, words[i].from, words[i+n-1].to, last, each) {
				return
			}
		}
	}
}

// compare holds what stands in a text against the phrases with the same hash.
func (p *Phrases) compare(text string, from, to int, last int32, each func(int, Mention) bool) bool {
	for n := last; n >= 0; n = p.before[n] {
		if p.texts[n] == "" {
			continue
		}
		w := p.wording(n)
		m, ok := w.at(text[from:to], 0)
		if !ok || m.Likeness == Near || m.Likeness == Unmarked && w.marked {
			continue
		}
		if m.From, m.To = from, from+m.To; !each(int(n), m) {
			return false
		}
	}
	return true
}

// wording is a phrase made ready to be compared.
func (p *Phrases) wording(n int32) Wording {
	if w, ok := p.read.Load(n); ok {
		return w.(Wording)
	}
	w := NewWording(p.texts[n])
	p.read.Store(n, w)
	return w
}

// hashedWord is a word of a text, by its letters without marks.
type hashedWord struct {
	hash     uint64
	from, to int
}

const (
	hashStart = 14695981039346656037 // FNV-1a, 64 bits
	hashPrime = 1099511628211
)

// wordHashes are the words of a text: runs of letters, digits and their marks.
func wordHashes(text string) (out []hashedWord) {
	hash, from := uint64(hashStart), -1
	for i := 0; i <= len(text); {
		c, size := byte(' '), 1
		if i < len(text) {
			c = text[i]
		}
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(text[i:])
			size = n
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				if from < 0 {
					from = i
				}
				hash = hashFold(hash, r)
				i += size
				continue
			}
			if unicode.In(r, unicode.Mn, unicode.Cf) {
				i += size
				continue
			}
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z':
			if from < 0 {
				from = i
			}
			hash = (hash ^ uint64(lowerASCII(c))) * hashPrime
			i++
			continue
		}
		if from >= 0 {
			out = append(out, hashedWord{hash, from, i})
			hash, from = hashStart, -1
		}
		i += size
	}
	return out
}

func hashFold(hash uint64, r rune) uint64 {
	fold := glyphOf(r).fold
	for i := range len(fold) {
		hash = (hash ^ uint64(fold[i])) * hashPrime
	}
	return hash
}

// windowBase is odd and otherwise of no meaning.
const windowBase = 0x9E3779B97F4A7C15

// windows are the hashes of the first n words, for every n, by which that of any words
// beside each other is found at once.
func windows(words []hashedWord) (out windowSums) {
	out.sums, out.powers = make([]uint64, len(words)+1), make([]uint64, min(len(words), maxCount)+1)
	out.powers[0] = 1
	for n := 1; n < len(out.powers); n++ {
		out.powers[n] = out.powers[n-1] * windowBase
	}
	for i, w := range words {
		out.sums[i+1] = out.sums[i]*windowBase + w.hash
	}
	return out
}

type windowSums struct{ sums, powers []uint64 }

// between is the hash of words i to j, without j.
func (w windowSums) between(i, j int) uint64 { return w.sums[j] - w.sums[i]*w.powers[j-i] }
