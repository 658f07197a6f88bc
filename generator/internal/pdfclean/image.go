package pdfclean

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// picture is the data of an image without what it says besides. Filters that pack no
// file of their own hold pixels alone.
func (d *document) picture(s *stream) ([]byte, error) {
	filters := d.filters(s)
	strip := map[name]func([]byte) ([]byte, bool){"DCTDecode": stripJPEG, "JPXDecode": stripJPEG2000}
	if len(filters) == 0 || strip[filters[len(filters)-1]] == nil {
		return s.body, nil
	}
	if len(filters) > 1 { // a JPEG that was packed once more: nobody needs that
		return nil, unknownFilter()
	}
	if out, ok := strip[filters[0]](s.body); ok {
		return out, nil
	}
	return nil, fault("ảnh trong PDF bị hỏng", "an image in the PDF is damaged")
}

// wholeInline refuses an image in content that holds more than is shown of it, or, as a
// JPEG, says something besides.
func (d *document) wholeInline(s *stream, spaces dict) error {
	if f := d.filters(s); len(f) == 1 && f[0] == "DCT" {
		s.dict["Filter"] = name("DCTDecode")
	}
	if err := d.excessive(s, spaces); err != nil {
		return err
	}
	if body, err := d.picture(s); err != nil || len(body) != len(s.body) {
		return excess()
	}
	return nil
}

// The markers of a JPEG (ITU-T T.81, table B.1).
const (
	markSOI   = 0xd8
	markEOI   = 0xd9
	markSOS   = 0xda
	markRST0  = 0xd0
	markRST7  = 0xd7
	markAPP0  = 0xe0
	markAPP14 = 0xee
	markAPP15 = 0xef
	markCOM   = 0xfe
	markTEM   = 0x01
)

// stripJPEG leaves out of a JPEG all segments of programs and comments, and what lies
// behind its end. The two that say how its colours are meant stay, one without its
// thumbnail (ITU-T T.871, T.872).
func stripJPEG(b []byte) (out []byte, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1] != markSOI {
		return nil, false
	}
	out = append(out, b[:2]...)
	for at := 2; ; {
		for at < len(b) && b[at] != 0xff { // what lies between segments means nothing
			at++
		}
		for at < len(b) && b[at] == 0xff {
			at++
		}
		if at >= len(b) {
			return nil, false
		}
		mark := b[at]
		at++
		if mark == markEOI {
			return append(out, 0xff, markEOI), true
		}
		if mark >= markRST0 && mark <= markRST7 || mark == markTEM || mark == 0 {
			continue
		}
		if at+2 > len(b) {
			return nil, false
		}
		n := int(binary.BigEndian.Uint16(b[at:]))
		if n < 2 || at+n > len(b) {
			return nil, false
		}
		out = appendSegment(out, mark, b[at+2:at+n])
		at += n
		if mark == markSOS {
			end := scanEnd(b, at)
			out = append(out, b[at:end]...)
			if at = end; at == len(b) { // it ends too early, as many do: viewers draw what there is
				return append(out, 0xff, markEOI), true
			}
		}
	}
}

const (
	jfif  = "JFIF\x00"
	adobe = "Adobe"
)

// appendSegment appends a segment that the picture needs, or a part of it.
func appendSegment(out []byte, mark byte, body []byte) []byte {
	const jfifHead, adobeHead = 14, 12 // bytes
	switch {
	case mark == markAPP0 && bytes.HasPrefix(body, []byte(jfif)) && len(body) >= jfifHead:
		body = slices.Clone(body[:jfifHead])
		body[jfifHead-2], body[jfifHead-1] = 0, 0 // the size of its thumbnail
	case mark == markAPP14 && bytes.HasPrefix(body, []byte(adobe)) && len(body) >= adobeHead:
		body = body[:adobeHead]
	case mark >= markAPP0 && mark <= markAPP15, mark == markCOM:
		return out
	}
	out = append(out, 0xff, mark)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(out, body...)
}

// scanEnd is where the data of a scan end.
func scanEnd(b []byte, at int) int {
	for ; at+1 < len(b); at++ {
		if m := b[at+1]; b[at] == 0xff && m != 0 && m != 0xff && (m < markRST0 || m > markRST7) {
			return at
		}
	}
	return len(b)
}

// stripJPEG2000 leaves out of a JP2 file all boxes but those of the picture, and out of
// the codestream its comments (ITU-T T.800, annexes A and I).
func stripJPEG2000(b []byte) (out []byte, ok bool) {
	if bytes.HasPrefix(b, []byte{0xff, 0x4f}) {
		return stripCodestream(b)
	}
	for len(b) > 0 {
		kind, body, rest, ok := cutBox(b)
		if !ok {
			return nil, false
		}
		switch kind {
		case "jP  ", "ftyp":
			out = append(out, b[:len(b)-len(rest)]...)
		case "jp2h":
			out = appendBox(out, kind, colourBoxes(body))
		case "jp2c":
			if body, ok = stripCodestream(body); !ok {
				return nil, false
			}
			return appendBox(out, kind, body), true
		}
		b = rest
	}
	return nil, false
}

// colourBoxes are those of the header that say how the picture is drawn.
func colourBoxes(b []byte) (out []byte) {
	for len(b) > 0 {
		kind, body, rest, ok := cutBox(b)
		if !ok {
			return out
		}
		if slices.Contains([]string{"ihdr", "bpcc", "colr", "pclr", "cmap", "cdef"}, kind) {
			out = appendBox(out, kind, body)
		}
		b = rest
	}
	return out
}

func cutBox(b []byte) (kind string, body, rest []byte, ok bool) {
	if len(b) < 8 {
		return "", nil, nil, false
	}
	n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
	switch {
	case n == 0:
		n = uint64(len(b))
	case n == 1 && len(b) >= 16:
		n, head = binary.BigEndian.Uint64(b[8:]), 16
	}
	if n < head || n > uint64(len(b)) {
		return "", nil, nil, false
	}
	return string(b[4:8]), b[head:n], b[n:], true
}

func appendBox(out []byte, kind string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)+8))
	return append(append(out, kind...), body...)
}

// The markers of a codestream of JPEG 2000 (ITU-T T.800, table A.2).
const (
	markSIZ = 0x51 // the first segment
	markSOT = 0x90 // of the first tile: the header ends
	markJ2C = 0x64 // a comment
)

// stripCodestream leaves out the comments of the header.
func stripCodestream(b []byte) (out []byte, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1] != 0x4f || b[3] != markSIZ {
		return nil, false
	}
	out = append(out, b[:2]...)
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		if b[at+1] == markSOT {
			return append(out, b[at:]...), true
		}
		n := 2 + int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 4 || at+n > len(b) {
			return nil, false
		}
		if b[at+1] != markJ2C {
			out = append(out, b[at:at+n]...)
		}
		at += n
	}
	return nil, false
}
