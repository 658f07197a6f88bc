package generator

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"vitrine/generator/diag"
	"vitrine/generator/internal/excise"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/record"
	"vitrine/generator/page"
)

// onSite reports whether the site has a page of the record that is not a notice.
func (o WithdrawOptions) onSite() bool { return len(o.pages()) > 0 }

// pages are the paths of the pages of the record that the site has, in each of its
// languages, and that are no notices.
func (o WithdrawOptions) pages() (out []string) {
	for _, name := range o.pagesOf(cmp.Or(o.known, o.ID)) {
		if page, err := os.ReadFile(filepath.Join(o.Out, filepath.FromSlash(name))); err == nil && !excise.IsNotice(page) {
			out = append(out, name)
		}
	}
	return out
}

// idOnSite is the id by which the site has the record: a former one, where it was called otherwise
// when the site was built.
func (o WithdrawOptions) idOnSite(u *record.Unit) string {
	for _, id := range o.idsOnSite(u) {
		pages := o.pagesOf(id)
		if o.taken && slices.ContainsFunc(pages, o.leadsOn) { // to the page at the id of now
			return o.ID
		}
		if len(pages) > 0 {
			return id
		}
	}
	return o.ID
}

// leadsOn reports whether a page of the site leads on to another address.
func (o WithdrawOptions) leadsOn(name string) bool {
	page, err := os.ReadFile(filepath.Join(o.Out, filepath.FromSlash(name)))
	return err == nil && bytes.Contains(page, []byte(`http-equiv="refresh"`))
}

// idsOnSite are the ids by which the site may have the record. Its own is none where it was another's:
// the page there is that of the other, unless the site was built since.
func (o WithdrawOptions) idsOnSite(u *record.Unit) (ids []string) {
	if u != nil {
		for _, was := range u.FormerIDs {
			ids = append(ids, was.V)
		}
	}
	if !o.taken {
		ids = slices.Insert(ids, 0, o.ID)
	}
	return ids
}

// pagesOf are the paths at which a record has pages: by the ledger of the site, or by
// its manifest where that says nothing, or by what lies there.
func (o WithdrawOptions) pagesOf(id string) (out []string) {
	if state, err := ledger.Open(filepath.Join(o.stateDir(), location.Ledger)); err == nil {
		defer state.Close()
		for w, err := range state.Written() {
			if err != nil {
				break
			}
			if excise.IsOwn(w.Path, id) {
				out = append(out, w.Path)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	if f, err := os.Open(filepath.Join(o.Out, manifest.Name)); err == nil {
		defer f.Close()
		for sum, err := range manifest.Read(bufio.NewReader(f)) {
			if err != nil {
				break
			}
			if excise.IsOwn(sum.Path, id) {
				out = append(out, sum.Path)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	_ = fs.WalkDir(os.DirFS(o.Out), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && excise.IsOwn(p, id) {
			out = append(out, p)
		}
		return nil // what cannot be listed cannot be told
	})
	return out
}

// stillPublic adds to an error, whatever it is, that the record is public as before, where,
// and what is to be done at once.
func (o WithdrawOptions) stillPublic(err error) error {
	if err == nil {
		return nil
	}
	pages := o.pages()
	if len(pages) == 0 {
		return err
	}
	for _, file := range []string{page.Manifest(cmp.Or(o.known, o.ID)), page.Collection(cmp.Or(o.known, o.ID), "")} {
		if _, err := os.Stat(filepath.Join(o.Out, filepath.FromSlash(file))); err == nil {
			pages = append(pages, file)
		}
	}
	var out UserError
	if ue := (*UserError)(nil); errors.As(err, &ue) {
		out = *ue
	} else {
		out = UserError{Msg: diag.T("không rút được bản ghi %s", "the record %s could not be withdrawn", o.ID), Err: err}
	}
	base := cmp.Or(o.BaseURL, lastBase(o.Out, ""))
	for i := range pages {
		if base != "" {
			pages[i] = strings.TrimSuffix(base, "/") + "/" + strings.TrimSuffix(pages[i], "index.html")
		}
	}
	before, todo := whatToMend(err, out.Hint)
	said := diag.T("bản ghi %[1]s VẪN CÔNG KHAI", "the record %[1]s is STILL PUBLIC", o.ID)
	last := diag.T("chưa được thì xoá ngay trên máy chủ web: %s", "if that takes time, delete from the web server now: %s", strings.Join(pages, ", "))
	out.Hint = diag.Text{Vi: before.Vi + said.Vi + ": " + todo.Vi + "; " + last.Vi, En: before.En + said.En + ": " + todo.En + "; " + last.En}
	return &out
}

// whatToMend says why nothing could be done, and what is to be done before the command is
// called again.
func whatToMend(err error, hint diag.Text) (why, todo diag.Text) {
	switch {
	case errors.Is(err, errHeld):
		return why, diag.T("kết thúc lần dựng nêu trên rồi gọi lại lệnh này ngay", "end the build that is named above and call this command again at once")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return diag.T("đĩa đầy và ", "the disk is full and "), diag.T("dọn chỗ trên đĩa rồi gọi lại lệnh này ngay", "make room and call this command again at once")
	case hint.Vi == "":
		return why, diag.T("sửa điều nêu trên rồi gọi lại lệnh này ngay", "mend what is named above and call this command again at once")
	}
	return why, diag.Text{Vi: "sửa rồi gọi lại lệnh này ngay (" + hint.Vi + ")", En: "mend it and call this command again at once (" + hint.En + ")"}
}
