package plan

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/cite"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// archive is a content tree that was read as a build reads it, and planned.
type archive struct {
	*Plan
	tree   *content.Tree
	images *fakeImages
	found  []diag.Diagnostic // before any page was composed
	paths  []string          // of all pages, in the order of output
	jobs   map[string]Job
	made   map[string]any // pages that were composed
}

// fakeImages stands for the maker of images: it takes any file for a picture
// and notes the size that was asked for.
type fakeImages struct {
	tree *content.Tree
	mu   sync.Mutex
	max  map[string]int32 // by master
}

func (im *fakeImages) shown(master string, maxPx int32) []derive.Derived {
	if !im.tree.HasFile(master) {
		return nil
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	im.max[master] = maxPx
	name := strings.ReplaceAll(master, "/", "-")
	return []derive.Derived{{Name: "media/320-" + name, Width: 320, Height: 400}, {Name: "media/640-" + name, Width: 640, Height: 800}}
}

// heard takes any file for a recording of a minute and a half.
func (im *fakeImages) heard(master string, film bool) []derive.Derived {
	if !im.tree.HasFile(master) {
		return nil
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	im.max[master] = 0
	return []derive.Derived{{Name: "media/am-" + strings.ReplaceAll(master, "/", "-"), Sound: &derive.Sound{Film: film, Duration: 90 * time.Second}}}
}

// echo is the interface without a language: a text is its key and values.
func echo(_, key string, args ...any) string {
	if len(args) == 0 {
		return key
	}
	return fmt.Sprintf("%s%v", key, args)
}

func fakeAssets(root string) page.Assets {
	return page.Assets{Styles: []string{root + "assets/site.css"}, Icon: root + "assets/icon.svg"}
}

// write makes a content folder of files and opens it.
func write(t testing.TB, files []txtar.File) *content.Tree {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, dir)
}

func open(t testing.TB, dir string) *content.Tree {
	t.Helper()
	tree, err := content.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

// read reads a tree in the order in which a build does, and plans its site.
func read(t testing.TB, tree *content.Tree) *archive {
	t.Helper()
	return readWith(t, tree, func(*catalog.Builder) {})
}

// readWith takes units that are made beside those that are read.
func readWith(t testing.TB, tree *content.Tree, more func(b *catalog.Builder)) *archive {
	t.Helper()
	a := &archive{tree: tree, images: &fakeImages{tree: tree, max: map[string]int32{}}, jobs: map[string]Job{}, made: map[string]any{}}
	config, ds := tree.Config()
	a.found = append(a.found, ds...)
	today, err := edtf.Parse("2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	day, _ := today.Bounds()
	gate, ds := access.New(a.clearances(), day)
	a.found = append(a.found, ds...)
	b := catalog.NewBuilder(tree.Languages(), gate)
	a.authorities(b)
	a.units(b)
	more(b)
	pages := a.exhibitions(b, gate)
	cat, frozen := b.Freeze()
	a.found = append(a.found, frozen.Sorted()...)
	styles, err := cite.New(config.Profile)
	if err != nil {
		t.Fatal(err)
	}
	a.Plan, err = New(Input{Config: config, Tree: tree, Catalog: cat, Thumbs: a.thumbs(t, cat), Gate: gate, Cite: styles, Pages: pages,
		Images: a.images.shown, Recordings: a.images.heard, Text: echo, Assets: fakeAssets,
		Base: "the program", Digest: func(kind string) [32]byte { return sha256.Sum256([]byte(kind)) }, FileState: a.state})
	if err != nil {
		t.Fatal(err)
	}
	for j := range a.Jobs() {
		a.paths = append(a.paths, j.Path)
		a.jobs[j.Path] = j
	}
	return a
}

// state tells a file, or a folder, by its bytes.
func (a *archive) state(file string) string {
	dir := strings.TrimSuffix(file, "/")
	out := ""
	_ = fs.WalkDir(a.tree.FS(), dir, func(name string, _ fs.DirEntry, _ error) error {
		data, _ := fs.ReadFile(a.tree.FS(), name)
		out += name + string(data)
		return nil
	})
	return out
}

func (a *archive) files(dirs ...string) (out []content.File) {
	for f, err := range a.tree.Files(dirs...) {
		if err == nil {
			out = append(out, f)
		}
	}
	return out
}

func (a *archive) clearances() (out []record.Clearance) {
	for _, f := range a.files("clearances") {
		content.ReadAuthorities(a.tree, f, func(c *record.Clearance, _ int, ds []diag.Diagnostic) {
			a.found = append(a.found, ds...)
			out = append(out, *c)
		})
	}
	return out
}

func (a *archive) authorities(b *catalog.Builder) {
	for _, f := range a.files("repositories", "agents", "places", "events", "subjects") {
		switch f.Kind {
		case content.KindRepository:
			readInto(a, f, b.AddRepository)
		case content.KindAgent:
			readInto(a, f, b.AddAgent)
		case content.KindPlace:
			readInto(a, f, b.AddPlace)
		case content.KindEvent:
			readInto(a, f, b.AddEvent)
		case content.KindSubject:
			readInto(a, f, b.AddSubject)
		}
	}
}

func readInto[T content.Authority](a *archive, f content.File, add func(*T, record.Loc)) {
	content.ReadAuthorities(a.tree, f, func(v *T, line int, ds []diag.Diagnostic) {
		a.found = append(a.found, ds...)
		if v != nil {
			add(v, record.Loc{File: f.Path, Line: line})
		}
	})
}

func (a *archive) units(b *catalog.Builder) {
	for _, f := range a.files("fonds") {
		a.tree.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
			a.found = append(a.found, ds...)
			if u != nil {
				b.AddUnit(u, f.Owner, loc)
			}
		})
	}
}

func (a *archive) exhibitions(b *catalog.Builder, gate *access.Gate) []content.File {
	for _, f := range a.files("exhibitions") {
		e, ds := a.tree.Exhibition(f)
		a.found = append(a.found, ds...)
		if e == nil {
			continue
		}
		ok, why := gate.Exhibition(e)
		a.found = append(a.found, why...)
		if ok {
			b.AddExhibition(e, Names(a.tree, f, e), record.Loc{File: f.Path, Line: int(e.At.Line)})
		}
	}
	return a.files("pages")
}

// thumbs gives every entry with images the small size of its first one.
func (a *archive) thumbs(t testing.TB, cat *catalog.Catalog) *catalog.Thumbs {
	t.Helper()
	out := catalog.NewThumbs(cat)
	for row := range cat.Of(catalog.Unit) {
		if !cat.Has(row, catalog.HasImages) {
			continue
		}
		u, err := a.tree.Unit(FileOf(cat.Loc(row)), cat.Loc(row))
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range cat.Verdict(row).View(u).Objects {
			if made := a.images.shown(content.MediaPath(cat.ID(cat.Fonds(row)), o.File.V), 0); o.IsImage() && len(made) > 0 {
				out.Set(row, catalog.Thumb{Name: made[0].Name, Large: made[1].Name, Width: 320, Height: 400, Alt: []string{"alt"}, Credit: []string{"credit"}})
				break
			}
		}
	}
	clear(a.images.max)
	return out
}

// compose makes one page, which must exist.
func (a *archive) compose(t *testing.T, path string) any {
	t.Helper()
	if v, done := a.made[path]; done {
		return v
	}
	j, ok := a.jobs[path]
	if !ok {
		t.Fatalf("there is no page %s", path)
	}
	v, _, err := j.Compose()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	a.made[path] = v
	return v
}

// get makes a page of a certain kind.
func get[T any](t *testing.T, a *archive, path string) *T {
	t.Helper()
	v, ok := a.compose(t, path).(*T)
	if !ok {
		t.Fatalf("%s is another kind of page", path)
	}
	return v
}

// said is what the plan has found.
func (a *archive) said() []diag.Diagnostic {
	return append(a.Planned().Sorted(), a.Composed().Sorted()...)
}

// composeAll makes every page and returns all faults as "file:line: code".
func (a *archive) composeAll(t *testing.T) (faults []string) {
	t.Helper()
	for _, p := range a.paths {
		a.compose(t, p)
	}
	for _, d := range append(a.found, a.said()...) {
		if d.Severity == diag.Error {
			faults = append(faults, fmt.Sprintf("%s:%d: %s", d.Pos.File, d.Pos.Line, d.Code))
		}
	}
	return faults
}

// sound fails unless every page can be made without a fault.
func (a *archive) sound(t *testing.T) *archive {
	t.Helper()
	for _, f := range a.composeAll(t) {
		t.Error(f)
	}
	return a
}

// base is an archive of one cleared fonds named f with a repository, to which
// tests add files. Languages are Vietnamese and English.
func base(more ...txtar.File) []txtar.File {
	out := txtar.Parse([]byte(`
-- site.yaml --
title: {vi: Kho, en: Archive}
languages: [vi, en]
repository: kho
base_url: "https://kho.example.org/a/"
contact: {email: loi@example.org}
institution: {name: {vi: Cơ quan, en: Institution}}
-- repositories/kho.yaml --
id: kho
name: {vi: Kho lưu trữ, en: The repository}
email: doc@example.org
address: {vi: Phố Mẫu, en: Mẫu Street}
-- clearances/kt.yaml --
id: kt
decision: {number: "1", date: "2026-01-15", issued_by: {name: {vi: "Cơ quan thử"}}, signatory: "Lê Ký"}
scope: {fonds: [f], parts: [metadata, images, transcript], purposes: [web-exhibition], max_px: 900, open_ended: true}
valid: {from: "2026-01-15", review_by: "2031-01-15"}
prepared_by: "Một"
approved_by: "Hai"
-- fonds/f/fonds.yaml --
id: f
level: fonds
title: {vi: Phông, en: The fonds}
dates: {created: 1930/1954}
reference: {repository: kho, fonds_no: "1"}
access: {state: public}
clearance: kt
rights: {uri: "http://rightsstatements.org/vocab/NoC-OKLR/1.0/", credit: {vi: "Ảnh: Kho", en: "Image: the archive"}, holder: {vi: Kho, en: Archive}}
defaults: {rights: {uri: "http://rightsstatements.org/vocab/NoC-OKLR/1.0/", credit: {vi: "Ảnh: Kho", en: "Image: the archive"}}}
`)).Files
	return append(out, more...)
}

// text is one file of an archive.
func text(name, format string, args ...any) txtar.File {
	return txtar.File{Name: name, Data: []byte(fmt.Sprintf(format, args...))}
}

// units writes many records of the fonds f into one file; each maker writes
// the keys of record i.
func units(name string, n int, one func(i int) string) txtar.File {
	var b bytes.Buffer
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "---\n%saccess: {state: public}\nclearance: kt\n", one(i))
	}
	return txtar.File{Name: "fonds/f/records/" + name, Data: b.Bytes()}
}

// item is the YAML of a plain item with a number as reference.
func item(id, parent string, i int, more string) string {
	return fmt.Sprintf("id: %s\nlevel: item\nparent: %s\ntitle: {vi: Tờ %d, en: Sheet %d}\nform: thu\ndates: {created: \"%d\"}\nreference: {unit_no: \"%d\"}\n%s",
		id, parent, i, i, 1930+i%25, i, more)
}

// dump is a composed page as JSON, to look for what must not be in it.
func dump(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
