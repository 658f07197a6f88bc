// Package recording reads files of sound and film, and makes the copies of them
// that are published.
//
// A published copy holds what is heard and seen and nothing else: no ID3, no
// comments, no names of tracks, no covers, no places, no days, no chapters, no
// subtitles. Nothing is decoded or encoded again. Where a format counts its bytes
// (MP4, WebM, Ogg), what goes is overwritten by padding of the same length, so
// that every offset in the file stays right; elsewhere it is left out. It goes by
// what is known to be sound, picture or the frame of them: all else is taken out,
// and a file in which the two cannot be told apart is refused.
//
//	MP3   MPEG 1, 2 and 2.5, layer III, of constant or varying rate: the frames alone
//	WAV   PCM, floating point, A-law, µ-law: the chunks fmt, fact and data
//	Ogg   Vorbis, Opus
//	MP4   H.264, H.265, AV1, VP8, VP9; AAC, Opus, FLAC, ALAC, MP3; not fragmented
//	WebM  VP8, VP9, AV1; Vorbis, Opus
//
// What a browser does not play does not go out either. A file of which it plays a part is refused: one
// that an edit list cuts, or that has two tracks of sound. Between the pictures
// of H.264, H.265 and AV1, texts become filler: settings of the encoder, captions, times and places of a camera.
//
// What lies within the packets of a codec cannot be looked into: ancillary data and data streams in frames of
// MP3 and AAC, padding in packets of Opus, the setup header of Vorbis and how much of its last page is cut off,
// pictures of VP8 and VP9 that are only for reference, and what stands behind a slice or a
// parameter set of H.264 and H.265.
//
// The libraries there are (abema/go-mp4, at-wat/ebml-go, dhowden/tag) read a
// format each, most of them whole into memory; none writes a file back with its offsets
// kept. What is needed of the formats is little, hence these readers. They hold
// no more of a file than its tables and a list of what goes, of 64 MiB each at the most.
package recording

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"
)

// Format is the container of a recording.
type Format string

// The formats.
const (
	MP3  Format = "mp3"
	WAV  Format = "wav"
	Ogg  Format = "ogg"
	MP4  Format = "mp4"
	WebM Format = "webm"
)

// Recording is what a file of sound or film holds.
type Recording struct {
	Format        Format
	Film          bool // it has a picture
	Duration      time.Duration
	Stated        time.Duration `json:",omitempty"` // by an MP3 file that holds another length by more than a second; else 0
	Width, Height int           // in pixels as it is shown, of a film
	Side          int           // the longest of its pictures as they are coded, in pixels
	Codecs        []string      // as the format names them, sorted
	Rare          string        // what many browsers do not play: "HEVC"; empty for none
	Removed       int64         // bytes that do not go out, or are blank there

	size  int64
	edits []edit // in their order, none within another
	forms map[form]*form
	full  bool // there were more edits than may be

	cropped bool // its pictures are larger than what is shown of them
}

// Ending is that of the name of a published copy, with its dot.
func (r *Recording) Ending() string {
	switch {
	case r.Format == MP4 && !r.Film:
		return ".m4a"
	default:
		return "." + string(r.Format)
	}
}

// Read finds out what the file in r holds, which is size bytes long, and what of
// it may go out. The error is an *Error where the file is at fault; any other is
// of r.
func Read(r io.ReaderAt, size int64) (*Recording, error) {
	s := &source{r: r, size: size}
	out, fault := s.recording()
	switch {
	case s.err != nil:
		return nil, fmt.Errorf("recording: %w", s.err)
	case fault != nil:
		return nil, fault
	case out.cropped:
		return nil, croppedAway()
	case out.full:
		return nil, tooLarge("phần phụ của bản ghi", "what goes with the recording")
	}
	out.size, out.forms = size, nil
	slices.SortFunc(out.edits, func(a, b edit) int { return cmp.Compare(a.at, b.at) })
	at := int64(0)
	for _, e := range out.edits {
		if e.at < at || e.at+e.cut > size {
			return nil, broken(out.Format, "các phần chồng lên nhau", "its parts overlap")
		}
		at = e.at + e.cut
		out.Removed += e.cut
	}
	if out.Duration <= 0 {
		return nil, broken(out.Format, "không có gì để phát", "there is nothing in it to play")
	}
	slices.Sort(out.Codecs)
	out.Codecs = slices.Compact(out.Codecs)
	return out, nil
}

func (s *source) recording() (*Recording, *Error) {
	head := s.bytes(0, min(16, s.size))
	switch {
	case s.size == 0:
		return nil, problem(Empty, "tệp rỗng", "the file is empty")
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 12 && string(head[8:12]) == "WAVE":
		return s.wav()
	case bytes.HasPrefix(head, []byte("OggS")):
		return s.ogg()
	case len(head) >= 8 && string(head[4:8]) == "ftyp":
		return s.mp4(nil, nil)
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")):
		return s.webm()
	case bytes.HasPrefix(head, []byte("fLaC")):
		return nil, unsupported("tệp FLAC", "a FLAC file")
	case bytes.HasPrefix(head, []byte("ID3")), isFrame(head):
		return s.mp3()
	}
	return nil, unsupported("định dạng này", "this format")
}

// WriteClean writes the copy that is published, from src, which reads the file
// from its beginning. It returns the SHA-256 of all that was read: a file
// that is another by now than the one that was looked at has another hash,
// and what was written is to be thrown away.
func (r *Recording) WriteClean(w io.Writer, src io.Reader) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	tee := io.TeeReader(src, h)
	buf := make([]byte, 64<<10)
	at := int64(0)
	for _, e := range append(slices.Clip(r.edits), edit{at: r.size}) {
		if err := pass(w, tee, e.at-at, buf); err != nil {
			return sum, err
		}
		if err := pass(io.Discard, tee, e.cut, buf); err != nil {
			return sum, err
		}
		if e.put != nil {
			if err := e.put.write(w, e.cut, buf); err != nil {
				return sum, err
			}
		}
		at = e.at + e.cut
	}
	if _, err := io.CopyBuffer(io.Discard, tee, buf); err != nil { // it may have grown
		return sum, err
	}
	h.Sum(sum[:0])
	return sum, nil
}

// seconds turns a count of units, so many of which make a second, into a time.
func seconds(units, rate int64) time.Duration {
	if units <= 0 || rate <= 0 || units/rate > int64(longest/time.Second) {
		return 0
	}
	return time.Duration(units/rate)*time.Second + time.Duration(units%rate*int64(time.Second)/rate)
}

// longest is how long a recording can be: beyond it the file lies.
const longest = 1000 * time.Hour

// Asides are the stretches of the file that do not go out: where they begin and
// how long they are, in bytes.
func (r *Recording) Asides() iter.Seq2[int64, int64] {
	return func(yield func(int64, int64) bool) {
		for _, e := range r.edits {
			if !yield(e.at, e.cut) {
				return
			}
		}
	}
}
