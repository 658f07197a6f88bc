package recording

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A sound that grows louder has a wave that rises, with one channel and with two. At so few bits a
// second the coders miss its loudness by a tenth.
func TestWaveOfPackets(t *testing.T) {
	for _, name := range []string{"louder.ogg", "louder.opus", "louder.webm", "louder-vorbis.webm"} {
		wave := waveOf(t, testFile(t, name))
		if len(wave) != WaveWidth {
			t.Errorf("%s: no wave", name)
			continue
		}
		for i, v := range wave[:WaveWidth-1] { // the last packet of a WebM file begins its last part
			if want := 255 * (i + 1) / WaveWidth; int(v) < want-30 || int(v) > want+30 {
				t.Errorf("%s: part %d is %d loud, want about %d", name, i, v, want)
				break
			}
		}
	}
}

// Two streams one behind the other have no wave: they may differ in their rates.
func TestWaveOfChainedOgg(t *testing.T) {
	one := testFile(t, "louder.ogg")
	other := bytes.Clone(testFile(t, "vorbis.ogg"))
	if wave := waveOf(t, append(bytes.Clone(one), other...)); wave != nil {
		t.Errorf("a wave of both: %v", wave)
	}
}

// setupBits are bits, the lowest first, of the numbers given as value and width.
func setupBits(pairs ...int) []byte {
	out, at := []byte("\x05vorbis"), 0
	for i := 0; i < len(pairs); i += 2 {
		for bit := range pairs[i+1] {
			if at%8 == 0 {
				out = append(out, 0)
			}
			out[len(out)-1] |= byte(pairs[i]>>bit&1) << (at % 8)
			at++
		}
	}
	return append(out, 0, 0, 0)
}

// A setup that would make the decoder take gigabytes, or look for ever, is kept from it.
func TestHostileSetupOfVorbis(t *testing.T) {
	const book = 0x564342
	code := func(length int) []int { return []int{length - 1, 5} }
	full := []int{0, 1, 0, 1, 0, 5, 0, 5} // not in order, not sparse, two codes of one bit
	of := func(parts ...[]int) (all []int) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	for name, pairs := range map[string][]int{
		"values for sixteen gigabytes":  of([]int{0, 8, book, 24, 65535, 16, 2, 24}, full, []int{2, 4}),
		"most entries there can be":     of([]int{0, 8, book, 24, 1, 16, 1<<24 - 1, 24, 1, 1, 9, 5}),
		"values over all books":         of([]int{255, 8, book, 24, 1, 16, 1<<14 + 1, 24}),
		"a code that leads nowhere":     of([]int{0, 8, book, 24, 1, 16, 2, 24, 0, 1, 0, 1}, code(1), code(2), []int{0, 4}),
		"no code at all":                of([]int{0, 8, book, 24, 1, 16, 2, 24, 0, 1, 1, 1, 0, 1, 0, 1, 0, 4}),
		"codes in order that overflow":  of([]int{0, 8, book, 24, 1, 16, 2, 24, 1, 1, 0, 5, 3, 2}),
		"no dimension":                  of([]int{0, 8, book, 24, 0, 16, 2, 24}, full, []int{0, 4}),
		"no entry":                      of([]int{0, 8, book, 24, 1, 16, 0, 24, 0, 4}),
		"a book of which there is less": of([]int{9, 8, book, 24, 1, 16, 2, 24}, full, []int{0, 4}),
	} {
		if harmlessSetup(setupBits(pairs...)) {
			t.Errorf("%s: taken for harmless", name)
		}
	}
	if !harmlessSetup(setupBits(of([]int{0, 8, book, 24, 1, 16, 2, 24}, full, []int{0, 4})...)) {
		t.Error("the smallest book of all is refused")
	}
	for _, pad := range [][]byte{make([]byte, maxSetup)} {
		if harmlessSetup(append(setupBits(of([]int{0, 8, book, 24, 1, 16, 2, 24}, full, []int{0, 4})...), pad...)) {
			t.Error("a setup longer than any")
		}
	}
}

// Whatever bits of a header are wrong, the wave is made soon and in little memory, or not at all.
func TestSpoiltPacketsHaveNoHold(t *testing.T) {
	for _, name := range []string{"vorbis.ogg", "opus.ogg", "louder.webm", "louder-vorbis.webm"} {
		file := testFile(t, name)
		r, err := Read(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		for at := 28; at < min(len(file), 3600); at += 5 {
			bad := bytes.Clone(file)
			bad[at] ^= byte(1 << (at % 8))
			withinBounds(t, name, at, func() { _, err = r.Wave(bytes.NewReader(bad), int64(len(bad))) })
			if err != nil {
				t.Errorf("%s at %d: %v", name, at, err)
			}
		}
	}
}

// Neither is a wave of any other file without an end.
func FuzzWave(f *testing.F) {
	for _, name := range []string{"vorbis.ogg", "opus.ogg", "louder.opus", "louder.webm", "louder-vorbis.webm", "cbr.mp3", "plain.wav"} {
		file, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := readBytes(b)
		if err != nil {
			return
		}
		began := time.Now()
		if _, err := r.Wave(bytes.NewReader(b), int64(len(b))); err != nil {
			t.Fatal(err)
		}
		if spent := time.Since(began); spent > 5*time.Second {
			t.Fatalf("it took %v", spent)
		}
	})
}

func withinBounds(t *testing.T, name string, at int, work func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatalf("%s with a bit wrong at %d: no end", name, at)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 192<<20 { // most of it for a packet at a time
		t.Errorf("%s with a bit wrong at %d: took %d MiB", name, at, took>>20)
	}
}

func testFile(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}
