package content

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A master of any size is hashed in pieces, and not to its end where nobody
// waits any more.
func TestDigest(t *testing.T) {
	dir := t.TempDir()
	data := bytes.Repeat([]byte("vitrine\x00"), 1<<16)
	if err := os.WriteFile(filepath.Join(dir, "a.tif"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got, err := tree.Digest(context.Background(), "a.tif"); err != nil || got != fmt.Sprintf("%x", sha256.Sum256(data)) {
		t.Errorf("%q, %v", got, err)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := tree.Digest(ended, "a.tif"); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	var pe *fs.PathError
	for _, name := range []string{".", "none.tif", "../a.tif"} {
		if _, err := tree.Digest(context.Background(), name); !errors.As(err, &pe) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
