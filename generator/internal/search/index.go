package search

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"vitrine/generator/internal/scratch"
)

// Root is the file that names the others. Its name never changes.
const Root = "root.js"

// Doc is what is indexed and shown of a record.
type Doc struct {
	Path   string   // "<fonds>/<record>", or "<fonds>"
	Title  []string // one for each language of the site, empty where it is that of the first
	Titles []string // all by which it is found, in any language
	// References are its codes, Names those it is about or from, in any language.
	References, Names []string
	Dates             []string // keys of the days, months and years that it is dated to
	Year              int      // by which it is numbered, 0 for none
	Day               Day
	Years             Span // in which it begins and ends
	// Summary and Transcript are plain paragraphs, or pages.
	Summary, Transcript []string
	Row                 Row
	Facets              []Facet
}

// Day is when a record is dated to: from First on, days from 1 January of year 1, which is
// 0, for Days. First never descends from one record to the next; Days is 0 where there is no date.
type Day struct {
	First, Days int32
	Vague       bool // approximate or uncertain
}

// Event is a dated event, which the timeline shows beside the records. It is no record of
// the index: nothing finds it but its name, see [Index.Alias].
type Event struct {
	Path   string   // of its page in the first language, without ".html"
	Titles []string // one for each language of the site, empty where it is that of the first
	Day    Day
	Kept   bool // on another day than its own
}

// Span are the first and the last year of a record.
type Span struct{ First, Last int }

// Facet is a value by which hits can be narrowed.
type Facet struct {
	Name   string // "form"
	ID     string
	Labels []string // one for each language
}

// Row is what is shown of a hit beside its title. What has several languages is one
// text for each, empty where it is that of the first.
type Row struct {
	Level, Form, Place    []string
	Reference, Date, Text []string
	Picture               *Picture
}

// Picture is a small picture of a record.
type Picture struct {
	Path          string // from the root of the site
	Width, Height int
	Alt           []string
}

// The lanes of a record.
const (
	laneTitle = iota
	laneReference
	laneNames
	laneSummary
	laneTranscript
	lanes
)

// entry is a place at which a term stands.
type entry struct {
	term, doc uint32
	canon     uint16
	lane      uint16
	place     uint32
}

// Index gathers what is indexed, and writes it.
type Index struct {
	langs []string
	docs  int
	put   func(name string, data []byte) error

	words  *vocabulary
	year   []int16         // of all records, by number
	day    []Day           // the same
	span   map[uint32]Span // of those that do not begin and end in that year
	titles shelf
	rows   shelf

	mu     sync.Mutex
	room   int // bytes of entries that may be held in all
	file   *scratch.File
	dir    string
	end    int64
	parts  [len(parts) + 1][]stretch // the last one is of facets
	labels map[uint32]Facet
	alias  map[string][]string
	events []string
	names  map[string]string // tokens of names of authorities, and how they are spelled
	shards map[string]bool   // names of the files that are written
}

// stretch are entries of one part: held, or in the file.
type stretch struct {
	block int // in which they begin, for their order
	held  []entry
	at    int64
	n     int
}

// perDays is how many records a file of days holds, perBlock how many one goroutine adds at once.
const (
	perDays  = 7920
	perBlock = 4 * perFile
)

// New begins an index of so many records. Beyond what may be held, entries wait in a file
// in dir. put takes finished files, by several goroutines, under their names in the folder
// of the index.
func New(dir string, langs []string, docs int, put func(name string, data []byte) error) *Index {
	return &Index{langs: langs, docs: docs, put: put, dir: dir, room: 64 << 20, words: newVocabulary(), year: make([]int16, docs), day: make([]Day, docs), span: map[uint32]Span{},
		titles: newShelf("titles", docs), rows: newShelf("rows", docs),
		labels: map[uint32]Facet{}, alias: map[string][]string{}, names: map[string]string{}, shards: map[string]bool{}}
}

// Close gives up what waits in a file.
func (x *Index) Close() error {
	if x.file == nil {
		return nil
	}
	return x.file.Close()
}

// Blocks is how many blocks the records are divided into; each is added by one goroutine.
func (x *Index) Blocks() int { return (x.docs + perBlock - 1) / perBlock }

