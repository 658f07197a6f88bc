package publish

import (
	"errors"
	"io/fs"
	"os"
)

// Open opens a file that the stage claims, for reading: as it was staged, or as
// it lies in the output folder where it is kept. It must be closed before the
// commit.
func (s *Stage) Open(path string) (*os.File, error) {
	f, err := os.Open(s.at(path))
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.Open(s.t.at(path))
	}
	if err != nil {
		return nil, errIO("đọc", "read", path, err)
	}
	return f, nil
}

// MkdirAll makes a folder and those above it; it is no error where they are
// there.
func MkdirAll(disk FS, dir string) error { return mkdirAll(disk, dir) }
