package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
)

// sheet is a table as it stands in the file.
type sheet struct {
	file   string
	tab    string // of a workbook, as its formulas name it
	marked bool   // it was made of a document of XML, whose elements are the columns
	top    int    // number of the row of headings
	cols   []*column
	rows   []*row
}

// column is a column with a heading. Columns are known by the letter that a
// spreadsheet shows above them.
type column struct {
	index  int
	letter string
	header string // as written, trimmed
	key    string // header made unique: the name under extra
	folded string // header as foldName has it
}

// String names a column for people: C “title”.
func (c *column) String() string {
	if c.letter == "" { // an element
		return "<" + c.header + ">"
	}
	if c.header == "" {
		return c.letter
	}
	return fmt.Sprintf("%s “%s”", c.letter, c.header)
}

// row is a row of values. Line is where it begins in the file, number what a
// spreadsheet shows beside it; they differ when cells hold line breaks.
type row struct {
	line, number int
	cells        []string
	also         []func(*record.Unit) // what no cell can hold
}

// cell is a place in the sheet.
type cell struct {
	file   string
	tab    string
	marked bool // see sheet
	row    *row
	col    *column
}

func (c cell) pos() diag.Pos { return diag.Pos{File: c.file, Line: c.row.line} }

// name is what a spreadsheet calls the cell, with its heading: F17 “date”, Sheet1!F17 “date”.
func (c cell) name() string {
	switch {
	case c.marked:
		return "<" + c.col.header + ">"
	case c.col.header == "":
		return fmt.Sprintf("%s%s%d", c.tab, c.col.letter, c.row.number)
	}
	return fmt.Sprintf("%s%s%d “%s”", c.tab, c.col.letter, c.row.number, c.col.header)
}

func (c cell) errorf(code, vi, en string, args ...any) diag.Diagnostic {
	return c.named(diag.Errorf(code, c.pos(), vi, en, args...))
}
func (c cell) warnf(code, vi, en string, args ...any) diag.Diagnostic {
	return c.named(diag.Warnf(code, c.pos(), vi, en, args...))
}

func (c cell) named(d diag.Diagnostic) diag.Diagnostic {
	place := diag.T("ô ", "cell ")
	if c.marked {
		place = diag.Text{}
	}
	d.Msg = diag.Text{Vi: place.Vi + c.name() + ": " + d.Msg.Vi, En: place.En + c.name() + ": " + d.Msg.En}
	return d
}

func (s *sheet) cell(r *row, c *column) cell { return cell{s.file, s.tab, s.marked, r, c} }

// refusal words why the value of a cell is not taken, and what became of it.
func (c cell) refusal(code string, p *problem, kept diag.Text) diag.Diagnostic {
	d := diag.Diagnostic{Code: code, Severity: diag.Error, Pos: c.pos(), Hint: p.hint}
	d.Msg = diag.Text{Vi: p.msg.Vi + "; " + kept.Vi, En: p.msg.En + "; " + kept.En}
	return c.named(d)
}

// column finds a column by its heading, exactly or folded.
func (s *sheet) column(header string) *column {
	for _, c := range s.cols {
		if c.header == header || c.key == header {
			return c
		}
	}
	for _, c := range s.cols {
		if foldName(c.header) == foldName(header) && foldName(header) != "" {
			return c
		}
	}
	return nil
}

// markedUp is how XML and HTML begin.
var markedUp = regexp.MustCompile(`(?i)^\s*<(?:[?!]|html\b)`)

// readSheet parses a text. delimiter 0 means: find out.
func readSheet(file, text string, delimiter rune, rep *Report) *sheet {
	if markedUp.MatchString(text) {
		rep.add(diag.Errorf("sheet-kind", diag.Pos{File: file, Line: 1, Col: 1}, "tệp này là XML hoặc HTML, không phải bảng CSV", "this file is XML or HTML and no sheet in CSV").
			WithHint("mở trong bảng tính rồi lưu lại: «Save As → CSV UTF-8 (Comma delimited)»", "open it in a spreadsheet and save it again: «Save As → CSV UTF-8 (Comma delimited)»"))
		return nil
	}
	line := 1
	if first, rest, ok := strings.Cut(text, "\n"); ok && len(first) == 5 && strings.HasPrefix(strings.ToLower(first), "sep=") {
		delimiter, text, line = rune(first[4]), rest, 2
	}
	if delimiter == 0 {
		delimiter = findDelimiter(text)
	}
	p := &sheetReader{sheet: &sheet{file: file}, rep: rep, text: text, line: line, number: line, delimiter: delimiter}
	if !p.read() {
		return nil
	}
	return p.sheet
}

