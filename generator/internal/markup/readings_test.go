package markup

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// What readers see in one piece is so in a reading, and the text is known to need one.
func TestReadings(t *testing.T) {
	for _, c := range []struct{ text, sees string }{
		{"Thư gửi [Uỷ ban](id:a) Nam Bộ", "Thư gửi Uỷ ban Nam Bộ"}, {"Thư gửi [Uỷ ban](https://a.example \"t\") Nam Bộ", "Thư gửi Uỷ ban Nam Bộ"}, {"Thư gửi [Uỷ ban]{lang=fr} Nam Bộ", "Thư gửi Uỷ ban Nam Bộ"},
		{"Uỷ&nbsp;ban Nam B&#7897;", "Uỷ\u00a0ban Nam Bộ"}, {"Uỷ b**a**n", "Uỷ ban"}, {"Uỷ b`a`n", "Uỷ ban"}, {"Uỷ b~~a~~n", "Uỷ ban"}, {"_tl_-0001", "tl-0001"}, {"tl-_0001_", "tl-0001"}, {"tl\\-0001", "tl-0001"}, {"tl&#45;0001", "tl-0001"},
		{"    Uỷ&nbsp;ban", "Uỷ\u00a0ban"}, {"> [Uỷ\n> ban](id:a) Nam", "Uỷ ban Nam"}, {"[t](https://a.example/b&#45;c)", "https://a.example/b-c"}, {"[t](https:\\/\\/a.example)", "https://a.example"},
	} {
		if !Parts(c.text) || !slices.ContainsFunc(Readings(c.text), func(r string) bool { return strings.Contains(r, c.sees) }) {
			t.Errorf("%q: %v, %q", c.text, Parts(c.text), Readings(c.text))
		}
	}
	// A label is left out whether it leads somewhere or not, and so is the mark of a note.
	for text, want := range map[string]string{"Thư [Uỷ ban][1] Nam": "Thư [Uỷ ban] Nam", "Thư[^1] Nam": "Thư Nam", `Thư [Uỷ][a\]b] Nam`: "Thư [Uỷ] Nam"} {
		if !Parts(text) || !slices.Contains(Readings(text), want) {
			t.Errorf("%q: %q", text, Readings(text))
		}
	}
	for _, text := range []string{"Một câu, *hai* _chữ_ `nghiêng` & đậm; \"ba\".", "khoa: [a, {b: c}]\nunit_no: \"0001\"\ndates: {created: \"1945~/1950\"}", "- a\n* b\n&x c", ""} {
		if Parts(text) {
			t.Errorf("%q", text)
		}
	}
	began := time.Now()
	for _, sign := range []string{"*", "&", "]", "*`"} {
		Parts(strings.Repeat(sign, 2_000_000))
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("%v for signs alone", took)
	}
}

// Words between which links, labels and coded characters stand are together in the bare
// text, or that says that it may part words still.
func TestBare(t *testing.T) {
	for text, want := range map[string]string{
		"Thư [Uỷ ban](https://a.example/x) Nam B&#7897;": "Thư [Uỷ ban] Nam Bộ", "Thư [Uỷ ban][1] Nam": "Thư [Uỷ ban] Nam", "a: [b, c]\nd: e": "a: [b, c]\nd: e", "": "",
	} {
		if _, got := Bare(text); got != want || Parts(got) {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{`[a](b "c") d`, "[a](b(c)) d", "[a](<b c>) d", "[a]{lang=fr} b", `[a][b\]c] d`, "a[^1] b", "b**a**n", "[a](b", "a &amp;#45; b"} {
		if _, got := Bare(text); !Parts(got) {
			t.Errorf("%q: %q", text, got)
		}
	}
	if resolved, _ := Bare("[a](https://a.example/b&#45;c)"); resolved != "[a](https://a.example/b-c)" {
		t.Error(resolved)
	}
}
