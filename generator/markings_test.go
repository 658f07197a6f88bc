package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// markedArchive is an archive without a marking.
func markedArchive() map[string]string {
	return map[string]string{
		"site.yaml":                      "title: \"Kho thử\"\nlanguages: [vi, en]\nrepository: kho-mau\n",
		"repositories/kho-mau.yaml":      "id: kho-mau\nname: \"Kho lưu trữ mẫu\"\n",
		"clearances/qd-01.yaml":          clearance,
		"fonds/phong-cau-mau/fonds.yaml": fonds,
		recordPath("hs-0001"):            "id: hs-0001\nlevel: file\nparent: phong-cau-mau\ntitle: \"Một\"\nreference: {unit_no: \"0001\"}\ndates: {created: \"1958\"}\naccess: {state: public}\nclearance: qd-01\n",
		recordPath("tl-0001"):            markedItem("tl-0001", "access: {state: restricted}\nobjects: [{kind: page, seq: 1, file: a.jpg, alt: một, transcript: {file: a.txt}}]\n"),
		recordPath("tl-0002"):            markedItem("tl-0002", "access: {state: restricted}\n"),
	}
}

func markedItem(id, more string) string {
	return "id: " + id + "\nlevel: item\nparent: hs-0001\ntitle: \"Quyết định\"\nform: quyet-dinh\nreference: {unit_no: \"0001\"}\ndates: {created: \"1958\"}\nrights: {uri: \"http://rightsstatements.org/vocab/CNE/1.0/\", credit: \"Kho mẫu\"}\n" + more
}

const (
	media      = "fonds/phong-cau-mau/media/"
	declassify = "access: {state: restricted, declassification: {former_marking: mat, decision: {number: \"MẪU-GM-1\", date: \"2025-11-02\", by: {name: \"Hội đồng mẫu\"}}}}\n"
)

// photograph is a JPEG with a comment.
func photograph(t *testing.T, comment string) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	n := len(comment) + 2
	return "\xff\xd8\xff\xfe" + string([]byte{byte(n >> 8), byte(n)}) + comment + b.String()[2:]
}

// lookThrough returns what check finds of markings: code, place and words.
func lookThrough(t *testing.T, dir string, jobs int) ([]string, *generator.Report) {
	t.Helper()
	report, err := generator.Check(context.Background(), generator.Options{Content: dir, AsOf: "2026-11-22", Jobs: jobs, Markings: true})
	if (err != nil) != (report.Diags.Errors() > 0) || err != nil && !errors.Is(err, generator.ErrContent) {
		t.Fatalf("%v with %d errors", err, report.Diags.Errors())
	}
	var out []string
	for _, d := range report.Diags.Sorted() {
		if strings.HasPrefix(d.Code, "marking-") {
			out = append(out, fmt.Sprintf("%s %s %s: %s", d.Severity, d.Code, d.Pos, d.Msg.En))
		}
	}
	return out, report
}

func markedWith(t *testing.T, changes map[string]string) string {
	t.Helper()
	archive := markedArchive()
	archive[media+"a.txt"] = "Một trang chép lời.\n"
	dir := t.TempDir()
	for name, text := range changes {
		archive[name] = text
	}
	if archive[media+"a.jpg"] == "" {
		archive[media+"a.jpg"] = photograph(t, "Ảnh quét")
	}
	for name, text := range archive {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), []byte(text))
	}
	return dir
}

