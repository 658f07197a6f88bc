package recording

import (
	"math"
	"slices"
	"time"
)

// The elements of Matroska that are kept (RFC 9559, section 5).
const (
	idHeader, idSegment                                   = 0x1a45dfa3, 0x18538067
	idSeekHead, idSeek, idSeekID                          = 0x114d9b74, 0x4dbb, 0x53ab
	idInfo, idScale, idDuration                           = 0x1549a966, 0x2ad7b1, 0x4489
	idMuxer, idWriter                                     = 0x4d80, 0x5741
	idTracks, idTrack                                     = 0x1654ae6b, 0xae
	idTrackNo, idTrackType, idCodec                       = 0xd7, 0x83, 0x86
	idPrivate, idEncodings                                = 0x63a2, 0x6d80
	idVideo, idAudio                                      = 0xe0, 0xe1
	idWidth, idHeight                                     = 0xb0, 0xba
	idCropBottom, idCropTop, idCropLeft, idCropRight      = 0x54aa, 0x54bb, 0x54cc, 0x54dd
	idShownWidth, idShownHeight, idUnit                   = 0x54b0, 0x54ba, 0x54b2
	idCluster, idTime, idBlock                            = 0x1f43b675, 0xe7, 0xa1
	idSimpleBlock, idBlockGroup                           = 0xa3, 0xa0
	idCues, idCue, idCuePlace, idDocType                  = 0x1c53bb6b, 0xbb, 0xb7, 0x4282
	idTags, idAttachments, idChapters                     = 0x1254c367, 0x1941a469, 0x1043a770
	idEnabled, idCodecDelay, idDiscard                    = 0xb9, 0x56aa, 0x75a2
	idColour, idMastering                                 = 0x55b0, 0x55d0
	idVoid                                           byte = 0xec
)

// inElements names what may stay in an element that holds others; other
// elements become padding, the checksums too, which would be wrong.
var inElements = map[uint32][]uint32{
	idHeader:     {0x4286, 0x42f7, 0x42f2, 0x42f3, idDocType, 0x4287, 0x4285},
	idSegment:    {idSeekHead, idInfo, idTracks, idCluster, idCues},
	idSeekHead:   {idSeek},
	idSeek:       {idSeekID, 0x53ac},
	idInfo:       {idScale, idDuration, idMuxer, idWriter},
	idTracks:     {idTrack},
	idTrack:      {idTrackNo, 0x73c5, idTrackType, idEnabled, 0x88, 0x55aa, 0x9c, 0x6de7, 0x6df8, 0x23e383, 0x23314f, idCodec, idPrivate, idCodecDelay, 0x56bb, 0x22b59c, idVideo, idAudio},
	idVideo:      {idWidth, idHeight, idShownWidth, idShownHeight, idUnit, 0x9a, 0x53b8, idCropBottom, idCropTop, idCropLeft, idCropRight, idColour},
	idColour:     {0x55b1, 0x55b2, 0x55b3, 0x55b4, 0x55b5, 0x55b6, 0x55b7, 0x55b8, 0x55b9, 0x55ba, 0x55bb, 0x55bc, 0x55bd, idMastering},
	idMastering:  {0x55d1, 0x55d2, 0x55d3, 0x55d4, 0x55d5, 0x55d6, 0x55d7, 0x55d8, 0x55d9, 0x55da},
	idAudio:      {0xb5, 0x78b5, 0x9f, 0x6264},
	idCluster:    {idTime, 0xa7, 0xab, idSimpleBlock, idBlockGroup},
	idBlockGroup: {idBlock, 0x9b, 0xfb, 0xfa, idDiscard},
	idCues:       {idCue},
	idCue:        {0xb3, idCuePlace},
	idCuePlace:   {0xf7, 0xf1, 0xf0, 0xb2, 0x5378},
}

// webmCodecs are those that WebM may hold, by kind of track: 1 is picture, 2 sound.
var webmCodecs = map[uint64][]string{1: {"V_VP8", "V_VP9", "V_AV1"}, 2: {"A_VORBIS", "A_OPUS"}}

