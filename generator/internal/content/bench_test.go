package content

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// benchFonds and benchRecord have the shape of an ordinary archive: a record
// of about 2 kB, half of it a description of three paragraphs.
const benchFonds = `id: f1
level: fonds
title: {vi: "Phông đo"}
reference: {repository: kho-do, fonds_no: "DO-1"}
dates: {created: "1925/2000"}
extent: {vi: "10 mét giá"}
languages: [vi]
creators: [{name: {vi: "Cơ quan đo"}, role: creator}]
scope: {vi: "Tài liệu để đo."}
description_control: {by: "Máy đo", date: "2026-01-15"}
access: {state: public}
clearance: kt-do
defaults:
  languages: [vi]
  originals: {status: ban-sao}
  description_control: {by: "Máy đo", date: "2026-01-15"}
`

func benchRecord(i int) string {
	paragraph := "    " + strings.Repeat("Hội nghị đã thảo luận về tình hình và đề ra nhiệm vụ trước mắt của các cấp bộ. ", 5)
	return fmt.Sprintf(`id: f1-%04d
level: item
parent: f1
title: {vi: "Nghị quyết về nhiệm vụ của phong trào trong tình hình mới số %d"}
form: nghi-quyet
reference: {repository: kho-do, fonds_no: "DO-1", inventory_no: "01", unit_no: "%04d"}
dates: {created: "1930-%02d-03"}
creators: [{name: {vi: "Nguyễn Văn Đo"}, role: author}]
places: [{name: {vi: "Phường Cửa Nam"}}]
subjects: [chu-de-01, chu-de-17, chu-de-33]
extent: {vi: "12 tờ"}
languages: [vi]
access: {state: public}
clearance: kt-do
scope:
  vi: |
%s

%s

%s
`, i, i, i, 1+i%12, paragraph, paragraph, paragraph)
}

func benchTree(b *testing.B, n int, change func(string) string) (*Tree, File) {
	var docs []string
	for i := range n {
		docs = append(docs, benchRecord(i))
	}
	tr := tree(b, map[string]string{"site.yaml": site, "fonds/f1/fonds.yaml": benchFonds, "fonds/f1/records/01.yaml": change(strings.Join(docs, "---\n"))})
	f, _ := classify("fonds/f1/records/01.yaml")
	return tr, f
}

func asItIs(s string) string { return s }
func windows(s string) string {
	return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n")
}

func BenchmarkUnits(b *testing.B) {
	const n = 200
	tr, f := benchTree(b, n, asItIs)
	b.ReportAllocs()
	for b.Loop() {
		tr.Units(f, func(u *record.Unit, _ record.Loc, ds []diag.Diagnostic) {
			if u == nil || len(ds) > 0 {
				b.Fatal(ds)
			}
		})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/record")
}

func BenchmarkUnitAgain(b *testing.B) {
	for name, change := range map[string]func(string) string{"unix": asItIs, "windows": windows} {
		b.Run(name, func(b *testing.B) {
			tr, f := benchTree(b, 200, change)
			var locs []record.Loc
			tr.Units(f, func(_ *record.Unit, loc record.Loc, _ []diag.Diagnostic) { locs = append(locs, loc) })
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := tr.Unit(f, locs[i%len(locs)]); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
