package publish

import (
	"container/heap"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"sync"

	"vitrine/generator/internal/ledger"
)

// claims collects the files a build claims, in any order and from any number
// of workers, and gives them back sorted.
//
// Memory: rows wait in one arena of at most runBytes and 12 bytes each beside
// it. A row is its path and 42 to 75 bytes, so with paths of 50 bytes an arena
// holds about 80,000 rows, 9 MiB in all. A full arena is sorted and becomes a
// run on disk, in the format of a ledger. A million files make 13 runs, and
// reading those takes 64 KiB each. None of this is kept after the commit.
type claims struct {
	fs  FS
	dir string // folder of the runs

	mu    sync.Mutex
	arena []byte
	rows  []span
	runs  int
	err   error // of the first run that could not be written
}

const (
	runBytes  = 8 << 20
	kindClaim = ledger.Kind('c')
)

type span struct{ off, path, data uint32 }

// add takes one claim; data is copied.
func (c *claims) add(path string, data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.arena)+len(path)+len(data) > runBytes {
		if err := c.spill(); err != nil {
			return err
		}
	}
	c.rows = append(c.rows, span{uint32(len(c.arena)), uint32(len(path)), uint32(len(data))})
	c.arena = append(append(c.arena, path...), data...)
	return nil
}

func (c *claims) path(s span) []byte { return c.arena[s.off : s.off+s.path] }
func (c *claims) data(s span) []byte { return c.arena[s.off+s.path:][:s.data] }

// spill writes the arena to a run and empties it. The caller holds the lock.
func (c *claims) spill() error {
	if c.err == nil && len(c.rows) > 0 {
		c.err = c.writeRun()
	}
	return c.err
}

func (c *claims) writeRun() error {
	slices.SortFunc(c.rows, func(a, b span) int { return ledger.Compare(c.path(a), c.path(b)) })
	run, err := newDurable(c.fs, c.run(c.runs))
	if err != nil {
		return err
	}
	defer run.close()
	w := ledger.NewWriter(run)
	var last []byte
	for _, s := range c.rows {
		if string(last) == string(c.path(s)) {
			return errTwice(string(last), string(last))
		}
		last = c.path(s)
		if err := w.Add(kindClaim, string(last), c.data(s)); err != nil {
			return err
		}
	}
	if err := errors.Join(w.Close(), run.buf.Flush(), run.close()); err != nil {
		return errIO("ghi", "write", run.tmp, err)
	}
	c.runs++
	c.rows, c.arena = c.rows[:0], c.arena[:0]
	return nil
}

func (c *claims) run(i int) string { return filepath.Join(c.dir, fmt.Sprintf("run-%06d", i)) }

// sorted iterates over everything claimed so far in the order of
// ledger.Compare. Claims may be added while it runs; they are not in it.
func (c *claims) sorted() iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		c.mu.Lock()
		err := c.spill()
		n := c.runs
		c.mu.Unlock()
		if err != nil {
			yield(ledger.Row{}, err)
			return
		}
		h := &runHeap{}
		defer h.stop()
		for i := range n {
			if err := h.open(c.run(i)); err != nil {
				yield(ledger.Row{}, err)
				return
			}
		}
		heap.Init(h)
		merge(h, yield)
	}
}

func merge(h *runHeap, yield func(ledger.Row, error) bool) {
	for h.Len() > 0 {
		least := h.runs[0]
		if !yield(least.row, nil) {
			return
		}
		switch more, err := least.advance(); {
		case err != nil:
			yield(ledger.Row{}, err)
			return
		case more:
			heap.Fix(h, 0)
		default:
			heap.Pop(h)
		}
	}
}

// runReader stands at one row of a run.
type runReader struct {
	row  ledger.Row
	next func() (ledger.Row, error, bool)
}

func (r *runReader) advance() (more bool, err error) {
	r.row, err, more = r.next()
	return more && err == nil, err
}

// runHeap orders runs by the row at which they stand.
type runHeap struct {
	runs    []*runReader
	closers []func()
}

var _ heap.Interface = (*runHeap)(nil)

func (h *runHeap) open(name string) error {
	l, err := ledger.Open(name)
	if err != nil {
		return errIO("đọc", "read", name, err)
	}
	next, stop := iter.Pull2(l.Rows(kindClaim))
	h.closers = append(h.closers, func() { stop(); l.Close() })
	r := &runReader{next: next}
	more, err := r.advance()
	if more {
		h.runs = append(h.runs, r)
	}
	return err
}

func (h *runHeap) stop() {
	for _, c := range h.closers {
		c()
	}
}

// Len is the number of runs that have rows left.
func (h *runHeap) Len() int { return len(h.runs) }

// Less orders runs by path.
func (h *runHeap) Less(i, j int) bool {
	return ledger.Compare(h.runs[i].row.Path, h.runs[j].row.Path) < 0
}

// Swap swaps two runs.
func (h *runHeap) Swap(i, j int) { h.runs[i], h.runs[j] = h.runs[j], h.runs[i] }

// Push is part of heap.Interface.
func (h *runHeap) Push(x any) { h.runs = append(h.runs, x.(*runReader)) }

// Pop removes the last run.
func (h *runHeap) Pop() any {
	last := h.runs[len(h.runs)-1]
	h.runs = h.runs[:len(h.runs)-1]
	return last
}
