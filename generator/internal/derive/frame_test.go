//go:build unix

package derive

import (
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kovidgoyal/imaging"
)

// Films of four seconds: it is dark, the four corners light up, and it is dark again.
const (
	filmDark = "color=black:s=320x192:r=25:d=1.5"
	filmLit  = "color=white:s=320x192:r=25:d=1,drawbox=0:0:160:96:color=0xC81E1E:t=fill,drawbox=160:0:160:96:color=0x1EA028:t=fill,drawbox=0:96:160:96:color=0x283CC8:t=fill,drawbox=160:96:160:96:color=0xDCD23C:t=fill"
)

// filmed makes a film by ffmpeg.
func filmed(t *testing.T, name string, options ...string) {
	t.Helper()
	if _, err := exec.LookPath(decoder); err != nil {
		t.Fatal("the test needs ffmpeg; the target «tools» of make installs it")
	}
	args := []string{"-v", "error", "-y", "-f", "lavfi", "-i", filmDark, "-f", "lavfi", "-i", filmLit, "-f", "lavfi", "-i", filmDark, "-filter_complex", "concat=n=3,format=yuv420p"}
	if out, err := exec.Command(decoder, append(append(args, options...), name)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

func frameOf(c *Cache, dir, name string, sizes ...Spec) (Still, error) {
	return c.Frame(context.Background(), os.DirFS(dir), name, func(Info) []Spec { return sizes }, false)
}

// The picture that stands for a film is none of the dark ones, upright and in its size, whatever the codec.
func TestFrameOfAFilm(t *testing.T) {
	want := image.Image(corners(320, 192))
	for name, options := range map[string]string{
		"h264.mp4":    "-c:v libx264 -preset ultrafast",
		"bframes.mp4": "-c:v libx264 -preset fast -bf 3 -movflags +faststart",
		"hevc.mp4":    "-c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1",
		"av1.mp4":     "-c:v libaom-av1 -cpu-used 8 -usage realtime",
		"vp9.mp4":     "-c:v libvpx-vp9 -deadline realtime -cpu-used 8",
		"vp8.webm":    "-c:v libvpx -deadline realtime -b:v 800k",
		"vp9.webm":    "-c:v libvpx-vp9 -deadline realtime -cpu-used 8",
		"av1.webm":    "-c:v libaom-av1 -cpu-used 8 -usage realtime",
	} {
		dir, c := t.TempDir(), newCache(t, 0)
		filmed(t, filepath.Join(dir, name), strings.Fields(options)...)
		still, err := frameOf(c, dir, name, Spec{Width: 160}, Spec{Width: Full})
		if err != nil || len(still.Derived) != 2 {
			t.Errorf("%s: %v, %d derivatives", name, err, len(still.Derived))
			continue
		}
		m, _ := readDerived(t, still.Derived[1])
		if m.Bounds().Size() != want.Bounds().Size() {
			t.Errorf("%s: %v", name, m.Bounds())
		} else if d := distance(t, m, want); d > 12 {
			t.Errorf("%s: %.1f of 255 from what is lit", name, d)
		}
		if m, _ := readDerived(t, still.Derived[0]); m.Bounds().Dx() != 160 {
			t.Errorf("%s: %v", name, m.Bounds())
		}
	}
}

// A film that a telephone turns is turned.
func TestFrameOfATurnedFilm(t *testing.T) {
	dir := t.TempDir()
	flat := filepath.Join(dir, "flat.mp4")
	filmed(t, flat, "-c:v", "libx264", "-preset", "ultrafast")
	for _, degrees := range []string{"90", "180", "270"} {
		name, shown := filepath.Join(dir, degrees+".mp4"), filepath.Join(dir, degrees+".png")
		for _, args := range [][]string{{"-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=" + degrees, name}, {"-ss", "2", "-i", name, "-frames:v", "1", shown}} { // which turns it as players do
			if out, err := exec.Command(decoder, append([]string{"-v", "error"}, args...)...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		}
		still, err := frameOf(newCache(t, 0), dir, degrees+".mp4", Spec{Width: Full})
		if err != nil || len(still.Derived) != 1 {
			t.Errorf("%s: %v, %v", degrees, err, still)
			continue
		}
		got, _ := readDerived(t, still.Derived[0])
		if d := distance(t, got, readPNG(t, shown)); d > 12 || (degrees != "180") != (got.Bounds().Dx() == 192) {
			t.Errorf("%s: %v, %.1f of 255 apart", degrees, got.Bounds(), d)
		}
		if d := distance(t, imaging.Resize(got, 320, 192, imaging.Box), corners(320, 192)); d < 30 {
			t.Error("the test has lost its subject")
		}
	}
}

// A film that is dark all through has no picture that stands for it, and is not decoded again.
func TestFrameOfADarkFilm(t *testing.T) {
	dir, c := t.TempDir(), newCache(t, 0)
	name := filepath.Join(dir, "dark.mp4")
	if out, err := exec.Command(decoder, "-v", "error", "-f", "lavfi", "-i", filmDark, "-c:v", "libx264", "-preset", "ultrafast", name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, path := range []string{os.Getenv("PATH"), t.TempDir()} {
		t.Setenv("PATH", path)
		if still, err := frameOf(c, dir, "dark.mp4", Spec{Width: Full}); err != nil || len(still.Derived) != 0 || !c.HasFrame(still.Key) {
			t.Errorf("%v, %v", err, still)
		}
	}
}

// Without a decoder, or with one that hangs, fails, never ends or gives too little, a film has no picture, and that is
// said; with one it has, which is kept, and made again where it is spoilt.
func TestFrameWithoutADecoder(t *testing.T) {
	dir, c := t.TempDir(), newCache(t, 0)
	filmed(t, filepath.Join(dir, "a.mp4"), "-c:v", "libx264", "-preset", "ultrafast")
	path := os.Getenv("PATH")
	expect := func(kind Kind, says string) {
		t.Helper()
		began := time.Now()
		still, err := frameOf(c, dir, "a.mp4", Spec{Width: Full})
		e := Fault(err)
		if is, _ := Waveless(err); !is || e.Kind != kind || len(still.Derived) > 0 || !strings.Contains(e.En, says) || e.Vi == "" || e.HintVi == "" || e.HintEn == "" || strings.Contains(e.HintEn, "sound") {
			t.Errorf("want %s, %q: %v, %v", kind, says, err, still)
		}
		if spent := time.Since(began); spent > 25*time.Second {
			t.Errorf("%s, %q: took %v", kind, says, spent)
		}
	}
	t.Setenv("PATH", t.TempDir())
	expect(NoDecoder, "needs the program ffmpeg")
	for script, says := range map[string]string{
		"trap '' TERM PIPE; sleep 60 & sleep 60": "took too long",
		"exit 3":                                 "exit status 3",
		"cat >/dev/null; echo":                   "gave no picture",
	} {
		if c.patience = 30 * time.Second; says == "took too long" {
			c.patience = time.Second
		}
		pretended(t, script)
		expect(Undecoded, says)
	}
	c.patience = 0
	pretended(t, "trap '' PIPE; while :; do cat /dev/zero; done") // pictures without end, all dark
	if still, err := frameOf(c, dir, "a.mp4", Spec{Width: Full, Quality: 50}); err != nil || len(still.Derived) > 0 {
		t.Errorf("%v, %v", err, still)
	}
	t.Setenv("PATH", path)
	still, err := frameOf(c, dir, "a.mp4", Spec{Width: Full})
	if err != nil || len(still.Derived) != 1 {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	if again, err := frameOf(c, dir, "a.mp4", Spec{Width: Full}); err != nil || len(again.Derived) != 1 || again.Derived[0].SHA256 != still.Derived[0].SHA256 {
		t.Errorf("what was drawn is kept: %v, %v", err, again)
	}
	t.Setenv("PATH", path)
	if err := os.Remove(still.Derived[0].Path); err != nil {
		t.Fatal(err)
	}
	if again, err := frameOf(c, dir, "a.mp4", Spec{Width: Full}); err != nil || !c.Whole(&again.Derived[0]) {
		t.Errorf("what was lost is made again: %v, %v", err, again)
	}
}

// The decoder gets coded pictures and what they are decoded with: no path, no container, no messages between them.
func TestDecoderIsGivenPicturesAlone(t *testing.T) {
	dir, c := t.TempDir(), newCache(t, 0)
	filmed(t, filepath.Join(dir, "a.mp4"), "-c:v", "libx264", "-preset", "ultrafast", "-metadata", "title=CANARY") // x264 writes its settings between pictures
	file, err := os.ReadFile(filepath.Join(dir, "a.mp4"))
	if err != nil || !strings.Contains(string(file), "x264 - core") || !strings.Contains(string(file), "CANARY") {
		t.Fatal("the test has lost its subject", err)
	}
	says := toldTo(t, func() {
		if _, err := frameOf(c, dir, "a.mp4", Spec{Width: Full}); Fault(err) == nil {
			t.Error(err)
		}
	})
	if !strings.Contains(says, "-protocol_whitelist pipe") || !strings.Contains(says, "-f h264") || !strings.Contains(says, startCode) {
		t.Errorf("it was told %q", says[:min(len(says), 2000)])
	}
	for _, no := range []string{dir, "a.mp4", "CANARY", "FFREPORT", "ftyp", "moov", "x264 - core"} {
		if strings.Contains(says, no) {
			t.Errorf("it was told %s", no)
		}
	}
}

const startCode = "\x00\x00\x00\x01\x65"
