package derive

import "encoding/binary"

// maxWebPPixelsPerByte bounds what is believed of a WebP file: an empty page compresses very
// well, but no scan comes near.
const maxWebPPixelsPerByte = 50_000

// probeWebP walks the chunks of the RIFF container.
func probeWebP(s *source) (header, error) {
	h := header{Info: Info{Format: "webp"}, orientation: 1}
	end := int64(8)
	if b := s.bytes(4, 4); b != nil {
		end += int64(binary.LittleEndian.Uint32(b))
	}
	if end > s.size {
		return h, cut("WebP")
	}
	canvasW, canvasH := 0, 0
	for off, i := int64(12), 0; i < maxChunks && off+8 <= end; i++ {
		b := s.bytes(off, 8)
		n, body := int64(binary.LittleEndian.Uint32(b[4:])), off+8
		if body+n > s.size {
			return h, cut("WebP")
		}
		switch string(b[:4]) {
		case "VP8X":
			if b := s.bytes(body, 10); b != nil {
				canvasW, canvasH = 1+uint24(b[4:]), 1+uint24(b[7:])
			}
		case "ANIM", "ANMF":
			return h, unsupported("WebP động", "animated WebP")
		case "ICCP":
			h.profile = s.bytes(body, min(n, maxProfile))
		case "EXIF":
			h.orientation = exifOrientation(s.bytes(body, min(n, maxExif)))
		case "VP8 ":
			h.Width, h.Height, h.videoRange = lossySize(s.bytes(body, 10))
		case "VP8L":
			h.Width, h.Height = losslessSize(s.bytes(body, 5))
		}
		off = body + n + n&1
	}
	return h, h.checkWebP(s.size, canvasW, canvasH)
}

func (h *header) checkWebP(size int64, canvasW, canvasH int) error {
	pixels := int64(h.Width) * int64(h.Height)
	switch {
	case pixels == 0:
		return broken("WebP", "không có dữ liệu ảnh", "it holds no image")
	case canvasW != 0 && (canvasW != h.Width || canvasH != h.Height):
		return lies("WebP", "khung và ảnh khác kích thước", "canvas and image differ")
	case pixels/maxWebPPixelsPerByte > size:
		return tooFewBytes("WebP", h.Width, h.Height)
	}
	h.need = 9 * pixels // lossless: picture, transform, what is drawn from them
	if h.videoRange {
		h.need = 7 * pixels // planes, alpha, our planes
	}
	return nil
}

// lossySize reads a VP8 key frame header (RFC 6386, section 9.1).
func lossySize(b []byte) (w, h int, ok bool) {
	if b == nil || b[0]&1 != 0 || string(b[3:6]) != "\x9d\x01\x2a" {
		return 0, 0, false
	}
	return int(binary.LittleEndian.Uint16(b[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(b[8:]) & 0x3fff), true
}

// losslessSize reads a VP8L header: a signature, then 14 bits each of width and height less one.
func losslessSize(b []byte) (w, h int) {
	if b == nil || b[0] != 0x2f {
		return 0, 0
	}
	bits := binary.LittleEndian.Uint32(b[1:])
	return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
