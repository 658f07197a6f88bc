package content

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/record"
)

// pageTextTypes are the endings of files of ALTO, PAGE XML and hOCR. None of them
// is ever shown as Markdown: what they are is seen when they are read.
var pageTextTypes = []string{".xml", ".alto", ".page", ".hocr", ".html", ".htm"}

// IsPageText reports whether the lines of a file of text are shown as they stand:
// those of a page that a program read, and those of plain text. All others are
// Markdown.
func IsPageText(name string) bool { return isPlainText(name) || HasPlaces(name) }

func isPlainText(name string) bool { return strings.EqualFold(path.Ext(name), ".txt") }

// HasPlaces reports whether a file of text is one that a program wrote who read a
// page: ALTO, PAGE XML or hOCR.
func HasPlaces(name string) bool {
	return slices.Contains(pageTextTypes, strings.ToLower(path.Ext(name)))
}

// PageText reads the text of a digital object, line by line. It is nil where
// there is an error: where the file cannot be read, and where the picture of the
// object is covered and the file does not say that it was read from the covered
// picture. Then it may hold what was covered. sum is the SHA-256 of what was read, in
// lower hex; it is empty where the file cannot be read.
func (t *Tree) PageText(file string, of record.Object) (p *pagetext.Page, sum string, ds []diag.Diagnostic) {
	if isPlainText(file) {
		text, sum, ds := t.Transcript(file)
		p, more := pagetext.Plain(file, text)
		return p, sum, append(ds, more...)
	}
	data, err := t.readFile(file, pagetext.MaxSize)
	if err != nil {
		return nil, "", []diag.Diagnostic{unreadable(file, err)}
	}
	sum = fmt.Sprintf("%x", sha256.Sum256(data))
	if p, ds = pagetext.Read(file, data); p == nil {
		return nil, sum, ds
	}
	if base := path.Base(of.File.V); of.Redaction != nil && path.Base(strings.ReplaceAll(p.Image, `\`, "/")) != base {
		return nil, sum, append(ds, diag.Errorf("pagetext-covered", diag.Pos{File: file, Line: 1, Col: 1}, "ảnh đã che, mà tệp này không ghi là đọc từ chính ảnh đã che %s", "the picture is covered, and this file does not say that it was read from the covered picture %s", base).
			WithHint("lời đọc từ ảnh gốc còn nguyên chữ đã che: đọc lại từ ảnh đã che, hoặc gọi lại «vitrine redact»", "a text that was read from the master still holds what was covered: read the covered picture, or call «vitrine redact» again"))
	}
	return p, sum, append(ds, repairLines(file, p)...)
}

// repairLines brings the lines and words of a page into NFC, and mends what is
// mended in all texts.
func repairLines(file string, p *pagetext.Page) (ds []diag.Diagnostic) {
	for i := range p.Blocks {
		for j := range p.Blocks[i].Lines {
			l := &p.Blocks[i].Lines[j]
			var more []diag.Diagnostic
			l.Text, more, _ = cleanValue(diag.Pos{File: file, Line: l.Row, Col: 1}, l.Text)
			ds = append(ds, more...)
			for k := range l.Words {
				l.Words[k].Text, _, _ = cleanValue(diag.Pos{}, l.Words[k].Text) // what is wrong with it was told of the line
			}
		}
	}
	return ds
}