// Wherever a marking is written, it is found, with its place.
func TestMarkingsEverywhere(t *testing.T) {
	for name, c := range map[string]struct {
		file, text, at string
	}{
		"a value":                   {recordPath("tl-0002"), markedItem("tl-0002", "scope: \"Có dấu MẬT ở góc.\"\n"), ":9:16"},
		"a value by itself":         {recordPath("tl-0002"), markedItem("tl-0002", "keywords: [thư, mật]\n"), ":9:17"},
		"an escaped value":          {recordPath("tl-0002"), markedItem("tl-0002", "scope: \"M\\u1eacT\"\n"), ":9:8"},
		"a folded value":            {recordPath("tl-0002"), markedItem("tl-0002", "scope: >-\n  Kế hoạch\n  tối mật\n"), ":11:3"},
		"a value across lines":      {recordPath("tl-0002"), markedItem("tl-0002", "scope: >-\n  Kế hoạch tối\n  mật\n"), ":9:8"},
		"a value with a blank line": {recordPath("tl-0002"), markedItem("tl-0002", "scope: >-\n  Kế hoạch tối\n\n  mật\n"), ":9:8"},
		"a comment":                 {recordPath("tl-0002"), markedItem("tl-0002", "# MẬT\n"), ":9:3"},
		"a comment behind":          {recordPath("tl-0002"), markedItem("tl-0002", "keywords: [thư] # hồ sơ tối mật\n"), ":9:25"},
		"a comment by itself":       {recordPath("tl-0003"), "# TUYỆT MẬT\n", ":1:3"},
		"a second record":           {recordPath("tl-0002"), markedItem("tl-0002", "---\n"+markedItem("tl-0003", "scope: TUYỆT MẬT\n")), ":18:8"},
		"YAML that is none":         {recordPath("tl-0003"), "id: \"tl\ntitle: MẬT\n", ":2:8"},
		"a default of a fonds":      {"fonds/phong-cau-mau/fonds.yaml", fonds + "defaults: {notes: \"Lưu hành nội bộ\"}\n", ""},
		"an authority":              {"agents/a.yaml", "id: a\ntype: person\nname: \"A\"\nhistory: \"Hồ sơ tuyệt mật\"\n", ":4:17"},
		"a clearance":               {"clearances/qd-02.yaml", strings.Replace(clearance, "qd-01", "qd-02", 1) + "note: \"TỐI MẬT\"\n", ""},
		"the site":                  {"site.yaml", "title: \"Kho thử\"\nlanguages: [vi, en]\nrepository: kho-mau\nsubtitle: \"KHÔNG PHỔ BIẾN\"\n", ":4:12"},
		"a stray YAML file":         {"fonds/phong-cau-mau/cu.yml", "a: MẬT\n", ":1:4"},
		"YAML among media":          {media + "b.yaml", "a: MẬT\n", ":1:4"},
		"a body":                    {"fonds/phong-cau-mau/records/tl-0002.md", "Lời dài.\n\nVăn bản MẬT.\n", ":3:9"},
		"a page":                    {"pages/a.md", "---\ntitle: \"MẬT\"\naccess: {state: public}\n---\nLời.\n", ":2:9"},
		"the text of a page":        {"pages/a.md", "---\ntitle: \"A\"\naccess: {state: public}\n---\nMột dòng.\nMật\nDòng nữa.\n", ":6:1"},
		"a section":                 {"exhibitions/x/01.md", "**MẬT**\n", ":1:3"},
		"a transcript":              {media + "a.txt", "Dòng một\r\nMẬT\r\n", ":2:1"},
		"a text of a page":          {media + "a.xml", altoOf(10, 10, lineOf(1, 1, 5, 5, "LƯU", "HÀNH"), lineOf(1, 2, 5, 5, "NỘI", "BỘ")), ""},
		"captions":                  {media + "a.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nTài liệu tối mật\n", ":4:10"},
		"any other text":            {media + "a.csv", "mã,độ mật\n1,\tMẬT\n", ":2:4"},
		"a stamp over a title":      {media + "a.txt", "TUYỆT MẬT\nBÁO CÁO TÌNH HÌNH\n", ":1:1"},
		"a stamp in a transcript":   {recordPath("tl-0002"), markedItem("tl-0002", "objects: [{kind: page, seq: 1, file: a.jpg, alt: một, transcript: {text: \"TUYỆT MẬT\\nBÁO CÁO\"}}]\n"), ":9:75"},
		"a stamp in a caption":      {recordPath("tl-0002"), markedItem("tl-0002", "objects:\n  - {kind: page, seq: 1, file: a.jpg, alt: một}\n  - kind: page\n    seq: 2\n    file: a.jpg\n    alt: hai\n    caption: |\n      TUYỆT MẬT\n      Danh sách\n"), ":16:7"},
		"a stamp over a heading":    {"fonds/phong-cau-mau/records/tl-0002.md", "MẬT\nNGHỊ QUYẾT\n", ":1:1"},
		"a name with a title":       {media + "tuyet-mat-danh-sach.txt", "x", ""},
		"a folder with a title":     {media + "TOI-MAT-DANH-SACH/a.txt", "x", ""},
		"a name":                    {media + "cong-van-mat.txt", "x", ""},
		"a name of a folder":        {media + "toi-mat/a.txt", "x", ""},
		"a name of YAML":            {recordPath("tuyet-mat"), markedItem("tl-0009", ""), ""},
		"a picture":                 {media + "a.jpg", photograph(t, "TUYỆT MẬT"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			found, _ := lookThrough(t, markedWith(t, map[string]string{c.file: c.text}), 2)
			at := c.file + c.at
			if strings.Contains(name, "folder") {
				at = filepath.ToSlash(filepath.Dir(c.file))
			}
			if len(found) != 1 || !strings.HasPrefix(found[0], "error marking-found "+at) {
				t.Errorf("%q, want one error at %s", found, at)
			}
		})
	}
}

