package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func copyOf(e *Engine, data []byte) ([]byte, error) {
	return e.Copy(context.Background(), bytes.NewReader(data), int64(len(data)), 2*time.Minute)
}

// canary is a word that stands wherever a PDF can say something besides its pages.
const canary = "Hoang-yen"

// jpegSaying is a grey JPEG of 8 × 8 pixels with comment, EXIF and a trailer.
func jpegSaying(t *testing.T, word string) string {
	t.Helper()
	plain := grey(t)
	segment := func(mark byte, body string) string {
		n := len(body) + 2
		return string([]byte{0xff, mark, byte(n >> 8), byte(n)}) + body
	}
	return plain[:2] + segment(0xe1, "Exif\x00\x00"+word) + segment(0xfe, word) + segment(0xed, "Photoshop 3.0\x00"+word) + plain[2:] + word
}

// laden is a page that shows "Van ban" and a picture, in a file that says a word in
// every other place.
func laden(t *testing.T, word string) []byte {
	w := "(" + word + ")"
	m := made{
		contents: []string{"% " + word + "\n/Span << /ActualText " + w + " >> BDC " + show(700, "Van ban") + "EMC /P0 DP q 40 0 0 40 72 600 cm /J Do Q\n/Foo << /Bar " + w + " >> MP"},
		page: "/Annots [20 0 R 29 0 R] /AA << /O 21 0 R >> /Metadata 22 0 R /PieceInfo << /Prog << /Private " + w + " >> >> /Thumb 23 0 R /StructParents 0 /LastModified " + w +
			" /Tabs /S /" + word + " 1",
		catalog: "/Metadata 22 0 R /OpenAction 21 0 R /AA << /WC 21 0 R >> /Names << /EmbeddedFiles << /Names [" + w + " 24 0 R] >> /Dests << /Names [" + w + " [null /Fit]] >> >>" +
			" /StructTreeRoot 26 0 R /Outlines 27 0 R /PageLabels << /Nums [0 << /P " + w + " >>] >> /Lang " + w + " /Perms << >> /PieceInfo << /Prog << /Private " + w + " >> >>",
	}
	jpeg := jpegSaying(t, word)
	m.objects = []string{
		"<< /Type /Annot /Subtype /Link /Rect [72 690 200 712] /Border [0 0 0] /Contents " + w + " /A << /S /URI /URI " + w + " >> >>",
		"<< /S /URI /URI " + w + " >>",
		stream("/Type /Metadata /Subtype /XML", "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"+word+"</x:xmpmeta>"),
		stream("/Type /XObject /Subtype /Image /Width 1 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray", word),
		"<< /Type /Filespec /F " + w + " /UF " + w + " /EF << /F 25 0 R >> >>",
		stream("/Type /EmbeddedFile", word),
		"<< /Type /StructTreeRoot /K << /S /P /ActualText " + w + " /Alt " + w + " >> >>",
		"<< /Type /Outlines /First 28 0 R /Last 28 0 R /Count 1 >>",
		"<< /Title " + w + " /Parent 27 0 R >>",
		"<< /Type /Annot /Subtype /Text /F 2 /Rect [0 0 20 20] /Contents " + w + " /T " + w + " >>",
		stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PieceInfo << /P << /Private "+w+" >> >>", show(1, word)), // 30: in the resources, and not drawn
		stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode /Metadata 22 0 R", jpeg),
		"<< /Title " + w + " /Author " + w + " /Own " + w + " >>", // 32
		"<< /Nobody " + w + " >>",
	}
	objects := m.all()
	for i, o := range objects {
		if strings.Contains(o, "/Type /Page ") {
			objects[i] = strings.Replace(o, "/XObject <<", "/Properties << /P0 << /Note "+w+" >> >> /XObject << /Unused 30 0 R /J 31 0 R", 1)
		}
	}
	return bytes.Replace(file(objects), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Info 32 0 R /ID [<"+fmt.Sprintf("%x", word)+"> "+w+"]"), 1)
}

// saysAnywhere reports whether a file holds a word, in the open or packed.
func saysAnywhere(data []byte, word string) bool {
	if bytes.Contains(data, []byte(word)) || bytes.Contains(bytes.ToLower(data), []byte(fmt.Sprintf("%x", word))) {
		return true
	}
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("stream\n"))
		if i < 0 {
			return false
		}
		at += i + len("stream\n")
		if z, err := zlib.NewReader(bytes.NewReader(data[at:])); err == nil {
			if plain, _ := io.ReadAll(z); bytes.Contains(plain, []byte(word)) {
				return true
			}
		}
	}
}

