package recording

import "bytes"

// nalCodec says what the NAL units of a codec are by their type.
type nalCodec struct {
	head   int64          // bytes of a unit before its payload
	keep   uint64         // a bit for each other type without which there is no picture
	exact  map[byte]int64 // types that have one length, with it
	sei    uint64         // a bit for each type that holds SEI messages
	limits map[int]int    // the SEI messages that are kept, with the greatest length of each
	filler form

	sequence byte             // the type of a set of parameters of a sequence
	toEdges  func(*bitReader) // goes to where it tells of the edges of the picture
}

// The types of units: ITU-T H.264, table 7-1, and H.265, table 7-1. What is not kept
// is reserved, unspecified, another view or layer, or a picture beside the picture
// (alpha). The messages: H.264, annex D, and H.265, annex D. Kept are those that tell a decoder
// or a screen what to do and have no room for words; the picture timing of H.264 holds the
// time of the camera and is not among them.
var (
	h264 = &nalCodec{
		head:   1,
		keep:   types(1, 1) | types(5, 5) | types(8, 8),
		exact:  map[byte]int64{9: 2, 10: 1, 11: 1}, // delimiter, ends
		sei:    types(6, 6),
		limits: map[int]int{bufferingPeriod: 64, recoveryPoint: 8, framePacking: 16, displayOrientation: 8, masteringDisplay: 24, contentLight: 4, alternativeTransfer: 1, ambientViewing: 8},
		filler: form{head: "\x0c", fill: 0xff, foot: "\x80"},

		sequence: 7, toEdges: avcEdges,
	}
	h265 = &nalCodec{
		head:  2,
		keep:  types(0, 9) | types(16, 21) | types(32, 32) | types(34, 34),
		exact: map[byte]int64{35: 3, 36: 2, 37: 2},
		sei:   types(39, 40),
		limits: map[int]int{bufferingPeriod: 64, pictureTiming: 16, recoveryPoint: 8, framePacking: 16, displayOrientation: 8, activeParameterSets: 16, decodingUnit: 16,
			temporalZero: 2, pictureHash: 49, masteringDisplay: 24, contentLight: 4, alternativeTransfer: 1, ambientViewing: 8},
		filler: form{head: "\x4c\x01", fill: 0xff, foot: "\x80"},

		sequence: 33, toEdges: hevcEdges,
	}
)

// SEI messages, by their payloadType.
const (
	bufferingPeriod, pictureTiming, recoveryPoint         = 0, 1, 6
	framePacking, displayOrientation                      = 45, 47
	activeParameterSets, decodingUnit, temporalZero       = 129, 130, 131
	pictureHash, masteringDisplay, contentLight           = 132, 137, 144
	alternativeTransfer, ambientViewing                   = 147, 148
	maxSEI                                          int64 = 512 // bytes of a unit of messages that are kept
)

func types(from, to int) uint64 { return (1<<(to-from+1) - 1) << from }

// units makes filler of the NAL units that show nothing, in a stretch where
// each stands behind its length of so many bytes (ISO/IEC 14496-15, section 5.3.2); false where they do not fill it.
func (s *source) units(r *Recording, c *nalCodec, length, at, end int64) bool {
	for at < end {
		n, ok := s.number(at, length)
		at += length
		if !ok || at > end || n > uint64(end-at) || !s.unit(r, c, at, int64(n)) {
			return false
		}
		at += int64(n)
	}
	return true
}

// unit makes filler of a NAL unit that shows nothing; false where it is none.
func (s *source) unit(r *Recording, c *nalCodec, at, n int64) bool {
	if n == 0 {
		return true
	}
	head := s.bytes(at, c.head)
	if n < c.head || head == nil {
		return false
	}
	kind, base := c.kind(head)
	switch {
	case base && kind == c.sequence:
		hides, ok := c.cropped(s.bytes(at, min(n, maxSequence)))
		r.cropped = r.cropped || hides
		return ok
	case base && (c.keep>>kind&1 == 1 || c.exact[kind] == n):
	case base && c.sei>>kind&1 == 1 && n <= maxSEI && c.technical(s.bytes(at+c.head, n-c.head)):
	default:
		r.shape(at, n, c.filler)
	}
	return true
}

// kind is the type of a unit, and whether it is of the picture itself and not of another view or layer.
func (c *nalCodec) kind(head []byte) (kind byte, base bool) {
	if c == h265 {
		return head[0] >> 1 & 63, head[0]&0x81 == 0 && head[1]>>3 == 0 && head[1]&7 > 0
	}
	return head[0] & 31, head[0]&0x80 == 0
}

// technical reports whether SEI messages (ITU-T H.264, section 7.3.2.3) are all of those that are kept.
func (c *nalCodec) technical(b []byte) bool {
	b = bytes.ReplaceAll(b, []byte{0, 0, 3}, []byte{0, 0}) // what keeps a start code from arising
	for len(b) > 1 {
		kind, rest := seiNumber(b)
		size, rest := seiNumber(rest)
		if limit, kept := c.limits[kind]; !kept || size > min(limit, len(rest)) {
			return false
		}
		b = rest[size:]
	}
	return len(b) == 1 && b[0] == 0x80
}

// seiNumber is a number that stands as the sum of bytes, the last of which is not 255.
func seiNumber(b []byte) (n int, rest []byte) {
	for i, c := range b {
		n += int(c)
		if c < 255 {
			return n, b[i+1:]
		}
	}
	return n, nil
}
