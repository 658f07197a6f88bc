package generator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/catalog"
	"vitrine/generator/internal/content"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/markup"
	"vitrine/generator/internal/pagetext"
	"vitrine/generator/internal/pdf"
	"vitrine/generator/internal/plan"
	"vitrine/generator/internal/record"
)

// images makes the sizes of cleared masters.
type images struct {
	cache *derive.Cache
	tree  *content.Tree
	ctx   context.Context
	tiling

	headersOnly bool                      // for a check: nothing is decoded
	published   func(derive.Derived) bool // it lies in the output folder as it is; nil for no output
	pdfs        *pdf.Engine               // draws the pages of PDF files; nil where there is none
	lazy        bool                      // for a preview: sizes are named, and made when they are asked for
	unclaimed   func(derive.Derived) bool // the site will not have it
	moved       func(master string)       // told of a master that is no longer what was published; nil where all is not well anyway

	undrawn *sync.Map // by master the error that says why its wave, or the picture that stands for it, cannot be drawn; nil for a preview, whose files change under it
}

func (im *images) make(master string, maxPx int32) ([]derive.Derived, error) {
	if im.headersOnly || im.lazy {
		return im.expect(master, maxPx)
	}
	specs, err := im.specs(master, maxPx)
	if err != nil {
		return nil, err
	}
	return im.cache.Make(im.ctx, im.tree.FS(), master, specs)
}

// expect names what is made of a master, and makes nothing.
func (im *images) expect(master string, maxPx int32) ([]derive.Derived, error) {
	specs, err := im.specs(master, maxPx)
	if err != nil {
		return nil, err
	}
	return im.cache.Expect(im.ctx, im.tree.FS(), master, specs)
}

func (im *images) specs(master string, maxPx int32) ([]derive.Spec, error) {
	m, err := im.cache.Master(im.ctx, im.tree.FS(), master)
	if err != nil {
		return nil, err
	}
	return im.tiling.specs(m.Info, maxPx), nil
}

// shown returns the sizes of a master for a page. What could not be made was
// reported when it was tried first. A master that is another by now, or gone, is
// reported: its page would show a picture that is not published.
func (im *images) shown(master string, maxPx int32) []derive.Derived {
	return im.still(master, func() ([]derive.Derived, error) { return im.expect(master, maxPx) })
}

// still is what is made of a master, if that is what the site will have.
func (im *images) still(master string, expect func() ([]derive.Derived, error)) []derive.Derived {
	named, err := expect()
	if im.moved != nil && (err != nil || slices.ContainsFunc(named, im.unclaimed)) {
		im.moved(master)
		return nil
	}
	if err != nil {
		return nil
	}
	return named
}

// rest ends what draws PDF files, which holds hundreds of megabytes; it starts again
// where one is to be drawn.
func (im *images) rest() error {
	if im.pdfs == nil {
		return nil
	}
	return im.pdfs.Close()
}

// orientation is how the pixels of a master lie in its file, as EXIF numbers it. What
// cannot be read was reported when it was tried first.
func (im *images) orientation(master string) int {
	m, err := im.cache.Master(im.ctx, im.tree.FS(), master)
	if err != nil {
		return 0
	}
	return m.Info.Orientation
}

// texts is the text of each page of a PDF for a page of the site. What could not be
// read was reported when it was tried first.
func (im *images) texts(master string) []pagetext.Page {
	if im.headersOnly {
		return nil
	}
	pages, err := im.cache.Texts(im.ctx, im.tree.FS(), master)
	if err != nil && im.moved != nil {
		im.moved(master)
	}
	return pages
}

// imageMoved tells of a master that changed while a site was being built.
func imageMoved(master string) diag.Diagnostic {
	return diag.Errorf("image-changing", diag.Pos{File: master}, "tệp ảnh, âm thanh hay phim bị thay đổi hoặc bị xoá trong lúc dựng trang", "the image or recording changed or was removed while the site was being built").
		WithHint("chờ chép xong tệp rồi chạy lại lệnh", "wait until the file has been copied and run the command again")
}

