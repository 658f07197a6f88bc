package exchange

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook saves a workbook that f fills, and returns options for its import.
func workbook(t *testing.T, dir string, fill func(f *excelize.File) error) Options {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	o := Options{Content: dir, File: filepath.Join(t.TempDir(), "a.xlsx"), FondsID: "f1", State: "public", Clearance: "kt-01"}
	if err := errors.Join(fill(f), f.SaveAs(o.File)); err != nil {
		t.Fatal(err)
	}
	return o
}

func rowsOf(f *excelize.File, sheet string, rows ...[]any) error {
	var errs []error
	for i, r := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		errs = append(errs, f.SetSheetRow(sheet, at, &r))
	}
	return errors.Join(errs...)
}

// A workbook is a sheet like any: real dates are dates, years and leading zeros stay, merged cells
// count for their rows, hidden rows come too, and faults name sheet and cell.
func TestImportXLSX(t *testing.T) {
	dir := archive(t, nil)
	o := workbook(t, dir, func(f *excelize.File) error {
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		zeros, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: new("0000")})
		return errors.Join(err, err2, f.SetSheetName("Sheet1", "Bảng kê"),
			rowsOf(f, "Bảng kê", []any{"Mã", "Tên tài liệu", "Ngày tháng", "Hồ sơ số", "Ghi chú"},
				[]any{"tl-1", "Một", 16682, 7, "gộp"}, []any{"tl-2", "Hai", 1959, 8}, []any{"tl-3", "Ba", "2/9/1945", "0009"}, []any{"tl-4", "Bốn", nil, nil, "#N/A"}),
			f.SetCellStyle("Bảng kê", "C2", "C2", date), f.SetCellStyle("Bảng kê", "D2", "D3", zeros), f.MergeCell("Bảng kê", "E2", "E3"),
			f.SetRowVisible("Bảng kê", 4, false), f.SetCellFormula("Bảng kê", "C5", "TODAY()"))
	})
	rep, err := ImportXLSX(context.Background(), o)
	if err != nil || rep.Taken != 4 {
		t.Fatal(err, dump(rep))
	}
	got := readBack(t, dir, "f1")
	for id, want := range map[string][3]string{"tl-1": {"1945-09-02", "0007", "gộp"}, "tl-2": {"1959", "0008", "gộp"}, "tl-3": {"1945-09-02", "0009", ""}, "tl-4": {"", "", ""}} {
		u := got[id]
		if u == nil {
			t.Fatalf("%s is not there\n%s", id, dump(rep))
		}
		note, _ := u.Notes.In("vi")
		if is := [3]string{u.Dates.Created.String(), u.Reference.UnitNo.V, note}; is != want {
			t.Errorf("%s: %q, want %q", id, is, want)
		}
	}
	if !got["tl-1"].Dates.AsWritten.IsZero() || got["tl-3"].Dates.AsWritten.IsZero() {
		t.Error("a date that is one was kept as written, or one in words was not")
	}
	for _, want := range []string{
		"a.xlsx:5: error: cell 'Bảng kê'!C5 “Ngày tháng”: the formula has no value", "'Bảng kê'!E5 “Ghi chú”: Excel shows the error #N/A",
		"[cells-merged]", "E2:E3", "(1 cell: A4) [row-hidden]",
	} {
		if !strings.Contains(dump(rep), want) {
			t.Errorf("nothing is told of %q:\n%s", want, dump(rep))
		}
	}
}

// The first sheet with rows that is shown is read, or the one that is named.
func TestImportXLSXChooses(t *testing.T) {
	fill := func(f *excelize.File) error {
		_, err := f.NewSheet("Trống")
		_, err2 := f.NewSheet("Hai")
		_, err3 := f.NewSheet("Ba")
		return errors.Join(err, err2, err3, rowsOf(f, "Sheet1", []any{"Mã", "Tên"}, []any{"tl-0", "Ẩn"}), rowsOf(f, "Hai", []any{"Mã", "Tên"}, []any{"tl-2", "Hai"}),
			rowsOf(f, "Ba", []any{"Mã", "Tên"}, []any{"tl-3", "Ba"}), f.SetSheetVisible("Hai", true), func() error { f.SetActiveSheet(2); return f.SetSheetVisible("Sheet1", false) }())
	}
	for name, want := range map[string]string{"": "tl-2", "ba": "tl-3", "Sheet1": "tl-0"} {
		dir := archive(t, nil)
		o := workbook(t, dir, fill)
		o.Sheet = name
		rep, err := ImportXLSX(context.Background(), o)
		if err != nil || readBack(t, dir, "f1")[want] == nil || rep.Rows != 1 {
			t.Errorf("%q: %v\n%s", name, err, dump(rep))
		}
		if told := strings.Contains(dump(rep), "only the sheet \"Hai\" is read, and not: Sheet1, Ba"); told != (name == "") {
			t.Errorf("%q: %s", name, dump(rep))
		}
	}
	o := workbook(t, archive(t, nil), fill)
	o.Sheet = "Bốn"
	var ue *UsageError
	if _, err := ImportXLSX(context.Background(), o); !errors.As(err, &ue) || !strings.Contains(ue.Hint.En, "Sheet1, Trống, Hai, Ba") {
		t.Error(err)
	}
}

// What is no workbook changes nothing, and the message says what to do.
func TestImportXLSXRefuses(t *testing.T) {
	for text, code := range map[string]string{"id,title\n1,A\n": "sheet-kind", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...": "sheet-kind", "": "sheet-kind"} {
		dir := archive(t, nil)
		before := len(snapshot(t, dir))
		o := Options{Content: dir, File: filepath.Join(t.TempDir(), "a.xlsx"), FondsID: "f1"}
		writeFile(t, o.File, text)
		rep, err := ImportXLSX(context.Background(), o)
		if !errors.Is(err, ErrRefused) || len(rep.Notes) != 1 || rep.Notes[0].Code != code || rep.Notes[0].Hint.Vi == "" || len(snapshot(t, dir)) != before {
			t.Errorf("%q: %v\n%s", text, err, dump(rep))
		}
	}
	empty := workbook(t, archive(t, nil), func(*excelize.File) error { return nil })
	if rep, err := ImportXLSX(context.Background(), empty); !errors.Is(err, ErrRefused) || rep.Notes[0].Code != "sheet-empty" {
		t.Error(err, dump(rep))
	}
	// The limits of a sheet are those of CSV.
	long := workbook(t, archive(t, nil), func(f *excelize.File) error {
		return rowsOf(f, "Sheet1", []any{"id", "id", ""}, []any{"x"})
	})
	if rep, err := ImportXLSX(context.Background(), long); err != nil || !strings.Contains(dump(rep), "Sheet1!B1 “id”: the heading stands above an earlier column") {
		t.Error(err, dump(rep))
	}
}
