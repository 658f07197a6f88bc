package pdf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/generator/diag"

	pdfium "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The limits of one file.
const (
	maxMemory = 512 << 20 // bytes
	maxPages  = 20_000
)

// Head is how much of the beginning of a file tells whether it is a PDF, in bytes.
const Head = 1024

// Is reports whether a file that begins with some bytes is a PDF: its header may
// stand behind something else, within the first [Head] bytes.
func Is(head []byte) bool { return bytes.Contains(head[:min(Head, len(head))], []byte("%PDF-")) }

// Problem says why a file, or a page of it, could not be looked at.
type Problem struct {
	Why     diag.Text
	Hint    diag.Text // what to do about it; empty where that depends on what was to be done with the file
	Passing bool      // it may be otherwise on another day, or on another machine
}

// Error is the English reason.
func (p *Problem) Error() string { return p.Why.En }

func problem(vi, en string, args ...any) *Problem { return &Problem{Why: diag.T(vi, en, args...)} }

func passing(vi, en string, args ...any) *Problem {
	return &Problem{Why: diag.T(vi, en, args...), Passing: true}
}

// unopened says why a file cannot be opened, in words of our own for PDFium's.
func unopened(err error) *Problem {
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		p := problem("PDF có mật khẩu, không mở được", "the PDF needs a password to be opened")
		p.Hint = diag.T("mở tệp bằng mật khẩu rồi lưu thành một PDF không có mật khẩu, chẳng hạn: qpdf --decrypt --password=MẬT-KHẨU tệp.pdf tệp-mới.pdf", "open the file with its password and save it as a PDF without one, for example: qpdf --decrypt --password=PASSWORD file.pdf new-file.pdf")
		return p
	case errors.Is(err, pdferrors.ErrSecurity):
		p := problem("PDF được mã hoá theo cách không đọc được", "the PDF is encrypted in a way that is not read")
		p.Hint = diag.T("mở tệp bằng phần mềm đã tạo ra nó rồi lưu thành một PDF không mã hoá", "open the file in the program that made it and save it as a PDF that is not encrypted")
		return p
	}
	p := problem("tệp PDF bị hỏng hoặc bị cắt cụt, không mở được", "the PDF is damaged or cut short and cannot be opened")
	p.Hint = diag.T("chép lại tệp từ nguồn; tệp gốc cũng hỏng thì thử sửa: qpdf tệp.pdf tệp-mới.pdf; không được thì đưa từng trang vào kho thành ảnh", "copy the file again from its source; if that one is damaged too, try to mend it: qpdf file.pdf new-file.pdf; failing that, take its pages in as pictures")
	return p
}

// Engine is PDFium, started at the first file. It may be used by many goroutines:
// one file is read at a time, each in a new box, so that none can spoil the next
// and memory stays bounded. What was started ends with Close.
type Engine struct {
	mu      sync.Mutex
	pool    pdfium.Pool
	failure error // it cannot be started here
	opened  atomic.Int64
}

// Opened is how many files were opened, or could not be.
func (e *Engine) Opened() int64 { return e.opened.Load() }

// compiled keeps PDFium as it was compiled, which takes 4.5 s of processor time, for
// as long as the program runs: a preview starts the engine at each save of a PDF.
var compiled = wazero.NewCompilationCache()

// start compiles PDFium, unless that was done. Its box has no files, no output and no chance.
func (e *Engine) start() {
	if e.pool != nil || e.failure != nil {
		return
	}
	config := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(maxMemory >> 16).WithCloseOnContextDone(true).WithCompilationCache(compiled)
	e.pool, e.failure = webassembly.Init(webassembly.Config{
		MaxTotal: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard, RandomSource: rand.NewChaCha8([32]byte{}),
	})
}

// Close ends the engine. It starts again where another file is opened.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	e.pool = nil
	return err
}

// Open opens the file in r, which is size bytes long, and hands it to do, which
// has no more than limit for all it does. The error is a *Problem where the file
// cannot be opened or takes too long, that of ctx, or that of do.
func (e *Engine) Open(ctx context.Context, r io.ReaderAt, size int64, limit time.Duration, do func(*Document) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.opened.Add(1)
	e.start()
	if e.failure != nil {
		return passing("không khởi động được bộ đọc PDF: %v", "the reader of PDF files cannot be started: %v", e.failure)
	}
	box, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return err
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	stopped := context.AfterFunc(timed, func() { _ = box.Kill() }) // what it was doing then fails
	defer func() {
		if stopped() {
			_ = box.Close() // nothing of it is used again
		}
	}()
	err = open(timed, box, r, size, do)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(timed.Err(), context.DeadlineExceeded):
		return passing("đọc PDF lâu quá %v", "reading the PDF took longer than %v", limit)
	}
	return err
}

func open(ctx context.Context, box pdfium.Pdfium, r io.ReaderAt, size int64, do func(*Document) error) error {
	opened, err := box.OpenDocument(&requests.OpenDocument{FileReader: io.NewSectionReader(r, 0, size), FileReaderSize: size})
	if err != nil {
		return unopened(err)
	}
	count, err := box.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return unopened(err)
	}
	return do(&Document{ctx: ctx, box: box, file: r, size: size, ref: opened.Document, count: count.PageCount})
}

// Document is an open file.
type Document struct {
	ctx   context.Context
	box   pdfium.Pdfium
	file  io.ReaderAt
	size  int64 // bytes
	ref   references.FPDF_DOCUMENT
	count int

	layered *bool // it has layers; nil before anybody asked
}

// Pages is how many pages there are. The error is a *Problem where there are too
// many to look at; the number is then that of those that may be.
func (d *Document) Pages() (int, error) {
	if d.count > maxPages {
		return maxPages, problem("PDF có quá nhiều trang", "the PDF has too many pages")
	}
	return d.count, nil
}

// page names a page, from 0.
func (d *Document) page(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: i}}
}

// unreadPage is the problem with a page, from 0, unless the time is up.
func (d *Document) unreadPage(i int) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	return problem("không đọc được trang %d của PDF", "page %d of the PDF cannot be read", i+1)
}

// Text is the text of a page, from 0. The error is a *Problem where it cannot be read.
func (d *Document) Text(i int) (string, error) {
	text, err := d.box.GetPageText(&requests.GetPageText{Page: d.page(i)})
	if err != nil {
		return "", d.unreadPage(i)
	}
	return text.Text, nil
}

// Properties hands on the names and values of what the document states of itself.
func (d *Document) Properties(each func(name, value string)) {
	meta, err := d.box.GetMetaData(&requests.GetMetaData{Document: d.ref})
	if err != nil {
		return // there are none
	}
	for _, tag := range meta.Tags {
		each(tag.Tag, tag.Value)
	}
}
