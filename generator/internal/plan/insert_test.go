package plan

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/generator/edtf"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/record"
)

// sums are the hashes of all pages of an archive of 10,000 items directly
// beneath a fonds, of which every second has a picture, and of other files.
func sums(t *testing.T, more ...txtar.File) map[string][32]byte {
	t.Helper()
	files := base(append(more, text("subjects/s.yaml", "id: s\nlabel: {vi: Chủ đề, en: Subject}\n"),
		text("fonds/f/media/1.jpg", ""), units("i.yaml", 10_000, func(i int) string { return numbered(20 * i) }))...)
	files[0].Data = bytes.Replace(files[0].Data, []byte("languages: [vi, en]"), []byte("languages: [vi]"), 1)
	a := read(t, write(t, files))
	out := map[string][32]byte{}
	for j := range a.Jobs() {
		v, _, err := j.Compose()
		if err != nil {
			t.Fatal(err)
		}
		out[j.Path] = sha256.Sum256([]byte(dump(t, v)))
	}
	for _, x := range a.extras(a.WholeListing(), 2000) {
		if strings.HasPrefix(x.Path, "sitemap.") {
			out[x.Path] = sha256.Sum256([]byte(extra(t, []Extra{x}, x.Path)))
		}
	}
	return out
}

// numbered is the item of a number, with a picture where it is even.
func numbered(i int) string {
	more := "subjects: [s]\n"
	if i%40 == 0 {
		more += "objects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]\n"
	}
	return item(fmt.Sprintf("i%06d", i), "f", i, more)
}

// A record more changes what sums up, the records beside it, the first page of
// the lists that say how many entries they have, and of every list one page.
// (Two records in a hundred move a cut and change some more.)
func TestOneRecordMoreChangesFewPages(t *testing.T) {
	before := sums(t)
	now := sums(t, units("one.yaml", 1, func(int) string {
		return strings.Replace(numbered(60_050), "subjects: [s]", "subjects: [s]\nobjects: [{file: 1.jpg, seq: 1, kind: page, alt: {vi: Một}}]", 1)
	}))
	got := map[string]int{}
	for p, sum := range now {
		if old, ok := before[p]; !ok || old != sum {
			dir, file := path.Split(p)
			stem, _, _ := strings.Cut(file, ".")
			got[dir+strings.TrimRight(stem, "0123456789")]++
		}
	}
	want := map[string]int{
		"index": 1, "phong-luu-tru/index": 1, "kho-luu-tru/kho": 1, "chu-de/index": 1, "dong-thoi-gian/index": 1, "duyet/index": 1, // sums
		"phong-luu-tru/f/i":     3, // itself, the one before and the one behind it
		"phong-luu-tru/f/index": 2, "chu-de/s": 2, "thu-vien-anh/index": 2, "thu-vien-anh/loai-hinh/thu": 2, "thu-vien-anh/phong/f": 2, "thu-vien-anh/thap-nien/": 2,
		"dong-thoi-gian/":      1, // its year
		"duyet/loai-hinh/thu/": 2, // its decade
		"sitemap":              1,
	}
	if !maps.Equal(got, want) {
		t.Errorf("of %d pages there changed:\n%v\nwant:\n%v", len(now), got, want)
	}
	for p := range before {
		if _, ok := now[p]; !ok {
			t.Errorf("%s is gone", p)
		}
	}
}

// manyUnits is an archive of n items directly beneath the fonds f, all about
// the subject s. They are no files: pages of lists can be made, not their own.
func manyUnits(t testing.TB, n int) *archive {
	t.Helper()
	tree := write(t, base(text("subjects/s.yaml", "id: s\nlabel: {vi: Chủ đề, en: Subject}\n")))
	return readWith(t, tree, func(b *catalog.Builder) {
		for i := range n {
			u := madeUnit(fmt.Sprintf("i%07d", i), "item", "f", i)
			u.Subjects = []record.Ref{{ID: "s"}}
			b.AddUnit(u, "f", record.Loc{File: "fonds/f/records/made.yaml"})
		}
	})
}

// BenchmarkPlan plans all pages of 100,000 items beneath one fonds and about
// one subject, in two languages: each time as if for the first time.
func BenchmarkPlan(b *testing.B) {
	a := manyUnits(b, 100_000)
	for b.Loop() {
		a.cuts.Clear()
		for range a.Jobs() {
		}
	}
}

// BenchmarkNew plans the site of an archive of 500 fonds of 200 items each, with
// three subjects and dates over sixty years.
func BenchmarkNew(b *testing.B) {
	files := base()
	for i := range files {
		all := "fonds: [f"
		for f := range 500 {
			all += fmt.Sprintf(", f%03d", f)
		}
		files[i].Data = bytes.Replace(files[i].Data, []byte("fonds: [f"), []byte(all), 1)
	}
	a := readWith(b, write(b, files), func(builder *catalog.Builder) {
		for s := range 40 {
			subject := &record.Subject{Label: record.Text{Langs: []record.LangText{{Lang: "vi", V: fmt.Sprint("Chủ đề ", s)}}}}
			subject.ID.V = fmt.Sprint("s", s)
			builder.AddSubject(subject, record.Loc{})
		}
		for i := range 100_000 {
			fonds := fmt.Sprintf("f%03d", i/200)
			if i%200 == 0 {
				builder.AddUnit(madeUnit(fonds, "fonds", "", i), fonds, record.Loc{})
			}
			u := madeUnit(fmt.Sprintf("%s-%03d", fonds, i%200), "item", fonds, i)
			created, err := edtf.Parse(fmt.Sprintf("%d-%02d-%02d", 1930+i*31%60, 1+i*7%12, 1+i*17%28))
			if err != nil {
				b.Fatal(err)
			}
			u.Dates.Created.Date = created
			for _, s := range []int{i % 40, (i + 1) % 40, i * 7 % 31} {
				u.Subjects = append(u.Subjects, record.Ref{ID: fmt.Sprint("s", s)})
			}
			builder.AddUnit(u, fonds, record.Loc{})
		}
	})
	if n := a.Plan.Catalog.cat.Len(catalog.Unit); n < 100_500 {
		b.Fatalf("%d units", n)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(a.Input); err != nil {
			b.Fatal(err)
		}
	}
}

// madeUnit is a unit that stands in no file.
func madeUnit(id, level, parent string, n int) *record.Unit {
	u := &record.Unit{Title: record.Text{Langs: []record.LangText{{Lang: "vi", V: fmt.Sprintf("Tờ %d", n)}}}}
	u.ID.V, u.Level.V, u.Parent.V, u.Form.V = id, level, parent, "thu"
	u.Reference.UnitNo.V = fmt.Sprintf("%07d", n)
	u.Access.State.V, u.Clearance.V = "public", "kt"
	return u
}

// BenchmarkListPages composes the first, a later and the last page of the list
// of a fonds and of a subject of 100,000 records.
func BenchmarkListPages(b *testing.B) {
	a := manyUnits(b, 100_000)
	for _, stem := range []string{"phong-luu-tru/f/index", "chu-de/s"} {
		paths := a.list(stem)
		for name, p := range map[string]string{"first": paths[0], "middle": paths[len(paths)/2], "last": paths[len(paths)-1]} {
			b.Run(path.Base(stem)+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, _, err := a.jobs[p].Compose(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
