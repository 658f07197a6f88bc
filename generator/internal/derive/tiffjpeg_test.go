package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stripsOfJPEG is a TIFF file of which each strip of so many rows is a JPEG stream; their
// quantisation tables stand once, before all.
func stripsOfJPEG(t testing.TB, m *image.RGBA, rows int) []byte {
	t.Helper()
	le := binary.LittleEndian
	w, h := m.Rect.Dx(), m.Rect.Dy()
	var strips [][]byte
	var tables []byte
	for y := 0; y < h; y += rows {
		file := jpegBytes(t, m.SubImage(image.Rect(0, y, w, min(h, y+rows))))
		at := bytes.Index(file, []byte{0xff, markDQT})
		n := 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		tables = bytes.Join([][]byte{{0xff, markSOI}, file[at : at+n], {0xff, markEOI}}, nil)
		strips = append(strips, bytes.Join([][]byte{file[:at], file[at+n:]}, nil))
	}
	const fields = 11
	data, start := bytes.Clone(tables), uint32(8+2+12*fields+4)
	var offsets, counts []byte
	for _, s := range strips {
		offsets, counts = le.AppendUint32(offsets, start+uint32(len(data))), le.AppendUint32(counts, uint32(len(s)))
		data = append(data, s...)
	}
	lists, n := start+uint32(len(data)), uint32(len(strips))
	at, length := lists, lists+4*n
	if n == 1 { // a single value stands in the field itself
		at, length = le.Uint32(offsets), le.Uint32(counts)
	}
	data = append(append(data, offsets...), counts...)
	bits := start + uint32(len(data))
	data = append(data, 8, 0, 8, 0, 8, 0)
	return tiffBytes(0, data, tiffField{tagWidth, 4, 1, uint32(w)}, tiffField{tagHeight, 4, 1, uint32(h)}, tiffField{tagBits, 3, 3, bits},
		tiffField{tagCompression, 3, 1, packJPEG}, tiffField{tagPhotometric, 3, 1, photoYCbCr}, tiffField{tagStripOffsets, 4, n, at},
		tiffField{tagSamples, 3, 1, 3}, tiffField{tagRowsPerStrip, 4, 1, uint32(rows)}, tiffField{tagStripCounts, 4, n, length},
		tiffField{tagPlanar, 3, 1, 1}, tiffField{tagJPEGTables, 7, uint32(len(tables)), start})
}

func TestJPEGInTIFF(t *testing.T) {
	m := corners(200, 120)
	for _, rows := range []int{16, 48, 120} {
		got, _ := one(t, stripsOfJPEG(t, m, rows), Spec{Width: Full, Quality: 95})
		if d := distance(t, got, m); d > 3 {
			t.Errorf("strips of %d rows: %.2f levels off", rows, d)
		}
	}
}

// No strip may be of another size or kind than the page says, or than the first is.
func TestHostileJPEGInTIFF(t *testing.T) {
	good := stripsOfJPEG(t, corners(200, 120), 48)
	second := func() int { return bytes.LastIndex(good, []byte{0xff, markSOF0}) }
	for name, c := range map[string]struct {
		spoil func(b []byte)
		want  Kind
	}{
		"wider":              {func(b []byte) { binary.BigEndian.PutUint16(b[second()+7:], 60_000) }, LiesAboutSize},
		"higher":             {func(b []byte) { binary.BigEndian.PutUint16(b[second()+5:], 60_000) }, LiesAboutSize},
		"grey":               {func(b []byte) { b[bytes.Index(b, []byte{0xff, markSOF0})+9] = 1 }, Broken},
		"other sampling":     {func(b []byte) { b[second()+11] = 0x11 }, Broken},
		"no stream":          {func(b []byte) { copy(b[second()-18:], "not a JPEG stream at all") }, Broken},
		"progressive at end": {func(b []byte) { b[second()+1] = markSOF2 }, LiesAboutSize},
		"arithmetic":         {func(b []byte) { b[second()+1] = 0xc9 }, Unsupported},
	} {
		b := bytes.Clone(good)
		c.spoil(b)
		if _, err := derive(t, b, widths); kindOf(err) != c.want {
			t.Errorf("%s: %q (%v), want %q", name, kindOf(err), err, c.want)
		}
	}
	for n := range good {
		s := &source{ctx: context.Background(), r: bytes.NewReader(good[:n]), size: int64(n)}
		h, err := probe(s)
		if err == nil {
			_, err = decode(s, h)
		}
		if kindOf(err) == "" {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(good), err)
		}
	}
}

