package generator_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/generator"
	"vitrine/generator/diag"
)

// blackened is a page that hides 12 characters under a box and leaves them there.
const blackened = "BT /F1 24 Tf 72 700 Td (ABCDEFGHIJKL) Tj ET 0 g 60 690 400 30 re f"

// searchedArchive is an archive whose records name a PDF each: one is published,
// one is not.
func searchedArchive(t *testing.T, changes map[string]string) string {
	t.Helper()
	object := "objects: [{kind: pdf, seq: 1, file: FILE}]\n"
	all := map[string]string{
		recordPath("tl-0001"): markedItem("tl-0001", "access: {state: public}\nclearance: qd-01\n"+strings.ReplaceAll(object, "FILE", "a.pdf")),
		recordPath("tl-0002"): markedItem("tl-0002", strings.ReplaceAll(object, "FILE", "b.pdf")),
		media + "a.pdf":       onePage("Don xin viec"), media + "b.pdf": onePage("Don xin viec"),
	}
	for name, text := range changes {
		all[name] = text
	}
	return markedWith(t, all)
}

// faultsOf are the errors of a report, as code and file.
func faultsOf(r *generator.Report) (out []string) {
	for _, d := range r.Diags.Sorted() {
		if d.Severity == diag.Error {
			out = append(out, d.Code+" "+d.Pos.File)
		}
	}
	return out
}

