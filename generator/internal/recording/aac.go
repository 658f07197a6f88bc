package recording

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"vitrine/generator/diag"
)

// No library decodes AAC in Go under a licence that ours allows, so a program does where there is
// one. Of the file it gets nothing but frames of sound: what tells it how to take them is
// written here.

// AAC is the sound of an MP4 file, for a decoder that reads ADTS (ISO/IEC 13818-7, section 6.2).
type AAC struct {
	Rate, Channels int // samples a second in each channel; of HE-AAC those of its core

	s      *source
	index  byte // of the rate, in the table of the standard
	layout byte // of the channels, as the standard numbers them
	frames []aacFrame
	skip   time.Duration // at the beginning, which nobody hears
	silent time.Duration // before anything is played
	length time.Duration // of all that is heard
	fault  *Error        // why no decoder is given this
}

// aacFrame is where a frame lies in the file.
type aacFrame struct {
	at int64
	n  int32 // bytes
}

const (
	aacSamples  = 1024 // of each channel in a frame
	adtsHead    = 7    // bytes before a frame
	maxADTS     = 1<<13 - 1
	maxAACFrame = 1 << 20 // frames: three hours at the highest rate
)

// aacRates are the samples a second by their index (ISO/IEC 14496-3, table 1.18).
var aacRates = []int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}

// AAC is the sound of the recording, which lies in src, if it is AAC and not longer than a wave is
// drawn of; else nil. An error is of src, or an *Error where it is of a kind that is not decoded.
func (r *Recording) AAC(src io.ReaderAt, size int64) (*AAC, error) {
	if r.Format != MP4 || r.Film || r.Duration > longestWave {
		return nil, nil
	}
	a := &AAC{s: &source{r: src, size: size}, length: r.Duration}
	_, fault := a.s.mp4(a, nil)
	switch {
	case a.s.err != nil:
		return nil, a.s.err
	case a.fault != nil:
		return nil, a.fault
	case fault != nil:
		return nil, fault
	case len(a.frames) == 0, a.all() > maxSamples:
		return nil, nil
	}
	return a, nil
}

// all is how many samples are heard, those of all channels counted.
func (a *AAC) all() int64 { return a.samples(a.length) }

func (a *AAC) samples(d time.Duration) int64 {
	return int64(d.Seconds()*float64(a.Rate)) * int64(a.Channels)
}

// undecoded tells of a variety of AAC that has no wave.
func (a *AAC) undecoded(vi, en string) {
	if a.fault == nil {
		a.fault = &Error{Kind: Unsupported, Msg: diag.Text{Vi: vi, En: en}, Hint: diag.T(
			"tệp vẫn được công bố và nghe được; muốn có dạng sóng thì mã hoá lại: ffmpeg -i tệp -map_metadata -1 -c:a aac tệp-mới.m4a; giữ bản gốc trong kho",
			"the file is published and plays all the same; for a wave encode it anew: ffmpeg -i file -map_metadata -1 -c:a aac new-file.m4a; keep the master in the archive")}
	}
}

// configure reads an AudioSpecificConfig (ISO/IEC 14496-3, section 1.6.2.1): of AAC-LC, or of HE-AAC, of which
// ADTS names the core. It reports whether ADTS can name it.
func (a *AAC) configure(config []byte) bool {
	b := &bitReader{b: config}
	object := audioObject(b)
	rate := aacRate(b)
	layout := byte(b.bits(4))
	if object == 5 || object == 29 { // SBR, PS: that of the core comes behind
		aacRate(b)
		object = audioObject(b)
	}
	odd := b.flag() // frames of 960 samples
	odd = b.flag() || odd
	a.index, a.layout = byte(max(0, slices.Index(aacRates, rate))), layout
	switch {
	case b.over:
		a.undecoded("mô tả mã hoá AAC không đúng", "the description of its AAC is wrong")
	case object != 2:
		a.undecoded(fmt.Sprintf("AAC kiểu %d, mà chỉ AAC-LC và HE-AAC được giải mã", object), fmt.Sprintf("its AAC is of kind %d, and only AAC-LC and HE-AAC are decoded", object))
	case odd:
		a.undecoded("AAC có khung khác 1024 mẫu", "its AAC has frames of other than 1024 samples")
	case rate != aacRates[a.index]:
		a.undecoded(fmt.Sprintf("AAC có %d mẫu mỗi giây", rate), fmt.Sprintf("its AAC has %d samples a second", rate))
	case layout < 1 || layout > 7:
		a.undecoded("các kênh AAC được xếp theo cách riêng", "its AAC arranges channels in a way of its own")
	default:
		a.Rate, a.Channels = rate, int([]byte{0, 1, 2, 3, 4, 5, 6, 8}[layout])
		return true
	}
	return false
}

