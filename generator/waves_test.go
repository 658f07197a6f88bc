package generator_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
)

// Without a decoder, sounds in AAC are published without their waves, and each build says so once; with one, the next
// build has the waves, though nothing of the content changed, and they stay when it goes again.
func TestWavesOfAACComeWithTheirDecoder(t *testing.T) {
	path := os.Getenv("PATH")
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Fatal("the test needs ffmpeg; the target «tools» of make installs it")
	}
	sound, err := os.ReadFile("internal/recording/testdata/sound.m4a")
	fine(t, err)
	decided := strings.NewReplacer("transcript]", "transcript, audio]").Replace(clearance)
	r := newRuled(t, map[string]string{"clearances/qd-01.yaml": decided, "fonds/phong-cau-mau/media/s.m4a": string(sound), "fonds/phong-cau-mau/media/t.m4a": string(sound)}).
		with(firstItem, "objects:\n", "objects:\n  - {kind: audio, seq: 8, file: s.m4a}\n  - {kind: audio, seq: 9, file: t.m4a}\n")
	r.age()
	build := func(decoder bool) (told []diag.Diagnostic, waves int) {
		t.Helper()
		t.Setenv("PATH", t.TempDir())
		if decoder {
			t.Setenv("PATH", path)
		}
		rep, err := buildReport(r.o)
		fine(t, err)
		told = slices.DeleteFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Code != "recording-wave" })
		return told, bytes.Count(read(t, r.page("tl-0001")), []byte(`class="wave"`))
	}
	for i := range 2 {
		told, waves := build(false)
		if len(told) != 1 || waves != 0 || told[0].Severity != diag.Warning || told[0].Pos.Line == 0 ||
			!strings.Contains(told[0].Msg.En, "s.m4a (tl-0001), t.m4a (tl-0001)") || !strings.Contains(told[0].Hint.Vi, "cài ffmpeg") {
			t.Fatalf("build %d without a decoder: %d waves, %v", i, waves, told)
		}
	}
	build(true)
	waves, err := filepath.Glob(filepath.Join(filepath.Dir(r.o.Out), ".vitrine", "derivatives", "waves", "*"))
	if err != nil || len(waves) == 0 {
		t.Fatal(err, waves)
	}
	for _, dir := range waves { // the cache may be deleted at any time
		fine(t, os.RemoveAll(dir))
	}
	r.o.Verify = true
	if told, waves := build(false); len(told) != 1 || waves != 0 {
		t.Fatalf("of waves that were drawn and lost %d are shown: %v", waves, told)
	}
	r.o.Verify = false
	for _, decoder := range []bool{true, true, false} {
		if told, waves := build(decoder); len(told) != 0 || waves != 2 {
			t.Fatalf("with a decoder: %v: %d waves, %v", decoder, waves, told)
		}
	}
}

// A decoder that fails is started once for a sound, though the page stands in two languages and
// the sound in two records.
func TestDecoderThatFailsIsStartedOnce(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the decoder of this test is a script of a shell")
	}
	sound, err := os.ReadFile("internal/recording/testdata/sound.m4a")
	fine(t, err)
	decided := strings.NewReplacer("transcript]", "transcript, audio]").Replace(clearance)
	r := newRuled(t, map[string]string{"clearances/qd-01.yaml": decided, "fonds/phong-cau-mau/media/s.m4a": string(sound)}).
		with(firstItem, "objects:\n", "objects:\n  - {kind: audio, seq: 8, file: s.m4a}\n  - {kind: audio, seq: 9, file: s.m4a}\n")
	r.age()
	dir, starts := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\n: >'" + starts + "'/$$\nexit 3\n" // an empty file for each start, since a decoder may write none
	fine(t, os.WriteFile(filepath.Join(dir, "ffmpeg"), []byte(script), 0o755))
	t.Setenv("PATH", dir)
	rep, err := buildReport(r.o)
	fine(t, err)
	if !slices.ContainsFunc(rep.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Code == "recording-undecoded" }) {
		t.Errorf("the build does not say that the decoder fails: %v", rep.Diags.Sorted())
	}
	if began, err := os.ReadDir(starts); err != nil || len(began) != 1 {
		t.Errorf("the decoder was started %d times: %v", len(began), err)
	}
}
