package pdf

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
)

// withFont is a page in a font that is embedded, whose program and CMap say a word of seven
// letters besides.
func withFont(word string) []byte {
	program := bytes.ReplaceAll(bytes.Clone(goregular.TTF), []byte("Bigelow"), []byte(word))
	const wide = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
	codes := "%!PS-Adobe-3.0 Resource-CMap\n% " + word + "\n" + wide + "/CIDSystemInfo << /Registry (" + word + ") /Ordering (UCS) /Supplement 0 >> def /CMapName /" + word + " def /CMapType 2 def\n" +
		"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange\nendcmap (" + word + ") pop CMapName currentdict /CMap defineresource pop end end\n% " + word
	return file([]string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		stream("", "BT /F1 24 Tf 20 200 Td (Van ban cu) Tj ET"),
		"<< /Type /Font /Subtype /TrueType /BaseFont /GoRegular /FirstChar 32 /LastChar 126 /Widths [" + strings.Repeat("600 ", 95) + "] /Encoding /WinAnsiEncoding /FontDescriptor 6 0 R /ToUnicode 8 0 R >>",
		"<< /Type /FontDescriptor /FontName /GoRegular /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 7 0 R >>",
		stream("/Length1 "+strconv.Itoa(len(program)), string(program)), stream("", codes),
	})
}

// Of the fonts of a copy what draws is left, and the text that its codes stand for.
func TestFontsOfACopySayNothing(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	const word = "Chimsau"
	from := withFont(word)
	if !saysAnywhere(from, word) {
		t.Fatal("the file says nothing")
	}
	got, err := copyOf(e, from)
	if err != nil {
		t.Fatal(err)
	}
	if saysAnywhere(got, word) || saysAnywhere(got, "Holmes") {
		t.Error("the copy says it too")
	}
	if text, _ := linesOf(t, e, got); !strings.Contains(text, "Van ban cu") {
		t.Errorf("its text is %q", text)
	}
	if other, err := copyOf(e, withFont("Chimxau")); err != nil || !bytes.Equal(got, other) {
		t.Errorf("another word besides the pages gives another copy (%v)", err)
	}
	if again, err := copyOf(e, got); err != nil || !bytes.Equal(got, again) {
		t.Errorf("the copy of a copy is another (%v)", err)
	}
}
