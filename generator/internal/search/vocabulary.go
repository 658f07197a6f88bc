package search

import (
	"strings"
	"sync"

	"vitrine/generator/internal/vi"
)

// term is a key of the index.
type term struct {
	key    string
	canons []form
}

// form is a canonical form under a key.
type form struct {
	canon    string
	spelling string // as it is spelled in lower case; of several the first in order of bytes
}

// vocabulary numbers the keys of the index, in the order in which workers come on them.
// Nothing that is written depends on it.
type vocabulary struct {
	mu    sync.Mutex
	terms []term // the first is none
	byKey map[string]uint32
}

func newVocabulary() *vocabulary {
	return &vocabulary{terms: make([]term, 1), byKey: map[string]uint32{}}
}

// key is the number of a key that has no canonical forms.
func (v *vocabulary) key(key string) uint32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.intern(key)
}

func (v *vocabulary) intern(key string) uint32 {
	if id, ok := v.byKey[key]; ok {
		return id
	}
	id := uint32(len(v.terms))
	key = strings.Clone(key)
	v.terms, v.byKey[key] = append(v.terms, term{key: key}), id
	return id
}

// word is the number of a token's key, and that of its canonical form under it.
func (v *vocabulary) word(fold, canon, spelling string) (id uint32, of uint16) {
	v.mu.Lock()
	defer v.mu.Unlock()
	id = v.intern(fold)
	t := &v.terms[id]
	for i := range t.canons {
		if t.canons[i].canon == canon {
			if spelling < t.canons[i].spelling {
				t.canons[i].spelling = strings.Clone(spelling)
			}
			return id, uint16(i)
		}
	}
	if len(t.canons) == 1<<16-1 {
		return id, 0
	}
	t.canons = append(t.canons, form{strings.Clone(canon), strings.Clone(spelling)})
	return id, uint16(len(t.canons) - 1)
}

// pair is the number of the key of two tokens.
func (v *vocabulary) pair(left, right uint32) uint32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.intern(v.terms[left].key + " " + v.terms[right].key)
}

// formOf is a canonical form of a term, "" where it has none.
func (v *vocabulary) formOf(id uint32, canon uint16) string {
	if t := &v.terms[id]; int(canon) < len(t.canons) {
		return t.canons[canon].canon
	}
	return ""
}

// known is a token as a worker remembers it.
type known struct {
	term   uint32 // 0 for what folds to nothing
	part   uint16
	canon  uint16
	counts bool // a text that has it may hold a code, a date or an ordinal
}

// memory is what one worker knows of the vocabulary, so that it need not ask for words
// that it met before.
type memory struct {
	v     *vocabulary
	words map[string]known
	pairs map[uint64]uint32 // keys of two tokens, by theirs
}

// maxRemembered bounds what a worker remembers; beyond it, it begins anew.
const maxRemembered = 1 << 19

func newMemory(v *vocabulary) memory {
	return memory{v, map[string]known{}, map[uint64]uint32{}}
}

// word is a token as it stands in a text.
func (m *memory) word(spelled string) known {
	if k, ok := m.words[spelled]; ok {
		return k
	}
	if len(m.words) > maxRemembered {
		clear(m.words)
	}
	var k known
	if t := tokenOf(spelled, 0, len(spelled)); t.Fold != "" {
		k.term, k.canon = m.v.word(t.Fold, t.Canon, strings.ToLower(spelled))
		k.part = partOf(t.Fold)
		k.counts = isNumber(t) || vi.Roman(spelled) != "" || t.Fold == "thu"
	}
	m.words[strings.Clone(spelled)] = k
	return k
}

// pair is the key of two tokens that stand side by side.
func (m *memory) pair(left, right uint32) uint32 {
	both := uint64(left)<<32 | uint64(right)
	id, ok := m.pairs[both]
	if !ok {
		if len(m.pairs) > maxRemembered {
			clear(m.pairs)
		}
		id = m.v.pair(left, right)
		m.pairs[both] = id
	}
	return id
}

// parts are where the keys of the index are divided to be sorted, so that about as many
// words of a Vietnamese text fall into each: keys from one on and before the next.
var parts = [...]string{"", "a", "b", "c", "ch", "ci", "cu", "d", "di", "du", "e", "h", "hi", "i", "l", "m", "n", "ng", "nh", "ni", "p", "q", "s", "t", "th", "ti", "tr", "ts", "u", "v", "x", "y"}

// partOf is the part of the index in which a key that begins with a token falls.
func partOf(fold string) uint16 {
	n := 0
	for n+1 < len(parts) && fold >= parts[n+1] {
		n++
	}
	return uint16(n)
}
