package search

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// asked is a query, as the engine takes it; answered what it says.
type asked struct {
	Q      string              `json:"q"`
	Facets map[string][]string `json:"facets"`
	From   int                 `json:"from"`
	To     int                 `json:"to"`
	Sort   string              `json:"sort"`
	Typing bool                `json:"typing"`
	Need   int                 `json:"need"`
	Count  string              `json:"count"`
}

type answered struct {
	Total, Bytes                                 int
	Order                                        []int
	Titles, Below, Lacking, Offers, Read, Counts []string
	Most                                         bool
	InText                                       []bool
	Jumps                                        []struct {
		Record *int
		Path   string
	}
	Took float64
}

// paths are those of the first answers, in order, and of what is shown below them.
func (a answered) paths() string { return strings.Join(append(a.Titles, a.Below...), " ") }

// written writes an index of records and returns its folder.
func written(t testing.TB, langs []string, docs []Doc, more func(*Index)) string {
	t.Helper()
	dir := t.TempDir()
	x := New(dir, langs, len(docs), func(name string, data []byte) error {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // no file twice
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return errors.Join(err, f.Close())
	})
	if more != nil {
		more(x)
	}
	w := x.Worker()
	for b := range x.Blocks() {
		if err := w.Add(b, func(n int) (*Doc, error) { return &docs[n], nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Done(); err != nil {
		t.Fatal(err)
	}
	if err := x.Write(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// ask asks the engine of the page.
func ask(t testing.TB, folder string, queries ...asked) []answered {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	for i := range queries {
		if queries[i].Facets == nil {
			queries[i].Facets = map[string][]string{}
		}
		if queries[i].Need == 0 {
			queries[i].Need = 10
		}
	}
	in, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/ask.js", "../../../templates/scripts/search", folder)
	var said, faults bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &said, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, faults.Bytes())
	}
	var out []answered
	if err := json.Unmarshal(said.Bytes(), &out); err != nil || len(out) != len(queries) {
		t.Fatal(len(out), err)
	}
	return out
}

// house is a small archive. Its records are in the order of their dates.
func house() []Doc {
	doc := func(path, title string, year int, more func(*Doc)) Doc {
		d := Doc{Path: path, Title: []string{title}, Titles: []string{title}, Year: year, Years: Span{year, year}, Row: Row{Text: []string{title}}}
		if year > 0 {
			d.Dates = []string{fmt.Sprintf("@%04d", year)}
		}
		if more != nil {
			more(&d)
		}
		return d
	}
	names := func(list ...string) func(*Doc) { return func(d *Doc) { d.Names = list } }
	summary := func(list ...string) func(*Doc) { return func(d *Doc) { d.Summary = list } }
	text := func(list ...string) func(*Doc) { return func(d *Doc) { d.Transcript = list } }
	form := func(id string) Facet { return Facet{"form", id, []string{id}} }
	return []Doc{
		doc("p/vien", "Đảng viên và quần chúng", 1930, nil),
		doc("p/dang", "Dáng viên ngọc", 1931, nil),
		doc("p/cach", "Viên chức gặp Đảng", 1931, nil),
		doc("p/tomtat", "Thư", 1932, summary("Nói về đảng viên ở xưởng.")),
		doc("p/loi", "Điện", 1933, text("Trang một.", "Các đảng viên họp.")),
		doc("p/ten", "Biên bản", 1934, names("Hội đảng viên")),
		doc("p/quoc", "Bài của Nguyễn Ái Quốc", 1935, nil),
		doc("p/minh", "Hồ Chí Minh trả lời báo chí", 1945, func(d *Doc) { d.Dates = []string{"@1945", "@1945-09", "@1945-09-02"} }),
		doc("p/ky", "Kỷ niệm ngày 2/9/1945", 1960, func(d *Doc) { d.Years = Span{1945, 1960} }),
		doc("p/chi", "Chỉ thị số 100-CT/TW", 1981, func(d *Doc) { d.References = []string{"100-CT/TW"}; d.Facets = []Facet{form("chi-thi")} }),
		doc("p/theo", "Báo cáo thực hiện chỉ thị 100-CT/TW", 1982, func(d *Doc) { d.References = []string{"7-BC/TW"}; d.Facets = []Facet{form("bao-cao")} }),
		doc("p/vi", "Văn kiện Đại hội VI", 1986, func(d *Doc) { d.Facets = []Facet{form("bao-cao")} }),
		doc("p/sau", "Đại hội đại biểu toàn quốc lần thứ sáu", 1987, nil),
		doc("p/geneve", "Hội nghị Giơ-ne-vơ", 1988, nil),
		doc("p/gionevo", "Hiệp định Giơnevơ", 1989, nil),
		doc("p/hoa", "Hòa bình", 1990, nil),
		doc("p/hoa2", "Nền hoà bình", 0, nil),
		doc("p/danta", "Của dân, do dân, vì dân", 0, nil),
	}
}

func houseIndex(t *testing.T) string {
	return written(t, []string{"vi"}, house(), func(x *Index) {
		x.Alias("Nguyễn Ái Quốc", "Hồ Chí Minh", "nhan-vat-to-chuc/ho-chi-minh")
		x.Alias("Hồ Chí Minh", "", "nhan-vat-to-chuc/ho-chi-minh")
		x.Alias("Hồ Chí Minh", "Nguyễn Ái Quốc", "nhan-vat-to-chuc/ho-chi-minh")
	})
}

// The order of answers, in words: marks, words side by side, the field, the place in the title.
func TestEngineFindsAndRanks(t *testing.T) {
	folder := houseIndex(t)
	cases := []struct {
		q     asked
		first string // the paths of all that are found, in order, without "p/"
	}{
		{asked{Q: "đảng viên"}, "vien ten tomtat loi cach dang"},
		{asked{Q: "dang vien"}, "vien dang ten tomtat loi cach"},
		{asked{Q: "Đảng viên"}, "vien ten tomtat loi cach dang"},
		{asked{Q: "đa\u0309ng viên"}, "vien ten tomtat loi cach dang"},
		{asked{Q: "dáng viên"}, "dang vien ten tomtat loi cach"},
		{asked{Q: `"đảng viên"`}, "vien ten tomtat loi dang"},
		{asked{Q: `"viên đảng"`}, ""}, {asked{Q: `"hội đảng"`}, "ten"}, // of names each pair is told
		{asked{Q: "đảng viên -họp"}, "vien ten tomtat cach dang"},
		{asked{Q: `đảng viên -"quần chúng"`}, "ten tomtat loi cach dang"},
		{asked{Q: "tieu-de:viên đảng"}, "cach vien dang"},
		{asked{Q: `toàn-văn:"đảng viên"`}, "loi"},
		{asked{Q: "summary:đảng"}, "tomtat"},
		{asked{Q: "hoa binh"}, "hoa hoa2"},
		{asked{Q: "hoà bình"}, "hoa hoa2"},
		{asked{Q: "HÒA BÌNH"}, "hoa hoa2"},
		{asked{Q: "100-CT/TW"}, "chi theo"},
		{asked{Q: "100-ct/tw"}, "chi theo"},
		{asked{Q: "ký-hiệu:100-CT/TW"}, "chi"},
		{asked{Q: "Giơ-ne-vơ"}, "geneve gionevo"},
		{asked{Q: "gionevo"}, "geneve gionevo"},
		{asked{Q: "2/9/1945"}, "minh ky"},
		{asked{Q: "ngày 2 tháng 9 năm 1945"}, "minh ky"},
		{asked{Q: "2.9.1945"}, "minh ky"},
		{asked{Q: "thang 9 1945"}, "minh"},
		{asked{Q: "năm 1945"}, "minh"},
		{asked{Q: "báo chí năm 1945"}, "minh theo"},
		{asked{Q: "đại hội 6"}, "vi sau"},
		{asked{Q: "đại hội VI"}, "vi sau"},
		{asked{Q: "đại hội lần thứ sáu"}, "vi sau"},
		{asked{Q: "Nguyễn Ái Quốc"}, "quoc minh"},
		{asked{Q: "Hồ Chí Minh"}, "minh quoc"},
		{asked{Q: "bài Nguyễn Ái Quốc"}, "quoc minh"},
		{asked{Q: `"vì dân"`}, "danta"},
		{asked{Q: `"do dân vì"`}, "danta"},
		{asked{Q: `"dân của"`}, ""},
		{asked{Q: "đảng", Sort: "-date"}, "ten loi tomtat cach dang vien"},
		{asked{Q: "", From: 1986}, "vi sau geneve gionevo hoa"},
		{asked{Q: "", From: 1940, To: 1950}, "minh ky"},
		{asked{Q: "", Facets: map[string][]string{"form": {"bao-cao"}}}, "theo vi"},
		{asked{Q: "", Facets: map[string][]string{"form": {"bao-cao", "chi-thi"}}, From: 1982}, "theo vi"},
		{asked{Q: "hồ chí mi", Typing: true}, "minh"}, {asked{Q: "nền hoà bi", Typing: true}, "hoa2 hoa"},
	}
	queries := make([]asked, len(cases))
	for i, c := range cases {
		queries[i] = c.q
		queries[i].Need = 20
	}
	for i, a := range ask(t, folder, queries...) {
		if got := strings.ReplaceAll(a.paths(), "p/", ""); got != cases[i].first {
			t.Errorf("%+v finds %q, want %q (%v)", cases[i].q, got, cases[i].first, a.Read)
		}
		if n := len(strings.Fields(cases[i].first)); a.Total+len(a.Below) != n && n > 0 {
			t.Errorf("%q: total %d, want %d", cases[i].q.Q, a.Total, n)
		}
	}
}

// Where nothing is found a reader is told why, and what was meant perhaps.
func TestEngineFailsWell(t *testing.T) {
	got := ask(t, houseIndex(t), asked{Q: "đảng viênn"}, asked{Q: "chỉ thj"}, asked{Q: "zzz đảng"}, asked{Q: "hòa bình chỉ thị"}, asked{Q: "100-CT/TW"}, asked{Q: "hồ chí minh"}, asked{Q: "dang vie", Typing: true}, asked{Q: "bao cao", Count: "form"}, asked{Q: "hội", Facets: map[string][]string{"form": {"chi-thi"}}, Count: "form"}, asked{Q: "họp đảng viên"}, asked{Q: "-đảng"}, asked{Q: `"`}, asked{Q: "- : tieu-de:"})
	if a := got[0]; a.Total != 6 || strings.Join(a.Lacking, "") != "vienn" || !slices.Contains(a.Offers, "đảng viên") {
		t.Errorf("%+v", a)
	}
	if a := got[1]; strings.Join(a.Lacking, "") != "thj" || !slices.Contains(a.Offers, "chỉ thị") {
		t.Errorf("%+v", a)
	}
	if a := got[2]; a.Total != 6 || len(a.Offers) != 0 {
		t.Errorf("%+v", a)
	}
	if a := got[3]; !a.Most || len(a.Lacking) != 0 || a.Total != 4 {
		t.Errorf("%+v", a)
	}
	if a := got[4]; len(a.Jumps) != 1 || a.Jumps[0].Record == nil || *a.Jumps[0].Record != 9 {
		t.Errorf("%+v", a)
	}
	if a := got[5]; len(a.Jumps) != 1 || a.Jumps[0].Path != "nhan-vat-to-chuc/ho-chi-minh" {
		t.Errorf("%+v", a)
	}
	if a := got[6]; a.Total != 6 {
		t.Errorf("%+v", a)
	}
	if a := got[7]; strings.Join(a.Counts, ", ") != "bao-cao 1" {
		t.Errorf("%+v", a)
	}
	if a := got[8]; strings.Join(a.Counts, ", ") != "bao-cao 1" {
		t.Errorf("%+v", a)
	}
	if a := got[9]; a.Total != 1 || !a.InText[0] {
		t.Errorf("%+v", a)
	}
	for _, a := range got[10:] {
		if len(a.Lacking) > 0 {
			t.Errorf("%+v", a)
		}
	}
}
