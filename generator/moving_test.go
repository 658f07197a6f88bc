package generator_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/render"
)

// meddler is a Progress that does something to the content when a phase begins.
type meddler struct {
	phase string // in English
	do    func()
	once  sync.Once
}

func (m *meddler) Phase(name diag.Text, _ int) {
	if name.En == m.phase {
		m.once.Do(m.do)
	}
}
func (m *meddler) Add(int) {}
func (m *meddler) Done()   {}

// A file that vanishes or changes at any time in a build either stops it, with
// the earlier site left whole, or comes too late to matter: never is there a
// mixture of what lay there before and after.
func TestFilesThatMoveDuringABuild(t *testing.T) {
	t.Parallel()
	image := "fonds/phong-cau-mau/media/a-001.jpg"
	files := []string{image, recordPath("tl-0001"), "fonds/phong-cau-mau/fonds.yaml", "clearances/qd-01.yaml", "agents/ban-cau-mau.yaml",
		"exhibitions/cau-mau/exhibition.yaml", "exhibitions/cau-mau/01-khoi-cong.md", "site.yaml"}
	changes := map[string]func(t *testing.T, name string){
		"vanishes": func(t *testing.T, name string) { fine(t, os.Remove(name)) },
		"is halved": func(t *testing.T, name string) {
			info, err := os.Stat(name)
			fine(t, err, os.Truncate(name, info.Size()/2))
		},
		"leads out": func(t *testing.T, name string) { fine(t, os.Remove(name), os.Symlink("/nowhere", name)) },
		"is another": func(t *testing.T, name string) {
			data := read(t, name)
			if filepath.Ext(name) == ".jpg" {
				data = picture(t, "other")
			}
			put(t, name, append(data, '\n'))
		},
	}
	start := inMemory(t)
	o := generator.Options{Content: filepath.Join(start, "content"), Out: filepath.Join(start, "public"), BaseURL: baseURL, AsOf: asOf}
	writeTo(t, o.Content, guideArchive())
	before := build(t, o)
	dir := inMemory(t)
	o.Content, o.Out, o.BaseURL = filepath.Join(dir, "content"), filepath.Join(dir, "public"), otherURL
	looks, err := programLooks()
	fine(t, err)
	restore(t, dir, start)
	after := build(t, o)
	stopped, late := 0, 0
	for _, phase := range []string{"Reading records", "Making images", "Planning the pages", "Making pages", "Publishing"} {
		for what, change := range changes {
			for _, file := range files {
				restore(t, dir, start)
				next, name := o, filepath.Join(o.Content, filepath.FromSlash(file))
				next.Progress = &meddler{phase: phase, do: func() { change(t, name) }}
				r, err := generator.BuildWith(context.Background(), next, looks)
				when := file + " " + what + " at " + phase
				if err == nil {
					late++
					if got := treeOf(t, o.Out); !maps.Equal(got, after) {
						sameTree(t, when, got, cleanBuild(t, o, looks))
					}
					continue
				}
				stopped++
				sameTree(t, when, treeOf(t, o.Out), before)
				var ue *generator.UserError
				if !errors.As(err, &ue) && (!errors.Is(err, generator.ErrContent) || r.Diags.Errors() == 0) {
					t.Errorf("%s: an error that says nothing to a reader: %v", when, err)
				}
			}
		}
	}
	t.Logf("%d builds stopped, %d were whole", stopped, late)
	if stopped < 20 || late < 20 {
		t.Errorf("%d builds stopped, %d were whole: the test has lost its subject", stopped, late)
	}
}

// cleanBuild is the site of what lies in the content folder now.
func cleanBuild(t *testing.T, o generator.Options, looks *render.Renderer) tree {
	t.Helper()
	o.Out = filepath.Join(inMemory(t), "public")
	if _, err := generator.BuildWith(context.Background(), o, looks); err != nil {
		t.Errorf("what lies there now cannot be built, and was: %v", err)
		return tree{}
	}
	return treeOf(t, o.Out)
}

func fine(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// archiveIn is the build of the archive in a folder.
func archiveIn(dir, base string) generator.Options {
	return generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), BaseURL: base, AsOf: asOf}
}

// patience is how long any work on hostile content may take.
const patience = 10 * time.Second

// inTime runs something that must come to an end, whatever it is given.
func inTime(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatalf("%s: no end after %v", what, patience)
	}
}

// refuses asks that a command finds the content faulty and names the file.
func refuses(t *testing.T, file string, run func() (*generator.Report, error)) {
	r, err := run()
	if !errors.Is(err, generator.ErrContent) {
		t.Errorf("error %v", err)
		return
	}
	if !hasError(r, "", filepath.Base(file)) {
		t.Errorf("no error names %s: %v", file, r.Diags.Sorted())
	}
}
