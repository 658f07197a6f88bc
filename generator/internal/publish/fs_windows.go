package publish

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

func createNew(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// syncDir does nothing: Windows has no such call, and NTFS journals renames.
func syncDir(string) error { return nil }

// patiently repeats do for up to two seconds while another program, most often
// a virus scanner or a search indexer, holds the file open.
func patiently(do func() error) error {
	wait := time.Millisecond
	for start := time.Now(); ; wait *= 2 {
		err := do()
		if !errors.Is(err, windows.ERROR_SHARING_VIOLATION) &&
			!errors.Is(err, windows.ERROR_LOCK_VIOLATION) &&
			!errors.Is(err, windows.ERROR_ACCESS_DENIED) || time.Since(start) > 2*time.Second {
			return err
		}
		time.Sleep(wait)
	}
}
