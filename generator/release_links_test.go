package generator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// Papers that would lie in the site are refused also where they get there through a link to
// a folder that is yet to be made; and what was undone is told as no edition.
func TestPapersBehindADanglingLink(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"public", filepath.Join("..", "KHO", "public"), "mot"} {
		o := toRelease(t)
		dir := filepath.Dir(o.Out)
		if to = strings.Replace(to, "KHO", filepath.Base(dir), 1); to == "mot" {
			fine(t, os.Symlink("public", filepath.Join(dir, "mot")))
		}
		fine(t, os.Symlink(to, filepath.Join(dir, "lien-ket")))
		o.Papers = filepath.Join(dir, "lien-ket", "giay-to")
		rep, err := generator.Release(context.Background(), o)
		var ue *generator.UserError
		if !errors.As(err, &ue) || !ue.Usage || rep != nil {
			t.Errorf("%s: %v %v", to, err, rep)
		}
	}
	o := toRelease(t)
	dir := filepath.Dir(o.Out)
	put(t, filepath.Join(dir, "tep"), nil)
	o.Papers = filepath.Join(dir, "tep", "giay-to")
	rep, err := generator.Release(context.Background(), o)
	if err == nil {
		t.Fatal("papers were written into a file")
	}
	if rep != nil && strings.Contains(strings.Join(rep.Lines("en"), "\n"), "Edition 1") {
		t.Errorf("an edition that was undone is told: %q", rep.Lines("en"))
	}
	// a circle of links ends
	fine(t, os.Symlink("vong-2", filepath.Join(dir, "vong-1")), os.Symlink("vong-1", filepath.Join(dir, "vong-2")))
	o.Papers = filepath.Join(dir, "vong-1", "giay-to")
	if _, err := generator.Release(context.Background(), o); err == nil {
		t.Error("papers were written into a circle")
	}
}

// toRelease are the options of a release that was not made yet.
func toRelease(t *testing.T) generator.ReleaseOptions {
	t.Helper()
	dir := t.TempDir()
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: baseURL, AsOf: asOf}
	writeTo(t, o.Content, guideArchive())
	return generator.ReleaseOptions{Options: o}
}
