package generator_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// namingArchive holds a restricted record, one withdrawn without and one with its title
// in the notice, and an exhibition and a page that are not published.
func namingArchive() map[string]string {
	a := guideArchive()
	const item = "level: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\nform: thu\ndates: {created: \"1959\"}\n"
	a[recordPath("tl-0090")] = "id: tl-0090\ntitle: {vi: \"Biên bản họp ngày mồng năm\", en: \"Minutes of the fifth day\"}\nscope: \"Biên bản họp ngày mồng năm, bản của tl-0090\"\naccess: {state: restricted}\n" + item
	a[recordPath("kin")] = "id: kin\ntitle: \"Ngắn\"\naccess: {state: restricted}\n" + item
	a[recordPath("tl-0091")] = "id: tl-0091\ntitle: \"Thư kể chuyện riêng của gia đình\"\naccess: {state: withdrawn}\nwithdrawn: {date: \"2026-05-01\", reason: personal-data}\n" + item
	a[recordPath("tl-0092")] = "id: tl-0092\ntitle: \"Thư mà trang thay thế còn nêu\"\naccess: {state: withdrawn}\nwithdrawn: {date: \"2026-05-01\", reason: copyright, level: full}\nclearance: qd-01\n" + item
	a[recordPath("tl-0093")] = "id: tl-0093\ntitle: \"Báo cáo công tác tháng\"\naccess: {state: restricted}\n" + item
	a[recordPath("tl-0094")] = "id: tl-0094\ntitle: \"Báo cáo công tác tháng năm 1959\"\naccess: {state: public}\nclearance: qd-01\n" + item
	a["exhibitions/dong/exhibition.yaml"] = strings.NewReplacer("id: cau-mau", "id: dong", "{state: public}", "{state: unreviewed}").Replace(exhibition)
	a["exhibitions/dong/01-khoi-cong.md"] = "Biên bản họp ngày mồng năm, tl-0090.\n"
	a["pages/about.md"] = "---\ntitle: Giới thiệu\naccess: {state: public}\n---\nVề kho này.\n"
	a["pages/about.en.md"] = "---\ntitle: About\n---\nOf this archive.\n"
	a["pages/terms.md"] = "---\ntitle: Thuật ngữ\naccess: {state: unreviewed}\n---\nBiên bản họp ngày mồng năm.\n"
	a["fonds/phong-cau-mau/fonds.md"] = "Lời của phông.\n"
	a["fonds/phong-cau-mau/records/tl-0002.md"] = "Lời của tờ ảnh.\n"
	a["agents/ban-cau-mau.md"] = "Lịch sử của Ban.\n"
	a["site.yaml"] += "home: {intro: {vi: \"Lời đầu.\", en: \"First words.\"}}\n"
	return a
}

// named are the places at which a check of an archive finds something named that is
// not public.
func named(t *testing.T, archive map[string]string) (out []string) {
	t.Helper()
	o := archiveIn(t.TempDir(), baseURL)
	writeTo(t, o.Content, archive)
	rep, err := generator.Check(context.Background(), o)
	if err != nil && rep == nil {
		t.Fatal(err)
	}
	for _, d := range rep.Diags.Sorted() {
		rel, _ := strings.CutPrefix(filepath.ToSlash(d.Pos.String()), filepath.ToSlash(o.Content)+"/")
		if d.Code == "named-not-public" {
			out = append(out, rel+" "+d.Msg.En)
		} else if d.Severity == diag.Error {
			t.Errorf("%s: %s", rel, d.Msg.En)
		}
	}
	return out
}

