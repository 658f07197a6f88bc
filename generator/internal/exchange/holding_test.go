package exchange

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/generator/diag"
)

// Between the passes of an import no record is held as a struct, which takes ten times as much memory: a sheet may
// have a hundred thousand rows.
func TestDraftsArePacked(t *testing.T) {
	dir := archive(t, nil)
	file := filepath.Join(t.TempDir(), "s.csv")
	writeFile(t, file, "id,title,parent,subject,date\nhs,Hồ sơ,,,1945\na,Một,hs,x;y,1945\nb,Hai,hs,,\n,Ba,,,\n")
	im := &importer{o: Options{Content: dir, File: file, FondsID: "f1", State: "public", Clearance: "kt-01"}, rep: &Report{file: file},
		unfit: map[*row][]diag.Diagnostic{}, opening: map[string]bool{}, there: map[[2]string]bool{}}
	defer im.close()
	if err := steps(context.Background(), im.open, im.readSheet, im.openMedia); err != nil {
		t.Fatal(err, dump(im.rep))
	}
	im.round = round{faulty: map[*row][]diag.Diagnostic{}}
	for i, pass := range im.passes() {
		if err := pass(context.Background()); err != nil {
			t.Fatal(err, dump(im.rep))
		}
		for _, d := range im.drafts {
			if d.seen = unasked; d.packed != "" {
				im.isSeen(d)
			}
			if d.open != nil {
				t.Errorf("after pass %d the record of row %d is held as a struct", i, d.row.number)
			}
		}
	}
	if len(im.drafts) != 3 {
		t.Errorf("%d drafts", len(im.drafts))
	}
}

// Records that a sheet brings along anew are dealt out to files that people can open.
func TestNewRecordsPerFile(t *testing.T) {
	o, _ := exportedArchive(t)
	data, err := os.ReadFile(o.File)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	headings := strings.Split(strings.TrimSpace(head), ",")
	var b strings.Builder
	b.Write(data)
	line := func(id, title string) {
		cells := make([]string, len(headings))
		for i, h := range headings {
			switch h {
			case "id":
				cells[i] = id
			case "level":
				cells[i] = "item"
			case "parent":
				cells[i] = "f1"
			case "form":
				cells[i] = "anh"
			case "reference.fonds_no", "dates.created":
				cells[i] = "1945"
			case "title.vi":
				cells[i] = title
			}
		}
		b.WriteString(strings.Join(cells, ",") + "\n")
	}
	for i := range perFile + 1 {
		line(fmt.Sprintf("n-%05d", i), "Mới")
	}
	writeFile(t, o.File, b.String())
	rep, err := ImportCSV(context.Background(), o)
	if err != nil {
		t.Fatal(err, dump(rep))
	}
	files := snapshot(t, o.Content)
	for name, want := range map[string]int{"f1-0001": perFile, "f1-0002": 1} {
		if n := strings.Count(files["fonds/f1/records/"+name+".yaml"], "id: n-"); n != want {
			t.Errorf("%s: %d records, not %d", name, n, want)
		}
	}
	line("n-90000", "Mới nữa")
	writeFile(t, o.File, b.String())
	if rep, err = ImportCSV(context.Background(), o); err != nil {
		t.Fatal(err, dump(rep))
	}
	if n := len(readBack(t, o.Content, "f1")); n != perFile+1+1+2+1 {
		t.Errorf("%d units", n)
	}
}

// An exported sheet makes the fonds be read once more, and nothing else of the archive.
func TestBackSurveysTheFonds(t *testing.T) {
	o, edit := exportedArchive(t)
	writeFile(t, filepath.Join(o.Content, "fonds/f2/fonds.yaml"), "id: f2\nlevel: fonds\ntitle: G\nreference: {fonds_no: \"2\"}\ndates: {created: \"1945\"}\n")
	edit(map[string]string{"a-1 title.vi": "Khác"})
	im := &importer{o: o, rep: &Report{file: o.File}, unfit: map[*row][]diag.Diagnostic{}, opening: map[string]bool{}, there: map[[2]string]bool{}}
	defer im.close()
	if err := im.open(context.Background()); err != nil {
		t.Fatal(err)
	}
	delete(im.existing, "f2") // as a second survey would find it
	if err := im.readSheet(context.Background()); err != nil {
		t.Fatal(err, dump(im.rep))
	}
	if im.existing["f2"] != "" || len(im.lying.byID) != 2 {
		t.Errorf("%v, %d records of the fonds", im.existing["f2"], len(im.lying.byID))
	}
}

// A file that lies in its place already is compared once, however often the sheet is gone through.
func TestFilesAreComparedOnce(t *testing.T) {
	dir := archive(t, nil)
	im := &importer{o: Options{Content: dir, FondsID: "f1"}, rep: &Report{}, there: map[[2]string]bool{}}
	defer im.close()
	if err := im.open(context.Background()); err != nil {
		t.Fatal(err)
	}
	scans := scanned(t, "1.jpg")
	text, err := os.ReadFile(filepath.Join(scans, "1.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "fonds/f1/media/a.jpg"), string(text))
	c := copied{os.DirFS(scans), "1.jpg", "a.jpg"}
	if !im.isThere(c) {
		t.Fatal("the file is there")
	}
	if err := os.Remove(filepath.Join(scans, "1.jpg")); err != nil {
		t.Fatal(err)
	}
	if !im.isThere(c) {
		t.Error("it was read again")
	}
}
