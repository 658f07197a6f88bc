package vi

import (
	"bytes"
	"testing"
)

func FuzzSortKey(f *testing.F) {
	f.Add("Hồ sơ 2", "Hồ sơ 10", "hồ sơ")
	f.Add("khoá IX", "khóa V", "khoá")
	f.Add("a\x00b", "a", "\xff")
	f.Add("0", "00", "")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		ab, ba, bc, ac := Compare(a, b), Compare(b, a), Compare(b, c), Compare(a, c)
		if ab != -ba || (ab == 0) != (a == b) {
			t.Fatalf("Compare(%q, %q) = %d and %d", a, b, ab, ba)
		}
		if ab <= 0 && bc <= 0 && ac > 0 {
			t.Fatalf("%q, %q, %q do not form an order", a, b, c)
		}
		if bytes.Compare(SortKey(a), SortKey(b)) != ab {
			t.Fatalf("SortKey and Compare disagree on %q and %q", a, b)
		}
	})
}

func FuzzSlug(f *testing.F) {
	f.Add("Đường Kách mệnh")
	f.Add("con")
	f.Add("ﬁn ½ İ ẞ ǅ \xff")
	f.Fuzz(func(t *testing.T, s string) {
		slug := Slug(s)
		if slug == "" {
			return
		}
		if err := ValidID(slug); err != nil {
			t.Fatalf("Slug(%q) = %q: %v", s, slug, err)
		}
		if again := Slug(slug); again != slug {
			t.Fatalf("Slug(%q) = %q", slug, again)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Add("Đường Ǆ İ ǅ ẞ \xff")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q and then %q", s, once, twice)
		}
		Canon(s)
		Initial(s)
		Legacy(s)
		Similar(s, []string{once, "title"})
	})
}

func BenchmarkSortKey(b *testing.B) {
	const s = "Nghị quyết Hội nghị Ban Chấp hành Trung ương Đảng lần thứ 8"
	buf := make([]byte, 0, 512)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		buf = AppendSortKey(buf[:0], s)
	}
}

func BenchmarkCompare(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Compare("Nghị quyết Hội nghị", "Nghị quyết Đại hội")
	}
}

func BenchmarkFold(b *testing.B) {
	const s = "Nghị quyết Hội nghị Ban Chấp hành Trung ương Đảng lần thứ 8"
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Fold(s)
	}
}
