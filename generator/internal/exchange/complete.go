package exchange

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// unknownDate is shown where there is no date at all.
var unknownDate = diag.T("không rõ thời gian", "date not known")

const notEvaluated = "http://rightsstatements.org/vocab/CNE/1.0/"

// filler is a mandatory field that a sheet may lack, with the value that says
// honestly that it is not known.
type filler struct {
	key     string
	needed  func(u *record.Unit) bool
	fill    func(u *record.Unit)
	said    diag.Text // of n records
	missing int

	// itemsOnly keeps it out of the defaults, which files and series take too.
	itemsOnly bool
}

// complete gives every record what the model demands.
func (im *importer) complete(context.Context) error {
	im.opensSome = slices.ContainsFunc(im.drafts, func(d *draft) bool { return d.opened })
	all := im.allFillers()
	for _, d := range im.drafts {
		im.joinSpan(d)
		im.titles(d)
		im.undated(d)
		im.guessForm(d)
		im.extents(d)
		im.access(d)
		im.alts(d)
		im.note(d)
		_ = d.opened && im.isSeen(d) // it will be asked for, and is open now
		im.count(all, d)
		d.pack()
	}
	im.fillers = im.lacking(all)
	if len(im.drafts) == 0 && !(im.sheet.marked && im.newFonds && im.rep.Rows == 0) { // a finding aid may describe the whole alone
		im.rep.add(diag.Errorf("sheet-empty", diag.Pos{File: im.sheet.file}, "không nhận được hàng nào từ bảng", "no row of the sheet could be taken"))
		return ErrRefused
	}
	return nil
}

func (im *importer) rowPos(d *draft) diag.Pos { return diag.Pos{File: im.sheet.file, Line: d.row.line} }

func (im *importer) titles(d *draft) {
	t := &d.unit().Title
	switch {
	case t.IsZero():
		*t = im.bilingual(diag.T("Không có tiêu đề", "Untitled"))
		d.unit().TitleKind.V = "supplied"
		im.rep.add(diag.Warnf("title-missing", im.rowPos(d), "hàng %d không có tiêu đề, ghi tạm %q", "row %d has no title, it became %q", d.row.number, t.Langs[0].V))
	case !t.Has(im.lang):
		t.Langs = append([]record.LangText{{Lang: im.lang, V: t.Langs[0].V}}, t.Langs...)
		im.rep.add(diag.Warnf("title-language", im.rowPos(d), "hàng %d không có tiêu đề bằng ngôn ngữ chính (%s), lấy tiêu đề tiếng khác", "row %d has no title in the first language (%s), that of another language stands for it", d.row.number, im.lang))
	}
}

// undated says so where a record has no date.
func (im *importer) undated(d *draft) {
	dates := &d.unit().Dates
	switch {
	case !dates.Created.IsZero():
		im.rep.Dates++
	case !dates.AsWritten.IsZero():
		im.rep.BadDates++
	}
	if dates.Created.IsZero() && dates.Display.IsZero() {
		dates.Display = im.bilingual(unknownDate)
		if d.unknown != "" {
			dates.Note = im.text(d.unknown)
		}
		im.undatedRows++
	}
}

// formWords are what sheets in English call some document types.
var formWords = map[string]string{
	"photo": "anh", "photographs": "anh", "still image": "anh", "stillimage": "anh", "moving image": "phim", "sound": "ghi-am", "audio": "ghi-am",
	"article": "bai-bao", "books": "sach", "maps": "ban-do", "letters": "thu", "newspapers": "bao", "postcards": "buu-thiep", "picture postcards": "buu-thiep",
}

// formColumns are headings, folded, of columns that may name a document type.
var formColumns = []string{"medium", "genre", "type", "chat lieu", "the loai", "loai"}

// guessForm finds the document type in what the sheet says of medium, genre
// or type.
func (im *importer) guessForm(d *draft) {
	if d.unit().Form.V != "" || d.level != "item" && d.level != "part" {
		return
	}
	for _, c := range im.sheet.cols {
		if !slices.Contains(formColumns, c.folded) {
			continue
		}
		for _, word := range cut(trim(d.row.value(c)), im.m.separator) {
			if id, ok := im.setting.forms.byID[foldName(orElse(formWords[foldName(word)], word))]; ok {
				d.unit().Form.V = id
				im.rep.each("form-guessed", im.sheet.cell(d.row, c), "loại hình tài liệu (form) lấy theo cột này", "the document type (form) was taken from this column")
				return
			}
		}
	}
}

