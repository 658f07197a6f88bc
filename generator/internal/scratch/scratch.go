// Package scratch makes files for what is too much for the memory and of no
// use after the run.
package scratch

import (
	"os"
	"path/filepath"
)

// File is a file that nobody else finds: it has no name, or where the system
// leaves an open file its name, loses it in Close.
type File struct {
	*os.File
	name string // empty where it has none
}

// New makes a file in a folder. what is the beginning of its name, the same for
// all files of a purpose; those of runs that were killed are removed.
func New(dir, what string) (*File, error) {
	pattern := what + "-*.tmp"
	left, _ := filepath.Glob(filepath.Join(dir, pattern)) // a folder that cannot be searched is not swept
	for _, name := range left {
		_ = os.Remove(name) // one in use cannot be removed
	}
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	out := &File{f, f.Name()}
	if os.Remove(out.name) == nil {
		out.name = ""
	}
	return out, nil
}

// Close closes the file and removes it.
func (f *File) Close() error {
	err := f.File.Close()
	if f.name != "" {
		_ = os.Remove(f.name)
	}
	return err
}