// deriveAll makes the sizes of every image that may be shown, hands each to
// use, and gives the thumbnail of every record that has one. What the last
// build made of a record is taken as it was where nothing of it changed. Files of
// other kinds are looked at where a clearance froze them.
func (s *scan) deriveAll(ctx context.Context, c *catalog.Catalog, im *images, use func(derive.Derived) error, p Progress) (*catalog.Thumbs, error) {
	if !im.lazy {
		im.undrawn = new(sync.Map)
	}
	thumbs := catalog.NewThumbs(c)
	rows := func(yield func(int32) bool) {
		for row := range c.ByID() {
			if s.looksAt(c, row) && !yield(row) {
				return
			}
		}
	}
	n := 0
	for range rows {
		n++
	}
	p.Phase(diag.Text{Vi: "Làm ảnh", En: "Making images"}, n)
	kept := s.memory.pictures()
	defer kept.stop()
	jobs := func(yield func(pictured) bool) {
		for row := range rows {
			if !yield(pictured{row: row, old: kept.find(c.ID(row))}) {
				return
			}
		}
	}
	err := inOrder(ctx, s.workers, jobs, func(j pictured) pictured { return s.picture(c, im, j) }, func(j pictured) error {
		p.Add(1)
		if j.err != nil {
			return j.err
		}
		if len(j.made.derived) > 0 {
			thumbs.Set(j.row, j.made.thumb)
		}
		for _, d := range j.made.derived {
			if err := use(d); err != nil {
				return err
			}
		}
		return s.memory.notePictures(c.ID(j.row), j.made)
	})
	s.waveless.tell(s.diags, withoutWave)
	s.posterless.tell(s.diags, withoutPoster)
	return thumbs, err
}

// pictured is the work on the images of one record.
type pictured struct {
	row  int32
	old  []byte // what the last build kept of it
	made pictures
	err  error
}

// picture takes what was kept of the images of a record, or makes them.
func (s *scan) picture(c *catalog.Catalog, im *images, j pictured) pictured {
	if made, ok := recallPictures(j.old); ok && made.from == s.pictureSum(c, j.row, made.files) && im.locate(made.derived) {
		j.made = made
		return j
	}
	j.made, j.err = s.deriveUnit(c, j.row, im)
	return j
}

// locate finds the derivatives that are to be published. One that lies in the
// output folder already gets no path; any other is compared with its hash. It
// reports whether all are there and whole; those of a preview or a check need
// not be.
func (im *images) locate(list []derive.Derived) bool {
	if im.lazy || im.headersOnly {
		return true
	}
	for i := range list {
		d := &list[i]
		if d.Sound != nil && (d.Sound.Wave != "" && !im.cache.HasWave(d.Sound.Drawn) || d.Sound.Frame != "" && !im.cache.HasFrame(d.Sound.Frame)) {
			return false // it is drawn again, or told that it cannot be
		}
		if im.published != nil && im.published(*d) {
			d.Path = ""
		} else if !im.cache.Whole(d) {
			return false
		}
	}
	return true
}

// makeWhole makes the sizes of a master as they are to be published: what is
// spoilt in the cache is made a second time.
func (im *images) makeWhole(master string, maxPx int32) ([]derive.Derived, error) {
	for range 2 {
		made, err := im.make(master, maxPx)
		if err != nil || im.locate(made) {
			return made, err
		}
	}
	return nil, fmt.Errorf("%s: its sizes cannot be kept whole in the cache of derivatives", master)
}

// deriveUnit makes the sizes of every image of a record, and compares its files
// with those that its clearance froze.
func (s *scan) deriveUnit(c *catalog.Catalog, row int32, im *images) (out pictures, err error) {
	u, err := s.tree.Unit(plan.FileOf(c.Loc(row)), c.Loc(row))
	if err != nil {
		return out, moved(&plan.MovedError{File: c.Loc(row).File, Err: err})
	}
	f := s.freezeOf(c, row, u)
	out.files, out.from = f.names, s.pictureSum(c, row, f.names) // before any is read: one that changes meanwhile is looked at again
	v := c.Verdict(row)
	for _, o := range v.View(u).Objects {
		made, pictures, ok, err := s.deriveShown(u, o, im, f, v.MaxPx)
		if ok && err == nil && o.ShowsOwnText() && v.Parts.Has(access.Transcript) && !im.headersOnly {
			_, err = im.cache.Texts(im.ctx, im.tree.FS(), f.path(o.File.V)) // while the engine runs
			ok, err = s.sound(u, o, im, err)
		}
		if ok && err == nil && s.mayTake(v, o) {
			var told bool
			made, told, ok, err = s.withFile(u, o, im, f.path(o.File.V), made)
			out.remarked = out.remarked || told
		}
		if ok && err == nil {
			ok, err = f.holds(im, o)
		}
		if err != nil {
			return out, err
		}
		out.faulty = out.faulty || !ok // or the next build would take it for one that was looked at
		out.remarked = s.remark(u, o, made) || out.remarked
		if out.thumb.Name == "" && len(pictures) > 0 {
			out.thumb = s.thumb(c, row, u, o, pictures)
		}
		out.derived = append(out.derived, made...)
	}
	out.thumb.Sum = sumOfDerived(out.derived)
	return out, nil
}

