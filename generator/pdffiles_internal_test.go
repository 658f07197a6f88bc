package generator

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/pdf"
)

// offered is the archive of letters with a clearance that lets the file of the PDF go.
func offered(t *testing.T) Options {
	t.Helper()
	o := letters(t)
	edit(t, o, "clearances/qd.yaml", "purposes: [web-exhibition]", "purposes: [web-exhibition, offline, harvesting], max_px: full")
	edit(t, o, "site.yaml", "languages: [vi]", "languages: [vi, en]\nbase_url: https://kho.example/")
	return o
}

// siteOf are the files of a site by their paths.
func siteOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// filesOf are the PDF files of a site.
func filesOf(t *testing.T, o Options) (out []string) {
	t.Helper()
	for name := range siteOf(t, o.Out) {
		if strings.HasSuffix(name, ".pdf") {
			out = append(out, name)
		}
	}
	return out
}

func built(t *testing.T, o Options) *Report {
	t.Helper()
	r, _, _ := publishOnce(t, o)
	if r == nil || !r.ok() {
		t.Fatalf("%+v", r.Diags.Sorted())
	}
	return r
}

// The file of a PDF is offered on the page of its record, in each language, and in its
// manifest; it lies in the list of the site, and says nothing but its pages.
func TestAPDFIsOfferedAsAFile(t *testing.T) {
	o := offered(t)
	built(t, o)
	site, names := siteOf(t, o.Out), filesOf(t, o)
	if len(names) != 1 || !strings.HasPrefix(names[0], "media/") {
		t.Fatalf("files: %q", names)
	}
	file := names[0]
	for page, label := range map[string]string{"phong-luu-tru/p/tl-0001.html": "PDF, 2 trang, 1 kB", "en/fonds/p/tl-0001.html": "PDF, 2 pages, 1 kB"} {
		want := file + `" download="tl-0001-to-1.pdf" type="application/pdf">` + label + "</a>"
		if got := string(site[page]); strings.Count(got, want) != 1 {
			t.Errorf("%s has no %s", page, want)
		}
	}
	want := fmt.Sprintf(`"rendering":[{"id":"https://kho.example/%s","type":"Text","label":{"vi":["PDF, 2 trang, 1 kB"],"en":["PDF, 2 pages, 1 kB"]},"format":"application/pdf"}]`, file)
	if got := compact(site["iiif/tl-0001/manifest.json"]); !strings.Contains(got, want) {
		t.Errorf("the manifest has no %s:\n%s", want, got)
	}
	if !bytes.Contains(site["manifest-sha256.txt"], []byte("  "+file+"\n")) {
		t.Error("the list of the site has it not")
	}
	engine := &pdf.Engine{}
	defer engine.Close()
	reader := filetext.Reader{PDF: engine}
	said := ""
	_, err := reader.Read(context.Background(), bytes.NewReader(site[file]), int64(len(site[file])), func(p filetext.Text) { said += p.Where.En + ": " + p.Text + "\n" })
	if err != nil || strings.Count(said, "\n") != 2 {
		t.Errorf("the file says %q, %v", said, err)
	}
}

func compact(data []byte) string {
	return strings.NewReplacer("\n", "", "  ", "", `": `, `":`).Replace(string(data))
}

// The file is offered while all conditions hold, and goes with the first that does not.
func TestAPDFFileKeepsToItsClearance(t *testing.T) {
	o := offered(t)
	built(t, o)
	for _, c := range []struct{ name, file, old, new string }{
		{"without the text", "clearances/qd.yaml", "images, transcript", "images"},
		{"without the pictures", "clearances/qd.yaml", "images, transcript", "transcript"},
		{"without the purpose", "clearances/qd.yaml", "offline, harvesting", "harvesting"},
		{"in a smaller size", "clearances/qd.yaml", "max_px: full", "max_px: 20000"},
		{"without downloads", "site.yaml", "repository: kho", "repository: kho\nfeatures: {downloads: false}"},
		{"with something covered", "fonds/p/records/tl-0001.yaml", "file: thu.pdf", "file: thu.pdf, redacted: true"},
		{"its description alone", "fonds/p/records/tl-0001.yaml", "state: public", "state: metadata-only"},
		{"withdrawn", "fonds/p/records/tl-0001.yaml", "access: {state: public}", "access: {state: withdrawn}\nwithdrawn: {date: \"2026-05-01\", reason: other}"},
	} {
		if got := filesOf(t, o); len(got) != 1 {
			t.Fatalf("before %s: %q", c.name, got)
		}
		edit(t, o, c.file, c.old, c.new)
		if r, _, _ := publishOnce(t, o); !r.ok() {
			t.Errorf("%s: %v", c.name, r.Diags.Sorted())
		}
		if got := filesOf(t, o); len(got) != 0 {
			t.Errorf("%s: %q", c.name, got)
		}
		edit(t, o, c.file, c.new, c.old)
		built(t, o)
	}
	edit(t, o, "clearances/qd.yaml", "valid:", "files: {thu.pdf: sha256:"+strings.Repeat("0", 64)+"}\nvalid:")
	if r, _, _ := publishOnce(t, o); r.ok() {
		t.Error("another file than the one decided on is published")
	}
}

