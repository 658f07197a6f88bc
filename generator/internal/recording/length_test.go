package recording

import (
	"bytes"
	"io"
	"os"
	"testing"
	"time"
)

// A sound that grows louder has the same wave in every kind of samples that ffmpeg writes.
func TestWavesOfAllSamples(t *testing.T) {
	dir := t.TempDir()
	const tone = "-f lavfi -i aevalsrc=0.9*sin(2764*t)*t/3:d=3:s=8000 -c:a "
	for _, codec := range []string{"pcm_s16le", "pcm_f32le", "pcm_f64le", "pcm_mulaw", "pcm_alaw"} {
		file, err := os.ReadFile(made(t, dir, codec+".wav", tone+codec))
		if err != nil {
			t.Fatal(err)
		}
		wave := waveOf(t, file)
		if len(wave) != WaveWidth {
			t.Errorf("%s: no wave", codec)
			continue
		}
		for i, v := range wave {
			if want := (i + 1) * 255 / WaveWidth; int(v)-want > 10 || want-int(v) > 10 {
				t.Errorf("%s: part %d is %d, want about %d", codec, i, v, want)
				break
			}
		}
	}
}

// An MP3 file that was cut off promises more than it holds. That is found, and the copy tells players
// what is there.
func TestLengthThatIsThere(t *testing.T) {
	dir := t.TempDir()
	for name, args := range map[string]string{
		"constant": "-f lavfi -i sine=440:d=20 -c:a libmp3lame -b:a 64k", "varying": "-f lavfi -i sine=440:d=20 -c:a libmp3lame -q:a 4",
	} {
		file, err := os.ReadFile(made(t, dir, name+".mp3", args))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := Read(bytes.NewReader(file), int64(len(file)))
		if err != nil || whole.Stated != 0 {
			t.Errorf("%s: %v, stated %v", name, err, whole.Stated)
			continue
		}
		cut := file[:len(file)/2]
		r, err := Read(bytes.NewReader(cut), int64(len(cut)))
		if err != nil {
			t.Fatal(err)
		}
		if (r.Stated-20*time.Second).Abs() > time.Second/5 || (r.Duration-10*time.Second).Abs() > time.Second {
			t.Errorf("%s: stated %v, found %v", name, r.Stated, r.Duration)
		}
		var copied bytes.Buffer
		if _, err := r.WriteClean(&copied, io.NewSectionReader(bytes.NewReader(cut), 0, int64(len(cut)))); err != nil {
			t.Fatal(err)
		}
		again, err := Read(bytes.NewReader(copied.Bytes()), int64(copied.Len()))
		if err != nil || again.Stated != 0 || again.Duration != r.Duration {
			t.Errorf("%s: the copy states %v and holds %v, want %v: %v", name, again.Stated, again.Duration, r.Duration, err)
		}
	}
}
