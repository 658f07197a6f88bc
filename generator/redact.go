package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/location"
	"vitrine/generator/internal/pdf"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/scratch"
)

// RedactOptions say what is covered.
type RedactOptions struct {
	Content string
	File    string           // the master, a picture or a PDF, or the folder of masters where the order names several; outside the content
	Boxes   string           // the file that says which places, of which record and why; outside the content too
	AsOf    string           // day that is written down; today where empty
	Clock   func() time.Time `json:"-"`
}

// RedactReport says what came of it. Paths are relative to the content folder.
type RedactReport struct {
	Diags   *diag.List // what is wrong in the file of boxes
	Written []string   // transcripts beside the pictures, the covered pictures, the record
	Notes   []diag.Text
}

// Redact covers places of pictures, or of the pages of a PDF, and puts the covered
// copies into the content: files of their own in the media folder of the record's
// fonds, named by their content, and in the record objects with the block
// redaction. Of a PDF every page becomes a picture, in order, and nothing but its
// pixels is taken. The masters stay where they are, and of them nothing but their
// hashes is written. Transcripts in files of their own are written first and the
// record last, each as a whole, so a call that was cut off can be made again. All
// that is refused is refused before anything is written. The report is nil where
// there is nothing to say but the error.
func Redact(ctx context.Context, o RedactOptions) (*RedactReport, error) {
	when := Options{AsOf: o.AsOf, Clock: o.Clock}
	day, err := when.day()
	if err := first(err, when.notAhead()); err != nil {
		return nil, err
	}
	n, err := openNew(ctx, "", NewOptions{Content: o.Content})
	if err != nil {
		return nil, err
	}
	defer n.tree.Close()
	r := &redaction{o: o, tree: n.tree, day: day.String(), rep: &RedactReport{Diags: &diag.List{}}}
	if r.spool, err = scratch.New(os.TempDir(), "vitrine-redact"); err != nil {
		return nil, err
	}
	defer r.spool.Close()
	defer r.pdfs.Close()
	for _, step := range []func(context.Context) error{r.apart, r.readBoxes, r.locate, r.cover, r.write} {
		if err := first(ctx.Err(), step(ctx)); err != nil {
			return r.rep, err
		}
	}
	return r.rep, nil
}

// redaction is a record whose pictures are being covered.
type redaction struct {
	o    RedactOptions
	tree *content.Tree
	day  string
	rep  *RedactReport

	order  *record.Cover
	place  *content.Place
	sheets []*coveredSheet // in the order of the masters and their pages
	pdfs   pdf.Engine
	spool  *scratch.File // holds the covered pictures
	end    int64         // of the spool
}

// apart refuses a master or an order inside the content, also by a link: the
// one holds what is covered, the other says where it is.
func (r *redaction) apart(context.Context) error {
	return first(r.outside(r.o.File), r.outside(r.o.Boxes))
}

func (r *redaction) outside(name string) error {
	if !location.Within(location.Real(name), location.Real(r.o.Content)) {
		return nil
	}
	return &UserError{Usage: true, Msg: diag.T("%s nằm trong thư mục nội dung", "%s lies in the content folder", name),
		Hint: diag.T("bản gốc chưa che và tệp chỉ chỗ che phải ở ngoài thư mục ấy; chuyển ra, cả khỏi lịch sử phiên bản", "the uncovered master and the file of boxes must lie outside it; move them out, and out of the version history")}
}

// readBoxes reads the order.
func (r *redaction) readBoxes(context.Context) error {
	raw, err := readRegular(r.o.Boxes, content.MaxCover)
	if err != nil {
		return err
	}
	order, ds := r.tree.Cover(r.o.Boxes, raw)
	r.rep.Diags.Add(ds...)
	if order == nil {
		return r.wrongBoxes()
	}
	r.order = order
	return nil
}

// wrongBoxes sends back to the diagnostics, which were given.
func (r *redaction) wrongBoxes() error {
	return &UserError{Usage: true, Msg: diag.T("chưa che gì: tệp %s có lỗi", "nothing was covered: the file %s has errors", r.o.Boxes)}
}

// readRegular reads a file that is neither a pipe nor a device, and not too long.
func readRegular(name string, limit int64) ([]byte, error) {
	cannot := func(err error) error {
		return &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", name), Err: plain(err)}
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, cannot(err)
	case !info.Mode().IsRegular():
		return nil, &UserError{Msg: diag.T("%s không phải tệp thường", "%s is no regular file", name)}
	case info.Size() > limit:
		return nil, &UserError{Msg: diag.T("tệp %s lớn quá %d MB", "the file %s is larger than %d MB", name, limit>>20)}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, cannot(err)
	}
	return b, nil
}

// locate finds the record.
func (r *redaction) locate(context.Context) error {
	p, ds := r.tree.Locate(r.order.Record.V)
	if p == nil || p.Unit == nil {
		return notFound(r.order.Record.V, ds)
	}
	if w := p.Unit.Withdrawn; w != nil && w.Reason.V == record.ReasonSecret {
		return &UserError{Msg: diag.T("bản ghi %q đã rút vì lý do bí mật: không che, cũng không đưa ảnh vào kho", "the record %q was withdrawn for secrecy: nothing is covered and no picture is taken in", p.Unit.ID.V)}
	}
	r.place = p
	return nil
}

func (r *redaction) note(vi, en string, args ...any) {
	r.rep.Notes = append(r.rep.Notes, diag.T(vi, en, args...))
}

