package filetext

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// JPEG markers of ITU-T T.81, table B.1.
const (
	markTEM   = 0x01
	markRST0  = 0xd0
	markSOI   = 0xd8
	markEOI   = 0xd9
	markSOS   = 0xda
	markAPP0  = 0xe0
	markAPP1  = 0xe1
	markAPP13 = 0xed
	markAPP15 = 0xef
	markCOM   = 0xfe
)

// What the segments of applications begin with. XMP Specification Part 3, 1.1.3.
const (
	exifLabel      = "Exif\x00"
	xmpLabel       = "http://ns.adobe.com/xap/1.0/\x00"
	extensionLabel = "http://ns.adobe.com/xmp/extension/\x00"
	photoshopLabel = "Photoshop 3.0\x00"
)

// pixelLabels begin segments that hold numbers alone.
var pixelLabels = []string{"JFIF\x00", "JFXX\x00", "ICC_PROFILE\x00", "Adobe\x00", "MPF\x00"}

// piece is a part of the extension of XMP, which is cut up into segments.
type piece struct {
	name   string // of the whole, a digest
	offset uint32
	data   []byte
}

// jpeg walks the segments before the first scan.
func (f *file) jpeg() {
	var extension []piece
	var photoshop []byte
	for off := int64(2); f.step(); {
		b := f.bytes(off, 4)
		if b == nil || b[0] != 0xff {
			f.miss(damaged("JPEG"))
			break
		}
		mark := b[1]
		if mark == 0xff { // a byte that fills
			off++
			continue
		}
		if mark == markTEM || mark >= markRST0 && mark <= markSOI { // nothing belongs to these
			off += 2
			continue
		}
		if mark == markSOS || mark == markEOI {
			break
		}
		n := int64(binary.BigEndian.Uint16(b[2:]))
		if n < 2 {
			f.miss(damaged("JPEG"))
			break
		}
		switch body := f.segment(mark, off+4, n-2); {
		case mark == markAPP1 && hasPrefix(body, extensionLabel):
			extension = append(extension, cutPiece(body[len(extensionLabel):])...)
		case mark == markAPP13 && hasPrefix(body, photoshopLabel):
			photoshop = append(photoshop, body[len(photoshopLabel):]...)
		default:
			f.application(mark, body)
		}
		off += 2 + n
	}
	f.photoshop(photoshop)
	f.extension(extension)
}

// segment reads the body of a segment that can hold text.
func (f *file) segment(mark byte, off, n int64) []byte {
	if mark != markCOM && (mark < markAPP0 || mark > markAPP15) {
		return nil
	}
	return f.block("JPEG", off, n)
}

func (f *file) application(mark byte, b []byte) {
	switch {
	case mark == markCOM:
		f.tell("JPEG COM", b)
	case mark == markAPP1 && hasPrefix(b, exifLabel) && len(b) > 6:
		f.exif(b[6:])
	case mark == markAPP1 && hasPrefix(b, xmpLabel):
		f.xmp(b[len(xmpLabel):])
	case b == nil || slices.ContainsFunc(pixelLabels, func(l string) bool { return hasPrefix(b, l) }):
	default:
		f.tell(fmt.Sprintf("JPEG APP%d", mark-markAPP0), b)
	}
}

// cutPiece reads the head of a part of an extension: a digest, the length of the
// whole, where the part belongs.
func cutPiece(b []byte) []piece {
	const head = 32 + 4 + 4
	if len(b) < head {
		return nil
	}
	return []piece{{string(b[:32]), binary.BigEndian.Uint32(b[36:]), b[head:]}}
}

// extension puts the parts of each extension in order and reads them.
func (f *file) extension(pieces []piece) {
	slices.SortStableFunc(pieces, func(a, b piece) int {
		if a.name != b.name {
			return bytes.Compare([]byte(a.name), []byte(b.name))
		}
		return int(int64(a.offset) - int64(b.offset))
	})
	for len(pieces) > 0 {
		var whole []byte
		n := 0
		for n < len(pieces) && pieces[n].name == pieces[0].name {
			whole = append(whole, pieces[n].data...)
			n++
		}
		f.xmp(whole)
		pieces = pieces[n:]
	}
}

func hasPrefix(b []byte, label string) bool { return bytes.HasPrefix(b, []byte(label)) }
