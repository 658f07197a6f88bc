package content

import (
	"errors"
	"image"
	"os"
	"strings"
	"testing"

	"vitrine/generator/diag"
)

var covered = Redaction{Object: 2, File: "a-2-2-che.jpg", Count: 2, Grounds: []string{"personal-data"}, By: `Lê "Ba" }`, Date: "2026-11-26", DerivedFrom: strings.Repeat("ab", 32)}

const coveredLine = `redaction: {count: 2, grounds: [personal-data], by: "Lê \"Ba\" }", date: "2026-11-26", derived_from_sha256: "` + "abababababababababababababababababababababababababababababababab" + `"}`

// A redaction is written at the right object of the right record, and every
// other byte, comment and line end stays.
func TestRedactKeepsEveryOtherByte(t *testing.T) {
	const before, after = "# đầu\nid: a-1\nlevel: item\n---\n", "---\nid: a-3\nobjects:\n  - {seq: 2, file: khac.jpg}\n"
	const added = "- kind: page\n    seq: 2\n    file: \"a-2-2-che.jpg\"\n    " + coveredLine + "\n"
	for _, c := range []struct{ name, in, want string }{
		{"no objects", "id: a-2\ntitle: x\n", "id: a-2\ntitle: x\nobjects:\n  " + added},
		{"another object", "id: a-2\nobjects:\n  - kind: page\n    seq: 1\n    file: mot.jpg\n\n# quyền\naccess: {state: public}\n",
			"id: a-2\nobjects:\n  - kind: page\n    seq: 1\n    file: mot.jpg\n  " + added + "\n# quyền\naccess: {state: public}\n"},
		{"lines", "id: a-2\nobjects:\n  - kind: page\n    seq: 2\n    file: 'Ảnh gốc.tif'   # quét 2020\n    alt: x\n",
			"id: a-2\nobjects:\n  - kind: page\n    seq: 2\n    file: \"a-2-2-che.jpg\"   # quét 2020\n    " + coveredLine + "\n    alt: x\n"},
		{"by its place", "id: a-2\nobjects:\n- file: mot.jpg\n- file: hai.jpg\nscope: y\n", "id: a-2\nobjects:\n- file: mot.jpg\n- file: \"a-2-2-che.jpg\"\n  " + coveredLine + "\nscope: y\n"},
		{"braces", "id: a-2\nobjects:\n  - {kind: page, file: mot.jpg}\n  - {kind: page, file: hai.jpg, alt: x} # đẹp\n", "id: a-2\nobjects:\n  - {kind: page, file: mot.jpg}\n  - {kind: page, file: \"a-2-2-che.jpg\", " + coveredLine + ", alt: x} # đẹp\n"},
		{"covered before", "id: a-2\nobjects:\n  - seq: 2\n    redaction: {count: 9, by: \"o } p\", grounds: [donor-terms]} # cũ\n    file: cu.jpg\n", "id: a-2\nobjects:\n  - seq: 2\n    " + coveredLine + " # cũ\n    file: \"a-2-2-che.jpg\"\n"},
		{"no end of line", "id: a-2\nobjects:\n  - seq: 2\n    file: cu.jpg\n", "id: a-2\nobjects:\n  - seq: 2\n    file: \"a-2-2-che.jpg\"\n    " + coveredLine + "\n"},
	} {
		for _, ends := range []string{"\n", "\r\n"} {
			in, want := before+c.in+after, before+c.want+after
			if c.name == "no end of line" {
				in, want = strings.TrimSuffix(before+c.in, "\n"), strings.TrimSuffix(before+c.want, "\n")
			}
			tree, name := withFile(t, strings.ReplaceAll(in, "\n", ends))
			p, ds := tree.Locate("a-2")
			if p == nil {
				t.Fatalf("%s: not found: %v", c.name, ds)
			}
			edit, err := tree.Redact(p, []Redaction{covered})
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if got, _ := os.ReadFile(name); string(got) != strings.ReplaceAll(in, "\n", ends) {
				t.Errorf("%s: written before it was asked for", c.name)
			}
			if err := tree.Apply(edit); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			if got, _ := os.ReadFile(name); string(got) != strings.ReplaceAll(want, "\n", ends) {
				t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
			}
		}
	}
}

