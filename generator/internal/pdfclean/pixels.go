package pdfclean

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"strconv"

	"golang.org/x/image/ccitt"
)

// lineEnd is how many bytes may stand behind the data of an image: many programs end
// them with a line.
const lineEnd = 2

func excess() *Error {
	return fault("PDF có ảnh mà dữ liệu chứa nhiều hơn phần hiện ra", "the PDF has a picture whose data hold more than is shown of it")
}

// excessive refuses an image whose data hold more than its width, height and colours
// say: viewers leave the rest out, and it stays in the file. The names of colour spaces
// are looked up in spaces, which may be nil.
func (d *document) excessive(s *stream, spaces dict) error {
	width, height := d.whole(s.dict, "Width", 0), d.whole(s.dict, "Height", 0)
	if width <= 0 || height <= 0 {
		return excess()
	}
	if err := d.dimmed(s, spaces); err != nil {
		return err
	}
	larger := func(w, h int) error {
		if w > width || h > height {
			return excess()
		}
		return nil
	}
	filters := d.filters(s)
	last := name("")
	if len(filters) > 0 {
		last = filters[len(filters)-1]
	}
	switch last {
	case "DCTDecode", "DCT":
		if len(filters) > 1 {
			return unknownFilter() // nobody needs that: see picture
		}
		return larger(sizeOfJPEG(s.body))
	case "JPXDecode":
		return larger(sizeOfJPEG2000(s.body))
	}
	pixels, in, err := d.pixels(s)
	if err != nil {
		return err
	}
	switch last {
	case "JBIG2Decode":
		body, _ := io.ReadAll(pixels)
		return larger(sizeOfJBIG2(body))
	case "CCITTFaxDecode", "CCF":
		return d.excessiveFax(s, pixels, width, height)
	}
	most, ok := d.size(s, spaces)
	if !ok {
		return fault("PDF có ảnh không rõ cỡ hay không gian màu", "the PDF has a picture of an unknown size or colour space")
	}
	switch n, err := io.Copy(io.Discard, io.LimitReader(pixels, most+lineEnd+1)); {
	case err != nil:
		return damaged()
	case n > most+lineEnd || in.Len() > lineEnd:
		return excess()
	}
	return nil
}

// dimmed refuses an image of which the shades are laid together until they are alike (ISO
// 32000-1, 8.9.5.2): its data hold what is not shown.
func (d *document) dimmed(s *stream, spaces dict) error {
	const least = 0.75 // of all shades, those of a photograph may be spread
	all, ok := d.given(s.dict, "Decode").([]any)
	if !ok {
		return nil
	}
	span := 1.0
	if d.isIndexed(s.dict["ColorSpace"], spaces) {
		span = float64(int(1)<<min(16, max(1, d.whole(s.dict, "BitsPerComponent", 8)))) - 1
	}
	for i := 0; i+1 < len(all); i += 2 {
		pair, ok := numbers([]any{d.at(all[i]), d.at(all[i+1])}, 2)
		if !ok || math.Abs(pair[1]-pair[0]) < least*span {
			return fault("PDF có ảnh bị làm nhạt đến mức các sắc độ như nhau", "the PDF has a picture whose shades are laid together until they are alike")
		}
	}
	return nil
}

// isIndexed reports whether a colour space is a table of colours.
func (d *document) isIndexed(o any, spaces dict) bool {
	o = d.at(o)
	if n, ok := o.(name); ok && spaces[n] != nil {
		o = d.at(spaces[n])
	}
	of, _ := o.([]any)
	return len(of) > 0 && (d.at(of[0]) == name("Indexed") || d.at(of[0]) == name("I"))
}

// whole is a whole number, or what stands for it where there is none; -1 for what is none.
func (d *document) whole(of dict, key name, otherwise int) int {
	o := d.given(of, key)
	if o == nil {
		return otherwise
	}
	w, _ := o.(word)
	n, err := strconv.Atoi(string(w))
	if err != nil || n < 0 || n > 1<<24 {
		return -1
	}
	return n
}

// parms are the parameters of the last filter of a stream.
func (d *document) parms(s *stream) dict {
	o := d.given(s.dict, "DecodeParms")
	if all, ok := o.([]any); ok && len(all) > 0 {
		o = all[len(all)-1]
	}
	return d.dictAt(o)
}

// pixels undoes the filters of an image, but for the last where it is one of pictures
// alone. In is what was read last: it has left what lies behind the end of the data.
func (d *document) pixels(s *stream) (out io.Reader, in *bytes.Reader, err error) {
	body, filters := s.body, d.filters(s)
	in = bytes.NewReader(body)
	out = in
	for _, f := range filters {
		if f == "CCITTFaxDecode" || f == "CCF" || f == "JBIG2Decode" {
			return out, in, nil
		}
		if out != in { // what one filter gives goes through the next
			if body, err = io.ReadAll(io.LimitReader(out, maxContent+1)); err != nil || len(body) > maxContent || in.Len() > lineEnd {
				return nil, nil, damaged()
			}
		}
		if out, in, err = undoing(f, body); err != nil {
			return nil, nil, err
		}
	}
	if d.whole(d.parms(s), "EarlyChange", 1) != 1 {
		return nil, nil, unknownFilter()
	}
	return out, in, nil
}

