package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/render"
	"vitrine/templates"

	"github.com/google/go-cmp/cmp"
)

// growing is an archive that is edited, with its site and the time of the last
// edit: every file gets a time of its own in the past, so that the memory of
// sources trusts it.
type growing struct {
	t       *testing.T
	o       generator.Options
	clean   string // folder for sites built from nothing
	clock   time.Time
	random  *rand.Rand
	mu      sync.Mutex
	made    map[string]bool // pages that a build makes anew
	last    map[string]bool // those that the last build checked made anew
	before  tree
	added   int
	overlay fstest.MapFS
	looks   *render.Renderer // the templates as they are now, parsed; nil where they must be parsed anew
}

// bigArchive is two fonds of records with all that they may name.
func bigArchive() map[string]string {
	a := guideArchive()
	a["fonds/phong-hai/fonds.yaml"] = "id: phong-hai\nlevel: fonds\ntitle: {vi: \"Phông hai\", en: \"Second fonds\"}\nreference: {repository: kho-mau, fonds_no: \"MAU-10\"}\ndates: {created: \"1950/1970\"}\naccess: {state: public}\nclearance: qd-02\ncreators: [{agent: ban-cau-mau}]\ndefaults: {languages: [vi], creators: [{agent: ban-cau-mau}]}\n"
	a["fonds/phong-hai/fonds.md"] = "Lời *mô tả* của phông hai.\n"
	a["clearances/qd-02.yaml"] = strings.NewReplacer("qd-01", "qd-02", "phong-cau-mau", "phong-hai", "web-exhibition", "web-exhibition, harvesting, bulk-download").Replace(clearance)
	a["subjects/cau.yaml"] = "id: cau\nlabel: {vi: \"Cầu\", en: \"Bridges\"}\n"
	a["subjects/cau-sat.yaml"] = "id: cau-sat\nlabel: {vi: \"Cầu sắt\"}\nbroader: cau\n"
	a["agents/nguoi-khac.yaml"] = "id: nguoi-khac\ntype: person\nliving: \"no\"\nname: \"Người khác\"\n"
	a["pages/about.md"] = "---\ntitle: Giới thiệu\naccess: {state: public}\n---\nVề kho này.\n"
	for i := range 24 {
		a[fmt.Sprintf("fonds/phong-hai/records/r%02d.yaml", i/3)] += sheet(i, "phong-hai")
	}
	a["fonds/phong-hai/records/x-0004.md"] = "Bài dài về x-0004.\n"
	return a
}

// sheet is a record of the second fonds.
func sheet(i int, parent string) string {
	sep := ""
	if i%3 > 0 {
		sep = "---\n"
	}
	also := ""
	if i%6 == 0 {
		also = fmt.Sprintf(", xem [tờ khác](id:x-%04d)", i+1)
	}
	return sep + fmt.Sprintf("id: x-%04d\nlevel: item\nparent: %s\ntitle: {vi: \"Tờ %d\"}\nform: cong-van\nreference: {unit_no: \"%04d\"}\ndates: {created: \"%d-0%d\"}\nplaces: [ha-noi]\nsubjects: [cau-sat]\nscope: {vi: \"Nội dung %d%s.\"}\naccess: {state: public}\nclearance: qd-02\n",
		i, parent, i, i, 1950+i%12, 1+i%9, i, also)
}

// newGrowing puts the big archive into a folder.
func newGrowing(t *testing.T, seed uint64, dir string) *growing {
	t.Helper()
	g := &growing{t: t, clock: time.Now().Add(-1000 * time.Hour), random: rand.New(rand.NewPCG(seed, 3)), clean: filepath.Join(dir, "clean"), overlay: fstest.MapFS{}, made: map[string]bool{}}
	g.o = generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf, Made: func(path string) {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.made[path] = true
	}}
	if seed%2 == 1 {
		g.o.BaseURL = baseURL
	}
	g.o.Templates = over{g.overlay}
	writeTo(t, g.o.Content, bigArchive())
	g.age()
	return g
}

// inMemory is a folder that lies in memory where the system has such a place:
// files are made there in a fifth of the time.
func inMemory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "vitrine-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// programLooks are the templates of the program, parsed once for all tests.
var programLooks = sync.OnceValues(func() (*render.Renderer, error) { return generator.Options{}.Renderer() })

// build builds with templates that are parsed only when they have changed.
func (g *growing) build(o generator.Options) (*generator.Report, error) {
	var err error
	switch {
	case len(g.overlay) == 0:
		g.looks, err = programLooks()
	case g.looks == nil:
		g.looks, err = o.Renderer()
	}
	if err != nil {
		g.t.Fatal(err)
	}
	return generator.BuildWith(context.Background(), o, g.looks)
}

// over is the templates of the program with some files in place of others.
type over struct{ files fstest.MapFS }

