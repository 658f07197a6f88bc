package generator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"vitrine/generator"
	"vitrine/generator/diag"
	"vitrine/generator/page"
)

// asOfOnce is the day of a build that still publishes what expires before asOf.
const asOfOnce = "2026-06-01"

// sought counts what a run of the leak test has looked at.
type sought struct {
	archives, records, hidden, canaries, files, bytes, pictures atomic.Int64

	vanished atomic.Int64 // files of sites that were gone after records were withheld
	fonds    atomic.Int64 // whole fonds that were withdrawn
	findings atomic.Int64 // descriptions of whole fonds
	wholes   atomic.Int64 // files about the whole archive
	taken    atomic.Int64 // canaries that came out in them
	sheets   atomic.Int64 // sheets on placards

	mu   sync.Mutex
	seen map[string]int // canaries of what is public that came out, by place
	all  map[string]int // how many there were
}

// Of two hundred random archives nothing comes out that is not public: no word,
// no picture and no hash of it stands in any byte of the site, be it built
// from nothing, built again after records were withheld, or previewed; and the
// site is, byte for byte, that of the archive without those records, but for
// the notices where some were withdrawn.
func TestNothingUnclearedComesOut(t *testing.T) {
	archives := 210
	if testing.Short() {
		archives = 24
	}
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // archives are small and many
	s := &sought{seen: map[string]int{}, all: map[string]int{}}
	t.Run("archive", func(t *testing.T) {
		for seed := range archives {
			t.Run(strconv.Itoa(seed), func(t *testing.T) {
				t.Parallel()
				s.archive(t, uint64(seed))
			})
		}
	})
	t.Logf("%d archives of %d records, %d of them hidden; %d canaries sought in %d files of %d MB, unpacked, and %d pictures; %d files vanished when records were withheld, %d fonds were withdrawn",
		s.archives.Load(), s.records.Load(), s.hidden.Load(), s.canaries.Load(), s.files.Load(), s.bytes.Load()>>20, s.pictures.Load(), s.vanished.Load(), s.fonds.Load())
	if s.archives.Load() > 9 { // else somebody looks at a few of them
		s.mustHaveSeen(t)
	}
}

// mustHaveSeen fails where what is public did not come out either, for then the
// search would find nothing else, or where withholding changed nothing.
func (s *sought) mustHaveSeen(t *testing.T) {
	for _, where := range []string{"Unit.ID", "Unit.Title", "Unit.Scope", "body", "Transcript.Text", "text of .txt", "text of .xml", "text of -loi.vtt", "text of -phan.vtt", "sound", "film", "Unit.Doc.Addressees", "exhibition text", "Agent.Name"} {
		if s.seen[where] == 0 || s.seen[where]*8 < s.all[where] {
			t.Errorf("%s: only %d of %d canaries of public records were found", where, s.seen[where], s.all[where])
		}
	}
	if s.fonds.Load()*20 < s.archives.Load() {
		t.Errorf("only %d fonds were withdrawn", s.fonds.Load())
	}
	if n := s.findings.Load(); n < s.archives.Load() || s.taken.Load() < 20*n {
		t.Errorf("only %d descriptions of fonds, with %d canaries", n, s.taken.Load())
	}
	if s.wholes.Load() < s.archives.Load()/3 { // only those with an address have any for harvesting
		t.Errorf("only %d files about whole archives", s.wholes.Load())
	}
	if s.sheets.Load() < s.archives.Load() {
		t.Errorf("only %d sheets on placards", s.sheets.Load())
	}
	if s.vanished.Load() < s.archives.Load() {
		t.Errorf("only %d files vanished when records were withheld", s.vanished.Load())
	}
	var never []string
	for _, where := range slices.Sorted(maps.Keys(s.all)) {
		if s.seen[where] == 0 {
			never = append(never, where)
		}
	}
	t.Logf("fields that no page shows: %s", strings.Join(never, ", "))
}

// archive is one archive in all modes.
func (s *sought) archive(t *testing.T, seed uint64) {
	a := newLeakArchive(t, seed)
	dir := inMemory(t)
	o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOfOnce, Jobs: 1, Data: true}
	was, is := a.tree(asItWas), a.tree(asItIs)
	a.lay(o.Content, nil, was)
	a.build(o)
	earlier := treeOf(t, o.Out)
	v := a.preview(o)
	defer v.s.Close()
	v.ask(earlier)
	a.lay(o.Content, was, is)
	o.AsOf = asOf
	a.build(o)
	site := treeOf(t, o.Out)
	s.search(a, o.Out)
	s.vanished.Add(int64(len(without(slices.Collect(maps.Keys(earlier)), slices.Collect(maps.Keys(site))))))

	clean := o
	clean.Out = filepath.Join(dir, "clean")
	a.build(clean)
	sameTree(t, "built again after records were withheld", site, treeOf(t, clean.Out))
	v.check(changed(was, is), site, o.Out)
	a.isTwin(dir, o)

	s.archives.Add(1)
	s.canaries.Add(int64(len(a.canaries.words) + len(a.canaries.files) + len(a.paints)))
	for _, u := range a.units {
		s.records.Add(1)
		if !u.public() {
			s.hidden.Add(1)
		}
		if u.fonds == u && u.leavesTombstone() {
			s.fonds.Add(1)
		}
	}
}

// lay writes the files that differ from those that lie there.
func (a *leakArchive) lay(dir string, old, now map[string][]byte) {
	a.t.Helper()
	for name, data := range now {
		if !bytes.Equal(old[name], data) {
			put(a.t, filepath.Join(dir, filepath.FromSlash(name)), data)
		}
	}
}

