package recording

import (
	"bytes"
	"hash/crc32"
	"math/bits"
)

// oggPage is a page of Ogg (RFC 3533, section 6).
type oggPage struct {
	at, head, size int64 // of the page; head is the length in bytes of its header
	begins, ends   bool  // it is the first, or the last, of a stream
	continued      bool  // its first packet began on an earlier page
	granule        int64 // how far the stream is by its end; -1 where no packet ends
	serial         uint32
	lacing         []byte
}

const oggHead = 27

// oggStream is a stream within the file while it is gone through.
type oggStream struct {
	codec        string // "" for one that is left out
	rate         int64  // of granules a second
	skip         int64  // granules at the beginning that are not heard
	headers      int    // packets still to come before there is sound
	length       int64  // granules
	sound        int64  // granules that the packets of Opus since the last page with a granule are long
	packetLength int64  // granules that the packet is long that goes on on the next page
	unheard      int64  // granules that pages cut off their packets
	ended        bool
	packet       []byteRange
	pages        []oggPage // of the packet
	bytes        int64     // of the packet
}

type byteRange struct{ at, n int64 }

// ogg blanks the comments of every stream.
func (s *source) ogg() (*Recording, *Error) {
	r := &Recording{Format: Ogg}
	streams := map[uint32]*oggStream{}
	var all []*oggStream
	for at := int64(0); at < s.size; {
		p, ok := s.oggPage(at)
		if !ok {
			if s.size-at > junk {
				return nil, broken(Ogg, "có đoạn không phải trang Ogg", "a stretch of it is no page of Ogg")
			}
			r.drop(at, s.size-at)
			break
		}
		if p.begins {
			st, fault := s.oggStream(p)
			if fault != nil {
				return nil, fault
			}
			if st.codec != "" && !onlyOne(all) {
				return nil, oneEach(0, 2)
			}
			streams[p.serial], all = st, append(all, st)
		}
		st := streams[p.serial]
		if st == nil || st.ended {
			return nil, broken(Ogg, "có trang không thuộc luồng nào", "a page belongs to no stream")
		}
		if fault := s.oggTake(r, st, p); fault != nil {
			return nil, fault
		}
		at += p.size
	}
	for _, st := range all { // one behind another, where there are several
		if st.codec != "" {
			r.Codecs, r.Duration = append(r.Codecs, st.codec), r.Duration+seconds(st.length-st.skip, st.rate)
		}
		if st.headers > 0 {
			return nil, short(Ogg)
		}
		if left := seconds(st.unheard+st.skip, st.rate); left > unseen {
			return nil, cutAway(Ogg, left, false)
		}
	}
	return r, nil
}

// onlyOne ends the streams before a new one, which is played behind them; false where one of them
// has only begun: then they are played at once.
func onlyOne(before []*oggStream) bool {
	for _, st := range before {
		if st.codec == "" || st.ended {
			continue
		}
		if st.headers > 0 {
			return false
		}
		st.ended = true
	}
	return true
}

func (s *source) oggPage(at int64) (p oggPage, ok bool) {
	b := s.bytes(at, oggHead)
	if b == nil || string(b[:5]) != "OggS\x00" {
		return p, false
	}
	p = oggPage{at: at, head: oggHead + int64(b[26]), begins: b[5]&2 != 0, ends: b[5]&4 != 0, continued: b[5]&1 != 0, granule: int64(le.Uint64(b[6:])), serial: le.Uint32(b[14:])}
	p.lacing = bytes.Clone(s.bytes(at+oggHead, int64(b[26])))
	p.size = p.head
	for _, n := range p.lacing {
		p.size += int64(n)
	}
	return p, len(p.lacing) == int(p.head-oggHead) && p.size <= s.size-at
}

// oggStream finds out what a stream is by its first page.
func (s *source) oggStream(p oggPage) (*oggStream, *Error) {
	b := s.bytes(p.at+p.head, p.size-p.head)
	switch {
	case bytes.HasPrefix(b, []byte("\x01vorbis")) && len(b) == 30:
		return &oggStream{codec: "vorbis", rate: int64(le.Uint32(b[12:])), headers: 3}, nil
	case opusHead(b) == len(b) && len(b) > 0:
		return &oggStream{codec: "opus", rate: 48000, skip: int64(le.Uint16(b[10:])), headers: 2}, nil
	case bytes.HasPrefix(b, []byte("fishead\x00")): // what Skeleton says of the others is not needed
		return &oggStream{}, nil
	case bytes.HasPrefix(b, []byte("\x80theora")):
		return nil, unplayable("Theora")
	}
	return nil, unsupported("một luồng trong tệp Ogg", "a stream in the Ogg file")
}

// opusHead is how long the header of Opus is that stands in b (RFC 7845, section 5.1), 0 for none.
func opusHead(b []byte) int {
	switch {
	case len(b) < 19 || !bytes.HasPrefix(b, []byte("OpusHead")):
		return 0
	case b[18] == 0:
		return 19
	}
	return 21 + int(b[9])
}

