package recording

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// files are those of testdata, which make.sh makes: what each is, or why it is refused.
var files = []struct {
	name, says string
}{
	{"cbr.mp3", "mp3 sound 0.5 s mp3"},
	{"vbr.mp3", "mp3 sound 0.5 s mp3"},
	{"plain.wav", "wav sound 0.5 s pcm"},
	{"vorbis.ogg", "ogg sound 0.5 s vorbis"},
	{"opus.ogg", "ogg sound 0.5 s opus"},
	{"sound.m4a", "mp4 sound 0.5 s mp4a"},
	{"film.mp4", "mp4 film 64×48 0.5 s avc1 mp4a"},
	{"hevc.mp4", "mp4 film 64×48 0.5 s Opus hvc1"},
	{"av1.webm", "webm film 64×48 0.5 s V_AV1"},
	{"film.webm", "webm film 64×48 0.5 s A_VORBIS V_VP8"},
	{"live.webm", "webm film 64×48 0.4 s V_VP9"}, // it does not say how long it is, and its last picture neither
	{"sound.flac", "unsupported: a FLAC file is not supported"},
	{"theora.ogv", "unsupported: the codec Theora is not supported"},
	{"old.mp4", "unsupported: the codec mp4v is not supported"},
	{"fragmented.mp4", "unsupported: a fragmented MP4 file is not supported"},
	{"film.mkv", "unsupported: a Matroska file that is no WebM is not supported"},
	{"make.sh", "unsupported: this format is not supported"},
}

func inWords(r *Recording, err error) string {
	if fault := (*Error)(nil); errors.As(err, &fault) {
		if fault.Msg.Vi == "" || fault.Hint.Vi == "" || fault.Hint.En == "" {
			return "a message is missing"
		}
		return string(fault.Kind) + ": " + fault.Msg.En
	}
	if err != nil {
		return err.Error()
	}
	kind := "sound"
	if r.Film {
		kind = fmt.Sprintf("film %d×%d", r.Width, r.Height)
	}
	return fmt.Sprintf("%s %s %.1f s %s", r.Format, kind, r.Duration.Seconds(), strings.Join(r.Codecs, " "))
}

func readBytes(b []byte) (*Recording, error) { return Read(bytes.NewReader(b), int64(len(b))) }

func clean(t testing.TB, b []byte) ([]byte, *Recording) {
	t.Helper()
	r, err := readBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	sum, err := r.WriteClean(&out, bytes.NewReader(b))
	if err != nil || sum != sha256.Sum256(b) {
		t.Fatal(err, sum)
	}
	return out.Bytes(), r
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatARecordingIs(t *testing.T) {
	for _, f := range files {
		if got := inWords(readBytes(file(t, f.name))); got != f.says {
			t.Errorf("%s: %s, want %s", f.name, got, f.says)
		}
	}
}

func playable(each func(name string)) {
	for _, f := range files {
		if !strings.Contains(f.says, "unsupported") {
			each(f.name)
		}
	}
}

// What names a person, a place or a day is nowhere in what is published; the
// frame of the file stands, and nothing is left to clean.
func TestPublishedCopySaysNothing(t *testing.T) {
	playable(func(name string) {
		b := file(t, name)
		if name != "live.webm" && !bytes.Contains(b, []byte("CANARY")) {
			t.Errorf("%s: nothing is in it to be found", name)
		}
		out, r := clean(t, b)
		for _, word := range []string{"CANARY", "Lavf", "+21.03"} {
			if word == "Lavf" && r.Format == MP3 {
				continue // it tells how much silence to leave out
			}
			if bytes.Contains(out, []byte(word)) {
				t.Errorf("%s: the published copy says %s", name, word)
			}
		}
		offsets := r.Format == MP4 || r.Format == WebM || r.Format == Ogg
		if offsets && len(out) != len(b) {
			t.Errorf("%s: %d bytes have become %d", name, len(b), len(out))
		}
		again, same := clean(t, out)
		if !bytes.Equal(again, out) || inWords(same, nil) != inWords(r, nil) {
			t.Errorf("%s: a clean copy is not clean: %s", name, inWords(same, nil))
		}
	})
}

// played tells of each picture of a file, and of each packet of its sound, when it is played and what it is.
func played(t testing.TB, path string) string {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Fatal("there is no ffmpeg; make tools installs it")
	}
	var out, says bytes.Buffer
	cmd := exec.Command("ffmpeg", "-v", "error", "-i", path, "-map", "0:v?", "-map", "0:a?", "-map", "-0:m:comment:Cover (front)?", "-c:a", "copy", "-f", "framemd5", "-")
	cmd.Stdout, cmd.Stderr = &out, &says
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v: %s", path, err, says.String())
	}
	same := ""
	for line := range strings.Lines(out.String()) {
		f := strings.Split(strings.ReplaceAll(strings.TrimSpace(line), " ", ""), ",")
		switch { // what goes beside packets, and the times of MP3, ffmpeg takes from tags
		case len(f) < 6:
		case strings.HasSuffix(path, ".mp3"):
			same += f[5] + "\n"
		default:
			same += strings.Join(f[:6], " ") + "\n"
		}
	}
	return same
}

