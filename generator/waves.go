package generator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"vitrine/generator/diag"
	"vitrine/generator/internal/derive"
	"vitrine/generator/internal/record"
)

// undecodable gathers the recordings that would have a wave, or a picture, if there were a decoder for
// them: the build tells of all of them at once. It may be used by many goroutines.
type undecodable struct {
	mu    sync.Mutex
	names []undecodableFile
}

type undecodableFile struct {
	at   diag.Pos
	name string
}

func (w *undecodable) add(u *record.Unit, o record.Object) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.names = append(w.names, undecodableFile{o.File.At.In(u.File), o.File.V + " (" + u.ID.V + ")"})
}

// Codes that say that there is no decoder.
const (
	codeWave   = "recording-wave"
	codePoster = "recording-poster"
)

// mostUndecodable is how many of them are named.
const mostUndecodable = 5

// tell warns of them, at the place of the first.
func (w *undecodable) tell(diags *diag.List, warning func(at diag.Pos, vi, en string) diag.Diagnostic) {
	if len(w.names) == 0 {
		return
	}
	slices.SortFunc(w.names, func(a, b undecodableFile) int {
		return cmp.Or(a.at.Compare(b.at), strings.Compare(a.name, b.name))
	})
	var names []string
	for _, s := range w.names[:min(len(w.names), mostUndecodable)] {
		names = append(names, s.name)
	}
	vi, en := strings.Join(names, ", "), strings.Join(names, ", ")
	if more := len(w.names) - len(names); more > 0 {
		vi, en = fmt.Sprintf("%s và %d tệp khác", vi, more), fmt.Sprintf("%s and %d more", en, more)
	}
	diags.Add(warning(w.names[0].at, vi, en))
}

func withoutWave(at diag.Pos, vi, en string) diag.Diagnostic {
	return diag.Warnf(codeWave, at, "%[1]s: trang không có dạng sóng của ghi âm AAC, vì máy này không có chương trình ffmpeg", "%[2]s: the page has no wave of sound in AAC, since this machine has no program ffmpeg", vi, en).
		WithHint("cài ffmpeg rồi dựng lại, dạng sóng sẽ có; không có nó, ghi âm vẫn được công bố và nghe được", "install ffmpeg and build again, and there is a wave; without it the sound is published and plays all the same")
}

// drawWave draws the wave of a sound ahead of its page, and tells why there is none where it
// takes a program that is missing or fails.
func (s *scan) drawWave(u *record.Unit, o record.Object, im *images, master, sum string, sound *derive.Sound) error {
	if sound.Film || im.headersOnly || im.lazy {
		return nil
	}
	peaks, err := im.peaks(master)
	is, decodable := derive.Waveless(err)
	switch {
	case !is && err != nil: // of a file that changes the copy tells
		return im.ctx.Err()
	case decodable:
		s.waveless.add(u, o)
	case is:
		s.diags.Add(undrawn(u, o, err))
	}
	if sound.Waveless = is; len(peaks) > 0 {
		sound.Wave, sound.Drawn = derive.WaveSum(peaks), derive.WaveKey(sum)
	}
	return nil
}

func undrawn(u *record.Unit, o record.Object, err error) diag.Diagnostic {
	d := imageFault(u, o, derive.Fault(err))
	d.Code, d.Severity = "recording-undecoded", diag.Warning
	return d
}

// wave is how loud a sound is in each of its parts, for a page.
func (im *images) wave(master string) []byte {
	if im.headersOnly {
		return nil
	}
	peaks, err := im.peaks(master)
	if is, _ := derive.Waveless(err); err != nil && !is && im.moved != nil {
		im.moved(master)
	}
	return peaks
}

// peaks is the wave of a sound. What could not be drawn once is not tried again in this build: each
// page in each language would start the decoder for it, and wait until it fails.
func (im *images) peaks(master string) ([]byte, error) {
	if im.undrawn != nil {
		if err, ok := im.undrawn.Load(master); ok {
			return nil, err.(error)
		}
	}
	peaks, err := im.cache.Wave(im.ctx, im.tree.FS(), master)
	if is, _ := derive.Waveless(err); is && im.undrawn != nil {
		im.undrawn.Store(master, err)
	}
	return peaks, err
}

// decoderMayHelp reports whether a site whose last build told of sounds without a wave, or films without a
// picture, would have them now.
func decoderMayHelp(last *diag.List) bool {
	for _, d := range last.Sorted() {
		if d.Code == codeWave || d.Code == codePoster {
			return derive.HasDecoder()
		}
	}
	return false
}
