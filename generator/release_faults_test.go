package generator_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vitrine/generator"
	"vitrine/generator/internal/publish"
)

var errKilled = errors.New("killed here")

// killing is a disk on which nothing more can be done from one operation on, as
// if the process had been killed there. It leaves out the syncs, which no
// process can observe.
type killing struct {
	publish.OS
	at   int   // 0 for never
	once bool  // it fails at this operation alone
	err  error // what the system says; nil for a process that was killed

	mu sync.Mutex
	n  int
}

func (k *killing) dead() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.n++
	return k.at > 0 && (k.n == k.at || k.n > k.at && !k.once)
}

// fault is what an operation says that fails.
func (k *killing) fault() error {
	if k.err != nil {
		return k.err
	}
	return errKilled
}

func (k *killing) do(run func() error) error {
	if k.dead() {
		return k.fault()
	}
	return run()
}

func (k *killing) Mkdir(p string) error     { return k.do(func() error { return k.OS.Mkdir(p) }) }
func (k *killing) Link(a, b string) error   { return k.do(func() error { return k.OS.Link(a, b) }) }
func (k *killing) Rename(a, b string) error { return k.do(func() error { return k.OS.Rename(a, b) }) }
func (k *killing) Remove(p string) error    { return k.do(func() error { return k.OS.Remove(p) }) }
func (k *killing) RemoveAll(p string) error {
	return k.do(func() error { return k.OS.RemoveAll(p) })
}
func (k *killing) SyncDir(string) error { return k.do(func() error { return nil }) }

func (k *killing) Create(p string) (publish.File, error) {
	if k.dead() {
		return nil, k.fault()
	}
	f, err := k.OS.Create(p)
	return killedFile{f, k}, err
}

// killedFile loses half of what is written when the process dies.
type killedFile struct {
	publish.File
	k *killing
}

func (f killedFile) Write(b []byte) (int, error) {
	if f.k.dead() {
		n, _ := f.File.Write(b[:len(b)/2])
		return n, f.k.fault()
	}
	return f.File.Write(b)
}

func (f killedFile) Sync() error { return f.k.do(func() error { return nil }) }

// A release that is killed at any of its operations leaves the earlier edition
// or the new one: site, ledgers and papers. A build behind it either is refused
// or makes the site of the earlier edition's ledgers; the next release brings
// all to what an undisturbed one gives.
func TestKilledRelease(t *testing.T) {
	t.Parallel()
	r := newSmallReleasing(t)
	r.must(day1)
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	r.swap(recordPath("hs-0002"), "id: hs-0002\n", "id: hs-0003\nformer_ids: [hs-0002]\n")
	r.age()
	root := filepath.Dir(r.o.Content)
	start := t.TempDir()
	copyTree(t, start, root)
	before := settled(t, root)
	disk := &killing{}
	r.o.Disk = disk
	r.must(day2)
	after, all := settled(t, root), disk.n
	if all < 100 {
		t.Fatalf("only %d operations", all)
	}
	kept, gone, finished := 0, 0, 0
	n := 0
	for at := 1; at <= all; at++ {
		if few := all - at; few > 60 && at%6 > 0 || testing.Short() && at%5 > 0 {
			continue // before the site is decided on all are alike
		}
		n++
		restore(t, root, start)
		r.o.Disk = &killing{at: at}
		if _, err := r.release(day2); err == nil {
			// what is killed behind the last thing that matters is done
			if got := settled(t, root); !maps.Equal(got, after) {
				sameTree(t, "a release that says it was done", got, after)
			}
		}
		r.o.Disk = nil
		if _, err := generator.Recover(r.o.Out); err != nil {
			t.Fatal(err)
		}
		found := settled(t, root)
		site := under(found, "/public/")
		switch {
		case maps.Equal(site, under(before, "/public/")):
			kept++
		case maps.Equal(site, under(after, "/public/")):
			gone++
		default:
			sameTree(t, "a mixture of two sites", site, under(after, "/public/"))
		}
		if _, ok := found["/content/editions/"+day2+".yaml"]; ok && !maps.Equal(site, under(after, "/public/")) {
			t.Errorf("killed at %d: an edition without its site", at)
		}
		rep, err := r.release(day2)
		if err != nil {
			t.Fatalf("killed at %d, then: %v", at, err)
		}
		if rep.Released.Finished {
			finished++
		}
		sameTree(t, "released again", settled(t, root), after)
		if t.Failed() {
			t.Fatalf("killed at operation %d of %d", at, all)
		}
	}
	t.Logf("%d fault points survived of %d operations: %d left the earlier site, %d the new one; %d releases were finished by the next", n, all, kept, gone, finished)
	if kept == 0 || gone == 0 || finished == 0 {
		t.Error("no kill met the site on one of its sides")
	}
}