// A copy is made once for the same bytes, and so is the finding that there can be none.
func TestAPDFIsCopiedOnce(t *testing.T) {
	o := offered(t)
	built(t, o)
	before := siteOf(t, o.Out)[filesOf(t, o)[0]]
	edit(t, o, "fonds/p/records/tl-0001.yaml", "Thư", "Lá thư")
	if r, opened, _ := publishOnce(t, o); opened != 0 || !r.ok() {
		t.Errorf("another title: %d opened", opened)
	}
	if err := os.RemoveAll(o.Out); err != nil {
		t.Fatal(err)
	}
	if _, opened, _ := publishOnce(t, o); opened != 0 || len(filesOf(t, o)) != 1 {
		t.Errorf("another folder: %d opened", opened)
	}
	edit(t, o, "fonds/p/media/thu.pdf", "/Type /Catalog", "/Type /Catalog /OpenAction << /S /JavaScript /JS (app.beep) >>")
	for i, most := range []int64{99, 0} {
		r, opened, _ := publishOnce(t, o)
		told := ""
		for _, d := range r.Diags.Sorted() {
			if d.Code == "pdf-file" && d.Hint.Vi != "" {
				told += d.Pos.String() + " " + d.Msg.Vi + " | " + d.Msg.En
			}
		}
		if !r.ok() || opened > most || len(filesOf(t, o)) != 0 || !strings.Contains(told, "tl-0001.yaml") || !strings.Contains(told, "mã lệnh") || !strings.Contains(told, "scripts") {
			t.Errorf("with a script, build %d: %d opened, files %q, told %q", i+1, opened, filesOf(t, o), told)
		}
		edit(t, o, "fonds/p/records/tl-0001.yaml", "thư", "thư riêng")
	}
	edit(t, o, "fonds/p/media/thu.pdf", " /OpenAction << /S /JavaScript /JS (app.beep) >>", " /Author (Tran Van B)")
	built(t, o)
	if names := filesOf(t, o); len(names) != 1 || !bytes.Equal(siteOf(t, o.Out)[names[0]], before) {
		t.Errorf("another author: %q", names)
	}
}

// A record that is cut out of the site while the content has errors takes the file of its
// PDF along, out of the site and out of the cache.
func TestAPDFFileIsCutOut(t *testing.T) {
	o := offered(t)
	built(t, o)
	file := filesOf(t, o)[0]
	if err := os.WriteFile(filepath.Join(o.Content, "repositories", "hong.yaml"), []byte("id: [\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	rep, err := Withdraw(context.Background(), WithdrawOptions{Options: o, ID: "tl-0001"})
	if err != nil || rep.Cut == nil || len(rep.Remains) > 0 {
		t.Fatalf("%+v, %v", rep, err)
	}
	for name, data := range siteOf(t, filepath.Dir(o.Out)) {
		if strings.HasSuffix(name, file) || strings.HasPrefix(name, "public/") && bytes.Contains(data, []byte(file)) {
			t.Errorf("%s is left", name)
		}
	}
}

// A preview offers the file that a build would: named on the page, and made when it is
// asked for, so that nobody waits for it.
func TestAPreviewOffersThePDF(t *testing.T) {
	o := offered(t)
	s, err := OpenSession(SessionOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	preview := func() (page []byte) {
		if r, err := s.Refresh(context.Background()); err != nil || !r.ok() {
			t.Fatal(r, err)
		}
		f, _, err := s.File("phong-luu-tru/p/tl-0001.html")
		if err != nil {
			t.Fatal(err)
		}
		return f.Data
	}
	page := preview()
	name := regexp.MustCompile(`media/[0-9a-f/]+-file\.pdf`).FindString(string(page))
	if name == "" || !bytes.Contains(page, []byte(">PDF, 2 trang</a>")) {
		t.Fatalf("the page offers %q", name)
	}
	f, ok, err := s.File(name)
	data, _ := os.ReadFile(f.Path)
	if !ok || err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Fatalf("%t, %v, %d bytes", ok, err, len(data))
	}
	built(t, o)
	if got := filesOf(t, o); len(got) != 1 || got[0] != name || !bytes.Equal(siteOf(t, o.Out)[name], data) {
		t.Errorf("a build has %q", got)
	}
	edit(t, o, "fonds/p/records/tl-0001.yaml", "Thư", "Lá thư")
	if page = preview(); !bytes.Contains(page, []byte(">PDF, 2 trang, 1 kB</a>")) {
		t.Error("the page does not tell the length of what was made")
	}
}

// sayingPDF is a PDF that says words besides its page, in ways that are left out: its
// properties, XMP, an attachment, a bookmark, an annotation, marked content, what is in
// the resources and not drawn. more are further entries of its catalog.
func sayingPDF(shown, word, more string) []byte {
	w := "(" + word + ")"
	draw := "/Span << /ActualText " + w + " >> BDC BT /F1 24 Tf 40 150 Td (" + shown + ") Tj ET EMC % " + word
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Names << /EmbeddedFiles << /Names [" + w + " 7 0 R] >> >> /Outlines 9 0 R " + more + " >>",
		"<< /Type /Pages /Kids [4 0 R] /Count 1 >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 5 0 R /Metadata 6 0 R /PieceInfo << /P << /Private " + w + " >> >> /Annots [11 0 R]" +
			" /Resources << /Font << /F1 3 0 R >> /XObject << /X 12 0 R >> /Properties << /L 13 0 R >> >> >>",
		stream("", draw), stream("/Type /Metadata /Subtype /XML", "<x:xmpmeta>"+word+"</x:xmpmeta>"),
		"<< /Type /Filespec /F " + w + " /EF << /F 8 0 R >> >>", stream("/Type /EmbeddedFile", word),
		"<< /Type /Outlines /First 10 0 R /Last 10 0 R /Count 1 >>", "<< /Title " + w + " /Parent 9 0 R >>",
		"<< /Type /Annot /Subtype /Text /F 2 /Rect [0 0 9 9] /Contents " + w + " >>",
		stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "BT ("+word+") Tj ET"), "<< /Type /OCG /Name " + w + " >>", "<< /Title " + w + " /Author " + w + " >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 14 0 R >>\n", len(objects)+1)
	return b.Bytes()
}

