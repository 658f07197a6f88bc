package vi

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Whoever writes a name otherwise writes the same name.
func TestWordingIsFoundHoweverWritten(t *testing.T) {
	const phrase = "Trần Văn Hoà"
	for name, text := range map[string]string{
		"as it is":              "Trần Văn Hoà",
		"capitals":              "TRẦN VĂN HOÀ",
		"small":                 "trần văn hoà",
		"no marks":              "Tran Van Hoa",
		"no marks, capitals":    "TRAN VAN HOA",
		"NFD":                   norm.NFD.String("Trần Văn Hoà"),
		"the tone elsewhere":    "Trần Văn Hòa",
		"two blanks":            "Trần  Văn   Hoà",
		"no-break spaces":       "Trần\u00a0Văn\u202fHoà",
		"over a line":           "Trần\nVăn Hoà",
		"over a line of YAML":   "Trần\n      Văn\n      Hoà",
		"over a line with CRLF": "Trần\r\nVăn Hoà",
		"in a quotation":        "> Trần\n> Văn Hoà",
		"a hyphen at the end":   "Trần Văn Ho-\nà",
		"hyphens":               "Trần-Văn-Hoà",
		"soft hyphens":          "Tr\u00adần Văn Ho\u00adà",
		"no width":              "Trần\u200bVăn Ho\u200dà",
		"strong":                "**Trần** Văn Hoà",
		"strong inside":         "Tr**ần** Văn Hoà",
		"emphasis":              "*Trần Văn* _Hoà_",
		"code":                  "`Trần` Văn Hoà",
		"escaped":               `Trần\_Văn\-Hoà`,
		"entities":              "Tr&#7847;n&nbsp;V&#x103;n Ho&agrave;",
		"a tag":                 "Tr<b>ần</b> Văn Hoà",
		"a note":                "Trần[^1] Văn Hoà",
		"sic":                   "Trần [sic] Văn Hoà",
		"brackets":              "Trần [Văn] Hoà",
		"a link":                "[Trần](https://example.org/x) Văn Hoà",
		"two links":             "[Trần](id:co-quan-mau) [Văn Hoà](id:co-quan-mau)",
		"three links":           "[Trần][1] [Văn][2] [Hoà](id:x)",
		"links by number":       "[Trần][1] [Văn Hoà][2]",
		"a link on a letter":    "Tr[ầ](id:x)n Văn Ho[à](id:x)",
		"a link on a first":     "T[rần](id:x) Văn Hoà",
		"a link and a note":     "[Trần](id:x) [sic] [Văn](id:y) Hoà",
		"a link over a line":    "[Trần](id:x)\n[Văn\nHoà](id:y)",
		"a long note":           "Trần [nguyên văn viết như thế này, người chép không sửa lại vì chưa rõ đúng hay sai] Văn Hoà",
		"a note over a line":    "Trần [nguyên văn viết\nnhư thế này] Văn Hoà",
		"a picture":             "Trần ![con dấu](dau.png) Văn Hoà",
		"a picture in a word":   "Trần V![con dấu](dau.png)ăn Hoà",
		"a language":            "[Trần]{lang=vi} [Văn]{lang=fr} Ho[à]{lang=vi}",
		"a note above the line": "Trần<sup>12</sup> Văn Hoà",
		"a link by number":      "[Trần][1] Văn Hoà",
		"a comment of HTML":     "Trần <!-- xem lại --> Văn Hoà",
		"two items of a list":   "- Trần\n- Văn Hoà",
		"a mark of a covering":  "Trần […]{personal-data} Văn Hoà",
		"an address":            "tran-van-hoa",
		"one word":              "TranVanHoa",
		"underscores":           "tran_van_hoa",
		"percent signs":         "Tr%E1%BA%A7n%20V%C4%83n%20Ho%C3%A0",
		"escapes of YAML":       `Tr\u1ea7n\u0020V\x{}n Hoà`,
		"set apart":             "T R Ầ N  V Ă N  H O À",
		"full width":            "Ｔrần Văn Ｈoà",
		"Cyrillic look-alikes":  "Тrần Văn Ноà",
		"over two cues":         "Trần Văn\n\n2\n00:00:05.000 --> 00:00:08.000 align:start\n<v Bà>Hoà",
	} {
		text = strings.ReplaceAll(text, `\x{}`, `\u0103`)
		for before, after := range map[string]string{"": "", "ông ": ", con", "(": ").", "“": "”", "Gửi: ": "'s", "\\n": "\\n", "%20": "%20x"} {
			whole := before + text + after
			got := NewWording(phrase).In(whole)
			if len(got) != 1 || got[0].Likeness != Same {
				t.Errorf("%s: %q: %+v", name, whole, got)
				continue
			}
			if left := whole[:got[0].From] + whole[got[0].To:]; len(NewWording("Hoà").In(left)) > 0 || strings.Contains(left, "**") {
				t.Errorf("%s: of %q is left %q", name, whole, left)
			}
		}
	}
}

