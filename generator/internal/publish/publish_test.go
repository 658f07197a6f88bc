package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vitrine/generator/internal/ledger"
)

// site is a whole site as text: path → content.
type site map[string]string

// put writes files that Vitrine knows nothing of.
func (s site) put(t testing.TB, dir string) {
	t.Helper()
	for p, text := range s {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// with returns the union of two sites.
func (s site) with(more site) site {
	all := maps.Clone(s)
	maps.Copy(all, more)
	return all
}

// look reads a folder; a folder that is empty stands in it as "name/".
func look(t testing.TB, dir string) site {
	t.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir():
			if entries, _ := os.ReadDir(name); len(entries) == 0 && rel != "." {
				s[rel+"/"] = ""
			}
			return nil
		}
		text, err := os.ReadFile(name)
		s[rel] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func same(t testing.TB, dir string, want site) {
	t.Helper()
	if diff := cmp.Diff(want, look(t, dir)); diff != "" {
		t.Errorf("output folder (-want +got):\n%s", diff)
	}
}

// build opens, stages and commits a site, in the order of its paths.
func build(out string, s site, opts Options) (Result, error) {
	t, err := Open(out, opts)
	if err != nil {
		return Result{}, err
	}
	defer t.Close()
	st, err := t.Stage()
	if err != nil {
		return Result{}, err
	}
	for _, p := range slices.Sorted(maps.Keys(s)) {
		if err := st.Write(p, []byte(s[p])); err != nil {
			return Result{}, errors.Join(err, st.Abort())
		}
	}
	return st.Commit(context.Background())
}

func mustBuild(t testing.TB, out string, s site, opts Options) Result {
	t.Helper()
	res, err := build(out, s, opts)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

var (
	oldSite = site{
		"index.html":                        "trang đầu",
		"404.html":                          "không có",
		"phong-luu-tru/index.html":          "các phông",
		"phong-luu-tru/mau-01/index.html":   "phông một",
		"phong-luu-tru/mau-01/a.html":       "a",
		"phong-luu-tru/mau-01/b.html":       "b",
		"phong-luu-tru/mau-01/c.html":       "c",
		"phong-luu-tru/rut/x.html":          "rút",
		"phong-luu-tru/rut/y/z.html":        "rút nốt",
		"media/1f/1f.jpg":                   "ảnh",
		"iiif/tep":                          "từng là tệp",
		"iiif/thu-muc/full/0/default.jpg":   "từng là thư mục",
		"iiif/thu-muc/square/0/default.jpg": "từng là thư mục",
	}
	newSite = site{
		"index.html":                      "trang đầu, sửa",
		"404.html":                        "không có",
		"phong-luu-tru/index.html":        "các phông, sửa",
		"phong-luu-tru/mau-01/index.html": "phông một",
		"phong-luu-tru/mau-01/a.html":     "A",
		"phong-luu-tru/mau-01/c.html":     "c",
		"phong-luu-tru/mau-02/index.html": "phông hai",
		"phong-luu-tru/mau-02/d/e.html":   "e",
		"media/1f/1f.jpg":                 "ảnh",
		"media/2f/2f.jpg":                 "ảnh nữa",
		"iiif/tep/info.json":              "nay là thư mục",
		"iiif/thu-muc":                    "nay là tệp",
		"sitemap.xml":                     "sơ đồ",
	}
	foreign = site{
		".gitkeep":                       "",
		"cua-toi.txt":                    "tệp lạ",
		"phong-luu-tru/mau-01/ghi.txt":   "tệp lạ",
		"phong-luu-tru/rut/giu/nay.html": "tệp lạ",
	}
)

func TestFirstBuild(t *testing.T) {
	for name, before := range map[string]site{"absent": nil, "gitkeep": {".gitkeep": ""}} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "trang công bố")
			before.put(t, out)
			fsys := &faults{}
			res := mustBuild(t, out, oldSite, Options{FS: fsys})
			same(t, out, oldSite.with(before))
			if want := (Result{Written: len(oldSite), Bytes: res.Bytes}); res != want || res.Bytes != size(oldSite) {
				t.Errorf("result %+v", res)
			}
			renames := 0
			for _, op := range fsys.log {
				if op == "rename" {
					renames++
				}
			}
			// journal, ledger, and the site: whole, or its five top entries
			if want := map[string]int{"absent": 3, "gitkeep": 7}[name]; renames != want {
				t.Errorf("%d renames, want %d", renames, want)
			}
		})
	}
}

