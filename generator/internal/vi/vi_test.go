package vi

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// vowels lists every lower-case Vietnamese vowel with its tones, in the order
// of the alphabet and of the tones, and đ.
var vowels = map[string]string{
	"a": "aàảãáạăằẳẵắặâầẩẫấậ", "d": "đ", "e": "eèẻẽéẹêềểễếệ", "i": "iìỉĩíị",
	"o": "oòỏõóọôồổỗốộơờởỡớợ", "u": "uùủũúụưừửữứự", "y": "yỳỷỹýỵ",
}

func TestFoldEveryVietnameseLetter(t *testing.T) {
	for plain, list := range vowels {
		for _, r := range list {
			s := string(r)
			for _, form := range []string{s, strings.ToUpper(s), norm.NFD.String(s), norm.NFD.String(strings.ToUpper(s))} {
				if got := Fold(form); got != plain {
					t.Errorf("Fold(%+q) = %q, want %q", form, got, plain)
				}
			}
		}
	}
}

// All 134 letters with marks or none that carry Vietnamese: 12 vowels in six
// tones, đ, and the plain consonants stand for themselves.
func TestVowelTableIsComplete(t *testing.T) {
	n := 0
	for _, list := range vowels {
		n += 2 * utf8.RuneCountInString(list) // with capitals
	}
	if n -= 2 * len("aeiouy"); n != 134 {
		t.Errorf("the table has %d marked letters, want 134", n)
	}
}

