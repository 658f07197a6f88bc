package xlsx

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet to be written. All its cells are texts, and formatted so, that Excel makes no dates and
// numbers of what is typed over them.
type Sheet struct {
	Name     string
	Headings []string
	Widths   []float64          // of columns, in characters; 0 for that of Excel
	Rows     [][]string         // beneath the headings
	Pictures func(i int) []byte // JPEG for the first column of row i, nil for none; may be nil
	Mark     string             // what a hidden sheet of the name MarkTab says; empty for none
}

// MarkTab is the name of the hidden sheet by which we know our own workbooks.
const MarkTab = "vitrine"

// maxChars is how long the text of a cell may be for Excel, in characters.
const maxChars = 32767

const (
	pictureRow   = 96  // height of a row with a picture, in points
	pictureScale = 1.0 // of a picture, which is as large as it is to be
)

// LongError says which cell has more text than Excel can hold. Row and column count from 0.
type LongError struct{ Row, Column int }

// Error implements error.
func (e *LongError) Error() string {
	return fmt.Sprintf("the cell in row %d, column %d is longer than %d characters", e.Row, e.Column, maxChars)
}

// Write writes a workbook of one sheet.
func Write(w io.Writer, s Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", s.Name); err != nil {
		return err
	}
	if err := fill(f, s); err != nil {
		return err
	}
	if s.Mark != "" {
		_, err := f.NewSheet(MarkTab)
		if err := errors.Join(err, f.SetCellStr(MarkTab, "A1", s.Mark), f.SetSheetVisible(MarkTab, false)); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func fill(f *excelize.File, s Sheet) error {
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	head, err2 := f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	sw, err3 := f.NewStreamWriter(s.Name)
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	errs := []error{sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})}
	for i := range s.Headings {
		errs = append(errs, sw.SetColStyle(i+1, i+1, text))
		if i < len(s.Widths) && s.Widths[i] > 0 {
			errs = append(errs, sw.SetColWidth(i+1, i+1, s.Widths[i]))
		}
	}
	if err := errors.Join(append(errs, sw.SetRow("A1", cells(s.Headings, head)))...); err != nil {
		return err
	}
	for i, r := range s.Rows {
		if err := row(f, sw, s, i, r, text); err != nil {
			return err
		}
	}
	return sw.Flush()
}

func row(f *excelize.File, sw *excelize.StreamWriter, s Sheet, i int, values []string, style int) error {
	for c, v := range values {
		if utf8.RuneCountInString(v) > maxChars {
			return &LongError{i, c}
		}
	}
	at, err := excelize.CoordinatesToCellName(1, i+2)
	if err != nil {
		return err
	}
	var opts []excelize.RowOpts
	if s.Pictures != nil {
		if p := s.Pictures(i); p != nil {
			opts = append(opts, excelize.RowOpts{Height: pictureRow})
			pic := &excelize.Picture{Extension: ".jpg", File: p, Format: &excelize.GraphicOptions{ScaleX: pictureScale, ScaleY: pictureScale, Positioning: "oneCell"}}
			if err := f.AddPictureFromBytes(s.Name, at, pic); err != nil {
				return err
			}
		}
	}
	return sw.SetRow(at, cells(values, style), opts...)
}

func cells(values []string, style int) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = excelize.Cell{StyleID: style, Value: v}
	}
	return out
}

// Place is a cell by its row, from 1, and column, from 0.
type Place struct{ Row, Column int }

// Amend writes a copy of a workbook with other texts in some cells of a sheet. It is for files
// that were read before: their size is bounded then.
func Amend(w io.Writer, r io.Reader, tab string, texts map[Place]string) (err error) {
	defer func() {
		if p := recover(); p != nil { // the library does not expect harm
			err = fmt.Errorf("the workbook cannot be copied: %v", p)
		}
	}()
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: 4 * MaxPart, UnzipXMLSizeLimit: MaxPart})
	if err != nil {
		return err
	}
	defer f.Close()
	for p, text := range texts {
		at, err := excelize.CoordinatesToCellName(p.Column+1, p.Row)
		if err == nil {
			err = f.SetCellStr(tab, at, text)
		}
		if err != nil {
			return err
		}
	}
	return f.Write(w)
}
