package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

const (
	rels     = `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = `<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="c" Type="http://x/styles" Target="styles.xml"/></Relationships>`
	book     = `<workbook><sheets><sheet name="Một" sheetId="1" r:id="a"/></sheets></workbook>`
	styles   = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="17"/></cellXfs></styleSheet>`
	strs     = `<sst><si><t>chữ</t></si><si><r><t>hai </t></r><r><t>dòng_x000D_
nữa</t></r><rPh><t>không</t></rPh></si></sst>`
)

// zipped is a workbook around the rows of a sheet; parts replace others.
func zipped(t testing.TB, sheet string, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{"_rels/.rels": rels, "xl/_rels/workbook.xml.rels": bookRels, "xl/workbook.xml": book, "xl/styles.xml": styles, "xl/sharedStrings.xml": strs,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + sheet + `</worksheet>`}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readAll(data []byte) (rows []Row, merged []Range, err error) {
	b, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	merged, err = b.Rows(b.Tabs[0], func(r Row) error { rows = append(rows, r); return nil })
	return rows, merged, err
}

// Cells of every kind are what they hold, at their place.
func TestCells(t *testing.T) {
	rows, merged, err := readAll(zipped(t, `<row r="2" hidden="1"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c s="1"><v>16682</v></c><c r="E2" s="2"><v>16682</v></c></row>
		<row><c><v>0.1000000000000000055</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>tính</v></c><c><f>A1</f></c><c t="inlineStr"><is><t>ngay</t></is></c><c/><c t="d"><v>1945-09-02T00:00:00</v></c><c><v>1945</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>`, nil))
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{
		{2, true, []Cell{{Text, 0, "chữ"}, {Text, 2, "hai dòng\nnữa"}, {Date, 3, "1945-09-02"}, {Date, 4, "1945-09"}}},
		{3, false, []Cell{{Number, 0, "0.1"}, {Bool, 1, "TRUE"}, {Fault, 2, "#N/A"}, {Text, 3, "tính"}, {Uncomputed, 4, ""}, {Text, 5, "ngay"}, {Date, 7, "1945-09-02"}, {Number, 8, "1945"}}},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	if len(merged) != 1 || merged[0].String() != "A2:A3" {
		t.Error(merged)
	}
}

// Numbers are dates where their format shows one, as far as it shows it.
func TestFormats(t *testing.T) {
	for _, c := range []struct {
		code     string
		n        float64
		from1904 bool
		want     string
	}{
		{"General", 16682, false, ""}, {"#,##0.00", 16682, false, ""}, {`0"d"`, 5, false, ""}, {`"năm" 0`, 1945, false, ""}, {"0.00E+00", 5, false, ""}, {"[h]:mm", 1.5, false, ""}, {"[Red]0", 5, false, ""}, {"@", 5, false, ""},
		{"dd/mm/yyyy", 16682, false, "1945-09-02"}, {"dd/mm/yyyy;@", 16682.6, false, "1945-09-02"}, {"[$-42A]dd mmmm yyyy", 16682, false, "1945-09-02"}, {`"ngày" d "tháng" m "năm" yyyy`, 16682, false, "1945-09-02"},
		{"dd/mm/yyyy", 15220, true, "1945-09-02"}, {"mmm-yy", 16682, false, "1945-09"}, {"yyyy", 16682, false, "1945"}, {"d-mmm", 16682, false, "2/9"},
		{"m/d/yyyy h:mm AM/PM", 16682.5, false, "1945-09-02 12:00"}, {"h:mm", 0.5, false, "12:00"}, {"mm:ss", 0.5, false, "12:00"}, {"yyyy-mm-dd hh:mm:ss", 16682.25, false, "1945-09-02 06:00"},
		{"d/m/yyyy", 1, false, "1900-01-01"}, {"d/m/yyyy", 60, false, ""}, {"d/m/yyyy", 61, false, "1900-03-01"}, {"d/m/yyyy", -1, false, ""}, {"d/m/yyyy", 1e300, false, ""},
	} {
		if got, _ := formatOf(164, c.code, true).date(c.n, c.from1904); got != c.want {
			t.Errorf("%v as %q is %q, want %q", c.n, c.code, got, c.want)
		}
	}
	for n, want := range map[float64]string{12: "0012", 12345: "12345", 1.5: "1.5", -1: "-1", 1e20: "1E+20"} {
		if got := formatOf(164, "0000", true).digits(n); got != want {
			t.Errorf("%v: %q, want %q", n, got, want)
		}
	}
}

// What is no workbook, or a broken one, is told, and never a shorter sheet.
func TestBroken(t *testing.T) {
	row := `<row r="1"><c r="A1"><v>1</v></c></row>`
	whole := zipped(t, row+`</sheetData>`, nil)
	if rows, _, err := readAll(whole); err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	var part *PartError
	for name, data := range map[string][]byte{
		"an open element": zipped(t, row, nil), "cut within a cell": zipped(t, row+`<row r="2"><c r="A2"><v>1`, nil), "a text that is not there": zipped(t, `<row><c t="s"><v>7</v></c></row></sheetData>`, nil),
		"rows out of order": zipped(t, row+row+`</sheetData>`, nil), "a cell of another row": zipped(t, `<row r="1"><c r="A9"><v>1</v></c></row></sheetData>`, nil), "cells out of order": zipped(t, `<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>1</v></c></row></sheetData>`, nil),
		"deep": zipped(t, strings.Repeat("<a>", 1000), nil),
	} {
		if _, _, err := readAll(data); !errors.As(err, &part) || part.Line < 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, data := range map[string][]byte{"text": []byte("a;b\n1;2\n"), "nothing": nil, "cut off": whole[:len(whole)/2], "another archive": zipped(t, "", map[string]string{"_rels/.rels": "<a/>"})} {
		if _, _, err := readAll(data); !errors.Is(err, ErrNotWorkbook) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := readAll([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...")); !errors.Is(err, ErrEncrypted) {
		t.Error(err)
	}
}

// A file that unpacks to more than any sheet is refused before it is held.
func TestTooLarge(t *testing.T) {
	var sparse strings.Builder
	for i := range maxCells/MaxColumns + 1 {
		fmt.Fprintf(&sparse, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
	}
	texts := `<sst><si><t>` + strings.Repeat("x", 1<<20) + `</t></si></sst>`
	for name, data := range map[string][]byte{
		"a bomb":        zipped(t, strings.Repeat(" ", MaxPart)+"</sheetData>", nil),
		"a far row":     zipped(t, `<row r="1048577"><c><v>1</v></c></row></sheetData>`, nil),
		"far columns":   zipped(t, sparse.String()+`</sheetData>`, nil),
		"one long text": zipped(t, strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 300)+`</sheetData>`, map[string]string{"xl/sharedStrings.xml": texts}),
		"a large plan":  zipped(t, "</sheetData>", map[string]string{"xl/workbook.xml": book + strings.Repeat(" ", maxPlan)}),
	} {
		if _, _, err := readAll(data); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a library of others writes is read as it was meant.
func TestForeign(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	style, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	err := errors.Join(f.SetCellValue("Sheet1", "B2", "Tờ trình"), f.SetCellValue("Sheet1", "C2", 16682), f.SetCellStyle("Sheet1", "C2", "C2", style),
		f.SetCellFormula("Sheet1", "D2", "1+1"), f.SetCellBool("Sheet1", "E2", true), f.SetRowVisible("Sheet1", 2, false))
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := readAll(b.Bytes())
	want := []Row{{2, true, []Cell{{Text, 1, "Tờ trình"}, {Date, 2, "1945-09-02"}, {Uncomputed, 3, ""}, {Bool, 4, "TRUE"}}}}
	if d := cmp.Diff(want, rows); d != "" || err != nil {
		t.Error(err, d)
	}
}

// Whatever a file holds, reading it ends, with rows and columns of a spreadsheet.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="2"><c r="A2" t="s"><v>0</v></c><c s="1"><v>16682</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>`, styles, strs)
	f.Add(`<row><c t="inlineStr"><is><t>_x000D_</t></is></c><c t="e"><f/><v>#N/A</v></c></row>`, "", "<sst><si><r><t/></r><rPh/></si>")
	f.Fuzz(func(t *testing.T, sheet, styles, texts string) {
		rows, merged, err := readAll(zipped(t, sheet, map[string]string{"xl/styles.xml": styles, "xl/sharedStrings.xml": texts}))
		last := 0
		for _, r := range rows {
			if r.Number <= last || r.Number > MaxRows || len(r.Cells) == 0 {
				t.Fatalf("row %d after %d: %v", r.Number, last, err)
			}
			last = r.Number
			at := -1
			for _, c := range r.Cells {
				if c.Column <= at || c.Column >= MaxColumns {
					t.Fatalf("column %d after %d", c.Column, at)
				}
				at = c.Column
			}
		}
		for _, m := range merged {
			if m.LastRow < m.Row || m.Row < 1 || m.Column < 0 {
				t.Fatal(m)
			}
		}
	})
}

// FuzzOpen is about the file as a whole.
func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, `<row r="2"><c r="A2" t="s"><v>0</v></c></row></sheetData>`, nil))
	f.Fuzz(func(t *testing.T, data []byte) { _, _, _ = readAll(data) })
}
