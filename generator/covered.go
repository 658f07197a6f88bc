package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/filetext"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/pdf"
)

// maxSearch is how long the search for covered text in one PDF may take. A page
// of a scan takes up to a second.
const maxSearch = 15 * time.Minute

// lookedInto is the summary of a file of media that was found to be no PDF, or one
// that could be searched. The number grows with what is searched for, so that a file
// which passed before is searched again.
const lookedInto = "looked into 2"

// medium looks whether a file of media is a PDF that hides text, unless the last
// build did: what it found stands in the row of the file. Images are left out:
// whoever makes their sizes goes by their first bytes and refuses a PDF.
func (s *scan) medium(ctx context.Context, e *errand) source {
	out, was := e.source, e.seen
	out.seen.Hash, out.seen.Summary, out.seen.Diags = ledger.Hash{}, nil, nil
	if content.IsImage(e.seen.Path) || e.known && e.same && out.remember(was) {
		return out
	}
	f, size, err := openRegular(s.tree, e.seen.Path)
	if err != nil {
		if namedPDF(e.seen.Path) && !errors.Is(err, fs.ErrNotExist) { // whoever names any other file is told that it is not there
			out.ds = append(out.ds, unsearched(e.seen.Path, err))
		}
		return out
	}
	defer f.Close()
	if isPDF(e.seen.Path, f, size) {
		h := sha256.New()
		if _, err := io.Copy(h, io.NewSectionReader(f, 0, size)); err != nil {
			out.ds = append(out.ds, unsearched(e.seen.Path, err))
			return out
		}
		h.Sum(out.seen.Hash[:0])
		if out.seen.Hash == was.Hash && out.remember(was) {
			return out
		}
		if s.told != nil {
			s.told(e.seen.Path)
		}
	}
	ds, whole := coveredText(ctx, s.pdfs, e.seen.Path, f, size)
	out.ds = ds
	if whole {
		out.seen.Summary, out.seen.Diags = []byte(lookedInto), appendFound(nil, ds)
	}
	return out
}

// noteSearched notes the bytes of a PDF that was searched, now or by the last build.
func (s *scan) noteSearched(seen ledger.Seen) {
	if string(seen.Summary) != lookedInto || seen.Hash == (ledger.Hash{}) {
		return
	}
	if s.searched == nil {
		s.searched = map[ledger.Hash]struct{}{}
	}
	s.searched[seen.Hash] = struct{}{}
}

// wasSearched reports whether these bytes lay in the content as a PDF when the sources
// were read. A file that took the place of another since was not searched.
func (s *scan) wasSearched(sha256 string) bool {
	var h ledger.Hash
	n, err := hex.Decode(h[:], []byte(sha256))
	_, ok := s.searched[h]
	return ok && err == nil && n == len(h)
}

// remember takes what the last build found in a file of media that is as it was.
func (s *source) remember(was ledger.Seen) bool {
	ds, ok := readFound(string(was.Diags))
	if !ok || string(was.Summary) != lookedInto {
		return false
	}
	s.ds = ds
	s.seen.Hash, s.seen.Summary, s.seen.Diags = was.Hash, was.Summary, was.Diags
	return true
}

// coveredText finds the pages of a PDF with text that was covered and not taken
// away; any other file has none. whole is false where it could not be searched:
// then it may not go out either.
func coveredText(ctx context.Context, engine *pdf.Engine, name string, f io.ReaderAt, size int64) (ds []diag.Diagnostic, whole bool) {
	if !isPDF(name, f, size) {
		return nil, true
	}
	whole = true
	miss := func(err error) {
		if err != nil && ctx.Err() == nil {
			ds, whole = append(ds, unsearched(name, err)), false
		}
	}
	if !hasHeader(f, size) {
		miss(&pdf.Problem{Why: diag.T("tệp không phải PDF", "it is no PDF")})
		return ds, whole
	}
	miss(engine.Open(ctx, f, size, maxSearch, func(d *pdf.Document) error {
		old, err := d.Outdated()
		miss(err)
		for _, i := range old {
			ds = append(ds, outdatedPage(name, i+1))
		}
		pages, err := d.Pages()
		miss(err)
		for i := range pages {
			n, err := d.Covered(i)
			var p *pdf.Problem
			if err != nil && !errors.As(err, &p) {
				return err
			}
			miss(err)
			if n > 0 {
				ds = append(ds, coveredPage(name, i+1, n))
			}
		}
		return nil
	}))
	return ds, whole && ctx.Err() == nil
}

