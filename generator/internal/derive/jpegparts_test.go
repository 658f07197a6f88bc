package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// bothWays decodes a JPEG file in parts and as the standard library does, both with colour at half the size of light.
func bothWays(file []byte) (parts, whole sheet, partsErr, wholeErr error) {
	s := &source{ctx: context.Background(), r: bytes.NewReader(file), size: int64(len(file))}
	h, err := probe(s)
	if err != nil {
		return parts, whole, err, err
	}
	if partsErr = checkPixels(s, h); partsErr == nil {
		if parts, partsErr = decodeParts(s, h); partsErr == nil {
			parts = parts.paired()
		}
	}
	img, wholeErr := pixels(s, h)
	if wholeErr == nil {
		whole = newSheet(img, h).paired()
	}
	return parts, whole, partsErr, wholeErr
}

func sameSheet(a, b sheet) bool {
	same := func(a, b plane) bool {
		if a.w != b.w || a.h != b.h {
			return false
		}
		for y := range a.h {
			if !bytes.Equal(a.row(y), b.row(y)) {
				return false
			}
		}
		return true
	}
	return a.gray == b.gray && same(a.y, b.y) && (a.gray || same(a.cb, b.cb) && same(a.cr, b.cr))
}

// arranged is a kind of JPEG file: how its channels are sampled, what the Adobe segment says of them, -1 for no such
// segment, and the names of the channels.
type arranged struct {
	samplings []byte
	adobe     int
	names     string
}

var arrangements = map[string]arranged{
	"grey": {[]byte{0x11}, -1, "\x01"}, "grey, sampled": {[]byte{0x22}, -1, "\x01"},
	"4:4:4": {[]byte{0x11, 0x11, 0x11}, -1, "\x01\x02\x03"}, "4:2:2": {[]byte{0x21, 0x11, 0x11}, -1, "\x01\x02\x03"},
	"4:2:0": {[]byte{0x22, 0x11, 0x11}, -1, "\x01\x02\x03"}, "4:4:0": {[]byte{0x12, 0x11, 0x11}, -1, "\x01\x02\x03"},
	"4:1:1": {[]byte{0x41, 0x11, 0x11}, 1, "\x01\x02\x03"}, "4:1:0": {[]byte{0x42, 0x11, 0x11}, 1, "\x01\x02\x03"},
	"RGB": {[]byte{0x11, 0x11, 0x11}, 0, "\x01\x02\x03"}, "RGB by names": {[]byte{0x11, 0x11, 0x11}, -1, "RGB"},
	"RGB, coarser": {[]byte{0x22, 0x11, 0x11}, 0, "\x01\x02\x03"}, "RGB, coarser down": {[]byte{0x12, 0x11, 0x11}, 0, "\x01\x02\x03"},
	"RGB, much coarser": {[]byte{0x42, 0x11, 0x11}, 0, "\x01\x02\x03"},
	"CMYK":              {[]byte{0x11, 0x11, 0x11, 0x11}, 0, "\x01\x02\x03\x04"}, "CMYK, coarser": {[]byte{0x22, 0x11, 0x11, 0x22}, 0, "\x01\x02\x03\x04"},
	"YCCK": {[]byte{0x11, 0x11, 0x11, 0x11}, 2, "\x01\x02\x03\x04"}, "YCCK, coarser": {[]byte{0x22, 0x11, 0x11, 0x22}, 2, "\x01\x02\x03\x04"},
}

// made is a file of that kind with random coefficients, which fall off from the first on.
func (a arranged) made(rnd *rand.Rand, w, h int) []byte {
	n := len(a.samplings)
	out := []byte{0xff, markSOI}
	if a.adobe >= 0 {
		out = append(append(out, 0xff, markAPP14, 0, 14), "Adobe\x00\x64\x00\x00\x00\x00"...)
		out = append(out, byte(a.adobe))
	}
	t, dc, ac := plainCodes()
	dc = dc[:16] // libjpeg knows no more
	out = append(out, 0xff, markDQT, 0, 67, 0)
	for i := range 64 {
		out = append(out, byte(1+i/3))
	}
	for i, list := range [][]byte{dc, ac} {
		out = binary.BigEndian.AppendUint16(append(out, 0xff, markDHT), uint16(19+len(list)))
		out = append(append(out, byte(i)<<4, 0, 0, 0, 0, 0, 0, 0, byte(len(list)), 0, 0, 0, 0, 0, 0, 0, 0), list...)
	}
	out = append(out, 0xff, markSOF0, 0, byte(8+3*n), 8, byte(h>>8), byte(h), byte(w>>8), byte(w), byte(n))
	across, down := 8, 8
	for i, s := range a.samplings {
		out = append(out, a.names[i], s, 0)
		if n > 1 {
			across, down = max(across, 8*int(s>>4)), max(down, 8*int(s&15))
		}
	}
	out = append(out, 0xff, markSOS, 0, byte(6+2*n), byte(n))
	for i := range n {
		out = append(out, a.names[i], 0)
	}
	c := scan{out: append(out, 0, 63, 0)}
	var last [4]int32
	for range (w + across - 1) / across * ((h + down - 1) / down) {
		for i, s := range a.samplings {
			blocks := int(s>>4) * int(s&15)
			if n == 1 {
				blocks = 1
			}
			for range blocks {
				c.last[0] = last[i]
				var q [64]int32
				set := uint64(0)
				for k := range q {
					if rnd.IntN(2+k) == 0 {
						q[k], set = int32(rnd.IntN(1+400/(1+k*k))-200/(1+k*k)), set|1<<k
						if q[k] == 0 {
							set &^= 1 << k
						}
					}
				}
				c.first(q[0], &t, 0)
				c.rest(&q, set&^1, &t)
				last[i] = c.last[0]
			}
		}
	}
	return append(c.end(), 0xff, markEOI)
}

