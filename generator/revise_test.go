package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"

	"github.com/google/go-cmp/cmp"
)

// notOfContent are the edits that change something else than the content.
var notOfContent = []string{"day", "address", "template", "other kind", "page of others", "site page gone", "site page spoilt",
	"memory gone", "memory damaged", "ledger damaged"}

// longEdits are edits of records that TestRevisedSessions does besides: several
// at once, and such as move every line behind them.
var longEdits = map[string]func(g *growing){
	"two titles": func(g *growing) {
		name := g.records()
		g.line(name, "title: ", `{vi: "`+g.word()+`"}`)
		g.line(name, "title: ", `{vi: "`+g.word()+`"}`)
	},
	"longer scope": func(g *growing) {
		g.line(g.records(), "scope: ", "\n  vi: |\n    Một.\n\n    "+g.word()+strings.Repeat("\n\n    Hai.", g.random.IntN(3)))
	},
	"warning": func(g *growing) { g.line(g.records(), "form: ", "cong-van\nextent: {vi: \"3 tờ\"}") },
	"scope and date": func(g *growing) {
		name := g.records()
		g.line(name, "scope: ", `{vi: "`+g.word()+`"}`)
		g.line(name, "dates: ", fmt.Sprintf(`{created: "19%d0/19%d5"}`, 4+g.random.IntN(2), 6+g.random.IntN(3)))
	},
	"scope of a picture": func(g *growing) {
		name, scope := g.some("fonds/phong-cau-mau/records/", ".yaml"), `{vi: "`+g.word()+`"}`
		if strings.Contains(g.read(name), "\nscope: ") {
			g.line(name, "scope: ", scope)
		} else {
			g.replace(name, "\nlevel: item\n", "\nlevel: item\nscope: "+scope+"\n")
		}
	},
	"title of a picture": func(g *growing) {
		g.line(g.some("fonds/phong-cau-mau/records/", ".yaml"), "title: ", `{vi: "`+g.word()+`"}`)
	},
	"date of a picture": func(g *growing) {
		g.line(g.some("fonds/phong-cau-mau/records/", ".yaml"), "dates: ", fmt.Sprintf(`{created: "%d"}`, 1950+g.random.IntN(30)))
	},
	"languages of a record": func(g *growing) { g.line(g.records(), "form: ", "cong-van\nlanguages: [fr]") },
	"unknown place":         func(g *growing) { g.line(g.records(), "places: ", "[khong-co]") },
	"broken":                func(g *growing) { g.line(g.records(), "title: ", `{vi: "`) },
}

// quick are the edits of which some at least must not read everything.
var quick = []string{"title", "scope", "date", "decade", "undated", "form", "subjects", "places", "body", "touched", "longer scope", "two titles",
	"warning", "scope and date", "scope of a picture", "title of a picture", "date of a picture", "languages of a record"}

// edited are the files that differ.
func edited(before, after map[string][]byte) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if old, ok := before[name]; !ok || !bytes.Equal(old, after[name]) {
			out = append(out, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			out = append(out, name)
		}
	}
	return out
}

// previewed opens a session for what there is.
func (g *growing) previewed(drafts bool) *generator.Session {
	g.t.Helper()
	s, err := generator.OpenSession(generator.SessionOptions{Drafts: drafts,
		Options: generator.Options{Content: g.o.Content, Out: filepath.Join(g.t.TempDir(), "public"), AsOf: asOf}})
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(s.Close)
	if _, err := s.Refresh(context.Background()); err != nil {
		g.t.Fatal(err)
	}
	return s
}

// found is what a session says is wrong.
func found(s *generator.Session) []string { return inFull(s.Diagnostics()) }

// said is what a report says is wrong.
func said(r *generator.Report) []string { return inFull(r.Diags.Sorted()) }

func inFull(ds []diag.Diagnostic) (out []string) {
	for _, d := range ds {
		out = append(out, fmt.Sprintf("%+v", d))
	}
	return out
}

// sameSession compares all that two sessions serve and say.
func sameSession(t *testing.T, what string, got, want *generator.Session) {
	t.Helper()
	if diff := cmp.Diff(found(want), found(got)); diff != "" {
		t.Fatalf("%s: what is wrong (-new session +this one):\n%s", what, diff)
	}
	paths := want.Paths()
	if diff := cmp.Diff(paths, got.Paths()); diff != "" {
		t.Fatalf("%s: the pages (-new session +this one):\n%s", what, diff)
	}
	for _, path := range append(paths, "robots.txt") {
		a, ok, err := want.File(path)
		b, okToo, errToo := got.File(path)
		if ok != okToo || fmt.Sprint(err) != fmt.Sprint(errToo) || !bytes.Equal(a.Data, b.Data) {
			t.Fatalf("%s: %s is not as in a new session: %v %v\n%s", what, path, err, errToo, cmp.Diff(string(a.Data), string(b.Data)))
		}
	}
	if diff := cmp.Diff(found(want), found(got)); diff != "" {
		t.Fatalf("%s: what is wrong in the pages (-new session +this one):\n%s", what, diff)
	}
}

