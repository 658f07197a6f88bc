package exchange

import (
	"context"
	"fmt"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/vi"
	"vitrine/generator/page"
)

// identify finds what the sheet calls the row. A row that has no name in a
// sheet that names its rows is refused: ids never change, so none is invented.
func (im *importer) identify(d *draft, values map[*column]string) bool {
	c := im.m.id.column
	if c == nil {
		return true
	}
	d.key, d.keyIn = values[c], c
	switch {
	case d.key == "" && im.m.id.slug:
		im.rep.add(im.keyCell(d).errorf("id-missing", "ô trống nên hàng không có mã và không được nhận", "the cell is empty, so the row gets no id and is not taken"))
		return false
	case d.key == "":
		im.rep.add(im.keyCell(d).errorf("id-missing", "hàng không có mã nên không được nhận", "the row has no id and is not taken").
			WithHint("điền mã vào ô này, hoặc để chương trình đánh số bằng id: {prefix: …, digits: 4} trong tệp ánh xạ", "fill in the cell, or let the program count with id: {prefix: …, digits: 4} in the map"))
		return false
	case !im.m.id.slug && excelRounded.MatchString(d.key) && strings.Contains(d.key, "+"):
		im.rep.add(im.keyCell(d).errorf("id-rounded", "%q là số mà Excel đã làm tròn, mã thật đã mất; hàng không được nhận", "%q is a number that Excel rounded, the real id is lost; the row is not taken", d.key).
			WithHint("định dạng cột thành Text trong bảng gốc rồi xuất lại", "format the column as text in the spreadsheet and export again"))
		return false
	}
	return true
}

// relate joins the pages of one record, gives every draft its id, hangs it
// under its parent and finds its level.
func (im *importer) relate(context.Context) error {
	byID, byKey := map[string]*draft{}, map[string]*draft{}
	im.shutTwins()
	kept := im.drafts[:0]
	for _, d := range im.shutBeneath(im.drafts) {
		switch first := byKey[d.key]; {
		case d.key != "" && first != nil && !im.m.id.slug && im.isPage(first, d):
			first.pages = append(first.pages, d.row)
			first.files = append(first.files, d.files...)
			first.words = append(first.words, d.words...)
			first.unit().Objects = append(first.unit().Objects[:len(first.files)-len(d.files)], d.unit().Objects...)
			im.rep.Taken++
		case im.settle(d, byID):
			byID[d.id] = d
			if d.key != "" && byKey[d.key] == nil {
				byKey[d.key] = d
			}
			kept = append(kept, d)
			im.rep.Taken++
		default:
			im.rep.Refused++
		}
	}
	im.drafts = kept
	for _, d := range im.drafts {
		im.hang(d, byKey, byID)
		d.pack()
	}
	im.breakCycles()
	for _, d := range im.drafts {
		if d.above != nil {
			d.above.children = append(d.above.children, d)
		}
	}
	beneath := im.staysBeneath(byID)
	for _, d := range im.drafts {
		if d.above == nil {
			im.levels(d, beneath)
		}
	}
	return nil
}

// isPage reports whether a row is one more page of an earlier one: it names a
// file and says nothing else that the first does not say.
func (im *importer) isPage(first, d *draft) bool {
	if len(d.files) == 0 || len(d.unit().Objects) != len(d.files) {
		return false
	}
	for _, c := range im.sheet.cols {
		if strings.HasPrefix(im.m.rules[c].to.path, "objects[]") {
			continue
		}
		if v := trim(d.row.value(c)); v != "" && v != trim(first.row.value(c)) {
			return false
		}
	}
	return true
}

// settle gives a draft an id that nothing else has.
func (im *importer) settle(d *draft, byID map[string]*draft) bool {
	id, ok := im.idFor(d, byID)
	if !ok {
		return false
	}
	line := diag.Pos{File: im.sheet.file, Line: d.row.line}
	if other := byID[id]; other != nil {
		im.rep.add(diag.Errorf("id-duplicate", line, "hàng %d có cùng mã %q với hàng %d nên không được nhận", "row %d has the same id %q as row %d and is not taken", d.row.number, id, other.row.number).
			WithHint("đổi một trong hai mã; hàng chỉ thêm một trang thì để trống các ô khác, chỉ ghi mã và tệp", "change one of the two; a row that only adds a page has nothing but the id and the file"))
		return false
	}
	if file := im.existing[id]; file != "" && !im.overwrites(file) {
		im.fault(d, diag.Errorf("id-duplicate", line, "hàng %d: mã %q đã dùng trong %s nên hàng không được nhận", "row %d: the id %q is used in %s already, the row is not taken", d.row.number, id, file))
		return false
	}
	d.id = id
	return true
}

