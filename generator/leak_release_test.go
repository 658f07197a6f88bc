package generator_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitrine/generator"
)

// asOfFirst is the day of a first edition, before records are withdrawn. What
// is published on it and hidden later was withdrawn: else the second edition
// would be refused.
const asOfFirst = "2026-09-15"

// Two editions, between which records and whole fonds are withdrawn, tell in
// their pages, their papers and what goes onto the host nothing of what is not
// public. Addresses and ids that were published once are told of, as they must:
// pages lead on from them, and the papers list what left.
func TestEditionsTellNothingThatIsHidden(t *testing.T) {
	archives := 24
	if testing.Short() {
		archives = 12
	}
	s := &sought{seen: map[string]int{}, all: map[string]int{}}
	withdrawn, signposts, twins := 0, 0, 0
	for seed := range archives {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			e := newLeakEdition(t, uint64(1000+seed))
			s.each(e.a, e.o.Out, func(name string, r *reading) { e.report(name, r, e.mayStand) })
			e.searchZip()
			s.each(e.a, papersOf(e.o), func(name string, r *reading) { e.report("papers: "+name, r, e.mayBeListed) })
			s.each(e.a, serverFiles(e.o.Out), func(name string, r *reading) { e.report("for web servers: "+name, r, e.mayBeAnswered) })
			withdrawn += e.withdrawn
			signposts += e.signposts()
			if e.twinPapers() {
				twins++
			}
		})
	}
	t.Logf("%d archives in two editions: %d records withdrawn between them, %d addresses lead on, %d were compared with their twins; %d files of %d MB", archives, withdrawn, signposts, twins, s.files.Load(), s.bytes.Load()>>20)
	if withdrawn < archives/2 || signposts < archives || twins == 0 {
		t.Errorf("%d records were withdrawn, %d addresses lead on, %d archives have twins: too few to show anything", withdrawn, signposts, twins)
	}
}

// leakEdition is an archive of which two editions were made.
type leakEdition struct {
	a         *leakArchive
	o         generator.Options
	once      map[*canary]bool // those in names of files of the first
	withdrawn int              // records
}

func newLeakEdition(t *testing.T, seed uint64) *leakEdition {
	a := newLeakArchive(t, seed)
	dir := inMemory(t)
	e := &leakEdition{a: a, once: map[*canary]bool{}, o: generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOfFirst, Jobs: 1}}
	for _, u := range a.units {
		if u.lately = u.leavesTombstone(); u.lately {
			e.withdrawn++
		}
	}
	was, is := a.tree(asItWas), a.tree(asItIs)
	a.lay(e.o.Content, nil, was)
	if e.withdrawn > 0 { // else there would be no second
		a.release(e.o)
		e.nameOut(treeOf(t, e.o.Out))
		a.lay(e.o.Content, was, is)
	}
	e.o.AsOf = asOf
	a.release(e.o)
	return e
}

// release makes an edition, which must have no errors.
func (a *leakArchive) release(o generator.Options) {
	a.t.Helper()
	looks, err := programLooks()
	if err != nil {
		a.t.Fatal(err)
	}
	a.mustBeBuilt(generator.ReleaseWith(context.Background(), generator.ReleaseOptions{Options: o}, looks))
}

// papersOf is the folder of the papers of the edition of a day.
func papersOf(o generator.Options) string {
	return filepath.Join(filepath.Dir(o.Content), "ban-phat-hanh", o.AsOf)
}

const zipName = "thay-doi.zip"

// searchZip looks through what goes onto the host, file by file as in the site,
// and takes it from the papers.
func (e *leakEdition) searchZip() {
	e.a.t.Helper()
	name := filepath.Join(papersOf(e.o), zipName)
	z, err := zip.OpenReader(name)
	if err != nil {
		e.a.t.Fatal(err)
	}
	defer func() { _ = os.Remove(name) }()
	defer z.Close()
	for _, f := range z.File {
		data, err := fs.ReadFile(z, f.Name)
		if err != nil {
			e.a.t.Fatal(err)
		}
		e.report("zip: "+f.Name, readOnce(f.Name, data), func(c *canary, _ string) bool { return e.mayStand(c, f.Name) })
	}
}

func (e *leakEdition) report(name string, r *reading, allows func(c *canary, file string) bool) {
	e.a.t.Helper()
	for _, leak := range e.a.leaksIn(name, r, allows) {
		e.a.t.Error(leak)
	}
}

// nameOut notes the canaries that stand in the names of files of a site.
func (e *leakEdition) nameOut(site tree) {
	names := strings.Join(slices.Collect(maps.Keys(site)), "\n")
	for _, all := range []map[string]*canary{e.a.canaries.words, e.a.canaries.files} {
		for word, c := range all {
			if strings.Contains(names, word) {
				e.once[c] = true
			}
		}
	}
}

// mayStand reports whether a canary may stand in a file of the second edition:
// as in any site, an id where a page was whose address leads on, and in a notice
// at another address of a record what its own says.
func (e *leakEdition) mayStand(c *canary, file string) bool {
	id := c.where == "Unit.ID" || strings.HasSuffix(c.where, " id")
	return e.a.allows(c, file) || id && e.once[c] && (file == manifestName || e.leadsOn(file) || e.isNotice(file)) ||
		toldInFull[c.where] && c.unit != nil && c.unit.leavesTombstone() && c.unit.tellsTitle() && e.isNotice(file)
}

// mayBeAnswered reports whether a canary may stand in the files for web servers:
// what may in any site, and an address that was public once and is gone.
func (e *leakEdition) mayBeAnswered(c *canary, file string) bool {
	id := c.where == "Unit.ID" || strings.HasSuffix(c.where, " id")
	return e.a.mayBeAnswered(c, file) || id && e.once[c]
}

// mayBeListed reports whether a canary may stand in the papers: what is public,
// and names of files of the first edition, which may have to be deleted.
func (e *leakEdition) mayBeListed(c *canary, file string) bool {
	return e.a.allows(c, file) || e.once[c]
}

// leadsOn reports whether a file leads on to another page.
func (e *leakEdition) leadsOn(file string) bool { return e.bears(file, `http-equiv="refresh"`) }

// isNotice reports whether a file says that a record was withdrawn.
func (e *leakEdition) isNotice(file string) bool { return e.bears(file, `class="page-tombstone"`) }

func (e *leakEdition) bears(file, mark string) bool {
	return filepath.Ext(file) == ".html" && bytes.Contains(read(e.a.t, filepath.Join(e.o.Out, filepath.FromSlash(file))), []byte(mark))
}

// signposts counts the pages that lead on.
func (e *leakEdition) signposts() (n int) {
	for file := range treeOf(e.a.t, e.o.Out) {
		if e.leadsOn(slashed(file)) {
			n++
		}
	}
	return n
}

// twinPapers compares the papers of a first edition with those of the archive
// without what is not public. Where records were withdrawn, their notices are
// among the files that the papers count, so these archives are left out; it
// reports whether this one is not.
func (e *leakEdition) twinPapers() bool {
	e.a.t.Helper()
	if e.withdrawn > 0 {
		return false
	}
	of := func(s side) tree {
		dir := inMemory(e.a.t)
		o := generator.Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: asOf, Jobs: 1}
		e.a.lay(o.Content, nil, e.a.tree(s))
		e.a.release(o)
		return treeOf(e.a.t, papersOf(o))
	}
	sameTree(e.a.t, "the papers when what is hidden is deleted", of(asItIs), of(asTwin))
	return true
}
