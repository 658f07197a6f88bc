package pdfclean

import (
	"bytes"
	"testing"
)

// Of a font of Type 3 the glyphs are left that some text shows, and of any font the names
// of these.
func TestGlyphsThatNobodyShows(t *testing.T) {
	const square = "50 0 d0 0 0 30 30 re f"
	type3 := "<< /Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /Encoding 8 0 R /CharProcs << /a 6 0 R /secret 7 0 R /b 6 0 R >> /Resources << /ExtGState << /G << /secret true >> >> >> >>"
	objects := []string{type3, streamOf("", square), streamOf("", "50 0 d0 /G gs BT (secret) Tj ET"), "<< /Differences [97 /a /secret 300 /a 99 /b 256 /secret] /BaseEncoding /secret /secret /secret >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 8 0 R >>"}
	for content, glyphs := range map[string]int{
		"BT /T 1 Tf (a) Tj /F 9 Tf (c) Tj ET":                       1,
		"BT /T 1 Tf (a) ' [(c)] TJ /F 9 Tf (a) Tj ET":               2,
		"BT /F 9 Tf (a) Tj ET":                                      0,
		"q BT /F 9 Tf (c) Tj ET Q BT /T 1 Tf 1 2 (a) \" /F 9 Tf ET": 1,
	} {
		got, err := Clean(drawn(content, "/Font << /T 5 0 R /F 9 0 R >>", objects...))
		if err != nil || says(got, "secret") || count(got, square) != glyphs {
			t.Errorf("%s: %d glyphs, %v\n%q", content, count(got, square), err, got)
		}
		if again, err := Clean(got); err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: again %v\n%q\n%q", content, err, got, again)
		}
	}
}

// count is how many streams of a file, unpacked, are made of some words.
func count(file []byte, words string) (n int) {
	d, _ := read(file)
	for _, o := range d.objects {
		if s, ok := o.(*stream); ok {
			if body, _ := d.unpack(s); bytes.Equal(bytes.Join(bytes.Fields(body), []byte(" ")), []byte(words)) {
				n++
			}
		}
	}
	return n
}