// extents counts what a file or series holds, as far as it may be known to readers.
func (im *importer) extents(d *draft) {
	if !d.unit().Extent.IsZero() || len(d.children) == 0 {
		return
	}
	if n := len(im.countable(d.children, im.openly(d))); n > 0 {
		d.unit().Extent.Quantity.V = fmt.Sprint(n)
		d.unit().Extent.Unit = im.bilingual(diag.T("đơn vị mô tả", "units of description"))
	}
}

// countable are the records that may be counted where a holder tells it: those that the sheet
// opens, or all of a sheet that opens none; of what readers see already, those that they see.
func (im *importer) countable(list []*draft, holder record.Unit) []*draft {
	if !im.opensSome {
		return list
	}
	seen := im.publishes(&holder)
	return slices.DeleteFunc(slices.Clone(list), func(d *draft) bool { return !d.opened || seen && !im.isSeen(d) })
}

// isOpened reports whether a record may be published as the sheet has it.
func (im *importer) isOpened(d *draft) bool {
	u := im.openly(d)
	opens := slices.Contains([]string{"public", "metadata-only", "conditional"}, u.Access.State.V)
	u.Access.State.V = "public"
	return opens && !isClosed(&u) && im.isClearance(u.Clearance.V)
}

// openly is a record with the state and the clearance that it will have.
func (im *importer) openly(d *draft) record.Unit {
	u := *d.unit()
	u.Access.State.V, u.Clearance.V = orElse(u.Access.State.V, im.o.State), orElse(u.Clearance.V, im.o.Clearance)
	if c := d.clearance; c != "" {
		u.Clearance.V = c
	}
	return u
}

func (im *importer) publishes(u *record.Unit) bool {
	return im.o.Publishes == nil || im.o.Publishes(u)
}

// access gives the state and the clearance for the whole sheet where the row
// has none, and leaves out a clearance that does not exist.
func (im *importer) access(d *draft) {
	u := d.unit()
	if c := u.Clearance.V; c != "" && !im.isClearance(c) {
		im.rep.add(diag.Errorf("clearance-unknown", im.rowPos(d), "hàng %d: không có quyết định %q trong clearances/; bản ghi chưa được công bố", "row %d: there is no clearance %q in clearances/; the record is not published", d.row.number, c).
			WithHint("tạo bằng «vitrine new clearance %s»", "make it with «vitrine new clearance %s»", c))
		d.extra("clearance", c)
		u.Clearance.V, d.clearance = "", c
	} else if c == "" {
		u.Clearance.V = im.o.Clearance
	}
	if u.Access.State.V == "" {
		u.Access.State.V = im.o.State
	}
	switch u.Access.State.V {
	case "public", "metadata-only", "conditional":
		if u.Clearance.V != "" {
			im.rep.Public++
		}
	}
}

// alts makes a text alternative of label, title and date for images that have none.
func (im *importer) alts(d *draft) {
	for i := range d.unit().Objects {
		o := &d.unit().Objects[i]
		if !o.IsImage() || !o.Alt.IsZero() {
			continue
		}
		for _, l := range d.unit().Title.Langs {
			text := l.V
			if label, _ := o.Label.In(l.Lang); label != "" {
				text = label + ", " + text
			}
			if date := d.unit().Dates.Created; !date.IsZero() {
				text += ", " + strings.ReplaceAll(date.Words(l.Lang), "\u00a0", " ")
			}
			o.Alt.Langs = append(o.Alt.Langs, record.LangText{Lang: l.Lang, V: text})
		}
		im.rep.Alts++
		if c := im.columnFor("objects[].alt"); c != nil && im.desk != nil {
			im.rep.each("alt-made", im.sheet.cell(d.files[i].at.row, c), "không có mô tả ảnh; máy ghép từ nhãn tờ, tiêu đề và ngày tháng, nên viết lại", "no text alternative; one was made of label, title and date, please write a better one")
		}
	}
}

// count counts which mandatory fields a record lacks. What the defaults of an existing fonds give is not lacking.
func (im *importer) count(all []*filler, d *draft) {
	for _, f := range all {
		if !im.given[f.key] && f.needed(d.unit()) {
			f.missing++
		}
	}
}