// Several objects are edited at once: those that are there, and behind them those
// that are not; a page on which nothing was covered gets its picture and no more.
func TestRedactSeveral(t *testing.T) {
	list := []Redaction{covered, covered, covered, covered}
	for i := range list {
		list[i].Object, list[i].File = i+1, []string{"a.jpg", "b.jpg", "c.jpg", "d.jpg"}[i]
	}
	list[1].Count, list[3].Count, list[3].Label = 0, 0, "tr. 4"
	const before = "id: a-2\nobjects:\n  - file: mot.jpg\n    alt: x\n  - {file: hai.jpg, alt: y}\n# cuối\naccess: {state: public}\n"
	const after = "id: a-2\nobjects:\n  - file: \"a.jpg\"\n    " + coveredLine + "\n    alt: x\n  - {file: \"b.jpg\", alt: y}\n" +
		"  - kind: page\n    seq: 3\n    file: \"c.jpg\"\n    " + coveredLine + "\n  - kind: page\n    seq: 4\n    label: \"tr. 4\"\n    file: \"d.jpg\"\n# cuối\naccess: {state: public}\n"
	for _, c := range []struct{ in, want string }{{before, after},
		{"id: a-2\nobjects:\n  - file: mot.jpg", "id: a-2\nobjects:\n  - file: \"a.jpg\"\n    " + coveredLine + "\n  - kind: page\n    seq: 2\n    file: \"b.jpg\"\n"}} {
		tree, name := withFile(t, c.in)
		p, ds := tree.Locate("a-2")
		if p == nil {
			t.Fatal(ds)
		}
		n := len(list)
		if c.in != before {
			n = 2
		}
		edit, err := tree.Redact(p, list[:n])
		if err == nil {
			err = tree.Apply(edit)
		}
		if got, _ := os.ReadFile(name); err != nil || string(got) != c.want {
			t.Errorf("%v: got\n%s\nwant\n%s", err, got, c.want)
		}
	}
}

// A page that was covered is not laid open because a later order has no box for it.
func TestRedactKeepsWhatWasCovered(t *testing.T) {
	tree, _ := withFile(t, "id: a-2\nobjects:\n  - seq: 2\n    file: a.jpg\n    redaction: {count: 1}\n")
	p, _ := tree.Locate("a-2")
	bare := covered
	bare.Count = 0
	var unsafe *Unsafe
	if _, err := tree.Redact(p, []Redaction{bare}); !errors.As(err, &unsafe) || unsafe.At.Line != 5 {
		t.Errorf("%v", err)
	}
}