func TestFold(t *testing.T) {
	tests := [][2]string{
		{"Đường Kách mệnh", "duong kach menh"},
		{"HÀ NỘI 1945", "ha noi 1945"},
		{"Ðảng ðã", "dang da"},
		{"Bureau des Œuvres sociales, août", "bureau des oeuvres sociales, aout"},
		{"100-CT/TW", "100-ct/tw"},
		{"党 ∑", "党 ∑"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Fold(tt[0]); got != tt[1] {
			t.Errorf("Fold(%q) = %q, want %q", tt[0], got, tt[1])
		}
	}
}

func TestCanon(t *testing.T) {
	tests := map[string][]string{
		"hoa1":   {"hoa", "Hoa", "HOA"},
		"hoa2":   {"hoà", "hòa", "HOÀ", "Hòa", norm.NFD.String("hoà")},
		"hoa6":   {"hoạ", "họa"},
		"khoe3":  {"khoẻ", "khỏe"},
		"thuy5":  {"Thuý", "Thúy"},
		"quy5":   {"quý", "Quý", norm.NFD.String("quý")},
		"hoan2":  {"hoàn"},
		"đang3":  {"đảng", "Đảng", "Ðảng"},
		"nươc5":  {"nước", "nu\u031bo\u031b\u0301c"},
		"nghiê4": {"nghiễ"},
		"1945":   {"1945"},
		"":       {""},
	}
	for want, forms := range tests {
		for _, form := range forms {
			if got := Canon(form); got != want {
				t.Errorf("Canon(%+q) = %q, want %q", form, got, want)
			}
		}
	}
}

func TestCanonKeepsEveryVowelAndToneApart(t *testing.T) {
	seen := map[string]rune{}
	for _, list := range vowels {
		for _, r := range list {
			c := Canon(string(r))
			if other, ok := seen[c]; ok {
				t.Errorf("%q and %q are both %q", other, r, c)
			}
			seen[c] = r
		}
	}
}

func TestInitial(t *testing.T) {
	tests := map[string]string{
		"Đảng": "Đ", "đảng": "Đ", "Dân": "D", "Ăn": "Ă", "ắc": "Ă", "Ấp": "Â", "Ộ": "Ô", "ướt": "Ư", "Ờ": "Ơ",
		"“Đường Kách mệnh”": "Đ", "\"'Ủy ban": "U", "(Bản thảo)": "B", "« Œuvres »": "O", "École": "E", "Ý kiến": "Y",
		"Franklin": "F", "1945": "#", "党": "#", "Жуков": "#", "": "#", "…": "#", "ð": "Đ", norm.NFD.String("Ặ"): "Ă",
	}
	for in, want := range tests {
		if got := Initial(in); got != want {
			t.Errorf("Initial(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	tests := [][2]string{
		{"Đường Kách mệnh", "duong-kach-menh"},
		{"  “Việt Nam – Độc lập”, 2/9/1945! ", "viet-nam-doc-lap-2-9-1945"},
		{"ma, má, mà, mả, mã, mạ", "ma-ma-ma-ma-ma-ma"},
		{"L’œuvre d’art", "l-oeuvre-d-art"},
		{"Ðông Dương", "dong-duong"},
		{"党", ""}, {"", ""}, {"--", ""},
		{"Con", "x-con"}, {"Index", "x-index"},
	}
	for _, tt := range tests {
		if got := Slug(tt[0]); got != tt[1] {
			t.Errorf("Slug(%q) = %q, want %q", tt[0], got, tt[1])
		}
	}
	long := Slug(strings.Repeat("nghị quyết ", 40))
	if len(long) > MaxID || !strings.HasSuffix(long, "-quyet") && !strings.HasSuffix(long, "-nghi") {
		t.Errorf("a long slug is cut inside a word: %q", long)
	}
	if got := len(Slug(strings.Repeat("a", 300))); got != MaxID {
		t.Errorf("one long word gives a slug of %d bytes", got)
	}
}

func TestValidID(t *testing.T) {
	for _, id := range []string{"a", "7", "mau-0007", "a_b-c", "nghi-quyet", "console", strings.Repeat("a", MaxID)} {
		if err := ValidID(id, "tim-kiem"); err != nil {
			t.Errorf("ValidID(%q) = %v", id, err)
		}
	}
	bad := []string{
		"", "-", "a-", "-a", "a--b", "a-_b", "a b", "A", "đ", "a.b", "a/b", "index", "con", "prn", "aux", "nul", "com1", "lpt9",
		"tim-kiem", "a\n", strings.Repeat("a", MaxID+1),
	}
	for _, id := range bad {
		err := ValidID(id, "tim-kiem")
		if e, ok := err.(*IDError); !ok || e.Vi == "" || e.En == "" {
			t.Errorf("ValidID(%q) = %v, want an IDError in both languages", id, err)
		}
	}
}

func TestSimilar(t *testing.T) {
	known := []string{"title", "dates", "reference", "clearance", "former_ids", "nghi-quyet", "chi-thi"}
	tests := map[string]string{
		"tilte": "title", "titel": "title", "Title": "title", "date": "dates", "refrence": "reference", "referrence": "reference",
		"formerids": "former_ids", "nghị-quyết": "nghi-quyet", "chithi": "chi-thi", "xyz": "", "": "", "id": "", "colour": "",
		"claerence": "clearance",
	}
	for in, want := range tests {
		if got := Similar(in, known); got != want {
			t.Errorf("Similar(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Similar("abcd", []string{"abce", "abcf", "abcd"}); got != "abcd" {
		t.Errorf("the exact word loses to %q", got)
	}
}

// The list of the rule, with every pair it names.
func TestSortOrder(t *testing.T) {
	lists := [][]string{
		{
			"Dân chủ", "Đại hội", "Đảng", "đảng bộ", "Đảng ủy", "đảng viên", "Đặng Thai Mai", "Hà Giang", "Hà Nội", "Hà Tĩnh",
			"Hả hê", "Há miệng", "Hạ Long", "Hạ tầng", "Hải Phòng", "Hồ sơ 2", "Hồ sơ 10",
		},
		{"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z"},
		{"ma", "mà", "mả", "mã", "má", "mạ", "mai", "măng"},
		{"hoa", "hoà", "hòa", "hoá", "hoạ", "họa", "hoan"},
		{"khóa I", "khoá II", "Khoá V", "khóa IX", "khoá X", "khoá XIV", "khóa Xã", "khoá xi măng"},
		{"Quyển A", "Quyển B", "Quyển C", "Quyển D"},
		{"Tập 1", "Tập I", "Tập 2", "Tập IX", "Tập 10"},
		{"thế kỉ XX", "thế kỷ V", "thế kỷ XIX"},
		{"Đại hội lần thứ V", "Đại hội lần thứ IX", "Đại hội lần thứ 10"},
		{"Đại hội V", "Đại hội VI", "Đại hội IX"},
		{"2", "10", "100-CT/TW", "Ban"},
		{"Quyết định", "\"Quyết đoán\"", "‘Quyết liệt’", "“Quyết tử”"},
		{"École", "Economie", "zoo", "Жуков", "党"},
		{"", "!", "0", "000", "1"},
	}
	for _, list := range lists {
		got := slices.Clone(list)
		slices.Reverse(got)
		slices.SortFunc(got, Compare)
		if !slices.Equal(got, list) {
			t.Errorf("sorted %q\nwant   %q", got, list)
		}
	}
}

func TestSortKeyIgnoresNormalForm(t *testing.T) {
	for _, s := range []string{"Đặng Thai Mai", "nghĩa", "Ộ Ẫ ữ", "quý"} {
		nfc, nfd := SortKey(s), SortKey(norm.NFD.String(s))
		if cut := len(nfc) - len(s); string(nfc[:cut]) != string(nfd[:cut]) {
			t.Errorf("%q sorts differently when decomposed", s)
		}
	}
}

func TestCompareLongNumbers(t *testing.T) {
	var list []string
	for _, n := range []int{1, 9, 200, 254, 255, 256, 509, 510, 511, 700} {
		list = append(list, "số "+strings.Repeat("8", n))
	}
	if !slices.IsSortedFunc(list, Compare) {
		t.Error("numbers of many digits are out of order")
	}
}

// The short way of wordRune says what the tables of Unicode say.
func TestWordRune(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		if want := unicode.IsLetter(r) || unicode.Is(unicode.Mn, r); wordRune(r) != want {
			t.Errorf("wordRune(%U) is %v", r, !want)
		}
	}
}
