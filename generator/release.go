package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/edition"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/lock"
	"vitrine/generator/internal/manifest"
	"vitrine/generator/internal/publish"
	"vitrine/generator/internal/render"
)

// A release is a build that is written down: what was published, at which
// addresses, in which state. The functions of this file stand in the order in
// which it runs.

// ReleaseOptions says what is released, and how.
type ReleaseOptions struct {
	Options
	Papers string // folder for the papers of editions; beside the content folder where empty
	Key    *Key   // signs the manifest; nil for no signature
}

// Released says what a release made.
type Released struct {
	Name     string // of the edition, such as 2026-11-26
	Number   int
	Same     bool   // nothing has changed since that edition: it stands, and no other was made
	Finished bool   // an earlier release of it had been cut off, and was finished
	Papers   string // the folder of its papers; empty where none were written
	Signed   bool
	Withdrew bool // a record was withdrawn since the edition before, and the host may have what that left: the zip has every file
	Apart    bool // it is not known what the edition before held: the zip has every file, and what is to be deleted is not listed
	Records  edition.Counts
	Ceased   int // addresses for programs, such as IIIF descriptions, that the edition before had and this one has not
}

// Release builds the site of a content tree, makes an edition of it and writes
// its papers. It is all or nothing, as Build is: where the content has errors,
// or an address that was released would disappear, nothing is written and the
// error is ErrContent. Where the site is that of the last edition no other is
// made.
func Release(ctx context.Context, o ReleaseOptions) (*Report, error) {
	renderer, err := o.renderer()
	if err != nil {
		return nil, err
	}
	return releaseWith(ctx, o, renderer)
}

func releaseWith(ctx context.Context, o ReleaseOptions, renderer *render.Renderer) (*Report, error) {
	if err := first(apart(o.Content, o.Out), alone(o.Out), o.address(), o.notAhead()); err != nil {
		return nil, err
	}
	o, err := o.settled()
	if err != nil {
		return nil, err
	}
	held, err := o.hold()
	if err != nil {
		return nil, err
	}
	defer held.Release()
	target, err := o.target()
	if err != nil {
		return nil, err
	}
	defer target.Close()
	if err := o.notBack(target.StateDir()); err != nil {
		return nil, err
	}
	b, err := openWith(o.Options, renderer)
	if err != nil {
		return nil, err
	}
	defer b.close()
	defer b.progress.Done()
	b.report.Notes = notes(target)
	b.release = &releasing{o: o, state: target.StateDir(), word: lastWithdrawal(target.StateDir())}
	if err := b.release.ready(b); err != nil {
		return nil, err
	}
	return b.publish(ctx, target)
}

// papersName is the folder for the papers of editions, beside the content folder.
const papersName = "ban-phat-hanh"

// settled completes the options and refuses papers that would be published,
// or read as content.
func (o ReleaseOptions) settled() (ReleaseOptions, error) {
	o.Data = true // what is released is what others take away
	if o.Papers == "" {
		o.Papers = filepath.Join(filepath.Dir(location.Real(o.Content)), papersName)
	}
	papers := location.Real(o.Papers)
	within, exposed := location.Exposed(o.Papers, o.Content)
	for _, dir := range []string{o.Out, o.Content} {
		if other := location.Real(dir); location.Within(papers, other) || location.Within(other, papers) {
			within, exposed = dir, true
		}
	}
	if exposed {
		return o, &UserError{Usage: true, Msg: diag.T("thư mục giấy tờ %s và thư mục %s nằm trong nhau", "the folder of papers %s and the folder %s lie in each other", o.Papers, within),
			Hint: diag.T("danh mục để ký và bảng so sánh không được công bố; chọn một thư mục khác bằng --dir", "the list for signature and the comparison are not for publication; choose another folder with --dir")}
	}
	return o, nil
}

// hold gives the editions of a content folder to one release at a time.
func (o ReleaseOptions) hold() (*lock.Lock, error) {
	dir := filepath.Join(filepath.Dir(location.Real(o.Content)), ".vitrine")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, cannotWrite(dir, err)
	}
	location.Shut(dir)
	l, err := lock.Take(filepath.Join(dir, "release-"+filepath.Base(location.Real(o.Content))+".lock"))
	var held *lock.HeldError
	if errors.As(err, &held) {
		return nil, &UserError{Msg: diag.T("một lần phát hành khác của %s đang chạy (tiến trình %s)", "another release of %s is running (process %s)", o.Content, held.PID),
			Hint: diag.T("chờ lần đó xong rồi chạy lại", "wait until it is done and run again")}
	}
	if err != nil {
		return nil, cannotWrite(dir, err)
	}
	return l, nil
}

