package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/publish"
)

// Where derivatives lie: in the site, and in the folder that keeps them for
// all sites beside each other.
const (
	mediaDir       = "media/"
	derivativesDir = "derivatives"
)

// forget removes from the cache of derivatives what the site is about to lose
// and no other site beside it shows: a picture that was withdrawn is not left
// on the machine under another name. It comes before the commit, so that a
// kill between them leaves nothing behind; what a build still needs it makes
// again.
func forget(target *publish.Target, stage *publish.Stage) error {
	gone := map[string]bool{}
	for path, err := range stage.Gone() {
		if err != nil {
			return err
		}
		if strings.HasPrefix(path, mediaDir) {
			gone[path] = true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	sites := filepath.Dir(target.StateDir())
	if err := spare(gone, sites, filepath.Base(target.StateDir())); err != nil {
		return err
	}
	for path := range gone {
		name := filepath.Join(sites, derivativesDir, filepath.FromSlash(path))
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
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
		l, err := ledger.Open(filepath.Join(sites, s.Name(), ledgerName))
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
