package exchange

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestNaturalOrder(t *testing.T) {
	want := []string{"A1.jpg", "a2.jpg", "a10.jpg", "b/2.jpg", "b/010.jpg", "b10/1.jpg", "ô2.jpg", "Ô10.jpg"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, natural)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Scans whose names differ in the last number alone are pages of one document, folder by folder; ids
// go on from those that the fonds has.
func TestPropose(t *testing.T) {
	im := &importer{o: Options{FondsID: "f1"}, existing: map[string]string{"f1-0007": "x", "f2-0009": "x"}}
	scans := []scan{{name: "h1/to-1a.jpg"}, {name: "h1/to-1b.jpg"}, {name: "h1/to-2a.jpg"}, {name: "h1/thu.jpg"}, {name: "h2/to-1.jpg"}, {name: "h2/TO-2.jpg"}}
	im.propose(scans)
	var got []string
	for _, s := range scans {
		got = append(got, s.item+"/"+string(rune('0'+s.page)))
	}
	if d := cmp.Diff([]string{"f1-0008/1", "f1-0008/2", "f1-0008/3", "f1-0009/1", "f1-0010/1", "f1-0010/2"}, got); d != "" {
		t.Error(d)
	}
}

// scanned is a folder of scans, whose bytes differ.
func scanned(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i, name := range names {
		var b bytes.Buffer
		img := image.NewGray(image.Rect(0, 0, 40, 60))
		img.SetGray(i, i, color.Gray{200})
		if err := jpeg.Encode(&b, img, nil); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), b.String())
	}
	return dir
}

