package generator_test

import (
	"strings"
	"testing"
)

// othersArchive is namingArchive with a draft exhibition and page that have titles of their
// own, and a person, a body and a subject whom only a restricted record names, or nothing.
func othersArchive() map[string]string {
	a := namingArchive()
	a["exhibitions/kin-02/exhibition.yaml"] = strings.NewReplacer("id: cau-mau", "id: kin-02", "{state: public}", "{state: unreviewed}", "Sáu năm một cây cầu", "Bảy năm không ai hay biết").Replace(exhibition)
	a["exhibitions/kin-02/01-khoi-cong.md"] = "Lời.\n"
	a["pages/trang-03.md"] = "---\ntitle: \"Trang còn đang viết dở, chưa ai đọc\"\naccess: {state: unreviewed}\n---\nLời.\n"
	a["pages/quy-che.md"] = "---\ntitle: \"Quy chế đọc sách\"\naccess: {state: unreviewed}\n---\nLời.\n"
	a["agents/ag-0007.yaml"] = "id: ag-0007\ntype: person\nname: \"Trần Thị Người Kín\"\n"
	a["agents/ag-0008.yaml"] = "id: ag-0008\ntype: corporate\nname: \"Ban Vận động xây cầu\"\n"
	a["agents/ag-0009.yaml"] = "id: ag-0009\ntype: person\nname: \"Lê Văn Không Ai Nêu\"\n"
	a["subjects/viet-minh.yaml"] = "id: viet-minh\nlabel: \"Mặt trận Việt Minh\"\n"
	a[recordPath("tl-0090")] += "agents: [ag-0007, ag-0008]\nsubjects: [viet-minh]\n"
	return a
}

// The house does not name its exhibitions, pages and authorities that are not public, nor
// link where they would stand, however the address is written.
func TestRule07_OthersThatAreNotPublicAreNotNamed(t *testing.T) {
	const section, page = "exhibitions/cau-mau/01-khoi-cong.md", "pages/about.md"
	record := recordPath("tl-0002")
	for _, c := range []struct{ file, text, want string }{
		{page, "Sắp mở: Bảy năm không ai hay biết.\n", ":6:9 "}, {section, "BAY NAM KHONG AI HAY BIET\n", ":2:1 "}, {page, "Xem kin-02 và KIN-02.\n", ":6:5 "}, {page, "Trang còn đang viết dở, chưa ai đọc\n", ":6:1 "}, {page, "trang-03\n", ":6:1 "},
		{page, "Trần Thị [Người](https://a.example) Kín\n", ":5:1 "}, {section, "Trần Thị Người Kín\n", ":2:1 "}, {page, "ag-0007\n", ":6:1 "}, {record, "notes: \"ag-0008, ag-0009\"\n", ":12:9 "},
		{page, "[t](" + baseURL + "nhan-vat-to-chuc/ag-0008.html)\n", ":6:"}, {page, "[t](" + baseURL + "en/subjects/viet-minh)\n", ":6:13 "}, {record, "notes: \"" + baseURL + "en/subjects/viet-minh\"\n", ":12:17 "}, {page, "[t](" + baseURL + "trung%2Dbay/d%6fng/)\n", ":6:13 "}, {page, "[t](" + strings.Replace(baseURL, "https://", "HTTPS://", 1) + "trung-bay/./x/..//dong)\n", ":6:13 "},
		{page, "[t](" + variant(strings.ToUpper, "") + "trung-bay/dong/)\n", ":6:13 "}, {page, "[t](" + variant(strings.ToLower, ":443") + "trung-bay/dong/)\n", ":6:13 "}, {page, "[t](" + variant(strings.ToLower, ".") + "trung-bay/dong/)\n", ":6:13 "}, {page, "[t](" + baseURL + "phong-luu-tru/phong-cau-mau/tl%2D0090.html)\n", ":6:13 "}, {page, "[t](" + baseURL + "trung&#45;bay/dong/)\n", ":5:1 "},
	} {
		a := othersArchive()
		a[c.file] += c.text
		got := named(t, a)
		if strings.Contains(c.text, " và KIN") || strings.Contains(c.text, ", ag") {
			if len(got) == 2 {
				got = got[:1]
			}
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], c.file+c.want) {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
	// What a description or a document says of the world is no slip, nor is what many are called.
	for _, c := range []struct{ file, text string }{
		{page, "Quy chế đọc sách, quy-che; Ban Vận động xây cầu; Mặt trận Việt Minh, viet-minh; Lê Văn Không Ai Nêu.\n"}, {record, "notes: \"Trần Thị Người Kín; Bảy năm không ai hay biết\"\n"}, {"fonds/phong-cau-mau/fonds.md", "Trần Thị [Người](https://a.example) Kín\n"},
		{page, "[t](https://khac.example/trung-bay/dong/) [u](" + baseURL + "trung-bay/dong-khac/) [v](" + baseURL + "trung-bay/cau-mau/)\n"}, {"agents/ag-0009.yaml", "history: \"ag-0008\"\n"},
	} {
		a := othersArchive()
		a[c.file] += c.text
		if got := named(t, a); got != nil {
			t.Errorf("%s, %q: %q", c.file, c.text, got)
		}
	}
	// Once a record that is public names them they have pages.
	a := othersArchive()
	a[record] += "agents: [ag-0007]\n"
	a[page] += "Trần Thị Người Kín, ag-0007.\n"
	if got := named(t, a); got != nil {
		t.Errorf("named by a public record: %q", got)
	}
}

// variant is the address of the site with its host written otherwise, and something behind it.
func variant(write func(string) string, behind string) string {
	scheme, rest, _ := strings.Cut(baseURL, "://")
	host, folder, _ := strings.Cut(rest, "/")
	return scheme + "://" + write(host) + behind + "/" + folder
}
