package content

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// readUnit is what Units says of one piece.
type readUnit struct {
	unit *record.Unit
	loc  record.Loc
	ds   []diag.Diagnostic
}

func readUnits(tr *Tree, f File) (out []readUnit) {
	tr.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) { out = append(out, readUnit{u, loc, ds}) })
	return out
}

// nowhere are units without the places where they are kept.
func nowhere(list []readUnit) []readUnit {
	out := slices.Clone(list)
	for i := range out {
		out[i].loc.Kept = 0
	}
	return out
}

const revisedFile = "fonds/f1/records/a.yaml"

// A file that is read again and again says what a tree says that was opened for
// it, and who reads the tree before goes on reading what it said.
func TestRevisedTreeReadsAsANewOne(t *testing.T) {
	spared := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 9))
		files := map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": fonds, revisedFile: randomFile(r), "fonds/f1/media/1.jpg": "x"}
		if seed%4 == 0 {
			files["fonds/f1/records/a1.md"] = "Lời.\n"
		}
		tr := tree(t, files)
		dir, f := tr.Root().Name(), File{revisedFile, KindRecords, "f1"}
		tr.Spool(t.TempDir())
		before := readUnits(tr, f)
		for step := range 6 {
			change(t, r, dir, files, step)
			next := tr.Revise(revisedFile)
			got := readUnits(next, f)
			spared += len(next.last.old)
			if want := readUnits(tree(t, files), f); !reflect.DeepEqual(nowhere(got), nowhere(want)) {
				t.Fatalf("seed %d, step %d: got\n%+v\nwant\n%+v\nof %q", seed, step, got, want, files[revisedFile])
			}
			for which, list := range map[*Tree][]readUnit{tr: before, next: got} {
				for _, x := range list {
					if u, err := which.Unit(f, x.loc); x.unit != nil && (err != nil || !reflect.DeepEqual(u, x.unit)) {
						t.Fatalf("seed %d, step %d: %v %+v", seed, step, err, x.loc)
					}
				}
			}
			tr, before = next, got
		}
	}
	if spared < 100 {
		t.Errorf("only %d pieces were known", spared)
	}
}

// change does something to the file, or to others that its records rest on.
func change(t *testing.T, r *rand.Rand, dir string, files map[string]string, step int) {
	t.Helper()
	put := func(name, text string) {
		files[name] = text
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	switch r.IntN(5) {
	case 0:
		put(revisedFile, randomFile(r))
	case 1:
		put(revisedFile, files[revisedFile]+fmt.Sprintf("\n---\nid: b%d\nobjects: [{kind: page, file: %d.jpg}]\n", step, 1+r.IntN(2)))
	case 2:
		put(revisedFile, files[revisedFile]+fmt.Sprintf("\n---\nid: c%d\ntitle: {vi: Lời}\n", step))
	case 3:
		if _, ok := files["fonds/f1/records/a1.md"]; ok {
			put("fonds/f1/records/a1.md", fmt.Sprintf("Lời %d.\n", step))
		}
	case 4:
		put("fonds/f1/media/2.jpg", "x")
	}
}
