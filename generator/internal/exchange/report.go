package exchange

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"
)

// ErrRefused is returned when the sheet or its map cannot be taken; the notes
// of the report say why. Nothing was written.
var ErrRefused = errors.New("the import was refused and nothing was written")

// UsageError says that the import was asked for in a way that cannot work.
type UsageError struct{ Msg, Hint diag.Text }

// Error returns the message in English.
func (e *UsageError) Error() string { return e.Msg.En }

func usage(vi, en string, args ...any) *UsageError { return &UsageError{Msg: diag.T(vi, en, args...)} }

func (e *UsageError) hint(vi, en string, args ...any) *UsageError {
	e.Hint = diag.T(vi, en, args...)
	return e
}

// Report says what an import took, changed and left.
type Report struct {
	// Notes are all findings in the order of the sheet, none left out.
	Notes []diag.Diagnostic
	// Columns says what each column was taken for.
	Columns []ColumnUse

	Rows    int // with something in them, without the header
	Taken   int // that became a record or a page of one
	Refused int
	Blank   int
	Records int       // written
	Outlook diag.Text // what will be published under the clearances as they are; set by the caller
	Public  int       // with a state and a clearance, so that they may be published

	Objects   int // written in records
	Copied    int // files copied
	Unchanged int // files that were there already, with the same content
	Missing   int // names of files that are not there
	Alts      int // text alternatives made from title and date
	Dates     int // dates understood
	BadDates  int // dates kept only as they are written

	// Written are the paths of the files written, relative to the content folder.
	Written []string
	// Returned is a copy of the sheet with the ids that were assigned; empty where none were.
	Returned string
	// Transcripts are the scans beside which their text was found.
	Transcripts int

	sums   map[string]*sum
	file   string
	agents bool // authority records came in
	scans  bool // scans were listed

	exported bool // a sheet was written
}

// ColumnUse is a column of the sheet and the field it fills: a path, "extra"
// or "skip".
type ColumnUse struct{ Letter, Header, Field string }

// sum gathers one harmless change that was made to many cells of a column.
type sum struct {
	d      diag.Diagnostic
	letter string
	rows   []int
}

func (r *Report) add(d diag.Diagnostic) { r.Notes = append(r.Notes, d) }

// each notes a change that may befall thousands of cells; they are told
// together, with the number of every row.
func (r *Report) each(code string, at cell, vi, en string) {
	key := code + " " + at.col.letter + at.col.key + " " + en
	s := r.sums[key]
	if s == nil {
		d := diag.Diagnostic{Code: code, Pos: at.pos()}
		d.Msg = diag.Text{Vi: fmt.Sprintf("cột %s: %s", at.col, vi), En: fmt.Sprintf("column %s: %s", at.col, en)}
		s = &sum{d: d, letter: at.col.letter}
		if r.sums == nil {
			r.sums = map[string]*sum{}
		}
		r.sums[key] = s
	}
	if n := len(s.rows); n == 0 || s.rows[n-1] != at.row.number {
		s.rows = append(s.rows, at.row.number)
	}
}

// finish adds the gathered notes and puts all in order.
func (r *Report) finish() {
	for _, s := range r.sums {
		d := s.d
		if s.letter == "" {
			d.Msg = diag.T("%[1]s (%[3]d lần)", "%[2]s (%[3]s)", d.Msg.Vi, d.Msg.En, diag.Count(len(s.rows), "time"))
		} else {
			d.Msg = diag.T("%[1]s (%[3]d ô: %[4]s)", "%[2]s (%[3]s: %[4]s)", d.Msg.Vi, d.Msg.En, diag.Count(len(s.rows), "cell"), cellList(s.letter, s.rows))
		}
		r.Notes = append(r.Notes, d)
	}
	r.sums = nil
	slices.SortStableFunc(r.Notes, func(a, b diag.Diagnostic) int {
		if c := a.Pos.Compare(b.Pos); c != 0 {
			return c
		}
		return strings.Compare(a.Msg.En, b.Msg.En)
	})
}