// delimiters are tried in this order; the first of equals wins.
var delimiters = []rune{',', ';', '\t'}

// findDelimiter takes the separator that cuts the most of the first rows into
// as many cells as the heading.
func findDelimiter(text string) rune {
	best, bestFit, bestWidth := ',', -1, 0
	text = text[:min(len(text), 4*maxCell)] // longer first rows are refused when they are read
	for _, d := range delimiters {
		r := csvReader(text, d)
		r.LazyQuotes = true
		width, fit := 0, 0
		for range 20 {
			cells, err := r.Read()
			if err != nil {
				break
			}
			if width == 0 {
				width = len(cells)
			}
			if len(cells) == width && width > 1 {
				fit++
			}
		}
		if fit > bestFit || fit == bestFit && width > bestWidth {
			best, bestFit, bestWidth = d, fit, width
		}
	}
	return best
}

func csvReader(text string, delimiter rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	return r
}

// sheetReader reads a sheet row by row and knows where each began.
type sheetReader struct {
	*sheet
	rep          *Report
	text         string
	delimiter    rune
	line, number int // of the next row
}

func (p *sheetReader) read() bool {
	r := csvReader(p.text, p.delimiter)
	for from := 0; ; {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		raw := p.text[from:r.InputOffset()]
		from = int(r.InputOffset())
		skipped := len(raw) - len(strings.TrimLeft(raw, "\n"))
		p.line, p.number = p.line+skipped, p.number+skipped
		if p.cols != nil {
			p.rep.Blank += skipped
		}
		if !p.row(cells, raw[skipped:], err) {
			return false
		}
		p.line += strings.Count(raw[skipped:], "\n")
		p.number++
	}
	if p.cols == nil {
		p.rep.add(diag.Errorf("sheet-empty", diag.Pos{File: p.file}, "bảng không có dòng tiêu đề cột", "the sheet has no row of column headings"))
		return false
	}
	p.dropEmptyColumns()
	return true
}

// row takes one parsed row. It returns false when reading cannot go on.
func (p *sheetReader) row(cells []string, raw string, err error) bool {
	at := diag.Pos{File: p.file, Line: p.line}
	if errors.Is(err, csv.ErrBareQuote) {
		cells, err = p.lenient(raw), nil
		if !strings.Contains(raw, `="`) {
			p.stray(at)
		}
	}
	if err != nil {
		return p.broken(at, raw)
	}
	if blankCells(cells) {
		if p.cols != nil {
			p.rep.Blank++
		}
		return true
	}
	if d := p.beyond(at, cells); d != nil {
		p.rep.add(*d)
		return false
	}
	if p.cols == nil {
		p.heading(cells)
		return true
	}
	p.rep.Rows++
	p.values(cells)
	return true
}

// Limits of a sheet. Rows and columns are those of a spreadsheet; a cell is a
// paragraph or a page of text, not a book.
const (
	maxRows    = 1 << 20
	maxColumns = 16_384
	maxCell    = 1 << 20 // bytes
)

// beyond refuses a sheet that no spreadsheet made, nil for any other.
func (p *sheetReader) beyond(at diag.Pos, cells []string) *diag.Diagnostic {
	var d diag.Diagnostic
	long := slices.IndexFunc(cells, func(c string) bool { return len(c) > maxCell })
	switch {
	case len(cells) > maxColumns:
		d = diag.Errorf("sheet-size", at, "dòng %d có %d ô, quá %d cột", "row %d has %d cells, more than %d columns", p.number, len(cells), maxColumns)
	case p.rep.Rows >= maxRows:
		d = diag.Errorf("sheet-size", at, "bảng dài quá %d dòng", "the sheet is longer than %d rows", maxRows)
	case long >= 0:
		d = diag.Errorf("sheet-size", at, "ô %s%d dài quá %d MB", "cell %s%d is longer than %d MB", columnLetter(long), p.number, maxCell>>20)
	default:
		return nil
	}
	d = d.WithHint("kiểm tra dấu phân cách và dấu nháy kép; bảng lớn thì tách thành nhiều tệp", "check the separator and the quotation marks; split a large sheet into several files")
	return &d
}

