package vi

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Conversion tables, to make old text of new: each vowel in its six tones, in
// the characters that Latin-1 shows for the bytes of the old encoding.
const (
	vietVowels = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ"
	tcvnVowels = "aµ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË eÌÎÏÐÑ ªÒÓÔÕÖ i×ØÜÝÞ oßáâãä «åæçèé ¬êëìíî uïñòóô \u00adõö÷øù yúûüýþ ®"
	vniMarks   = " øûõùï"
	viqrMarks  = " `?~'."
)

func toTCVN3(s string) string {
	from, to := []rune(vietVowels), []rune(tcvnVowels)
	m := map[rune]rune{'Đ': '§', 'Ă': '¡', 'Â': '¢', 'Ê': '£', 'Ô': '¤', 'Ơ': '¥', 'Ư': '¦'}
	for i, r := range from {
		m[r] = to[i]
	}
	return strings.Map(func(r rune) rune {
		if c, ok := m[r]; ok {
			return c
		}
		if c, ok := m[unicode.ToLower(r)]; ok && r >= 0x80 {
			return c // the ABC fonts have no capitals with tones
		}
		return r
	}, s)
}

// toVNI writes each vowel as its base and a mark; the circumflex and the breve
// are one mark together with the tone.
func toVNI(s string) string {
	marks := map[rune]string{'â': "âàåãáä", 'ê': "âàåãáä", 'ô': "âàåãáä", 'ă': "êèúüéë"}
	bases := map[rune]string{'â': "a", 'ê': "e", 'ô': "o", 'ă': "a", 'ơ': "ô", 'ư': "ö", 'đ': "ñ"}
	i := map[string]string{"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}
	return spellOut(s, func(letter rune, tone int) string {
		if c, ok := i[joined(letter, tone)]; ok {
			return c
		}
		out := bases[letter]
		if out == "" {
			out = string(letter)
		}
		if m, ok := marks[letter]; ok {
			return out + string([]rune(m)[tone])
		}
		return out + strings.TrimSpace(string([]rune(vniMarks)[tone]))
	})
}

func toVIQR(s string) string {
	shapes := map[rune]string{'â': "a^", 'ê': "e^", 'ô': "o^", 'ă': "a(", 'ơ': "o+", 'ư': "u+", 'đ': "dd"}
	return spellOut(s, func(letter rune, tone int) string {
		out := shapes[letter]
		if out == "" {
			out = string(letter)
		}
		return out + strings.TrimSpace(string(viqrMarks[tone]))
	})
}

// spellOut replaces each Vietnamese letter of s by what f makes of its
// lower-case form without tone, and of its tone from 0 to 5.
func spellOut(s string, f func(letter rune, tone int) string) string {
	var b strings.Builder
	for _, r := range s {
		lower := unicode.ToLower(r)
		found := ""
		for _, row := range strings.Fields(vietVowels) {
			if i := strings.IndexRune(row, lower); i >= 0 {
				letters := []rune(row)
				found = f(letters[0], len([]rune(row[:i])))
			}
		}
		switch {
		case found == "":
			b.WriteRune(r)
		case lower != r:
			b.WriteString(strings.ToUpper(found))
		default:
			b.WriteString(found)
		}
	}
	return b.String()
}

func joined(letter rune, tone int) string {
	return norm.NFC.String(string(letter) + []string{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}[tone])
}

func TestOldTextsOfTheRule(t *testing.T) {
	if got := toTCVN3("Uỷ ban nhân dân"); got != "Uû ban nh©n d©n" {
		t.Errorf("the TCVN3 of the test is %q", got)
	}
	if got := toVNI("Văn kiện, tài liệu lưu trữ"); got != "Vaên kieän, taøi lieäu löu tröõ" {
		t.Errorf("the VNI of the test is %q", got)
	}
	if got := toVIQR("Việt Nam, đường nước"); got != "Vie^.t Nam, ddu+o+`ng nu+o+'c" {
		t.Errorf("the VIQR of the test is %q", got)
	}
}

var legacyTitles = []string{
	"Uỷ ban nhân dân",
	"Văn kiện, tài liệu lưu trữ",
	"Nghị quyết của Bộ Chính trị về công tác cán bộ",
	"Báo cáo tình hình thực hiện kế hoạch năm 1965",
	"Chỉ thị về việc tăng cường lãnh đạo công tác lưu trữ",
	"Lời kêu gọi toàn quốc kháng chiến",
	"Đảng Cộng sản Việt Nam",
	"Điều lệ Đảng",
	"Biên bản hội nghị cán bộ toàn quốc",
	"Đất nước",
	"Lê Duẩn",
}

func TestLegacyFindsOldTitles(t *testing.T) {
	encodings := map[string]func(string) string{"TCVN3": toTCVN3, "VNI": toVNI, "VIQR": toVIQR}
	for want, convert := range encodings {
		for _, title := range legacyTitles {
			if want != "TCVN3" && (title == "Lê Duẩn" || title == "Đất nước" || title == "Điều lệ Đảng") {
				continue // too short to be told from other writing
			}
			old := convert(title)
			if enc, at, ok := Legacy(old); !ok || enc != want || at >= len(old) {
				t.Errorf("Legacy(%q) = %q %d %v, want %s", old, enc, at, ok, want)
			}
		}
	}
}

func TestLegacyOffset(t *testing.T) {
	if _, at, ok := Legacy("So 12: nh©n d©n"); !ok || at != len("So 12: ") {
		t.Errorf("the first old word is at %d, %v", at, ok)
	}
	if _, at, ok := Legacy("Ngay: Vie^.t nu+o+'c"); !ok || at != len("Ngay: ") {
		t.Errorf("the first VIQR word is at %d, %v", at, ok)
	}
}

func TestLegacyLeavesOtherTextAlone(t *testing.T) {
	texts := []string{
		"© Cục Lưu trữ, ®, ©, µ, ¸, §5, ¶ 3, £5, ½",
		"© 2020 Vitrine® et Windows®, AT&T®. Tous droits réservés ©",
		"Où est-il allé au mois d’août ? Naïf, goût, Zaïre, Michaël, coïncidence, aérien, œuvre",
		"«Le Paria», journal «libre»; «on» dit «oui» à l’État; Mme Dª Mª",
		"Der Fluß in Köln: über größte Öffnung, Straße, Spaß",
		"Þórður Guðmundsson og Æsir á Íslandi, Seyðisfjörður",
		"São Paulo, coração, naõ, saõ; el niño español, ñandú, oceánico",
		"Suomessa on pimeä ja korkeä, Töölö, söödä, sõõm; Blåbærsyltetøy på øen",
		"kW·h, N·m, kg·m, 5 µm và 10 µm, n×m, m×n, 3 ÷ 4, 20 °C, m², x³, Thu¹, ba¹",
		"col·lecció intel·ligent, soft\u00adware ex\u00adam\u00adple",
		"for (i = 0; i < n; i++) { a^b; x^=2; u+v; o+'t'; f(a) } // e^x, e^(-t), u+at",
		"regexp: [aeo]^ a(b) o+ u+ (a+b)^2 c++ no+1",
		"Hoà bình, khoá, quý, thuý, toàn, HàNội, CôNG Hoà",
		"The cat isn't here; 'twas o'clock. E^2=m, do(n), la(n)",
		"",
		"Nghị quyết số 15-NQ/TW, \"Kách mệnh\", Giơ-ne-vơ",
		norm.NFD.String("Nghị quyết Đảng bộ, Hoà bình"),
	}
	for _, s := range texts {
		if enc, at, ok := Legacy(s); ok {
			t.Errorf("Legacy(%q) = %s at %q", s, enc, s[at:])
		}
	}
}

func BenchmarkLegacyClean(b *testing.B) {
	const s = "Nghị quyết Hội nghị Ban Chấp hành Trung ương Đảng lần thứ 8, tháng 5 năm 1941"
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Legacy(s)
	}
}
