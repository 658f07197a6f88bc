package content

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
)

var errNotRegular = errors.New("not a regular file")

// plainFiles is a content folder as a file system in which only files and
// folders can be opened. A pipe would otherwise stop the program until somebody
// writes into it, and a device need not end.
type plainFiles struct {
	root    *os.Root
	folders *sync.Map // path of a folder → whether it is a link or lies behind one; nil where links inside the root are followed
}

var (
	_ fs.ReadDirFS = plainFiles{}
	_ fs.StatFS    = plainFiles{}
)

// Plain is a folder as a file system that opens nothing but files and folders,
// and nothing outside of it.
func Plain(root *os.Root) fs.FS { return plainFiles{root: root} }

// behindLink reports whether a path is a link or lies behind one. What is shown must lie
// where it is shown from: through a link a record that is hidden becomes the file of
// another, and what was checked under one name is another thing by the next day. Folders
// are looked at once.
func (p plainFiles) behindLink(name string) bool {
	if p.folders == nil || name == "." {
		return false
	}
	if i := strings.LastIndexByte(name, '/'); i > 0 && p.folderBehindLink(name[:i]) {
		return true
	}
	info, err := p.root.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

func (p plainFiles) folderBehindLink(dir string) bool {
	if behind, ok := p.folders.Load(dir); ok {
		return behind.(bool)
	}
	behind := p.behindLink(dir)
	p.folders.Store(dir, behind)
	return behind
}

// Open implements fs.FS. The file is an *os.File.
func (p plainFiles) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := p.open(name)
	if err != nil {
		return nil, err // no *os.File of nil in it
	}
	return f, nil
}

// open opens a file or a folder without waiting, and looks at what it has got:
// what a name stood for before may be something else by now.
func (p plainFiles) open(name string) (*os.File, error) {
	if p.behindLink(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: ErrLink}
	}
	f, err := p.root.OpenFile(name, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// ReadDir implements fs.ReadDirFS.
func (p plainFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	if p.behindLink(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: ErrLink}
	}
	return fs.ReadDir(p.root.FS(), name)
}

// Stat implements fs.StatFS.
func (p plainFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(p.root.FS(), name) }
