package generator_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
)

// toRedactText is toRedact with the text of the picture beside it.
func toRedactText(t *testing.T, name, text, order string) (o generator.RedactOptions, file string) {
	t.Helper()
	o, _ = toRedact(t)
	edit(t, filepath.Join(o.Content, "fonds/phong-01/records/hs-0001.yaml"), "    generated_placeholder: true\n", "    transcript: {file: "+name+", lang: vi}\n")
	edit(t, filepath.Join(o.Content, "clearances/kt-01.yaml"), "parts: [metadata, images]", "parts: [metadata, images, transcript]")
	file = filepath.Join(o.Content, "fonds", "phong-01", "media", name)
	put(t, file, []byte(text))
	put(t, o.Boxes, []byte(order))
	return o, file
}

// The page of the tests of redaction has 700 × 990 pixels; the text says 1400 ×
// 1980. The box lies on 200,300 to 500,420, so on 400,600 to 1000,840 here.
var pageToRedact = altoOf(1400, 1980,
	lineOf(100, 100, 800, 40, "Đơn", "xin", "việc"),
	lineOf(100, 700, 1200, 40, "TRONG-Ô", "bí-ẩn"),
	lineOf(990, 839, 200, 40, "CHẠM-GÓC"),
	lineOf(1010, 700, 200, 40, "ngoài", "ô"), lineOf(1005, 700, 200, 40, "SÁT-BÊN"),
	`<TextLine><String CONTENT="KHÔNG-CHỖ"/></TextLine>`,
	lineOf(100, 1000, 800, 40, "ông", "TRẦN"), lineOf(100, 1060, 800, 40, "VĂN", "MẪU", "ký"),
	"<!-- TRONG-Ô GHI-CHÚ -->")

const orderWithWords = redactBox + "words: [{text: \"Trần Văn Mẫu\", ground: donor-terms}]\n"