// oggTake goes through the packets of a page as long as there are headers.
func (s *source) oggTake(r *Recording, st *oggStream, p oggPage) *Error {
	if st.codec == "" {
		r.drop(p.at, p.size)
		return nil
	}
	at := p.at + p.head
	for i, n := range p.lacing {
		if st.headers == 0 {
			if st.codec == "opus" {
				st.opus(s.bytes(at, min(2, int64(n))), i == 0 && p.continued || i > 0 && p.lacing[i-1] == 255, n < 255)
			}
			at += int64(n)
			continue
		}
		if i == 0 || p.lacing[i-1] < 255 {
			if i == 0 && p.continued != (len(st.packet) > 0) {
				return broken(Ogg, "thiếu một trang", "a page is missing")
			}
		}
		if len(st.pages) == 0 || st.pages[len(st.pages)-1].at != p.at {
			st.pages = append(st.pages, p)
		}
		st.packet = append(st.packet, byteRange{at, int64(n)})
		if st.bytes += int64(n); st.bytes > maxComment {
			return tooLarge("phần chú thích của tệp Ogg", "the comment of the Ogg file")
		}
		at += int64(n)
		if n == 255 {
			continue
		}
		if fault := s.oggPacket(r, st); fault != nil {
			return fault
		}
		st.packet, st.pages, st.bytes, st.headers = nil, nil, 0, st.headers-1
	}
	return st.turn(p)
}

// turn notes how far a stream is by the end of a page.
func (st *oggStream) turn(p oggPage) *Error {
	st.ended = p.ends
	if p.granule == -1 {
		return nil
	}
	if p.granule < st.length {
		return broken(Ogg, "thời gian của các trang chạy lùi", "the times of its pages go back")
	}
	st.unheard += max(0, st.sound-(p.granule-st.length))
	st.length, st.sound = p.granule, 0
	return nil
}

// opus counts a part of a packet of Opus by its first bytes: how long it is (RFC 6716, section 3.1).
func (st *oggStream) opus(head []byte, goesOn, ends bool) {
	if !goesOn {
		st.packetLength = opusLength(head)
	}
	if ends {
		st.sound, st.packetLength = st.sound+st.packetLength, 0
	}
}

func opusLength(head []byte) int64 {
	if len(head) == 0 {
		return 0
	}
	frame := [4]int64{120, 240, 480, 960}[head[0]>>3&3]
	switch config := head[0] >> 3; {
	case config < 12:
		frame = [4]int64{480, 960, 1920, 2880}[config&3]
	case config < 16:
		frame = [2]int64{480, 960}[config&1]
	}
	switch {
	case head[0]&3 == 0:
		return frame
	case head[0]&3 < 3:
		return 2 * frame
	case len(head) < 2:
		return 0
	}
	return frame * int64(head[1]&63)
}

// oggPacket blanks a header that is a comment.
func (s *source) oggPacket(r *Recording, st *oggStream) *Error {
	var packet []byte
	for _, part := range st.packet {
		packet = append(packet, s.bytes(part.at, part.n)...)
	}
	comment := bytes.HasPrefix(packet, []byte("\x03vorbis")) || bytes.HasPrefix(packet, []byte("OpusTags"))
	second := st.codec == "vorbis" && st.headers == 2 || st.codec == "opus" && st.headers == 1
	if comment != second {
		return broken(Ogg, "phần đầu của luồng không đúng thứ tự", "the headers of a stream are not in their order")
	}
	if !comment {
		return nil
	}
	put := blankComment(packet)
	if put == nil {
		return short(Ogg)
	}
	for _, p := range st.pages {
		r.replace(p.at, s.rewritten(p, st.packet, put))
	}
	return nil
}

// blankComment is a comment of the same length that says nothing: the name of
// its program is all spaces (Xiph, "Ogg Vorbis I format specification: comment
// field and header specification"; RFC 7845, section 5.2). It is nil where it is no comment.
func blankComment(b []byte) []byte {
	head, framing := 7, 1
	if bytes.HasPrefix(b, []byte("OpusTags")) {
		head, framing = 8, 0
	}
	spaces := len(b) - head - 4 - 4 - framing
	if spaces < 0 {
		return nil
	}
	out := append([]byte(nil), b[:head]...)
	out = le.AppendUint32(out, uint32(spaces))
	out = append(out, bytes.Repeat([]byte{' '}, spaces)...)
	out = le.AppendUint32(out, 0)
	if framing == 1 {
		out = append(out, 1)
	}
	return out
}

// rewritten is a page with the bytes of a packet put in their place, and its checksum.
func (s *source) rewritten(p oggPage, packet []byteRange, put []byte) []byte {
	b := bytes.Clone(s.bytes(p.at, p.size))
	if b == nil {
		return nil
	}
	for _, part := range packet {
		if part.at >= p.at && part.at < p.at+p.size {
			copy(b[part.at-p.at:], put[:part.n])
		}
		put = put[part.n:]
	}
	clear(b[22:26])
	le.PutUint32(b[22:], oggSum(b))
	return b
}

// oggSum is the checksum of Ogg: the polynomial of the usual CRC-32, but with the highest bit
// first, and without its inversions.
func oggSum(b []byte) uint32 {
	mirrored := make([]byte, len(b))
	for i, c := range b {
		mirrored[i] = bits.Reverse8(c)
	}
	return bits.Reverse32(^crc32.Update(^uint32(0), crc32.IEEETable, mirrored))
}
