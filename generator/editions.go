package generator

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/plan"
)

// What was published must not vanish because a folder did. A build can always
// withhold, so it only warns; a release refuses.

func (b *build) severity() diag.Severity {
	if b.release != nil {
		return diag.Error
	}
	return diag.Warning
}

// lostAddresses tells of addresses that were released and lead nowhere now.
func (b *build) lostAddresses(lost []plan.Lost) {
	for _, l := range lost {
		b.report.Diags.Add(l.Diagnostic(b.severity()))
	}
	if d, ok := b.plan.Homeless(b.severity()); ok {
		b.report.Diags.Add(d)
	}
}

// editionsName is the file in the state of a site with the number of editions
// that there were.
const editionsName = "editions"

// lostEditions tells of editions of which nothing lies in the content folder
// any more, though the site or its papers remember them.
func (b *build) lostEditions(shelf *edition.Shelf) {
	if b.publisher == nil {
		return
	}
	state := b.publisher.target.StateDir()
	at := diag.Pos{File: edition.Dir}
	told := func(msg diag.Text, backup diag.Text, where string) {
		b.report.Diags.Add(diag.Diagnostic{Code: "editions-lost", Severity: b.severity(), Pos: at, Msg: msg}.
			WithHint("lấy lại cả thư mục content/%[3]s từ một bản sao lưu làm sau lần phát hành %[1]s; nếu cố ý bắt đầu lại từ lần 1, chuyển %[4]s đi nơi khác", "take the whole folder content/%[3]s back from a backup made after the edition %[2]s; if you mean to begin again with edition 1, move %[4]s elsewhere", backup.Vi, backup.En, edition.Dir, where))
	}
	if was := editionsOf(state); was > len(shelf.Editions) {
		told(diag.T("trang này đã phát hành %d lần, trong %s chỉ còn %d", "this site has had %s; in %s there are only %d", diag.Count(was, "edition"), edition.Dir, len(shelf.Editions)), diag.T("thứ %d", "number %d", was), filepath.Join(state, editionsName))
		return
	}
	if b.release == nil {
		return
	}
	for _, name := range b.release.strayPapers(shelf) {
		told(diag.T("có giấy tờ của lần phát hành %s, nhưng %s không ghi lần đó", "there are papers of an edition %s, of which %s knows nothing", name, edition.Dir), diag.T("%s", "%s", name), filepath.Join(b.release.o.Papers, name))
	}
}

// strayPapers are the folders of papers of editions that are not on the shelf.
func (r *releasing) strayPapers(shelf *edition.Shelf) (out []string) {
	entries, err := fs.ReadDir(os.DirFS(location.Real(r.o.Papers)), ".")
	if err != nil {
		return nil // there are none, or writing them will say why not
	}
	for _, e := range entries {
		known := slices.ContainsFunc(shelf.Editions, func(made edition.Edition) bool { return made.Name == e.Name() })
		if e.IsDir() && edition.IsName(e.Name()) && !known {
			out = append(out, e.Name())
		}
	}
	return out
}

// editionsOf is how many editions a site has had, as far as its state knows.
func editionsOf(state string) int {
	text, err := os.ReadFile(filepath.Join(state, editionsName))
	n, nerr := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || nerr != nil {
		return 0
	}
	return n
}

// noteEditions remembers how many editions there are.
func (b *build) noteEditions(state string) error {
	shelf, _ := edition.Read(b.scan.tree.FS())
	if n := len(shelf.Editions); n > editionsOf(state) {
		name := filepath.Join(state, editionsName)
		if err := os.WriteFile(name, []byte(strconv.Itoa(n)+"\n"), 0o644); err != nil {
			return cannotWrite(name, err)
		}
	}
	return nil
}
