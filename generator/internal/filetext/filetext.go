// Package filetext reads the texts that a file carries: the words of a text
// file, and what a picture or a PDF says of itself besides what it shows.
//
// It serves the search for markings, so it would rather read a text twice, or in
// two encodings, than miss one, and it says so where it could not read all. That
// is why it walks the formats itself: github.com/bep/imagemeta (0.17), the best
// of the libraries for pictures, takes the first block of each kind in a JPEG, the first
// directory of a TIFF and the attributes of XMP, knows no text chunks of PNG and
// no comments, and passes over values of some size without a word, which is right
// for showing a picture and wrong for clearing one. What is read:
//
//	JPEG   EXIF, XMP with its extension, Photoshop resources with IPTC, comments, other APPn
//	PNG    tEXt, zTXt, iTXt, EXIF, XMP, and the hexadecimal profiles of ImageMagick
//	TIFF   every directory, of the pages, of EXIF and of GPS, with XMP, IPTC and Photoshop
//	WebP   EXIF, XMP
//	PDF    the text of every page; every string of the file, be it a property, a note, a bookmark, a field; XMP
//	text   UTF-8 and UTF-16; of ALTO, PAGE XML and hOCR also the words as they are read
//
// A JPEG is read up to its first scan; what somebody hung behind the end of a
// picture is not looked for. Pixels are never read.
//
// The text of PDF pages comes from package pdf.
//
// Files are not trusted: every walk is bounded in steps, sizes and what it
// unpacks, and whatever goes beyond is an [Unread], never a crash.
package filetext

import (
	"bytes"
	"context"
	"io"

	"vitrine/generator/diag"
	"vitrine/generator/internal/pdf"
)

// The limits of one file.
const (
	maxText  = 64 << 20 // bytes of a text file, as much as a file of records may have
	maxBlock = 8 << 20  // bytes of one block of metadata, unpacked
	maxTotal = 64 << 20 // bytes of all blocks of a picture
	maxSteps = 1 << 16  // segments, chunks, directories, fields, strings
)

// Text is a text that a file carries.
type Text struct {
	Where diag.Text // what holds it: «IPTC 2:120», «trang 3»; empty in a text file
	Text  string
	Plain bool // the file is a text file, and this is the whole of it, with "\n" as line ends
}

// Unread says why a file, or a part of it, could not be looked at.
type Unread struct{ Why diag.Text }

// Error is the English reason.
func (u *Unread) Error() string { return u.Why.En }

func unread(vi, en string, args ...any) *Unread { return &Unread{diag.T(vi, en, args...)} }

func damaged(format string) *Unread {
	return unread("tệp %s bị hỏng hoặc bị cắt cụt", "the %s file is damaged or cut short", format)
}

func tooMuch() *Unread {
	return unread("siêu dữ liệu quá lớn", "its metadata are too large")
}

// Result says what kind of file was read.
type Result struct {
	OnlyPixels bool // it is a PDF with pages and no text on any of them
}

// Reader reads files. It may be used by many goroutines.
type Reader struct{ PDF *pdf.Engine }

// Read hands on every text of the file in r, which is size bytes long. The error
// is an *Unread where a part could not be looked at, be it all; what could be
// read before and after it has been handed on. Other errors are those of r and
// of ctx.
func (rd *Reader) Read(ctx context.Context, r io.ReaderAt, size int64, each func(Text)) (Result, error) {
	f := &file{ctx: ctx, r: r, size: size, each: each, left: maxTotal}
	head := f.bytes(0, min(16, size))
	var res Result
	switch {
	case f.err != nil || size == 0:
	case bytes.HasPrefix(head, []byte("\xff\xd8")):
		f.jpeg()
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		f.png()
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		f.tiff(f, size)
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 12 && string(head[8:12]) == "WEBP":
		f.webp()
	case f.isPDF():
		f.pdfStrings()
		res.OnlyPixels = f.pdfPages(rd.PDF)
	case f.recording():
	default:
		f.plain()
	}
	switch {
	case f.err != nil:
		return res, f.err
	case f.fault != nil:
		return res, f.fault
	}
	return res, nil
}

// file is an open file. It remembers the first error of reading, so that a
// failing disk is not taken for a damaged picture, and the first thing that
// could not be looked at.
type file struct {
	ctx   context.Context
	r     io.ReaderAt
	size  int64
	each  func(Text)
	left  int64 // bytes of blocks that may still be read
	steps int
	err   error
	fault *Unread
}

var _ io.ReaderAt = (*file)(nil)

// ReadAt reads from the file until ctx ends.
func (f *file) ReadAt(p []byte, off int64) (int, error) {
	if err := f.ctx.Err(); err != nil {
		f.fail(err)
		return 0, err
	}
	n, err := f.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		f.fail(err)
	}
	return n, err
}

func (f *file) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

func (f *file) miss(u *Unread) {
	if f.fault == nil {
		f.fault = u
	}
}

// step counts the parts of a file, and reports whether there may be another.
func (f *file) step() bool {
	if f.steps++; f.steps > maxSteps {
		f.miss(tooMuch())
		return false
	}
	return f.err == nil && f.ctx.Err() == nil
}

// bytes reads n bytes at off; nil if they are not all there.
func (f *file) bytes(off, n int64) []byte { return bytesAt(f, f.size, off, n) }

func bytesAt(r io.ReaderAt, size, off, n int64) []byte {
	if off < 0 || n < 0 || off > size || n > size-off {
		return nil
	}
	b := make([]byte, n)
	if got, _ := r.ReadAt(b, off); int64(got) < n {
		return nil
	}
	return b
}

// block reads a block of metadata. It is nil, and missed, where the block is too
// large or not all there.
func (f *file) block(format string, off, n int64) []byte {
	if !f.take(n) {
		return nil
	}
	b := f.bytes(off, n)
	if b == nil {
		f.miss(damaged(format))
	}
	return b
}

// take counts what is read or unpacked against the limits.
func (f *file) take(n int64) bool {
	if n > maxBlock || n > f.left {
		f.miss(tooMuch())
		return false
	}
	f.left -= n
	return true
}

// tell hands on the texts that some bytes may be.
func (f *file) tell(where string, b []byte) {
	texts, whole := decode(b)
	for _, t := range texts {
		f.each(Text{Where: diag.Text{Vi: where, En: where}, Text: t})
	}
	if !whole && where != hexString {
		f.miss(unread("%[1]s dùng bảng mã cũ", "%[1]s is in a legacy encoding", where))
	}
}

// plain reads a text file.
func (f *file) plain() {
	if f.size > maxText {
		f.miss(unread("tệp văn bản quá lớn, hoặc không phải văn bản", "the text is too large, or it is no text"))
		return
	}
	b := f.bytes(0, f.size)
	if b == nil { // where the disk is at fault, that is told instead
		f.miss(unread("tệp bị cắt ngắn trong lúc đọc", "the file was cut short while it was read"))
		return
	}
	text, ok := plainText(b)
	if !ok {
		f.miss(unread("không đọc được loại tệp này", "files of this kind cannot be read"))
		return
	}
	f.each(Text{Text: lines(text), Plain: true})
	f.pageText(text)
	f.coded(text)
	if legacy(text) {
		f.miss(unread("văn bản dùng bảng mã cũ", "the text is in a legacy encoding"))
	}
}
