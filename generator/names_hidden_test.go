package generator_test

import (
	"strings"
	"testing"
)

// hiddenArchive is namingArchive with a hidden record that had another id and has a title in
// a language that the site has not, one whose id is a word, and a person whom only that
// names.
func hiddenArchive() map[string]string {
	a := namingArchive()
	const item = "level: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\nform: thu\ndates: {created: \"1959\"}\naccess: {state: restricted}\n"
	a[recordPath("tl-0096")] = "id: tl-0096\nformer_ids: [cu-0777]\ntitle: {vi: \"Thư kín\", fr: \"Procès-verbal de la séance\"}\nother_titles: [{vi: \"Bản tường trình của ông Mẫu\"}]\nagents: [ag-0007]\n" + item
	a[recordPath("thunghiem")] = "id: thunghiem\ntitle: \"Thư kín\"\n" + item
	a[recordPath("1945")] = "id: \"1945\"\ntitle: \"Thư kín\"\n" + item
	a[recordPath("tl-0003")] = "id: tl-0003\ntitle: \"Quyết định ba\"\nclearance: qd-01\n" + strings.Replace(item, "restricted", "public", 1)
	a["agents/ag-0007.yaml"] = "id: ag-0007\ntype: person\nname: \"Trần Thị Người Kín\"\n"
	return a
}

