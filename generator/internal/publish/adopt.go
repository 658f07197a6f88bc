package publish

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"vitrine/generator/internal/ledger"
)

// bystanders are files that make no site of a folder: version control and file
// managers leave them.
var bystanders = map[string]bool{
	".gitkeep": true, ".gitignore": true, ".DS_Store": true, "Thumbs.db": true, "desktop.ini": true,
}

// isEmpty reports whether the folder is absent or holds only bystanders.
func isEmpty(dir string) (bool, error) {
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

// salvage makes a ledger from the manifest of the site that lies in the output
// folder. Without it a page withdrawn since then would stay in public for ever
// as a foreign file. Only files whose bytes are those of the manifest become
// ours. A BagIt bag has a manifest of the same name: its files are not ours.
func (t *Target) salvage() error {
	rows := &claims{fs: t.fs, dir: t.in("work/runs")}
	ours, err := t.readManifest(rows)
	if err != nil || !ours {
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

// readManifest collects the files that the manifest names and that have not
// changed since. It reports false if this is not the manifest of a site.
func (t *Target) readManifest(rows *claims) (ours bool, err error) {
	if _, err := os.Lstat(t.at("bagit.txt")); err == nil {
		return false, nil
	}
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
		if err := t.recognise(rows, path, want); err != nil {
			return false, err
		}
	}
	if lines.Err() != nil || !ours {
		return false, nil
	}
	return true, t.recognise(rows, manifest, nil)
}

// recognise adds a file to rows if it has the hash; without one, as it is.
func (t *Target) recognise(rows *claims, path string, hash []byte) error {
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
