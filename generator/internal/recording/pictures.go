package recording

import (
	"bytes"
	"io"
	"slices"
)

// The pictures of a film are decoded by a program, as AAC is. Of the file it gets nothing but coded
// pictures and what they are decoded with, one behind the other: what tells it how to take them is
// written here.

// Pictures are those at the beginning of a film, for a decoder.
type Pictures struct {
	Format        string // what the decoder is given: "h264" and "hevc" are streams of units, "ivf" a list of pictures
	Width, Height int    // in pixels as they are shown, upright
	Turned        int    // quarter turns clockwise from how they are coded to how they are shown, 0 to 3
	Count         int

	s       *source
	codec   *nalCodec // of units; nil for ivf
	fourcc  string    // of ivf
	first   []byte    // what stands before the first
	lengths int64     // how many bytes the length of a unit takes
	at      []byteRange
	bytes   int64
}

// What is taken of a film at most: some seconds, and no more than a film for the web has in them.
const (
	maxPictures     = 300
	maxPictureBytes = 64 << 20
)

// Pictures are the first pictures of the film, which lies in src; nil where there are none, or of a
// codec that no decoder is given. An error is of src, or an *Error.
func (r *Recording) Pictures(src io.ReaderAt, size int64) (*Pictures, error) {
	if !r.Film {
		return nil, nil
	}
	p := &Pictures{s: &source{r: src, size: size}, Width: r.Width, Height: r.Height}
	var fault *Error
	switch r.Format {
	case MP4:
		_, fault = p.s.mp4(nil, p)
	case WebM:
		p.s.webmPictures(p)
	}
	switch p.Count = len(p.at); {
	case p.s.err != nil:
		return nil, p.s.err
	case fault != nil:
		return nil, fault
	case p.Count == 0 || p.Format == "":
		return nil, nil
	}
	return p, nil
}

// add takes a picture, if there is room for it.
func (p *Pictures) add(at, n int64) (more bool) {
	if len(p.at) >= maxPictures || p.bytes+n > maxPictureBytes {
		return false
	}
	if n > 0 {
		p.at = append(p.at, byteRange{at, n})
		p.bytes += n
	}
	return true
}

// chunk takes the pictures of a chunk of a track.
func (p *Pictures) chunk(at int64, sizes sampleSizes, from, to int) {
	for i := from; i < to; i++ {
		n := sizes.sum(i, i+1)
		if !p.add(at, n) {
			return
		}
		at += n
	}
}

// inUnits is for a codec whose pictures are units behind their lengths, with its sets of parameters.
func (p *Pictures) inUnits(format string, c *nalCodec, lengths byte, sets [][]byte) {
	p.Format, p.codec, p.lengths = format, c, int64(lengths&3)+1
	for _, s := range sets {
		p.first = append(append(p.first, startCode...), s...)
	}
}

const startCode = "\x00\x00\x00\x01"

// inFrames is for a codec that a list of pictures may hold. first stands before the first picture.
func (p *Pictures) inFrames(fourcc string, first []byte) {
	p.Format, p.fourcc, p.first = "ivf", fourcc, bytes.Clone(first)
}

// turn reads the matrix of a track (ISO/IEC 14496-12, section 8.3.2), of which players heed quarter turns.
func (p *Pictures) turn(tkhd []byte, more int64) {
	if int64(len(tkhd)) < 60+more {
		return
	}
	sign := func(at int64) int { return int(int32(be.Uint32(tkhd[at+more:]))) >> 16 }
	m := [4]int{sign(40), sign(44), sign(52), sign(56)}
	p.Turned = max(0, slices.Index([][4]int{{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0}}, m))
}

// webmCodes are the names that a list of pictures has for the codecs of WebM.
var webmCodes = map[string]string{"V_VP8": "VP80", "V_VP9": "VP90", "V_AV1": "AV01"}