func TestRedactRefusesWhatIsNotSafe(t *testing.T) {
	for name, text := range map[string]string{
		"record in braces":     "{id: a-2, title: x}\n",
		"list in brackets":     "id: a-2\nobjects: [{seq: 2, file: a.jpg}]\n",
		"empty list":           "id: a-2\nobjects:\n",
		"no file":              "id: a-2\nobjects:\n  - {seq: 2}\n",
		"a hash of the old":    "id: a-2\nobjects:\n  - {seq: 2, file: a.jpg, sha256: x}\n",
		"a name in many lines": "id: a-2\nobjects:\n  - seq: 2\n    file: >-\n      a.jpg\n",
		"redaction in lines":   "id: a-2\nobjects:\n  - seq: 2\n    file: a.jpg\n    redaction:\n      count: 1\n",
	} {
		tree, file := withFile(t, text)
		p, ds := tree.Locate("a-2")
		if p == nil {
			t.Fatalf("%s: not found: %v", name, ds)
		}
		_, err := tree.Redact(p, []Redaction{covered})
		var unsafe *Unsafe
		if !errors.As(err, &unsafe) || unsafe.Hint.Vi == "" {
			t.Errorf("%s: %v", name, err)
		}
		if got, _ := os.ReadFile(file); string(got) != text {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

// A record that changes between looking and writing is left alone.
func TestRedactOfAChangedFile(t *testing.T) {
	tree, name := withFile(t, "id: a-2\ntitle: x\n")
	p, _ := tree.Locate("a-2")
	edit, err := tree.Redact(p, []Redaction{covered})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("id: a-2\ntitle: y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var unsafe *Unsafe
	if err := tree.Apply(edit); !errors.As(err, &unsafe) {
		t.Errorf("the change of another was written over: %v", err)
	}
	if got, _ := os.ReadFile(name); string(got) != "id: a-2\ntitle: y\n" {
		t.Errorf("the file holds %q", got)
	}
}

const goodCover = "record: a-2\nby: Lê Ba\nboxes:\n  - {left: 10, top: 20%, width: 12.5%, height: 5.2, ground: personal-data}\n"

func TestCoverIsRead(t *testing.T) {
	tree, _ := withFile(t, "id: a-2\n")
	for name, text := range map[string]string{"YAML": goodCover,
		"JSON": `{"record": "a-2", "by": "Lê Ba", "boxes": [{"left": 10, "top": "20%", "width": "12.5%", "height": 5.2, "ground": "personal-data"}]}`} {
		c, ds := tree.Cover("o.yaml", []byte(text))
		if c == nil {
			t.Fatalf("%s: %v", name, ds)
		}
		boxes, ds := Boxes("o.yaml", c.Objects[0].Boxes, 1000, 200, 0)
		if want := image.Rect(10, 40, 135, 46); len(ds) > 0 || len(boxes) != 1 || boxes[0] != want || c.Objects[0].Object.V != 1 {
			t.Errorf("%s: %v %v, want %v", name, boxes, ds, want)
		}
		if _, ds := Boxes("o.yaml", c.Objects[0].Boxes, 130, 200, 0); len(ds) == 0 {
			continue // 10 and an eighth of 130 are inside
		}
		t.Errorf("%s: a box inside is refused", name)
	}
}

func TestCoverRefuses(t *testing.T) {
	tree, _ := withFile(t, "id: a-2\n")
	change := func(old, now string) string { return strings.Replace(goodCover, old, now, 1) }
	for code, texts := range map[string][]string{
		"cover-secrecy": {change("personal-data", "state-secret"), change("personal-data", "Mật"), change("personal-data", "bí mật nhà nước"), change("personal-data", "tuyet-mat")},
		"value-unknown": {change("personal-data", "copyright")},
		"cover-boxes":   {change("10,", "-1,"), change("10,", "NaN,"), change("10,", "Inf,"), change("10,", "10cm,"), change("5.2", "0"), change("5.2", "cao"), "record: a-2\nby: x\nboxes:\n" + strings.Repeat("  - {left: 1, top: 1, width: 1, height: 1, ground: personal-data}\n", 1001)},
		"field-missing": {change("record: a-2\n", ""), change("by: Lê Ba\n", ""), change(", ground: personal-data", ""), change("left: 10, ", ""), "record: a-2\nby: x\nboxes: []\n"},
		"value-empty":   {change("by: Lê Ba", "by:")},
		"key-unknown":   {change("top", "tpo")},
		"value-kind":    {"record: a-2\nby: x\nboxes: [1]\n", "object: -1\n" + goodCover},
		"yaml-alias":    {change("Lê Ba", "&a Lê Ba")},
		"yaml-kind":     {"", "- a\n", goodCover + "---\n" + goodCover},
	} {
		for _, text := range texts {
			c, ds := tree.Cover("o.yaml", []byte(text))
			found := false
			for _, d := range ds {
				found = found || d.Code == code
			}
			if c != nil || !found {
				t.Errorf("%s: %q gives %v", code, text, ds)
			}
		}
	}
	c, _ := tree.Cover("o.yaml", []byte(change("5.2", "99%")))
	if _, ds := Boxes("o.yaml", c.Objects[0].Boxes, 1000, 200, 0); len(ds) != 1 || ds[0].Code != "cover-outside" || !strings.Contains(ds[0].Msg.Vi, "1000") {
		t.Errorf("a box outside: %v", ds)
	}
}

// On a page of a PDF a place is told in points, millimetres or percent, and in
// nothing else; in a picture in pixels or percent.
func TestBoxesOnAPage(t *testing.T) {
	tree, _ := withFile(t, "id: a-2\n")
	c, ds := tree.Cover("o.yaml", []byte(strings.Replace(goodCover, "left: 10, top: 20%, width: 12.5%, height: 5.2", "page: 1, left: 72pt, top: 25.4mm, width: 50%, height: 36 pt", 1)))
	if c == nil {
		t.Fatal(ds)
	}
	boxes, ds := Boxes("o.yaml", c.Objects[0].Boxes, 2480, 3508, 300)
	if want := image.Rect(300, 300, 1540, 450); len(ds) > 0 || len(boxes) != 1 || boxes[0] != want {
		t.Errorf("%v %v, want %v", boxes, ds, want)
	}
	if _, ds := Boxes("o.yaml", c.Objects[0].Boxes, 2480, 3508, 0); len(ds) != 1 || ds[0].Code != "cover-unit" {
		t.Errorf("points in a picture: %v", ds)
	}
	c, _ = tree.Cover("o.yaml", []byte(goodCover))
	if _, ds := Boxes("o.yaml", c.Objects[0].Boxes, 2480, 3508, 300); len(ds) != 1 || ds[0].Code != "cover-unit" {
		t.Errorf("pixels on a page: %v", ds)
	}
}

func FuzzCover(f *testing.F) {
	f.Add([]byte(goodCover), 1000, 200)
	f.Add([]byte("record: a\nby: b\nobjects:\n- {master: x, boxes: [{left: 3mm, top: 9pt, width: 1%, height: 1, ground: donor-terms}]}\n"), 3, 7)
	f.Add([]byte("record: a\nby: b\nboxes:\n- {left: 0%, top: 0%, width: 100%, height: 100%, ground: donor-terms}\n"), 3, 7)
	tree, err := Open(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { tree.Close() })
	f.Fuzz(func(t *testing.T, raw []byte, w, h int) {
		c, ds := tree.Cover("o.yaml", raw)
		if c == nil {
			if !hasError(ds) {
				t.Fatal("refused without a word")
			}
			return
		}
		w, h = 1+w&0xffff, 1+h&0xffff
		for _, dpi := range []float64{0, 300} {
			boxes, ds := Boxes("o.yaml", c.Objects[0].Boxes, w, h, dpi)
			if hasError(ds) {
				continue
			}
			for _, b := range boxes {
				if b.Empty() || !b.In(image.Rect(0, 0, w, h)) {
					t.Fatalf("%v is let through for %d × %d", b, w, h)
				}
			}
		}
	})
}

func hasError(ds []diag.Diagnostic) bool {
	for _, d := range ds {
		if d.Severity == diag.Error {
			return true
		}
	}
	return false
}
