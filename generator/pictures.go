package generator

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"sync"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/record"
)

// pictures is what was made of the images of one record, once its files were
// found to be those decided on.
type pictures struct {
	files    []string   // that the record names, by their paths in the content folder
	from     record.Sum // of everything that went into it
	thumb    catalog.Thumb
	derived  []derive.Derived // in the order of the objects
	faulty   bool             // an image could not be made
	remarked bool             // there was something to tell of one, as the next build must
}

// keptPictures is the data of a row of thumbs, as JSON.
type keptPictures struct {
	From    []byte           `json:"from"`
	Files   []string         `json:"files"`
	Thumb   catalog.Thumb    `json:"thumb"`
	Derived []derive.Derived `json:"derived"`
}

// notePictures writes down what was made of the images of a record, unless
// some could not be made, or something was told: then it is tried again, so that it is told again.
func (m *memory) notePictures(id string, p pictures) error {
	if m.out == nil || p.faulty || p.remarked {
		return nil
	}
	data, err := json.Marshal(keptPictures{From: p.from[:], Files: p.files, Thumb: p.thumb, Derived: p.derived})
	return first(err, m.noteOthers(""), m.out.Add(ledger.KindThumbs, id, data))
}

func recallPictures(data []byte) (p pictures, ok bool) {
	var k keptPictures
	if len(data) == 0 || json.Unmarshal(data, &k) != nil || len(k.From) != len(p.from) {
		return p, false
	}
	p.files, p.thumb, p.derived = k.Files, k.Thumb, k.Derived
	copy(p.from[:], k.From)
	return p, true
}

// fileNow is a file as it lies on disk; one that is not there is zero.
func (s *scan) fileNow(name string) ledger.Seen {
	out := ledger.Seen{Path: name}
	for stat, err := range s.tree.Stats(name) {
		if err == nil {
			out = seenOf(stat)
			out.Settle(s.memory.began)
		}
	}
	return out
}

// pictureSum tells all that goes into the images of a record: its text, what
// its verdict and clearance say of its files, whether the site has downloads, the credit that it inherits, what
// the site cuts into tiles, and these files as they lie on disk.
func (s *scan) pictureSum(c *catalog.Catalog, row int32, files []string) (sum record.Sum) {
	h := sha256.New()
	v := c.Verdict(row)
	fmt.Fprintf(h, "%x %x %t %q %v %v\n", c.Sum(row), v.Append(nil), s.downloads(), c.ID(c.Fonds(row)), c.Inherited(row).Rights.Credit.Langs, tilingOf(s.config.Site.Images))
	fmt.Fprintf(h, "%q\n", s.gate.About(c.Facts(row), c.ID(row)))
	if s.cleared {
		for clearance, listed := range s.gate.FilesListed {
			fmt.Fprintf(h, "%q %q\n", clearance, listed)
		}
	}
	for _, name := range files {
		now := s.fileNow(name)
		if now.ModTime == 0 {
			now.Inode = uint64(s.memory.began.UnixNano()) // young: never the same again
		}
		sum, frozen := s.gate.Frozen(c.Facts(row), name)
		fmt.Fprintf(h, "%q %d %d %d %d %t %s %t\n", now.Path, now.Size, now.ModTime, now.Inode, now.Changed, frozen, sum, s.gate.FreezesAll(c.Facts(row)))
	}
	copy(sum[:], h.Sum(nil))
	return sum
}

// sumOfDerived tells what a page can show of the images of a record.
func sumOfDerived(list []derive.Derived) (sum record.Sum) {
	h := sha256.New()
	for _, d := range list {
		fmt.Fprintf(h, "%s %d %d %d %v\n", d.Name, d.Width, d.Height, d.Tile, d.Sizes)
		if d.Sound != nil {
			fmt.Fprintln(h, d.Sound.Wave)
		}
	}
	copy(sum[:], h.Sum(nil))
	return sum
}

// keptRows finds rows of a section whose paths are asked for in order.
type keptRows struct {
	row  ledger.Row
	ok   bool
	next func() (ledger.Row, error, bool)
	stop func()
}

// pictures are the rows of what the last build made of images.
func (m *memory) pictures() *keptRows {
	m.pictured = true
	seq := func(func(ledger.Row, error) bool) {}
	if m.old != nil {
		seq = m.old.Rows(ledger.KindThumbs)
	}
	r := &keptRows{}
	r.next, r.stop = iter.Pull2(seq)
	r.advance()
	return r
}

func (r *keptRows) advance() {
	var err error
	r.row, err, r.ok = r.next()
	r.ok = r.ok && err == nil
}

// find returns the data of an id, nil where there is none.
func (r *keptRows) find(id string) []byte {
	for r.ok && ledger.Compare(r.row.Path, id) < 0 {
		r.advance()
	}
	if !r.ok || r.row.Path != id {
		return nil
	}
	return append([]byte(nil), r.row.Data...)
}

// publisher claims derivatives for a site, each once.
type publisher struct {
	target  *publish.Target
	stage   *publish.Stage
	workers int
	base    string // address of the site; empty where it has none
	done    map[record.Sum]struct{}
}

// survey is what the last build left, as it lies in the output folder now.
func (p *publisher) survey() (*publish.Survey, error) { return p.target.Survey(p.workers) }

// look begins the survey, to be done while the sources are read; whoever needs
// it waits for it. The function that it returns waits for its end.
func (p *publisher) look() (wait func()) {
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = p.survey() }) // whoever needs it is told the error
	return wg.Wait
}

// published reports whether a derivative lies in the output folder as the last
// build put it there.
func (p *publisher) published(d derive.Derived) bool {
	survey, err := p.survey()
	return err == nil && d.Is(func(name, _ string) (int64, [sha256.Size]byte, bool) {
		n, ok := survey.Find(name)
		if !ok {
			return 0, [sha256.Size]byte{}, false
		}
		w, err := survey.Row(n)
		return w.Size, w.Hash, err == nil
	})
}

func nameSum(d derive.Derived) (sum record.Sum) {
	all := sha256.Sum256([]byte(d.Name))
	copy(sum[:], all[:])
	return sum
}

// claimed reports whether a derivative was claimed. Once all are, it may be
// asked by many goroutines.
func (p *publisher) claimed(d derive.Derived) bool {
	_, ok := p.done[nameSum(d)]
	return ok
}

// use claims a derivative: as it lies in the output folder where it has no path.
func (p *publisher) use(d derive.Derived) error {
	if p.claimed(d) {
		return nil
	}
	p.done[nameSum(d)] = struct{}{}
	for name, path := range d.Files() {
		if err := p.put(name, path); err != nil {
			return err
		}
	}
	info, err := imageInfo(p.base, d)
	if err != nil || info == nil {
		return err
	}
	return p.stage.Write(d.Name+"/"+infoName, info)
}

func (p *publisher) put(name, path string) error {
	if path == "" {
		return p.stage.Keep(name)
	}
	return p.stage.Link(name, path)
}
