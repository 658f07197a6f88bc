package derive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFit(t *testing.T) {
	all := []Spec{{Width: 320, MaxSide: maxSide}, {Width: 640, MaxSide: maxSide}, {Width: 1280, MaxSide: maxSide}}
	capped := []Spec{{Width: 320, MaxSide: 1600}, {Width: 1280, MaxSide: 1600}, {Width: Full, MaxSide: 1600}}
	for _, c := range []struct {
		in    Info
		specs []Spec
		want  []int
	}{
		{Info{Width: 2000, Height: 2800}, all, []int{320, 640, 1280}},
		{Info{Width: 1280, Height: 900}, all, []int{320, 640, 1280}},
		{Info{Width: 1279, Height: 900}, all, []int{320, 640}},
		{Info{Width: 200, Height: 900}, all, []int{200}},
		{Info{Width: 1, Height: 1}, all, []int{1}},
		{Info{Width: 10, Height: 100_000}, all, []int{6}},
		{Info{Width: 2000, Height: 2800}, capped, []int{320, 1142}},
		{Info{Width: 2800, Height: 2000}, capped, []int{320, 1280, 1600}},
		{Info{Width: 1000, Height: 1400}, capped, []int{320, 1000}},
	} {
		var got []int
		for _, s := range fit(c.in, c.specs) {
			got = append(got, s.Width)
			if h := heightAt(c.in, s.Width); h > c.specs[0].MaxSide {
				t.Errorf("%+v at %d: height %d", c.in, s.Width, h)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.in, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	master := jpegBytes(t, corners(700, 400))
	a, err := derive(t, master, widths)
	if err != nil {
		t.Fatal(err)
	}
	b, err := derive(t, master, widths[1:2]) // alone, and from another cache
	if err != nil {
		t.Fatal(err)
	}
	a1 := a[1]
	a1.Path = b[0].Path
	if d := cmp.Diff(a1, b[0]); d != "" {
		t.Errorf("the same derivative differs:\n%s", d)
	}
	other, err := derive(t, master, []Spec{{Width: 640, Quality: 60}})
	if err != nil {
		t.Fatal(err)
	}
	if other[0].Name == a[1].Name {
		t.Error("two qualities, one name")
	}
	if ok, _ := regexp.MatchString(`^media/[0-9a-f]{2}/[0-9a-f]{32}-w640\.jpg$`, a[1].Name); !ok || a[1].Name[6:8] != a[1].Name[9:11] {
		t.Errorf("name %s", a[1].Name)
	}
}

func TestWrongSpecs(t *testing.T) {
	for _, s := range []Spec{{Width: -1}, {Format: "gif"}, {Quality: 101}, {MaxSide: -1}, {Tile: 62}, {Tile: 129}, {Sizes: []int{320}}, {Tile: 128, Sizes: []int{-1}}} {
		if _, err := derive(t, jpegBytes(t, corners(8, 8)), []Spec{s}); err == nil || kindOf(err) != "" {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

// aged makes the files of dir look as if they had been left alone for a while. The time that
// a file's data last changed cannot be set back, so the clock of the cache goes forward.
func aged(c *Cache) { c.now = func() time.Time { return time.Now().Add(time.Hour) } }

func TestMadeOnce(t *testing.T) {
	ctx := context.Background()
	dir := folder(t, map[string][]byte{"m.jpg": jpegBytes(t, corners(700, 400))})
	c := newCache(t, 0)
	first, err := c.Make(ctx, os.DirFS(dir), "m.jpg", widths)
	if err != nil {
		t.Fatal(err)
	}
	again, err := New(c.dir, 0) // the next build
	if err != nil {
		t.Fatal(err)
	}
	second, err := again.Make(ctx, os.DirFS(dir), "m.jpg", widths)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(first, second); d != "" || len(first) != 2 {
		t.Errorf("%d derivatives\n%s", len(first), d)
	}
	if s := again.Stats(); s.Decoded != 0 || s.Reused != 1 {
		t.Errorf("%+v", s)
	}
}

// TestRemade damages what the cache holds in every way, and expects it whole again.
func TestRemade(t *testing.T) {
	ctx := context.Background()
	dir := folder(t, map[string][]byte{"m.jpg": jpegBytes(t, corners(700, 400))})
	c := newCache(t, 0)
	aged(c)
	first, err := c.Make(ctx, os.DirFS(dir), "m.jpg", widths)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(first[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	glob := func(pattern string) string {
		files, err := filepath.Glob(filepath.Join(c.dir, pattern))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		return files[0]
	}
	for name, damage := range map[string]func() error{
		"truncated":       func() error { return os.Truncate(first[0].Path, 100) },
		"emptied":         func() error { return os.Truncate(first[0].Path, 0) },
		"removed":         func() error { return os.Remove(first[0].Path) },
		"set removed":     func() error { return os.Remove(glob("sets/*/*.json")) },
		"set truncated":   func() error { return os.Truncate(glob("sets/*/*.json"), 20) },
		"folder removed":  func() error { return os.RemoveAll(filepath.Join(c.dir, "media")) },
		"set of a tinker": func() error { return os.WriteFile(glob("sets/*/*.json"), []byte("{}"), 0o644) },
	} {
		before := c.Stats().Decoded
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Make(ctx, os.DirFS(dir), "m.jpg", widths); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(first[0].Path)
		if err != nil || !bytes.Equal(got, want) || c.Stats().Decoded != before+1 {
			t.Errorf("%s: not made again (%v)", name, err)
		}
	}
}

// TestMemo: a master that was left alone is not read again; one that changed is.
func TestMemo(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(folder(t, map[string][]byte{"m.jpg": jpegBytes(t, corners(700, 400))}), "m.jpg")
	fsys := os.DirFS(filepath.Dir(path))
	c := newCache(t, 0)
	memos := func() int {
		files, _ := filepath.Glob(filepath.Join(c.dir, "seen/*/*.json"))
		return len(files)
	}
	young, err := c.Master(ctx, fsys, "m.jpg")
	if err != nil || memos() != 0 {
		t.Fatalf("a file written just now was remembered (%v)", err)
	}
	aged(c)
	old, err := c.Master(ctx, fsys, "m.jpg")
	if err != nil || memos() != 1 || !reflect.DeepEqual(old, young) {
		t.Fatalf("%d memos, %v", memos(), err)
	}
	// A memo that says something else proves that it is what answers.
	files, _ := filepath.Glob(filepath.Join(c.dir, "seen/*/*.json"))
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	marked := strings.Replace(string(b), old.SHA256, strings.Repeat("0", 64), 1)
	if err := os.WriteFile(files[0], []byte(marked), 0o644); err != nil {
		t.Fatal(err)
	}
	if m, err := c.Master(ctx, fsys, "m.jpg"); err != nil || m.SHA256 != strings.Repeat("0", 64) {
		t.Errorf("the master was read again: %v, %v", m, err)
	}
	// Another picture of the same length and time of change.
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	master, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	master[len(master)-3] ^= 1
	time.Sleep(20 * time.Millisecond) // past the clock tick of the file system
	if err := os.WriteFile(path, master, 0o644); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" || runtime.GOOS == "darwin" { // where a file's own change time tells
		if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	if m, err := c.Master(ctx, fsys, "m.jpg"); err != nil || m.SHA256 == strings.Repeat("0", 64) || m.SHA256 == old.SHA256 {
		t.Errorf("a changed master was not noticed: %v, %v", m, err)
	}
}

// TestAnyFileSystem: a master may come from a file system without inodes or random access.
func TestAnyFileSystem(t *testing.T) {
	master := jpegBytes(t, corners(700, 400))
	fsys := fstest.MapFS{"a/m.jpg": {Data: master}}
	got, err := newCache(t, 0).Make(context.Background(), fsys, "a/m.jpg", widths)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	root, err := os.OpenRoot(folder(t, map[string][]byte{"m.jpg": master}))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	c := newCache(t, 0)
	if same, err := c.Make(context.Background(), root.FS(), "m.jpg", widths); err != nil || same[0].Name != got[0].Name {
		t.Error(same, err)
	}
	for _, name := range []string{"../m.jpg", ".", "none.jpg"} {
		if _, err := c.Make(context.Background(), root.FS(), name, widths); kindOf(err) != Unreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := folder(t, map[string][]byte{"m": jpegBytes(t, corners(700, 400))})
	if _, err := newCache(t, 0).Make(ctx, os.DirFS(dir), "m", widths); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestWorkers makes many masters with one worker and with eight, in a budget that holds two,
// one of them larger than all of it: the same files with the same bytes come out.
func TestWorkers(t *testing.T) {
	const budget = 800_000 // two of the masters; the last needs more than all
	files := map[string][]byte{}
	for i := range 12 {
		files[fmt.Sprintf("%02d.jpg", i)] = jpegBytes(t, corners(300+i, 200))
	}
	files["12.jpg"] = jpegBytes(t, corners(900, 700))
	fsys := os.DirFS(folder(t, files))
	run := func(workers int) map[string]string {
		c := newCache(t, budget)
		var wg sync.WaitGroup
		var mu sync.Mutex
		names, got := make(chan string), map[string]string{}
		for range workers {
			wg.Go(func() {
				for name := range names {
					out, err := c.Make(context.Background(), fsys, name, widths)
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					for _, d := range out {
						got[d.Name] = d.SHA256
					}
					mu.Unlock()
				}
			})
		}
		for name := range files {
			names <- name
			names <- name // twice, perhaps at the same time
		}
		close(names)
		wg.Wait()
		if s := c.Stats(); s.PeakBytes > budget || s.Decoded+s.Reused != 26 {
			t.Errorf("%+v with a budget of %d", s, budget)
		}
		if c.budget.held.Load() != 0 {
			t.Error("memory was not given back")
		}
		return got
	}
	if d := cmp.Diff(run(1), run(8)); d != "" {
		t.Error(d)
	}
}

func TestSweep(t *testing.T) {
	c := newCache(t, 0)
	stale, fresh := filepath.Join(c.dir, "tmp", "new-1"), filepath.Join(c.dir, "tmp", "new-2")
	for _, f := range []string{stale, fresh} {
		if err := os.WriteFile(f, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	day := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(stale, day, day); err != nil {
		t.Fatal(err)
	}
	if _, err := New(c.dir, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Error("an old half-written file is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("a file that another process may be writing was removed")
	}
}
