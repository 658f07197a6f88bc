package generator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
)

// RedactOptions say what is covered.
type RedactOptions struct {
	Content string
	File    string           // the master, outside the content
	Boxes   string           // the file that says which places, of which record and why; outside the content too
	AsOf    string           // day that is written down; today where empty
	Clock   func() time.Time `json:"-"`
}

// RedactReport says what came of it. Paths are relative to the content folder.
type RedactReport struct {
	Diags   *diag.List // what is wrong in the file of boxes
	Written []string   // transcripts beside the pictures, the covered picture, the record
	Notes   []diag.Text
}

// Redact covers places of a picture and puts the covered copy into the content:
// a file of its own in the media folder of the record's fonds, named by its
// content, and in the record the object with the block redaction. The master
// stays where it is, and of it nothing but its hash is written. Transcripts in
// files of their own are written first and the record last, each as a whole, so
// a call that was cut off can be made again. All that is refused is refused
// before anything is written. The report is nil where there is nothing to say but the error.
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
	for _, step := range []func(context.Context) error{r.apart, r.readBoxes, r.locate, r.readMaster, r.alone, r.cover, r.write} {
		if err := first(ctx.Err(), step(ctx)); err != nil {
			return r.rep, err
		}
	}
	return r.rep, nil
}

// redaction is a picture that is being covered.
type redaction struct {
	o    RedactOptions
	tree *content.Tree
	day  string
	rep  *RedactReport

	order   *record.Cover
	place   *content.Place
	object  *record.Object // of the record, with this number; nil where it has none
	master  []byte
	hash    string // of the master
	picture []byte // covered
}