func (o over) Open(name string) (fs.File, error) {
	if _, ok := o.files[name]; ok {
		return o.files.Open(name)
	}
	return templates.FS.Open(name)
}

// age gives every file that is young a time in the past that no other had.
func (g *growing) age() {
	err := filepath.WalkDir(g.o.Content, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil && time.Since(info.ModTime()) < time.Hour {
			g.clock = g.clock.Add(time.Second)
			err = os.Chtimes(name, g.clock, g.clock)
		}
		return err
	})
	if err != nil {
		g.t.Fatal(err)
	}
}

func (g *growing) file(name string) string {
	return filepath.Join(g.o.Content, filepath.FromSlash(name))
}

func (g *growing) read(name string) string { return string(read(g.t, g.file(name))) }

func (g *growing) write(name, text string) { put(g.t, g.file(name), []byte(text)) }

func (g *growing) replace(name, old, new string) bool {
	text := g.read(name)
	out := strings.Replace(text, old, new, 1)
	g.write(name, out)
	return out != text
}

// check builds what there is, builds it again from nothing, and compares.
func (g *growing) check(what string) (needless int, ok bool) {
	g.t.Helper()
	g.age()
	g.made = map[string]bool{}
	r, err := g.build(g.o)
	made := g.made
	g.last, g.made = made, map[string]bool{}
	clean := g.o
	clean.Out = g.clean
	for _, dir := range []string{g.clean, filepath.Join(filepath.Dir(g.clean), ".vitrine", "clean")} {
		if err := os.RemoveAll(dir); err != nil {
			g.t.Fatal(err)
		}
	}
	want, wantErr := g.build(clean)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		g.t.Fatalf("%s: %v, from nothing %v", what, err, wantErr)
	}
	if err != nil && !errors.Is(err, generator.ErrContent) {
		g.t.Fatalf("%s: %v", what, err)
	}
	if diff := cmp.Diff(worded(want), ofAnyDay(worded(r))); diff != "" {
		g.t.Fatalf("%s: the report (-from nothing +incremental):\n%s", what, diff)
	}
	if err != nil && g.before == nil {
		g.t.Fatalf("%s: %v\n%s", what, err, strings.Join(worded(r), "\n"))
	}
	now := treeOf(g.t, g.o.Out)
	if err != nil {
		return 0, false
	}
	site := maps.Clone(now)
	maps.DeleteFunc(site, func(path string, _ [32]byte) bool { return strings.HasPrefix(path, "/cua-nguoi-khac") })
	sameTree(g.t, what, site, treeOf(g.t, g.clean))
	for path := range made {
		if now["/"+path] == g.before["/"+path] {
			needless++
		}
	}
	g.before = now
	return needless, true
}

// worded is what a report says.
// ofAnyDay are the lines of a report without those that only a site has which was built
// for a later day before.
func ofAnyDay(lines []string) []string {
	return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, " warning day-back ") })
}

func worded(r *generator.Report) []string {
	if r == nil {
		return nil
	}
	out := []string{fmt.Sprint(r.Published, r.Total, r.Reasons)}
	if r.Diags.Errors() == 0 {
		out = append(out, strconv.Itoa(r.Pages))
	}
	for _, d := range r.Diags.Sorted() {
		out = append(out, d.Pos.String()+" "+d.Severity.String()+" "+d.Code+" "+d.Msg.En+" "+d.Hint.En)
	}
	return out
}

// An incremental build gives the same bytes as one from nothing, whatever was
// edited, and makes hardly a page without need.
func TestIncrementalEqualsClean(t *testing.T) {
	t.Parallel()
	edits := slices.Sorted(maps.Keys(edits))
	for seed, each := range []int{40, 160, 160, 160} {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir() // one run is on a disk, which gives the number of a file that is gone to another
			if seed > 0 {
				dir = inMemory(t)
			}
			g := newGrowing(t, uint64(seed), dir)
			g.check("the first build")
			needless, good := map[string]int{}, 0
			for range each {
				name := edits[g.random.IntN(len(edits))]
				undo := g.edit(name)
				n, ok := g.check(name)
				if !ok {
					undo()
					if _, ok := g.check(name + ", undone"); !ok {
						t.Fatalf("%s could not be undone", name)
					}
					continue
				}
				good++
				needless[name] += n
			}
			if good < each/2 {
				t.Errorf("only %d of %d edits were good", good, each)
			}
			delete(needless, "ledger damaged") // then nothing is known, and all is made
			delete(needless, "ledger damaged, manifest gone")
			total := 0
			for _, n := range needless {
				total += n
			}
			if total > 4*good {
				t.Errorf("%d edits made %d pages without need", good, total)
			}
			t.Logf("%d good edits, %d pages made without need: %v", good, total, needless)
		})
	}
}

