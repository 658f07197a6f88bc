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
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"vitrine/generator/diag"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/pdf"
	"vitrine/generator/internal/record"
)

const (
	maxMaster   = 1 << 30   // of the largest master that is covered, in bytes
	maxPictures = time.Hour // for the pages of one PDF; one takes a second or two
)

// coveredSheet is a picture that was made of a master, or of a page of one.
type coveredSheet struct {
	of    *record.CoverObject
	boxes []record.Box // that lie on it

	covered       []image.Rectangle // the same in pixels of the master
	width, height int               // of the master, or of the picture of its page
	orientation   int               // of the pixels of the master as they are stored

	number int            // of the object in the record
	object *record.Object // of the record, with this number; nil where it has none
	page   int            // of a PDF, from 1; 0 for a picture
	hash   string         // of the master
	name   string         // of the file
	at     int64          // of the picture in the spool
	size   int64          // of the picture, in bytes
}

// redaction is what is written of it into the record.
func (s *coveredSheet) redaction(r *redaction) content.Redaction {
	out := content.Redaction{Object: s.number, File: s.name, Count: len(s.boxes), Grounds: s.grounds(), By: r.order.By.V, Date: r.day, DerivedFrom: s.hash, Words: replacements(s.of.Words)}
	if s.page > 0 {
		out.Label = fmt.Sprintf("p. %d", s.page)
		if r.tree.Languages()[0] == "vi" {
			out.Label = fmt.Sprintf("tr. %d", s.page)
		}
	}
	return out
}

// grounds are those of the boxes and, for a picture, of the words, each once, in
// the order of the vocabulary. Of a PDF nobody says on which page words stand.
func (s *coveredSheet) grounds() (out []string) {
	for _, t := range record.Vocabulary("redaction_ground") {
		if slices.ContainsFunc(s.boxes, func(b record.Box) bool { return b.Ground.V == t.Key }) ||
			s.page == 0 && slices.ContainsFunc(s.of.Words, func(w record.CoveredWords) bool { return w.Ground.V == t.Key }) {
			out = append(out, t.Key)
		}
	}
	return out
}

// cover makes the covered pictures of all masters.
func (r *redaction) cover(ctx context.Context) error {
	for i := range r.order.Objects {
		if err := first(ctx.Err(), r.coverMaster(ctx, &r.order.Objects[i])); err != nil {
			return err
		}
	}
	return r.pdfs.Close()
}

// uncovered is a master that is about to be covered.
type uncovered struct {
	of   *record.CoverObject
	file string
	data []byte
	hash string
}

func (r *redaction) coverMaster(ctx context.Context, o *record.CoverObject) error {
	m := &uncovered{of: o, file: r.o.File}
	if o.Master.V != "" {
		if info, err := os.Stat(m.file); err == nil && !info.IsDir() {
			return &UserError{Usage: true, Msg: diag.T("%s không phải thư mục, mà tệp chỉ chỗ che nêu nhiều ảnh gốc", "%s is no folder, and the file of boxes names masters", m.file),
				Hint: diag.T("gọi lệnh với thư mục chứa các ảnh gốc ấy", "call the command with the folder in which these masters lie")}
		}
		m.file = filepath.Join(m.file, filepath.FromSlash(o.Master.V))
	}
	var err error
	if err = r.outside(m.file); err != nil {
		return err
	}
	if m.data, err = readRegular(m.file, maxMaster); err != nil {
		return err
	}
	sum := sha256.Sum256(m.data)
	m.hash = hex.EncodeToString(sum[:])
	if pdf.Is(m.data) {
		return first(r.alone(m, nil), r.coverPDF(ctx, m))
	}
	return r.coverPicture(ctx, m)
}

// objectOf is the object of the record with a number, nil where it has none.
func (r *redaction) objectOf(number int) (*record.Object, error) {
	u := r.place.Unit
	for i, o := range u.Objects {
		if seq := o.Seq.V; seq != number && (seq != 0 || i+1 != number) {
			continue
		}
		if !o.IsImage() {
			return nil, &UserError{Msg: diag.T("đối tượng số %d của %q không phải ảnh", "the object %d of %q is no picture", number, u.ID.V), Hint: diag.T("sửa object trong %s", "correct object in %s", r.o.Boxes)}
		}
		return &u.Objects[i], nil
	}
	return nil, nil
}

