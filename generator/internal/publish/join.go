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
	intact  bool           // and has looked at it
	now     ledger.Written // as staged; the old row if kept
	owned   bool           // the last build wrote it
	old     ledger.Written
}

// pairs merges the claims of the stage with the rows of the last build. It
// ends with an error where two claims do not go together.
func (s *Stage) pairs() iter.Seq2[pair, error] {
	return func(yield func(pair, error) bool) {
		old := newCursor(s.t.Owned())
		defer old.stop()
		last := ""
		for row, err := range s.claims.sorted() {
			if err == nil {
				err = s.compatible(last, row.Path)
			}
			if err != nil {
				yield(pair{}, err)
				return
			}
			last = row.Path
			for old.ok && ledger.Compare(old.row.Path, row.Path) < 0 {
				if !yield(old.pair(), nil) {
					return
				}
				old.advance()
			}
			p, err := old.match(row)
			if !yield(p, err) || err != nil {
				return
			}
		}
		for ; old.ok; old.advance() {
			if !yield(old.pair(), nil) {
				return
			}
		}
		if old.err != nil {
			yield(pair{}, errIO("đọc", "read", s.t.in("ledger"), old.err))
		}
	}
}

// compatible reports two claims that cannot both be files: last stands right
// before path in order, so a file that should be a folder is found as well.
func (s *Stage) compatible(last, path string) error {
	if last == path || last != "" && under(last, path) {
		return errTwice(last, last)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.odd) == 0 {
		return nil
	}
	for p := range prefixes(path) {
		if other, ok := s.odd[fold(p)]; ok && other != p {
			return errTwice(p, other)
		}
	}
	return nil
}

// cursor stands at a row of the last build.
type cursor struct {
	row  ledger.Written
	ok   bool
	err  error
	next func() (ledger.Written, error, bool)
	stop func()
}

func newCursor(rows iter.Seq2[ledger.Written, error]) *cursor {
	c := &cursor{}
	c.next, c.stop = iter.Pull2(rows)
	c.advance()
	return c
}

func (c *cursor) advance() {
	var more bool
	c.row, c.err, more = c.next()
	c.ok = more && c.err == nil
}

// pair is a path that only the last build knows.
func (c *cursor) pair() pair { return pair{path: c.row.Path, owned: true, old: c.row} }

// match pairs a claim with the row of the last build for the same path, if the
// cursor stands at it, and moves on.
func (c *cursor) match(claim ledger.Row) (pair, error) {
	p := pair{path: claim.Path, claimed: true, kept: len(claim.Data) <= 1, intact: len(claim.Data) == 1}
	if c.ok && c.row.Path == claim.Path {
		p.owned, p.old = true, c.row
		c.advance()
	}
	var err error
	switch {
	case !p.kept:
		p.now, err = ledger.ParseWritten(claim)
	case p.owned:
		p.now = p.old
	default:
		err = errStale(p.path)
	}
	p.now.Path = p.path
	return p, err
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