func sum256(text string) ledger.Hash { return sha256.Sum256([]byte(text)) }

func size(s site) (n int64) {
	for _, text := range s {
		n += int64(len(text))
	}
	return n
}

func TestSecondBuild(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	mustBuild(t, out, oldSite, Options{})
	foreign.put(t, out)
	before := times(t, out)

	res := mustBuild(t, out, oldSite, Options{})
	if want := (Result{Unchanged: len(oldSite)}); res != want {
		t.Errorf("equal build: %+v, want %+v", res, want)
	}
	same(t, out, oldSite.with(foreign))
	if diff := cmp.Diff(before, times(t, out)); diff != "" {
		t.Errorf("an equal build touched files:\n%s", diff)
	}

	res = mustBuild(t, out, newSite, Options{})
	same(t, out, newSite.with(foreign))
	if res.Unchanged != 4 || res.Written != len(newSite)-4 || res.Removed != 6 {
		t.Errorf("changed build: %+v", res)
	}
	after := times(t, out)
	for _, p := range []string{"404.html", "phong-luu-tru/mau-01/c.html", "cua-toi.txt"} {
		if before[p] != after[p] {
			t.Errorf("%s was touched", p)
		}
	}
	mustBuild(t, out, site{}, Options{})
	same(t, out, foreign)
}

func times(t testing.TB, dir string) map[string]time.Time {
	m := map[string]time.Time{}
	for p := range look(t, dir) {
		if info, err := os.Stat(filepath.Join(dir, p)); err == nil {
			m[p] = info.ModTime()
		}
	}
	return m
}

// A file of ours that somebody edited, touched or deleted is set right.
func TestTamperedFiles(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	mustBuild(t, out, oldSite, Options{})
	site{"index.html": "trang đẩu", "404.html": "dài hơn nhiều"}.put(t, out)
	touched := filepath.Join(out, "media/1f/1f.jpg")
	if err := os.Chtimes(touched, time.Time{}, time.Unix(1e9, 0)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(out, "phong-luu-tru/mau-01/a.html")); err != nil {
		t.Fatal(err)
	}
	if res := mustBuild(t, out, oldSite, Options{}); res.Written != 3 {
		t.Errorf("result %+v, want 3 written", res)
	}
	same(t, out, oldSite)
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	if res := mustBuild(t, out, oldSite, Options{}); res.Written != len(oldSite) {
		t.Errorf("after the folder was deleted: %+v", res)
	}
	same(t, out, oldSite)
}

