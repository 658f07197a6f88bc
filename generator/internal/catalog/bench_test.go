package catalog

import (
	"fmt"
	"runtime"
	"testing"

	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// BenchmarkFreeze freezes archives of items with three subjects each and dates
// over sixty years. Besides the time it reports, in bytes a record, what the
// builder holds before, what is taken meanwhile, and what the builder and the
// catalog hold when all is done; the peak is at most the sum of the first two.
func BenchmarkFreeze(b *testing.B) {
	for _, shape := range []struct {
		name string
		n    int
		spec func(i int) (fonds, no string)
	}{
		{"500 fonds of 200", 100_000, fondsOf200},
		{"5,000 fonds of 200", 1_000_000, fondsOf200},
		{"one fonds", 100_000, func(i int) (string, string) { return "f-0000", fmt.Sprint(i) }},
		{"no references", 100_000, func(int) (string, string) { return "f-0000", "" }},
	} {
		b.Run(shape.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				empty := held()
				build := large(shape.n, shape.spec)
				before := held()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				taken := m.TotalAlloc
				b.StartTimer()
				c, found := build.Freeze()
				b.StopTimer()
				runtime.ReadMemStats(&m)
				taken = m.TotalAlloc - taken
				if found.Errors() > 0 || c.Len(Unit) < shape.n {
					b.Fatalf("%d diagnostics, %d units", found.Errors(), c.Len(Unit))
				}
				after := held()
				n := float64(shape.n)
				b.ReportMetric(float64(before-empty)/n, "B-read/record")
				b.ReportMetric(float64(taken)/n, "B-taken/record")
				b.ReportMetric(float64(after-empty)/n, "B-held/record")
				runtime.KeepAlive(c)
				runtime.KeepAlive(build)
				b.StartTimer()
			}
		})
	}
}

func fondsOf200(i int) (fonds, no string) { return fmt.Sprintf("f-%04d", i/200), fmt.Sprint(i % 200) }

// held is how many bytes are alive.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// large is a builder of n items with titles of 90 characters.
func large(n int, spec func(i int) (fonds, no string)) *Builder {
	var fonds []record.Str
	seen := map[string]bool{}
	for i := range n {
		if f, _ := spec(i); !seen[f] {
			seen[f] = true
			fonds = append(fonds, str(f))
		}
	}
	g, _ := access.New([]record.Clearance{clearance("kt", fonds)}, today)
	b := NewBuilder([]string{"vi", "en"}, g)
	for i := range 40 {
		b.AddSubject(&record.Subject{ID: str(fmt.Sprint("s-", i)), Label: text("Chủ đề")}, record.Loc{})
	}
	clear(seen)
	for i := range n {
		f, no := spec(i)
		if !seen[f] {
			seen[f] = true
			u := unit(f + "/" + f + " - fonds")
			b.AddUnit(&u, f, record.Loc{File: "fonds/" + f + "/fonds.yaml"})
		}
		b.AddUnit(largeItem(i, f, no), f, record.Loc{File: "fonds/" + f + "/records/01.yaml", Line: i, Offset: i * 1000, Len: 1000})
	}
	return b
}

func largeItem(i int, fonds, no string) *record.Unit {
	u := record.Unit{ID: str(fmt.Sprintf("%s-%06d", fonds, i)), Level: str("item"), Parent: str(fonds), Access: record.Access{State: str("public")}, Clearance: str("kt"),
		Title: text(fmt.Sprintf("Nghị quyết về việc tổ chức kỷ niệm lần thứ %d ngày thành lập hội cứu tế đỏ", i*7919%1000))}
	unitNo(no)(&u)
	created(fmt.Sprintf("%d-%02d-%02d", 1930+i*31%60, 1+i*7%12, 1+i*17%28))(&u)
	u.Subjects = []record.Ref{ref(fmt.Sprint("s-", i%40)), ref(fmt.Sprint("s-", (i+1)%40)), ref(fmt.Sprint("s-", i*7%31))}
	return &u
}

// BenchmarkRecall takes 100,000 units from what was kept of them, as a build
// does with files that are as they were.
func BenchmarkRecall(b *testing.B) {
	var files []string
	var fonds []record.Str
	for f := range 500 {
		name := fmt.Sprintf("f-%04d", f)
		fonds = append(fonds, str(name))
		for half := range 2 {
			var code []byte
			for i := range 100 {
				u := largeItem(f*200+half*100+i, name, fmt.Sprint(half*100+i))
				u.Rights.URI, u.Rights.Credit, u.Rights.Holder = str("http://rightsstatements.org/vocab/CNE/1.0/"), text("Ảnh: Kho lưu trữ"), text("Kho lưu trữ")
				u.Languages, u.Reference.Repository = []record.Str{str("vi")}, str("house")
				code = Summarise(u, name, record.Loc{Line: i, Offset: i * 1000, Len: 1000}, []string{"vi", "en"}).Append(code)
			}
			files = append(files, string(code))
		}
	}
	g, _ := access.New([]record.Clearance{clearance("kt", fonds)}, today)
	b.ReportAllocs()
	for b.Loop() {
		build := NewBuilder([]string{"vi", "en"}, g)
		for _, code := range files {
			for len(code) > 0 {
				s, rest, err := ReadSummary(code)
				if err != nil {
					b.Fatal(err)
				}
				s.Refs, code = nil, rest
				build.Add(s)
			}
		}
	}
}
