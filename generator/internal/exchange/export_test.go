package exchange

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = "../../../content"

// sampleArchive is a copy of the sample archive.
func sampleArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Every fonds of the sample archive comes back as it was, to the byte: nothing is even to be written.
// And what a row says is all of its record: in an archive without them, they become the same again.
func TestExportComesBack(t *testing.T) {
	for _, kind := range []string{".csv", ".xlsx"} {
		for _, fonds := range []string{"mau-01", "mau-02", "mau-03"} {
			dir := sampleArchive(t)
			before := snapshot(t, dir)
			out := filepath.Join(t.TempDir(), fonds+kind)
			if rep, err := Export(context.Background(), ExportOptions{Content: dir, FondsID: fonds, Out: out}); err != nil {
				t.Fatal(err, dump(rep))
			}
			o := Options{Content: dir, File: out, FondsID: fonds, MapFile: strings.TrimSuffix(out, kind) + ".map.yaml"}
			by := map[string]func(context.Context, Options) (*Report, error){".csv": ImportCSV, ".xlsx": ImportXLSX}[kind]
			rep, err := by(context.Background(), o)
			if err != nil || rep.Refused > 0 || rep.Rows < 20 || len(rep.Written) > 0 || len(rep.Notes) > 0 {
				t.Errorf("%s%s: %v\n%s", fonds, kind, err, dump(rep))
			}
			if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
				t.Errorf("%s%s: %s", fonds, kind, d)
			}
			want := unitsOf(t, dir, fonds)
			if err := os.RemoveAll(filepath.Join(dir, "fonds", fonds, "records")); err != nil {
				t.Fatal(err)
			}
			rep, err = by(context.Background(), o)
			if err != nil || rep.Refused > 0 {
				t.Fatalf("%s%s: %v\n%s", fonds, kind, err, dump(rep))
			}
			if d := cmp.Diff(want, unitsOf(t, dir, fonds)); d != "" {
				t.Errorf("%s%s: the records differ: %s", fonds, kind, d)
			}
		}
	}
}

// unitsOf are the records of a fonds as they would be written.
func unitsOf(t *testing.T, dir, fonds string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for id, u := range readBack(t, dir, fonds) { // with what they inherit
		text, err := document(encoder{"vi"}.unit(u))
		if err != nil {
			t.Fatal(err)
		}
		out[id] = text
	}
	return out
}

const exportedRecords = `# A comment stays.
id: a-1
level: item
parent: f1
title: {vi: "Một", en: "One"}
form: anh
reference: {fonds_no: "1"}
dates: {created: "1945"}
subjects: [{name: "=1+1"}]
access: {state: public}
clearance: kt-01
---
id: a-2
level: item
parent: f1
title: "Hai"
form: anh
reference: {fonds_no: "1"}
dates: {created: "1946"}
scope: "=không phải công thức"
access: {state: restricted}
# The end.
`

// exportedArchive is an archive with a fonds, and a function that changes cells of its sheet.
func exportedArchive(t *testing.T) (o Options, edit func(map[string]string)) {
	t.Helper()
	dir := archive(t, map[string]string{"fonds/f1/fonds.yaml": "id: f1\nlevel: fonds\ntitle: F\nreference: {fonds_no: \"1\"}\ndates: {created: \"1945\"}\n", "fonds/f1/records/a.yaml": exportedRecords})
	o = Options{Content: dir, File: filepath.Join(t.TempDir(), "f1.csv"), FondsID: "f1", Force: true}
	o.MapFile = strings.TrimSuffix(o.File, ".csv") + ".map.yaml"
	if rep, err := Export(context.Background(), ExportOptions{Content: dir, FondsID: "f1", Out: o.File}); err != nil {
		t.Fatal(err, dump(rep))
	}
	return o, func(to map[string]string) {
		data, err := os.ReadFile(o.File)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for place, text := range to { // a-1 title.vi
			id, heading, _ := strings.Cut(place, " ")
			for _, r := range rows[1:] {
				for i, h := range rows[0] {
					if r[0] == id && h == heading {
						r[i] = text
					}
				}
			}
		}
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		writeFile(t, o.File, b.String())
	}
}

