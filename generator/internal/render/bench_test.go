package render

import (
	"bytes"
	"io"
	"testing"

	"vitrine/templates"
)

// BenchmarkRecord renders the page of a document of four sheets.
func BenchmarkRecord(b *testing.B) {
	r := renderer(b)
	p := sampleRecord("vi")
	p.Assets = r.LayoutAssets("../../")
	var size bytes.Buffer
	if err := r.Render(&size, p); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Render(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlainRecord renders a record without images, as most of a large
// archive are.
func BenchmarkPlainRecord(b *testing.B) {
	r := renderer(b)
	p := sampleRecord("vi")
	p.Assets = r.LayoutAssets("../../")
	p.Sheets, p.Citations, p.Repository, p.Badges = nil, p.Citations[:1], nil, nil
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Render(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNew is what every run of the command pays at its start.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(templates.FS); err != nil {
			b.Fatal(err)
		}
	}
}
