package recording

import "slices"

// The descriptors of esds (ISO/IEC 14496-1, sections 7.2.6 and 8.3.3).
const (
	tagStream, tagDecoder, tagSpecific, tagSync = 3, 4, 5, 6
	// maxSpecific is how long an AudioSpecificConfig can be; one with the comment of a
	// program_config_element is longer than 32 bytes.
	maxSpecific = 32
)

// esdsCodecs are AAC of MPEG-4 and MPEG-2, and MP3, by objectTypeIndication.
var esdsCodecs = []byte{0x40, 0x66, 0x67, 0x68, 0x69, 0x6b}

// esds refuses descriptors that no decoder needs, and blanks what stands behind them.
func (m *mp4File) esds(b box) {
	c := m.config(b, 4)
	if c == nil {
		return
	}
	stream, behind, ok := descriptor(c[4:], tagStream)
	if ok = ok && len(stream) >= 3 && stream[2]&0xe0 == 0; ok { // no stream it depends on, no address, no clock
		ok = esdsStream(stream[3:])
	}
	if !ok {
		m.fail(wrongEntry)
		return
	}
	m.r.blank(b.end()-int64(len(behind)), int64(len(behind)))
}

func esdsStream(b []byte) bool {
	decoder, b, ok := descriptor(b, tagDecoder)
	if !ok || len(decoder) < 13 || !slices.Contains(esdsCodecs, decoder[0]) {
		return false
	}
	if decoder = decoder[13:]; len(decoder) > 0 {
		specific, more, ok := descriptor(decoder, tagSpecific)
		if !ok || len(specific) > maxSpecific || len(more) > 0 {
			return false
		}
	}
	if len(b) == 0 {
		return true
	}
	sync, more, ok := descriptor(b, tagSync)
	return ok && len(sync) <= 16 && len(more) == 0
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
