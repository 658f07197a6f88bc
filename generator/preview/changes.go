package preview

import "sync"

// changes are what changed and nobody has heard of yet. Several changes are
// told as one.
type changes struct {
	note chan struct{} // holds a note while there is something to hear

	mu    sync.Mutex
	files map[string]bool // by their paths from the first root, slash-separated
	any   bool            // anything may have changed
}

// manyFiles is how many are named one by one.
const manyFiles = 100

func newChanges() *changes {
	return &changes{note: make(chan struct{}, 1), files: map[string]bool{}}
}

// add tells of files that changed; of anything where none is named.
func (c *changes) add(files ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range files {
		c.files[f] = true
	}
	c.any = c.any || len(files) == 0 || len(c.files) > manyFiles
	select {
	case c.note <- struct{}{}:
	default: // one lies there already
	}
}

// take hears of everything. ok is false where there was nothing to hear;
// no files are anything.
func (c *changes) take() (files []string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ok = c.any || len(c.files) > 0
	if !c.any {
		for f := range c.files {
			files = append(files, f)
		}
	}
	c.any = false
	clear(c.files)
	return files, ok
}