func TestUntouchedUntilCommit(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	mustBuild(t, out, oldSite, Options{})
	foreign.put(t, out)
	stageNew := func() (*Target, *Stage) {
		target, err := Open(out, Options{})
		if err != nil {
			t.Fatal(err)
		}
		st, err := target.Stage()
		if err != nil {
			t.Fatal(err)
		}
		for p, text := range newSite {
			if err := st.Write(p, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		same(t, out, oldSite.with(foreign))
		return target, st
	}
	target, st := stageNew()
	if err := st.Abort(); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Commit(context.Background()); err != ErrFinished {
		t.Errorf("commit after abort: %v", err)
	}
	target.Close()

	target, st = stageNew()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := st.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled commit: %v", err)
	}
	target.Close()
	same(t, out, oldSite.with(foreign))
	if _, err := os.Stat(filepath.Join(target.StateDir(), "work")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("work/ is left: %v", err)
	}
}

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

func TestForeignFolder(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	theirs := site{"index.html": "của tôi", "ghi-chep.txt": "của tôi"}
	theirs.put(t, out)
	_, err := build(out, oldSite, Options{})
	wantError(t, err, ErrForeign)
	same(t, out, theirs)

	res := mustBuild(t, out, oldSite, Options{Adopt: true})
	if res.Written != len(oldSite) || res.Removed != 0 {
		t.Errorf("adopting: %+v", res)
	}
	same(t, out, oldSite.with(site{"ghi-chep.txt": "của tôi"}))
	mustBuild(t, out, newSite, Options{}) // from now on it is ours
	same(t, out, newSite.with(site{"ghi-chep.txt": "của tôi"}))
}

// wantError checks that an error is of a kind and speaks both languages.
func wantError(t *testing.T, err, kind error) {
	t.Helper()
	var e *Error
	if !errors.Is(err, kind) || !errors.As(err, &e) {
		t.Fatalf("error %v, want an *Error that is %v", err, kind)
	}
	if e.Vi == "" || e.En == "" || e.Vi == e.En || (e.HintVi == "") != (e.HintEn == "") {
		t.Errorf("error lacks a language: %+v", e.Message)
	}
}

// A foreign file where a new page belongs stops the commit; an equal one, or
// one that is expressly adopted, does not.
func TestForeignFileInTheWay(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	mustBuild(t, out, oldSite, Options{})
	for name, theirs := range map[string]site{
		"file":           {"sitemap.xml": "của tôi"},
		"file as folder": {"phong-luu-tru/mau-02": "của tôi"},
		"folder":         {"sitemap.xml/x": "của tôi"},
		"inside folder":  {"iiif/thu-muc/la.txt": "của tôi"},
	} {
		theirs.put(t, out)
		_, err := build(out, newSite, Options{})
		wantError(t, err, ErrForeign)
		same(t, out, oldSite.with(theirs))
		for p := range theirs {
			os.Remove(filepath.Join(out, p))
			os.Remove(filepath.Dir(filepath.Join(out, p)))
		}
		if t.Failed() {
			t.Fatalf("%s", name)
		}
	}
	site{"sitemap.xml": newSite["sitemap.xml"]}.put(t, out)
	mustBuild(t, out, newSite, Options{})
	same(t, out, newSite)
}

func TestLinkedFoldersAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	out, elsewhere := filepath.Join(dir, "public"), filepath.Join(dir, "elsewhere")
	mustBuild(t, out, oldSite, Options{})
	site{"a.html": "a", "b.html": "b"}.put(t, elsewhere)
	mau := filepath.Join(out, "phong-luu-tru/mau-01")
	if err := os.RemoveAll(mau); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, mau); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	_, err := build(out, newSite, Options{})
	wantError(t, err, ErrForeign)
	mustBuild(t, out, site{"index.html": "x"}, Options{})
	same(t, elsewhere, site{"a.html": "a", "b.html": "b"})
}

