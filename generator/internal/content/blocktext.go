package content

import (
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
	text, ds, ok := cleanText(file, data)
	if !ok {
		return "", sum, ds
	}
	text, more, _ := cleanValue(diag.Pos{File: file, Line: 1, Col: 1}, text)
	return text, sum, append(ds, more...)
}
