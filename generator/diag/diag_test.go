package diag

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
)

func at(file string, line, col int) Pos { return Pos{file, line, col} }

func TestTextFormat(t *testing.T) {
	var l List
	l.Add(Errorf("date-syntax", at("a.yaml", 2, 10), "%q không phải ngày", "%q is not a date", "19O4").
		WithHint("chữ O, có phải %s?", "the letter O; did you mean %s?", "1904"))
	l.Add(Warnf("field-missing", at("a.yaml", 0, 0), "thiếu", "missing"))
	l.Excerpts(fstest.MapFS{"a.yaml": {Data: []byte("id: x\r\ncreated: \"19O4\"\r\n")}})
	var b strings.Builder
	if err := l.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	want := `a.yaml: warning: missing [field-missing]
a.yaml:2:10: error: "19O4" is not a date [date-syntax]
    2 | created: "19O4"
      |          ^
  hint: the letter O; did you mean 1904?
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	b.Reset()
	if err := l.WriteText(&b, "vi"); err != nil || !strings.Contains(b.String(), `lỗi: "19O4" không phải ngày`) {
		t.Errorf("Vietnamese: %v\n%s", err, b.String())
	}
}

// A message counts in the form that goes with the number, Vietnamese in the one
// that there is.
func TestCount(t *testing.T) {
	for n, want := range map[int]Text{0: {"còn 0 trang", "0 pages left"}, 1: {"còn 1 trang", "1 page left"}, 2: {"còn 2 trang", "2 pages left"}} {
		if got := T("còn %d trang", "%s left", Count(n, "page")); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if got := T("%[2]s: %04[1]d", "%[2]s: %[1]v", Count(21, "day"), "x"); got != (Text{"x: 0021", "x: 21 days"}) {
		t.Errorf("%+v", got)
	}
}

// What is kept may not depend on the order in which workers report.
func TestListKeepsTheSmallest(t *testing.T) {
	var ds []Diagnostic
	for i := range 100 {
		ds = append(ds, Errorf("x", at(fmt.Sprintf("f%03d", i), 1, 1), "m", "m"))
	}
	for range 5 {
		rand.Shuffle(len(ds), func(i, j int) { ds[i], ds[j] = ds[j], ds[i] })
		var l List
		l.Add(ds...)
		got := l.Sorted()
		if len(got) != PerCode || got[0].Pos.File != "f000" || got[PerCode-1].Pos.File != "f019" {
			t.Fatalf("kept %d, first %v, last %v", len(got), got[0].Pos, got[len(got)-1].Pos)
		}
		if l.Errors() != 100 || l.Warnings() != 0 || l.Dropped()[0].N != 80 {
			t.Fatalf("counts: %d errors, dropped %v", l.Errors(), l.Dropped())
		}
	}
}

func TestControlCharactersDoNotReachTheTerminal(t *testing.T) {
	var l List
	d := Errorf("x", at("tệp\nf: error: y\u202e", 1, 4), "%s", "%s", "a\x1b[31mb\u202e").WithHint("\xff", "\u2028\xff")
	d.Excerpt = "\u200bab: c"
	l.Add(d)
	var b strings.Builder
	const want = `tệp\nf: error: y\u202e:1:4: error: a\x1b[31mb\u202e [x]
    1 | \u200bab: c
      |         ^
  hint: \u2028\xff
`
	if err := l.WriteText(&b, "en"); err != nil || b.String() != want {
		t.Errorf("%v got\n%s\nwant\n%s", err, b.String(), want)
	}
	var j strings.Builder
	if err := l.WriteJSON(&j, "en"); err != nil || !strings.Contains(j.String(), `"file":"tệp\nf: error: y`) {
		t.Errorf("%v: JSON has its own escapes: %s", err, j.String())
	}
}

func TestCaretUnderCombiningAndWideCharacters(t *testing.T) {
	if _, pad := excerpt("tên: 漢x", 7); len(pad) != 7 {
		t.Errorf("wide: pad %d", len(pad))
	}
	if _, pad := excerpt("te\u0302n: x", 7); len(pad) != 5 {
		t.Errorf("combining: pad %d", len(pad))
	}
	long := strings.Repeat("a", 500) + "!"
	if shown, pad := excerpt(long, 501); []rune(shown)[len(pad)] != '!' {
		t.Errorf("long line: caret at %q", shown)
	}
}

func TestUnder(t *testing.T) {
	var l List
	l.Add(Errorf("x", at("fonds/f/a.yaml", 1, 2), "m", "m"), Errorf("y", Pos{}, "m", "m"))
	l.Under("../kho/content")
	got := l.Sorted()
	if got[0].Pos.File != "" || got[1].Pos.File != "../kho/content/fonds/f/a.yaml" {
		t.Errorf("paths: %v %v", got[0].Pos, got[1].Pos)
	}
}

func TestJSONLines(t *testing.T) {
	var l List
	l.Add(Errorf("x", at("f", 1, 2), "vi <b>", "en <b>"))
	var b strings.Builder
	if err := l.WriteJSON(&b, "vi"); err != nil {
		t.Fatal(err)
	}
	want := `{"severity":"error","code":"x","file":"f","line":1,"column":2,"message":"vi <b>"}` + "\n"
	if b.String() != want {
		t.Errorf("got %s want %s", b.String(), want)
	}
}
