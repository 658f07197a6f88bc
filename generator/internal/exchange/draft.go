package exchange

import (
	"context"
	"path"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/record"
)

// draft is a record in the making. There may be a hundred thousand, so what a pass has done with lies packed, and
// beside it what is asked of a draft while others are made.
type draft struct {
	holding
	row      *row
	key      string  // the id as the sheet has it
	keyIn    *column // where
	pages    []*row  // rows that add pages to it
	parent   string  // of the parent, as the sheet has it
	parentIn *column
	above    *draft
	children []*draft
	files    []named // one for each of the objects
	words    []said  // what cells say of the files

	start, end string // EDTF of dates.start and dates.end
	startedIn  *column
	unknown    string // what the sheet says in place of a date

	clearance string // that it names and there is none of

	notes   int               // how many there were before this row
	doubts  []diag.Diagnostic // what was not understood of its access
	misread []diag.Diagnostic // the same, worded for a row that is not opened
}

// said is the text of a cell about a file.
type said struct {
	at    cell
	value string
}

// named is a file that a cell names.
type named struct {
	name string
	at   cell
	as   string // what it is called in media/, without its ending; empty for its own name
}

// convert makes a draft of every row.
func (im *importer) convert(ctx context.Context) error {
	rules := im.dateRules()
	for _, r := range im.sheet.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		d := newDraft(r)
		if im.fillDraft(d, rules) {
			im.drafts = append(im.drafts, d)
			d.pack()
		} else {
			im.rep.Refused++
		}
	}
	if im.legacy || im.mapBroken {
		return ErrRefused
	}
	return nil
}

// dateRules are worked out for each column: its dates tell their order.
func (im *importer) dateRules() map[*column]dateRules {
	out := map[*column]dateRules{}
	date, _ := resolve("dates.created")
	for _, c := range im.sheet.cols {
		order := im.m.order
		if t := im.m.rules[c].to; order == orderGuess && (t.leaf == date.leaf || t.is(pathStart, pathEnd)) {
			var texts []string
			for _, r := range im.sheet.rows {
				texts = append(texts, trim(r.value(c)))
			}
			order = evidence(texts)
		}
		out[c] = dateRules{order, im.m.from1904}
	}
	return out
}

// fillDraft takes the cells of a row: names of files first, since the number
// of files decides how the cells about them are cut.
func (im *importer) fillDraft(d *draft, rules map[*column]dateRules) bool {
	if why := im.unfit[d.row]; why != nil {
		im.rep.Notes = append(im.rep.Notes, why...)
		im.shutUnfit(d.row)
		return false
	}
	values := map[*column]string{}
	for _, c := range im.sheet.cols {
		at := im.sheet.cell(d.row, c)
		s, ok := im.clean(at)
		if !ok && im.m.id.column == c && !im.m.id.slug {
			return false
		}
		values[c] = s
	}
	d.notes = len(im.rep.Notes)
	for _, first := range []bool{true, false} {
		for _, c := range im.sheet.cols {
			if r := im.m.rules[c]; values[c] != "" && r.to.is("objects[].file") == first {
				im.take(d, r, im.sheet.cell(d.row, c), values[c], rules[c])
			}
		}
	}
	for _, also := range d.row.also {
		also(d.unit())
	}
	im.fixed(d)
	if !im.admit(d, values) || !im.identify(d, values) {
		return false
	}
	d.doubts, d.misread = nil, nil
	im.note(d)
	return true
}

// take puts the value of a cell where the rule says.
func (im *importer) take(d *draft, r rule, at cell, value string, dates dateRules) {
	if v, ok := r.values[foldName(value)]; ok {
		value = v
	}
	if err := doubted(r.to, at); err != nil {
		im.doubt(d, at, value, err)
		return
	}
	switch {
	case r.to.is(pathSkip, "id"):
	case r.to.is(pathExtra, pathSecrecy):
		d.extra(at.col.key, value)
	case r.to.is("access.state") && value == "": // as the map, or what is known of such columns, has it
		d.extra(at.col.key, trim(at.row.value(at.col)))
	case r.to.is("access.state"):
		im.state(d, at, value)
	case r.to.is("parent"):
		d.parent, d.parentIn = value, at.col
	case r.to.is("dates.created"):
		im.created(d, at, value, dates)
	case r.to.is(pathStart, pathEnd):
		im.span(d, r.to, at, value, dates)
	case r.to.is("objects[].file"):
		im.name(d, r, at, value)
	case strings.HasPrefix(r.to.path, "objects[]"):
		d.words = append(d.words, said{at, value})
		im.assign(d, r, at, value, dates)
	default:
		im.assign(d, r, at, value, dates)
	}
}

