package content

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator/diag"
)

func valuesOf(text string) (out []Value) {
	Values(text, func(string) bool { return true }, func(v Value) { out = append(out, v) })
	return out
}

func TestValuesOfWantedDocuments(t *testing.T) {
	var got []string
	Values("a: một\n---\na: hai # lời\n---\na: ba # và lời\n", func(s string) bool { return strings.Contains(s, "ba") }, func(v Value) { got = append(got, v.Text) })
	if want := []string{"a", "ba", "# lời", "# và lời"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestValues(t *testing.T) {
	const text = `# Ghi chú đầu tệp
id: tl-1
title: {vi: "Một \"hai\"", en: 'Two'} # bên lề
scope: >-
  Dòng một
  dòng hai
extra:
  - "Cột A": giá trị
---
id: tl-2
note: |
  # không phải ghi chú
`
	type shown struct {
		path, text string
		line       int // of the place
		piece      int
	}
	var got []shown
	for _, v := range valuesOf(text) {
		got = append(got, shown{v.Path, v.Text, 1 + strings.Count(text[:v.Offset], "\n"), v.Piece})
	}
	for _, want := range []shown{
		{"", "# Ghi chú đầu tệp", 1, 1}, {"", "id", 2, 1}, {"id", "tl-1", 2, 1}, {"title.vi", `Một "hai"`, 3, 1}, {"title.en", "Two", 3, 1}, {"", "# bên lề", 3, 1},
		{"scope", "Dòng một dòng hai", 4, 1}, {"extra", "Cột A", 8, 1}, {"extra.Cột A", "giá trị", 8, 1}, {"id", "tl-2", 10, 10}, {"note", "# không phải ghi chú\n", 11, 10},
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%+v is not among %+v", want, got)
		}
	}
}

func TestValuesOfWhatIsNoYAML(t *testing.T) {
	broken := "title: \"mở mà không đóng\nMẬT\n"
	deep := "a: " + strings.Repeat("[", 200) + "x" + strings.Repeat("]", 200) + "\n"
	for name, text := range map[string]string{"broken": broken, "deep": deep} {
		if !slices.ContainsFunc(valuesOf(text), func(v Value) bool { return v.Text == text }) {
			t.Errorf("%s: the text is not handed on as it stands", name)
		}
	}
	only := "# chỉ có ghi chú\n"
	if got := valuesOf(only); len(got) != 1 || got[0].Piece != 0 || !got[0].Comment || got[0].Text != "# chỉ có ghi chú" {
		t.Errorf("%+v", got)
	}
}

func FuzzValues(f *testing.F) {
	f.Add("a: [b, {c: \"\\u1EAC\"}] # d\n---\ne: |\n  f\n")
	f.Add("a: &x [*x]\n")
	f.Add("\"\n---\n- \t#")
	f.Fuzz(func(t *testing.T, text string) {
		Values(text, func(string) bool { return true }, func(v Value) {
			if v.Offset < 0 || v.Offset > len(text) {
				t.Fatalf("%q: %+v", text, v)
			}
		})
	})
}

func TestMarkingsFile(t *testing.T) {
	dir := t.TempDir()
	tr, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	if list, ds := tr.Markings(); list != nil || ds != nil {
		t.Errorf("without a file: %v %v", list, ds)
	}
	text := `acknowledged:
  - {file: a.md, text: "MẬT", by: A, date: "2026-01-02", times: 2}
  - {file: a.md, text: "MẬT", by: A, date: "hôm nay"}
  - {file: a.md, by: A, date: "2026-01-02"}
  - {file: a.md, text: "MẬT", date: "2026-01-02"}
  - {file: a.md, text: "MẬT", by: A}
  - {file: a.md, text: "MẬT", by: A, date: "2026-01-02", times: -1}
  - {text: "MẬT", by: A, date: "2026-01-02"}
  - MẬT
  - {file: a.md, text: "MẬT", by: A, date: "2026-01-02", reason: x}
`
	if err := os.WriteFile(filepath.Join(dir, MarkingsFile), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	list, ds := tr.Markings()
	if len(list) != 2 || list[0].Times.V != 2 {
		t.Errorf("%+v", list)
	}
	var lines []int
	for _, d := range ds {
		if d.Severity != diag.Error {
			t.Errorf("%s is no error", d.Pos)
		}
		lines = append(lines, d.Pos.Line)
	}
	slices.Sort(lines)
	if want := []int{3, 4, 5, 6, 7, 8, 9, 10}; !slices.Equal(slices.Compact(lines), want) {
		t.Errorf("errors in lines %v, want %v: %v", lines, want, ds)
	}
}

// What a value holds once it is decoded stands in the text with its escapes resolved.
func TestUnescaped(t *testing.T) {
	for text, want := range map[string]string{
		`a: "gửi\nUỷ\tban"`: `a: "gửi Uỷ ban"`, "a: \"Uỷ b\\\n   an\"": `a: "Uỷ ban"`, `a: "Kh\u00e1ng \x26 \U0001F600 \N\_"`: "a: \"Kháng & \U0001F600  \"", `a: "\\n \/ \u12"`: `a: "\n / u12"`,
		`a: "\"b\""`: `a: "\"b\""`, `a: b`: `a: b`, "a\\": "a",
	} {
		if got := Unescaped(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
