// Package annex prints the list of records that are proposed for publication,
// «Danh mục tài liệu đề nghị công bố», for signature.
//
// It is one file that holds its pictures, so that it can be filed with the
// decision and printed years later, and it is no part of the site: the records
// in it are, as a rule, not public. It is in Vietnamese, as the decision is.
package annex

import (
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"
)

// Annex is what stands before the contact sheets.
type Annex struct {
	ID          string // of the clearance
	Institution string
	Scope       []Line // what is proposed, in words
	Rows        []Row
	Pages       int    // pages and pictures of all rows
	SHA256      string // of the list of ids, which the clearance names
}

// Line is a label and what it stands for.
type Line struct{ Label, Text string }

// Row is a record. Every text is plain; those that are not known are empty.
type Row struct {
	ID        string
	Symbol    string // number and symbol of the document
	Reference string // on the shelf
	Level     string // in words, of what is no item
	Title     string
	Date      string
	Pages     int
	Extent    string // in words, where there are no pages
	State     string // of access, in words
}

// Sheet is every page of a record, in miniature, and its files that have none.
type Sheet struct {
	Row    Row
	Thumbs []Thumb
	Files  []File
}

// File is a recording, a text, or anything else of which there is no miniature.
type File struct{ Label, SHA256 string }

// Thumb is a page or picture in miniature.
type Thumb struct {
	JPEG          []byte
	Width, Height int    // pixels
	Label         string // as the record calls the page
	SHA256        string // of the master
}

// Writer writes one annex, in the order Head, Sheet for every record that has
// pages, Foot.
type Writer struct{ to io.Writer }

// NewWriter writes an annex to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w} }

// Head writes all that comes before the contact sheets.
func (w *Writer) Head(a Annex) error { return pages().ExecuteTemplate(w.to, "head", a) }

// Sheet writes the contact sheet of a record.
func (w *Writer) Sheet(s Sheet) error { return pages().ExecuteTemplate(w.to, "sheet", s) }

// Foot ends the annex.
func (w *Writer) Foot() error { return pages().ExecuteTemplate(w.to, "foot", nil) }

//go:embed annex.html
var source string

// pages are the templates, parsed when an annex is first written.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("annex").Funcs(template.FuncMap{
		"inc":    func(i int) int { return i + 1 },
		"upper":  strings.ToUpper,
		"number": grouped,
		"short":  func(sum string) string { return sum[:min(len(sum), 12)] },
		"picture": func(jpeg []byte) template.URL {
			return template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(jpeg))
		},
	}).Parse(source))
})

// grouped is a number with a point between its thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
