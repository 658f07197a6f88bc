package recording

// The OBUs of AV1 (AV1 Bitstream & Decoding Process Specification, sections 5.3 and 6.2.2).
const (
	obuSequence, obuDelimiter, obuFrameHeader = 1, 2, 3
	obuTiles, obuMetadata, obuFrame           = 4, 5, 6
	obuPadding                                = 15
)

// obus makes padding of the OBUs of a stretch that show nothing: metadata but for those of
// brightness and colour (section 6.7.1), copies of a header, tile lists, reserved types. It is false
// where they do not fill the stretch.
func (s *source) obus(r *Recording, at, end int64) bool {
	for at < end {
		b := s.bytes(at, min(10, end-at))
		if b == nil || b[0]&0x80 != 0 {
			return false
		}
		head := 1 + int64(b[0]>>2&1)
		if head == 2 && (len(b) < 2 || b[1]>>3&3 > 0) { // a layer of more dots: one of them is not shown
			return false
		}
		n, wide := end-at-head, int64(0)
		if b[0]&2 != 0 && int64(len(b)) > head {
			if n, wide = leb128(b[head:]); wide == 0 {
				return false
			}
		}
		if n < 0 || n > end-at-head-wide {
			return false
		}
		head += wide
		if kind := b[0] >> 3; !s.obuStays(kind, at+head, n) {
			padding := append([]byte{obuPadding<<3 | b[0]&6}, b[1:head]...)
			r.shape(at, head+n, form{head: string(padding), foot: "\x80"})
		}
		at += head + n
	}
	return true
}

// obuStays reports whether an OBU is kept, whose n bytes of payload are at an offset.
func (s *source) obuStays(kind byte, at, n int64) bool {
	switch kind {
	case obuSequence, obuFrameHeader, obuTiles, obuFrame:
		return true
	case obuDelimiter:
		return n == 0
	case obuMetadata:
		b := s.bytes(at, min(1, n))
		return len(b) == 1 && (b[0] == 1 && n == 1+4+1 || b[0] == 2 && n == 1+24+1) // light level, mastering display
	}
	return false
}

// leb128 is a number of variable length (section 4.10.5), and how many bytes it has, 0 for none.
func leb128(b []byte) (n, wide int64) {
	for i, c := range b[:min(len(b), 5)] {
		n |= int64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return n, int64(i) + 1
		}
	}
	return 0, 0
}