// Sound is what it was, packet by packet, and each picture dot by dot, at the same times.
func TestPublishedCopyPlaysTheSame(t *testing.T) {
	playable(func(name string) {
		from := filepath.Join("testdata", name)
		to := filepath.Join(t.TempDir(), name)
		out, _ := clean(t, file(t, name))
		if err := os.WriteFile(to, out, 0o644); err != nil {
			t.Fatal(err)
		}
		if a, b := played(t, from), played(t, to); a != b || a == "" {
			t.Errorf("%s: %s\nhas become %s", name, a, b)
		}
	})
}

func TestPagesOfOggHaveTheirSums(t *testing.T) {
	for _, name := range []string{"vorbis.ogg", "opus.ogg"} {
		out, _ := clean(t, file(t, name))
		s := &source{r: bytes.NewReader(out), size: int64(len(out))}
		for at := int64(0); at < s.size; {
			p, ok := s.oggPage(at)
			if !ok {
				t.Fatalf("%s: no page at %d", name, at)
			}
			b := bytes.Clone(s.bytes(p.at, p.size))
			want := le.Uint32(b[22:])
			clear(b[22:26])
			if oggSum(b) != want {
				t.Errorf("%s: the page at %d has another sum", name, at)
			}
			at += p.size
		}
	}
}

// A file that is another when it is written than when it was looked at is told
// by its hash.
func TestFileThatChangesMeanwhile(t *testing.T) {
	b := file(t, "film.webm")
	r, err := readBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Clone(b)
	other[len(other)/2] ^= 1
	for _, now := range [][]byte{other, append(bytes.Clone(b), 'x')} {
		if sum, err := r.WriteClean(&bytes.Buffer{}, bytes.NewReader(now)); err != nil || sum == sha256.Sum256(b) || sum != sha256.Sum256(now) {
			t.Error(err, sum)
		}
	}
	if _, err := r.WriteClean(&bytes.Buffer{}, bytes.NewReader(b[:len(b)-1])); err == nil {
		t.Error("a file that was cut short is written")
	}
}

// Files that were cut off anywhere are refused or play as far as they go, and say nothing.
func TestRecordingsThatWereCutOff(t *testing.T) {
	playable(func(name string) {
		b := file(t, name)
		for n := 0; n < len(b); n += 1 + len(b)/400 {
			r, err := readBytes(b[:n])
			if fault := (*Error)(nil); err != nil && !errors.As(err, &fault) {
				t.Fatalf("%s, %d bytes: %v", name, n, err)
			}
			if err != nil {
				continue
			}
			var out bytes.Buffer
			if _, err := r.WriteClean(&out, bytes.NewReader(b[:n])); err != nil || bytes.Contains(out.Bytes(), []byte("CANARY")) {
				t.Errorf("%s, %d bytes: %v, or it says something", name, n, err)
			}
		}
	})
}

// The recordings of a real collection.
func TestRealRecordings(t *testing.T) {
	dir := "../../../../shared/data/media"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data/media is not there")
	}
	for name, want := range map[string]string{
		"a11_touchdown.m4a":                      "mp4 sound 29.7 s mp4a",
		"dickson_greeting.ogv.240p.webm":         "webm film 320×240 17.7 s A_VORBIS V_VP8",
		"file-sample_150kB.pdf":                  "unsupported: this format is not supported",
		"plate-number-700-buffalo-galloping.gif": "unsupported: this format is not supported",
	} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		r, err := readBytes(b)
		if got := inWords(r, err); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if err == nil {
			if out, _ := clean(t, b); bytes.Contains(out, []byte("Fission")) || bytes.Contains(out, []byte("Lavf56")) {
				t.Errorf("%s: the program that made it is named", name)
			}
		}
	}
}

// A tag behind a frame that was cut off is not taken for the rest of the frame.
func TestTagInCutFrame(t *testing.T) {
	whole, _ := clean(t, file(t, "cbr.mp3"))
	body := []byte("\x00CANARY-title of some length, so that the frame before it is filled by it and more than that stands behind")
	frame := append(append([]byte("TIT2"), 0, 0, 0, byte(len(body)), 0, 0), body...)
	tag := append([]byte{'I', 'D', '3', 3, 0, 0, 0, 0, 0, byte(len(frame))}, frame...)
	for cut := len(whole) / 2; cut < len(whole)/2+110; cut++ {
		joined := slices.Concat(whole[:cut], tag, whole)
		out, r := clean(t, joined)
		if bytes.Contains(out, []byte("CANARY")) {
			t.Fatalf("cut off at %d, the tag is in the copy", cut)
		}
		if r.Duration < 600*time.Millisecond {
			t.Errorf("cut off at %d: %v are left", cut, r.Duration)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, known := range files {
		b := file(f, known.name)
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		began := time.Now()
		r, err := readBytes(b)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := r.WriteClean(&out, bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
		again, err := readBytes(out.Bytes())
		if err != nil {
			t.Fatalf("what was cleaned cannot be read: %v", err)
		}
		if again.Film != r.Film || again.Format != r.Format {
			t.Fatalf("%s has become %s", inWords(r, nil), inWords(again, nil))
		}
		if spent := time.Since(began); spent > 5*time.Second {
			t.Fatalf("it took %v", spent)
		}
	})
}
