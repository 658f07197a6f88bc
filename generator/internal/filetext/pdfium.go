package filetext

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
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

// The limits of one PDF file in PDFium.
const (
	maxPDFMemory = 512 << 20 // bytes
	maxPDFTime   = time.Minute
	maxPDFPages  = 20_000
)

// engine is PDFium, started at the first PDF. One file is read at a time, each in
// a new box, so that none can spoil the next and memory stays bounded.
type engine struct {
	mu      sync.Mutex
	pool    pdfium.Pool
	failure error // it cannot be started here
}

// start compiles PDFium. Its box has no files, no output and no chance.
func (e *engine) start() {
	if e.pool != nil || e.failure != nil {
		return
	}
	config := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(maxPDFMemory >> 16).WithCloseOnContextDone(true)
	e.pool, e.failure = webassembly.Init(webassembly.Config{
		MaxTotal: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard, RandomSource: rand.NewChaCha8([32]byte{}),
	})
}

func (e *engine) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	e.pool = nil
	return err
}

// pages tells the text of every page, and reports whether there are pages and
// none has any.
func (e *engine) pages(f *file) (onlyPixels bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.start()
	if e.failure != nil {
		f.miss(unread("không khởi động được bộ đọc PDF: %v", "the reader of PDF files cannot be started: %v", e.failure))
		return false
	}
	box, err := e.pool.GetInstanceWithContext(f.ctx)
	if err != nil {
		f.fail(err)
		return false
	}
	ctx, cancel := context.WithTimeout(f.ctx, maxPDFTime)
	defer cancel()
	stopped := context.AfterFunc(ctx, func() { _ = box.Kill() }) // what it was doing then fails
	defer func() {
		if stopped() {
			_ = box.Close() // nothing of it is used again
		}
	}()
	onlyPixels, err = f.pdfPages(ctx, box)
	switch {
	case f.ctx.Err() != nil:
		f.fail(f.ctx.Err())
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		f.miss(unread("đọc PDF lâu quá một phút", "reading the PDF took longer than a minute"))
	case err != nil:
		f.miss(unread("không mở được PDF: tệp hỏng, hoặc cần mật khẩu (%v)", "the PDF cannot be opened: it is damaged, or needs a password (%v)", err))
	}
	return onlyPixels && err == nil
}

func (f *file) pdfPages(ctx context.Context, box pdfium.Pdfium) (onlyPixels bool, err error) {
	doc, err := box.OpenDocument(&requests.OpenDocument{FileReader: io.NewSectionReader(f, 0, f.size), FileReaderSize: f.size})
	if err != nil {
		return false, err
	}
	f.properties(box, doc.Document)
	count, err := box.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return false, err
	}
	if count.PageCount > maxPDFPages {
		f.miss(unread("PDF có quá nhiều trang", "the PDF has too many pages"))
	}
	texts := 0
	for i := range min(count.PageCount, maxPDFPages) {
		text, err := box.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc.Document, Index: i}}})
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			f.miss(unread("không đọc được trang %d của PDF", "page %d of the PDF cannot be read", i+1))
			continue
		}
		if strings.TrimSpace(text.Text) == "" {
			continue
		}
		texts++
		f.each(Text{Where: diag.T("trang %d", "page %d", i+1), Text: lines(text.Text)})
		if legacy(text.Text) {
			f.miss(unread("trang %d của PDF dùng phông chữ theo bảng mã cũ", "page %d of the PDF is written with fonts of a legacy encoding", i+1))
		}
	}
	return texts == 0 && count.PageCount > 0, nil
}

// properties tells those of an encrypted document, whose strings PDFium alone
// can read. There may be none.
func (f *file) properties(box pdfium.Pdfium, doc references.FPDF_DOCUMENT) {
	meta, err := box.GetMetaData(&requests.GetMetaData{Document: doc})
	if err != nil {
		return
	}
	for _, tag := range meta.Tags {
		f.tell("PDF /"+tag.Tag, []byte(tag.Value))
	}
}
