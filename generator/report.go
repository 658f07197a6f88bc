package generator

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/record"
)

// Report says what a build or a check found and did.
type Report struct {
	Diags     *diag.List
	AsOf      string  // day for which everything was judged, YYYY-MM-DD; on no page and in no manifest, so that these stay what they are
	Published int     // records with a page
	Total     int     // records read
	Reasons   []Count // why the others are not published, the most frequent first
	Pages     int
	Made      int  // pages that were made anew
	Described int  // IIIF manifests and collections
	Data      int  // descriptions of whole fonds as EAD3
	NoAddress bool // the site has no base_url, so it has nothing that needs one
	Result    publish.Result
	Released  *Released   // the edition that was made; nil where none was to be
	Notes     []diag.Text // what was found amiss with the last build, and mended
	Looked    *Looked     // what was looked through for markings; nil where that was not asked for
	Due       []Due       // the days ahead on which what may be published changes by itself, the nearest first
	Server    string      // folder of the files for web servers; empty where none were written

	left    []string          // files that the site has no more, at most maxRemains
	telling map[string]string // see names.telling; nil where not all texts were searched
}

// Count is a number of records with the reason they share.
type Count struct {
	Reason diag.Text
	N      int
}

// Files is how many files the site has.
func (r *Report) Files() int { return r.Result.Written + r.Result.Unchanged }

// mostFiles is how many files common hosts of static sites take.
const mostFiles = 20_000

// manyFiles warns of a site of more files than its host takes, where site.yaml
// does not say how many these are, than common ones do.
func (r *Report) manyFiles(site *record.Site) {
	most, at := mostFiles, diag.Pos{File: site.File}
	if n := site.MaxFiles; n != nil {
		most, at = n.V, n.At.In(site.File)
	}
	if r.Files() > most {
		r.Diags.Add(diag.Warnf("site-files", at, "trang có %d tệp, quá %d tệp mà nơi đặt trang nhận", "the site has %d files, more than the %d that its host takes", r.Files(), most).
			WithHint("để bớt tệp, ghi trong site.yaml «images: {tile_size: 1024}» hoặc tiles_above lớn hơn; nếu nơi đặt trang nhận nhiều hơn, ghi số ấy ở max_files",
				"for fewer files, write “images: {tile_size: 1024}” or a greater tiles_above in site.yaml; if the host takes more, give that number as max_files"))
	}
}

func (r *Report) ok() bool { return r.Diags.Errors() == 0 }

// halted reports whether a record bears a current marking: then no command
// goes on, and nothing at all is shown.
func (r *Report) halted() bool { return len(currentlyMarked(r.Diags)) > 0 }

