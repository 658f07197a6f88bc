package publish

import (
	"iter"

	"vitrine/generator/internal/ledger"
)

// pair is what this build and the last one say about one path.
type pair struct {
	path    string
	claimed bool           // this build wants the file
	kept    bool           // and wants it as it is
	now     ledger.Written // as staged; of a kept file the old row without key
	owned   bool           // the last build wrote it
	old     ledger.Written // its row, where the file is not kept
	row     []byte         // its row as it stands in the ledger, valid until the next pair
}

// pairs merges the claims of the stage with the rows of the last build. It
// ends with an error where two claims do not go together.
func (s *Stage) pairs() iter.Seq2[pair, error] {
	return func(yield func(pair, error) bool) {
		old := newCursor(s.t.Rows(ledger.KindWritten))
		defer old.stop()
		m := merger{s: s, old: old, yield: yield}
		for claim, err := range s.claims.sorted() {
			if err != nil {
				yield(pair{}, err)
				return
			}
			for old.ok && ledger.Compare(old.row.Path, claim.Path) < 0 {
				if !m.onlyOld() {
					return
				}
			}
			if !m.claim(claim) {
				return
			}
		}
		for old.ok {
			if !m.onlyOld() {
				return
			}
		}
		if old.err != nil {
			yield(pair{}, errIO("đọc", "read", s.t.in("ledger"), old.err))
		}
	}
}

// merger stands between the claims and the rows of the last build.
type merger struct {
	s     *Stage
	old   *cursor
	last  string // path of the last claim
	yield func(pair, error) bool
}

// onlyOld yields the row at which the cursor stands, which no claim was staged
// for, and moves on.
func (m *merger) onlyOld() bool {
	p := pair{path: m.old.row.Path, owned: true, row: m.old.row.Data}
	w, _, err := ledger.SplitWritten(m.old.row)
	if m.s.kept.has(m.old.n) {
		w.Key = ledger.Hash{}
		p.claimed, p.kept, p.now = true, true, w
		if err == nil {
			err = m.compatible(p.path)
		}
	} else {
		p.old = w
	}
	if !m.yield(p, err) || err != nil {
		return false
	}
	m.old.advance()
	return true
}

// claim yields a staged file, with the row of the last build for the same path
// if the cursor stands at it.
func (m *merger) claim(claim ledger.Row) bool {
	p := pair{path: claim.Path, claimed: true}
	err := m.compatible(claim.Path)
	if err == nil {
		p.now, err = ledger.ParseWritten(claim)
	}
	if m.old.ok && m.old.row.Path == claim.Path && err == nil {
		if m.s.kept.has(m.old.n) {
			err = errTwice(claim.Path, claim.Path)
		} else {
			p.owned = true
			p.old, err = ledger.ParseWritten(m.old.row)
			m.old.advance()
		}
	}
	return m.yield(p, err) && err == nil
}

// compatible reports two claims that cannot both be files: last stands right
// before path in order, so a file that should be a folder is found as well.
func (m *merger) compatible(path string) error {
	last := m.last
	m.last = path
	if last == path || last != "" && under(last, path) {
		return errTwice(last, last)
	}
	s := m.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.odd) == 0 {
		return nil
	}
	inOrder := folded(path)
	for p := range prefixes(path) {
		if under(p, last) {
			return nil // looked at with the last path
		}
		name := p
		if !inOrder {
			name = fold(p)
		}
		if other, ok := s.odd[name]; ok && other != p {
			return errTwice(p, other)
		}
	}
	return nil
}

// cursor stands at a row of the last build.
type cursor struct {
	row  ledger.Row
	n    int // its number
	ok   bool
	err  error
	next func() (ledger.Row, error, bool)
	stop func()
}

func newCursor(rows iter.Seq2[ledger.Row, error]) *cursor {
	c := &cursor{n: -1}
	c.next, c.stop = iter.Pull2(rows)
	c.advance()
	return c
}

func (c *cursor) advance() {
	var more bool
	c.row, c.err, more = c.next()
	c.ok = more && c.err == nil
	c.n++
}

// Files iterates over everything claimed so far, what was kept included, in
// the order of ledger.Compare: what a manifest lists. Files may be staged while
// it runs; they are not in it.
func (s *Stage) Files() iter.Seq2[ledger.Written, error] {
	return func(yield func(ledger.Written, error) bool) {
		for p, err := range s.pairs() {
			if err == nil && !p.claimed {
				continue
			}
			if !yield(p.now, err) || err != nil {
				return
			}
		}
	}
}

// Gone iterates over what the last build wrote and nothing claims so far: what
// a commit now would remove.
func (s *Stage) Gone() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if s.t.old == nil {
			return
		}
		for p, err := range s.pairs() {
			if err == nil && p.claimed {
				continue
			}
			if !yield(p.path, err) || err != nil {
				return
			}
		}
	}
}
