package pdfclean

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"strconv"

	"golang.org/x/image/tiff/lzw"
)

// maxContent is how much content may be unpacked of one file, in bytes.
const maxContent = 256 << 20

func number(n int) word { return word(strconv.Itoa(n)) }

// pack makes a stream of content.
func pack(content []byte) *stream {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(content) // a buffer takes all
	_ = w.Close()
	return &stream{dict{"Filter": name("FlateDecode")}, b.Bytes()}
}

// filters are those of a stream, the first to be undone first.
func (d *document) filters(s *stream) (out []name) {
	switch f := d.at(s.dict["Filter"]).(type) {
	case name:
		return []name{f}
	case []any:
		for _, e := range f {
			n, _ := d.at(e).(name)
			out = append(out, n)
		}
	}
	return out
}

// unpack undoes all filters of a stream (ISO 32000-1, 7.4).
func (d *document) unpack(s *stream) ([]byte, error) {
	body := s.body
	if s.dict["DecodeParms"] != nil && d.at(s.dict["DecodeParms"]) != word("null") {
		return nil, unknownFilter()
	}
	for _, f := range d.filters(s) {
		var err error
		if body, err = undo(f, body, maxContent-d.unpacked); err != nil {
			return nil, err
		}
		d.unpacked += len(body)
	}
	return body, nil
}

func unknownFilter() *Error {
	return fault("PDF có phần nén theo cách không đọc được", "a part of the PDF is packed in a way that cannot be read")
}

// undo undoes a filter that unpacks to no more than most bytes.
func undo(filter name, body []byte, most int) ([]byte, error) {
	r, _, err := undoing(filter, body)
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, damaged()
	}
	if len(out) > most {
		return nil, fault("nội dung trang quá dài", "the content of a page is too long")
	}
	return out, nil
}

// undoing undoes a filter while out is read. At its end, in has left what lies behind
// the end of the packed data. Images in content have short names for filters (ISO
// 32000-1, table 94).
func undoing(filter name, body []byte) (out io.Reader, in *bytes.Reader, err error) {
	in = bytes.NewReader(body)
	switch filter {
	case "FlateDecode", "Fl":
		z, err := zlib.NewReader(in)
		if err != nil {
			return nil, nil, damaged()
		}
		return z, in, nil
	case "LZWDecode", "LZW":
		return lzw.NewReader(in, lzw.MSB, 8), in, nil
	case "RunLengthDecode", "RL":
		return &runs{in: in}, in, nil
	case "ASCII85Decode", "A85":
		body, rest, _ := bytes.Cut(body, []byte("~>"))
		return ascii85.NewDecoder(bytes.NewReader(body)), bytes.NewReader(rest), nil
	case "ASCIIHexDecode", "AHx":
		body, rest, _ := bytes.Cut(body, []byte(">"))
		return hex.NewDecoder(bytes.NewReader(bytes.Join(bytes.Fields(body), nil))), bytes.NewReader(rest), nil
	}
	return nil, nil, unknownFilter()
}

// runs undoes RunLengthDecode (ISO 32000-1, 7.4.5).
type runs struct {
	in   *bytes.Reader
	rest []byte // that was read and not handed on
	done bool
}

// Read implements io.Reader.
func (r *runs) Read(p []byte) (int, error) {
	const end = 128
	for len(r.rest) == 0 {
		n, err := r.in.ReadByte()
		if r.done = r.done || err != nil || n == end; r.done {
			return 0, io.EOF
		}
		if n < end {
			r.rest = make([]byte, int(n)+1)
			m, _ := io.ReadFull(r.in, r.rest)
			r.rest = r.rest[:m]
			continue
		}
		b, err := r.in.ReadByte()
		if err != nil {
			return 0, io.EOF
		}
		r.rest = bytes.Repeat([]byte{b}, 257-int(n))
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