func (r *redaction) coverPicture(ctx context.Context, m *uncovered) error {
	s := &coveredSheet{of: m.of, boxes: m.of.Boxes, number: m.of.Object.V, hash: m.hash}
	var err error
	if s.object, err = r.objectOf(s.number); err != nil {
		return err
	}
	if err := r.alone(m, s.object); err != nil {
		return err
	}
	src := bytes.NewReader(m.data)
	info, err := derive.Probe(src, src.Size())
	if err != nil {
		return masterFault(m.file, err)
	}
	for _, b := range s.boxes {
		if b.Page.V > 0 {
			r.rep.Diags.Add(diag.Errorf("cover-page", b.Page.At.In(r.o.Boxes), "chỉ PDF mới có số trang; %s là ảnh", "only a PDF has pages; %s is a picture", m.file))
			return r.wrongBoxes()
		}
	}
	boxes, err := r.boxesIn(s.boxes, info.Width, info.Height, 0)
	if err != nil {
		return err
	}
	s.covered, s.width, s.height, s.orientation = boxes, info.Width, info.Height, info.Orientation
	picture, err := derive.Cover(ctx, src, src.Size(), boxes)
	if err != nil {
		return masterFault(m.file, err)
	}
	return r.keep(s, picture)
}

// boxesIn are boxes in the pixels of a picture.
func (r *redaction) boxesIn(list []record.Box, w, h int, dpi float64) ([]image.Rectangle, error) {
	boxes, ds := content.Boxes(r.o.Boxes, list, w, h, dpi)
	if r.rep.Diags.Add(ds...); len(ds) > 0 {
		return nil, r.wrongBoxes()
	}
	return evenly(boxes, w, h), nil
}

// evenly widens boxes to whole pairs of pixels, which share their colour in most
// masters and in what is made of them.
func evenly(boxes []image.Rectangle, w, h int) (out []image.Rectangle) {
	for _, b := range boxes {
		wide := image.Rect(b.Min.X&^1, b.Min.Y&^1, (b.Max.X+1)&^1, (b.Max.Y+1)&^1)
		out = append(out, wide.Intersect(image.Rect(0, 0, w, h)))
	}
	return out
}

// coverPDF makes every page a picture. What the boxes say is checked before the
// first of them.
func (r *redaction) coverPDF(ctx context.Context, m *uncovered) error {
	err := r.pdfs.Open(ctx, bytes.NewReader(m.data), int64(len(m.data)), maxPictures, func(d *pdf.Document) error {
		pages, err := d.Pages()
		if err != nil {
			return err
		}
		boxes := make([][]image.Rectangle, pages)
		sheets, err := r.pagesOf(m, pages)
		if err != nil {
			return err
		}
		for i, s := range sheets {
			e, err := d.Extent(i)
			if err != nil {
				return err
			}
			if boxes[i], err = r.boxesIn(s.boxes, e.Width, e.Height, e.DPI); err != nil {
				return err
			}
			s.covered, s.width, s.height = boxes[i], e.Width, e.Height
		}
		for i, s := range sheets {
			img, err := d.Picture(i)
			if err != nil {
				return err
			}
			picture, err := derive.CoverImage(img, boxes[i])
			if err := first(err, r.keep(s, picture)); err != nil {
				return err
			}
		}
		r.note("PDF có %[2]d trang, mỗi trang thành một ảnh: %[1]s", "the PDF has %[2]s, and each became a picture: %[1]s", m.file, diag.Count(pages, "page"))
		return nil
	})
	return masterFault(m.file, err)
}

