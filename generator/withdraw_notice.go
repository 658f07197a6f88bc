package generator

import (
	"os"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/record"
)

// noticed is the record as the notice of a cut may tell of it: by the least, unless the build
// that was tried found that it may tell more.
func noticed(u *record.Unit, rep *WithdrawReport) *record.Unit {
	if !u.Withdrawn.SaysMore() || rep.mayTell(u.ID.V) {
		return u
	}
	rep.Notes = append(rep.Notes, diag.T("trang báo rút chỉ nói điều tối thiểu cho đến lần dựng sau: chưa chắc điều nó phải nêu được phép công bố", "the notice says the least until the next build: it is not certain that what it was to say may be published"))
	least, w := *u, *u.Withdrawn
	w.Level.V = "minimal"
	least.Withdrawn = &w
	return &least
}

// mayTell reports whether the build that was tried saw all that is not public, and found that
// the notice of a record may say what that was and names nothing of it.
func (r *WithdrawReport) mayTell(id string) bool {
	if r.Build == nil || r.Build.telling[id] == "" || hidesNames(r.Build.Diags) {
		return false
	}
	const named = "named-not-public"
	return !slices.ContainsFunc(r.Build.Diags.Dropped(), func(d diag.Dropped) bool { return d.Code == named }) &&
		!slices.ContainsFunc(r.Build.Diags.Sorted(), func(d diag.Diagnostic) bool { return d.Code == named && d.Pos.File == r.Build.telling[id] })
}

// hidesNames reports whether some fault may keep a record, a title or a decision from being
// known, so that nobody can tell what a text names.
func hidesNames(found *diag.List) bool {
	return atFault(found, func(code string) bool {
		return !slices.Contains([]string{"named-not-public", "ref-not-public", "ref-unknown"}, code)
	})
}

// goesOnTelling reports whether notices of other records that tell may go on with it, once u is
// withdrawn: the content says that u is, and which records hang under it.
func (r *WithdrawReport) goesOnTelling(u *record.Unit) bool {
	return isWithdrawn(u) && r.Build != nil && !atFault(r.Build.Diags, func(code string) bool {
		return slices.ContainsFunc([]string{"yaml-", "id-", "parent-", "level-", "key-", "value-kind", "file-unreadable", "text-encoding"}, func(s string) bool { return strings.HasPrefix(code, s) })
	})
}

// atFault reports whether there is an error of some codes, or may be, where records, decisions and
// the rules for them are described.
func atFault(found *diag.List, is func(code string) bool) bool {
	return slices.ContainsFunc(found.Dropped(), func(d diag.Dropped) bool { return d.Severity == diag.Error && is(d.Code) }) ||
		slices.ContainsFunc(found.Sorted(), func(d diag.Diagnostic) bool {
			in := strings.HasPrefix(d.Pos.File, "clearances/") || strings.HasPrefix(d.Pos.File, "profiles/") || strings.HasPrefix(d.Pos.File, "fonds/") && (isDescription(d.Pos.File) || path.Ext(d.Pos.File) == "")
			return d.Severity == diag.Error && in && is(d.Code)
		})
}

// isWithdrawn reports whether a record says that it was, in both places.
func isWithdrawn(u *record.Unit) bool {
	return u != nil && u.Withdrawn != nil && u.Access.State.V == "withdrawn"
}

// hasAddress refuses a record that was never public, as far as the site and the ledger of
// released addresses tell: a notice would say that there is such a record, and its state
// would no longer say why it is closed. One that a decision opens may be public elsewhere.
func (o WithdrawOptions) hasAddress(u *record.Unit) error {
	ids := o.idsOnSite(u)
	if slices.ContainsFunc(ids, func(id string) bool { return len(o.pagesOf(id)) > 0 }) || o.released(ids) {
		return nil
	}
	if u == nil || slices.Contains([]string{"public", "metadata-only", "conditional"}, u.Access.State.V) && u.Clearance.V != "" {
		return nil // it may have been published from elsewhere, or from here before
	}
	e := wrongUse("trang ở %[2]s và sổ địa chỉ không có trang nào của %[1]q: không có gì để rút, bản ghi giữ nguyên", "the site in %[2]s and the ledger have no page of %[1]q: there is nothing to withdraw, and the record stays as it is", o.ID, o.Out)
	e.Hint = diag.T("kiểm tra mã; nếu trang nằm ở thư mục khác thì thêm --out. Muốn chắc nó không được công bố thì ghi access: {state: restricted} rồi dựng lại: khi ấy mọi thứ bên dưới cũng không được công bố",
		"check the id; if the site lies elsewhere, add --out. To make sure that it is not published write access: {state: restricted} and build: then nothing beneath it is either")
	return e
}

// released reports whether an edition released an address of one of these ids. A ledger that
// cannot be read tells nothing, and is taken for one that does.
func (o WithdrawOptions) released(ids []string) bool {
	root, err := os.OpenRoot(o.Content)
	if err != nil {
		return false
	}
	defer root.Close()
	shelf, _ := edition.Read(root.FS())
	for a, err := range shelf.Addresses() {
		if err != nil || slices.Contains(ids, a.ID) {
			return true
		}
	}
	return false
}
