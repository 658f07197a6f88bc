package recording

import (
	"bytes"
	"slices"
	"strings"
)

// box is a box of an MP4 file (ISO/IEC 14496-12, section 4.2).
type box struct {
	kind           string
	at, head, size int64 // of the whole, head is the length of its header
}

func (b box) body() int64 { return b.at + b.head }
func (b box) end() int64  { return b.at + b.size }

// boxes are those that lie in a stretch of the file; ok is false where they do not fill it.
func (s *source) boxes(from, to int64) (out []box, ok bool) {
	for at := from; at < to; {
		h := s.bytes(at, 8)
		if h == nil || len(out) > maxBoxes {
			return nil, false
		}
		b := box{kind: string(h[4:]), at: at, head: 8, size: int64(be.Uint32(h))}
		switch b.size {
		case 0:
			b.size = to - at
		case 1:
			n, ok := s.number(at+8, 8)
			if !ok || n > uint64(to-at) {
				return nil, false
			}
			b.head, b.size = 16, int64(n)
		}
		if b.size < b.head || b.size > to-at {
			return nil, false
		}
		out = append(out, b)
		at = b.end()
	}
	return out, true
}

const maxBoxes = 1 << 14 // side by side

// inBoxes names what may stay in a box that holds others; other boxes become
// padding. Boxes that are named nowhere to the left are kept as they are, but
// for what [mp4File.leaf] blanks in them.
var inBoxes = map[string][]string{
	"moov": {"mvhd", "trak"},
	"trak": {"tkhd", "edts", "mdia"},
	"edts": {"elst"},
	"mdia": {"mdhd", "hdlr", "minf"},
	"minf": {"vmhd", "smhd", "dinf", "stbl"},
	"dinf": {"dref"},
	"stbl": {"stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "sgpd", "sbgp"},
}

// mp4File is an MP4 file while it is gone through.
type mp4File struct {
	s     *source
	r     *Recording
	rate  int64          // units of the film a second
	track *mp4Track      // whose boxes these are
	kept  map[string]int // tracks, by kind
	off   bool           // one of them is not to be played
	runs  []byteRange
	fault *Error
	sound *AAC      // takes note of where its frames lie; nil where nobody asks
	film  *Pictures // takes note of where they lie; nil where nobody asks
}

// mp4Track is what is found of a track on the way.
type mp4Track struct {
	kind           string // of its handler: "vide", "soun", another
	coded          bool   // it was said how its samples are coded
	rate           int64  // units a second
	length         int64  // of what is played, in these
	off            bool   // it is not to be played
	w, h           int
	head           []byte // the body of its tkhd
	wide           int64  // how much longer the times in that are than 12 bytes
	codedW, codedH int64  // of its pictures, in pixels
	tables         map[string]box
	aac            bool                     // its samples are frames that a decoder of AAC is given
	look           func(at, end int64) bool // goes through a sample; false where it is not what it should be
}

// mp4 makes padding of every box that is not needed to play, and blanks what no
// track of picture or sound has in the media data. Where its sound or its pictures are asked for, these
// are taken note of.
func (s *source) mp4(sound *AAC, film *Pictures) (*Recording, *Error) {
	m := &mp4File{s: s, r: &Recording{Format: MP4}, kept: map[string]int{}, sound: sound, film: film}
	top, ok := s.boxes(0, s.size)
	if !ok {
		return nil, short(MP4)
	}
	var data []box
	heads := 0
	for _, b := range top {
		switch b.kind {
		case "ftyp":
			m.brands(b)
		case "mdat":
			data = append(data, b)
		case "moov":
			if heads++; b.size > maxTable {
				return nil, tooLarge("bảng của tệp MP4", "the table of the MP4 file")
			}
			m.walk(b)
		case "moof", "sidx", "mfra", "styp":
			return nil, unsupported("tệp MP4 chia đoạn (fragmented)", "a fragmented MP4 file")
		default:
			m.pad(b)
		}
	}
	switch {
	case m.fault != nil:
		return nil, m.fault
	case heads != 1:
		return nil, broken(MP4, "phải có đúng một hộp moov", "it must have exactly one box moov")
	}
	if fault := oneEach(m.kept["vide"], m.kept["soun"]); fault != nil {
		return nil, fault
	}
	if m.off {
		return nil, switchedOff()
	}
	return m.r, m.blankUnused(data)
}

// knownBrands are the brands of files that browsers play (the MP4 Registration Authority lists them).
const knownBrands = "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 avc1 hvc1 hev1 av01 mp41 mp42 mp71 M4A  M4B  M4V  M4VH M4VP qt   " +
	"3gp4 3gp5 3gp6 3gp7 3g2a 3g2b 3g2c mmp4 dash f4v  MSNV XAVC dby1 Opus"

// brands names the plain format where a file names itself otherwise (ISO/IEC 14496-12, section 4.3).
func (m *mp4File) brands(b box) {
	if b.size > 256 || b.size < b.head+8 {
		m.fail(broken(MP4, "hộp ftyp không đúng", "the box ftyp is wrong"))
		return
	}
	m.r.blank(b.body()+4, 4) // its version
	for at := b.body(); at+4 <= b.end(); at += 4 {
		name := string(m.s.bytes(at, 4))
		if i := strings.Index(knownBrands, name); at != b.body()+4 && (i < 0 || i%5 != 0) {
			m.r.replace(at, []byte("isom"))
		}
	}
	m.r.blank(b.end()-b.size%4, b.size%4)
}

func (m *mp4File) fail(e *Error) {
	if m.fault == nil {
		m.fault = e
	}
}

// pad makes a box one that everybody passes over.
func (m *mp4File) pad(b box) {
	head := append(be.AppendUint32(nil, uint32(b.size)), "free"...)
	if b.head == 16 || b.size > 1<<32-1 {
		if b.head != 16 { // it reaches to the end of the file, and has no room for its length
			head = append(make([]byte, 4), "free"...)
		} else {
			head = be.AppendUint64(append([]byte{0, 0, 0, 1}, "free"...), uint64(b.size))
		}
	}
	m.r.blank(b.at, b.size, head...)
}

// walk goes through a box that holds others.
func (m *mp4File) walk(b box) {
	inner, ok := m.s.boxes(b.body(), b.end())
	if !ok {
		m.fail(broken(MP4, "hộp "+named(b.kind)+" không khớp kích thước", "the box "+named(b.kind)+" does not fit its size"))
		return
	}
	for _, in := range inner {
		switch {
		case !slices.Contains(inBoxes[b.kind], in.kind):
			m.pad(in)
		case in.kind == "trak":
			m.trak(in)
		case inBoxes[in.kind] != nil:
			m.walk(in)
		default:
			m.leaf(in)
		}
	}
}

// trak keeps a track of picture or sound, and makes padding of any other.
func (m *mp4File) trak(b box) {
	before, fault := len(m.r.edits), m.fault
	m.track = &mp4Track{tables: map[string]box{}}
	defer func() { m.track = nil }()
	m.walk(b)
	t := m.track
	if t.kind != "vide" && t.kind != "soun" {
		m.r.edits, m.fault = m.r.edits[:before], fault
		m.pad(b)
		return
	}
	m.kept[t.kind]++
	m.off = m.off || t.off
	if !t.coded {
		m.fail(short(MP4))
	}
	if t.kind == "vide" {
		m.r.Film, m.r.Width, m.r.Height = true, max(m.r.Width, t.w), max(m.r.Height, t.h)
		if m.film != nil {
			m.film.turn(t.head, t.wide)
		}
	}
	m.samples()
}

// fixed are the boxes that always have one length: that of their body, in bytes,
// and how much more it is where times are wide (version 1).
var fixed = map[string][2]int64{"mvhd": {100, 12}, "tkhd": {84, 12}, "mdhd": {24, 12}, "vmhd": {12, 0}, "smhd": {8, 0}, "cslg": {24, 20}}

// leaf blanks days and names in a box that is kept, and takes note of it.
func (m *mp4File) leaf(b box) {
	body := m.s.bytes(b.body(), min(b.size-b.head, 128))
	if len(body) < 4 {
		m.fail(short(MP4))
		return
	}
	more := int64(0) // how much longer the times are than 12 bytes
	if body[0] == 1 {
		more = 12
	}
	if size, ok := fixed[b.kind]; ok {
		if body[0] == 1 {
			size[0] += size[1]
		}
		if int64(len(body)) < size[0] {
			m.fail(short(MP4))
			return
		}
		m.blankBehind(b, size[0])
	}
	if m.track == nil {
		m.filmHead(b, body, more)
		return
	}
	if b.kind == "sgpd" || b.kind == "sbgp" {
		m.groups(b, body)
		return
	}
	if _, twice := m.track.tables[b.kind]; twice {
		m.fail(broken(MP4, "hộp "+named(b.kind)+" có hai lần", "the box "+named(b.kind)+" is there twice"))
		return
	}
	m.track.tables[b.kind] = b
	m.trackBox(b, body, more)
}

// filmHead takes the units of time of the film.
func (m *mp4File) filmHead(b box, body []byte, more int64) {
	if b.kind != "mvhd" || m.rate != 0 {
		m.fail(broken(MP4, "hộp "+named(b.kind)+" ở sai chỗ", "the box "+named(b.kind)+" is out of place"))
		return
	}
	m.rate = int64(be.Uint32(body[12+more*2/3:]))
	m.r.blank(b.body()+4, 8+more*2/3)
	m.r.blank(b.body()+26+more, 10)
	m.r.blank(b.body()+72+more, 24)
}

// trackBox takes note of a box of a track.
func (m *mp4File) trackBox(b box, body []byte, more int64) {
	days := 8 + more*2/3 // bytes of the two
	switch t := m.track; b.kind {
	case "tkhd":
		m.r.blank(b.body()+4, days)
		t.off = body[3]&1 == 0
		t.w, t.h = shownSize(body, more)
		t.head, t.wide = bytes.Clone(body), more
	case "mdhd":
		m.r.blank(b.body()+4, days)
		t.rate = int64(be.Uint32(body[4+days:]))
	case "hdlr":
		if len(body) < 24 {
			m.fail(short(MP4))
			return
		}
		t.kind = string(body[8:12])
		m.r.blank(b.body()+12, b.size-b.head-12) // what made it, and its name
	case "dref":
		m.dataRefs(b)
	case "stsd":
		m.sampleEntries(b)
	}
}

// groups keeps the groups of samples that tell from which others a sample can be played.
func (m *mp4File) groups(b box, body []byte) {
	plain := len(body) >= 16 && slices.Contains([]string{"roll", "prol", "rap "}, string(body[4:8]))
	switch {
	case plain && b.kind == "sgpd" && b.size <= 64:
	case plain && b.kind == "sbgp" && body[0] == 0 && b.end() == b.body()+12+8*int64(be.Uint32(body[8:])):
	default:
		m.pad(b)
	}
}

// shownSize is how wide and high a track is shown, in pixels, upright; more is
// how much longer the times in its header are than 12 bytes.
func shownSize(tkhd []byte, more int64) (w, h int) {
	if int64(len(tkhd)) < 84+more {
		return 0, 0
	}
	b := tkhd[more:]
	w, h = int(be.Uint32(b[76:])>>16), int(be.Uint32(b[80:])>>16)
	if be.Uint32(b[40:]) == 0 && be.Uint32(b[44:]) != 0 { // the matrix turns it
		w, h = h, w
	}
	return w, h
}

func number(b []byte) (v int64) {
	for _, c := range b {
		v = v<<8 | int64(c)
	}
	return v
}

// dataRefs refuses samples that lie in another file.
func (m *mp4File) dataRefs(b box) {
	refs, ok := m.s.boxes(b.body()+8, b.end())
	for _, ref := range refs {
		flags, there := m.s.number(ref.body(), 4)
		if ok = ok && there && ref.kind == "url " && flags&1 == 1; ok {
			m.r.blank(ref.body()+4, ref.size-ref.head-4)
		}
	}
	if !ok {
		m.fail(unsupported("tệp MP4 lấy dữ liệu từ tệp khác", "an MP4 file whose data lie in another file"))
	}
}
