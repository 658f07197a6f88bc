package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator/internal/ledger"
)

// A failed Write spoils the stage even if the caller overlooks it.
func TestFailedWriteSpoilsTheStage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	target, err := Open(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	st, _ := target.Stage()
	st.Write("index.html", nil)
	st.Write("../x.html", nil)
	if _, err := st.Commit(context.Background()); !errors.Is(err, ErrBadPath) {
		t.Errorf("commit: %v", err)
	}
	same(t, out, site{})
}

func TestKeepLinkCreateKey(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	mustBuild(t, out, oldSite, Options{})
	site{"thumb.jpg": "nhỏ", "private.jpg": "kín"}.put(t, dir)
	os.Chmod(filepath.Join(dir, "private.jpg"), 0o600)

	target, err := Open(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	st, _ := target.Stage()
	key := ledger.Hash{7}
	w, err := st.Create("data/all.csv")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		fmt.Fprintf(w, "%02d;", i)
	}
	err = errors.Join(w.Close(), st.Keep("index.html"), st.WriteKey("a.html", key, "from", []byte("a")),
		st.Link("media/t.jpg", filepath.Join(dir, "thumb.jpg")), st.Link("media/p.jpg", filepath.Join(dir, "private.jpg")))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for f, err := range st.Files() {
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, fmt.Sprintf("%s %d", f.Path, f.Size))
	}
	want := []string{"a.html 1", "data/all.csv 300", "index.html 12", "media/p.jpg 4", "media/t.jpg 5"}
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Error(diff)
	}
	res, err := st.Commit(context.Background())
	if err != nil || res.Unchanged != 1 || res.Written != 4 || res.Removed != len(oldSite)-1 {
		t.Fatalf("%+v, %v", res, err)
	}
	if got := look(t, out); got["media/t.jpg"] != "nhỏ" || got["media/p.jpg"] != "kín" || got["index.html"] != "trang đầu" {
		t.Errorf("site: %v", got)
	}
	info, _ := os.Stat(filepath.Join(out, "media/p.jpg"))
	if info.Mode().Perm()&0o044 == 0 {
		t.Errorf("a linked file is not readable for a web server: %v", info.Mode())
	}
	for row, err := range target.Owned() {
		if err != nil || row.Hash != sum256(look(t, out)[row.Path]) || !target.Intact(row) {
			t.Errorf("row %+v, %v", row, err)
		}
		if (row.Key == key) != (row.Path == "a.html") {
			t.Errorf("%s has the key %x", row.Path, row.Key)
		}
	}
	// a kept file must be of the last build, and intact
	for _, path := range []string{"none.html", "index.html"} {
		site{"index.html": "khác"}.put(t, out)
		st, _ := target.Stage()
		wantError(t, st.Keep(path), ErrStale)
		_, err := st.Commit(context.Background())
		wantError(t, err, ErrStale)
	}
}

func TestClaimsThatDoNotGoTogether(t *testing.T) {
	for _, paths := range [][]string{
		{"a.html", "a.html"},
		{"a", "a/b"},
		{"a/b", "a"},
		{"Anh.html", "anh.html"},
		{"anh.html", "Anh.html"},
		{"ĐẠI/x", "đại/y"},
		{"a/x.html", "A"},
		{"A/x.html", "a"},
		{"keep:a", "a/b"},
		{"keep:a", "a"},
		{"keep:a", "A"},
	} {
		out := filepath.Join(t.TempDir(), "public")
		mustBuild(t, out, site{"a": "cũ"}, Options{})
		target, err := Open(out, Options{})
		if err != nil {
			t.Fatal(err)
		}
		st, _ := target.Stage()
		for _, p := range paths {
			if kept, ok := strings.CutPrefix(p, "keep:"); ok {
				st.Keep(kept)
			} else {
				st.Write(p, []byte(p))
			}
		}
		_, err = st.Commit(context.Background())
		if !errors.Is(err, ErrTwice) {
			t.Errorf("%q: error %v, want ErrTwice", paths, err)
		}
		same(t, out, site{"a": "cũ"})
		target.Close()
	}
}

func TestManyWorkersAndRuns(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	target, err := Open(out, Options{FS: &faults{}})
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	st, _ := target.Stage()
	var workers sync.WaitGroup
	const n = 500
	for w := range 8 {
		workers.Go(func() {
			for i := range n {
				if err := st.Write(fmt.Sprintf("d%d/%d/%d.html", i%5, i, w), []byte{byte(i)}); err != nil {
					t.Error(err)
				}
				if i%100 == w { // many small runs, as a large site makes large ones
					for range st.Files() {
						break
					}
				}
			}
		})
	}
	workers.Wait()
	res, err := st.Commit(context.Background())
	if err != nil || res.Written != 8*n {
		t.Fatalf("%+v, %v", res, err)
	}
	rows, last := 0, ""
	for row, err := range target.Owned() {
		if err != nil || ledger.Compare(last, row.Path) >= 0 {
			t.Fatalf("%q after %q, %v", row.Path, last, err)
		}
		last = row.Path
		rows++
	}
	if rows != 8*n {
		t.Errorf("%d rows, want %d", rows, 8*n)
	}
}

// Where a folder cannot be removed at one stroke it is removed name by name.
func TestRemoveEach(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "work")
	for _, name := range []string{"site/a/b.html", "site/c.html", "ledger"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second time there is nothing left to remove
		if err := removeEach(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Error("the folder is still there:", err)
		}
	}
}

// What a stage remembers is there for the next one. One that fails, or that
// changes nothing and remembers nothing, leaves the ledger as it is. Files that
// are kept stand in it with the very row that they had.
func TestRemember(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	target, err := Open(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	row := func(err error) func(func(ledger.Row, error) bool) {
		return func(yield func(ledger.Row, error) bool) { yield(ledger.Row{Path: "base", Data: []byte("17")}, err) }
	}
	want := ledger.Written{Path: "a.html", Size: 1, Key: ledger.Hash{7}, From: "questions", Hash: sum256("a")}
	for build, c := range []struct {
		remember, fails bool
		rows            int
	}{{true, false, 1}, {true, true, 1}, {true, false, 1}, {false, false, 1}} {
		st, err := target.Stage()
		if err != nil {
			t.Fatal(err)
		}
		if build == 0 {
			err = st.WriteKey("a.html", want.Key, want.From, []byte("a"))
		} else {
			err = st.Keep("a.html")
		}
		if err != nil {
			t.Fatal(err)
		}
		if c.remember {
			var fault error
			if c.fails {
				fault = errFault
			}
			st.Remember(ledger.KindAnswers, row(fault))
		}
		if _, err := st.Commit(context.Background()); (err != nil) != c.fails {
			t.Fatalf("build %d: %v", build, err)
		}
		n := 0
		for r, err := range target.Rows(ledger.KindAnswers) {
			if n++; err != nil || r.Path != "base" || string(r.Data) != "17" {
				t.Errorf("build %d: %q %q, %v", build, r.Path, r.Data, err)
			}
		}
		if n != c.rows {
			t.Errorf("build %d: %d rows, want %d", build, n, c.rows)
		}
		for got, err := range target.Owned() {
			want.ModTime = got.ModTime
			if err != nil || got != want {
				t.Errorf("build %d: %+v, %v", build, got, err)
			}
		}
	}
}