// extra keeps a value that has no place in the model, under the heading.
func (d *draft) extra(key, value string) {
	for i, x := range d.unit().Extra {
		if x.Key == key {
			d.unit().Extra[i].V += "\n" + value
			return
		}
	}
	d.unit().Extra = append(d.unit().Extra, record.Extra{Key: key, V: value})
}

// refuse reports a value that its field cannot hold, and keeps it.
func (im *importer) refuse(d *draft, at cell, value string, err *problem) {
	im.rep.add(at.refusal("value-refused", err, diag.T("giá trị giữ trong extra", "the value is kept under extra")))
	d.extra(at.col.key, value)
}

func (im *importer) assign(d *draft, r rule, at cell, value string, dates dateRules) {
	s := im.setting
	s.role, s.dates, s.joins = r.role, dates, im.sheet.marked // a map may give several elements one field
	if im.sheet.marked && !r.to.list && !textTypes[r.to.leaf] && !isEmpty(d.unit(), r.to) {
		im.refuseSecond(d, r, at, value)
		return
	}
	for i, part := range im.parts(d, r, value) {
		if v, ok := r.values[foldName(part)]; ok {
			part = v
		}
		err := s.assign(d.unit(), r.to, i, im.markdown(r.to, at, part))
		switch {
		case err != nil && r.to.is("rights.uri"):
			d.unit().Rights.Note.Langs = append(d.unit().Rights.Note.Langs, record.LangText{Lang: im.lang, V: part})
			im.refuse(d, at, part, err)
		case err != nil && decides(r.to):
			im.doubt(d, at, part, err)
		case err != nil:
			im.refuse(d, at, part, err)
		}
	}
	if r.to.is("rights.uri") && d.unit().Rights.URI.V != "" && d.unit().Rights.URI.V != value {
		im.rep.each("rights-normalised", at, "địa chỉ tuyên bố quyền được đưa về dạng của danh mục", "the address of the rights statement was brought into the form of the vocabulary")
	}
}

// refuseSecond keeps a value of which the field has another already, which a map gave it.
func (im *importer) refuseSecond(d *draft, r rule, at cell, value string) {
	err := problemf("%s đã có giá trị từ phần tử khác", "%s has a value from another element", r.to.path)
	if decides(r.to) {
		im.doubt(d, at, value, err)
		return
	}
	im.refuse(d, at, value, err)
}

// markdown is the value of a text as Markdown.
func (im *importer) markdown(t target, at cell, value string) string {
	if !textTypes[t.leaf] {
		return value
	}
	text := asMarkdown(value)
	if text != value {
		im.rep.each("markup", at, "thẻ HTML và dấu của Markdown được đổi để hiện đúng như chữ", "HTML tags and marks of Markdown were changed so that they show as text")
	}
	return text
}

// parts cuts the cell of a list. What is said about files is cut only when
// there is one part for each file: a description may hold the separator.
func (im *importer) parts(d *draft, r rule, value string) []string {
	if !r.to.list {
		return []string{value}
	}
	parts := cut(value, orElse(r.separator, im.m.separator))
	if strings.HasPrefix(r.to.path, "objects[]") && len(parts) != max(len(d.files), 1) {
		return []string{value}
	}
	return parts
}

