package content

import (
	"errors"
	"os"
	"strings"
	"testing"
)

var coveredWords = []Replacement{Replace("ông Trần Văn B", "[…]{personal-data}"), Replace("ông Trần", "[…]{donor-terms}")}

// Words are covered in the transcript and translation of the object alone: of
// another object, of the record and of the caption they are for the editor.
func TestRedactWords(t *testing.T) {
	const head = "id: a-2\ntitle: Đơn của ông Trần Văn B\nobjects:\n  - seq: 1\n    file: a.jpg\n    transcript: Gửi ông Trần Văn B\n  - seq: 2\n"
	const file, now = "    file: cu.jpg\n", "    file: \"a-2-2-che.jpg\"\n    " + coveredLine + "\n"
	for name, c := range map[string][2]string{
		"block": {file + "    transcript:\n      text: |\n        Tôi là ông Trần Văn B, con\n        ông Trần.\n      kind: diplomatic\n    caption: ông Trần Văn B\n",
			now + "    transcript:\n      text: |\n        Tôi là […]{personal-data}, con\n        […]{donor-terms}.\n      kind: diplomatic\n    caption: ông Trần Văn B\n"},
		"before the file, in quotes": {"    transcript: \"Tôi, ông Trần Văn B.\"\n" + file, "    transcript: \"Tôi, […]{personal-data}.\"\n" + now},
		"languages":                  {file + "    translation: {vi: 'ông Trần Văn B', en: \"Mr ông Trần Văn B\"}\n    transcript: ''\n", now + "    translation: {vi: '[…]{personal-data}', en: \"Mr […]{personal-data}\"}\n    transcript: ''\n"},
	} {
		for _, ends := range []string{"\n", "\r\n"} {
			const after = "scope: ông Trần Văn B\n---\nid: a-3\n"
			tree, at := withFile(t, strings.ReplaceAll(head+c[0]+after, "\n", ends))
			p, ds := tree.Locate("a-2")
			if p == nil {
				t.Fatalf("%s: not found: %v", name, ds)
			}
			r := covered
			r.Words = coveredWords
			edit, err := tree.Redact(p, []Redaction{r})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if err := tree.Apply(edit); err != nil || edit.Replaced[Replaced{2, coveredWords[0].Old}] == 0 {
				t.Errorf("%s: %v, %v", name, edit.Replaced, err)
			}
			got, _ := os.ReadFile(at)
			if want := strings.ReplaceAll(head+c[1]+after, "\n", ends); string(got) != want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
			}
		}
	}
}

// Words that are written otherwise, in pieces or with escapes, are covered too, and
// what stands around them stays.
func TestRedactWordsInPieces(t *testing.T) {
	for name, c := range map[string][2]string{
		"over the end of a line": {">-\n      Tôi là ông Trần\n      Văn B, con\n      ông x\n", ">-\n      Tôi là […]{personal-data}, con\n      ông x\n"},
		"lines that are kept":    {"|\n      ông Tran\n      VĂN  B\n      x\n", "|\n      […]{personal-data}\n      x\n"},
		"escaped":                {"\"ông\\u0020Tr\\u1EA7n Văn B\\nx\"\n", "\"[…]{personal-data}\\nx\"\n"},
		"plain in braces":        {"{vi: ông Trần **Văn** B, en: x}\n", "{vi: \"[…]{personal-data}\", en: x}\n"},
		"the name of a file":     {"{file: ong-tran-van-b.md, text: ông Trần Văn B}\n", "{file: ong-tran-van-b.md, text: \"[…]{personal-data}\"}\n"},
	} {
		tree, at := withFile(t, "id: a-2\nobjects:\n  - seq: 2\n    file: cu.jpg\n    transcript: "+c[0])
		p, _ := tree.Locate("a-2")
		if p == nil {
			t.Fatal(name)
		}
		r := covered
		r.Words = coveredWords[:1]
		edit, err := tree.Redact(p, []Redaction{r})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := tree.Apply(edit); err != nil {
			t.Error(name, err)
		}
		now, _ := os.ReadFile(at)
		if _, got, _ := strings.Cut(string(now), "    transcript: "); got != c[1] {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c[1])
		}
	}
}

// Words that the program cannot take out of the bytes of the file, though they
// stand in the text, are refused: they would stay.
func TestRedactRefusesWordsInPieces(t *testing.T) {
	for name, text := range map[string]string{
		"a word over the end of a line": "    transcript: >-\n      Tôi là ông Trần Vă-\n      n B\n",
		"lines without quotation marks": "    transcript: ông Trần\n      Văn B, con\n",
	} {
		tree, at := withFile(t, "id: a-2\nobjects:\n  - seq: 2\n    file: cu.jpg\n"+text)
		p, _ := tree.Locate("a-2")
		if p == nil {
			t.Fatal(name)
		}
		was, _ := os.ReadFile(at)
		r := covered
		r.Words = coveredWords[:1]
		edit, err := tree.Redact(p, []Redaction{r})
		var unsafe *Unsafe
		if !errors.As(err, &unsafe) {
			t.Errorf("%s: %v, %v", name, edit, err)
		}
		if now, _ := os.ReadFile(at); string(now) != string(was) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

// All values out of which the words cannot be taken are named.
func TestRedactNamesEveryTextItCannotEdit(t *testing.T) {
	tree, _ := withFile(t, "id: a-2\nobjects:\n  - seq: 2\n    file: cu.jpg\n    transcript:\n      vi: >-\n        Tôi là ông Trần Vă-\n        n B\n      en: x\n    translation: ông Trần\n      Văn B, con\n")
	p, _ := tree.Locate("a-2")
	if p == nil {
		t.Fatal("not found")
	}
	r := covered
	r.Words = coveredWords[:1]
	_, err := tree.Redact(p, []Redaction{r})
	var unsafe *Unsafe
	if !errors.As(err, &unsafe) || unsafe.At.Line != 6 || len(unsafe.Also) != 1 || unsafe.Also[0].Line != 10 {
		t.Errorf("%v, %+v", err, unsafe)
	}
}

// In captions the times stay, and so do byte order mark and line ends.
func TestRedactFileOfCaptions(t *testing.T) {
	tree, _ := withFile(t, "id: a-2\n")
	const name = "fonds/f/media/a.vtt"
	const was = "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nTôi là ông Trần\r\n\r\n00:02.000 --> 00:04.000\r\n<v Bà>Văn B đây\r\n"
	const want = "\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nTôi là […]{personal-data}\r\n\r\n00:02.000 --> 00:04.000\r\n[…]{personal-data} đây\r\n"
	tree = tree.With(map[string]string{name: was})
	edit, err := tree.RedactFile(name, coveredWords[:1])
	if err != nil || string(edit.now) != want {
		t.Errorf("%v: got\n%q\nwant\n%q", err, edit.now, want)
	}
}