// Block are the numbers of the records of a block: from first on, before end.
func (x *Index) Block(n int) (first, end int) {
	return n * perBlock, min((n+1)*perBlock, x.docs)
}

// Worker adds blocks of records, one after another.
type Worker struct {
	x       *Index
	memory  memory
	block   int
	doc     uint32
	entries [len(parts) + 1][]entry
	begun   [len(parts) + 1]int // the block in which entries begin
	cards   []card              // of the block
	tokens  []placed
}

// Worker returns a worker.
func (x *Index) Worker() *Worker {
	return &Worker{x: x, memory: newMemory(x.words)}
}

// flushAt is how many entries of a part a worker gathers before it hands them on.
const flushAt = 1 << 14

// Add adds the records of a block in their order; doc composes each.
func (w *Worker) Add(block int, doc func(n int) (*Doc, error)) error {
	first, end := w.x.Block(block)
	w.block, w.cards = block, w.cards[:0]
	for n := first; n < end; n++ {
		d, err := doc(n)
		if err != nil {
			return err
		}
		w.add(uint32(n), d)
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.x.writeBlock(block, w.cards)
}

// Done hands on what the worker has gathered.
func (w *Worker) Done() error {
	var failed error
	for part := range w.entries {
		failed = cmp.Or(failed, w.flush(part))
	}
	return failed
}

func (w *Worker) add(n uint32, d *Doc) {
	w.doc = n
	w.x.year[n] = int16(d.Year)
	if d.Year != 0 && d.Years != (Span{d.Year, d.Year}) {
		w.x.mu.Lock()
		w.x.span[n] = d.Years
		w.x.mu.Unlock()
	}
	w.cards = append(w.cards, card{d.Path, d.Title, d.Row})
	w.x.day[n] = d.Day
	w.lane(laneTitle, d.Titles)
	w.lane(laneReference, d.References)
	for _, key := range d.Dates {
		w.key(key, laneReference, 0)
	}
	w.lane(laneNames, d.Names)
	w.lane(laneSummary, d.Summary)
	w.lane(laneTranscript, d.Transcript)
	for _, f := range d.Facets {
		w.facet(f)
	}
}

// placed is a token of a text that is being added.
type placed struct {
	known
	number known // that it stands for; its term is 0 for most
}

// read takes the tokens of a text, and its codes and dates. joined are the words that
// several tokens make together, each with the number of the first.
func (w *Worker) read(text string) (keys []Stretch, joined map[int]known) {
	text = norm.NFC.String(text)
	w.tokens = w.tokens[:0]
	more := false // than tokens
	for from, to := range runs(text) {
		if k := w.memory.word(text[from:to]); k.term != 0 {
			w.tokens = append(w.tokens, placed{known: k})
			more = more || k.counts
		}
	}
	if !more && !strings.ContainsAny(text, "-.") {
		return nil, nil
	}
	tokens := Tokens(text)
	for i := range tokens {
		if n := tokens[i].Number; n != "" {
			w.tokens[i].number = w.memory.word(n)
		}
	}
	words, places := Joined(text, tokens)
	for i, t := range words {
		if joined == nil {
			joined = map[int]known{}
		}
		sign := text[tokens[places[i].First].To:tokens[places[i].First+1].From]
		joined[places[i].First] = w.memory.word(strings.ReplaceAll(text[t.From:t.To], sign, ""))
	}
	return append(Codes(text, tokens), Dates(text, tokens)...), joined
}

// titleStep is the room that a title has in its lane: each begins at a multiple of it.
const titleStep = 64

// lane adds the texts of a lane.
func (w *Worker) lane(lane uint16, texts []string) {
	place := uint32(0)
	for _, text := range texts {
		keys, joined := w.read(text)
		for _, k := range keys {
			w.key(k.Key, lane, w.at(lane, place, k.First))
		}
		for i, t := range w.tokens {
			at := w.at(lane, place, i)
			w.put(t.part, entry{t.term, w.doc, t.canon, lane, at})
			if t.number.term != 0 {
				w.put(t.number.part, entry{t.number.term, w.doc, t.number.canon, lane, at})
			}
			if j, ok := joined[i]; ok {
				w.put(j.part, entry{j.term, w.doc, j.canon, lane, at})
			}
		}
		if lane == laneNames {
			w.pairs()
		}
		place += uint32(len(w.tokens)) + 1
		if lane == laneTitle {
			place = (place + titleStep - 1) / titleStep * titleStep
		}
	}
}

// pairs adds the tokens that stand side by side in a name.
func (w *Worker) pairs() {
	for i := range len(w.tokens) - 1 {
		left, right := w.tokens[i], w.tokens[i+1]
		w.put(left.part, entry{term: w.memory.pair(left.term, right.term), doc: w.doc, lane: laneNames})
	}
}

// at is the place of token i of the text that begins at a place.
func (w *Worker) at(lane uint16, place uint32, i int) uint32 {
	at := place + uint32(i)
	if lane != laneTitle {
		return at
	}
	if at *= 2; i == len(w.tokens)-1 {
		at++
	}
	return at
}

func (w *Worker) key(key string, lane uint16, place uint32) {
	w.put(partOf(key), entry{w.x.words.key(key), w.doc, 0, lane, place})
}

// facet adds a value. It is a term like any other, in a part of its own.
func (w *Worker) facet(f Facet) {
	id := w.x.words.key("\x00" + f.Name + "\x00" + f.ID)
	w.x.mu.Lock()
	if _, ok := w.x.labels[id]; !ok {
		w.x.labels[id] = f
	}
	w.x.mu.Unlock()
	w.put(uint16(len(parts)), entry{term: id, doc: w.doc})
}

func (w *Worker) put(part uint16, e entry) {
	if len(w.entries[part]) == 0 {
		w.begun[part] = w.block
	}
	w.entries[part] = append(w.entries[part], e)
}

// settle hands on the parts of which enough was gathered.
func (w *Worker) settle() error {
	for part := range w.entries {
		if len(w.entries[part]) >= flushAt {
			if err := w.flush(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush hands on what was gathered of a part.
func (w *Worker) flush(part int) error {
	list := w.entries[part]
	if len(list) == 0 {
		return nil
	}
	w.entries[part] = list[:0]
	return w.x.take(part, w.begun[part], list)
}

// take keeps entries of a part, in memory as long as there is room.
func (x *Index) take(part, block int, list []entry) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := stretch{block: block, n: len(list)}
	if size := len(list) * entrySize; size <= x.room {
		x.room -= size
		s.held = slices.Clone(list)
		x.parts[part] = append(x.parts[part], s)
		return nil
	}
	if x.file == nil {
		var err error
		if x.file, err = scratch.New(x.dir, "vitrine-search"); err != nil {
			return err
		}
	}
	data := packEntries(list)
	s.at, x.end = x.end, x.end+int64(len(data))
	if _, err := x.file.WriteAt(data, s.at); err != nil {
		return err
	}
	x.parts[part] = append(x.parts[part], s)
	return nil
}

var errLost = errors.New("the entries of the index that were kept on disk cannot be read back")

// gather returns all entries of a part, by term, record, lane and place.
func (x *Index) gather(part int) ([]entry, error) {
	n := 0
	for _, s := range x.parts[part] {
		n += s.n
	}
	out := make([]entry, 0, n)
	for _, s := range x.parts[part] {
		if s.held != nil {
			out = append(out, s.held...)
			continue
		}
		data := make([]byte, s.n*entrySize)
		if _, err := x.file.ReadAt(data, s.at); err != nil {
			return nil, errors.Join(errLost, err)
		}
		out = unpackEntries(out, data)
	}
	x.parts[part] = nil
	slices.SortFunc(out, inOrder)
	return out, nil
}

// inOrder compares the places of entries: most of them differ in term or record.
func inOrder(a, b entry) int {
	if x, y := uint64(a.term)<<32|uint64(a.doc), uint64(b.term)<<32|uint64(b.doc); x != y {
		return cmp.Compare(x, y)
	}
	if x, y := uint64(a.lane)<<32|uint64(a.place), uint64(b.lane)<<32|uint64(b.place); x != y {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(a.canon, b.canon)
}
