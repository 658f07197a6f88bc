package derive

import (
	"bytes"
	"context"
	"io"
)

// header is what a master says of itself before anything is decoded.
type header struct {
	Info
	orientation int    // 1 to 8, as EXIF numbers them
	profile     []byte // ICC profile as found, unchecked
	gray        bool   // one channel of light, with or without transparency
	cmyk        bool
	videoRange  bool  // black is 16 and white 235, as lossy WebP has it
	inks        *inks // of a CMYK picture, where they were read before
	progressive bool  // a JPEG of many scans
	rgb         bool  // a JPEG whose channels are red, green and blue
	shrunk      int   // how many times smaller, across and down, a JPEG is to be decoded; 0 or 1 for as it is
	need        int64 // bytes of memory that decoding and drawing will take at most, roughly

	blocks *layout   // where the pixels of a TIFF file lie
	dirs   []int64   // where the directories of its pages lie
	chunks *pngFacts // what a PNG file holds
}

// Probe reads the header of the master in r, which is size bytes long, and checks it against
// that length. It never decodes, and reads and allocates little. A master with a problem is
// reported as *Error.
func Probe(r io.ReaderAt, size int64) (Info, error) {
	h, err := probe(&source{ctx: context.Background(), r: r, size: size})
	return h.Info, err
}

// probe tells formats apart by their first bytes; file names are not believed.
func probe(s *source) (h header, err error) {
	if s.size == 0 {
		return h, problem(Empty, "tệp ảnh rỗng", "the image file is empty")
	}
	magic := s.bytes(0, min(16, s.size))
	switch {
	case hasPrefix(magic, "\xff\xd8"):
		h, err = probeJPEG(s)
		if h.inParts() {
			h.need = h.partsNeed()
		}
	case hasPrefix(magic, pngSignature):
		h, err = probePNG(s)
	case hasPrefix(magic, "II*\x00"), hasPrefix(magic, "MM\x00*"):
		h, err = probeTIFF(s)
	case hasPrefix(magic, "RIFF") && len(magic) >= 12 && string(magic[8:12]) == "WEBP":
		h, err = probeWebP(s)
	default:
		err = unknownFormat(magic)
	}
	if s.err != nil {
		return h, s.err
	}
	if err != nil {
		return h, err
	}
	return h.turned(), nil
}

// turned swaps the sides where the orientation lays the image on its side.
func (h header) turned() header {
	if h.orientation < 1 || h.orientation > 8 {
		h.orientation = 1
	}
	if h.orientation >= 5 {
		h.Width, h.Height = h.Height, h.Width
	}
	if h.Orientation = 0; h.orientation > 1 {
		h.Orientation = h.orientation
	}
	h.Pages = max(1, h.Pages)
	return h
}

// stored gives the sides as they lie in the file.
func (h header) stored() (w, ht int) {
	if h.orientation >= 5 {
		return h.Height, h.Width
	}
	return h.Width, h.Height
}

// others are formats that people do hand in, by the bytes at an offset.
var others = []struct {
	at    int
	magic string
	name  string
}{
	{0, "GIF8", "GIF"}, {0, "BM", "BMP"}, {0, "\x00\x00\x01\x00", "ICO"}, {0, "8BPS", "PSD"},
	{0, "II+\x00", "BigTIFF"}, {0, "MM\x00+", "BigTIFF"}, {0, "%PDF", "PDF"},
	{4, "jP  ", "JPEG 2000"}, {0, "\xff\x4f\xff\x51", "JPEG 2000"}, {0, "\xff\x0a", "JPEG XL"}, {4, "JXL ", "JPEG XL"},
	{4, "ftypavif", "AVIF"}, {4, "ftyphei", "HEIC"}, {4, "ftypmif1", "HEIC"}, {4, "ftyphev", "HEIC"},
	{0, "P5", "PGM"}, {0, "P6", "PPM"}, {0, "P4", "PBM"}, {0, "AT&TFORM", "DjVu"},
}

func unknownFormat(magic []byte) *Error {
	for _, o := range others {
		if len(magic) >= o.at && bytes.HasPrefix(magic[o.at:], []byte(o.magic)) {
			return convertible(o.name)
		}
	}
	return problem(Unsupported, "tệp không phải là ảnh JPEG, PNG, TIFF hay WebP", "the file is not a JPEG, PNG, TIFF or WebP image")
}

func hasPrefix(b []byte, magic string) bool { return bytes.HasPrefix(b, []byte(magic)) }