// An id is found however its hyphen is written and whatever nobody sees within it; where it
// was another before, where it is a word and all that a value says, and where the record was
// withdrawn.
func TestRule07_IDsAreFoundAsTheyAreRead(t *testing.T) {
	const section, page, show = "exhibitions/cau-mau/01-khoi-cong.md", "pages/about.md", "exhibitions/cau-mau/exhibition.yaml"
	record := recordPath("tl-0002")
	for _, c := range []struct{ file, text string }{
		{page, "Xem tl–0090.\n"}, {page, "Xem tl−0090.\n"}, {page, "Xem tl\u20120090.\n"}, {page, "Xem tl\u20110090.\n"}, {page, "Xem tl－0090.\n"}, {page, "Xem TL–0090.\n"}, {page, "Xem tl&ndash;0090.\n"}, {page, "Xem tl–0090—tl-0001.\n"}, {page, "Xem tl-0001—tl-0090.\n"},
		{page, "Xem tl-00\u200b90.\n"}, {page, "Xem tl-00\u00ad90.\n"}, {page, "Xem tl\u2060-0090.\n"}, {page, "Xem t\u200cl-\ufeff0090.\n"}, {page, "Xem tl-00&shy;90.\n"}, {page, "Xem tl-００90.\n"}, {record, "notes: \"tl-00\\u200b90\"\n"}, {record, "doc: {number: \"tl\\x07-0090\"}\n"},
		{record, "notes: \"Biên b\\x07ản họp ngày mồng năm\"\n"}, {record, "notes: \"\u0412iên bản họp ngày mồng năm\"\n"},
		{page, "Xem cu-0777.\n"}, {page, "Xem CU–0777.\n"}, {record, "keywords: [thunghiem]\n"}, {record, "keywords: [\"thu\\u00adnghiem \"]\n"}, {page, "Xem tl-0091.\n"}, {page, "Xem tl-0092.\n"}, {page, "[t](" + baseURL + "phong-luu-tru/phong-cau-mau/tl-0091.html)\n"}, {page, "Xem " + baseURL + "en/fonds/phong-cau-mau/k\u200bin.html\n"},
		{page, "Xem procès-verbal de la séance.\n"}, {page, "Xem bản tường trình của ông Mẫu.\n"},
		{page, "Xem phiếu (id:tl-0090).\n"}, {page, "Xem `[x](id:tl-0090)`.\n"}, {page, "```\n[x](id:tl-0090)\n```\n"}, {page, "Xem \\[x\\](id:tl-0090).\n"}, {page, "Xem [x][1] và (id:tl-0090).\n\n[1]: https://a.example\n"},
		{section, "\n::: quote\ntext: |\n  record: tl-0090\nrecord: tl-0002\nfolio: \"1\"\n:::\n"}, {section, "\n::: question\nask: \"a\"\nanswer: \"b\n  item: tl-0090\"\n:::\n"}, {section, "\n::: object\nrecord: tl-0002\ncaption: |\n  unit: tl-0090\n:::\n"},
		{record, "objects: [{kind: image, seq: 1, file: b-001.png, alt: ba, transcript: \"Xem tl-0090\"}]\n"},
	} {
		a := hiddenArchive()
		if strings.HasPrefix(c.text, "objects:") {
			a[c.file] = a[c.file][:strings.Index(a[c.file], "objects:")]
		}
		a[c.file] += c.text
		if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], c.file+":") {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
	for _, c := range []struct{ file, text string }{
		{page, "Năm 1945–1946, thunghiem, x–tl-00901, tl–0001—tl–0002.\n"}, {record, "keywords: [\"1945\", thunghiem2]\n"}, {record, "related: [tl-0096, {id: thunghiem}]\n"},
		{section, "\n::: object\nrecord: tl-0002 # tl-0090\ncaption: Ảnh\n:::\n"},
	} {
		a := hiddenArchive()
		a[c.file] += c.text
		if got := named(t, a); got != nil {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
	a := hiddenArchive()
	a[show] = strings.Replace(a[show], "{id: mot", "{id: thunghiem", 1)
	if got := named(t, a); got != nil {
		t.Errorf("a word as the id of a section: %q", got)
	}
}

// A page may be called like a record that is not public where that is a word: its address
// stays. The address of the record is found as before.
func TestRule07_PageCalledLikeAHiddenRecord(t *testing.T) {
	for _, access := range []string{"access: {state: restricted}\n", "", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-05-01\", reason: error}\n"} {
		for text, faults := range map[string]int{
			"Lời.\n": 0, "Xem lich-su, [trang này](" + baseURL + "lich-su/).\n": 0,
			"[t](" + baseURL + "phong-luu-tru/phong-cau-mau/lich-su.html)\n": 1, "Xem " + baseURL + "iiif/lich-su/manifest.json\n": 1, "Xem tl-0090.\n": 1,
		} {
			a := hiddenArchive()
			a[recordPath("lich-su")] = "id: lich-su\ntitle: \"Thư kín\"\nlevel: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\nform: thu\ndates: {created: \"1959\"}\n" + access
			a["pages/lich-su.md"] = "---\ntitle: Lịch sử kho\naccess: {state: public}\n---\n" + text
			if got := named(t, a); len(got) != faults {
				t.Errorf("%q, %q: %q", access, text, got)
			}
		}
	}
}

// However much of a text is told of by nobody, what stands behind it is.
func TestRule07_HarmlessNamesHideNoOthers(t *testing.T) {
	const title, known = "Biên bản họp ngày mồng năm", "Thư kể chuyện riêng của gia đình"
	a := hiddenArchive()
	a["fonds/phong-cau-mau/fonds.md"] += strings.Repeat("Trần Thị Người Kín. ", 150) + title + "\n"
	if got := named(t, a); len(got) != 1 {
		t.Errorf("behind a topic: %q", got)
	}
	for _, flood := range []string{known, "tl-0093"} {
		a = wordy(t)
		a[media+"w-1.txt"] = strings.Repeat(flood+". ", 150) + title + ", tl-0090.\n"
		a["markings.yaml"] = "named:\n  - {file: \"" + media + "w-1.txt\", text: \"" + flood + "\", by: \"Người xem mẫu\", date: \"2026-11-22\"}\n"
		if got := named(t, a); len(got) != 2 {
			t.Errorf("behind what was acknowledged: %q", got)
		}
	}
}

// A notice that names a withdrawn record names no other.
func TestRule07_NoticesNameNothing(t *testing.T) {
	for _, c := range []struct {
		old, text string
		faults    int
	}{
		{"level: full", "level: full, public_note: \"Xem tl-0090\"", 1}, {"level: full", "level: full, decision: \"Biên bản họp ngày mồng năm\"", 1}, {"level: full", "level: full, public_note: {vi: \"Xem bản khác\", en: \"See the minutes of the fifth day\"}", 1}, {"còn nêu\"", "còn nêu, tl-0090\"", 1},
		{"level: full", "level: full, public_note: \"Trước là tl-0092\"", 0}, {"level: full", "level: minimal, public_note: \"Xem tl-0090\"", 0}, {"form: thu", "form: thu\nscope: \"Xem tl-0090\"", 0},
	} {
		a := namingArchive()
		record := recordPath("tl-0092")
		if a[record] = strings.Replace(a[record], c.old, c.text, 1); !strings.Contains(a[record], c.text) {
			t.Fatal(c.text)
		}
		if got := named(t, a); len(got) != c.faults {
			t.Errorf("%q: %q", c.text, got)
		}
	}
}

// The words of a document are searched as they are shown, whoever speaks them.
func TestRule07_WordsAreSearchedAsTheyAreShown(t *testing.T) {
	for file, text := range map[string]string{
		"w-1.vtt": cuesOf("<v Ông A>Theo biên bản họp", "<v Ông A>ngày mồng năm."), "w-1.txt": "Theo \u0412iên bản họp ngày mồng năm, tl-0001.\n", "w-2.en.md": "See tl-00\u200b90.\n", "w-3.txt": "Xem tl-００90.\n",
	} {
		a := wordy(t)
		a[media+file] = text
		if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], media+file+":") {
			t.Errorf("%s, %q: %q", file, text, got)
		}
	}
}

