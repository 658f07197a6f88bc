//go:build unix

package content

import (
	"io/fs"
	"syscall"
)

// inode tells a file from one that was renamed into its place.
func inode(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
