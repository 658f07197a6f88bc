package generator_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"vitrine/generator"
)

// A fault that is found before any page is made is told once.
func TestFaultsAreCountedOnce(t *testing.T) {
	dir := starter(t)
	edit(t, filepath.Join(dir, "content/site.yaml"), "title:", "home: {lead: khong-co}\ntitle:")
	r, err := generator.Check(context.Background(), generator.Options{Content: filepath.Join(dir, "content"), AsOf: asOf})
	if !errors.Is(err, generator.ErrContent) || r.Diags.Errors() != 1 {
		t.Errorf("%v: %d errors: %v", err, r.Diags.Errors(), r.Diags.Sorted())
	}
}