// With a picture its text is covered: every line that a box touches, every line of
// which nobody knows where it is, and the words, also over the end of a line. The
// rest stays with its places, and the site shows no more.
func TestRedactCoversTheTextOfThePicture(t *testing.T) {
	o, file := toRedactText(t, "tl-0001-001.xml", pageToRedact, orderWithWords)
	for range 2 { // a call that was cut off is made again
		rep, err := generator.Redact(context.Background(), o)
		if err != nil {
			t.Fatal(err, rep)
		}
	}
	text := string(read(t, file))
	for _, gone := range []string{"TRONG-Ô", "bí-ẩn", "CHẠM-GÓC", "SÁT-BÊN", "KHÔNG-CHỖ", "TRẦN", "MẪU", "GHI-CHÚ", "alto"} {
		if strings.Contains(text, gone) {
			t.Errorf("%s stays in\n%s", gone, text)
		}
	}
	for _, kept := range []string{"Đơn xin việc", "ngoài ô", "ông […]{donor-terms}", "[…]{personal-data}", `imageFilename="tl-0001-1-che-`} {
		if !strings.Contains(text, kept) {
			t.Errorf("%s is lost in\n%s", kept, text)
		}
	}
	out := filepath.Join(filepath.Dir(o.Content), "public")
	if _, err := generator.Build(context.Background(), generator.Options{Content: o.Content, Out: out, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	page := string(read(t, filepath.Join(out, "phong-luu-tru", "phong-01", "tl-0001.html")))
	if !strings.Contains(page, `data-box="50,350,600,20">[…] (thông tin cá nhân)</span>`) || !strings.Contains(page, "ngoài ô") || strings.Contains(page, "TRONG-Ô") {
		t.Errorf("the page does not show the covered text, line by line:\n%s", page[max(0, strings.Index(page, "page-text")):])
	}
}

// What cannot be covered with certainty is refused by name, and nothing is written.
func TestRedactRefusesATextThatItCannotCover(t *testing.T) {
	over := strings.Replace(altoOf(1400, 1980, lineOf(100, 1000, 800, 40, "ông", "Trần"), "</TextBlock><TextBlock>", lineOf(100, 1060, 800, 40, "Văn", "Mẫu", "ký")), "<!--", "", 1)
	for name, c := range map[string]struct{ file, text, order, want string }{
		"hOCR":                {"a.hocr", `<html><div class="ocr_page" title="bbox 0 0 700 990"><span class="ocr_line">x</span></div></html>`, redactBox, "hOCR"},
		"another picture":     {"a.xml", altoOf(1980, 1400, lineOf(1, 1, 9, 9, "x")), redactBox, "proportions"},
		"a cropped picture":   {"a.xml", altoOf(1400, 1990, lineOf(1, 1, 9, 9, "x")), redactBox, "proportions"},
		"no size":             {"a.xml", strings.Replace(pageToRedact, `WIDTH="1400" HEIGHT="1980"`, "", 1), redactBox, "proportions"},
		"broken":              {"a.xml", pageToRedact[:400], redactBox, "broken"},
		"a broken place":      {"a.xml", strings.Replace(pageToRedact, `WIDTH="800"`, `WIDTH="8oo"`, 1), redactBox, "coordinates"},
		"words over a column": {"a.xml", over, orderWithWords, "from one block to another"},
	} {
		o, _ := toRedactText(t, c.file, c.text, c.order)
		before := filesOf(t, o.Content)
		rep, err := generator.Redact(context.Background(), o)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "media/"+c.file) {
			t.Errorf("%s: %v %v", name, err, rep)
		}
		after := filesOf(t, o.Content)
		for f := range after {
			if !bytes.Equal(before[f], after[f]) {
				t.Errorf("%s: %s was written", name, f)
			}
		}
	}
}

// A word may have a place outside its line, be it by mistake: the line goes where a box
// touches either. A line of which a word is nowhere has no place of its own.
func TestRedactGoesByThePlacesOfWords(t *testing.T) {
	word := func(text, place string) string { return `<String CONTENT="` + text + `" ` + place + `/>` }
	const under, beside = `HPOS="500" VPOS="650" WIDTH="100" HEIGHT="40"`, `HPOS="100" VPOS="100" WIDTH="100" HEIGHT="40"`
	line := func(words ...string) string {
		return "<TextLine " + beside + ">" + strings.Join(words, "") + "</TextLine>"
	}
	alto := altoOf(1400, 1980,
		line(word("ALPHA", under), word("cùng-dòng", beside)),
		line(word("ở-lại", beside), word("cũng-ở-lại", "")),
		line(word("NỬA-CHỖ", `HPOS="500" VPOS="650" HEIGHT="40"`)),
		line(`<String CONTENT="ĐA-GIÁC"><Shape><Polygon POINTS="500,650 600,650 600,690"/></Shape></String>`),
		line(word("ông", beside), word("TRẦN", beside), word("VĂN", beside), word("MẪU", beside), word("BETA", under)),
		"<TextLine>"+word("BÊN-CẠNH", beside)+word("Ở-ĐÂU", "")+"</TextLine>")
	coords := func(x, y int) string {
		return fmt.Sprintf(`<Coords points="%d,%d %d,%d"/>`, x, y, x+100, y+40)
	}
	wordAt := func(text string, x, y int) string {
		return "<Word>" + coords(x, y) + "<TextEquiv><Unicode>" + text + "</Unicode></TextEquiv></Word>"
	}
	pageXML := `<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="a.tif" imageWidth="1400" imageHeight="1980"><TextRegion>` + coords(100, 100) +
		"<TextLine>" + coords(100, 100) + wordAt("ALPHA", 500, 650) + "</TextLine><TextLine>" + coords(100, 200) + wordAt("ở-lại", 100, 200) + "</TextLine>" +
		"<TextLine>" + coords(100, 300) + wordAt("ông TRẦN VĂN MẪU", 100, 300) + "</TextLine></TextRegion></Page></PcGts>"
	for name, text := range map[string]string{"ALTO": alto, "PAGE": pageXML} {
		o, file := toRedactText(t, "a.xml", text, orderWithWords)
		if rep, err := generator.Redact(context.Background(), o); err != nil {
			t.Fatal(name, err, rep)
		}
		text := string(read(t, file))
		for _, gone := range []string{"ALPHA", "cùng-dòng", "NỬA-CHỖ", "ĐA-GIÁC", "BETA", "BÊN-CẠNH", "Ở-ĐÂU", "TRẦN"} {
			if strings.Contains(text, gone) {
				t.Errorf("%s: %s stays in\n%s", name, gone, text)
			}
		}
		if !strings.Contains(text, "ở-lại") {
			t.Errorf("%s: what lies elsewhere is lost in\n%s", name, text)
		}
	}
}

// turnedMaster is a PNG of w × h pixels as they are stored that says how to turn them.
func turnedMaster(t *testing.T, w, h int, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	chunk := append([]byte("eXIfII*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), orientation, 0, 0, 0, 0, 0, 0, 0)
	const behindHeader = 8 + 25
	out := append([]byte{}, b.Bytes()[:behindHeader]...)
	out = append(binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4)), chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, b.Bytes()[behindHeader:]...)
}

// A program may read a picture as its pixels are stored, whatever the file says of turning
// them: where the proportions do not tell, a line goes if a box touches it either way, and
// no place of a line is kept.
func TestRedactCoversATurnedPictureEitherWay(t *testing.T) {
	upright, stored := lineOf(100, 700, 800, 40, "ĐỨNG"), lineOf(500, 1980-740, 800, 40, "NẰM") // the box lies on 400,600 to 1000,840, upright
	lying := altoOf(1980, 1400, lineOf(600, 500, 100, 40, "NẰM"), lineOf(1200, 100, 100, 40, "chỗ", "khác"))
	for name, c := range map[string]struct {
		orientation     byte
		text            string
		gone, kept, not []string
	}{
		"half a turn": {3, altoOf(1400, 1980, upright, stored, lineOf(100, 100, 800, 40, "chỗ", "khác")), []string{"ĐỨNG", "NẰM"}, []string{"chỗ khác"}, []string{"points=\"1"}},
		"a mirror":    {4, altoOf(1400, 1980, upright, stored, lineOf(100, 100, 800, 40, "chỗ", "khác")), []string{"ĐỨNG", "NẰM"}, []string{"chỗ khác"}, []string{"points=\"1"}},
		"upright":     {6, altoOf(1400, 1980, upright, stored, lineOf(100, 100, 800, 40, "chỗ", "khác")), []string{"ĐỨNG"}, []string{"NẰM", "chỗ khác", `"100,100 900,100`}, nil},
		"as stored":   {6, lying, []string{"NẰM"}, []string{"chỗ khác", `"1260,1200 1300,1200 1300,1300 1260,1300"`, `imageWidth="1400"`}, nil},
	} {
		o, file := toRedactText(t, "a.xml", c.text, redactBox)
		w, h := 700, 990
		if c.orientation >= 5 {
			w, h = h, w
		}
		put(t, o.File, turnedMaster(t, w, h, c.orientation))
		for range 2 { // a call that was cut off is made again, and takes no more
			if rep, err := generator.Redact(context.Background(), o); err != nil {
				t.Fatal(name, err, rep)
			}
			text := string(read(t, file))
			for _, gone := range append(c.gone, c.not...) {
				if strings.Contains(text, gone) {
					t.Errorf("%s: %s stays in\n%s", name, gone, text)
				}
			}
			for _, kept := range c.kept {
				if !strings.Contains(text, kept) {
					t.Errorf("%s: %s is lost in\n%s", name, kept, text)
				}
			}
		}
	}
}

// Nothing that the text of a picture says besides its lines stays in the file.
func TestRedactLeavesNothingBesideTheLines(t *testing.T) {
	for _, name := range []string{"ALTO", "PAGE"} {
		o, file := toRedactText(t, "a.xml", hidden[name], redactBox)
		if rep, err := generator.Redact(context.Background(), o); err != nil {
			t.Fatal(name, err, rep)
		}
		if text := string(read(t, file)); strings.Contains(text, "QXKIN") || !strings.Contains(text, "còn lại") {
			t.Errorf("%s: the file says\n%s", name, text)
		}
	}
}