// follow refreshes a session with the files that changed.
func follow(t *testing.T, s *generator.Session, files []string) *generator.Report {
	t.Helper()
	r, err := s.RefreshFiles(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whatever is edited, a session that is told which files changed serves what a
// new one would, byte for byte, and says the same of what is wrong.
func TestRevisedSessions(t *testing.T) {
	all := maps.Clone(edits)
	maps.Copy(all, longEdits)
	for _, name := range notOfContent {
		delete(all, name)
	}
	lists := [][]string{slices.Concat(slices.Sorted(maps.Keys(all)), quick), slices.Concat(quick, quick)}
	taken, done := map[string]int{}, map[string]int{}
	for seed, names := range lists {
		g := newGrowing(t, 40+uint64(seed), inMemory(t))
		s := g.previewed(seed == 1)
		for n, name := range names {
			before := g.files()
			undo := g.do(all[name])
			g.age()
			changed := edited(before, g.files())
			if name == "touched" {
				changed = []string{g.records()}
			}
			r := follow(t, s, changed)
			done[name]++
			if r.Diags.Errors() == 0 && s.Revised() {
				taken[name]++
			}
			fresh := g.previewed(seed == 1)
			if r.Diags.Errors() == 0 {
				sameSession(t, fmt.Sprint(seed, " ", n, " ", name), s, fresh)
				fresh.Close()
				continue
			}
			if diff := cmp.Diff(found(fresh), said(r)); diff != "" {
				t.Fatalf("%s: what is wrong (-new session +this one):\n%s", name, diff)
			}
			fresh.Close()
			now := g.files()
			undo()
			g.age()
			follow(t, s, edited(now, g.files()))
		}
	}
	for _, name := range quick {
		if taken[name] == 0 {
			t.Errorf("everything was read each time after the edit %q", name)
		}
	}
	t.Logf("of %v were quick %v", done, taken)
}

// What a session serves stays as it is while an edit is at fault, also the
// records of a file that was read again before.
func TestARevisedSessionKeepsTheLastGoodState(t *testing.T) {
	g := newGrowing(t, 1, inMemory(t))
	s := g.previewed(false)
	const file, page = "fonds/phong-hai/records/r00.yaml", "phong-luu-tru/phong-hai/x-0001.html"
	g.replace(file, "Tờ 1", "Tờ hai mươi")
	follow(t, s, []string{file})
	if !s.Revised() || !strings.Contains(fileOf(t, s, page), "Tờ hai mươi") {
		t.Fatalf("revised: %v", s.Revised())
	}
	g.replace(file, "Tờ hai mươi", "Tờ ba")
	if !strings.Contains(fileOf(t, s, "phong-luu-tru/phong-hai/x-0002.html"), "Tờ 2") {
		t.Error("a page that was not yet seen shows something else than what was read")
	}
	g.replace(file, "id: x-0000", "id: [x-0000")
	if r := follow(t, s, []string{file}); r.Diags.Errors() == 0 {
		t.Fatal("the fault was not found")
	}
	if got := fileOf(t, s, page); !strings.Contains(got, "Tờ hai mươi") {
		t.Error("a page changed while the content has errors")
	}
	if !strings.Contains(fileOf(t, s, "phong-luu-tru/phong-hai/x-0000.html"), "Tờ 0") {
		t.Error("a page not yet seen cannot be had any more")
	}
}

// A record that may no longer be shown is gone at once, and one that is hidden
// stays so when its text changes.
func TestRevisingShowsNoMore(t *testing.T) {
	g := newGrowing(t, 1, inMemory(t))
	s := g.previewed(false)
	const file, page = "fonds/phong-hai/records/r01.yaml", "phong-luu-tru/phong-hai/x-0003.html"
	fileOf(t, s, page)
	g.replace(file, "access: {state: public}", "access: {state: restricted}")
	follow(t, s, []string{file})
	if _, ok, _ := s.File(page); ok || s.Revised() {
		t.Error("a restricted record is shown")
	}
	g.replace(file, "access: {state: restricted}", "access: {state: restricted, note: {vi: \"Ẩn\"}}")
	g.replace(file, "Tờ 3", "Tờ kín")
	follow(t, s, []string{file})
	sameSession(t, "a hidden record", s, g.previewed(false))
}

// Where a file is a link, what it shows may change without its name being told.
func TestNothingIsRevisedBesideALink(t *testing.T) {
	g := newGrowing(t, 1, inMemory(t))
	const linked, other = "fonds/phong-hai/records/ghi.txt", "fonds/phong-hai/records/r03.yaml"
	if err := os.Symlink("r02.yaml", g.file(linked)); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	s := g.previewed(false)
	for _, text := range []string{"Tờ chín", "Tờ mười"} {
		g.replace(other, "title: {vi: \"Tờ", "title: {vi: \""+text)
		if follow(t, s, []string{other}); s.Revised() {
			t.Error("a file was read by itself")
		}
		sameSession(t, text, s, g.previewed(false))
	}
}
