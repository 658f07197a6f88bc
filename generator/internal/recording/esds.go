package recording

import (
	"bytes"
	"slices"
)

// The descriptors of esds (ISO/IEC 14496-1, sections 7.2.6 and 8.3.3).
const (
	tagStream, tagDecoder, tagSpecific, tagSync = 3, 4, 5, 6

	maxSpecific = 512 // bytes of an AudioSpecificConfig
)

// esdsCodecs are AAC of MPEG-4 and MPEG-2, and MP3, by objectTypeIndication.
var esdsCodecs = []byte{0x40, 0x66, 0x67, 0x68, 0x69, 0x6b}

// esds refuses descriptors that no decoder needs, and blanks comments in the others and what stands behind them.
func (m *mp4File) esds(b box) {
	c := m.config(b, 4)
	if c == nil {
		return
	}
	before := bytes.Clone(c)
	stream, behind, ok := descriptor(c[4:], tagStream)
	if ok = ok && len(stream) >= 3 && stream[2]&0xe0 == 0; ok { // no stream it depends on, no address, no clock
		ok = esdsStream(stream[3:])
	}
	if !ok {
		m.fail(wrongEntry)
		return
	}
	clear(behind)
	if m.sound != nil {
		m.track.aac = m.sound.described(stream[3:])
	}
	if !bytes.Equal(before, c) {
		m.r.replace(b.body(), c)
	}
}

func esdsStream(b []byte) bool {
	decoder, b, ok := descriptor(b, tagDecoder)
	if !ok || len(decoder) < 13 || !slices.Contains(esdsCodecs, decoder[0]) {
		return false
	}
	if decoder = decoder[13:]; len(decoder) > 0 {
		specific, more, ok := descriptor(decoder, tagSpecific)
		if !ok || len(specific) > maxSpecific || len(more) > 0 || !blankProgram(specific) {
			return false
		}
	}
	if len(b) == 0 {
		return true
	}
	sync, more, ok := descriptor(b, tagSync)
	return ok && len(sync) <= 16 && len(more) == 0
}

// described takes the description of a decoder, which was found to be whole. It reports whether it is one
// of AAC that ADTS can name.
func (a *AAC) described(stream []byte) bool {
	decoder, _, _ := descriptor(stream, tagDecoder)
	if decoder[0] == 0x69 || decoder[0] == 0x6b { // MP3
		return false
	}
	config, _, _ := descriptor(decoder[13:], tagSpecific)
	return a.configure(config)
}

// descriptor is what the first of some descriptors holds, if it is of this kind, and what stands behind it.
func descriptor(b []byte, tag byte) (body, behind []byte, ok bool) {
	if len(b) < 2 || b[0] != tag {
		return nil, nil, false
	}
	n := 0
	for i, c := range b[1:min(len(b), 5)] {
		n = n<<7 | int(c&0x7f)
		if c < 0x80 {
			b = b[i+2:]
			return b[:min(n, len(b))], b[min(n, len(b)):], n <= len(b)
		}
	}
	return nil, nil, false
}

// blankProgram blanks the comment that an AudioSpecificConfig (ISO/IEC 14496-3, section 1.6.2.1) has where it
// names each channel by a program_config_element (section 4.4.1.1); false where it cannot be read.
func blankProgram(config []byte) bool {
	b := &bitReader{b: config}
	object := audioObject(b)
	aacRate(b)
	channels := b.bits(4)
	if object == 5 || object == 29 { // SBR, PS: that of the core comes behind
		aacRate(b)
		object = audioObject(b)
	}
	if !slices.Contains([]uint32{1, 2, 3, 4, 6, 7, 17, 19, 20, 21, 22, 23}, object) || channels != 0 {
		return !b.over
	}
	b.flag()
	if b.flag() {
		b.bits(14)
	}
	b.bits(1 + 4 + 2 + 4)
	front, side, back, low, data, coupled := b.bits(4), b.bits(4), b.bits(4), b.bits(2), b.bits(3), b.bits(4)
	for _, n := range []int{4, 4, 3} { // how it is mixed down
		if b.flag() {
			b.bits(n)
		}
	}
	b.bits(int(5*(front+side+back+coupled) + 4*(low+data)))
	b.at = (b.at + 7) / 8 * 8
	comment := int(b.bits(8))
	if from := b.at / 8; !b.over && comment <= len(config)-from {
		clear(config[from : from+comment])
		return true
	}
	return false
}

func audioObject(b *bitReader) uint32 {
	if n := b.bits(5); n < 31 {
		return n
	}
	return 32 + b.bits(6)
}
