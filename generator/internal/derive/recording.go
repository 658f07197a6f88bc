package derive

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"vitrine/generator/internal/recording"
)

// recordingVersion enters the names of copies of recordings. Raise it when a change
// in package recording changes their bytes.
const recordingVersion = "3"

// Sound says what a published copy of a recording plays.
type Sound struct {
	Film     bool          `json:"film,omitempty"`
	Duration time.Duration `json:"duration"`
	Stated   time.Duration `json:"stated,omitempty"` // by the head of the master, where it holds another length; else 0
	Format   string        `json:"format"`           // a name of package recording: "mp3"
	Side     int           `json:"side,omitempty"`   // the longest of the pictures of a film as they are coded, in pixels
	Rare     string        `json:"rare,omitempty"`   // what many browsers do not play: "HEVC"
	Wave     string        `json:"wave,omitempty"`   // tells the wave on its page from any other, see WaveSum; only where that was drawn before the page
	Drawn    string        `json:"drawn,omitempty"`  // the key of that wave in the cache
	Frame    string        `json:"frame,omitempty"`  // the key in the cache of what was made of the picture that stands for a film
	Waveless bool          `json:"-"`                // it was told that it has no wave, or picture
}

// recordingReading reads a master of sound or film. Its number is raised when package recording
// refuses what it took before, or finds more.
var recordingReading = reading{"heard 5", func(_ *Cache, s *source) (Master, error) {
	r, err := recording.Read(s, s.size)
	if err != nil {
		return Master{}, recordingFault(err)
	}
	return s.hashed(Master{Recording: r})
}}

// recordingFault words a problem with a recording as one with a master.
func recordingFault(err error) error {
	var fault *recording.Error
	if !errors.As(err, &fault) {
		return err
	}
	return &Error{Kind: Kind(fault.Kind), Vi: fault.Msg.Vi, En: fault.Msg.En, HintVi: fault.Hint.Vi, HintEn: fault.Hint.En, cause: fault}
}

// Heard describes the recording at name in fsys without copying it. What is
// wrong with it is an *Error; also where it is a film and should be sound, or
// the other way round, since each is cleared by itself.
func (c *Cache) Heard(ctx context.Context, fsys fs.FS, name string, film bool) (Master, error) {
	o, err := c.openRecording(ctx, fsys, name, film)
	if err != nil {
		return Master{}, err
	}
	return o.master, o.file.Close()
}

func (c *Cache) openRecording(ctx context.Context, fsys fs.FS, name string, film bool) (*opened, error) {
	o, err := c.open(ctx, fsys, name, recordingReading)
	if err != nil {
		return nil, err
	}
	if is := o.master.Recording.Film; is != film {
		o.file.Close()
		return nil, otherKind(is)
	}
	return o, nil
}

func otherKind(film bool) *Error {
	if film {
		e := problem(Film, "tệp có hình, nhưng đối tượng ghi là âm thanh", "the file is a film, and the object says that it is sound")
		e.HintVi, e.HintEn = "ghi kind: video và xem quyết định có cho công bố phim (video) không; hoặc chỉ lấy phần tiếng", "write kind: video, and see whether the clearance releases film (video); or use the sound alone"
		return e
	}
	e := problem(NoFilm, "tệp không có hình, nhưng đối tượng ghi là phim", "the file has no picture, and the object says that it is a film")
	e.HintVi, e.HintEn = "ghi kind: audio và xem quyết định có cho công bố âm thanh (audio) không", "write kind: audio, and see whether the clearance releases sound (audio)"
	return e
}

// ExpectCopy names what Copy would give, without Bytes, SHA256 and Path.
func (c *Cache) ExpectCopy(ctx context.Context, fsys fs.FS, name string, film bool) ([]Derived, error) {
	m, err := c.Heard(ctx, fsys, name, film)
	if err != nil {
		return nil, err
	}
	return copies(m), nil
}

// copies are what is made of a recording, before it is made.
func copies(m Master) []Derived {
	r := m.Recording
	hash, what := digest("recording", m.SHA256, recordingVersion), "sound"
	if r.Film {
		what = "film"
	}
	return []Derived{{
		Name: fmt.Sprintf("media/%s/%s-%s%s", hash[:2], hash, what, r.Ending()), Width: r.Width, Height: r.Height,
		Sound: &Sound{Film: r.Film, Duration: r.Duration, Stated: r.Stated, Format: string(r.Format), Rare: r.Rare, Side: r.Side},
	}}
}

// Copy gives what is published of the recording at name in fsys: its bytes
// without what they say besides. It also gives the SHA-256 of the master, in lower
// hex, that was read while the copy was written, be it now or before: what a
// decision froze must be compared with that, not with what lies there later.
func (c *Cache) Copy(ctx context.Context, fsys fs.FS, name string, film bool) (made []Derived, master string, err error) {
	o, err := c.openRecording(ctx, fsys, name, film)
	if err != nil {
		return nil, "", err
	}
	defer o.file.Close()
	master = o.master.SHA256
	key := digest("copies", master, recordingVersion)
	if made = c.recall(key); made != nil {
		c.reused.Add(1)
		return made, master, nil
	}
	r, err := recording.Read(o.src, o.src.size) // what is remembered of it does not say what to leave out
	if err != nil {
		return nil, "", recordingFault(err)
	}
	made = copies(o.master)
	for i := range made {
		if err := c.copyRecording(o, r, &made[i]); err != nil {
			return nil, "", err
		}
	}
	return made, master, c.store("sets", key, set{Derived: made})
}

// copyRecording writes a copy into the cache, if the master is what its name says to
// the last byte.
func (c *Cache) copyRecording(o *opened, r *recording.Recording, d *Derived) error {
	d.Path = c.path(d.Name)
	n, sum, err := c.put(d.Path, func(w io.Writer) error {
		read, err := r.WriteClean(w, o.src.all())
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF), err == nil && (hex.EncodeToString(read[:]) != o.master.SHA256 || !o.unchanged()):
			return changing()
		}
		return err
	})
	d.Bytes, d.SHA256 = n, hex.EncodeToString(sum[:])
	return err
}
