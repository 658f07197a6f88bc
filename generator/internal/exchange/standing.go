package exchange

import (
	"context"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/record"
)

// A sheet knows nothing of what was decided of its records since it was written: that one
// was withdrawn, restricted or covered stands in the archive alone. So an import that
// overwrites what an earlier one wrote may close a record, and never opens one: such a row
// is refused, and the record stays in its file byte for byte.

// standing is a record that this import would overwrite, as it lies in the archive.
type standing struct {
	id      string
	parent  string
	access  record.Access
	clear   string            // id of its clearance
	taken   bool              // it was withdrawn
	covered bool              // something in it was covered
	by      map[string]string // decisions that objects name, by their files
	file    string
	line    int
	offset  int    // of its document in the file, in bytes
	text    string // of its document in the file
}

// lying is what the archive holds that an import has to leave alone.
type lying struct {
	files   map[string][]standing // by file, of those that would be overwritten
	byID    map[string]standing
	twice   map[string]standing // of those that share an id, the first; the last is in byID
	masters map[string]string   // hash of a master that was covered → id of the record
	covered map[string]string   // file of a covered object, in the content → id of the record
	shown   map[string][]string // file that a record names, in the content folder → ids of these
	above   map[string]above    // by id, of every record
	unread  string              // a description that cannot be read, so nobody knows what it shows
	now     map[string]string   // former id → the id that the record has now
	kept    map[string]bool     // ids of records that stay as they are, in this round
}

// above is what a record may hold back of those beneath it.
type above struct {
	parent string
	closed bool
}

func newLying() lying {
	return lying{files: map[string][]standing{}, byID: map[string]standing{}, twice: map[string]standing{}, masters: map[string]string{}, covered: map[string]string{}, shown: map[string][]string{},
		above: map[string]above{}, now: map[string]string{}, kept: map[string]bool{}}
}

// closer is the nearest record from an id upwards that holds back all beneath it, or one that is
// not there; "" where nothing does.
func (l lying) closer(id string) string {
	for seen := map[string]bool{}; id != ""; id = l.above[id].parent {
		if a, ok := l.above[id]; !ok || a.closed || seen[id] {
			return id
		}
		seen[id] = true
	}
	return ""
}

// stands notes a record of the archive.
func (im *importer) stands(f content.File, u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
	if im.overwrites(f.Path) {
		im.standsInTheWay(f, u, loc, ds)
	}
	if u == nil {
		im.lying.unread = orElse(im.lying.unread, f.Path)
		return
	}
	im.lying.above[u.ID.V] = above{u.Parent.V, isClosed(u)}
	for _, id := range u.FormerIDs {
		im.lying.now[id.V] = u.ID.V
	}
	for _, o := range u.Objects {
		im.noteCovered(f, u, o)
		if f.Owner != im.o.FondsID {
			continue // nothing is copied there
		}
		for _, name := range o.Files() {
			to := content.MediaPath(f.Owner, name)
			im.lying.shown[to] = append(im.lying.shown[to], u.ID.V)
		}
	}
}

// standsInTheWay notes a record that this import would overwrite.
func (im *importer) standsInTheWay(f content.File, u *record.Unit, loc record.Loc, ds []diag.Diagnostic) {
	for _, d := range ds {
		if d.Severity == diag.Error && (u == nil || slices.Contains(misread, d.Code)) {
			im.rep.add(within(d, diag.T("bản ghi này sẽ bị ghi đè mà không đọc được chắc chắn: ", "this record would be overwritten and cannot be read for certain: ")).
				WithHint("sửa lỗi trong tệp, hoặc xoá tệp nếu không cần gì trong đó nữa, rồi nhập lại", "mend the fault in the file, or delete the file if nothing in it is needed any more, and import again"))
		}
	}
	if u == nil {
		return
	}
	if im.reading.to != f.Path { // what cannot be read was refused above
		im.reading = staged{to: f.Path, text: im.rawOf(f.Path)}
	}
	raw := im.reading.text
	s := standingOf(u, loc, raw[min(loc.Offset, len(raw)):min(loc.Offset+loc.Len, len(raw))])
	im.lying.files[f.Path] = append(im.lying.files[f.Path], s)
	s.file = f.Path
	if first, ok := im.lying.byID[s.id]; ok && im.lying.twice[s.id].file == "" {
		im.lying.twice[s.id] = first
	}
	im.lying.byID[s.id] = s
}

