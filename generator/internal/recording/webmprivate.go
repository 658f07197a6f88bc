package recording

import "bytes"

// private keeps of what a track has for its decoder the part that is known.
func (m *webmFile) private(t webmTrack) {
	e := t.private
	if e.size == 0 {
		if t.codec == "A_VORBIS" || t.codec == "A_OPUS" {
			m.fail(short(WebM))
		}
		return
	}
	switch t.codec {
	case "A_VORBIS":
		m.vorbisPrivate(e)
	case "A_OPUS":
		if e.size > 19+2+255 || opusHead(m.s.bytes(e.body(), e.size)) != int(e.size) {
			m.fail(broken(WebM, "phần đầu của Opus không đúng", "the header of Opus is wrong"))
		}
	case "V_AV1":
		if e.size < 4 || !m.s.obus(m.r, e.body()+4, e.end()) {
			m.fail(broken(WebM, "mô tả mã hoá không đúng", "a description of a codec is wrong"))
		}
	default: // VP8 has none, and that of VP9 says what its pictures say
		m.void(e.at, e.head+e.size)
	}
}

// vorbisPrivate blanks the comment among the headers of Vorbis, which stand
// behind two lengths in the lacing of Xiph.
func (m *webmFile) vorbisPrivate(e element) {
	if e.size > maxComment {
		m.fail(tooLarge("phần chú thích của tệp WebM", "the comment of the WebM file"))
		return
	}
	b := m.s.bytes(e.body(), e.size)
	first, second, at := xiphLengths(b)
	from := at + first
	if len(b) == 0 || b[0] != 2 || from+second > len(b) || !bytes.HasPrefix(b[from:], []byte("\x03vorbis")) {
		m.fail(short(WebM))
		return
	}
	put := blankComment(b[from : from+second])
	if put == nil {
		m.fail(short(WebM))
	}
	m.r.replace(e.body()+int64(from), put)
}
