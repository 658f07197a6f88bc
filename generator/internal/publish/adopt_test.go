package publish

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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

// A journal that is not whole is not obeyed.
func TestDamagedJournal(t *testing.T) {
	whole := &strings.Builder{}
	j := newJournal(whole)
	j.add(stepRemove, "index.html")
	if err := j.end(); err != nil {
		t.Fatal(err)
	}
	evil := &strings.Builder{}
	j = newJournal(evil)
	j.add(stepRemove, "../secret.txt")
	j.end()
	for name, text := range map[string]string{
		"empty": "", "cut": whole.String()[:whole.Len()-2], "longer": whole.String() + "- 404.html\n",
		"changed": strings.Replace(whole.String(), "index", "404", 1), "outside": evil.String(), "other": "PK\x03\x04",
	} {
		dir := t.TempDir()
		out := filepath.Join(dir, "public")
		mustBuild(t, out, oldSite, Options{})
		site{"secret.txt": "x", ".vitrine/public/journal": text}.put(t, dir)
		target, err := Open(out, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		same(t, out, oldSite)
		if n := target.Notes(); len(n) != 1 || !strings.Contains(n[0].En, "journal") {
			t.Errorf("%s: notes %+v", name, n)
		}
		target.Close()
		mustBuild(t, out, newSite, Options{})
		same(t, out, newSite)
		if !exists(filepath.Join(dir, "secret.txt")) {
			t.Errorf("%s: a file outside is gone", name)
		}
	}
}

// Where the ledger is damaged and the manifest gone, or a page no longer as it
// names it, what bears the mark of a site is still ours: a page that was
// withdrawn meanwhile goes. What bears none stays.
func TestMarkedFilesAreOurs(t *testing.T) {
	mark := func(path string, head []byte) bool {
		return strings.HasPrefix(path, "media/") || strings.Contains(string(head), "<dấu>")
	}
	before := site{"index.html": "<dấu> đầu", "a.html": "<dấu> a", "b.html": "<dấu> b", "media/1f.jpg": "ảnh", manifest: "x"}
	theirs := site{"ghi-chep.txt": "của tôi", "trang.html": "không dấu"}
	for name, lose := range map[string]func(out string){
		"no manifest":   func(out string) { os.Remove(filepath.Join(out, manifest)) },
		"a page edited": func(out string) { site{"b.html": "<dấu> b <!-- tay -->"}.put(t, out) },
		"no ledger":     func(out string) { os.Remove(filepath.Join(filepath.Dir(out), ".vitrine", "public", "ledger")) },
	} {
		out := filepath.Join(t.TempDir(), "public")
		mustBuild(t, out, before, Options{})
		theirs.put(t, out)
		ledgerName := filepath.Join(filepath.Dir(out), ".vitrine", "public", "ledger")
		if err := os.Truncate(ledgerName, 40); err != nil {
			t.Fatal(err)
		}
		lose(out)
		after := site{"index.html": "<dấu> đầu", "a.html": "<dấu> a"}
		mustBuild(t, out, after, Options{Mark: mark, Adopt: name == "no ledger"})
		want := after.with(theirs)
		if name != "no manifest" {
			want[manifest] = "x" // it names nothing, so it is no manifest of ours
		}
		if got := look(t, out); !maps.Equal(got, want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
