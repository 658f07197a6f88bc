package derive

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"reflect"
	"testing"

	"github.com/kovidgoyal/imaging"
	"golang.org/x/image/tiff"
)

// laid gives m as a camera stores it that writes orientation o.
func laid(m image.Image, o int) image.Image {
	switch o {
	case 2:
		return imaging.FlipH(m)
	case 3:
		return imaging.Rotate180(m)
	case 4:
		return imaging.FlipV(m)
	case 5:
		return imaging.Transpose(m)
	case 6:
		return imaging.Rotate90(m)
	case 7:
		return imaging.Transverse(m)
	case 8:
		return imaging.Rotate270(m)
	}
	return m
}

func TestOrientation(t *testing.T) {
	upright := corners(200, 120)
	for o := range 10 { // 0 and 9 are not orientations, and mean nothing
		told := o
		if o < 2 || o > 8 {
			told = 0
		}
		stored := laid(upright, o)
		png := withChunk(pngBytes(t, stored), "eXIf", exif(uint32(o))[6:])
		for format, master := range map[string][]byte{
			"jpeg": withSegment(jpegBytes(t, stored), markAPP1, exif(uint32(o))),
			"png":  png,
		} {
			info, err := Probe(bytes.NewReader(master), int64(len(master)))
			if err != nil || !reflect.DeepEqual(info, Info{Format: format, Width: 200, Height: 120, Pages: 1, Orientation: told}) {
				t.Errorf("%s, orientation %d: %+v, %v", format, o, info, err)
			}
			small, file := one(t, master, Spec{Width: 100})
			checkClean(t, file)
			if d := distance(t, small, imaging.Resize(upright, 100, 60, imaging.Lanczos)); d > 4 {
				t.Errorf("%s, orientation %d: not upright, %.1f levels off", format, o, d)
			}
		}
	}
}

func TestOrientationOfTIFF(t *testing.T) {
	// One row of a dark and a light pixel, lying on its side.
	master := tiffBytes(0, []byte{20, 230},
		tiffField{tagWidth, 4, 1, 2}, tiffField{tagHeight, 4, 1, 1}, tiffField{tagBits, 3, 1, 8},
		tiffField{tagCompression, 3, 1, packNone}, tiffField{tagPhotometric, 3, 1, blackIsZero},
		tiffField{tagStripOffsets, 4, 1, 8 + 2 + 12*8 + 4}, tiffField{tagOrientation, 3, 1, 6}, tiffField{tagStripCounts, 4, 1, 2})
	m, _ := one(t, master, Spec{Width: Full, Quality: 100})
	if m.Bounds().Dx() != 1 || m.Bounds().Dy() != 2 {
		t.Fatalf("size %v", m.Bounds())
	}
	top, low := m.(*image.Gray).GrayAt(0, 0).Y, m.(*image.Gray).GrayAt(0, 1).Y
	if top > 40 || low < 210 {
		t.Errorf("%d above %d", top, low)
	}
}

