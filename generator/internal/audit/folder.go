package audit

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"

	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/manifest"

	"aead.dev/minisign"
)

// Folder audits a folder. key may be nil. Nothing outside the folder is read.
func Folder(ctx context.Context, dir string, key *minisign.PublicKey, told func(int)) (*Result, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	list, err := root.Open(manifest.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoManifest
	}
	if err != nil {
		return nil, err
	}
	defer list.Close()
	f := &folder{root: root, result: newResult(), told: told}
	signature, err := f.signature()
	if err != nil {
		return nil, err
	}
	if err := f.result.checkSignature(list, signature, key); err != nil {
		return nil, err
	}
	if _, err := list.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if err := f.compare(ctx, list); err != nil {
		return nil, err
	}
	return f.result.finish(), nil
}

type folder struct {
	root   *os.Root
	result *Result
	told   func(int)
}

func (f *folder) signature() ([]byte, error) {
	s, err := f.root.Open(manifest.SignatureName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return io.ReadAll(io.LimitReader(s, maxSignature))
}

// compare goes through the manifest and the folder side by side: both are in
// the order of a walk.
func (f *folder) compare(ctx context.Context, list io.Reader) error {
	next, stop := iter.Pull2(iter.Seq2[manifest.Sum, error](listed(list)))
	defer stop()
	sum, err, ok := next()
	missing := func(until string) {
		for ok && err == nil && (until == "" || ledger.Compare(sum.Path, until) < 0) {
			f.result.Files++
			f.result.add(Missing, sum.Path, diag.Text{})
			sum, err, ok = next()
		}
	}
	walk := fs.WalkDir(f.root.FS(), ".", func(path string, e fs.DirEntry, werr error) error {
		if cerr := canceled(ctx); cerr != nil {
			return cerr
		}
		if werr != nil {
			f.result.add(Unchecked, path, diag.T("không đọc được: %v", "cannot be read: %v", werr))
			return nil
		}
		if e.IsDir() {
			return nil
		}
		missing(path)
		if err != nil {
			return err
		}
		if !ok || sum.Path != path {
			f.foreign(path, e)
			return nil
		}
		f.result.Files++
		f.file(sum, e)
		f.told(1)
		sum, err, ok = next()
		return err
	})
	if walk != nil {
		return walk
	}
	missing("")
	return err
}

// foreign reports a file that the manifest does not list: but for itself, its
// signature, and the empty file that keeps a folder in git.
func (f *folder) foreign(path string, e fs.DirEntry) {
	info, err := e.Info()
	kept := path == ".gitkeep" && err == nil && info.Size() == 0
	if path != manifest.Name && path != manifest.SignatureName && !kept {
		f.result.add(Foreign, path, diag.Text{})
	}
}

// file compares a file with its hash.
func (f *folder) file(want manifest.Sum, e fs.DirEntry) {
	if !e.Type().IsRegular() {
		f.result.add(Changed, want.Path, diag.T("không còn là một tệp thường", "it is no regular file any more"))
		return
	}
	in, err := f.root.Open(want.Path)
	if err != nil {
		f.result.add(Unchecked, want.Path, diag.T("không đọc được: %v", "cannot be read: %v", err))
		return
	}
	defer in.Close()
	h := sha256.New()
	n, err := io.Copy(h, in)
	f.result.bytes(n)
	switch {
	case err != nil:
		f.result.add(Unchecked, want.Path, diag.T("không đọc được: %v", "cannot be read: %v", err))
	case [32]byte(h.Sum(nil)) != want.Hash:
		f.result.add(Changed, want.Path, diag.Text{})
	default:
		f.result.good()
	}
}
