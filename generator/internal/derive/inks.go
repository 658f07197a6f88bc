package derive

import (
	"bytes"
	"image"
	"math"

	"github.com/kovidgoyal/imaging/prism/meta/icc"
)

// inks says how a press's cyan, magenta, yellow and black look.
type inks struct {
	look func(rgb, inks []float64) // four shares of ink to sRGB, 0 to 1
	memo []seenInk                 // colours lie together in pictures, and each takes half a microsecond
}

// seenInk is a colour that was looked up, with its inks.
type seenInk struct {
	inks  [4]uint8
	rgb   [3]uint8
	known bool
}

// memoBits is how many bits of a hash choose the place of a colour in the memo.
const memoBits = 16

// inksOf is how the inks of a CMYK master look: as its profile says, or where it has none that
// says it, as those of a common press.
func inksOf(profile []byte) *inks {
	if k := profiledInks(profile); k != nil {
		return k
	}
	return newInks(pressed)
}

func newInks(look func(rgb, inks []float64)) *inks {
	k := &inks{look: look, memo: make([]seenInk, 1<<memoBits)}
	k.of([4]uint8{255, 255, 255, 255})
	k.of([4]uint8{})
	return k
}

// profiledInks reads the profile of a CMYK master (ICC.1); nil where it has none, or one
// that does not say how inks look. Colours that sRGB has are met exactly (relative
// colorimetric, without moving black), as libvips does it.
func profiledInks(profile []byte) (k *inks) {
	if len(profile) < iccHeader || string(profile[16:20]) != "CMYK" || string(profile[36:40]) != "acsp" {
		return nil
	}
	defer func() { // profiles come with masters, which are not trusted
		if recover() != nil {
			k = nil
		}
	}()
	p, err := icc.DecodeProfile(bytes.NewReader(profile))
	if err != nil {
		return nil
	}
	look, err := p.CreateTransformerToSRGB(icc.RelativeColorimetricRenderingIntent, false, 4, true, true, true)
	if err != nil {
		return nil
	}
	return newInks(func(rgb, inks []float64) { look.TransformGeneral(rgb, inks) })
}

// pressed is how shares of ink look in print.
func pressed(rgb, inks []float64) {
	for i := range rgb[:3] {
		rgb[i] = (1 - inks[i]) * (1 - inks[3])
	}
}

// of is the colour of four shares of ink.
func (k *inks) of(c [4]uint8) [3]uint8 {
	hash := (uint32(c[0])<<24 | uint32(c[1])<<16 | uint32(c[2])<<8 | uint32(c[3])) * 2654435761 // Knuth, TAOCP 3, 6.4
	m := &k.memo[hash>>(32-memoBits)]
	if m.known && m.inks == c {
		return m.rgb
	}
	var in, out [4]float64
	for i, v := range c {
		in[i] = float64(v) / 255
	}
	k.look(out[:], in[:])
	*m = seenInk{inks: c, known: true}
	for i := range m.rgb {
		m.rgb[i] = uint8(math.Round(255 * max(0, min(1, out[i]))))
	}
	return m.rgb
}

// printed is m as it looks in print, in the memory of m.
func (k *inks) printed(m *image.CMYK) *image.RGBA {
	for i := 0; i+4 <= len(m.Pix); i += 4 {
		p := m.Pix[i : i+4 : i+4]
		rgb := k.of([4]uint8(p))
		p[0], p[1], p[2], p[3] = rgb[0], rgb[1], rgb[2], 255
	}
	return &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
}