// Values that are written with escapes are told apart, though not all of them can
// be pointed to.
func TestMarkingsInEscapedValues(t *testing.T) {
	text := markedItem("tl-0002", "keywords: [\"M\\u1eacT\"]\nscope: \"M\\u1eacT\\nT\\u1ed0I M\\u1eacT\"\n")
	found, _ := lookThrough(t, markedWith(t, map[string]string{recordPath("tl-0002"): text}), 2)
	want := []string{"error marking-found " + recordPath("tl-0002") + ":9:12:", "error marking-found " + recordPath("tl-0002") + ":10:8:", "error marking-found " + recordPath("tl-0002") + ":10:9:"}
	if !slices.EqualFunc(found, want, strings.HasPrefix) {
		t.Errorf("%q, want %q", found, want)
	}
}

// onePage is a PDF that shows a text, or nothing.
func onePage(text string) string { return drawnPage("BT /F1 24 Tf 72 700 Td (" + text + ") Tj ET") }

// drawnPage is a PDF of one page, by the operators that draw it.
func drawnPage(content string) string {
	return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
		"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n" +
		fmt.Sprintf("4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n", len(content), content)
}

func TestNoMarkings(t *testing.T) {
	if found, report := lookThrough(t, markedWith(t, nil), 2); len(found) > 0 || report.Looked.Files != 9 {
		t.Errorf("%q in %+v", found, report.Looked)
	}
	for _, dir := range []string{"../content", "../templates/starter/site/content"} {
		if found, report := lookThrough(t, dir, 2); len(found) > 0 || report.Looked.Unread > 0 || report.Looked.Files == 0 {
			t.Errorf("%s: %q in %+v", dir, found, report.Looked)
		}
	}
}

