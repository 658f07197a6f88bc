package filetext

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"testing"
	"unicode/utf16"
)

// The files of these tests are put together here, byte by byte.

// tiffField is one field of a directory: a type of TIFF 6.0 and its bytes.
type tiffField struct {
	tag, typ uint16
	value    []byte
}

// tiffOf makes TIFF data of a chain of directories. A field whose value is nil
// leads to the directory behind the last of the chain.
func tiffOf(order binary.AppendByteOrder, chain ...[]tiffField) []byte {
	head := "II*\x00"
	if order.String() == binary.BigEndian.String() {
		head = "MM\x00*"
	}
	out := order.AppendUint32([]byte(head), 8)
	for i, fields := range chain {
		after := len(out) + 2 + 12*len(fields) + 4
		var values []byte
		out = order.AppendUint16(out, uint16(len(fields)))
		for _, f := range fields {
			out = order.AppendUint16(order.AppendUint16(out, f.tag), f.typ)
			out = order.AppendUint32(out, uint32(len(f.value)))
			if len(f.value) <= 4 {
				out = append(append(out, f.value...), make([]byte, 4-len(f.value))...)
				continue
			}
			out = order.AppendUint32(out, uint32(after+len(values)))
			values = append(values, f.value...)
		}
		next := 0
		if i+1 < len(chain) {
			next = after + len(values)
		}
		out = append(order.AppendUint32(out, uint32(next)), values...)
	}
	return out
}

func text(tag uint16, s string) []tiffField { return []tiffField{{tag, 2, append([]byte(s), 0)}} }

// pointing makes TIFF data whose first directory leads to a second by a tag.
func pointing(tag uint16, fields []tiffField) []byte {
	order := binary.LittleEndian
	head := order.AppendUint32([]byte("II*\x00"), 8)
	head = order.AppendUint16(head, 1)
	head = order.AppendUint16(order.AppendUint16(head, tag), 4)
	head = order.AppendUint32(order.AppendUint32(head, 1), 8+2+12+4)
	head = order.AppendUint32(head, 0)
	inner := tiffOf(order, fields)
	inner = inner[8:]
	// offsets within the second directory count from the beginning of the file
	n := int(order.Uint16(inner))
	for i := range n {
		e := inner[2+12*i:]
		if order.Uint32(e[4:]) > 4 {
			order.PutUint32(e[8:], order.Uint32(e[8:])-8+uint32(len(head)))
		}
	}
	return append(head, inner...)
}

func segment(mark byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(len(body)+2)), body...)
}

func jpegOf(segments ...[]byte) []byte {
	out := []byte("\xff\xd8")
	out = append(out, segment(markAPP0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, "\xff\xda\x00\x02\x12\x34\xff\xd9"...)
}

func dataset(record, number byte, value string) string {
	return string([]byte{0x1c, record, number}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(value)))) + value
}

func resource(id uint16, data string) string {
	out := "8BIM" + string(binary.BigEndian.AppendUint16(nil, id)) + "\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(data)))) + data
	if len(data)%2 == 1 {
		out += "\x00"
	}
	return out
}

func xmpOf(inner string) string {
	return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Kho mẫu">` + inner + `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

func xmpTitle(s string) string {
	return xmpOf(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + s + `</rdf:li></rdf:Alt></dc:title>`)
}

func chunk(kind, body string) []byte {
	out := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), kind+body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func pngOf(chunks ...[]byte) []byte {
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")...)
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(append(out, chunk("IDAT", packed("\x00\x00"))...), chunk("IEND", "")...)
}

func packed(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

func rawProfile(name, data string) string {
	return fmt.Sprintf("\n%s\n%8d\n%s\n", name, len(data), hex.EncodeToString([]byte(data)))
}

func webpOf(kind, body string) []byte {
	c := func(kind, body string) string {
		out := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
		if len(body)%2 == 1 {
			out += "\x00"
		}
		return out
	}
	all := "WEBP" + c("VP8L", "\x2f\x00\x00\x00\x00") + c(kind, body)
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(all)))) + all)
}

func utf16of(order binary.AppendByteOrder, s string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

// pdfOf makes a PDF of numbered objects; the first is the catalog, the second the
// pages, and info is the number of the document's properties, 0 for none.
func pdfOf(info int, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R", len(objects)+1)
	if info > 0 {
		fmt.Fprintf(&b, " /Info %d 0 R", info)
	}
	fmt.Fprintf(&b, " >>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}

func streamOf(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

// pdfPage makes a PDF of one page with the given text in Helvetica, and further
// objects from the sixth on.
func pdfPage(shown string, info int, more ...string) []byte {
	content := ""
	if shown != "" {
		content = "BT /F1 24 Tf 72 700 Td (" + shown + ") Tj ET"
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		streamOf("", content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	return pdfOf(info, append(objects, more...)...)
}

// mustHold fails unless some text of a file holds want.
func mustHold(t *testing.T, rd *Reader, file []byte, want string) {
	t.Helper()
	texts, _, err := read(rd, file)
	if err != nil {
		t.Errorf("%v", err)
	}
	for _, got := range texts {
		if bytes.Contains([]byte(got.Text), []byte(want)) {
			return
		}
	}
	t.Errorf("%q is not among %+v", want, texts)
}

func read(rd *Reader, file []byte) (texts []Text, res Result, err error) {
	res, err = rd.Read(context.Background(), bytes.NewReader(file), int64(len(file)), func(x Text) { texts = append(texts, x) })
	return texts, res, err
}
