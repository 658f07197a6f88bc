package recording

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A film is told that many browsers do not play, and only such a one.
func TestRare(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Fatal("the test needs ffmpeg; the target «tools» of make installs it")
	}
	for want, options := range map[string][]string{
		"":                    {"-c:v", "libx264", "-pix_fmt", "yuv420p"},
		"H.264 10 bit, 4:2:2": {"-c:v", "libx264", "-pix_fmt", "yuv422p10le"},
		"HEVC (H.265)":        {"-c:v", "libx265", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none"},
	} {
		name := filepath.Join(t.TempDir(), "film.mp4")
		args := append(append([]string{"-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x48:r=5"}, options...), name)
		if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := Read(bytes.NewReader(data), int64(len(data))); err != nil || r.Rare != want {
			t.Errorf("%v: %+v, %v", options, r, err)
		}
	}
}