// element is an element of EBML (RFC 8794, section 6).
type element struct {
	id       uint32
	at, head int64
	size     int64 // of what it holds
	open     bool  // it does not say how long it is
}

func (e element) body() int64 { return e.at + e.head }
func (e element) end() int64  { return e.at + e.head + e.size }

// element reads the head of the one at an offset, which lies before end.
func (s *source) element(at, end int64) (e element, ok bool) {
	b := s.bytes(at, min(12, end-at))
	n := vintLength(b)
	if n == 0 || n > 4 || len(b) <= n {
		return e, false
	}
	e = element{id: uint32(number(b[:n])), at: at}
	b = b[n:]
	m := vintLength(b)
	if m == 0 || m > len(b) {
		return e, false
	}
	e.head, e.size = int64(n+m), number(b[:m])&(1<<(7*m)-1)
	if e.open = e.size == 1<<(7*m)-1; e.open {
		e.size = end - e.body()
	}
	return e, e.size <= end-e.body()
}

// each goes through the elements that another holds, until one is not to be followed by more.
func (s *source) each(e element, take func(element) bool) bool {
	for at := e.body(); at < e.end(); {
		in, ok := s.element(at, e.end())
		if !ok || !take(in) {
			return false
		}
		at = in.end()
	}
	return true
}

// vintLength is how many bytes a number of variable length has, 0 for none.
func vintLength(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	for n := 1; n <= 8; n++ {
		if b[0]>>(8-n)&1 == 1 {
			return n
		}
	}
	return 0
}

// webmFile is a WebM file while it is gone through.
type webmFile struct {
	s        *source
	r        *Recording
	fault    *Error
	tracks   map[uint64]webmTrack // by number, those that are kept
	kept     map[uint64]int       // tracks, by kind
	track    webmTrack            // the one that is gone through
	unit     uint64               // nanoseconds
	off      bool                 // one of them is not to be played
	duration float64              // in units
	time     uint64               // of the cluster, in units
	last     uint64               // of the last block
	silent   int64                // nanoseconds of sound that are taken off the ends of blocks
}

type webmTrack struct {
	number, kind, enabled, delay, unit, w, h, shownW, shownH uint64
	codec                                                    string
	private                                                  element
}

// webm makes padding of all but the first segment's picture and sound.
func (s *source) webm() (*Recording, *Error) {
	m := &webmFile{s: s, r: &Recording{Format: WebM}, tracks: map[uint64]webmTrack{}, kept: map[uint64]int{}, unit: 1_000_000}
	head, ok := s.element(0, s.size)
	if !ok || head.open {
		return nil, short(WebM)
	}
	m.walk(head)
	segment, ok := s.element(head.end(), s.size)
	if !ok || segment.id != idSegment {
		return nil, short(WebM)
	}
	m.walk(segment)
	m.r.drop(segment.end(), s.size-segment.end())
	if m.fault != nil {
		return nil, m.fault
	}
	if fault := oneEach(m.kept[1], m.kept[2]); fault != nil {
		return nil, fault
	}
	if m.off {
		return nil, switchedOff()
	}
	units := max(m.duration, float64(m.last))
	if m.unit == 0 || units*float64(m.unit) > float64(longest) {
		return nil, broken(WebM, "thời lượng không đúng", "its duration is wrong")
	}
	m.r.Duration = time.Duration(units * float64(m.unit))
	return m.r, nil
}

func (m *webmFile) fail(e *Error) {
	if m.fault == nil {
		m.fault = e
	}
}

// void makes padding of a stretch, which is two bytes long at least.
func (m *webmFile) void(at, n int64) {
	head := []byte{idVoid, 0x80 | byte(n-2)}
	if n > 128 {
		head = be.AppendUint64([]byte{idVoid}, 1<<56|uint64(n-9))
	}
	m.r.blank(at, n, head...)
}

