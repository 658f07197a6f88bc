package content

import (
	"path"
	"path/filepath"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/edtf"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/record"
)

// checker gathers what is wrong in one unit alone. What needs other records
// is checked by the catalog.
type checker struct {
	t  *Tree
	f  File
	u  *record.Unit
	ds []diag.Diagnostic
}

func (t *Tree) checkUnit(f File, u *record.Unit) []diag.Diagnostic {
	c := &checker{t: t, f: f, u: u}
	c.ds = checkID(f.Path, u.ID, u.At)
	c.level()
	c.mandatory()
	c.access()
	c.objects()
	c.dates()
	return c.ds
}

func (c *checker) errorf(at record.At, code, vi, en string, args ...any) *diag.Diagnostic {
	c.ds = append(c.ds, diag.Errorf(code, at.In(c.f.Path), vi, en, args...))
	return &c.ds[len(c.ds)-1]
}

func (c *checker) warnf(at record.At, code, vi, en string, args ...any) *diag.Diagnostic {
	c.ds = append(c.ds, diag.Warnf(code, at.In(c.f.Path), vi, en, args...))
	return &c.ds[len(c.ds)-1]
}

// level checks that a fonds.yaml holds a fonds named as its folder, and that
// everything else names its parent.
func (c *checker) level() {
	u := c.u
	if u.Level.V == "" {
		return // mandatory says so
	}
	top := record.IsTop(u.Level.V)
	switch {
	case c.f.Kind == KindFonds && !top:
		c.errorf(u.Level.At, "level-wrong", "fonds.yaml phải mô tả một phông hoặc sưu tập", "fonds.yaml must describe a fonds or a collection")
	case c.f.Kind == KindFonds && u.ID.V != "" && u.ID.V != c.f.Owner:
		c.errorf(u.ID.At, "id-folder", "mã %q phải trùng tên thư mục %q", "the id %q must be the name of the folder, %q", u.ID.V, c.f.Owner)
	case c.f.Kind == KindRecords && top:
		c.errorf(u.Level.At, "level-wrong", "phông và sưu tập chỉ mô tả trong fonds.yaml", "a fonds or collection is described in fonds.yaml only")
	case c.f.Kind == KindRecords && u.Parent.V == "":
		e := c.errorf(u.At, "field-missing", "thiếu khoá parent", "the key parent is missing")
		e.Hint = diag.T("ghi mã của hồ sơ hoặc phông chứa nó, ví dụ parent: %s", "name the file or fonds that holds it, such as parent: %s", c.f.Owner)
	case top && u.Parent.V != "":
		c.errorf(u.Parent.At, "level-wrong", "phông và sưu tập không có parent", "a fonds or collection has no parent")
	}
}

// mandatory asks for the fields of the model: some as errors, the others as
// warnings, which strict makes errors.
func (c *checker) mandatory() {
	if c.u.Level.V == "" {
		if c.u.Level.At == (record.At{}) {
			c.errorf(c.u.At, "field-missing", "thiếu khoá level", "the key level is missing")
		}
		return
	}
	present := c.present()
	for _, f := range record.Fields {
		have, checked := present[f.Key]
		if have || !checked || !f.MandatoryAt(c.u.Level.V) {
			continue
		}
		d := diag.Warnf("field-missing", c.u.At.In(c.f.Path), "nên có khoá %s", "the key %s should be given", f.Key)
		if f.Required || c.t.strict {
			d = diag.Errorf("field-missing", c.u.At.In(c.f.Path), "thiếu khoá %s", "the key %s is missing", f.Key)
		}
		d.Msg.Vi += " (" + f.Vi + ")"
		d.Msg.En += " (" + f.En + ")"
		c.ds = append(c.ds, d)
	}
}

// present says which of the mandatory fields are given. An absent access
// block is no fault: the record is not published.
func (c *checker) present() map[string]bool {
	u := c.u
	return map[string]bool{
		"reference":           !u.Reference.IsZero(),
		"title":               !u.Title.IsZero(),
		"dates":               u.Dates.Created.At != record.At{} || !u.Dates.Created.IsZero() || !u.Dates.Display.IsZero(),
		"extent":              !u.Extent.IsZero(),
		"form":                u.Form != record.Str{},
		"creators":            len(u.Creators) > 0,
		"scope":               !u.Scope.IsZero() || len(u.Bodies) > 0,
		"languages":           len(u.Languages) > 0,
		"originals":           u.Originals.Status.V != "",
		"description_control": !u.Control.By.IsZero() || !u.Control.Date.IsZero(),
	}
}

