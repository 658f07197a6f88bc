package generator_test

import (
	"strings"
	"testing"
)

// A title or an id is found as readers see it, whatever stands between its words or letters
// in the file: an address, a coded character, an escape of YAML.
func TestRule07_NamesAreFoundAsTheyAreShown(t *testing.T) {
	const (
		section  = "exhibitions/cau-mau/01-khoi-cong.md"
		show     = "exhibitions/cau-mau/exhibition.yaml"
		object   = "\n::: object\nrecord: tl-0002\ncaption: \"%\"\n:::\n"
		broken   = "Biên b\\\n  ản họp ngày mồng năm"
		escapes  = "Bi\\u00ean bản\\nhọp\\tngày mồng năm"
		linked   = "Biên bản [họp](id:tl-0001) ngày mồng năm"
		entities = "Bi&#234;n bản họp&nbsp;ngày mồng năm"
	)
	record := recordPath("tl-0002")
	for _, c := range []struct{ file, old, text, want string }{
		{record, "", "notes: \"" + linked + "\"\n", ":12:8 "}, {record, "", "notes: \"" + entities + "\"\n", ":12:8 "}, {record, "", "notes: \"" + escapes + "\"\n", ":12:8 "}, {record, "", "notes: \"" + broken + "\"\n", ":12:8 "},
		{record, "", "notes: \"Biên bản [họp]\\x28https://a.example) ngày mồng năm\"\n", ":12:8 "}, {record, "", "notes: |\n  Dòng.\n  Biên bản [họp](https://a.example/x) ngày mồng năm\n", ":12:"}, {record, "", "notes: \"Biên bản [họp][1] ngày mồng năm\\n\\n[1]: https://a.example\"\n", ":12:8 "},
		{record, "", "notes: \"Biên bản [họp]{lang=fr} ngày mồng năm\"\n", ":12:8 "}, {record, "", "notes: \"Biên b*ả*n họp ngày mồng năm\"\n", ":12:8 "}, {record, "", "notes: \"Xem *tl*-0090\"\n", ":12:8 "}, {record, "", "notes: \"Xem tl&#45;0090 và tl\\\\-0001\"\n", ":12:8 "},
		{"agents/ban-cau-mau.yaml", "", "history: \"" + linked + "\"\n", ":4:10 "}, {show, "title:", "lead: \"Đọc: " + entities + "\"\ntitle:", ":2:7 "}, {show, "title:", "lead: \"Đọc:\\t" + escapes + "\"\ntitle:", ":2:7 "}, {"site.yaml", "Lời đầu.", entities, ":4:20 "},
		{section, "", strings.Replace(object, "%", linked, 1), ":5:10 "}, {section, "", strings.Replace(object, "%", entities, 1), ":5:10 "}, {section, "", strings.Replace(object, "%", escapes, 1), ":5:10 "}, {section, "", strings.Replace(object, "%", "Biên bản\\nhọp ngày mồng năm", 1), ":5:10 "},
		{section, "", "\nBiên bản [họp][1] ngày mồng năm\n\n[1]: https://a.example/x\n", ":3:1 "}, {section, "", "\nBiên bản [họp][một\\] hai] ngày mồng năm\n\n[một\\] hai]: https://a.example/x\n", ":3:1 "}, {section, "", "\n- Một.\n\n    Biên bản [họp](id:tl-0001) ngày mồng năm\n", ":5:5 "},
		{"pages/about.md", "title: Giới thiệu", "title: \"Biên bản\\nhọp ngày mồng năm\"", ":2:8 "}, {"fonds/phong-cau-mau/fonds.md", "", "\n" + linked + "\n", ":3:1 "},
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
	for _, c := range []struct{ file, text string }{
		{record, "notes: \"Xem [tờ một](id:tl-0001), [ảnh](https://a.example/x) &amp; *tl-0002*, b*ả*n họp\"\n"}, {section, strings.Replace(object, "%", "Xem [tờ một](id:tl-0001) \\u2013 &amp;", 1)}, {section, "Xem [hai][1].\n\n[1]: https://a.example/x\n"},
	} {
		a := namingArchive()
		a[c.file] += c.text
		if got := named(t, a); got != nil {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
}

// The id of a hidden record is found where it is all that a text says, in emphasis and in
// capitals; where it is a word, or the number of something else, it is not.
func TestRule07_IDsAreFoundWhereverTheyAreShown(t *testing.T) {
	const section, show = "exhibitions/cau-mau/01-khoi-cong.md", "exhibitions/cau-mau/exhibition.yaml"
	record := recordPath("tl-0002")
	for _, c := range []struct{ file, old, text, want string }{
		{record, "", "keywords: [\"tl-0090\"]\n", ":12:13 "}, {record, "", "doc: {symbol: \"tl-0090\"}\n", ":12:16 "}, {record, "", "prefer_cite: tl-0090\n", ":12:14 "}, {record, "", "creators: [{agent: ban-cau-mau, as: \"tl-0090\"}]\n", ":12:38 "}, {record, "", "photo: {persons: [{name: {name: \"tl-0090\"}}]}\n", ":12:34 "},
		{record, "\"0001\"", "\"tl-0090\"", ":"}, {record, "unit_no:", "folios: \"tl-0090\", unit_no:", ":"}, {record, "unit_no:", "folios: \"Biên bản họp ngày mồng năm\", unit_no:", ":"}, {record, "", "scripts: [\"Biên bản họp ngày mồng năm\"]\n", ":12:12 "}, {record, "", "scripts: [tl-0090]\n", ":12:11 "}, {record, "", "languages: [vi, tl-0090]\n", ":12:17 "},
		{show, "{id: mot", "{id: tl-0090", ":5:17 "}, {record, "", "notes: \"xem _tl-0090_ nhé\"\n", ":12:14 "}, {record, "", "notes: \"Xem TL-0090\"\n", ":12:13 "},
		{section, "", "Xem TL-0090.\n", ":2:5 "}, {section, "", "Xem __Tl-0090__.\n", ":2:7 "}, {section, "", "record: tl-0090\n", ":2:9 "}, {record, "", "notes: \"record: tl-0090\"\n", ":12:17 "},
	} {
		a := namingArchive()
		if c.old != "" {
			if a[c.file] = strings.Replace(a[c.file], c.old, c.text, 1); !strings.Contains(a[c.file], c.text) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
		} else {
			a[c.file] += c.text
		}
		if got := named(t, a); len(got) != 1 || !strings.HasPrefix(got[0], c.file+c.want) {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
	const hidden = "title: \"Ngắn\"\naccess: {state: restricted}\nlevel: item\nparent: hs-0001\nreference: {unit_no: \"0001\"}\nform: thu\ndates: {created: \"1959\"}\n"
	for id, text := range map[string]string{"b52": "Máy bay B52.", "b-52": "Máy bay B-52.", "viet-minh": "Mặt trận Viet-Minh, VIET-MINH.", "kin": "KIN", "tl-0077": "XTL-0077, TL-0077-001, TL-00771"} {
		a := namingArchive()
		a[recordPath(id)] = "id: " + id + "\n" + hidden
		a[section] += text + "\n"
		a[show] = strings.Replace(a[show], "{id: mot", "{id: viet-minh", 1)
		if got := named(t, a); got != nil {
			t.Errorf("%s, %q: %q", id, text, got)
		}
	}
}