// What was edited in the sheet is shown first, and then replaces the record in its place; the rest
// of the file stays to the byte.
func TestExportEdited(t *testing.T) {
	o, edit := exportedArchive(t)
	edit(map[string]string{"a-1 title.en": "The first", "a-1 dates.created": "2/9/1945x", "a-2 scope.vi": "Khác", "a-2 title.vi": "=2"})
	rep, err := ImportCSV(context.Background(), o)
	if err != nil || rep.Refused != 1 || !strings.Contains(dump(rep), "“dates.created”: the row is not taken") {
		t.Fatal(err, dump(rep))
	}
	edit(map[string]string{"a-1 dates.created": "1945-09"})
	o.Force = false
	before := snapshot(t, o.Content)
	if rep, err = ImportCSV(context.Background(), o); !errors.Is(err, ErrRefused) || !strings.Contains(dump(rep), `"a-1", key dates: {created: "1945"} → {created: "1945-09"} [import-changes]`) {
		t.Fatal(err, dump(rep))
	}
	if d := cmp.Diff(before, snapshot(t, o.Content)); d != "" {
		t.Error("the difference was to be shown first: ", d)
	}
	o.Force = true
	if rep, err = ImportCSV(context.Background(), o); err != nil {
		t.Fatal(err, dump(rep))
	}
	text := snapshot(t, o.Content)["fonds/f1/records/a.yaml"]
	for _, want := range []string{"title: {vi: Một, en: The first}\n", `created: "1945-09"`, "---\nid: a-2\n", "scope: Khác", "title: =2", "name: =1+1", "# A comment stays.\nid: a-1", "# The end."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// What was edited in the YAML since stays, and is told; what was edited in both is a conflict.
func TestExportConflicts(t *testing.T) {
	o, edit := exportedArchive(t)
	file := filepath.Join(o.Content, "fonds/f1/records/a.yaml")
	writeFile(t, file, strings.NewReplacer(`"Một"`, `"Một (YAML)"`, "form: anh\nreference: {fonds_no: \"1\"}\ndates: {created: \"1945\"}", "form: khac\nreference: {fonds_no: \"1\"}\ndates: {created: \"1945\"}").Replace(exportedRecords))
	edit(map[string]string{"a-1 title.vi": "Một (bảng)", "a-1 dates.created": "1946"})
	rep, err := ImportCSV(context.Background(), o)
	if err != nil {
		t.Fatal(err, dump(rep))
	}
	u := readBack(t, o.Content, "f1")["a-1"]
	if title, _ := u.Title.In("vi"); title != "Một (YAML)" || u.Form.V != "khac" || u.Dates.Created.String() != "1946" {
		t.Errorf("%+v", u)
	}
	for _, want := range []string{"[import-conflict]", "“form”: was edited in the YAML", "[import-edited]"} {
		if !strings.Contains(dump(rep), want) {
			t.Errorf("nothing is told of %s:\n%s", want, dump(rep))
		}
	}
}

// What was written wrongly in the YAML is not lost: a record that cannot be read whole is not merged with a row.
func TestExportLosesNothingUnread(t *testing.T) {
	o, edit := exportedArchive(t)
	file := filepath.Join(o.Content, "fonds/f1/records/a.yaml")
	writeFile(t, file, strings.Replace(exportedRecords, `dates: {created: "1945"}`, `dates: {created: "hè 1945"}`, 1))
	edit(map[string]string{"a-1 title.vi": "Một (bảng)", "a-2 title.vi": "Hai (bảng)"})
	rep, err := ImportCSV(context.Background(), o)
	if err != nil || rep.Refused != 1 || !strings.Contains(dump(rep), "row 2 is not taken, since not all of the record that stands can be read") {
		t.Errorf("%v\n%s", err, dump(rep))
	}
	if text := snapshot(t, o.Content)["fonds/f1/records/a.yaml"]; !strings.Contains(text, "hè 1945") || strings.Contains(text, "Một (bảng)") || !strings.Contains(text, "Hai (bảng)") {
		t.Error(text)
	}
}

// An export or a list of scans that is interrupted leaves what was there.
func TestExportInterrupted(t *testing.T) {
	o, _ := exportedArchive(t)
	before := snapshot(t, filepath.Dir(o.File))
	ctx, cancel := context.WithCancel(context.Background())
	list := ScanOptions{Content: o.Content, Dir: scanned(t, "a1.jpg", "a2.jpg"), FondsID: "f1", Out: filepath.Join(t.TempDir(), "f1.xlsx"), Thumb: func(context.Context, string) ([]byte, error) { cancel(); return nil, nil }}
	if _, err := ListScans(ctx, list); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := os.Stat(list.Out); err == nil {
		t.Error("half a list was written")
	}
	if _, err := Export(ctx, ExportOptions{Content: o.Content, FondsID: "f1", Out: o.File, Force: true}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if d := cmp.Diff(before, snapshot(t, filepath.Dir(o.File))); d != "" {
		t.Error(d)
	}
}

// A text that no cell of Excel can hold is named with its record, and nothing is written.
func TestExportOfALongText(t *testing.T) {
	o, _ := exportedArchive(t)
	writeFile(t, filepath.Join(o.Content, "fonds/f1/records/a.yaml"), strings.Replace(exportedRecords, "=không phải công thức", strings.Repeat("dài ", 10_000), 1))
	out := filepath.Join(t.TempDir(), "f1.xlsx")
	var ue *UsageError
	if _, err := Export(context.Background(), ExportOptions{Content: o.Content, FondsID: "f1", Out: out}); !errors.As(err, &ue) || !strings.Contains(ue.Msg.En, `the value scope.vi of the record "a-2" is longer`) {
		t.Error(err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a workbook was written")
	}
}

// A sheet that comes back opens nothing: neither what is restricted, nor with a marking.
func TestExportOpensNothing(t *testing.T) {
	o, edit := exportedArchive(t)
	edit(map[string]string{"a-2 access.state": "public", "a-1 title.vi": "TUYỆT MẬT"})
	writeFile(t, filepath.Join(o.Content, "profiles/thu.yaml"), testProfile+"secrecy:\n  markings: [\"TUYỆT MẬT\"]\n")
	before := snapshot(t, o.Content)
	rep, err := ImportCSV(context.Background(), o)
	if !strings.Contains(dump(rep), "[import-opens]") || !strings.Contains(dump(rep), "[marking-current]") || !strings.Contains(dump(rep), "[import-stays]") || rep.Refused != 2 {
		t.Error(err, dump(rep))
	}
	if d := cmp.Diff(before, snapshot(t, o.Content)); d != "" {
		t.Error(d)
	}
}

// An export tells of what is withheld, so it lies neither in the content nor in a site.
func TestExportStaysOutside(t *testing.T) {
	o, _ := exportedArchive(t)
	var ue *UsageError
	for _, out := range []string{filepath.Join(o.Content, "x.csv"), filepath.Join(t.TempDir(), "public", "x.csv"), o.File} {
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := Export(context.Background(), ExportOptions{Content: o.Content, FondsID: "f1", Out: out}); !errors.As(err, &ue) {
			t.Errorf("%s: %v", out, err)
		}
	}
	if _, err := Export(context.Background(), ExportOptions{Content: o.Content, FondsID: "f2", Out: filepath.Join(t.TempDir(), "x.csv")}); !errors.As(err, &ue) {
		t.Error(err)
	}
}