// size is how many bytes the pixels of an image are when its filters are undone but
// for the predictor: rows of whole bytes (ISO 32000-1, 8.9.3), each with one more for a
// predictor of PNG (7.4.4.4).
func (d *document) size(s *stream, spaces dict) (bytes int64, ok bool) {
	width, height := d.whole(s.dict, "Width", 0), d.whole(s.dict, "Height", 0)
	bits, colours := d.whole(s.dict, "BitsPerComponent", 0), d.colours(s.dict["ColorSpace"], spaces, 0)
	if d.given(s.dict, "ImageMask") == word("true") {
		bits, colours = 1, 1
	}
	if width <= 0 || height <= 0 || bits <= 0 || bits > 16 || colours <= 0 || colours > 32 {
		return 0, false
	}
	n := int64(height) * rowBytes(width, bits, colours)
	parms := d.parms(s)
	if d.whole(parms, "Predictor", 1) < 10 {
		return n, true
	}
	row := rowBytes(d.whole(parms, "Columns", 1), d.whole(parms, "BitsPerComponent", 8), d.whole(parms, "Colors", 1))
	if row <= 0 {
		return 0, false
	}
	return n + (n+row-1)/row, true
}

func rowBytes(width, bits, colours int) int64 {
	return (int64(width)*int64(bits)*int64(colours) + 7) / 8
}

// colours is how many components a colour space has (ISO 32000-1, 8.6), also by the
// short name that images in content may give (table 94); 0 for what is none.
func (d *document) colours(o any, spaces dict, depth int) int {
	o = d.at(o)
	of, _ := o.([]any)
	kind, isName := o.(name)
	if len(of) > 0 {
		kind, _ = d.at(of[0]).(name)
	}
	switch kind {
	case "DeviceGray", "G", "CalGray", "Indexed", "I", "Separation":
		return 1
	case "DeviceRGB", "RGB", "CalRGB", "Lab":
		return 3
	case "DeviceCMYK", "CMYK":
		return 4
	}
	switch {
	case isName && spaces[kind] != nil && depth < maxDepth:
		return d.colours(spaces[kind], spaces, depth+1)
	case len(of) > 1 && kind == "ICCBased":
		return d.whole(d.dictAt(of[1]), "N", 0)
	case len(of) > 1 && kind == "DeviceN":
		names, _ := d.at(of[1]).([]any)
		return len(names)
	}
	return 0
}

// excessiveFax refuses an image of more rows or columns than it shows (ISO 32000-1,
// 7.4.6). Whoever writes one may pad it by less than a byte. What cannot be read, as
// Group 3 in two dimensions, is left to the viewer.
func (d *document) excessiveFax(s *stream, body io.Reader, width, height int) error {
	const pad = 7
	parms := d.parms(s)
	columns := d.whole(parms, "Columns", 1728)
	if columns <= 0 || columns > width+pad {
		return excess()
	}
	format := ccitt.Group3
	if k, _ := d.given(parms, "K").(word); len(k) > 0 && k[0] == '-' {
		format = ccitt.Group4
	}
	aligned := d.given(parms, "EncodedByteAlign") == word("true")
	most := rowBytes(columns, 1, 1) * int64(height+pad)
	rows := ccitt.NewReader(body, ccitt.MSB, format, columns, ccitt.AutoDetectHeight, &ccitt.Options{Align: aligned})
	if n, _ := io.Copy(io.Discard, io.LimitReader(rows, most+1)); n > most {
		return excess()
	}
	return nil
}

// sizeOfJBIG2 is the size of the page in pixels that the first segment states, 0 where
// it does not (ITU-T T.88, 7.2 and 7.4.8).
func sizeOfJBIG2(b []byte) (width, height int) {
	const pageInformation, largeNumber, unknown = 48, 0x40, 1<<32 - 1
	at := 11 // behind number, kind, references, page and length of a segment
	if len(b) > 4 && b[4]&largeNumber != 0 {
		at += 3
	}
	if len(b) < at+8 || b[4]&0x3f != pageInformation {
		return 0, 0
	}
	w, h := binary.BigEndian.Uint32(b[at:]), binary.BigEndian.Uint32(b[at+4:])
	if h == unknown {
		h = 0
	}
	return int(w), int(h)
}

// sizeOfJPEG is the size in pixels that the frame states (ITU-T T.81, B.2.2).
func sizeOfJPEG(b []byte) (width, height int) {
	const notFrames = "\xc4\xc8\xcc" // of the markers from SOF0 to SOF15
	for at := 2; at+9 <= len(b) && b[at] == 0xff; {
		mark := b[at+1]
		if mark == 0xff {
			at++
			continue
		}
		if mark >= 0xc0 && mark <= 0xcf && bytes.IndexByte([]byte(notFrames), mark) < 0 {
			return int(binary.BigEndian.Uint16(b[at+7:])), int(binary.BigEndian.Uint16(b[at+5:]))
		}
		at += 2 + int(binary.BigEndian.Uint16(b[at+2:]))
	}
	return 0, 0
}

// sizeOfJPEG2000 is the size in pixels that the first segment of the codestream states
// (ITU-T T.800, A.5.1).
func sizeOfJPEG2000(b []byte) (width, height int) {
	at := bytes.Index(b, []byte{0xff, 0x4f, 0xff, markSIZ})
	if at < 0 || len(b) < at+24 {
		return 0, 0
	}
	n := func(i int) int { return int(binary.BigEndian.Uint32(b[at+i:])) }
	return n(8) - n(16), n(12) - n(20)
}
