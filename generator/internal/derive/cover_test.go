package derive

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"
)

// secretPlace is where the pictures of these tests bear a pattern.
var secretPlace = image.Rect(37, 21, 95, 58)

// withSecret is a pale page with black and white noise in one place, which no
// part of a page without it resembles.
func withSecret(seed uint64) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 160, 90))
	r := rand.New(rand.NewPCG(seed, 7))
	for y := range 90 {
		for x := range 160 {
			m.SetRGBA(x, y, color.RGBA{230, 225, 210, 255})
			if (image.Point{X: x, Y: y}).In(secretPlace) {
				m.SetRGBA(x, y, color.RGBA{uint8(r.UintN(256)), uint8(r.UintN(256)), uint8(r.UintN(256)), 255})
			}
		}
	}
	return m
}

func covered(t *testing.T, master []byte, boxes ...image.Rectangle) ([]byte, image.Image) {
	t.Helper()
	out, err := Cover(context.Background(), bytes.NewReader(master), int64(len(master)), boxes)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return out, img
}

// Two pictures that differ only in what is covered give the same bytes, so
// nothing of it is in the file: neither in pixels nor anywhere else.
func TestCoveredPicturesTellNothing(t *testing.T) {
	a, img := covered(t, pngBytes(t, withSecret(1)), secretPlace)
	b, _ := covered(t, pngBytes(t, withSecret(2)), secretPlace)
	if !bytes.Equal(a, b) {
		t.Error("two pictures that differ under the box alone give different files")
	}
	if open, _ := covered(t, pngBytes(t, withSecret(1)), image.Rect(0, 0, 1, 1)); bytes.Equal(open, a) {
		t.Error("a box elsewhere gives the same file: the test cannot fail")
	}
	checkBlack(t, img, secretPlace)
}

// Boxes are as seen: whichever way the file lies, the place that is covered is
// the one in the upright picture, and the rest stays.
func TestCoverOfRotatedPictures(t *testing.T) {
	for o := 1; o <= 8; o++ {
		master := withSegment(jpegBytes(t, laid(withSecret(3), o)), 0xe1, exif(uint32(o)))
		_, img := covered(t, master, secretPlace)
		if img.Bounds() != image.Rect(0, 0, 160, 90) {
			t.Errorf("orientation %d: the picture is %v", o, img.Bounds())
			continue
		}
		checkBlack(t, img, secretPlace)
		for _, p := range []image.Point{{5, 5}, {150, 5}, {5, 80}, {150, 80}, {20, 40}, {112, 40}} {
			if g := color.GrayModel.Convert(img.At(p.X, p.Y)).(color.Gray).Y; g < 200 {
				t.Errorf("orientation %d: %v is dark outside the box (%d)", o, p, g)
			}
		}
	}
}

func checkBlack(t *testing.T, img image.Image, r image.Rectangle) {
	t.Helper()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if g := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y; g > 60 { // JPEG rings at the edge of the box
				t.Fatalf("%d,%d shines through with %d", x, y, g)
			}
		}
	}
}

// Every kind of colour is covered, also at odd places of coarse chroma.
func TestCoverOfEveryKindOfPixel(t *testing.T) {
	src := withSecret(4)
	deep, gray := image.NewRGBA64(src.Rect), image.NewGray(src.Rect)
	cmyk := image.NewCMYK(src.Rect)
	for y := range 90 {
		for x := range 160 {
			deep.Set(x, y, src.At(x, y))
			gray.Set(x, y, src.At(x, y))
			cmyk.Set(x, y, src.At(x, y))
		}
	}
	for name, master := range map[string][]byte{"jpeg 4:2:0": jpegBytes(t, src), "16 bits": pngBytes(t, deep), "grey": pngBytes(t, gray), "grey jpeg": jpegBytes(t, gray)} {
		_, img := covered(t, master, secretPlace)
		t.Run(name, func(t *testing.T) { checkBlack(t, img, secretPlace) })
	}
	sh := newSheet(cmyk, header{})
	sh.blacken(secretPlace)
	t.Run("cmyk", func(t *testing.T) {
		checkBlack(t, asImage(newPyramid(sh).drawn(header{Info: Info{Width: 160, Height: 90}, orientation: 1}, 160)), secretPlace)
	})
}

// Neither metadata, nor a thumbnail, nor what lies behind the picture goes on.
func TestCoverLeavesMetadataOut(t *testing.T) {
	const word = "TRAN-VAN-CANARY"
	thumb := jpegBytes(t, withSecret(5))
	master := jpegBytes(t, withSecret(5))
	for marker, body := range map[byte]string{
		0xe1: "http://ns.adobe.com/xap/1.0/\x00" + word, 0xed: "Photoshop 3.0\x00" + word, 0xfe: word, 0xe0: "JFXX\x00\x10" + string(thumb), 0xe5: word,
	} {
		master = withSegment(master, marker, []byte(body))
	}
	master = withSegment(master, 0xe1, append(exif(1), word...))
	master = append(append(master, word...), thumb...)
	out, _ := covered(t, master, secretPlace)
	if bytes.Contains(out, []byte(word)) || bytes.Contains(out, thumb[20:60]) && bytes.Count(out, []byte("\xff\xd8")) > 1 {
		t.Error("metadata went on")
	}
	if n := bytes.Count(out, []byte("\xff\xd8")); n != 1 || !bytes.HasSuffix(out, []byte("\xff\xd9")) {
		t.Errorf("%d pictures in the file, or bytes behind it", n)
	}
	checkClean(t, out)
}

func TestCoverRefuses(t *testing.T) {
	good := pngBytes(t, withSecret(6))
	for name, c := range map[string]struct {
		master []byte
		box    image.Rectangle
		kind   Kind
	}{
		"outside":    {good, image.Rect(100, 0, 161, 10), ""},
		"empty box":  {good, image.Rect(10, 10, 10, 20), ""},
		"a PDF":      {[]byte("%PDF-1.7 and more of it"), secretPlace, Unsupported},
		"cut":        {good[:len(good)/2], secretPlace, Broken},
		"empty file": {nil, secretPlace, Empty},
	} {
		_, err := Cover(context.Background(), bytes.NewReader(c.master), int64(len(c.master)), []image.Rectangle{c.box})
		if err == nil || kindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	h := header{Info: Info{Width: 10, Height: 10, Pages: 3}}
	if err := coverable(h, nil); kindOf(err) != Unsupported {
		t.Error("three pages:", fmt.Sprint(err))
	}
}

// A drawn picture is covered as one in a file is.
func TestCoverImage(t *testing.T) {
	drawn := func(under uint8) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, 64, 48))
		for i := range img.Pix {
			img.Pix[i] = 255
		}
		for y := 16; y < 32; y++ {
			for x := 8; x < 40; x++ {
				img.Pix[img.PixOffset(x, y)] = under + uint8(x*y)
			}
		}
		return img
	}
	box := []image.Rectangle{image.Rect(8, 16, 40, 32)}
	a, err := CoverImage(drawn(3), box)
	b, err2 := CoverImage(drawn(90), box)
	if err != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Errorf("%v, %v: what is covered tells", err, err2)
	}
	if _, err := CoverImage(drawn(3), []image.Rectangle{image.Rect(8, 16, 65, 32)}); err == nil {
		t.Error("a box outside was let through")
	}
}