// deriveShown makes what is published of an object: pictures are those among it
// that can stand for the record.
func (s *scan) deriveShown(u *record.Unit, o record.Object, im *images, f *freeze, maxPx int32) (made, pictures []derive.Derived, ok bool, err error) {
	switch {
	case o.HasPictures():
		made, ok, err = s.deriveObject(u, o, im, f.path(o.File.V), maxPx)
		return made, made, ok, err
	case o.IsRecording():
		made, poster, ok, err := s.deriveRecording(u, o, im, f, maxPx)
		return made, made[poster:], ok, err
	}
	return nil, nil, true, nil
}

// deriveObject makes the sizes of an image. ok is false where it is at fault,
// which was reported.
func (s *scan) deriveObject(u *record.Unit, o record.Object, im *images, master string, maxPx int32) (made []derive.Derived, ok bool, err error) {
	made, err = im.makeWhole(master, maxPx)
	ok, err = s.sound(u, o, im, err)
	return made, ok, err
}

// sound reports a fault of an object. ok is false where there is one; any other error
// is handed on.
func (s *scan) sound(u *record.Unit, o record.Object, im *images, err error) (ok bool, _ error) {
	var fault *derive.Error
	if !errors.As(err, &fault) {
		return err == nil, err
	}
	told := errors.Is(err, fs.ErrNotExist) || fault.Kind == derive.Changing                // a check was told so when it read the record, or searched the PDF
	typed := fault.Kind == derive.Unsupported && o.IsImage() && !content.IsImage(o.File.V) // and so was everybody of the ending
	if !typed && (!im.headersOnly || !told) {
		s.diags.Add(imageFault(u, o, fault))
	}
	return false, nil
}

func imageFault(u *record.Unit, o record.Object, e *derive.Error) diag.Diagnostic {
	return diag.Diagnostic{Code: "image-" + string(e.Kind), Severity: diag.Error, Pos: o.File.At.In(u.File),
		Msg:  diag.Text{Vi: o.File.V + " (" + u.ID.V + "): " + e.Vi, En: o.File.V + " (" + u.ID.V + "): " + e.En},
		Hint: diag.Text{Vi: e.HintVi, En: e.HintEn}}
}

// thumb takes the size of 320 pixels of the first page, and that of 640 for fine screens.
func (s *scan) thumb(c *catalog.Catalog, row int32, u *record.Unit, o record.Object, made []derive.Derived) catalog.Thumb {
	all := derive.Pictures(derive.Pages(made)[0])
	th := catalog.Thumb{Name: all[0].Name, Width: all[0].Width, Height: all[0].Height}
	for _, p := range all[1:] {
		if p.Width == 2*th.Width {
			th.Large = p.Name
		}
	}
	credit := o.Credit
	if credit.IsZero() {
		credit = c.Inherited(row).Rights.Credit
	}
	for _, lang := range s.tree.Languages() {
		th.Alt = append(th.Alt, only(o.Alt, lang))
		th.Credit = append(th.Credit, only(credit, lang))
	}
	if th.Alt[0] == "" {
		th.Alt[0] = only(u.Title, s.tree.Languages()[0])
	}
	return th
}

// only is a text in a language and no other, plain.
func only(t record.Text, lang string) string {
	text, actual := t.In(lang)
	if actual != lang {
		return ""
	}
	return markup.Plain(text)
}
