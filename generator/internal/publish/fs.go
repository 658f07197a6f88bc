package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FS is every operation by which this package changes a disk. Paths are those
// of the operating system, absolute. Reading needs no seam: it harms nothing.
type FS interface {
	Mkdir(path string) error          // one folder; fs.ErrExist if it is there
	Create(path string) (File, error) // a new file; fs.ErrExist if it is there
	Link(old, new string) error       // a second name for a file
	Rename(old, new string) error     // replaces a file that is there
	Remove(path string) error         // a file or an empty folder
	RemoveAll(path string) error      // a folder with all it holds; no error if absent
	SyncDir(path string) error        // makes renames in a folder durable
}

// File is a file being written.
type File interface {
	io.Writer
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

// OS is the file system of the machine.
type OS struct{}

var _ FS = OS{}

// Mkdir makes one folder.
func (OS) Mkdir(path string) error { return os.Mkdir(path, 0o755) }

// Create makes a new file.
func (OS) Create(path string) (File, error) {
	f, err := createNew(path)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Link makes a hard link.
func (OS) Link(old, new string) error { return os.Link(old, new) }

// Rename renames a file or a folder; on Windows it waits a little for programs
// such as virus scanners to let go of it.
func (OS) Rename(old, new string) error {
	return patiently(func() error { return os.Rename(old, new) })
}

// Remove removes a file or an empty folder, as patiently as Rename.
func (OS) Remove(path string) error {
	return patiently(func() error { return os.Remove(path) })
}

// RemoveAll removes a folder with everything in it. Some network shares and
// compatibility layers of Windows do not know the kind of removal that
// os.RemoveAll asks for; there each name is removed by itself.
func (OS) RemoveAll(path string) error {
	if os.RemoveAll(path) == nil {
		return nil
	}
	return removeEach(path)
}

// removeEach removes a file, or a folder from its leaves up.
func removeEach(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && info.IsDir() {
		entries, err := os.ReadDir(path)
		for _, e := range entries {
			err = errors.Join(err, removeEach(filepath.Join(path, e.Name())))
		}
		if err != nil {
			return err
		}
	}
	return os.Remove(path)
}

// SyncDir syncs a folder where the system can do that.
func (OS) SyncDir(path string) error { return syncDir(path) }

// mkdirAll makes a folder and those above it. It asks for the deepest first:
// where it is there, which is nearly always, that is one call.
func mkdirAll(fsys FS, dir string) error {
	err := fsys.Mkdir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := mkdirAll(fsys, filepath.Dir(dir)); err != nil {
			return err
		}
		err = fsys.Mkdir(dir)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// withDir calls do and, if the folder of path is missing, makes it and calls
// again. So no list of the folders already made is needed, however many there
// are.
func withDir(fsys FS, path string, do func() error) error {
	err := do()
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := mkdirAll(fsys, filepath.Dir(path)); err != nil {
		return err
	}
	return do()
}
