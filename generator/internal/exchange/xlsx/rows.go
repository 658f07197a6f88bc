package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells.
const (
	Text Kind = iota
	Number
	Date
	Bool
	Fault      // an error of Excel: #N/A
	Uncomputed // a formula whose value was never worked out
)

// Cell is a cell with something in it. Text is what it holds: a number in digits as it would be
// read aloud, a date in ISO 8601 with the parts that its format shows.
type Cell struct {
	Kind   Kind
	Column int // 0 is A
	Text   string
}

// Row is a row with a cell in it. Number is what Excel shows beside it.
type Row struct {
	Number int
	Hidden bool
	Cells  []Cell
}

// Range are cells that were merged to one: rows as Excel counts them, columns from 0.
type Range struct{ Row, Column, LastRow, LastColumn int }

// String is what Excel calls it: A2:A5.
func (r Range) String() string {
	return Letters(r.Column) + strconv.Itoa(r.Row) + ":" + Letters(r.LastColumn) + strconv.Itoa(r.LastRow)
}

// ErrStop may be returned by who is handed rows; nothing is wrong then.
var ErrStop = errors.New("stop")

// reader reads the rows of a sheet.
type reader struct {
	*Book
	each         func(Row) error
	last         int
	texts, cells int
	merged       []Range
}

// Rows hands on the rows of a sheet that have cells, in their order, and returns the ranges
// that were merged.
func (b *Book) Rows(t Tab, each func(Row) error) ([]Range, error) {
	if err := b.load(); err != nil {
		return nil, err
	}
	r := &reader{Book: b, each: each}
	err := b.each(t.part, MaxPart, func(d *walker, e element) error {
		switch e.name {
		case "row":
			return r.row(d, e)
		case "mergeCell":
			return r.merge(e.attr("ref"))
		}
		return nil
	})
	if errors.Is(err, ErrStop) {
		err = nil
	}
	return r.merged, err
}

func (b *reader) merge(ref string) error {
	from, to, _ := strings.Cut(ref, ":")
	row, col, ok := place(from)
	lastRow, lastCol, ok2 := place(to)
	if ok && ok2 && lastRow >= row && lastCol >= col {
		b.merged = append(b.merged, Range{row, col, lastRow, lastCol})
	}
	if len(b.merged) > maxMerged {
		return ErrTooLarge
	}
	return nil
}

var errOrder = errors.New("rows or cells are not in order")

func (b *reader) row(d *walker, e element) error {
	row := Row{Number: e.number("r"), Hidden: isTrue(e.attr("hidden"))}
	if row.Number < 0 {
		row.Number = b.last + 1
	}
	switch {
	case row.Number > MaxRows:
		return ErrTooLarge
	case row.Number <= b.last:
		return errOrder
	}
	b.last = row.Number
	for at := -1; d.depth >= e.depth; {
		t, err := d.next()
		if err == io.EOF {
			err = errCut
		}
		if err != nil {
			return err
		}
		s, ok := t.(xml.StartElement)
		if !ok || s.Name.Local != "c" {
			continue
		}
		c, err := b.cell(d, element{"c", s.Attr, d.depth}, row.Number, at)
		if err != nil {
			return err
		}
		at = c.Column
		if c.Text != "" || c.Kind == Uncomputed {
			row.Cells = append(row.Cells, c)
		}
	}
	if len(row.Cells) == 0 {
		return nil
	}
	if b.cells += row.Cells[len(row.Cells)-1].Column + 1; b.cells > maxCells {
		return ErrTooLarge
	}
	return b.each(row)
}

// cell reads a cell; at is the column of the one before.
func (b *reader) cell(d *walker, e element, row, at int) (Cell, error) {
	c := Cell{Column: at + 1}
	if ref := e.attr("r"); ref != "" {
		r, col, ok := place(ref)
		if !ok || r != row || col <= at {
			return c, errOrder
		}
		c.Column = col
	}
	if c.Column >= MaxColumns {
		return c, ErrTooLarge
	}
	value, inline, formula, valued := "", "", false, false
	for d.depth >= e.depth {
		t, err := d.next()
		if err == io.EOF {
			err = errCut
		}
		if err != nil {
			return c, err
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch s.Name.Local {
		case "v":
			valued = true
			value, err = d.text(element{"v", nil, d.depth})
		case "is":
			inline, err = d.text(element{"is", nil, d.depth})
		case "f":
			formula = true
		}
		if err != nil {
			return c, err
		}
	}
	err := b.value(&c, e, value, inline)
	if c.Text == "" && formula && !(valued && e.attr("t") == "str") {
		c.Kind = Uncomputed
	}
	if b.texts += len(c.Text); b.texts > MaxText {
		return c, ErrTooLarge
	}
	return c, err
}

var errNoText = errors.New("a cell has a text that is not there")

// value says what is meant by what a cell holds.
func (b *reader) value(c *Cell, e element, value, inline string) error {
	switch e.attr("t") {
	case "s":
		if value == "" {
			return nil
		}
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(b.Book.texts) {
			return errNoText
		}
		c.Text = b.Book.texts[n]
	case "inlineStr":
		c.Text = inline
	case "str":
		c.Text = value
	case "b":
		c.Kind, c.Text = Bool, map[bool]string{true: "TRUE", false: "FALSE"}[isTrue(value)]
		if value == "" {
			c.Text = ""
		}
	case "e":
		c.Kind, c.Text = Fault, value
	case "d":
		c.Kind, c.Text = Date, strings.TrimSuffix(strings.TrimSuffix(value, "Z"), "T00:00:00")
	default:
		b.number(c, e, strings.TrimSpace(value))
	}
	return nil
}

func (b *reader) number(c *Cell, e element, value string) {
	c.Kind, c.Text = Number, value
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return // as it stands
	}
	var f format
	if i := e.number("s"); i >= 0 && i < len(b.formats) {
		f = b.formats[i]
	}
	if text, ok := f.date(n, b.From1904); ok {
		c.Kind, c.Text = Date, text
		return
	}
	c.Text = f.digits(n)
}

// place is the row and column of a cell: B3 is 3, 1.
func place(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' && i < 4; i++ {
		col = col*26 + int(ref[i]|0x20-'a') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return row, col - 1, err == nil && i > 0 && i < 4 && row > 0 && row <= MaxRows && col <= MaxColumns && ref[i] != '+'
}

// Letters names a column as spreadsheets do: 0 is A, 26 is AA.
func Letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