// A build is refused while a release waits that was cut off behind its site:
// it would take the edition from the pages.
func TestBuildBehindACutOffRelease(t *testing.T) {
	t.Parallel()
	r := newSmallReleasing(t)
	r.must(day1)
	r.swap(recordPath("tl-0001"), `"Quyết định"`, `"Quyết nghị"`)
	r.age()
	root := filepath.Dir(r.o.Content)
	start := t.TempDir()
	copyTree(t, start, root)
	disk := &killing{}
	r.o.Disk = disk
	r.must(day2)
	refused := 0
	for at := disk.n; at > disk.n-16; at -= 3 {
		restore(t, root, start)
		r.o.Disk = &killing{at: at}
		if _, err := r.release(day2); err == nil {
			continue
		}
		r.o.Disk = nil
		o := r.o
		o.AsOf, o.Templates = day2, nil
		_, err := generator.Build(context.Background(), o)
		var ue *generator.UserError
		if errors.As(err, &ue) && strings.Contains(ue.Hint.En, "vitrine release") {
			refused++
		} else if err != nil {
			t.Errorf("killed at %d: %v", at, err)
		}
	}
	if refused == 0 {
		t.Error("no build was refused")
	}
}

// newSmallReleasing is an archive of few pages, which is released hundreds of
// times.
func newSmallReleasing(t *testing.T) *releasing {
	t.Helper()
	r := newReleasing(t)
	for _, dir := range []string{"fonds/phong-hai", "exhibitions", "pages", "subjects"} {
		if err := os.RemoveAll(r.file(dir)); err != nil {
			t.Fatal(err)
		}
	}
	r.swap("site.yaml", "languages: [vi, en]", "languages: [vi]")
	return r
}

// settled is everything of an archive but what may be deleted at any time.
func settled(t *testing.T, root string) tree {
	t.Helper()
	out := treeOf(t, root)
	maps.DeleteFunc(out, func(path string, _ [32]byte) bool {
		return strings.HasPrefix(path, "/.vitrine/") || strings.HasPrefix(path, "/clean")
	})
	return out
}

func under(all tree, dir string) tree {
	out := tree{}
	for path, sum := range all {
		if strings.HasPrefix(path, dir) {
			out[path] = sum
		}
	}
	return out
}

// restore puts an archive back as it was, with its times.
func restore(t *testing.T, root, from string) {
	t.Helper()
	for _, name := range []string{"content", "public", ".vitrine", "ban-phat-hanh"} {
		if err := os.RemoveAll(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	copyTree(t, root, from)
}

// copyTree copies a folder with the times of its files.
func copyTree(t *testing.T, to, from string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		dst := filepath.Join(to, strings.TrimPrefix(name, from))
		if e.IsDir() {
			return os.MkdirAll(dst, 0o755)
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		put(t, dst, read(t, name))
		return os.Chtimes(dst, info.ModTime(), info.ModTime())
	})
	if err != nil {
		t.Fatal(err)
	}
}