// webmPictures takes the pictures of the track of pictures.
func (s *source) webmPictures(p *Pictures) {
	head, _ := s.element(0, s.size)
	segment, ok := s.element(head.end(), s.size)
	if !ok {
		return
	}
	film := int64(-1)
	s.each(segment, func(e element) bool {
		switch e.id {
		case idTracks:
			return s.each(e, func(track element) bool {
				n, private, is := s.webmTrack(track, 1)
				if is {
					film = n
					s.webmCoded(track, private, p)
				}
				return true
			})
		case idCluster:
			return s.each(e, func(b element) bool { return s.blockPicture(b, film, p) })
		}
		return true
	})
}

// webmCoded takes how the pictures of a track are coded.
func (s *source) webmCoded(track, private element, p *Pictures) {
	codec := ""
	s.each(track, func(e element) bool {
		if e.id == idCodec {
			codec = string(s.bytes(e.body(), min(e.size, 64)))
		}
		return true
	})
	var first []byte
	if codec == "V_AV1" && private.size > 4 && private.size < windowSize { // behind four bytes the head of the sequence (AV1 Codec ISO Media File Format Binding, 2.3)
		first = s.bytes(private.body()+4, private.size-4)
	}
	if code := webmCodes[codec]; code != "" {
		p.inFrames(code, first)
	}
}

// blockPicture takes the picture of a block, if it is of the track.
func (s *source) blockPicture(e element, track int64, p *Pictures) (more bool) {
	if e.id == idBlockGroup {
		return s.each(e, func(in element) bool { return in.id != idBlock || s.blockPicture(in, track, p) })
	}
	if e.id != idBlock && e.id != idSimpleBlock {
		return true
	}
	b := s.bytes(e.body(), min(e.size, 12))
	n := vintLength(b)
	if n == 0 || len(b) < n+3 {
		return false
	}
	if number(b[:n])&(1<<(7*n)-1) != track {
		return true
	}
	return p.add(e.body()+int64(n)+3, e.size-int64(n)-3)
}

// Stream reads the pictures as the decoder takes them.
func (p *Pictures) Stream() io.Reader { return &pictureStream{p: p} }

type pictureStream struct {
	p    *Pictures
	next int
	rest []byte
}

// Read implements io.Reader.
func (r *pictureStream) Read(out []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.next == len(r.p.at) {
			return 0, io.EOF
		}
		at := r.p.at[r.next]
		b := r.p.s.bytes(at.at, at.n)
		if b == nil {
			return 0, io.ErrUnexpectedEOF // the source has the error
		}
		if r.p.codec != nil {
			r.rest = r.p.units(b, r.next == 0)
		} else {
			r.rest = r.p.frame(b, r.next)
		}
		r.next++
	}
	n := copy(out, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// units are those of a picture, each behind a start code (ITU-T H.264 and H.265, annex B): slices and sets of
// parameters alone.
func (p *Pictures) units(b []byte, first bool) (out []byte) {
	if first {
		out = bytes.Clone(p.first)
	}
	for int64(len(b)) > p.lengths {
		n := number(b[:p.lengths])
		b = b[p.lengths:]
		if n > int64(len(b)) {
			return out
		}
		if unit := b[:n]; n > p.codec.head {
			if kind, base := p.codec.kind(unit); base && (p.codec.keep>>kind&1 == 1 || kind == p.codec.sequence) {
				out = append(append(out, startCode...), unit...)
			}
		}
		b = b[n:]
	}
	return out
}

// frame is a picture in a list, behind the head of the list where it is the first.
func (p *Pictures) frame(b []byte, i int) (out []byte) {
	if i == 0 {
		out = append(out, "DKIF\x00\x00\x20\x00"+p.fourcc...)
		out = le.AppendUint16(le.AppendUint16(out, uint16(p.Width)), uint16(p.Height))
		out = le.AppendUint32(le.AppendUint32(out, 25), 1) // pictures a second
		out = le.AppendUint32(le.AppendUint32(out, uint32(p.Count)), 0)
		b = append(bytes.Clone(p.first), b...)
	}
	return append(le.AppendUint64(le.AppendUint32(out, uint32(len(b))), uint64(i)), b...)
}