func TestRule07_NoTextNamesWhatIsNotPublic(t *testing.T) {
	if got := named(t, namingArchive()); got != nil {
		t.Fatalf("an archive that names nothing: %q", got)
	}
	const section = "exhibitions/cau-mau/01-khoi-cong.md"
	for _, c := range []struct{ file, old, text, want string }{
		{section, "", "Một dòng.\nXem biên bản họp\nngày *mồng năm*, lưu ở đây.\n", ":3:5 "}, {section, "", "BIEN BAN HOP NGAY MONG NAM\n", ":2:1 "}, {section, "", "The minutes of the fifth day say so.\n", ":2:5 "},
		{section, "", "Xem tl-0090 nhé.\n", ":2:5 "}, {section, "", "(tl-0090)\n", ":2:2 "}, {section, "", "Xem record: biên bản kín, tl-0090 ấy.\n", ":2:"}, {section, "", "Nguồn: id: tl-0090\n", ":2:"}, {recordPath("tl-0002"), "", "notes: tl-0090\n", ":"},
		{section, "", "\n[Biên bản](https://khac.example/a) họp ngày mồng năm.\n", ":3:1 "}, {section, "", "\nDòng trên.\nBiên bản[^1] họp ngày mồng năm.\n\n[^1]: Chú.\n", ":3:1 "}, {section, "", "\nBi&#234;n bản họp ngày mồng năm\n", ":3:1 "}, {recordPath("tl-0002"), "unit_no: ", "former: [\"Biên bản họp ngày mồng năm\"], unit_no: ", ":"}, {section, "", "Thư kể chuyện riêng của gia đình\n", ":2:1 "},
		{section, "", "[t](" + baseURL + "phong-luu-tru/phong-cau-mau/tl-0090.html)\n", ":2:"}, {section, "", "<" + baseURL + "en/fonds/phong-cau-mau/tl-0090>\n", ":2:"}, {section, "", "[t](" + baseURL + "phong-luu-tru/phong-cau-mau/kin.html#x)\n", ":2:"}, {section, "", baseURL + "en/fonds/phong-cau-mau/kin\n", ":2:"},
		{section, "", "[t](" + baseURL + "trung-bay/dong/)\n", ":2:"}, {section, "", "[t](" + baseURL + "en/exhibitions/dong/index.html)\n", ":2:"}, {section, "", "[t](" + baseURL + "thuat-ngu.html)\n", ":2:"}, {section, "", "[t](" + baseURL + "en/fonds/phong-cau-mau/tl-0090.html)\n", ":2:"},
		{"fonds/phong-cau-mau/fonds.md", "", "Xem tl-0090.\n", ":2:5 "}, {"fonds/phong-cau-mau/records/tl-0002.md", "", "Biên bản họp ngày mồng năm.\n", ":2:1 "}, {"agents/ban-cau-mau.md", "", "Biên bản họp ngày mồng năm.\n", ":2:1 "},
		{"pages/about.md", "", "Biên bản họp ngày mồng năm.\n", ":6:1 "}, {"pages/about.en.md", "", "Minutes of the fifth day.\n", ":5:1 "},
		{"site.yaml", "Lời đầu.", "Có tl-0090.", ":4:24 "}, {"site.yaml", "First words.", "Minutes of the fifth day", ":4:"}, {"exhibitions/cau-mau/exhibition.yaml", "Sáu năm một cây cầu", "Sáu năm, tl-0090", ":2:"},
		{"fonds/phong-cau-mau/fonds.yaml", "", "scope: |\n  Dòng một.\n  Xem Biên bản họp ngày mồng năm.\n", ":10:7 "}, {recordPath("tl-0002"), "", "subtitle: \"Về tl-0090\"\n", ":12:15 "}, {recordPath("tl-0002"), "", "scope: \"Bi\\u00ean bản họp ngày mồng năm\"\n", ":12:"},
		{recordPath("tl-0002"), "alt: ba", "alt: ba, caption: \"Biên bản họp ngày mồng năm\"", ":"}, {recordPath("tl-0001"), "", "notes: \"Kèm theo Biên bản họp ngày mồng năm.\"\n", ":"}, {"agents/ban-cau-mau.yaml", "", "history: {vi: \"Kèm theo tl-0090.\"}\n", ":4:"},
	} {
		a := namingArchive()
		if c.old != "" {
			if a[c.file] = strings.Replace(a[c.file], c.old, c.text, 1); !strings.Contains(a[c.file], c.text) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
		} else {
			a[c.file] += c.text
		}
		if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], c.file+c.want) || !strings.Contains(got[0], " which is not public") {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
}

