package recording

import (
	"bytes"
	"slices"
	"strings"
)

// entryFields is how long the fields of a sample entry are, in bytes from its
// beginning, before the boxes in it.
const (
	visualFields = 86
	soundFields  = 36
)

// mp4Codecs are the sample entries that browsers play, by kind of track.
var mp4Codecs = map[string][]string{
	"vide": {"avc1", "avc3", "hvc1", "hev1", "av01", "vp08", "vp09"},
	"soun": {"mp4a", "Opus", "fLaC", ".mp3", "alac"},
}

// entryBoxes are the boxes of a sample entry that say how to decode and show
// it, and what of each is kept: the others become padding. Colours by an ICC profile, which has
// texts, are not among them.
var entryBoxes = map[string]func(*mp4File, box){
	"avcC": (*mp4File).avcConfig, "hvcC": (*mp4File).hevcConfig, "av1C": (*mp4File).av1Config,
	"esds": (*mp4File).esds, "dfLa": (*mp4File).flacConfig, "dOps": (*mp4File).opusConfig, "colr": (*mp4File).colours,
	"vpcC": beginning(10), "alac": beginning(28), "pasp": beginning(8), "clap": (*mp4File).aperture, "btrt": beginning(12), "fiel": beginning(2),
}

// beginning keeps so many bytes of the body of a box and blanks the others.
func beginning(n int64) func(*mp4File, box) {
	return func(m *mp4File, b box) { m.blankBehind(b, n) }
}

// blankBehind blanks what a box holds behind so many bytes of its body.
func (m *mp4File) blankBehind(b box, n int64) {
	if b.body()+n > b.end() {
		m.fail(short(MP4))
		return
	}
	m.r.blank(b.body()+n, b.end()-b.body()-n)
}

// sampleEntries reads which codec a track has, and blanks what it is called.
func (m *mp4File) sampleEntries(b box) {
	entries, ok := m.s.boxes(b.body()+8, b.end())
	count, _ := m.s.number(b.body()+4, 4)
	if !ok || len(entries) == 0 || count != uint64(len(entries)) || m.track.kind == "" || m.track.coded { // what it is must be known by now
		m.fail(wrongEntry)
		return
	}
	m.track.coded = true
	codecs, some := mp4Codecs[m.track.kind]
	e := entries[0]
	switch {
	case !some: // the track will not stay
	case len(entries) > 1:
		m.fail(hidden("luồng MP4 có nhiều cách mã hoá; trình duyệt chỉ phát một, phần còn lại ra ngoài mà không ai thấy",
			"a track of the MP4 file is coded in several ways; browsers play one, the rest goes out unseen", anew(m.track.kind == "vide")))
	case !slices.Contains(codecs, e.kind):
		m.fail(unplayable(e.kind))
	default:
		m.r.Codecs = append(m.r.Codecs, e.kind)
		if e.kind == "hvc1" || e.kind == "hev1" {
			m.r.Rare = "HEVC (H.265)"
		}
		m.sampleEntry(e)
	}
}

var wrongEntry = broken(MP4, "mô tả mã hoá không đúng", "a description of a codec is wrong")

func (m *mp4File) sampleEntry(e box) {
	fields := int64(visualFields)
	if m.track.kind == "vide" {
		m.r.blank(e.at+16, 16) // what made it
		m.r.blank(e.at+50, 32) // the name of the compressor
		w, _ := m.s.number(e.at+32, 2)
		h, _ := m.s.number(e.at+34, 2)
		m.track.codedW, m.track.codedH = int64(w), int64(h)
		m.r.Side = max(m.r.Side, int(w), int(h))
	} else {
		version, _ := m.s.number(e.at+16, 2)
		fields = soundFields + []int64{0, 16, 36}[min(version, 2)]
		m.r.blank(e.at+18, 6) // what made it
	}
	inner, ok := m.s.boxes(e.at+fields, e.end())
	if !ok || e.head != 8 {
		m.fail(wrongEntry)
		return
	}
	var seen []string
	for _, in := range inner {
		keep := entryBoxes[in.kind]
		if keep == nil || slices.Contains(seen, in.kind) {
			m.pad(in)
			continue
		}
		seen = append(seen, in.kind)
		keep(m, in)
	}
	if (strings.HasPrefix(e.kind, "avc") || e.kind[0] == 'h') && m.track.look == nil {
		m.fail(wrongEntry)
	}
	if e.kind == "av01" {
		m.track.look = func(at, end int64) bool { return m.s.obus(m.r, at, end) }
	}
	if code := map[string]string{"av01": "AV01", "vp08": "VP80", "vp09": "VP90"}[e.kind]; m.film != nil && code != "" {
		m.film.inFrames(code, m.film.first)
	}
}

// config is the body of a box that describes a codec, nil where it is shorter than it must be.
func (m *mp4File) config(b box, least int64) []byte {
	n := b.end() - b.body()
	if n < least || n > windowSize {
		m.fail(wrongEntry)
		return nil
	}
	return bytes.Clone(m.s.bytes(b.body(), n))
}

// aperture refuses pictures of which players that heed it show a part (ISO/IEC 14496-12,
// section 12.1.4): browsers show all, and anybody else can.
func (m *mp4File) aperture(b box) {
	m.blankBehind(b, 32)
	for i, coded := range []int64{m.track.codedW, m.track.codedH} {
		n, _ := m.s.number(b.body()+int64(8*i), 4)
		d, ok := m.s.number(b.body()+int64(8*i)+4, 4)
		if !ok || d == 0 || coded-int64(n/d) > maxCrop {
			m.r.cropped = true
		}
	}
}

