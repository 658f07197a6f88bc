package plan

import (
	"os"
	"strings"
	"testing"
)

// A list of pages that is too long for its room gives the sitemaps that one
// gives which is held whole, and leaves nothing behind; one that cannot be read
// back gives none.
func TestListingBeyondItsRoom(t *testing.T) {
	a := read(t, write(t, base(units("i.yaml", 300, func(i int) string { return numbered(20 * i) }), text("subjects/s.yaml", "id: s\nlabel: {vi: Chủ đề, en: Subject}\n"), text("fonds/f/media/1.jpg", ""))))
	dir := t.TempDir()
	small := a.Listing(dir)
	small.room = 100
	for j := range a.Jobs() {
		small.Add(j.Path)
	}
	if small.file == nil || small.held > 100 {
		t.Fatalf("%d bytes are held, the file is %v", small.held, small.file)
	}
	whole := a.extras(a.WholeListing(), 200)
	got := a.extras(small, 200)
	if len(whole) < 4 || len(got) != len(whole) {
		t.Fatalf("%d files, want %d", len(got), len(whole))
	}
	for i, x := range whole {
		if extra(t, got[i:i+1], x.Path) != extra(t, whole[i:i+1], x.Path) {
			t.Errorf("%s differs", x.Path)
		}
	}
	if err := small.file.Truncate(10); err != nil {
		t.Fatal(err)
	}
	faults := 0
	for _, x := range got {
		if x.Write(new(strings.Builder)) != nil {
			faults++
		}
	}
	if faults == 0 {
		t.Error("sitemaps are written from a file that was cut short")
	}
	small.Close()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
