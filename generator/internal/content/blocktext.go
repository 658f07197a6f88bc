package content

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"vitrine/generator/diag"
)

// LangOf is the language of a Markdown file by its name: that in its ending,
// or the site's first.
func (t *Tree) LangOf(file string) string {
	if lang := langOf(file); lang != "" {
		return lang
	}
	return t.langs[0]
}

// DecodeIn decodes the YAML of a block in a Markdown text that starts at pos.
// A plain string in it is in the language of the file.
func DecodeIn[T any](t *Tree, lang string, pos diag.Pos, text string) (*T, []diag.Diagnostic) {
	in := &Tree{root: t.root, fsys: t.fsys, langs: []string{lang}}
	return decodePiece[T](in, pos.File, Piece{Text: text, Line: pos.Line})
}

// Transcript reads a text file that lies beside the images of a fonds. sum is the
// SHA-256 of what was read, in lower hex; it is empty where the file cannot be read.
func (t *Tree) Transcript(file string) (text, sum string, ds []diag.Diagnostic) {
	data, err := t.readFile(file, maxText)
	if err != nil {
		return "", "", []diag.Diagnostic{unreadable(file, err)}
	}
	sum = fmt.Sprintf("%x", sha256.Sum256(data))
	if fault := ofAnotherProgram(file, data); fault != nil {
		return "", sum, []diag.Diagnostic{*fault}
	}
	text, ds, ok := cleanText(file, data)
	if !ok {
		return "", sum, ds
	}
	text, more, _ := cleanValue(diag.Pos{File: file, Line: 1, Col: 1}, text)
	return text, sum, append(ds, more...)
}

// ofAnotherProgram is the fault of a file that is no text: in it the words stand among what
// a program keeps besides, its author and what was deleted among it.
func ofAnotherProgram(file string, data []byte) *diag.Diagnostic {
	for _, head := range []string{`{\rtf`, "%PDF-", "PK\x03\x04", "\xd0\xcf\x11\xe0", "%!PS"} {
		if bytes.HasPrefix(data, []byte(head)) {
			d := diag.Errorf("text-format", diag.Pos{File: file}, "tệp này không phải văn bản thường", "this file is no plain text").
				WithHint("lưu thành văn bản thường (.txt, UTF-8) hoặc Markdown (.md); chữ đọc từ ảnh: ALTO, PAGE XML hay hOCR", "save it as plain text (.txt, UTF-8) or Markdown (.md); what was read from a picture as ALTO, PAGE XML or hOCR")
			return &d
		}
	}
	return nil
}
