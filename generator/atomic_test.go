package generator_test

import (
	"bufio"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// otherURL is an address that changes every page.
const otherURL = "https://khac.example.org/"

// smallArchive is an archive of two records on disk, and its finished site.
func smallArchive(t *testing.T) generator.Options {
	t.Helper()
	o := generator.Options{Content: write(t, guideArchive()), Out: filepath.Join(t.TempDir(), "public"), BaseURL: baseURL, AsOf: asOf}
	if _, err := buildReport(o); err != nil {
		t.Fatal(err)
	}
	return o
}

// A build that fails, for whatever reason, leaves the site that was there byte
// for byte, and the next one that does not fail is whole.
func TestFailedBuildLeavesTheSite(t *testing.T) {
	record := filepath.FromSlash(recordPath("tl-0001"))
	image := filepath.FromSlash("fonds/phong-cau-mau/media/a-002.jpg")
	for _, c := range []struct {
		name, file, code string
		spoil            func(text string) string
	}{
		{"an unknown key", record, "key-unknown", func(s string) string { return s + "nguoi-lap: ai do\n" }},
		{"a date that is none", record, "date-syntax", func(s string) string { return strings.Replace(s, "1958-03-14", "19S8-03-14", 1) }},
		{"a parent that is not there", record, "", func(s string) string { return strings.Replace(s, "parent: hs-0001", "parent: hs-9999", 1) }},
		{"no image but text", image, "image-", func(string) string { return "<svg/>" }},
		{"half an image", image, "image-", func(s string) string { return s[:len(s)/2] }},
		{"an image that is missing", image, "", nil},
		{"an exhibition of nothing", filepath.FromSlash("exhibitions/cau-mau/01-khoi-cong.md"), "", func(s string) string { return s + "\n::: object\nrecord: khong-co\n:::\n" }},
		{"a script in a text", filepath.FromSlash("exhibitions/cau-mau/01-khoi-cong.md"), "", func(s string) string { return s + "\n<script>x()</script>\n" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := smallArchive(t)
			before := treeOf(t, o.Out)
			o.BaseURL = otherURL
			spoil(t, filepath.Join(o.Content, c.file), c.spoil)
			r, err := generator.Build(context.Background(), o)
			if !errors.Is(err, generator.ErrContent) || !hasError(r, c.code, filepath.Base(c.file)) {
				t.Fatalf("%v: %v", err, r.Diags.Sorted())
			}
			sameTree(t, "after the failure", treeOf(t, o.Out), before)
		})
	}
}

func spoil(t *testing.T, name string, change func(string) string) {
	t.Helper()
	text := string(read(t, name))
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		put(t, name, []byte(change(text)))
	}
}

// hasError reports whether a build said what is wrong, and in which file or
// about which.
func hasError(r *generator.Report, code, file string) bool {
	for _, d := range r.Diags.Sorted() {
		if d.Severity == diag.Error && strings.HasPrefix(d.Code, code) && strings.Contains(d.Pos.File+" "+d.Msg.En, file) {
			return true
		}
	}
	return false
}

// An output folder that is none, or in which strange files lie, is refused and
// left alone.
func TestForeignFolderIsLeftAlone(t *testing.T) {
	o := smallArchive(t)
	o.Out = t.TempDir()
	put(t, filepath.Join(o.Out, "index.html"), []byte("của người khác"))
	before := treeOf(t, o.Out)
	var ue *generator.UserError
	if _, err := generator.Build(context.Background(), o); !errors.As(err, &ue) || ue.Msg.Vi == "" || ue.Msg.En == "" {
		t.Errorf("%v", err)
	}
	sameTree(t, "a folder of others", treeOf(t, o.Out), before)
	o.Out = filepath.Join(o.Out, "index.html", "public")
	if _, err := generator.Build(context.Background(), o); err == nil {
		t.Error("a site below a file")
	}
}

// stopper is a Progress that cancels a build at its n-th step.
type stopper struct {
	cancel context.CancelFunc
	left   int
	lock   chan struct{}
}

