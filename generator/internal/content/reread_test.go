package content

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"

	"golang.org/x/text/unicode/norm"
)

// pieces are documents that an editor might write, whole and broken.
var pieces = []string{
	"id: a%d\nlevel: item\nparent: f1\ntitle: {vi: \"Nghị quyết số %[1]d\"}\n", "id: a%d\nscope:\n  vi: |\n    Đoạn một.\n\n    Đoạn hai ----.\n",
	"id: a%d\ntitle: \"hỏng\n", "# ghi chú %d\n", "\n\nid: a%d\n", "- a%d\n", "id: a%d\nnotes: >-\n  gấp\n  --- lại\n\n", "# đầu\nid: a%d\n# cuối\n",
}

// Whatever the line ends, a record read again by its Loc is the record that
// was read first.
func TestUnitEqualsUnits(t *testing.T) {
	read := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := randomFile(r)
		tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/records/a.yaml": text})
		f, _ := classify("fonds/f1/records/a.yaml")
		tr.Units(f, func(u *record.Unit, loc record.Loc, _ []diag.Diagnostic) {
			again, err := tr.Unit(f, loc)
			if (err == nil) != (u != nil) || !reflect.DeepEqual(again, u) {
				t.Fatalf("seed %d, %+v: %v\nfirst %+v\nagain %+v\nin %q", seed, loc, err, u, again, text)
			}
			if u != nil {
				read++
			}
		})
	}
	if read < 300 {
		t.Errorf("only %d units were read", read)
	}
}

func randomFile(r *rand.Rand) string {
	var b strings.Builder
	if r.IntN(3) == 0 {
		b.WriteString("\ufeff")
	}
	lineEnd := []string{"\n", "\r\n", "\r", "mixed"}[r.IntN(4)]
	separators := []string{"---\n", "--- # c\n", "---  \n"}
	for i := range 1 + r.IntN(8) {
		if i > 0 || r.IntN(3) == 0 {
			b.WriteString(separators[r.IntN(3)])
		}
		fmt.Fprintf(&b, pieces[r.IntN(len(pieces))], i)
	}
	if lineEnd == "mixed" {
		half := b.Len() / 2
		return b.String()[:half] + strings.ReplaceAll(b.String()[half:], "\n", "\r\n")
	}
	text := strings.ReplaceAll(b.String(), "\n", lineEnd)
	return text
}

// The line ends and the form of the letters change neither values nor places
// of lines.
func TestWindowsAndDecomposedText(t *testing.T) {
	text := "id: a1\nlevel: item\nparent: f1\ntitle: {vi: \"Nghị quyết\", en: \"Resolution\"}\n---\nid: a2\ntitle: \"Đảng bộ\"\n"
	read := func(text string) (titles []record.Text) {
		tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/records/a.yaml": text})
		f, _ := classify("fonds/f1/records/a.yaml")
		tr.Units(f, func(u *record.Unit, _ record.Loc, ds []diag.Diagnostic) {
			for _, d := range ds {
				if d.Code != "field-missing" {
					t.Errorf("%s: %s", d.Pos, d.Msg.En)
				}
			}
			titles = append(titles, u.Title)
		})
		return titles
	}
	want := read(text)
	if got := read("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")); !reflect.DeepEqual(got, want) {
		t.Errorf("CRLF and BOM: %+v, want %+v", got, want)
	}
	for i, got := range read(norm.NFD.String(text)) {
		if vi, _ := got.In("vi"); vi != want[i].Langs[0].V || got.Langs[0].At.Line != want[i].Langs[0].At.Line {
			t.Errorf("NFD: %+v, want %+v", got, want[i])
		}
	}
}

