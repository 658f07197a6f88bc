package derive

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/tiff"
)

// hugePNG has a sound header of w × h pixels and next to no data.
func hugePNG(t testing.TB, w, h uint32) []byte {
	b := pngBytes(t, image.NewGray(image.Rect(0, 0, 4, 4)))
	binary.BigEndian.PutUint32(b[16:], w)
	binary.BigEndian.PutUint32(b[20:], h)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// hugeJPEG claims w × h pixels.
func hugeJPEG(t testing.TB, w, h uint16) []byte {
	b := jpegBytes(t, image.NewGray(image.Rect(0, 0, 4, 4)))
	i := bytes.Index(b, []byte{0xff, markSOF0})
	binary.BigEndian.PutUint16(b[i+5:], h)
	binary.BigEndian.PutUint16(b[i+7:], w)
	return b
}

// gray8 is the directory of an 8-bit grey TIFF with one strip.
func gray8(w, h, pack, offset, count uint32) []tiffField {
	return []tiffField{
		{tagWidth, 4, 1, w}, {tagHeight, 4, 1, h}, {tagBits, 3, 1, 8}, {tagCompression, 3, 1, pack},
		{tagPhotometric, 3, 1, blackIsZero}, {tagStripOffsets, 4, 1, offset}, {tagRowsPerStrip, 4, 1, h}, {tagStripCounts, 4, 1, count},
	}
}

const grayData = 8 + 2 + 8*12 + 4 // where the data of gray8 begin

func TestHostile(t *testing.T) {
	photo := corners(200, 100)
	jpg, png := jpegBytes(t, photo), pngBytes(t, photo)
	var tif bytes.Buffer
	if err := tiff.Encode(&tif, photo, nil); err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(png)
	flipped[len(flipped)/2] ^= 0x40
	progressive := bytes.Replace(bytes.Clone(jpg), []byte{0xff, markSOF0}, []byte{0xff, markSOF2}, 1)
	for name, c := range map[string]struct {
		master []byte
		want   Kind
	}{
		"empty":                 {nil, Empty},
		"one byte":              {[]byte{0xff}, Unsupported},
		"text":                  {[]byte("Phông lưu trữ"), Unsupported},
		"gif":                   {[]byte("GIF89a\x01\x00\x01\x00"), Unsupported},
		"heic":                  {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), Unsupported},
		"jpeg, start only":      {jpg[:2], Broken},
		"jpeg, half":            {jpg[:len(jpg)/2], Broken},
		"jpeg, zero size":       {hugeJPEG(t, 0, 9), LiesAboutSize},
		"jpeg, bomb":            {hugeJPEG(t, 65500, 65500), LiesAboutSize},
		"jpeg, many scans":      {append(progressive, bytes.Repeat([]byte{0xff, markSOS, 0, 8, 1, 1, 0, 0, 0, 0}, 300)...), Broken},
		"png, signature only":   {png[:8], Broken},
		"png, half":             {png[:len(png)/2], Broken},
		"png, no end":           {png[:len(png)-12], Broken},
		"png, flipped bit":      {flipped, Broken},
		"png, bomb":             {hugePNG(t, 1<<30, 1<<30), LiesAboutSize},
		"png, 3.6 gigapixels":   {hugePNG(t, 60_000, 60_000), LiesAboutSize},
		"png, wide":             {hugePNG(t, 1<<31-1, 1), LiesAboutSize},
		"png, zero size":        {hugePNG(t, 0, 1), LiesAboutSize},
		"png, lies":             {hugePNG(t, 400, 400), LiesAboutSize},
		"tiff, header only":     {[]byte("II*\x00\x08\x00\x00\x00"), Broken},
		"tiff, half":            {tif.Bytes()[:tif.Len()/2], Broken},
		"tiff, no directory":    {[]byte("II*\x00\xff\xff\xff\xff"), Broken},
		"tiff, bomb":            {tiffBytes(0, []byte("abcd"), gray8(1<<31, 1<<31, packNone, grayData, 4)...), LiesAboutSize},
		"tiff, lies":            {tiffBytes(0, []byte("abcd"), gray8(100, 100, packNone, grayData, 4)...), LiesAboutSize},
		"tiff, strip outside":   {tiffBytes(0, []byte("abcd"), gray8(2, 2, packNone, 1<<30, 4)...), Broken},
		"tiff, strip too long":  {tiffBytes(0, []byte("abcd"), gray8(2, 2, packNone, grayData, 1<<30)...), Broken},
		"tiff, bad deflate":     {tiffBytes(0, []byte("abcd"), gray8(2, 2, packDeflate, grayData, 4)...), Broken},
		"tiff, deflate, large":  {tiffBytes(0, []byte("abcd"), gray8(4000, 4000, packDeflate, grayData, 4)...), Broken},
		"tiff, pages in a loop": {tiffBytes(8, []byte("abcd"), gray8(2, 2, packNone, grayData, 4)...), Broken},
		"tiff, next page gone":  {tiffBytes(1<<20, []byte("abcd"), gray8(2, 2, packNone, grayData, 4)...), Broken},
		"tiff, many strips":     {tiffBytes(0, nil, tiffField{tagWidth, 4, 1, 1}, tiffField{tagHeight, 4, 1, 1 << 29}, tiffField{tagPhotometric, 3, 1, 1}, tiffField{tagRowsPerStrip, 4, 1, 1}), LiesAboutSize},
		"webp, cut":             {[]byte("RIFF\xff\x00\x00\x00WEBPVP8L\x10\x00\x00\x00/"), Broken},
		"webp, no image":        {[]byte("RIFF\x04\x00\x00\x00WEBP"), Broken},
		"webp, two sizes":       {[]byte("RIFF\x28\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x63\x00\x00\x63\x00\x00VP8L\x05\x00\x00\x00/\x00\x00\x00\x00\x00\x00\x00\x00\x00"), LiesAboutSize},
	} {
		started := time.Now()
		_, err := derive(t, c.master, widths)
		if got := kindOf(err); got != c.want {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.want)
		}
		var e *Error
		if errors.As(err, &e) && (e.Vi == "" || e.En == "" || e.HintVi == "" || e.HintEn == "") {
			t.Errorf("%s: incomplete message %+v", name, e)
		}
		if took := time.Since(started); took > patience {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// TestEveryCut: no beginning of a good file is taken for the whole.
func TestEveryCut(t *testing.T) {
	m := corners(24, 16)
	var tif bytes.Buffer
	if err := tiff.Encode(&tif, m, &tiff.Options{Compression: tiff.Deflate}); err != nil {
		t.Fatal(err)
	}
	resolution := 16 // the last bytes of the TIFF file, which nobody reads
	for name, file := range map[string][]byte{"jpeg": jpegBytes(t, m), "png": pngBytes(t, m), "tiff": tif.Bytes()[:tif.Len()-resolution]} {
		for n := range file {
			s := &source{ctx: context.Background(), r: bytes.NewReader(file[:n]), size: int64(n)}
			h, err := probe(s)
			if err == nil {
				_, err = decode(s, h)
			}
			if kindOf(err) == "" {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(file), err)
			}
		}
	}
}

// A file that is a picture and a page, or an archive, at once is published as
// the picture alone: no byte of the master is copied.
func TestPolyglots(t *testing.T) {
	const page = "<html><script>alert(1)</script>PK\x03\x04%PDF-1.7 GIF89a"
	m := corners(200, 100)
	comment := append([]byte{0xff, 0xfe, 0, byte(len(page) + 2)}, page...)
	jpg := jpegBytes(t, m)
	for name, master := range map[string][]byte{
		"behind a JPEG": append(bytes.Clone(jpg), page...), "in a JPEG": append(append(bytes.Clone(jpg[:2]), comment...), jpg[2:]...),
		"in Exif": withSegment(jpg, markAPP1, append(exif(1), page...)), "behind a PNG": append(pngBytes(t, m), page...),
	} {
		made, err := derive(t, master, widths)
		if err != nil {
			continue // refused is as good
		}
		for _, d := range made {
			b, err := os.ReadFile(d.Path)
			if err != nil || !bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
				t.Fatalf("%s: %v: no JPEG", name, err)
			}
			for _, word := range []string{"<html", "<script", "PK\x03\x04", "%PDF", "GIF89a"} {
				if bytes.Contains(b, []byte(word)) {
					t.Errorf("%s: the derivative holds %q", name, word)
				}
			}
		}
		if name == "behind a JPEG" && len(made) == 0 {
			t.Error("nothing was made: the test has lost its subject")
		}
	}
}

