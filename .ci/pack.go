//go:build ignore

// pack DIR OUT packs a folder as a zip or tar.gz archive, by the ending of OUT.
package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	dir, out := os.Args[1], os.Args[2]
	f, err := os.Create(out)
	check(err)
	if strings.HasSuffix(out, ".zip") {
		check(packZip(f, dir))
	} else {
		check(packTar(f, dir))
	}
	check(f.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// files visits every file of a folder; names in the archive begin with the
// folder's own.
func files(dir string, visit func(name, path string, info fs.FileInfo) error) error {
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(filepath.Dir(dir), p)
		if err != nil {
			return err
		}
		return visit(filepath.ToSlash(rel), p, info)
	})
}

func packZip(w io.Writer, dir string) error {
	z := zip.NewWriter(w)
	err := files(dir, func(name, path string, info fs.FileInfo) error {
		h, err := zip.FileInfoHeader(info)
		if err != nil {
			return err
		}
		h.Name, h.Method = name, zip.Deflate
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		return copyFile(to, path)
	})
	if err != nil {
		return err
	}
	return z.Close()
}

func packTar(w io.Writer, dir string) error {
	gz := gzip.NewWriter(w)
	t := tar.NewWriter(gz)
	err := files(dir, func(name, path string, info fs.FileInfo) error {
		h, err := tar.FileInfoHeader(info, "")
		if err != nil {
			return err
		}
		h.Name, h.Uname, h.Gname, h.Uid, h.Gid = name, "", "", 0, 0
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		return copyFile(t, path)
	})
	if err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	return gz.Close()
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}