// With Verify every page is made anew, and one whose bytes are not those that
// its key stands for is an error that names it.
func TestVerify(t *testing.T) {
	g := newGrowing(t, 1, inMemory(t))
	g.check("the first build")
	g.o.Verify = true
	r, err := generator.Build(context.Background(), g.o)
	if err != nil || r.Made != r.Pages || r.Result.Written != 0 {
		t.Fatalf("%v: %d of %d pages made anew, %d written", err, r.Made, r.Pages, r.Result.Written)
	}
	g.falsify("phong-luu-tru/index.html")
	r, err = generator.Build(context.Background(), g.o)
	if !errors.Is(err, generator.ErrContent) || !slices.ContainsFunc(r.Diags.Sorted(), func(d diag.Diagnostic) bool {
		return d.Code == "page-stale" && strings.Contains(d.Msg.En, "phong-luu-tru/index.html")
	}) {
		t.Errorf("%v: %v", err, worded(r))
	}
}

// falsify gives a page other bytes, and makes the ledger say that they were
// written for its key.
func (g *growing) falsify(path string) {
	g.t.Helper()
	file := filepath.Join(g.o.Out, filepath.FromSlash(path))
	flip(g.t, file, true)
	name := g.state("ledger")
	old, err := ledger.Open(name)
	if err != nil {
		g.t.Fatal(err)
	}
	var b bytes.Buffer
	w := ledger.NewWriter(&b)
	for row, rerr := range old.Written() {
		if row.Path == path {
			row.Hash = sha256.Sum256(read(g.t, file))
		}
		err = errors.Join(err, rerr, w.AddWritten(row))
	}
	for row, rerr := range old.Rows(ledger.KindAnswers) {
		err = errors.Join(err, rerr, w.Add(ledger.KindAnswers, row.Path, row.Data))
	}
	if err := errors.Join(err, w.Close(), old.Close()); err != nil {
		g.t.Fatal(err)
	}
	put(g.t, name, b.Bytes())
}

// A file that is changed within the resolution of the clock, to a text of the
// same length and with the same time, is noticed.
func TestYoungFileIsReadAgain(t *testing.T) {
	g := newGrowing(t, 2, t.TempDir())
	name := g.file("places/ha-noi.yaml")
	build(t, g.o)
	now := time.Now()
	for _, text := range []string{"Hà Nộj", "Hà Nộk", "Hà Nội"} {
		put(t, name, []byte("id: ha-noi\nname: \""+text+"\"\n"))
		if err := os.Chtimes(name, now, now); err != nil {
			t.Fatal(err)
		}
		build(t, g.o)
		if page := string(read(t, filepath.Join(g.o.Out, "dia-danh", "ha-noi.html"))); !strings.Contains(page, text) {
			t.Errorf("the page does not say %s", text)
		}
	}
}

// Where the ledger is lost together with what else tells which files are ours,
// a record that is no longer public still leaves nothing behind.
func TestNothingStaysWhereTheLedgerIsLost(t *testing.T) {
	for name, lose := range map[string]func(g *growing){
		"manifest gone": func(g *growing) { _ = os.Remove(filepath.Join(g.o.Out, "manifest-sha256.txt")) },
		"page edited": func(g *growing) {
			put(g.t, filepath.Join(g.o.Out, pageOf("tl-0001")), append(read(g.t, filepath.Join(g.o.Out, pageOf("tl-0001"))), ' '))
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGrowing(t, 1, inMemory(t))
			g.check("the first build")
			put(t, g.state("ledger"), []byte("vitrine ledger"))
			lose(g)
			g.swap(recordPath("tl-0001"), "access: {state: public}", "access: {state: restricted}")
			g.check("restricted")
			if _, err := os.Stat(filepath.Join(g.o.Out, pageOf("tl-0001"))); !errors.Is(err, fs.ErrNotExist) {
				t.Error("the page is still there:", err)
			}
		})
	}
}

// pageOf is the page of a record of the first fonds.
func pageOf(id string) string { return filepath.Join("phong-luu-tru", "phong-cau-mau", id+".html") }

// A file that is edited in its place, to a text of the same length, and given
// back the time that it had, is noticed where the system notes the change.
func TestFileWithItsOldTimeIsReadAgain(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("the system does not say when a file changed")
	}
	g := newGrowing(t, 2, inMemory(t))
	g.check("the first build")
	for _, c := range [][3]string{
		{tenth, "Nội dung 10", "Nội dung 99"},
		{"fonds/phong-hai/fonds.md", "mô tả", "kể rõ"},
		{"places/ha-noi.yaml", "Hà Nội", "Hà Nộj"},
	} {
		info, err := os.Stat(g.file(c[0]))
		if err != nil {
			t.Fatal(err)
		}
		g.swap(c[0], c[1], c[2])
		if err := os.Chtimes(g.file(c[0]), info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
		g.check(c[0])
		if len(g.last) == 0 {
			t.Errorf("%s: no page is made anew", c[0])
		}
	}
}
