package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var widths = []Spec{{Width: 320}, {Width: 640}, {Width: 1280}}

// corners is an image that looks different in each of its eight orientations.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	colours := [4]color.RGBA{{200, 30, 30, 255}, {30, 160, 40, 255}, {40, 60, 200, 255}, {220, 210, 60, 255}}
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, colours[x*2/w+y*2/h*2])
		}
	}
	return m
}

func jpegBytes(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngBytes(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a JPEG segment behind SOI.
func withSegment(file []byte, marker byte, body []byte) []byte {
	seg := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return bytes.Join([][]byte{file[:2], seg, body, file[2:]}, nil)
}

// withChunk puts a PNG chunk behind IHDR.
func withChunk(file []byte, kind string, body []byte) []byte {
	c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	c = append(append(c, kind...), body...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return bytes.Join([][]byte{file[:33], c, file[33:]}, nil)
}

// tiffField is one entry of a hand-made directory: one LONG, or one SHORT.
type tiffField struct {
	tag, typ uint16
	count    uint32
	value    uint32
}

// tiffBytes writes a little-endian TIFF file with one directory, then next, then data.
func tiffBytes(next uint32, data []byte, fields ...tiffField) []byte {
	le := binary.LittleEndian
	b := append([]byte("II*\x00"), 8, 0, 0, 0)
	b = le.AppendUint16(b, uint16(len(fields)))
	for _, f := range fields {
		b = le.AppendUint16(b, f.tag)
		b = le.AppendUint16(b, f.typ)
		b = le.AppendUint32(b, f.count)
		b = le.AppendUint32(b, f.value)
	}
	return append(le.AppendUint32(b, next), data...)
}

// exif is EXIF data that holds an orientation and a camera's name.
func exif(orientation uint32) []byte {
	return append([]byte("Exif\x00\x00"), tiffBytes(0, nil,
		tiffField{tag: 271, typ: 2, count: 4, value: 0x004d4143}, tiffField{tag: tagOrientation, typ: 3, count: 1, value: orientation})...)
}

// fakeProfile is a colour profile with a curve of n numbers, in a header and among parts that
// name who made it.
func fakeProfile(space string, n int) []byte {
	be := binary.BigEndian
	curve := be.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(n))
	for i := range n {
		curve = be.AppendUint16(curve, uint16(i*7))
	}
	white := "XYZ \x00\x00\x00\x00\x00\x00\xf6\xd6\x00\x01\x00\x00\x00\x00\xd3\x2d"
	p := make([]byte, iccHeader, iccHeader+2*n+500)
	copy(p[4:], "Lan ")
	p[8] = 2
	copy(p[12:], "scnr")
	copy(p[16:], space+"XYZ made by Lan acsp")
	copy(p[48:], "made by Lan")
	copy(p[80:], "made by Lan")
	parts := [][2]string{{"desc", "desc\x00\x00\x00\x00\x00\x00\x00\x0cmade by Lan\x00"}, {"wtpt", white + "made by Lan"}, {"rXYZ", white}, {"kTRC", string(curve)},
		{"Lan1", "text\x00\x00\x00\x00made by Lan\x00"}, {"bXYZ", "text\x00\x00\x00\x00made by Lan\x00"}}
	p = be.AppendUint32(p, uint32(len(parts)))
	at := len(p) + len(parts)*iccTagSize
	for _, part := range parts {
		p = be.AppendUint32(be.AppendUint32(append(p, part[0]...), uint32(at)), uint32(len(part[1])))
		at += len(part[1])
	}
	for _, part := range parts {
		p = append(p, part[1]...)
	}
	be.PutUint32(p, uint32(len(p)))
	return p
}

// markers lists the segments of a JPEG file up to its first scan, with their contents.
func markers(t testing.TB, file []byte) (out []byte, bodies [][]byte) {
	t.Helper()
	for i := 2; i+4 <= len(file); {
		m, n := file[i+1], int(binary.BigEndian.Uint16(file[i+2:]))
		if file[i] != 0xff || n < 2 || i+2+n > len(file) {
			t.Fatalf("no segment at %d", i)
		}
		out, bodies = append(out, m), append(bodies, file[i+4:i+2+n])
		if m == markSOS {
			return out, bodies
		}
		i += 2 + n
	}
	t.Fatal("no scan")
	return nil, nil
}

// checkClean fails unless file carries nothing but tables, frame, scan and colour profile.
func checkClean(t testing.TB, file []byte) (profile []byte) {
	t.Helper()
	ms, bodies := markers(t, file)
	for i, m := range ms {
		switch m {
		case markSOF0, markDHT, 0xdb, markSOS:
		case markAPP2:
			if !hasPrefix(bodies[i], iccLabel) {
				t.Errorf("APP2 is not a colour profile")
			}
			profile = append(profile, bodies[i][len(iccLabel)+2:]...)
		default:
			t.Errorf("segment %#x in a derivative", m)
		}
	}
	return profile
}

// folder writes files into a new folder.
func folder(t testing.TB, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func newCache(t testing.TB, budget int64) *Cache {
	t.Helper()
	c, err := New(filepath.Join(t.TempDir(), "derivatives"), budget)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// derive makes derivatives of one master from its bytes.
func derive(t testing.TB, master []byte, specs []Spec) ([]Derived, error) {
	t.Helper()
	dir := folder(t, map[string][]byte{"m": master})
	return newCache(t, 0).Make(context.Background(), os.DirFS(dir), "m", specs)
}

// one makes a single derivative and reads it.
func one(t testing.TB, master []byte, spec Spec) (image.Image, []byte) {
	t.Helper()
	out, err := derive(t, master, []Spec{spec})
	if err != nil {
		t.Fatal(err)
	}
	return readDerived(t, out[0])
}

func readDerived(t testing.TB, d Derived) (image.Image, []byte) {
	t.Helper()
	b, err := os.ReadFile(d.Path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != d.Width || m.Bounds().Dy() != d.Height || int64(len(b)) != d.Bytes {
		t.Fatalf("%s: %v, %d bytes; stated %d × %d, %d bytes", d.Name, m.Bounds(), len(b), d.Width, d.Height, d.Bytes)
	}
	return m, b
}

func kindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// distance is the mean difference of the channels of two images of one size, in levels of 255.
func distance(t testing.TB, a, b image.Image) float64 {
	t.Helper()
	ra, rb := a.Bounds(), b.Bounds()
	if ra.Size() != rb.Size() {
		t.Fatalf("sizes differ: %v, %v", ra, rb)
	}
	sum := 0
	for y := range ra.Dy() {
		for x := range ra.Dx() {
			r1, g1, b1, _ := a.At(ra.Min.X+x, ra.Min.Y+y).RGBA()
			r2, g2, b2, _ := b.At(rb.Min.X+x, rb.Min.Y+y).RGBA()
			for _, d := range []int{int(r1>>8) - int(r2>>8), int(g1>>8) - int(g2>>8), int(b1>>8) - int(b2>>8)} {
				sum += max(d, -d)
			}
		}
	}
	return float64(sum) / float64(3*ra.Dx()*ra.Dy())
}

// asImage is a paired sheet as an image.
func asImage(s sheet) image.Image {
	rect := image.Rect(0, 0, s.y.w, s.y.h)
	if s.gray {
		return &image.Gray{Pix: s.y.pix, Stride: s.y.stride, Rect: rect}
	}
	return &image.YCbCr{Y: s.y.pix, Cb: s.cb.pix, Cr: s.cr.pix, YStride: s.y.stride, CStride: s.cb.stride, SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: rect}
}
