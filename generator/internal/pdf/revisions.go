package pdf

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/klippa-app/go-pdfium/requests"
)

// maxRevisions is how many earlier states of one file are looked at.
const maxRevisions = 100

// Outdated are the pages, from 0 and in order, whose text an earlier revision of the
// file gives and the last does not. A program that saves only what it changed
// (an incremental update, ISO 32000-1, 7.5.6) leaves what was there in the file, and
// whoever cuts off its end reads it again. A page that only moved, or got more
// text, is none of them. Pictures are not compared. The error is a *Problem.
func (d *Document) Outdated() ([]int, error) {
	starts, err := d.revisions()
	if err != nil || len(starts) == 0 {
		return nil, err
	}
	last, err := d.texts()
	if err != nil {
		return nil, err
	}
	out := map[int]bool{}
	for _, at := range starts {
		texts, err := d.textsAt(at)
		if err != nil {
			return nil, err
		}
		for i, text := range texts {
			now := ""
			if i < len(last) {
				now = last[i]
			}
			if !slices.Contains(last, text) && !holds(now, text) {
				out[i] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(out)), nil
}

// texts are those of all pages.
func (d *Document) texts() (out []string, err error) {
	n, err := d.Pages()
	for i := 0; i < n && err == nil; i++ {
		var text string
		text, err = d.Text(i)
		out = append(out, text)
	}
	return out, err
}

// holds reports whether a text holds all words of another, as often.
func holds(text, other string) bool {
	words := map[string]int{}
	for _, w := range strings.Fields(text) {
		words[w]++
	}
	for _, w := range strings.Fields(other) {
		if words[w]--; words[w] < 0 {
			return false
		}
	}
	return true
}

// textsAt are the texts of the revision whose cross-reference begins at an offset.
// The file is opened as if it ended with that one.
func (d *Document) textsAt(at int64) ([]string, error) {
	tail := fmt.Sprintf("\nstartxref\n%d\n%%%%EOF\n", at)
	r := io.NewSectionReader(tailed{d.file, d.size, tail}, 0, d.size+int64(len(tail)))
	opened, err := d.box.OpenDocument(&requests.OpenDocument{FileReader: r, FileReaderSize: r.Size()})
	if err != nil {
		return nil, d.ctx.Err() // it is no revision that a reader could show
	}
	defer func() {
		_, _ = d.box.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: opened.Document})
	}()
	count, err := d.box.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, d.unreadPage(0)
	}
	old := *d
	old.ref, old.count = opened.Document, count.PageCount
	return old.texts()
}

// tailed is a file with something added at its end.
type tailed struct {
	r    io.ReaderAt
	size int64
	tail string
}

func (t tailed) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	if off < t.size {
		var err error
		if n, err = t.r.ReadAt(p[:min(int64(len(p)), t.size-off)], off); err != nil && err != io.EOF || off+int64(n) < t.size {
			return n, err
		}
	}
	m, err := strings.NewReader(t.tail).ReadAt(p[n:], off+int64(n)-t.size)
	return n + m, err
}

var (
	offset = regexp.MustCompile(`^\s*(\d{1,15})`)
	start  = regexp.MustCompile(`^\s*(xref\b|\d+\s+\d+\s+obj\b)`) // of a cross-reference table, or of a stream
)

// revisions are the offsets of cross-references, other than the last, that the file
// names anywhere: as the start of a revision or as the one before. What comes
// between is not parsed, so that a chain that was broken hides nothing.
func (d *Document) revisions() ([]int64, error) {
	head := d.bytes(0, 2*Head)
	base := int64(max(0, bytes.Index(head, []byte("%PDF-")))) // offsets are counted from the header
	linear := bytes.Contains(head, []byte("/Linearized"))
	found := map[int64]bool{}
	last := int64(-1)
	err := d.numbersAfter([]string{"startxref", "/Prev"}, func(word string, at, number int64) error {
		if word == "startxref" {
			last = number
		}
		if word == "/Prev" && linear && number > at-base {
			return nil // the second part of the same revision stands behind the first (ISO 32000-1, annex F)
		}
		if !found[number] && !start.Match(d.bytes(base+number, 64)) {
			return nil
		}
		found[number] = true
		if len(found) > maxRevisions {
			return problem("PDF đã lưu nối thêm quá nhiều lần", "the PDF was saved by adding to it too many times")
		}
		return nil
	})
	delete(found, last)
	return slices.Sorted(maps.Keys(found)), err
}

// numbersAfter hands on each whole number that follows one of some words in the file,
// with the place of the word.
func (d *Document) numbersAfter(words []string, each func(word string, at, number int64) error) error {
	const step, more = 1 << 20, 64
	for from := int64(0); from < d.size; from += step {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		data := d.bytes(from, step+more)
		for _, word := range words {
			for i := 0; ; i += len(word) {
				n := bytes.Index(data[i:], []byte(word))
				if i += n; n < 0 || i >= step {
					break
				}
				m := offset.FindSubmatch(data[i+len(word):])
				if m == nil {
					continue
				}
				number, err := strconv.ParseInt(string(m[1]), 10, 64)
				if err == nil {
					err = each(word, from+int64(i), number)
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// bytes are those of the file from an offset on, fewer at its end.
func (d *Document) bytes(from, n int64) []byte {
	b := make([]byte, max(0, min(n, d.size-from)))
	read, _ := d.file.ReadAt(b, from) // a file that cannot be read could not be opened
	return b[:read]
}
