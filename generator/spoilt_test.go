package generator_test

import (
	"os"
	"path/filepath"
	"testing"
)

// flip changes the first byte of a file in its place and gives back the time
// that it had, if that is asked for.
func flip(t *testing.T, name string, sameTime bool) {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	data := read(t, name)
	data[0]++
	put(t, name, data)
	if !sameTime {
		return
	}
	if err := os.Chtimes(name, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// somePicture is a published image.
func (g *growing) somePicture() string {
	g.t.Helper()
	names, err := filepath.Glob(filepath.Join(g.o.Out, "media", "*", "*.jpg"))
	if err != nil || len(names) == 0 {
		g.t.Fatalf("no images: %v", err)
	}
	return names[0]
}

// A published image that somebody edited is published again as it was, here
// and in other folders, though the cache of images shares its bytes.
func TestSpoiltImage(t *testing.T) {
	t.Parallel()
	g := newGrowing(t, 1, inMemory(t))
	want := build(t, g.o)
	flip(t, g.somePicture(), false)
	sameTree(t, "the same folder", build(t, g.o), want)
	flip(t, g.somePicture(), true)
	g.o.Out = filepath.Join(filepath.Dir(g.o.Out), "other")
	sameTree(t, "another folder", build(t, g.o), want)
	sameTree(t, "another folder, once more", build(t, g.o), want)
}

// With Verify a published file whose bytes changed is noticed though its size
// and time are as they were.
func TestVerifyMendsSpoiltFiles(t *testing.T) {
	t.Parallel()
	g := newGrowing(t, 1, inMemory(t))
	want := build(t, g.o)
	flip(t, filepath.Join(g.o.Out, "index.html"), true)
	flip(t, g.somePicture(), true)
	g.o.Verify = true
	r, err := buildReport(g.o)
	if err != nil || r.Result.Written != 2 {
		t.Errorf("%v, %d files written, want the page and the image", err, r.Result.Written)
	}
	sameTree(t, "verified", treeOf(t, g.o.Out), want)
	if r, err = buildReport(g.o); err != nil || r.Result.Written != 0 {
		t.Errorf("verified again: %v, %d files written", err, r.Result.Written)
	}
}
