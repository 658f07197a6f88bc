package cite

import (
	"os"
	"strings"
	"testing"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"

	"gopkg.in/yaml.v3"
)

func vi(s string) record.Text { return record.Text{Langs: []record.LangText{{Lang: "vi", V: s}}} }

func both(v, e string) record.Text {
	return record.Text{Langs: []record.LangText{{Lang: "vi", V: v}, {Lang: "en", V: e}}}
}

// profile reads the citation entries of an embedded profile. Package content
// cannot be imported from here; it checks the rest of the file.
func profile(t *testing.T, id string) record.Profile {
	t.Helper()
	data, err := os.ReadFile("../content/profiles/" + id + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Citation yaml.Node `yaml:"citation"`
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var p record.Profile
	for i := 0; i < len(file.Citation.Content); i += 2 {
		entry := record.Labelled{Key: file.Citation.Content[i].Value}
		v := file.Citation.Content[i+1]
		if v.Kind == yaml.ScalarNode {
			entry.Text = vi(v.Value)
		}
		for j := 0; j+1 < len(v.Content); j += 2 {
			entry.Text.Langs = append(entry.Text.Langs, record.LangText{Lang: v.Content[j].Value, V: v.Content[j+1].Value})
		}
		p.Citation = append(p.Citation, entry)
	}
	return p
}

func styles(t *testing.T, id string) *Styles {
	t.Helper()
	s, err := New(profile(t, id))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func edtfOf(s string) edtf.Date {
	d, err := edtf.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func whole() Item {
	return Item{
		Creators: []Creator{{Name: both("Ban Thường vụ Trung ương", "Standing Bureau of the Central Committee"), Body: true}},
		Title:    both("Nhật, Pháp bắn nhau và hành động của chúng ta", "The Japanese–French conflict and our action"),
		Number:   "12-CT/TW", Date: both("ngày 12 tháng 3 năm 1945", "12 March 1945"),
		Form: "chi-thi", FormWords: both("chỉ thị", "directive"),
		Fonds: both("Phông mẫu 01", "Sample fonds 01"), FondsNo: "MAU-01", Inventory: "01", Unit: "0003", Folios: "1–2",
		Repository: both("Kho lưu trữ mẫu", "Sample Archives"), Place: both("Hà Nội", "Hà Nội"), PlaceShown: both("Đình Bảng", "Đình Bảng"),
		Original: both("Bảo tàng mẫu", "Sample museum"), URL: "https://example.org/a.html", Created: edtfOf("1945-03-12"),
		Website: both("Trưng bày mẫu", "Sample exhibition"), Edition: "3", Print: "0123456789abcdef",
	}
}

func TestCite(t *testing.T) {
	photo := Item{Form: "anh", Title: both("Quang cảnh lễ mẫu", "View of a sample rally"), Supplied: true,
		Creators: []Creator{{Name: vi("Người chụp mẫu")}}, Date: vi("năm 1945"), PlaceShown: vi("Hà Nội"),
		Repository: vi("Kho mẫu"), Fonds: vi("Báo chí"), FondsNo: "MAU-02", Collection: true}
	signed := Item{Creators: []Creator{{Name: both("Hồ Chí Minh", "Hồ Chí Minh"), As: "X.Y.Z."}}, Title: vi("Sửa đổi lề lối làm việc"), Date: both("năm 1947", "1947")}
	asked := Item{Creators: []Creator{{Name: vi("Nguyễn Văn Mẫu")}}, Title: vi("Bài báo “Vì sao?”"), Repository: vi("Kho mẫu"), Folios: "tờ 7"}
	several := Item{Creators: []Creator{{Name: vi("A")}, {Name: vi("B")}, {Name: vi("C")}}, Title: vi("T")}
	many := several
	many.Creators = append([]Creator{{Name: vi("Đ"), As: "D"}}, several.Creators...)
	for _, c := range []struct {
		name, profile, style, lang string
		in                         Item
		want                       string
	}{
		{"Party archives", "dang-vn-2026", "vi", "vi", whole(),
			"Ban Thường vụ Trung ương: Nhật, Pháp bắn nhau và hành động của chúng ta, số 12-CT/TW, ngày 12 tháng 3 năm 1945, Kho lưu trữ mẫu, Phông mẫu 01, phông số MAU-01, mục lục số 01, ĐVBQ số 0003, tờ 1–2; bản sao, bản gốc tại Bảo tàng mẫu. https://example.org/a.html [ấn bản 3, trạng thái 0123456789abcdef]"},
		{"the Vietnamese form is Vietnamese on English pages", "dang-vn-2026", "vi-short", "en", whole(),
			"Kho lưu trữ mẫu, phông MAU-01, ML 01, ĐVBQ 0003, tờ 1–2"},
		{"state archives", "nha-nuoc-2025", "vi", "vi",
			Item{Title: vi("Sắc lệnh mẫu"), Date: vi("ngày 20 tháng 1 năm 1946"), Repository: vi("Trung tâm Lưu trữ quốc gia III"), Fonds: vi("Phủ Thủ tướng"), Unit: "12", Folios: "3"},
			"Sắc lệnh mẫu, ngày 20 tháng 1 năm 1946, Trung tâm Lưu trữ quốc gia III, phông Phủ Thủ tướng, hồ sơ số 12, tờ 3"},
		{"photograph", "dang-vn-2026", "vi", "vi", photo,
			"[Quang cảnh lễ mẫu], Người chụp mẫu, năm 1945, Hà Nội, Kho mẫu, sưu tập Báo chí, sưu tập số MAU-02"},
		{"Chicago note", "quoc-te", "chicago-note", "vi", whole(),
			"Standing Bureau of the Central Committee, “Nhật, Pháp bắn nhau và hành động của chúng ta [The Japanese–French conflict and our action],” 12 March 1945, Sample fonds 01, fonds MAU-01, inv. 01, file 0003, fol. 1–2, Sample Archives, Hà Nội [edition 3, state 0123456789abcdef], https://example.org/a.html."},
		{"supplied title in English", "quoc-te", "chicago-note", "en", photo,
			"Người chụp mẫu, “[View of a sample rally],” năm 1945, Báo chí, collection MAU-02, Kho mẫu."},
		{"name as signed", "dang-vn-2026", "chicago-note", "en", signed, "X.Y.Z. [Hồ Chí Minh], “Sửa đổi lề lối làm việc,” 1947."},
		{"name as signed, Vietnamese", "dang-vn-2026", "vi", "vi", signed, "X.Y.Z. [Hồ Chí Minh]: Sửa đổi lề lối làm việc, năm 1947"},
		{"marks that meet, names never inverted", "dang-vn-2026", "chicago-note", "en", asked,
			"Nguyễn Văn Mẫu, “Bài báo ‘Vì sao?’,” fol. tờ 7, Kho mẫu."},
		{"words are not repeated", "dang-vn-2026", "vi", "vi", asked, "Nguyễn Văn Mẫu: Bài báo “Vì sao?”, Kho mẫu, tờ 7"},
		{"title alone", "dang-vn-2026", "chicago-note", "en", Item{Title: vi("T")}, "“T.”"},
		{"three creators", "dang-vn-2026", "plain", "vi", several, "A, B và C: T"},
		{"four creators", "dang-vn-2026", "plain", "en", many, "D [Đ] et al.: T"},
		{"plain, English", "dang-vn-2026", "plain", "en", whole(),
			"Standing Bureau of the Central Committee: Nhật, Pháp bắn nhau và hành động của chúng ta [The Japanese–French conflict and our action], no. 12-CT/TW, 12 March 1945. Sample Archives, Hà Nội, Sample fonds 01, fonds MAU-01, inv. 01, file 0003, fol. 1–2. https://example.org/a.html [edition 3, state 0123456789abcdef]"},
		{"nothing known", "dang-vn-2026", "chicago-note", "en", Item{}, ""},
		{"unknown style", "dang-vn-2026", "turabian", "en", whole(), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := styles(t, c.profile).Cite(c.style, c.lang, &c.in); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// without empties the fields of an item whose bit is not set.
func without(in Item, keep int) Item {
	for i, empty := range []func(){
		func() { in.Creators = nil }, func() { in.Title = record.Text{} }, func() { in.Number = "" },
		func() { in.Date, in.Created = record.Text{}, edtf.Date{} }, func() { in.Fonds = record.Text{} }, func() { in.FondsNo = "" },
		func() { in.Inventory = "" }, func() { in.Unit = "" }, func() { in.Folios = "" },
		func() { in.Repository = record.Text{} }, func() { in.Place = record.Text{} }, func() { in.URL = "" },
		func() {
			in.PlaceShown, in.Original, in.Website, in.Edition, in.Print = record.Text{}, record.Text{}, record.Text{}, "", ""
		},
	} {
		if keep&(1<<i) == 0 {
			empty()
		}
	}
	return in
}

const subsets = 1 << 13

// Whatever is missing, no stray mark is left and nothing given is lost that
// the whole citation has.
func TestMissingPartsLeaveNoMarks(t *testing.T) {
	stray := []string{", ,", "  ", " ,", " .", " ;", ",,", ",.", "..", ":,", ": ,", ";,", "[]", "()", "“”", "“,", ",;", ".,", "{", "}", "|"}
	hard := whole()
	hard.Title = both("Vì sao phải tranh cãi?", "Why quarrel?")
	hard.Creators = append(hard.Creators, Creator{Name: vi("Trường-Chinh"), As: "Trường Chinh"})
	supplied := whole()
	supplied.Supplied, supplied.Collection, supplied.Form = true, true, "anh"
	for _, id := range []string{"dang-vn-2026", "nha-nuoc-2025", "quoc-te"} {
		s := styles(t, id)
		for _, base := range []Item{whole(), hard, supplied} {
			for keep := range subsets {
				in := without(base, keep)
				for _, style := range s.Names() {
					got := s.Cite(style.Key, "en", &in)
					for _, bad := range stray {
						if strings.Contains(got, bad) {
							t.Fatalf("%s %s: %q in %q", id, style.Key, bad, got)
						}
					}
					if got != "" && (strings.Trim(got, " ,;:") != got || got[0] == '.') {
						t.Fatalf("%s %s: marks around %q", id, style.Key, got)
					}
				}
			}
		}
	}
}

func TestStylesOfProfiles(t *testing.T) {
	for _, id := range []string{"dang-vn-2026", "nha-nuoc-2025", "quoc-te"} {
		var keys []string
		for _, n := range styles(t, id).Names() {
			keys = append(keys, n.Key)
			if n.Label.Vi == "" || n.Label.En == "" || n.Label.Vi == n.Key {
				t.Errorf("%s: style %s has no label", id, n.Key)
			}
		}
		if got := strings.Join(keys, " "); got != "vi vi-short chicago-note chicago-bib apa mla harvard vi-list plain" {
			t.Errorf("%s has the styles %s", id, got)
		}
	}
}

func TestFaultyEntries(t *testing.T) {
	for text, want := range map[string]string{
		"{titel}":        `no field "titel"`,
		"{title":         "a { without its }",
		"{a{title}":      "a { without its }",
		"title}":         "a } without its {",
		"{a|title|b|c}":  "more than three parts",
		"{, |title/url/": "a { without its }",
	} {
		_, err := New(record.Profile{Citation: []record.Labelled{{Key: "x", Text: vi(text)}}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"x"`) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	for _, key := range []string{"x.label", "x@anh", "x.lang", "x.other"} {
		if _, err := New(record.Profile{Citation: []record.Labelled{{Key: key, Text: vi("{title}")}}}); err == nil {
			t.Errorf("entry %s without a style x was taken", key)
		}
	}
}

func BenchmarkCite(b *testing.B) {
	s, err := New(record.Profile{Citation: []record.Labelled{{Key: "x", Text: vi("{creators}: {title}{, số |number}{, |date}{, |repository}{, phông |fonds}{, tờ |folios}")}}})
	if err != nil {
		b.Fatal(err)
	}
	in := whole()
	b.ReportAllocs()
	for b.Loop() {
		s.Cite("x", "vi", &in)
	}
}

// The short way of trim gives what the long one gives.
func FuzzTrim(f *testing.F) {
	for _, s := range []string{"", "a b", " a", "a ", "a  b", "a,", "; a", "a\u00a0b", "a\u2003", "\u1680", "\u3000x", "\u0085", "Nghị quyết “số 5”", "\xe2", "a\tb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := trim(s), strings.Trim(strings.Join(strings.Fields(unmarkable(s)), " "), " ,;:"); got != want {
			t.Errorf("trim(%q) = %q, want %q", s, got, want)
		}
	})
}
