//go:build unix

package derive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sounds is a folder with a sound that swells and falls, as AAC and as WAV.
func sounds(t *testing.T, options string) string {
	t.Helper()
	if _, err := exec.LookPath(decoder); err != nil {
		t.Fatal("the test needs ffmpeg; the target «tools» of make installs it")
	}
	dir := t.TempDir()
	for name, codec := range map[string]string{"a.m4a": "-c:a aac -b:a 160k", "a.wav": "-c:a pcm_s16le"} {
		args := "-v error -f lavfi -i anoisesrc=d=12:c=pink:seed=7:r=48000,volume=0.4+0.35*sin(t):eval=frame " + options + " " + codec
		if out, err := exec.Command(decoder, append(strings.Fields(args), filepath.Join(dir, name))...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	return dir
}

func waveIn(c *Cache, dir, name string) ([]byte, error) {
	return c.Wave(context.Background(), os.DirFS(dir), name)
}

// A sound in AAC has the wave that it has as WAV, but for what the codec loses.
func TestWaveOfAAC(t *testing.T) {
	for _, options := range []string{"-ac 1 -ar 22050", "-ac 2 -ar 44100", "-ac 6 -ar 48000"} {
		dir, c := sounds(t, options), newCache(t, 0)
		want, err := waveIn(c, dir, "a.wav")
		if err != nil || len(want) == 0 {
			t.Fatal(err, want)
		}
		got, err := waveIn(c, dir, "a.m4a")
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %v, %v", options, err, got)
		}
		sum, most := 0, 0
		for i := range got {
			d := max(int(got[i])-int(want[i]), int(want[i])-int(got[i]))
			sum, most = sum+d, max(most, d)
		}
		if t.Logf("%s: %.1f of 255 apart on the mean, %d at most", options, float64(sum)/float64(len(got)), most); sum > 8*len(got) || most > 48 {
			t.Errorf("%s: another wave:\n%v\n%v", options, got, want)
		}
	}
}

// Where a file says that high tones are added to its core (HE-AAC), the wave is that of the core.
func TestWaveOfTheCoreOfHEAAC(t *testing.T) {
	dir, c := sounds(t, "-ac 1 -ar 22050"), newCache(t, 0)
	want, err := waveIn(c, dir, "a.m4a")
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, "a.m4a"))
	if err != nil {
		t.Fatal(err)
	}
	core, added := []byte("\x13\x88\x56\xe5\x00"), []byte("\x2b\x8a\x08\x00\x00") // AudioSpecificConfig of AAC-LC, and of SBR around it
	if bytes.Count(file, core) != 1 {
		t.Fatal("the test has lost its subject")
	}
	if err := os.WriteFile(filepath.Join(dir, "b.m4a"), bytes.Replace(file, core, added, 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := waveIn(c, dir, "b.m4a"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, another wave: %v", err, got)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.m4a"), bytes.Replace(file, core, []byte("\x0b\x88\x56\xe5\x00"), 1), 0o644); err != nil { // AAC Main
		t.Fatal(err)
	}
	if _, err := waveIn(c, dir, "c.m4a"); Fault(err) == nil || Fault(err).Kind != Undecoded || Fault(err).HintVi == "" {
		t.Errorf("AAC Main: %v", err)
	}
}

// pretended puts a script in the place of the decoder.
func pretended(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, decoder), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
}

// A decoder that is missing, hangs, never ends or fails leaves a sound without a wave and says why; once there
// is one, there is a wave.
func TestWaveOfAACWithoutADecoder(t *testing.T) {
	dir, c := sounds(t, "-ac 1 -ar 22050"), newCache(t, 0)
	path := os.Getenv("PATH")
	expect := func(kind Kind, says string) {
		t.Helper()
		began := time.Now()
		peaks, err := waveIn(c, dir, "a.m4a")
		e := Fault(err)
		if e == nil || e.Kind != kind || peaks != nil || !strings.Contains(e.En, says) || e.Vi == "" || e.HintVi == "" || e.HintEn == "" {
			t.Errorf("want %s, %q: %v, %v", kind, says, err, peaks)
		}
		if spent := time.Since(began); spent > 25*time.Second {
			t.Errorf("%s, %q: took %v", kind, says, spent)
		}
	}
	t.Setenv("PATH", t.TempDir())
	expect(NoDecoder, "needs the program ffmpeg")
	exhausted := ""
	if runtime.GOOS == "linux" {
		exhausted = "exit status"
	}
	for script, says := range map[string]string{
		"sleep 60":                               "took too long",
		"trap '' TERM PIPE; sleep 60 & sleep 60": "took too long",
		"exit 3":                                 "exit status 3",
		"exec cat /dev/zero":                     "", // without end
		"trap '' PIPE; while :; do cat /dev/zero; done": "",
		"exec tail /dev/zero":                           exhausted, // all the memory there is
		"cat >/dev/null":                                "could not read most",
		"cat":                                           "could not read most", // what it was given
	} {
		if c.patience = 30 * time.Second; says == "took too long" {
			c.patience = time.Second
		}
		pretended(t, script)
		expect(Undecoded, says)
	}
	t.Setenv("PATH", path)
	c.patience = 0
	if peaks, err := waveIn(c, dir, "a.m4a"); err != nil || len(peaks) == 0 {
		t.Errorf("with a decoder: %v, %v", err, peaks)
	}
	t.Setenv("PATH", t.TempDir())
	if peaks, err := waveIn(c, dir, "a.m4a"); err != nil || len(peaks) == 0 {
		t.Errorf("a wave that was drawn is kept: %v, %v", err, peaks)
	}
}

// A build that is stopped stops the decoder, and that is no fault of the sound.
func TestDecoderEndsWithTheBuild(t *testing.T) {
	dir, c := sounds(t, "-ac 1 -ar 22050"), newCache(t, 0)
	pretended(t, "sleep 60")
	ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer stop()
	began := time.Now()
	if _, err := c.Wave(ctx, os.DirFS(dir), "a.m4a"); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

// toldTo is what a decoder is told and given by what runs: arguments, environment, input.
func toldTo(t *testing.T, run func()) string {
	t.Helper()
	pipe := filepath.Join(t.TempDir(), "told") // files it may not write
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 1)
	go func() {
		b, err := os.ReadFile(pipe)
		told <- fmt.Sprint(err, "\n", string(b))
	}()
	t.Setenv("FFREPORT", "file=CANARY")
	pretended(t, "{ echo \"$@\"; env; cat; } >"+pipe+"; exit 1")
	run()
	return <-told
}

// What the decoder is told and given: no path, nothing of the environment that would have it write, frames alone.
func TestDecoderIsGivenFramesAlone(t *testing.T) {
	dir, c := sounds(t, "-ac 1 -ar 22050 -metadata title=CANARY"), newCache(t, 0)
	says := toldTo(t, func() {
		if _, err := waveIn(c, dir, "a.m4a"); Fault(err) == nil {
			t.Error(err)
		}
	})
	if !strings.Contains(says, "-protocol_whitelist pipe -f aac") || !strings.Contains(says, "\xff\xf1") {
		t.Errorf("it was told %q", says[:min(len(says), 2000)])
	}
	for _, no := range []string{dir, "a.m4a", "CANARY", "FFREPORT", "ftyp", "moov"} {
		if strings.Contains(says, no) {
			t.Errorf("it was told %s: %q", no, says[:min(len(says), 2000)])
		}
	}
}
