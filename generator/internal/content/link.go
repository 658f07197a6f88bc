package content

import (
	"errors"
	"io/fs"
	"path"
)

// ErrLink says that a file or folder is a link, or lies behind one. Nothing is read
// through links, wherever they lead: see plainFiles.
var ErrLink = errors.New("a link, through which nothing is read")

// Unfollowed reports whether a path is a link in the place of a file that would be read,
// or behind which there might be records: one that leads to a folder, to nothing or out of
// the content. Files of a media folder are told of by whoever names them.
func (t *Tree) Unfollowed(p string) bool {
	if IsMedia(p) || skipped(p, path.Base(p)) || !t.isLink(p) {
		return false
	}
	if f, read := Classify(p); read && f.Kind != KindStray {
		return true
	}
	info, err := t.root.Stat(p)
	return err != nil || !info.Mode().IsRegular()
}

func (t *Tree) isLink(p string) bool {
	info, err := t.root.Lstat(p)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// linkTo returns the link in the place of a file, or on the way to it; "" where there is
// none.
func (t *Tree) linkTo(file string) string {
	if _, there := t.planned[file]; there || !t.fsys.behindLink(file) {
		return ""
	}
	for end := range len(file) + 1 {
		if (end == len(file) || file[end] == '/') && t.isLink(file[:end]) {
			return file[:end]
		}
	}
	return ""
}
