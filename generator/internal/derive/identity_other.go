//go:build !linux && !darwin

package derive

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"time"
)

// identity names the version of a file that info describes, and says when it last changed;
// ok is false where nothing about a file would show that it was replaced. Without inode
// numbers the full path stands for the place.
func identity(f fs.File, info fs.FileInfo) (id string, changed time.Time, ok bool) {
	named, ok := f.(interface{ Name() string })
	if !ok {
		return "", time.Time{}, false
	}
	path, err := filepath.Abs(named.Name())
	if err != nil {
		return "", time.Time{}, false
	}
	return fmt.Sprintf("%d %d %s", info.Size(), info.ModTime().UnixNano(), path), info.ModTime(), true
}
