package generator

import (
	"fmt"

	"vitrine/generator/diag"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
)

// withoutPoster warns of films for which no picture stands.
func withoutPoster(at diag.Pos, vi, en string) diag.Diagnostic {
	return diag.Warnf(codePoster, at, "%[1]s: trang không có ảnh đứng thay phim trước khi phát, vì bản ghi không nêu ảnh nào (poster) và máy này không có chương trình ffmpeg",
		"%[2]s: no picture stands for the film before it is played, since the record names none (poster) and this machine has no program ffmpeg", vi, en).
		WithHint("cài ffmpeg rồi dựng lại, ảnh sẽ được lấy từ phim; hoặc ghi poster: trong bản ghi. Không có ảnh, phim vẫn được công bố và xem được",
			"install ffmpeg and build again, and a picture is taken from the film; or write poster: in the record. Without one the film is published and plays all the same")
}

// takeFrame makes the sizes of a picture of a film for which its record names none. It is a picture of the film that was
// decided on: its bytes are those of the copy.
func (s *scan) takeFrame(u *record.Unit, o record.Object, im *images, master, sum string, maxPx int32, film *derive.Sound) ([]derive.Derived, bool, error) {
	if !film.Film || im.headersOnly || im.lazy {
		return nil, true, nil
	}
	still, err := im.framesOf(master, maxPx, false)
	switch is, decodable := derive.Waveless(err); {
	case decodable:
		s.posterless.add(u, o)
		film.Waveless = true
	case is:
		s.diags.Add(undrawn(u, o, err))
		film.Waveless = true
	case err != nil:
		ok, err := s.sound(u, o, im, err)
		return nil, ok, err
	case still.Master != sum:
		s.diags.Add(imageMoved(master))
		return nil, false, nil
	}
	film.Frame = still.Key
	return still.Derived, true, nil
}

// framesOf makes the sizes of a picture of a film, a second time where what is kept is spoilt; named only names what
// was made before. What could not be drawn once is not tried again in this build.
func (im *images) framesOf(film string, maxPx int32, named bool) (still derive.Still, err error) {
	if im.undrawn != nil {
		if err, ok := im.undrawn.Load(film); ok {
			return still, err.(error)
		}
	}
	for range 2 {
		still, err = im.cache.Frame(im.ctx, im.tree.FS(), film, func(in derive.Info) []derive.Spec { return im.tiling.specs(in, maxPx) }, named)
		if is, _ := derive.Waveless(err); is && im.undrawn != nil {
			im.undrawn.Store(film, err)
		}
		if err != nil || named || im.locate(still.Derived) {
			return still, err
		}
	}
	return still, fmt.Errorf("%s: the sizes of its picture cannot be kept whole in the cache of derivatives", film)
}

// frame is what was made of a picture of a film, for a page.
func (im *images) frame(master string, maxPx int32) []derive.Derived {
	if im.headersOnly {
		return nil
	}
	return im.still(master, func() ([]derive.Derived, error) {
		still, err := im.framesOf(master, maxPx, true)
		if is, _ := derive.Waveless(err); is {
			return nil, nil // which was told when it was tried first
		}
		return still.Derived, err
	})
}
