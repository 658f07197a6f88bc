package pdfclean

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
	xsfnt "golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Of a CMap its codes are left; what could say more than a code stands for is refused.
func TestCMap(t *testing.T) {
	const head, tail = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n", "endcmap\nend\nend\n"
	for program, want := range map[string]string{
		"%!PS secret\n1 begincodespacerange\n<00> <FF> % secret\nendcodespacerange":                                                  "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n",
		"2 beginbfchar <01> <0041> <02> <00660069> endbfchar":                                                                        "2 beginbfchar\n<01> <0041>\n<02> <00660069>\nendbfchar\n",
		"1 beginbfrange <01> <02> [<0041> <0042>] endbfrange":                                                                        "1 beginbfrange\n<01> <02> [<0041> <0042>]\nendbfrange\n",
		"1 begincidrange <0000> <00ff> 7 endcidrange 1 begincidchar <01> 9 endcidchar 1 beginnotdefrange <00> <1f> 1 endnotdefrange": "1 begincidrange\n<0000> <00FF> 7\nendcidrange\n1 begincidchar\n<01> 9\nendcidchar\n1 beginnotdefrange\n<00> <1F> 1\nendnotdefrange\n",
		"/CMapName /secret-paper def (secret) pop /Note (secret) def /WMode 1 def":                                                   "/WMode 1 def\n",
		"/CMapName /Adobe-Japan1-UCS2 def /UniJIS-UTF16-H usecmap":                                                                   "/CMapName /Adobe-Japan1-UCS2 def\n/UniJIS-UTF16-H usecmap\n",
		"/CIDSystemInfo << /Registry (secret) /Ordering (Japan1) >> def":                                                             "/Registry (Adobe) def\n/Ordering (Japan1) def\n",
		"/CIDSystemInfo 3 dict dup begin /Registry (secret) def /Ordering (GB1) def /Supplement 0 def end def":                       "/Registry (Adobe) def\n/Ordering (GB1) def\n",
		"/Ordering (secret) def": "",
		"":                       "",
	} {
		got, err := cmap([]byte(program), nil)
		if err != nil || string(got) != head+want+tail {
			t.Errorf("%q gives %q, %v", program, got, err)
		}
		if again, err := cmap(got, nil); err != nil || !bytes.Equal(again, got) {
			t.Errorf("%q, and again %q, %v", got, again, err)
		}
	}
	var long strings.Builder
	for i := range 230 {
		fmt.Fprintf(&long, "<%04x> <0041> ", i)
	}
	if got, err := cmap([]byte("230 beginbfchar "+long.String()+"endbfchar"), nil); err != nil || strings.Count(string(got), "100 beginbfchar") != 2 || !strings.Contains(string(got), "30 beginbfchar\n<00C8> <0041>") {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range []string{"1 beginbfchar <01> (secret) <02>", "1 beginbfchar <01> endbfchar", "1 beginbfchar <01> <" + strings.Repeat("0041", 40) + "> endbfchar", "1 beginbfchar <01> /secret endbfchar",
		"1 beginbfrange <01> <02> [<" + strings.Repeat("0041", 40) + ">] endbfrange", "1 begincidchar <0102030405> 1 endcidchar", "1 begincidchar <01> <02> endcidchar", "/secret usecmap", "usecmap", "{ secret }", "(open", "1 beginbfchar <01> % <02> endbfchar"} {
		if got, err := cmap([]byte(bad), nil); err == nil {
			t.Errorf("%q gives %q", bad, got)
		}
	}
}

// What no text shows stands for nothing.
func TestCMapOfShownCodes(t *testing.T) {
	const head, tail = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n", "endcmap\nend\nend\n"
	for program, want := range map[string]string{
		"2 beginbfchar <01> <0041> <02> <0042> endbfchar":                   "1 beginbfchar\n<01> <0041>\nendbfchar\n",
		"2 beginbfchar <0001> <0041> <0002> <0042> endbfchar":               "1 beginbfchar\n<0001> <0041>\nendbfchar\n",
		"1 beginbfchar <02> <0042> endbfchar":                               "",
		"1 beginbfrange <00> <05> [<0041> <0042> <0043> <0044>] endbfrange": "2 beginbfrange\n<01> <01> [<0042>]\n<03> <03> [<0044>]\nendbfrange\n",
		"2 beginbfrange <02> <09> <0041> <04> <fe> <0051> endbfrange":       "1 beginbfrange\n<02> <09> <0041>\nendbfrange\n",
		"1 beginbfrange <09> <01> <0041> endbfrange":                        "",
		"1 begincodespacerange <0000> <ffff> endcodespacerange":             "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
		"1 beginbfrange <00000000> <ffffffff> [<0041> <0042>] endbfrange":   "1 beginbfrange\n<00000001> <00000001> [<0042>]\nendbfrange\n",
	} {
		if got, err := cmap([]byte(program), map[int]bool{1: true, 3: true}); err != nil || string(got) != head+want+tail {
			t.Errorf("%q gives %q, %v", program, got, err)
		}
	}
}

// Of the plain part of a Type 1 comments and strings go; what is encrypted stays.
func TestType1(t *testing.T) {
	const drawing = "\x80secret is not read here %\x00(\r"
	tail := strings.Repeat(strings.Repeat("0", 64)+"\n", 8) + "cleartomark\n"
	plain := "%!PS-AdobeFont-1.0: Secret 001\n%%Creator: secret\n11 dict begin\n/FontInfo 9 dict dup begin\n/Notice (secret \\) (and) more) readonly def % secret\nend readonly def\n/FontName /ABCDEF+F def\n/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\ncurrentfile eexec"
	want := type1Head + "11 dict begin\n/FontInfo 9 dict dup begin\n/Notice () readonly def \nend readonly def\n/FontName /ABCDEF+F def\n/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\ncurrentfile eexec"
	for _, blank := range []string{"\n", "\r\n", " "} {
		for _, end := range []string{tail, tail + "secret", strings.ReplaceAll(tail, "\n", "\r"), strings.Repeat("0", 512) + " cleartomark %secret"} {
			got, length, err := font([]byte(plain + blank + drawing + end))
			if err != nil || string(got) != want+blank+drawing+tail || len(length) != 3 || length[0] != len(want+blank) || length[1] != len(drawing) || length[2] != len(tail) {
				t.Errorf("%q, %q: %q, %v, %v", blank, end, got, length, err)
			}
			if again, _, err := font(got); err != nil || !bytes.Equal(again, got) {
				t.Errorf("again %q, %v", again, err)
			}
		}
	}
	for _, bad := range []string{"", "secret", "%!PS", plain, plain + "x", plain + "\n" + drawing, plain + "\n" + drawing + "cleartomark", "\x80\x01\x00\x00\x00\x00" + plain, "ttcf\x00\x01\x00\x00"} {
		if got, _, err := font([]byte(bad)); err == nil {
			t.Errorf("%q gives %q", bad, got)
		}
	}
}

// Of a TrueType the tables that draw are left, and draw what they drew.
func TestTrueType(t *testing.T) {
	got, length, err := font(goregular.TTF)
	if err != nil || len(length) != 1 || length[0] != len(got) {
		t.Fatal(length, err)
	}
	for _, word := range []string{"Bigelow", "B\x00i\x00g\x00e\x00l\x00o\x00w", "name", "DSIG"} {
		if bytes.Contains(got, []byte(word)) {
			t.Errorf("it says %q", word)
		}
	}
	if again, _, err := font(got); err != nil || !bytes.Equal(again, got) {
		t.Errorf("again: %v", err)
	}
	before, err1 := xsfnt.Parse(goregular.TTF)
	after, err2 := xsfnt.Parse(got)
	if err1 != nil || err2 != nil || before.NumGlyphs() != after.NumGlyphs() {
		t.Fatal(err1, err2)
	}
	var b xsfnt.Buffer
	for i := range before.NumGlyphs() {
		one, err1 := before.LoadGlyph(&b, xsfnt.GlyphIndex(i), fixed.I(64), nil)
		was := fmt.Sprint(one)
		two, err2 := after.LoadGlyph(&b, xsfnt.GlyphIndex(i), fixed.I(64), nil)
		if err1 != nil || err2 != nil || fmt.Sprint(two) != was {
			t.Fatalf("glyph %d: %v %v", i, err1, err2)
		}
	}
	for n := range 400 {
		_, _, _ = font(goregular.TTF[:n*7]) // it ends, and does not panic
	}
	coloured := bytes.Replace(bytes.Clone(goregular.TTF), []byte("name"), []byte("COLR"), 1)
	if _, _, err := font(coloured); err == nil {
		t.Error("glyphs with colours are taken over")
	}
}

// index writes a list of a CFF.
func index(objects ...string) string {
	out := string(binary.BigEndian.AppendUint16(nil, uint16(len(objects)))) + "\x01\x01"
	at := 1
	for _, o := range objects {
		at += len(o)
		out += string([]byte{byte(at)})
	}
	return out + strings.Join(objects, "")
}

// Of a CFF the strings by which it says something of itself are blank, and all else is as
// and where it was.
func TestCFF(t *testing.T) {
	number := func(n int) string { return "\x1c" + string(binary.BigEndian.AppendUint16(nil, uint16(n))) }
	top := number(391) + "\x01" + number(392) + "\x02" + "\x1d\x00\x00\x01\x89" + "\x0c\x15" + "\x1e\x1a\x5f" + "\x0c\x02" + number(394) + number(395) + "\x8b\x0c\x1e" + number(2) + "\x04" + number(60) + "\x11"
	program := "\x01\x00\x04\x01" + index("Font") + index(top) + index("a notice", "a name", "{code}", "Adobe", "Identity", "glyph.alt") + "\x00\x00glyphs"
	want := strings.NewReplacer("a notice", strings.Repeat(" ", 8), "a name", strings.Repeat(" ", 6), "{code}", strings.Repeat(" ", 6)).Replace(program)
	got, length, err := font([]byte(program))
	if err != nil || length != nil || string(got) != want {
		t.Errorf("%q, %v", got, err)
	}
	for n := range program {
		_, _, _ = font([]byte(program)[:n])
	}
	for _, bad := range []string{"\x01\x00\x04", "\x01\x00\x04\x01", "\x01\x00\xff\x01" + index("F"), "\x01\x00\x04\x01" + index("F") + index(), "\x01\x00\x04\x01" + index("F") + index("\x1c\x00") + index()} {
		if got, _, err := font([]byte(bad)); err == nil {
			t.Errorf("%q gives %q", bad, got)
		}
	}
}

// A program is written anew behind each key of one, once, and is nothing else besides.
func TestProgramsOfAFile(t *testing.T) {
	made := func(font, extra string, body string) []byte {
		return []byte("1 0 obj << /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj 3 0 obj << /Contents 4 0 R /Resources << /Font << /F 5 0 R /G 5 0 R >> /Shading << /S 6 0 R >> >> >> endobj " +
			fmt.Sprintf("4 0 obj << /Length %d >> stream\n%s\nendstream endobj ", len("/F 1 Tf /G 1 Tf (\x01) Tj /S sh"), "/F 1 Tf /G 1 Tf (\x01) Tj /S sh") +
			"5 0 obj " + font + " endobj 6 0 obj << /ShadingType 1 /Function 7 0 R >> endobj " + fmt.Sprintf("7 0 obj << /FunctionType 4 %s /Length %d >> stream\n%s\nendstream endobj ", extra, len(body), body) +
			fmt.Sprintf("8 0 obj << /Type /CMap /Length %d >> stream\n%s\nendstream endobj xref trailer << /Root 1 0 R >>", len("% secret\n/WMode 0 def"), "% secret\n/WMode 0 def"))
	}
	got, err := Clean(made("<< /Type /Font /ToUnicode 8 0 R /Encoding 8 0 R >>", "", "{ pop % secret\n 1 }"))
	if err != nil || says(got, "secret") || !says(got, "/WMode 0 def") || !says(got, "{ pop \n 1 }") {
		t.Errorf("%q, %v", got, err)
	}
	if again, err := Clean(got); err != nil || !bytes.Equal(again, got) {
		t.Errorf("again: %v\n%q\n%q", err, got, again)
	}
	for _, bad := range []string{"<< /Type /Font /Encoding 7 0 R >>", "<< /Type /Font /CIDToGIDMap 8 0 R /Encoding 8 0 R >>", "<< /Type /Font /FontFile2 8 0 R >>", "<< /Type /Font /FontFile 7 0 R >>"} {
		if got, err := Clean(made(bad, "", "{ pop 1 }")); err == nil {
			t.Errorf("%s gives %q", bad, got)
		}
	}
	if got, err := Clean(made("<< /Type /Font /DescendantFonts 8 0 R /FirstChar 8 0 R /Widths [8 0 R] /ToUnicode 8 0 R >>", "", "{ pop 1 }")); err != nil || says(got, "secret") || !says(got, "/WMode 0 def") {
		t.Errorf("data that nothing draws with: %q, %v", got, err)
	}
	if got, err := Clean(made("<< /Type /Font /ToUnicode /Identity-H /Encoding << /Differences [1 /a /secret] >> >>", "", "{ pop 1 }")); err != nil || !bytes.Contains(got, []byte("/ToUnicode /Identity-H")) || !bytes.Contains(got, []byte("/Differences [1 /a /.notdef]")) {
		t.Errorf("%q, %v", got, err)
	}
}

// says reports whether a stream of a file, unpacked, or the file itself holds a word.
func says(file []byte, word string) bool {
	d, err := read(file)
	if err != nil {
		return true
	}
	for _, o := range d.objects {
		if s, ok := o.(*stream); ok {
			if body, err := d.unpack(s); err != nil || bytes.Contains(body, []byte(word)) {
				return true
			}
		}
	}
	return bytes.Contains(file, []byte(word))
}
