package generator

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator/diag"
)

// lettersPDF is a PDF with a page for each text.
func lettersPDF(texts ...string) []byte {
	var b bytes.Buffer
	kids := ""
	for i := range texts {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	b.WriteString("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
	fmt.Fprintf(&b, "2 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n", kids, len(texts))
	for i, text := range texts {
		draw := "BT /F1 24 Tf 40 150 Td (" + text + ") Tj ET"
		fmt.Fprintf(&b, "%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>\nendobj\n", 4+2*i, 5+2*i)
		fmt.Fprintf(&b, "%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", 5+2*i, len(draw), draw)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\n", 4+2*len(texts))
	return b.Bytes()
}

// letters is an archive with one record that shows a PDF.
func letters(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: \"Kho\"\nlanguages: [vi]\nrepository: kho\n", "repositories/kho.yaml": "id: kho\nname: \"Kho\"\n",
		"clearances/qd.yaml":           "id: qd\ndecision: {number: \"1\", date: \"2026-01-15\", issued_by: {name: \"Kho\"}, signatory: \"A\"}\nscope: {fonds: [p], parts: [metadata, images, transcript], purposes: [web-exhibition], open_ended: true}\nvalid: {from: \"2026-01-15\"}\nprepared_by: \"A\"\napproved_by: \"B\"\n",
		"fonds/p/fonds.yaml":           "id: p\nlevel: fonds\ntitle: \"Phông\"\nreference: {repository: kho}\ndates: {created: \"1958\"}\naccess: {state: public}\nclearance: qd\n",
		"fonds/p/records/tl-0001.yaml": "id: tl-0001\nlevel: item\nparent: p\ntitle: \"Thư\"\nform: thu\nreference: {unit_no: \"1\"}\ndates: {created: \"1958\"}\naccess: {state: public}\nclearance: qd\nrights: {uri: \"http://rightsstatements.org/vocab/CNE/1.0/\"}\nobjects: [{kind: pdf, seq: 1, file: thu.pdf}]\n",
		"fonds/p/media/thu.pdf":        string(lettersPDF("Kinh gui", "Tran trong")),
	} {
		name = filepath.Join(dir, "content", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Options{Content: filepath.Join(dir, "content"), Out: filepath.Join(dir, "public"), AsOf: "2026-06-01"}
}

// publishOnce builds, and tells how many PDF files were opened and pages were drawn.
func publishOnce(t *testing.T, o Options) (r *Report, opened, drawn int64) {
	t.Helper()
	target, err := o.target()
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	b, err := open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	if r, err = b.publish(context.Background(), target); err != nil && r == nil {
		t.Fatal(err)
	}
	if b.images != nil {
		drawn = b.images.cache.Stats().Decoded
	}
	return r, b.scan.pdfs.Opened(), drawn
}

func edit(t *testing.T, o Options, name, old, new string) {
	t.Helper()
	name = filepath.Join(o.Content, filepath.FromSlash(name))
	data, err := os.ReadFile(name)
	if err != nil || !bytes.Contains(data, []byte(old)) {
		t.Fatal(name, err)
	}
	if err := os.WriteFile(name, bytes.Replace(data, []byte(old), []byte(new), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A PDF is opened while it is new: to be searched, measured and drawn. A build that
// finds it as it was, or elsewhere with the same bytes, starts no engine.
func TestAPDFIsDrawnOnce(t *testing.T) {
	o := letters(t)
	if _, opened, drawn := publishOnce(t, o); opened == 0 || drawn != 2 {
		t.Fatalf("%d opened, %d pages drawn", opened, drawn)
	}
	edit(t, o, "fonds/p/records/tl-0001.yaml", "Thư", "Lá thư")
	if r, opened, drawn := publishOnce(t, o); opened != 0 || drawn != 0 || r.Result.Written == 0 {
		t.Errorf("another title: %d opened, %d pages drawn, %d files written", opened, drawn, r.Result.Written)
	}
	if err := os.RemoveAll(o.Out); err != nil {
		t.Fatal(err)
	}
	if r, opened, drawn := publishOnce(t, o); opened != 0 || drawn != 0 || r.Result.Written == 0 {
		t.Errorf("another folder: %d opened, %d pages drawn, %d files written", opened, drawn, r.Result.Written)
	}
	edit(t, o, "fonds/p/media/thu.pdf", "Tran", "Thanh")
	if _, opened, drawn := publishOnce(t, o); opened == 0 || drawn != 2 {
		t.Errorf("another file: %d opened, %d pages drawn", opened, drawn)
	}
}

// swapping replaces a file when the images are about to be made.
type swapping struct {
	t *testing.T
	o *Options
}

func (s swapping) Phase(name diag.Text, _ int) {
	if name.En == "Making images" {
		edit(s.t, *s.o, "fonds/p/media/thu.pdf", "Tran", "Xuan")
	}
}
func (swapping) Add(int) {}
func (swapping) Done()   {}

// What is drawn is what was searched: a PDF that took the place of another in between
// stops the build, and nothing of either is published.
func TestASwappedPDFIsNotShown(t *testing.T) {
	o := letters(t)
	o.Progress = swapping{t, &o}
	r, _, drawn := publishOnce(t, o)
	if r.ok() || drawn != 0 {
		t.Fatalf("%d pages drawn", drawn)
	}
	found := false
	for _, d := range r.Diags.Sorted() {
		found = found || d.Code == "image-changing" && strings.HasSuffix(d.Pos.File, "tl-0001.yaml")
	}
	if _, err := os.Stat(filepath.Join(o.Out, "index.html")); !found || err == nil {
		t.Errorf("%v, %v", r.Diags.Sorted(), err)
	}
}