// A line --- at the left edge ends a document even inside a block scalar, in
// YAML as well as here; an indented one does not.
func TestSeparators(t *testing.T) {
	for text, want := range map[string]string{
		"a: |\n  x\n---\nb: y\n":      "1:a: |/  x|4:b: y",
		"a: |\n  ---\n  x\n":          "1:a: |/  ---/  x",
		"--- # c\na: 1\n--- \t\nb: 2": "2:a: 1|4:b: 2",
		"---\n---\n\n# x\n---\n":      "",
		"a: 1\n----\nb: 2\n":          "1:a: 1/----/b: 2",
		"a: 1\n---#c\nb: 2\n":         "1:a: 1/---#c/b: 2",
		"--- {a: 1}\n":                "1:--- {a: 1}",
		"a: 1\n---":                   "1:a: 1",
	} {
		var got []string
		for _, p := range split(text) {
			if text[p.Offset:p.Offset+len(p.Text)] != p.Text {
				t.Errorf("%q: the offset of %q is wrong", text, p.Text)
			}
			got = append(got, fmt.Sprint(p.Line, ":", strings.ReplaceAll(strings.TrimRight(p.Text, "\n"), "\n", "/")))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// codes reads one file of records and returns the codes of what is wrong.
func codes(tr *Tree, path string) string {
	f, _ := classify(path)
	var got []string
	tr.Units(f, func(_ *record.Unit, _ record.Loc, ds []diag.Diagnostic) {
		for _, d := range ds {
			if d.Code != "field-missing" {
				got = append(got, d.Code)
			}
		}
	})
	return strings.Join(got, " ")
}

func TestHostileYAML(t *testing.T) {
	bomb := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	for i := range 40 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i+1, i+1, i, i, i, i, i, i)
	}
	for name, c := range map[string]struct{ text, want string }{
		"alias bomb":             {"title: &a x\nextra: {k: *a}\n" + bomb, ""},
		"alias bomb and fault":   {bomb + "title: \"x\n", "yaml-syntax"},
		"deep flow":              {"objects: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n", ""},
		"deeper than the parser": {"objects: " + strings.Repeat("[", 200_000), "yaml-syntax"},
		"deep lists of objects":  {"doc: {addressees: " + strings.Repeat("[", 60) + "x" + strings.Repeat("]", 60) + "}\n", "value-kind"},
		"too long a record":      {"title: \"" + strings.Repeat("x", MaxRecord) + "\"\n", "yaml-size"},
		"not UTF-8":              {"title: \"\xff\xfe\"\n", "text-encoding"},
		"UTF-16":                 {"\xff\xfei\x00d\x00", "text-encoding"},
		"a control character":    {"title: \"a\x00b\"\n", "yaml-syntax"},
		"an alias as a key":      {"title: &id x\n*id : y\n", "yaml-alias key-unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/records/a.yaml": c.text})
			got := codes(tr, "fonds/f1/records/a.yaml")
			if c.want != "" && got != c.want || got == "" {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(outside, []byte("id: secret\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, "fonds/f1/media/a.jpg": "x", "fonds/f1/records/b.md": "x",
		"fonds/f1/records/b.yaml": "id: b\nlevel: item\nparent: f1\nobjects: [{kind: page, file: out.jpg, alt: a}]\nrights: {uri: \"http://rightsstatements.org/vocab/CNE/1.0/\"}\n"})
	at := func(p string) string { return filepath.Join(tr.Root().Name(), filepath.FromSlash(p)) }
	for link, target := range map[string]string{"fonds/f1/records/out.yaml": outside, "fonds/f1/media/out.jpg": outside, "fonds/f1/records/in.yaml": "b.yaml", "fonds/f1/records/gone.yaml": "no-such.yaml"} {
		if err := os.Symlink(target, at(link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	if err := os.Mkdir(at("fonds/f1/records/dir.yaml"), 0o755); err != nil {
		t.Fatal(err)
	}
	big, err := os.Create(at("fonds/f1/records/big.yaml"))
	if err == nil {
		err = errors.Join(big.Truncate(maxText+1), big.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"out": "file-unreadable", "in": "file-unreadable", "gone": "file-unreadable", "dir": "file-unreadable", "big": "file-unreadable", "b": "file-missing"} {
		if got := codes(tr, "fonds/f1/records/"+path+".yaml"); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if err := os.Symlink(outside, at("fonds/f1/fonds.md")); err != nil {
		t.Fatal(err)
	}
	if got := codes(tr, "fonds/f1/fonds.yaml"); got != "file-unreadable" {
		t.Errorf("a description that leads out of the tree: %q", got)
	}
}

func TestFilesInOrder(t *testing.T) {
	tr := tree(t, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": "", "fonds/f1/records/media/a.yaml": "", "fonds/f1/records/b.yml": "", "fonds/f1/media/x/y/records/c.yaml": "",
		"fonds/f1/.git/records/d.yaml": "", "agents/a.yaml": "", "agents/sub/b.yaml": "", "pages/guide/a.md": "", "pages/guide/a.en.md": "", "clearances/kt.yaml": "", "notes.txt": ""})
	var got []string
	for f, err := range tr.Files("clearances", "agents", "no-such-folder", "fonds", "pages") {
		if err != nil {
			t.Error(err)
		}
		got = append(got, fmt.Sprint(f.Path, "=", f.Kind, f.Owner))
	}
	want := "clearances/kt.yaml=clearance agents/a.yaml=agent agents/sub/b.yaml=stray fonds/f1/fonds.yaml=fondsf1 fonds/f1/records/b.yml=recordsf1 fonds/f1/records/media/a.yaml=recordsf1 pages/guide/a.md=page"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s", strings.Join(got, " "))
	}
	for range tr.Files("clearances", "agents") {
		break // stopping early must not be an error
	}
	if _, err := tr.Root().Stat("../x"); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the tree can be left: %v", err)
	}
}

// Run with -race: files are read by several workers, which share the defaults.
func TestReadByMany(t *testing.T) {
	files := map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds}
	for i := range 8 {
		files[fmt.Sprintf("fonds/f1/records/%d.yaml", i)] = fmt.Sprintf("id: a%d\nlevel: item\nparent: f1\ntitle: x\nreference: {unit_no: %[1]d}\n", i)
	}
	tr := tree(t, files)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			f, _ := classify(fmt.Sprintf("fonds/f1/records/%d.yaml", i))
			tr.Units(f, func(u *record.Unit, _ record.Loc, _ []diag.Diagnostic) {
				if u.Reference.FondsNo.V != "F-1" || u.Reference.UnitNo.V != fmt.Sprint(i) {
					t.Errorf("%s: %+v", f.Path, u.Reference)
				}
			})
		})
	}
	wg.Wait()
}

// The numbers of keys must fit into a keySet.
func TestKeysFit(t *testing.T) {
	for _, v := range []any{record.Unit{}, record.Object{}, record.Exhibition{}, record.Site{}} {
		if n := len(Keys(v)); n == 0 || n > 128 {
			t.Errorf("%T has %d keys", v, n)
		}
	}
}
