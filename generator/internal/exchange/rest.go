package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"vitrine/generator/diag"
)

// keptIn are the documents of a file that stay in it, and how many these are. Rest is set for a file of an earlier import that this
// one does not write: there stays too what has no row.
func (im *importer) keptIn(file string, rest bool) (text string, n int) {
	var b strings.Builder
	var gone []string
	for _, s := range im.lying.files[file] {
		switch {
		case im.ids[s.id]:
		case im.stays(s), rest && !im.idsOfRows()[s.id]:
			im.lying.kept[s.id] = true
			n++
			fmt.Fprintf(&b, "---\n%s\n", strings.TrimRight(s.text, "\r\n"))
		default:
			gone = append(gone, s.id)
		}
	}
	if len(gone) > 0 {
		im.rep.add(diag.Warnf("import-gone", diag.Pos{File: file}, "không còn trong tệp này, vì bảng không có hàng nào cho chúng hoặc hàng ấy mang dấu mật, hạn chế: %s", "no longer in this file, since the sheet has no row for them or one that bears a marking or a restriction: %s", strings.Join(gone, ", ")).
			WithHint("nếu không định bỏ, lấy lại từ bản sao trước khi nhập và thêm hàng vào bảng", "if they were not to go, take them from the copy that you kept and add their rows to the sheet"))
	}
	return b.String(), n
}

// layRest plans what becomes of files that an earlier import of the sheet wrote and this one does not, since the number of records and
// so that of files is another: a record stands in one file alone, and none is lost that has no row.
func (im *importer) layRest() {
	planned := map[string]bool{}
	for _, s := range im.plan {
		planned[s.to] = true
	}
	for _, file := range slices.Sorted(maps.Keys(im.lying.files)) {
		if planned[file] {
			continue
		}
		kept, n := im.keptIn(file, true)
		switch all := len(im.lying.files[file]); n {
		case all:
			im.tellRest(file, "bảng không có hàng nào cho %d bản ghi; tệp giữ nguyên", "the sheet has no row for %s; the file stays as it is", n)
		case 0:
			im.plan = append(im.plan, staged{to: file, gone: true})
			im.tellRest(file, "bản ghi của tệp này nay nằm trong các tệp khác của lần nhập (%d bản ghi); tệp được bỏ đi", "what stood in this file stands in other files of the import now (%s); the file is taken away", all)
		default:
			im.plan = append(im.plan, staged{to: file, text: kept})
			im.tellRest(file, "chỉ còn trong tệp này %d bản ghi giữ nguyên hoặc không có hàng nào trong bảng; các bản ghi khác nằm trong các tệp khác của lần nhập", "in this file there are left %s that stay as they are or have no row; the others stand in other files of the import now", n)
		}
	}
}

func (im *importer) tellRest(file, vi, en string, n int) {
	im.rep.add(diag.Warnf("import-rest", diag.Pos{File: file}, vi, en, diag.Count(n, "record")).
		WithHint("bản ghi nào không dùng nữa thì tự xoá khỏi tệp", "delete from the file what is not needed any more"))
}