// A longer word is another, and so are other marks; what wants some is told
// from both.
func TestWordingIsNotFoundInOthers(t *testing.T) {
	for _, c := range []struct {
		phrase, text string
		want         Likeness
		found        bool
	}{
		{"Trần Văn B", "Trần Văn Bình", 0, false},
		{"Trần Văn B", "xTrần Văn B", 0, false},
		{"Trần Văn B", "Trần Thị Văn B", 0, false},
		{"Trần Văn B", "Trần ở Văn B", 0, false},
		{"Lê Na", "Lena", 0, false},
		{"An Bì", "anbì", 0, false},
		{"ba", "b) a", 0, false},
		{"Trần Thị Ân", "Trần Thị An", Unmarked, true},
		{"Trần Văn B", "Trần Van B", Unmarked, true},
		{"Tran Van B", "Trần Văn B", Unmarked, true},
		{"Trần Thị An", "Trần Thị Ân", Near, true},
		{"Trần Văn B", "Trấn Vân B", Near, true},
		{"Hoàng Đạo", "Hoang Dao", Same, true},
		{"0912 345 678", "0912.345.678", Same, true},
		{"0912345678", "0912 345 678", Same, true},
		{"12", "123", 0, false},
		{"cœur", "COEUR", Same, true},
		{"...", "...", 0, false},
	} {
		got := NewWording(c.phrase).In(c.text)
		if len(got) > 0 != c.found || c.found && got[0].Likeness != c.want {
			t.Errorf("%q in %q: %+v", c.phrase, c.text, got)
		}
	}
}

// The times of a subtitle are kept, and emphasis that begins within ends within.
func TestWordingTakesWhatGoesWithIt(t *testing.T) {
	const cue = "\n\n00:05.000 --> 00:08.000\n"
	text := "Tôi là Trần" + cue + "Văn B."
	m := NewWording("Trần Văn B").In(text)
	if len(m) != 1 || len(m[0].Kept) != 1 || text[m[0].Kept[0][0]:m[0].Kept[0][1]] != cue {
		t.Errorf("%+v", m)
	}
	for _, end := range []string{"\n12\n", "\n\n## Trang 2\n\n", "\n      [tờ số 3]\n      ", "\n--- p. 4 ---\n", "\n- 12v -\n"} {
		text := "ông Trần" + end + "Văn B."
		m := NewWording("Trần Văn B").In(text)
		if len(m) != 1 || len(m[0].Kept) != 1 || !strings.Contains(text[m[0].Kept[0][0]:m[0].Kept[0][1]], strings.TrimSpace(end)) {
			t.Errorf("%q: %+v", text, m)
		}
	}
	for text, want := range map[string]string{"x **Trần** Văn B": "x ", "Trần **Văn B** y": " y", "**Trần Văn B**": "****"} {
		m := NewWording("Trần Văn B").In(text)
		if len(m) != 1 || text[:m[0].From]+text[m[0].To:] != want {
			t.Errorf("%q: %+v", text, m)
		}
	}
}

func FuzzWording(f *testing.F) {
	f.Add("Trần Văn B", "**Tr&#7847;n** Văn B's", " x")
	f.Add("a", "\xff&%\\<[", "")
	f.Fuzz(func(t *testing.T, phrase, before, after string) {
		w := NewWording(phrase)
		for _, m := range w.In(before + " " + phrase + " " + after) {
			if m.From >= m.To {
				t.Fatalf("%q: %+v", phrase, m)
			}
		}
	})
}

func BenchmarkWording(b *testing.B) {
	text := strings.Repeat("Nghị quyết Hội nghị Ban Chấp hành Trung ương Đảng lần thứ 8. ", 1000)
	w := NewWording("Trần Văn Hoà")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		w.In(text)
	}
}