// A copy shows what the pages show and says nothing else, whatever the file says; two
// files that differ in that alone have one copy.
func TestACopyHoldsItsPagesAlone(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	from := laden(t, canary)
	if !saysAnywhere(from, canary) {
		t.Fatal("the file says nothing")
	}
	got, err := copyOf(e, from)
	if err != nil {
		t.Fatal(err)
	}
	if saysAnywhere(got, canary) {
		t.Errorf("the copy says it too:\n%q", got)
	}
	if text, _ := linesOf(t, e, got); !strings.Contains(text, "Van ban") {
		t.Errorf("its text is %q", text)
	}
	if !bytes.Contains(got, []byte("/DCTDecode")) {
		t.Error("the picture is gone")
	}
	other, err := copyOf(e, laden(t, "Chim-sau-1"))
	if err != nil || !bytes.Equal(got, other) {
		t.Errorf("another word besides the pages gives another copy (%v)", err)
	}
	if again, err := copyOf(e, got); err != nil || !bytes.Equal(got, again) {
		t.Errorf("the copy of a copy is another (%v):\n%q\n%q", err, got, again)
	}
}

// drawing is a path that could be a letter.
const drawing = "100 700 m 110 715 l 120 700 l 115 700 l 112 705 l 108 705 l 105 700 l h f\n"

// outlines are two that are one path.
const outlines = "100 700 m 105 720 115 720 120 700 c 115 705 105 705 100 700 c 195 700 m 200 720 210 720 215 700 c 210 705 200 705 195 700 c f\n"

// boxLetters are five letters, each of three boxes.
var boxLetters = func() (out string) {
	for x := 100; x < 200; x += 24 {
		out += fmt.Sprintf("%d 695 4 40 re f %d 731 16 4 re f %d 713 12 4 re f ", x, x, x)
	}
	return out
}()