// A record whose marking was lifted by a decision on record bears it in peace,
// with its files, its body and its transcripts; half a decision lifts nothing.
func TestMarkingsOfDeclassifiedRecords(t *testing.T) {
	object := "objects: [{kind: page, seq: 1, file: a.jpg, alt: một, transcript: {file: a.txt}}]\n"
	body := "doc: {secrecy_as_marked: \"Mật\"}\nscope: \"Dấu MẬT.\"\n" + object
	files := map[string]string{
		recordPath("tl-0001"):                    markedItem("tl-0001", declassify+body),
		"fonds/phong-cau-mau/records/tl-0001.md": "MẬT\n", "fonds/phong-cau-mau/records/tl-0001.en.md": "LƯU HÀNH NỘI BỘ\n",
		media + "a.txt": "MẬT\n", media + "a.jpg": photograph(t, "MẬT"),
	}
	if found, _ := lookThrough(t, markedWith(t, files), 2); len(found) > 0 {
		t.Errorf("%q", found)
	}
	files[media+"a.txt"] = "TỐI MẬT\n"
	if found, _ := lookThrough(t, markedWith(t, files), 2); len(found) != 1 || !strings.Contains(found[0], "a.txt:1:1") {
		t.Errorf("a marking of a higher degree than was lifted: %q", found)
	}
	files[media+"a.txt"] = "MẬT\n"
	files[recordPath("tl-0002")] = markedItem("tl-0002", "scope: \"Dấu MẬT.\"\n"+object)
	if found, _ := lookThrough(t, markedWith(t, files), 2); len(found) != 3 {
		t.Errorf("files that another record names as well, and that record: %q", found)
	}
	delete(files, recordPath("tl-0002"))
	files[recordPath("tl-0001")] = markedItem("tl-0001", declassify+body+"---\n"+markedItem("tl-0003", "scope: \"Dấu MẬT.\"\n"))
	if found, _ := lookThrough(t, markedWith(t, files), 2); len(found) != 1 || !strings.Contains(found[0], "tl-0001.yaml:22:") {
		t.Errorf("another record in the same file: %q", found)
	}
	half := "access: {state: restricted, declassification: {former_marking: mat}}\n"
	files[recordPath("tl-0001")] = markedItem("tl-0001", half+body)
	if found, _ := lookThrough(t, markedWith(t, files), 2); len(found) != 6 {
		t.Errorf("half a decision: %q", found)
	}
}

// An acknowledgement is for this line of this file, or this content of it.
func TestAcknowledgedMarkings(t *testing.T) {
	jpg := photograph(t, "Con dấu MẬT, bằng gỗ")
	sum := sha256.Sum256([]byte(jpg))
	entry := func(file, text, more string) string {
		return fmt.Sprintf("  - {file: %q, text: %q, by: A, date: \"2026-01-02\"%s}\n", file, text, more)
	}
	hash := ", sha256: " + hex.EncodeToString(sum[:])
	files := map[string]string{
		media + "a.txt": "Con  dấu MẬT\nMẬT\nMẬT\n", media + "a.jpg": jpg,
		"markings.yaml": "acknowledged:\n" + entry(media+"a.txt", "Con dấu MẬT", "") + entry(media+"a.txt", "MẬT", ", times: 2") + entry(media+"a.jpg", "Con dấu MẬT, bằng gỗ", hash),
	}
	if found, _ := lookThrough(t, markedWith(t, files), 2); len(found) > 0 {
		t.Errorf("%q", found)
	}
	long := "MẬT " + strings.Repeat("rất dài, ", 68) + "hết: "
	for name, c := range map[string]struct {
		change map[string]string
		want   []string
	}{
		"a line more":      {map[string]string{media + "a.txt": "Con dấu MẬT\nMẬT\nMẬT\nMẬT\n"}, []string{"error marking-found " + media + "a.txt:4:1"}},
		"another line":     {map[string]string{media + "a.txt": "Con dấu MẬT này\nMẬT\nMẬT\n"}, []string{"error marking-found " + media + "a.txt:1:9", "warning marking-stale markings.yaml:2:5"}},
		"another file":     {map[string]string{media + "b.txt": "MẬT\n"}, []string{"error marking-found " + media + "b.txt:1:1"}},
		"other content":    {map[string]string{media + "a.jpg": jpg + "x"}, []string{"error marking-found " + media + "a.jpg", "warning marking-stale markings.yaml:4:5"}},
		"without the hash": {map[string]string{"markings.yaml": strings.Replace(files["markings.yaml"], hash, "", 1)}, []string{"error marking-found " + media + "a.jpg", "warning marking-stale markings.yaml:4:5"}},
		"from tomorrow on": {map[string]string{"markings.yaml": strings.Replace(files["markings.yaml"], entry(media+"a.txt", "Con dấu MẬT", ""), strings.Replace(entry(media+"a.txt", "Con dấu MẬT", ""), "2026-01-02", "2026-11-23", 1), 1)}, []string{"error marking-found " + media + "a.txt:1:10", "error marking-stale markings.yaml:2:"}},
		"nothing left":     {map[string]string{media + "a.txt": "Sạch.\n"}, []string{"warning marking-stale markings.yaml:2:5", "warning marking-stale markings.yaml:3:5"}},
		"more behind":      {map[string]string{media + "a.txt": files[media+"a.txt"] + long + "MẬT\n"}, []string{"error marking-found " + media + "a.txt:4:1:", "error marking-found " + media + "a.txt:4:622:"}},
		"very many": {map[string]string{media + "a.txt": strings.Repeat("MẬT\n", 1100), "markings.yaml": "acknowledged:\n" + entry(media+"a.txt", "MẬT", ", times: 1100") + entry(media+"a.jpg", "Con dấu MẬT, bằng gỗ", hash)},
			[]string{"error marking-found " + media + "a.txt:1000:1", "warning marking-stale markings.yaml:2:5"}},
		"a note": {map[string]string{"markings.yaml": files["markings.yaml"] + "# TUYỆT MẬT\n"}, []string{"error marking-found markings.yaml:5:3"}},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string]string{}
			for _, m := range []map[string]string{files, c.change} {
				for k, v := range m {
					all[k] = v
				}
			}
			found, _ := lookThrough(t, markedWith(t, all), 2)
			if !slices.EqualFunc(found, c.want, strings.HasPrefix) {
				t.Errorf("%q, want %q", found, c.want)
			}
		})
	}
}