// releasing is one run of Release.
type releasing struct {
	o      ReleaseOptions
	state  string // the folder of the state of the site
	word   string // that the last withdrawal left there
	disk   publish.FS
	desk   desk
	shelf  *edition.Shelf // with the edition that is made
	last   edition.Edition
	now    edition.Edition
	result *Released

	prints  []edition.Print // by row
	shown   []access.Parts  // by row
	changes changes
}

// ready finds out which edition is to be made, and finishes or clears what a
// release left that was cut off.
func (r *releasing) ready(b *build) error {
	r.disk = b.o.disk()
	r.desk = desk{disk: r.disk, dir: filepath.Join(location.Real(b.o.Content), edition.Dir)}
	if err := r.desk.plain(); err != nil {
		return err
	}
	finished, err := r.finishLast(b)
	if err != nil {
		return err
	}
	shelf, _ := edition.Read(b.scan.tree.FS()) // what is wrong with it is told when the site is planned
	day, err := b.o.day()
	if err != nil {
		return err
	}
	r.last, _ = shelf.Last()
	if r.last.Date > day.String() {
		return &UserError{Usage: true, Msg: diag.T("lần phát hành %d ghi ngày %s, sau ngày %s", "edition %d is dated %s, which is after %s", r.last.Number, r.last.Date, day),
			Hint: diag.T("kiểm tra đồng hồ của máy, hoặc --as-of", "check the clock of this machine, or --as-of")}
	}
	r.now = shelf.Next(day.String())
	r.now.Program = Version()
	r.shelf = shelf.With(r.now)
	r.result = &Released{Name: r.now.Name, Number: r.now.Number, Finished: finished, Withdrew: r.word != "" && r.last.Number > 0}
	if err := r.mendPapers(); err != nil {
		return err
	}
	b.report.Released = r.result
	return nil
}

// begin takes the fingerprints of all records and writes down what became of
// them, so that the pages can say in which edition their state appeared.
func (r *releasing) begin(ctx context.Context, b *build) error {
	if r == nil {
		return nil
	}
	b.progress.Phase(diag.Text{Vi: "Lấy dấu vân tay", En: "Taking fingerprints"}, 0)
	if err := r.fingerprints(ctx, b); err != nil {
		return err
	}
	if err := r.desk.open(); err != nil {
		return err
	}
	states, err := r.desk.seal(edition.StatesName, func(w io.Writer) error { return r.writeStates(w, b.plan) })
	if err != nil {
		return err
	}
	r.now.States = states
	return b.plan.Release(r.shelf, r.shelf.StatesOf(deskFile(edition.StatesName)))
}

// fingerprints takes that of every published unit, with several workers.
func (r *releasing) fingerprints(ctx context.Context, b *build) error {
	cat := b.plan.Input.Catalog
	r.prints, r.shown = make([]edition.Print, cat.Rows()), make([]access.Parts, cat.Rows())
	type taken struct {
		row   int32
		print edition.Print
		shown access.Parts
		err   error
	}
	return inOrder(ctx, b.scan.workers, cat.Of(catalog.Unit), func(row int32) taken {
		print, shown, err := b.plan.Fingerprint(row)
		return taken{row, print, shown, err}
	}, func(t taken) error {
		b.progress.Add(1)
		r.prints[t.row], r.shown[t.row] = t.print, t.shown
		return t.err
	})
}

// write writes everything that goes with the edition, to where it waits for
// the site. Where the site is that of the last edition there is nothing to do.
func (r *releasing) write(b *build, stage *publish.Stage) error {
	if r == nil {
		return nil
	}
	r.now.Manifest, r.now.BaseURL = hex.EncodeToString(b.manifest[:]), b.scan.config.Site.BaseURL.V
	if r.now.Manifest == r.last.Manifest {
		*r.result = Released{Name: r.last.Name, Number: r.last.Number, Same: true, Finished: r.result.Finished, Withdrew: r.result.Withdrew}
		return first(r.sign(stage), r.desk.clear())
	}
	b.progress.Phase(diag.Text{Vi: "Lập giấy tờ", En: "Writing the papers"}, 0)
	if err := r.sign(stage); err != nil {
		return err
	}
	if err := r.writeParcel(b, stage); err != nil {
		return err
	}
	addresses, err := r.desk.seal(edition.AddressesName, func(w io.Writer) error { return r.writeAddresses(w, b.plan, stage) })
	if err != nil {
		return err
	}
	r.now.Addresses = addresses
	r.now.Pages, r.now.Records = b.report.Pages, r.changes.counts(b.report.Published)
	r.result.Records, r.result.Ceased = r.now.Records, len(r.changes.ceased)
	if err := r.writePapers(b); err != nil {
		return err
	}
	text, err := r.now.Text()
	if err != nil {
		return err
	}
	return r.desk.write(r.now.Name+".yaml", func(w io.Writer) error { _, err := w.Write(text); return err })
}