// aacRate is a rate by its index, or as it is written out.
func aacRate(b *bitReader) int {
	switch i := int(b.bits(4)); {
	case i == 15:
		return int(b.bits(24))
	case i < len(aacRates):
		return aacRates[i]
	}
	return 0
}

// chunk takes note of the frames in a chunk of the track.
func (a *AAC) chunk(at int64, sizes sampleSizes, from, to int) {
	for i := from; i < to && a.fault == nil; i++ {
		n := sizes.sum(i, i+1)
		if n > maxADTS-adtsHead || len(a.frames) >= maxAACFrame {
			a.undecoded("khung AAC quá lớn hoặc quá nhiều", "its frames of AAC are too large, or too many")
			return
		}
		if n > 0 {
			a.frames = append(a.frames, aacFrame{at, int32(n)})
		}
		at += n
	}
}

// ADTS reads the frames one behind the other.
func (a *AAC) ADTS() io.Reader { return &adts{a: a} }

type adts struct {
	a    *AAC
	next int
	rest []byte // of what was read of the file
	buf  []byte
}

// Read implements io.Reader.
func (r *adts) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		r.buf = r.buf[:0]
		for ; r.next < len(r.a.frames) && len(r.buf) < windowSize/2; r.next++ {
			f := r.a.frames[r.next]
			b := r.a.s.bytes(f.at, int64(f.n))
			if b == nil {
				return 0, io.ErrUnexpectedEOF // the source has the error
			}
			r.buf = append(append(r.buf, r.a.head(len(b))...), b...)
		}
		r.rest = r.buf
	}
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// head is that of a frame of so many bytes: AAC-LC, without a checksum.
func (a *AAC) head(n int) []byte {
	n += adtsHead
	return []byte{0xff, 0xf1, 1<<6 | a.index<<2 | a.layout>>2, a.layout<<6 | byte(n>>11), byte(n >> 3), byte(n<<5) | 0x1f, 0xfc}
}

// Decoded is what comes back of a decoder: samples of 16 bits, the lower byte first, of all
// channels in turn.
type Decoded struct {
	a    *AAC
	p    peaks
	skip int64 // samples
	got  int64
	half []byte // a byte of the next sample
}

var _ io.Writer = (*Decoded)(nil)

// Decoded takes the samples that a decoder makes of the sound.
func (a *AAC) Decoded() *Decoded {
	return &Decoded{a: a, p: peaks{all: a.all(), at: a.samples(a.silent)}, skip: a.samples(a.skip)}
}

var errTooMuch = errors.New("recording: a decoder gives more sound than there is")

func (d *Decoded) expected() int64 { return int64(len(d.a.frames)) * aacSamples * int64(d.a.Channels) }

// Write implements io.Writer. It fails where there is more than a second of sound too much.
func (d *Decoded) Write(pcm []byte) (int, error) {
	n := len(pcm)
	if len(d.half) > 0 && n > 0 {
		d.sample(le.Uint16([]byte{d.half[0], pcm[0]}))
		d.half, pcm = d.half[:0], pcm[1:]
	}
	for ; len(pcm) >= 2; pcm = pcm[2:] {
		d.sample(le.Uint16(pcm))
	}
	d.half = append(d.half, pcm...)
	if d.got > d.expected()+int64(d.a.Rate*d.a.Channels) {
		return 0, errTooMuch
	}
	return n, nil
}

func (d *Decoded) sample(v uint16) {
	if d.got++; d.got > d.skip && d.p.at < d.p.all {
		d.p.add(float64(int16(v)) / (1 << 15))
	}
}

// Wave is that of what was decoded, see [Recording.Wave]. ok is false where that is less than half of what
// there is.
func (d *Decoded) Wave() (wave []byte, ok bool) {
	return d.p.wave(), d.got >= d.expected()/2
}