// avcConfig keeps the parameter sets of H.264, and the depth of its colours (ISO/IEC 14496-15, section 5.3.3.1).
// deepProfiles are those of H.264 with more than eight bits, or more colour, than players
// on telephones have: High 10, High 4:2:2, High 4:4:4 (ITU-T H.264, annex A.2).
var deepProfiles = []byte{110, 122, 244, 44}

func (m *mp4File) avcConfig(b box) {
	c := m.config(b, 7)
	if c == nil {
		return
	}
	if profile, _ := m.s.number(b.body()+1, 1); slices.Contains(deepProfiles, byte(profile)) {
		m.r.Rare = "H.264 10 bit, 4:2:2"
	}
	at := b.body() + 5
	var sets [][]byte
	for _, mask := range []int64{31, 255} { // SPS, PPS
		count, ok := m.s.number(at, 1)
		at++
		for range int64(count) & mask {
			n, there := m.s.number(at, 2)
			if ok = ok && there && at+2+int64(n) <= b.end() && m.s.unit(m.r, h264, at+2, int64(n)); !ok {
				m.fail(wrongEntry)
				return
			}
			sets = append(sets, c[at+2-b.body():][:n])
			at += 2 + int64(n)
		}
		if at > b.end() || !ok {
			m.fail(wrongEntry)
			return
		}
	}
	if profile := c[1]; profile != 66 && profile != 77 && profile != 88 {
		at = min(at+3, b.end()) // and no extensions of the parameter sets behind it
	}
	m.blankBehind(b, at-b.body())
	m.track.look = m.nalUnits(h264, c[4])
	if m.film != nil {
		m.film.inUnits("h264", h264, c[4], sets)
	}
}

// nalUnits looks into samples whose units have the lengths that a configuration says.
func (m *mp4File) nalUnits(c *nalCodec, lengths byte) func(at, end int64) bool {
	length := int64(lengths&3) + 1
	if length == 3 {
		m.fail(wrongEntry)
	}
	return func(at, end int64) bool { return m.s.units(m.r, c, length, at, end) }
}

// hevcConfig keeps the parameter sets of H.265 (ISO/IEC 14496-15, section 8.3.3.1).
func (m *mp4File) hevcConfig(b box) {
	c := m.config(b, 23)
	if c == nil {
		return
	}
	at := int64(23)
	var sets [][]byte
	for range c[22] { // arrays of units
		if at+3 > int64(len(c)) {
			m.fail(wrongEntry)
			return
		}
		count := be.Uint16(c[at+1:])
		at += 3
		for range count {
			n, ok := m.s.number(b.body()+at, 2)
			if at += 2; !ok || at+int64(n) > int64(len(c)) || !m.s.unit(m.r, h265, b.body()+at, int64(n)) {
				m.fail(wrongEntry)
				return
			}
			sets = append(sets, c[at:][:n])
			at += int64(n)
		}
	}
	m.blankBehind(b, at)
	m.track.look = m.nalUnits(h265, c[21])
	if m.film != nil {
		m.film.inUnits("hevc", h265, c[21], sets)
	}
}

// av1Config keeps the header of a sequence of AV1.
func (m *mp4File) av1Config(b box) {
	c := m.config(b, 4)
	if c != nil && !m.s.obus(m.r, b.body()+4, b.end()) {
		m.fail(wrongEntry)
	}
	if c != nil && m.film != nil {
		m.film.first = c[4:]
	}
}

// flacConfig makes padding of the metadata blocks of FLAC but for the first, which says how to decode it.
func (m *mp4File) flacConfig(b box) {
	if n := b.end() - b.body(); n > maxComment || n < 4+38 {
		m.fail(wrongEntry)
		return
	}
	for at, first := b.body()+4, true; at < b.end(); first = false {
		head, ok := m.s.number(at, 4)
		n := int64(head & 0xffffff)
		streamInfo := head>>24&0x7f == 0
		if !ok || at+4+n > b.end() || first != streamInfo || first && n != 34 {
			m.fail(wrongEntry)
			return
		}
		if !first {
			m.r.blank(at, 4+n, byte(head>>24&0x80|1), byte(n>>16), byte(n>>8), byte(n))
		}
		if at += 4 + n; head>>31 == 1 {
			m.r.blank(at, b.end()-at)
			return
		}
	}
}

// opusConfig keeps what a decoder of Opus needs (Encapsulation of Opus in ISO Base Media File Format, section 4.3.2).
func (m *mp4File) opusConfig(b box) {
	if c := m.config(b, 11); c != nil {
		n := int64(11)
		if c[10] != 0 {
			n += 2 + int64(c[1])
		}
		m.blankBehind(b, n)
	}
}

// colours keeps those that are named by number.
func (m *mp4File) colours(b box) {
	switch kind := m.s.bytes(b.body(), min(4, b.end()-b.body())); string(kind) {
	case "nclx":
		m.blankBehind(b, min(11, b.end()-b.body())) // old ones end before the range of values
	case "nclc":
		m.blankBehind(b, 10)
	default:
		m.pad(b)
	}
}