// abandon takes away what was written for an edition that is not to be. What
// cannot be removed the next release clears away.
func (r *releasing) abandon() {
	if r != nil {
		_ = r.desk.clear()
		_ = r.disk.RemoveAll(r.papersAt(""))
	}
}

// end puts the edition beside the others, once its site is in place.
func (r *releasing) end() error {
	if r == nil || r.result.Same {
		return nil
	}
	if err := r.desk.settle(r.now.Name); err != nil {
		return err
	}
	if err := r.settlePapers(r.now.Name); err != nil {
		return err
	}
	return forgetWithdrawal(r.state, r.word)
}

// finishLast finishes a release that was cut off after its site was in place,
// and clears away what one left that was cut off before.
func (r *releasing) finishLast(b *build) (bool, error) {
	name, sum, state := deskOf(b.scan.tree.FS())
	switch {
	case state == deskEmpty:
		return false, nil
	case state == deskBegun || state == deskWritten && sum == manifestSum(b.o.Out):
		return true, r.desk.settle(name)
	}
	return false, r.desk.clear()
}

// manifestSum is the SHA-256 of the manifest of a site, in lower hex.
func manifestSum(out string) string {
	f, err := os.Open(filepath.Join(out, manifest.Name))
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// cutOff refuses a build after a release that was cut off when its site was
// already in place: the build would take the edition from the pages again.
func cutOff(o Options, site bool) error {
	root, err := os.OpenRoot(o.Content)
	if err != nil {
		return nil // whoever reads it says so
	}
	defer root.Close()
	name, sum, state := deskOf(root.FS())
	if state != deskBegun && !(site && state == deskWritten && sum == manifestSum(o.Out)) {
		return nil
	}
	return &UserError{Msg: diag.T("lần phát hành %s bị ngắt khi trang đã đưa ra", "the release %s was cut off when its site was already in place", name),
		Hint: diag.T("chạy «vitrine release» để hoàn tất", "run «vitrine release» to finish it")}
}

// Lines is the summary for people.
func (r *Released) Lines(lang string) []string {
	var out []string
	if r.Finished {
		out = append(out, diag.T("Đã hoàn tất lần phát hành bị ngắt trước đó", "The release that was cut off has been finished").In(lang))
	}
	if r.Same {
		out = append(out, diag.T("Không có gì đổi kể từ lần phát hành %d (%s): không làm lần mới", "Nothing has changed since edition %d (%s): no other was made", r.Number, r.Name).In(lang))
	} else {
		c := r.Records
		out = append(out, diag.T("Lần phát hành %d (%s): %d bản ghi mới, %d công bố lại, %d thay đổi, %d đã rút, %d đổi địa chỉ", "Edition %d (%s): %s new, %d restored, %d changed, %d withdrawn, %d moved",
			r.Number, r.Name, diag.Count(c.New, "record"), c.Restored, c.Changed, c.Withdrawn, c.Moved).In(lang),
			diag.T("Đã ghi sổ vào editions/; danh mục để ký và bảng so sánh ở %s", "The ledgers are in editions/; the list for signature and the comparison are in %s", r.Papers).In(lang))
	}
	if r.Ceased > 0 {
		out = append(out, diag.T("%d địa chỉ cho máy khác đọc (mô tả IIIF) không còn, máy chủ trả lời 410; bảng so sánh nêu từng địa chỉ", "%s for programs of others (IIIF descriptions) gone, answered with 410; the comparison lists each", diag.Count(r.Ceased, "file")).In(lang))
	}
	if r.Withdrew {
		out = append(out, diag.T("Từ lần phát hành trước có tài liệu được rút: nếu trang lúc ấy đã đưa lên máy chủ, hãy thay toàn bộ thư mục trên máy chủ; gói zip, nếu có, chứa mọi tệp", "A record was withdrawn since the edition before: if the site as it was then is on the host, replace the whole folder there; the zip, where one was made, has every file").In(lang))
	}
	if r.Apart {
		out = append(out, diag.T("Không còn danh sách tệp của lần trước: gói zip chứa mọi tệp và không biết tệp nào phải xoá; hãy thay toàn bộ thư mục trên máy chủ", "The manifest of the edition before is not at hand: the zip has every file and cannot tell what to delete; replace the whole folder on the host").In(lang))
	}
	if r.Signed {
		out = append(out, diag.T("Danh sách tệp đã được ký bằng khoá minisign", "The manifest is signed with the minisign key").In(lang))
	}
	return out
}
