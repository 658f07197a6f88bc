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
	var r io.Reader
	switch filter {
	case "FlateDecode":
		z, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, damaged()
		}
		r = z
	case "LZWDecode":
		r = lzw.NewReader(bytes.NewReader(body), lzw.MSB, 8)
	case "ASCII85Decode":
		body, _, _ = bytes.Cut(body, []byte("~>"))
		r = ascii85.NewDecoder(bytes.NewReader(body))
	case "ASCIIHexDecode":
		body, _, _ = bytes.Cut(body, []byte(">"))
		r = hex.NewDecoder(bytes.NewReader(bytes.Join(bytes.Fields(body), nil)))
	default:
		return nil, unknownFilter()
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
