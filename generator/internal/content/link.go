package content

import (
	"errors"
	"io/fs"
	"path"
)

// ErrLink says that a link leads to a folder, to nothing or out of the content
// folder, so what lies behind it is not read.
var ErrLink = errors.New("a link that is not followed")

// Unfollowed reports whether a path is a link behind which there might be records
// that nobody reads. A file of records that is a link is read, or whoever reads it
// says why not; so are files of a media folder, by the names that objects give.
func (t *Tree) Unfollowed(p string) bool {
	if _, read := Classify(p); read || IsMedia(p) || skipped(p, path.Base(p)) || !t.isLink(p) {
		return false
	}
	info, err := t.root.Stat(p)
	return err != nil || !info.Mode().IsRegular()
}

func (t *Tree) isLink(p string) bool {
	info, err := t.root.Lstat(p)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// linkTo returns the link, in the place of a file that cannot be found or on the way
// to it, for which it cannot be; "" where there is none.
func (t *Tree) linkTo(file string) string {
	for end := range len(file) + 1 {
		if end < len(file) && file[end] != '/' || !t.isLink(file[:end]) {
			continue
		}
		if _, err := t.root.Stat(file[:end]); err != nil || end == len(file) {
			return file[:end]
		}
	}
	return ""
}
