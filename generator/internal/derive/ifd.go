package derive

import (
	"bytes"
	"context"
	"encoding/binary"
)

const maxExif = 1 << 20

const tagOrientation = 274

// maxEntries bounds one directory; real ones have a few dozen entries.
const maxEntries = 1024

// typeSize is the length of one value of each TIFF field type (TIFF 6.0, section 2).
var typeSize = [...]int64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}

// directory is one image file directory of a TIFF file or of EXIF data.
type directory struct {
	src     *source
	at      int64
	order   binary.ByteOrder
	entries map[uint16][]byte // the ten bytes after the tag: type, count, value or offset
	next    int64             // where the next directory lies, or 0
}

// firstDirectory reads the header of TIFF data and its first directory.
func firstDirectory(s *source) (*directory, bool) {
	b := s.bytes(0, 8)
	if b == nil {
		return nil, false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	return readDirectory(s, order, int64(order.Uint32(b[4:])))
}

func readDirectory(s *source, order binary.ByteOrder, off int64) (*directory, bool) {
	b := s.bytes(off, 2)
	if b == nil {
		return nil, false
	}
	n := int64(order.Uint16(b))
	b = s.bytes(off+2, 12*n)
	if n == 0 || n > maxEntries || b == nil {
		return nil, false
	}
	d := &directory{src: s, at: off, order: order, entries: make(map[uint16][]byte, n)}
	for ; len(b) > 0; b = b[12:] {
		if tag := order.Uint16(b); d.entries[tag] == nil {
			d.entries[tag] = b[2:12]
		}
	}
	if b := s.bytes(off+2+12*n, 4); b != nil {
		d.next = int64(order.Uint32(b))
	}
	return d, true
}

// raw gives up to most values of a field, undecoded; nil if absent or outside the file.
func (d *directory) raw(tag uint16, most int64) (b []byte, typ uint16) {
	e := d.entries[tag]
	if e == nil {
		return nil, 0
	}
	typ = d.order.Uint16(e)
	if int(typ) >= len(typeSize) || typ == 0 {
		return nil, 0
	}
	count := int64(d.order.Uint32(e[2:]))
	size := typeSize[typ]
	if n := count * size; n <= 4 {
		return e[6 : 6+n], typ
	}
	return d.src.bytes(int64(d.order.Uint32(e[6:])), min(count, most)*size), typ
}

// ints gives up to most values of a field of whole numbers.
func (d *directory) ints(tag uint16, most int64) []uint32 {
	b, typ := d.raw(tag, most)
	size := 1
	switch typ {
	case 3:
		size = 2
	case 4:
		size = 4
	case 1:
	default:
		return nil
	}
	out := make([]uint32, len(b)/size)
	for i := range out {
		switch typ {
		case 1:
			out[i] = uint32(b[i])
		case 3:
			out[i] = uint32(d.order.Uint16(b[2*i:]))
		default:
			out[i] = d.order.Uint32(b[4*i:])
		}
	}
	return out
}

// number gives the first value of a field, or otherwise.
func (d *directory) number(tag uint16, otherwise uint32) uint32 {
	if v := d.ints(tag, 1); len(v) > 0 {
		return v[0]
	}
	return otherwise
}

// exifOrientation finds how an image must be turned; 1 (upright) where nothing usable is said.
func exifOrientation(exif []byte) int {
	exif = bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
	if !hasPrefix(exif, "II*\x00") && !hasPrefix(exif, "MM\x00*") {
		return 1
	}
	s := &source{ctx: context.Background(), r: bytes.NewReader(exif), size: int64(len(exif))}
	d, ok := firstDirectory(s)
	if !ok {
		return 1
	}
	return int(d.number(tagOrientation, 1))
}