// lacking are the fillers of fields that some records lack.
func (im *importer) lacking(all []*filler) []*filler {
	var out []*filler
	for _, f := range all {
		if f.missing > 0 {
			out = append(out, f)
			d := diag.Warnf("field-filled", diag.Pos{File: im.sheet.file}, "%[1]s (%[3]d bản ghi)", "%[2]s (%[3]s)", f.said.Vi, f.said.En, diag.Count(f.missing, "record"))
			im.rep.add(d)
		}
	}
	if im.undatedRows > 0 {
		im.rep.add(diag.Warnf("field-filled", diag.Pos{File: im.sheet.file}, "bản ghi không có ngày tháng, ghi “%s”: %d", "records without a date, which say “%s”: %d", unknownDate.In(im.lang), im.undatedRows))
	}
	return out
}

func (im *importer) allFillers() []*filler {
	isItem := func(u *record.Unit) bool { return u.Level.V == "item" || u.Level.V == "part" }
	neutral := im.neutralForm()
	return []*filler{
		{key: "reference", said: diag.T("thiếu ký hiệu lưu trữ, lấy mã phông làm phông số", "no shelf reference, the id of the fonds stands as its number"),
			needed: func(u *record.Unit) bool { return u.Reference.FondsNo.V == "" }, fill: im.fillReference},
		{key: "form", itemsOnly: true, said: diag.T("thiếu loại hình tài liệu, ghi tạm form: %s", "no document type, form: %s stands for it", neutral),
			needed: func(u *record.Unit) bool { return isItem(u) && u.Form.V == "" && neutral != "" }, fill: func(u *record.Unit) { u.Form.V = neutral }},
		{key: "languages", said: diag.T("thiếu ngôn ngữ, ghi und (chưa xác định)", "no language, und (undetermined) stands for it"),
			needed: func(u *record.Unit) bool { return len(u.Languages) == 0 }, fill: func(u *record.Unit) { u.Languages = []record.Str{{V: "und"}} }},
		{key: "originals", itemsOnly: true, said: diag.T("không nói bản gốc hay bản sao, ghi khong-ro (chưa xác định)", "original or copy is not said, khong-ro (not determined) stands for it"),
			needed: func(u *record.Unit) bool { return isItem(u) && u.Originals.Status.V == "" }, fill: func(u *record.Unit) { u.Originals.Status.V = "khong-ro" }},
		{key: "rights", said: diag.T("thiếu tuyên bố quyền, ghi CNE (chưa đánh giá quyền tác giả)", "no rights statement, CNE (copyright not evaluated) stands for it"),
			needed: func(u *record.Unit) bool { return len(u.Objects) > 0 && u.Rights.URI.V == "" }, fill: func(u *record.Unit) { u.Rights.URI.V = notEvaluated }},
		{key: "description_control", said: diag.T("thiếu người mô tả, ghi tên bảng đã nhập", "who described it is not said, the name of the sheet stands for it"),
			needed: func(u *record.Unit) bool { return u.Control.By.IsZero() }, fill: func(u *record.Unit) { u.Control.By = im.importedFrom() }},
	}
}

func (im *importer) fillReference(u *record.Unit) {
	u.Reference.FondsNo.V = orElse(im.fondsNo, im.o.FondsID)
	if u.Reference.Repository.V == "" {
		u.Reference.Repository.V = im.config.Site.Repository.V
	}
}

func (im *importer) importedFrom() record.Text {
	name := baseName(im.sheet.file)
	return im.bilingual(diag.T("nhập từ bảng %s", "imported from the sheet %s", name))
}

// neutralForms say least about a document, best first.
var neutralForms = []string{"khac", "loai-khac", "tai-lieu", "van-ban", "van-kien"}

func (im *importer) neutralForm() string {
	for _, id := range neutralForms {
		if slices.Contains(im.setting.forms.ids, id) {
			return id
		}
	}
	return ""
}

// years are the time of all records that a holder may tell of; zero when none is dated.
func (im *importer) years(holder record.Unit) edtf.Date {
	from, to := 0, -1
	for _, d := range im.countable(im.drafts, holder) {
		lo, hi := d.from, d.to
		if lo > hi || lo < 1 {
			continue
		}
		if to < from {
			from, to = lo, hi
		}
		from, to = min(from, lo), max(to, hi)
	}
	text := fmt.Sprintf("%04d/%04d", from, to)
	if from == to {
		text = fmt.Sprintf("%04d", from)
	}
	if to < from {
		return edtf.Date{}
	}
	date, _ := edtf.Parse(text)
	return date
}