func TestUnpackedTooFar(t *testing.T) {
	// 3000 × 3000 pixels declared, twice as many in the strip.
	for name, pack := range map[string]tiff.CompressionType{"deflate": tiff.Deflate, "none": tiff.Uncompressed} {
		var tif bytes.Buffer
		if err := tiff.Encode(&tif, image.NewGray(image.Rect(0, 0, 3000, 6000)), &tiff.Options{Compression: pack}); err != nil {
			t.Fatal(err)
		}
		s := &source{ctx: context.Background(), r: bytes.NewReader(tif.Bytes()), size: int64(tif.Len())}
		h, err := probe(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decode(s, h); err != nil {
			t.Errorf("%s: an honest file: %v", name, err)
		}
		h.blocks.height, h.blocks.blockH = 3000, 3000
		if _, err := decode(s, h); name == "deflate" && kindOf(err) != LiesAboutSize {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTooLarge(t *testing.T) {
	c := newCache(t, 0)
	c.limit = 1000
	dir := folder(t, map[string][]byte{"m": jpegBytes(t, corners(200, 100))})
	_, err := c.Make(context.Background(), os.DirFS(dir), "m", widths)
	if kindOf(err) != TooLarge || c.Stats().Decoded != 0 {
		t.Errorf("%v after %+v", err, c.Stats())
	}
}

// What needs more than a gigabyte is refused from its header, with how large it is and what to do.
func TestMoreThanAGigabyteIsRefused(t *testing.T) {
	const side = 36_000 // grey: a byte for each pixel
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for range side {
		if _, err := z.Write(make([]byte, 1+side/8)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	be := binary.BigEndian
	head := append(be.AppendUint32(be.AppendUint32(nil, side), side), 1, 0, 0, 0, 0)
	file := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range [][2][]byte{{[]byte("IHDR"), head}, {[]byte("IDAT"), packed.Bytes()}, {[]byte("IEND"), nil}} {
		file = append(be.AppendUint32(file, uint32(len(chunk[1]))), chunk[0]...)
		file = append(file, chunk[1]...)
		file = be.AppendUint32(file, crc32.ChecksumIEEE(file[len(file)-4-len(chunk[1]):]))
	}
	c := newCache(t, 0)
	_, err = c.Make(context.Background(), os.DirFS(folder(t, map[string][]byte{"m": file})), "m", widths)
	e := Fault(err)
	if e == nil || e.Kind != TooLarge || c.Stats().Decoded != 0 {
		t.Fatalf("%v after %+v", err, c.Stats())
	}
	for _, says := range []string{"36000 × 36000", "MiB", "1024 MiB"} {
		if !strings.Contains(e.En, says) || !strings.Contains(e.Vi, says) {
			t.Errorf("%q, %q do not say %s", e.Vi, e.En, says)
		}
	}
	if !strings.Contains(e.HintEn, "smaller copy") || e.HintVi == "" {
		t.Errorf("%q", e.HintEn)
	}
}

// failing is a disk that breaks in the middle of a file.
type failing struct {
	io.ReaderAt
	good int64
}

var errDisk = errors.New("disk on fire")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.good {
		return 0, errDisk
	}
	return f.ReaderAt.ReadAt(p, off)
}

// TestDiskErrors: a disk that fails is not a damaged scan.
func TestDiskErrors(t *testing.T) {
	file := jpegBytes(t, page(300, 300))
	for _, good := range []int64{0, 8192} {
		s := &source{ctx: context.Background(), r: failing{bytes.NewReader(file), good}, size: int64(len(file))}
		h, err := probe(s)
		if err == nil {
			_, err = decode(s, h)
		}
		if !errors.Is(err, errDisk) {
			t.Errorf("%d good bytes: %v", good, err)
		}
	}
}

// interlacedPNG is a plain picture of 9 × 7 pixels in seven passes.
var interlacedPNG = []byte("\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x09\x00\x00\x00\x07\x08\x02\x00\x00\x01\x22\xfe\xc0\xa1\x00\x00\x00\x09\x70\x48\x59\x73\x00\x00\x03\xe8\x00\x00\x03\xe8\x01\xb5\x7b\x52\x6b\x00\x00\x00\x1c\x49\x44\x41\x54\x08\x99\x63\xf0\x05\x03\x06\x28\x46\xf0\x30\x28\x74\x59\xec\x7c\x72\x38\x04\xcc\x27\x56\x0e\x00\x19\xf9\x38\xda\xcd\x02\x12\xb9\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82")

func FuzzDecode(f *testing.F) {
	m := corners(24, 16)
	f.Add(withSegment(jpegBytes(f, m), markAPP1, exif(6)))
	f.Add(pngBytes(f, m))
	f.Add(tiffBytes(0, []byte("abcd"), gray8(2, 2, packNone, grayData, 4)...))
	for _, file := range [][]byte{stripsOfJPEG(f, corners(40, 32), 16), interlacedPNG} {
		f.Add(file)
	}
	for _, pack := range []uint32{packLZW, packBits, packDeflate, packG3, packG4} {
		f.Add(tiffBytes(0, []byte("abcdefgh"), gray8(4, 2, pack, grayData, 8)...))
	}
	f.Add([]byte("RIFF\x1e\x00\x00\x00WEBPVP8L\x11\x00\x00\x00/\x00\x00\x00\x00\x07\x10\x11\x11\x88\x88\xfe\x07\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		s := &source{ctx: context.Background(), r: bytes.NewReader(file), size: int64(len(file))}
		h, err := probe(s)
		if err != nil {
			if kindOf(err) == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		if h.Width < 1 || h.Height < 1 || h.need < int64(h.Width)*int64(h.Height) {
			t.Fatalf("%+v", h)
		}
		if h.need > 16<<20 {
			return
		}
		sh, err := decode(s, h)
		if err != nil {
			if kindOf(err) == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, spec := range fit(h.Info, []Spec{{Width: 7, MaxSide: 50}, {MaxSide: 50}}) {
			if b := asImage(newPyramid(sh).drawn(h, spec.Width)).Bounds(); b.Dx() != spec.Width || b.Dy() != heightAt(h.Info, spec.Width) {
				t.Fatalf("%v for %+v of %+v", b, spec, h.Info)
			}
		}
	})
}