// blanks is a page that shows letters in a font that calls them blanks, and something later.
func blanks(later string) []byte {
	const codes = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> ["
	m := made{contents: []string{"BT /F2 24 Tf 72 700 Td (BIMATCUATOI) Tj ET " + later}, objects: []string{
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 21 0 R >>", stream("", codes+strings.Repeat("<0020> ", 26)+"] endbfrange endcmap")}}
	return bytes.Replace(m.bytes(), []byte("/F1 5 0 R /B1 6 0 R"), []byte("/F2 20 0 R"), -1)
}

// rounded is a box with round corners over the first of them.
const rounded = "0 g 100 695 m 120 695 l 123 695 125 697 125 700 c 125 715 l 125 718 123 720 120 720 c 100 720 l 97 720 95 718 95 715 c 95 700 l 95 697 97 695 100 695 c h f\n"

// What cannot be taken away, or might come to light, is told and not copied.
func TestNoCopy(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	script := made{contents: []string{show(700, "Van ban")}, catalog: "/OpenAction << /S /JavaScript /JS (app.alert) >>"}
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"no PDF":                     {[]byte("%PDF-1.7 and nothing"), "damaged"},
		"a script":                   {script.bytes(), "scripts"},
		"an encrypted file":          {encrypted(), "encrypted"},
		"layers":                     {layered(show(700, "Hien")), "layers"},
		"white text":                 {made{contents: []string{"1 g " + show(700, secret)}}.bytes(), "cannot be seen"},
		"white text by an image":     {made{contents: []string{"q 100 0 0 100 100 100 cm /D Do Q 1 g " + show(700, secret)}}.bytes(), "cannot be seen"},
		"text beside the page":       {made{contents: []string{show(900, secret)}}.bytes(), "cannot be seen"},
		"text beyond the cut":        {made{contents: []string{show(800, secret)}, page: "/CropBox [0 0 595 750]"}.bytes(), "cannot be seen"},
		"text that is not painted":   {made{contents: []string{unseen(700, secret)}}.bytes(), "cannot be seen"},
		"text under a box":           {made{contents: []string{show(700, secret) + "0 g " + over(700)}}.bytes(), "under what covers it"},
		"text under an annotation":   {annotated("/Subtype /Square /C [0 0 0] /IC [0 0 0] /Rect [100 696 160 711]").bytes(), "under what covers it"},
		"a box over a scan":          {made{contents: []string{scanned("D") + "1 g " + over(400)}}.bytes(), "drawn over a picture"},
		"a scan over a scan":         {made{contents: []string{scanned("D") + scanned("B")}}.bytes(), "drawn over a picture"},
		"a stamp over a scan":        {stamped().bytes(), "drawn over a picture"},
		"an image without a trace":   {made{contents: []string{"/None gs q 100 0 0 100 100 100 cm /D Do Q"}}.bytes(), "picture that cannot be seen"},
		"a tiling pattern":           {made{contents: []string{"/Pattern cs /Dots scn 100 100 50 50 re f"}}.bytes(), "tiling pattern"},
		"a picture of a point":       {made{contents: []string{"q 0.9 0 0 0.9 100 100 cm BI /W 9 /H 9 /BPC 1 /IM true ID abcdefghijklmnopqr EI Q"}}.bytes(), "too small"},
		"text without width":         {made{contents: []string{"BT 0 Tz /F1 24 Tf 72 700 Td (" + secret + ") Tj ET"}}.bytes(), "squeezed until"},
		"an image of a point":        {made{contents: []string{"q 0.9 0 0 0.9 100 100 cm /D Do Q"}}.bytes(), "squeezed to a line"},
		"an image without height":    {made{contents: []string{"q 90 0 0 0 100 100 cm /D Do Q"}}.bytes(), "squeezed to a line"},
		"a part under a box":         {made{contents: []string{outlines + "0 g 190 695 30 25 re f"}}.bytes(), "has a drawing under"},
		"a part of low letters":      {made{contents: []string{"q 1 0 0 0.3 0 490 cm " + outlines + "Q 0 g 190 695 30 15 re f"}}.bytes(), "has a drawing under"},
		"a letter of one curve":      {made{contents: []string{"100 700 m 110 720 130 720 140 700 c f 0 g 90 690 60 40 re f"}}.bytes(), "has a drawing under"},
		"a stroke of a letter":       {made{contents: []string{"100 700 m 120 715 l S 0 g 90 690 60 40 re f"}}.bytes(), "has a drawing under"},
		"a letter of straight lines": {made{contents: []string{"100 700 m 120 700 l 120 705 l 105 705 l 105 720 l 100 720 l h f 0 g 90 690 60 40 re f"}}.bytes(), "has a drawing under"},
		"under a rounded box":        {made{contents: []string{outlines + rounded}}.bytes(), "has a drawing under"},
		"under a thick line":         {made{contents: []string{outlines + "30 w 90 705 m 240 705 l S"}}.bytes(), "has a drawing under"},
		"under two boxes":            {made{contents: []string{outlines + "0 g 95 695 10 25 re f 105 695 10 25 re f"}}.bytes(), "has a drawing under"},
		"letters of boxes":           {made{contents: []string{boxLetters + "1 g 90 690 150 50 re f"}}.bytes(), "has a drawing under"},
		"letters under two boxes":    {made{contents: []string{boxLetters + "0 g 90 690 40 50 re f 130 690 100 50 re f"}}.bytes(), "has a drawing under"},
		"letters under an image":     {made{contents: []string{boxLetters + "q 150 0 0 50 90 690 cm /B Do Q"}}.bytes(), "has a drawing under"},
		"blanks that are letters":    {blanks("1 g 50 690 400 40 re f"), "cannot be seen"},
		"white blanks":               {blanks("1 g BT /F2 24 Tf 72 600 Td (BIMATCUATOI) Tj ET"), "cannot be seen"},
		"a drawing under a box":      {made{contents: []string{drawing + "1 g 90 690 120 30 re f"}}.bytes(), "has a drawing under"},
		"a drawing under an image":   {made{contents: []string{drawing + "q 120 0 0 30 90 690 cm /B Do Q"}}.bytes(), "has a drawing under"},
		"a drawing beside the page":  {made{contents: []string{"q 1 0 0 1 600 0 cm " + drawing + "Q"}}.bytes(), "cropped"},
		"a scan cut by the page":     {made{contents: []string{scanned("D")}, page: "/CropBox [0 0 595 700]"}.bytes(), "cropped"},
		"a drawing cut by a path":    {made{contents: []string{"q 0 0 10 10 re W n " + drawing + "Q"}}.bytes(), "cropped"},
		"a scan cut by a path":       {made{contents: []string{"q 0 0 595 600 re W n " + scanned("D") + "Q"}}.bytes(), "cropped"},
		"a scan cut in a form":       {made{contents: []string{"q 0.5 0 0 0.5 0 0 cm /F Do Q"}, form: "q 0 0 595 600 re W n " + scanned("D") + "Q"}.bytes(), "cropped"},
	} {
		got, err := copyOf(e, c.data)
		var p *Problem
		if !errors.As(err, &p) || !strings.Contains(p.Why.En, c.why) || p.Why.Vi == "" || got != nil && err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is innocent is copied: scans with their text, boxes beneath, marks that let
// through what they lie on.
func TestCopies(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	for name, m := range map[string]made{
		"a scan and its text":       {contents: []string{scanned("P") + unseen(700, "Van ban")}},
		"a scan with a line on it":  {contents: []string{scanned("P") + "2 w 100 400 m 300 400 l S"}},
		"a scan with a light wash":  {contents: []string{scanned("P") + "/Half gs 1 1 0 rg " + over(400)}},
		"a picture on a box":        {contents: []string{"0.9 g 50 50 500 700 re f q 100 0 0 100 100 100 cm /D Do Q"}},
		"a page that is turned":     {contents: []string{show(700, "Van ban")}, page: "/Rotate 90"},
		"a shading":                 {contents: []string{"q 100 200 60 15 re W n /S sh Q"}},
		"a dot":                     {contents: []string{"q 0.9 0 0 0.9 100 100 cm /P Do Q " + show(700, "Van ban")}},
		"letters side by side":      {contents: []string{outlines + "q 1 0 0 1 0 30 cm " + outlines + "Q 95 690 150 1 re f"}},
		"letters of boxes":          {contents: []string{"0.9 g 90 690 150 50 re f 0 g " + boxLetters}},
		"lines of a table on lines": {contents: []string{"100 700 40 0.5 re f 100 700 0.5 20 re f 100 720 40 0.5 re f 100 700 0.5 0.5 re f 100 720 0.5 0.5 re f 100 700 200 0.5 re f 100 720 200 0.5 re f 100 700 0.5 20 re f"}},
		"cells on rows":             {contents: []string{"0.9 g 100 700 200 20 re f 100 720 200 20 re f 0.8 g 100 700 60 20 re f 100 720 60 20 re f 160 700 60 20 re f 0 G 100 700 200 40 re S"}},
		"letters by a box":          {contents: []string{outlines + "300 690 50 50 re f"}},
		"a line through letters":    {contents: []string{outlines + "0 G 2 w 90 705 m 240 705 l S"}},
		"a table":                   {contents: []string{"100 600 m 300 600 l S 100 620 m 300 620 l S 100 590 m 100 640 l S 100 590 200 50 re S 0.9 g 101 601 100 18 re f"}},
		"a chart of an office":      {contents: []string{"200 500 m 100 500 l 100 600 l 300 600 l 300 500 l 200 500 l h S 0.5 g 120 500 40 80 re f 180 500 40 60 re f"}},
		"a drawing on a box":        {contents: []string{"0.9 g 90 690 120 30 re f 0 g " + drawing}},
		"a drawing under a wash":    {contents: []string{drawing + "/Half gs 1 0 0 rg 90 690 120 30 re f"}},
		"a grey and a black image":  {contents: []string{"q 100 0 0 100 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q q 100 0 0 100 300 100 cm /B Do Q"}},
		"text by an image":          {contents: []string{"q 100 0 0 100 100 100 cm /D Do Q 0.5 g " + show(700, "Van ban") + "0 g " + show(600, "Van ban")}},
		"boxes on each other":       {contents: []string{"0.9 g 0 0 595 842 re f 1 g 50 50 400 700 re f 0.8 g 60 60 100 20 re f " + show(700, "Van ban")}},
		"a form":                    {contents: []string{"/F Do"}, form: show(700, "Bieu mau")},
		"an image in content":       {contents: []string{"q 40 0 0 40 72 600 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00EI\xff EI Q " + show(700, "Van ban")}},
		"a picture within its clip": {contents: []string{"q 100 100 100 100 re W n 100 0 0 100 100 100 cm /D Do Q"}},
		"two pages":                 {contents: []string{show(700, "Mot"), show(700, "Hai")}},
	} {
		if _, err := copyOf(e, m.bytes()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The two PDF files of a real collection are copied, and a paper of an office with a chart.
func TestCopiesOfACollection(t *testing.T) {
	names, _ := filepath.Glob("../../../../shared/data/collections/*/objects/*.pdf")
	office, _ := filepath.Glob("../../../../shared/data/media/*.pdf")
	names = append(names, office...)
	if len(names) == 0 {
		t.Skip("skipped: ../shared/data is not beside the repository")
	}
	e := &Engine{}
	defer e.Close()
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := copyOf(e, data)
		t.Logf("%s: %d bytes, its copy %d", filepath.Base(name), len(data), len(got))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
}

// A copy is not taken at its word: what looks otherwise, or says more than its pages, is
// found however it came to be.
func TestProve(t *testing.T) {
	e := &Engine{}
	defer e.Close()
	shown := []string{show(700, "Van ban")}
	info := bytes.Replace(made{contents: shown, objects: []string{"<< /Author (B) >>"}}.bytes(), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Info 20 0 R"), 1)
	attached := made{contents: shown, catalog: "/Names << /EmbeddedFiles << /Names [(a) 20 0 R] >> >>", objects: []string{"<< /Type /Filespec /F (a) /EF << /F 21 0 R >> >>", stream("", "a")}}
	script := made{contents: shown, catalog: "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (b) >>] >> >>"}
	for name, c := range map[string]struct {
		data  []byte
		other bool // it should look like another
		why   string
	}{
		"a clean file":        {made{contents: shown}.bytes(), false, ""},
		"another look":        {made{contents: shown}.bytes(), true, "does not look"},
		"properties":          {info, false, "tells more"},
		"an attachment":       {attached.bytes(), false, "tells more"},
		"a script":            {script.bytes(), false, "tells more"},
		"a hidden annotation": {annotated("/Subtype /Text /F 2 /Rect [0 0 9 9] /Contents (b)").bytes(), false, "annotations"},
	} {
		err := e.Open(context.Background(), bytes.NewReader(c.data), int64(len(c.data)), time.Minute, func(d *Document) error {
			looks, err := d.looks(false)
			if err != nil {
				return err
			}
			looks[0][0] ^= byte(len(c.why)) * map[bool]byte{true: 1}[c.other]
			return d.prove(looks)
		})
		if said := fmt.Sprint(err); c.why == "" && err != nil || c.why != "" && !strings.Contains(said, c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
