package content

import (
	"errors"
	"os"
	"strings"
	"testing"
)

var coveredWords = []Replacement{{"ông Trần Văn B", "[…]{personal-data}"}, {"ông Trần", "[…]{donor-terms}"}}

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

// Words that the program cannot find in the bytes of the file, though they
// stand in the text, are refused: they would stay.
func TestRedactRefusesWordsInPieces(t *testing.T) {
	for name, text := range map[string]string{
		"over the end of a line": "    transcript: >-\n      Tôi là ông Trần\n      Văn B\n",
		"escaped":                "    transcript: \"ông\\u0020Trần Văn B\"\n",
		"plain in braces":        "    transcript: {vi: ông Trần Văn B, en: x}\n",
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