func cut(value, separator string) []string {
	var out []string
	for part := range strings.SplitSeq(value, separator) {
		if part = trim(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// name takes the names of files. Only names inside the folder are taken.
func (im *importer) name(d *draft, r rule, at cell, value string) {
	separator := orElse(r.separator, im.m.separator)
	if r.separator == "" && !strings.Contains(value, separator) && strings.Contains(value, "|") {
		separator = "|"
	}
	for _, part := range cut(value, separator) {
		file := strings.ReplaceAll(part, "\\", "/")
		switch {
		case strings.Contains(file, "://"):
			im.rep.add(at.warnf("file-address", "%q là một địa chỉ mạng chứ không phải tệp; giữ trong extra", "%q is an address and no file; it is kept under extra", part))
			d.extra(at.col.key, part)
			continue
		case unsafePath(file):
			im.rep.add(at.errorf("file-path", "%q chỉ ra ngoài thư mục ảnh nên bị từ chối; giữ trong extra", "%q leads out of the media folder and is refused; it is kept under extra", part))
			d.extra(at.col.key, part)
			continue
		}
		d.files = append(d.files, named{name: path.Clean(strings.TrimLeft(file, "/")), at: at})
		d.unit().Objects = append(d.unit().Objects, record.Object{})
	}
}

func unsafePath(file string) bool {
	if strings.ContainsAny(file, ":\x00") {
		return true
	}
	for part := range strings.SplitSeq(file, "/") {
		if part == ".." {
			return true
		}
	}
	return strings.Trim(file, "/.") == ""
}

// created reads the date of a row. One that cannot be decided is kept as
// written, and shown so.
func (im *importer) created(d *draft, at cell, value string, rules dateRules) {
	got, bad := parseStaffDate(value, rules)
	dates := &d.unit().Dates
	switch {
	case bad != nil:
		im.rep.add(at.refusal("date-refused", bad, diag.T("ngày chỉ được giữ nguyên văn", "the date is only kept as written")))
		dates.AsWritten = im.text(value)
		dates.Display = im.bilingual(diag.T("ghi là “%s”", "written “%s”", asMarkdown(value)))
	case got.None:
		d.unknown = value
	default:
		dates.Created.Date, _ = edtf.Parse(got.EDTF)
		if got.EDTF != value && dates.AsWritten.IsZero() {
			dates.AsWritten = im.text(value)
		}
		if got.Serial {
			im.rep.each("date-serial", at, "số ngày của Excel được đổi thành ngày tháng", "serial numbers of Excel became dates")
		}
	}
}

// span reads one end of dates.start and dates.end.
func (im *importer) span(d *draft, t target, at cell, value string, rules dateRules) {
	got, bad := parseStaffDate(value, rules)
	if bad != nil || strings.Contains(got.EDTF, "/") {
		if bad == nil {
			bad = problemf("ở đây cần một mốc, không phải một khoảng", "one end is needed here, not a span")
		}
		im.refuse(d, at, value, bad)
		return
	}
	if t.is(pathStart) {
		d.start = got.EDTF
	} else {
		d.end = got.EDTF
	}
	d.startedIn = at.col
}

// joinSpan makes an interval of the two ends.
func (im *importer) joinSpan(d *draft) {
	if d.start == "" && d.end == "" || !d.unit().Dates.Created.IsZero() {
		return
	}
	text := d.start + "/" + d.end
	if d.start == d.end {
		text = d.start
	}
	date, err := edtf.Parse(text)
	if err != nil {
		im.refuse(d, im.sheet.cell(d.row, d.startedIn), text, fromEDTF(err))
		return
	}
	d.unit().Dates.Created.Date = date
}

// text is a text in the first language of the site.
func (im *importer) text(s string) record.Text {
	return record.Text{Langs: []record.LangText{{Lang: im.lang, V: asMarkdown(s)}}}
}

// bilingual is a text of ours, in the languages we have; English stands for
// the first language of sites in neither.
func (im *importer) bilingual(t diag.Text) record.Text {
	out := record.Text{Langs: []record.LangText{{Lang: im.lang, V: t.In(im.lang)}}}
	for _, l := range im.config.Site.Languages {
		if l.V != im.lang && (l.V == "vi" || l.V == "en") {
			out.Langs = append(out.Langs, record.LangText{Lang: l.V, V: t.In(l.V)})
		}
	}
	return out
}

// fixed gives the constants, and the defaults where the row says nothing.
func (im *importer) fixed(d *draft) {
	for _, f := range im.m.constants {
		clearField(d.unit(), f.to)
		im.setFixed(d, f)
	}
	for _, f := range im.m.defaults {
		if isEmpty(d.unit(), f.to) {
			im.setFixed(d, f)
		}
	}
}

func (im *importer) setFixed(d *draft, f fixed) {
	s := im.setting
	if err := s.assign(d.unit(), f.to, 0, f.value); err != nil && len(im.drafts) == 0 {
		im.rep.add(diag.Diagnostic{Code: "map", Severity: diag.Error, Pos: f.pos, Msg: err.msg, Hint: err.hint})
		im.mapBroken = true
	}
}