// TestColours draws a plain colour through each kind of master.
func TestColours(t *testing.T) {
	rect := image.Rect(0, 0, 40, 30)
	fill := func(m interface {
		image.Image
		Set(x, y int, c color.Color)
	}, c color.Color) image.Image {
		for y := range 30 {
			for x := range 40 {
				m.Set(x, y, c)
			}
		}
		return m
	}
	brick := color.RGBA{180, 90, 60, 255}
	for name, c := range map[string]struct {
		m    image.Image
		want color.RGBA
	}{
		"rgb":          {fill(image.NewRGBA(rect), brick), brick},
		"gray":         {fill(image.NewGray(rect), color.Gray{77}), color.RGBA{77, 77, 77, 255}},
		"gray 16":      {fill(image.NewGray16(rect), color.Gray16{77 * 257}), color.RGBA{77, 77, 77, 255}},
		"rgb 16":       {fill(image.NewRGBA64(rect), brick), brick},
		"palette":      {fill(image.NewPaletted(rect, color.Palette{color.White, brick}), brick), brick},
		"half clear":   {fill(image.NewNRGBA(rect), color.NRGBA{180, 90, 60, 128}), color.RGBA{217, 172, 157, 255}},
		"clear":        {fill(image.NewNRGBA(rect), color.NRGBA{0, 0, 0, 0}), color.RGBA{255, 255, 255, 255}},
		"half clear16": {fill(image.NewNRGBA64(rect), color.NRGBA64{180 * 257, 90 * 257, 60 * 257, 0x8000}), color.RGBA{217, 172, 157, 255}},
		"bilevel":      {fill(image.NewPaletted(rect, color.Palette{color.Black, color.White}), color.Black), color.RGBA{0, 0, 0, 255}},
	} {
		masters := map[string][]byte{"png": pngBytes(t, c.m)}
		if name != "clear" && name != "half clear" && name != "half clear16" { // its encoder multiplies alpha in
			var b bytes.Buffer
			if err := tiff.Encode(&b, c.m, &tiff.Options{Compression: tiff.Deflate, Predictor: true}); err != nil {
				t.Fatal(err)
			}
			masters["tiff"] = b.Bytes()
		}
		for format, master := range masters {
			m, _ := one(t, master, Spec{Width: 20, Quality: 95})
			want := image.NewUniform(c.want)
			got := imaging.Clone(m)
			if d := distance(t, got, imaging.New(20, 15, want.C)); d > 2 {
				t.Errorf("%s in %s: %v, want %v", name, format, got.NRGBAAt(10, 7), c.want)
			}
		}
	}
}

func TestGrayStaysGray(t *testing.T) {
	gray := image.NewGray(image.Rect(0, 0, 8, 8))
	got, _ := one(t, pngBytes(t, gray), Spec{})
	if _, ok := got.(*image.Gray); !ok {
		t.Errorf("a grey master became %T", got)
	}
}

// TestProfile follows colour profiles through every container that can carry one. What they say
// of colours is kept, and who made them is not.
func TestProfile(t *testing.T) {
	rgb, gray := corners(60, 40), image.NewGray(image.Rect(0, 0, 60, 40))
	long, short := fakeProfile("RGB ", 35_000), fakeProfile("RGB ", 30)
	grayProfile, cmyk := fakeProfile("GRAY", 30), fakeProfile("CMYK", 30)
	inJPEG := func(m image.Image, p []byte) []byte {
		file := jpegBytes(t, m)
		return bytes.Join([][]byte{file[:2], segments(p), file[2:]}, nil)
	}
	inPNG := func(m image.Image, p []byte) []byte {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write(p)
		w.Close()
		return withChunk(pngBytes(t, m), "iCCP", append([]byte("scan\x00\x00"), z.Bytes()...))
	}
	for name, c := range map[string]struct{ master, want []byte }{
		"jpeg, two segments": {inJPEG(rgb, long), long},
		"jpeg, gray":         {inJPEG(gray, grayProfile), grayProfile},
		"png":                {inPNG(rgb, short), short},
		"cmyk in rgb":        {inJPEG(rgb, cmyk), nil},
		"rgb in gray":        {inJPEG(gray, short), nil},
		"not a profile":      {inJPEG(rgb, bytes.Repeat([]byte("x"), 300)), nil},
		"none":               {jpegBytes(t, rgb), nil},
	} {
		_, file := one(t, c.master, Spec{})
		got := checkClean(t, file)
		if len(got) > 0 != (c.want != nil) || bytes.Contains(file, []byte("Lan")) {
			t.Errorf("%s: %d bytes of profile, of %d: %q", name, len(got), len(c.want), got[:min(len(got), 200)])
		}
		if c.want != nil && (!bytes.Equal(curveOf(got), curveOf(c.want)) || !bytes.Equal(colourOnly(got), got)) {
			t.Errorf("%s: the curve of the profile is not what it was", name)
		}
	}
}

// curveOf is the part of a profile that begins a curve, to its last number.
func curveOf(profile []byte) []byte {
	at := bytes.Index(profile, []byte("curv"))
	if at < 0 {
		return nil
	}
	return colourData(profile[at:])
}

