package generator

import (
	"cmp"
	"context"
	"errors"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/ledger"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/record"
)

// WithdrawOptions says which record is taken off the site, and on what ground.
type WithdrawOptions struct {
	Options
	ID       string // of the record
	Reason   string // of the vocabulary; "other" where empty
	Decision string // number of the decision; may be empty
	Note     string // for readers, in the first language of the site; level full only
	Level    string // "minimal" or "full"; minimal where empty

	Patience time.Duration // how long the build may take before the record is cut out instead; a minute where 0

	unbuilt bool   // the site is not built again, see turned
	known   string // id by which the site has the record; empty for its own
	taken   bool   // the record has an id by now that was another's, whose page the site may have there
}

// WithdrawReport says what became of a withdrawal.
type WithdrawReport struct {
	File    string     // of the content, that was written; empty where the record said so already
	Build   *Report    // of the build that was tried; nil where there is no site yet
	Rebuilt bool       // the build succeeded: nothing had to be cut
	Late    bool       // the build took too long, and was given up
	Turned  bool       // nothing was built, since the day does not go with that of the site
	Cut     *CutReport // what was done to the site as it lay there; nil where it was rebuilt
	Remains []string   // files of the folder that still hold the id or a title, at most maxRemains
	Left    []string   // files that are no longer in the folder and must go from the web server too, at most maxRemains
	Notes   []diag.Text

	parcels parcels

	out    string   // the folder of the site, once the record is off it
	base   string   // address of the site in site.yaml
	server []string // kinds of server whose files lie in it
}

// Withdraw takes a record off the site at once. It writes the withdrawal into
// the record's description and builds; where that is not possible, because the
// content has errors elsewhere, an exhibition still names the record or the
// build takes longer than o.Patience, it cuts the record out of the site as it
// was last published. A build that runs
// meanwhile publishes nothing, and is waited for. What the program cannot edit
// safely it refuses before anything is changed, unless no build could publish it either:
// then it is cut out. Whatever the error, it says that the record is still public, and
// where, as long as it is.
func Withdraw(ctx context.Context, o WithdrawOptions) (*WithdrawReport, error) {
	asked, _ := o.turned()
	if _, err := asked.withdrawal(); err != nil { // nothing that could be done
		return nil, err
	}
	rep, err := o.withdraw(ctx)
	return rep, o.stillPublic(err)
}

func (o WithdrawOptions) withdraw(ctx context.Context) (*WithdrawReport, error) {
	o, told := o.turned()
	w, err := o.withdrawal()
	if err != nil {
		return nil, err
	}
	if err := first(apart(o.Content, o.Out), o.address(), o.notAhead()); err != nil {
		return nil, err
	}
	rep := &WithdrawReport{Notes: told}
	now, taken := o.nowCalled()
	if o.taken = taken; now != o.ID {
		rep.Notes = append(rep.Notes, diag.T("%[1]s là mã cũ của bản ghi %[2]s; rút %[2]s", "%[1]s is a former id of the record %[2]s; %[2]s is withdrawn", o.ID, now))
		o.ID = now
	}
	if o.Reason == record.ReasonSecret && (o.Level == "full" || o.Note != "") {
		rep.Notes = append(rep.Notes, diag.T("rút vì lý do bí mật: trang thay thế ở mức tối thiểu, lý do ghi là «khác», ghi chú (--note) không được ghi vào bản ghi", "withdrawn for secrecy: the notice is minimal, its reason is given as “other”, and no note (--note) is written into the record"))
	}
	u, err := o.write(w, rep)
	if err != nil {
		return nil, err
	}
	o.known = o.idOnSite(u)
	if err := o.stopBuilds(); err != nil {
		return rep, err
	}
	if empty, err := o.empty(ctx); err != nil || empty {
		rep.Notes = append(rep.Notes, diag.T("chưa có trang nào ở %s", "there is no site in %s yet", o.Out))
		return rep, err
	}
	if o.BaseURL == "" {
		o.BaseURL = lastBase(o.Out, rep.base)
	}
	if err := o.whenFree(ctx, func() error { return o.takeOff(ctx, u, rep) }); err != nil {
		return rep, err
	}
	rep.out = o.Out
	rep.Remains, err = o.remains(ctx, u, rep.Cut != nil)
	if err == nil {
		rep.parcels, err = o.parcels(ctx, u)
	}
	return rep, err
}