func (im *importer) idFor(d *draft, byID map[string]*draft) (string, bool) {
	rule := im.m.id
	switch {
	case rule.column == nil:
		return im.counted(rule, byID), true
	case rule.slug:
		return im.slugged(rule, d, byID)
	}
	id := shape(rule.prefix + d.key)
	if id == "" {
		im.rep.add(im.keyCell(d).errorf("id-syntax", "không thể lập mã từ %q; hàng không được nhận", "no id can be made of %q; the row is not taken", d.key))
		return "", false
	}
	if vi.ValidID(id, page.Reserved()...) != nil || id == im.o.FondsID {
		id = im.o.FondsID + "-" + id
		im.rep.add(im.keyCell(d).warnf("id-reserved", "mã %q là từ dành riêng, đổi thành %q", "the id %q is reserved, it became %q", d.key, id))
	}
	switch {
	case id == d.key:
	case im.preset != nil && im.preset.Prefix: // a number of a database, which other fonds have too
		if d.keyIn.header != madeUpHeading {
			d.extra(d.keyIn.key, d.key)
		}
	default:
		im.formerID(d)
	}
	return id, true
}

// shape makes an id of what a sheet has, with as few changes as will do.
func shape(s string) string {
	for _, candidate := range []string{s, strings.ToLower(s)} {
		if vi.ValidID(candidate) == nil {
			return candidate
		}
	}
	return vi.Slug(s)
}

func (im *importer) formerID(d *draft) {
	if vi.ValidID(d.key) == nil {
		d.unit().FormerIDs = append(d.unit().FormerIDs, record.Str{V: d.key})
		im.rep.each("id-changed", im.keyCell(d), "mã được đổi, mã cũ giữ trong former_ids", "ids were changed, the old ones are kept in former_ids")
		return
	}
	d.extra(d.keyIn.key, d.key)
	im.rep.each("id-changed", im.keyCell(d), "mã được đưa về dạng a–z, 0–9, gạch nối; mã cũ giữ trong extra", "ids were brought into the form a–z, 0–9, hyphens; the old ones are kept under extra")
}

func (im *importer) counted(rule idRule, byID map[string]*draft) string {
	prefix, digits := rule.prefix, rule.digits
	if prefix == "" {
		prefix = im.o.FondsID + "-"
	}
	if digits == 0 {
		digits = 4
	}
	for n := len(byID) + 1; ; n++ {
		id := shape(fmt.Sprintf("%s%0*d", prefix, digits, n))
		if byID[id] == nil && (im.existing[id] == "" || im.overwrites(im.existing[id])) {
			return id
		}
	}
}

// slugged makes an id of words; equal ones are numbered.
func (im *importer) slugged(rule idRule, d *draft, byID map[string]*draft) (string, bool) {
	slug := vi.Slug(rule.prefix + d.key)
	if slug == "" {
		im.rep.add(im.keyCell(d).errorf("id-syntax", "không thể lập mã từ %q; hàng không được nhận", "no id can be made of %q; the row is not taken", d.key))
		return "", false
	}
	if len(slug) > 80 {
		slug = strings.TrimRight(slug[:80], "-")
	}
	if vi.ValidID(slug, page.Reserved()...) != nil {
		slug = im.o.FondsID + "-" + slug
	}
	for n, id := 2, slug; ; n++ {
		if byID[id] == nil && (im.existing[id] == "" || im.overwrites(im.existing[id])) {
			return id, true
		}
		id = fmt.Sprintf("%s-%d", slug, n)
	}
}

