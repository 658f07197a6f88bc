// Package webvtt reads and writes WebVTT, the format of captions, chapters and
// transcripts that follow a recording (W3C, "WebVTT: The Web Video Text Tracks
// Format", sections 4 and 6).
//
// It takes what a browser takes and drops what a browser drops, but says so with
// line and column, since a caption that does not appear is a fault of the archive
// and not of its reader. The Go library for subtitles, go-astisub, stops at the
// first fault, knows no columns and lets pass without a word what it does not
// understand; hence this one.
package webvtt

import "time"

// Limits of a file. Three hours of speech are some 4,000 cues and 300 KB.
const (
	MaxSize = 8 << 20 // bytes

	maxCues   = 100_000
	maxLines  = 600_000
	maxLine   = 16 << 10 // bytes
	maxFaults = 100      // told one by one
)

// Cue is what is said or shown from Start to End, times since the beginning of
// the recording, in milliseconds at the finest.
type Cue struct {
	ID         string // "" where it has none
	Start, End time.Duration
	Settings   Settings
	Says       []Speech // in their order; empty where it holds no words
	Line       int      // of the timings in the file
}

// Speech is what one voice says until another does: plain text, lines parted by "\n", none of them
// empty. Speaker is "" where nobody is named. Words that stand above others
// (ruby) follow these in brackets.
type Speech struct{ Speaker, Text string }

// Settings are where a cue stands, as they are written; "" where nothing is said.
type Settings struct {
	Position string // from the left: 50%, or 50%,center
	Line     string // from the top: 90%, or in lines, from the bottom where negative: -1
	Align    string // start, center, end, left or right
}

// Text is what all voices of the cue say, each on lines of its own.
func (c Cue) Text() string {
	out := ""
	for i, s := range c.Says {
		if i > 0 {
			out += "\n"
		}
		out += s.Text
	}
	return out
}
