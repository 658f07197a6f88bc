package publish

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vitrine/generator/internal/ledger"
)

// bystanders are files that make no site of a folder: version control and file
// managers leave them.
var bystanders = map[string]bool{
	".gitkeep": true, ".gitignore": true, ".DS_Store": true, "Thumbs.db": true, "desktop.ini": true,
}

// Empty reports whether a folder is absent or holds only bystanders: there is
// no site in it.
func Empty(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, errIO("đọc", "read", dir, err)
	}
	for _, e := range entries {
		if !bystanders[e.Name()] {
			return false, nil
		}
	}
	return true, nil
}

const manifest = "manifest-sha256.txt"

// salvage makes a ledger of what in the output folder is known to be ours:
// what has the bytes that the manifest of the site there names, and what bears
// the mark of a site. Without it a page withdrawn since then would stay in
// public for ever as a foreign file. A BagIt bag has a manifest of the same
// name: its files are not ours.
func (t *Target) salvage() error {
	if _, err := os.Lstat(t.at("bagit.txt")); err == nil {
		return nil
	}
	rows := &claims{fs: t.fs, dir: t.in("work/runs")}
	known := map[string]bool{}
	ours, err := t.readManifest(rows, known)
	if err != nil {
		return err
	}
	if !ours { // what it names is no better known than anything else
		rows, known = &claims{fs: t.fs, dir: t.in("work/runs")}, map[string]bool{}
	}
	if err := t.readMarks(rows, known); err != nil || len(known) == 0 {
		return err
	}
	d, err := newDurable(t.fs, t.in("work/ledger"))
	if err != nil {
		return err
	}
	defer d.close()
	w := ledger.NewWriter(d)
	for row, err := range rows.sorted() {
		if errors.Is(err, ErrTwice) {
			return nil // no manifest that we wrote
		}
		if err == nil {
			err = w.Add(ledger.KindWritten, row.Path, row.Data)
		}
		if err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return errIO("ghi", "write", d.tmp, err)
	}
	if err := d.commit(t.in("ledger")); err != nil {
		return err
	}
	return t.load()
}

// whole reports whether the folder holds a site of ours, as its manifest has it: every
// file that the manifest names lies there with the bytes it names, and the first page
// bears the mark of a site. So a state that was deleted costs time and nothing else.
func (t *Target) whole() (bool, error) {
	if _, err := os.Lstat(t.at("bagit.txt")); err == nil || t.mark == nil {
		return false, nil
	}
	f, err := os.Open(t.at(manifest))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, errIO("đọc", "read", t.at(manifest), err)
	}
	defer f.Close()
	ours := false
	head := make([]byte, markedHead)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		sum, path, ok := strings.Cut(lines.Text(), "  ")
		want, err := hex.DecodeString(sum)
		if !ok || err != nil || checkPath(path) != nil {
			return false, nil
		}
		var place chain
		if missing, err := place.missing(t, path); missing != "" || err != nil {
			return false, nil
		}
		info, err := os.Lstat(t.at(path))
		if err != nil || !info.Mode().IsRegular() {
			return false, nil
		}
		if got, err := hashFile(t.at(path)); err != nil || string(want) != string(got[:]) {
			return false, nil
		}
		if path == "index.html" {
			n, err := readHead(t.at(path), head)
			ours = err == nil && t.mark(path, head[:n])
		}
	}
	return ours, nil
}

// readMarks collects the files that bear the mark of a site and are not known
// to be ours already. Folders behind links are not looked into.
func (t *Target) readMarks(rows *claims, known map[string]bool) error {
	if t.mark == nil {
		return nil
	}
	head := make([]byte, markedHead)
	return filepath.WalkDir(t.out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(t.out, name)
		path := filepath.ToSlash(rel)
		if err != nil || known[path] || checkPath(path) != nil {
			return err
		}
		n, err := readHead(name, head)
		if err != nil || !t.mark(path, head[:n]) {
			return err
		}
		return t.recognise(rows, known, path, nil)
	})
}

// markedHead is how many bytes of a file may hold the mark.
const markedHead = 4 << 10

func readHead(name string, head []byte) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, errIO("đọc", "read", name, err)
	}
	defer f.Close()
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

// readManifest collects the files that the manifest names and that have not
// changed since. It reports false if this is not the manifest of a site.
func (t *Target) readManifest(rows *claims, known map[string]bool) (ours bool, err error) {
	f, err := os.Open(t.at(manifest))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, errIO("đọc", "read", t.at(manifest), err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		sum, path, ok := strings.Cut(lines.Text(), "  ")
		want, err := hex.DecodeString(sum)
		if !ok || err != nil || checkPath(path) != nil {
			return false, nil
		}
		ours = ours || path == "index.html"
		if err := t.recognise(rows, known, path, want); err != nil {
			return false, err
		}
	}
	if lines.Err() != nil || !ours {
		return false, nil
	}
	return true, t.recognise(rows, known, manifest, nil)
}

// recognise adds a file to rows if it has the hash; without one, as it is.
func (t *Target) recognise(rows *claims, known map[string]bool, path string, hash []byte) error {
	var place chain
	missing, err := place.missing(t, path)
	if missing != "" && (err == nil || errors.Is(err, errNoFolder)) {
		return nil // not there, or behind a link: not ours
	} else if err != nil {
		return err
	}
	info, err := os.Lstat(t.at(path))
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	got, err := hashFile(t.at(path))
	if err != nil {
		return err
	}
	if hash != nil && string(hash) != string(got[:]) {
		return nil
	}
	w := ledger.Written{Path: path, Size: info.Size(), ModTime: info.ModTime().UnixNano(), Hash: got}
	known[path] = true
	return rows.add(path, w.AppendData(nil))
}

// hashFile returns the SHA-256 of a file.
func hashFile(name string) (sum ledger.Hash, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, errIO("đọc", "read", name, err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, errIO("đọc", "read", name, err)
	}
	h.Sum(sum[:0])
	return sum, nil
}