// From a folder of scans to records: the sheet is written, described in Excel, and imported; files
// come in under their ids, and the originals stay.
func TestScans(t *testing.T) {
	dir, scans := archive(t, nil), scanned(t, "IMG_10.JPG", "IMG_2.JPG", "IMG_1.JPG", "thu.jpg")
	writeFile(t, filepath.Join(scans, "Thumbs.db"), "x")
	before := snapshot(t, scans)
	out := filepath.Join(t.TempDir(), "f1.xlsx")
	o := ScanOptions{Content: dir, Dir: scans, FondsID: "f1", Out: out, Thumb: func(_ context.Context, name string) ([]byte, error) {
		if name == "thu.jpg" {
			return nil, errors.New("cannot")
		}
		return os.ReadFile(filepath.Join(scans, name))
	}}
	rep, err := ListScans(context.Background(), o)
	if err != nil || rep.Rows != 4 || !strings.Contains(dump(rep), "Thumbs.db: warning") || !strings.Contains(dump(rep), "thu.jpg: warning: no small picture") {
		t.Fatal(err, dump(rep))
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := f.GetRows("Bản quét")
	want := [][]string{scanHeadings, {"", "IMG_1.JPG", "f1-0001", "1"}, {"", "IMG_2.JPG", "f1-0001", "2"}, {"", "IMG_10.JPG", "f1-0001", "3"}, {"", "thu.jpg", "f1-0002", "1"}}
	if d := cmp.Diff(want, rows); d != "" {
		t.Fatal(d)
	}
	if pics, err := f.GetPictures("Bản quét", "A3"); err != nil || len(pics) != 1 {
		t.Error("no small picture", err)
	}
	// A colleague describes: two pages of one document; the others get their ids from us.
	for cell, text := range map[string]string{"E2": "tờ 1a", "F3": "Trang đánh máy.", "H2": "Thư", "G2": "2/9/1945", "C4": "", "D4": "1", "H4": "Ảnh", "C5": "", "H5": "", "D5": "2"} {
		if err := f.SetCellStr("Bản quét", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	in := Options{Content: dir, File: out, FondsID: "f1", MediaDir: scans, State: "public", Clearance: "kt-01"}
	rep, err = ImportXLSX(context.Background(), in)
	if err != nil || rep.Records != 2 || rep.Copied != 4 {
		t.Fatal(err, dump(rep))
	}
	got := readBack(t, dir, "f1")
	first, second := got["f1-0001"], got["f1-0002"]
	if first == nil || second == nil || len(first.Objects) != 2 || len(second.Objects) != 2 {
		t.Fatal(dump(rep))
	}
	if o := first.Objects[0]; o.File.V != "f1-0001-001.jpg" || o.Alt.Langs[0].V != "tờ 1a, Thư, ngày 2 tháng 9 năm 1945" || first.Objects[1].Alt.Langs[0].V != "Trang đánh máy\\." && first.Objects[1].Alt.Langs[0].V != "Trang đánh máy." {
		t.Errorf("%+v", first.Objects)
	}
	if second.Objects[1].File.V != "f1-0002-002.jpg" {
		t.Errorf("%+v", second.Objects)
	}
	files := snapshot(t, dir)
	for to, from := range map[string]string{"f1-0001-002.jpg": "IMG_2.JPG", "f1-0002-001.jpg": "IMG_10.JPG", "f1-0002-002.jpg": "thu.jpg"} {
		if files["fonds/f1/media/"+to] != before[from] {
			t.Errorf("%s is not %s", to, from)
		}
	}
	if d := cmp.Diff(before, snapshot(t, scans)); d != "" {
		t.Error("the originals changed: ", d)
	}
	if !strings.Contains(dump(rep), "F2, F4–F5) [alt-made]") {
		t.Error(dump(rep))
	}
	// The ids came back in a copy, from which all goes on.
	if rep.Returned == "" {
		t.Fatal(dump(rep))
	}
	if _, err := ImportXLSX(context.Background(), Options{Content: dir, File: out, FondsID: "f1", MediaDir: scans, Force: true}); !errors.Is(err, ErrRefused) {
		t.Error("rows without ids came in twice", err)
	}
	in.File = rep.Returned
	c, err := excelize.OpenFile(in.File)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, cell := range []string{"C4", "C5"} {
		if id, _ := c.GetCellValue("Bản quét", cell); id != "f1-0002" {
			t.Errorf("%s is %q", cell, id)
		}
	}
	if pics, err := c.GetPictures("Bản quét", "A3"); err != nil || len(pics) != 1 {
		t.Error("the copy lost its pictures", err)
	}
}

// Imported again, a sheet of scans updates records by their ids: the difference is shown first, what only
// the YAML says stays, and what was edited there meanwhile is a conflict.
func TestScansAgain(t *testing.T) {
	dir, scans := archive(t, nil), scanned(t, "a_1.jpg", "a_2.jpg", "b.jpg")
	out := filepath.Join(t.TempDir(), "f1.xlsx")
	if rep, err := ListScans(context.Background(), ScanOptions{Content: dir, Dir: scans, FondsID: "f1", Out: out}); err != nil {
		t.Fatal(err, dump(rep))
	}
	in := Options{Content: dir, File: out, FondsID: "f1", MediaDir: scans}
	change := func(file string, cells map[string]string) {
		f, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for cell, text := range cells {
			err = errors.Join(err, f.SetCellStr("Bản quét", cell, text))
		}
		if err := errors.Join(err, f.Save(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	change(out, map[string]string{"H2": "A", "H4": "B", "F3": "Trang hai"})
	rep, err := ImportXLSX(context.Background(), in)
	if err != nil || rep.Returned == "" {
		t.Fatal(err, dump(rep))
	}
	in.File = rep.Returned
	before := snapshot(t, dir)
	if rep, err = ImportXLSX(context.Background(), in); err != nil || rep.Returned != "" || strings.Contains(dump(rep), "[import-") {
		t.Fatal(err, dump(rep))
	}
	if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
		t.Fatal(d)
	}
	file := filepath.Join(dir, "fonds/f1/records/f1.yaml")
	writeFile(t, file, strings.NewReplacer(", alt: Trang hai", ", alt: Trang hai, caption: Lời", "title: B\n", "title: B (YAML)\nnotes: Ghi\n").Replace(before["fonds/f1/records/f1.yaml"]))
	change(in.File, map[string]string{"H2": "A mới", "H4": "B mới"})
	if rep, err = ImportXLSX(context.Background(), in); !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), `→ {vi: "A mới"}`) {
		t.Fatal(err, dump(rep))
	}
	in.Force = true
	if rep, err = ImportXLSX(context.Background(), in); err != nil || !strings.Contains(dump(rep), "[import-conflict]") {
		t.Fatal(err, dump(rep))
	}
	got := readBack(t, dir, "f1")
	a, b := got["f1-0001"], got["f1-0002"]
	if title, _ := a.Title.In("vi"); title != "A mới" || a.Objects[1].Caption.IsZero() || a.Objects[1].Alt.IsZero() {
		t.Errorf("%+v", a)
	}
	if title, _ := b.Title.In("vi"); title != "B (YAML)" || b.Notes.IsZero() {
		t.Errorf("%+v", b)
	}
}

// A sheet that may tell of what is not published lies neither in the content nor in a site.
func TestScansStayOutside(t *testing.T) {
	dir, scans := archive(t, nil), scanned(t, "1.jpg")
	site := t.TempDir()
	writeFile(t, filepath.Join(site, "public", "a", "index.html"), "x")
	for _, out := range []string{filepath.Join(dir, "a.xlsx"), filepath.Join(dir, "clearances", "a.xlsx"), filepath.Join(site, "public", "a", "a.xlsx")} {
		var ue *UsageError
		if _, err := ListScans(context.Background(), ScanOptions{Content: dir, Dir: scans, FondsID: "f1", Out: out}); !errors.As(err, &ue) {
			t.Errorf("%s: %v", out, err)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s was written", out)
		}
	}
	out := filepath.Join(t.TempDir(), "a.xlsx")
	writeFile(t, out, "work of days")
	if _, err := ListScans(context.Background(), ScanOptions{Content: dir, Dir: scans, FondsID: "f1", Out: out}); err == nil {
		t.Error("a sheet was overwritten")
	}
}

const altoPage = `<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="40" HEIGHT="60"><PrintSpace><TextBlock><TextLine HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"><String CONTENT="Kính" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>`

// Texts that lie beside pictures are their transcripts, and no rows; they come in under the names of their pages.
func TestScansWithTexts(t *testing.T) {
	dir, scans := archive(t, nil), scanned(t, "a1.jpg", "a2.jpg", "b-0.jpg", "c.jpg", "d-1.jpg", "d-2.jpg")
	for name, text := range map[string]string{"a1.xml": altoPage, "a1.txt": "cũng thế", "a2.txt": "trang hai", "b.txt": "lời của b", "c.xml": "<other/>", "d.txt": "lời chung", "e.txt": "lời lẻ"} {
		writeFile(t, filepath.Join(scans, name), text)
	}
	out := filepath.Join(t.TempDir(), "f1.xlsx")
	rep, err := ListScans(context.Background(), ScanOptions{Content: dir, Dir: scans, FondsID: "f1", Out: out})
	if err != nil || rep.Transcripts != 3 {
		t.Fatal(err, dump(rep))
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := f.GetRows("Bản quét")
	got := map[string]string{}
	for _, r := range rows[1:] {
		got[r[1]] = ""
		if len(r) > 8 {
			got[r[1]] = r[8]
		}
	}
	want := map[string]string{"a1.jpg": "a1.xml", "a2.jpg": "a2.txt", "b-0.jpg": "b.txt", "c.jpg": "", "d-1.jpg": "", "d-2.jpg": "", "d.txt": "", "e.txt": ""}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	items := map[string]string{}
	for _, r := range rows[1:] {
		items[r[1]] = r[2] + "/" + r[3]
	}
	if items["d-2.jpg"] != "f1-0004/2" || items["d.txt"] != "f1-0004/3" || items["e.txt"] == items["d.txt"] {
		t.Error(items)
	}
	if text := dump(rep); !strings.Contains(text, "a1.txt: warning: the picture \"a1.jpg\" has the transcript") || !strings.Contains(text, "c.xml: warning: no file of a kind") {
		t.Error(text)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	rep, err = ImportXLSX(context.Background(), Options{Content: dir, File: out, FondsID: "f1", MediaDir: scans})
	if err != nil {
		t.Fatal(err, dump(rep))
	}
	texts := map[string]string{}
	for _, u := range readBack(t, dir, "f1") {
		for _, o := range u.Objects {
			if o.Transcript != nil {
				texts[o.File.V] = o.Transcript.File.V
			}
		}
	}
	if d := cmp.Diff(map[string]string{"f1-0001-001.jpg": "f1-0001-001.xml", "f1-0001-002.jpg": "f1-0001-002.txt", "f1-0002-001.jpg": "f1-0002-001.txt"}, texts); d != "" {
		t.Error(d, dump(rep))
	}
}

// The wills at hand: each page is listed, and the text of a will of one page goes with it.
func TestScansOfWills(t *testing.T) {
	src := needData(t, "collections/testaments-de-poilus/objects")
	dir := archive(t, nil)
	rep, err := ListScans(context.Background(), ScanOptions{Content: dir, Dir: src, FondsID: "f1", Out: filepath.Join(t.TempDir(), "f1.xlsx")})
	if err != nil || rep.Rows != 26 || rep.Transcripts != 14 {
		t.Error(err, rep.Rows, rep.Transcripts, dump(rep))
	}
}
