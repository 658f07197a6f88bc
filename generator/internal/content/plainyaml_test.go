package content

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// sameNodes compares the short way with yaml.v3. It reports whether the short
// way was open.
func sameNodes(t *testing.T, text string) bool {
	t.Helper()
	n := readPlain(text, new(nodeRoom))
	if n == nil {
		return false
	}
	var doc yaml.Node
	if err := unmarshal(text, &doc); err != nil {
		t.Fatalf("the short way reads what is no YAML: %v\n%s", err, text)
	}
	if !reflect.DeepEqual(doc.Content[0], n) {
		t.Fatalf("%s\nyaml.v3:\n%s\nthe short way:\n%s", text, outline(doc.Content[0]), outline(n))
	}
	return true
}

func outline(n *yaml.Node) string {
	flat := *n
	flat.Content = nil
	var b strings.Builder
	fmt.Fprintf(&b, "%+v", flat)
	for _, c := range n.Content {
		b.WriteString("\n" + strings.ReplaceAll("  "+outline(c), "\n", "\n  "))
	}
	return b.String()
}

// What records are written in takes the short way.
var plainPieces = []string{
	"id: a\n",
	"id: a\n\n\ntitle: {vi: \"Nghị quyết \\\"số\\\" 2\", en: 'It''s'}\nlevel:   item\n",
	benchRecord(7),
	"a: [x, {b: [1, 2.5, true]}, [], {}, \"\"]\nn: 12\nd: 1945-09-02\nq: 0x1f\nz: null\n",
	"creators:\n  - name: {vi: Đỗ}\n    role: author\n  - agent: x\nnext: y\n",
	"subjects:\n- a\n- \"b\"\n- [c]\nid: x\n",
	"a:\n  b:\n    c: d\n  e: |\n    một\n      hai\n\n\n    ba\n\n\nf: g\n",
	"t: |\n một: hai\n - ba\nu: http://example.org/a:b\n",
	"ghi: Chữ “nháy” – và (ngoặc), dấu; phẩy\n",
	"a:\n  - - b\n", "a:\n   -   b: c\n       d: e\n",
}

// What the short way must leave to yaml.v3, because it is read otherwise there
// or is no YAML.
var otherPieces = []string{
	"", "\n", "a\n", "- a\n", "a: b", "a:\n", "a:\nb: c\n", "a: b # c\n", "# c\na: b\n", "a: b\n c\n", "a: b\n  c: d\n",
	"a: \"b\n  c\"\n", "a: \"\\n\"\n", "a: \"b\" c\n", "a: 'b\n", "a: [b\n", "a: [[\n", "a: [b, c\n  ]\n", "a: [b,]\n", "a: {b}\n", "a: {b: }\n", "a: [b: c]\n",
	"a: b: c\n", "a: b:\n", "a: b \n", "a: &x b\n", "a: *x\n", "a: !!str 1\n", "a: >\n  b\n", "a: |-\n  b\n", "a: |\n\n  b\n", "a: |\nb: c\n", "a: |\n  b\n c\n",
	"a: |\n b\n \n", "a: |\n  b\n   \n  c\n \nd: e\n", "a:\tb\n", "a: b\r\nc: d\r\n", "a:\n  b: c\n d: e\n", "a:\n  - b\n c: d\n", "a:\n - b\n   c\n", "a:\n- b\n c: d\n", "a: b\n   \nc: d\n",
	"a: x\u2028b: c\n", "a: x\u0085b\n", "\ufeffa: b\n", "a: \xff\n", "? a\n: b\n", "a: b\n...\n", "a: b\n--- c\n", "<<: a\n", "\"a\": b\n", "á: b\n", "a: %b\n", "a: @b\n", "a: {b: c}d\n",
	"a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n",
}

func TestPlainYAML(t *testing.T) {
	for _, text := range plainPieces[:len(plainPieces)-2] {
		if !sameNodes(t, text) {
			t.Errorf("the short way is closed to\n%s", text)
		}
	}
	for _, text := range append(otherPieces, plainPieces...) {
		sameNodes(t, text)
	}
}

// TestPlainYAMLOfTheSample reads all files of the sample archive in both ways.
func TestPlainYAMLOfTheSample(t *testing.T) {
	all, short := 0, 0
	err := filepath.WalkDir("../../../content", func(p string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(p)
		for _, piece := range split(string(text)) {
			all++
			if sameNodes(t, piece.Text) {
				short++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if short < all/2 {
		t.Errorf("only %d of %d records take the short way", short, all)
	}
}

// FuzzPlainYAML holds the short way to yaml.v3.
func FuzzPlainYAML(f *testing.F) {
	for _, text := range append(otherPieces, plainPieces...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sameNodes(t, text) })
}
