package generator_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/exchange"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// The guide is published for people who copy from it, so every listing in it
// is put into a small archive and checked.

const guideDir = "../content/pages/guide"

// listing is a fenced block of a page of the guide.
type listing struct {
	where string // page and line
	info  string // what it is: "yaml record", "sh"
	text  string
}

func guidePages(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(guideDir, "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages in %s: %v", guideDir, err)
	}
	pages := map[string]string{}
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(n)] = string(data)
	}
	return pages
}

var fence = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$")

func listingsOf(page, text string) []listing {
	var out []listing
	for _, m := range fence.FindAllStringSubmatchIndex(text, -1) {
		line := 1 + strings.Count(text[:m[0]], "\n")
		out = append(out, listing{page + ":" + itoa(line), text[m[2]:m[3]], text[m[4]:m[5]]})
	}
	return out
}

func itoa(n int) string {
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

// guideArchive is the archive around the listings, as the guide tells it.
func guideArchive() map[string]string {
	const item = "level: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\naccess: {state: public}\nclearance: qd-01\nrights: {uri: \"http://rightsstatements.org/vocab/CNE/1.0/\", credit: \"Kho mẫu\"}\n"
	return map[string]string{
		"site.yaml":                           "title: \"Kho thử\"\nlanguages: [vi, en]\nrepository: kho-mau\n",
		"repositories/kho-mau.yaml":           "id: kho-mau\nname: \"Kho lưu trữ mẫu\"\n",
		"agents/ban-cau-mau.yaml":             "id: ban-cau-mau\ntype: corporate\nname: \"Ban Xây dựng cầu Mẫu\"\n",
		"agents/nguyen-van-mau.yaml":          "id: nguyen-van-mau\ntype: person\nname: \"Nguyễn Văn Mẫu\"\n",
		"places/ha-noi.yaml":                  "id: ha-noi\nname: \"Hà Nội\"\n",
		"places/ben-mau.yaml":                 "id: ben-mau\nname: \"Bến Mẫu\"\n",
		"events/le-khanh-thanh.yaml":          "id: le-khanh-thanh\ntitle: \"Lễ khánh thành\"\ndate: \"1964-05-19\"\n",
		"clearances/qd-01.yaml":               clearance,
		"fonds/phong-cau-mau/fonds.yaml":      fonds,
		recordPath("hs-0001"):                 "id: hs-0001\nlevel: file\nparent: phong-cau-mau\ntitle: \"Một\"\nreference: {unit_no: \"0001\"}\ndates: {created: \"1958\"}\naccess: {state: public}\nclearance: qd-01\n",
		recordPath("hs-0002"):                 "id: hs-0002\nlevel: file\nparent: phong-cau-mau\ntitle: \"Hai\"\nreference: {unit_no: \"0002\"}\ndates: {created: \"1959\"}\naccess: {state: public}\nclearance: qd-01\n",
		recordPath("tl-0001"):                 "id: tl-0001\ntitle: \"Quyết định\"\nform: quyet-dinh\ndates: {created: \"1958-03-14\"}\nevents: [le-khanh-thanh]\ncreators: [{agent: ban-cau-mau}]\n" + item + "objects:\n  - {kind: page, seq: 1, file: a-001.jpg, alt: một}\n  - {kind: page, seq: 2, file: a-002.jpg, alt: hai}\n",
		recordPath("tl-0002"):                 "id: tl-0002\ntitle: \"Ảnh\"\nform: anh\ndates: {created: \"1959\"}\n" + item + "objects: [{kind: image, seq: 1, file: b-001.png, alt: ba}]\n",
		"exhibitions/cau-mau/exhibition.yaml": exhibition,
		"exhibitions/cau-mau/01-khoi-cong.md": "Lời của phần đầu.\n",
		"exhibitions/cau-mau/99-ket.md":       "Nguồn: phông cầu Mẫu.\n",
	}
}

func recordPath(id string) string { return "fonds/phong-cau-mau/records/" + id + ".yaml" }

const clearance = `id: qd-01
decision: {number: "MẪU-01", date: "2026-01-15", issued_by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"}
scope: {fonds: [phong-cau-mau], parts: [metadata, images, transcript], purposes: [web-exhibition], open_ended: true}
valid: {from: "2026-01-15"}
prepared_by: "A"
approved_by: "B"
`

const fonds = `id: phong-cau-mau
level: fonds
title: "Phông cầu Mẫu"
reference: {repository: kho-mau, fonds_no: "MAU-09"}
dates: {created: "1958/1964"}
access: {state: public}
clearance: qd-01
`

const exhibition = `id: cau-mau
title: "Sáu năm một cây cầu"
access: {state: public}
decision: {number: "MẪU-21", date: "2026-04-01", by: {name: "Cơ quan mẫu"}, signatory: "Người ký mẫu"}
sections: [{id: mot, title: "Một", text: 01-khoi-cong.md}]
`

var (
	idLine    = regexp.MustCompile(`(?m)^id: (\S+)$`)
	mediaName = regexp.MustCompile(`[a-z0-9-]+\.(?:jpg|png)\b`)
)

// place puts a listing into the archive, in place of what has the same id.
func place(archive map[string]string, kind, text string) bool {
	ids := idLine.FindAllStringSubmatch(text, -1)
	switch kind {
	case "yaml site":
		archive["site.yaml"] = text
	case "yaml fonds":
		archive["fonds/phong-cau-mau/fonds.yaml"] = text
	case "yaml exhibition":
		archive["exhibitions/cau-mau/exhibition.yaml"] = text
	case "yaml markings":
		archive["markings.yaml"] = text
	case "markdown section":
		archive["exhibitions/cau-mau/01-khoi-cong.md"] = text
	case "markdown record":
		archive["fonds/phong-cau-mau/records/tl-0002.md"] = text
	case "yaml record", "yaml wrong":
		for _, id := range ids {
			delete(archive, recordPath(id[1]))
		}
		archive[recordPath("listing")] = text
	case "yaml agent", "yaml place", "yaml event", "yaml clearance", "yaml wrong clearance":
		words := strings.Fields(kind)
		archive[words[len(words)-1]+"s/"+ids[0][1]+".yaml"] = text
	default:
		return false
	}
	return true
}

// write puts an archive on disk, with an image for every name of one.
func write(t *testing.T, archive map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	writeTo(t, dir, archive)
	return dir
}

func writeTo(t *testing.T, dir string, archive map[string]string) {
	t.Helper()
	for name, text := range archive {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), []byte(text))
		for _, m := range mediaName.FindAllString(text, -1) {
			put(t, filepath.Join(dir, "fonds/phong-cau-mau/media", m), picture(t, m))
		}
	}
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func picture(t *testing.T, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	err := png.Encode(&b, img)
	if path.Ext(name) == ".jpg" {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkArchive returns the errors that check finds.
func checkArchive(t *testing.T, dir string) []diag.Diagnostic {
	t.Helper()
	_, none := os.Stat(filepath.Join(dir, "markings.yaml"))
	report, err := generator.Check(context.Background(), generator.Options{Content: dir, AsOf: "2026-11-22", Jobs: 1, Markings: none == nil})
	if err != nil && !errors.Is(err, generator.ErrContent) {
		t.Fatal(err)
	}
	return slices.DeleteFunc(report.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}

func TestGuideListings(t *testing.T) {
	if errs := checkArchive(t, write(t, guideArchive())); len(errs) > 0 {
		t.Fatalf("the archive around the listings has errors: %v", errs)
	}
	kinds := map[string]int{}
	done := map[string]bool{}
	pages := guidePages(t)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		for _, l := range listingsOf(name, pages[name]) {
			kinds[l.info]++
			if done[l.info+l.text] {
				continue // the same listing in the other language
			}
			done[l.info+l.text] = true
			t.Run(l.where, func(t *testing.T) { checkListing(t, l) })
		}
	}
	for _, kind := range []string{"yaml site", "yaml fonds", "yaml record", "yaml wrong", "yaml wrong clearance", "yaml clearance", "yaml agent",
		"yaml exhibition", "markdown section", "markdown record", "csv import", "csv import map", "yaml map", "yaml markings", "yaml boxes", "sh", "sh hook"} {
		if kinds[kind] < 2 {
			t.Errorf("%d listings of the kind %q", kinds[kind], kind)
		}
	}
}

// checkListing checks one listing by its kind. Commands, spreadsheets and
// their maps have tests of their own, and plain text is nothing to run.
func checkListing(t *testing.T, l listing) {
	switch l.info {
	case "text", "sh", "sh hook", "csv import", "csv import map", "yaml map":
		return
	case "sql":
		if got := bySQLite(t, filepath.Join(sample(t).Root, filepath.FromSlash(page.Database)), l.text); len(got) == 0 {
			t.Error("the query finds nothing in the sample archive")
		}
		return
	case "yaml boxes":
		checkBoxes(t, l)
		return
	}
	archive := guideArchive()
	if strings.Contains(l.text, "tl-0004-001.mp3") {
		withRecording(archive)
	}
	if !place(archive, l.info, l.text) {
		t.Fatalf("nobody knows what a listing %q is", l.info)
	}
	errs := checkArchive(t, write(t, archive))
	if !strings.HasPrefix(l.info, "yaml wrong") {
		for _, d := range errs {
			t.Errorf("%s: %s [%s]", d.Pos, d.Msg.En, d.Code)
		}
		return
	}
	first, _, _ := strings.Cut(l.text, "\n")
	want := strings.TrimPrefix(first, "# ")
	if !slices.ContainsFunc(errs, func(d diag.Diagnostic) bool { return d.Code == want }) {
		t.Errorf("expected an error %s, got %v", want, errs)
	}
}

// withRecording adds the files of the sound that the guide describes.
func withRecording(archive map[string]string) {
	stem := "fonds/phong-cau-mau/media/tl-0004-001"
	archive[stem+".mp3"] = string(soundFile("", ""))
	for _, ending := range []string{".vtt", ".en.vtt", "-phan.vtt"} {
		archive[stem+ending] = "WEBVTT\n\n00:00.000 --> 00:00.500\nLời\n"
	}
}

// checkBoxes reads the order to cover places of a picture.
func checkBoxes(t *testing.T, l listing) {
	tree, err := content.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if order, ds := tree.Cover(l.where, []byte(l.text)); order == nil || len(ds) > 0 {
		t.Errorf("the boxes cannot be read: %v", ds)
	}
}

// Every spreadsheet of the guide is imported, with its map where it has one,
// and the archive is checked with what came of it.
func TestGuideSpreadsheets(t *testing.T) {
	for name, text := range guidePages(t) {
		mapping := ""
		for _, l := range listingsOf(name, text) {
			switch l.info {
			case "yaml map":
				mapping = l.text
			case "csv import":
				importListing(t, l, "")
			case "csv import map":
				importListing(t, l, mapping)
			}
		}
	}
}

func importListing(t *testing.T, l listing, mapping string) {
	t.Run(l.where, func(t *testing.T) {
		dir, rep := importSheet(t, l.text, mapping)
		if rep.Refused > 0 || rep.Records != rep.Rows || rep.BadDates > 0 || rep.Missing > 0 || rep.Rows == 0 {
			t.Errorf("%s: %v", strings.Join(rep.Lines("en"), "; "), rep.Notes)
		}
		for _, d := range checkArchive(t, dir) {
			t.Errorf("%s: %s [%s]", d.Pos, d.Msg.En, d.Code)
		}
	})
}

func importSheet(t *testing.T, sheet, mapping string) (string, *exchange.Report) {
	t.Helper()
	dir, beside := write(t, guideArchive()), t.TempDir()
	o := exchange.Options{Content: dir, File: filepath.Join(beside, "bang.csv"), FondsID: "phong-cau-mau", MediaDir: beside, State: "public", Clearance: "qd-01"}
	put(t, o.File, []byte(sheet))
	for _, m := range mediaName.FindAllString(sheet, -1) {
		put(t, filepath.Join(beside, m), picture(t, m))
	}
	if mapping != "" {
		o.MapFile = filepath.Join(beside, "map.yaml")
		put(t, o.MapFile, []byte(mapping))
	}
	rep, err := exchange.ImportCSV(context.Background(), o)
	if err != nil {
		t.Fatalf("%v: %v", err, rep.Notes)
	}
	return dir, rep
}

var (
	dateRow  = regexp.MustCompile("(?m)^\\| `\"([^\"]+)\"` \\| (.*?) \\| (.*?) \\|$")
	staffRow = regexp.MustCompile("(?m)^\\| (`.*`) \\| `([^`]+)` \\|$")
	code     = regexp.MustCompile("`([^`]+)`")
)

// The table of dates says what the site says.
func TestGuideDates(t *testing.T) {
	pages := guidePages(t)
	for _, name := range []string{"describe.md", "describe.en.md"} {
		rows := dateRow.FindAllStringSubmatch(pages[name], -1)
		if len(rows) < 10 {
			t.Errorf("%s: %d rows of dates", name, len(rows))
		}
		for _, m := range rows {
			d, err := edtf.Parse(m[1])
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for lang, told := range map[string]string{"vi": m[2], "en": m[3]} {
				if got := strings.ReplaceAll(d.Words(lang), "\u00a0", " "); got != told {
					t.Errorf("%s: %s is %q, the guide says %q", name, m[1], got, told)
				}
			}
		}
	}
}

// The table of dates in spreadsheets says what an import makes of them.
func TestGuideStaffDates(t *testing.T) {
	pages := guidePages(t)
	for _, name := range []string{"import.md", "import.en.md"} {
		sheet, want := "Mã,Tên tài liệu,Ngày tháng,Loại hình,Hồ sơ số\n", map[string]string{}
		for _, row := range staffRow.FindAllStringSubmatch(pages[name], -1) {
			for _, cell := range code.FindAllStringSubmatch(row[1], -1) {
				id := "ngay-" + itoa(len(want)+1)
				want[id] = row[2]
				sheet += id + ",Thử,\"" + cell[1] + "\",thư,0001\n"
			}
		}
		if len(want) < 10 {
			t.Errorf("%s: %d dates", name, len(want))
		}
		dir, _ := importSheet(t, sheet, "")
		got := createdDates(t, dir)
		for id, edtf := range want {
			if got[id] != edtf {
				t.Errorf("%s: %s became %q, the guide says %q", name, id, got[id], edtf)
			}
		}
	}
}

func createdDates(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree, err := content.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	tree.Config()
	out := map[string]string{}
	for f, err := range tree.Files("fonds") {
		if err != nil || f.Kind != content.KindRecords {
			continue
		}
		tree.Units(f, func(u *record.Unit, _ record.Loc, _ []diag.Diagnostic) {
			if u != nil {
				out[u.ID.V] = u.Dates.Created.String()
			}
		})
	}
	return out
}

// Every code that the guide explains is one that the program can say.
func TestGuideMessages(t *testing.T) {
	var source strings.Builder
	err := filepath.WalkDir(".", func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
			return err
		}
		data, err := os.ReadFile(p)
		source.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pages := guidePages(t)
	said := func(code string) bool {
		kind, image := strings.CutPrefix(code, "image-") // these codes are put together
		if !image {
			kind, image = strings.CutPrefix(code, "recording-")
		}
		return strings.Contains(source.String(), `"`+code+`"`) || image && strings.Contains(source.String(), `"`+kind+`"`)
	}
	row := regexp.MustCompile("(?m)^\\| `([a-z-]+)`(?:, `([a-z-]+)`)? \\|")
	for _, name := range []string{"messages.md", "messages.en.md"} {
		rows := row.FindAllStringSubmatch(pages[name], -1)
		if len(rows) < 30 {
			t.Errorf("%s explains %d messages", name, len(rows))
		}
		for _, m := range rows {
			for _, code := range m[1:] {
				if code != "" && !said(code) {
					t.Errorf("%s explains %s, which nothing says", name, code)
				}
			}
		}
	}
}

// The guide is itself a part of the site: its pages have no errors, every page
// is there in both languages, and their listings are the same.
func TestGuidePages(t *testing.T) {
	archive, pages := guideArchive(), guidePages(t)
	for name, text := range pages {
		archive["pages/guide/"+name] = text
	}
	for _, d := range checkArchive(t, write(t, archive)) {
		t.Errorf("%s: %s [%s]", d.Pos, d.Msg.En, d.Code)
	}
	order := map[string]string{}
	for name, text := range pages {
		if strings.HasSuffix(name, ".en.md") {
			continue
		}
		english, ok := pages[strings.TrimSuffix(name, ".md")+".en.md"]
		if !ok {
			t.Errorf("%s is not there in English", name)
		}
		vi, en := listingsOf(name, text), listingsOf(name, english)
		for i := range vi {
			if len(en) != len(vi) || vi[i].info != en[i].info || vi[i].info != "sh" && vi[i].info != "text" && vi[i].text != en[i].text {
				t.Errorf("%s: the English page has another listing", vi[i].where)
				break
			}
		}
		place := regexp.MustCompile(`(?m)^order: \d+$`).FindString(text)
		if place == "" || order[place] != "" || !strings.Contains(english, place) {
			t.Errorf("%s: %q is missing, taken by %q or different in English", name, place, order[place])
		}
		order[place] = name
	}
	if len(order) < 10 {
		t.Errorf("%d pages", len(order))
	}
}