func (c *checker) access() {
	a := c.u.Access
	if c.t.CheckAccess(c.f.Path, a, &c.ds); a.State.V == "withdrawn" && c.u.Withdrawn == nil {
		c.errorf(a.State.At, "field-missing", "bản ghi đã rút cần khoá withdrawn: {date, reason}", "a withdrawn record needs the key withdrawn: {date, reason}")
	}
	if w := c.u.Withdrawn; w != nil {
		if a.State.V != "withdrawn" {
			c.errorf(w.At, "access-malformed", "bản ghi có khối withdrawn nhưng access.state không phải withdrawn", "the record has a withdrawn block, and its access.state is not withdrawn").
				Hint = diag.T("ghi access: {state: withdrawn}, hoặc bỏ khối withdrawn nếu bản ghi được công bố lại", "write access: {state: withdrawn}, or take the block out if the record is published again")
		}
		c.isoDate(w.Date)
		if w.Reason.V == "" || w.Date.V == "" {
			c.errorf(w.At, "field-missing", "withdrawn cần date và reason", "withdrawn needs date and reason")
		}
		c.notice(w)
	}
	if c.u.Doc.Secrecy.Langs != nil && a.Declassification.FormerMarking.V == "" {
		c.errorf(c.u.Doc.Secrecy.At, "marking-current", "tài liệu ghi dấu chỉ độ mật nhưng chưa có quyết định giải mật", "the document bears a secrecy marking and no declassification is recorded").
			Hint = diag.T("tài liệu còn mật không được để trong thư mục này; lấy ra khỏi thư mục và khỏi lịch sử phiên bản", "a classified document may not be in this folder; take it out, and out of the version history")
	}
	c.degree()
}

// degree holds the marking that a document bears against that which was lifted.
func (c *checker) degree() {
	was := c.u.Access.Declassification.FormerMarking
	for _, l := range c.u.Doc.Secrecy.Langs {
		if was.V != "" && c.t.degrees.Of(l.V) > c.t.degrees.Of(was.V) {
			c.errorf(c.u.Doc.Secrecy.At, "marking-current", "tài liệu mang dấu %q, quyết định giải mật chỉ giải dấu %s", "the document bears the marking %q, and the declassification lifts %s alone", l.V, was.V).
				Hint = diag.T("đối chiếu former_marking với quyết định; chưa giải mật hết thì lấy tài liệu ra khỏi thư mục này và khỏi lịch sử phiên bản", "compare former_marking with the decision; where the document is not wholly declassified take it out of this folder and its version history")
			return
		}
	}
}

// notice says what of a withdrawal readers will not be told although it is
// written down.
func (c *checker) notice(w *record.Withdrawal) {
	switch {
	case w.SaysMore():
	case w.Level.V == "full":
		c.warnf(w.Level.At, "withdrawal-level", "rút vì %s thì trang thay thế luôn ở mức tối thiểu: không tên, không ghi chú, lý do «khác»", "after a withdrawal for %s the notice is always minimal: no title, no note, reason “other”", record.ReasonSecret).
			Hint = diag.T("ghi level: minimal để tệp nói đúng điều người đọc thấy", "write level: minimal, so that the file says what readers see")
	case !w.PublicNote.IsZero() && w.Reason.V == record.ReasonSecret:
		c.warnf(w.PublicNote.At, "withdrawal-level", "rút vì %s thì public_note không bao giờ hiện", "after a withdrawal for %s public_note is never shown", record.ReasonSecret).
			Hint = diag.T("bỏ dòng ấy", "take the line out")
	case !w.PublicNote.IsZero():
		c.warnf(w.PublicNote.At, "withdrawal-level", "public_note không hiện ở mức tối thiểu", "public_note is not shown at level minimal").
			Hint = diag.T("muốn người đọc thấy, ghi level: full – khi ấy tên tài liệu cũng hiện", "to show it, write level: full; the title is then shown too")
	}
}

