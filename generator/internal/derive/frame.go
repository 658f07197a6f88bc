package derive

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"strings"
	"time"

	"vitrine/generator/internal/recording"
)

// frameVersion enters the names of what is made of a picture of a film. Raise it when another one is chosen, or
// when it is drawn otherwise.
const frameVersion = "1"

// Still is what was made of a picture of a film. All but its key is what a file in frames/ holds.
type Still struct {
	Derived []Derived `json:"derived"` // none where all that the film begins with is of one shade
	Master  string    `json:"master"`  // the SHA-256 of the film, in lower hex
	Key     string    `json:"-"`       // in the cache, see [Cache.HasFrame]; empty where nothing can be drawn
}

// What a program may take to decode the beginning of a film, and what it may give back.
const (
	filmMemory = 640 << 20 // bytes
	filmTime   = 2 * time.Minute
	candidates = 12
	mostDots   = 36_000_000 // of a picture: 8K has 33 millions
)

// Frame gives the derivatives of a picture that stands for the film at name in fsys before it is played: the
// one of its first seconds that shows the most. specs says what is made of a picture of that size. It takes a program, as
// the wave of sound in AAC does, and is kept by the hash of the master; where it cannot be
// had, [Waveless] holds for the error. A film that begins with nothing but blank pictures has none. With named, those that were made
// before are named, be they in the cache or not.
func (c *Cache) Frame(ctx context.Context, fsys fs.FS, name string, specs func(Info) []Spec, named bool) (kept Still, err error) {
	o, err := c.openRecording(ctx, fsys, name, true)
	if err != nil {
		return Still{}, err
	}
	defer o.file.Close()
	master := o.master.SHA256
	in := Info{Format: formatJPEG, Width: o.master.Recording.Width, Height: o.master.Recording.Height, Pages: 1}
	if in.Width <= 0 || in.Height <= 0 || in.Width > mostDots/in.Height {
		return Still{Master: master}, nil
	}
	wanted, err := normalAll(specs(in))
	if err != nil {
		return Still{}, err
	}
	wanted = fit(in, wanted)
	key := digest("frame", master, frameVersion, fmt.Sprint(wanted))
	if c.load("frames", key, &kept) && kept.Master == master && (named || c.locateAll(kept.Derived)) {
		kept.Key = key
		return kept, nil
	}
	kept = Still{Master: master, Key: key}
	if kept.Derived, err = c.drawFrame(ctx, o, in, wanted); err != nil {
		return Still{}, err
	}
	if !o.unchanged() {
		return Still{}, changing()
	}
	return kept, c.store("frames", key, kept)
}

func (c *Cache) locateAll(list []Derived) bool {
	for i := range list {
		if !c.locate(&list[i]) {
			return false
		}
	}
	return true
}

// drawFrame makes the derivatives. Films are decoded one at a time, since what the program takes is
// outside the budget.
func (c *Cache) drawFrame(ctx context.Context, o *opened, in Info, specs []Spec) ([]Derived, error) {
	p, err := o.master.Recording.Pictures(o.src, o.src.size)
	switch {
	case o.src.err != nil:
		return nil, o.src.err
	case err != nil:
		return nil, recordingFault(err)
	case p == nil:
		return nil, nil
	}
	release, err := c.budget.reserve(ctx, 12*int64(in.Width)*int64(in.Height))
	if err != nil {
		return nil, err
	}
	defer release()
	c.filming.Lock()
	best, err := c.decodeFilm(ctx, p)
	c.filming.Unlock()
	if err = cmp.Or(o.src.err, err); err != nil || best == nil {
		return nil, err
	}
	h := header{Info: in, orientation: 1}
	return c.drawAll(ctx, newSheet(best, h), h, specs, nameOfFrame(best))
}

