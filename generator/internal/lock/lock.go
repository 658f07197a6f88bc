// Package lock gives a file to one holder at a time, be the others in this
// process or in another.
package lock

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
)

// HeldError says that another holds the lock.
type HeldError struct {
	PID string // of the process that holds it, in decimal; empty where it is not known
}

// Error names the process.
func (e *HeldError) Error() string {
	if e.PID == "" {
		return "held by another"
	}
	return "held by another (process " + e.PID + ")"
}

// Lock is a lock that is held.
type Lock struct{ file *os.File }

// Take takes the lock of a file, which is made where there is none, and does
// not wait for it: the error is a [*HeldError] where another holds it, else one
// of the disk. The lock belongs to the open file and not to its existence, so
// it vanishes with the process however that ends; the file stays and holds the
// number of the process.
func Take(name string) (*Lock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		defer f.Close()
		if !isLocked(err) {
			return nil, &os.PathError{Op: "lock", Path: name, Err: err}
		}
		pid, _ := io.ReadAll(io.LimitReader(f, 32)) // without it the message is only vaguer
		return nil, &HeldError{strings.TrimSpace(string(pid))}
	}
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteString(strconv.Itoa(os.Getpid()) + "\n")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Lock{f}, nil
}

// Release gives the lock up at once, even where a child process that has just
// been forked still holds the file open.
func (l *Lock) Release() error { return errors.Join(unlockFile(l.file), l.file.Close()) }