// write puts words out of the transcripts beside the pictures, then the pictures
// into the content, and the record last.
func (r *redaction) write(ctx context.Context) error {
	var list []content.Redaction
	for _, s := range r.sheets {
		list = append(list, s.redaction(r))
	}
	edit, err := r.tree.Redact(r.place, list)
	if err != nil {
		return unedited(r.place.File.Path, err)
	}
	texts, err := r.transcripts()
	if err != nil {
		return err
	}
	if err := first(r.allFound(edit, texts), r.elsewhere(ctx, append(texts, edit))); err != nil {
		return err
	}
	for _, e := range texts {
		if err := r.apply(ctx, e); err != nil {
			return err
		}
	}
	for _, s := range r.sheets {
		if err := first(ctx.Err(), r.addPicture(s)); err != nil {
			return err
		}
	}
	if err := r.apply(ctx, edit); err != nil {
		return err
	}
	r.remind()
	return nil
}

func (r *redaction) apply(ctx context.Context, e *content.Edit) error {
	if !e.Changes() && e.File != r.place.File.Path {
		return nil
	}
	if err := first(ctx.Err(), r.tree.Apply(e)); err != nil {
		return unedited(e.File, err)
	}
	r.rep.Written = append(r.rep.Written, e.File)
	return nil
}

func (r *redaction) addPicture(s *coveredSheet) error {
	picture := make([]byte, s.size)
	if _, err := r.spool.ReadAt(picture, s.at); err != nil {
		return err
	}
	file := content.MediaPath(r.place.File.Owner, s.name)
	err := r.tree.AddMedia(r.place.File.Owner, s.name, picture)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &UserError{Msg: diag.T("tệp %s đã có, với nội dung khác", "the file %s exists already, with other content", file), Hint: diag.T("xem tệp ấy, đổi tên hoặc xoá, rồi gọi lại lệnh", "look at that file, rename or remove it, then call the command again")}
	case err != nil:
		return cannotWrite(file, err)
	}
	r.rep.Written = append(r.rep.Written, file)
	return nil
}

// remind names the words about the pictures, which may still say what is covered,
// and coverings that were wider before.
func (r *redaction) remind() {
	var added []string
	words := map[string]bool{}
	for _, s := range r.sheets {
		if s.object == nil {
			added = append(added, fmt.Sprint(s.number))
			continue
		}
		r.remindOf(s)
		for key, given := range map[string]bool{"label": !s.object.Label.IsZero(), "alt": !s.object.Alt.IsZero(), "caption": !s.object.Caption.IsZero(), "long_desc": !s.object.LongDesc.IsZero(),
			"transcript": s.object.Transcript != nil, "translation": s.object.Translation != nil} {
			words[key] = words[key] || given
		}
	}
	r.remindOfStates()
	if len(added) > 0 {
		r.note("đã thêm đối tượng số %[1]s; hãy viết alt cho từng ảnh, không nhắc điều đã che", "the objects added have the numbers %[1]s; write an alt for each that does not say what is covered", strings.Join(added, ", "))
	}
	var given []string
	for _, key := range []string{"label", "alt", "caption", "long_desc", "transcript", "translation"} {
		if words[key] {
			given = append(given, key)
		}
	}
	if len(given) > 0 {
		r.note("chỉ những gì ghi trong tệp được che; tự xem lại các lời sau có nhắc điều đã che không: %s", "only what the file names was covered; see for yourself whether these still say what is covered: %s", strings.Join(given, ", "))
	}
}

// remindOfStates names the pictures that show another state of a sheet that was
// covered, and are not covered themselves.
func (r *redaction) remindOfStates() {
	covered := map[int]bool{}
	for _, s := range r.sheets {
		covered[s.number] = len(s.boxes) > 0
	}
	hides := func(o record.Object) bool {
		if now, given := covered[o.Seq.V]; given {
			return now
		}
		return o.IsCovered()
	}
	objects := r.place.Unit.Objects
	for _, o := range objects {
		i := slices.IndexFunc(objects, func(other record.Object) bool { return other.Seq.V == o.CompareWith.V })
		if o.CompareWith.V == 0 || i < 0 {
			continue
		}
		for _, pair := range [][2]record.Object{{o, objects[i]}, {objects[i], o}} {
			if covered[pair[0].Seq.V] && !hides(pair[1]) {
				r.note("đối tượng số %[2]d cho thấy trạng thái khác của chính tờ này (so sánh với số %[1]d) và CHƯA che: xem nó có lộ điều đã che không, nếu có thì che nốt",
					"object %[2]d shows another state of this sheet (it is compared with %[1]d) and is NOT covered: see whether it shows what was covered, and if so cover it too", pair[0].Seq.V, pair[1].Seq.V)
			}
		}
	}
}

func (r *redaction) remindOf(s *coveredSheet) {
	if old := content.MediaPath(r.place.File.Owner, s.object.File.V); s.object.File.V != s.name && r.tree.HasFile(old) {
		r.note("tệp cũ %s vẫn nằm trong thư mục nội dung mà đối tượng này không dùng nữa: xoá đi, nếu chưa che thì cả khỏi lịch sử phiên bản", "the former file %s is still in the content, though this object no longer uses it: remove it, and if it is not covered, from the version history too", old)
	}
	if was := s.object.Redaction; was != nil && was.Count.V > len(s.boxes) {
		r.note("đối tượng số %[1]d: lần trước che %[2]d chỗ, lần này %[3]d: xem lại có chỗ nào bị lộ không", "object %[1]d: %[2]s covered before, %[3]d now: see that none is laid open", s.number, diag.Count(was.Count.V, "place"), len(s.boxes))
	}
}
