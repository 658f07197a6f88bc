package recording

import (
	"bytes"
	"regexp"
	"time"
)

// junk is how many bytes may stand between frames that are neither frame nor tag.
const junk = 64 << 10

// frame is the header of a frame of MPEG sound, layer III (ISO/IEC 11172-3,
// section 2.4.1.3, and 13818-3; MPEG 2.5 is nowhere standardised).
type frame struct {
	version, rate, mode byte // of the header, rate as an index
	hertz               int64
	samples, size       int64 // of the frame, size in bytes
}

var (
	bitrates1 = [16]int64{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0} // kbit/s, of MPEG 1
	bitrates2 = [16]int64{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}     // of MPEG 2 and 2.5
	hertz     = [4][3]int64{{11025, 12000, 8000}, {}, {22050, 24000, 16000}, {44100, 48000, 32000}}
)

func parseFrame(b []byte) (f frame, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe6 != 0xe2 {
		return f, false
	}
	f.version, f.rate, f.mode = b[1]>>3&3, b[2]>>2&3, b[3]>>6
	if f.version == 1 || f.rate == 3 || b[3]&3 == 2 {
		return f, false
	}
	f.hertz = hertz[f.version][f.rate]
	bits, per := bitrates2[b[2]>>4], int64(72)
	f.samples = 576
	if f.version == 3 {
		bits, per, f.samples = bitrates1[b[2]>>4], 144, 1152
	}
	f.size = per*bits*1000/f.hertz + int64(b[2]>>1&1)
	return f, bits > 0
}

func isFrame(b []byte) bool { _, ok := parseFrame(b); return ok }

// alike reports whether two frames can be of one stream.
func (f frame) alike(g frame) bool { return f.version == g.version && f.rate == g.rate }

// side is the length in bytes of what stands between the header and the data.
func (f frame) side() int64 {
	switch mono := f.mode == 3; {
	case f.version == 3 && mono, f.version != 3 && !mono:
		return 17
	case f.version == 3:
		return 32
	}
	return 9
}

// mp3 keeps the frames of a stream; tags before, between and behind them go.
func (s *source) mp3() (*Recording, *Error) {
	r := &Recording{Format: MP3, Codecs: []string{"mp3"}}
	var first frame
	var told tally
	var frames, samples, kept int64
	for at := int64(0); at < s.size; {
		f, ok := s.frame(at)
		if ok && samples > 0 && !f.alike(first) || ok && !s.isWhole(at, f) {
			ok = false
		}
		if !ok {
			next := s.behindTag(at, first, samples > 0)
			if next < 0 {
				return nil, broken(MP3, "có đoạn không phải âm thanh", "a stretch of it is no sound")
			}
			r.drop(at, next-at)
			at = next
			continue
		}
		if samples == 0 {
			first, told = f, s.tagFrame(r, at, f)
		}
		frames, samples, kept = frames+1, samples+f.samples, kept+f.size
		at += f.size
	}
	r.Duration = seconds(samples-told.silent, first.hertz)
	told.correct(r, first, frames-1, kept)
	return r, nil
}

// tally is what the first frame of a stream tells of the others.
type tally struct {
	silent   int64 // samples that nobody hears
	frames   int64 // behind it, as it tells; 0 where it does not
	framesAt int64 // where it tells that, in four bytes
	bytesAt  int64 // where it tells how long all of them are; 0 where it does not
}

// correct puts the frames and bytes that are there in the place of those that were promised, where
// these make more than a second: players believe the promise.
func (t tally) correct(r *Recording, first frame, frames, bytes int64) {
	stated := seconds(t.frames*first.samples-t.silent+first.samples, first.hertz)
	if t.frames == 0 || (stated-r.Duration).Abs() <= time.Second {
		return
	}
	r.Stated = stated
	r.replace(t.framesAt, be.AppendUint32(nil, uint32(frames)))
	if t.bytesAt > 0 {
		r.replace(t.bytesAt, be.AppendUint32(nil, uint32(bytes)))
	}
}

// frame is the one that begins at an offset and lies whole in the file.
func (s *source) frame(at int64) (frame, bool) {
	f, ok := parseFrame(s.bytes(at, 4))
	return f, ok && f.size <= s.size-at
}

// isWhole reports whether a frame is one that was not cut off, as far as what is in it and behind
// it tells: another follows, a tag, padding up to one of these, or the end of the file. One that
// was cut off holds what follows it, be that a tag.
func (s *source) isWhole(at int64, f frame) bool {
	body := s.bytes(at, f.size)
	if largeTag.Match(body) {
		return false
	}
	end := at + f.size
	if next, ok := parseFrame(s.bytes(end, 4)); ok {
		return next.alike(f)
	}
	if bytes.Contains(body, []byte("TAG")) { // three letters that chance writes too
		return false
	}
	for ; end < s.size; end += windowSize {
		b := s.bytes(end, min(windowSize, s.size-end))
		if i := bytes.IndexFunc(b, func(r rune) bool { return r != 0 }); i >= 0 {
			end += int64(i)
			break
		}
	}
	if end >= s.size {
		return true
	}
	next, ok := parseFrame(s.bytes(end, 4))
	return ok && next.alike(f) || tagBegins.Match(s.bytes(end, min(16, s.size-end)))
}

