package content

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var sample = Withdrawal{Date: "2026-11-26", Reason: "error", Decision: `Số "12"`, Level: "minimal"}

const block = "withdrawn:\n  date: \"2026-11-26\"\n  reason: error\n  decision: \"Số \\\"12\\\"\"\n  level: minimal\n"

// open makes a tree with one file of records.
func withFile(t *testing.T, text string) (*Tree, string) {
	t.Helper()
	dir := t.TempDir()
	name := filepath.Join(dir, "fonds", "f", "records", "r.yaml")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree, name
}

// A withdrawal is written at the right place of the right record, and every
// other byte, comment and line end stays.
func TestWithdrawKeepsEveryOtherByte(t *testing.T) {
	const before, after = "id: a-1\nlevel: item\n---\n# đầu\n", "---\nid: a-3\nparent: a-2\n"
	for _, c := range []struct{ name, in, want string }{
		{"flow access", "id: a-2 # mã\naccess: {state: public, note: \"x\"} # xét rồi\nclearance: k\n", "id: a-2 # mã\n" + block + "access: {state: withdrawn, note: \"x\"} # xét rồi\nclearance: k\n"},
		{"block access", "id: a-2\naccess:\n  # trong\n  state: \"public\"   # mở\n  personal: none\n", "id: a-2\n" + block + "access:\n  # trong\n  state: withdrawn   # mở\n  personal: none\n"},
		{"no access", "id: a-2\ntitle: x\n", "id: a-2\n" + block + "access: {state: withdrawn}\ntitle: x\n"},
		{"comment above", "id: a-2\n# quyền\n#  truy cập\naccess: {state: 'public'}\n", "id: a-2\n" + block + "# quyền\n#  truy cập\naccess: {state: withdrawn}\n"},
		{"a text that looks like a comment", "id: a-2\nscope: |\n  một\n  # hai\naccess: {state: public}\n", "id: a-2\nscope: |\n  một\n  # hai\n" + block + "access: {state: withdrawn}\n"},
		{"letters with marks before", "id: a-2\n\"title\": {vi: \"Ướ\"}\naccess: {note: {vi: \"Đã xét, ấy\"}, state: metadata-only}\n", "id: a-2\n\"title\": {vi: \"Ướ\"}\n" + block + "access: {note: {vi: \"Đã xét, ấy\"}, state: withdrawn}\n"},
		{"no end of line", "title: x\nid: a-2\naccess: {state: public}\n", "title: x\nid: a-2\n" + block + "access: {state: withdrawn}\n"},
	} {
		for _, ends := range []string{"\n", "\r\n"} {
			in, want := before+c.in+after, before+c.want+after
			if c.name == "no end of line" {
				in, want = strings.TrimSuffix(before+c.in, "\n"), strings.TrimSuffix(before+c.want, "\n")
			}
			in, want = strings.ReplaceAll(in, "\n", ends), strings.ReplaceAll(want, "\n", ends)
			if c.name == "flow access" {
				in, want = "\ufeff"+in, "\ufeff"+want
			}
			tree, name := withFile(t, in)
			p, ds := tree.Locate("a-2")
			if p == nil {
				t.Fatalf("%s: not found: %v", c.name, ds)
			}
			if err := tree.Withdraw(p, sample); err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			got, err := os.ReadFile(name)
			if err != nil || string(got) != want {
				t.Errorf("%s: %v\n%q\nwant\n%q", c.name, err, got, want)
			}
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("%s: mode %v %v", c.name, info.Mode(), err)
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), ".*")); len(left) > 0 {
				t.Errorf("%s: left behind %q", c.name, left)
			}
			again, ds := tree.Locate("a-2")
			if again == nil || again.Unit == nil || again.Unit.Withdrawn == nil || again.Unit.Access.State.V != "withdrawn" || again.Unit.Withdrawn.Decision.Langs[0].V != `Số "12"` {
				t.Errorf("%s: read again as %+v %v", c.name, again, ds)
			}
		}
	}
}

// What cannot be edited with certainty is refused, with the lines to write by
// hand, and the file stays as it was.
func TestWithdrawRefusesWhatIsNotSafe(t *testing.T) {
	for name, in := range map[string]string{
		"braces":                   "{id: a-2, access: {state: public}}\n",
		"withdrawn already":        "id: a-2\nwithdrawn: {date: \"2026-01-01\", reason: error}\naccess: {state: public}\n",
		"access without state":     "id: a-2\naccess: {note: x}\n",
		"access that is a text":    "id: a-2\naccess: public\n",
		"anchor":                   "id: a-2\naccess: &a {state: &s public}\n",
		"key in quotation marks":   "id: a-2\n\"access\": {state: public}\n",
		"key with a question mark": "id: a-2\n? access\n: {state: public}\n",
		"state over two lines":     "id: a-2\naccess:\n  state: >-\n    public\n",
		"state twice":              "id: a-2\naccess: {state: public, state: restricted}\n",
		"access twice":             "id: a-2\naccess: {state: public}\naccess: {state: public}\n",
	} {
		tree, file := withFile(t, in)
		p, ds := tree.Locate("a-2")
		if p == nil {
			t.Errorf("%s: not found: %v", name, ds)
			continue
		}
		err := tree.Withdraw(p, sample)
		var unsafe *Unsafe
		if !errors.As(err, &unsafe) || unsafe.At.Line == 0 || !strings.Contains(unsafe.Hint.Vi, "withdrawn:") {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != in {
			t.Errorf("%s: the file changed to %q %v", name, got, err)
		}
	}
}

// A record is found though files beside it are broken; where it may stand in
// what cannot be read, that is told.
func TestLocate(t *testing.T) {
	tree, name := withFile(t, "id: a-1\n---\nid: [\n---\nid: a-2\n---\nid: a-22\nparent: a-2\n")
	if p, _ := tree.Locate("a-2"); p == nil || p.Piece.Line != 5 {
		t.Errorf("a-2: %+v", p)
	}
	if p, ds := tree.Locate("a"); p != nil || len(ds) > 0 {
		t.Errorf("a: %+v %v", p, ds)
	}
	if err := os.WriteFile(name, []byte("id: a-1\n---\nid: a-9\ntitle: \"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if p, ds := tree.Locate("a-9"); p != nil || len(ds) != 1 || ds[0].Pos.Line != 4 {
		t.Errorf("a-9: %+v %v", p, ds)
	}
	if err := os.WriteFile(name, []byte("id: a-1\n---\nid: a-1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if p, ds := tree.Locate("a-1"); p != nil || len(ds) != 1 || ds[0].Code != "id-duplicate" {
		t.Errorf("a-1 twice: %v", ds)
	}
}