// What a notice or a published title tells, what is part of another word or id, what is
// not published itself and what is a word of every day is no fault.
func TestRule07_HarmlessNames(t *testing.T) {
	const section = "exhibitions/cau-mau/01-khoi-cong.md"
	for _, c := range []struct{ file, text string }{
		{section, "Xem thư mà trang thay thế còn nêu.\n"}, {recordPath("tl-0002"), "related: [{id: tl-0091}, tl-0090]\n"}, {section, "Báo cáo công tác tháng nào cũng có.\n"}, {section, "Giữ kín, ngắn gọn: kin.\n"},
		{section, "Xem tl-0090-001, xtl-0090 và tl-00901; biên bản họp ngày mồng; biên bản hợp ngày mồng năm.\n"}, {section, "Biên bản họp ngày mồng nămmươi.\n"}, {section, "https://khac.example/kin.html\n"}, {"pages/terms.md", "tl-0090\n"}, {"exhibitions/dong/99-ket.md", "Biên bản họp ngày mồng năm.\n"},
		{recordPath("tl-0090"), "notes: \"Biên bản họp ngày mồng năm\"\n"}, {recordPath("tl-0002"), "appraisal: \"Xem tl-0090\"\nextra: {Kho: \"tl-0090\"}\n"}, {recordPath("tl-0002"), "# xem tl-0090\n"}, {"clearances/qd-01.yaml", "# tl-0090\n"}, {"agents/nguyen-van-mau.yaml", "history: \"Người không có trang, biên bản họp ngày mồng năm.\"\n"},
	} {
		a := namingArchive()
		a[c.file] += c.text
		if got := named(t, a); got != nil {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
}

// A build that reads what changed finds the same as one from nothing, whatever changed:
// a text, what is restricted, its title, or a published title that had the same words.
func TestIncrementalBuildsFindTheSameNames(t *testing.T) {
	g := newGrowing(t, 1, inMemory(t))
	for name, text := range namingArchive() {
		if strings.Contains(name, "tl-009") || strings.Contains(name, "kin") {
			g.write(name, text)
		}
	}
	const section, restricted, other = "exhibitions/cau-mau/01-khoi-cong.md", "fonds/phong-cau-mau/records/tl-0090.yaml", "fonds/phong-cau-mau/records/tl-0094.yaml"
	body := "fonds/phong-hai/fonds.md"
	for _, step := range []struct {
		what, file, old, new string
		faults               int
	}{
		{"nothing", section, "Lời", "Lời", 0}, {"a text names the title", body, "Lời", "Biên bản họp ngày mồng năm. Lời", 1}, {"nothing is mended", section, "Lời", "Lời mới", 1}, {"the record is published", restricted, "{state: restricted}", "{state: public}\nclearance: qd-01", 0},
		{"it is restricted again", restricted, "{state: public}\nclearance: qd-01", "{state: restricted}", 1}, {"it has another title", restricted, "Biên bản họp ngày mồng năm\"", "Biên bản họp ngày mồng sáu\"", 0}, {"a text names both", body, "Lời", "Báo cáo công tác tháng. Lời", 0},
		{"the public title is another", other, "Báo cáo công tác tháng năm", "Báo cáo quý năm", 1}, {"it is taken back", other, "Báo cáo quý năm", "Báo cáo công tác tháng năm", 0}, {"another file is touched", section, "Lời mới", "Lời", 0},
	} {
		if !g.replace(step.file, step.old, step.new) && step.old != step.new {
			t.Fatalf("%s: nothing to replace", step.what)
		}
		g.check(step.what)
		o := g.o
		rep, _ := generator.Check(context.Background(), o)
		faults := 0
		for _, d := range rep.Diags.Sorted() {
			if d.Code == "named-not-public" {
				faults++
			}
		}
		if faults != step.faults {
			t.Errorf("%s: %d faults, want %d\n%s", step.what, faults, step.faults, strings.Join(worded(rep), "\n"))
		}
	}
}
