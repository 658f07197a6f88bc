package publish

import (
	"errors"
	"io/fs"
	"os"
	"sync"
)

var errFault = errors.New("injected fault")

// faults is a file system that fails at one of its operations, counted from 1:
// at that one alone, as a full disk or a scanner would make it, or at that and
// all later ones, as if the process had been killed there. It leaves out the
// real syncs, which no process can observe.
type faults struct {
	OS
	at       int  // 0 for never
	atRename int  // fail from this rename on; 0 for never
	kill     bool // fail ever after

	mu  sync.Mutex
	n   int
	log []string
}

// hit counts an operation and reports whether it fails.
func (f *faults) hit(op string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	f.log = append(f.log, op)
	if op == "rename" && f.atRename > 0 {
		if f.atRename--; f.atRename == 0 {
			f.at, f.kill = f.n, true
		}
	}
	return f.at > 0 && (f.n == f.at || f.kill && f.n > f.at)
}

func (f *faults) do(op string, run func() error) error {
	if f.hit(op) {
		return errFault
	}
	return run()
}

func (f *faults) Mkdir(p string) error {
	return f.do("mkdir", func() error { return f.OS.Mkdir(p) })
}

func (f *faults) Link(a, b string) error {
	return f.do("link", func() error { return f.OS.Link(a, b) })
}

func (f *faults) Rename(a, b string) error {
	return f.do("rename", func() error { return f.OS.Rename(a, b) })
}

func (f *faults) Remove(p string) error {
	return f.do("remove", func() error { return f.OS.Remove(p) })
}

func (f *faults) SyncDir(string) error { return f.do("syncdir", func() error { return nil }) }

// RemoveAll that is hit removes a part.
func (f *faults) RemoveAll(p string) error {
	if !f.hit("removeall") {
		return f.OS.RemoveAll(p)
	}
	if entries, err := os.ReadDir(p); err == nil && len(entries) > 0 {
		os.RemoveAll(p + "/" + entries[0].Name())
	}
	return errFault
}

func (f *faults) Create(p string) (File, error) {
	if f.hit("create") {
		return nil, errFault
	}
	file, err := f.OS.Create(p)
	if err != nil {
		return nil, err
	}
	return &faultyFile{file, f}, nil
}

type faultyFile struct {
	File
	f *faults
}

// Write that is hit writes a half.
func (w *faultyFile) Write(b []byte) (int, error) {
	if w.f.hit("write") {
		n, _ := w.File.Write(b[:len(b)/2])
		return n, errFault
	}
	return w.File.Write(b)
}

func (w *faultyFile) Sync() error { return w.f.do("sync", func() error { return nil }) }

func (w *faultyFile) Close() error {
	err := w.File.Close() // the system closes the files of a dead process too
	if w.f.hit("close") {
		return errFault
	}
	return err
}

func (w *faultyFile) Stat() (fs.FileInfo, error) { return w.File.Stat() }