// A profile that is cut, lies about its parts or says nothing of colours is left out, and never
// read beyond its end.
func TestBrokenProfilesAreLeftOut(t *testing.T) {
	whole := fakeProfile("RGB ", 30)
	for n := range whole {
		cut := bytes.Clone(whole[:n])
		if n > 4 {
			binary.BigEndian.PutUint32(cut, uint32(n))
		}
		if got := fitting(cut, false); got != nil && !bytes.Equal(colourOnly(got), got) {
			t.Errorf("cut at %d: %d bytes", n, len(got))
		}
	}
	for at := iccHeader; at < iccHeader+4+6*iccTagSize; at++ {
		wrong := bytes.Clone(whole)
		wrong[at] ^= 0xff
		if got := fitting(wrong, false); bytes.Contains(got, []byte("Lan")) {
			t.Errorf("byte %d changed: a name is kept", at)
		}
	}
}

func TestAllMetadataGoes(t *testing.T) {
	file := jpegBytes(t, corners(60, 40))
	for _, seg := range []struct {
		marker byte
		body   string
	}{
		{markAPP1, string(exif(1))}, {markAPP1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta/>"},
		{0xed, "Photoshop 3.0\x008BIM"}, {0xfe, "a comment"}, {markAPP2, "MPF\x00II*\x00"},
	} {
		file = withSegment(file, seg.marker, []byte(seg.body))
	}
	_, out := one(t, file, Spec{Width: 30})
	checkClean(t, out)
}

// TestScaled holds our resampling against imaging's, which is slower but made no shortcuts.
func TestScaled(t *testing.T) {
	src := page(700, 500)
	master := pngBytes(t, src)
	for _, width := range []int{50, 99, 233, 320, 466, 467, 640, 699} {
		got, _ := one(t, master, Spec{Width: width, Quality: 100})
		want := imaging.Resize(src, width, got.Bounds().Dy(), imaging.Lanczos)
		if d := distance(t, imaging.Grayscale(got), imaging.Grayscale(want)); d > 3 {
			t.Errorf("width %d: %.2f levels off", width, d)
		}
	}
}

// TestPlainStaysPlain: no rounding may tint or band a plain surface, whatever the sizes.
func TestPlainStaysPlain(t *testing.T) {
	for _, v := range []uint8{0, 1, 127, 254, 255} {
		p := newPlane(331, 97)
		for i := range p.pix {
			p.pix[i] = v
		}
		for _, size := range [][2]int{{331, 97}, {330, 96}, {200, 60}, {110, 32}, {7, 2}, {1, 1}, {400, 100}} {
			out := p.scaled(size[0], size[1], 331/float64(size[0]), 97/float64(size[1]))
			for _, got := range out.pix {
				if got != v {
					t.Fatalf("%d became %d at %v", v, got, size)
				}
			}
		}
	}
}

func TestAverage(t *testing.T) {
	for _, g := range []int{1, 2, 3, 7, 64, 200} {
		for _, rows := range []int{1, 3, 200} {
			for v := uint32(0); v < 256; v++ {
				sums := make([]uint32, g)
				total := uint32(0)
				for i := range sums {
					sums[i] = (v + uint32(i)) % 256 * uint32(rows)
					total += sums[i]
				}
				out := make([]uint8, 1)
				average(out, sums, g, rows)
				if area := uint32(g * rows); uint32(out[0]) != (total+area/2)/area {
					t.Fatalf("%d × %d: %d", g, rows, out[0])
				}
			}
		}
	}
}

// TestVideoRange: black, white and a colour as WebP stores them.
func TestVideoRange(t *testing.T) {
	m := image.NewYCbCr(image.Rect(0, 0, 4, 1), image.YCbCrSubsampleRatio444)
	copy(m.Y, []uint8{16, 235, 0, 126})
	copy(m.Cb, []uint8{128, 128, 16, 240})
	copy(m.Cr, []uint8{128, 128, 240, 16})
	widen(m)
	if !bytes.Equal(m.Y, []uint8{0, 255, 0, 128}) || !bytes.Equal(m.Cb, []uint8{128, 128, 1, 255}) {
		t.Errorf("%v %v %v", m.Y, m.Cb, m.Cr)
	}
}
