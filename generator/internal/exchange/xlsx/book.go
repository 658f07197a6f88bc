// Package xlsx reads workbooks of Excel from people who may mean harm, and writes such as they can
// work in.
//
// Reading goes through the parts as streams of XML. The library that writes does not read for us: its
// rows tell neither kinds nor formats of cells, and end where the XML is broken as if the sheet
// did.
package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Limits of a workbook. Those of a sheet are those of a spreadsheet.
const (
	MaxRows    = 1 << 20
	MaxColumns = 16_384

	// MaxPart is the largest sheet or table of texts that is read, in bytes of XML.
	MaxPart = 256 << 20
	// MaxText is how much text the cells of one sheet may have together, in bytes: one text may
	// stand in each of a million cells.
	MaxText = 256 << 20

	maxPlan      = 16 << 20 // bytes of XML that says how the workbook is made up
	maxDirectory = 16 << 20 // bytes that list the parts of the file
	maxCells     = 16 << 20 // of a sheet, with the empty ones before others in their rows
	maxMerged    = 100_000
)

// Faults by which a file is no workbook, or none that is read.
var (
	ErrNotWorkbook = errors.New("no workbook in XLSX")
	ErrEncrypted   = errors.New("an encrypted workbook, or one of Excel 97")
	ErrTooLarge    = errors.New("larger than any workbook that is read")
)

// PartError says in which part of the file, and where in its XML, something is wrong.
type PartError struct {
	Part string
	Line int
	Err  error
}

// Error implements error.
func (e *PartError) Error() string { return fmt.Sprintf("%s, line %d: %v", e.Part, e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *PartError) Unwrap() error { return e.Err }

// Book is a workbook that was opened.
type Book struct {
	Tabs []Tab
	// From1904 is that its days are counted from 1904.
	From1904 bool

	parts   map[string]*zip.File // by name in lower case
	texts   []string             // shared by cells
	formats []format             // of numbers, by the style of a cell
	read    bool                 // texts and formats were
	where   struct{ texts, styles string }
}

// Tab is a sheet of a workbook.
type Tab struct {
	Name   string
	Hidden bool
	part   string
}

// bounded is a file of which only so many bytes are read while it is opened.
type bounded struct {
	io.ReaderAt
	left int64 // -1: as many as one likes
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left >= 0 {
		if b.left -= int64(len(p)); b.left < 0 {
			b.left = 0
			return 0, ErrTooLarge
		}
	}
	return b.ReaderAt.ReadAt(p, off)
}

// Open reads what sheets a workbook has. The file must stay open as long as the Book is read.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	if head := make([]byte, 8); size >= 8 {
		if _, err := r.ReadAt(head, 0); err == nil && string(head) == "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" {
			return nil, ErrEncrypted
		}
	}
	from := &bounded{r, maxDirectory}
	z, err := zip.NewReader(from, size)
	switch {
	case errors.Is(err, ErrTooLarge) || from.left == 0:
		return nil, ErrTooLarge
	case err != nil:
		return nil, ErrNotWorkbook
	}
	from.left = -1
	b := &Book{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if b.parts[name] == nil {
			b.parts[name] = f
		}
	}
	return b, b.plan()
}

// link is a relationship from one part to another.
type link struct{ kind, to string }

// links are those of a part, by id.
func (b *Book) links(part string) (map[string]link, error) {
	out := map[string]link{}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if b.parts[name] == nil {
		return out, nil
	}
	err := b.each(name, maxPlan, func(d *walker, e element) error {
		if e.name != "Relationship" {
			return nil
		}
		to := strings.ToLower(strings.ReplaceAll(e.attr("Target"), `\`, "/"))
		if !strings.HasPrefix(to, "/") {
			to = path.Join(path.Dir(part), to)
		}
		out[e.attr("Id")] = link{path.Base(e.attr("Type")), strings.TrimPrefix(path.Clean(to), "/")}
		return nil
	})
	return out, err
}

// plan finds the sheets, the texts and the styles.
func (b *Book) plan() error {
	top, err := b.links("")
	if err != nil {
		return err
	}
	main := ""
	for _, l := range top {
		if l.kind == "officeDocument" {
			main = l.to
		}
	}
	if main == "" || b.parts[main] == nil {
		return ErrNotWorkbook
	}
	links, err := b.links(main)
	if err != nil {
		return err
	}
	for _, l := range links {
		switch l.kind {
		case "sharedStrings":
			b.where.texts = l.to
		case "styles":
			b.where.styles = l.to
		}
	}
	err = b.each(main, maxPlan, func(d *walker, e element) error {
		switch e.name {
		case "workbookPr":
			b.From1904 = isTrue(e.attr("date1904"))
		case "sheet":
			if l := links[e.attr("id")]; l.kind == "worksheet" && b.parts[l.to] != nil {
				b.Tabs = append(b.Tabs, Tab{e.attr("name"), e.attr("state") != "" && e.attr("state") != "visible", l.to})
			}
		}
		return nil
	})
	if err == nil && len(b.Tabs) == 0 {
		err = ErrNotWorkbook
	}
	return err
}

// Tab is the sheet of a name.
func (b *Book) Tab(name string) (Tab, bool) {
	i := slices.IndexFunc(b.Tabs, func(t Tab) bool { return strings.EqualFold(t.Name, name) })
	if i < 0 {
		return Tab{}, false
	}
	return b.Tabs[i], true
}

// load reads what the cells of all sheets share.
func (b *Book) load() error {
	if b.read {
		return nil
	}
	if err := b.loadTexts(); err != nil {
		return err
	}
	if err := b.loadStyles(); err != nil {
		return err
	}
	b.read = true
	return nil
}

func (b *Book) loadTexts() error {
	if b.parts[b.where.texts] == nil {
		return nil
	}
	return b.each(b.where.texts, MaxPart, func(d *walker, e element) error {
		if e.name != "si" {
			return nil
		}
		text, err := d.text(e)
		if b.texts = append(b.texts, text); len(b.texts) > maxCells {
			return ErrTooLarge
		}
		return err
	})
}

// loadStyles finds which styles show numbers as dates.
func (b *Book) loadStyles() error {
	if b.parts[b.where.styles] == nil {
		return nil
	}
	codes := map[int]string{}
	within := false
	return b.each(b.where.styles, maxPlan, func(d *walker, e element) error {
		switch e.name {
		case "numFmt":
			codes[e.number("numFmtId")] = e.attr("formatCode")
		case "cellXfs", "cellStyleXfs", "cellStyles", "dxfs":
			within = e.name == "cellXfs"
		case "xf":
			if within {
				id := e.number("numFmtId")
				code, own := codes[id]
				b.formats = append(b.formats, formatOf(id, code, own))
			}
		}
		return nil
	})
}