// stray tells of a quotation mark inside a cell that is not quoted.
func (p *sheetReader) stray(at diag.Pos) {
	p.rep.add(diag.Warnf("csv-quote", at, "dòng %d có dấu nháy kép đặt lửng; đã giữ nguyên dấu ấy", "row %d has a stray quotation mark, which is kept as it is", p.number))
}

func (p *sheetReader) lenient(raw string) []string {
	r := csvReader(raw, p.delimiter)
	r.LazyQuotes = true
	cells, _ := r.Read()
	return cells
}

// broken reports a row whose quotation marks cannot be understood. One that
// is never closed would swallow the rest of the sheet, so that stops.
func (p *sheetReader) broken(at diag.Pos, raw string) bool {
	if strings.Count(raw, "\n") > 1 || !strings.HasSuffix(raw, "\n") {
		p.rep.add(diag.Errorf("csv-quote", at, "dấu nháy kép mở ở dòng %d không được đóng đúng, các dòng sau không đọc được", "a quotation mark opened in row %d is not closed properly, the rows after it cannot be read", p.number).
			WithHint("sửa dấu nháy ở dòng ấy rồi nhập lại", "mend the quotation marks of that row and import again"))
		return false
	}
	p.rep.Rows++
	p.rep.Refused++
	p.rep.add(diag.Errorf("csv-quote", at, "dòng %d có dấu nháy kép sai nên không được nhận", "row %d is not taken: its quotation marks are wrong", p.number))
	return true
}

func blankCells(cells []string) bool {
	for _, c := range cells {
		if trim(c) != "" {
			return false
		}
	}
	return true
}

func (p *sheetReader) heading(cells []string) {
	head := &row{line: p.line, number: p.number}
	p.top = p.number
	seen := map[string]bool{}
	for i, text := range cells {
		c := p.addColumn(i)
		clean, _ := repairPlain(unwrapExcel(trim(text)))
		c.header, c.key, c.folded = clean, clean, foldName(clean)
		switch {
		case clean == "":
			c.key = "cột " + c.letter
		case seen[c.folded]:
			c.key = clean + " (" + c.letter + ")"
			p.rep.add(p.cell(head, c).warnf("header-repeated", "tên cột đã dùng ở một cột trước", "the heading stands above an earlier column already"))
		}
		seen[c.folded] = true
	}
}

func (p *sheetReader) addColumn(i int) *column {
	c := &column{index: i, letter: columnLetter(i)}
	c.key = "cột " + c.letter
	p.cols = append(p.cols, c)
	return c
}

// values keeps a row. Cells beyond the headings get a column of their own.
func (p *sheetReader) values(cells []string) {
	r := &row{line: p.line, number: p.number, cells: slices.Clone(cells)}
	for len(p.cols) < len(cells) {
		p.addColumn(len(p.cols))
	}
	if len(cells) < len(p.cols) {
		short := p.cell(r, p.cols[len(cells)])
		if !p.onlyUnnamed(len(cells)) {
			p.rep.each("row-short", short, "dòng ngắn hơn hàng tiêu đề, các ô thiếu coi là trống", "the row is shorter than the headings, the cells that are not there count as empty")
		}
	}
	p.rows = append(p.rows, r)
}

func (p *sheetReader) onlyUnnamed(from int) bool {
	return !slices.ContainsFunc(p.cols[from:], func(c *column) bool { return c.header != "" })
}

// dropEmptyColumns forgets columns without heading and values, and reports
// those that have values but no heading.
func (p *sheetReader) dropEmptyColumns() {
	filled := make([]bool, len(p.cols))
	for _, r := range p.rows {
		for i, text := range r.cells {
			c := p.cols[i]
			if c.header != "" || trim(text) == "" {
				continue
			}
			filled[i] = true
			p.rep.each("header-missing", p.cell(r, c), fmt.Sprintf("không có tên cột, giá trị giữ trong extra dưới tên «%s»", c.key), fmt.Sprintf("has no heading, its values are kept under extra as «%s»", c.key))
		}
	}
	p.cols = slices.DeleteFunc(p.cols, func(c *column) bool { return c.header == "" && !filled[c.index] })
}

func (r *row) value(c *column) string {
	if c.index < len(r.cells) {
		return r.cells[c.index]
	}
	return ""
}

// columnLetter names a column as spreadsheets do: 0 is A, 26 is AA.
func columnLetter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
