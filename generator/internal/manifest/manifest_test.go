package manifest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"crypto/sha256"
)

// What is written is read as it was, and sha256sum agrees, odd names included.
func TestManifestIsThatOfSha256sum(t *testing.T) {
	dir := t.TempDir()
	names := []string{"a.html", "dấu cách.html", "'ngoặc' & \"kép\".html", "#%.html", "gạch\\chéo.html", "hai\ndòng.html", " đầu.html"}
	var text []byte
	var want []Sum
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Skip("the file system does not hold such names: ", err)
		}
		s := Sum{name, sha256.Sum256([]byte(name))}
		text, want = Append(text, s), append(want, s)
	}
	n := 0
	for s, err := range Read(bytes.NewReader(text)) {
		if err != nil || s != want[n] {
			t.Errorf("%v: %q, want %q", err, s.Path, want[n].Path)
		}
		n++
	}
	if n != len(want) {
		t.Errorf("%d lines", n)
	}
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is not on this machine")
	}
	cmd := exec.Command(tool, "-c", "--strict", "--quiet", "-")
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// What is no manifest is an error with its line, and nothing crashes.
func FuzzRead(f *testing.F) {
	zeros := strings.Repeat("0", 64)
	for _, s := range []string{"", zeros + "  a\n", `\` + zeros + ` *a\\b` + "\n", zeros + " a\n", "x\n", zeros[1:] + "g  a\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for s, err := range Read(strings.NewReader(text)) {
			if err != nil {
				return
			}
			again := 0
			for back, err := range Read(bytes.NewReader(Append(nil, s))) {
				if again++; err != nil || back != s && !strings.ContainsAny(s.Path, "\r\n\\") {
					t.Errorf("%v: %q became %q", err, s.Path, back.Path)
				}
			}
			if again != 1 {
				t.Errorf("%q became %d lines", s.Path, again)
			}
		}
	})
}