// The line that a finding offers acknowledges it, as soon as it is signed.
func TestOfferedAcknowledgement(t *testing.T) {
	files := map[string]string{
		media + "a.txt": "Ông ghi: \"con dấu MẬT\" \\ 1950\nTOI MAT\nDỰ THẢO\n", media + "a.jpg": photograph(t, "Dấu “MẬT”: 'gỗ'"), media + "cong-van-mat.txt": "x",
		recordPath("tl-0002"): markedItem("tl-0002", "scope: |\n  Một\n  Hai, dấu MẬT, "+strings.Repeat("rất dài ", 80)+"\n"),
	}
	dir := markedWith(t, files)
	_, report := lookThrough(t, dir, 2)
	list := "acknowledged:\n"
	for _, d := range report.Diags.Sorted() {
		if d.Code == "marking-found" {
			_, line, _ := strings.Cut(d.Hint.Vi, "markings.yaml: ")
			list += "  " + strings.Replace(strings.Replace(line, "by: \"…\"", "by: \"A\"", 1), "date: \"…\"", "date: \"2026-01-02\"", 1) + "\n"
		}
	}
	put(t, filepath.Join(dir, "markings.yaml"), []byte(list))
	if found, _ := lookThrough(t, dir, 2); len(found) > 0 || strings.Count(list, "\n") != 7 {
		t.Errorf("%q with\n%s", found, list)
	}
}