// surveyFonds notes the records of the fonds once all of them may be overwritten. Nothing else of the archive is read
// again.
func (im *importer) surveyFonds() error {
	im.lying.files, im.lying.byID, im.lying.twice, im.reading = map[string][]standing{}, map[string]standing{}, map[string]standing{}, staged{}
	for f, err := range im.tree.Files("fonds/" + im.o.FondsID) {
		if err != nil || !im.overwrites(f.Path) {
			continue
		}
		im.tree.Units(f, func(u *record.Unit, loc record.Loc, ds []diag.Diagnostic) { im.standsInTheWay(f, u, loc, ds) })
	}
	if im.rep.Errors() > 0 {
		return ErrRefused
	}
	return nil
}

// misread are the faults by which a key that closes a record may have been lost.
var misread = []string{"access-malformed", "key-unknown", "key-repeated", "value-kind", "value-unknown", "value-empty", "redaction-incomplete", "id-syntax"}

// isClosed reports whether something of a record is held back from readers, or may be.
func isClosed(u *record.Unit) bool {
	a := u.Access
	return u.Withdrawn != nil || openness[a.State.V] > 0 || a.EmbargoUntil.V != "" || a.CurrentMarking.V != "" || a.Personal.V == "unreviewed"
}

func (im *importer) noteCovered(f content.File, u *record.Unit, o record.Object) {
	for _, sum := range o.Masters() {
		im.lying.masters[sum] = u.ID.V
	}
	if o.IsCovered() || len(o.Masters()) > 0 {
		for _, name := range o.Files() {
			im.lying.covered[content.MediaPath(f.Owner, name)] = u.ID.V
		}
	}
}

// blackened is how a covered place of a text is written.
const blackened = "[…]{"

func standingOf(u *record.Unit, loc record.Loc, text string) standing {
	s := standing{id: u.ID.V, parent: u.Parent.V, access: u.Access, clear: u.Clearance.V, taken: u.Withdrawn != nil, covered: strings.Contains(text, blackened), by: map[string]string{}, line: loc.Line, offset: loc.Offset, text: text}
	for _, o := range u.Objects {
		s.covered = s.covered || o.IsCovered() || len(o.Masters()) > 0 || !o.RedactNote.IsZero()
		if o.ClearedBy.V != "" {
			s.by[o.File.V] = o.ClearedBy.V
		}
	}
	return s
}

// guarded reports whether something was decided of the record that no sheet may lose.
func (l lying) guarded(s standing) bool {
	return l.closer(s.parent) != "" || s.taken || s.covered || len(s.by) > 0 || openness[s.access.State.V] > 0
}

// openness orders the states of access by what they withhold: a higher one withholds more.
// A record without a state has not been reviewed yet, and may be given one.
var openness = map[string]int{"": 0, "public": 0, "conditional": 1, "metadata-only": 2, "embargo": 3, "unreviewed": 4, "restricted": 5, "withdrawn": 6}

