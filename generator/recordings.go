package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"vitrine/generator/diag"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
)

// What is published of a recording is its master without what that says
// besides. The hash that its clearance froze is held against the bytes that were
// read while the copy was written, so no other bytes can be in it, whatever lay
// there before or after.

// deriveRecording makes the copy of a recording, and the sizes of the picture
// that stands for it, which come behind. ok is false where one of them is at
// fault, which was reported.
func (s *scan) deriveRecording(u *record.Unit, o record.Object, im *images, f *freeze, maxPx int32) (made []derive.Derived, poster int, ok bool, err error) {
	master := f.path(o.File.V)
	made, sum, err := im.makeCopy(master, o.IsFilm())
	var fault *derive.Error
	switch {
	case errors.As(err, &fault):
		if !im.headersOnly || !errors.Is(err, fs.ErrNotExist) { // a check was told so when it read the record
			s.diags.Add(recordingFault(u, o, fault))
		}
		return nil, 0, false, nil
	case err != nil:
		return nil, 0, false, err
	}
	f.read[master] = sum
	if err := s.drawWave(u, o, im, master, sum, made[0].Sound); err != nil {
		return nil, 0, false, err
	}
	if film := made[0]; o.IsFilm() && maxPx > 0 && max(film.Width, film.Height, film.Sound.Side) > int(maxPx) {
		s.diags.Add(filmTooLarge(u, o, film, maxPx))
		return nil, 0, false, nil
	}
	if o.Poster.V == "" {
		still, ok, err := s.takeFrame(u, o, im, master, sum, maxPx, made[0].Sound)
		made = append(made, still...)
		return made, len(made), ok, err // it is no picture of the record: lists show none that nobody chose
	}
	still, ok, err := s.deriveObject(u, record.Object{Kind: record.Str{V: "image"}, File: o.Poster}, im, f.path(o.Poster.V), maxPx)
	return slices.Concat(made, still), len(made), ok, err
}

// remark warns of a sound that is not as long as its file promises, and of a film that
// many browsers do not play.
func (s *scan) remark(u *record.Unit, o record.Object, made []derive.Derived) (told bool) {
	for _, d := range made {
		told = told || d.Sound != nil && d.Sound.Waveless
		if d.Sound != nil && d.Sound.Rare != "" {
			told = true
			s.diags.Add(rareCodec(u, o, d.Sound.Rare))
		}
		if d.Sound == nil || d.Sound.Stated == 0 {
			continue
		}
		told = true
		s.diags.Add(diag.Warnf("recording-length", o.File.At.In(u.File), "%s (%s): đầu tệp khai dài %.0f giây, trong tệp có %.0f giây", "%s (%s): the head of the file states %.0f seconds, and there are %.0f in it",
			o.File.V, u.ID.V, d.Sound.Stated.Seconds(), d.Sound.Duration.Seconds()).
			WithHint("tệp có thể đã bị cắt cụt: so với bản gốc rồi chép lại. Nếu tệp đủ, không phải làm gì: bản công bố ghi độ dài có thật", "the file may have been cut short: compare it with its source and copy it again. If it is whole, nothing needs to be done: the published copy states the length that is there"))
	}
	return told
}

func recordingFault(u *record.Unit, o record.Object, e *derive.Error) diag.Diagnostic {
	d := imageFault(u, o, e)
	d.Code = "recording-" + string(e.Kind)
	return d
}

// rareCodec warns of a film that many readers would see as an empty box.
func rareCodec(u *record.Unit, o record.Object, codec string) diag.Diagnostic {
	return diag.Warnf("recording-rare", o.File.At.In(u.File), "%s (%s): phim mã hoá %s, nhiều trình duyệt không phát được", "%s (%s): the film is coded as %s, which many browsers do not play", o.File.V, u.ID.V, codec).
		WithHint("làm bản H.264 rồi dùng bản ấy: ffmpeg -i tệp -c:v libx264 -pix_fmt yuv420p -c:a copy tệp-mới; giữ bản gốc trong kho", "make a copy in H.264 and use that: ffmpeg -i file -c:v libx264 -pix_fmt yuv420p -c:a copy new-file; keep the master in the archive")
}

// filmTooLarge refuses a film whose pictures are larger than any may be that are
// published of the record: it is copied as it is, and so cannot be made smaller.
func filmTooLarge(u *record.Unit, o record.Object, film derive.Derived, maxPx int32) diag.Diagnostic {
	side := "scale=%d:-2"
	if film.Height > film.Width {
		side = "scale=-2:%d"
	}
	return diag.Errorf("recording-size", o.File.At.In(u.File), "%s (%s): phim có cạnh dài %d điểm ảnh, mà quyết định cho công bố cạnh dài không quá %d", "%s (%s): the longest side of the film has %d pixels, and the clearance allows %d",
		o.File.V, u.ID.V, max(film.Width, film.Height, film.Sound.Side), maxPx).
		WithHint("làm bản nhỏ hơn: ffmpeg -i tệp -vf %[1]s -c:v libx264 -c:a copy tệp-mới; hoặc xin quyết định cho công bố cỡ lớn hơn (scope.max_px)", "make a smaller copy: ffmpeg -i file -vf %[1]s -c:v libx264 -c:a copy new-file; or ask for a clearance of a larger size (scope.max_px)",
			fmt.Sprintf(side, maxPx&^1))
}

// makeCopy makes the copy of a recording as it is to be published, a second
// time where what is kept is spoilt, and gives the SHA-256 of its master.
func (im *images) makeCopy(master string, film bool) (made []derive.Derived, sum string, err error) {
	if im.headersOnly || im.lazy {
		m, err := im.cache.Heard(im.ctx, im.tree.FS(), master, film)
		if err != nil {
			return nil, "", err
		}
		made, err = im.cache.ExpectCopy(im.ctx, im.tree.FS(), master, film)
		return made, m.SHA256, err
	}
	for range 2 {
		made, sum, err = im.cache.Copy(im.ctx, im.tree.FS(), master, film)
		if err != nil || im.locate(made) {
			return made, sum, err
		}
	}
	return nil, "", fmt.Errorf("%s: its copy cannot be kept whole in the cache of derivatives", master)
}

// heard returns the published copy of a recording for a page, as shown returns
// the sizes of an image.
func (im *images) heard(master string, film bool) []derive.Derived {
	return im.still(master, func() ([]derive.Derived, error) {
		return im.cache.ExpectCopy(im.ctx, im.tree.FS(), master, film)
	})
}
