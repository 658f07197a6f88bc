package derive

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// displayP3 is a profile of Display P3 as ICC.1:2022 has it: three primaries, adapted to D50, and
// the curve of sRGB.
func displayP3() []byte {
	fixed := func(numbers ...float64) (out []byte) {
		for _, n := range numbers {
			out = binary.BigEndian.AppendUint32(out, uint32(int32(math.Round(n*65536))))
		}
		return out
	}
	xyz := func(x, y, z float64) []byte { return append([]byte("XYZ \x00\x00\x00\x00"), fixed(x, y, z)...) }
	curve := append([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), fixed(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)...)
	old := make([]byte, iccHeader)
	copy(old[8:], "\x04\x30\x00\x00mntrRGB XYZ ")
	copy(old[36:], "acsp")
	copy(old[68:], fixed(0.9642, 1, 0.8249))
	tags := []iccTag{{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.515102, 0.241182, -0.001050)}, {"gXYZ", xyz(0.291965, 0.692236, 0.041882)}, {"bXYZ", xyz(0.157153, 0.066582, 0.784378)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve}}
	return iccProfile(old, append(tags, described(4)...))
}

// inDisplayP3 are the numbers by which Display P3 names the colours of a picture in sRGB. The two
// share their white and their curve, so it is one matrix of light.
func inDisplayP3(m *image.RGBA) *image.RGBA {
	light := func(v uint8) float64 {
		if c := float64(v) / 255; c > 0.04045 {
			return math.Pow((c+0.055)/1.055, 2.4)
		}
		return float64(v) / 255 / 12.92
	}
	number := func(c float64) uint8 {
		if c = max(c, 0); c > 0.0031308 {
			c = 1.055*math.Pow(c, 1/2.4) - 0.055
		} else {
			c *= 12.92
		}
		return uint8(math.Round(255 * min(c, 1)))
	}
	out := image.NewRGBA(m.Rect)
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			p := m.RGBAAt(x, y)
			r, g, b := light(p.R), light(p.G), light(p.B)
			out.SetRGBA(x, y, color.RGBA{number(0.822462*r + 0.177538*g), number(0.033194*r + 0.966806*g), number(0.017083*r + 0.072397*g + 0.910520*b), 255})
		}
	}
	return out
}

// hues is a picture of every hue, from pale to full and from dark to light.
func hues(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			turn, full := 6*float64(x)/float64(w), float64(y)/float64(h)
			part := func(at float64) uint8 {
				d := math.Abs(math.Mod(turn-at+9, 6) - 3) // from the middle of the channel
				return uint8(235 * (1 - full*min(1, max(0, d-1))))
			}
			m.SetRGBA(x, y, color.RGBA{part(0), part(2), part(4), 255})
		}
	}
	return m
}

// A picture in Display P3, as telephones and newer cameras write it, has in every size and format the
// colours that it has in sRGB. Taken for sRGB its numbers are 2.5 off in the mean, so the bound is closer than
// that of other profiles.
func TestDisplayP3(t *testing.T) {
	right := hues(960, 640)
	wide, profile := inDisplayP3(right), displayP3()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(profile); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{
		"a.jpg":      withSegment(jpegBytes(t, wide), markAPP2, append([]byte(iccLabel+"\x01\x01"), profile...)),
		"a.png":      withChunk(pngBytes(t, wide), "iCCP", append([]byte("p3\x00\x00"), packed.Bytes()...)),
		"no-profile": jpegBytes(t, wide),
	}
	dir := folder(t, files)
	vips(t, "copy", filepath.Join(dir, "a.png"), filepath.Join(dir, "a.tif"))
	for _, name := range []string{"a.jpg", "a.png", "a.tif", "no-profile"} {
		out, err := newCache(t, 0).Make(context.Background(), os.DirFS(dir), name, []Spec{{Width: 320, Quality: 90}, {Width: Full}})
		if err != nil {
			t.Fatal(name, err)
		}
		for _, d := range out {
			far := colourDistance(t, d, right)
			if t.Logf("%s, %d pixels wide: ΔE2000 of %.2f", name, d.Width, far); name != "no-profile" && far >= 1 || name == "no-profile" && far < 2 {
				t.Errorf("%s, %d pixels wide: the colours are %.2f from those of sRGB; less than 1 where the profile is kept, more than 2 where there is none", name, d.Width, far)
			}
		}
	}
}
