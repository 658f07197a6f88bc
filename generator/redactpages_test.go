package generator_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
)

// pdfMaster is a PDF of three pages. The second says a secret, and so do its
// properties, a link, a note, an attachment and a text that is not painted.
func pdfMaster(secret string) []byte {
	stream := func(dict, body string) string {
		return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
	}
	line := func(y int, text string) string { return fmt.Sprintf("BT /F1 12 Tf 72 %d Td (%s) Tj ET\n", y, text) }
	page := func(content int, more string) string {
		return fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 6 0 R >> >> %s >>", content, more)
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range []string{
		"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(" + secret + ") 11 0 R] >> >> >>",
		"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>",
		page(7, ""), page(8, "/Annots [10 0 R]"), page(9, ""),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		stream("", line(700, "Trang mot")),
		stream("", line(750, "Don cua")+line(700, secret)+"BT 3 Tr /F1 12 Tf 72 600 Td ("+secret+") Tj ET"),
		stream("", line(700, "Trang ba")),
		"<< /Type /Annot /Subtype /Link /Rect [72 500 200 520] /Border [0 0 0] /Contents (" + secret + ") /A << /S /URI /URI (https://example.org/" + secret + ") >> >>",
		"<< /Type /Filespec /F (" + secret + ".txt) /EF << /F 12 0 R >> >>",
		stream("/Type /EmbeddedFile", secret),
		"<< /Title (" + secret + ") >>",
	} {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer\n<< /Size 14 /Root 1 0 R /Info 13 0 R >>\n")
	return b.Bytes()
}

const pdfBoxes = "record: tl-0001\nby: \"Người-Che-7731\"\nboxes:\n  - {page: 2, left: 20mm, top: 125pt, width: 70%, height: 25pt, ground: personal-data}\n"

// toRedactPDF is toRedact with a PDF for the master.
func toRedactPDF(t *testing.T, master []byte, boxes string) generator.RedactOptions {
	t.Helper()
	o, _ := toRedact(t)
	o.File = filepath.Join(filepath.Dir(o.File), redactName+".pdf")
	put(t, o.File, master)
	put(t, o.Boxes, []byte(boxes))
	return o
}

// Every page of a PDF becomes a picture, and nothing else of it does: neither the
// content nor the site holds a byte of its text, links, properties or attachments, and
// two PDF files that differ in these and under the boxes give the same bytes.
func TestRedactPDF(t *testing.T) {
	secrets := []string{"TRAN-VAN-BINH", "LE-THI-CUC-OANH"}
	var all []map[string][]byte
	for _, secret := range secrets {
		o := toRedactPDF(t, pdfMaster(secret), pdfBoxes)
		rep, err := generator.Redact(context.Background(), o)
		if err != nil || len(rep.Written) != 4 {
			t.Fatalf("%v: %v", rep, err)
		}
		out := filepath.Join(filepath.Dir(o.Content), "public")
		if _, err := buildReport(generator.Options{Content: o.Content, Out: out, AsOf: asOf}); err != nil {
			t.Fatal(err)
		}
		content := filesOf(t, o.Content)
		for _, files := range []map[string][]byte{content, filesOf(t, out)} {
			for name, data := range files {
				for _, word := range []string{secret, redactName, "%PDF", "Trang mot"} {
					if strings.Contains(name, word) || bytes.Contains(data, []byte(word)) {
						t.Errorf("%s holds %q", name, word)
					}
				}
			}
		}
		text := string(content["fonds/phong-01/records/hs-0001.yaml"])
		if strings.Count(text, "redaction: {count: 1, grounds: [personal-data]") != 1 || !strings.Contains(text, "  - kind: page\n    seq: 2\n    label: \"tr. 2\"\n") || !strings.Contains(text, "seq: 3\n    label: \"tr. 3\"\n    file: \"tl-0001-3-") {
			t.Errorf("the record is\n%s", text)
		}
		delete(content, "fonds/phong-01/records/hs-0001.yaml") // the hash of the master stands there
		all = append(all, content)
	}
	for name, data := range all[0] {
		if !bytes.Equal(data, all[1][name]) {
			t.Errorf("%s tells what is covered", name)
		}
	}
	checkPages(t, all[0])
}

// checkPages looks at the pictures of the pages: upright A4 at 300 dots per inch,
// the box of the second black and the rest of it not.
func checkPages(t *testing.T, content map[string][]byte) {
	t.Helper()
	n := 0
	for name, data := range content {
		if !strings.HasSuffix(name, ".jpg") {
			continue
		}
		n++
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds().Size() != image.Pt(2479, 3508) {
			t.Fatalf("%s: %v, %v", name, err, img.Bounds())
		}
		second := strings.Contains(name, "tl-0001-2-che-")
		box := image.Rect(237, 522, 1971, 625)
		if dark := light(img, box) < 8; dark != second {
			t.Errorf("%s: dark at the box: %v", name, dark)
		}
		if light(img, image.Rect(200, 300, 2200, 500)) < 200 || light(img, image.Rect(200, 640, 2200, 800)) < 200 {
			t.Errorf("%s is dark beside the box", name)
		}
	}
	if n != 3 {
		t.Errorf("%d pictures", n)
	}
}

// light is the mean light of a part of a picture, of 255.
func light(img image.Image, r image.Rectangle) int {
	sum, n := 0, 0
	for y := r.Min.Y; y < r.Max.Y; y += 5 {
		for x := r.Min.X; x < r.Max.X; x += 5 {
			c, _, _, _ := img.At(x, y).RGBA()
			sum, n = sum+int(c>>8), n+1
		}
	}
	return sum / n
}

// What is wrong in an order for a PDF is found before a page is drawn, and nothing
// is written.
func TestRedactPDFRefuses(t *testing.T) {
	for boxes, codes := range map[string][]string{
		"  - {left: 1%, top: 1%, width: 1%, height: 1%, ground: personal-data}\n  - {page: 4, left: 1%, top: 1%, width: 1%, height: 1%, ground: personal-data}\n": {"cover-page", "cover-page"},
		"  - {page: 2, left: 120, top: 1%, width: 1%, height: 1%, ground: personal-data}\n":                                                                       {"cover-unit"},
		"  - {page: 2, left: 1%, top: 800pt, width: 1%, height: 60pt, ground: personal-data}\n":                                                                   {"cover-outside"},
	} {
		o := toRedactPDF(t, pdfMaster("x"), "record: tl-0001\nby: A\nboxes:\n"+boxes)
		mustRefuse(t, o, codes...)
	}
}

// mustRefuse expects errors in the file of boxes, and a content that stays as it was.
func mustRefuse(t *testing.T, o generator.RedactOptions, codes ...string) {
	t.Helper()
	was := filesOf(t, o.Content)
	rep, err := generator.Redact(context.Background(), o)
	var user *generator.UserError
	if !errors.As(err, &user) {
		t.Fatalf("%v, %v", rep, err)
	}
	var got []string
	for _, d := range rep.Diags.Sorted() {
		got = append(got, d.Code)
	}
	if !slices.Equal(got, codes) || len(rep.Written) > 0 {
		t.Errorf("%q, want %q; written: %q", got, codes, rep.Written)
	}
	now := filesOf(t, o.Content)
	if len(now) != len(was) {
		t.Errorf("%d files became %d", len(was), len(now))
	}
	for name, data := range now {
		if !bytes.Equal(data, was[name]) {
			t.Errorf("%s was written", name)
		}
	}
}

const letterOrder = `record: tl-0001
by: Lê Ba
objects:
  - master: to-1.png
    boxes: [{left: 200, top: 300, width: 300, height: 120, ground: personal-data}]
    words: [{text: "Trần Văn B", ground: personal-data}]
  - object: 2
    master: sau/to-2.png
    boxes: [{left: 200, top: 300, width: 300, height: 120, ground: donor-terms}]
    words: [{text: "Hàng Bạc", ground: donor-terms}]
  - object: 3
    master: to-3.png
    boxes: [{left: 200, top: 300, width: 300, height: 120, ground: personal-data}]
`

// toRedactLetter is an archive whose record has two pictures, the texts of which
// stand in one file, and beside it the masters of three.
func toRedactLetter(t *testing.T) generator.RedactOptions {
	t.Helper()
	o, master := toRedact(t)
	o.File = filepath.Join(filepath.Dir(o.File), "goc")
	for i, name := range []string{"to-1.png", "sau/to-2.png", "to-3.png"} {
		put(t, filepath.Join(o.File, filepath.FromSlash(name)), append(slices.Clone(master), byte(i))) // each has another hash
	}
	put(t, o.Boxes, []byte(letterOrder))
	put(t, filepath.Join(o.Content, "fonds/phong-01/media/chep.md"), []byte("Tôi là Trần Văn B, ở phố Hàng Bạc.\n"))
	edit(t, filepath.Join(o.Content, "fonds/phong-01/records/hs-0001.yaml"), "    generated_placeholder: true\n",
		"    transcript: {file: chep.md}\n  - kind: page\n    seq: 2\n    file: khong-con.png\n    transcript: {file: chep.md}\n    translation: \"Hàng Bạc street\"\n")
	return o
}

// A letter of several pages is covered with one order.
func TestRedactSeveral(t *testing.T) {
	o := toRedactLetter(t)
	rep, err := generator.Redact(context.Background(), o)
	if err != nil || len(rep.Written) != 5 {
		t.Fatalf("%v: %v", rep, err)
	}
	files := filesOf(t, o.Content)
	if got := string(files["fonds/phong-01/media/chep.md"]); got != "Tôi là […]{personal-data}, ở phố […]{donor-terms}.\n" {
		t.Error(got)
	}
	text := string(files["fonds/phong-01/records/hs-0001.yaml"])
	for _, want := range []string{"file: \"tl-0001-1-che-", "file: \"tl-0001-2-che-", "seq: 3\n    file: \"tl-0001-3-che-", "translation: \"[…]{donor-terms} street\""} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "redaction: {count: 1,"); n != 3 || strings.Count(text, "grounds: [donor-terms]") != 1 {
		t.Errorf("%d redactions in\n%s", n, text)
	}
	for _, name := range rep.Written {
		if strings.HasSuffix(name, ".jpg") && !dark(t, filepath.Join(o.Content, filepath.FromSlash(name))) {
			t.Errorf("%s shows what is covered", name)
		}
	}
}

// A page on which nothing is covered is taken in with the others, and the record
// does not say that it was covered; the order must say so expressly.
func TestRedactSeveralWithAPageAsItIs(t *testing.T) {
	o := toRedactLetter(t)
	put(t, o.Boxes, []byte(strings.Replace(letterOrder, "master: to-3.png\n    boxes: [{left: 200, top: 300, width: 300, height: 120, ground: personal-data}]", "master: to-3.png\n    boxes: []", 1)))
	rep, err := generator.Redact(context.Background(), o)
	if err != nil || len(rep.Written) != 5 {
		t.Fatalf("%v: %v", rep, err)
	}
	text := string(filesOf(t, o.Content)["fonds/phong-01/records/hs-0001.yaml"])
	if strings.Count(text, "redaction: {count: 1,") != 2 || !strings.Contains(text, "seq: 3\n    file: \"tl-0001-3-") || strings.Contains(text, "tl-0001-3-che-") {
		t.Error(text)
	}
	for _, name := range rep.Written {
		if strings.HasPrefix(filepath.Base(name), "tl-0001-3-") && dark(t, filepath.Join(o.Content, filepath.FromSlash(name))) {
			t.Errorf("%s is covered", name)
		}
	}
}

// An order of several masters is refused as a whole.
func TestRedactSeveralRefuses(t *testing.T) {
	change := func(old, now string) string { return strings.Replace(letterOrder, old, now, 1) }
	for name, c := range map[string]struct {
		order string
		codes []string
	}{
		"a box outside in the last": {strings.Replace(letterOrder, "master: to-3.png\n    boxes: [{left: 200", "master: to-3.png\n    boxes: [{left: 900", 1), []string{"cover-outside"}},
		"words that are not there":  {change("Hàng Bạc", "Hàng Đào"), []string{"cover-words"}},
		"words of another page":     {strings.Replace(letterOrder, "master: to-3.png\n", "master: to-3.png\n    words: [{text: \"Trần Văn B\", ground: personal-data}]\n", 1), []string{"cover-words"}},
		"a page of a picture":       {change("{left", "{page: 1, left"), []string{"cover-page"}},
		"points on a picture":       {change("left: 200", "left: 20pt"), []string{"cover-unit"}},
		"an object twice":           {change("object: 3", "object: 2"), []string{"cover-objects"}},
		"a master twice":            {change("to-3.png", "to-1.png"), []string{"cover-objects"}},
		"a master elsewhere":        {change("to-3.png", "../to-3.png"), []string{"cover-master"}},
		"no master":                 {change("    master: to-3.png\n", ""), []string{"field-missing"}},
		"no boxes":                  {strings.Replace(letterOrder, "master: to-3.png\n    boxes: [{left: 200, top: 300, width: 300, height: 120, ground: personal-data}]", "master: to-3.png", 1), []string{"field-missing"}},
		"nothing to cover":          {"record: tl-0001\nby: Lê Ba\nobjects: [{master: to-1.png, boxes: []}]\n", []string{"field-missing"}},
		"words and no box":          {change("boxes: [{left: 200, top: 300, width: 300, height: 120, ground: donor-terms}]", "boxes: []"), []string{"cover-words"}},
		"boxes beside the list":     {letterOrder + "boxes: [{left: 1, top: 1, width: 1, height: 1, ground: personal-data}]\n", []string{"cover-objects"}},
		"secrecy in the last":       {strings.Replace(letterOrder, "height: 120, ground: personal-data}]\n", "height: 120, ground: state-secret}]\n", -1), []string{"cover-secrecy", "cover-secrecy"}},
		"a master that is not here": {change("to-3.png", "to-4.png"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			o := toRedactLetter(t)
			put(t, o.Boxes, []byte(c.order))
			mustRefuse(t, o, c.codes...)
		})
	}
	t.Run("a copy of the last in the content", func(t *testing.T) {
		o := toRedactLetter(t)
		data, err := os.ReadFile(filepath.Join(o.File, "to-3.png"))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(o.Content, "fonds/phong-01/media/khac.png"), data)
		mustRefuse(t, o)
	})
	t.Run("a file for the folder", func(t *testing.T) {
		o := toRedactLetter(t)
		o.File = filepath.Join(o.File, "to-1.png")
		mustRefuse(t, o)
	})
}

