package generator_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/generator"
)

// wide is an archive of n items directly beneath one fonds, so many to a file.
type wide struct {
	generator.Options
	n, perFile int
	mu         sync.Mutex
	made       map[string]int // pages of the last build by kind
	read       []string       // files of records that it read
}

func newWide(t testing.TB, dir string, n, perFile int) *wide {
	t.Helper()
	w := &wide{n: n, perFile: perFile, Options: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf}}
	w.Made = func(p string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.made[kindOf(p)]++
	}
	w.Read = func(p string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.read = append(w.read, p)
	}
	for name, text := range map[string]string{
		"site.yaml":                  "title: \"Kho thử\"\nlanguages: [vi]\nrepository: kho-mau\n",
		"repositories/kho-mau.yaml":  "id: kho-mau\nname: \"Kho lưu trữ mẫu\"\n",
		"subjects/cau-sat.yaml":      "id: cau-sat\nlabel: \"Cầu sắt\"\n",
		"places/ha-noi.yaml":         "id: ha-noi\nname: \"Hà Nội\"\n",
		"clearances/qd-02.yaml":      strings.NewReplacer("qd-01", "qd-02", "phong-cau-mau", "phong-hai").Replace(clearance),
		"fonds/phong-hai/fonds.yaml": strings.NewReplacer("qd-01", "qd-02", "phong-cau-mau", "phong-hai").Replace(fonds),
	} {
		w.write(t, name, text)
	}
	for at := 0; at < n; at += perFile {
		w.write(t, w.file(at), w.records(at))
	}
	return w
}

// file is where the record of a number stands.
func (w *wide) file(i int) string {
	return fmt.Sprintf("fonds/phong-hai/records/r%06d.yaml", i/w.perFile)
}

// records is the text of the file that begins with a record.
func (w *wide) records(at int) string {
	var b strings.Builder
	for i := at; i < min(at+w.perFile, w.n); i++ {
		if i > at {
			b.WriteString("---\n")
		}
		fmt.Fprintf(&b, "id: x-%06d\nlevel: item\nparent: phong-hai\ntitle: \"Tờ %d\"\nform: cong-van\nreference: {unit_no: \"%06d\"}\ndates: {created: \"%d-0%d\"}\nplaces: [ha-noi]\nsubjects: [cau-sat]\nscope: \"Nội dung %d.\"\naccess: {state: public}\nclearance: qd-02\n",
			i, i, i, 1945+i%60, 1+i%9, i)
	}
	return b.String()
}

func (w *wide) write(t testing.TB, name, text string) {
	t.Helper()
	file := filepath.Join(w.Content, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// age makes every source that is young as old as the memory of sources wants
// it, and all of the same age. The others are left alone: that a file was
// touched is seen.
func (w *wide) age(t testing.TB) {
	t.Helper()
	old := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := filepath.WalkDir(w.Content, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := d.Info(); err != nil || info.ModTime().Equal(old) {
			return err
		}
		return os.Chtimes(name, old, old)
	}); err != nil {
		t.Fatal(err)
	}
}

// retitle gives the record in the middle another title.
func (w *wide) retitle(t testing.TB) {
	t.Helper()
	middle := w.n / 2
	name := filepath.Join(w.Content, filepath.FromSlash(w.file(middle)))
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	old := fmt.Sprintf("title: \"Tờ %d\"", middle)
	w.write(t, w.file(middle), strings.Replace(string(text), old, "title: \"Tờ ở giữa\"", 1))
}

func (w *wide) build(t testing.TB) *generator.Report {
	t.Helper()
	w.made, w.read = map[string]int{}, nil
	r, err := generator.Build(context.Background(), w.Options)
	if err != nil {
		t.Fatal(err, worded(r))
	}
	return r
}

// However many records lie beside one another, each has one page, lists of them
// have few, and an edit of one reads and makes what stands beside it.
func TestWideArchives(t *testing.T) {
	t.Parallel()
	const n = 3000
	for name, perFile := range map[string]int{"one fonds": 100, "one folder": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWide(t, inMemory(t), n, perFile)
			w.age(t)
			r := w.build(t)
			if got := fmt.Sprint(w.made); r.Published != n+1 || got != "map[facets:1 fonds:23 home:1 list of fonds:1 list of places:1 list of subjects:1 not found:1 part of a facet:25 place:21 record:3000 repository:1 search:1 subject:21 timeline:1 year:60]" {
				t.Errorf("%d published, made: %s", r.Published, got)
			}
			if r := w.build(t); r.Made != 0 || r.Result.Written != 0 || len(w.read) > 0 {
				t.Errorf("nothing changed and %d pages were made, %d written, %d files read", r.Made, r.Result.Written, len(w.read))
			}
			w.retitle(t)
			w.age(t)
			r = w.build(t)
			if !slices.Equal(w.read, []string{w.file(n / 2)}) {
				t.Errorf("one title changed, read: %q", w.read)
			}
			if got := fmt.Sprint(w.made); got != "map[fonds:1 part of a facet:1 place:1 record:3 subject:1 year:1]" {
				t.Errorf("one title changed, made: %s", got)
			}
			if index := r.Result.Written - r.Made - 1; index < 1 || index > 10 { // and the list of checksums
				t.Errorf("%d pages made, %d written", r.Made, r.Result.Written)
			}
		})
	}
}

// BenchmarkWideFonds builds one fonds with 100,000 items directly beneath it.
func BenchmarkWideFonds(b *testing.B) { benchmarkWide(b, 100) }

// BenchmarkWideFolder builds a fonds of 100,000 files of one record each.
func BenchmarkWideFolder(b *testing.B) { benchmarkWide(b, 1) }

// benchmarkWide builds from nothing, with nothing changed and with one title
// changed, and gives the seconds of each and the largest heap.
func benchmarkWide(b *testing.B, perFile int) {
	for b.Loop() {
		w := newWide(b, b.TempDir(), 100_000, perFile)
		w.age(b)
		for _, run := range []string{"nothing", "unchanged", "edited"} {
			if run == "edited" {
				w.retitle(b)
				w.age(b)
			}
			peak := watchHeap()
			start := time.Now()
			r := w.build(b)
			b.ReportMetric(time.Since(start).Seconds(), "s-"+run)
			b.ReportMetric(float64(peak())/(1<<20), "MiB-"+run)
			b.ReportMetric(float64(r.Made), "pages-"+run)
		}
	}
}

// watchHeap looks at the memory of the process until it is asked for the most
// that it saw.
func watchHeap() (peak func() uint64) {
	runtime.GC()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		var top uint64
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			inUse := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
			metrics.Read(inUse)
			top = max(top, inUse[0].Value.Uint64())
			select {
			case <-stop:
				most <- top
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}