// CheckAccess checks an access block: present but without a valid state is an
// error, and so is a current marking, whatever the state.
func (t *Tree) CheckAccess(file string, a record.Access, ds *[]diag.Diagnostic) {
	add := func(d diag.Diagnostic) { *ds = append(*ds, d) }
	if !a.Present() {
		return
	}
	if a.State.V == "" {
		add(diag.Errorf("access-malformed", a.At.In(file), "khối access phải có state hợp lệ", "the access block needs a valid state").
			WithHint("ví dụ access: {state: public}; bỏ cả khối thì bản ghi không được công bố", "for example access: {state: public}; without the block the record is not published"))
	}
	if a.CurrentMarking.V != "" {
		add(diag.Errorf("marking-current", a.CurrentMarking.At.In(file), "bản ghi mang dấu mật hiện hành", "the record bears a current secrecy marking").
			WithHint("lấy bản ghi ra khỏi thư mục này và khỏi lịch sử phiên bản", "take the record out of this folder and out of its version history"))
	}
	if p := a.Personal; p.V == "unreviewed" && opens(a.State.V) {
		add(diag.Errorf("access-personal", p.At.In(file), "dữ liệu cá nhân chưa xem xét mà access.state là %s", "personal data was not reviewed, and access.state is %s", a.State.V).
			WithHint("xem xét rồi ghi personal: reviewed (hoặc none, dead-only, living-consented); trước đó ghi state: unreviewed", "review it and write personal: reviewed (or none, dead-only, living-consented); until then write state: unreviewed"))
	}
	if a.State.V == "embargo" && a.EmbargoUntil.V == "" {
		add(diag.Errorf("access-malformed", a.State.At.In(file), "embargo cần embargo_until: ngày hết hạn", "embargo needs embargo_until: the day it ends"))
	}
	if e := a.EmbargoUntil; e.V != "" && !isDay(e.V) {
		add(notADay(file, e))
	}
	if a.State.V == "conditional" && !access.HasCondition(a) {
		add(diag.Errorf("access-malformed", a.State.At.In(file), "conditional cần conditional_basis: điều kiện mà người đọc phải biết", "conditional needs conditional_basis: the condition that readers must know").
			WithHint("ví dụ conditional_basis: {vi: \"Chỉ đọc tại phòng đọc\"}; chưa rõ điều kiện thì ghi state: unreviewed", "for example conditional_basis: {en: \"In the reading room only\"}; where the condition is not known yet write state: unreviewed"))
	}
	if m := a.Declassification; m.At != (record.At{}) {
		if m.FormerMarking.V == "" {
			add(diag.Errorf("access-malformed", m.At.In(file), "declassification cần former_marking và decision: {number, date, by}", "declassification needs former_marking and decision: {number, date, by}"))
		}
		*ds = append(*ds, access.CheckDecision("access-malformed", file, m.At, m.Decision)...)
	}
}

// checkStanding checks the access block of an exhibition or a page: it is not judged
// with a clearance, so what can be said of records alone is an error in it.
func (t *Tree) checkStanding(file string, a record.Access, ds *[]diag.Diagnostic) {
	t.CheckAccess(file, a, ds)
	if what := access.ForRecords(a); what != (diag.Text{}) {
		*ds = append(*ds, diag.Errorf("access-malformed", a.At.In(file), "khối access của trưng bày và trang: %[1]s", "the access block of an exhibition or a page: %[2]s", what.Vi, what.En).
			WithHint("trưng bày và trang dùng state: public, unreviewed, embargo, restricted hoặc withdrawn, và personal: none, reviewed hoặc unreviewed", "exhibitions and pages take state: public, unreviewed, embargo, restricted or withdrawn, and personal: none, reviewed or unreviewed"))
	}
}

// opens reports whether a state lets something be published, now or later.
func opens(state string) bool {
	return state != "" && state != "unreviewed" && state != "restricted" && state != "withdrawn"
}

func isDay(s string) bool {
	d, err := edtf.Parse(s)
	return err == nil && d.IsLevel0() && !d.IsInterval() && d.Precision() == edtf.PrecisionDay
}

func notADay(file string, s record.Str) diag.Diagnostic {
	return diag.Errorf("date-syntax", s.At.In(file), "%q không phải một ngày", "%q is not a day", s.V).
		WithHint("viết năm-tháng-ngày, ví dụ \"2030-01-01\"", "write year-month-day, for example \"2030-01-01\"")
}

func (c *checker) isoDate(s record.Str) {
	if s.V != "" && !isDay(s.V) {
		c.ds = append(c.ds, notADay(c.f.Path, s))
	}
}

func (c *checker) dates() {
	if c.u.Dates.Created.IsZero() && !c.u.Dates.AsWritten.IsZero() && c.u.Dates.Display.IsZero() {
		c.warnf(c.u.Dates.At, "date-missing", "có as_written nhưng không có created: bản ghi sẽ không nằm trên dòng thời gian", "as_written without created: the record will not stand on the timeline")
	}
}

// imageTypes are the endings of masters that become page images.
var imageTypes = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".tif": true, ".tiff": true, ".webp": true}

