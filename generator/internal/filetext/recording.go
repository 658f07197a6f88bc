package filetext

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"vitrine/generator/internal/recording"
)

// leastWord is how many characters stand together where bytes are words: no marking is shorter.
const leastWord = 3

// recording hands on what a sound or film says besides what it plays, and reports
// whether it is one. What that is depends on the format and the tool; what is
// written in it stands there in UTF-8 or UTF-16.
func (f *file) recording() bool {
	r, err := recording.Read(f, f.size)
	if err != nil {
		return false
	}
	for at, n := range r.Asides() {
		if !f.step() {
			break
		}
		b := f.block(strings.ToUpper(string(r.Format)), at, n)
		for _, text := range wordsIn(b) {
			f.each(Text{Where: metadataOf, Text: text})
		}
	}
	return true
}

var metadataOf = unread("siêu dữ liệu của bản ghi", "metadata of the recording").Why

// wordsIn are the stretches of some bytes that can be words: in UTF-8, and in
// UTF-16 of either order, from either byte on.
func wordsIn(b []byte) (out []string) {
	add := func(text string) {
		for _, run := range strings.FieldsFunc(text, func(c rune) bool { return c == utf8.RuneError || !unicode.IsPrint(c) && c != '\n' }) {
			if utf8.RuneCountInString(run) >= leastWord {
				out = append(out, run)
			}
		}
	}
	add(string(b))
	for from := range min(2, len(b)) {
		for low := range 2 {
			units := make([]uint16, 0, len(b)/2)
			for i := from; i+1 < len(b); i += 2 {
				units = append(units, uint16(b[i+low])|uint16(b[i+1-low])<<8)
			}
			add(string(utf16.Decode(units)))
		}
	}
	return out
}
