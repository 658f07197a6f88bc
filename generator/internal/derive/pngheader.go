package derive

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// maxChunks bounds the walk through a PNG or WebP file; writers use chunks of 8 KiB or more.
const maxChunks = 1 << 18

// maxDeflate is the most that one byte of a deflate stream can grow to (RFC 1951: two bits
// stand for 258 bytes, so 1032), with a little to spare for the stream's frame.
const maxDeflate = 1040

// samples are the channels per pixel of each PNG colour type.
var samples = map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}

// pngFacts is what the chunks of a PNG file hold.
type pngFacts struct {
	depth, colour, interlace byte
	palette, trans           stretch
	first                    int64 // where the first chunk of data lies
	data                     int64 // compressed bytes of the image
	ended                    bool
}

// stretch is a part of a file.
type stretch struct{ at, n int64 }

func probePNG(s *source) (header, error) {
	h := header{Info: Info{Format: "png"}, orientation: 1}
	facts := pngFacts{}
	if err := readIHDR(s, &h, &facts); err != nil {
		return h, err
	}
	if err := walkPNG(s, &h, &facts); err != nil {
		return h, err
	}
	h.gray = facts.colour == 0 || facts.colour == 4
	row := (int64(h.Width)*samples[facts.colour]*int64(facts.depth)+7)/8 + 1
	if row*int64(h.Height) > (facts.data+64)*maxDeflate {
		return h, tooFewBytes("PNG", h.Width, h.Height)
	}
	if !facts.ended {
		return h, cut("PNG")
	}
	planes := int64(4) // with the smaller ones that are drawn from them
	if h.gray {
		planes = 2
	}
	h.need, h.chunks = planes*int64(h.Width)*int64(h.Height)+3*row, &facts
	return h, nil
}

// readIHDR reads and checks the first chunk.
func readIHDR(s *source, h *header, f *pngFacts) error {
	b := s.bytes(8, 25)
	if b == nil {
		return cut("PNG")
	}
	if string(b[:8]) != "\x00\x00\x00\x0dIHDR" || crc32.ChecksumIEEE(b[4:21]) != binary.BigEndian.Uint32(b[21:]) {
		return broken("PNG", "phần đầu sai", "its header is wrong")
	}
	w, ht := binary.BigEndian.Uint32(b[8:]), binary.BigEndian.Uint32(b[12:])
	f.depth, f.colour, f.interlace = b[16], b[17], b[20]
	if w == 0 || ht == 0 || w > 1<<31-1 || ht > 1<<31-1 {
		return lies("PNG", "một cạnh bằng 0 hoặc quá lớn", "one side is 0 or out of range")
	}
	few := f.colour == 0 || f.colour == 3 // channels, so that there may be less than eight bits
	if samples[f.colour] == 0 || f.depth == 0 || f.depth > 16 || f.depth&(f.depth-1) != 0 || f.depth < 8 && !few ||
		f.depth == 16 && f.colour == 3 || b[18] != 0 || b[19] != 0 || f.interlace > 1 {
		return broken("PNG", "kiểu màu sai", "its colour type is wrong")
	}
	h.Width, h.Height = int(w), int(ht)
	if uint64(w)*uint64(ht) > 1<<40 { // keeps every product below in range
		return tooFewBytes("PNG", h.Width, h.Height)
	}
	return nil
}

// walkPNG visits the chunks after IHDR.
func walkPNG(s *source, h *header, f *pngFacts) error {
	off := int64(8 + 25)
	for range maxChunks {
		b := s.bytes(off, 8)
		if b == nil {
			return nil // cut short: the caller says so
		}
		n, kind := int64(binary.BigEndian.Uint32(b)), string(b[4:])
		body := off + 8
		switch kind {
		case "IDAT":
			if f.first == 0 {
				f.first = off
			}
			f.data += min(n, s.size-body)
		case "PLTE":
			f.palette = stretch{body, n}
		case "tRNS":
			f.trans = stretch{body, n}
		case "iCCP":
			h.profile = inflateProfile(s.bytes(body, min(n, maxProfile)))
		case "eXIf":
			h.orientation = exifOrientation(s.bytes(body, min(n, maxExif)))
		case "IEND":
			f.ended = true
			return nil
		}
		if off = body + n + 4; off > s.size {
			return nil
		}
	}
	return broken("PNG", "quá nhiều khối dữ liệu", "it has too many chunks")
}

// inflateProfile unpacks an iCCP chunk: a name, a zero, the method, a zlib stream.
func inflateProfile(b []byte) []byte {
	i := bytes.IndexByte(b, 0)
	if i < 0 || i+2 > len(b) {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(b[i+2:]))
	if err != nil {
		return nil
	}
	defer z.Close()
	p, err := io.ReadAll(io.LimitReader(z, maxProfile+1))
	if err != nil || len(p) > maxProfile {
		return nil
	}
	return p
}