// tally counts what goes out and what does not, and why, among the records
// of the files whose paths begin with a prefix.
func (r *Report) tally(b *catalog.Builder, prefix string) {
	n := map[access.Reason]int{}
	b.Outcomes(func(_ string, at diag.Pos, v access.Verdict) bool {
		if !strings.HasPrefix(at.File, prefix) {
			return true
		}
		r.Total++
		if v.Published() {
			r.Published++
		} else {
			n[v.Reason]++
		}
		return true
	})
	for _, reason := range access.Reasons() {
		if n[reason] > 0 {
			r.Reasons = append(r.Reasons, Count{reason.Words(), n[reason]})
		}
	}
	slices.SortStableFunc(r.Reasons, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
}

// Outcome is one line: what goes out and what does not, and why.
// «Công bố 12/312: 290 chưa xét, 10 thiếu quyết định».
func (r *Report) Outcome(lang string) string {
	head := diag.T("Công bố %d/%d", "Published %d/%d", r.Published, r.Total).In(lang)
	var parts []string
	for _, c := range r.Reasons {
		parts = append(parts, fmt.Sprintf("%d %s", c.N, c.Reason.In(lang)))
	}
	if len(parts) == 0 {
		return head
	}
	return head + ": " + strings.Join(parts, ", ")
}

// Lines is the summary for people.
func (r *Report) Lines(lang string) []string {
	var out []string
	for _, n := range r.Notes {
		out = append(out, n.In(lang))
	}
	if r.ok() {
		out = append(out, r.Outcome(lang))
	} else {
		out = append(out, diag.T("Không công bố gì: nội dung có lỗi", "Nothing was published: the content has errors").In(lang))
	}
	out = append(out, diag.T("Xét theo ngày %s", "Judged as of %s", r.AsOf).In(lang))
	if l := r.Looked; l != nil {
		out = append(out, diag.T("Tìm dấu chỉ mức độ mật: đã mở %d tệp, %d tệp chưa xem hết, %d PDF không có lớp chữ; điểm ảnh không được đọc",
			"Looked for markings: %s opened, not read in full: %d, PDFs without text: %d; pixels are not read", diag.Count(l.Files, "file"), l.Unread, l.Pixels).In(lang))
	}
	if e, w := r.Diags.Errors(), r.Diags.Warnings(); e+w > 0 {
		out = append(out, diag.T("%d lỗi, %d cảnh báo", "%s, %s", diag.Count(e, "error"), diag.Count(w, "warning")).In(lang))
	}
	switch {
	case r.Pages == 0 || !r.ok():
	case r.Result == (publish.Result{}):
		out = append(out, diag.T("%d trang sẽ được dựng", "%s would be made", diag.Count(r.Pages, "page")).In(lang))
	default:
		out = append(out, diag.T("%d trang, dựng mới %d; %d tệp đã ghi, %d không đổi, %d đã bỏ; cả trang có %d tệp", "%s, %d made anew; %s written, %d unchanged, %d removed; %s in all",
			diag.Count(r.Pages, "page"), r.Made, diag.Count(r.Result.Written, "file"), r.Result.Unchanged, r.Result.Removed, diag.Count(r.Files(), "file")).In(lang))
	}
	switch {
	case !r.ok():
	case r.NoAddress:
		out = append(out, diag.T("Trang chưa có base_url nên không có sitemap, feed và mô tả IIIF, vốn cần địa chỉ đầy đủ", "The site has no base_url, so it has no sitemap, feed and IIIF descriptions, which need full addresses").In(lang))
	case r.Described > 0:
		out = append(out, diag.T("%d bản mô tả IIIF (manifest và collection) cho trình xem và kho khác", "%s (manifests and collections) for viewers and catalogues of others", diag.Count(r.Described, "IIIF description")).In(lang))
	}
	if r.ok() && r.Data > 0 {
		out = append(out, diag.T("%d bản mô tả phông EAD3 trong data/", "%s in data/", diag.Count(r.Data, "EAD3 description")).In(lang))
	}
	out = append(out, r.ahead(lang)...)
	if r.Server != "" && r.ok() {
		out = append(out, diag.T("Tệp cho máy chủ web (mã 410, phần đầu bảo vệ): %s", "Files for web servers (status 410, protective headers): %s", r.Server).In(lang))
	}
	if r.Released != nil && r.ok() && (r.Released.Same || r.Released.Papers != "") { // else it was undone: there is no edition
		out = append(out, r.Released.Lines(lang)...)
	}
	return out
}

// outcomes writes the reason of every record to a report that stays outside
// the site: it names what is not public.
func (b *build) outcomes(dir string) (err error) {
	name := filepath.Join(dir, "report.tsv")
	f, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, "id\tfile\tline\tpublished\treason_vi\treason_en\n")
	b.scan.builder.Outcomes(func(id string, at diag.Pos, v access.Verdict) bool {
		words := v.Reason.Words()
		_, err = fmt.Fprintf(w, "%s\t%s\t%d\t%t\t%s\t%s\n", id, diag.Printable(at.File), at.Line, v.Published(), words.Vi, words.En)
		return err == nil
	})
	err = first(err, w.Flush(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// first is the first error that is one.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// notes are what a target found out when it was opened.
func notes(t *publish.Target) (out []diag.Text) {
	for _, m := range t.Notes() {
		out = append(out, diag.Text{Vi: m.Vi, En: m.En})
	}
	return out
}

// moved words that a source changed or vanished under a build.
func moved(err error) error {
	var me *plan.MovedError
	if !errors.As(err, &me) {
		return err
	}
	return &UserError{Msg: diag.T("%s bị sửa hoặc bị xoá trong lúc dựng trang", "%s was changed or removed while the site was being built", me.File), Err: me.Err,
		Hint: diag.T("lưu xong mọi tệp rồi chạy lại lệnh; trang cũ vẫn nguyên", "finish saving all files and run the command again; the earlier site is as it was")}
}

// userError turns a fault of publishing, or of the disk, into one that a person
// can read.
func userError(err error) error {
	var ue *UserError
	var pe *publish.Error
	var disk *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &ue):
		return err
	case errors.As(err, &pe):
		ue = &UserError{Msg: diag.Text{Vi: pe.Vi, En: pe.En}, Hint: diag.Text{Vi: pe.HintVi, En: pe.HintEn}, Err: pe.Err}
	case errors.As(err, &disk):
		ue = &UserError{Msg: diag.T("không đọc hoặc ghi được %s", "cannot read or write %s", disk.Path), Err: disk}
	case errors.As(err, &link):
		ue = &UserError{Msg: diag.T("không đổi tên được %s", "cannot rename %s", link.Old), Err: link}
	default:
		return err
	}
	if ue.Hint.Vi == "" {
		ue.Hint = diskHint(err)
	}
	return ue
}

// diskHint is what to do where the system refuses to write or to read.
func diskHint(err error) diag.Text {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return diag.T("đĩa đầy: xoá bớt hoặc chuyển sang đĩa khác, rồi chạy lại lệnh; trang cũ vẫn nguyên", "the disk is full: make room or use another one and run the command again; the earlier site is as it was")
	case errors.Is(err, syscall.EROFS):
		return diag.T("đĩa chỉ cho đọc: chọn thư mục khác bằng --out", "the disk can only be read: choose another folder with --out")
	case errors.Is(err, fs.ErrPermission):
		return diag.T("xin quyền đọc và ghi ở thư mục này, hoặc đóng chương trình đang giữ tệp, rồi chạy lại lệnh", "obtain the right to read and write in this folder, or close the program that holds the file, and run the command again")
	}
	return diag.Text{}
}
