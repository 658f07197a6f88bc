package generator_test

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// The recordings of tests are made here, of as little as is taken for one. What a
// tool would write about them says the words that it is given; what they play
// comes from another text.

// soundFile is an MP3 file: two tags that say something, and silence between
// them, with a text at the end of its second frame, where no decoder looks.
func soundFile(says, plays string) []byte {
	const size = 417 // of a frame: 128 kbit/s, 44.1 kHz
	title := "\x00" + says
	frame := append([]byte("TIT2"), binary.BigEndian.AppendUint32(nil, uint32(len(title)))...)
	frame = append(append(frame, 0, 0), title...)
	n := len(frame)
	out := append([]byte{'I', 'D', '3', 3, 0, 0, byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)}, frame...)
	for i := range 40 {
		f := make([]byte, size)
		copy(f, "\xff\xfb\x90\xc4")
		if i == 1 {
			copy(f[size-len(plays):], plays)
		}
		out = append(out, f...)
	}
	tag := make([]byte, 128)
	copy(tag, "TAG"+says)
	return append(out, tag...)
}

// filmFile is a WebM file of one grey picture, with tags, an attachment and a
// track of subtitles that say something.
func filmFile(says, plays string) []byte {
	e := func(id uint64, body ...[]byte) []byte {
		name := bytes.TrimLeft(binary.BigEndian.AppendUint64(nil, id), "\x00")
		all := bytes.Join(body, nil)
		return append(binary.BigEndian.AppendUint64(name, 1<<56|uint64(len(all))), all...)
	}
	text, num := func(s string) []byte { return []byte(s) }, func(n byte) []byte { return []byte{n} }
	vp8 := append([]byte("\x10\x02\x00\x9d\x01\x2a\x20\x00\x18\x00"), strings.Repeat("\x00", 40)+plays...)
	return bytes.Join([][]byte{
		e(0x1a45dfa3, e(0x4282, text("webm")), e(0x4287, num(2)), e(0x4285, num(2))),
		e(0x18538067,
			e(0x1549a966, e(0x2ad7b1, []byte{0x0f, 0x42, 0x40}), e(0x4489, []byte{0x45, 0x1c, 0x40, 0x00}), e(0x7ba9, text(says)), e(0x4d80, text(says)), e(0x5741, text(says))),
			e(0x1654ae6b,
				e(0xae, e(0xd7, num(1)), e(0x73c5, num(1)), e(0x83, num(1)), e(0x86, text("V_VP8")), e(0x536e, text(says)), e(0xe0, e(0xb0, num(32)), e(0xba, num(24)))),
				e(0xae, e(0xd7, num(2)), e(0x73c5, num(2)), e(0x83, num(17)), e(0x86, text("S_TEXT/UTF8")), e(0x536e, text(says)))),
			e(0x1941a469, e(0x61a7, e(0x466e, text(says)), e(0x4660, text("text/plain")), e(0x465c, text(says)), e(0x46ae, num(9)))),
			e(0x1f43b675, e(0xe7, num(0)), e(0xa3, append([]byte{0x81, 0, 0, 0x80}, vp8...)), e(0xa3, append([]byte{0x82, 0, 1, 0}, says...))),
			e(0x1254c367, e(0x7373, e(0x67c8, e(0x45a3, text("TITLE")), e(0x4487, text(says)))))),
	}, nil)
}
