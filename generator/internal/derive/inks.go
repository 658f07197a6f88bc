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
	last [2][4]float64             // what look was asked last, and what it said: it would take memory for each colour
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

// overprints are the colours of paper, of cyan (1), magenta (2), yellow (4) and black (8), and of all that can be
// printed over one another, in sRGB to the power of spread, below 0 where sRGB has no such colour: those of a
// press on coated paper, fitted to what libvips takes for inks of which nothing is known.
var overprints = [16][3]float64{
	{1, 1, 1}, {-0.305, 0.486, 0.806}, {0.861, 0.043, 0.386}, {0.130, 0.108, 0.391},
	{1, 0.843, -0.022}, {-0.151, 0.470, 0.170}, {0.862, 0.086, 0.131}, {0.109, 0.094, 0.122},
	{0.057, 0.035, 0.044}, {0.074, 0.094, 0.102}, {0.089, 0.082, 0.110}, {0.047, 0.039, 0.082},
	{0.074, 0.084, 0.115}, {0.062, 0.067, 0.072}, {0.073, 0.058, 0.065}, {0.070, 0.063, 0.087},
}

// gains are the powers of the shares of inks that tell how much of the paper they cover, and spread that of how
// light spreads in it.
var gains, spread = [4]float64{0.95, 0.90, 0.98, 0.88}, 1.34

// pressed is how shares of ink look in print: the mean of the overprints, each by how much of the paper has it (the
// equations of Neugebauer and Demichel, with the exponent of Yule and Nielsen).
func pressed(rgb, inks []float64) {
	parts := [16]float64{1}
	for i, gain := range gains {
		cover := math.Pow(inks[i], gain)
		for k := range 1 << i {
			parts[k|1<<i] = parts[k] * cover
			parts[k] *= 1 - cover
		}
	}
	var sum [3]float64
	for k, colour := range overprints {
		for i := range sum {
			sum[i] += parts[k] * colour[i]
		}
	}
	for i := range sum {
		rgb[i] = math.Pow(max(0, sum[i]), 1/spread)
	}
}

// of is the colour of four shares of ink.
func (k *inks) of(c [4]uint8) [3]uint8 {
	hash := (uint32(c[0])<<24 | uint32(c[1])<<16 | uint32(c[2])<<8 | uint32(c[3])) * 2654435761 // Knuth, TAOCP 3, 6.4
	m := &k.memo[hash>>(32-memoBits)]
	if m.known && m.inks == c {
		return m.rgb
	}
	in, out := &k.last[0], &k.last[1]
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
