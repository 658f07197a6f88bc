package generator

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/publish"
)

// derivativesDir is the folder that keeps derivatives for all sites beside each
// other, under the paths that they have in a site.
const derivativesDir = "derivatives"

// isPicture reports whether a file of the site was made of an image, or tells of
// one that was.
func isPicture(file string) bool { return excise.Stem(file) != "" }

// forget removes from the cache of derivatives what the site is about to lose
// and no other site beside it shows: a picture that was withdrawn is not left
// on the machine under another name. It comes before the commit, so that a
// kill between them leaves nothing behind; what a build still needs it makes
// again. It returns the files that the site is about to lose, at most maxRemains.
func forget(target *publish.Target, stage *publish.Stage) (left []string, err error) {
	gone := map[string]bool{}
	for file, err := range stage.Gone() {
		if err != nil {
			return nil, err
		}
		if len(left) < maxRemains {
			left = append(left, file)
		}
		if isPicture(file) {
			gone[file] = true
		}
	}
	if len(gone) == 0 {
		return left, nil
	}
	sites := filepath.Dir(target.StateDir())
	if err := spare(gone, sites, filepath.Base(target.StateDir())); err != nil {
		return nil, err
	}
	for file := range gone {
		if err := removeWithFolders(filepath.Join(sites, derivativesDir), file); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// removeWithFolders removes a file below a folder, and what lay around it alone:
// the names of the folders of tiles tell of their image.
func removeWithFolders(dir, file string) error {
	err := os.Remove(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for up := path.Dir(file); strings.Contains(up, "/"); up = path.Dir(up) {
		if os.Remove(filepath.Join(dir, filepath.FromSlash(up))) != nil {
			break // it holds something else
		}
	}
	return nil
}

// spare takes out what another site shows, by the ledgers that lie beside
// each other. One that cannot be read spares nothing.
func spare(gone map[string]bool, sites, own string) error {
	states, err := os.ReadDir(sites)
	if err != nil {
		return err
	}
	for _, s := range states {
		if s.Name() == own {
			continue
		}
		l, err := ledger.Open(filepath.Join(sites, s.Name(), location.Ledger))
		if err != nil {
			continue
		}
		for row, err := range l.Written() {
			if err == nil {
				delete(gone, row.Path)
			}
		}
		if err := l.Close(); err != nil {
			return err
		}
	}
	return nil
}
