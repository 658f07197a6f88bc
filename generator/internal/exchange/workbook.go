package exchange

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"vitrine/generator/diag"
	"vitrine/generator/internal/exchange/xlsx"
)

// ImportXLSX turns a sheet of a workbook and a folder of media into records of a fonds. Errors are as
// those of ImportCSV.
func ImportXLSX(ctx context.Context, o Options) (*Report, error) {
	return run(ctx, o, (*importer).readWorkbook)
}

// uncomputed stands in the cell of a formula without a value. No sheet can hold it.
const uncomputed = "\x00"

func (im *importer) readWorkbook(context.Context) error {
	mapText, err := im.mapText()
	if err != nil {
		return err
	}
	f, err := openRegular(im.o.File)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() > maxSheet {
		return usage("%s lớn hơn %d MB", "%s is larger than %d MB", im.o.File, maxSheet>>20)
	}
	from1904 := false
	if book, err := xlsx.Open(f, info.Size()); err != nil {
		return im.noWorkbook(err)
	} else if err := im.readTab(book); err != nil {
		return err
	} else {
		from1904 = book.From1904
	}
	if err := im.mapColumns(mapText); err != nil {
		return err
	}
	im.m.from1904 = im.m.from1904 || from1904
	if im.desk != nil {
		return im.beginDesk()
	}
	return nil
}

// noWorkbook says why a file cannot be read.
func (im *importer) noWorkbook(err error) error {
	at := diag.Pos{File: im.rep.file}
	var d diag.Diagnostic
	var part *xlsx.PartError
	switch {
	case errors.As(err, &part):
		d = diag.Errorf("sheet-broken", at, "bảng hỏng ở phần %s: %v; không nhập gì", "the workbook is broken in its part %s: %v; nothing is imported", part.Part, part.Err).
			WithHint("mở trong Excel hoặc LibreOffice rồi lưu lại thành .xlsx", "open it in Excel or LibreOffice and save it as .xlsx again")
	case errors.Is(err, xlsx.ErrTooLarge):
		d = diag.Errorf("sheet-size", at, "bảng lớn quá mức đọc được (%d MB mỗi trang tính sau khi giải nén, %d dòng, %d cột)", "the workbook is larger than what is read (%d MB for a sheet once unpacked, %d rows, %d columns)", xlsx.MaxPart>>20, maxRows, maxColumns).
			WithHint("xoá dòng, cột trống đã định dạng ở cuối; bảng lớn thì tách thành nhiều tệp", "delete empty rows and columns that were formatted; split a large sheet into several files")
	case errors.Is(err, xlsx.ErrEncrypted):
		d = diag.Errorf("sheet-kind", at, "bảng đặt mật khẩu, hoặc là .xls đời cũ", "the workbook has a password, or is an old .xls").
			WithHint("bỏ mật khẩu, hoặc chọn «Save As → Excel Workbook (.xlsx)»", "take the password off, or choose «Save As → Excel Workbook (.xlsx)»")
	case errors.Is(err, xlsx.ErrNotWorkbook):
		d = diag.Errorf("sheet-kind", at, "tệp này không phải bảng XLSX", "this file is no workbook in XLSX").
			WithHint("lưu lại thành .xlsx; bảng CSV thì dùng «vitrine import csv»", "save it as .xlsx; for a sheet in CSV use «vitrine import csv»")
	default:
		return err
	}
	im.rep.add(d)
	return ErrRefused
}

// readTab reads the sheet that was asked for, or the first with rows that is not hidden.
func (im *importer) readTab(book *xlsx.Book) error {
	tab, err := im.chooseTab(book)
	if err != nil {
		return err
	}
	w := &workbookReader{sheetReader: sheetReader{sheet: &sheet{file: im.rep.file, tab: tabName(tab.Name)}, rep: im.rep}}
	merged, err := book.Rows(tab, w.take)
	switch {
	case w.refused:
		return ErrRefused
	case err != nil:
		return im.noWorkbook(err)
	case w.cols == nil:
		im.rep.add(diag.Errorf("sheet-empty", diag.Pos{File: im.rep.file}, "trang tính %q không có dòng tiêu đề cột", "the sheet %q has no row of column headings", tab.Name))
		return ErrRefused
	}
	if err := w.spread(merged); err != nil {
		return im.noWorkbook(err)
	}
	w.dropEmptyColumns()
	im.sheet = w.sheet
	if isDesk(book) {
		im.desk = &desk{tab: tab.Name, given: map[xlsx.Place]string{}}
	}
	return nil
}