func (c *checker) objects() {
	seqs := map[int]bool{}
	for _, o := range c.u.Objects {
		if o.At == (record.At{}) {
			continue // no mapping, which was reported where it was read
		}
		c.object(o)
		if o.Seq.V != 0 && seqs[o.Seq.V] {
			c.errorf(o.Seq.At, "object-seq", "hai đối tượng cùng số thứ tự %d", "two objects have the number %d", o.Seq.V)
		}
		seqs[o.Seq.V] = true
	}
	c.comparisons()
}

// comparisons checks that pictures are compared with pictures of their record.
// Both need numbers: their places change where one between them is withheld.
func (c *checker) comparisons() {
	pictures := map[int]record.Object{}
	for _, o := range c.u.Objects {
		if o.IsImage() && o.Seq.V != 0 {
			pictures[o.Seq.V] = o
		}
	}
	for _, o := range c.u.Objects {
		with := o.CompareWith
		if with.At == (record.At{}) {
			continue
		}
		other, ok := pictures[with.V]
		if _, own := pictures[o.Seq.V]; !ok || !own || with.V == o.Seq.V {
			d := c.errorf(with.At, "object-compare", "không so sánh được: bản ghi này không có ảnh khác mang số %d", "nothing to compare: this record has no other image with the number %d", with.V)
			*d = d.WithHint("compare_with là số thứ tự (seq) của một ảnh khác trong cùng bản ghi; ảnh này cũng phải có seq", "compare_with is the number (seq) of another image of the same record; this image needs a seq too")
			continue
		}
		c.halfCovered(o, other)
	}
}

// halfCovered warns of two states of a sheet of which one alone is covered: the other
// may show what is.
func (c *checker) halfCovered(o, other record.Object) {
	if o.IsCovered() == other.IsCovered() {
		return
	}
	at := o.CompareWith.At
	if other.IsCovered() {
		o, other = other, o
	}
	d := c.warnf(at, "compare-covered", "ảnh số %d đã che, mà ảnh số %d cho so sánh với nó thì chưa", "image %d is covered, and image %d, which is compared with it, is not", o.Seq.V, other.Seq.V)
	*d = d.WithHint("xem ảnh chưa che có lộ điều đã che không; nếu có, che nó bằng «vitrine redact»", "see whether the other image shows what was covered; if so, cover it with «vitrine redact»")
}

func (c *checker) object(o record.Object) {
	if o.Kind.V == "" && o.Kind.At == (record.At{}) {
		c.errorf(o.At, "field-missing", "đối tượng số thiếu khoá kind", "the digital object lacks the key kind")
	}
	c.words(o)
	c.poster(o.Poster)
	if o.Redaction != nil {
		c.redaction(o.Redaction)
	}
	if sum := o.DerivedFrom; sum.V != "" && !isSHA256(sum.V) {
		c.errorf(sum.At, "redaction-incomplete", "derived_from_sha256 %q không phải mã băm SHA-256 (64 chữ số hệ 16, chữ thường) nên không nhận ra được bản gốc chưa che", "derived_from_sha256 %q is no SHA-256 (64 hexadecimal digits in small letters), so the uncovered master cannot be told", sum.V).
			Hint = diag.T("ghi lại mã băm của bản gốc, hoặc gọi lại «vitrine redact»", "write the hash of the master, or call «vitrine redact» again")
	}
	if o.File.V == "" {
		c.errorf(o.At, "field-missing", "đối tượng số thiếu khoá file", "the digital object lacks the key file")
		return
	}
	if !c.mediaFile(o.File) {
		return
	}
	if o.IsImage() && !IsImage(o.File.V) {
		c.noPicture(o.File)
	}
	if o.Kind.V == "pdf" && !o.HasPictures() {
		c.warnf(o.File.At, "pdf-type", "%q không mang đuôi .pdf nên không được trình bày trên trang", "the name of %q does not end in .pdf, so its pages are not shown", o.File.V)
	}
	if o.Kind.V == "3d" {
		d := c.warnf(o.File.At, "object-unshown", "mô hình 3D %q chưa được trình bày trên trang", "the 3D model %q is not shown on the site", o.File.V)
		*d = d.WithHint("thêm ảnh chụp của vật thể (kind: image) để người đọc xem được", "add photographs of the object (kind: image), so that readers see it")
	}
	if o.IsImage() && o.Alt.IsZero() {
		c.warnf(o.At, "alt-missing", "ảnh chưa có mô tả thay thế (alt)", "the image has no text alternative (alt)")
	}
}