func TestLostLedger(t *testing.T) {
	manifestOf := func(s site) site {
		var lines strings.Builder
		for _, p := range slices.Sorted(maps.Keys(s)) {
			fmt.Fprintf(&lines, "%x  %s\n", sum256(s[p]), p)
		}
		return s.with(site{manifest: lines.String()})
	}
	for name, tc := range map[string]struct {
		spoil func(state string) error
		adopt bool
		extra site
		want  site
	}{
		"deleted":     {os.RemoveAll, true, nil, newSite.with(foreign)},
		"damaged":     {func(s string) error { return os.Truncate(filepath.Join(s, "ledger"), 90) }, false, nil, newSite.with(foreign)},
		"BagIt's bag": {os.RemoveAll, true, site{"bagit.txt": "BagIt"}, oldSite.with(newSite).with(foreign)},
	} {
		t.Run(name, func(t *testing.T) {
			// no place changes between file and folder here: foreign ones may not
			before, after := maps.Clone(oldSite), maps.Clone(newSite)
			for _, s := range []site{before, after, tc.want} {
				maps.DeleteFunc(s, func(p, _ string) bool { return strings.HasPrefix(p, "iiif/") })
			}
			out := filepath.Join(t.TempDir(), "public")
			mustBuild(t, out, manifestOf(before), Options{})
			foreign.put(t, out)
			tc.extra.put(t, out)
			site{"phong-luu-tru/rut/x.html": "sửa tay"}.put(t, out)
			if err := tc.spoil(filepath.Join(out, "../.vitrine/public")); err != nil {
				t.Fatal(err)
			}
			if tc.adopt {
				_, err := build(out, after, Options{})
				wantError(t, err, ErrForeign)
			}
			mustBuild(t, out, manifestOf(after), Options{Adopt: tc.adopt})
			// what was changed by hand is not known to be ours, and stays
			want := manifestOf(after).with(tc.want).with(tc.extra).with(site{"phong-luu-tru/rut/x.html": "sửa tay"})
			same(t, out, want)
		})
	}
}

func TestDamagedLedgerIsNoted(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	mustBuild(t, out, oldSite, Options{})
	site{"ledger": "no ledger"}.put(t, filepath.Join(out, "../.vitrine/public"))
	target, err := Open(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if n := target.Notes(); len(n) != 1 || n[0].Vi == "" || !strings.Contains(n[0].En, "not a ledger") {
		t.Errorf("notes: %+v", n)
	}
	for w, err := range target.Owned() {
		t.Errorf("row from a damaged ledger: %v %v", w, err)
	}
}

func TestTwoBuildsAtOnce(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	first, err := Open(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(out, Options{})
	wantError(t, err, ErrLocked)
	if !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("%v does not name the process", err)
	}
	if _, err := Open(out+"2", Options{}); err != nil {
		t.Errorf("another folder: %v", err)
	}
	first.Close()
	second, err := Open(out, Options{})
	if err != nil {
		t.Fatalf("after Close: %v", err)
	}
	second.Close()
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
	err = errors.Join(w.Close(), st.Keep("index.html"), st.WriteKey("a.html", key, []byte("a")),
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
		st, _ := target.Stage()
		st.Keep(path)
		site{"index.html": "khác"}.put(t, out)
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

func TestCheckPath(t *testing.T) {
	for _, good := range []string{
		"index.html", "a/b/c.html", ".nojekyll", ".well-known/x", "iiif/x/0,0,512,512/max/0/default.jpg",
		"tài-liệu/ảnh.jpg", "a b.txt", "com.html", "com10.html", "aux-1.html", "a..b", strings.Repeat("x", 255),
	} {
		if err := checkPath(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "/", "/etc/passwd", "a//b", "a/", "..", "../a", "a/../b", "./a", "a/.", `a\b`, "C:/a", "a:b", "a?", "a*", `"`, "a|b", "<", ">",
		"a\x00b", "a\nb", "a\x7f", "con", "CON", "Nul.html", "aux.tar.gz", "lpt1", "com1.html", "a/COM¹", "conin$", "prn /x",
		"a.", "a /b", "a./b", "\xff", "a\u0309nh.jpg", strings.Repeat("x", 256),
	} {
		if err := checkPath(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		} else {
			wantError(t, err, ErrBadPath)
		}
	}
}

func TestOpenRefusesOddFolders(t *testing.T) {
	dir := t.TempDir()
	site{"tep": "x"}.put(t, dir)
	for _, out := range []string{"/", filepath.Join(dir, "tep"), filepath.Join(dir, ".vitrine")} {
		_, err := Open(out, Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", out, err)
		}
	}
}