// A PDF that hides text stops check and build, whether its record is published or
// not and whether a record names it at all; what it hides is not said.
func TestCoveredPDF(t *testing.T) {
	dir := searchedArchive(t, map[string]string{media + "a.pdf": drawnPage(blackened), media + "b.pdf": drawnPage(blackened), media + "c.bin": drawnPage(blackened)})
	want := []string{"pdf-covered " + media + "a.pdf", "pdf-covered " + media + "b.pdf", "pdf-covered " + media + "c.bin"}
	o := generator.Options{Content: dir, Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
	for name, run := range map[string]func(context.Context, generator.Options) (*generator.Report, error){"check": generator.Check, "build": generator.Build} {
		r, err := run(context.Background(), o)
		if !errors.Is(err, generator.ErrContent) || !slices.Equal(faultsOf(r), want) {
			t.Fatalf("%s: %v: %q, want %q", name, err, faultsOf(r), want)
		}
		for _, d := range r.Diags.Sorted() {
			if d.Code == "pdf-covered" && (!strings.Contains(d.Msg.En, "page 1: 12 characters") || !strings.Contains(d.Msg.Vi, "trang 1: còn 12 ký tự")) {
				t.Errorf("%s: %s / %s", name, d.Msg.En, d.Msg.Vi)
			}
			if strings.Contains(d.Msg.Vi+d.Msg.En+d.Hint.Vi+d.Hint.En+d.Excerpt, "ABC") {
				t.Errorf("%s: %s tells what is hidden", name, d.Code)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(o.Out, "index.html")); !os.IsNotExist(err) {
		t.Error("a site was published", err)
	}
}

// revised is a PDF of one page whose content was replaced by adding to the file.
func revised(first, then string) string {
	out := drawnPage(first)
	out = out[:strings.LastIndex(out, "trailer")]
	xref := func(from int, prev string) {
		at := len(out)
		out += fmt.Sprintf("xref\n%d %d\n", from, 5-from)
		for n := from; n < 5; n++ {
			out += fmt.Sprintf("%010d 00000 n \n", strings.LastIndex(out[:at], fmt.Sprintf("\n%d 0 obj", n))+1)
		}
		out += fmt.Sprintf("trailer\n<< /Size 5 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", prev, at)
	}
	old := len(out)
	xref(1, "")
	again := drawnPage(then)
	out += again[strings.Index(again, "4 0 obj"):strings.LastIndex(again, "trailer")]
	xref(4, fmt.Sprintf("/Prev %d", old))
	return out
}

// A PDF in which an earlier revision still gives what was left out stops check and
// build, and is told apart from one that was only added to.
func TestOutdatedPDF(t *testing.T) {
	const text = "BT /F1 24 Tf 72 700 Td (ABCDEFGHIJKL) Tj ET"
	dir := searchedArchive(t, map[string]string{media + "a.pdf": revised(text, "0 g 60 690 400 30 re f"), media + "b.pdf": revised(text, text+" 0 g 60 600 400 30 re f")})
	o := generator.Options{Content: dir, Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
	for range 2 {
		_, r := reads(t, o)
		if want := []string{"pdf-outdated " + media + "a.pdf"}; !slices.Equal(faultsOf(r), want) {
			t.Errorf("%q, want %q", faultsOf(r), want)
		}
		for _, d := range r.Diags.Sorted() {
			if strings.Contains(d.Msg.Vi+d.Msg.En+d.Hint.Vi+d.Hint.En+d.Excerpt, "ABC") {
				t.Errorf("%s tells what is hidden", d.Code)
			}
		}
	}
}

// reads builds a site and tells which PDF files were searched.
func reads(t *testing.T, o generator.Options) (out []string, r *generator.Report) {
	t.Helper()
	var mu sync.Mutex
	o.Read = func(p string) {
		mu.Lock()
		defer mu.Unlock()
		if strings.HasSuffix(p, ".pdf") {
			out = append(out, strings.TrimPrefix(p, media))
		}
	}
	r, err := generator.Build(context.Background(), o)
	if err != nil && !errors.Is(err, generator.ErrContent) {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out, r
}

// A PDF is searched when it is new and when its bytes changed, and at no other
// time; what was found is told again.
func TestPDFIsSearchedOnce(t *testing.T) {
	dir := searchedArchive(t, nil)
	o := generator.Options{Content: dir, Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
	old := time.Now().Add(-time.Hour)
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	covered := []string{"pdf-covered " + media + "b.pdf"}
	for _, step := range []struct {
		name   string
		do     func()
		search []string
		faults []string
	}{
		{"new", func() {}, []string{"a.pdf", "b.pdf"}, nil},
		{"nothing changed", func() {}, nil, nil},
		{"touched", func() { _ = os.Chtimes(at(media+"a.pdf"), old, old) }, nil, nil},
		{"its record changed", func() { edit(t, at(recordPath("tl-0001")), "Quyết định", "Thư") }, nil, nil},
		{"covered", func() { put(t, at(media+"b.pdf"), []byte(drawnPage(blackened))) }, []string{"b.pdf"}, covered},
		{"still covered", func() {}, nil, covered},
		{"another changed", func() { put(t, at(media+"a.pdf"), []byte(onePage("Thu"))) }, []string{"a.pdf"}, covered},
		{"mended", func() { put(t, at(media+"b.pdf"), []byte(onePage("Thu"))) }, []string{"b.pdf"}, nil},
		{"its record removed", func() { _ = os.Remove(at(recordPath("tl-0002"))) }, nil, nil},
	} {
		step.do()
		if got, r := reads(t, o); !slices.Equal(got, step.search) || !slices.Equal(faultsOf(r), step.faults) {
			t.Errorf("%s: searched %q, found %q; want %q, %q", step.name, got, faultsOf(r), step.search, step.faults)
		}
	}
}

// A PDF that cannot be searched might hide anything: it is refused, each time.
func TestPDFCannotBeSearched(t *testing.T) {
	whole := onePage("Don xin viec")
	dir := searchedArchive(t, map[string]string{
		media + "a.pdf":     strings.Replace(whole, "/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O ("+strings.Repeat("x", 32)+") /U ("+strings.Repeat("y", 32)+") /P -4 >>", 1),
		media + "b.pdf":     "Don xin viec\n",
		media + "cut.PDF":   whole[:60],
		media + "empty.pdf": "",
	})
	o := generator.Options{Content: dir, Out: filepath.Join(t.TempDir(), "public"), AsOf: asOf}
	var want []string
	for _, name := range []string{"a.pdf", "b.pdf", "cut.PDF", "empty.pdf"} {
		want = append(want, "pdf-unsearched "+media+name)
	}
	for range 2 {
		_, r := reads(t, o)
		if !slices.Equal(faultsOf(r), want) {
			t.Errorf("%q, want %q", faultsOf(r), want)
		}
		for name, says := range map[string][3]string{
			"a.pdf":   {"PDF có mật khẩu, không mở được", "the PDF needs a password to be opened", "qpdf --decrypt"},
			"cut.PDF": {"tệp PDF bị hỏng hoặc bị cắt cụt, không mở được", "the PDF is damaged or cut short and cannot be opened", "copy the file again"},
		} {
			for _, d := range r.Diags.Sorted() {
				if d.Code == "pdf-unsearched" && d.Pos.File == media+name && (!strings.HasSuffix(d.Msg.Vi, ": "+says[0]) || !strings.HasSuffix(d.Msg.En, ": "+says[1]) || !strings.Contains(d.Hint.En, says[2])) {
					t.Errorf("%s: %+v, %+v", name, d.Msg, d.Hint)
				}
			}
		}
	}
}

// A PDF that lies elsewhere in the content is searched with the markings.
func TestCoveredPDFAnywhere(t *testing.T) {
	_, r := lookThrough(t, markedWith(t, map[string]string{"pages/files/a.pdf": drawnPage(blackened)}), 2)
	if want := []string{"pdf-covered pages/files/a.pdf"}; !slices.Equal(faultsOf(r), want) {
		t.Errorf("%q, want %q", faultsOf(r), want)
	}
}
