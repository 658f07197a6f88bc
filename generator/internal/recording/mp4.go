package recording

import "slices"

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
	"stbl": {"stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "sdtp", "sgpd", "sbgp"},
}

// mp4File is an MP4 file while it is gone through.
type mp4File struct {
	s     *source
	r     *Recording
	track *mp4Track // whose boxes these are
	runs  []byteRange
	fault *Error
}

// mp4Track is what is found of a track on the way.
type mp4Track struct {
	kind   string // of its handler: "vide", "soun", another
	coded  bool   // it was said how its samples are coded
	rate   int64  // units a second
	length int64  // in these
	w, h   int
	tables map[string]box
}

// mp4 makes padding of every box that is not needed to play, and blanks what no
// track of picture or sound has in the media data.
func (s *source) mp4() (*Recording, *Error) {
	m := &mp4File{s: s, r: &Recording{Format: MP4}}
	top, ok := s.boxes(0, s.size)
	if !ok {
		return nil, short(MP4)
	}
	var data []box
	heads := 0
	for _, b := range top {
		switch b.kind {
		case "ftyp":
			if b.size > 1<<10 {
				m.pad(b)
			}
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
	return m.r, m.blankUnused(data)
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
	if !t.coded {
		m.fail(short(MP4))
	}
	if t.kind == "vide" {
		m.r.Film, m.r.Width, m.r.Height = true, max(m.r.Width, t.w), max(m.r.Height, t.h)
	}
	m.r.Duration = max(m.r.Duration, seconds(t.length, t.rate))
	m.samples()
}

// leaf blanks days and names in a box that is kept, and takes note of it.
func (m *mp4File) leaf(b box) {
	body := m.s.bytes(b.body(), min(b.size-b.head, 128))
	if len(body) < 4 {
		m.fail(short(MP4))
		return
	}
	wide := int64(4) // of a time, in bytes
	if body[0] == 1 {
		wide = 8
	}
	switch t := m.track; {
	case t == nil && b.kind == "mvhd":
		m.r.blank(b.body()+4, 2*wide)
	case t == nil:
		m.fail(broken(MP4, "hộp "+named(b.kind)+" ở sai chỗ", "the box "+named(b.kind)+" is out of place"))
	case b.kind == "tkhd" && len(body) >= 84:
		m.r.blank(b.body()+4, 2*wide)
		t.w, t.h = shownSize(body, 3*(wide-4))
	case b.kind == "mdhd" && len(body) >= int(8+4*wide):
		m.r.blank(b.body()+4, 2*wide)
		t.rate = int64(be.Uint32(body[4+2*wide:]))
		t.length = number(body[8+2*wide:][:wide])
	case b.kind == "hdlr" && len(body) >= 24 && t.kind == "":
		t.kind = string(body[8:12])
		m.r.blank(b.body()+24, b.size-b.head-24) // its name
	case b.kind == "dref":
		m.dataRefs(b)
	case b.kind == "stsd":
		m.sampleEntries(b)
	case b.kind == "tkhd", b.kind == "mdhd", b.kind == "hdlr":
		m.fail(short(MP4))
	default:
		t.tables[b.kind] = b
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