// changed are the files that differ, in order.
func changed(old, now map[string][]byte) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if !bytes.Equal(old[name], now[name]) {
			out = append(out, name)
		}
	}
	return out
}

// build builds a site, which must have no errors.
func (a *leakArchive) build(o generator.Options) {
	a.t.Helper()
	looks, err := programLooks()
	if err != nil {
		a.t.Fatal(err)
	}
	a.mustBeBuilt(generator.BuildWith(context.Background(), o, looks))
}

// mustBeBuilt fails where the content has errors, and tells them.
func (a *leakArchive) mustBeBuilt(r *generator.Report, err error) {
	a.t.Helper()
	if err == nil {
		return
	}
	if r != nil {
		for _, d := range r.Diags.Sorted() {
			if d.Severity == diag.Error {
				a.t.Errorf("%s: %s [%s]", d.Pos, d.Msg.En, d.Code)
			}
		}
	}
	a.t.Fatal(err)
}

// search looks through every file of the site, and of those for web servers
// that lie beside it.
func (s *sought) search(a *leakArchive, out string) {
	found := map[string]bool{}
	s.each(a, out, func(name string, r *reading) {
		maps.Copy(found, r.words)
		if strings.HasSuffix(name, ".ead3.xml") {
			s.findings.Add(1)
			s.taken.Add(int64(len(r.words)))
		}
		if page.IsWhole(name) {
			s.wholes.Add(1)
		}
		if strings.HasPrefix(name, "media/placards/") {
			s.sheets.Add(int64(len(r.pictures)))
		}
		for _, leak := range a.leaksIn(name, r, a.allows) {
			a.t.Error(leak)
		}
	})
	s.each(a, serverFiles(out), func(name string, r *reading) {
		for _, leak := range a.leaksIn(name, r, a.mayBeAnswered) {
			a.t.Errorf("for web servers: %s", leak)
		}
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	for w, c := range a.canaries.words {
		if a.allows(c, "index.html") {
			s.all[c.where]++
			if found[w] {
				s.seen[c.where]++
			}
		}
	}
}

// each reads every file of a folder.
func (s *sought) each(a *leakArchive, dir string, look func(name string, r *reading)) {
	a.t.Helper()
	for file := range treeOf(a.t, dir) {
		name := slashed(file)
		r := readOnce(name, read(a.t, filepath.Join(dir, file)))
		s.files.Add(1)
		s.bytes.Add(int64(r.bytes))
		s.pictures.Add(int64(len(r.pictures)))
		look(name, r)
	}
}

// serverFiles is the folder of the files that web servers need of a site.
func serverFiles(out string) string {
	return filepath.Join(filepath.Dir(out), ".vitrine", filepath.Base(out), "server")
}

// mayBeAnswered reports whether a canary may stand in the files for web
// servers: they name the addresses at which there is a notice.
func (a *leakArchive) mayBeAnswered(c *canary, file string) bool {
	return a.allows(c, file) || c.where == "Unit.ID" && c.unit.leavesTombstone()
}

// looked keeps what was found in the styles, scripts and fonts of the program,
// which are the same in every site.
var looked sync.Map

func readOnce(name string, data []byte) *reading {
	if e := path.Ext(name); e == ".html" || e == ".jpg" || e == ".xml" || e == ".txt" {
		return readForLeaks(name, data)
	}
	key := name + string(sum(data))
	if r, ok := looked.Load(key); ok {
		return r.(*reading)
	}
	r := readForLeaks(name, data)
	looked.Store(key, r)
	return r
}

func sum(data []byte) []byte {
	s := sha256.Sum256(data)
	return s[:]
}

// isTwin compares the site with that of the archive without what is not public.
func (a *leakArchive) isTwin(dir string, o generator.Options) {
	a.t.Helper()
	other := o
	other.Content, other.Out = filepath.Join(dir, "content-twin"), filepath.Join(dir, "twin")
	a.lay(other.Content, nil, a.tree(asTwin))
	a.build(other)
	for _, d := range differences(a.withoutTombstones(o.Out), a.withoutTombstones(other.Out)) {
		a.t.Errorf("when what is hidden is deleted: %s", d)
	}
}

// differences says in which files two sites differ.
func differences(got, want map[string][]byte) (out []string) {
	all := maps.Clone(got)
	maps.Copy(all, want)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		g, there := got[name]
		w, wanted := want[name]
		switch {
		case !wanted:
			out = append(out, name+" should not be there")
		case !there:
			out = append(out, name+" is missing")
		case !bytes.Equal(g, w):
			out = append(out, name+" differs: "+firstDifference(g, w))
		}
	}
	return out
}

// withoutTombstones are the files of a site but for the notices of withdrawn
// records, which the manifest then does not list either.
func (a *leakArchive) withoutTombstones(out string) map[string][]byte {
	files := map[string][]byte{}
	for file := range treeOf(a.t, out) {
		name := slashed(file)
		if !a.isTombstone(name) {
			files[name] = read(a.t, filepath.Join(out, file))
		}
	}
	var lines []byte
	for line := range bytes.Lines(files[manifestName]) {
		if _, name, _ := strings.Cut(strings.TrimSpace(string(line)), "  "); !a.isTombstone(name) {
			lines = append(lines, line...)
		}
	}
	files[manifestName] = lines
	return files
}

// firstDifference shows where two texts part.
func firstDifference(got, want []byte) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	around := func(b []byte) string { return string(b[max(0, min(i, len(b))-40):min(len(b), i+80)]) }
	return fmt.Sprintf("%q, not %q", around(got), around(want))
}
