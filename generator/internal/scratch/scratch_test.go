package scratch

import (
	"os"
	"path/filepath"
	"testing"
)

// A file leaves nothing behind, nor does a run that was killed.
func TestFileLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"pages-1.tmp", "others-1.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := New(dir, "pages")
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 3)
	if _, err := f.WriteAt([]byte("abc"), 5); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ReadAt(b, 5); err != nil || string(b) != "abc" {
		t.Errorf("%q, %v", b, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "others-1.tmp" {
		t.Errorf("%v, %v", left, err)
	}
}