// apart refuses a master or an order inside the content, also by a link: the
// one holds what is covered, the other says where it is.
func (r *redaction) apart(context.Context) error {
	for _, name := range []string{r.o.File, r.o.Boxes} {
		if within(realPath(name), realPath(r.o.Content)) {
			return &UserError{Usage: true, Msg: diag.T("%s nằm trong thư mục nội dung", "%s lies in the content folder", name),
				Hint: diag.T("ảnh chưa che và tệp chỉ chỗ che phải ở ngoài thư mục ấy; chuyển ra, cả khỏi lịch sử phiên bản", "the uncovered picture and the file of boxes must lie outside it; move them out, and out of the version history")}
		}
	}
	return nil
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

// locate finds the record and its object.
func (r *redaction) locate(context.Context) error {
	p, ds := r.tree.Locate(r.order.Record.V)
	if p == nil || p.Unit == nil {
		return notFound(r.order.Record.V, ds)
	}
	if w := p.Unit.Withdrawn; w != nil && w.Reason.V == record.ReasonSecret {
		return &UserError{Msg: diag.T("bản ghi %q đã rút vì lý do bí mật: không che, cũng không đưa ảnh vào kho", "the record %q was withdrawn for secrecy: nothing is covered and no picture is taken in", p.Unit.ID.V)}
	}
	r.place = p
	for i, o := range p.Unit.Objects {
		if seq := o.Seq.V; seq == r.order.Object.V || seq == 0 && i+1 == r.order.Object.V {
			r.object = &p.Unit.Objects[i]
			break
		}
	}
	if r.object != nil && !r.object.IsImage() {
		return &UserError{Msg: diag.T("đối tượng số %d của %q không phải ảnh", "the object %d of %q is no picture", r.order.Object.V, p.Unit.ID.V), Hint: diag.T("sửa object trong %s", "correct object in %s", r.o.Boxes)}
	}
	return nil
}

// maxMaster is the largest master that is covered, in bytes.
const maxMaster = 1 << 30

func (r *redaction) readMaster(context.Context) error {
	b, err := readRegular(r.o.File, maxMaster)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(b, []byte("%PDF")) {
		return &UserError{Msg: diag.T("chưa che được tệp PDF: %s", "a PDF cannot be covered: %s", r.o.File),
			Hint: diag.T("xuất từng trang thành ảnh (300 dpi, PNG hoặc TIFF) rồi che từng ảnh; không dùng PDF chỉ có ô đen đè lên chữ", "export each page as a picture (300 dpi, PNG or TIFF) and cover that; do not use a PDF with black boxes over its text")}
	}
	sum := sha256.Sum256(b)
	r.master, r.hash = b, hex.EncodeToString(sum[:])
	return nil
}

// alone refuses a master of which the content holds a copy. The file that the
// object itself names may be one: it is told in the end that it is still there.
func (r *redaction) alone(context.Context) error {
	copies, err := r.copies()
	if err != nil {
		return err
	}
	own := ""
	if r.object != nil {
		own = content.MediaPath(r.place.File.Owner, r.object.File.V)
	}
	for _, c := range copies {
		if c != own {
			return &UserError{Msg: diag.T("ảnh chưa che cũng nằm trong thư mục nội dung: %s", "the uncovered picture lies in the content too: %s", c),
				Hint: diag.T("lấy tệp ấy ra, cả khỏi lịch sử phiên bản, rồi gọi lại lệnh", "take that file out, and out of the version history, then call the command again")}
		}
		if r.object.Redaction != nil {
			return &UserError{Usage: true, Msg: diag.T("%s chính là bản đã che", "%s is the covered copy itself", r.o.File),
				Hint: diag.T("che lại từ ảnh gốc, với tất cả các ô, cũ và mới", "cover the master again, with all boxes, old and new")}
		}
	}
	return nil
}

func (r *redaction) note(vi, en string, args ...any) {
	r.rep.Notes = append(r.rep.Notes, diag.T(vi, en, args...))
}

// copies are the files of the content with the bytes of the master.
func (r *redaction) copies() (out []string, err error) {
	for s, err := range r.tree.Stats(".") {
		if err != nil {
			return nil, &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", s.Path), Err: plain(err)}
		}
		if s.Size != int64(len(r.master)) {
			continue
		}
		f, err := r.tree.Root().Open(s.Path)
		if err != nil {
			return nil, &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", s.Path), Err: plain(err)}
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		if hex.EncodeToString(h.Sum(nil)) == r.hash {
			out = append(out, s.Path)
		}
	}
	return out, nil
}

// cover fills the boxes and encodes what is left.
func (r *redaction) cover(ctx context.Context) error {
	src := bytes.NewReader(r.master)
	info, err := derive.Probe(src, src.Size())
	if err != nil {
		return r.fault(err)
	}
	boxes, ds := content.Boxes(r.o.Boxes, r.order, info.Width, info.Height)
	if r.rep.Diags.Add(ds...); len(ds) > 0 {
		return r.wrongBoxes()
	}
	r.picture, err = derive.Cover(ctx, src, src.Size(), evenly(boxes, info))
	return r.fault(err)
}

// evenly widens boxes to whole pairs of pixels, which share their colour in most
// masters and in what is made of them.
func evenly(boxes []image.Rectangle, in derive.Info) (out []image.Rectangle) {
	for _, b := range boxes {
		wide := image.Rect(b.Min.X&^1, b.Min.Y&^1, (b.Max.X+1)&^1, (b.Max.Y+1)&^1)
		out = append(out, wide.Intersect(image.Rect(0, 0, in.Width, in.Height)))
	}
	return out
}

// fault words what is wrong with the master.
func (r *redaction) fault(err error) error {
	var fault *derive.Error
	if errors.As(err, &fault) {
		return &UserError{Msg: diag.T("%[1]s: %[2]s", "%[1]s: %[3]s", r.o.File, fault.Vi, fault.En), Hint: diag.Text{Vi: fault.HintVi, En: fault.HintEn}}
	}
	return err
}

// write puts words out of the transcripts beside the pictures, then the picture
// into the content, and the record last.
func (r *redaction) write(ctx context.Context) error {
	name := r.name()
	edit, err := r.tree.Redact(r.place, content.Redaction{Object: r.order.Object.V, File: name, Count: len(r.order.Boxes), Grounds: r.grounds(),
		By: r.order.By.V, Date: r.day, DerivedFrom: r.hash, Words: r.replacements()})
	if err != nil {
		return unedited(r.place.File.Path, err)
	}
	texts, err := r.transcripts()
	if err != nil {
		return err
	}
	if err := r.allFound(append(texts, edit)); err != nil {
		return err
	}
	for _, e := range texts {
		if err := r.apply(ctx, e); err != nil {
			return err
		}
	}
	if err := r.addPicture(name); err != nil {
		return err
	}
	if err := r.apply(ctx, edit); err != nil {
		return err
	}
	r.remind()
	r.remaining()
	return nil
}

func (r *redaction) apply(ctx context.Context, e *content.Edit) error {
	if err := first(ctx.Err(), r.tree.Apply(e)); err != nil {
		return unedited(e.File, err)
	}
	r.rep.Written = append(r.rep.Written, e.File)
	return nil
}

func (r *redaction) addPicture(name string) error {
	file := content.MediaPath(r.place.File.Owner, name)
	err := r.tree.AddMedia(r.place.File.Owner, name, r.picture)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &UserError{Msg: diag.T("tệp %s đã có, với nội dung khác", "the file %s exists already, with other content", file), Hint: diag.T("xem tệp ấy, đổi tên hoặc xoá, rồi gọi lại lệnh", "look at that file, rename or remove it, then call the command again")}
	case err != nil:
		return cannotWrite(file, err)
	}
	r.rep.Written = append(r.rep.Written, file)
	return nil
}

// name is that of the covered picture: by record, number and content. The name
// of the master might itself say what is covered.
func (r *redaction) name() string {
	sum := sha256.Sum256(r.picture)
	return fmt.Sprintf("%s-%d-che-%x.jpg", path.Base(r.place.Unit.ID.V), r.order.Object.V, sum[:8])
}

// grounds are those of the boxes and words, each once, in the order of the vocabulary.
func (r *redaction) grounds() (out []string) {
	for _, t := range record.Vocabulary("redaction_ground") {
		if slices.ContainsFunc(r.order.Boxes, func(b record.Box) bool { return b.Ground.V == t.Key }) ||
			slices.ContainsFunc(r.order.Words, func(w record.CoveredWords) bool { return w.Ground.V == t.Key }) {
			out = append(out, t.Key)
		}
	}
	return out
}

// remind names the words about the picture, which may still say what is
// covered, and a covering that was wider before.
func (r *redaction) remind() {
	if r.object == nil {
		r.note("đã thêm đối tượng số %d; hãy viết alt cho ảnh, không nhắc điều đã che", "the object %d was added; write an alt for it that does not say what is covered", r.order.Object.V)
		return
	}
	if old := content.MediaPath(r.place.File.Owner, r.object.File.V); r.object.File.V != r.name() && r.tree.HasFile(old) {
		r.note("tệp cũ %s vẫn nằm trong thư mục nội dung mà đối tượng này không dùng nữa: xoá đi, nếu chưa che thì cả khỏi lịch sử phiên bản", "the former file %s is still in the content, though this object no longer uses it: remove it, and if it is not covered, from the version history too", old)
	}
	if was := r.object.Redaction; was != nil && was.Count.V > len(r.order.Boxes) {
		r.note("lần trước che %d chỗ, lần này %d: xem lại có chỗ nào bị lộ không", "%d places were covered before and %d are now: see that none is laid open", was.Count.V, len(r.order.Boxes))
	}
	var words []string
	for _, w := range []struct {
		key   string
		given bool
	}{{"label", !r.object.Label.IsZero()}, {"alt", !r.object.Alt.IsZero()}, {"caption", !r.object.Caption.IsZero()}, {"long_desc", !r.object.LongDesc.IsZero()},
		{"transcript", r.object.Transcript != nil}, {"translation", r.object.Translation != nil}} {
		if w.given {
			words = append(words, w.key)
		}
	}
	if len(words) > 0 {
		r.note("chỉ những gì ghi trong tệp được che; tự xem lại các lời sau có nhắc điều đã che không: %s", "only what the file names was covered; see for yourself whether these still say what is covered: %s", strings.Join(words, ", "))
	}
}