// What could not be looked at is named, and so is a PDF without text.
func TestMarkingsNotLookedAt(t *testing.T) {
	dir := markedWith(t, map[string]string{media + "a.mp3": "ID3\x00\xff\xfb", media + "a.jpg": photograph(t, "x")[:40], media + "a.pdf": onePage(""), media + "b.pdf": onePage("TOI MAT")})
	want := []string{"warning marking-unread " + media + "a.jpg", "warning marking-unread " + media + "a.mp3", "warning marking-pixels " + media + "a.pdf",
		"error marking-found " + media + "b.pdf"}
	if runtime.GOOS != "windows" {
		outside := filepath.Join(t.TempDir(), "ngoai.txt")
		put(t, outside, []byte("MẬT\n"))
		if err := os.Symlink(outside, filepath.Join(dir, media, "lien-ket.txt")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("a.txt", filepath.Join(dir, media, "trong.txt")); err != nil {
			t.Fatal(err)
		}
		want = append(want, "warning marking-unread "+media+"lien-ket.txt", "warning marking-unread "+media+"trong.txt")
	}
	slices.SortFunc(want, func(a, b string) int { return strings.Compare(strings.Fields(a)[2], strings.Fields(b)[2]) })
	found, report := lookThrough(t, dir, 2)
	if !slices.EqualFunc(found, want, strings.HasPrefix) || report.Looked.Pixels != 1 || report.Looked.Unread != len(want)-2 {
		t.Errorf("%q in %+v, want %q", found, report.Looked, want)
	}
	for _, d := range report.Diags.Sorted() {
		if d.Code == "marking-unread" && d.Hint.Vi == "" {
			t.Errorf("%s: nobody says what to do", d.Pos)
		}
	}
}

// A profile without words finds nothing, and that is an error; what a profile
// says of markings is no marking.
func TestMarkingsOfAProfile(t *testing.T) {
	site := "title: \"Kho thử\"\nlanguages: [vi, en]\nrepository: kho-mau\nprofile: nha-ta\n"
	dir := markedWith(t, map[string]string{"site.yaml": site, "profiles/nha-ta.yaml": "id: nha-ta\ntitle: \"Nhà ta\"\n"})
	if found, _ := lookThrough(t, dir, 2); len(found) != 1 || !strings.HasPrefix(found[0], "error marking-words profiles/nha-ta.yaml") {
		t.Errorf("%q", found)
	}
	dir = markedWith(t, map[string]string{"site.yaml": site, media + "a.txt": "Dấu KÍN\nMẬT\n",
		"profiles/nha-ta.yaml": "id: nha-ta\ntitle: \"Nhà ta\"\nsecrecy: {markings: [\"KÍN\"], warnings: [\"KHẨN\"]}\n"})
	if found, _ := lookThrough(t, dir, 2); len(found) != 1 || !strings.Contains(found[0], "a.txt:1:5") {
		t.Errorf("%q", found)
	}
}

// The same is found with one worker or four, and nothing is written.
func TestMarkingsInAnyOrder(t *testing.T) {
	files := map[string]string{}
	for i := range 60 {
		files[fmt.Sprintf("%sd%02d/a.txt", media, i%7)] = "MẬT\nDỰ THẢO\n"
		files[fmt.Sprintf("%s%02d.jpg", media, i)] = photograph(t, "TỐI MẬT")
		files[recordPath(fmt.Sprintf("tl-1%03d", i))] = markedItem(fmt.Sprintf("tl-1%03d", i), strings.Replace(declassify, "former_marking: mat", "former_marking: toi-mat", 1)+fmt.Sprintf("objects: [{kind: page, seq: 1, file: %02d.jpg, alt: x}]\n", i/2))
	}
	dir := markedWith(t, files)
	before := snapshot(t, dir)
	one, first := lookThrough(t, dir, 1)
	four, second := lookThrough(t, dir, 4)
	if !slices.Equal(one, four) || first.Diags.Errors() != second.Diags.Errors() || first.Diags.Errors() != 7+30 {
		t.Errorf("%d and %d errors\n%q\n%q", first.Diags.Errors(), second.Diags.Errors(), one, four)
	}
	if after := snapshot(t, dir); after != before {
		t.Error("the search wrote into the content folder")
	}
}

func snapshot(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		fmt.Fprintf(h, "%s %d\n%s", name, len(data), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// A build does not open every file.
func TestBuildDoesNotLookForMarkings(t *testing.T) {
	dir := markedWith(t, map[string]string{media + "a.txt": "MẬT\n"})
	report, err := generator.Build(context.Background(), generator.Options{Content: dir, Out: filepath.Join(t.TempDir(), "public"), AsOf: "2026-11-22"})
	if err != nil || report.Looked != nil || slices.ContainsFunc(report.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Code == "marking-found" }) {
		t.Errorf("%v", err)
	}
}
