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