func stream(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

// says reports whether a file holds a word: in the open, as PDF files write it in hex, or packed.
func says(data []byte, word string) bool {
	lower := bytes.ToLower(data)
	if bytes.Contains(lower, []byte(word)) || bytes.Contains(lower, []byte(hex.EncodeToString([]byte(word)))) {
		return true
	}
	for at := 0; ; at++ {
		i := bytes.IndexByte(data[at:], 0x78)
		if i < 0 {
			return false
		}
		at += i
		if z, err := zlib.NewReader(bytes.NewReader(data[at:])); err == nil {
			if plain, _ := io.ReadAll(io.LimitReader(z, 1<<20)); len(plain) > 0 && says(plain, word) {
				return true
			}
		}
	}
}

// Nothing comes out of a PDF that is not on its pages, and nothing of one whose record is
// hidden: every byte of the site and of what lies for web servers is searched. Words that
// are to be seen are found, so that the search would find the others.
func TestNothingLeaksOutOfAPDF(t *testing.T) {
	o := offered(t)
	record, err := os.ReadFile(filepath.Join(o.Content, "fonds/p/records/tl-0001.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	layer := "/OCProperties << /OCGs [13 0 R] /D << /OFF [13 0 R] >> >>"
	hidden := bytes.Replace(sayingPDF("lopmo", "kynhong", layer), []byte("BT /F1"), []byte("/OC /L BDC BT 5 5 Td /F1 9 Tf (kynhong) Tj ET EMC BT /F1"), 1)
	for id, c := range map[string]struct {
		data  []byte
		state string
	}{
		"tl-0001": {sayingPDF("trangmo", "kynhat", ""), "public"},
		"tl-0002": {bytes.Replace(hidden, []byte("/Length "), []byte("/Length 0"), 1), "public"},
		"tl-0003": {sayingPDF("kyba", "kytu", ""), "unreviewed"},
		"tl-0004": {sayingPDF("kynam", "kysau", "/OpenAction << /S /JavaScript /JS (kysau) >>"), "restricted"},
	} {
		text := strings.NewReplacer("tl-0001", id, "thu.pdf", id+".pdf", "state: public", "state: "+c.state).Replace(string(record))
		if id != "tl-0001" {
			text = strings.Replace(text, "unit_no: \"1\"", "unit_no: \""+id+"\"", 1)
		}
		for name, data := range map[string][]byte{"fonds/p/records/" + id + ".yaml": []byte(text), "fonds/p/media/" + id + ".pdf": c.data} {
			if err := os.WriteFile(filepath.Join(o.Content, filepath.FromSlash(name)), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := built(t, o)
	if names := filesOf(t, o); len(names) != 1 || !strings.Contains(fmt.Sprint(r.Diags.Sorted()), "tl-0002") {
		t.Errorf("files %q, found %v", names, r.Diags.Sorted())
	}
	seen := map[string]bool{}
	for name, data := range siteOf(t, filepath.Dir(o.Out)) {
		if !strings.HasPrefix(name, "public/") && !strings.Contains(name, "/server/") {
			continue
		}
		for _, word := range []string{"kynhat", "kynhong", "kyba", "kytu", "kynam", "kysau"} {
			if says(data, word) {
				t.Errorf("%s says %s", name, word)
			}
		}
		for _, word := range []string{"trangmo", "lopmo"} {
			seen[word+filepath.Ext(name)] = seen[word+filepath.Ext(name)] || says(data, word)
		}
	}
	if !seen["trangmo.pdf"] || !seen["trangmo.html"] || !seen["lopmo.html"] || seen["lopmo.pdf"] {
		t.Errorf("what is to be seen: %v", seen)
	}
}
