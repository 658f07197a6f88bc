package preview

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestEditorsLeavingsAreIgnored(t *testing.T) {
	for _, name := range []string{".a.yaml.swp", "a.yaml~", "#a.yaml#", ".#a.yaml", "4913", "~$a.docx", "a.tmp", "A.TMP", "a.yaml.bak", ".DS_Store", ".git", "a.jpg.crdownload", "a.yaml___jb_tmp___"} {
		if p := filepath.Join("content", name); !hidden(p) && !leaving(p) {
			t.Error(name)
		}
	}
	for _, name := range []string{"a.yaml", "a.en.md", "tam.jpg", "#a.yaml", "49131", "tmp", "~$a.yaml", "~$A.MD", "a.tmp.yml"} {
		if p := filepath.Join("content", name); hidden(p) || leaving(p) {
			t.Error(name)
		}
	}
}

// steps are changes as people and editors make them, in this order, and
// whether they are told.
var steps = []struct {
	name string
	told bool
	do   func(dir string) error
}{
	{"a new file", true, func(d string) error { return os.WriteFile(d+"/b.yaml", []byte("b"), 0o644) }},
	{"a write", true, func(d string) error { return os.WriteFile(d+"/a.yaml", []byte("longer"), 0o644) }},
	{"a swap file", false, func(d string) error { return os.WriteFile(d+"/.a.yaml.swp", []byte("x"), 0o644) }},
	{"a save by renaming", true, func(d string) error {
		if err := os.WriteFile(d+"/a.yaml.tmp", []byte("saved by renaming"), 0o644); err != nil {
			return err
		}
		return os.Rename(d+"/a.yaml.tmp", d+"/a.yaml")
	}},
	{"a write after that", true, func(d string) error { return os.WriteFile(d+"/a.yaml", []byte("and again"), 0o644) }},
	{"new folders at once with a file", true, func(d string) error {
		if err := os.MkdirAll(d+"/x/y/z", 0o755); err != nil {
			return err
		}
		return os.WriteFile(d+"/x/y/z/c.yaml", []byte("c"), 0o644)
	}},
	{"a write in a new folder", true, func(d string) error { return os.WriteFile(d+"/x/y/z/c.yaml", []byte("cc"), 0o644) }},
	{"a hidden folder", false, func(d string) error {
		if err := os.MkdirAll(d+"/.git/objects", 0o755); err != nil {
			return err
		}
		return os.WriteFile(d+"/.git/objects/1", []byte("c"), 0o644)
	}},
	{"a folder renamed", true, func(d string) error { return os.Rename(d+"/x", d+"/w") }},
	{"a write in a renamed folder", true, func(d string) error { return os.WriteFile(d+"/w/y/z/c.yaml", []byte("ccc"), 0o644) }},
	{"a write in that itself", true, func(d string) error { return os.WriteFile(d+"/w/d.yaml", []byte("d"), 0o644) }},
	{"a new folder far down in it", true, func(d string) error {
		return errors.Join(os.Mkdir(d+"/w/y/z/n", 0o755), os.WriteFile(d+"/w/y/z/n/a.yaml", nil, 0o644))
	}},
	{"a file in that", true, func(d string) error { return os.WriteFile(d+"/w/y/z/n/e.yaml", []byte("e"), 0o644) }},
	{"a file removed", true, func(d string) error { return os.Remove(d + "/b.yaml") }},
	{"folders removed", true, func(d string) error { return os.RemoveAll(d + "/w") }},
	{"a file that only looks like an editor's", true, func(d string) error { return os.WriteFile(d+"/~$a.yaml", []byte("a"), 0o644) }},
	{"a folder that only looks like an editor's", true, func(d string) error {
		return errors.Join(os.Mkdir(d+"/cu.bak", 0o755), os.WriteFile(d+"/cu.bak/r.yaml", []byte("r"), 0o644))
	}},
	{"a write in it", true, func(d string) error { return os.WriteFile(d+"/cu.bak/r.yaml", []byte("rr"), 0o644) }},
	{"an editor's file in it", false, func(d string) error { return os.WriteFile(d+"/cu.bak/r.tmp", []byte("r"), 0o644) }},
	{"it is renamed", true, func(d string) error { return os.Rename(d+"/cu.bak", d+"/cu.tmp") }},
	{"a write after that in it", true, func(d string) error { return os.WriteFile(d+"/cu.tmp/r.yaml", []byte("rrr"), 0o644) }},
	{"it is hidden", true, func(d string) error { return os.Rename(d+"/cu.tmp", d+"/.cu") }},
	{"a write where it is hidden", false, func(d string) error { return os.WriteFile(d+"/.cu/r.yaml", []byte("rrrr"), 0o644) }},
	{"it is no more hidden", true, func(d string) error { return os.Rename(d+"/.cu", d+"/cu~") }},
	{"it is moved out", true, func(d string) error { return os.Rename(d+"/cu~", d+"-away") }},
}

// told waits for a change, and then for those that follow at once.
func told(out *changes, patience time.Duration) (n int) {
	for {
		select {
		case <-out.note:
			if _, ok := out.take(); ok {
				n++
			}
			patience = 4 * quiet
		case <-time.After(patience):
			return n
		}
	}
}

func TestChangesAreTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/a.yaml", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := watch(ctx, []string{dir}, func(err error) { t.Errorf("the system tells nothing: %v", err) })
	defer w.wait()
	defer cancel()
	for _, s := range steps {
		if err := s.do(dir); err != nil {
			t.Fatal(err)
		}
		patience := 10 * quiet
		if s.told {
			patience = 10 * time.Second
		}
		if n := told(w.out, patience); n > 0 != s.told {
			t.Errorf("%s: told %d times", s.name, n)
		}
	}
}

func TestSnapshotsDifferWhereFilesDo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/a.yaml", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	before := snapshot([]string{dir})
	for _, s := range steps {
		if err := s.do(dir); err != nil {
			t.Fatal(err)
		}
		now := snapshot([]string{dir})
		if now != before != s.told {
			t.Errorf("%s: %v", s.name, now != before)
		}
		before = now
	}
	if snapshot([]string{dir, "/nowhere"}) != before {
		t.Error("a folder that is not there is something")
	}
}

// A file that is written, or saved by renaming, is named; a folder that comes
// or goes may mean anything.
func TestChangesAreNamed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"x", "y"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	w := watch(ctx, []string{filepath.Join(dir, "x"), filepath.Join(dir, "y")}, func(err error) { t.Errorf("the system tells nothing: %v", err) })
	defer w.wait()
	defer cancel()
	write := func(name string) error { return os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644) }
	for _, s := range []struct {
		what string
		do   func() error
		want []string // none for anything
	}{
		{"a new file", func() error { return write("x/a.yaml") }, []string{"a.yaml"}},
		{"a save by renaming", func() error {
			return errors.Join(write("x/a.yaml.tmp"), os.Rename(filepath.Join(dir, "x/a.yaml.tmp"), filepath.Join(dir, "x/a.yaml")))
		}, []string{"a.yaml"}},
		{"two files", func() error { return errors.Join(write("x/a.yaml"), write("x/b.yaml")) }, []string{"a.yaml", "b.yaml"}},
		{"a file under the other root", func() error { return write("y/a.html") }, nil},
		{"a folder", func() error { return os.Mkdir(filepath.Join(dir, "x/z"), 0o755) }, nil},
		{"a file in it", func() error { return write("x/z/a.yaml") }, []string{"z/a.yaml"}},
		{"a file and a folder", func() error { return errors.Join(write("x/a.yaml"), os.Mkdir(filepath.Join(dir, "x/w"), 0o755)) }, nil},
		{"a file removed", func() error { return os.Remove(filepath.Join(dir, "x/b.yaml")) }, []string{"b.yaml"}},
	} {
		if err := s.do(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-w.out.note:
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: nothing was told", s.what)
		}
		time.Sleep(4 * quiet) // what a busy machine tells in two parts
		files, ok := w.out.take()
		if slices.Sort(files); !ok || !slices.Equal(files, s.want) {
			t.Errorf("%s: %v, want %v", s.what, files, s.want)
		}
		select {
		case <-w.out.note:
		default:
		}
	}
}

func TestMoreFilesThanCanBeNamed(t *testing.T) {
	c := newChanges()
	if _, ok := c.take(); ok {
		t.Error("there is something before anything changed")
	}
	for i := range manyFiles + 1 {
		c.add(fmt.Sprint(i))
	}
	if files, ok := c.take(); !ok || len(files) > 0 {
		t.Errorf("%v: %d files", ok, len(files))
	}
	if _, ok := c.take(); ok {
		t.Error("it is told twice")
	}
}

// Where the system tells nothing, changes are found by looking.
func TestPolling(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	out, ended := newChanges(), make(chan struct{})
	before := snapshot([]string{dir})
	go func() {
		defer close(ended)
		poll(ctx, []string{dir}, before, out)
	}()
	if err := os.WriteFile(dir+"/a.yaml", []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	if n := told(out, 10*time.Second); n != 1 {
		t.Errorf("told %d times", n)
	}
	cancel()
	<-ended
}

// A root that is moved away ends what the system tells; looking takes over.
func TestAFolderThatIsMovedAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	polls := make(chan error, 1)
	w := watch(ctx, []string{dir}, func(err error) { polls <- err })
	defer w.wait()
	defer cancel()
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if told(w.out, 10*time.Second) == 0 || <-polls == nil {
		t.Error("nothing was told")
	}
	if err := os.Rename(dir+"-away", dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/a.yaml", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if told(w.out, 10*time.Second) == 0 {
		t.Error("nothing is told any more")
	}
}

// A stream of changes is told while it goes on, and not once for each. The clock
// is that of the test: on a busy machine a stream has gaps of its own.
func TestManyChangesAreOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		raw, out := newChanges(), newChanges()
		ctx, cancel := context.WithCancel(t.Context())
		go settle(ctx, raw, out)
		told := func(during time.Duration, add bool) (n int) {
			for end := time.Now().Add(during); time.Now().Before(end); {
				if add {
					raw.add()
				}
				select {
				case <-out.note:
					n++
				case <-time.After(quiet / 3):
				}
			}
			return n
		}
		if n := told(3*patience, true); n < 2 || n > 3 {
			t.Errorf("told %d times while it went on", n)
		}
		if n := told(3*patience, false); n != 1 {
			t.Errorf("told %d times when it was over", n)
		}
		cancel()
		synctest.Wait()
	})
}
