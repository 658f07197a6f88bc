// Package location knows where folders really lie, and which of them readers see.
package location

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Ledger is the name of what is remembered of a site, in the folder of its name in .vitrine beside it.
const Ledger = "ledger"

// Real is the absolute path of a folder, with all links followed: also those that lead
// to what is not there yet, since it will be there when the folder is written.
func Real(dir string) string { return behind(dir, maxLinks) }

// maxLinks is how many links that lead nowhere are followed; more go round in a circle.
const maxLinks = 40

func behind(dir string, links int) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil || filepath.Dir(abs) == abs {
		return cmp.Or(real, abs)
	}
	at := filepath.Join(behind(filepath.Dir(abs), links), filepath.Base(abs))
	to, err := os.Readlink(at)
	if err != nil || links == 0 {
		return at
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(filepath.Dir(at), to)
	}
	return behind(to, links-1)
}

// Within reports whether one folder is another or lies in it.
func Within(dir, parent string) bool {
	rel, err := filepath.Rel(parent, dir)
	return err == nil && filepath.IsLocal(rel)
}

// Exposed reports whether what is written at a path would lie in the content or in a site, and in which
// folder. What shows more than readers may see is not written there.
func Exposed(name, content string) (dir string, exposed bool) {
	at := Real(name)
	if Within(at, Real(content)) {
		return content, true
	}
	for dir := at; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if filepath.Base(dir) == "public" || isSite(dir) {
			return dir, true
		}
	}
	return "", false
}

// Around is the site in which the folder of another one would lie, or what was remembered of a site
// that lies in that folder; empty where there is neither. What is remembered of a site lies beside it
// (.vitrine), names what is not public, and would be published with the site around it.
func Around(out string) string {
	at := Real(out)
	if inner := filepath.Join(at, ".vitrine"); !missing(inner) {
		return inner
	}
	for dir := filepath.Dir(at); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if isSite(dir) {
			return dir
		}
	}
	return ""
}

// Shut lets nobody but the user look into a folder, where the system can do that: what is remembered of a
// site names records that are not public, and may lie beside it in what a web server hands out.
func Shut(dir string) { _ = os.Chmod(dir, 0o700) }

// missing reports whether nothing is there. What cannot be looked at may be.
func missing(name string) bool {
	_, err := os.Lstat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// isSite reports whether a folder is that of a site, by what lies in it and beside it. What
// cannot be looked at is taken for one.
func isSite(dir string) bool {
	listed := !missing(filepath.Join(dir, "manifest-sha256.txt")) && !missing(filepath.Join(dir, "index.html")) // bags of other programs have lists of that name too
	return listed || !missing(filepath.Join(filepath.Dir(dir), ".vitrine", filepath.Base(dir), Ledger))
}
