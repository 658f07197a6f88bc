package publish

import (
	"sync"
	"sync/atomic"

	"vitrine/generator/internal/ledger"
)

// Survey is what the last build left, looked up by path, and whether it still
// lies in the output folder as it was left. A file is named by the number of
// its row in the ledger. It may be used by many goroutines.
type Survey struct {
	old    *ledger.Ledger // nil where nothing is known
	index  *ledger.Index
	intact bits
	whole  bool
}

// Survey looks at every file of the last build with several workers; asked
// again before the next commit it gives the same answer. It may run while other
// goroutines use the stage.
func (t *Target) Survey(workers int) (*Survey, error) {
	t.looking.Lock()
	defer t.looking.Unlock()
	if t.survey == nil {
		s := &Survey{old: t.old}
		if t.old != nil {
			if err := s.look(t, workers); err != nil {
				return nil, errIO("đọc", "read", t.in("ledger"), err)
			}
		}
		t.survey = s
	}
	return t.survey, nil
}

// left is a file of the last build on its way to a worker.
type left struct {
	n   int
	row ledger.Written
}

func (s *Survey) look(t *Target, workers int) error {
	const batch = 512
	s.index, s.intact = s.old.NewIndex(ledger.KindWritten), newBits(s.old.Len(ledger.KindWritten))
	var broken atomic.Bool
	var wg sync.WaitGroup
	work := make(chan []left)
	for range workers {
		wg.Go(func() {
			for list := range work {
				for _, f := range list {
					if t.Intact(f.row) {
						s.intact.set(f.n)
					} else {
						broken.Store(true)
					}
				}
			}
		})
	}
	list := make([]left, 0, batch)
	var err error
	for row, rerr := range s.old.Rows(ledger.KindWritten) {
		var w ledger.Written
		if err = rerr; err == nil {
			w, _, err = ledger.SplitWritten(row)
		}
		if err != nil {
			break
		}
		if list = append(list, left{s.index.Add(row), w}); len(list) == batch {
			work <- list
			list = make([]left, 0, batch)
		}
	}
	work <- list
	close(work)
	wg.Wait()
	s.whole = err == nil && !broken.Load()
	return err
}

// Whole reports whether every file of the last build is intact, and there was
// one.
func (s *Survey) Whole() bool { return s.whole }

// Len is how many files the last build left.
func (s *Survey) Len() int {
	if s.index == nil {
		return 0
	}
	return s.index.Len()
}

// Find returns the number of a file by its path. ok is false where the last
// build left no such file, or where it is no longer intact.
func (s *Survey) Find(path string) (n int, ok bool) {
	if s.index == nil {
		return -1, false
	}
	n, ok = s.index.Find(path)
	return n, ok && s.intact.has(n)
}

// Row reads what is known of a file.
func (s *Survey) Row(n int) (ledger.Written, error) {
	row, err := s.index.Row(n)
	if err != nil {
		return ledger.Written{}, err
	}
	return ledger.ParseWritten(row)
}

// Each goes through the files of the last build with what their keys were made
// from, which is valid during the call and empty where there is no key.
func (s *Survey) Each(do func(n int, from []byte)) error {
	if s.old == nil {
		return nil
	}
	n := 0
	for row, err := range s.old.Rows(ledger.KindWritten) {
		if err != nil {
			return err
		}
		_, from, err := ledger.SplitWritten(row)
		if err != nil {
			return err
		}
		do(n, from)
		n++
	}
	return nil
}

// bits is a set of small numbers that many goroutines may add to.
type bits []atomic.Uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

// set adds a number and reports whether it is new.
func (b bits) set(n int) bool {
	bit := uint64(1) << (n & 63)
	return b[n>>6].Or(bit)&bit == 0
}

func (b bits) has(n int) bool { return b[n>>6].Load()&(1<<(n&63)) != 0 }
