package derive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"

	"vitrine/generator/internal/recording"
)

// waveVersion is raised when package recording draws waves otherwise.
const waveVersion = "5"

// wave is what a file in waves/ holds.
type wave struct {
	Peaks []byte `json:"peaks"` // none where there is nothing to draw
}

// Wave is how loud the recording at name in fsys is in each of its parts (see
// recording.Wave); nil where there is nothing to draw. It is kept by the hash of
// the master: decoding takes a second for some minutes of sound. Sound in AAC needs a program; where that is
// missing, or makes nothing of it, the error is an *Error for which [Waveless] holds, and nothing is kept, so that the
// wave comes once there is one.
func (c *Cache) Wave(ctx context.Context, fsys fs.FS, name string) ([]byte, error) {
	o, err := c.open(ctx, fsys, name, recordingReading)
	if err != nil {
		return nil, err
	}
	defer o.file.Close()
	key := WaveKey(o.master.SHA256)
	var w wave
	if c.load("waves", key, &w) && (len(w.Peaks) == 0 || len(w.Peaks) == recording.WaveWidth) {
		return w.Peaks, nil
	}
	w.Peaks, err = c.drawWave(ctx, o)
	switch {
	case o.src.err != nil:
		return nil, o.src.err
	case err != nil:
		return nil, err
	case !o.unchanged():
		return nil, changing()
	}
	return w.Peaks, c.store("waves", key, w)
}

// WaveKey is the name in the cache of the wave of a master, given by its SHA-256 in lower hex.
func WaveKey(master string) string { return digest("wave", master, waveVersion) }

// HasWave reports whether a wave is in the cache, so that it can be had without decoding anything.
func (c *Cache) HasWave(key string) bool {
	var w wave
	return len(key) > 1 && c.load("waves", key, &w) && len(w.Peaks) == recording.WaveWidth
}

func (c *Cache) drawWave(ctx context.Context, o *opened) ([]byte, error) {
	r := o.master.Recording
	a, err := r.AAC(o.src, o.src.size)
	var fault *recording.Error
	switch {
	case errors.As(err, &fault):
		return nil, &Error{Kind: Undecoded, Vi: fault.Msg.Vi + ", nên không có dạng sóng", En: fault.Msg.En + ", so it has no wave", HintVi: fault.Hint.Vi, HintEn: fault.Hint.En, cause: fault}
	case err != nil:
		return nil, err
	case a != nil:
		return c.decodeAAC(ctx, a, r.Duration)
	}
	return r.Wave(o.src, o.src.size)
}

// Waveless reports whether an error says that a sound, with which all is well, has no wave; and
// whether it would have one if the program that decodes it were there.
func Waveless(err error) (waveless, decodable bool) {
	fault := Fault(err)
	return fault != nil && (fault.Kind == NoDecoder || fault.Kind == Undecoded), fault != nil && fault.Kind == NoDecoder
}

// Fault is what an error says of a master; nil where it says nothing of one.
func Fault(err error) *Error {
	var fault *Error
	errors.As(err, &fault)
	return fault
}

// WaveSum tells a wave from any other; it is empty where there is none.
func WaveSum(peaks []byte) string {
	if len(peaks) == 0 {
		return ""
	}
	sum := sha256.Sum256(peaks)
	return hex.EncodeToString(sum[:8])
}
