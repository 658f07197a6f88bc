package vi

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestRepair(t *testing.T) {
	tests := []struct {
		in, want string
		kinds    []FixKind
		offset   int // of the first fix
	}{
		// Marks in every order make one letter.
		{"a\u0302\u0323", "ậ", []FixKind{NotNFC}, 0},
		{"a\u0323\u0302", "ậ", []FixKind{NotNFC}, 0},
		{"ạ\u0302", "ậ", []FixKind{NotNFC}, 0},
		{"â\u0323", "ậ", []FixKind{NotNFC}, 0},
		{"Đ\u01b0\u0323c", "Đ\u1ef1c", []FixKind{NotNFC}, 2},
		{"xu\u031b\u0309", "xử", []FixKind{NotNFC}, 1},
		{"cu\u0340ng", "cùng", []FixKind{NotNFC}, 1},
		// Eth in Vietnamese.
		{"Ðảng", "Đảng", []FixKind{Eth}, 0},
		{"Hà Ðông", "Hà Đông", []FixKind{Eth}, 4},
		{"Ðinh Tiên Hoàng", "Đinh Tiên Hoàng", []FixKind{Eth}, 0},
		{"đã ðến nước", "đã đến nước", []FixKind{Eth}, 5},
		{"33/2024/QÐ-TTg", "33/2024/QĐ-TTg", []FixKind{Eth}, 9},
		{"HÐND và ÐCSVN, Ð/c Tư", "HĐND và ĐCSVN, Đ/c Tư", []FixKind{Eth}, 1},
		{norm.NFD.String("Ðại hội"), "Đại hội", []FixKind{NotNFC, Eth}, 2},
		// Eth elsewhere.
		{"Þórður Guðmundsson, Seyðisfjörður", "Þórður Guðmundsson, Seyðisfjörður", nil, 0},
		{"guð", "guð", nil, 0},
		{"GUÐ", "GUÐ", nil, 0},
		{"ðe king, ða", "ðe king, ða", nil, 0},
		{"Đại sứ Guðni ở Seyðisfjörður", "Đại sứ Guðni ở Seyðisfjörður", nil, 0},
		// Invisible characters.
		{"cách\u200b mạng", "cách mạng", []FixKind{Invisible}, 5},
		{"nh\u00adân d\u200cân", "nhân dân", []FixKind{Invisible}, 2},
		{"e\u200c\u0302", "ê", []FixKind{Invisible, NotNFC}, 1},
		// What controls.
		{"a\x1b[31mb", "a[31mb", []FixKind{Control}, 1},
		{"Ảnh \u202egpj.exe\u202c", "Ảnh gpj.exe", []FixKind{Control}, 6},
		{"\u2067a\u2069\x7f\u0085", "a", []FixKind{Control}, 0},
		{"a\u0001\u0302", "â", []FixKind{Control, NotNFC}, 1},
		{"a\tb\r\nשלום\u200f", "a\tb\r\nשלום\u200f", nil, 0},
		{"\ufeffĐảng", "Đảng", []FixKind{Invisible}, 0},
		{"می\u200cخواهم", "می\u200cخواهم", nil, 0},
		{"👩\u200d🚀", "👩\u200d🚀", nil, 0},
		// Spaces.
		{"số\u00a010", "số\u00a010", nil, 0},
		{"số\u00a0\u00a0\u00a010", "số\u00a010", []FixKind{SpaceRun}, 6},
		// Letters of other scripts in Latin words.
		{"Нà Nội", "Hà Nội", []FixKind{LookAlike}, 0},
		{"Hоà bình", "Hoà bình", []FixKind{LookAlike}, 0},
		{"nghѐo", "nghèo", []FixKind{LookAlike}, 0},
		{"Ηội nghị", "Hội nghị", []FixKind{LookAlike}, 0},
		{"СССР", "СССР", nil, 0},
		{"Москвa, Жuk", "Москвa, Жuk", nil, 0},
		{"μm, kΩ, hν, α-amin", "μm, kΩ, hν, α-amin", nil, 0},
		// Full width.
		{"ＶＮ１９４５", "VN1945", []FixKind{FullWidth}, 0},
		{"（一）", "（一）", nil, 0},
		// Quotation marks.
		{"“Độc lập\" là", "“Độc lập” là", []FixKind{Quote}, 15},
		{"báo \"Thanh niên”", "báo “Thanh niên”", []FixKind{Quote}, 5},
		{"“Ảnh 12\" gốc", "“Ảnh 12\" gốc", []FixKind{QuotesMixed}, 0},
		{"“a” và \"b\"", "“a” và \"b\"", []FixKind{QuotesMixed}, 0},
		{"“a” và “b”", "“a” và “b”", nil, 0},
		{"„a“ \"b\"", "„a“ \"b\"", nil, 0},
		// Bytes that are no text.
		{"a\xffb", "a\ufffdb", []FixKind{InvalidUTF8}, 1},
		// Spelling is never modernised, clean text never touched.
		{"Đường Kách mệnh, cách mệnh, Giơ-ne-vơ, nhân zân, hoà, hòa", "Đường Kách mệnh, cách mệnh, Giơ-ne-vơ, nhân zân, hoà, hòa", nil, 0},
		{"une ligne\r\nl’été — « où »\tñ ©", "une ligne\r\nl’été — « où »\tñ ©", nil, 0},
		{"", "", nil, 0},
	}
	for _, tt := range tests {
		got, fixes := Repair(tt.in)
		if got != tt.want {
			t.Errorf("Repair(%+q) = %+q, want %+q", tt.in, got, tt.want)
		}
		if len(fixes) != len(tt.kinds) {
			t.Errorf("Repair(%+q) reports %v, want %v", tt.in, fixes, tt.kinds)
			continue
		}
		for i, f := range fixes {
			if f.Kind != tt.kinds[i] || f.Vi == "" || f.En == "" || f.Count < 1 {
				t.Errorf("Repair(%+q) fix %d is %+v, want %s", tt.in, i, f, tt.kinds[i])
			}
		}
		if len(fixes) > 0 && fixes[0].Offset != tt.offset {
			t.Errorf("Repair(%+q) points at byte %d, want %d", tt.in, fixes[0].Offset, tt.offset)
		}
		if again, _ := Repair(got); again != got {
			t.Errorf("Repair twice makes %+q of %+q", again, got)
		}
	}
}

