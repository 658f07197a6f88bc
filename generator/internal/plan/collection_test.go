package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/generator/iiif"
	"vitrine/generator/page"
)

// harvestable is the archive of base, which others may gather.
func harvestable(more ...txtar.File) []txtar.File {
	files := base(more...)
	for i := range files {
		files[i].Data = []byte(strings.Replace(string(files[i].Data), "[web-exhibition]", "[web-exhibition, harvesting]", 1))
	}
	return files
}

// pictured is an archive of n items with a picture each, in one series.
func pictured(t *testing.T, n int) *archive {
	t.Helper()
	return read(t, write(t, harvestable(
		text("fonds/f/media/1.jpg", ""),
		text("fonds/f/records/s.yaml", "id: s\nlevel: series\nparent: f\ntitle: {vi: Nhóm, en: Series}\ndates: {created: \"1945\"}\nreference: {unit_no: \"1\"}\naccess: {state: public}\nclearance: kt\n"),
		units("a.yaml", n, func(i int) string {
			return fmt.Sprintf("id: d%04d\nlevel: item\nparent: s\ntitle: {vi: Tờ %d}\ndates: {created: \"1945\"}\nreference: {unit_no: \"%d\"}\nobjects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]\n", i, i, i)
		}))))
}

// gathered are the manifests that a client finds from a collection, with how often; and the
// longest list that it reads.
func gathered(t *testing.T, a *archive) (found map[string]int, longest int) {
	t.Helper()
	found = map[string]int{}
	var walk func(id string)
	walk = func(id string) {
		job, ok := a.Lookup(strings.TrimPrefix(id, a.base()))
		if !ok {
			t.Fatalf("%s is not there", id)
		}
		v, _, err := job.Compose()
		c, ok := v.(*iiif.Collection)
		if err != nil || !ok || c.ID != id {
			t.Fatalf("%s: %v, %T", id, err, v)
		}
		longest = max(longest, len(c.Items))
		for _, item := range c.Items {
			if item.Type == "Collection" {
				walk(item.ID)
			} else {
				found[item.ID]++
			}
		}
	}
	walk(a.base() + page.Collection("", ""))
	return found, longest
}

// A long collection comes in parts of a bounded length, from which every manifest is
// reached once; all are found by their paths.
func TestLongCollectionsComeInParts(t *testing.T) {
	for n, parts := range map[int]bool{290: false, 900: true} {
		a := pictured(t, n)
		found, longest := gathered(t, a)
		if len(found) != n || longest > 2*perCollection {
			t.Errorf("%d of %d found in lists of up to %d", len(found), n, longest)
		}
		for id, times := range found {
			if times != 1 {
				t.Errorf("%s is listed %d times", id, times)
			}
		}
		if _, ok := a.Lookup("iiif/s/collection.index.json"); ok != parts {
			t.Errorf("%d entries are in parts: %v", n, ok)
		}
		looked(t, a.Plan)
	}
}

// A part whose pictures are among those of its record is a range of them.
func TestPartsAreRanges(t *testing.T) {
	object := func(n int) string {
		return fmt.Sprintf("{file: %d.jpg, seq: %d, kind: page, alt: {vi: Một}}", n, n)
	}
	unit := func(id, level, parent, objects string) string {
		return fmt.Sprintf("id: %s\nlevel: %s\nparent: %s\ntitle: {vi: Tên %s}\nform: thu\ndates: {created: \"1945\"}\nreference: {unit_no: \"1\"}\nobjects: [%s]\n", id, level, parent, id, objects)
	}
	all := []string{
		unit("d", "item", "f", object(1)+", "+object(2)+", "+object(3)),
		unit("d-a", "part", "d", object(1)), unit("d-b", "part", "d", object(2)+", "+object(3)), unit("d-c", "part", "d", object(4)),
	}
	files := harvestable(units("a.yaml", len(all), func(i int) string { return all[i-1] }))
	for n := range 4 {
		files = append(files, text(fmt.Sprintf("fonds/f/media/%d.jpg", n+1), ""))
	}
	a := read(t, write(t, files)).sound(t)
	m := a.made["iiif/d/manifest.json"].(*iiif.Manifest)
	var got []string
	for _, r := range m.Structures {
		for _, item := range r.Items {
			got = append(got, r.Label[0].Values[0]+" "+strings.TrimPrefix(item.ID, a.base()))
		}
	}
	if want := "[Tên d-a iiif/d/canvas/to-1 Tên d-b iiif/d/canvas/to-2 Tên d-b iiif/d/canvas/to-3]"; fmt.Sprint(got) != want {
		t.Errorf("%s", got)
	}
}
