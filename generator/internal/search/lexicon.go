package search

import (
	"cmp"
	"container/heap"
	"math/bits"
	"slices"
	"strings"
)

// A title or an excerpt is written as the numbers of its pieces, which are what stands between
// blanks. The common ones are in a file that is read once, in codes that are the shorter the
// commoner a piece is (Huffman); any other stands beside the texts that have it.
type lexicon struct {
	words   []string // in the order of their codes, without the sign of a rare piece
	lengths []int    // how many codes there are of 1 bit, 2 bits …
	codes   map[string]prefix
}

// prefix is a code: the lowest n digits of bits.
type prefix struct {
	bits uint64
	n    int
}

const (
	rare     = "\t" // begins the number of a piece that is not in the lexicon
	maxWords = 4096 // in the lexicon
	leastMet = 64   // how often a piece is met that is in it
)

// newLexicon is made of how often pieces are met. It goes by powers of four of that, so that an
// edit seldom changes it: when it does, all titles are written anew.
func newLexicon(met map[string]int) *lexicon {
	least := leastMet
	for tooMany(met, least) {
		least *= 4
	}
	others := 0
	list := []*branch{}
	for word, n := range met {
		if n >= least && !strings.ContainsAny(word, "\t\n") {
			list = append(list, &branch{word: word, weight: common(n)})
		} else {
			others += n
		}
	}
	list = append(list, &branch{word: rare, weight: common(max(others, 1))})
	slices.SortFunc(list, func(a, b *branch) int { return cmp.Compare(a.word, b.word) })
	return codesOf(list)
}

func tooMany(met map[string]int, least int) bool {
	n := 0
	for _, times := range met {
		if times >= least {
			n++
		}
	}
	return n > maxWords
}

// common is a number brought down to a power of four.
func common(n int) int { return 1 << ((bits.Len(uint(n)) - 1) &^ 1) }

// branch is a piece, or two branches together.
type branch struct {
	word        string
	weight      int
	order       int // of equal weights
	left, right *branch
}

type branches []*branch

func (b branches) Len() int { return len(b) }
func (b branches) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(b[i].weight, b[j].weight), cmp.Compare(b[i].order, b[j].order)) < 0
}
func (b branches) Swap(i, j int) { b[i], b[j] = b[j], b[i] }
func (b *branches) Push(x any)   { *b = append(*b, x.(*branch)) }
func (b *branches) Pop() any {
	last := (*b)[len(*b)-1]
	*b = (*b)[:len(*b)-1]
	return last
}

// codesOf gives each piece a code. Those of one length follow each other in the order of the
// pieces, behind the shorter ones, so that the lengths alone tell them.
func codesOf(list []*branch) *lexicon {
	tree := branches(slices.Clone(list))
	for i, b := range tree {
		b.order = i
	}
	heap.Init(&tree)
	for order := len(list); len(tree) > 1; order++ {
		a, b := heap.Pop(&tree).(*branch), heap.Pop(&tree).(*branch)
		heap.Push(&tree, &branch{weight: a.weight + b.weight, order: order, left: a, right: b})
	}
	byLength := [][]string{}
	var descend func(b *branch, depth int)
	descend = func(b *branch, depth int) {
		if b.left != nil {
			descend(b.left, depth+1)
			descend(b.right, depth+1)
			return
		}
		for len(byLength) < max(depth, 1) {
			byLength = append(byLength, nil)
		}
		byLength[max(depth, 1)-1] = append(byLength[max(depth, 1)-1], b.word)
	}
	descend(tree[0], 0)
	x := &lexicon{codes: map[string]prefix{}}
	next := uint64(0)
	for i, words := range byLength {
		slices.Sort(words)
		for _, w := range words {
			x.words, x.codes[w] = append(x.words, w), prefix{next, i + 1}
			next++
		}
		x.lengths = append(x.lengths, len(words))
		next <<= 1
	}
	return x
}

type lexiconFile struct {
	Lengths []int  `json:"lengths"`
	Words   string `json:"words"`
}

func (x *lexicon) file() lexiconFile { return lexiconFile{x.lengths, strings.Join(x.words, "\n")} }

// pieces are what a text is made of.
func pieces(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, " ")
}

// textWriter writes texts as the numbers of their pieces.
type textWriter struct {
	*lexicon
	w       bitWriter
	strings []string       // pieces that are not in the lexicon
	at      map[string]int // where
}

func newTextWriter(x *lexicon) *textWriter { return &textWriter{lexicon: x, at: map[string]int{}} }

func (t *textWriter) text(text string) {
	list := pieces(text)
	t.w.gamma(uint64(len(list)) + 1)
	for _, piece := range list {
		if c, ok := t.codes[piece]; ok && piece != rare {
			t.w.digits(c.bits, c.n)
			continue
		}
		c := t.codes[rare]
		t.w.digits(c.bits, c.n)
		n, ok := t.at[piece]
		if !ok {
			n = len(t.strings)
			t.strings, t.at[piece] = append(t.strings, piece), n
		}
		t.w.gamma(uint64(n) + 1)
	}
}

// texts writes a text in every language, or one alone where there is no other.
func (t *textWriter) texts(list []string) {
	if len(list) == 0 || !slices.ContainsFunc(list[1:], func(s string) bool { return s != "" && s != list[0] }) {
		list = append(slices.Clone(list), "")[:1]
	}
	t.w.gamma(uint64(len(list)))
	for _, s := range list {
		t.text(s)
	}
}