// walk goes through an element that holds others.
func (m *webmFile) walk(e element) (end int64) {
	for at := e.body(); at < e.end() && m.fault == nil && m.s.err == nil; {
		in, ok := m.s.element(at, e.end())
		if !ok {
			m.fail(short(WebM))
			break
		}
		if e.open && e.id == idCluster && slices.Contains([]uint32{idCluster, idCues, idTags, idAttachments, idChapters, idSeekHead, idInfo, idTracks}, in.id) {
			return at
		}
		if in.open && in.id != idCluster {
			m.fail(broken(WebM, "một phần không ghi độ dài", "a part does not say how long it is"))
			break
		}
		switch {
		case !slices.Contains(inElements[e.id], in.id):
			m.void(in.at, in.head+in.size)
			at = in.end()
		default:
			at = m.keep(in)
		}
	}
	return e.end()
}

// keep takes note of an element that is kept, and says where the next begins.
func (m *webmFile) keep(e element) int64 {
	switch e.id {
	case idTrack:
		m.trackEntry(e)
	case idSeek:
		m.seek(e)
	case idSimpleBlock:
		m.block(e, e)
	case idBlockGroup:
		m.blockGroup(e)
	case idMuxer, idWriter: // which must be there
		m.r.shape(e.body(), e.size, form{fill: ' '})
	case idBlock: // its group was looked into
	case idPrivate, idCodec, idDocType:
		m.note(e)
	default:
		if inElements[e.id] != nil {
			return m.walk(e)
		}
		if e.size > 8 { // all the others are numbers and short names
			m.fail(broken(WebM, "một số quá dài", "a number is too long"))
		}
		m.note(e)
	}
	return e.end()
}

// note takes the value of an element that matters.
func (m *webmFile) note(e element) {
	t := &m.track
	switch e.id {
	case idDocType:
		if kind := string(m.s.bytes(e.body(), min(e.size, 64))); kind != "webm" {
			m.fail(unsupported("tệp Matroska không phải WebM", "a Matroska file that is no WebM"))
		}
	case idCodec:
		t.codec = string(m.s.bytes(e.body(), min(e.size, 64)))
	case idPrivate:
		t.private = e
	case idDuration:
		m.duration = m.float(e)
	case idDiscard:
		m.discard(e)
	case idCropBottom, idCropTop, idCropLeft, idCropRight: // which browsers do not heed
		n, ok := m.s.number(e.body(), e.size)
		m.r.cropped = m.r.cropped || !ok || n > maxCrop
	default:
		if to := map[uint32]*uint64{idScale: &m.unit, idTrackNo: &t.number, idTrackType: &t.kind, idEnabled: &t.enabled, idCodecDelay: &t.delay, idUnit: &t.unit, idWidth: &t.w, idHeight: &t.h,
			idShownWidth: &t.shownW, idShownHeight: &t.shownH, idTime: &m.time}[e.id]; to != nil {
			v, ok := m.s.number(e.body(), e.size)
			if !ok {
				m.fail(short(WebM))
			}
			*to = v
		}
	}
}

func (m *webmFile) float(e element) float64 {
	b := m.s.bytes(e.body(), min(e.size, 8))
	f := 0.0
	switch len(b) {
	case 4:
		f = float64(math.Float32frombits(be.Uint32(b)))
	case 8:
		f = math.Float64frombits(be.Uint64(b))
	}
	if math.IsNaN(f) || f < 0 {
		return 0
	}
	return f
}

// seek leaves out where something was that is padding now.
func (m *webmFile) seek(e element) {
	for at := e.body(); at < e.end(); {
		in, ok := m.s.element(at, e.end())
		if !ok {
			m.fail(short(WebM))
			return
		}
		if in.id == idSeekID {
			id, _ := m.s.number(in.body(), min(in.size, 4))
			if slices.Contains(inElements[idSegment], uint32(id)) {
				m.walk(e)
				return
			}
		}
		at = in.end()
	}
	m.void(e.at, e.head+e.size)
}

