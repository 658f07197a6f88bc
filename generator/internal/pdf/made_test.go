package pdf

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The files of these tests are put together here, object by object.

// made is a PDF of one page to each content stream, on paper of A4 size, with
// what a page may draw besides: an image of one black pixel, B; one of 2 × 2
// pixels, half of them white, P; a scan with a black bar, D; a form F; states of transparency.
type made struct {
	contents []string
	form     string // content of the form F
	page     string // further entries of each page
	catalog  string // further entries of the catalog
	objects  []string
}

const (
	firstFree = 20 // number of the first object that a test may add
	resources = `/Resources << /Font << /F1 5 0 R /B1 6 0 R >> /XObject << /B 7 0 R /P 8 0 R /M 9 0 R /F 10 0 R /D 13 0 R >>
/ExtGState << /Half << /ca 0.5 >> /Most << /ca 0.99 >> /None << /ca 0 >> /Mul << /BM /Multiply >> >>
/Pattern << /Dots 11 0 R >> /Shading << /S 12 0 R >> >>`
)

// all are the objects of the file.
func (m made) all() []string {
	objects := make([]string, firstFree-1)
	for i := range objects {
		objects[i] = "null"
	}
	objects[4] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
	objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
	objects[6] = stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "\x00")
	objects[7] = stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray", "\xff\xf0\xf0\xff")
	objects[8] = stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 1 /ImageMask true", "\x00")
	objects[9] = stream("/Type /XObject /Subtype /Form /BBox [0 0 600 900] "+resources, m.form)
	objects[10] = stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 4] /XStep 4 /YStep 4 /Resources << >>", "0 g 0 0 1 1 re f")
	objects[11] = "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 600 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [0.2] /C1 [0.6] /N 1 >> /Extend [true true] >>"
	rows := bytes.Repeat([]byte{0xee}, 28)
	rows[4] = 0 // from 692 to 722 points, where it is drawn as high as the page
	objects[12] = stream("/Type /XObject /Subtype /Image /Width 1 /Height 28 /BitsPerComponent 8 /ColorSpace /DeviceGray", string(rows))
	objects = append(objects, m.objects...)
	var kids []string
	for _, c := range m.contents {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s %s >>", n+1, resources, m.page), stream("", c))
	}
	objects[0] = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [20 0 R] >> " + m.catalog + " >>"
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids))
	return objects
}

func (m made) bytes() []byte { return file(m.all()) }

// file is a PDF of numbered objects, the first of which is the catalog.
func file(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at := numbered(&b, 1, objects)
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%s", len(objects)+1, at)
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// numbered writes objects with numbers from first on, and gives their lines of a
// cross-reference table.
func numbered(b *bytes.Buffer, first int, objects []string) (at string) {
	for i, o := range objects {
		at += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", first+i, o)
	}
	return at
}

// saved is a file to which objects were added, with numbers from first on, as programs
// do that save what they changed. The catalog stays the first object.
func saved(old []byte, first int, objects ...string) []byte {
	b := bytes.NewBuffer(slices.Clone(old))
	prev := old[bytes.LastIndex(old, []byte("startxref\n"))+len("startxref\n") : len(old)-len("\n%%EOF\n")]
	at := numbered(b, first, objects)
	start := b.Len()
	fmt.Fprintf(b, "xref\n%d %d\n%strailer\n<< /Size 100 /Root 1 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n", first, len(objects), at, prev, start)
	return b.Bytes()
}

// linearized is a file of two halves of cross-references that are one revision, in the
// order in which a reader on the web wants them: those of the objects from first on
// at its beginning, those of the others at its end.
func linearized(objects []string, first int) (out []byte) {
	first--
	length, main := 0, 0
	for range 2 { // the second time with the right numbers, which are as long
		var rest, page bytes.Buffer
		atPage := numbered(&page, first+1, objects[first:])
		atRest := numbered(&rest, 1, objects[:first])
		var b bytes.Buffer
		fmt.Fprintf(&b, "%%PDF-1.7\n%d 0 obj\n<< /Linearized 1 /L %08d /O %d /N 1 /T %08d >>\nendobj\n", len(objects)+1, length, len(objects), main)
		start := b.Len()
		tail := fmt.Sprintf("trailer\n<< /Size %d /Root 1 0 R /Prev %08d >>\nstartxref\n0\n%%%%EOF\n", len(objects)+2, main)
		table := func(first, count int, at string, by int) string {
			return fmt.Sprintf("xref\n%d %d\n%s", first, count, moved(at, by))
		}
		head := start + len(table(first+1, len(objects)-first, atPage, 0)) + len(tail)
		b.WriteString(table(first+1, len(objects)-first, atPage, head) + tail + page.String() + rest.String())
		main = b.Len()
		b.WriteString(table(1, first, atRest, head+page.Len()))
		fmt.Fprintf(&b, "trailer\n<< /Size %d >>\nstartxref\n%d\n%%%%EOF\n", first+1, start)
		length, out = b.Len(), b.Bytes()
	}
	return out
}

// moved are lines of a cross-reference table with all offsets greater by some bytes.
func moved(at string, by int) (out string) {
	for line := range strings.Lines(at) {
		n, _ := strconv.Atoi(line[:10])
		out += fmt.Sprintf("%010d%s", n+by, line[10:])
	}
	return out
}

func stream(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

// show writes a text at a height of the page, 72 points from the left.
func show(y int, text string) string {
	return fmt.Sprintf("BT /F1 12 Tf 72 %d Td (%s) Tj ET\n", y, text)
}

// unseen writes a text that is not painted.
func unseen(y int, text string) string {
	return fmt.Sprintf("BT 3 Tr /F1 12 Tf 72 %d Td (%s) Tj 0 Tr ET\n", y, text)
}

// over is a box over the middle of a line at a height of the page.
func over(y int) string { return fmt.Sprintf("100 %d 60 15 re f\n", y-4) }

// scanned draws an image in all of the page.
func scanned(name string) string { return "q 595 0 0 842 0 0 cm /" + name + " Do Q\n" }

func itoa(n int) string { return fmt.Sprint(n) }

// grey is a JPEG of 8 × 8 grey pixels.
func grey(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// stamped is a scan on which an annotation lies.
func stamped() made {
	m := annotated("/Subtype /Stamp /Rect [100 296 160 311] /AP << /N 21 0 R >>", stream("/Type /XObject /Subtype /Form /BBox [0 0 60 15]", "0 g 0 0 60 15 re f"))
	m.contents = []string{scanned("P")}
	return m
}

// encrypted is a file that opens without a password and is encrypted all the same
// (ISO 32000-1, 7.6.3, revision 2).
func encrypted() []byte {
	pad := []byte("\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a")
	rc4of := func(key, data []byte) []byte {
		c, _ := rc4.NewCipher(key) // of 5 bytes
		out := make([]byte, len(data))
		c.XORKeyStream(out, data)
		return out
	}
	owner := md5.Sum(pad)
	o := rc4of(owner[:5], pad)
	key := md5.Sum(slices.Concat(pad, o, []byte{0xfc, 0xff, 0xff, 0xff, 0}))
	plain := made{contents: []string{"\n"}}.bytes()
	return bytes.Replace(plain, []byte("/Root 1 0 R"), fmt.Appendf(nil, "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%x> /U <%x> >> /Root 1 0 R", o, rc4of(key[:5], pad)), 1)
}
