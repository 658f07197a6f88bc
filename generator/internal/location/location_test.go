package location

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExposed(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, name := range []string{"kho/content/media", "web/sub", "www/site", "www/.vitrine/site", "public/x", "desk", "bag/data", "outer/.vitrine"} {
		if err := os.MkdirAll(at(name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"web/manifest-sha256.txt", "web/index.html", "bag/manifest-sha256.txt", "www/.vitrine/site/ledger"} {
		if err := os.WriteFile(at(name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for to, from := range map[string]string{"kho/content/media": "link", "web": "desk/link", "kho/content/later": "dangling"} {
		if err := os.Symlink(at(to), at(from)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]bool{
		"desk": false, "kho": false, "kho/contents": false, "new/deep": false, "www": false, "bag/data": false,
		"kho/content": true, "kho/content/media/new": true, "web": true, "web/sub": true, "www/site": true, "public/x": true,
		"link": true, "link/new": true, "desk/link/sub": true, "dangling": true,
	} {
		if in, exposed := Exposed(at(name), at("kho/content")); exposed != want {
			t.Errorf("%s: %t, in %q", name, exposed, in)
		}
	}
}

func TestAround(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, name := range []string{"web", ".vitrine/web", "outer/.vitrine/inner", "bag/data"} {
		if err := os.MkdirAll(at(name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".vitrine/web/ledger", "bag/manifest-sha256.txt"} {
		if err := os.WriteFile(at(name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"web": "", "web2": "", "bag/data": "", "web/sub": "web", "web/sub/deep": "web", "outer": "outer/.vitrine"} {
		if want != "" {
			want = Real(at(want))
		}
		if got := Around(at(name)); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}
