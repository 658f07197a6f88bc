package content

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"iter"
	"math"
	"path"
	"path/filepath"
	"strings"
)

// Stat is a file of the tree as the file system describes it.
type Stat struct {
	Path    string
	Size    int64  // bytes
	ModTime int64  // nanoseconds since 1970, UTC; 0 for a link, whose target may change unseen
	Inode   uint64 // 0 where the file system has none
	Changed int64  // nanoseconds since 1970, UTC: when its content, name or rights last changed; 0 where the system does not say
}

// Names are what lies in a folder and is not hidden, in order; none where the
// folder is not there.
func (t *Tree) Names(dir string) ([]string, error) {
	entries, err := fs.ReadDir(t.fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			out = append(out, e.Name())
		}
	}
	return out, err
}

// Hash is the SHA-256 of a file of records.
func (t *Tree) Hash(file string) (sum [sha256.Size]byte, err error) {
	raw, err := t.readFile(file, maxText)
	return sha256.Sum256(raw), err
}

// Stats walks everything below a folder, or a file, media too, in the order
// of ledger.Compare and without following links. Hidden files and folders are
// left out. What cannot be read is yielded with its error.
func (t *Tree) Stats(dir string) iter.Seq2[Stat, error] {
	return func(yield func(Stat, error) bool) {
		root := filepath.Join(t.root.Name(), filepath.FromSlash(dir))
		stop := errors.New("stop")
		_ = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			rel := path.Join(dir, filepath.ToSlash(strings.TrimPrefix(name, root)))
			if err == nil && name != root && strings.HasPrefix(e.Name(), ".") {
				if e.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			var s Stat
			if err == nil && !e.IsDir() {
				s, err = statOf(e)
			} else if err == nil {
				return nil
			}
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			s.Path = rel
			if !yield(s, err) {
				return stop
			}
			return nil
		})
	}
}

func statOf(e fs.DirEntry) (Stat, error) {
	info, err := e.Info()
	if err != nil {
		return Stat{}, err
	}
	s := Stat{Size: info.Size(), ModTime: info.ModTime().UnixNano(), Inode: inode(info), Changed: changed(info)}
	if !info.Mode().IsRegular() {
		s.ModTime = 0
	}
	return s, nil
}

// Digest is the SHA-256 of a file of any size, in lower hex. It is read in
// pieces, until ctx ends.
func (t *Tree) Digest(ctx context.Context, file string) (string, error) {
	f, err := t.fsys.open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := regular(f, math.MaxInt64); err != nil {
		return "", &fs.PathError{Op: "read", Path: file, Err: err}
	}
	h := sha256.New()
	if _, err := io.Copy(h, untilDone{ctx, f}); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// untilDone is a reader that stops with a context.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
