package derive

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// maxProfile bounds a colour profile; those of scanners take up to about 2 MiB.
const maxProfile = 4 << 20

// segmentRoom is what one APP2 segment holds beside its length, label and numbers.
const segmentRoom = 0xffff - 2 - len(iccLabel) - 2

// A profile begins with a header of fixed size and the number of its tags (ICC.1:2022, 7.2 and 7.3).
const (
	iccHeader  = 128
	iccTagSize = 12
	maxTags    = 100
)

// fitting returns what profile says of colours if it is well formed (ICC.1, section 7.2: size,
// colour space, signature "acsp") and describes the channels we write; else nil, since a profile
// of another colour space would spoil the picture.
func fitting(profile []byte, gray bool) []byte {
	if len(profile) < iccHeader+4 || string(profile[36:40]) != "acsp" {
		return nil
	}
	n := int(binary.BigEndian.Uint32(profile))
	if n < iccHeader+4 || n > len(profile) || n > 255*segmentRoom {
		return nil
	}
	space := "RGB "
	if gray {
		space = "GRAY"
	}
	if string(profile[16:20]) != space {
		return nil
	}
	return colourOnly(profile[:n])
}

// iccTag is one part of a profile.
type iccTag struct {
	name string
	data []byte
}

// colourTags are the parts that say how colours look (ICC.1:2022, 9.2). The others name devices,
// programs and people, or hold anything at all.
var colourTags = []string{"wtpt", "bkpt", "chad", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC", "A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2"}

// colourOnly rewrites a profile with the parts that say how colours look and nothing else; nil
// where it does not say that.
func colourOnly(profile []byte) []byte {
	count := int(binary.BigEndian.Uint32(profile[iccHeader:]))
	if count > maxTags || len(profile) < iccHeader+4+count*iccTagSize {
		return nil
	}
	var kept []iccTag
	for i := range count {
		row := profile[iccHeader+4+i*iccTagSize:]
		at, size := uint64(binary.BigEndian.Uint32(row[4:])), uint64(binary.BigEndian.Uint32(row[8:]))
		if at+size > uint64(len(profile)) {
			return nil
		}
		name := string(row[:4])
		if data := colourData(profile[at : at+size]); data != nil && slices.Contains(colourTags, name) {
			kept = append(kept, iccTag{name, data})
		}
	}
	if !slices.ContainsFunc(kept, func(t iccTag) bool { return t.name == "rXYZ" || t.name == "kTRC" || t.name == "A2B0" }) {
		return nil
	}
	return iccProfile(profile, append(kept, described(profile[8])...))
}

// colourData is a part in one of the forms that hold numbers (ICC.1:2022, 10), without what may
// lie behind them; nil for any other.
func colourData(data []byte) []byte {
	if len(data) < 12 {
		return nil
	}
	size := len(data)
	switch count := int(binary.BigEndian.Uint32(data[8:])); string(data[:4]) {
	case "XYZ ":
		size = 20
	case "sf32":
		size = 8 + 9*4
	case "curv":
		size = 12 + 2*min(count, len(data))
	case "para": // one to seven numbers, by the kind of curve
		size = 12 + 4*[]int{1, 3, 4, 5, 7}[min(count>>16, 4)]
	case "mft1", "mft2", "mAB ", "mBA ":
	default:
		return nil
	}
	if size > len(data) {
		return nil
	}
	return data[:size]
}

// described are the two texts that every profile must have: they say nothing. They are of other
// forms from version 4 on.
func described(version byte) []iccTag {
	const said = "-"
	if version >= 4 {
		text := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS\x00\x00\x00\x02\x00\x00\x00\x1c\x00" + said)
		return []iccTag{{"desc", text}, {"cprt", text}}
	}
	const unicodeAndScript = 4 + 4 + 2 + 1 + 67 // both empty
	desc := append([]byte("desc\x00\x00\x00\x00\x00\x00\x00\x02"+said+"\x00"), make([]byte, unicodeAndScript)...)
	return []iccTag{{"desc", desc}, {"cprt", []byte("text\x00\x00\x00\x00" + said + "\x00")}}
}

// iccProfile puts parts together under what the header of old says of colours: version, class,
// spaces, rendering intent and illuminant. It names no device and no day.
func iccProfile(old []byte, tags []iccTag) []byte {
	out := make([]byte, iccHeader, len(old))
	for _, field := range [][2]int{{8, 24}, {36, 40}, {64, 80}} {
		copy(out[field[0]:field[1]], old[field[0]:field[1]])
	}
	copy(out[24:], []byte{0x07, 0xd0, 0, 1, 0, 1}) // the first of January 2000: the date may not be absent
	out = binary.BigEndian.AppendUint32(out, uint32(len(tags)))
	at := len(out) + len(tags)*iccTagSize
	var data []byte
	for _, t := range tags {
		from := bytes.Index(data, t.data) // the curves of three colours are often one
		if from < 0 || from%4 != 0 {
			from = len(data)
			data = append(data, t.data...)
			data = append(data, make([]byte, -len(data)&3)...)
		}
		out = binary.BigEndian.AppendUint32(append(out, t.name...), uint32(at+from))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.data)))
	}
	out = append(out, data...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}

// segments cuts a profile into APP2 segments (ICC.1, annex B.4).
func segments(profile []byte) []byte {
	var out []byte
	total := (len(profile) + segmentRoom - 1) / segmentRoom
	for i := range total {
		piece := profile[:min(len(profile), segmentRoom)]
		profile = profile[len(piece):]
		out = append(out, 0xff, markAPP2)
		out = binary.BigEndian.AppendUint16(out, uint16(2+len(iccLabel)+2+len(piece)))
		out = append(out, iccLabel...)
		out = append(out, byte(i+1), byte(total))
		out = append(out, piece...)
	}
	return out
}
