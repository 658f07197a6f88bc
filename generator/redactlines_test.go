package generator_test

import (
	"bytes"
	"context"
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