// nameOfFrame tells a picture from any other, so that what is made of it is named by what it shows, whatever
// decoded it.
func nameOfFrame(m *image.YCbCr) string {
	h := sha256.New()
	fmt.Fprintln(h, "frame", frameVersion, m.Rect)
	for _, plane := range [][]byte{m.Y, m.Cb, m.Cr} {
		h.Write(plane)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// decodeFilm is the picture that shows the most; nil where all are blank.
func (c *Cache) decodeFilm(ctx context.Context, p *recording.Pictures) (*image.YCbCr, error) {
	best := newBestFrame(p.Width, p.Height)
	err := c.decode(ctx, decoding{args: filmArgs(p), in: p.Stream(), out: best, memory: filmMemory, limit: filmTime})
	var failed failure
	switch {
	case errors.Is(err, errNoDecoder):
		return nil, unpictured(NoDecoder, "cần chương trình "+decoder+" để lấy ảnh đứng thay phim", "a picture to stand for the film needs the program "+decoder)
	case best.frames > 0: // some are enough, though the stream is cut off
		return best.chosen(), ctx.Err()
	case errors.As(err, &failed):
		return nil, undecodedFilm(failed.vi, failed.en)
	case err != nil:
		return nil, err
	}
	return nil, undecodedFilm("không có hình nào", "it gave no picture")
}

func undecodedFilm(vi, en string) *Error {
	return unpictured(Undecoded, decoder+" không giải mã được hình nào của phim này ("+vi+"), nên không có ảnh đứng thay phim", decoder+" could decode no picture of this film ("+en+"), so none stands for it")
}

func unpictured(kind Kind, vi, en string) *Error {
	return &Error{Kind: kind, Vi: vi, En: en, HintVi: "xem thử tệp; phim vẫn được công bố. Muốn có ảnh thì ghi poster: trong bản ghi, hoặc cài hay cập nhật ffmpeg",
		HintEn: "watch the file; the film is published all the same. For a picture write poster: in the record, or install or update ffmpeg"}
}

// filmArgs make of a stream of pictures some that lie equally far apart, upright, as they are shown, in the full
// range of values as JPEG has it.
func filmArgs(p *recording.Pictures) []string {
	turn := []string{"", "transpose=clock,", "hflip,vflip,", "transpose=cclock,"}[p.Turned]
	draw := fmt.Sprintf("framestep=step=%d,%sscale=w=%d:h=%d:flags=bicubic+accurate_rnd+bitexact:out_range=pc:out_color_matrix=bt601,setsar=1", (p.Count+candidates-1)/candidates, turn, p.Width, p.Height)
	return append(strings.Fields("-nostdin -hide_banner -v quiet -max_alloc "+filmBlock+" -threads 1 -protocol_whitelist pipe -noautorotate -f "+p.Format+" -i pipe:0 -map 0:v:0"),
		"-frames:v", fmt.Sprint(candidates), "-vf", draw, "-threads", "1", "-pix_fmt", "yuv420p", "-c:v", "rawvideo", "-f", "rawvideo", "pipe:1")
}

const filmBlock = "268435456" // bytes

// bestFrame takes pictures one behind the other, and keeps the one that shows the most.
type bestFrame struct {
	next, best *image.YCbCr
	filled     int
	shows      float64
	frames     int
}

func newBestFrame(w, h int) *bestFrame {
	blank := func() *image.YCbCr { return image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420) }
	return &bestFrame{next: blank(), best: blank()}
}

// Write implements io.Writer.
func (b *bestFrame) Write(dots []byte) (int, error) {
	n := len(dots)
	for len(dots) > 0 {
		if b.frames >= candidates {
			return 0, errTooManyFrames
		}
		at := b.filled
		for _, plane := range [][]byte{b.next.Y, b.next.Cb, b.next.Cr} {
			if at < len(plane) {
				took := copy(plane[at:], dots)
				b.filled, dots, at = b.filled+took, dots[took:], at+took
			}
			at = max(0, at-len(plane))
		}
		if b.filled == len(b.next.Y)+len(b.next.Cb)+len(b.next.Cr) {
			b.take()
		}
	}
	return n, nil
}

var errTooManyFrames = errors.New("derive: a decoder gives more pictures than it was asked for")

// take compares the next picture with the best: earlier ones stay where later ones show hardly more.
func (b *bestFrame) take() {
	shows := contrast(b.next)
	if b.frames == 0 || shows > 1.1*b.shows {
		b.shows, b.next, b.best = shows, b.best, b.next
	}
	b.frames++
	b.filled = 0
}

// blankFrame is the contrast below which nothing is to be seen: of black, and of its noise.
const blankFrame = 4

func (b *bestFrame) chosen() *image.YCbCr {
	if b.shows < blankFrame {
		return nil
	}
	return b.best
}

// contrast is by how much light differs from its mean, in levels of 255: a frame before the light went on has
// little of it, and so has one that fades.
func contrast(m *image.YCbCr) float64 {
	var count [256]int
	for _, v := range m.Y {
		count[v]++
	}
	mean, apart := 0.0, 0.0
	for v, n := range count {
		mean += float64(v) * float64(n) / float64(len(m.Y))
	}
	for v, n := range count {
		apart += max(float64(v)-mean, mean-float64(v)) * float64(n) / float64(len(m.Y))
	}
	return apart
}

// HasFrame reports whether what was made of the picture that stands for a film is in the cache, so that it can be
// named without decoding anything.
func (c *Cache) HasFrame(key string) bool {
	var kept Still
	return len(key) > 1 && c.load("frames", key, &kept)
}
