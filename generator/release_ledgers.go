package generator

import (
	"io"
	"iter"

	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/dossier"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
)

// changes are what became of the records since the last edition.
type changes struct {
	fresh, changed []int32        // rows
	restored       []int32        // rows that had left the site, under this id or another
	returned       map[int32]bool // the same; before all is gone through, more of them
	before         map[int32]edition.Print
	left           []string       // ids that are no longer on the site
	renamed        map[int32]bool // rows that were there under another id
	moved, turned  []turn
	became         map[string]bool   // addresses that lead on and are not as they were in the last edition
	ceased         []edition.Address // addresses for programs at which nothing is any more
	files          *dossier.Files    // nil where the files of the last edition are not known
}

// turn is an address that leads to another since this edition.
type turn struct{ from, to, id string }

func (c *changes) counts(published int) edition.Counts {
	moved := map[string]bool{} // a record has an address in every language
	for _, t := range c.moved {
		moved[t.id] = true
	}
	return edition.Counts{Published: published, New: len(c.fresh), Restored: len(c.restored), Changed: len(c.changed), Withdrawn: len(c.left), Moved: len(moved)}
}

// sort tells records that are new from those that only have another id, and from
// those that are on the site again.
func (c *changes) sort() {
	came, left := c.fresh, c.returned
	c.fresh, c.returned = nil, map[int32]bool{}
	for _, row := range came {
		switch {
		case c.renamed[row]:
		case left[row]:
			c.restored, c.returned[row] = append(c.restored, row), true
		default:
			c.fresh = append(c.fresh, row)
		}
	}
}

// pulled is a sequence that is asked for its next element, or its error.
type pulled[T any] struct {
	now  T
	err  error
	ok   bool
	next func() (T, error, bool)
	stop func()
}

func pull[T any](seq iter.Seq2[T, error]) *pulled[T] {
	p := &pulled[T]{}
	p.next, p.stop = iter.Pull2(seq)
	p.advance()
	return p
}

func (p *pulled[T]) advance() {
	if p.err == nil {
		p.now, p.err, p.ok = p.next()
		p.ok = p.ok && p.err == nil
	}
}

// writeStates writes the ledger of states with those that are new, and notes
// what became of each record. Both are in the order of ids.
func (r *releasing) writeStates(w io.Writer, p *plan.Plan) error {
	cat := p.Input.Catalog
	r.changes = changes{before: map[int32]edition.Print{}, became: map[string]bool{}, renamed: map[int32]bool{}, returned: map[int32]bool{}}
	heirs := map[string]int32{}
	for id, row := range cat.Former() {
		heirs[id] = row
	}
	old := pull(r.shelf.States())
	defer old.stop()
	for row := range cat.ByID() {
		if cat.Kind(row) != catalog.Unit {
			continue
		}
		id := cat.ID(row)
		if err := r.leave(w, old, id, heirs); err != nil {
			return err
		}
		known := old.ok && old.now.ID == id
		last, err := copyStates(w, old, id)
		if err != nil {
			return err
		}
		if known && last == 0 {
			r.changes.returned[row] = true
		}
		if err := r.note(w, row, id, last); err != nil {
			return err
		}
	}
	err := first(r.leave(w, old, "", heirs), old.err)
	r.changes.sort()
	return err
}

// leave copies the states of the records before an id, all where it is empty:
// they are not on the site any more.
func (r *releasing) leave(w io.Writer, old *pulled[edition.State], until string, heirs map[string]int32) error {
	for old.ok && (until == "" || old.now.ID < until) {
		id := old.now.ID
		last, err := copyStates(w, old, id)
		heir, inherited := heirs[id]
		switch {
		case err != nil || last == 0 && !inherited:
		case last == 0:
			r.changes.returned[heir] = true
		case inherited:
			r.changes.renamed[heir] = true
		default:
			r.changes.left = append(r.changes.left, id)
		}
		if err == nil && last != 0 {
			err = edition.AppendState(w, edition.State{ID: id, Number: r.now.Number})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// copyStates copies the states of a record and returns the last one, 0 where
// it was not on the site.
func copyStates(w io.Writer, old *pulled[edition.State], id string) (last edition.Print, err error) {
	for ; old.ok && old.now.ID == id; old.advance() {
		last = old.now.Print
		if err := edition.AppendState(w, old.now); err != nil {
			return 0, err
		}
	}
	return last, old.err
}

// note writes the state of a published record, where it is another than before.
func (r *releasing) note(w io.Writer, row int32, id string, last edition.Print) error {
	print := r.prints[row]
	switch last {
	case print:
		return nil
	case 0:
		r.changes.fresh = append(r.changes.fresh, row)
	default:
		r.changes.changed = append(r.changes.changed, row)
		r.changes.before[row] = last
	}
	return edition.AppendState(w, edition.State{ID: id, Print: print, Number: r.now.Number})
}

// writeAddresses writes the ledger of addresses with those of this site that
// are new, pages and what programs read, and notes which pages moved. Both are in the order of a walk.
func (r *releasing) writeAddresses(w io.Writer, p *plan.Plan, stage *publish.Stage) error {
	known := map[string]bool{} // the addresses in turns that were released before
	turns := map[string]bool{}
	for from, to := range p.Redirects() {
		turns[from], turns[to] = true, true
	}
	old := pull(r.shelf.Addresses())
	defer old.stop()
	keep := func(until string) error {
		for ; old.ok && (until == "" || ledger.Compare(old.now.Path, until) < 0); old.advance() {
			if err := edition.AppendAddress(w, old.now); err != nil {
				return err
			}
		}
		return old.err
	}
	for f, err := range stage.Files() {
		if err == nil && !plan.IsAddress(f.Path) {
			continue
		}
		if err := first(err, keep(f.Path)); err != nil {
			return err
		}
		a := edition.Address{Path: f.Path, ID: p.About(f.Path), Number: r.now.Number}
		if old.ok && old.now.Path == f.Path {
			a.Number = old.now.Number
			if a.ID == "" {
				a.ID = old.now.ID
			}
			if turns[f.Path] {
				known[f.Path] = true
			}
			old.advance()
		}
		if err := edition.AppendAddress(w, a); err != nil {
			return err
		}
	}
	if err := keep(""); err != nil {
		return err
	}
	r.noteTurns(p, known)
	return nil
}

// noteTurns tells pages that moved with this edition from addresses that lead
// on to where a page has been.
func (r *releasing) noteTurns(p *plan.Plan, known map[string]bool) {
	for from, to := range p.Redirects() {
		t := turn{from, to, p.About(from)}
		switch {
		case known[from] && !known[to]:
			r.changes.moved = append(r.changes.moved, t)
		case r.changes.became[from]:
			r.changes.turned = append(r.changes.turned, t)
		}
	}
}
