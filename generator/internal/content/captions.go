package content

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"vitrine/generator/diag"
	"vitrine/generator/internal/record"
	"vitrine/generator/internal/webvtt"
)

// words checks the files that say in words what an object shows or plays.
func (c *checker) words(o record.Object) {
	for _, t := range []*record.Transcript{o.Transcript, o.Translation} {
		if t != nil {
			c.wordsFile(t.File)
		}
	}
	c.wordsFile(o.AudioDesc)
	if o.Kind.V == "text" {
		c.calledLikeWords(o.File)
	}
	for _, s := range []record.Str{o.Captions, o.Chapters} {
		if c.wordsFile(s) && !isVTT(s.V) {
			d := c.errorf(s.At, "captions-type", "phụ đề và chương phải là tệp WebVTT (.vtt), không phải %q", "captions and chapters must be a WebVTT file (.vtt), not %q", s.V)
			*d = d.WithHint("xuất lại sang WebVTT rồi ghi tên tệp mới vào đây", "export them as WebVTT and name the new file here")
		}
	}
}

// poster checks the picture that stands for a recording.
func (c *checker) poster(s record.Str) {
	if s.V != "" && c.mediaFile(s) && !IsImage(s.V) {
		c.noPicture(s)
	}
}

// wordsFile checks a file that may be named; where it is WebVTT it is read, since
// nobody sees a caption that a browser drops.
func (c *checker) wordsFile(s record.Str) (named bool) {
	if s.V == "" || !c.mediaFile(s) || !c.calledLikeWords(s) {
		return false
	}
	if isVTT(s.V) {
		_, _, ds := c.t.Cues(MediaPath(c.f.Owner, s.V))
		c.ds = append(c.ds, ds...)
	}
	return true
}

// wordless are the endings of files that hold no words which a page shows.
var wordless = strings.Fields(".jpg .jpeg .jpe .png .tif .tiff .webp .gif .bmp .jp2 .j2k .jxl .heic .heif .avif .svg .pdf .mp3 .ogg .oga .opus .wav .m4a .aac .flac .mp4 .m4v .webm .mov .mkv .avi .ogv .zip .gz .7z .glb .gltf .stl .obj .ply")

// NamesNoWords reports whether a file is called as pictures, sounds, films and archives are: none of
// these is a transcript.
func NamesNoWords(file string) bool {
	return slices.Contains(wordless, strings.ToLower(path.Ext(file)))
}

// calledLikeWords refuses a text that is called like a picture or a recording: what is searched
// before it is published goes by the names of files.
func (c *checker) calledLikeWords(s record.Str) bool {
	if s.V == "" || !NamesNoWords(s.V) {
		return true
	}
	c.errorf(s.At, "words-file", "%q mang tên như tệp ảnh, âm thanh hay phim nên không thể là lời", "%q is called like a picture, a sound or a film, and cannot be words", s.V).
		Hint = diag.T("đổi tên tệp, chẳng hạn sang đuôi .txt", "give the file another name, for example with the ending .txt")
	return false
}

func isVTT(name string) bool { return strings.EqualFold(path.Ext(name), ".vtt") }

// Cues reads a file of captions, chapters or a transcript in WebVTT. Those that
// have no fault are returned even where others have. sum is the SHA-256 of what
// was read, in lower hex.
func (t *Tree) Cues(file string) (cues []webvtt.Cue, sum string, ds []diag.Diagnostic) {
	data, err := t.readFile(file, webvtt.MaxSize)
	if err != nil {
		return nil, "", []diag.Diagnostic{unreadable(file, err)}
	}
	cues, ds = webvtt.Read(file, data)
	for i := range cues {
		for j := range cues[i].Says {
			s := &cues[i].Says[j]
			text, more, _ := cleanValue(diag.Pos{File: file, Line: cues[i].Line + 1, Col: 1}, s.Text)
			s.Text, ds = text, append(ds, more...)
		}
	}
	return cues, fmt.Sprintf("%x", sha256.Sum256(data)), ds
}
