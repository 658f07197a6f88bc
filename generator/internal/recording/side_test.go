package recording

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// cleanAperture puts a box into the description of the pictures of an MP4 file whose
// tables stand at its end, by which players that heed it show so many pixels of each.
func cleanAperture(t *testing.T, data []byte, w, h uint32) []byte {
	t.Helper()
	data = slices.Clone(data)
	var clap []byte
	for _, n := range []uint32{40, 0x636c6170, w, 1, h, 1, 0, 1, 0, 1} {
		clap = binary.BigEndian.AppendUint32(clap, n)
	}
	at := bytes.Index(data, []byte("avc1\x00\x00\x00\x00\x00\x00"))
	for _, kind := range []string{"moov", "trak", "mdia", "minf", "stbl", "stsd"} {
		i := bytes.LastIndex(data[:at], []byte(kind))
		if i < 4 {
			t.Fatalf("no box %s", kind)
		}
		binary.BigEndian.PutUint32(data[i-4:], binary.BigEndian.Uint32(data[i-4:])+uint32(len(clap)))
	}
	size := binary.BigEndian.Uint32(data[at-4:])
	binary.BigEndian.PutUint32(data[at-4:], size+uint32(len(clap)))
	return slices.Insert(data, at-4+int(size), clap...)
}

// Pictures that a player may crop go out whole; how long their longest side is, is said by
// how they are coded and not by how they are shown.
func TestPicturesAreAsTheyAreCoded(t *testing.T) {
	film := func(name string, options ...string) []byte {
		name = filepath.Join(t.TempDir(), name)
		args := slices.Concat([]string{"-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=480x270:r=5", "-pix_fmt", "yuv420p"}, options, []string{name})
		if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s; the target «tools» of make installs ffmpeg", err, out)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	read := func(data []byte) (*Recording, error) { return Read(bytes.NewReader(data), int64(len(data))) }
	mp4, webm := film("a.mp4", "-c:v", "libx264"), film("a.webm", "-c:v", "libvpx")
	for name, data := range map[string][]byte{"MP4": mp4, "with an aperture": cleanAperture(t, mp4, 480, 270), "of all but a block": cleanAperture(t, mp4, 464, 260), "WebM": webm} {
		if r, err := read(data); err != nil || r.Side != 480 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if _, err := read(cleanAperture(t, mp4, 160, 270)); err == nil || err.(*Error).Kind != Hidden {
		t.Errorf("an aperture of a third: %v", err)
	}
	small := slices.Clone(mp4)
	at := bytes.Index(small, []byte("tkhd"))
	binary.BigEndian.PutUint32(small[at+80:], 120<<16)
	binary.BigEndian.PutUint32(small[at+84:], 68<<16)
	if r, err := read(small); err != nil || r.Width != 120 || r.Side != 480 {
		t.Errorf("shown in another size: %+v, %v", r, err)
	}
	cropped := bytes.Replace(webm, []byte{0xb0, 0x82, 0x01, 0xe0}, []byte{0xb0, 0x82, 0x01, 0xe0}, 1)
	if i := bytes.Index(cropped, []byte{0x55, 0xb0}); i > 0 { // in the place of what is said of colours
		size := int(cropped[i+2] & 0x7f)
		put := append([]byte{0x54, 0xdd, 0x82, 0x01, 0x40, 0xec, byte(0x80 | (3 + size - 7))}, make([]byte, max(0, size-4))...)
		cropped = slices.Concat(cropped[:i], put[:3+size], cropped[i+3+size:])
		if _, err := read(cropped); err == nil || err.(*Error).Kind != Hidden {
			t.Errorf("a WebM file that is cropped: %v", err)
		}
	} else {
		t.Error("ffmpeg says nothing of colours: nothing was cropped")
	}
}
