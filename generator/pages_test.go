package generator_test

import (
	"encoding/binary"
	"fmt"
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
		with(firstItem, "file: a-001.jpg, alt: một}", "file: nhieu.tif, alt: một, label: Bìa, caption: Lời chú, transcript: {text: Chép}}")
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
