package recording

import (
	"bytes"
	"slices"
)

// maxCrop is how many units of one or two dots an edge may be moved in: encoders fill up
// to a whole block, which is 64 dots wide at the most.
const maxCrop = 32

// maxSequence is how many bytes of a set of parameters of a sequence are read: the edges stand in front.
const maxSequence = 1 << 10

// cropped reports whether a set of parameters of a sequence hides more of each picture than fills up a block;
// ok is false where it cannot be read.
func (c *nalCodec) cropped(unit []byte) (hides, ok bool) {
	b := &bitReader{b: bytes.ReplaceAll(unit, []byte{0, 0, 3}, []byte{0, 0})}
	b.bits(8 * int(c.head))
	c.toEdges(b)
	if b.flag() {
		for range 4 {
			hides = hides || b.golomb() > maxCrop
		}
	}
	return hides, !b.over || hides
}

// highProfiles are those of H.264 whose sets tell of colours (section 7.3.2.1.1).
var highProfiles = []uint32{100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}

// avcEdges goes to the flag of the edges (ITU-T H.264, section 7.3.2.1.1).
func avcEdges(b *bitReader) {
	profile := b.bits(8)
	b.bits(16)
	b.golomb()
	if slices.Contains(highProfiles, profile) {
		lists := 8
		if b.golomb() == 3 { // the kind of colours
			lists = 12
			b.flag()
		}
		b.golombs(2)
		if b.flag(); b.flag() {
			scalingLists(b, lists)
		}
	}
	b.golomb()
	switch b.golomb() { // how the order of pictures is told
	case 0:
		b.golomb()
	case 1:
		b.flag()
		b.golombs(2)
		for n := b.golomb(); n > 0 && !b.over; n-- {
			b.golomb()
		}
	}
	b.golomb()
	b.flag()
	b.golombs(2) // width, height
	if !b.flag() {
		b.flag()
	}
	b.flag()
}

// scalingLists passes over the lists of a set (section 7.3.2.1.1.1).
func scalingLists(b *bitReader, lists int) {
	for i := range lists {
		if !b.flag() {
			continue
		}
		last, next, size := int64(8), int64(8), 16
		if i >= 6 {
			size = 64
		}
		for range size {
			if next != 0 {
				n := int64(b.golomb())
				delta := (n + 1) / 2
				if n%2 == 0 {
					delta = -n / 2
				}
				next = (last + delta + 256) % 256
			}
			if next != 0 {
				last = next
			}
		}
	}
}

// hevcEdges goes to the flag of the edges (ITU-T H.265, sections 7.3.2.2.1 and 7.3.3).
func hevcEdges(b *bitReader) {
	b.bits(4)
	layers := int(b.bits(3))
	b.bits(1 + 96)
	skip := 0
	for range layers {
		if b.flag() {
			skip += 88
		}
		if b.flag() {
			skip += 8
		}
	}
	if layers > 0 {
		skip += 2 * (8 - layers)
	}
	b.bits(skip)
	b.golomb()
	if b.golomb() == 3 {
		b.flag()
	}
	b.golombs(2) // width, height
}

// croppedAway tells of pictures that are larger than what is shown of them.
func croppedAway() *Error {
	return hidden("hình trong tệp rộng hơn phần được chiếu; phần ngoài khung vẫn nằm trong tệp, sẽ ra ngoài mà không ai thấy",
		"the pictures of the file are larger than what is shown of them; what lies beyond the edge goes out unseen", anew(true))
}