var (
	largeTag  = regexp.MustCompile(`ID3[\x02-\x04]\x00|APETAGEX|LYRICSBEGIN`)
	tagBegins = regexp.MustCompile(`^(?:ID3|TAG|APETAGEX|LYRICSBEGIN)`)
)

// behindTag is where a stream goes on behind something that is no frame, -1
// where it is not known what that is.
func (s *source) behindTag(at int64, first frame, begun bool) int64 {
	b := s.bytes(at, min(32, s.size-at))
	switch {
	case len(b) >= 10 && bytes.HasPrefix(b, []byte("ID3")):
		n := int64(b[6]&0x7f)<<21 | int64(b[7]&0x7f)<<14 | int64(b[8]&0x7f)<<7 | int64(b[9]&0x7f)
		if n += 10; b[5]&0x10 != 0 {
			n += 10 // it has a foot
		}
		return min(at+n, s.size)
	case len(b) == 32 && bytes.HasPrefix(b, []byte("APETAGEX")) && b[23]&0x20 != 0: // the head of an APE tag
		return min(at+32+int64(le.Uint32(b[12:])), s.size)
	}
	for next := at + 1; next < min(at+junk, s.size); next++ {
		if f, ok := s.frame(next); ok && (!begun || f.alike(first)) && s.goesOn(next, f) {
			return next
		}
	}
	if s.size-at <= junk || s.isTail(at) {
		return s.size
	}
	return -1
}

// goesOn reports whether two more frames follow one: bytes that look like a
// header are not rare in pictures.
func (s *source) goesOn(at int64, f frame) bool {
	for range 2 {
		at += f.size
		next, ok := s.frame(at)
		if !ok || !next.alike(f) {
			return false
		}
		f = next
	}
	return true
}

// isTail reports whether all from an offset on is padding or a tag that only ends in its name.
func (s *source) isTail(at int64) bool {
	end := s.size
	if b := s.bytes(end-128, 3); string(b) == "TAG" {
		end -= 128
	}
	if b := s.bytes(end-9, 9); string(b) == "LYRICS200" {
		return true
	}
	if b := s.bytes(end-32, 32); bytes.HasPrefix(b, []byte("APETAGEX")) {
		return true
	}
	for ; at < end; at += windowSize {
		if b := s.bytes(at, min(windowSize, end-at)); len(bytes.Trim(b, "\x00")) > 0 {
			return false
		}
	}
	return true
}

// tagFrame reads the first frame of a stream where it tells of the others (Xing, LAME, VBRI). Nobody
// hears its own samples, and what the encoder put before and behind. What else that frame holds is blanked.
func (s *source) tagFrame(r *Recording, at int64, f frame) (t tally) {
	if b := s.bytes(at+36, 26); b != nil && string(b[:4]) == "VBRI" {
		if table := int64(be.Uint16(b[18:])) * int64(be.Uint16(b[22:])); 36+26+table <= f.size {
			r.blank(at+36+26+table, f.size-36-26-table)
		}
		return tally{silent: f.samples, frames: int64(be.Uint32(b[14:])), framesAt: at + 36 + 14, bytesAt: at + 36 + 10}
	}
	tag := at + 4 + f.side()
	b := s.bytes(tag, 8)
	if len(b) < 8 || string(b[:4]) != "Xing" && string(b[:4]) != "Info" {
		return t
	}
	end := tag + 8
	for bit, n := range []int64{4, 4, 100, 4} {
		if b[7]>>bit&1 == 0 {
			continue
		}
		switch bit {
		case 0:
			t.framesAt = end
		case 1:
			t.bytesAt = end
		}
		end += n
	}
	if end > at+f.size {
		return tally{}
	}
	if b := s.bytes(t.framesAt, 4); t.framesAt > 0 && b != nil {
		t.frames = int64(be.Uint32(b))
	}
	t.silent = f.samples
	if b := s.bytes(end, 36); b != nil && end+36 <= at+f.size && (string(b[:4]) == "LAME" || string(b[:4]) == "Lavf" || string(b[:4]) == "Lavc") {
		gaps := number(b[21:24])
		t.silent += gaps>>12 + gaps&0xfff
		end += 36
	}
	r.blank(end, at+f.size-end)
	return t
}
