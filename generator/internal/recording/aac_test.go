package recording

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func aacIn(t *testing.T, file []byte) *AAC {
	t.Helper()
	r, err := readBytes(file)
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.AAC(bytes.NewReader(file), int64(len(file)))
	if err != nil || a == nil {
		t.Fatalf("%v, %v", a, err)
	}
	return a
}

// The stream that a decoder gets is that which ffmpeg makes of the file.
func TestADTS(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Fatal("the test needs ffmpeg; the target «tools» of make installs it")
	}
	dir := t.TempDir()
	for name, channels := range map[string]int{"mono -ar 22050": 1, "stereo -ar 44100": 2, "5.1 -ar 48000": 6, "7.1 -ar 96000": 8} {
		args := tone + " -af aformat=channel_layouts=" + name + " -c:a aac"
		a := aacIn(t, contents(t, made(t, dir, "sound.m4a", args)))
		got, err := io.ReadAll(a.ADTS())
		if err != nil {
			t.Fatal(err)
		}
		if want := contents(t, made(t, dir, "sound.aac", "-i "+filepath.Join(dir, "sound.m4a")+" -c copy")); !bytes.Equal(got, want) || a.Channels != channels {
			t.Errorf("%s: %d channels, and another stream: %x, want %x", name, a.Channels, got[:16], want[:16])
		}
		if a.skip < 5*time.Millisecond || a.skip > 60*time.Millisecond {
			t.Errorf("%s: %v at its beginning are passed over", name, a.skip)
		}
	}
}

// What ADTS cannot say, or no decoder is to be given, is told of.
func TestConfigurationsOfAAC(t *testing.T) {
	for config, want := range map[string]string{
		"1210":         "44100 2",            // LC, 44.1 kHz, stereo
		"1388":         "22050 1",            // LC
		"139056e5a0":   "22050 2",            // LC, and SBR told of behind it
		"2b92088000":   "22050 2",            // SBR around LC of 22.05 kHz
		"eb8a088000":   "22050 1",            // PS around SBR around LC
		"1780562210":   "44100 2",            // a rate that is written out
		"1786ddd010":   "900000 samples",     // and one that has no index
		"":             "is wrong",           // none
		"12":           "is wrong",           // cut off
		"0a10":         "kind 1,",            // Main
		"2210":         "kind 4,",            // LTP
		"f94840":       "kind 42,",           // USAC
		"1214":         "other than 1024",    // 960 samples
		"1212":         "other than 1024",    // depends on another
		"1200":         "way of its own",     // channels by a program
		"1258":         "way of its own",     // seven of another kind
		"16b0":         "0 samples a second", // a rate that is reserved
		"ffffffffffff": "kind 95,",
	} {
		b, err := hex.DecodeString(config)
		if err != nil {
			t.Fatal(err)
		}
		a := &AAC{}
		got := ""
		if a.configure(b) {
			got = fmt.Sprint(a.Rate, " ", a.Channels)
		} else {
			got = a.fault.Msg.En
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", config, got, want)
		}
	}
}

// sizesOf is where in an MP4 file the sizes of the samples of its sound are.
func sizesOf(t *testing.T, file []byte) []byte {
	t.Helper()
	at := bytes.Index(file, []byte("stsz"))
	if at < 0 {
		t.Fatal("there is no stsz")
	}
	return file[at+4:]
}

// A frame larger than any, and a table that promises more frames than there is room for, are no matter.
func TestHostileFramesOfAAC(t *testing.T) {
	file := testFile(t, "sound.m4a")
	r, err := readBytes(file)
	if err != nil {
		t.Fatal(err)
	}
	large := slices.Concat(file, make([]byte, 1<<20))
	be.PutUint32(sizesOf(t, large)[12:], 1<<19)
	a := &AAC{s: &source{r: bytes.NewReader(large), size: int64(len(large))}}
	a.s.mp4(a, nil)
	if a.fault == nil || len(a.frames) > 0 {
		t.Errorf("a frame of half a megabyte: %v, %d frames", a.fault, len(a.frames))
	}
	many := &AAC{}
	many.chunk(0, sampleSizes{count: 1 << 30, same: 1}, 0, 1<<30)
	if many.fault == nil || len(many.frames) > maxAACFrame {
		t.Errorf("%d frames", len(many.frames))
	}
	for n := range file { // whatever is wrong, it is read to an end or told of
		bad := bytes.Clone(file)
		bad[n] ^= 0x5a
		for _, f := range [][]byte{file[:n], bad} {
			a, err := r.AAC(bytes.NewReader(f), int64(len(f)))
			var fault *Error
			if err != nil && !errors.As(err, &fault) {
				t.Fatalf("at %d: %v", n, err)
			}
			if a == nil {
				continue
			}
			b, _ := io.ReadAll(a.ADTS())
			if len(b) > 2*len(f)+len(a.frames)*adtsHead {
				t.Fatalf("at %d: a stream of %d bytes", n, len(b))
			}
		}
	}
}

// What comes back is bounded, wherever the stream is cut.
func TestDecodedSound(t *testing.T) {
	a := aacIn(t, testFile(t, "sound.m4a"))
	pcm := make([]byte, 2*len(a.frames)*aacSamples*a.Channels)
	for i := 0; i < len(pcm); i += 2 {
		le.PutUint16(pcm[i:], uint16(int16(i/4)))
	}
	whole, parts := a.Decoded(), a.Decoded()
	if _, err := whole.Write(pcm); err != nil {
		t.Fatal(err)
	}
	for i, rest := 0, pcm; len(rest) > 0; i++ {
		n := min(len(rest), i%4)
		if got, err := parts.Write(rest[:n]); got != n || err != nil {
			t.Fatal(got, err)
		}
		rest = rest[n:]
	}
	one, ok := whole.Wave()
	other, _ := parts.Wave()
	if !ok || len(one) != WaveWidth || !bytes.Equal(one, other) || one[0] > 60 || one[WaveWidth-1] < 250 {
		t.Errorf("%v %v\n%v", ok, one, other)
	}
	if _, err := whole.Write(make([]byte, 2*2*a.Rate*a.Channels)); !errors.Is(err, errTooMuch) {
		t.Errorf("two seconds more: %v", err)
	}
	half := a.Decoded()
	if _, err := half.Write(pcm[:len(pcm)/3]); err != nil {
		t.Fatal(err)
	}
	if _, ok := half.Wave(); ok {
		t.Error("a third of the sound is taken for all")
	}
}

func FuzzAAC(f *testing.F) {
	file, err := os.ReadFile(filepath.Join("testdata", "sound.m4a"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := readBytes(b)
		if err != nil {
			return
		}
		a, err := r.AAC(bytes.NewReader(b), int64(len(b)))
		if a == nil {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		out, _ := io.ReadAll(a.ADTS())
		for at := 0; at < len(out); { // heads lead from one to the next
			if len(out)-at < adtsHead || out[at] != 0xff || out[at+1] != 0xf1 {
				t.Fatalf("no head at %d", at)
			}
			at += int(out[at+3]&3)<<11 | int(out[at+4])<<3 | int(out[at+5]>>5)
		}
	})
}
