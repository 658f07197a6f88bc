package publish

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
)

// releaseLock gives the lock up at once, even where a child process that has
// just been forked still holds the file open.
func releaseLock(f *os.File) error { return errors.Join(unlockFile(f), f.Close()) }

// takeLock takes the lock of a target. The lock belongs to the open file and
// not to its existence, so it vanishes with the process however that ends; the
// file stays and holds the number of the process for the message.
func takeLock(name, out string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, errIO("mở", "open", name, err)
	}
	if err := lockFile(f); err != nil {
		defer f.Close()
		if !isLocked(err) {
			return nil, errIO("khoá", "lock", name, err)
		}
		pid, _ := io.ReadAll(io.LimitReader(f, 32)) // without it the message is only vaguer
		return nil, errLocked(out, strings.TrimSpace(string(pid)))
	}
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteString(strconv.Itoa(os.Getpid()) + "\n")
	}
	if err != nil {
		f.Close()
		return nil, errIO("ghi", "write", name, err)
	}
	return f, nil
}
