package recording

// webmPackets goes through the packets of the track of sound: those that its entry holds for the
// decoder first. A packet is nil where several are laced together, which encoders of sound alone
// do not do.
func (s *source) webmPackets(yield func([]byte) bool) {
	head, _ := s.element(0, s.size)
	segment, ok := s.element(head.end(), s.size)
	if !ok {
		return
	}
	number := int64(-1)
	s.each(segment, func(e element) bool {
		switch e.id {
		case idTracks:
			return s.each(e, func(track element) bool {
				n, private, isSound := s.webmTrack(track, 2)
				if isSound {
					number = n
				}
				return !isSound || s.privatePackets(private, yield)
			})
		case idCluster:
			return s.each(e, func(b element) bool { return s.blockPacket(b, number, yield) })
		}
		return true
	})
}

// webmTrack is the number of a track, if it is of a kind (1 is picture, 2 sound), and what it holds for the decoder.
func (s *source) webmTrack(track element, kind uint64) (number int64, private element, ok bool) {
	if track.id != idTrack {
		return 0, private, false
	}
	s.each(track, func(e element) bool {
		switch v, _ := s.number(e.body(), min(e.size, 8)); e.id {
		case idTrackNo:
			number = int64(v)
		case idTrackType:
			ok = v == kind
		case idPrivate:
			private = e
		}
		return true
	})
	return number, private, ok
}

// privatePackets are the headers of a stream: of Opus one alone, for which an empty comment is put
// behind it, of Vorbis all three behind their lengths in the lacing of Xiph.
func (s *source) privatePackets(e element, yield func([]byte) bool) bool {
	if e.size > maxPacket {
		return false
	}
	b := append([]byte(nil), s.bytes(e.body(), e.size)...)
	if opusHead(b) > 0 {
		return yield(b) && yield([]byte{})
	}
	first, second, at := xiphLengths(b)
	if len(b) == 0 || b[0] != 2 || first+second > len(b)-at {
		return false
	}
	return yield(b[at:at+first]) && yield(b[at+first:at+first+second]) && yield(b[at+first+second:])
}

// xiphLengths are those of the first two of three packets, and where the first begins.
func xiphLengths(b []byte) (first, second, at int) {
	at = 1
	for _, n := range []*int{&first, &second} {
		for at < len(b) {
			*n += int(b[at])
			at++
			if b[at-1] < 255 {
				break
			}
		}
	}
	return first, second, at
}

// blockPacket is the packet of a block of a track.
func (s *source) blockPacket(e element, track int64, yield func([]byte) bool) bool {
	if e.id == idBlockGroup {
		return s.each(e, func(in element) bool { return in.id != idBlock || s.packetOf(in, track, yield) })
	}
	return e.id != idSimpleBlock || s.packetOf(e, track, yield)
}

func (s *source) packetOf(e element, track int64, yield func([]byte) bool) bool {
	if e.size > maxPacket {
		return false
	}
	b := s.bytes(e.body(), e.size)
	n := vintLength(b)
	switch {
	case n == 0 || len(b) < n+3:
		return false
	case number(b[:n])&(1<<(7*n)-1) != track:
		return true
	case b[n+2]&6 != 0:
		return yield(nil)
	}
	return yield(b[n+3:])
}