// Errors counts the notes that are errors.
func (r *Report) Errors() int {
	n := 0
	for _, d := range r.Notes {
		if d.Severity == diag.Error {
			n++
		}
	}
	return n
}

// cellList writes row numbers as cells, runs as ranges: C4, C7–C9.
func cellList(letter string, rows []int) string {
	var out []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		text := letter + strconv.Itoa(rows[i])
		if j > i {
			text += "–" + letter + strconv.Itoa(rows[j])
		}
		out = append(out, text)
		i = j + 1
	}
	return strings.Join(out, ", ")
}

// Lines returns the summary of the import for people, "vi" or "en".
func (r *Report) Lines(lang string) []string {
	var out []string
	line := func(vi, en string, args ...any) { out = append(out, diag.T(vi, en, args...).In(lang)) }
	if r.agents {
		line("Bản ghi nhân vật, tổ chức: đọc %d, nhận %d, từ chối %d", "Records of people and bodies: %d read, %d taken, %d refused", r.Rows, r.Taken, r.Refused)
		return out
	}
	if r.scans {
		line("Đã ghi %d bản quét vào %s. Chia lại và mô tả trong bảng, rồi nhập bằng «vitrine import xlsx».", "%d scans were written into %s. Regroup and describe them there, then use «vitrine import xlsx».", r.Rows, r.file)
		if r.Transcripts > 0 {
			line("Bản chép nằm cạnh ảnh, ghi ở cột «Tệp bản chép»: %d", "Transcripts that lie beside scans, in the column «Tệp bản chép»: %d", r.Transcripts)
		}
		return out
	}
	if r.exported {
		line("Đã ghi %d bản ghi vào %s, kèm tệp ánh xạ .map.yaml để nhập lại. Trong đó có cả những gì chưa công bố.", "%d records were written into %s, with a .map.yaml to import it again. What is not published stands in it too.", r.Rows, r.file)
		return out
	}
	line("Dòng: đọc %d, nhận %d, từ chối %d, trống %d", "Rows: %d read, %d taken, %d refused, %d blank", r.Rows, r.Taken, r.Refused, r.Blank)
	line("Bản ghi: %d; đối tượng số: %d", "Records: %d; digital objects: %d", r.Records, r.Objects)
	line("Tệp: chép %d, đã có sẵn %d, không thấy %d", "Files: %d copied, %d already there, %d missing", r.Copied, r.Unchanged, r.Missing)
	line("Ngày tháng: hiểu %d, chỉ giữ nguyên văn %d", "Dates: %d understood, %d kept only as written", r.Dates, r.BadDates)
	if r.Alts > 0 {
		line("Mô tả thay thế (alt) do máy ghép từ tiêu đề và ngày tháng: %d; nên viết lại", "Text alternatives made from title and date: %d; please write better ones", r.Alts)
	}
	switch {
	case r.Records == 0:
	case r.Public == 0:
		line("KHÔNG bản ghi nào sẽ được công bố: chưa có state và clearance. Thêm hai cột ấy vào bảng, hoặc dùng --state và --clearance.",
			"NONE of the records will be published: state and clearance are not given. Add these two columns to the sheet, or use --state and --clearance.")
	default:
		line("Bản ghi có trạng thái cho công bố và quyết định kèm theo: %d/%d", "Records with a state that publishes and a clearance: %d/%d", r.Public, r.Records)
	}
	if r.Returned != "" {
		line("Bảng với mã của các bản ghi, như vừa nhập: %s; hãy làm tiếp trong bản ấy.", "The sheet with the ids of its records, as it was imported: %s; please go on in that copy.", r.Returned)
	}
	if s := r.Outlook.In(lang); s != "" {
		out = append(out, s)
	}
	return out
}