func (im *importer) chooseTab(book *xlsx.Book) (xlsx.Tab, error) {
	var names, others []string
	var chosen *xlsx.Tab
	for i, t := range book.Tabs {
		names = append(names, t.Name)
		if im.o.Sheet != "" {
			continue
		}
		switch has, err := hasRows(book, t); {
		case err != nil && chosen == nil && !t.Hidden:
			return t, im.noWorkbook(err)
		case has && chosen == nil && !t.Hidden:
			chosen = &book.Tabs[i]
		case has && t.Name != xlsx.MarkTab:
			others = append(others, t.Name)
		}
	}
	if im.o.Sheet != "" {
		t, ok := book.Tab(im.o.Sheet)
		if !ok {
			return t, usage("--sheet: tệp không có trang tính %q", "--sheet: the file has no sheet %q", im.o.Sheet).
				hint("các trang tính: %s", "its sheets: %s", strings.Join(names, ", "))
		}
		return t, nil
	}
	if chosen == nil {
		im.rep.add(diag.Errorf("sheet-empty", diag.Pos{File: im.rep.file}, "không trang tính nào đang hiện có dòng nào", "no sheet that is shown has any row"))
		return xlsx.Tab{}, ErrRefused
	}
	if len(others) > 0 {
		im.rep.add(diag.Warnf("sheet-others", diag.Pos{File: im.rep.file}, "chỉ đọc trang tính %q; không đọc: %s", "only the sheet %q is read, and not: %s", chosen.Name, strings.Join(others, ", ")).
			WithHint("chọn trang khác bằng --sheet", "choose another with --sheet"))
	}
	return *chosen, nil
}

func hasRows(book *xlsx.Book, t xlsx.Tab) (has bool, err error) {
	_, err = book.Rows(t, func(xlsx.Row) error { has = true; return xlsx.ErrStop })
	return has, err
}

// tabName is what stands before a cell of a sheet in formulas: Sheet1! or 'Bảng kê'!
func tabName(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }) {
		name = "'" + strings.ReplaceAll(name, "'", "''") + "'"
	}
	return name + "!"
}

// workbookReader makes a table of the rows of a workbook.
type workbookReader struct {
	sheetReader
	refused bool // the report says why
}

// take takes one row.
func (w *workbookReader) take(r xlsx.Row) error {
	w.line, w.number = r.Number, r.Number
	cells := make([]string, max(r.Cells[len(r.Cells)-1].Column+1, len(w.cols)))
	for _, c := range r.Cells {
		cells[c.Column] = c.Text
		switch {
		case c.Kind == xlsx.Uncomputed:
			cells[c.Column] = uncomputed
		case c.Kind == xlsx.Fault && !excelError.MatchString(c.Text):
			cells[c.Column] = "#VALUE!"
		}
	}
	before := len(w.rows)
	if w.refused = !w.row(cells, "", nil); w.refused {
		return xlsx.ErrStop
	}
	if r.Hidden && len(w.rows) > before {
		for _, c := range w.cols[:1] {
			w.rep.each("row-hidden", w.cell(w.rows[before], c), "dòng đang ẩn vẫn được nhập như các dòng khác", "rows that are hidden are imported like the others")
		}
	}
	return nil
}

// spread gives the value of a cell that was merged down over several rows to each of them, as it
// shows beside each.
func (w *workbookReader) spread(merged []xlsx.Range) error {
	steps, size := 0, 0
	at := map[int]*row{}
	for _, r := range w.rows {
		at[r.number] = r
	}
	for _, m := range merged {
		first := at[m.Row]
		if first == nil || m.Column >= len(first.cells) || trim(first.cells[m.Column]) == "" || m.Column >= len(w.cols) {
			continue
		}
		value := first.cells[m.Column]
		for n := m.Row + 1; n <= m.LastRow; n++ {
			if steps++; steps > maxRows*16 {
				return xlsx.ErrTooLarge
			}
			r := at[n]
			if r == nil {
				continue
			}
			if size += len(value); size > xlsx.MaxText {
				return xlsx.ErrTooLarge
			}
			r.cells[m.Column] = value // every row is as wide as the headings at least
		}
		w.rep.add(w.cell(first, w.cols[m.Column]).warnf("cells-merged", "các ô %s gộp làm một; giá trị tính cho từng dòng, ở cột đầu", "the cells %s were merged; the value counts for each of the rows, in the first column", m))
	}
	return nil
}