// takeOff builds, and cuts where the build does not succeed.
func (o WithdrawOptions) takeOff(ctx context.Context, u *record.Unit, rep *WithdrawReport) error {
	var fault error
	if o.unbuilt {
		fault = errTurned
	} else if rep.Build, fault = o.attempt(ctx); fault == nil {
		rep.Rebuilt, rep.Left = true, rep.Build.left
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if errors.Is(fault, publish.ErrLocked) || errors.Is(fault, errOvertaken) {
		return fault
	}
	rep.Late, rep.Turned = errors.Is(fault, errTooLong), errors.Is(fault, errTurned)
	renderer, err := o.renderer()
	if err != nil {
		return err
	}
	rep.Cut, err = o.cut(ctx, noticed(u, rep), renderer, rep)
	if rep.Cut != nil {
		rep.Left = rep.Cut.left
	}
	if err == nil && !rep.Late && !rep.Turned && !errors.Is(fault, ErrContent) {
		rep.Notes = append(rep.Notes, diag.T("không dựng lại được: %v", "the site could not be built: %v", fault))
	}
	return err
}

// withdrawal checks what was asked for.
func (o *WithdrawOptions) withdrawal() (content.Withdrawal, error) {
	if o.Reason == "" {
		o.Reason = "other"
	}
	for _, v := range []struct{ flag, vocabulary, value string }{{"--reason", "withdrawal_reason", o.Reason}, {"--level", "withdrawal_level", o.Level}} {
		if _, ok := record.Lookup(v.vocabulary, v.value); v.value != "" && !ok {
			e := wrongUse("%s không có giá trị %q", "%s has no value %q", v.flag, v.value)
			e.Hint = diag.T("một trong: %s", "one of: %s", strings.Join(keysOf(v.vocabulary), ", "))
			return content.Withdrawal{}, e
		}
	}
	secret := o.Reason == record.ReasonSecret
	if o.Note != "" && o.Level != "full" && !secret {
		e := wrongUse("--note chỉ hiện ở mức đầy đủ", "--note is shown at level full only")
		e.Hint = diag.T("thêm --level full (khi ấy tên tài liệu cũng hiện), hoặc bỏ --note", "add --level full, which shows the title too, or leave --note out")
		return content.Withdrawal{}, e
	}
	day, err := o.day()
	w := content.Withdrawal{Date: day.String(), Reason: o.Reason, Decision: o.Decision, Level: "minimal"}
	if o.Level == "full" && !secret { // nobody is told more of a secret, and nothing more is kept of it
		w.Level, w.PublicNote = "full", o.Note
	}
	return w, err
}

func keysOf(vocabulary string) (out []string) {
	for _, t := range record.Vocabulary(vocabulary) {
		out = append(out, t.Key)
	}
	return out
}

// write finds the record and writes the withdrawal into it, unless a person
// did so before. It returns the record as it reads then.
func (o WithdrawOptions) write(w content.Withdrawal, rep *WithdrawReport) (*record.Unit, error) {
	b, err := openWith(o.Options, nil)
	if err != nil {
		return nil, err
	}
	defer b.close()
	tree := b.scan.tree
	config, _ := tree.Config() // its faults are the build's to tell
	rep.base = config.Site.BaseURL.V
	for _, kind := range config.Site.Server {
		rep.server = append(rep.server, kind.V)
	}
	p, ds := tree.Locate(o.ID)
	if p == nil {
		return o.unwritten(tree, w, rep, ds)
	}
	if isWithdrawn(p.Unit) {
		rep.Notes = append(rep.Notes, diag.T("bản ghi đã ghi là đã rút; không sửa %s", "the record says already that it was withdrawn; %s was not changed", p.File.Path))
		return p.Unit, nil
	}
	if err := o.hasAddress(p.Unit); err != nil {
		return nil, err
	}
	if err := tree.Withdraw(p, w); err != nil {
		if p.Faulty && o.onSite() {
			return o.cutAlone(p, w, rep, err), nil
		}
		return nil, unedited(p.File.Path, err)
	}
	rep.File = p.File.Path
	if p, _ = tree.Locate(o.ID); p == nil || p.Unit == nil {
		return nil, &UserError{Msg: diag.T("tệp %s vừa thay đổi", "the file %s has just changed", rep.File), Hint: diag.T("gọi lại lệnh", "call the command again")}
	}
	return p.Unit, nil
}

// unwritten is what can be said of a record that is nowhere in the content, or
// cannot be read there: while the site has its page it is taken off all the same.
func (o WithdrawOptions) unwritten(tree *content.Tree, w content.Withdrawal, rep *WithdrawReport, ds []diag.Diagnostic) (*record.Unit, error) {
	missing := notFound(o.ID, ds)
	if !o.onSite() {
		return nil, missing
	}
	if i := slices.IndexFunc(ds, func(d diag.Diagnostic) bool { return d.Code == "id-duplicate" }); i >= 0 {
		return o.writeAll(tree, w, rep, ds[i]), nil
	}
	if len(ds) > 0 {
		rep.Notes = append(rep.Notes, diag.T("không thấy bản ghi %[1]s trong nội dung; có thể nó nằm ở chỗ không đọc được (%[2]s), nên chưa ghi được là đã rút: sửa xong phải gọi lại lệnh, nếu không lần dựng sau lại đưa nó ra", "the record %[1]s was not found in the content; it may stand where nothing can be read (%[2]s), so nothing was written into it: mend that and call the command again, or the next build publishes it", o.ID, ds[0].Pos))
	} else {
		rep.Notes = append(rep.Notes, diag.T("nội dung không còn bản ghi %[1]s; chỉ gỡ nó khỏi trang", "the content has no record %[1]s any more; it is only taken off the site", o.ID))
	}
	return o.unknown(w), nil
}

// unknown is a withdrawn record of which nothing is known.
func (o WithdrawOptions) unknown(w content.Withdrawal) *record.Unit {
	return &record.Unit{ID: record.Str{V: o.ID}, Withdrawn: &record.Withdrawal{Date: record.Str{V: w.Date}, Reason: record.Str{V: w.Reason}}}
}

// cutAlone tells that a record which no build can read as it stands is taken off the site
// and not edited.
func (o WithdrawOptions) cutAlone(p *content.Place, w content.Withdrawal, rep *WithdrawReport, err error) *record.Unit {
	why := diag.Text{Vi: err.Error(), En: err.Error()}
	var unsafe *content.Unsafe
	if errors.As(err, &unsafe) {
		at := unsafe.At.String() + ": "
		why = diag.Text{Vi: at + unsafe.Msg.Vi + " (" + unsafe.Hint.Vi + ")", En: at + unsafe.Msg.En + " (" + unsafe.Hint.En + ")"}
	}
	rep.Notes = append(rep.Notes, diag.Text{Vi: "CHƯA ghi được vào bản ghi là đã rút; phải ghi trước khi sửa lỗi khác, nếu không lần dựng sau lại đưa nó ra: " + why.Vi,
		En: "the record does NOT say yet that it was withdrawn; write it before you mend anything else, or the next build publishes it: " + why.En})
	u := o.unknown(w)
	if p.Unit != nil {
		u.Title = p.Unit.Title
	}
	return u
}

// writeAll writes a withdrawal into each of several records of one id, as far as they can
// be edited, so that whichever stays in the end is withdrawn.
func (o WithdrawOptions) writeAll(tree *content.Tree, w content.Withdrawal, rep *WithdrawReport, twice diag.Diagnostic) *record.Unit {
	u := o.unknown(w)
	rep.Notes = append(rep.Notes, diag.Text{Vi: "hai bản ghi mang một mã (" + twice.Pos.String() + ": " + twice.Msg.Vi + "): tài liệu được gỡ khỏi trang; bỏ một bản rồi dựng lại",
		En: "two records have one id (" + twice.Pos.String() + ": " + twice.Msg.En + "): the record is taken off the site; remove one of them and build again"})
	for n := range tree.Places(o.ID) {
		p := tree.Places(o.ID)[n] // what was written moves what stands behind it
		if p.Unit != nil {
			u.Title.Langs = append(u.Title.Langs, p.Unit.Title.Langs...)
			if isWithdrawn(p.Unit) {
				continue
			}
		}
		if err := tree.Withdraw(&p, w); err != nil {
			o.cutAlone(&p, w, rep, err)
			continue
		}
		rep.File = cmp.Or(rep.File, p.File.Path)
	}
	return u
}

func notFound(id string, ds []diag.Diagnostic) error {
	e := wrongUse("không có bản ghi nào mang mã %q", "there is no record with the id %q", id)
	e.Hint = diag.T("kiểm tra mã; chỉ rút được phông, nhóm, hồ sơ, tài liệu – trưng bày và trang thì đổi access", "check the id; only fonds, series, files and items are withdrawn; of exhibitions and pages the access block is changed")
	for _, d := range ds {
		if d.Code == "id-duplicate" {
			e.Msg = diag.Text{Vi: d.Pos.String() + ": " + d.Msg.Vi, En: d.Pos.String() + ": " + d.Msg.En}
			e.Hint = diag.T("hai bản ghi mang một mã: đổi một mã, rồi gọi lại lệnh", "two records have one id: change one of them, then call the command again")
			return e
		}
	}
	if len(ds) > 0 {
		d := ds[0]
		e.Hint = diag.T("có thể nó nằm ở chỗ không đọc được: %s: %s", "it may stand where nothing can be read: %s: %s", d.Pos, d.Msg.Vi)
		e.Hint.En = "it may stand where nothing can be read: " + d.Pos.String() + ": " + d.Msg.En
	}
	return e
}

// unedited words why a description was not edited.
func unedited(file string, err error) error {
	var unsafe *content.Unsafe
	if errors.As(err, &unsafe) {
		at, also := unsafe.At.String(), diag.Text{}
		if n := len(unsafe.Also); n > 0 {
			var places []string
			for _, p := range unsafe.Also {
				places = append(places, p.String())
			}
			also = diag.T(" (cả ở %s)", " (also at %s)", strings.Join(places, ", "))
		}
		return &UserError{Msg: diag.Text{Vi: at + ": " + unsafe.Msg.Vi + also.Vi + "; chưa thay đổi gì", En: at + ": " + unsafe.Msg.En + also.En + "; nothing was changed"}, Hint: unsafe.Hint}
	}
	return cannotWrite(file, err)
}

// lastBase is the address that the site was built with, where that is not the
// one of site.yaml; empty where it is, or where the site has none.
func lastBase(out, ofSite string) string {
	if l, err := ledger.Open(filepath.Join(vitrineDir(out), filepath.Base(location.Real(out)), seenName)); err == nil {
		defer l.Close()
		if e, ok := endingOf(l); ok {
			return e.BaseURL
		}
	}
	first, err := os.ReadFile(filepath.Join(out, "index.html"))
	m := canonical.FindSubmatch(first)
	if err != nil || m == nil || strings.TrimSuffix(string(m[1]), "/") == strings.TrimSuffix(ofSite, "/") {
		return ""
	}
	return html.UnescapeString(string(m[1]))
}

// canonical is the address of a page in its head (layout/base.html).
var canonical = regexp.MustCompile(`<link rel="canonical" href="([^"]*)"`)

// Lines is the summary for people.
func (r *WithdrawReport) Lines(lang string) (out []string) {
	say := func(vi, en string, args ...any) { out = append(out, diag.T(vi, en, args...).In(lang)) }
	for _, n := range r.Notes {
		out = append(out, n.In(lang))
	}
	c := r.Cut
	switch {
	case r.Rebuilt:
		say("Đã dựng lại trang, không còn tài liệu này", "The site was built again without the record")
		return append(out, r.owed(lang, r.Build.Result.Removed)...)
	case c == nil || len(c.Tombstones) == 0:
		return out
	}
	switch {
	case r.Turned:
		say("Không dựng lại trang: đã gỡ tài liệu khỏi trang đang công bố", "The site was not built again: the record was cut out of the edition that is published")
	case r.Late:
		say("Dựng lại trang lâu quá nên đã dừng: đã gỡ tài liệu khỏi trang đang công bố", "Building the site took too long and was given up: the record was cut out of the edition that is published")
	default:
		say("Nội dung còn lỗi nên không dựng lại được: đã gỡ tài liệu khỏi trang đang công bố", "The content has errors, so the site was not built again: the record was cut out of the edition that is published")
	}
	say("%d trang báo rút, cả của %d bản ghi bên dưới; đã bỏ %d tệp ảnh; %d trang đã cắt bớt", "%s, with those of %s beneath; gone: %s; cut out of %s",
		diag.Count(len(c.Tombstones), "notice"), diag.Count(len(c.Beneath), "record"), diag.Count(c.Pictures, "picture file"), diag.Count(c.Pages, "page"))
	if c.Index {
		say("trang tìm kiếm tạm không có chỉ mục cho đến lần dựng sau", "the search has no index until the next build")
	}
	if c.Lists > 0 {
		say("%d danh sách hoặc tệp tải về tạm không còn cho đến lần dựng sau", "lists and downloads gone until the next build: %d", c.Lists)
	}
	for _, p := range c.Notices {
		say("Tạm thay bằng trang «đang được cập nhật»: %s", "Replaced by a notice until the next build: %s", p)
	}
	for _, w := range c.Unsought {
		say("Không tìm được theo chữ (quá ngắn, quá thường gặp, hoặc tài liệu khác cũng mang): %s", "Not searched for, being too short, too common or another record's too: %s", w)
	}
	switch {
	case r.Turned:
		say("Chỉnh đồng hồ cho đúng rồi chạy «vitrine build» để trang đầy đủ như cũ", "Set the clock and run «vitrine build», and the pages are whole as before")
	case r.Late:
		say("Chạy «vitrine build» khi có thời gian để trang đầy đủ như cũ", "Run «vitrine build» when there is time, and the pages are whole as before")
	default:
		say("Sửa các lỗi nêu trên rồi dựng lại để trang đầy đủ như cũ", "Mend the errors above and build again, and the pages are whole as before")
	}
	return append(out, r.owed(lang, c.Result.Removed)...)
}

// owed is what is still to be done by hand: the web knows nothing of it yet.
func (r *WithdrawReport) owed(lang string, removed int) []string {
	out := []string{diag.T("Trên máy chủ web tài liệu vẫn còn: chép lại cả thư mục %s lên đó, và xoá ở đó %d tệp nay không còn trong thư mục", "The web server still shows the record: copy the whole folder %s to it again, and delete there the %s no longer in it", r.out, diag.Count(removed, "file")).In(lang)}
	for _, f := range r.Left {
		out = append(out, "  "+f)
	}
	if more := removed - len(r.Left); more > 0 && len(r.Left) > 0 {
		out = append(out, diag.T("  … và %d tệp nữa", "  … and %s more", diag.Count(more, "file")).In(lang))
	}
	for _, p := range r.parcels.held {
		out = append(out, diag.T("Gói này vẫn chứa tài liệu; xoá đi, đừng giải nén lên máy chủ nữa: %s", "This zip still holds the record; delete it, and do not unpack it on the host any more: %s", p).In(lang))
	}
	for _, p := range r.parcels.unread {
		out = append(out, diag.T("Gói này không đọc được, có thể vẫn chứa tài liệu; đừng giải nén lên máy chủ nữa: %s", "This zip cannot be read and may hold the record; do not unpack it on the host any more: %s", p).In(lang))
	}
	return out
}
