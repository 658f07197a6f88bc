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
	Passing bool // it may be otherwise on another day, or on another machine
}

// Error is the English reason.
func (p *Problem) Error() string { return p.Why.En }

func problem(vi, en string, args ...any) *Problem { return &Problem{Why: diag.T(vi, en, args...)} }

func passing(vi, en string, args ...any) *Problem {
	return &Problem{diag.T(vi, en, args...), true}
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
	cannot := func(err error) error {
		return problem("không mở được PDF: tệp hỏng, hoặc cần mật khẩu (%v)", "the PDF cannot be opened: it is damaged, or needs a password (%v)", err)
	}
	opened, err := box.OpenDocument(&requests.OpenDocument{FileReader: io.NewSectionReader(r, 0, size), FileReaderSize: size})
	if err != nil {
		return cannot(err)
	}
	count, err := box.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return cannot(err)
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