// against is what speaks against a record in the place of the one that stands, with the
// keys of it that say so; "" where nothing does.
func (l lying) against(s standing, u *record.Unit) (keys string, why diag.Text) {
	was, is := s.access, u.Access
	closer := l.closer(s.parent)
	switch {
	case closer != "" && s.parent != u.Parent.V:
		return "parent", diag.T("có parent: %[1]s, dưới %[2]q là mục không công khai; bảng sẽ ghi %[3]q", "has parent: %[1]s, beneath %[2]q, which is not public; the sheet would write %[3]q", s.parent, closer, u.Parent.V)
	case s.taken || was.State.V == "withdrawn":
		return "access.state", diag.T("đã rút khỏi trang (withdrawn)", "was withdrawn")
	case s.covered:
		return "objects.file", diag.T("có chỗ đã che (vitrine redact)", "has places that were covered (vitrine redact)")
	case openness[is.State.V] < openness[was.State.V], openness[was.State.V] > 0 && tells(u):
		return "access.state", diag.T("có access.state: %[1]s, bảng sẽ ghi %[2]q", "has access.state: %[1]s, the sheet would write %[2]q", was.State.V, is.State.V)
	case was.EmbargoUntil.V != "" && was.EmbargoUntil.V != is.EmbargoUntil.V:
		return "access.embargo_until", diag.T("có access.embargo_until: %[1]s, bảng sẽ ghi %[2]q", "has access.embargo_until: %[1]s, the sheet would write %[2]q", was.EmbargoUntil.V, is.EmbargoUntil.V)
	case was.CurrentMarking.V != "" && was.CurrentMarking.V != is.CurrentMarking.V:
		return "access.current_marking", diag.T("có access.current_marking mà bảng không có", "has access.current_marking, which the sheet has not")
	case was.Personal.V != "" && was.Personal.V != is.Personal.V:
		return "access.personal", diag.T("có access.personal: %[1]s, bảng sẽ ghi %[2]q", "has access.personal: %[1]s, the sheet would write %[2]q", was.Personal.V, is.Personal.V)
	case was.Declassification.At != record.At{} && !sameLifting(was.Declassification, is.Declassification):
		return "access.declassification", diag.T("có access.declassification mà bảng không có hoặc ghi khác", "has access.declassification, which the sheet has not or says otherwise")
	case s.clear != "" && s.clear != u.Clearance.V:
		return "clearance", diag.T("có clearance: %[1]s, bảng sẽ ghi %[2]q", "has clearance: %[1]s, the sheet would write %[2]q", s.clear, u.Clearance.V)
	}
	return s.otherDecision(u)
}

func sameLifting(a, b record.Declassification) bool {
	return a.FormerMarking.V == b.FormerMarking.V && a.Decision.Number.V == b.Decision.Number.V && a.Decision.Date.String() == b.Decision.Date.String()
}

func (s standing) otherDecision(u *record.Unit) (string, diag.Text) {
	is := map[string]string{}
	for _, o := range u.Objects {
		is[o.File.V] = o.ClearedBy.V
	}
	for file, id := range s.by {
		if is[file] != id {
			return "objects.file", diag.T("có cleared_by: %[1]s cho tệp %[2]s mà bảng không có", "has cleared_by: %[1]s for the file %[2]s, which the sheet has not", id, file)
		}
	}
	return "", diag.Text{}
}

// guard refuses the rows that would open, uncover or bring back what stands in the archive.
func (im *importer) guard(context.Context) error {
	refused := 0
	im.ids = map[string]bool{}
	var alike []standing
	for _, d := range im.drafts {
		im.ids[d.id] = true
		if now, other := im.lying.now[d.id]; other && im.existing[d.id] == "" {
			im.refuseFormer(d, now)
			refused++
		}
		s, ok := im.lying.byID[d.id]
		if !ok {
			continue
		}
		if first, twice := im.lying.twice[s.id]; twice {
			im.refuseTwice(d, first, s)
			refused++
			continue
		}
		if keys, why := im.lying.against(s, d.unit()); keys != "" {
			im.refuseOpening(d, s, keys, why)
			refused++
			if im.alike[s.id] > 0 {
				alike = append(alike, s)
			}
		}
	}
	for id := range im.alike { // of these the row may be that of another
		if s := im.lying.byID[id]; im.lying.guarded(s) && !im.ids[id] {
			alike = append(alike, s)
		}
	}
	if len(alike) > 0 {
		return im.refuseAlike(alike)
	}
	counted := (im.m.id.column == nil || im.m.id.slug) && !im.madeUp
	lost := im.lost()
	if len(lost) == 0 && !(counted && refused > 0) { // other ids say which row is refused
		return nil
	}
	im.rep.add(im.cannotTell(lost))
	return ErrRefused
}

// lost are the records that were decided on and may be told of by a row under another id.
func (im *importer) lost() (ids []string) {
	certain := im.m.id.column != nil && !im.m.id.slug && !im.madeUp
	for id, s := range im.lying.byID {
		if im.lying.guarded(s) && !im.ids[id] && !im.idsOfRows()[id] && (!certain || im.sheet.marked && im.isMadeUp(id)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// maxNamed is how many records a message names.
const maxNamed = 10

// cannotTell says that ids do not say which records rows are.
func (im *importer) cannotTell(lost []string) diag.Diagnostic {
	if im.sheet.marked {
		if len(lost) > maxNamed {
			lost = append(lost[:maxNamed:maxNamed], "…")
		}
		return diag.Errorf("import-opens", diag.Pos{File: im.sheet.file}, "mã do chương trình đặt theo lời mô tả nên không biết đơn vị nào là bản ghi đã rút, hạn chế hay che (%[1]s); không nhập gì", "ids are made of what components say, so nobody can tell which is the record that was withdrawn, restricted or covered (%[1]s); nothing is imported", strings.Join(lost, ", ")).
			WithHint("ghi mã đang có trong kho vào thuộc tính id của đơn vị ấy trong tệp, rồi nhập lại; đơn vị đã bỏ khỏi tệp thì chuyển bản ghi của nó sang một tệp khác trong records/", "write the id that the archive has into the attribute id of its component, and import again; where the component is gone, move its record into another file in records/")
	}
	return diag.Errorf("import-opens", diag.Pos{File: im.sheet.file}, "mã do chương trình đặt theo thứ tự hay tên nên không biết hàng nào là bản ghi đã rút, hạn chế hay che; không nhập gì", "the ids are counted or made of titles, so nobody can tell which row is the record that was withdrawn, restricted or covered; nothing is imported").
		WithHint("thêm một cột mã vào bảng, với các mã đang có trong kho, rồi nhập lại", "add a column of ids to the sheet, with the ids that the archive has, and import again")
}

// refuseAlike refuses a finding aid of which components say the same, where one of their records was closed: it may be any of them.
func (im *importer) refuseAlike(list []standing) error {
	slices.SortFunc(list, func(a, b standing) int { return strings.Compare(a.id, b.id) })
	for _, s := range list {
		im.rep.add(diag.Errorf("import-opens", diag.Pos{File: im.existing[s.id], Line: s.line}, "%[1]d đơn vị mô tả trong %[2]s có tiêu đề, ký hiệu và thời gian như nhau, nên không biết đơn vị nào là bản ghi %[3]q đã rút, hạn chế hay che; không nhập gì", "%[1]d components in %[2]s have the same title, number and dates, so nobody can tell which is the record %[3]q, which was withdrawn, restricted or covered; nothing is imported", im.alike[s.id], im.sheet.file, s.id).
			WithHint("ghi mã đang có trong kho vào thuộc tính id của từng đơn vị ấy trong tệp, mỗi đơn vị một mã, rồi nhập lại", "write the ids that the archive has into the attribute id of these components, each its own, and import again"))
	}
	return ErrRefused
}

func (im *importer) refuseOpening(d *draft, s standing, keys string, why diag.Text) {
	file := im.existing[s.id]
	msg := diag.T("bản ghi %[1]q trong %[2]s (dòng %[3]d) ", "the record %[1]q in %[2]s (line %[3]d) ", s.id, file, s.line)
	fault := im.atCell(d, keys, diag.Diagnostic{Code: "import-opens", Severity: diag.Error, Msg: diag.Text{
		Vi: msg.Vi + why.Vi + "; hàng không được nhận, bản ghi giữ nguyên", En: msg.En + why.En + "; the row is not taken, the record stays as it is"}})
	im.opening[s.id] = true
	im.fault(d, fault.WithHint("muốn đổi thì sửa chính bản ghi trong %[1]s, rồi nhập lại; còn không thì để nguyên", "if it is to change, edit the record itself in %[1]s and import again; else leave it", file))
}

// refuseTwice refuses a row of which two records bear the id: both may have been decided on, and both stay.
func (im *importer) refuseTwice(d *draft, first, last standing) {
	fault := im.atCell(d, "id", diag.Errorf("id-duplicate", diag.Pos{}, "hai bản ghi cùng mã %[1]q sẽ bị ghi đè: %[2]s (dòng %[3]d) và %[4]s (dòng %[5]d); hàng không được nhận, cả hai giữ nguyên", "two records of the id %[1]q would be overwritten: %[2]s (line %[3]d) and %[4]s (line %[5]d); the row is not taken, both stay as they are", d.id, first.file, first.line, last.file, last.line))
	im.opening[d.id] = true
	im.fault(d, fault.WithHint("xoá bản thừa trong tệp, giữ bản có quyết định chặt hơn, rồi nhập lại", "delete the one too many in its file, keep the one that is closed, and import again"))
}

// refuseFormer refuses a row whose record has another id by now: it would stand beside itself.
func (im *importer) refuseFormer(d *draft, now string) {
	fault := im.atCell(d, "id", diag.Errorf("import-former", diag.Pos{}, "%[1]q là mã cũ của bản ghi %[2]q trong %[3]s; hàng không được nhận", "%[1]q is a former id of the record %[2]q in %[3]s; the row is not taken", d.id, now, im.existing[now]))
	im.fault(d, fault.WithHint("ghi mã %[1]q vào bảng nếu vẫn là bản ghi ấy; nếu là bản ghi khác thì đặt mã khác", "write the id %[1]q in the sheet if it is that record; give it another id if it is not", now))
}

// atCell names the cell that gave the value beneath some keys, or else the one of the id.
func (im *importer) atCell(d *draft, keys string, fault diag.Diagnostic) diag.Diagnostic {
	c := im.columnOf(d.row, keys)
	if c == nil {
		c = im.m.id.column
	}
	if c == nil {
		fault.Pos = im.rowPos(d)
		return within(fault, diag.T("hàng %d: ", "row %d: ", d.row.number))
	}
	at := im.sheet.cell(d.row, c)
	fault.Pos = at.pos()
	return at.named(fault)
}

// fault leaves a row out of the next round, and those that add pages to it.
func (im *importer) fault(d *draft, why diag.Diagnostic) {
	im.faulty[d.row] = append(im.faulty[d.row], why)
	for _, r := range d.pages {
		im.faulty[r] = append(im.faulty[r], im.alsoLeftOut(d, r))
	}
}

func (im *importer) alsoLeftOut(d *draft, page *row) diag.Diagnostic {
	return diag.Errorf("row-refused", diag.Pos{File: im.sheet.file, Line: page.line}, "hàng %d là một trang của hàng %d nên cũng không được nhận", "row %d is a page of row %d and is not taken either", page.number, d.row.number)
}

// stays reports whether a record of which no row is taken stays as it is: where the sheet would open
// it, or has a row that was refused for what is wrong in it, and where it was decided on and has
// no row. A row that bears a marking is no reason to keep what stood there open.
func (im *importer) stays(s standing) bool {
	return im.lying.guarded(s) || im.opening[s.id] || im.idsOfRows()[s.id] && !im.gate.secret[im.gate.closed[s.id]]
}

// idsOfRows are the ids that rows of the sheet give themselves; none where ids are counted or
// made of words.
func (im *importer) idsOfRows() map[string]bool {
	if im.rowIDs != nil {
		return im.rowIDs
	}
	out := map[string]bool{}
	im.rowIDs = out
	if c := im.m.id.column; c != nil && !im.m.id.slug {
		for _, r := range im.sheet.rows {
			out[im.keyID(trim(r.value(c)))] = true
		}
	}
	return out
}

// uncovered reports whether a file is a master of which the archive shows a covered copy
// alone, and refuses the row that names it.
func (im *importer) uncovered(f folder, file string, n named) bool {
	if len(im.lying.masters) == 0 {
		return false
	}
	sum, err := staged{in: f.files, from: file}.digest()
	id, ok := im.lying.masters[sum]
	if err != nil || !ok {
		return false // whoever copies it tells that it cannot be read
	}
	im.faulty[n.at.row] = append(im.faulty[n.at.row], n.at.errorf("import-uncovers", "tệp %[1]q là bản gốc chưa che của một ảnh đã che trong bản ghi %[2]q; không chép vào, hàng không được nhận", "the file %[1]q is the uncovered master of a picture that was covered in the record %[2]q; it is not copied in, and the row is not taken", file, id).
		WithHint("lấy tệp này ra khỏi thư mục ảnh, hoặc ghi tên bản đã che trong bảng", "take this file out of the folder of media, or name the covered copy in the sheet"))
	return true
}

// uncovers reports whether a copy would take the place of a file that belongs to a covered
// picture: the picture itself, or a text in which words were covered.
func (im *importer) uncovers(s staged) bool {
	id, ok := im.lying.covered[s.to]
	if ok && s.in != nil {
		im.rep.add(diag.Errorf("import-uncovers", diag.Pos{File: s.to}, "tệp này thuộc về một ảnh đã che trong bản ghi %q; không ghi đè, không nhập gì", "this file belongs to a picture that was covered in the record %q; it is not overwritten, and nothing is imported", id).
			WithHint("đổi tên %s trong thư mục ảnh và trong bảng, nếu là tệp khác", "rename %s in the folder of media and in the sheet, if it is another file", path.Base(s.from)))
	}
	return ok && s.in != nil
}

// ofAnother reports whether a copy would take the place of a file that a record shows which this
// import does not write: two boxes have a 001.jpg each.
func (im *importer) ofAnother(s staged) bool {
	if s.in == nil {
		return false
	}
	if im.lying.unread != "" {
		im.rep.add(diag.Errorf("file-exists", diag.Pos{File: s.to}, "tệp đã có và khác với bản nhập; %s có lỗi nên không biết bản ghi nào đang dùng nó; không ghi đè, không nhập gì", "the file exists and differs from what is imported; %s has a fault, so nobody can tell which record shows it; it is not overwritten, and nothing is imported", im.lying.unread).
			WithHint("sửa lỗi trong tệp ấy rồi nhập lại", "mend the fault in that file and import again"))
		return true
	}
	for _, id := range im.lying.shown[s.to] {
		if im.ids[id] || im.overwrites(im.existing[id]) && !im.lying.kept[id] {
			continue
		}
		im.rep.add(diag.Errorf("file-exists", diag.Pos{File: s.to}, "tệp này thuộc về bản ghi %q trong %s và khác với tệp nhập vào; không ghi đè, không nhập gì", "this file belongs to the record %q in %s and differs from the one that comes in; it is not overwritten, and nothing is imported", id, im.existing[id]).
			WithHint("đổi tên %s trong thư mục ảnh và trong bảng; nếu là bản mới của đúng ảnh ấy thì tự chép đè lên", "rename %s in the folder of media and in the sheet; if it is a new copy of that very picture, put it in place yourself", path.Base(s.from)))
		return true
	}
	return false
}