// converters are what libvips makes of files by their ending.
var converters = map[string]string{
	".jp2": ".tif", ".j2k": ".tif", ".jpx": ".tif", ".jxl": ".tif", ".heic": ".jpg[Q=95]", ".heif": ".jpg[Q=95]", ".avif": ".jpg[Q=95]", ".gif": ".png", ".bmp": ".png",
}

// noPicture tells of a file whose ending is not that of a picture that is read, and how it becomes one.
func (c *checker) noPicture(s record.Str) {
	d := c.errorf(s.At, "image-type", "%q không phải ảnh JPEG, PNG, TIFF hay WebP", "%q is no JPEG, PNG, TIFF or WebP image", s.V)
	ext := path.Ext(s.V)
	if to := converters[strings.ToLower(ext)]; to != "" {
		command := "vips copy " + s.V + " " + strings.TrimSuffix(s.V, ext) + to
		*d = d.WithHint("chuyển sang dạng đọc được rồi ghi tên tệp mới, chẳng hạn bằng libvips: %s", "convert it to a format that is read and name the new file, for example with libvips: %s", command)
	}
}

// mediaFile checks that a file named by a record lies in the media folder of
// its fonds and exists there.
func (c *checker) mediaFile(s record.Str) bool {
	if !filepath.IsLocal(filepath.FromSlash(s.V)) || strings.ContainsAny(s.V, "\\:\x00") || path.Clean(s.V) != s.V {
		c.errorf(s.At, "file-path", "%q không phải đường dẫn trong thư mục media", "%q is no path inside the media folder", s.V)
		return false
	}
	if !portable(s.V) {
		d := c.errorf(s.At, "file-path", "không phải máy nào cũng giữ được tệp tên %q", "not every system can hold a file named %q", s.V)
		*d = d.WithHint("đổi tên tệp: không ký tự điều khiển, không dấu chấm hay dấu cách ở cuối, không dùng tên thiết bị như con, aux, nul", "rename the file: no control characters, no dot or blank at the end, no name of a device such as con, aux, nul")
		return false
	}
	file := MediaPath(c.f.Owner, s.V)
	if link := c.t.linkTo(file); link != "" || !c.t.HasFile(file) {
		if link == "" && c.t.isOdd(file) {
			d := c.errorf(s.At, "file-missing", "%s không phải tệp thường", "%s is no regular file", file)
			*d = d.WithHint("chép chính tệp ảnh, âm thanh hay văn bản vào đó, thay cho thư mục, ống dẫn hay thiết bị", "put the picture, recording or text itself there, in place of a folder, a pipe or a device")
			return false
		}
		d := c.errorf(s.At, "file-missing", "không thấy tệp %s", "there is no file %s", file)
		if link != "" {
			d.Msg = diag.T("%s là liên kết, hoặc nằm sau một liên kết: không đọc gì qua liên kết", "%s is a link or lies behind one: nothing is read through links", file)
			*d = d.WithHint("%s là một liên kết: thay bằng chính tệp hoặc thư mục ấy", "%s is a link: put the file or the folder itself in its place", link)
		} else if near := c.t.nearly(file); near != "" {
			*d = d.WithHint("có tệp tên gần như vậy, chỉ khác chữ hoa, chữ thường hoặc cách ghi dấu (máy Mac tách dấu khỏi chữ): đổi tên %q thành %q", "a file there differs in case or in how its marks are written alone (macOS parts them from their letters): rename %q to %q", near, path.Base(file))
		}
		return false
	}
	return true
}

func checkCommemoration(file string, s record.Str) []diag.Diagnostic {
	if s.V == "" {
		return nil
	}
	if _, _, _, err := edtf.Commemoration(s.V); err == nil {
		return nil
	}
	return []diag.Diagnostic{diag.Errorf("date-syntax", s.At.In(file), "%q không phải ngày kỷ niệm", "%q is no day of commemoration", s.V).
		WithHint("viết tháng-ngày, ví dụ \"02-03\", hoặc cả ngày", "write month-day, for example \"02-03\", or a full date")}
}

// redaction checks that a record says what was covered, why and by whom.
func (c *checker) redaction(r *record.Redaction) {
	if r.Count.V < 1 || len(r.Grounds) == 0 || r.By.V == "" || r.Date.V == "" || !isSHA256(r.DerivedFrom.V) {
		c.errorf(r.At, "redaction-incomplete", "redaction cần count (từ 1), grounds, by, date và derived_from_sha256", "redaction needs count (1 or more), grounds, by, date and derived_from_sha256").
			Hint = diag.T("khối này do «vitrine redact» ghi; gọi lại lệnh ấy", "«vitrine redact» writes this block; call it again")
	}
	c.isoDate(r.Date)
}

func isSHA256(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }
