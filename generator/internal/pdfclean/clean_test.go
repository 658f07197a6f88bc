package pdfclean

import (
	"bytes"
	"compress/lzw"
	"encoding/ascii85"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// Of content what draws is left, in its order, with the operands that it takes and with
// resources that have numbers for names.
func TestRedraw(t *testing.T) {
	for content, want := range map[string]string{
		"q 1 0 0 1 5 6 cm /Im1 Do Q":                              "q\n1 0 0 1 5 6 cm\n/X1 Do\nQ\n",
		"BT/F1 12 Tf(a\\(b\\051)Tj ET":                            "BT\n/F1 12 Tf\n<61286229> Tj\nET\n",
		"[(a)-20<62>/secret]TJ %secret\n0 g":                      "[<61> -20 <62>] TJ\n0 g\n",
		"/Span<</ActualText(secret)>>BDC 0 g EMC":                 "0 g\n",
		"/OC /MC0 BDC /secret MP BX (secret) odd EX 0g":           "", // 0g is no operator
		"/Secret BMC n EMC":                                       "n\n",
		"BI /W 2/H 1/BPC 8/CS/G/X(secret) ID \x00\xff EI Q":       "BI/BPC 8/CS /G/H 1/W 2\nID \x00\xff\nEI\nQ\n",
		"BI /W 2/H 1/BPC 8/CS/own/F/secret/D[(a)] ID \x00\xff EI": "BI/BPC 8/CS /C1/H 1/W 2\nID \x00\xff\nEI\n",
		"/secret Do /other Do /secret Do":                         "/X1 Do\n/X2 Do\n/X1 Do\n",
		"(secret) 1 w /secret 5 6 m (secret) n":                   "1 w\n5 6 m\nn\n",
		"0secret w 1 0secret m (a) w /a w /secret ri 1 cm":        "",
		"[/secret (secret) 3 2] 0 d /Saturation ri":               "[3 2] 0 d\n/Saturation ri\n",
		"(a) Do /a Tf /a 1 (b) Tf /a Tj 5 TJ 9 cs":                "",
		"/Pattern cs (x) 1 .5 /p scn /x 1 0 0 sc scn":             "/Pattern cs\n1 .5 /P1 scn\n1 0 0 sc\n",
	} {
		got, err := redraw([]byte(content), usesNothing())
		if err != nil || string(got) != want {
			t.Errorf("%q gives %q, %v", content, got, err)
		}
	}
	uses := usesNothing()
	_, err := redraw([]byte("/A Do /B gs /C 9 Tf /D cs 1 /E scn /F sh /G BMC /H ri"), uses)
	if err != nil || len(uses.names) != 6 || uses.names["XObject"]["A"] != "X1" || uses.names["Pattern"]["E"] != "P1" || uses.names["ExtGState"]["H"] != "" {
		t.Errorf("%v, %v", uses, err)
	}
	for _, bad := range []string{"(open", "[1 2", "<< /A", "1 )", "<6x> Tj", strings.Repeat("[", 99), strings.Repeat("1 ", 99) + "k", "BI /W 1 ID"} {
		if got, err := redraw([]byte(bad), usesNothing()); err == nil {
			t.Errorf("%q gives %q", bad, got)
		}
	}
}

// Content is read in each of the ways in which it is packed.
func TestUnpack(t *testing.T) {
	const plain = "q 0 g Q"
	var packed, text bytes.Buffer
	w := lzw.NewWriter(&packed, lzw.MSB, 8)
	_, _ = w.Write([]byte(plain))
	_ = w.Close()
	a := ascii85.NewEncoder(&text)
	_, _ = a.Write(packed.Bytes())
	_ = a.Close()
	for name, s := range map[string]*stream{
		"not at all": {dict{}, []byte(plain)},
		"Flate":      pack([]byte(plain)),
		"hex":        {dict{"Filter": name("ASCIIHexDecode")}, []byte("7120 30206720\n51>")},
		"two":        {dict{"Filter": []any{name("ASCII85Decode"), name("LZWDecode")}}, append(text.Bytes(), "~>"...)},
	} {
		if got, err := (&document{}).unpack(s); err != nil || string(got) != plain {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, s := range map[string]*stream{
		"an unknown filter": {dict{"Filter": name("Crypt")}, []byte(plain)},
		"a damaged stream":  {dict{"Filter": name("FlateDecode")}, []byte(plain)},
		"a predictor":       {dict{"Filter": name("FlateDecode"), "DecodeParms": dict{"Predictor": word("12")}}, pack([]byte(plain)).body},
	} {
		var fault *Error
		if got, err := (&document{}).unpack(s); !errors.As(err, &fault) || fault.Why.Vi == "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// A file that unpacks to more than anybody could read is refused before it is.
func TestUnpackEnds(t *testing.T) {
	s, d := pack(make([]byte, maxContent/4)), &document{}
	for i := range 5 {
		if _, err := d.unpack(s); (err == nil) != (i < 4) {
			t.Errorf("stream %d: %v", i+1, err)
		}
	}
}

// Of a JPEG 2000 the picture is left, with what says how it is drawn.
func TestStripJPEG2000(t *testing.T) {
	codestream := []byte("\xff\x4f\xff\x51\x00\x04si\xff\x64\x00\x08secret\xff\x52\x00\x04co\xff\x90tiles\xff\xd9")
	bare := []byte("\xff\x4f\xff\x51\x00\x04si\xff\x52\x00\x04co\xff\x90tiles\xff\xd9")
	file := appendBox(nil, "jP  ", []byte("\r\n\x87\n"))
	file = appendBox(file, "ftyp", []byte("jp2 "))
	file = appendBox(file, "xml ", []byte("secret"))
	file = appendBox(file, "jp2h", appendBox(appendBox(appendBox(nil, "ihdr", []byte("head")), "uuid", []byte("secret")), "colr", []byte("sRGB")))
	want := append(bytes.Clone(file[:24]), appendBox(nil, "jp2h", appendBox(appendBox(nil, "ihdr", []byte("head")), "colr", []byte("sRGB")))...)
	want = appendBox(want, "jp2c", bare)
	file = appendBox(appendBox(file, "jp2c", codestream), "uuid", []byte("secret"))
	if got, ok := stripJPEG2000(file); !ok || !bytes.Equal(got, want) {
		t.Errorf("%t %q", ok, got)
	}
	if got, ok := stripJPEG2000(codestream); !ok || !bytes.Equal(got, bare) {
		t.Errorf("a codestream alone: %t %q", ok, got)
	}
	for n := range 80 {
		stripJPEG2000(file[:n]) // it ends, and does not panic
	}
}

// Of a JPEG the picture is left, with what says how its colours are meant.
func TestStripJPEG(t *testing.T) {
	segment := func(mark byte, body string) string {
		return string(binary.BigEndian.AppendUint16([]byte{0xff, mark}, uint16(len(body)+2))) + body
	}
	head, scan := "\xff\xd8", segment(0xdb, "tables")+segment(0xda, "scan")+"\x01\xff\x00\xff\xd0\x02"+segment(0xc4, "more")+segment(0xda, "next")+"\x03"
	file := head + segment(0xe0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x01thumbnail") + segment(0xe1, "secret") + segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x01secret") +
		segment(0xe0, "JFXX\x00secret") + segment(0xfe, "secret") + scan
	want := head + segment(0xe0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00") + segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x01") + scan + "\xff\xd9"
	for _, end := range []string{"\xff\xd9secret", "\xff\xd9", ""} {
		if got, ok := stripJPEG([]byte(file + end)); !ok || string(got) != want {
			t.Errorf("%q: %t %q", end, ok, got)
		}
	}
	for n := range len(file) {
		stripJPEG([]byte(file[:n])) // it ends, and does not panic
	}
}

// What is no file as PDFium saves it is refused.
func TestCleanRefuses(t *testing.T) {
	for _, data := range []string{"", "%PDF-1.7", "1 0 obj", "1 0 obj << /Length 9 >> stream\nx\nendstream endobj xref trailer << >>", "xref trailer << /Root 1 0 R >>",
		"1 0 obj << /Pages 1 0 R /Kids [1 0 R] >> endobj xref trailer << /Root 1 0 R >>", "1 0 obj << >> endobj xref trailer << /Root 1 0 R /Encrypt 1 0 R >>"} {
		var fault *Error
		if got, err := Clean([]byte(data)); !errors.As(err, &fault) {
			t.Errorf("%q gives %q, %v", data, got, err)
		}
	}
}

// Any bytes are written anew or refused.
func FuzzClean(f *testing.F) {
	f.Add([]byte("1 0 obj << /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj 3 0 obj << /Contents 4 0 R >> endobj 4 0 obj << /Length 1 >> stream\nn\nendstream endobj xref trailer << /Root 1 0 R >>"))
	for _, data := range packed {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Clean(data)
		if err != nil {
			return
		}
		if again, err := Clean(got); err != nil || !bytes.Equal(got, again) {
			t.Errorf("%q, then %q, %v", got, again, err)
		}
	})
}
