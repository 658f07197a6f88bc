package generator

import (
	"errors"
	"fmt"

	"vitrine/generator/diag"
	"vitrine/generator/internal/access"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
)

// A PDF is shown as pictures of its pages. Where readers may take its file away, a copy
// goes with them that holds its pages and nothing else; one that cannot be made clean is
// told and left out, and the pictures stay.

// downloads reports whether the site lets readers take files away.
func (s *scan) downloads() bool {
	d := s.config.Site.Features.Downloads
	return d == nil || d.V
}

// mayTake reports whether the file of a PDF goes out beside its pages.
func (s *scan) mayTake(v access.Verdict, o record.Object) bool {
	return o.IsPDF() && v.MayTake(o) && s.downloads()
}

// withFile adds the file of a PDF to what was made of it. told is true where there is none
// to hand on, which was warned of; ok is false where the master is at fault, which was
// reported.
func (s *scan) withFile(u *record.Unit, o record.Object, im *images, master string, made []derive.Derived) (_ []derive.Derived, told, ok bool, err error) {
	if im.headersOnly || im.lazy {
		return made, false, true, nil
	}
	files, err := im.copyPDF(master)
	var fault *derive.Error
	if errors.As(err, &fault) && fault.Kind == derive.Uncopied {
		s.diags.Add(fileWithheld(u, o, fault))
		return made, true, true, nil
	}
	ok, err = s.sound(u, o, im, err)
	return append(made, files...), false, ok, err
}

// fileWithheld tells of a PDF whose pages are shown and whose file is not handed on.
func fileWithheld(u *record.Unit, o record.Object, e *derive.Error) diag.Diagnostic {
	d := imageFault(u, o, e)
	d.Code, d.Severity = "pdf-file", diag.Warning
	d.Msg = diag.Text{Vi: o.File.V + " (" + u.ID.V + "): không cho tải tệp PDF này: " + e.Vi, En: o.File.V + " (" + u.ID.V + "): this PDF is not offered as a file: " + e.En}
	return d
}

// copyPDF makes the copy of a PDF as it is to be published, a second time where what is
// kept is spoilt.
func (im *images) copyPDF(master string) (made []derive.Derived, err error) {
	for range 2 {
		made, err = im.cache.CopyPDF(im.ctx, im.tree.FS(), master)
		if err != nil || im.locate(made) {
			return made, err
		}
	}
	return nil, fmt.Errorf("%s: its copy cannot be kept whole in the cache of derivatives", master)
}

// file is the published copy of a PDF for a page, as shown returns the sizes of an
// image. In a preview it is named, and made when it is asked for.
func (im *images) file(master string) (d derive.Derived, ok bool) {
	if im.headersOnly {
		return d, false
	}
	d, ok, err := im.cache.ExpectFile(im.ctx, im.tree.FS(), master)
	if err != nil && im.moved != nil {
		im.moved(master)
	}
	if err != nil || !ok || im.moved != nil && im.unclaimed(d) {
		return d, false
	}
	if d.Bytes > 0 || im.lazy {
		return d, true
	}
	made, err := im.cache.CopyPDF(im.ctx, im.tree.FS(), master) // the cache was emptied since
	if err != nil || len(made) == 0 {
		return d, false
	}
	return made[0], true
}
