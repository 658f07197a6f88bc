package publish

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// What is remembered of a site is open to the user alone, also where an earlier build left it open.
func TestStateIsShut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders have no such modes here")
	}
	dir := t.TempDir()
	for range 2 {
		target, err := Open(filepath.Join(dir, "public"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := target.Close(); err != nil {
			t.Fatal(err)
		}
		state := filepath.Join(dir, ".vitrine")
		info, err := os.Stat(state)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%v, %v", info, err)
		}
		if err := os.Chmod(state, fs.FileMode(0o755)); err != nil {
			t.Fatal(err)
		}
	}
}