func TestRepairCounts(t *testing.T) {
	_, fixes := Repair("Ðảng, Ðoàn, Ðội")
	if len(fixes) != 1 || fixes[0].Count != 3 {
		t.Errorf("three Eths are reported as %+v", fixes)
	}
}

func TestRepairOfCleanTextAllocatesNothing(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		Repair("“Nghị quyết” số 100-CT/TW, ngày 2/9/1945 – Đường Kách mệnh © l’été")
	})
	if n != 0 {
		t.Errorf("clean text costs %v allocations", n)
	}
}

func FuzzRepair(f *testing.F) {
	for _, s := range []string{"Ða\u0323ng", "nh\u00adân\u200b", "Нội“a\"", "ＡＢ\u00a0\u00a0", "\xff", "е\u0300h", "α\u0301o", "\u1100\u1161"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, fixes := Repair(s)
		if !norm.NFC.IsNormalString(once) {
			t.Fatalf("%+q is not NFC", once)
		}
		if norm.NFC.String(string([]rune(once))) != once {
			t.Fatalf("%+q is not valid UTF-8", once)
		}
		changed := false
		for _, fix := range fixes {
			changed = changed || fix.Kind.Changed()
			if fix.Offset < 0 || fix.Offset >= len(s) {
				t.Fatalf("%+v points outside %+q", fix, s)
			}
		}
		if changed != (once != s) {
			t.Fatalf("%+q became %+q, reported as %+v", s, once, fixes)
		}
		if twice, _ := Repair(once); twice != once {
			t.Fatalf("%+q became %+q and then %+q", s, once, twice)
		}
	})
}

func BenchmarkRepairClean(b *testing.B) {
	const s = "Nghị quyết Hội nghị Ban Chấp hành Trung ương Đảng lần thứ 8, tháng 5 năm 1941"
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Repair(s)
	}
}

func BenchmarkRepairDecomposed(b *testing.B) {
	s := norm.NFD.String("Nghị quyết Hội nghị Ban Chấp hành Trung ương Đảng lần thứ 8, tháng 5 năm 1941")
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Repair(s)
	}
}
