// Package diag says what is wrong in a source file, and where.
//
// A diagnostic is data: a code, a severity, a position, a message and a hint
// in Vietnamese and English. Packages that find faults add diagnostics to a
// List; the command prints the list, as text for people or as JSON lines for
// other programs. Go errors (a disk that cannot be read, a bug) are not
// diagnostics.
package diag

import (
	"cmp"
	"fmt"
)

// Severity tells whether a finding stops publication.
type Severity uint8

// The severities, mildest first.
const (
	Warning Severity = iota
	Error
)

// String returns the English name used in output: "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Text is a message in both languages of the interface.
type Text struct{ Vi, En string }

// In returns the text in a language, "vi" or "en".
func (t Text) In(lang string) string {
	if lang == "vi" {
		return t.Vi
	}
	return t.En
}

// T makes a Text whose two versions are formatted with the same arguments.
func T(vi, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{vi, en}
	}
	return Text{fmt.Sprintf(vi, args...), fmt.Sprintf(en, args...)}
}

// Pos is a place in a source file. File is slash-separated and relative to
// the folder that the command was given; Line and Col count from 1, Col in
// characters. A zero Line means the file as a whole.
type Pos struct {
	File string
	Line int
	Col  int
}

// String returns file:line:col, without the parts that are not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Diagnostic is one finding.
type Diagnostic struct {
	Code     string // a word such as "date-syntax"; the same word for the same fault everywhere
	Severity Severity
	Pos      Pos
	Msg      Text
	Hint     Text   // what to do; may be empty
	Excerpt  string // the source line at Pos; filled by List.Excerpts
}

// Errorf makes an error; vi and en are formatted with the same arguments.
func Errorf(code string, pos Pos, vi, en string, args ...any) Diagnostic {
	return Diagnostic{Code: code, Severity: Error, Pos: pos, Msg: T(vi, en, args...)}
}

// Warnf makes a warning; vi and en are formatted with the same arguments.
func Warnf(code string, pos Pos, vi, en string, args ...any) Diagnostic {
	return Diagnostic{Code: code, Severity: Warning, Pos: pos, Msg: T(vi, en, args...)}
}

// WithHint returns d with a hint; vi and en are formatted with the same arguments.
func (d Diagnostic) WithHint(vi, en string, args ...any) Diagnostic {
	d.Hint = T(vi, en, args...)
	return d
}

// compare is a total order, so that output never depends on timing.
func compare(a, b Diagnostic) int {
	return cmp.Or(
		a.Pos.Compare(b.Pos),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Msg.En, b.Msg.En),
		cmp.Compare(a.Msg.Vi, b.Msg.Vi),
		cmp.Compare(a.Hint.En, b.Hint.En),
	)
}