// pagesOf are the pages of a PDF, each with its boxes.
func (r *redaction) pagesOf(m *uncovered, pages int) (out []*coveredSheet, err error) {
	for i := range pages {
		s := &coveredSheet{of: m.of, number: m.of.Object.V + i, page: i + 1, hash: m.hash}
		if s.object, err = r.objectOf(s.number); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	wrong := false
	for _, b := range m.of.Boxes {
		if b.Page.V < 1 || b.Page.V > pages {
			wrong = true
			r.rep.Diags.Add(diag.Errorf("cover-page", b.At.In(r.o.Boxes), "ô phải ghi page, từ 1 đến %[1]d: PDF có %[1]d trang", "the box must give its page, 1 to %[1]d: the PDF has %[1]s", diag.Count(pages, "page")))
			continue
		}
		s := out[b.Page.V-1]
		s.boxes = append(s.boxes, b)
	}
	if wrong {
		return nil, r.wrongBoxes()
	}
	return out, nil
}

// keep puts a covered picture aside until all are made, and names it: by record,
// number and content. The name of the master might itself say what is covered.
func (r *redaction) keep(s *coveredSheet, picture []byte) error {
	for _, other := range r.sheets {
		if other.number == s.number {
			return &UserError{Usage: true, Msg: diag.T("hai trang cùng thành đối tượng số %d", "two pages would become the object %d", s.number),
				Hint: diag.T("trong %s, đặt object của mỗi tệp sau trang cuối của tệp trước", "in %s, let the object of each master come after the last page of the one before", r.o.Boxes)}
		}
	}
	how := "-che"
	if len(s.boxes) == 0 {
		how = ""
	}
	sum := sha256.Sum256(picture)
	s.name = fmt.Sprintf("%s-%d%s-%x.jpg", path.Base(r.place.Unit.ID.V), s.number, how, sum[:8])
	s.at, s.size = r.end, int64(len(picture))
	if _, err := r.spool.WriteAt(picture, s.at); err != nil {
		return err
	}
	r.end += s.size
	r.sheets = append(r.sheets, s)
	return nil
}

// masterFault words what is wrong with a master.
func masterFault(file string, err error) error {
	var fault *derive.Error
	var problem *pdf.Problem
	switch {
	case errors.As(err, &fault):
		return &UserError{Msg: diag.T("%[1]s: %[2]s", "%[1]s: %[3]s", file, fault.Vi, fault.En), Hint: diag.Text{Vi: fault.HintVi, En: fault.HintEn}}
	case errors.As(err, &problem):
		hint := problem.Hint
		if hint == (diag.Text{}) {
			hint = diag.T("mở tệp rồi lưu lại không có mật khẩu; không được thì xuất từng trang thành ảnh (300 dpi, PNG hoặc TIFF) rồi che các ảnh", "open the file and save it anew without a password; failing that, export its pages as pictures (300 dpi, PNG or TIFF) and cover these")
		}
		return &UserError{Msg: diag.T("%[1]s: %[2]s", "%[1]s: %[3]s", file, problem.Why.Vi, problem.Why.En), Hint: hint}
	}
	return err
}

// alone refuses a master of which the content holds a copy. The file that the
// object itself names may be one: it is told in the end that it is still there.
func (r *redaction) alone(m *uncovered, object *record.Object) error {
	copies, err := r.copies(m)
	if err != nil {
		return err
	}
	own := ""
	if object != nil {
		own = content.MediaPath(r.place.File.Owner, object.File.V)
	}
	for _, c := range copies {
		if c != own {
			return &UserError{Msg: diag.T("bản gốc chưa che cũng nằm trong thư mục nội dung: %s", "the uncovered master lies in the content too: %s", c),
				Hint: diag.T("lấy tệp ấy ra, cả khỏi lịch sử phiên bản, rồi gọi lại lệnh", "take that file out, and out of the version history, then call the command again")}
		}
		if object.Redaction != nil {
			return &UserError{Usage: true, Msg: diag.T("%s chính là bản đã che", "%s is the covered copy itself", m.file),
				Hint: diag.T("che lại từ ảnh gốc, với tất cả các ô, cũ và mới", "cover the master again, with all boxes, old and new")}
		}
	}
	return nil
}

// copies are the files of the content with the bytes of a master.
func (r *redaction) copies(m *uncovered) (out []string, err error) {
	for s, err := range r.tree.Stats(".") {
		if err != nil {
			return nil, &UserError{Msg: diag.T("không đọc được %s", "cannot read %s", s.Path), Err: plain(err)}
		}
		if s.Size != int64(len(m.data)) {
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
		if hex.EncodeToString(h.Sum(nil)) == m.hash {
			out = append(out, s.Path)
		}
	}
	return out, nil
}
