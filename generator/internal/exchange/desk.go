package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/exchange/xlsx"
)

// A workbook that lists scans (ListScans) is one to work in: rows that were given no id get one, which
// comes back in a copy, and files are copied under the ids of their records.

// desk is what is known of such a workbook.
type desk struct {
	tab    string
	column int                   // of ids
	given  map[xlsx.Place]string // ids that were assigned
}

// isDesk reports whether a workbook lists scans, and was made by us.
func isDesk(book *xlsx.Book) bool {
	tab, ok := book.Tab(xlsx.MarkTab)
	if !ok {
		return false
	}
	mark := ""
	_, err := book.Rows(tab, func(r xlsx.Row) error { mark = r.Cells[0].Text; return xlsx.ErrStop })
	return err == nil && mark == scanMark
}

// assignIDs gives rows without an id one. A row that has neither id nor title is one more page of
// what stands above it.
func (im *importer) assignIDs() error {
	c, title := im.m.id.column, im.columnFor("title")
	if c == nil || im.m.id.slug {
		return nil
	}
	taken := map[string]bool{}
	for _, r := range im.sheet.rows {
		taken[trim(r.value(c))] = true
	}
	above := ""
	for _, r := range im.sheet.rows {
		id := trim(r.value(c))
		if id == "" {
			if id = above; id == "" || title != nil && trim(r.value(title)) != "" {
				id = im.nextID(taken)
				taken[id] = true
			}
			r.cells[c.index] = id
			im.desk.given[xlsx.Place{Row: r.number, Column: c.index}] = id
		}
		above = id
	}
	im.desk.column = c.index
	if file := im.recordsFile(0, 1); len(im.desk.given) > 0 && im.tree.HasFile(file) {
		im.rep.add(diag.Errorf("scans-ids", diag.Pos{File: im.rep.file}, "bảng này đã nhập một lần (%s) mà vẫn có dòng chưa có mã; nhập nữa thì chúng thành bản ghi khác", "this sheet was imported once (%s) and still has rows without ids; imported again they would become other records", file).
			WithHint("làm tiếp trong bản sao đã có mã; dòng mới thì tự đặt mã", "go on in the copy that has the ids; give new rows an id yourself"))
		return ErrRefused
	}
	return nil
}

// columnFor is the column that fills a field, nil where none does.
func (im *importer) columnFor(path string) *column {
	for _, c := range im.sheet.cols {
		if im.m.rules[c].to.is(path) {
			return c
		}
	}
	return nil
}

// returnIDs writes the copy with the ids that were assigned.
func (im *importer) returnIDs() error {
	if im.desk == nil || len(im.desk.given) == 0 {
		return nil
	}
	in, err := os.Open(im.o.File)
	if err != nil {
		return err
	}
	defer in.Close()
	to := freeName(strings.TrimSuffix(im.o.File, filepath.Ext(im.o.File)) + "-ma")
	if err := outside(to, im.o.Content); err != nil {
		return err
	}
	if err := writeWhole(to, func(f *os.File) error { return xlsx.Amend(f, in, im.desk.tab, im.desk.given) }); err != nil {
		return err
	}
	im.rep.Returned = to
	return nil
}

// freeName is a name of a workbook that no file has.
func freeName(stem string) string {
	for n := 1; ; n++ {
		name := stem + ".xlsx"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.xlsx", stem, n)
		}
		if _, err := os.Lstat(name); err != nil {
			return name
		}
	}
}