// Whichever file cannot be written, what was written before is covered and whole, the
// record is as it was, and the next call finishes.
func TestRedactFailsAtEachWrite(t *testing.T) {
	whole := toRedactLetter(t)
	good, err := generator.Redact(context.Background(), whole)
	if err != nil {
		t.Fatal(err)
	}
	want := filesOf(t, whole.Content)
	record := good.Written[len(good.Written)-1]
	for n, name := range good.Written {
		o := toRedactLetter(t)
		was := filesOf(t, o.Content)[record]
		aside := filepath.Join(o.Content, filepath.FromSlash(filepath.Dir(name)), "."+filepath.Base(name)+".vitrine-new")
		if err := os.MkdirAll(filepath.Join(aside, "x"), 0o755); err != nil { // a folder where the file is to be written
			t.Fatal(err)
		}
		rep, err := generator.Redact(context.Background(), o)
		if err == nil || !slices.Equal(rep.Written, good.Written[:n]) {
			t.Errorf("%s cannot be written: %v, written %q", name, err, rep.Written)
		}
		if now := filesOf(t, o.Content)[record]; !bytes.Equal(now, was) {
			t.Errorf("%s cannot be written, and the record was changed", name)
		}
		if err := os.RemoveAll(aside); err != nil {
			t.Fatal(err)
		}
		if _, err := generator.Redact(context.Background(), o); err != nil {
			t.Errorf("the call after %s: %v", name, err)
		}
		got := filesOf(t, o.Content)
		if len(got) != len(want) {
			t.Errorf("%s: %d files, want %d", name, len(got), len(want))
		}
		for file, data := range want {
			if !bytes.Equal(got[file], data) {
				t.Errorf("%s: %s is not what it should be", name, file)
			}
		}
	}
	t.Logf("%d writes", len(good.Written))
}
