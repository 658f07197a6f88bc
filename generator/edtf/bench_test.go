package edtf_test

import (
	"testing"

	"vitrine/generator/edtf"
)

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"1945-09-02", "1930-01-06/1930-02-07", "{1965,1968,1969}"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := edtf.Parse(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	d, err := edtf.Parse("1930-01-06/1930-02-07")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if d.Words("vi") == "" {
			b.Fatal("no words")
		}
	}
}
