package generator

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
)

// A build whose gate is one of drafts publishes nothing, however it came to it.
func TestADraftCannotBePublished(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kho")
	if _, err := New("site", dir, NewOptions{}); err != nil {
		t.Fatal(err)
	}
	b, err := open(Options{Content: filepath.Join(dir, "content")})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	b.scan.drafts, b.cacheDir = true, filepath.Join(dir, ".vitrine/derivatives")
	if err := b.prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := b.fill(context.Background(), nil); !errors.Is(err, errDraft) {
		t.Errorf("a stage would have been filled: %v", err)
	}
}
