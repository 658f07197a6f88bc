package generator_test

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// grayTIFF is a TIFF file of several pages, each of one shade of grey.
func grayTIFF(w, h uint32, shades ...byte) string {
	le, long, short := binary.LittleEndian, uint16(4), uint16(3)
	b := append([]byte("II*\x00"), 8, 0, 0, 0)
	for i, shade := range shades {
		const fields = 8
		data := uint32(len(b) + 2 + 12*fields + 4)
		b = le.AppendUint16(b, fields)
		for _, f := range [fields]struct {
			tag, typ uint16
			value    uint32
		}{{256, long, w}, {257, long, h}, {258, short, 8}, {259, short, 1}, {262, short, 1}, {273, long, data}, {278, long, h}, {279, long, w * h}} {
			b = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, f.tag), f.typ), 1), f.value)
		}
		next := data + w*h
		if i == len(shades)-1 {
			next = 0
		}
		b = append(le.AppendUint32(b, next), slices.Repeat([]byte{shade}, int(w*h))...)
	}
	return string(b)
}

var sheetID = regexp.MustCompile(`<figure class="sheet[^>]*id="([^"]+)"`)

// sheetsOf are the ids of the sheets of a page.
func sheetsOf(page string) (out []string) {
	for _, m := range sheetID.FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	return out
}

// Every page of a TIFF is a sheet of its own. The address of the object is that of its
// first page; what is said of it stands there, once.
func TestPagesOfATIFFAreSheets(t *testing.T) {
	r := newRuled(t, map[string]string{"fonds/phong-cau-mau/media/nhieu.tif": grayTIFF(400, 300, 20, 120, 220)}).
		with(firstItem, "file: a-001.jpg, alt: một}", "file: nhieu.tif, alt: một, label: Bìa, caption: Lời chú, transcript: {text: Chép}}").
		with("clearances/qd-01.yaml", "[web-exhibition]", "[web-exhibition, offline]")
	r.published()
	page := string(read(t, r.page("tl-0001")))
	if got := sheetsOf(page); !slices.Equal(got, []string{"to-1", "to-1-2", "to-1-3", "to-2"}) {
		t.Error(got)
	}
	for _, want := range []string{"<b>Bìa, tr.\u00a01</b>", "<b>Bìa, tr.\u00a03</b>", `alt="một, tr. 2"`, `download="tl-0001-to-1-3-400.jpg"`, "<span>Bìa, tr.\u00a01</span>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if n := strings.Count(page, "Lời chú"); n != 1 {
		t.Errorf("the caption stands there %d times", n)
	}
	pictures := map[string]bool{}
	for _, m := range regexp.MustCompile(`sheet-file" href="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		pictures[m[1]] = true
	}
	if len(pictures) != 4 {
		t.Errorf("%d pictures", len(pictures))
	}
	old := string(read(t, r.page("tl-0002")))
	if got := sheetsOf(old); !slices.Equal(got, []string{"to-1"}) {
		t.Errorf("one page: %q", got)
	}
	first := fmt.Sprint(treeOf(t, r.o.Out))
	if rep, _ := r.build(); rep.Result.Written != 0 {
		t.Errorf("%d files were written again", rep.Result.Written)
	}
	clean := r.o
	clean.Out += "-moi"
	r.o = clean
	if r.published(); fmt.Sprint(treeOf(t, r.o.Out)) != first {
		t.Error("a clean build gives another site")
	}
}

const pdfRecord = "objects: [{kind: pdf, seq: 1, file: don.pdf}]\n"

// withPDF is the archive of the guide, whose first item shows a PDF of three pages.
func withPDF(t *testing.T, data string) *ruled {
	return newRuled(t, map[string]string{"fonds/phong-cau-mau/media/don.pdf": data}).
		with(firstItem, "objects:\n  - {kind: page, seq: 1, file: a-001.jpg, alt: một}\n  - {kind: page, seq: 2, file: a-002.jpg, alt: hai}\n", pdfRecord)
}

// The pages of a PDF are sheets of its record, and the first stands for it in lists.
// Nothing of the file goes out but these pictures.
func TestPagesOfAPDFAreSheets(t *testing.T) {
	r := withPDF(t, string(pdfMaster("CANARY-7731"))).with("clearances/qd-01.yaml", "[web-exhibition]", "[web-exhibition, offline]")
	r.published()
	page := string(read(t, r.page("tl-0001")))
	if got := sheetsOf(page); !slices.Equal(got, []string{"to-1", "to-1-2", "to-1-3"}) {
		t.Error(got)
	}
	for _, want := range []string{"<b>tr.\u00a01</b>", "<b>tr.\u00a03</b>", `alt="Quyết định, tr. 2"`, `download="tl-0001-to-1-3-1130.jpg"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, want := range []string{`data-box="`, ">Trang mot</span>", ">Don cua</span>", "Chữ lấy từ chính tệp PDF"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if english := string(read(t, filepath.Join(r.o.Out, "en", "fonds", "phong-cau-mau", "tl-0001.html"))); !strings.Contains(english, ">Trang ba</span>") {
		t.Error("the English page lacks the text")
	}
	if n := strings.Count(page, "CANARY-7731"); n != 1 { // it is painted once, and stands in seven other places of the file
		t.Errorf("what is painted once stands there %d times", n)
	}
	for _, word := range []string{"don.pdf", "%PDF"} {
		if held := r.holds(word); len(held) > 0 {
			t.Errorf("%s is held by %q", word, held)
		}
	}
	if list := string(read(t, r.page("hs-0001"))); !strings.Contains(list, "-w320.jpg") {
		t.Error("the PDF has no miniature in the list of its file")
	}
}

// Pictures of a PDF need the part of images, and are no larger than the decision allows.
func TestRule08_PagesOfAPDFNeedTheirPart(t *testing.T) {
	for parts, want := range map[string]int{"metadata": 0, "metadata, transcript": 0, "metadata, images": 3} {
		r := withPDF(t, string(pdfMaster("CANARY-7731"))).with("clearances/qd-01.yaml", "[metadata, images, transcript]", "["+parts+"]").
			with("clearances/qd-01.yaml", "open_ended", "max_px: 500, open_ended")
		r.published()
		page := string(read(t, r.page("tl-0001")))
		if held := r.holds("CANARY-7731"); len(held) > 0 || len(r.holds("Trang mot")) > 0 {
			t.Errorf("%s: the text is held by %q", parts, held)
		}
		if got := sheetsOf(page); len(got) != want || strings.Contains(page, "-w640") {
			t.Errorf("%s: %q", parts, got)
		}
		if want > 0 && !strings.Contains(page, "353 × 500") {
			t.Error("the largest size is not that of the decision")
		}
	}
}
