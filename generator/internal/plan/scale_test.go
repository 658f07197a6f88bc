package plan

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// An archive of 3,000 records in one fonds of 300 files, with 40 subjects.
// Pages are made one after the other and dropped: what stays is the catalog.
func TestThreeThousandRecords(t *testing.T) {
	const files, records, subjects = 300, 3000, 40
	list := base(
		units("h.yaml", files, func(i int) string {
			return fmt.Sprintf("id: h%03d\nlevel: file\nparent: f\ntitle: Hồ sơ %d\ndates: {created: 1930/1954}\nreference: {unit_no: \"%03d\"}\n", i, i, i)
		}),
		units("i.yaml", records, func(i int) string {
			return item(fmt.Sprintf("i%04d", i), fmt.Sprintf("h%03d", 1+i%files), i, fmt.Sprintf("subjects: [cd%d]\n", i%subjects))
		}))
	for i := range subjects {
		list = append(list, txtar.File{Name: fmt.Sprintf("subjects/cd%d.yaml", i), Data: fmt.Appendf(nil, "id: cd%d\nlabel: {vi: Chủ đề %d}\n", i, i)})
	}
	tree := write(t, list)
	list = nil
	before := heap()
	a := read(t, tree)
	for j := range a.Jobs() {
		if _, _, err := j.Compose(); err != nil {
			t.Fatal(err)
		}
	}
	if grown := heap() - before; grown > 40<<20 {
		t.Errorf("%d MB stay in memory", grown>>20)
	}
	for _, d := range append(a.found, a.said()...) {
		if d.Code != "field-missing" {
			t.Error(d)
		}
	}
	// In each language: home, all fonds, the fonds, its files and records, the
	// timeline, 25 years whose 300 files and 120 records take two to four pages,
	// the subjects, the repository, and the list of forms. One page for lost readers.
	years := 0
	for year := 1930; year < 1955; year++ {
		n := len(a.list(fmt.Sprintf("dong-thoi-gian/%d", year)))
		if years += n; n < 2 || n > 4 {
			t.Errorf("%d takes %d pages", year, n)
		}
	}
	// The letters of its three decades take as many pages as lists of 3,000 slips do.
	letters := 0
	for _, dec := range []string{"1930", "1940", "1950"} {
		letters += len(a.list("duyet/loai-hinh/thu/" + dec))
	}
	if letters < 20 || letters > 60 {
		t.Errorf("letters take %d pages", letters)
	}
	register := len(a.list("duyet/phong/f"))
	if register < 12 || register > 30 {
		t.Errorf("the register takes %d pages", register)
	}
	want := 2*(1+1+1+1+files+records+1+years+1+subjects+1+1+letters+register) + 1
	if len(a.paths) != want {
		t.Errorf("%d pages, want %d", len(a.paths), want)
	}
	runtime.KeepAlive(a)
}

// heap is what is in use once garbage is collected.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse)
}
