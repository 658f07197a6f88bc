package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A real collection that nobody here wrote becomes a site: sheet and media in,
// each missing file told, pages out.
func TestRealCollectionBecomesASite(t *testing.T) {
	src, err := filepath.Abs(filepath.FromSlash("../../../shared/data/collections/americans-in-egypt"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(src); err != nil {
		t.Skipf("the real data is not here: %s", src)
	}
	dir := filepath.Join(t.TempDir(), "Kho thử")
	content, public := filepath.Join(dir, "content"), filepath.Join(dir, "public")
	var errs bytes.Buffer
	vitrine := func(args ...string) {
		t.Helper()
		errs.Reset()
		if code := run(append(args, "--lang", "en"), nil, &bytes.Buffer{}, &errs); code != 0 {
			t.Fatalf("vitrine %s: %d\n%s", args[0], code, errs.String())
		}
	}
	vitrine("new", "site", dir)
	clearance := filepath.Join(content, "clearances", "kt-01.yaml")
	text, err := os.ReadFile(clearance)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("fonds: [phong-01]"), []byte("fonds: [phong-01, egypt]"), 1)
	if err := os.WriteFile(clearance, text, 0o644); err != nil {
		t.Fatal(err)
	}
	vitrine("import", "csv", filepath.Join(src, "loring_metadata.csv"), "--fonds", "egypt", "--media", filepath.Join(src, "objects"),
		"--content", content, "--state", "public", "--clearance", "kt-01", "--title", "Americans in Egypt")
	if n := strings.Count(errs.String(), "[file-missing]"); n != 30 {
		t.Errorf("%d missing files are told, want 30\n%s", n, errs.String())
	}
	vitrine("build", "--content", content, "--out", public)
	if !strings.Contains(errs.String(), "Published 132/132") {
		t.Error(errs.String())
	}
	if _, err := os.Stat(filepath.Join(public, "phong-luu-tru", "egypt", "w_loring_002.html")); err != nil {
		t.Error(err)
	}
}
