package generator_test

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/generator"
	"vitrine/generator/page"
)

// leakPreview is a preview without drafts that was open while records were
// withheld.
type leakPreview struct {
	a    *leakArchive
	s    *generator.Session
	once tree // the site before
}

// preview opens the archive as it was. Whoever opens it closes it: what a test
// is to clean up it holds until all archives are done.
func (a *leakArchive) preview(o generator.Options) *leakPreview {
	a.t.Helper()
	o.AsOf = asOf
	looks, err := programLooks()
	if err != nil {
		a.t.Fatal(err)
	}
	s, err := generator.OpenSessionWith(generator.SessionOptions{Options: o}, looks)
	if err != nil {
		a.t.Fatal(err)
	}
	return &leakPreview{a: a, s: s}
}

// ask asks for the site as it was, in two archives of three for a part of it, so
// that there is something to forget.
func (v *leakPreview) ask(once tree) {
	v.a.t.Helper()
	v.once = once
	refresh(v.a.t, v.s, 0)
	for i, file := range pagesFirst(once) {
		if i%3 > 0 && v.a.seed%3 > 0 {
			continue
		}
		if _, _, err := v.s.File(slashed(file)); err != nil {
			v.a.t.Errorf("preview: %s: %v", file, err)
		}
	}
}

// slashed is the path of a file of a tree as sites name it.
func slashed(file string) string {
	return filepath.ToSlash(strings.TrimPrefix(file, string(filepath.Separator)))
}

// pagesFirst are the files of a tree, pages before pictures: a preview knows a
// picture once a page has shown it.
func pagesFirst(files tree) []string {
	return slices.SortedFunc(maps.Keys(files), func(x, y string) int {
		return cmp.Or(cmp.Compare(path.Ext(x), path.Ext(y)), cmp.Compare(x, y))
	})
}

// check tells the preview what changed, and asks for every file of the site as
// it is and for all that it had before.
func (v *leakPreview) check(files []string, site tree, out string) {
	v.a.t.Helper()
	if _, err := v.s.RefreshFiles(context.Background(), files); err != nil {
		v.a.t.Fatal(err)
	}
	for _, file := range pagesFirst(union(v.once, site)) {
		name := slashed(file)
		f, ok, err := v.s.File(name)
		if f.Path != "" {
			f.Data = read(v.a.t, f.Path)
		}
		_, published := site[file]
		switch {
		case err != nil:
			v.a.t.Errorf("preview: %s: %v", name, err)
		case name == manifestName, page.IsResourceList(name): // of a finished site
		case ok != published:
			v.a.t.Errorf("preview: %s is there: %v, in the site: %v", name, ok, published)
		case ok && !bytes.Equal(f.Data, read(v.a.t, filepath.Join(out, file))):
			v.a.t.Errorf("preview: %s is not as it is built", name)
		}
	}
	v.neverHad()
}

// neverHad asks for what the site may never have: pages of hidden records,
// their masters and their sources.
func (v *leakPreview) neverHad() {
	for _, u := range v.a.units {
		if u.public() || u.leavesTombstone() {
			continue
		}
		for _, name := range []string{"phong-luu-tru/" + u.fonds.id + "/" + u.id + ".html", "en/fonds/" + u.fonds.id + "/" + u.id + ".html", "phong-luu-tru/" + u.id + "/index.html", u.file} {
			if _, ok, err := v.s.File(name); ok || err != nil {
				v.a.t.Errorf("preview: %s of a record that is %s: %v, %v", name, u.fate.name, ok, err)
			}
		}
	}
	for name := range v.a.hidden {
		if _, ok, err := v.s.File(name); ok || err != nil {
			v.a.t.Errorf("preview: %s: %v, %v", name, ok, err)
		}
	}
}
