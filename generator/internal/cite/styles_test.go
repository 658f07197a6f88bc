package cite

import (
	"strings"
	"testing"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// sample is an item whose parts are those of the table of styles: creator C, title T,
// date D, fonds F, inventory M, unit U, folio L, holder R, city P.
func sample() Item {
	return Item{
		Creators: []Creator{{Name: vi("C")}}, Title: vi("T"), Date: both("ngày 12 tháng 3 năm 1945", "12 March 1945"), Created: edtfOf("1945-03-12"),
		FormWords: both("chỉ thị", "directive"), Fonds: vi("F"), Inventory: "M", Unit: "U", Folios: "L", Repository: vi("R"), Place: vi("P"),
		Website: vi("W"), URL: "https://a.vn/t.html",
	}
}

func with(change func(*Item)) Item {
	in := sample()
	change(&in)
	return in
}

// The expectations are written from the handbooks and the table of what archives use, not
// from what the package gives. Asterisks stand for italics.
func TestStyles(t *testing.T) {
	dated := func(s string) Item {
		return with(func(in *Item) { in.Created, in.Date = edtfOf(s), both(edtfOf(s).Words("vi"), edtfOf(s).Words("en")) })
	}
	undated := with(func(in *Item) { in.Created, in.Date = edtf.Date{}, record.Text{} })
	anonymous := with(func(in *Item) { in.Creators = nil })
	two := with(func(in *Item) {
		in.Creators = []Creator{{Name: vi("Võ Nguyên Giáp")}, {Name: vi("Hoàng Văn Thái")}}
	})
	three := with(func(in *Item) {
		in.Creators = []Creator{{Name: vi("Võ Nguyên Giáp")}, {Name: vi("Hoàng Văn Thái")}, {Name: vi("Bộ Quốc phòng"), Body: true}}
	})
	signed := with(func(in *Item) { in.Creators = []Creator{{Name: vi("Hồ Chí Minh"), As: "Nguyễn Ái Quốc"}} })
	reign := with(func(in *Item) { in.Creators = []Creator{{Name: vi("Nguyễn Phúc Vĩnh Thuỵ"), As: "Bảo Đại"}} })
	body := with(func(in *Item) { in.Creators = []Creator{{Name: vi("Ban Chấp hành Trung ương"), Body: true}} })
	numbered := with(func(in *Item) { in.Number = "12-CT/TW" })
	state := with(func(in *Item) { in.Edition, in.Print = "3", "0123456789abcdef" })
	asks := with(func(in *Item) { in.Title = vi("Vì sao?") })
	for _, c := range []struct {
		name, style string
		in          Item
		want        string
	}{
		{"note", "chicago-note", sample(), "C, “T,” 12 March 1945, F, inv. M, file U, fol. L, R, P, https://a.vn/t.html."},
		{"note, state", "chicago-note", state, "C, “T,” 12 March 1945, F, inv. M, file U, fol. L, R, P [edition 3, state 0123456789abcdef], https://a.vn/t.html."},
		{"note, three", "chicago-note", three, "Võ Nguyên Giáp, Hoàng Văn Thái, and Bộ Quốc phòng, “T,” 12 March 1945, F, inv. M, file U, fol. L, R, P, https://a.vn/t.html."},
		{"bibliography", "chicago-bib", sample(), "C. “T.” 12 March 1945. F, inv. M, file U. R, P. https://a.vn/t.html."},
		{"bibliography, asks", "chicago-bib", asks, "C. “Vì sao?” 12 March 1945. F, inv. M, file U. R, P. https://a.vn/t.html."},
		{"bibliography, undated", "chicago-bib", undated, "C. “T.” F, inv. M, file U. R, P. https://a.vn/t.html."},
		{"APA", "apa", sample(), "C. (1945, March 12). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, number", "apa", numbered, "C. (1945, March 12). *T* (No. 12-CT/TW) [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, month", "apa", dated("1945-03"), "C. (1945, March). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, about", "apa", dated("1945~"), "C. (ca. 1945). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, perhaps", "apa", dated("1945?"), "C. (1945?). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, span", "apa", dated("1945/1946"), "C. (1945–1946). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, decade", "apa", dated("194X"), "C. (1940s). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, undated", "apa", undated, "C. (n.d.). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, anonymous", "apa", anonymous, "*T* [directive]. (1945, March 12). F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, two", "apa", two, "Võ Nguyên Giáp & Hoàng Văn Thái. (1945, March 12). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, three", "apa", three, "Võ Nguyên Giáp, Hoàng Văn Thái, & Bộ Quốc phòng. (1945, March 12). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"APA, asks", "apa", asks, "C. (1945, March 12). *Vì sao?* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"MLA", "mla", sample(), "C. *T*. 12 Mar. 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"MLA, September", "mla", dated("1945-09-02"), "C. *T*. 2 Sept. 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"MLA, May", "mla", dated("1954-05"), "C. *T*. May 1954. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"MLA, about", "mla", dated("1945~"), "C. *T*. circa 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"MLA, three", "mla", three, "Võ Nguyên Giáp et al. *T*. 12 Mar. 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"MLA, asks", "mla", asks, "C. *Vì sao?* 12 Mar. 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"Harvard", "harvard", sample(), "C (1945) *T*, 12 March 1945. F, inv. M, file U, fol. L. R, P. Available at: https://a.vn/t.html."},
		{"Harvard, two", "harvard", two, "Võ Nguyên Giáp and Hoàng Văn Thái (1945) *T*, 12 March 1945. F, inv. M, file U, fol. L. R, P. Available at: https://a.vn/t.html."},
		{"Harvard, undated", "harvard", undated, "C (no date) *T*. F, inv. M, file U, fol. L. R, P. Available at: https://a.vn/t.html."},
		{"Harvard, anonymous", "harvard", anonymous, "*T* (1945), 12 March 1945. F, inv. M, file U, fol. L. R, P. Available at: https://a.vn/t.html."},
		{"Vietnamese", "vi", numbered, "C: *T*, số 12-CT/TW, ngày 12 tháng 3 năm 1945, R, phông F, mục lục số M, ĐVBQ số U, tờ L. https://a.vn/t.html"},
		{"thesis", "vi-list", numbered, "C (1945), *T*, số 12-CT/TW, ngày 12 tháng 3 năm 1945, R, P, phông F, mục lục số M, ĐVBQ số U, tờ L, https://a.vn/t.html."},
		{"thesis, about", "vi-list", dated("1945~"), "C (khoảng 1945), *T*, khoảng năm 1945, R, P, phông F, mục lục số M, ĐVBQ số U, tờ L, https://a.vn/t.html."},
		{"name as signed", "apa", signed, "Nguyễn Ái Quốc [Hồ Chí Minh]. (1945, March 12). *T* [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html"},
		{"reign name", "mla", reign, "Bảo Đại [Nguyễn Phúc Vĩnh Thuỵ]. *T*. 12 Mar. 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."},
		{"a body", "harvard", body, "Ban Chấp hành Trung ương (1945) *T*, 12 March 1945. F, inv. M, file U, fol. L. R, P. Available at: https://a.vn/t.html."},
	} {
		s := styles(t, "dang-vn-2026")
		if got := italics(s.Runs(c.style, "vi", &c.in)); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// italics is a reference with asterisks around what is set in italics, as it stands on a
// page: without the day of access.
func italics(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		switch r.Kind {
		case RunAccessed:
		case RunItalic:
			b.WriteString("*" + r.Text + "*")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// What a script adds when a reference is copied: the day, where the style has it.
func TestDayOfAccess(t *testing.T) {
	for style, want := range map[string]string{
		"chicago-note": "C, “T,” 12 March 1945, F, inv. M, file U, fol. L, R, P, accessed {us}, https://a.vn/t.html.",
		"chicago-bib":  "C. “T.” 12 March 1945. F, inv. M, file U. R, P. Accessed {us}. https://a.vn/t.html.",
		"apa":          "C. (1945, March 12). T [directive]. F (Inv. M, File U, fol. L), R, P. https://a.vn/t.html",
		"mla":          "C. T. 12 Mar. 1945. F, inv. M, file U, R, P. W, https://a.vn/t.html. Accessed {mla}.",
		"harvard":      "C (1945) T, 12 March 1945. F, inv. M, file U, fol. L. R, P. Available at: https://a.vn/t.html (Accessed: {day}).",
		"vi":           "C: T, ngày 12 tháng 3 năm 1945, R, phông F, mục lục số M, ĐVBQ số U, tờ L. https://a.vn/t.html, truy cập ngày {day}",
		"vi-short":     "R, phông F, ML M, ĐVBQ U, tờ L",
	} {
		in := sample()
		s := styles(t, "dang-vn-2026")
		var all, still string
		for _, r := range s.Runs(style, "vi", &in) {
			if all += r.Text; r.Kind != RunAccessed {
				still += r.Text
			}
		}
		if all != want {
			t.Errorf("%s\ngot  %s\nwant %s", style, all, want)
		}
		if still != s.Cite(style, "vi", &in) || strings.Contains(still, "ccessed") {
			t.Errorf("%s is another without the day: %s", style, still)
		}
	}
	in := with(func(in *Item) { in.URL = "" })
	for _, n := range styles(t, "dang-vn-2026").Names() {
		for _, r := range styles(t, "dang-vn-2026").Runs(n.Key, "vi", &in) {
			if r.Kind == RunAccessed {
				t.Errorf("%s tells when a page without an address was looked at", n.Key)
			}
		}
	}
}

// The pieces that a page narrows to one sheet are marked, in every style that has them.
func TestPiecesOfASheet(t *testing.T) {
	in := sample()
	for style, want := range map[string]string{"vi": "L https://a.vn/t.html", "apa": "L https://a.vn/t.html", "mla": "https://a.vn/t.html",
		"chicago-note": "L https://a.vn/t.html", "vi-short": "L"} {
		var got []string
		for _, r := range styles(t, "dang-vn-2026").Runs(style, "vi", &in) {
			if r.Kind == RunURL || r.Kind == RunFolios {
				got = append(got, r.Text)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", style, got, want)
		}
	}
}

// Characters by which pieces are marked change nothing where they stand in a text.
func TestMarksInTexts(t *testing.T) {
	in := with(func(in *Item) { in.Title = vi("T\x03\x02\x01") })
	if got, want := italics(styles(t, "dang-vn-2026").Runs("mla", "vi", &in)), "C. *T*. 12 Mar. 1945. F, inv. M, file U, R, P. *W*, https://a.vn/t.html."; got != want {
		t.Errorf("%q", got)
	}
}
