//go:build !windows

package publish

import (
	"errors"
	"os"
	"syscall"
)

// createNew makes a new file without the five calls by which os.OpenFile asks
// whether it could wait for a file as for a network connection: it cannot.
func createNew(path string) (*os.File, error) {
	for {
		fd, err := syscall.Open(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_CLOEXEC, 0o644)
		if err == nil {
			return os.NewFile(uintptr(fd), path), nil
		}
		if !errors.Is(err, syscall.EINTR) {
			return nil, &os.PathError{Op: "open", Path: path, Err: err}
		}
	}
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	err = d.Sync()
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// patiently is for Windows; elsewhere an open file stands in nobody's way.
func patiently(do func() error) error { return do() }
