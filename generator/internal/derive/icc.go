package derive

import "encoding/binary"

// maxProfile bounds a colour profile; those of scanners take up to about 2 MiB.
const maxProfile = 4 << 20

// segmentRoom is what one APP2 segment holds beside its length, label and numbers.
const segmentRoom = 0xffff - 2 - len(iccLabel) - 2

// fitting returns profile if it is well formed (ICC.1, section 7.2: size, colour space,
// signature "acsp") and describes the channels we write; else nil, since a profile of another
// colour space would spoil the picture.
func fitting(profile []byte, gray bool) []byte {
	const headerSize = 128
	if len(profile) < headerSize || string(profile[36:40]) != "acsp" {
		return nil
	}
	n := int(binary.BigEndian.Uint32(profile))
	if n < headerSize || n > len(profile) || n > 255*segmentRoom {
		return nil
	}
	space := "RGB "
	if gray {
		space = "GRAY"
	}
	if string(profile[16:20]) != space {
		return nil
	}
	return profile[:n]
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