// isPDF reports whether a file is a PDF or is named as one.
func isPDF(name string, f io.ReaderAt, size int64) bool {
	return namedPDF(name) || hasHeader(f, size)
}

func namedPDF(name string) bool { return strings.EqualFold(path.Ext(name), ".pdf") }

func hasHeader(f io.ReaderAt, size int64) bool {
	head := make([]byte, min(pdf.Head, size))
	n, _ := f.ReadAt(head, 0) // what cannot be read is found when it is searched
	return pdf.Is(head[:n])
}

// openRegular opens a regular file of the tree, and tells its size in bytes.
// Nothing else is opened, since a pipe would never end; the root keeps links from
// leading out of the tree.
func openRegular(t *content.Tree, name string) (*os.File, int64, error) {
	info, err := t.Root().Stat(name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &filetext.Unread{Why: diag.T("không phải tệp thường", "it is no regular file")}
	}
	f, err := t.FS().Open(name)
	if err != nil {
		return nil, 0, err
	}
	return f.(*os.File), info.Size(), nil
}

// coveredPage words what was found on a page, and never says which characters.
func coveredPage(name string, page, characters int) diag.Diagnostic {
	return diag.Errorf("pdf-covered", diag.Pos{File: name}, "trang %d: còn %d ký tự nằm dưới chỗ che mà vẫn chép ra được", "page %d: %s under what covers them can still be copied", page, diag.Count(characters, "character")).
		WithHint("ô vẽ đè không xoá chữ. Lấy tệp ra, cả khỏi lịch sử phiên bản, rồi che từ bản gốc bằng «vitrine redact»: kho chỉ nhận điểm ảnh. Nếu không phải chỗ che mà do dàn trang, bỏ chữ nằm dưới hoặc đưa từng trang vào kho thành ảnh",
			"a box drawn over text does not remove it. Take the file out, and out of the version history, and cover the master with «vitrine redact», which takes in pixels alone. If nothing was meant to be covered, remove the text underneath, or take the pages in as pictures")
}

// outdatedPage words that an earlier state of a page is still in the file, and never
// says what it held.
func outdatedPage(name string, page int) diag.Diagnostic {
	return diag.Errorf("pdf-outdated", diag.Pos{File: name}, "trang %d: bản lưu trước còn nằm trong tệp, có chữ mà bản cuối đã bỏ", "page %d: an earlier revision is still in the file, with text that the last one left out", page).
		WithHint("lưu nối thêm (incremental save) không xoá bản cũ: cắt phần cuối tệp là đọc lại được. Lấy tệp ra, cả khỏi lịch sử phiên bản. Nếu đã bỏ chữ để che, che lại từ bản gốc bằng «vitrine redact»; nếu chỉ sửa văn bản, xuất hoặc in lại thành một tệp PDF mới",
			"saving by adding to a file (incremental save) does not remove what was there: whoever cuts off its end reads it again. Take the file out, and out of the version history. If text was left out to hide it, cover the master with «vitrine redact»; if it was merely corrected, export or print the document anew as a PDF of its own")
}

// unsearched tells of a PDF that could not be searched: then nobody knows what it hides.
func unsearched(name string, err error) diag.Diagnostic {
	why := whyUnread(err)
	hint := diag.T("bỏ mật khẩu, hoặc mở tệp rồi lưu lại; không được thì đưa từng trang vào kho thành ảnh", "remove the password, or open the file and save it anew; failing that, take its pages in as pictures")
	var p *pdf.Problem
	if errors.As(err, &p) && p.Hint != (diag.Text{}) {
		hint = p.Hint
	}
	return diag.Errorf("pdf-unsearched", diag.Pos{File: name}, "không kiểm được PDF này có chữ nào bị che mà chưa xoá không: %[1]s", "this PDF cannot be searched for text that is covered and still there: %[2]s", why.Vi, why.En).
		WithHint("%[1]s", "%[2]s", hint.Vi, hint.En)
}

// whyUnread words an error of reading a file.
func whyUnread(err error) diag.Text {
	var u *filetext.Unread
	var p *pdf.Problem
	switch {
	case errors.As(err, &u):
		return u.Why
	case errors.As(err, &p):
		return p.Why
	}
	return diag.T("không đọc được: %v", "it cannot be read: %v", plain(err))
}