// hang finds the parent that a row names: another row, or a record that the
// fonds has already.
func (im *importer) hang(d *draft, byKey, byID map[string]*draft) {
	d.under = im.o.FondsID
	if d.parent == "" || d.parent == im.o.FondsID {
		return
	}
	id := shape(im.m.id.prefix + d.parent)
	above := byKey[d.parent]
	if above == nil {
		above = byID[id]
	}
	switch {
	case above != nil && above != d:
		d.above, d.under = above, above.id
	case above == nil && strings.HasPrefix(im.existing[id], "fonds/"+im.o.FondsID+"/"):
		d.under = id
	case im.opens(d.unit()): // what is above may close it
		im.fault(d, im.parentCell(d).errorf("parent-unknown", "không có hàng hay bản ghi nào mang mã %q nên không biết hồ sơ ấy có công khai không; hàng không được nhận", "no row and no record has the id %q, so nobody can tell whether what is above is public; the row is not taken", d.parent).
			WithHint("thêm hàng của mục ấy, sửa mã, hoặc để trống ô để đặt bản ghi thẳng dưới phông", "add the row of it, mend the id, or leave the cell empty to put the record directly under the fonds"))
	default:
		im.refuse(d, im.parentCell(d), d.parent, problemf("không có hàng hay bản ghi nào mang mã %q; bản ghi được đặt thẳng dưới phông", "no row and no record has the id %q; the record is put directly under the fonds", d.parent))
	}
}

// breakCycles hangs a row that is its own ancestor under the fonds.
func (im *importer) breakCycles() {
	done := map[*draft]bool{}
	for _, d := range im.drafts {
		seen := map[*draft]bool{}
		for a := d; a != nil && !done[a]; a = a.above {
			if seen[a] {
				im.refuse(a, im.parentCell(a), a.parent, problemf("các hàng chứa nhau thành vòng; bản ghi được đặt thẳng dưới phông", "the rows contain each other in a circle; the record is put directly under the fonds"))
				a.above, a.under = nil, im.o.FondsID
				break
			}
			seen[a] = true
		}
		for a := range seen {
			done[a] = true
		}
	}
}

// staysBeneath is how many levels of records that stay as they are lie beneath each id.
func (im *importer) staysBeneath(taken map[string]*draft) map[string]int {
	out := map[string]int{}
	for id, a := range im.lying.above {
		s, over := im.lying.byID[id]
		if taken[id] != nil || over && !im.stays(s) {
			continue
		}
		height := 1
		if l := im.levelOf[id]; l != "item" && l != "part" {
			height = 2
		}
		out[a.parent] = max(out[a.parent], height)
	}
	return out
}

// levels finds the level of a draft and of all beneath it: what the sheet
// says if it can stand there, else item, file or series by its descendants.
func (im *importer) levels(top *draft, beneath map[string]int) {
	heights := map[*draft]int{}
	order := []*draft{top}
	for i := 0; i < len(order); i++ {
		order = append(order, order[i].children...)
	}
	for i := len(order) - 1; i >= 0; i-- {
		d := order[i]
		heights[d] = max(heights[d], beneath[d.id])
		if i > 0 {
			heights[d.above] = max(heights[d.above], heights[d]+1)
		}
	}
	for _, d := range order {
		im.level(d, heights[d])
	}
}

var levelByHeight = []string{"item", "file", "series"}

func (im *importer) level(d *draft, height int) {
	above := "fonds"
	switch {
	case d.above != nil:
		above = d.above.level
	case d.under != im.o.FondsID:
		above = orElse(im.levelOf[d.under], "fonds")
	}
	wish := levelByHeight[min(height, len(levelByHeight)-1)]
	given := d.level
	if given != "" {
		wish = given
	}
	d.level = "part"
	for _, l := range record.Vocabulary("level") {
		if record.LevelRank(l.Key) >= record.LevelRank(wish) && record.MayHold(above, l.Key) {
			d.level = l.Key
			break
		}
	}
	switch {
	case given == "" || d.level == given:
	case im.sheet.marked: // other houses nest files in files
		im.rep.each("level-wrong", im.sheet.cell(d.row, im.columnOf(d.row, "level")), "cấp mô tả không thể nằm ngay dưới cấp trên nó, lấy cấp thấp hơn gần nhất", "the level cannot stand under the one above it, the next lower one that can was taken")
	default:
		im.rep.add(diag.Errorf("level-wrong", diag.Pos{File: im.sheet.file, Line: d.row.line},
			"hàng %d: cấp %s không thể nằm ngay dưới cấp %s, bản ghi được ghi cấp %s", "row %d: the level %s cannot stand under the level %s, the record got the level %s", d.row.number, given, above, d.level))
	}
}