// TestVarietiesOfTIFF makes the varieties that libvips writes: each becomes the same picture, or
// the message says by which command of libvips it is converted, and that command is right.
func TestVarietiesOfTIFF(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain.png")
	if err := os.WriteFile(plain, pngBytes(t, page(600, 400)), 0o644); err != nil {
		t.Fatal(err)
	}
	want := drawnFile(t, plain)
	for name, c := range map[string]struct {
		read bool
		make [][]string // commands of vips, the last of which writes the file
	}{
		"jpeg":         {true, [][]string{{"copy", plain, "%s[compression=jpeg,Q=95]"}}},
		"jpeg-tiles":   {true, [][]string{{"copy", plain, "%s[compression=jpeg,Q=95,tile,tile-width=128,tile-height=128]"}}},
		"jpeg-rgb":     {true, [][]string{{"copy", plain, "%s[compression=jpeg,Q=95,rgbjpeg]"}}},
		"jpeg-pyramid": {true, [][]string{{"copy", plain, "%s[compression=jpeg,Q=90,tile,pyramid]"}}},
		"packbits":     {true, [][]string{{"copy", plain, "%s[compression=packbits]"}}},
		"16-bit-lzw":   {true, [][]string{{"colourspace", plain, "%s[compression=lzw,predictor=horizontal]", "rgb16"}}},
		"webp":         {false, [][]string{{"copy", plain, "%s[compression=webp,Q=95]"}}},
		"zstd":         {false, [][]string{{"copy", plain, "%s[compression=zstd]"}}},
		"lab":          {false, [][]string{{"colourspace", plain, "%s", "lab"}}},
	} {
		file := filepath.Join(dir, name+".tif")
		for _, args := range c.make {
			for i := range args {
				args[i] = strings.Replace(args[i], "%s", file, 1)
			}
			vips(t, args...)
		}
		out, err := newCache(t, 0).Make(context.Background(), os.DirFS(dir), name+".tif", []Spec{{Width: 300, Quality: 95}})
		if (err == nil) != c.read {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err != nil {
			file = converted(t, err, file)
			want, got := want, drawnFile(t, file)
			if d := distance(t, got, want); d > 4 {
				t.Errorf("%s, converted: %.2f levels off", name, d)
			}
			continue
		}
		got, _ := readDerived(t, out[0])
		if d := distance(t, got, want); d > 4 {
			t.Errorf("%s: %.2f levels off", name, d)
		}
	}
}

// converted does what a message says, and gives the file that it leads to.
func converted(t *testing.T, err error, file string) string {
	t.Helper()
	e, ok := err.(*Error)
	if !ok {
		t.Fatal(err)
	}
	_, command, ok := strings.Cut(e.HintEn, "libvips: vips ")
	if !ok || !strings.Contains(e.HintVi, "libvips: vips ") {
		t.Fatalf("%v: %q, %q", err, e.HintVi, e.HintEn)
	}
	to := strings.TrimSuffix(file, ".tif") + "-new.tif"
	args := strings.Fields(strings.NewReplacer("image-new.tif", to, "image.tif", file).Replace(command))
	if out, err := exec.Command("vips", args...).CombinedOutput(); err != nil {
		t.Fatalf("vips %v: %v\n%s", args, err, out)
	}
	return to
}

// drawnFile is a file at a width of 300 pixels.
func drawnFile(t *testing.T, file string) image.Image {
	t.Helper()
	out, err := newCache(t, 0).Make(context.Background(), os.DirFS(filepath.Dir(file)), filepath.Base(file), []Spec{{Width: 300, Quality: 95}})
	if err != nil {
		t.Fatal(err)
	}
	m, _ := readDerived(t, out[0])
	return m
}
