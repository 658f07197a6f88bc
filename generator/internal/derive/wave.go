package derive

import (
	"context"
	"io/fs"

	"vitrine/generator/internal/recording"
)

// waveVersion is raised when package recording draws waves otherwise.
const waveVersion = "4"

// wave is what a file in waves/ holds.
type wave struct {
	Peaks []byte `json:"peaks"` // none where there is nothing to draw
}

// Wave is how loud the recording at name in fsys is in each of its parts (see
// recording.Wave); nil where there is nothing to draw. It is kept by the hash of
// the master: decoding takes a second for some minutes of sound.
func (c *Cache) Wave(ctx context.Context, fsys fs.FS, name string) ([]byte, error) {
	o, err := c.open(ctx, fsys, name, recordingReading)
	if err != nil {
		return nil, err
	}
	defer o.file.Close()
	key := digest("wave", o.master.SHA256, waveVersion)
	var w wave
	if c.load("waves", key, &w) && (len(w.Peaks) == 0 || len(w.Peaks) == recording.WaveWidth) {
		return w.Peaks, nil
	}
	w.Peaks, err = o.master.Recording.Wave(o.src, o.src.size)
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
