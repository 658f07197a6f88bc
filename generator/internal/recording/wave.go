package recording

import (
	"io"
	"math"
	"time"

	"github.com/hajimehoshi/go-mp3"
)

// WaveWidth is how many loudnesses a wave has.
const WaveWidth = 240

// longestWave is the longest sound that is decoded for its wave. An hour of MP3
// takes about 25 s.
const longestWave = 3 * time.Hour

// Wave is how loud the sound in src is from its beginning to its end: the peak of
// each of WaveWidth parts of equal length, 255 for the loudest of all. It is nil
// where there is nothing to draw: of film, of sound over three hours, of one
// that is silent, and of MP4, see [Recording.AAC]. An error is of src.
func (r *Recording) Wave(src io.ReaderAt, size int64) (wave []byte, err error) {
	if r.Film || r.Duration > longestWave {
		return nil, nil
	}
	defer func() {
		if recover() != nil { // the decoder met what it does not know
			wave = nil
		}
	}()
	var p *peaks
	switch r.Format {
	case MP3:
		p, err = r.mp3Peaks(io.NewSectionReader(src, 0, size))
	case WAV:
		p, err = r.wavPeaks(&source{r: src, size: size})
	case Ogg:
		s := &source{r: src, size: size}
		p, err = r.packetPeaks(s, s.oggPackets)
	case WebM:
		s := &source{r: src, size: size}
		p, err = r.packetPeaks(s, s.webmPackets)
	}
	if p == nil || err != nil {
		return nil, err
	}
	return p.wave(), nil
}

// peaks gathers the loudest sample of each part.
type peaks struct {
	parts [WaveWidth]float64
	at    int64 // samples taken
	all   int64
}

// add takes the next sample, from -1 to 1.
func (p *peaks) add(v float64) {
	if part := p.at * WaveWidth / max(p.all, 1); part < WaveWidth {
		p.parts[part] = max(p.parts[part], math.Abs(v))
	}
	p.at++
}

func (p *peaks) wave() []byte {
	loudest := 0.0
	for _, v := range p.parts {
		loudest = max(loudest, v)
	}
	if loudest == 0 {
		return nil
	}
	out := make([]byte, WaveWidth)
	for i, v := range p.parts {
		out[i] = uint8(math.Round(255 * v / loudest))
	}
	return out
}

// mp3Peaks reads what is heard of the file, be it damaged further on.
func (r *Recording) mp3Peaks(src io.Reader) (*peaks, error) {
	d, err := mp3.NewDecoder(src)
	if err != nil {
		return nil, nil // that it plays was found out before, by other rules
	}
	const frame = 4 // two samples of 16 bits, the lower byte first
	p := &peaks{all: int64(r.Duration.Seconds() * float64(d.SampleRate()) * 2)}
	buf, held := make([]byte, 16<<10), 0
	for {
		n, err := d.Read(buf[held:])
		held += n
		whole := held / frame * frame
		for at := 0; at < whole; at += 2 {
			p.add(float64(int16(le.Uint16(buf[at:]))) / (1 << 15))
		}
		held = copy(buf, buf[whole:held])
		if err != nil {
			return p, nil
		}
	}
}

// wavPeaks reads samples of all kinds that WAV files have.
func (r *Recording) wavPeaks(s *source) (*peaks, error) {
	var wide int64 // bytes of a sample
	var value func([]byte) float64
	for at := int64(12); at < s.size; {
		head := s.bytes(at, 8)
		if head == nil {
			break
		}
		kind, n := string(head[:4]), int64(le.Uint32(head[4:]))
		switch body := s.bytes(at+8, min(n, 16)); {
		case kind == "fmt " && len(body) == 16 && len(r.Codecs) == 1:
			wide = int64(le.Uint16(body[14:])) / 8
			value = sampleOf(r.Codecs[0], wide)
		case kind == "data" && value != nil:
			return s.samples(at+8, n/wide*wide, wide, value), s.err
		}
		at += 8 + n + n&1
	}
	return nil, s.err
}

func (s *source) samples(at, n, wide int64, value func([]byte) float64) *peaks {
	p := &peaks{all: n / wide}
	for end := at + n; at < end; at += wide {
		b := s.bytes(at, wide)
		if b == nil {
			return nil
		}
		p.add(value(b))
	}
	return p
}

// sampleOf reads a sample of so many bytes, from -1 to 1; nil where there is no such kind.
func sampleOf(codec string, wide int64) func([]byte) float64 {
	switch {
	case codec == "pcm" && wide == 1: // eight bits have no sign
		return func(b []byte) float64 { return (float64(b[0]) - 128) / 128 }
	case codec == "pcm" && wide >= 2 && wide <= 4:
		return func(b []byte) float64 {
			v := int32(0)
			for i, c := range b {
				v |= int32(c) << (8 * (4 - int(wide) + i))
			}
			return float64(v) / (1 << 31)
		}
	case codec == "float" && wide == 4:
		return func(b []byte) float64 { return audible(float64(math.Float32frombits(le.Uint32(b)))) }
	case codec == "float" && wide == 8:
		return func(b []byte) float64 { return audible(math.Float64frombits(le.Uint64(b))) }
	case codec == "ulaw" && wide == 1:
		return ulaw
	case codec == "alaw" && wide == 1:
		return alaw
	}
	return nil
}

// audible is a sample as loud as it can be played; what is no number is silence.
func audible(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-1, min(1, v))
}

// ulaw is a sample of ITU-T G.711, table 2: inverted; sign, three bits of exponent, four of mantissa.
func ulaw(b []byte) float64 {
	c := int(^b[0])
	v := (c&15<<3+0x84)<<(c>>4&7) - 0x84
	if c&0x80 != 0 {
		v = -v
	}
	return float64(v) / (1 << 15)
}

// alaw is a sample of ITU-T G.711, table 1: every other bit inverted.
func alaw(b []byte) float64 {
	c := int(b[0] ^ 0x55)
	v, exponent := c&15<<4+8, c>>4&7
	if exponent > 0 {
		v = (v + 0x100) << (exponent - 1)
	}
	if c&0x80 == 0 {
		v = -v
	}
	return float64(v) / (1 << 15)
}