func (s *stopper) Phase(diag.Text, int) { s.Add(1) }
func (s *stopper) Done()                {}

func (s *stopper) Add(int) {
	s.lock <- struct{}{}
	if s.left--; s.left == 0 {
		s.cancel()
	}
	<-s.lock
}

// A build that is cancelled at any step says so and changes nothing.
func TestCancelledBuildChangesNothing(t *testing.T) {
	o := smallArchive(t)
	before := treeOf(t, o.Out)
	o.BaseURL = otherURL
	for step := 1; step < 60; step += 4 {
		ctx, cancel := context.WithCancel(context.Background())
		o.Progress = &stopper{cancel, step, make(chan struct{}, 1)}
		if _, err := generator.Build(ctx, o); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at step %d: %v", step, err)
		}
		cancel()
		sameTree(t, "cancelled", treeOf(t, o.Out), before)
	}
}

// A build that is killed while it renders leaves the site that was there. One
// that is killed in its commit leaves a journal, and whoever comes next
// finishes it: never does a mixture of two sites remain.
func TestKilledBuild(t *testing.T) {
	t.Parallel()
	s := sample(t)
	dir := inMemory(t) // shares no state with the other sites; a killed process loses nothing that lies there
	out := filepath.Join(dir, "public")
	was := generator.Options{Content: contentDir(), Out: out, BaseURL: baseURL, AsOf: asOf, Data: true}
	shareImages(t, dir)
	first := build(t, was)
	sameTree(t, "the first build", first, treeOf(t, s.Root))
	next := was
	next.BaseURL = otherURL
	second := build(t, next)
	random := rand.New(rand.NewPCG(1, 2))
	journals := 0
	for i := range 8 {
		sameTree(t, "a whole build", build(t, was), first)
		inCommit := i%2 == 1
		journal := filepath.Join(dir, ".vitrine", "public", "journal")
		killDuring(t, order{Options: next, Watch: true}, journal, inCommit, random)
		_, err := os.Stat(journal)
		if decided := err == nil; decided {
			journals++
		} else if now := treeOf(t, out); !inCommit || !maps.Equal(now, second) {
			sameTree(t, "killed before the commit", now, first)
		}
		if _, err := generator.Recover(out); err != nil {
			t.Fatal(err)
		}
		now := treeOf(t, out)
		if !maps.Equal(now, first) && !maps.Equal(now, second) {
			sameTree(t, "a mixture of two sites", now, second)
		}
		sameTree(t, "built again", build(t, next), second)
	}
	t.Logf("%d of 4 kills met the journal", journals)
}

// shareImages gives a folder of sites the sizes of images that were made.
func shareImages(t *testing.T, dir string) {
	t.Helper()
	from := filepath.Join(scratch, ".vitrine", "derivatives")
	if err := os.CopyFS(filepath.Join(dir, ".vitrine", "derivatives"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, o generator.Options) tree {
	t.Helper()
	if _, err := buildReport(o); err != nil {
		t.Fatal(err)
	}
	return treeOf(t, o.Out)
}

// killDuring starts a build in a process of its own and kills it after a
// random number of pages, or as soon as its journal stands.
func killDuring(t *testing.T, o order, journal string, inCommit bool, random *rand.Rand) {
	t.Helper()
	cmd := child(t, o)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	for pages, stop := 0, 1+random.IntN(600); lines.Scan(); {
		if lines.Text() == "Making pages 1" {
			pages++
		}
		if !inCommit && pages == stop || lines.Text() == "Publishing 0" {
			break
		}
	}
	if inCommit {
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for lines.Scan() {
			}
		}()
		await(journal, ended)
		time.Sleep(time.Duration(random.IntN(8)) * time.Millisecond)
	}
	_ = cmd.Process.Kill() // it may have ended by itself
	var ended *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
}

// await looks for a file until it is there or the build has ended.
func await(name string, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		default:
			if _, err := os.Stat(name); err == nil {
				return
			}
		}
	}
}
