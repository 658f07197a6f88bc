package filetext

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Photoshop image resources that hold text (Adobe, Photoshop File Formats,
// image resource IDs).
const (
	resourceCaption = 0x03f0
	resourceIPTC    = 0x0404
	resourceEXIF    = 0x0422
	resourceEXIF3   = 0x0423
	resourceXMP     = 0x0424
)

// noTextResources are the thumbnails, old and new, and the colour profile.
var noTextResources = map[uint16]bool{0x0409: true, 0x040c: true, 0x040f: true}

// photoshop reads image resources: a signature, a number, a name, a length and
// the data, names and data being of even length. Others than those that are
// known are read as text, since a program may have put a note into one.
func (f *file) photoshop(b []byte) {
	for len(b) >= 12 && f.step() {
		id, name := binary.BigEndian.Uint16(b[4:]), 1+int(b[6])
		head := 6 + name + name%2
		if string(b[:4]) != "8BIM" || len(b) < head+4 {
			f.miss(damaged("Photoshop"))
			return
		}
		f.tell("Photoshop", b[7:6+name])
		n := int64(binary.BigEndian.Uint32(b[head:]))
		b = b[head+4:]
		if n > int64(len(b)) {
			f.miss(damaged("Photoshop"))
			return
		}
		f.resource(id, b[:n])
		b = b[min(n+n%2, int64(len(b))):]
	}
}

func (f *file) resource(id uint16, b []byte) {
	switch id {
	case resourceIPTC:
		f.iptc(b)
	case resourceEXIF, resourceEXIF3:
		f.exif(b)
	case resourceXMP:
		f.xmp(b)
	case resourceCaption:
		f.tell("Photoshop Caption", b)
	default:
		if noTextResources[id] {
			return
		}
		f.tell(fmt.Sprintf("Photoshop 0x%04X", id), b)
	}
}

// datasets are the names of the IPTC datasets in which people write (IPTC-IIM
// 4.2, chapter 6).
var datasets = map[[2]byte]string{
	{2, 5}: "Title", {2, 7}: "Edit Status", {2, 15}: "Category", {2, 20}: "Supplemental Category", {2, 25}: "Keywords", {2, 40}: "Instructions",
	{2, 55}: "Date Created", {2, 80}: "By-line", {2, 85}: "By-line Title", {2, 90}: "City", {2, 101}: "Country", {2, 103}: "Transmission Reference",
	{2, 105}: "Headline", {2, 110}: "Credit", {2, 115}: "Source", {2, 116}: "Copyright", {2, 118}: "Contact", {2, 120}: "Caption", {2, 122}: "Caption Writer",
}

// iptc reads datasets: a mark, the numbers of record and dataset, a length, the
// value. A length of more than 32767 tells how many bytes its own length has
// (IPTC-IIM 4.2, 1.6).
func (f *file) iptc(b []byte) {
	for len(b) >= 5 && b[0] == 0x1c && f.step() {
		key := [2]byte{b[1], b[2]}
		n := int64(binary.BigEndian.Uint16(b[3:]))
		b = b[5:]
		if n > 0x7fff {
			wide := int(n & 0x7fff)
			if wide > 4 || len(b) < wide {
				break
			}
			n = 0
			for _, c := range b[:wide] {
				n = n<<8 | int64(c)
			}
			b = b[wide:]
		}
		if n > int64(len(b)) {
			f.miss(damaged("IPTC"))
			return
		}
		f.tell(strings.TrimSpace(fmt.Sprintf("IPTC %d:%d %s", key[0], key[1], datasets[key])), b[:n])
		b = b[n:]
	}
	if len(b) > 0 && b[0] != 0 {
		f.miss(damaged("IPTC"))
	}
}