// trackEntry keeps a track of picture or sound, and makes padding of any other.
func (m *webmFile) trackEntry(e element) {
	before := len(m.r.edits)
	m.track = webmTrack{enabled: 1}
	if !m.s.each(e, func(in element) bool { return in.id != idEncodings }) { // encrypted or packed
		m.fail(unsupported("luồng WebM bị nén thêm hoặc mã hoá", "a WebM track that is packed or encrypted"))
		return
	}
	m.walk(e)
	t := m.track
	codecs, some := webmCodecs[t.kind]
	switch {
	case m.fault != nil:
	case !some:
		m.r.edits = m.r.edits[:before]
		m.void(e.at, e.head+e.size)
		return
	case !slices.Contains(codecs, t.codec):
		m.fail(unplayable(t.codec))
	case m.tracks[t.number].kind != 0:
		m.fail(broken(WebM, "hai luồng mang một số", "two tracks have one number"))
	case t.enabled == 0:
		m.off = true
	case t.delay > uint64(unseen):
		m.fail(cutAway(WebM, seconds(int64(min(t.delay, 1<<62)), 1e9), t.kind == 1))
	default:
		m.private(t)
	}
	m.tracks[t.number] = t
	m.kept[t.kind]++
	m.r.Codecs = append(m.r.Codecs, t.codec)
	if t.kind == 1 {
		if t.unit != 0 || t.shownW == 0 || t.shownH == 0 {
			t.shownW, t.shownH = t.w, t.h
		}
		m.r.Side = int(min(max(t.w, t.h), 1<<16))
		m.r.Film, m.r.Width, m.r.Height = true, int(min(t.shownW, 1<<16)), int(min(t.shownH, 1<<16))
	}
}

// block reports whether a block is of a track that is kept. whole is what goes if it is not.
func (m *webmFile) block(e, whole element) bool {
	b := m.s.bytes(e.body(), min(e.size, 12))
	n := vintLength(b)
	if n == 0 || len(b) < n+3 {
		m.fail(short(WebM))
		return false
	}
	t, at, laced := m.tracks[uint64(number(b[:n]))&(1<<(7*n)-1)], int64(int16(be.Uint16(b[n:]))), b[n+2]&6 != 0
	if t.kind == 0 {
		m.void(whole.at, whole.head+whole.size)
		return false
	}
	if t.kind == 1 && (laced || t.codec == "V_AV1" && !m.s.obus(m.r, e.body()+int64(n)+3, e.end())) {
		m.fail(broken(WebM, "một khối hình không đúng", "a block of pictures is wrong"))
		return false
	}
	if at += int64(m.time); at < 0 && -at > int64(unseen)/int64(max(m.unit, 1)) {
		m.fail(cutAway(WebM, 0, t.kind == 1))
	}
	m.last = max(m.last, uint64(max(at, 0)))
	return true
}

// blockGroup keeps the one block that a group has, if its track is kept.
func (m *webmFile) blockGroup(e element) {
	var blocks []element
	whole := m.s.each(e, func(in element) bool {
		if in.id == idBlock {
			blocks = append(blocks, in)
		}
		return true
	})
	if !whole {
		m.fail(short(WebM))
		return
	}
	switch len(blocks) {
	case 0:
		m.void(e.at, e.head+e.size)
	case 1:
		if m.block(blocks[0], e) {
			m.walk(e)
		}
	default:
		m.fail(broken(WebM, "một nhóm có nhiều khối", "a group has several blocks"))
	}
}

// discard counts the sound that is taken off the end of a block.
func (m *webmFile) discard(e element) {
	v, ok := m.s.number(e.body(), e.size)
	n := int64(v<<(64-8*min(max(e.size, 1), 8))) >> (64 - 8*min(max(e.size, 1), 8)) // its sign
	if !ok || n < -int64(unseen) || n > int64(longest) {
		m.fail(broken(WebM, "một khối âm thanh không đúng", "a block of sound is wrong"))
		return
	}
	if m.silent += max(n, -n); m.silent > int64(unseen) {
		m.fail(cutAway(WebM, time.Duration(m.silent), m.r.Film))
	}
}
