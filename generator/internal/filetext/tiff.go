package filetext

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// Fields of TIFF and EXIF that lead on, or hold a format of their own.
const (
	tagXMP       = 700
	tagSubIFDs   = 330
	tagIPTC      = 33723
	tagPhotoshop = 34377
	tagEXIF      = 34665
	tagGPS       = 34853
	tagInterop   = 40965
)

// noText are fields that hold numbers alone, though their type allows text:
// the tables of JPEG, the colour profile, the layers of Photoshop.
var noText = map[uint16]bool{347: true, 34675: true, 37724: true}

// fieldNames are those of the fields in which people and programs write.
var fieldNames = map[uint16]string{
	269: "DocumentName", 270: "ImageDescription", 271: "Make", 272: "Model", 285: "PageName", 305: "Software", 306: "DateTime", 315: "Artist", 316: "HostComputer",
	33432: "Copyright", 37510: "UserComment", 40091: "XPTitle", 40092: "XPComment", 40093: "XPAuthor", 40094: "XPKeywords", 40095: "XPSubject",
	42016: "ImageUniqueID", 42032: "CameraOwnerName", 37500: "MakerNote",
}

// typeSize is the length of one value of each field type (TIFF 6.0, section 2;
// 13 is an offset, of TIFF Technical Note 1; 129 is UTF-8, of Exif 3.0).
var typeSize = map[uint16]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}

// exif reads TIFF data that lie within another file.
func (f *file) exif(b []byte) {
	b = bytes.TrimPrefix(b, []byte("Exif\x00\x00"))
	f.tiff(bytes.NewReader(b), int64(len(b)))
}

// directories walks the directories of TIFF data.
type directories struct {
	*file
	src  io.ReaderAt
	size int64
	order
	todo []int64
	seen map[int64]bool
}

type order = binary.ByteOrder

// tiff reads every directory that can be reached, each once.
func (f *file) tiff(src io.ReaderAt, size int64) {
	head := bytesAt(src, size, 0, 8)
	d := &directories{file: f, src: src, size: size, seen: map[int64]bool{0: true}}
	switch {
	case hasPrefix(head, "II*\x00"):
		d.order = binary.LittleEndian
	case hasPrefix(head, "MM\x00*"):
		d.order = binary.BigEndian
	default:
		f.miss(damaged("TIFF/EXIF"))
		return
	}
	d.todo = []int64{int64(d.Uint32(head[4:]))}
	for len(d.todo) > 0 && f.step() {
		at := d.todo[0]
		if d.todo = d.todo[1:]; !d.seen[at] {
			d.seen[at] = true
			d.directory(at)
		}
	}
}

// directory reads the fields of one directory, and notes those it leads to.
func (d *directories) directory(at int64) {
	head := bytesAt(d.src, d.size, at, 2)
	if head == nil {
		d.miss(damaged("TIFF/EXIF"))
		return
	}
	n := int64(d.Uint16(head))
	fields := bytesAt(d.src, d.size, at+2, 12*n)
	if fields == nil {
		d.miss(damaged("TIFF/EXIF"))
		return
	}
	for ; len(fields) > 0 && d.step(); fields = fields[12:] {
		d.field(fields[:12])
	}
	if next := bytesAt(d.src, d.size, at+2+12*n, 4); next != nil {
		d.todo = append(d.todo, int64(d.Uint32(next)))
	}
}

// field reads one field: a tag, a type, a count, and the value or where it lies.
func (d *directories) field(b []byte) {
	tag, typ := d.Uint16(b), d.Uint16(b[2:])
	switch typ {
	case 1, 2, 6, 7, 129:
	case 4, 13:
		if tag != tagIPTC && tag != tagXMP && tag != tagPhotoshop {
			d.lead(tag, typ, b)
			return
		}
	default:
		return
	}
	if noText[tag] {
		return
	}
	value := d.value(b, typ)
	switch tag {
	case tagXMP:
		d.xmp(value)
	case tagIPTC:
		d.iptc(value)
	case tagPhotoshop:
		d.photoshop(value)
	default:
		name := fieldNames[tag]
		if name == "" {
			name = fmt.Sprintf("0x%04X", tag)
		}
		d.tell("EXIF/TIFF "+name, value)
	}
}

// lead notes the directories that a field points to.
func (d *directories) lead(tag, typ uint16, b []byte) {
	switch tag {
	case tagSubIFDs, tagEXIF, tagGPS, tagInterop:
	default:
		return
	}
	for v := d.value(b, typ); len(v) >= 4 && d.step(); v = v[4:] {
		d.todo = append(d.todo, int64(d.Uint32(v)))
	}
}

// value is that of a field, nil where it lies outside or is too large.
func (d *directories) value(b []byte, typ uint16) []byte {
	n := int64(d.Uint32(b[4:])) * typeSize[typ]
	if n <= 4 {
		return b[8 : 8+n]
	}
	if !d.take(n) {
		return nil
	}
	v := bytesAt(d.src, d.size, int64(d.Uint32(b[8:])), n)
	if v == nil {
		d.miss(damaged("TIFF/EXIF"))
	}
	return v
}