// transcoded is a file as jpegtran writes it, with the same coefficients.
func transcoded(t *testing.T, file []byte, options string) []byte {
	t.Helper()
	cmd := exec.Command("jpegtran", append([]string{"-copy", "all"}, strings.Fields(options)...)...)
	cmd.Stdin = bytes.NewReader(file)
	var says bytes.Buffer
	cmd.Stderr = &says
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("jpegtran %s: %v: %s; the target «tools» of make installs it", options, err, says.String())
	}
	return out
}

// What is decoded in parts is what the standard library makes of the whole, to the last bit.
func TestPartsOfJPEGLikeTheWhole(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	scans := filepath.Join(t.TempDir(), "scans")
	for name, a := range arrangements {
		var each string
		for i := len(a.samplings) - 1; i >= 0; i-- {
			each += fmt.Sprintf("%d;\n", i)
		}
		if err := os.WriteFile(scans, []byte(each), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, size := range [][2]int{{1, 1}, {8, 8}, {97, 33}, {40, 300}, {131, 257}} {
			file := a.made(rnd, size[0], size[1])
			_, want, _, err := bothWays(file)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, options := range []string{"", "-optimize", "-restart 3B", "-scans " + scans, "-progressive", "-progressive -restart 2B"} {
				coded := file
				if options != "" {
					coded = transcoded(t, file, options)
				}
				// Of restarts in scans of one channel the standard library has another idea, so the last are held to the first.
				if got, _, err, _ := bothWays(coded); err != nil || !sameSheet(got, want) {
					t.Errorf("%s of %v, %q: %v: another picture", name, size, options, err)
				}
			}
		}
	}
}

// A file of many scans, or of inks, takes less memory than the standard library needs for it: in bytes a pixel, all that is
// ever taken, of which a third is given back while strips are read.
func TestPartsOfJPEGTakeLittle(t *testing.T) {
	const side = 2048
	for name, most := range map[string]uint64{"4:4:4": 9, "4:2:0": 7, "RGB": 12, "CMYK": 13} {
		file := transcoded(t, arrangements[name].made(rand.New(rand.NewPCG(5, 6)), side, side), "-progressive")
		s := &source{ctx: context.Background(), r: bytes.NewReader(file), size: int64(len(file))}
		h, err := probe(s)
		if err != nil || !h.inParts() {
			t.Fatal(name, err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := decode(s, h); err != nil {
			t.Fatal(name, err)
		}
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) * 10 / (side * side); took > 10*most || h.need > int64(most)*side*side {
			t.Errorf("%s: took %d.%d bytes a pixel; %d.%d were reserved", name, took/10, took%10, h.need*10/(side*side)/10, h.need*10/(side*side)%10)
		} else {
			t.Logf("%s: took %d.%d bytes a pixel; %d.%d were reserved", name, took/10, took%10, h.need*10/(side*side)/10, h.need*10/(side*side)%10)
		}
	}
}

// The JPEG files of the shared data are the same either way too, or refused either way.
func TestSharedJPEGLikeTheWhole(t *testing.T) {
	dir := filepath.Dir(sharedImages(t))
	seen, compared := 0, 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if seen++; !strings.HasPrefix(name, "images/") && (seen%8 > 0 || !strings.HasSuffix(name, ".jpg")) { // one of eight
			return nil
		}
		file, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(file) > 2<<20 || !hasPrefix(file, "\xff\xd8") {
			return err
		}
		compared++
		parts, whole, partsErr, wholeErr := bothWays(file)
		if kindOf(judged(partsErr)) != kindOf(wholeErr) || wholeErr == nil && !sameSheet(parts, whole) {
			t.Errorf("%s: another picture, or %v, %v", name, partsErr, wholeErr)
		}
		return nil
	})
	if err != nil || compared < 40 {
		t.Fatal(err, compared)
	}
	t.Logf("%d files", compared)
}

func judged(err error) error {
	if err == nil {
		return nil
	}
	return judge("JPEG", err)
}

// FuzzPartsOfJPEG: what both take is the same, and nothing takes long or breaks.
func FuzzPartsOfJPEG(f *testing.F) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, a := range arrangements {
		file := a.made(rnd, 20, 30)
		f.Add(file)
		cmd := exec.Command("jpegtran", "-progressive", "-copy", "all")
		cmd.Stdin = bytes.NewReader(file)
		if out, err := cmd.Output(); err == nil {
			f.Add(out)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s := &source{ctx: context.Background(), r: bytes.NewReader(b), size: int64(len(b))}
		if h, err := probe(s); err != nil || h.Format != "jpeg" || h.Width*h.Height > 1<<20 {
			return
		}
		began := time.Now()
		parts, whole, err, wholeErr := bothWays(b)
		if spent := time.Since(began); spent > patience {
			t.Fatalf("it took %v", spent)
		}
		if err == nil && wholeErr == nil && !sameSheet(parts, whole) && !overruns(b) {
			t.Fatalf("another picture of % x", b)
		}
	})
}

// overruns reports whether a scan of a file ends amid a run of blocks: the standard library begins the next with
// what is left of it, libjpeg does not.
func overruns(b []byte) bool {
	s := &source{ctx: context.Background(), r: bytes.NewReader(b), size: int64(len(b))}
	h, _ := probe(s)
	f := &jpegFrame{src: s, h: h}
	_, err := f.decode()
	return err == nil && f.overrun
}
