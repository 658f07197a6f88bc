package recording

// wavCodecs are the kinds of samples that browsers play, by their number in
// the chunk fmt (Microsoft, "Multiple Channel Audio Data and WAVE Files").
var wavCodecs = map[uint16]string{1: "pcm", 3: "float", 6: "alaw", 7: "ulaw"}

const extensible = 0xfffe

// wav keeps the chunks that say how the samples are to be read, and the samples.
func (s *source) wav() (*Recording, *Error) {
	r := &Recording{Format: WAV}
	var length, rate, bytes int64 // of what is kept behind the head; of samples a second, in bytes; of all samples
	for at := int64(12); at < s.size; {
		b := s.bytes(at, 8)
		if b == nil {
			r.drop(at, s.size-at) // a leftover too short for a chunk
			break
		}
		kind, n := string(b[:4]), int64(le.Uint32(b[4:]))
		if n > s.size-at-8 {
			return nil, short(WAV)
		}
		whole := min(8+n+n&1, s.size-at)
		switch {
		case kind == "fmt " && rate == 0:
			codec, per := s.wavFormat(at+8, n)
			if codec == "" {
				return nil, unplayable("WAV")
			}
			r.Codecs, rate = []string{codec}, per
		case kind == "data" && rate > 0 && bytes == 0:
			bytes = n
		case kind == "fact" && n == 4:
		default:
			r.drop(at, whole)
			at += whole
			continue
		}
		if n&1 == 1 && whole > 8+n {
			r.blank(at+8+n, 1)
		}
		length, at = length+whole, at+whole
	}
	if length+4 > 1<<32-1 {
		return nil, tooLarge("tệp WAV", "the WAV file")
	}
	r.replace(4, le.AppendUint32(nil, uint32(length+4)))
	r.Duration = seconds(bytes, rate)
	return r, nil
}

// wavFormat reads the chunk fmt: what the samples are, "" where no browser plays
// them, and how many bytes of them make a second.
func (s *source) wavFormat(at, n int64) (codec string, perSecond int64) {
	if n != 16 && n != 18 && n != 40 {
		return "", 0
	}
	b := s.bytes(at, n)
	tag := le.Uint16(b)
	if tag == extensible && n == 40 {
		tag = le.Uint16(b[24:]) // the beginning of the GUID of its kind
	}
	return wavCodecs[tag], int64(le.Uint32(b[8:]))
}
