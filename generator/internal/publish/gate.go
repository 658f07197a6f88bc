package publish

import (
	"errors"
	"sync"
)

// ErrForsaken says that the output folder was taken from this target with
// [Target.Forsake].
var ErrForsaken = errors.New("forsaken")

// gate is a file system that can be shut. Whoever is still at work behind it
// changes nothing more from then on.
type gate struct {
	FS
	mu     sync.RWMutex
	closed bool
}

// shut waits for the operations that run, each of which is one call of the
// system, and lets none begin any more.
func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

func (g *gate) pass(do func() error) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return ErrForsaken
	}
	return do()
}

// Mkdir makes one folder.
func (g *gate) Mkdir(path string) error {
	return g.pass(func() error { return g.FS.Mkdir(path) })
}

// Create makes a new file, which is shut with the gate.
func (g *gate) Create(path string) (f File, err error) {
	err = g.pass(func() error {
		f, err = g.FS.Create(path)
		return err
	})
	if err != nil {
		return nil, err
	}
	return gateFile{f, g}, nil
}

// Link makes a second name for a file.
func (g *gate) Link(old, new string) error {
	return g.pass(func() error { return g.FS.Link(old, new) })
}

// Rename renames a file or a folder.
func (g *gate) Rename(old, new string) error {
	return g.pass(func() error { return g.FS.Rename(old, new) })
}

// Remove removes a file or an empty folder.
func (g *gate) Remove(path string) error {
	return g.pass(func() error { return g.FS.Remove(path) })
}

// RemoveAll removes a folder with all it holds.
func (g *gate) RemoveAll(path string) error {
	return g.pass(func() error { return g.FS.RemoveAll(path) })
}

// SyncDir makes renames in a folder durable.
func (g *gate) SyncDir(path string) error {
	return g.pass(func() error { return g.FS.SyncDir(path) })
}

type gateFile struct {
	File
	gate *gate
}

func (f gateFile) Write(b []byte) (n int, err error) {
	err = f.gate.pass(func() error {
		n, err = f.File.Write(b)
		return err
	})
	return n, err
}
