package search

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"Đảng viên":                "dang/đang3 vien/viên1",
		"hoà, HÒA":                 "hoa/hoa2 hoa/hoa2",
		norm.NFD.String("Thuý"):    "thuy/thuy5",
		"Lý lí quý QUÍ kỹ thuý Hy": "li/li5 li/li5 qui/qui5 qui/qui5 ki/ki4 thuy/thuy5 hi/hi1",
		"33/2024/QH15":             "33/33 2024/2024 qh/qh1 15/15",
		"số 06":                    "so/sô5 6/6",
		"Đại hội VI":               "dai/đai6 hoi/hôi6 vi/vi1/6",
		"lần thứ sáu":              "lan/lân2 thu/thư5 sau/sau5/6",
		"thứ sáu tuần này":         "thu/thư5 sau/sau5 tuan/tuân2 nay/nay2",
		"khoá XII":                 "khoa/khoa5 xii/xii1/12",
		"vi phạm":                  "vi/vi1 pham/pham6",
		"":                         "",
		"\u0301 a-\u0303-1":        "a/a1 1/1",
		"L’Indochine œuvre, 1930":  "l/l1 indochine/indochine1 oeuvre/oeuvre1 1930/1930",
	} {
		var got []string
		for _, tk := range Tokens(text) {
			s := tk.Fold + "/" + tk.Canon
			if tk.Number != "" {
				s += "/" + tk.Number
			}
			got = append(got, s)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: %s, want %s", text, g, want)
		}
	}
}

func TestCodesAndDates(t *testing.T) {
	for text, want := range map[string]string{
		"Chỉ thị 100-CT/TW của":          "100-ct/tw",
		"Luật 33/2024/QH15":              "33/2024/qh15",
		"phông MAU–01, hồ sơ 003":        "mau-1",
		"và/hoặc":                        "",
		"2/9/1945":                       "2/9/1945 @1945-09-02",
		"ngày 02 tháng 9 năm 1945":       "@1945-09-02",
		"ngay 2 thang 9 nam 1945 tai":    "@1945-09-02",
		"tháng 9 1945":                   "@1945-09",
		"tháng 9/1945":                   "9/1945 @1945-09",
		"2.9.1945":                       "@1945-09-02",
		"ngày 2-9-1945":                  "2-9-1945 @1945-09-02",
		"September 2, 1945":              "@1945-09-02",
		"2 September 1945 and May 1954.": "@1945-09-02 @1954-05",
		"1930-1945":                      "1930-1945",
		"mùng 2 tháng 9 năm 1945":        "@1945-09-02",
		"ngày mồng 2/9/1945":             "2/9/1945 @1945-09-02",
		"2 tháng 9 năm 1945":             "@1945-09-02",
		"3 2 tháng 9, 1945":              "@1945-09-02",
		"1945-09-02":                     "1945-9-2 @1945-09-02",
		"1945-09":                        "1945-9",
		"tháng 13 năm 1945":              "",
		"31 tờ":                          "",
	} {
		tokens := Tokens(text)
		var got []string
		for _, s := range append(Codes(text, tokens), Dates(text, tokens)...) {
			got = append(got, s.Key)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: %s, want %s", text, g, want)
		}
	}
}

func TestJoined(t *testing.T) {
	for text, want := range map[string]string{
		"Hội nghị Giơ-ne-vơ và Mát-xcơ-va": "gionevo/giơnevơ1 matxcova/matxcơva5",
		"X.Y.Z. viết":               "xyz/xyz1",
		"1.008 đại biểu, 1.008.000": "1008/1008 1008000/1008000",
		"12.5, 1945.008, 100-CT/TW": "",
		"hết. Rồi":                  "",
		"2.9.1945":                  "",
	} {
		tokens := Tokens(text)
		words, _ := Joined(text, tokens)
		var got []string
		for _, w := range words {
			got = append(got, w.Fold+"/"+w.Canon)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: %s, want %s", text, g, want)
		}
	}
}