// An acknowledgement of what is not there is warned of.
func TestRule07_StaleAcknowledgements(t *testing.T) {
	const entry = "  - {file: %, text: \"Biên bản họp ngày mồng năm\", by: \"Người xem mẫu\", date: \"2026-11-22\"}\n"
	a := wordy(t)
	a[media+"w-1.txt"] = "Theo biên bản họp ngày mồng năm.\n"
	a[recordPath("tl-0095")] = strings.Replace(a[recordPath("tl-0095")], "vi: \"Lời.\"", "vi: \"Biên bản họp ngày mồng năm\"", 1)
	a["markings.yaml"] = "named:\n"
	for _, file := range []string{media + "w-1.txt", recordPath("tl-0095"), media + "w-3.txt", media + "w-9.txt", "pages/about.md"} {
		a["markings.yaml"] += strings.Replace(entry, "%", file, 1)
	}
	stale := func() (lines []int) {
		for _, d := range foundIn(t, a) {
			if d.Code == "marking-stale" {
				lines = append(lines, d.Pos.Line)
			}
		}
		return lines
	}
	if got := stale(); len(got) != 3 || got[0] != 4 || got[2] != 6 {
		t.Errorf("lines %v", got)
	}
	for name := range a {
		if strings.Contains(name, "tl-009") && name != recordPath("tl-0095") || strings.HasSuffix(name, "/kin.yaml") || strings.HasPrefix(name, "exhibitions/dong") {
			delete(a, name)
		}
	}
	a["agents/nguyen-van-mau.yaml"] = "id: nguyen-van-mau\ntype: person\nname: \"Nguyễn Văn Mẫu\"\n"
	if got := stale(); len(got) != 5 {
		t.Errorf("where that title is hidden no more: lines %v", got)
	}
}

// A title that is part of that of a public record tells nothing, nor does one that is nothing
// but the name of something public; what an exhibition or an authority is called besides
// hides none.
func TestRule07_WhichTitlesSpareOthers(t *testing.T) {
	const title = "Biên bản họp ngày mồng năm"
	for _, c := range []struct {
		file, old, text string
		faults          int
	}{
		{recordPath("tl-0002"), "\"Ảnh\"", "\"Ảnh chụp " + title + "\"", 0}, {"exhibitions/cau-mau/exhibition.yaml", "\"Sáu năm một cây cầu\"", "\"Quanh " + title + "\"", 2}, {"exhibitions/cau-mau/exhibition.yaml", "\"Sáu năm một cây cầu\"", "\"" + title + "\"", 2},
		{"events/le-khanh-thanh.yaml", "\"Lễ khánh thành\"", "\"" + title + "\"", 0}, {"events/le-khanh-thanh.yaml", "\"Lễ khánh thành\"", "\"Sau " + title + "\"", 2},
		{"site.yaml", "\"Kho thử\"", "\"" + title + "\"", 0}, {"site.yaml", "\"Kho thử\"", "\"Kho có " + title + "\"", 2},
	} {
		a := namingArchive()
		if a[c.file] = strings.Replace(a[c.file], c.old, c.text, 1); !strings.Contains(a[c.file], c.text) {
			t.Fatal(c.text)
		}
		a["pages/about.md"] += title + "\n"
		if got := named(t, a); len(got) != c.faults {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
}

// The name of a page is its address; and a text is searched whatever its file is called, but for
// names that no text may have.
func TestRule07_NamesOfFiles(t *testing.T) {
	a := hiddenArchive()
	a["pages/tl-0090.md"] = "---\ntitle: Về kho\naccess: {state: public}\n---\nLời.\n"
	if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], "pages/tl-0090.md") {
		t.Errorf("a page that is called like a hidden record: %q", got)
	}
	for _, ending := range []string{".srt", ".csv", ".text", ""} {
		a := hiddenArchive()
		record := recordPath("tl-0002")
		a[record] = a[record][:strings.Index(a[record], "objects:")] + "objects: [{kind: image, seq: 1, file: b-001.png, alt: ba, transcript: {file: loi" + ending + "}}]\n"
		a["fonds/phong-cau-mau/media/loi"+ending] = "Xem Biên bản họp ngày mồng năm.\n"
		if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], "fonds/phong-cau-mau/media/loi"+ending) {
			t.Errorf("a transcript called loi%s: %q", ending, got)
		}
	}
}
