package exchange

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// manyRows is a sheet of n documents with ids, those beyond good without a title that could be taken.
func manyRows(n, good int) string {
	var b strings.Builder
	b.WriteString("id,title\n")
	for i := range n {
		id := fmt.Sprintf("t-%05d", i+1)
		if i >= good {
			id = "t-00001"
		}
		fmt.Fprintf(&b, "%s,Thư %d\n", id, i+1)
	}
	return b.String()
}

// idsIn are how many records the files of a fonds hold, by id, and how many files these are.
func idsIn(t *testing.T, dir string) (ids map[string]int, files int) {
	t.Helper()
	ids = map[string]int{}
	for name, text := range snapshot(t, dir) {
		if !strings.HasPrefix(name, "fonds/f1/records/") || strings.HasSuffix(name, "/") {
			continue
		}
		files++
		for line := range strings.SplitSeq(text, "\n") {
			if id, ok := strings.CutPrefix(line, "id: "); ok {
				ids[id]++
			}
		}
	}
	return ids, files
}

// Across a thousand records the files of an import are others: each record stands in one of them, and what was decided of it stays.
func TestImportAcrossAThousand(t *testing.T) {
	for name, c := range map[string]struct{ rows, good, then, files, ids int }{
		"more":  {1003, 998, 1003, 3, 1003}, // a.yaml keeps the one that was closed
		"fewer": {1005, 1005, 990, 3, 1005}, // and so does a-0001.yaml, with ten that have no row, as five of a-0002.yaml
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, o := imported(t, manyRows(c.rows, c.good))
			first := recordsOfSheet
			if c.good > perFile {
				first = "fonds/f1/records/a-0001.yaml"
			}
			lies := filepath.Join(dir, first)
			text := snapshot(t, dir)[first]
			at := strings.Index(text, "id: t-00002\n")
			writeFile(t, lies, text[:at]+strings.Replace(text[at:], "state: public", "state: restricted", 1))
			writeFile(t, o.File, manyRows(c.then, c.then))
			rep, err := ImportCSV(context.Background(), o)
			ids, files := idsIn(t, dir)
			if err != nil || rep.Refused != 1 || len(ids) != c.ids || files != c.files {
				t.Errorf("%v, refused %d, %d ids in %d files\n%s", err, rep.Refused, len(ids), files, dump(rep))
			}
			for id, n := range ids {
				if n != 1 {
					t.Fatalf("%s stands %d times", id, n)
				}
			}
			back := readBack(t, dir, "f1")
			if u := back["t-00002"]; u == nil || u.Access.State.V != "restricted" || back[fmt.Sprintf("t-%05d", c.then)].Access.State.V != "public" {
				t.Errorf("%+v", u)
			}
			if !strings.Contains(dump(rep), "[import-rest]") {
				t.Errorf("not told:\n%s", dump(rep))
			}
			before := snapshot(t, dir)
			if rep, err := ImportCSV(context.Background(), o); err != nil || fmt.Sprint(snapshot(t, dir)) != fmt.Sprint(before) {
				t.Errorf("once more: %v\n%s", err, dump(rep))
			}
		})
	}
}

// A file of the same name with a number that no import wrote keeps what has no row, and stays to the byte where nothing of it has one.
func TestImportKeepsFilesThatOnlySoundLikeIts(t *testing.T) {
	dir, o := imported(t, threeRows)
	other := filepath.Join(dir, "fonds/f1/records/a-2024.yaml")
	text := "# của riêng\n" + strings.Replace(strings.Split(snapshot(t, dir)[recordsOfSheet], "---\n")[1], "id: d2", "id: d9", 1)
	writeFile(t, other, text)
	if rep, err := ImportCSV(context.Background(), o); err != nil || snapshot(t, dir)["fonds/f1/records/a-2024.yaml"] != text || !strings.Contains(dump(rep), "a-2024.yaml: warning: the sheet has no row for 1 record;") {
		t.Errorf("%v\n%s", err, dump(rep))
	}
	if rep, err := ImportCSV(context.Background(), o); errors.Is(err, ErrRefused) || readBack(t, dir, "f1")["d9"] == nil {
		t.Errorf("%v\n%s", err, dump(rep))
	}
}
