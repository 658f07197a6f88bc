package recording

import (
	"bytes"
	"time"

	"github.com/jfreymuth/vorbis"
	"github.com/pion/opus"
)

// What a stream in Ogg or WebM may ask of its decoder.
const (
	maxPacket   = 256 << 10                                   // bytes
	maxChannels = 8                                           // as many as the mappings of Vorbis and Opus have names for
	maxSamples  = 2 * 48_000 * int64(longestWave/time.Second) // of all channels together: what minutes decode
	opusRate    = 48_000                                      // of what the decoder gives
	opusPacket  = opusRate * 120 / 1000
)

// decode gives the samples of the next packet, of all channels in turn, from -1 to 1; none of a
// header, nor of a packet that it cannot read.
type decode func(packet []byte) []float32

// packetPeaks reads the one stream of sound that is in the file: first its headers, then its sound.
// It is nil where a packet is, and where no decoder is to be trusted with them.
func (r *Recording) packetPeaks(s *source, packets func(func([]byte) bool)) (*peaks, error) {
	var p *peaks
	var next decode
	for packet := range packets {
		switch {
		case packet == nil:
			return nil, s.err
		case next != nil:
			if p.at < p.all {
				for _, v := range next(packet) {
					p.add(float64(v))
				}
			}
		case bytes.HasPrefix(packet, []byte("OpusHead")):
			p, next = r.opusDecoder(packet)
		default:
			p, next = r.vorbisDecoder(packet)
		}
		if next == nil || p.all > maxSamples {
			return nil, s.err
		}
	}
	return p, s.err
}

// oggPackets goes through the packets of the first stream of sound; a packet is valid until the next.
// It is nil where another stream begins.
func (s *source) oggPackets(yield func([]byte) bool) {
	var packet []byte
	var serial uint32
	chosen := false
	for at := int64(0); at < s.size; {
		page, ok := s.oggPage(at)
		if !ok {
			return
		}
		if page.begins && string(s.bytes(at+page.head, min(8, page.size-page.head))) != "fishead\x00" {
			if chosen {
				yield(nil)
				return
			}
			serial, chosen = page.serial, true
		}
		if chosen && page.serial == serial && !s.oggPagePackets(page, &packet, yield) {
			return
		}
		at += page.size
	}
}

// oggPagePackets yields the packets that end on a page and keeps what goes on on the next.
func (s *source) oggPagePackets(page oggPage, packet *[]byte, yield func([]byte) bool) bool {
	at := page.at + page.head
	for _, n := range page.lacing {
		*packet = append(*packet, s.bytes(at, int64(n))...)
		at += int64(n)
		if len(*packet) > maxPacket || s.err != nil {
			return false
		}
		if n == 255 {
			continue
		}
		if !yield(*packet) {
			return false
		}
		*packet = (*packet)[:0]
	}
	return true
}

// opusDecoder is for the header of a stream (RFC 7845, section 5.1), of one or two channels.
func (r *Recording) opusDecoder(head []byte) (*peaks, decode) {
	if len(head) < 19 || head[9] < 1 || head[9] > 2 || head[18] != 0 {
		return nil, nil
	}
	channels := int(head[9])
	d, err := opus.NewDecoderWithOutput(opusRate, channels)
	if err != nil {
		return nil, nil
	}
	skip := channels * int(le.Uint16(head[10:])) // samples that no one hears
	out := make([]float32, channels*opusPacket)
	comment := true
	return r.peaksAt(opusRate, channels), func(packet []byte) []float32 {
		if comment {
			comment = false
			return nil
		}
		n, err := d.DecodeToFloat32(packet, out)
		if err != nil {
			return nil
		}
		heard := out[:channels*n]
		unheard := min(skip, len(heard))
		skip -= unheard
		return heard[unheard:]
	}
}

// vorbisDecoder is for the header of a stream. The comment is kept from the decoder, which sets
// aside as much as the comment says there is, and so is a setup that is not harmless.
func (r *Recording) vorbisDecoder(head []byte) (*peaks, decode) {
	if len(head) != 30 || head[11] < 1 || head[11] > maxChannels {
		return nil, nil
	}
	var d vorbis.Decoder
	if d.ReadHeader(head) != nil {
		return nil, nil
	}
	return r.peaksAt(d.SampleRate(), d.Channels()), func(packet []byte) []float32 {
		switch {
		case bytes.HasPrefix(packet, []byte("\x05vorbis")):
			if !harmlessSetup(packet) || d.ReadHeader(packet) != nil {
				panic("a setup that cannot be decoded")
			}
			return nil
		case !d.HeadersRead():
			return nil
		}
		out, err := d.Decode(packet)
		if err != nil {
			return nil
		}
		return out
	}
}

// peaksAt are for sound of so many samples a second in each channel.
func (r *Recording) peaksAt(rate, channels int) *peaks {
	return &peaks{all: int64(r.Duration.Seconds() * float64(rate*channels))}
}
